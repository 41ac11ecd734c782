//! What changed between two states of a row, field by field, in words.

use crate::{
    web::form::{FormSpec, Kind},
    words::Say,
};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// The most characters of a value that are shown.
const LONGEST: usize = 300;
/// Columns that say nothing to a reader.
const SILENT: [&str; 13] = [
    "id",
    "engagement_id",
    "version",
    "withdrawn_at",
    "uploaded_at",
    "uploaded_by",
    "consultancy_id",
    "client_id",
    "opened_by",
    "opened_at",
    "given_by",
    "account_id",
    "since",
];

/// One field before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The field's label, or the column's name where there is none.
    pub label: String,
    /// The value before, if there was one.
    pub before: Option<String>,
    /// The value after, if there is one.
    pub after: Option<String>,
}

/// The fields that differ, those of the form first and in its order.
pub(super) fn between(say: Say, before: Option<&Value>, after: Option<&Value>, spec: Option<&'static FormSpec>, names: &HashMap<Uuid, String>) -> Vec<Changed> {
    let none = Map::new();
    let fields = |value: Option<&Value>| value.and_then(Value::as_object).cloned().unwrap_or_else(|| none.clone());
    let (before, after) = (fields(before), fields(after));
    let own: Vec<&str> = spec.map_or_else(Vec::new, |spec| spec.fields.iter().map(|field| field.name).collect());
    let others: BTreeSet<&str> = before.keys().chain(after.keys()).map(String::as_str).filter(|key| !own.contains(key) && !SILENT.contains(key)).collect();
    own.into_iter()
        .chain(others)
        .filter_map(|key| {
            let words = |row: &Map<String, Value>| row.get(key).and_then(|value| words_of(say, key, value, spec, names));
            let (before, after) = (words(&before), words(&after));
            (before != after).then(|| Changed { label: label(say, key, spec), before, after })
        })
        .collect()
}

/// Every id that the rows name, so that it can be looked up.
pub(super) fn ids<'a>(rows: impl Iterator<Item = &'a Value>) -> Vec<Uuid> {
    let mut found = BTreeSet::new();
    for row in rows {
        for (key, value) in row.as_object().into_iter().flatten() {
            if !SILENT.contains(&key.as_str()) {
                collect(value, &mut found);
            }
        }
    }
    found.into_iter().collect()
}

fn collect(value: &Value, found: &mut BTreeSet<Uuid>) {
    match value {
        Value::String(text) => found.extend(id(text)),
        Value::Array(list) => list.iter().for_each(|one| collect(one, found)),
        Value::Object(fields) => fields.values().for_each(|one| collect(one, found)),
        _ => {}
    }
}

fn id(text: &str) -> Option<Uuid> {
    (text.len() == 36).then(|| Uuid::parse_str(text).ok()).flatten()
}

fn label(say: Say, key: &str, spec: Option<&'static FormSpec>) -> String {
    let own = spec.and_then(|spec| spec.fields.iter().find(|field| field.name == key));
    own.map_or_else(|| super::words::of_column(say, key).map_or_else(|| key.replace('_', " "), str::to_owned), |field| (field.label)(say).to_owned())
}

/// A value in words; none when there is nothing in it.
fn words_of(say: Say, key: &str, value: &Value, spec: Option<&'static FormSpec>, names: &HashMap<Uuid, String>) -> Option<String> {
    let kind = spec.and_then(|spec| spec.fields.iter().find(|field| field.name == key)).map(|field| field.kind);
    let words = match value {
        Value::Null => return None,
        Value::Bool(is) => (if *is { say.yes() } else { say.no() }).to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text_of(say, text, kind, names),
        Value::Array(list) => list.iter().filter_map(|one| words_of(say, key, one, spec, names)).collect::<Vec<_>>().join(say.list_comma()),
        Value::Object(fields) => fields.values().filter_map(|one| words_of(say, "", one, None, names)).collect::<Vec<_>>().join(" · "),
    };
    if words.is_empty() {
        return None;
    }
    Some(if words.chars().count() > LONGEST { words.chars().take(LONGEST).chain(['…']).collect() } else { words })
}

fn text_of(say: Say, text: &str, kind: Option<Kind>, names: &HashMap<Uuid, String>) -> String {
    if let Some(Kind::Choice(fixed)) = kind
        && let Some((_, words)) = fixed.iter().find(|(key, _)| *key == text)
    {
        return words(say).to_owned();
    }
    if let Some(id) = id(text) {
        return names.get(&id).cloned().unwrap_or_else(|| text.chars().take(8).collect());
    }
    if let Some(hexadecimal) = text.strip_prefix("\\x") {
        return hexadecimal.to_owned();
    }
    match text.parse::<DateTime<Utc>>() {
        Ok(moment) if text.contains('T') => super::local(moment),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        web::form::{needed, optional},
        words::Language,
    };
    use serde_json::json;

    static SPEC: FormSpec = FormSpec {
        name: "test",
        fields: &[
            needed("status", Say::evidence_note, Kind::Choice(&[("open", Say::yes), ("shut", Say::no)])),
            optional("file_id", Say::evidence_file, Kind::File),
        ],
    };

    #[test]
    fn only_what_changed_is_said_and_in_words() {
        let say = Say { language: Language::English };
        let (file, person) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let names = HashMap::from([(file, "E-001 · a.pdf".to_owned())]);
        let before = json!({"id": Uuid::nil(), "version": 1, "status": "open", "title": "same", "file_id": null, "done": false, "people": []});
        let after = json!({"id": Uuid::nil(), "version": 2, "status": "shut", "title": "same", "file_id": file, "done": true, "people": [person]});
        let changed = between(say, Some(&before), Some(&after), Some(&SPEC), &names);
        let lines: Vec<(&str, Option<&str>, Option<&str>)> =
            changed.iter().map(|one| (one.label.as_str(), one.before.as_deref(), one.after.as_deref())).collect();
        assert_eq!(
            lines,
            [
                (say.evidence_note(), Some("Yes"), Some("No")),
                (say.evidence_file(), None, Some("E-001 · a.pdf")),
                ("done", Some("No"), Some("Yes")),
                ("people", None, Some("00000000")),
            ]
        );
        assert_eq!(ids([&before, &after].into_iter()), [file, person]);
    }

    #[test]
    fn moments_are_told_in_the_engagement_s_zone_and_long_texts_cut() {
        let say = Say { language: Language::Chinese };
        let after = json!({"at": "2026-11-16T02:42:00+00:00", "text": "长".repeat(400), "raw": "\\xab", "empty": ""});
        let changed = between(say, None, Some(&after), None, &HashMap::new());
        let values: Vec<String> = changed.into_iter().filter_map(|one| one.after).collect();
        assert_eq!(values.len(), 3);
        assert_eq!((values[0].as_str(), values[1].as_str(), values[2].chars().count()), ("2026-11-16 10:42", "ab", 301));
    }
}
