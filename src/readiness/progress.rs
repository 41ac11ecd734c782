//! Progress by stage: what is done of what is to be done, counted from the facts (ux.md section 4, E).

use super::{
    engine::{
        Condition, ConditionName, Facts,
        facts::{AuditKind, Clause, FindingGrade},
    },
    facts::Counts,
    gates::met,
    reasons::ahead,
    words,
};
use crate::{catalogue::PROCESSES, words::Say};

/// Something done of something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bar {
    /// What is counted.
    pub(super) words: &'static str,
    /// How much is done.
    pub(super) done: usize,
    /// How much there is.
    pub(super) all: usize,
}

impl Bar {
    /// The width of the bar, 0 to 100.
    pub(super) fn width(&self) -> usize {
        (self.done * 100).checked_div(self.all).unwrap_or(0)
    }
}

/// The bars, in the order of the journey.
pub(super) fn bars(facts: &Facts<'_>, counts: Counts, conditions: &[Condition<'_>; 4], say: Say) -> Vec<Bar> {
    let uncovered = conditions.iter().filter(|condition| condition.condition == ConditionName::Operation).flat_map(|condition| &condition.missing);
    let uncovered = uncovered.filter(|code| words::parts(code).0 == "uncovered_item").count();
    let items = facts.required_items.len();
    let (settled, nonconformities) = findings(facts);
    let reviews = facts.reviews.iter().filter(|review| !ahead(review.minutes_approved_on, facts.as_of)).count();
    vec![
        Bar { words: say.ready_progress_items(), done: items.saturating_sub(uncovered), all: items },
        Bar { words: say.ready_progress_processes(), done: counts.processes, all: PROCESSES.len() },
        Bar { words: say.ready_progress_clauses(), done: clauses(facts), all: Clause::ALL.len() },
        Bar { words: say.ready_progress_findings(), done: settled, all: nonconformities },
        Bar { words: say.ready_progress_reviews(), done: reviews, all: facts.reviews.len().max(1) },
        Bar { words: say.ready_progress_conditions(), done: met(conditions), all: conditions.len() },
    ]
}

/// Clauses of internal audits whose report is approved.
fn clauses(facts: &Facts<'_>) -> usize {
    let reported =
        facts.audits.iter().filter(|audit| (audit.kind == AuditKind::Internal || audit.under_procedure) && !ahead(audit.report_approved_on, facts.as_of));
    let mut clauses: Vec<Clause> = reported.flat_map(|audit| &audit.areas).flat_map(|area| area.clauses.iter().copied()).collect();
    clauses.sort_unstable();
    clauses.dedup();
    clauses.len()
}

/// Nonconformities settled, and all: a major one when verified, a minor one also with an accepted plan and a due date.
fn findings(facts: &Facts<'_>) -> (usize, usize) {
    let all: Vec<_> = facts.audits.iter().flat_map(|audit| &audit.findings).filter(|finding| finding.is_nonconformity()).collect();
    let settled = all.iter().filter(|finding| {
        let accepted = finding.grade == FindingGrade::Minor && finding.due_on.is_some() && !ahead(finding.plan_accepted_on, facts.as_of);
        accepted || !ahead(finding.verified_on, facts.as_of)
    });
    (settled.count(), all.len())
}
