//! JSON text, read once and in place.
//!
//! The engine reads facts by the ten thousand a second and must name the faulty value by its pointer,
//! so it walks the text itself: strings are borrowed unless they hold escapes, a fault gathers its path
//! on the way out, and nothing but the contract's own shape is ever descended into.

use super::reading::{Fault, fault};
use std::borrow::Cow;

/// A place in a JSON text.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next byte that is not white space, without taking it.
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            if !is_space(byte) {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// Takes `byte` if it comes next.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Takes `word` (true, false, null) if it comes next.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.peek().is_some() && self.rest().starts_with(word.as_bytes());
        if found {
            self.at += word.len();
        }
        found
    }

    /// The next key of an object that was opened, or nothing at its end.
    pub(super) fn next_key(&mut self, first: &mut bool) -> Result<Option<Cow<'a, str>>, Fault> {
        let opening = std::mem::take(first);
        match self.peek() {
            Some(b'}') => {
                self.at += 1;
                return Ok(None);
            }
            Some(b',') if !opening => self.at += 1,
            Some(_) if opening => {}
            _ => return Err(fault("expected , or }")),
        }
        let key = self.string("a field name")?;
        if self.take(b':') { Ok(Some(key)) } else { Err(fault("expected :")) }
    }

    /// Whether another entry follows in a list that holds one already.
    pub(super) fn next_entry(&mut self) -> Result<bool, Fault> {
        let another = match self.peek() {
            Some(b',') => true,
            Some(b']') => false,
            _ => return Err(fault("expected , or ]")),
        };
        self.at += 1;
        Ok(another)
    }

    /// A string with its escapes resolved.
    pub(super) fn string(&mut self, wanted: &str) -> Result<Cow<'a, str>, Fault> {
        if self.peek() != Some(b'"') {
            return Err(fault(&["expected ", wanted].concat()));
        }
        let start = self.at + 1;
        let bytes = self.text.as_bytes().get(start..).unwrap_or_default();
        let Some(length) = plain_length(bytes) else {
            return Err(fault("the string has no end"));
        };
        match bytes.get(length) {
            Some(b'"') => {
                self.at = start + length + 1;
                Ok(Cow::Borrowed(self.text.get(start..start + length).unwrap_or_default()))
            }
            Some(b'\\') => {
                self.at = start;
                self.escaped_string().map(Cow::Owned)
            }
            _ => Err(fault("a control character in a string")),
        }
    }

    /// Takes a string that is `N` bytes long with its quotes, if `parse` can read it without a look at escapes.
    pub(super) fn take_quoted<const N: usize, T>(&mut self, parse: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
        self.peek();
        let [b'"', text @ .., b'"'] = self.rest().get(..N)? else {
            return None;
        };
        let value = parse(text)?;
        self.at += N;
        Some(value)
    }

    /// The bare token (number or word) that comes next, for comparison.
    pub(super) fn token(&mut self) -> &'a str {
        self.peek();
        let length = self.rest().iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')).count();
        let token = self.text.get(self.at..self.at + length).unwrap_or_default();
        self.at += length;
        token
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn escaped_string(&mut self) -> Result<String, Fault> {
        let mut value = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(length) = plain_length(rest.as_bytes()) else {
                return Err(fault("the string has no end"));
            };
            value.push_str(rest.get(..length).unwrap_or_default());
            self.at += length + 1;
            match rest.as_bytes().get(length) {
                Some(b'"') => return Ok(value),
                Some(b'\\') => value.push(self.escape()?),
                _ => return Err(fault("a control character in a string")),
            }
        }
    }

    /// The character behind a backslash.
    fn escape(&mut self) -> Result<char, Fault> {
        let letter = self.rest().first().copied();
        self.at += 1;
        Ok(match letter {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return Err(fault("an unknown escape in a string")),
        })
    }

    fn unicode_escape(&mut self) -> Result<char, Fault> {
        let unit = self.code_unit()?;
        let scalar = if (0xD800..0xDC00).contains(&unit) && self.rest().starts_with(b"\\u") {
            self.at += 2;
            let low = self.code_unit()?;
            if !(0xDC00..0xE000).contains(&low) {
                return Err(fault("half a surrogate pair in a string"));
            }
            0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00)
        } else {
            unit
        };
        char::from_u32(scalar).ok_or_else(|| fault("half a surrogate pair in a string"))
    }

    fn code_unit(&mut self) -> Result<u32, Fault> {
        let digits = self.rest().get(..4).unwrap_or_default();
        let unit = digits.iter().try_fold(0, |unit, digit| Some(unit * 16 + char::from(*digit).to_digit(16)?));
        self.at += 4;
        unit.filter(|_| digits.len() == 4).ok_or_else(|| fault("an unknown escape in a string"))
    }
}

/// How many bytes come before the first quote, backslash or control character, if there is one.
fn plain_length(bytes: &[u8]) -> Option<usize> {
    let mut length = 0;
    // Eight bytes at a step: most of a document is strings.
    while let Some(eight) = bytes.get(length..).and_then(<[u8]>::first_chunk::<8>) {
        let marks = marks(u64::from_le_bytes(*eight));
        if marks != 0 {
            return Some(length + (marks.trailing_zeros() / 8) as usize);
        }
        length += 8;
    }
    let rest = bytes.get(length..).unwrap_or_default();
    rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).map(|place| length + place)
}

/// Sets the high bit of each byte that is a quote, a backslash or a control character; exact up to the
/// first of them (a borrow may mark bytes behind it).
fn marks(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
    let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (equal(b'"') | equal(b'\\') | below(word, 0x20)) & (ONES * 0x80)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Whether a line holds nothing but JSON white space.
pub(super) fn is_blank(line: &[u8]) -> bool {
    line.iter().copied().all(is_space)
}
