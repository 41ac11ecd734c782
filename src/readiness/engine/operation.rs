//! E2, establishment and three months of operation (contract section 7).

use super::clock::{self, Run};
use super::coverage::{self, Coverage};
use super::establishment::{Part, Scope};
use super::facts::{Edition, Facts, IssueOrderKind};
use super::records;
use super::ruling::{Outcome, Ruling};
use super::timing::Timing;
use super::verdict::{Basis, Condition, ConditionName, Status};
use chrono::NaiveDate;

pub(super) fn assess<'f>(facts: &'f Facts<'f>, timing: Timing, scope: &Scope<'f>) -> Condition<'f> {
    let mut ruling = Ruling::new(ConditionName::Operation);
    let coverage = coverage::assess(facts, timing, &mut ruling);
    cite_edition(facts, timing, scope, &mut ruling);
    let outcome = match start(scope, &mut ruling) {
        Some(start) => running(facts, timing, scope, &coverage, start, &mut ruling),
        None => without_date(coverage.status.max(Status::Unknown)),
    };
    ruling.close(outcome)
}

/// The outcome of a status that no date belongs to.
fn without_date(status: Status) -> Outcome {
    if status == Status::NotMet { Outcome::NotMet } else { Outcome::Unknown }
}

fn cite_edition(facts: &Facts<'_>, timing: Timing, scope: &Scope<'_>, ruling: &mut Ruling<'_>) {
    let warning = match facts.edition {
        Edition::E2005 => None,
        Edition::E2011 => Some("edition_2011"),
        Edition::E2018 => Some("edition_2018"),
    };
    if let Some(warning) = warning {
        ruling.row(10);
        ruling.warn(warning);
    }
    let mut second_editions = facts.issue_orders.iter().filter(|order| order.kind == IssueOrderKind::SecondEdition);
    if second_editions.any(|order| timing.pair(order.issued_on, order.planned_on).happened().is_some() && scope.covers(order)) {
        ruling.row(9);
    }
}

/// The start of operation of a whole scope.
#[derive(Clone, Copy)]
struct Start {
    day: NaiveDate,
    is_ahead: bool,
}

/// The start, if every part in scope has one and its papers are there (part 3).
fn start<'f>(scope: &Scope<'f>, ruling: &mut Ruling<'f>) -> Option<Start> {
    let mut complete = !scope.parts.is_empty();
    if scope.parts.is_empty() {
        ruling.lack("scope");
    }
    for part in &scope.parts {
        ruling.evidence(&part.facts.id);
        complete &= part_start(part, ruling);
    }
    if !complete {
        ruling.row(4);
        return None;
    }
    let starts = || scope.parts.iter().filter_map(|part| part.start);
    let day = starts().max()?;
    ruling.dates.operation_start = Some(day);
    if starts().any(|other| other != day) {
        ruling.row(8);
    }
    let is_ahead = scope.parts.iter().any(|part| part.entered.is_ahead());
    if is_ahead {
        ruling.row(3);
    }
    Some(Start { day, is_ahead })
}

/// Cites the start of one part; false if something is missing.
fn part_start<'f>(part: &Part<'f>, ruling: &mut Ruling<'f>) -> bool {
    let id = part.facts.id.as_str();
    let Some(entered) = part.entered.day() else {
        ruling.lack_of("operation_start", id);
        if part.entered.is_overdue() {
            ruling.warn_of("plan_overdue", id);
        }
        return false;
    };
    let Some(base) = part.base else {
        if part.entered.is_ahead() {
            return true;
        }
        ruling.lack_of("issue_order", id);
        return false;
    };
    ruling.evidence(&base.order.id);
    if entered < base.day && base.re_establishes() {
        ruling.row(9);
        ruling.warn_of("clock_restarted", base.order.id.as_str());
    } else if entered < base.day {
        ruling.row(4);
        ruling.warn_of("start_before_issue", id);
    }
    let unproved = !part.entered.is_ahead() && base.seen && base.order.file_id.is_none();
    if unproved {
        ruling.lack_of("issue_order_file", base.order.id.as_str());
    }
    !unproved
}

/// Parts 4 to 6: the clock, the records and the date.
fn running<'f>(facts: &'f Facts<'f>, timing: Timing, scope: &Scope<'f>, coverage: &Coverage, start: Start, ruling: &mut Ruling<'f>) -> Outcome {
    let Some(run) = clock_of(facts, timing, coverage, start.day, ruling) else {
        return Outcome::NotMet;
    };
    ruling.dates.counted_from = Some(run.counted);
    ruling.dates.complete_on = Some(run.due);
    if timing.on < run.due && !start.is_ahead {
        ruling.row(2);
    }
    let mut status = coverage.status;
    if start.is_ahead {
        status = status.max(Status::NotYet);
    } else {
        let stops = clock::stops(facts, timing);
        let entered = scope.parts.iter().filter_map(|part| part.entered.day()).min();
        status = status.max(records::assess(facts, timing, run, &stops, entered, ruling));
    }
    let date = coverage.latest.map_or(run.due, |latest| latest.max(run.due));
    if timing.on < date {
        status = status.max(Status::NotYet);
    }
    match status {
        Status::Met => {
            ruling.row(1);
            Outcome::Met(date)
        }
        Status::NotYet if start.is_ahead || coverage.has_gaps => Outcome::NotYet(date, Basis::Planned),
        Status::NotYet => Outcome::NotYet(date, Basis::Calendar),
        Status::Unknown | Status::NotMet => without_date(status),
    }
}

/// Runs the clock from the start, and for every process documented later from its first document.
/// The main run, due when the latest of all runs is; nothing if it ends suspended.
fn clock_of<'f>(facts: &'f Facts<'f>, timing: Timing, coverage: &Coverage, start: NaiveDate, ruling: &mut Ruling<'f>) -> Option<Run> {
    let stops = clock::stops(facts, timing);
    let clock = clock::clock(facts, timing, start, ruling);
    let main = clock::run(clock, &stops, &facts.rules, timing, ruling);
    let mut latest = main;
    for (process, first) in coverage.first_documents.iter().filter(|(_, first)| *first > clock) {
        let other = clock::run(*first, &stops, &facts.rules, timing, ruling);
        let (Some(main), Some(other)) = (main, other) else {
            continue;
        };
        if other.due > main.due {
            ruling.row(5);
            ruling.warn_of("process_clock", process.word());
            latest = latest.map(|run| Run { due: run.due.max(other.due), ..run });
        }
    }
    latest
}
