//! Civil days: calendar months as section 6 of the domain counts them, and the text form of a day.
//!
//! Nothing shifts for weekends or holidays. Arithmetic beyond chrono's range stays at the day it was given.

use chrono::{Days, Months, NaiveDate};
use serde::Serializer;

/// First and last year that facts may name.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// The same day number `months` on, or that month's last day if it has no such day.
pub fn add_months(day: NaiveDate, months: i32) -> NaiveDate {
    let step = Months::new(months.unsigned_abs());
    let moved = if months < 0 { day.checked_sub_months(step) } else { day.checked_add_months(step) };
    moved.unwrap_or(day)
}

/// `add_months` by whole years.
pub fn add_years(day: NaiveDate, years: i32) -> NaiveDate {
    add_months(day, years.saturating_mul(12))
}

/// The least day whose one-year window no longer holds `day`: one year and a day on,
/// save for 28 February before a leap year (1 March).
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
pub fn add_days(day: NaiveDate, days: i64) -> NaiveDate {
    let step = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(step) } else { day.checked_add_days(step) };
    moved.unwrap_or(day)
}

/// Days from `from` to `to`, negative if `to` is earlier.
pub fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// Reads `YYYY-MM-DD`: ASCII digits, an existing day, year 1900 to 2200.
pub(super) fn day_from_text(text: &str) -> Option<NaiveDate> {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else {
        return None;
    };
    let digits = [a, b, c, d, e, f, g, h];
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let [a, b, c, d, e, f, g, h] = digits.map(|digit| u32::from(digit - b'0'));
    let year = i32::try_from(a * 1000 + b * 100 + c * 10 + d).ok()?;
    if !YEARS.contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year, e * 10 + f, g * 10 + h)
}

/// Writes a day as `YYYY-MM-DD`; for serde's `serialize_with`.
pub(super) fn write_day<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    use chrono::Datelike;
    let (year, month, of_month) = (day.year(), day.month(), day.day());
    let Ok(year @ 0..=9999) = u32::try_from(year) else {
        return serializer.collect_str(day);
    };
    let numbers = [year / 1000, year / 100 % 10, year / 10 % 10, year % 10, month / 10, month % 10, of_month / 10, of_month % 10];
    let [a, b, c, d, e, f, g, h] = numbers.map(|number| b'0' + u8::try_from(number).unwrap_or(0));
    let text = [a, b, c, d, b'-', e, f, b'-', g, h];
    serializer.serialize_str(std::str::from_utf8(&text).unwrap_or_default())
}

/// Writes a day or null; for serde's `serialize_with`.
#[expect(clippy::ref_option, reason = "serde passes the field by reference")]
pub(super) fn write_optional_day<S: Serializer>(day: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => write_day(day, serializer),
        None => serializer.serialize_none(),
    }
}
