//! The four gates as the page shows them, each opening to its rules, facts, sums, warnings and what is missing.

use super::{
    engine::{
        Basis, Condition, ConditionName, Facts, Overall, Row, Status,
        calendar::{add_days, add_months, add_years},
        facts::{AuditRule, LegalDocumentRule, MonthRule, PenaltyDate, PenaltyRule, PenaltyScope, PermitRule, ReviewRule, SuspensionRule},
    },
    facts::Counts,
    labels::{Labels, Thing},
    reasons,
    words::{self, Line},
};
use crate::{
    catalogue::catalogue,
    web::table::State,
    words::{Language, Say},
};
use chrono::NaiveDate;

/// One gate.
#[derive(Debug)]
pub(super) struct GateRow {
    /// Number and name.
    pub(super) title: String,
    /// Shape and word.
    pub(super) state: State,
    /// The day it will be met from.
    pub(super) day: Option<String>,
    /// Whether that day rests on plans.
    pub(super) planned: bool,
    /// What that day rests on, or since when it is met, in words.
    pub(super) basis: String,
    /// Why, in one line.
    pub(super) reason: String,
    /// Whether it decides the answer.
    pub(super) decides: bool,
    /// The step of the plan that a planned day hangs on.
    pub(super) hangs_on: Option<String>,
    /// Rows of the rules, each with its sentence.
    pub(super) rules: Vec<(Row, &'static str)>,
    /// The facts used.
    pub(super) facts: Vec<FactRow>,
    /// The arithmetic.
    pub(super) sums: Vec<String>,
    /// Warnings.
    pub(super) warnings: Vec<Line>,
    /// What is missing.
    pub(super) missing: Vec<Line>,
    /// The settings in use where rules have alternatives.
    pub(super) settings: String,
}

/// One fact used.
#[derive(Debug)]
pub(super) struct FactRow {
    /// What it is.
    pub(super) label: String,
    /// What it says.
    pub(super) value: String,
    /// The register it stands in.
    pub(super) source: &'static str,
    /// The page of the entry.
    pub(super) href: String,
}

/// The four gates, in order.
pub(super) fn gates(facts: &Facts<'_>, counts: Counts, overall: &Overall, conditions: &[Condition<'_>; 4], labels: &Labels<'_>) -> Vec<GateRow> {
    let decides = reasons::deciding(overall, conditions).map(|condition| condition.condition);
    conditions.iter().map(|condition| gate(facts, counts, condition, decides == Some(condition.condition), labels)).collect()
}

fn gate(facts: &Facts<'_>, counts: Counts, condition: &Condition<'_>, decides: bool, labels: &Labels<'_>) -> GateRow {
    let say = labels.say;
    let planned = condition.basis == Some(Basis::Planned);
    GateRow {
        title: say.ready_condition(reasons::number(condition.condition), reasons::name(say, condition.condition)),
        state: reasons::state(say, condition.status),
        day: condition.eligible_from.map(|day| day.to_string()),
        planned,
        basis: condition.met_since.map_or_else(|| reasons::basis(say, condition.basis).to_owned(), |day| say.ready_since(day)),
        reason: reasons::reason(facts, condition, labels),
        decides,
        hangs_on: planned.then(|| hangs_on(facts, condition, labels)).flatten(),
        rules: condition.rules.iter().map(|row| (*row, words::row(say, *row))).collect(),
        facts: facts_used(condition, counts, labels),
        sums: sums(facts, condition, labels),
        warnings: words::warnings(labels, &condition.warnings),
        missing: words::missing(labels, &condition.missing),
        settings: say.ready_setting(settings(say, facts, condition.condition).join(say.ready_then())),
    }
}

/// The step of the default plan that a planned day hangs on.
fn hangs_on(facts: &Facts<'_>, condition: &Condition<'_>, labels: &Labels<'_>) -> Option<String> {
    let dates = &condition.dates;
    let step = match condition.condition {
        ConditionName::LegalStatus => return None,
        ConditionName::Operation if dates.operation_start.is_some_and(|day| day > facts.as_of) => "S17",
        ConditionName::Operation | ConditionName::NoPenalty => "S15",
        ConditionName::AuditAndReview if dates.audit_done > dates.review_done => {
            let reports = condition
                .evidence
                .iter()
                .any(|id| matches!(labels.thing(id), Some(Thing::Audit(audit)) if reasons::ahead(audit.report_approved_on, facts.as_of)));
            if reports { "S19" } else { "S20" }
        }
        ConditionName::AuditAndReview => "S21",
    };
    let title = catalogue().plan_step(step)?.title.of(labels.say.language == Language::Chinese);
    Some(labels.say.ready_hangs_on(format!("{step} {title}")))
}

