//! What is wrong with a field by itself.

use super::{Field, Filled, Kind, is_email, read_date};

impl Filled {
    pub(super) fn check_field(&mut self, field: &'static Field) {
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
}
