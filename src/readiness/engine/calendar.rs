//! Civil days: calendar months as section 6 of the domain counts them, and the text form of a day.
//!
//! Nothing shifts for weekends or holidays. Arithmetic beyond chrono's range stays at the day it was given.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serializer;

/// First and last year that facts may name.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2200;

/// The same day number `months` on, or that month's last day if it has no such day.
#[must_use]
pub fn add_months(day: NaiveDate, months: i32) -> NaiveDate {
    let step = Months::new(months.unsigned_abs());
    let moved = if months < 0 { day.checked_sub_months(step) } else { day.checked_add_months(step) };
    moved.unwrap_or(day)
}

/// `add_months` by whole years.
#[must_use]
pub fn add_years(day: NaiveDate, years: i32) -> NaiveDate {
    add_months(day, years.saturating_mul(12))
}

/// The least day whose one-year window no longer holds `day`: one year and a day on,
/// save for 28 February before a leap year (1 March).
#[must_use]
pub fn clear_from(day: NaiveDate) -> NaiveDate {
    let mut candidate = add_years(day, 1);
    while add_years(candidate, -1) <= day {
        match candidate.succ_opt() {
            Some(next) => candidate = next,
            None => break,
        }
    }
    candidate
}

/// `day` moved by a number of days, forward or back.
#[must_use]
pub fn add_days(day: NaiveDate, days: i64) -> NaiveDate {
    let step = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(step) } else { day.checked_add_days(step) };
    moved.unwrap_or(day)
}

/// Days from `from` to `to`, negative if `to` is earlier.
#[must_use]
pub fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// Reads `YYYY-MM-DD`: ASCII digits, an existing day, year 1900 to 2200.
pub(super) fn day_from_text(text: &[u8]) -> Option<NaiveDate> {
    let [century @ .., b'-', m1, m2, b'-', d1, d2] = text else {
        return None;
    };
    let year = number(century)?;
    if century.len() != 4 || !YEARS.contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(&[*m1, *m2])?, number(&[*d1, *d2])?)
}

/// The number that a few ASCII digits write.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
}

/// Writes a day as `YYYY-MM-DD`; for serde's `serialize_with`.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes the field by reference")]
pub(super) fn write_day<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    let Ok(year @ 0..=9999) = u32::try_from(day.year()) else {
        return serializer.collect_str(day);
    };
    let mut rest = year * 10_000 + day.month() * 100 + day.day();
    let mut text = *b"0000-00-00";
    for place in text.iter_mut().rev().filter(|place| **place != b'-') {
        *place += u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
    }
    serializer.serialize_str(std::str::from_utf8(&text).unwrap_or_default())
}

/// Writes a day or null; for serde's `serialize_with`.
#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde passes the field by reference")]
pub(super) fn write_optional_day<S: Serializer>(day: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => write_day(day, serializer),
        None => serializer.serialize_none(),
    }
}
