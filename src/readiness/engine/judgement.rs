//! Facts in, verdict out: the judgement for `as_of`, and the one for the day of application.

use super::establishment::Scope;
use super::facts::Facts;
use super::internal_audit::finding_standing;
use super::ruling::{Outcome, in_order};
use super::timing::Timing;
use super::verdict::{Application, Basis, Condition, Overall, Status, Verdict};
use super::{audit_and_review, legal_status, no_penalty, operation};
use std::borrow::Cow;

/// Judges one engagement. Total, and a function of the facts alone.
#[must_use]
pub fn assess<'f>(facts: &'f Facts<'f>) -> Verdict<'f> {
    let conditions = judge(facts, Timing { on: facts.as_of, known: facts.as_of });
    Verdict {
        version: 1,
        engagement_id: Cow::Borrowed(facts.engagement_id.as_str()),
        as_of: facts.as_of,
        rules: facts.rules,
        overall: overall(&conditions),
        conditions,
        application: facts.application_on.map(|on| application(facts, Timing { on, known: on.min(facts.as_of) })),
    }
}

fn application<'f>(facts: &'f Facts<'f>, timing: Timing) -> Application<'f> {
    let conditions = judge(facts, timing);
    Application { on: timing.on, assumed: assumed(facts, timing), overall: overall(&conditions), conditions }
}

fn judge<'f>(facts: &'f Facts<'f>, timing: Timing) -> [Condition<'f>; 4] {
    let scope = Scope::new(facts, timing);
    [
        legal_status::assess(facts, timing),
        operation::assess(facts, timing, &scope),
        audit_and_review::assess(facts, timing, &scope),
        no_penalty::assess(facts, timing, &scope),
    ]
}

fn overall(conditions: &[Condition<'_>; 4]) -> Overall {
    let status = conditions.iter().map(|condition| condition.status).max().unwrap_or(Status::Unknown);
    let latest = |day: fn(&Condition<'_>) -> Option<chrono::NaiveDate>| conditions.iter().filter_map(day).max();
    let planned = conditions.iter().any(|condition| condition.basis == Some(Basis::Planned));
    let basis = if planned { Basis::Planned } else { Basis::Calendar };
    let outcome = match status {
        Status::Met => latest(|condition| condition.met_since).map(Outcome::Met),
        Status::NotYet => latest(|condition| condition.eligible_from).map(|day| Outcome::NotYet(day, basis)),
        Status::Unknown => None,
        Status::NotMet => Some(Outcome::NotMet),
    };
    outcome.unwrap_or(Outcome::Unknown).overall()
}

/// The ids of all objects with a plan taken as carried out, whether it mattered or not.
fn assumed<'f>(facts: &'f Facts<'f>, timing: Timing) -> Vec<Cow<'f, str>> {
    let mut ids = Vec::new();
    let mut add = |id: &'f super::facts::Id<'f>, pairs: &[(Option<_>, Option<_>)]| {
        if pairs.iter().any(|(actual, planned)| timing.pair(*actual, *planned).is_kept()) {
            ids.push(Cow::Borrowed(id.as_str()));
        }
    };
    for part in &facts.scope_parts {
        add(&part.id, &[(part.start_on, part.planned_start_on)]);
    }
    for order in &facts.issue_orders {
        add(&order.id, &[(order.issued_on, order.planned_on)]);
    }
    for document in &facts.documents {
        add(&document.id, &[(document.effective_on, document.planned_effective_on)]);
    }
    for audit in &facts.audits {
        add(&audit.id, &[(audit.start_on, audit.planned_start_on), (audit.report_approved_on, audit.planned_report_on)]);
    }
    for review in &facts.reviews {
        add(&review.id, &[(review.held_on, review.planned_on), (review.minutes_approved_on, review.planned_minutes_on)]);
    }
    let findings = facts.audits.iter().flat_map(|audit| &audit.findings);
    let settled = findings.filter(|finding| finding.is_nonconformity() && finding_standing(finding, timing).is_kept());
    ids.extend(settled.map(|finding| Cow::Borrowed(finding.id.as_str())));
    in_order(ids)
}
