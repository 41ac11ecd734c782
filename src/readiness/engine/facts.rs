//! The facts of one engagement (contract section 2).
//!
//! `serde` writes them, and reads back what it wrote; the strict door for facts from outside is
//! [`read`](super::read). A field left out has the default its type or comment names.

use super::json::Reader;
use super::reading::{Fault, Readable, choice, fault, fault_at, fill, object};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use super::applicant::*;
pub use super::audits::*;
pub use super::clauses::{Clause, Item, Process};
pub use super::names::{Code, Id, Text, WrongForm};
pub use super::penalties::*;
pub use super::rules::*;
pub use super::running::*;

choice! {
    /// The edition of the standard the system was built to.
    #[derive(Default)]
    Edition { #[default] E2005 = "2005", E2011 = "2011", E2018 = "2018" }
}

/// The version of the contract, the integer 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Version;

/// Everything the engine looks at. The lists may stand in any order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts<'a> {
    /// The version of the contract.
    pub version: Version,
    /// The engagement judged; the verdict repeats it.
    pub engagement_id: Id<'a>,
    /// The day judged, and up to which events are seen.
    pub as_of: NaiveDate,
    /// The planned day of application, judged besides.
    #[serde(default)]
    pub application_on: Option<NaiveDate>,
    /// The planned day of the stage 2 audit (E1-11).
    #[serde(default)]
    pub planned_stage2_on: Option<NaiveDate>,
    /// The settings to judge by.
    #[serde(default)]
    pub rules: Rules,
    /// The edition the system was built to.
    #[serde(default)]
    pub edition: Edition,
    /// Who applies.
    pub applicant: Applicant<'a>,
    /// Licences, certificates, authorisations and permits.
    #[serde(default)]
    pub legal_documents: Vec<LegalDocument<'a>>,
    /// The departments.
    #[serde(default)]
    pub departments: Vec<Department<'a>>,
    /// Sites and other parts of the scope.
    #[serde(default)]
    pub scope_parts: Vec<ScopePart<'a>>,
    /// Orders that put the system into force.
    #[serde(default)]
    pub issue_orders: Vec<IssueOrder<'a>>,
    /// Marks that the clock restarts (E2-9).
    #[serde(default)]
    pub restarts: Vec<Restart<'a>>,
    /// Stops of operation (E2-7).
    #[serde(default)]
    pub suspensions: Vec<Suspension<'a>>,
    /// Every checklist item of kind D.
    #[serde(default)]
    pub required_items: Vec<RequiredItem>,
    /// The documents of the system, void ones left out.
    #[serde(default)]
    pub documents: Vec<Document<'a>>,
    /// The dated records of the processes.
    #[serde(default)]
    pub operating_records: Vec<OperatingRecord<'a>>,
    /// Audits of every kind.
    #[serde(default)]
    pub audits: Vec<Audit<'a>>,
    /// Management reviews.
    #[serde(default)]
    pub reviews: Vec<Review<'a>>,
    /// Penalties, and what is none.
    #[serde(default)]
    pub penalties: Vec<Penalty<'a>>,
    /// Signed declarations of no penalty.
    #[serde(default)]
    pub declarations: Vec<Declaration<'a>>,
    /// Searches of the credit registers.
    #[serde(default)]
    pub credit_searches: Vec<CreditSearch<'a>>,
}

object!(Facts<'a> {
    required version, required engagement_id, required as_of, optional application_on, optional planned_stage2_on,
    optional rules, optional edition, required applicant, optional legal_documents, optional departments,
    optional scope_parts, optional issue_orders, optional restarts, optional suspensions, optional required_items,
    optional documents, optional operating_records, optional audits, optional reviews, optional penalties,
    optional declarations, optional credit_searches,
});

impl<'a> Facts<'a> {
    /// Facts with nothing but what is required.
    #[must_use]
    pub fn new(engagement_id: Id<'a>, as_of: NaiveDate, applicant: Applicant<'a>) -> Self {
        Self {
            version: Version,
            engagement_id,
            as_of,
            application_on: None,
            planned_stage2_on: None,
            rules: Rules::default(),
            edition: Edition::default(),
            applicant,
            legal_documents: Vec::new(),
            departments: Vec::new(),
            scope_parts: Vec::new(),
            issue_orders: Vec::new(),
            restarts: Vec::new(),
            suspensions: Vec::new(),
            required_items: Vec::new(),
            documents: Vec::new(),
            operating_records: Vec::new(),
            audits: Vec::new(),
            reviews: Vec::new(),
            penalties: Vec::new(),
            declarations: Vec::new(),
            credit_searches: Vec::new(),
        }
    }
}

impl<'a> Readable<'a> for Version {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        if reader.token() == "1" { Ok(Self) } else { Err(fault("the version is the integer 1")) }
    }
}

impl Serialize for Version {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(1)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if u8::deserialize(deserializer)? == 1 { Ok(Self) } else { Err(serde::de::Error::custom("the version is the integer 1")) }
    }
}
