//! The bytes that are hashed and signed.
//!
//! Every value is written unambiguously: numbers of fixed width big-endian, texts and lists with their length in
//! front, a 0 or 1 in front of what may be absent. JSON is brought to one form that survives PostgreSQL's `jsonb`,
//! which reorders keys and rewrites numbers: keys in byte order, numbers as decimal digits and exponent.

use std::collections::BTreeMap;

use serde_json::{Value, value::RawValue};
use uuid::Uuid;

use super::merkle::{Hash, sha256};

/// The form written today. A later form gets a new number; old events keep theirs (security rule S50).
pub const FORM: i16 = 1;

/// Deeper JSON is refused rather than followed.
const DEEPEST: usize = 100;

/// The value has no canonical form: JSON that cannot be read or is too deep, a missing time, an unknown form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the event has no canonical form")]
pub struct Unreadable;

/// The fields of an event that its hash covers.
#[expect(missing_docs, reason = "the columns of trail_events, described in the migration")]
pub struct Fields<'a> {
    pub id: Uuid,
    pub engagement_id: Option<Uuid>,
    pub at_micros: i64,
    pub actor_account_id: Option<Uuid>,
    pub actor_name: &'a str,
    pub actor_roles: &'a [String],
    pub kind: &'a str,
    pub subject_kind: &'a str,
    pub subject_id: Uuid,
    pub before: Option<&'a RawValue>,
    pub after: Option<&'a RawValue>,
}

/// SHA-256 over the fields in the given form. The salt keeps guessable content from being found by its hash.
pub fn event_hash(form: i16, salt: &[u8], fields: &Fields) -> Result<Hash, Unreadable> {
    if form != FORM {
        return Err(Unreadable);
    }
    let mut bytes = Bytes::tagged("certgate event 1");
    bytes.text(salt);
    bytes.uuid(fields.id);
    bytes.optional(fields.engagement_id, Bytes::uuid);
    bytes.number(fields.at_micros);
    bytes.optional(fields.actor_account_id, Bytes::uuid);
    bytes.text(fields.actor_name);
    bytes.length(fields.actor_roles.len());
    for role in fields.actor_roles {
        bytes.text(role);
    }
    bytes.text(fields.kind);
    bytes.text(fields.subject_kind);
    bytes.uuid(fields.subject_id);
    for state in [fields.before, fields.after] {
        match state {
            None => bytes.raw(&[0]),
            Some(state) => {
                bytes.raw(&[1]);
                json(&mut bytes, state, 0)?;
            }
        }
    }
    Ok(sha256(bytes.get()))
}

/// A growing run of canonical bytes.
#[derive(Debug)]
pub struct Bytes(Vec<u8>);

impl Bytes {
    /// Begins with a tag, so that bytes made for one purpose never serve another.
    pub fn tagged(tag: &str) -> Self {
        let mut bytes = Self(Vec::with_capacity(512));
        bytes.text(tag);
        bytes
    }

    /// What was written so far.
    pub fn get(&self) -> &[u8] {
        &self.0
    }

    /// Bytes as they are; only for what has a fixed length.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// A number, eight bytes big-endian.
    pub fn number(&mut self, number: i64) {
        self.raw(&number.to_be_bytes());
    }

    /// The sixteen bytes of an id.
    pub fn uuid(&mut self, id: Uuid) {
        self.raw(id.as_bytes());
    }

    /// Text or bytes of any length.
    pub fn text(&mut self, text: impl AsRef<[u8]>) {
        self.length(text.as_ref().len());
        self.raw(text.as_ref());
    }

    fn length(&mut self, length: usize) {
        self.raw(&(length as u64).to_be_bytes());
    }

    fn optional<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            None => self.raw(&[0]),
            Some(value) => {
                self.raw(&[1]);
                write(self, value);
            }
        }
    }
}

fn json(bytes: &mut Bytes, value: &RawValue, depth: usize) -> Result<(), Unreadable> {
    let text = value.get();
    let first = text.bytes().next().ok_or(Unreadable)?;
    if depth > DEEPEST {
        return Err(Unreadable);
    }
    match first {
        b'{' => {
            let members: BTreeMap<String, &RawValue> = parse(text)?;
            bytes.raw(b"{");
            bytes.length(members.len());
            for (key, member) in members {
                bytes.text(key);
                json(bytes, member, depth + 1)?;
            }
        }
        b'[' => {
            let items: Vec<&RawValue> = parse(text)?;
            bytes.raw(b"[");
            bytes.length(items.len());
            for item in items {
                json(bytes, item, depth + 1)?;
            }
        }
        b'"' => {
            bytes.raw(b"\"");
            bytes.text(parse::<String>(text)?);
        }
        b't' | b'f' | b'n' => bytes.raw(&[first]),
        _ => {
            bytes.raw(b"#");
            bytes.text(decimal(text).ok_or(Unreadable)?);
        }
    }
    Ok(())
}

