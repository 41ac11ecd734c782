//! A form with what is in it.

use super::{CARRIED, Choice, Field, FormSpec, Kind, Posted, values::plain};
use crate::words::Say;
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A form with what is in it: the values to draw, what is wrong, and what others saved meanwhile.
#[derive(Clone, Debug)]
pub struct Filled {
    /// Its table of fields.
    pub spec: &'static FormSpec,
    pub(super) say: Say,
    pub(super) values: HashMap<&'static str, Vec<String>>,
    pub(super) carried: HashMap<&'static str, String>,
    pub(super) choices: HashMap<&'static str, Vec<Choice>>,
    pub(super) errors: BTreeMap<&'static str, String>,
    pub(super) general: Vec<String>,
    pub(super) theirs: HashMap<&'static str, String>,
    is_posted: bool,
}

impl Filled {
    /// An empty form.
    pub fn empty(spec: &'static FormSpec, say: Say) -> Self {
        Self {
            spec,
            say,
            values: HashMap::new(),
            carried: HashMap::new(),
            choices: HashMap::new(),
            errors: BTreeMap::new(),
            general: Vec::new(),
            theirs: HashMap::new(),
            is_posted: false,
        }
    }

    /// A form filled from a saved row: a JSON object whose keys are the fields' names.
    pub fn from_row(spec: &'static FormSpec, say: Say, row: &Value) -> Self {
        let mut form = Self::empty(spec, say);
        for field in spec.fields {
            let values = match row.get(field.name) {
                None | Some(Value::Null | Value::Bool(false)) => continue,
                Some(Value::Bool(true)) => vec!["yes".to_owned()],
                Some(Value::String(text)) => vec![text.clone()],
                Some(Value::Array(list)) => list.iter().map(plain).collect(),
                Some(other) => vec![plain(other)],
            };
            form.values.insert(field.name, values);
        }
        if let Some(version) = row.get("version") {
            form.carry("version", version.to_string());
        }
        form
    }

    /// A form as it was posted, with the fields that cannot be right already marked.
    pub fn posted(spec: &'static FormSpec, say: Say, posted: &Posted) -> Self {
        let mut form = Self::empty(spec, say);
        form.is_posted = true;
        let mut seen = HashSet::new();
        for (name, value) in &posted.0 {
            if let Some(carried) = CARRIED.into_iter().find(|known| known == name) {
                form.carried.insert(carried, value.chars().take(100).collect());
                continue;
            }
            let Some(field) = spec.fields.iter().find(|field| field.name == name.as_str()) else {
                form.general.push(say.form_unknown_field().to_owned());
                continue;
            };
            let many = matches!(field.kind, Kind::PickMany);
            if !seen.insert(field.name) && !many {
                form.errors.insert(field.name, say.form_field_twice().to_owned());
                continue;
            }
            // Line ends as browsers send them are one thing; a NUL is not a character that the database keeps.
            let text = value.replace("\r\n", "\n").replace('\0', "");
            form.values.entry(field.name).or_default().push(text);
        }
        for field in spec.fields {
            form.check_field(field);
        }
        form
    }

    /// Offers choices for a field; what was posted and is not among them is refused.
    #[must_use]
    pub fn offer(mut self, name: &'static str, choices: Vec<Choice>) -> Self {
        let strange = |value: &String| !value.is_empty() && !choices.iter().any(|choice| &choice.value == value);
        if self.is_posted && self.values(name).iter().any(strange) {
            self.errors.insert(name, self.say.form_choose_offered().to_owned());
        }
        self.choices.insert(name, choices);
        self
    }

    /// Carries a hidden value: `once` (id of what will be made) or `version` (of what is edited).
    pub fn carry(&mut self, name: &'static str, value: String) {
        self.carried.insert(name, value);
    }

    /// A hidden value.
    pub fn carried(&self, name: &str) -> Option<&str> {
        self.carried.get(name).map(String::as_str)
    }

    /// The hidden values in a fixed order, for the page.
    pub fn hidden(&self) -> Vec<(&'static str, &str)> {
        CARRIED.iter().filter_map(|name| self.carried.get(name).map(|value| (*name, value.as_str()))).collect()
    }

    /// Puts a value into a field.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.values.insert(name, vec![value.into()]);
    }

    /// Puts several values into a field.
    pub fn set_all(&mut self, name: &'static str, values: Vec<String>) {
        self.values.insert(name, values);
    }

    /// Says what is wrong with a field.
    pub fn refuse(&mut self, name: &'static str, words: impl Into<String>) {
        self.errors.entry(name).or_insert_with(|| words.into());
    }

    /// Says what is wrong with a field, before anything else that may be wrong with it.
    pub fn refuse_first(&mut self, name: &'static str, words: impl Into<String>) {
        self.errors.insert(name, words.into());
    }

    /// The same form with the choices that another one was offered.
    #[must_use]
    pub fn with_choices_of(mut self, other: &Self) -> Self {
        self.choices.clone_from(&other.choices);
        self
    }

    /// The value of a field in the reader's words.
    pub fn shown(&self, field: &Field) -> String {
        self.words_of(field, &self.choices)
    }

    /// Says what is wrong with the whole.
    pub fn refuse_all(&mut self, words: impl Into<String>) {
        self.general.push(words.into());
    }

    /// Whether anything is wrong.
    pub fn is_refused(&self) -> bool {
        !self.errors.is_empty() || !self.general.is_empty()
    }

    /// What is wrong with the whole form.
    pub fn general(&self) -> &[String] {
        &self.general
    }

    /// What is wrong with a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.get(name).map(String::as_str)
    }

    /// Every wrong field in the form's order, for the summary.
    pub fn wrong(&self) -> Vec<(&'static str, &str)> {
        self.spec.fields.iter().filter_map(|field| self.error(field.name).map(|words| (field.name, words))).collect()
    }

    /// The first value, or nothing.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// Type of a field's input: a day that is none yet is shown as it was typed.
    pub fn input(&self, field: &Field) -> &'static str {
        let value = self.value(field.name);
        if matches!(field.kind, Kind::Date) && !value.is_empty() && NaiveDate::parse_from_str(value, "%Y-%m-%d").is_err() {
            "text"
        } else {
            field.drawn().input()
        }
    }

    /// Whether the form carries files.
    pub fn has_files(&self) -> bool {
        self.spec.fields.iter().any(|field| field.drawn().is_file())
    }

    /// Every value of a field.
    pub fn values(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a value is among those of a field.
    pub fn holds(&self, name: &str, value: &str) -> bool {
        self.values(name).iter().any(|one| one == value)
    }

    /// The choices of a field: fixed ones or those the page offered.
    pub fn choices(&self, field: &Field) -> Vec<Choice> {
        match field.kind {
            Kind::Choice(fixed) => fixed.iter().map(|(value, words)| Choice { value: (*value).to_owned(), words: words(self.say).to_owned() }).collect(),
            _ => self.choices.get(field.name).cloned().unwrap_or_default(),
        }
    }
}
