//! "What if": another date for one of the things that can still move, tried on a copy of the facts. Nothing is saved.

use super::engine::{
    Facts,
    facts::{Chair, FindingGrade, Id, Review},
};
use crate::web::form::read_date;
use chrono::NaiveDate;

/// The dates asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct WhatIf {
    /// The day of the management review, with its minutes.
    pub(super) review: Option<NaiveDate>,
    /// The day by which every open nonconformity is settled.
    pub(super) verified: Option<NaiveDate>,
    /// The start of operation.
    pub(super) start: Option<NaiveDate>,
    /// The day of application.
    pub(super) application: Option<NaiveDate>,
}

/// Names of the fields in the query.
pub(super) const FIELDS: [&str; 4] = ["review", "verified", "start", "application"];

/// Why a date was not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unused {
    /// It is no date.
    NoDate(String),
    /// It lies before the day judged, where only a plan makes sense.
    Past(&'static str),
}

impl WhatIf {
    /// Reads the fields; what cannot be used is said.
    pub(super) fn asked(value: impl Fn(&str) -> Option<String>, as_of: NaiveDate) -> (Self, Vec<Unused>) {
        let mut unused = Vec::new();
        let mut take = |name: &'static str, may_be_past: bool| {
            let text = value(name).filter(|text| !text.trim().is_empty())?;
            let Some(day) = read_date(&text) else {
                unused.push(Unused::NoDate(text.chars().take(40).collect()));
                return None;
            };
            if day < as_of && !may_be_past {
                unused.push(Unused::Past(name));
                return None;
            }
            Some(day)
        };
        let asked =
            Self { review: take("review", false), verified: take("verified", false), start: take("start", true), application: take("application", false) };
        (asked, unused)
    }

    /// Whether anything was asked.
    pub(super) fn is_any(&self) -> bool {
        *self != Self::default()
    }

    /// The value of a field, as its input shows it.
    pub(super) fn value(&self, name: &str) -> String {
        let day = match name {
            "review" => self.review,
            "verified" => self.verified,
            "start" => self.start,
            _ => self.application,
        };
        day.map(|day| day.to_string()).unwrap_or_default()
    }

    /// Puts the dates into the facts.
    pub(super) fn apply(&self, facts: &mut Facts<'_>) {
        let as_of = facts.as_of;
        if let Some(day) = self.start {
            start(facts, day);
        }
        if let Some(day) = self.verified {
            let open = |seen: Option<NaiveDate>| seen.is_none_or(|day| day > as_of);
            for finding in facts.audits.iter_mut().flat_map(|audit| &mut audit.findings) {
                let accepted = finding.grade == FindingGrade::Minor && finding.due_on.is_some() && !open(finding.plan_accepted_on);
                if finding.is_nonconformity() && open(finding.verified_on) && !accepted {
                    finding.due_on = Some(day);
                }
            }
        }
        if let Some(day) = self.review {
            review(facts, day);
        }
        if self.application.is_some() {
            facts.application_on = self.application;
        }
    }
}

/// Every part starts on `day`: as a plan where it lies ahead, else as an event.
fn start(facts: &mut Facts<'_>, day: NaiveDate) {
    let as_of = facts.as_of;
    for part in facts.scope_parts.iter_mut().filter(|part| part.in_scope) {
        part.start_on = Some(day).filter(|day| *day <= as_of);
        part.planned_start_on = Some(day);
    }
}

/// The first review that has not been held moves to `day`, its minutes with it; where there is none, one is assumed.
fn review(facts: &mut Facts<'_>, day: NaiveDate) {
    let as_of = facts.as_of;
    let open = |review: &&mut Review<'_>| review.held_on.is_none_or(|held| held > as_of) && review.chair != Chair::Other;
    if let Some(review) = facts.reviews.iter_mut().filter(open).min_by_key(|review| review.planned_on.unwrap_or(NaiveDate::MAX)) {
        let wait = review.planned_on.zip(review.planned_minutes_on).map(|(held, minutes)| minutes - held).filter(|wait| wait.num_days() > 0);
        review.held_on = None;
        review.minutes_approved_on = None;
        review.planned_on = Some(day);
        review.planned_minutes_on = Some(wait.and_then(|wait| day.checked_add_signed(wait)).unwrap_or(day));
        return;
    }
    if let Ok(id) = Id::new("what-if-review") {
        facts.reviews.push(Review {
            id,
            planned_on: Some(day),
            held_on: None,
            planned_minutes_on: Some(day),
            minutes_approved_on: None,
            supplement_approved_on: None,
            chair: Chair::TopManagement,
            decisions_assigned: false,
            records_kept: Vec::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::{engine, facts::tests::example};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The day the sample engagement may apply from, under these dates.
    fn eligible(what_if: WhatIf) -> (engine::Status, Option<NaiveDate>) {
        let text = example("hl-2026-11-20");
        let mut facts = engine::read(text.as_bytes()).unwrap();
        what_if.apply(&mut facts);
        let verdict = engine::assess(&facts);
        (verdict.overall.status, verdict.overall.eligible_from)
    }

    #[test]
    fn dates_move_the_verdict_and_only_on_the_copy() {
        let none = WhatIf::default();
        assert_eq!(eligible(none), (engine::Status::NotYet, Some(day("2026-12-04"))));
        let later = WhatIf { review: Some(day("2026-12-10")), ..none };
        assert_eq!(eligible(later).1, Some(day("2026-12-11")), "the minutes follow the review by the same day");
        let verified = WhatIf { verified: Some(day("2026-12-15")), ..none };
        assert_eq!(eligible(verified).1, Some(day("2026-12-15")));
        let started = WhatIf { start: Some(day("2026-10-05")), ..none };
        assert_eq!(eligible(started).1, Some(day("2027-01-05")));
        assert_eq!(eligible(none).1, Some(day("2026-12-04")));
    }

    #[test]
    fn what_cannot_be_used_is_said_and_left_out() {
        let query = |name: &str| match name {
            "review" => Some("2026-11-19".to_owned()),
            "verified" => Some("someday".to_owned()),
            "start" => Some("2026-09-01".to_owned()),
            _ => Some("  ".to_owned()),
        };
        let (asked, unused) = WhatIf::asked(query, day("2026-11-20"));
        assert_eq!(asked, WhatIf { start: Some(day("2026-09-01")), ..WhatIf::default() });
        assert_eq!(unused, [Unused::Past("review"), Unused::NoDate("someday".to_owned())]);
    }
}
