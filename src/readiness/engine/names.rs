//! The strings of the facts that have a form: ids, texts, codes. They borrow from the text they were
//! read from, or own their characters when they come from elsewhere.

use super::json::Reader;
use super::reading::{Fault, Readable, fault};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A string that does not have the form its type asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct WrongForm(&'static str);

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $fits:ident, $form:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name<'a>(Cow<'a, str>);

        impl<'a> $name<'a> {
            /// Takes a string of the right form.
            ///
            /// # Errors
            /// [`WrongForm`] if it has another form.
            pub fn new(text: impl Into<Cow<'a, str>>) -> Result<Self, WrongForm> {
                let text = text.into();
                if $fits(&text) { Ok(Self(text)) } else { Err(WrongForm($form)) }
            }

            /// Its characters.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The same, owning its characters.
            #[must_use]
            pub fn into_owned(self) -> $name<'static> {
                $name(Cow::Owned(self.0.into_owned()))
            }
        }

        impl<'a> Readable<'a> for $name<'a> {
            fn read(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                Self::new(reader.string("a string")?).map_err(|wrong| fault(wrong.0))
            }
        }

        impl<'de, 'a> Deserialize<'de> for $name<'a> {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
            }
        }
    };
}

name!(
    /// The id of an object: `[A-Za-z0-9][A-Za-z0-9._-]{0,63}`; a UUID fits.
    Id, is_id, "an id is 1 to 64 of A-Z a-z 0-9 . _ -, the first a letter or digit"
);
name!(
    /// Free text of 1 to 300 Unicode scalar values, compared exactly.
    Text, is_text, "a text has 1 to 300 characters"
);
name!(
    /// The code of a permit: `[a-z0-9][a-z0-9_]{0,63}`.
    Code, is_code, "a code is 1 to 64 of a-z 0-9 _, the first a letter or digit"
);

fn is_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() <= 64
        && bytes.first().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

fn is_text(text: &str) -> bool {
    (1..=1200).contains(&text.len()) && (text.len() <= 300 || text.chars().count() <= 300)
}

fn is_code(text: &str) -> bool {
    let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = text.as_bytes();
    bytes.len() <= 64 && bytes.first().is_some_and(plain) && bytes.iter().all(|byte| plain(byte) || *byte == b'_')
}
