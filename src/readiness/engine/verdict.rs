//! The verdict (contract section 3), as it is printed.

use super::calendar::{write_day, write_optional_day};
use super::json::Reader;
use super::reading::{Fault, Readable, choice, fault};
use super::rules::Rules;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

choice! {
    /// How a condition stands; from best to worst.
    Status { Met = "met", NotYet = "not_yet", Unknown = "unknown", NotMet = "not_met" }
}

choice! {
    /// Whether the date of a `not_yet` follows from the calendar alone or rests on plans.
    Basis { Calendar = "calendar", Planned = "planned" }
}

choice! {
    /// The four conditions, E1 to E4.
    ConditionName {
        LegalStatus = "legal_status",
        Operation = "operation",
        AuditAndReview = "audit_and_review",
        NoPenalty = "no_penalty",
    }
}

/// The judgement of one engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict<'a> {
    /// The version of the contract, 1.
    pub version: u8,
    /// The engagement judged.
    pub engagement_id: Cow<'a, str>,
    /// The day judged.
    #[serde(serialize_with = "write_day")]
    pub as_of: NaiveDate,
    /// The settings used, defaults written out.
    pub rules: Rules,
    /// The four conditions taken together.
    pub overall: Overall,
    /// E1 to E4.
    pub conditions: [Condition<'a>; 4],
    /// The judgement for the day of application, if one is planned.
    pub application: Option<Application<'a>>,
}

/// The judgement for the day of application, plans due by then taken as carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application<'a> {
    /// The day judged.
    #[serde(serialize_with = "write_day")]
    pub on: NaiveDate,
    /// The objects whose plan is assumed carried out, ascending.
    pub assumed: Vec<Cow<'a, str>>,
    /// The four conditions taken together.
    pub overall: Overall,
    /// E1 to E4.
    pub conditions: [Condition<'a>; 4],
}

/// The four conditions taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overall {
    /// The worst of the four.
    pub status: Status,
    /// Since when, if met.
    #[serde(serialize_with = "write_optional_day")]
    pub met_since: Option<NaiveDate>,
    /// From when, if not yet.
    #[serde(serialize_with = "write_optional_day")]
    pub eligible_from: Option<NaiveDate>,
    /// What that day rests on, if not yet.
    pub basis: Option<Basis>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition<'a> {
    /// Which.
    pub condition: ConditionName,
    /// How it stands.
    pub status: Status,
    /// Since when, if met.
    #[serde(serialize_with = "write_optional_day")]
    pub met_since: Option<NaiveDate>,
    /// From when, if not yet.
    #[serde(serialize_with = "write_optional_day")]
    pub eligible_from: Option<NaiveDate>,
    /// What that day rests on, if not yet.
    pub basis: Option<Basis>,
    /// The rows that took part, by number.
    pub rules: Vec<Row>,
    /// Codes `code`, `code:subject` or `code:subject:detail`, ascending.
    pub warnings: Vec<Cow<'a, str>>,
    /// What is lacking, as such codes, ascending.
    pub missing: Vec<Cow<'a, str>>,
    /// The ids of the facts it rests on, ascending.
    pub evidence: Vec<Cow<'a, str>>,
    /// The dates computed on the way.
    pub dates: Dates,
}

/// The dates computed on the way to one condition; only those that have a value are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Dates {
    /// E2: the latest start of the parts in scope.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "write_optional_day")]
    pub operation_start: Option<NaiveDate>,
    /// E2: the day the three months are counted from.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "write_optional_day")]
    pub counted_from: Option<NaiveDate>,
    /// E2: the day they are complete.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "write_optional_day")]
    pub complete_on: Option<NaiveDate>,
    /// E3: the day the audit was or will be done.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "write_optional_day")]
    pub audit_done: Option<NaiveDate>,
    /// E3: the day the review was or will be done.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "write_optional_day")]
    pub review_done: Option<NaiveDate>,
    /// E4: the first day of the window.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "write_optional_day")]
    pub window_from: Option<NaiveDate>,
    /// E4: the first day on which re-establishing would clear the window.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "write_optional_day")]
    pub reissue_from: Option<NaiveDate>,
    /// E4: the day a system re-established then would have run three months.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "write_optional_day")]
    pub reissue_complete_on: Option<NaiveDate>,
}

const ROWS: [&[&str]; 4] = [
    &["E1-1", "E1-2", "E1-3", "E1-4", "E1-5", "E1-6", "E1-7", "E1-8", "E1-9", "E1-10", "E1-11"],
    &["E2-1", "E2-2", "E2-3", "E2-4", "E2-5", "E2-6", "E2-7", "E2-8", "E2-9", "E2-10", "E2-11"],
    &["E3-1", "E3-2", "E3-3", "E3-4", "E3-5", "E3-6", "E3-7", "E3-8", "E3-9", "E3-10", "E3-11", "E3-12"],
    &["E4-1", "E4-2", "E4-3", "E4-4", "E4-5", "E4-6", "E4-7", "E4-8", "E4-9", "E4-10", "E4-11", "E4-12", "E4-13", "E4-14", "E4-15", "E4-16"],
];

/// A row of the rules, such as `E4-10`; rows of one condition sort by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row {
    condition: u8,
    number: u8,
}

impl Row {
    /// The rows of a condition whose numbers are set in `bits`, bit 1 being row 1.
    pub(super) fn of(condition: ConditionName, bits: u32) -> Vec<Self> {
        let condition = condition as u8;
        let mut rows = Vec::with_capacity(bits.count_ones() as usize);
        rows.extend((1..=16).filter(|number| bits & (1 << number) != 0).map(|number| Self { condition, number }));
        rows
    }

    /// The row with this name, if there is one.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut conditions = (0..).zip(ROWS);
        conditions.find_map(|(condition, rows)| {
            let mut numbers = (1..).zip(rows);
            numbers.find_map(|(number, row)| (*row == text).then_some(Self { condition, number }))
        })
    }

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        let rows = ROWS.get(usize::from(self.condition)).copied().unwrap_or_default();
        usize::from(self.number).checked_sub(1).and_then(|place| rows.get(place)).copied().unwrap_or_default()
    }
}

impl Serialize for Row {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        Self::from_text(&text).ok_or_else(|| serde::de::Error::custom("no such row"))
    }
}

fn own(list: Vec<Cow<'_, str>>) -> Vec<Cow<'static, str>> {
    list.into_iter().map(|text| Cow::Owned(text.into_owned())).collect()
}

impl Verdict<'_> {
    /// The same, no longer tied to the facts.
    #[must_use]
    pub fn into_owned(self) -> Verdict<'static> {
        Verdict {
            version: self.version,
            engagement_id: Cow::Owned(self.engagement_id.into_owned()),
            as_of: self.as_of,
            rules: self.rules,
            overall: self.overall,
            conditions: self.conditions.map(Condition::into_owned),
            application: self.application.map(|application| Application {
                on: application.on,
                assumed: own(application.assumed),
                overall: application.overall,
                conditions: application.conditions.map(Condition::into_owned),
            }),
        }
    }
}

impl Condition<'_> {
    /// The same, no longer tied to the facts.
    #[must_use]
    pub fn into_owned(self) -> Condition<'static> {
        Condition {
            condition: self.condition,
            status: self.status,
            met_since: self.met_since,
            eligible_from: self.eligible_from,
            basis: self.basis,
            rules: self.rules,
            warnings: own(self.warnings),
            missing: own(self.missing),
            evidence: own(self.evidence),
            dates: self.dates,
        }
    }
}
