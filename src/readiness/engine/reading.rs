//! Reading facts strictly: every fault the contract names, with the JSON Pointer of its place.

use super::{calendar, cross_checks, facts::Facts, json::Reader, syntax};
use chrono::NaiveDate;

/// Why a text is no facts document, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct Malformed {
    /// RFC 6901 JSON Pointer to the offending value, the root written `/`.
    pub path: String,
    /// What is wrong there, in English.
    pub reason: String,
}

/// A fault on its way out of the reader; its path grows from the inside, the root being empty.
pub(super) struct Fault(Box<Malformed>);

/// A fault at the value being read.
pub(super) fn fault(reason: &str) -> Fault {
    Fault(Box::new(Malformed { path: String::new(), reason: reason.to_owned() }))
}

/// A fault at a field of the value being read.
pub(super) fn fault_at(field: &str, reason: &str) -> Fault {
    within(fault(reason), field)
}

/// Puts a step in front of a fault's path.
pub(super) fn within(mut fault: Fault, step: &str) -> Fault {
    let step = step.replace('~', "~0").replace('/', "~1");
    fault.0.path = format!("/{step}{}", fault.0.path);
    fault
}

/// Reads one facts document (contract section 2).
///
/// # Errors
/// The first fault found. A text that is not UTF-8 or not JSON is faulty at its root,
/// whatever other faults it holds. Time and memory grow in proportion to the text (times its logarithm).
pub fn read(input: &[u8]) -> Result<Facts<'_>, Malformed> {
    let root = |reason: &str| Malformed { path: "/".to_owned(), reason: reason.to_owned() };
    let text = std::str::from_utf8(input).map_err(|_| root("the text is not UTF-8"))?;
    read_text(text).map_err(|Fault(fault)| {
        if !syntax::is_json(text) {
            return root("the text is not JSON");
        }
        if fault.path.is_empty() { root(&fault.reason) } else { *fault }
    })
}

fn read_text(text: &str) -> Result<Facts<'_>, Fault> {
    let mut reader = Reader::new(text);
    let facts = Facts::read(&mut reader)?;
    if reader.peek().is_some() {
        return Err(fault("text after the end of the value"));
    }
    cross_checks::check(&facts)?;
    Ok(facts)
}

/// A type of the facts that reads itself from JSON.
pub(super) trait Readable<'a>: Sized {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Fault>;
}

impl<'a> Readable<'a> for bool {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        if reader.take_word("true") {
            return Ok(true);
        }
        if reader.take_word("false") { Ok(false) } else { Err(fault("expected true or false")) }
    }
}

impl<'a> Readable<'a> for NaiveDate {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        if let Some(day) = reader.take_quoted::<12, _>(calendar::day_from_text) {
            return Ok(day);
        }
        let text = reader.string("a date")?;
        calendar::day_from_text(text.as_bytes()).ok_or_else(|| fault("no existing day YYYY-MM-DD of the years 1900 to 2200"))
    }
}

impl<'a, T: Readable<'a>> Readable<'a> for Option<T> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        if reader.take_word("null") { Ok(None) } else { T::read(reader).map(Some) }
    }
}

impl<'a, T: Readable<'a>> Readable<'a> for Vec<T> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        if !reader.take(b'[') {
            return Err(fault("expected a list"));
        }
        let mut list = Vec::new();
        if reader.take(b']') {
            return Ok(list);
        }
        loop {
            let entry = T::read(reader).map_err(|fault| within(fault, &list.len().to_string()))?;
            list.push(entry);
            if !reader.next_entry()? {
                return Ok(list);
            }
        }
    }
}

/// Reads a field's value into its slot; a full slot is a field given twice, a fault of the object.
pub(super) fn fill<'a, T: Readable<'a>>(reader: &mut Reader<'a>, slot: &mut Option<T>, name: &str) -> Result<(), Fault> {
    if slot.is_some() {
        return Err(fault(&["the field ", name, " is given twice"].concat()));
    }
    *slot = Some(T::read(reader).map_err(|fault| within(fault, name))?);
    Ok(())
}

/// Teaches a struct to read itself from a JSON object: its fields, each `required`, `optional` (the
/// type's own default) or `truthy` (true unless given), and an optional check between fields.
macro_rules! object {
    ($type:ty { $($need:ident $field:ident),+ $(,)? } $($check:ident)?) => {
        impl<'a> Readable<'a> for $type {
            fn read(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                if !reader.take(b'{') {
                    return Err(fault("expected an object"));
                }
                $(let mut $field = None;)+
                let mut first = true;
                while let Some(key) = reader.next_key(&mut first)? {
                    match key.as_ref() {
                        $(stringify!($field) => fill(reader, &mut $field, stringify!($field))?,)+
                        unknown => return Err(fault_at(unknown, "unknown field")),
                    }
                }
                let object = Self { $($field: object!(@$need $field)),+ };
                $(object.$check()?;)?
                Ok(object)
            }
        }
    };
    (@required $field:ident) => {
        $field.ok_or_else(|| fault(concat!("the field ", stringify!($field), " is missing")))?
    };
    (@optional $field:ident) => {
        $field.unwrap_or_default()
    };
    (@truthy $field:ident) => {
        $field.unwrap_or(true)
    };
}

/// Declares a plain enum whose values are written as fixed words; the value marked `default` is
/// what a field left out means.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$mark:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $word, "`")] $(#[$mark])* $variant,)+
        }

        impl $name {
            /// Every value, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word for this value in facts and verdicts.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// The value for a word, if there is one.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl<'a> Readable<'a> for $name {
            fn read(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                let word = reader.string("one of the words of the contract")?;
                Self::from_word(&word).ok_or_else(|| fault("not one of the words of the contract"))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::from_word(&word).ok_or_else(|| serde::de::Error::custom("not one of the words of the contract"))
            }
        }
    };
}
pub(super) use {choice, object};
