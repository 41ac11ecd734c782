//! Forms as data: a table of fields from which a page is drawn, limits are known and what was posted is checked.
//!
//! Every field is tried before a form is given up, so that a person sees all that is to correct at once. A field that
//! the form does not have, or that comes twice where one is wanted, is refused (security.md S12, S47).

mod checking;
mod conflict;
mod field;
mod filled;
mod reading;
mod values;

pub use field::{Drawn, Field, Kind, Phrase, Secret, needed, optional};
pub use filled::Filled;
pub use reading::{is_email, read_date};

/// The longest text that any field takes, in Unicode scalar values.
pub const LONGEST: usize = 20_000;

/// A form: its name and its fields, in order.
#[derive(Clone, Copy, Debug)]
pub struct FormSpec {
    /// A name for tests and logs.
    pub name: &'static str,
    /// The fields.
    pub fields: &'static [Field],
}

/// The hidden fields that any form may carry beside its own.
pub const CARRIED: [&str; 3] = ["once", "version", "lang"];

/// What arrived: names and values in the order they were sent, decoded once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posted(pub Vec<(String, String)>);

impl Posted {
    /// The first value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether a name was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// A choice that the page offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub words: String,
}
