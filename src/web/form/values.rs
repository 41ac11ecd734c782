//! The values of a form as their types, and as a row.

use super::{Filled, Kind, read_date};
use crate::words::Say;
use chrono::NaiveDate;
use serde_json::Value;

impl Filled {
    /// The text of a field; empty when it is empty.
    pub fn line(&self, name: &str) -> String {
        self.value(name).to_owned()
    }

    /// The text of a field, if there is any.
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.value(name)).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    /// The day of a field, if it holds one.
    pub fn date(&self, name: &str) -> Option<NaiveDate> {
        read_date(self.value(name))
    }

    /// Whether a tick is set.
    pub fn tick(&self, name: &str) -> bool {
        self.value(name) == "yes"
    }

    /// An id of a field, if it holds one.
    pub fn id(&self, name: &str) -> Option<uuid::Uuid> {
        uuid::Uuid::parse_str(self.value(name)).ok()
    }

    /// The ids of a field.
    pub fn ids(&self, name: &str) -> Vec<uuid::Uuid> {
        self.values(name).iter().filter_map(|value| uuid::Uuid::parse_str(value).ok()).collect()
    }

    /// The words of the reader.
    pub fn say(&self) -> Say {
        self.say
    }

    /// The fields' values as a JSON object in the shape of the table's row: dates as ISO text, ticks as booleans, empty
    /// optional values as null, texts of lines that may be empty as empty text where `blank` names them.
    pub fn to_row(&self, blank: &[&str]) -> Value {
        let mut row = serde_json::Map::new();
        for field in self.spec.fields {
            let value = match field.kind {
                Kind::Tick => Value::Bool(self.tick(field.name)),
                Kind::PickMany => Value::Array(self.values(field.name).iter().cloned().map(Value::String).collect()),
                Kind::Whole(..) => self.value(field.name).parse::<i64>().map_or(Value::Null, Value::from),
                Kind::Secret(_) | Kind::Sheet => continue,
                _ => match self.some(field.name) {
                    Some(text) => Value::String(text),
                    None if blank.contains(&field.name) => Value::String(String::new()),
                    None => Value::Null,
                },
            };
            row.insert(field.name.to_owned(), value);
        }
        Value::Object(row)
    }
}

pub(super) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
