//! The three months' clock: what stops it and what starts it anew (contract section 7, part 4).

use super::calendar::{add_days, days_between};
use super::facts::{Facts, Id};
use super::rules::{Rules, SuspensionRule};
use super::ruling::Ruling;
use super::timing::{Timing, period_end};
use chrono::NaiveDate;

/// The longest stop, in days, that changes nothing.
const SHORT_STOP: i64 = 7;

/// Suspensions that touch each other, as one.
pub(super) struct Stop<'f> {
    begins: NaiveDate,
    /// The first day of operation again; ongoing if none.
    resumes: Option<NaiveDate>,
    suspensions: Vec<&'f Id<'f>>,
}

/// Where one run of the clock arrives.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) counted: NaiveDate,
    pub(super) due: NaiveDate,
}

/// The stops seen, in order of date.
pub(super) fn stops<'f>(facts: &'f Facts<'f>, timing: Timing) -> Vec<Stop<'f>> {
    let mut seen: Vec<_> = facts.suspensions.iter().filter(|suspension| timing.has_seen(suspension.from_on)).collect();
    seen.sort_unstable_by_key(|suspension| suspension.from_on);
    let mut stops: Vec<Stop<'f>> = Vec::new();
    for suspension in seen {
        let resumes = timing.seen(suspension.resumed_on);
        match stops.last_mut() {
            Some(stop) if stop.resumes.is_none_or(|day| suspension.from_on <= day) => {
                stop.resumes = stop.resumes.zip(resumes).map(|(one, other)| one.max(other));
                stop.suspensions.push(&suspension.id);
            }
            _ => stops.push(Stop { begins: suspension.from_on, resumes, suspensions: vec![&suspension.id] }),
        }
    }
    stops
}

/// The latest restart seen if it is later than `start`, cited; else `start`.
pub(super) fn clock<'f>(facts: &'f Facts<'f>, timing: Timing, start: NaiveDate, ruling: &mut Ruling<'f>) -> NaiveDate {
    let seen = || facts.restarts.iter().filter(|restart| timing.has_seen(restart.on));
    let Some(latest) = seen().map(|restart| restart.on).max().filter(|day| *day > start) else {
        return start;
    };
    ruling.row(9);
    for restart in seen().filter(|restart| restart.on == latest) {
        ruling.warn_of("clock_restarted", restart.id.as_str());
        ruling.evidence(&restart.id);
    }
    latest
}

/// Runs the clock from `day` over the stops; nothing if the run ends suspended.
pub(super) fn run<'f>(day: NaiveDate, stops: &[Stop<'f>], rules: &Rules, timing: Timing, ruling: &mut Ruling<'f>) -> Option<Run> {
    let mut run = Run { counted: day, due: period_end(day, rules.month_rule) };
    for stop in stops {
        let first = stop.begins.max(run.counted);
        let Some(resumes) = stop.resumes else {
            let days = days_between(first, timing.on) + 1;
            if days >= 1 {
                stop.cite("suspended_now", ruling);
            }
            return (days <= SHORT_STOP).then_some(run);
        };
        let days = days_between(first, resumes);
        if days <= SHORT_STOP {
            continue;
        }
        if first >= run.due {
            stop.cite("suspended_after_completion", ruling);
        } else if rules.suspension_rule == SuspensionRule::Restart {
            run = Run { counted: resumes, due: period_end(resumes, rules.month_rule) };
            stop.cite("clock_restarted", ruling);
        } else {
            run.due = add_days(run.due, days);
            stop.cite("clock_extended", ruling);
        }
    }
    Some(run)
}

impl<'f> Stop<'f> {
    fn cite(&self, warning: &str, ruling: &mut Ruling<'f>) {
        ruling.row(7);
        for id in &self.suspensions {
            ruling.warn_of(warning, id.as_str());
            ruling.evidence(id);
        }
    }

    /// Whether the stop shares a day with the days from `from` up to, not including, `end`.
    pub(super) fn touches(&self, from: NaiveDate, end: NaiveDate) -> bool {
        self.begins < end && self.resumes.is_none_or(|day| day > from)
    }
}
