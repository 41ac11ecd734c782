//! Audits with their findings, and management reviews (E3).

use super::clauses::Clause;
use super::json::Reader;
use super::names::Id;
use super::reading::{Fault, Readable, choice, fault, fault_at, fill, object};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

choice! {
    /// The kind of an audit.
    AuditKind { Internal = "internal", Diagnosis = "diagnosis", Mock = "mock", PreAudit = "pre_audit" }
}

choice! {
    /// A record an audit leaves.
    AuditRecord { Plan = "plan", Checklist = "checklist", Report = "report", NcFollowUp = "nc_follow_up" }
}

/// An audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audit<'a> {
    /// Its id.
    pub id: Id<'a>,
    /// Its kind.
    pub kind: AuditKind,
    /// Whether an audit of another kind ran under the audit procedure.
    #[serde(default)]
    pub under_procedure: bool,
    /// Whether it is planned to cover the whole scope.
    #[serde(default)]
    pub planned_full_scope: bool,
    /// The planned first day.
    #[serde(default)]
    pub planned_start_on: Option<NaiveDate>,
    /// The first day.
    #[serde(default)]
    pub start_on: Option<NaiveDate>,
    /// The last day.
    #[serde(default)]
    pub end_on: Option<NaiveDate>,
    /// The planned day of the report.
    #[serde(default)]
    pub planned_report_on: Option<NaiveDate>,
    /// The day the report was approved.
    #[serde(default)]
    pub report_approved_on: Option<NaiveDate>,
    /// The parts of the scope audited; none named means none.
    #[serde(default)]
    pub part_ids: Vec<Id<'a>>,
    /// What was audited where, and by whom.
    #[serde(default)]
    pub areas: Vec<Area<'a>>,
    /// The records kept.
    #[serde(default)]
    pub records_kept: Vec<AuditRecord>,
    /// What was found.
    #[serde(default)]
    pub findings: Vec<Finding<'a>>,
}

object!(Audit<'a> {
    required id, required kind, optional under_procedure, optional planned_full_scope, optional planned_start_on,
    optional start_on, optional end_on, optional planned_report_on, optional report_approved_on, optional part_ids,
    optional areas, optional records_kept, optional findings,
} check);

impl Audit<'_> {
    fn check(&self) -> Result<(), Fault> {
        in_order(self.start_on, self.end_on, "end_on", "needs a start_on that is not later")?;
        in_order(self.end_on, self.report_approved_on, "report_approved_on", "needs an end_on that is not later")
    }
}

/// A later day needs an earlier one, and must not precede it.
fn in_order(earlier: Option<NaiveDate>, later: Option<NaiveDate>, field: &str, reason: &str) -> Result<(), Fault> {
    match (earlier, later) {
        (None, Some(_)) => Err(fault_at(field, reason)),
        (Some(earlier), Some(later)) if later < earlier => Err(fault_at(field, reason)),
        _ => Ok(()),
    }
}

/// Clauses audited in one department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area<'a> {
    /// The department audited.
    pub department_id: Id<'a>,
    /// The clauses audited there, one at least.
    pub clauses: Vec<Clause>,
    /// The auditors, one at least.
    pub auditors: Vec<Auditor<'a>>,
}

object!(Area<'a> { required department_id, required clauses, required auditors } check);

impl Area<'_> {
    fn check(&self) -> Result<(), Fault> {
        if self.clauses.is_empty() {
            return Err(fault_at("clauses", "one clause at least"));
        }
        if self.auditors.is_empty() { Err(fault_at("auditors", "one auditor at least")) } else { Ok(()) }
    }
}

/// Who audited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Auditor<'a> {
    /// The person.
    pub person_id: Id<'a>,
    /// The person's department; null for an outsider.
    #[serde(default)]
    pub department_id: Option<Id<'a>>,
}

object!(Auditor<'a> { required person_id, optional department_id });

choice! {
    /// The grade of a finding.
    FindingGrade { Major = "major", Minor = "minor", Observation = "observation", GoodPractice = "good_practice" }
}

/// A finding of an audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding<'a> {
    /// Its id.
    pub id: Id<'a>,
    /// Its grade.
    pub grade: FindingGrade,
    /// The day the corrective plan was accepted.
    #[serde(default)]
    pub plan_accepted_on: Option<NaiveDate>,
    /// The day it is due.
    #[serde(default)]
    pub due_on: Option<NaiveDate>,
    /// The day its closure was verified.
    #[serde(default)]
    pub verified_on: Option<NaiveDate>,
}

object!(Finding<'a> { required id, required grade, optional plan_accepted_on, optional due_on, optional verified_on });

impl Finding<'_> {
    /// Whether it is a nonconformity: a major or a minor.
    #[must_use]
    pub fn is_nonconformity(&self) -> bool {
        matches!(self.grade, FindingGrade::Major | FindingGrade::Minor)
    }
}

choice! {
    /// Who chaired a review.
    Chair { TopManagement = "top_management", DelegateWritten = "delegate_written", Other = "other" }
}

choice! {
    /// A record a review leaves.
    ReviewRecord { Agenda = "agenda", Minutes = "minutes" }
}

/// A management review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review<'a> {
    /// Its id.
    pub id: Id<'a>,
    /// The planned day.
    #[serde(default)]
    pub planned_on: Option<NaiveDate>,
    /// The day it was held.
    #[serde(default)]
    pub held_on: Option<NaiveDate>,
    /// The planned day of the minutes.
    #[serde(default)]
    pub planned_minutes_on: Option<NaiveDate>,
    /// The day the minutes were approved.
    #[serde(default)]
    pub minutes_approved_on: Option<NaiveDate>,
    /// The day a supplement with the audit results was approved.
    #[serde(default)]
    pub supplement_approved_on: Option<NaiveDate>,
    /// Who chaired it.
    pub chair: Chair,
    /// Whether its decisions have owners.
    #[serde(default)]
    pub decisions_assigned: bool,
    /// The records kept.
    #[serde(default)]
    pub records_kept: Vec<ReviewRecord>,
}

object!(Review<'a> {
    required id, optional planned_on, optional held_on, optional planned_minutes_on, optional minutes_approved_on,
    optional supplement_approved_on, required chair, optional decisions_assigned, optional records_kept,
} check);

impl Review<'_> {
    fn check(&self) -> Result<(), Fault> {
        in_order(self.held_on, self.minutes_approved_on, "minutes_approved_on", "needs a held_on that is not later")
    }
}