fn facts_used(condition: &Condition<'_>, counts: Counts, labels: &Labels<'_>) -> Vec<FactRow> {
    let say = labels.say;
    let mut rows: Vec<FactRow> = condition
        .evidence
        .iter()
        .filter_map(|id| Some(FactRow { label: labels.label(id), value: labels.value(id), source: labels.source(id), href: labels.href(id)? }))
        .collect();
    if condition.condition == ConditionName::Operation {
        if counts.documents > 0 {
            rows.push(FactRow {
                label: say.ready_documents_used(counts.documents),
                value: String::new(),
                source: say.nav_documents(),
                href: labels.path("/documents"),
            });
        }
        if counts.processes > 0 {
            rows.push(FactRow {
                label: say.ready_records_used(counts.processes),
                value: String::new(),
                source: say.nav_operation(),
                href: labels.path("/operation"),
            });
        }
    }
    rows
}

/// The arithmetic in lines such as `2026-08-31 + 3 months = 2026-11-30`.
fn sums(facts: &Facts<'_>, condition: &Condition<'_>, labels: &Labels<'_>) -> Vec<String> {
    let say = labels.say;
    let dates = &condition.dates;
    let mut lines = Vec::new();
    if let Some((from, to)) = dates.counted_from.zip(dates.complete_on) {
        lines.push(months(say, from, to, facts.rules.month_rule));
        if let Some(day) = condition.met_since.or(condition.eligible_from).filter(|day| *day > to) {
            lines.push(say.ready_latest_sum(day));
        }
    }
    if let Some((audit, review)) = dates.audit_done.zip(dates.review_done) {
        lines.push(say.ready_later_sum(audit, review, audit.max(review)));
    }
    if let Some(from) = dates.window_from {
        let established = condition.evidence.iter().filter_map(|id| match labels.thing(id) {
            Some(Thing::Order(order)) => order.issued_on.or(order.planned_on).filter(|day| add_years(*day, -1) == from),
            _ => None,
        });
        lines.extend(established.min().map(|day| say.ready_window_sum(day, from)));
    }
    if let Some((from, to)) = dates.reissue_from.zip(dates.reissue_complete_on) {
        lines.push(say.ready_clear_sum(from, to));
    }
    lines
}

fn months(say: Say, from: NaiveDate, to: NaiveDate, rule: MonthRule) -> String {
    let plain = add_months(from, 3);
    let (end, strict) = match rule {
        MonthRule::Inclusive => (plain, false),
        MonthRule::Strict => (add_days(plain, 1), true),
    };
    match (to == end, strict) {
        (true, false) => say.ready_months_sum(from, to),
        (true, true) => say.ready_months_sum_strict(from, to),
        (false, _) => say.ready_months_longer(from, end, to),
    }
}

/// The settings that bear on a condition, in words.
fn settings(say: Say, facts: &Facts<'_>, condition: ConditionName) -> Vec<&'static str> {
    let rules = &facts.rules;
    match condition {
        ConditionName::LegalStatus => vec![
            match rules.legal_document_rule {
                LegalDocumentRule::AnyOne => say.ready_rule_papers_any(),
                LegalDocumentRule::LicenceAlways => say.ready_rule_papers_licence(),
            },
            match rules.permit_rule {
                PermitRule::Block => say.ready_rule_permit_block(),
                PermitRule::Warn => say.ready_rule_permit_warn(),
            },
        ],
        ConditionName::Operation => vec![
            match rules.month_rule {
                MonthRule::Inclusive => say.ready_rule_months_inclusive(),
                MonthRule::Strict => say.ready_rule_months_strict(),
            },
            match rules.suspension_rule {
                SuspensionRule::Restart => say.ready_rule_stop_restart(),
                SuspensionRule::Extend => say.ready_rule_stop_extend(),
            },
        ],
        ConditionName::AuditAndReview => vec![
            match rules.audit_rule {
                AuditRule::Full => say.ready_rule_audit_full(),
                AuditRule::Literal => say.ready_rule_audit_literal(),
            },
            match rules.review_rule {
                ReviewRule::AfterAudit => say.ready_rule_review_after(),
                ReviewRule::Supplement => say.ready_rule_review_supplement(),
            },
        ],
        ConditionName::NoPenalty => vec![
            match rules.penalty_date {
                PenaltyDate::Decision => say.ready_rule_date_decision(),
                PenaltyDate::Violation => say.ready_rule_date_violation(),
            },
            match rules.penalty_rule {
                PenaltyRule::Fixed => say.ready_rule_penalty_fixed(),
                PenaltyRule::Rolling => say.ready_rule_penalty_rolling(),
            },
            match rules.penalty_scope {
                PenaltyScope::All => say.ready_rule_scope_all(),
                PenaltyScope::Related => say.ready_rule_scope_related(),
            },
        ],
    }
}

/// How many of the four are met.
pub(super) fn met(conditions: &[Condition<'_>; 4]) -> usize {
    conditions.iter().filter(|condition| condition.status == Status::Met).count()
}
