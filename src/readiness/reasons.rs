//! The answer in a sentence, and why each condition stands as it does in one line (ux.md section 4, A and B).

use super::{
    engine::{Basis, Condition, ConditionName, Facts, Overall, Status, facts::FindingGrade},
    labels::{Labels, Thing, term},
    words,
};
use crate::{web::table::State, words::Say};
use chrono::NaiveDate;

/// How many things a reason names.
const NAMED: usize = 3;

/// The name of a condition within a sentence.
pub(super) fn name(say: Say, condition: ConditionName) -> &'static str {
    match condition {
        ConditionName::LegalStatus => say.ready_name_legal_status(),
        ConditionName::Operation => say.ready_name_operation(),
        ConditionName::AuditAndReview => say.ready_name_audit_and_review(),
        ConditionName::NoPenalty => say.ready_name_no_penalty(),
    }
}

/// The number of a condition, 1 to 4.
pub(super) const fn number(condition: ConditionName) -> usize {
    condition as usize + 1
}

/// A status as shape and word.
pub(super) fn state(say: Say, status: Status) -> State {
    let (shape, words) = match status {
        Status::Met => ("met", say.ready_state_met()),
        Status::NotYet => ("not-yet", say.ready_state_not_yet()),
        Status::Unknown => ("unknown", say.ready_state_unknown()),
        Status::NotMet => ("not-met", say.ready_state_not_met()),
    };
    State { shape, words: words.to_owned() }
}

/// What a date rests on, in words.
pub(super) fn basis(say: Say, basis: Option<Basis>) -> &'static str {
    match basis {
        Some(Basis::Planned) => say.ready_basis_planned(),
        Some(Basis::Calendar) => say.ready_basis_calendar(),
        None => "",
    }
}

/// The answer to "may we apply?".
pub(super) fn answer(say: Say, overall: &Overall, conditions: &[Condition<'_>; 4]) -> String {
    match (overall.status, overall.met_since, overall.eligible_from) {
        (Status::Met, Some(day), _) => say.ready_met(day),
        (Status::NotYet, _, Some(day)) if overall.basis == Some(Basis::Planned) => say.ready_not_yet_planned(day),
        (Status::NotYet, _, Some(day)) => say.ready_not_yet_calendar(day),
        (Status::NotMet, ..) => {
            let numbers = conditions.iter().filter(|condition| condition.status == Status::NotMet).map(|condition| number(condition.condition).to_string());
            say.ready_not_met(numbers.collect::<Vec<_>>().join(say.list_comma()))
        }
        _ => {
            let lacking: usize = conditions.iter().filter(|condition| condition.status == Status::Unknown).map(|condition| condition.missing.len()).sum();
            say.ready_unknown(lacking.max(1))
        }
    }
}

/// The condition that decides: the first of the worst, and among those not yet met the one with the latest date.
pub(super) fn deciding<'v, 'f>(overall: &Overall, conditions: &'v [Condition<'f>; 4]) -> Option<&'v Condition<'f>> {
    if overall.status == Status::Met {
        return None;
    }
    conditions.iter().find(|condition| condition.status == overall.status && condition.eligible_from == overall.eligible_from)
}

