//! What of the log is wanted, as the address says it.

use crate::web::{address::encoded, form::read_date};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use uuid::Uuid;

/// Asia/Shanghai is eight hours ahead of UTC, without summer time (domain.md section 6).
const AHEAD: TimeDelta = TimeDelta::hours(8);

/// A filter. What is empty lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    /// A part of the name of who acted.
    pub person: String,
    /// A kind of event.
    pub kind: String,
    /// A kind of subject.
    pub subject: String,
    /// From the beginning of this day.
    pub from: Option<NaiveDate>,
    /// To the end of this day.
    pub to: Option<NaiveDate>,
}

/// Where a page begins: after the line with this moment and id.
pub(super) type Cursor = (DateTime<Utc>, Uuid);

impl Filter {
    /// The filter of an address, from the values by name.
    pub fn asked(value: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| value(name).unwrap_or_default().trim().chars().filter(|c| !c.is_control()).take(100).collect::<String>();
        Self { person: text("person"), kind: text("kind"), subject: text("subject"), from: read_date(&text("from")), to: read_date(&text("to")) }
    }

    /// The query that says the same, without a question mark; empty when everything is wanted.
    pub fn query(&self) -> String {
        let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        let pairs =
            [("person", self.person.clone()), ("kind", self.kind.clone()), ("subject", self.subject.clone()), ("from", day(self.from)), ("to", day(self.to))];
        pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
    }

    /// The first moment of the first day.
    pub fn first_moment(&self) -> Option<DateTime<Utc>> {
        self.from.map(start)
    }

    /// The moment after the last day.
    pub fn end_moment(&self) -> Option<DateTime<Utc>> {
        self.to.and_then(|day| day.checked_add_days(Days::new(1))).map(start)
    }
}

/// The moment in UTC at which a civil day begins.
fn start(day: NaiveDate) -> DateTime<Utc> {
    (day.and_time(NaiveTime::MIN) - AHEAD).and_utc()
}

/// A cursor as text: microseconds, a dot, the id.
pub(super) fn write_cursor((at, id): Cursor) -> String {
    format!("{}.{id}", at.timestamp_micros())
}

/// The cursor of a text; none when it cannot be one.
pub(super) fn read_cursor(text: &str) -> Option<Cursor> {
    let (at, id) = text.split_once('.')?;
    Some((DateTime::from_timestamp_micros(at.parse().ok()?)?, Uuid::parse_str(id).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_begin_in_the_engagement_s_zone() {
        let filter = Filter::asked(|name| match name {
            "from" => Some("2026-11-20".to_owned()),
            "to" => Some("2026年11月20日".to_owned()),
            "person" => Some(" 苏&敏 ".to_owned()),
            _ => None,
        });
        assert_eq!(filter.first_moment().unwrap().to_rfc3339(), "2026-11-19T16:00:00+00:00");
        assert_eq!(filter.end_moment().unwrap().to_rfc3339(), "2026-11-20T16:00:00+00:00");
        assert_eq!(filter.query(), "person=%E8%8B%8F%26%E6%95%8F&from=2026-11-20&to=2026-11-20");
        assert_eq!(Filter::asked(|_| None).query(), "");
    }

    proptest! {
        #[test]
        fn cursors_come_back(micros in -1_000_000_000_000_000_i64..4_000_000_000_000_000, id in any::<u128>()) {
            let cursor = (DateTime::from_timestamp_micros(micros).unwrap(), Uuid::from_u128(id));
            prop_assert_eq!(read_cursor(&write_cursor(cursor)), Some(cursor));
        }

        #[test]
        fn nonsense_is_no_cursor_and_does_no_harm(text in ".{0,60}") {
            if let Some(cursor) = read_cursor(&text) {
                prop_assert!(read_cursor(&write_cursor(cursor)).is_some());
            }
        }
    }
}
