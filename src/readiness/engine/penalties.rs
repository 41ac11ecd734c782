//! Penalties, declarations and credit searches (E4).

use super::json::Reader;
use super::names::{Id, Text};
use super::reading::{Fault, Readable, choice, fault, fault_at, fill, object};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

choice! {
    /// What an authority did; the last three are no penalties.
    PenaltyKind {
        Warning = "warning",
        Criticism = "criticism",
        Fine = "fine",
        Confiscation = "confiscation",
        LicenceHeld = "licence_held",
        LicenceLowered = "licence_lowered",
        LicenceRevoked = "licence_revoked",
        BusinessRestricted = "business_restricted",
        SuspensionOrder = "suspension_order",
        ClosureOrder = "closure_order",
        Other = "other",
        OrderToCorrect = "order_to_correct",
        LatePaymentCharge = "late_payment_charge",
        RegulatoryTalk = "regulatory_talk",
    }
}

impl PenaltyKind {
    /// Whether it is an administrative penalty at all (E4-9).
    #[must_use]
    pub fn is_penalty(self) -> bool {
        !matches!(self, Self::OrderToCorrect | Self::LatePaymentCharge | Self::RegulatoryTalk)
    }
}

choice! {
    /// Whom it hit.
    PenaltySubject { Applicant = "applicant", Employee = "employee", Parent = "parent", Subsidiary = "subsidiary" }
}

choice! {
    /// What has become of a penalty.
    #[derive(Default)]
    PenaltyStatus { #[default] InForce = "in_force", UnderAppeal = "under_appeal", Changed = "changed", Revoked = "revoked" }
}

fn truth() -> bool {
    true
}

/// An act of an authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Penalty<'a> {
    /// Its id.
    pub id: Id<'a>,
    /// Who decided.
    pub authority: Text<'a>,
    /// The number of the decision.
    #[serde(default)]
    pub document_no: Option<Text<'a>>,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// The day of the violation.
    #[serde(default)]
    pub violation_on: Option<NaiveDate>,
    /// What was decided.
    pub kind: PenaltyKind,
    /// Whom it hit.
    pub subject: PenaltySubject,
    /// Whether it has to do with service or security (true unless given).
    #[serde(default = "truth")]
    pub related: bool,
    /// Whether the authority is a foreign one.
    #[serde(default)]
    pub authority_abroad: bool,
    /// What has become of it.
    #[serde(default)]
    pub status: PenaltyStatus,
    /// Since when; null for always.
    #[serde(default)]
    pub status_since: Option<NaiveDate>,
    /// The day of credit repair.
    #[serde(default)]
    pub repaired_on: Option<NaiveDate>,
    /// The decision.
    #[serde(default)]
    pub file_id: Option<Id<'a>>,
    /// The paper of appeal, change or revocation.
    #[serde(default)]
    pub status_file_id: Option<Id<'a>>,
}

object!(Penalty<'a> {
    required id, required authority, optional document_no, required decided_on, optional violation_on, required kind,
    required subject, truthy related, optional authority_abroad, optional status, optional status_since,
    optional repaired_on, optional file_id, optional status_file_id,
} check);

impl Penalty<'_> {
    fn check(&self) -> Result<(), Fault> {
        if self.violation_on.is_some_and(|day| day > self.decided_on) {
            return Err(fault_at("violation_on", "later than decided_on"));
        }
        Ok(())
    }
}

/// The applicant's signed declaration of no penalty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration<'a> {
    /// Its id.
    pub id: Id<'a>,
    /// The day it was signed.
    pub signed_on: NaiveDate,
    /// The last day it speaks of; null for the day it was signed.
    #[serde(default)]
    pub covers_to: Option<NaiveDate>,
    /// Its scan.
    #[serde(default)]
    pub file_id: Option<Id<'a>>,
}

object!(Declaration<'a> { required id, required signed_on, optional covers_to, optional file_id } check);

impl Declaration<'_> {
    fn check(&self) -> Result<(), Fault> {
        if self.covers_to.is_some_and(|day| day > self.signed_on) {
            return Err(fault_at("covers_to", "later than signed_on"));
        }
        Ok(())
    }
}

/// A search of a credit register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditSearch<'a> {
    /// Its id.
    pub id: Id<'a>,
    /// The register.
    pub source: Text<'a>,
    /// The day of the search.
    pub searched_on: NaiveDate,
    /// Its print.
    #[serde(default)]
    pub file_id: Option<Id<'a>>,
}

object!(CreditSearch<'a> { required id, required source, required searched_on, optional file_id });
