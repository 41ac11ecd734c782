use serde::Deserialize;

use super::bilingual::Bilingual;

/// A step of the journey to the certificate, 1.1 to 1.4.2.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Number, as `1.1.5.6`.
    pub id: String,
    /// The step above; none for the four phases 1.1 to 1.4.
    pub parent: Option<String>,
    /// Name.
    pub title: Bilingual,
    /// What is to be done.
    pub content: Bilingual,
    /// What remains as proof.
    pub evidence: Bilingual,
}

/// A step of the default plan.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanStep {
    /// `S01` to `S30`.
    pub id: String,
    /// The steps of the journey that it carries out.
    pub steps: Vec<String>,
    /// Name.
    pub title: Bilingual,
    /// Eligibility conditions (`E1` to `E4`) that must be met before it begins.
    #[serde(default)]
    pub conditions: Vec<String>,
    /// It comes back every year and has no weeks.
    #[serde(default)]
    pub yearly: bool,
    after: Vec<Predecessor>,
    standard: Option<Weeks>,
    after_fast: Vec<Predecessor>,
    fast: Option<Weeks>,
    /// Who answers for it.
    pub accountable: Role,
    /// Who does it.
    pub responsible: Vec<Role>,
    /// Who is consulted or informed.
    pub informed: Vec<Role>,
}

/// The two default plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanVariant {
    /// 36 weeks to the end of stage 2.
    Standard,
    /// 28 weeks, without pre-audit.
    Fast,
}

/// What must come first, and how long before.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predecessor {
    /// Id of the plan step.
    pub step: String,
    /// What of it is counted from.
    pub from: Anchor,
    /// Whole weeks to wait from there.
    pub weeks: u16,
}

/// The end of a predecessor that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// From its end.
    Finish,
    /// From its start.
    Start,
}

/// Calendar weeks from kick-off, both included; the first week is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weeks {
    /// First week.
    pub first: u16,
    /// Last week, not before the first.
    pub last: u16,
}

/// The roles of the default plan, by their codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum Role {
    /// Top management and leading group.
    #[serde(rename = "TM")]
    TopManagement,
    /// Management representative.
    #[serde(rename = "MR")]
    ManagementRepresentative,
    /// Member of the working body.
    #[serde(rename = "WB")]
    WorkingBody,
    /// Full-time officer.
    #[serde(rename = "FT")]
    FulltimeOfficer,
    /// Department head.
    #[serde(rename = "DH")]
    DepartmentHead,
    /// Process owner.
    #[serde(rename = "PO")]
    ProcessOwner,
    /// Internal auditor.
    #[serde(rename = "IA")]
    InternalAuditor,
    /// Any member of staff.
    #[serde(rename = "ST")]
    Staff,
    /// Consultant.
    #[serde(rename = "CO")]
    Consultant,
    /// Pre-auditor or auditor of the certification body.
    #[serde(rename = "EX")]
    ExternalAuditor,
    /// Administrator of the portal.
    #[serde(rename = "AD")]
    Administrator,
}

impl PlanStep {
    /// What must come first in this plan.
    pub fn after(&self, variant: PlanVariant) -> &[Predecessor] {
        match variant {
            PlanVariant::Standard => &self.after,
            PlanVariant::Fast => &self.after_fast,
        }
    }

    /// Its weeks in this plan; none where the plan leaves it out or it comes back every year.
    pub fn weeks(&self, variant: PlanVariant) -> Option<Weeks> {
        match variant {
            PlanVariant::Standard => self.standard,
            PlanVariant::Fast => self.fast,
        }
    }

    /// Whether this plan has the step.
    pub fn is_in(&self, variant: PlanVariant) -> bool {
        self.yearly || self.weeks(variant).is_some()
    }
}

impl Role {
    /// The two letters used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            Self::TopManagement => "TM",
            Self::ManagementRepresentative => "MR",
            Self::WorkingBody => "WB",
            Self::FulltimeOfficer => "FT",
            Self::DepartmentHead => "DH",
            Self::ProcessOwner => "PO",
            Self::InternalAuditor => "IA",
            Self::Staff => "ST",
            Self::Consultant => "CO",
            Self::ExternalAuditor => "EX",
            Self::Administrator => "AD",
        }
    }
}
