//! What the system is and how it runs (E2): departments, parts of the scope, orders, stops, documents, records.

use super::clauses::{Item, Process};
use super::json::Reader;
use super::names::Id;
use super::reading::{Fault, Readable, choice, fault, fault_at, fill, object};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

fn truth() -> bool {
    true
}

/// A department of the applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department<'a> {
    /// Its id.
    pub id: Id<'a>,
    /// Whether it is in the scope applied for (true unless given).
    #[serde(default = "truth")]
    pub in_scope: bool,
}

object!(Department<'a> { required id, truthy in_scope });

/// A site or another part of the scope. Its start of operation is the effective day of the first edition there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopePart<'a> {
    /// Its id.
    pub id: Id<'a>,
    /// Whether it is in the scope applied for (true unless given).
    #[serde(default = "truth")]
    pub in_scope: bool,
    /// The planned start of operation.
    #[serde(default)]
    pub planned_start_on: Option<NaiveDate>,
    /// The start of operation.
    #[serde(default)]
    pub start_on: Option<NaiveDate>,
}

object!(ScopePart<'a> { required id, truthy in_scope, optional planned_start_on, optional start_on });

choice! {
    /// What an issue order does.
    IssueOrderKind {
        FirstEdition = "first_edition",
        ScopeExtension = "scope_extension",
        Reissue = "reissue",
        ReEstablishment = "re_establishment",
        SecondEdition = "second_edition",
    }
}

/// An order that puts the system into force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssueOrder<'a> {
    /// Its id.
    pub id: Id<'a>,
    /// What it does.
    pub kind: IssueOrderKind,
    /// The parts of the scope it covers; none named means every part.
    #[serde(default)]
    pub part_ids: Vec<Id<'a>>,
    /// The planned day of issue.
    #[serde(default)]
    pub planned_on: Option<NaiveDate>,
    /// The day of issue.
    #[serde(default)]
    pub issued_on: Option<NaiveDate>,
    /// Its scan.
    #[serde(default)]
    pub file_id: Option<Id<'a>>,
}

object!(IssueOrder<'a> { required id, required kind, optional part_ids, optional planned_on, optional issued_on, optional file_id });

choice! {
    /// Why the clock restarts.
    RestartReason { ScopeWidened = "scope_widened", ProcessRebuilt = "process_rebuilt" }
}

/// The management representative's mark that the clock restarts (E2-9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restart<'a> {
    /// Its id.
    pub id: Id<'a>,
    /// The day the clock restarts.
    pub on: NaiveDate,
    /// Why.
    pub reason: RestartReason,
}

object!(Restart<'a> { required id, required on, required reason });

/// A stop of operation (E2-7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspension<'a> {
    /// Its id.
    pub id: Id<'a>,
    /// The first day without operation.
    pub from_on: NaiveDate,
    /// The first day of operation again.
    #[serde(default)]
    pub resumed_on: Option<NaiveDate>,
}

object!(Suspension<'a> { required id, required from_on, optional resumed_on } check);

impl Suspension<'_> {
    fn check(&self) -> Result<(), Fault> {
        if self.resumed_on.is_some_and(|day| day <= self.from_on) {
            return Err(fault_at("resumed_on", "not later than from_on"));
        }
        Ok(())
    }
}

/// A checklist item of kind D.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredItem {
    /// The item.
    pub item: Item,
    /// The day the reason for having no document was approved.
    #[serde(default)]
    pub excused_on: Option<NaiveDate>,
}

object!(RequiredItem { required item, optional excused_on });

/// A document of the system that is not void.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document<'a> {
    /// Its id.
    pub id: Id<'a>,
    /// The items it answers, one at least.
    pub items: Vec<Item>,
    /// The planned first effective day.
    #[serde(default)]
    pub planned_effective_on: Option<NaiveDate>,
    /// The first effective day; revisions do not change it.
    #[serde(default)]
    pub effective_on: Option<NaiveDate>,
}

object!(Document<'a> { required id, required items, optional planned_effective_on, optional effective_on } check);

impl Document<'_> {
    fn check(&self) -> Result<(), Fault> {
        if self.items.is_empty() { Err(fault_at("items", "one item at least")) } else { Ok(()) }
    }
}

/// A dated record of a process. One for each process, day and day of entry is enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatingRecord<'a> {
    /// Its id.
    pub id: Id<'a>,
    /// The process.
    pub process: Process,
    /// The day recorded.
    pub recorded_on: NaiveDate,
    /// The day it was entered.
    pub entered_on: NaiveDate,
}

object!(OperatingRecord<'a> { required id, required process, required recorded_on, required entered_on } check);

impl OperatingRecord<'_> {
    fn check(&self) -> Result<(), Fault> {
        if self.entered_on < self.recorded_on { Err(fault_at("entered_on", "earlier than recorded_on")) } else { Ok(()) }
    }
}
