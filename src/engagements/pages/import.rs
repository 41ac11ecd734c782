//! People from a sheet: the form, and the preview row by row.

use crate::{
    access::{Access, permissions::EditPeople},
    app::App,
    engagements::{
        forms::{CONFIRMATION, SHEET},
        roster::{COLUMNS, Checked, Column, Outcome, Wrong},
    },
    import,
    shell::Frame,
    web::{
        Result,
        form::{Filled, Posted},
        page, see_other,
    },
    words::Say,
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

/// The most rows that the preview shows.
const SHOWN: usize = 300;

#[derive(Template)]
#[template(path = "engagements/import.html")]
struct SheetPage {
    frame: Frame,
    code: String,
    form: Filled,
    heads: String,
}

/// GET `/e/{code}/people/import`.
pub async fn sheet(may: Access<EditPeople>, State(_): State<App>) -> Result<Response> {
    // What a confirmation had sent when the session ended comes back as rows to look at anew.
    let form = match &may.kept {
        Some(kept) => {
            let rows = kept.0.iter().filter(|(name, _)| name == "rows").cloned().collect();
            let mut form = Filled::posted(&SHEET, may.say, &Posted(rows));
            form.refuse_all(may.say.form_kept());
            form
        }
        None => Filled::empty(&SHEET, may.say),
    };
    draw_sheet(&may, form, StatusCode::OK)
}

/// GET `/e/{code}/people/import/refused`: the download is made from a preview; alone it is nothing.
pub async fn back_to_sheet(may: Access<EditPeople>) -> Result<Response> {
    Ok(see_other(&may.path("/people/import")))
}

/// Draws the form that takes a sheet.
pub fn draw_sheet(may: &Access<EditPeople>, form: Filled, status: StatusCode) -> Result<Response> {
    let heads = COLUMNS.iter().map(|column| head(may.say, *column)).collect::<Vec<_>>().join(may.say.list_comma());
    let frame = Frame::of(may, may.say.import_people()).wrong(form.is_refused());
    page(status, &SheetPage { frame, code: may.engagement().code.clone(), form, heads })
}

/// The head of a column in the reader's words; the sheet is recognised by it again.
pub fn head(say: Say, column: Column) -> &'static str {
    match column {
        Column::Number => "#row",
        Column::Name => say.register_name(),
        Column::NameLatin => say.register_name_latin(),
        Column::StaffNo => say.register_staff_no(),
        Column::Email => say.register_email(),
        Column::Department => say.register_department(),
        Column::Post => say.register_post(),
        Column::Management => say.import_people_management(),
        Column::FullTime => say.import_people_full_time(),
        Column::Joined => say.register_joined_on(),
    }
}

/// What is wrong with a row, in the reader's words.
pub fn reason(say: Say, wrong: &Wrong) -> String {
    match wrong {
        Wrong::NoName => say.import_wrong_no_name().to_owned(),
        Wrong::TooLong(column, most) => say.import_wrong_too_long(head(say, *column), most),
        Wrong::Email => say.import_wrong_email().to_owned(),
        Wrong::Joined => say.import_wrong_joined().to_owned(),
        Wrong::Neither(column) => say.import_wrong_neither(head(say, *column)),
        Wrong::StaffNoTwice(row) => say.import_wrong_staff_no_twice(row),
        Wrong::EmailTwice(row) => say.import_wrong_email_twice(row),
        Wrong::TwoPersons => say.import_wrong_two_persons().to_owned(),
        Wrong::Department(name) => say.import_wrong_department(name),
        Wrong::SameName => say.import_wrong_same_name().to_owned(),
    }
}

/// The reasons of a row in one line.
pub fn reasons(say: Say, row: &Checked) -> Vec<String> {
    match &row.outcome {
        Outcome::Refused(wrong) => wrong.iter().map(|one| reason(say, one)).collect(),
        _ => Vec::new(),
    }
}

