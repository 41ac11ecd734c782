//! Many operating records at once, pasted from a sheet: `process | day | title | reference`, one a line.

use super::{records::PROCESSES, store};
use crate::{
    access::{Access, permissions::EditRecords},
    app::App,
    database::Happened,
    records::pages::simple_form,
    web::{
        Result,
        form::{Filled, FormSpec, Kind, needed, read_date},
        posted::Sent,
        see_other_saying,
    },
    words::Say,
};
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

static SPEC: FormSpec =
    FormSpec { name: "operating_record_sheet", fields: &[needed("lines", Say::operating_lines, Kind::Lines(500_000)).hint(Say::operating_lines_hint)] };

/// The most lines of one sheet.
const MOST: usize = 5000;

/// The form.
pub async fn page(may: Access<EditRecords>, State(app): State<App>) -> Result<Response> {
    let mut form = may.form(&SPEC);
    form.carry("once", app.chance.id(may.now).to_string());
    draw(&may, form, StatusCode::OK)
}

fn draw(may: &Access<EditRecords>, form: Filled, status: StatusCode) -> Result<Response> {
    simple_form(may, may.say.operating_paste(), form, may.path("/operation"), may.say.operating_paste(), status)
}

/// Enters the records; a line that cannot be read is named and nothing is entered. The ids grow from the form's own id, so
/// that the same sheet posted twice is entered once.
pub async fn enter(may: Access<EditRecords>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let mut form = Filled::posted(&SPEC, may.say, &sent.posted);
    let once = form.carried("once").and_then(|text| Uuid::parse_str(text).ok()).unwrap_or_else(|| app.chance.id(may.now));
    form.carry("once", once.to_string());
    let rows = match read(form.value("lines"), may.today()) {
        Ok(rows) => rows,
        Err(Fault::Line(number)) => {
            form.refuse("lines", may.say.operating_line_wrong(number));
            Vec::new()
        }
        Err(Fault::Ahead(number)) => {
            form.refuse("lines", may.say.operating_line_ahead(number, may.today()));
            Vec::new()
        }
        Err(Fault::TooMany) => {
            form.refuse("lines", may.say.operating_lines_too_many(MOST));
            Vec::new()
        }
    };
    if form.is_refused() {
        return draw(&may, form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let rows: Vec<Value> = rows
        .into_iter()
        .zip(0_u128..)
        .map(|(mut row, index)| {
            if let Some(fields) = row.as_object_mut() {
                fields.insert("id".to_owned(), Uuid::from_u128(once.as_u128().wrapping_add(index)).to_string().into());
            }
            row
        })
        .collect();
    let mut change = may.change(&app).await?;
    let count = store::enter_many(&mut change, &Value::Array(rows)).await?;
    if count > 0 {
        let after = Some(json!({ "entered": count, "lines": form.value("lines") }));
        change
            .commit(&[Happened {
                kind: "operating_records_entered",
                subject_kind: "operating_record_sheet",
                subject: once,
                before: None,
                after,
                alters_facts: true,
            }])
            .await?;
    }
    Ok(see_other_saying(&may.path("/operation"), &may.say.operating_pasted(count)))
}

#[derive(Debug, PartialEq, Eq)]
enum Fault {
    Line(usize),
    Ahead(usize),
    TooMany,
}

fn read(text: &str, today: NaiveDate) -> std::result::Result<Vec<Value>, Fault> {
    let mut rows = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = index + 1;
        let mut cells = line.split(['|', '｜', '\t']).map(str::trim);
        let (process, day, title, reference) =
            (cells.next().unwrap_or_default(), cells.next().unwrap_or_default(), cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let day = read_date(day).ok_or(Fault::Line(number))?;
        let known = PROCESSES.iter().any(|(key, _)| *key == process);
        if !known || title.is_empty() || title.chars().count() > 200 || reference.chars().count() > 100 || cells.next().is_some() {
            return Err(Fault::Line(number));
        }
        if day > today {
            return Err(Fault::Ahead(number));
        }
        if rows.len() == MOST {
            return Err(Fault::TooMany);
        }
        rows.push(json!({ "process": process, "title": title, "reference": reference, "recorded_on": day, "entered_on": today }));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_read_line_by_line() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).expect("day");
        let rows = read("8.2|2026-11-02|事件单 4711|INC-4711\n\n10.1\t2026/11/3\tRelease 18", today).expect("rows");
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1]["recorded_on"], "2026-11-03");
        assert_eq!(read("8.1|2026-11-02|x", today), Err(Fault::Line(1)));
        assert_eq!(read("8.2|2026-11-02|x\n8.2||y", today), Err(Fault::Line(2)));
        assert_eq!(read("8.2|2026-11-21|x", today), Err(Fault::Ahead(1)));
    }
}
