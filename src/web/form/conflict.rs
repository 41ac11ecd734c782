//! Edit conflicts, and values in the reader's words.

use super::{Choice, Field, Filled, Kind};
use serde_json::Value;
use std::collections::HashMap;

impl Filled {
    /// What others saved meanwhile in a field, in an edit conflict.
    pub fn their_value(&self, name: &str) -> Option<&str> {
        self.theirs.get(name).map(String::as_str)
    }

    /// Marks an edit conflict: beside each field that differs stands what is saved now, and saving again goes on from there.
    pub fn conflict(&mut self, row: &Value) {
        let saved = Self::from_row(self.spec, self.say, row);
        for field in self.spec.fields {
            let (mine, now) = (self.text(field.name), saved.text(field.name));
            if mine != now {
                let shown = saved.words_of(field, &self.choices);
                self.theirs.insert(field.name, if shown.is_empty() { "–".to_owned() } else { shown });
            }
        }
        if let Some(version) = row.get("version") {
            self.carry("version", version.to_string());
        }
        self.general.push(self.say.form_conflict().to_owned());
    }

    pub(super) fn text(&self, name: &str) -> String {
        self.values(name).join("\n")
    }

    /// The value of a field in the reader's words.
    pub(super) fn words_of(&self, field: &Field, offered: &HashMap<&'static str, Vec<Choice>>) -> String {
        let words = |value: &String| match field.kind {
            Kind::Choice(fixed) => fixed.iter().find(|(key, _)| key == value).map_or_else(|| value.clone(), |(_, words)| words(self.say).to_owned()),
            Kind::Tick => self.say.yes().to_owned(),
            _ => offered
                .get(field.name)
                .and_then(|choices| choices.iter().find(|choice| &choice.value == value))
                .map_or_else(|| value.clone(), |choice| choice.words.clone()),
        };
        self.values(field.name).iter().map(words).collect::<Vec<_>>().join("、")
    }
}
