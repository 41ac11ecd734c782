//! A condition in the making: rows, codes and evidence gather here and are put in order at the end.

use super::names::Id;
use super::verdict::{Basis, Condition, ConditionName, Dates, Overall, Row, Status};
use chrono::NaiveDate;
use std::borrow::Cow;

/// How a condition, or a part of one, stands, with the date that goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Met since a day.
    Met(NaiveDate),
    /// Not yet, but from a day.
    NotYet(NaiveDate, Basis),
    /// Facts or evidence are missing.
    Unknown,
    /// Time alone does not cure it.
    NotMet,
}

impl Outcome {
    pub(super) fn status(self) -> Status {
        match self {
            Self::Met(_) => Status::Met,
            Self::NotYet(..) => Status::NotYet,
            Self::Unknown => Status::Unknown,
            Self::NotMet => Status::NotMet,
        }
    }

    pub(super) fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Met(day) | Self::NotYet(day, _) => Some(day),
            Self::Unknown | Self::NotMet => None,
        }
    }

    pub(super) fn overall(self) -> Overall {
        let (met_since, eligible_from, basis) = match self {
            Self::Met(day) => (Some(day), None, None),
            Self::NotYet(day, basis) => (None, Some(day), Some(basis)),
            Self::Unknown | Self::NotMet => (None, None, None),
        };
        Overall { status: self.status(), met_since, eligible_from, basis }
    }
}

/// A condition in the making.
pub(super) struct Ruling<'f> {
    condition: ConditionName,
    rows: u32,
    warnings: Vec<Cow<'f, str>>,
    missing: Vec<Cow<'f, str>>,
    evidence: Vec<&'f str>,
    pub(super) dates: Dates,
}

impl<'f> Ruling<'f> {
    pub(super) fn new(condition: ConditionName) -> Self {
        Self { condition, rows: 0, warnings: Vec::new(), missing: Vec::new(), evidence: Vec::new(), dates: Dates::default() }
    }

    /// The row took part.
    pub(super) fn row(&mut self, number: u8) {
        self.rows |= 1 << number;
    }

    pub(super) fn warn(&mut self, code: &'static str) {
        self.warnings.push(Cow::Borrowed(code));
    }

    pub(super) fn warn_of(&mut self, code: &str, subject: &str) {
        self.warnings.push(code_of(code, subject));
    }

    pub(super) fn lack(&mut self, code: &'static str) {
        self.missing.push(Cow::Borrowed(code));
    }

    pub(super) fn lack_of(&mut self, code: &str, subject: &str) {
        self.missing.push(code_of(code, subject));
    }

    pub(super) fn lack_all(&mut self, codes: impl IntoIterator<Item = Cow<'f, str>>) {
        self.missing.extend(codes);
    }

    pub(super) fn evidence(&mut self, id: &'f Id<'_>) {
        self.evidence.push(id.as_str());
    }

    pub(super) fn close(self, outcome: Outcome) -> Condition<'f> {
        let Overall { status, met_since, eligible_from, basis } = outcome.overall();
        Condition {
            condition: self.condition,
            status,
            met_since,
            eligible_from,
            basis,
            rules: Row::of(self.condition, self.rows),
            warnings: in_order(self.warnings),
            missing: in_order(self.missing),
            evidence: in_order(self.evidence).into_iter().map(Cow::Borrowed).collect(),
            dates: self.dates,
        }
    }
}

/// `code:subject`.
pub(super) fn code_of<'f>(code: &str, subject: &str) -> Cow<'f, str> {
    Cow::Owned([code, ":", subject].concat())
}

/// Ascending by code point (the byte order of UTF-8 is the same), without duplicates.
pub(super) fn in_order<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}
