//! Forms as data: a table of fields from which a page is drawn, limits are known and what was posted is checked.
//!
//! Every field is tried before a form is given up, so that a person sees all that is to correct at once. A field that
//! the form does not have, or that comes twice where one is wanted, is refused (security.md S12, S47).

use crate::words::Say;
use chrono::{Datelike, NaiveDate};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A phrase of the locale files without arguments.
pub type Phrase = fn(Say) -> &'static str;

/// The longest text that any field takes, in Unicode scalar values.
pub const LONGEST: usize = 20_000;

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// One line of at most this many characters.
    Line(usize),
    /// Several lines of at most this many characters.
    Lines(usize),
    /// An e-mail address.
    Email,
    /// A password; it comes back empty.
    Secret(Secret),
    /// A civil day.
    Date,
    /// A whole number within these bounds.
    Whole(i64, i64),
    /// One of fixed values, each with its phrase; drawn as radio buttons up to four, as a list beyond.
    Choice(&'static [(&'static str, Phrase)]),
    /// One of values that the page knows: departments, people.
    Pick,
    /// Several of values that the page knows.
    PickMany,
    /// Yes or no.
    Tick,
    /// A file; its value is the id of the stored evidence.
    File,
    /// A sheet that is read and not kept.
    Sheet,
}

/// Which password a secret field asks for; the browser's password manager is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secret {
    /// The one in use.
    Current,
    /// A new one.
    New,
}

/// One field of a form.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Name in the request and of the column it fills.
    pub name: &'static str,
    /// Words above the field.
    pub label: Phrase,
    /// Words under the label.
    pub hint: Option<Phrase>,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be filled.
    pub required: bool,
}

/// A field that must be filled.
pub const fn needed(name: &'static str, label: Phrase, kind: Kind) -> Field {
    Field { name, label, hint: None, kind, required: true }
}

/// A field that may be left empty.
pub const fn optional(name: &'static str, label: Phrase, kind: Kind) -> Field {
    Field { name, label, hint: None, kind, required: false }
}

impl Field {
    /// The same field with a hint.
    #[must_use]
    pub const fn hint(mut self, hint: Phrase) -> Self {
        self.hint = Some(hint);
        self
    }
}

/// How a field is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Drawn(Kind);

impl Field {
    /// How the template draws it.
    pub const fn drawn(&self) -> Drawn {
        Drawn(self.kind)
    }
}

impl Drawn {
    /// Several inputs under one legend.
    pub const fn is_group(&self) -> bool {
        match self.0 {
            Kind::Choice(fixed) => fixed.len() <= 4,
            Kind::PickMany => true,
            _ => false,
        }
    }

    /// One check box.
    pub const fn is_tick(&self) -> bool {
        matches!(self.0, Kind::Tick)
    }

    /// A text of several lines.
    pub const fn is_area(&self) -> bool {
        matches!(self.0, Kind::Lines(_))
    }

    /// How many lines it shows.
    pub const fn rows(&self) -> usize {
        match self.0 {
            Kind::Lines(most) if most > 5000 => 14,
            _ => 4,
        }
    }

    /// A drop-down list.
    pub const fn is_select(&self) -> bool {
        match self.0 {
            Kind::Choice(fixed) => fixed.len() > 4,
            Kind::Pick => true,
            _ => false,
        }
    }

    /// A file.
    pub const fn is_file(&self) -> bool {
        matches!(self.0, Kind::File | Kind::Sheet)
    }

    /// A password.
    pub const fn is_secret(&self) -> bool {
        matches!(self.0, Kind::Secret(_))
    }

    /// Type of the input element.
    pub const fn input(&self) -> &'static str {
        match self.0 {
            Kind::Email => "email",
            Kind::Date => "date",
            Kind::Choice(_) => "radio",
            Kind::PickMany => "checkbox",
            Kind::Whole(..) => "number",
            _ => "text",
        }
    }

    /// Class for its width.
    pub const fn width(&self) -> &'static str {
        match self.0 {
            Kind::Line(most) if most <= 20 => "w-s",
            Kind::Line(most) if most <= 100 => "w-m",
            _ => "",
        }
    }

    /// What the browser may fill in.
    pub const fn autocomplete(&self) -> &'static str {
        match self.0 {
            Kind::Secret(Secret::Current) => "current-password",
            Kind::Secret(Secret::New) => "new-password",
            Kind::Email => "email",
            _ => "",
        }
    }
}

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

/// A form with what is in it: the values to draw, what is wrong, and what others saved meanwhile.
#[derive(Clone, Debug)]
pub struct Filled {
    /// Its table of fields.
    pub spec: &'static FormSpec,
    say: Say,
    values: HashMap<&'static str, Vec<String>>,
    carried: HashMap<&'static str, String>,
    choices: HashMap<&'static str, Vec<Choice>>,
    errors: BTreeMap<&'static str, String>,
    general: Vec<String>,
    theirs: HashMap<&'static str, String>,
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