/// The sentence under the answer.
pub(super) fn decides(say: Say, overall: &Overall, conditions: &[Condition<'_>; 4]) -> String {
    let Some(condition) = deciding(overall, conditions) else { return String::new() };
    let (number, name) = (number(condition.condition), name(say, condition.condition));
    match condition.basis {
        Some(_) => say.ready_decides(number, name, basis(say, condition.basis)),
        None => say.ready_decides_state(number, name),
    }
}

/// The date as the latest of its parts, where there are several.
pub(super) fn sum(say: Say, overall: &Overall, conditions: &[Condition<'_>; 4]) -> Option<String> {
    let day = overall.eligible_from?;
    let days: Vec<String> = conditions.iter().filter_map(|condition| condition.eligible_from).map(|day| day.to_string()).collect();
    (days.len() > 1).then(|| say.ready_sum_of_dates(days.join(say.list_comma()), day))
}

/// Why a condition stands as it does, in one line.
pub(super) fn reason(facts: &Facts<'_>, condition: &Condition<'_>, labels: &Labels<'_>) -> String {
    let say = labels.say;
    let said = match (condition.condition, condition.status) {
        (_, Status::Unknown) => None,
        (ConditionName::LegalStatus, _) => paper(facts, condition, labels),
        (ConditionName::Operation, Status::Met | Status::NotYet) => running(facts, condition, say),
        (ConditionName::AuditAndReview, Status::Met) => {
            condition.dates.audit_done.zip(condition.dates.review_done).map(|(audit, review)| say.ready_reason_reviewed(audit, review))
        }
        (ConditionName::AuditAndReview, Status::NotYet) => Some(audit_and_review(facts, condition, labels)),
        (ConditionName::NoPenalty, _) => penalties(facts, condition, labels),
        _ => None,
    };
    said.filter(|words| !words.is_empty()).unwrap_or_else(|| lacking(condition, labels))
}

fn paper(facts: &Facts<'_>, condition: &Condition<'_>, labels: &Labels<'_>) -> Option<String> {
    let papers = condition.evidence.iter().filter_map(|id| match labels.thing(id) {
        Some(Thing::Paper(paper)) => Some(labels.say.ready_reason_paper(labels.label(id), term(labels.say, paper, facts.as_of))),
        _ => None,
    });
    let papers: Vec<String> = papers.take(NAMED).collect();
    (!papers.is_empty()).then(|| papers.join(labels.say.ready_then()))
}

fn running(facts: &Facts<'_>, condition: &Condition<'_>, say: Say) -> Option<String> {
    let (from, to) = (condition.dates.counted_from?, condition.dates.complete_on?);
    Some(if from > facts.as_of { say.ready_reason_starting(from, to) } else { say.ready_reason_running(from, to) })
}

fn audit_and_review(facts: &Facts<'_>, condition: &Condition<'_>, labels: &Labels<'_>) -> String {
    let say = labels.say;
    let mut open = Vec::new();
    let mut planned: Vec<String> = Vec::new();
    for id in &condition.evidence {
        match labels.thing(id) {
            Some(Thing::Finding(finding)) => {
                if let Some(due) = finding.due_on {
                    let label = labels.label(id);
                    open.push(if finding.grade == FindingGrade::Major {
                        say.ready_reason_major_due(label, due)
                    } else {
                        say.ready_reason_minor_due(label, due)
                    });
                }
            }
            Some(Thing::Audit(audit)) if ahead(audit.report_approved_on, facts.as_of) => {
                planned.extend(audit.planned_report_on.map(|day| say.ready_reason_audit_due(day)));
            }
            Some(Thing::Review(review)) if condition.dates.review_done.is_some_and(|day| day > facts.as_of) => {
                let day = if ahead(review.held_on, facts.as_of) { review.planned_on } else { review.planned_minutes_on };
                planned.extend(day.map(|day| say.ready_reason_review_due(day)));
            }
            _ => {}
        }
    }
    let count = open.len();
    open.truncate(NAMED);
    let open = if count > NAMED { vec![say.ready_reason_more(open.join(say.ready_then()), count)] } else { open };
    [open, planned].concat().join(say.ready_then())
}

/// Whether an event has not been seen on a day.
pub(super) fn ahead(event: Option<NaiveDate>, on: NaiveDate) -> bool {
    event.is_none_or(|day| day > on)
}

fn penalties(facts: &Facts<'_>, condition: &Condition<'_>, labels: &Labels<'_>) -> Option<String> {
    let say = labels.say;
    let Some(from) = condition.dates.window_from else {
        return condition.eligible_from.map(|day| say.ready_reason_established(day));
    };
    if condition.status == Status::Met {
        return Some(say.ready_reason_window(from, facts.as_of));
    }
    let hits: Vec<String> = counting(facts, condition, labels)
        .into_iter()
        .take(NAMED)
        .filter_map(|id| match labels.thing(id) {
            Some(Thing::Penalty(penalty)) => Some(say.ready_reason_hit(penalty.decided_on, penalty.authority.as_str(), from, facts.as_of)),
            _ => None,
        })
        .collect();
    if hits.is_empty() { condition.eligible_from.map(|day| say.ready_reason_established(day)) } else { Some(hits.join(say.ready_then())) }
}

/// The penalties that count: those of the evidence that no warning clears.
pub(super) fn counting<'v>(facts: &Facts<'_>, condition: &'v Condition<'_>, labels: &Labels<'_>) -> Vec<&'v str> {
    const CLEARED: [&str; 7] =
        ["not_a_penalty", "penalty_other_party", "penalty_outside", "penalty_revoked", "penalty_unrelated", "penalty_aged_out", "penalty_later"];
    let is_cleared = |id: &str| {
        condition.warnings.iter().any(|code| {
            let (head, subject, _) = words::parts(code);
            subject == id && CLEARED.contains(&head)
        })
    };
    let is_penalty = |id: &str| matches!(labels.thing(id), Some(Thing::Penalty(penalty)) if penalty.decided_on <= facts.as_of);
    condition.evidence.iter().map(|id| &**id).filter(|id| is_penalty(id) && !is_cleared(id)).collect()
}

fn lacking(condition: &Condition<'_>, labels: &Labels<'_>) -> String {
    let say = labels.say;
    let lines = words::missing(labels, &condition.missing);
    if lines.is_empty() {
        return condition.rules.first().map(|row| words::row(say, *row).to_owned()).unwrap_or_default();
    }
    let count = lines.len();
    let named: Vec<String> = lines.into_iter().take(NAMED).map(|line| line.words).collect();
    let named = named.join(say.ready_then());
    say.ready_reason_lacking(if count > NAMED { say.ready_reason_more(named, count) } else { named })
}
