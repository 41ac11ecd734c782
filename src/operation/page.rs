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
use chrono::{Datelike, Months, NaiveDate};

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
    /// Month and number of records; none before operation began.
    cells: Vec<(String, Option<i64>)>,
}

/// The page.
pub async fn show(may: Access<ViewEngagement>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let counts = store::months(&mut snapshot).await?;
    let start = store::start(&mut snapshot).await?;
    drop(snapshot);
    let months = months(start, may.today());
    let names: Vec<(&'static str, &'static str)> = PROCESSES.iter().map(|(key, words)| (*key, words(may.say))).collect();
    let rows = grid(&names, &months, start, &counts);
    let empty_cells = rows.iter().flat_map(|row| &row.cells).filter(|(_, count)| *count == Some(0)).count();
    page(
        StatusCode::OK,
        &OperationPage {
            frame: Frame::of(&may, may.say.nav_operation()),
            start,
            months: months.iter().map(|month| month.format("%Y-%m").to_string()).collect(),
            rows,
            base: may.path(""),
            may_enter: may.may(Permission::EditRecords),
            may_stop: may.may(Permission::EditOperation),
            empty_cells,
        },
    )
}

/// The first days of the months to show: from the start of operation, the last six at most.
fn months(start: Option<NaiveDate>, today: NaiveDate) -> Vec<NaiveDate> {
    let this = today.with_day(1).unwrap_or(today);
    let first = start.and_then(|start| start.with_day(1)).unwrap_or(this);
    (0..SHOWN).rev().filter_map(|back| this.checked_sub_months(Months::new(back))).filter(|month| *month >= first).collect()
}

fn grid(names: &[(&'static str, &'static str)], months: &[NaiveDate], start: Option<NaiveDate>, counts: &[MonthCount]) -> Vec<GridRow> {
    let count = |process: &str, month: NaiveDate| counts.iter().find(|one| one.process == process && one.month == month).map_or(0, |one| one.count);
    names
        .iter()
        .map(|(process, name)| GridRow {
            process,
            name,
            cells: months
                .iter()
                .map(|month| (month.format("%Y-%m").to_string(), start.is_some().then(|| count(process, *month))))
                .collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("day")
    }

    #[test]
    fn the_grid_begins_with_operation() {
        assert_eq!(months(Some(day("2026-08-31")), day("2026-11-20")), [day("2026-08-01"), day("2026-09-01"), day("2026-10-01"), day("2026-11-01")]);
        assert_eq!(months(None, day("2026-11-20")), [day("2026-11-01")]);
        assert_eq!(months(Some(day("2020-01-01")), day("2026-11-20")).len(), 6);
        let counts = [MonthCount { process: "8.2".to_owned(), month: day("2026-11-01"), count: 958 }];
        let rows = grid(&[("8.2", "x"), ("8.3", "y")], &[day("2026-11-01")], Some(day("2026-11-01")), &counts);
        assert_eq!(rows[0].cells, [("2026-11".to_owned(), Some(958))]);
        assert_eq!(rows[1].cells, [("2026-11".to_owned(), Some(0))]);
    }
}
