//! The keys of the requirements: clauses, processes and checklist items by their 2005 numbers.

use super::json::Reader;
use super::reading::{Fault, Readable, choice, fault};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

choice! {
    /// One of the 23 clauses an audit must cover; the last 13 are the processes.
    Clause {
        C31 = "3.1", C32 = "3.2", C33 = "3.3", C41 = "4.1", C42 = "4.2", C43 = "4.3", C441 = "4.4.1", C442 = "4.4.2",
        C443 = "4.4.3", C5 = "5", C61 = "6.1", C62 = "6.2", C63 = "6.3", C64 = "6.4", C65 = "6.5", C66 = "6.6", C72 = "7.2",
        C73 = "7.3", C82 = "8.2", C83 = "8.3", C91 = "9.1", C92 = "9.2", C101 = "10.1",
    }
}

choice! {
    /// One of the 13 processes.
    Process {
        P61 = "6.1", P62 = "6.2", P63 = "6.3", P64 = "6.4", P65 = "6.5", P66 = "6.6", P72 = "7.2", P73 = "7.3", P82 = "8.2",
        P83 = "8.3", P91 = "9.1", P92 = "9.2", P101 = "10.1",
    }
}

/// How many clauses there are.
pub(super) const CLAUSES: usize = Clause::ALL.len();
/// How many processes there are.
pub(super) const PROCESSES: usize = Process::ALL.len();
/// How many numbers an item may bear within its clause.
const NUMBERS: usize = 100;

impl Clause {
    /// The process that is this clause, if it is one.
    #[must_use]
    pub fn process(self) -> Option<Process> {
        (self as usize).checked_sub(CLAUSES - PROCESSES).and_then(|place| Process::ALL.get(place)).copied()
    }
}

/// An item of the requirement checklist, written clause, `-`, two digits: `6.3-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    clause: Clause,
    number: u8,
}

impl Item {
    /// The item with a number from 0 to 99.
    #[must_use]
    pub fn new(clause: Clause, number: u8) -> Option<Self> {
        (usize::from(number) < NUMBERS).then_some(Self { clause, number })
    }

    /// The item written in `text`, if it is one.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let (clause, number) = text.rsplit_once('-')?;
        let &[tens @ b'0'..=b'9', ones @ b'0'..=b'9'] = number.as_bytes() else {
            return None;
        };
        Some(Self { clause: Clause::from_word(clause)?, number: (tens - b'0') * 10 + ones - b'0' })
    }

    /// The clause it belongs to.
    #[must_use]
    pub fn clause(self) -> Clause {
        self.clause
    }
}

impl std::fmt::Display for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:02}", self.clause.word(), self.number)
    }
}

impl<'a> Readable<'a> for Item {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        let text = reader.string("an item")?;
        Self::from_text(&text).ok_or_else(|| fault("an item is a clause, a hyphen and two digits"))
    }
}

impl Serialize for Item {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::from_text(&text).ok_or_else(|| serde::de::Error::custom("an item is a clause, a hyphen and two digits"))
    }
}

/// A set of items.
pub(super) struct ItemSet([u128; CLAUSES]);

impl ItemSet {
    pub(super) fn new() -> Self {
        Self([0; CLAUSES])
    }

    /// Adds an item; false if it was there already.
    pub(super) fn insert(&mut self, item: Item) -> bool {
        let Some(numbers) = self.0.get_mut(item.clause as usize) else {
            return false;
        };
        let bit = 1 << item.number;
        let new = *numbers & bit == 0;
        *numbers |= bit;
        new
    }

    pub(super) fn contains(&self, item: Item) -> bool {
        self.0.get(item.clause as usize).is_some_and(|numbers| numbers & (1 << item.number) != 0)
    }
}

/// The earliest day known for each item.
pub(super) struct ItemDays([[Option<NaiveDate>; NUMBERS]; CLAUSES]);

impl ItemDays {
    pub(super) fn new() -> Self {
        Self([[None; NUMBERS]; CLAUSES])
    }

    pub(super) fn get(&self, item: Item) -> Option<NaiveDate> {
        *self.0.get(item.clause as usize)?.get(usize::from(item.number))?
    }

    /// Keeps `day` if it is the earliest so far.
    pub(super) fn offer(&mut self, item: Item, day: NaiveDate) {
        let slot = self.0.get_mut(item.clause as usize).and_then(|days| days.get_mut(usize::from(item.number)));
        if let Some(slot) = slot {
            *slot = Some(slot.map_or(day, |earliest| earliest.min(day)));
        }
    }
}