    fn text(&self, name: &str) -> String {
        self.values(name).join("\n")
    }

    /// The value of a field in the reader's words.
    fn words_of(&self, field: &Field, offered: &HashMap<&'static str, Vec<Choice>>) -> String {
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

    fn check_field(&mut self, field: &'static Field) {
        if self.errors.contains_key(field.name) {
            return;
        }
        let say = self.say;
        let label = (field.label)(say);
        let keep_blanks = matches!(field.kind, Kind::Secret(_));
        for value in self.values.get_mut(field.name).into_iter().flatten() {
            if !keep_blanks {
                value.truncate(value.trim_end().len());
                let lead = value.len() - value.trim_start().len();
                value.drain(..lead);
            }
        }
        let empty = self.values(field.name).iter().all(String::is_empty);
        if empty {
            self.values.remove(field.name);
            if field.required {
                let words = match field.kind {
                    Kind::Choice(_) | Kind::Pick | Kind::PickMany => say.form_choose(label),
                    Kind::Tick => say.form_tick(label),
                    Kind::File | Kind::Sheet => say.form_attach(label),
                    _ => say.form_enter(label),
                };
                self.errors.insert(field.name, words);
            }
            return;
        }
        let value = self.value(field.name).to_owned();
        let length = value.chars().count();
        let words = match field.kind {
            Kind::Line(most) | Kind::Lines(most) if length > most => {
                Some(say.form_too_long(label, i64::try_from(most).unwrap_or(0), i64::try_from(length).unwrap_or(0)))
            }
            Kind::Line(_) if value.chars().any(char::is_control) => Some(say.form_one_line(label)),
            Kind::Lines(_) if value.chars().any(|c| c.is_control() && c != '\n' && c != '\t') => Some(say.form_no_control(label)),
            Kind::Email if !is_email(&value) => Some(say.form_email(label)),
            Kind::Secret(_) if length > 1000 => Some(say.form_too_long(label, 128, i64::try_from(length).unwrap_or(0))),
            Kind::Date if read_date(&value).is_none() => Some(say.form_date(label)),
            Kind::Whole(least, most) if !value.parse::<i64>().is_ok_and(|number| (least..=most).contains(&number)) => Some(say.form_whole(label, least, most)),
            Kind::Choice(fixed) if !fixed.iter().any(|(key, _)| *key == value) => Some(say.form_choose_offered().to_owned()),
            Kind::Tick if value != "yes" => Some(say.form_choose_offered().to_owned()),
            Kind::File if uuid::Uuid::parse_str(&value).is_err() => Some(say.form_choose_offered().to_owned()),
            Kind::PickMany if self.values(field.name).len() > 500 => Some(say.form_choose_offered().to_owned()),
            _ => None,
        };
        match (words, field.kind) {
            (Some(words), _) => {
                self.errors.insert(field.name, words);
            }
            (None, Kind::Date) => {
                if let Some(date) = read_date(&value) {
                    self.set(field.name, date.to_string());
                }
            }
            (None, Kind::Email) => self.set(field.name, value.to_lowercase()),
            (None, _) => {}
        }
    }

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

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Reads a civil day: `2026-12-04`, `2026/12/4`, `2026.12.4`, `2026年12月4日`, `4 Dec 2026`; years 1900 to 2200 (contract section 2).
pub fn read_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    if text.chars().count() > 30 {
        return None;
    }
    let folded: String = text
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '年' | '月' | '/' | '.' => '-',
            other => other,
        })
        .filter(|c| *c != '日')
        .collect();
    let date = ["%Y-%m-%d", "%d %b %Y", "%d %B %Y"].iter().find_map(|format| NaiveDate::parse_from_str(&folded, format).ok())?;
    (1900..=2200).contains(&date.year()).then_some(date)
}

/// Whether a text is plausibly an e-mail address: one `@`, something before, a dot after, no blanks; 254 characters at most.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    text.len() <= 254
        && !local.is_empty()
        && local.len() <= 64
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, ',' | ';' | '<' | '>' | '"' | '\\' | '(' | ')'))
        && !domain.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_ways_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 4);
        for text in ["2026-12-04", "2026/12/4", "2026年12月4日", "4 Dec 2026", " 2026.12.04 ", "２０２６-12-04"] {
            assert_eq!(read_date(text), day, "{text}");
        }
        for text in ["2026-02-30", "1899-12-31", "2201-01-01", "yesterday", "", "2026-13-01", "99999-01-01"] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    #[test]
    fn addresses() {
        assert!(is_email("zhou.ning@henglan.example.cn"));
        for text in ["", "a", "a@b", "a b@c.d", "a@b.c\r\nBcc: x@y.z", "<a@b.c>", "a@@b.c", "@b.c"] {
            assert!(!is_email(text), "{text}");
        }
    }
}