/// The known columns of all rows as text that the preview's form carries and that is read again on arrival.
pub fn as_text(say: Say, rows: &[Checked]) -> String {
    let heads = std::iter::once(Column::Number).chain(COLUMNS).map(|column| head(say, column).to_owned()).collect();
    let lines = rows.iter().map(|row| std::iter::once(row.number.to_string()).chain(row.cells.iter().cloned()).collect());
    import::to_pasted(&std::iter::once(heads).chain(lines).collect::<Vec<_>>())
}

struct Line {
    number: usize,
    name: String,
    cells: Vec<(&'static str, String)>,
    class: &'static str,
    what: &'static str,
    reasons: Vec<String>,
}

#[derive(Template)]
#[template(path = "engagements/preview.html")]
struct Preview {
    frame: Frame,
    code: String,
    form: Filled,
    heads: Vec<&'static str>,
    lines: Vec<Line>,
    total: usize,
    enters: usize,
    changes: usize,
    refused: usize,
    is_cut: bool,
    unknown: String,
    new_departments: String,
    has_doubtful: bool,
    rows: String,
}

/// Draws the preview. `rows` are checked with everything allowed save namesakes.
pub fn draw_preview(
    may: &Access<EditPeople>,
    form: Option<Filled>,
    rows: &[Checked],
    unknown: &[String],
    new_departments: &[String],
    once: String,
    status: StatusCode,
) -> Result<Response> {
    let say = may.say;
    let count = |wanted: fn(&Outcome) -> bool| rows.iter().filter(|row| wanted(&row.outcome)).count();
    let refused = count(|outcome| matches!(outcome, Outcome::Refused(_)));
    let is_cut = rows.len() > SHOWN;
    // Of a long sheet only the rows that need a look are shown.
    let shown = rows.iter().filter(|row| !is_cut || matches!(row.outcome, Outcome::Refused(_))).take(SHOWN);
    let mut form = form.unwrap_or_else(|| {
        let mut form = Filled::empty(&CONFIRMATION, say);
        form.set("new_departments", "yes");
        form
    });
    form.carry("once", once);
    let preview = Preview {
        frame: Frame::of(may, say.import_people_preview()).wrong(form.is_refused()),
        code: may.engagement().code.clone(),
        heads: COLUMNS.iter().skip(1).map(|column| head(say, *column)).collect(),
        lines: shown.map(|row| line(say, row)).collect(),
        total: rows.len(),
        enters: count(|outcome| matches!(outcome, Outcome::Enters)),
        changes: count(|outcome| matches!(outcome, Outcome::Changes(_))),
        refused,
        is_cut,
        unknown: unknown.join(say.list_comma()),
        new_departments: new_departments.join(say.list_comma()),
        has_doubtful: rows.iter().any(|row| matches!(&row.outcome, Outcome::Refused(wrong) if wrong.contains(&Wrong::SameName))),
        rows: as_text(say, rows),
        form,
    };
    page(status, &preview)
}

fn line(say: Say, row: &Checked) -> Line {
    let (class, what) = match &row.outcome {
        Outcome::Enters => ("", say.import_outcome_enters()),
        Outcome::Changes(_) => ("", say.import_outcome_changes()),
        Outcome::Refused(wrong) if wrong.iter().all(|one| *one == Wrong::SameName) => ("row-skip", say.import_outcome_doubtful()),
        Outcome::Refused(_) => ("row-bad", say.import_outcome_refused()),
    };
    let mut cells = COLUMNS.iter().zip(&row.cells).map(|(column, cell)| (head(say, *column), cell.clone()));
    let name = cells.next().map_or_else(String::new, |(_, name)| name);
    Line { number: row.number, name, cells: cells.collect(), class, what, reasons: reasons(say, row) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{engagements::roster::column_of, words::Language};

    #[test]
    fn our_own_heads_are_known_again_in_both_languages() {
        for language in [Language::Chinese, Language::English] {
            for column in std::iter::once(Column::Number).chain(COLUMNS) {
                assert_eq!(column_of(head(Say { language }, column)), Some(column), "{language:?}");
            }
        }
    }
}
