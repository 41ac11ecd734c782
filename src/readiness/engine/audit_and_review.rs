//! E3, a complete internal audit and a management review after it (contract section 8).

use super::calendar::add_months;
use super::establishment::Scope;
use super::facts::Facts;
use super::ruling::{Outcome, Ruling};
use super::timing::Timing;
use super::verdict::{Basis, Condition, ConditionName, Status};
use super::{internal_audit, management_review};
use chrono::NaiveDate;

/// Months after which an audit or a review is called stale (E3-11).
const FRESH_MONTHS: i32 = 12;

pub(super) fn assess<'f>(facts: &'f Facts<'f>, timing: Timing, scope: &Scope<'f>) -> Condition<'f> {
    let mut ruling = Ruling::new(ConditionName::AuditAndReview);
    let audit = internal_audit::assess(facts, timing, scope, &mut ruling);
    ruling.dates.audit_done = audit.outcome.day();
    let review = management_review::assess(facts, timing, audit.gate, &mut ruling);
    let outcome = together(audit.outcome, review.outcome);
    if matches!(outcome, Outcome::Met(_)) {
        ruling.row(1);
        let is_stale = |day: Option<NaiveDate>| day.is_some_and(|day| add_months(day, FRESH_MONTHS) < timing.on);
        for (warning, day) in [("audit_stale", audit.latest_report), ("review_stale", review.latest_held)] {
            if is_stale(day) {
                ruling.row(11);
                ruling.warn(warning);
            }
        }
    }
    ruling.close(outcome)
}

/// The worse of the two parts on the later of their days.
fn together(audit: Outcome, review: Outcome) -> Outcome {
    match (audit.status().max(review.status()), audit.day().max(review.day())) {
        (Status::Met, Some(day)) => Outcome::Met(day),
        (Status::NotYet, Some(day)) => Outcome::NotYet(day, Basis::Planned),
        (Status::NotMet, _) => Outcome::NotMet,
        _ => Outcome::Unknown,
    }
}
