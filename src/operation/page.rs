//! Are records really being made? The grid of processes and months.

use super::{
    records::PROCESSES,
    store::{self, MonthCount},
};
use crate::{
    access::{Access, Permission, permissions::ViewEngagement},
    app::App,
    shell::Frame,
    web::{Result, page},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::{Months, NaiveDate};

/// Months shown, the newest last.
const SHOWN: u32 = 6;

#[derive(Template)]
#[template(path = "operation/operation.html")]
struct OperationPage {
    frame: Frame,
    start: Option<NaiveDate>,
    months: Vec<String>,
    rows: Vec<GridRow>,
    base: String,
    may_enter: bool,
    may_stop: bool,
    empty_cells: usize,
}

/// A process and its cells.
#[derive(Debug, PartialEq, Eq)]
struct GridRow {
    process: &'static str,
    name: &'static str,
    /// First day of the month and number of records.
    cells: Vec<(String, i64)>,
}

/// The page.
pub async fn show(may: Access<ViewEngagement>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let start = store::start(&mut snapshot).await?;
    let months = start.map(|start| months(start, may.today())).unwrap_or_default();
    let counts = store::months(&mut snapshot, &months).await?;
    drop(snapshot);
    let names: Vec<(&'static str, &'static str)> = PROCESSES.iter().map(|(key, words)| (*key, words(may.say))).collect();
    let shown = months.get(..months.len().saturating_sub(1)).unwrap_or_default();
    let rows = grid(&names, shown, &counts);
    // The month that is still running is not a gap yet.
    let over = shown.len() - usize::from(months.last().is_some_and(|end| *end > may.today()));
    let empty_cells = rows.iter().flat_map(|row| row.cells.iter().take(over)).filter(|(_, count)| *count == 0).count();
    page(
        StatusCode::OK,
        &OperationPage {
            frame: Frame::of(&may, may.say.nav_operation()),
            start,
            months: shown.iter().map(ToString::to_string).collect(),
            rows,
            base: may.path(""),
            may_enter: may.may(Permission::EditRecords),
            may_stop: may.may(Permission::EditOperation),
            empty_cells,
        },
    )
}

/// The first days of the months of operation, as the three months are counted (contract section 7.5), the last six at
/// most, and the day after the last one. Nothing before operation has begun.
fn months(start: NaiveDate, today: NaiveDate) -> Vec<NaiveDate> {
    let firsts: Vec<NaiveDate> = (0..).map_while(|count| start.checked_add_months(Months::new(count))).take_while(|first| *first <= today).collect();
    let begun = u32::try_from(firsts.len()).unwrap_or(0);
    let end = start.checked_add_months(Months::new(begun)).filter(|_| begun > 0);
    firsts.into_iter().skip(usize::try_from(begun.saturating_sub(SHOWN)).unwrap_or(0)).chain(end).collect()
}

fn grid(names: &[(&'static str, &'static str)], months: &[NaiveDate], counts: &[MonthCount]) -> Vec<GridRow> {
    let count = |process: &str, month: NaiveDate| counts.iter().find(|one| one.process == process && one.month == month).map_or(0, |one| one.count);
    names
        .iter()
        .map(|(process, name)| GridRow { process, name, cells: months.iter().map(|month| (month.to_string(), count(process, *month))).collect() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("day")
    }

    #[test]
    fn months_are_those_of_operation() {
        let expected = [day("2026-08-31"), day("2026-09-30"), day("2026-10-31"), day("2026-11-30")];
        assert_eq!(months(day("2026-08-31"), day("2026-11-20")), expected);
        assert_eq!(months(day("2026-12-01"), day("2026-11-20")), []);
        assert_eq!(months(day("2020-01-01"), day("2026-11-20")).len(), 7);
        let counts = [MonthCount { process: "8.2".to_owned(), month: day("2026-10-31"), count: 958 }];
        let rows = grid(&[("8.2", "x"), ("8.3", "y")], &[day("2026-10-31")], &counts);
        assert_eq!(rows[0].cells, [("2026-10-31".to_owned(), 958)]);
        assert_eq!(rows[1].cells, [("2026-10-31".to_owned(), 0)]);
    }
}