fn parse<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Result<T, Unreadable> {
    serde_json::from_str(text).map_err(|_| Unreadable)
}

/// A JSON number as digits without zeros at either end, and an exponent: `-1.50` and `-15e-1` are both `-15e-1`.
fn decimal(text: &str) -> Option<String> {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (number, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = [whole, fraction].concat();
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let significant = digits.trim_end_matches('0');
    let dropped = i64::try_from(digits.len() - significant.len()).ok()?;
    let places = i64::try_from(fraction.len()).ok()?;
    let exponent = exponent.parse::<i64>().ok()?.checked_sub(places)?.checked_add(dropped)?;
    match significant.trim_start_matches('0') {
        "" => Some("0".to_owned()),
        digits => Some(format!("{sign}{digits}e{exponent}")),
    }
}

/// Text that PostgreSQL can hold: U+FFFD stands for U+0000.
pub fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// JSON that `jsonb` can hold; null counts as nothing.
pub fn storable_json(value: Option<&Value>) -> Result<Option<Box<RawValue>>, Unreadable> {
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return Ok(None);
    };
    let raw = serde_json::value::to_raw_value(value).map_err(|_| Unreadable)?;
    if raw.get().contains("\\u0000") {
        return serde_json::value::to_raw_value(&without_nul(value)).map(Some).map_err(|_| Unreadable);
    }
    Ok(Some(raw))
}

fn without_nul(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(storable(text)),
        Value::Array(items) => Value::Array(items.iter().map(without_nul).collect()),
        Value::Object(members) => Value::Object(members.iter().map(|(key, member)| (storable(key), without_nul(member))).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn bytes_of(text: &str) -> Result<Vec<u8>, Unreadable> {
        let raw = RawValue::from_string(text.to_owned()).map_err(|_| Unreadable)?;
        let mut bytes = Bytes::tagged("test");
        json(&mut bytes, &raw, 0)?;
        Ok(bytes.get().to_vec())
    }

    #[test]
    fn numbers_that_mean_the_same_are_written_the_same() {
        for (number, canonical) in [
            ("0", "0"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("0e9", "0"),
            ("100", "1e2"),
            ("1e2", "1e2"),
            ("1E+2", "1e2"),
            ("0.00010", "1e-4"),
            ("-1.50", "-15e-1"),
            ("9007199254740993", "9007199254740993e0"),
            ("1e-7", "1e-7"),
        ] {
            assert_eq!(decimal(number).as_deref(), Some(canonical), "{number}");
        }
        assert_eq!(decimal("1e99999999999999999999"), None);
        assert_eq!(decimal("x"), None);
    }

    #[test]
    fn order_of_keys_and_white_space_do_not_count_but_everything_else_does() {
        let one = bytes_of(r#"{"b":[1,2.0],"a":"甲"}"#);
        assert_eq!(one, bytes_of(r#"{ "a" : "\u7532", "b": [1.0, 2] }"#));
        for other in
            [r#"{"b":[2,1],"a":"甲"}"#, r#"{"b":[1,2],"a":"乙"}"#, r#"{"b":["1",2],"a":"甲"}"#, r#"{"b":[1,2],"a":"甲","c":null}"#, r#"{"b":[[1,2]],"a":"甲"}"#]
        {
            assert_ne!(one, bytes_of(other), "{other}");
        }
    }

    #[test]
    fn too_deep_is_refused() {
        assert!(bytes_of(&format!("{}{}", "[".repeat(90), "]".repeat(90))).is_ok());
        assert_eq!(bytes_of(&format!("{}{}", "[".repeat(120), "]".repeat(120))), Err(Unreadable));
    }

    #[test]
    fn what_postgresql_cannot_hold_is_replaced() {
        let stored = storable_json(Some(&json!({"a\0": ["b\0c", 1, "\\u0000"]}))).unwrap().unwrap();
        assert_eq!(stored.get(), "{\"a\u{fffd}\":[\"b\u{fffd}c\",1,\"\\\\u0000\"]}");
        assert!(storable_json(Some(&Value::Null)).unwrap().is_none());
    }

    proptest! {
        #[test]
        fn a_number_keeps_its_value(number in any::<f64>().prop_filter("finite", |n| n.is_finite())) {
            let text = serde_json::to_string(&number).unwrap();
            prop_assert!(decimal(&text).unwrap().parse::<f64>().unwrap().total_cmp(&(number + 0.0)).is_eq());
        }
    }
}
