//! The rule pack and its nine settings (contract section 10): the first value of each is the default.

use super::json::Reader;
use super::reading::{Fault, Readable, choice, fault, fault_at, fill, object};
use serde::{Deserialize, Serialize};

choice! {
    /// The rule pack.
    #[derive(Default)]
    Pack { #[default] Seed2005 = "seed-2005" }
}
choice! {
    /// When three months are complete.
    #[derive(Default)]
    MonthRule { #[default] Inclusive = "inclusive", Strict = "strict" }
}
choice! {
    /// Which papers prove a company.
    #[derive(Default)]
    LegalDocumentRule { #[default] AnyOne = "any_one", LicenceAlways = "licence_always" }
}
choice! {
    /// What a missing permit does.
    #[derive(Default)]
    PermitRule { #[default] Block = "block", Warn = "warn" }
}
choice! {
    /// What a suspension of more than seven days does.
    #[derive(Default)]
    SuspensionRule { #[default] Restart = "restart", Extend = "extend" }
}
choice! {
    /// How complete an internal audit must be.
    #[derive(Default)]
    AuditRule { #[default] Full = "full", Literal = "literal" }
}
choice! {
    /// Whether a review before the audit report can still count.
    #[derive(Default)]
    ReviewRule { #[default] AfterAudit = "after_audit", Supplement = "supplement" }
}
choice! {
    /// Which day of a penalty is held against the window.
    #[derive(Default)]
    PenaltyDate { #[default] Decision = "decision", Violation = "violation" }
}
choice! {
    /// Whether a penalty in the window ages out.
    #[derive(Default)]
    PenaltyRule { #[default] Fixed = "fixed", Rolling = "rolling" }
}
choice! {
    /// Which penalties count.
    #[derive(Default)]
    PenaltyScope { #[default] All = "all", Related = "related" }
}

/// The rules a verdict is reached by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// The rule pack.
    pub pack: Pack,
    /// E2, and the completion of a re-established system in E4.
    pub month_rule: MonthRule,
    /// E1, companies.
    pub legal_document_rule: LegalDocumentRule,
    /// E1.
    pub permit_rule: PermitRule,
    /// E2.
    pub suspension_rule: SuspensionRule,
    /// E3.
    pub audit_rule: AuditRule,
    /// E3.
    pub review_rule: ReviewRule,
    /// E4.
    pub penalty_date: PenaltyDate,
    /// E4.
    pub penalty_rule: PenaltyRule,
    /// E4.
    pub penalty_scope: PenaltyScope,
}

object!(Rules {
    optional pack, optional month_rule, optional legal_document_rule, optional permit_rule, optional suspension_rule,
    optional audit_rule, optional review_rule, optional penalty_date, optional penalty_rule, optional penalty_scope,
});
