//! The pages of any register.

use super::Register;
use crate::{
    access::{Access, Allows, At, Visit, permissions::ViewEngagement},
    app::App,
    evidence::{self, EvidenceLine},
    history_lines::{self, HistoryLine},
    ids::RecordId,
    shell::Frame,
    web::{
        Error, Result,
        form::{Field, Filled, FormSpec, Kind, needed},
        page,
        table::{Cell, Listing, Pager},
    },
    words::Say,
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::Value;
use uuid::Uuid;

/// Entries on one page of a list.
const ON_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "records/list.html")]
struct ListPage {
    frame: Frame,
    title: &'static str,
    lead: &'static str,
    empty: &'static str,
    enter: &'static str,
    may_edit: bool,
    base: String,
    links: Vec<(&'static str, String)>,
    listing: Listing,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "records/form.html")]
struct FormPage {
    frame: Frame,
    heading: String,
    form: Filled,
    back: String,
    save: &'static str,
}

#[derive(Template)]
#[template(path = "records/show.html")]
struct ShowPage {
    frame: Frame,
    title: &'static str,
    heading: String,
    base: String,
    id: Uuid,
    facts: Vec<(&'static str, Cell)>,
    files: Vec<EvidenceLine>,
    links: Vec<(String, String)>,
    history: Vec<HistoryLine>,
    withdrawn: bool,
    may_edit: bool,
    withdrawable: bool,
}

/// The form of a withdrawal: why.
pub static WITHDRAWAL: FormSpec = FormSpec { name: "withdrawal", fields: &[needed("reason", Say::record_withdraw_reason, Kind::Lines(1000))] };

/// The list.
pub async fn list<R: Register>(may: Access<ViewEngagement>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let mut rows = R::all(&mut snapshot).await?;
    let known = R::offer(&mut snapshot, Filled::empty(R::SPEC, may.say)).await?;
    drop(snapshot);
    let say = may.say;
    rows.retain(|row| R::SPEC.fields.iter().all(|field| may.asked(field.name).is_none_or(|wanted| wanted.is_empty() || plain(row.get(field.name)) == wanted)));
    let base = may.path(&format!("/{}", R::PATH));
    let pager = Pager::new(format!("{base}?{}", filters(&may, R::SPEC)), may.asked("page").as_deref(), rows.len(), ON_PAGE);
    let today = may.today();
    let columns: Vec<&'static Field> = R::COLUMNS.iter().filter_map(|name| R::field(name)).collect();
    let mut listing = Listing { heads: columns.iter().map(|field| (field.label)(say).to_owned()).collect(), rows: Vec::new() };
    let mut with_state = false;
    for row in rows.iter().skip(pager.skipped(ON_PAGE)).take(ON_PAGE) {
        let form = R::filled(say, row).with_choices_of(&known);
        let mut cells: Vec<Cell> = columns.iter().map(|field| cell(&form, field)).collect();
        if let Some(first) = cells.first_mut() {
            let words = match first {
                Cell::Text(words) | Cell::Day(words) if !words.is_empty() => words.clone(),
                _ => R::name(&form),
            };
            *first = Cell::Link { href: format!("{base}/{}", plain(row.get("id"))), words };
        }
        let state = R::state(say, row, today);
        with_state |= state.is_some();
        cells.push(state.map_or(Cell::None, Cell::State));
        listing.rows.push(cells);
    }
    if with_state {
        listing.heads.push(say.record_state().to_owned());
    } else {
        listing.rows.iter_mut().for_each(|row| drop(row.pop()));
    }
    let words = R::WORDS;
    page(
        StatusCode::OK,
        &ListPage {
            frame: Frame::of(&may, (words.title)(say)),
            title: (words.title)(say),
            lead: (words.lead)(say),
            empty: (words.empty)(say),
            enter: (words.enter)(say),
            may_edit: may.may(R::Edit::PERMISSION),
            base,
            links: R::LIST_LINKS.iter().map(|(words, rest)| (words(say), may.path(rest))).collect(),
            listing,
            pager,
        },
    )
}

/// An empty form, with what the address already says filled in.
pub async fn blank<R: Register>(may: Access<R::Edit>, State(app): State<App>) -> Result<Response> {
    let mut form = may.form(R::SPEC);
    if !form.is_refused() {
        for (name, value) in R::DEFAULTS {
            form.set(name, *value);
        }
        for field in R::SPEC.fields {
            if let Some(value) = may.asked(field.name) {
                form.set(field.name, value);
            }
        }
    }
    if form.carried("once").is_none() {
        form.carry("once", app.chance.id(may.now).to_string());
    }
    let mut snapshot = may.snapshot(&app).await?;
    let form = R::offer(&mut snapshot, form).await?;
    drop(snapshot);
    draw_form::<R>(&may, form, None, StatusCode::OK)
}

/// Draws the form of a new entry, or of a correction of entry `id`.
pub(super) fn draw_form<R: Register>(may: &Access<R::Edit>, form: Filled, id: Option<Uuid>, status: StatusCode) -> Result<Response> {
    let say = may.say;
    let base = may.path(&format!("/{}", R::PATH));
    let heading = match id {
        None => (R::WORDS.enter)(say).to_owned(),
        Some(_) => say.record_correct((R::WORDS.entry)(say)),
    };
    let back = id.map_or_else(|| base.clone(), |id| format!("{base}/{id}"));
    let frame = Frame::of(may, heading.clone()).wrong(form.is_refused());
    page(status, &FormPage { frame, heading, form, back, save: say.record_save() })
}

/// A page with one form and nothing else.
pub fn simple_form(visit: &Visit, heading: impl Into<String>, form: Filled, back: String, save: &'static str, status: StatusCode) -> Result<Response> {
    let heading = heading.into();
    let frame = Frame::of(visit, heading.clone()).wrong(form.is_refused());
    page(status, &FormPage { frame, heading, form, back, save })
}

/// The form of a correction.
pub async fn edit<R: Register>(may: Access<R::Edit>, At(id): At<RecordId>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let row = R::one(&mut snapshot, id.0).await?.filter(in_force).ok_or(Error::NotFound)?;
    let form = if may.kept.is_some() { may.form(R::SPEC) } else { R::filled(may.say, &row) };
    let form = R::offer(&mut snapshot, form).await?;
    drop(snapshot);
    draw_form::<R>(&may, form, Some(id.0), StatusCode::OK)
}

/// The question before a withdrawal.
pub async fn withdrawal<R: Register>(may: Access<R::Edit>, At(id): At<RecordId>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let row = R::one(&mut snapshot, id.0).await?.filter(in_force).ok_or(Error::NotFound)?;
    drop(snapshot);
    let mut form = may.form(&WITHDRAWAL);
    form.carry("version", plain(row.get("version")));
    draw_withdrawal::<R>(&may, id.0, form, StatusCode::OK)
}

pub(super) fn draw_withdrawal<R: Register>(may: &Access<R::Edit>, id: Uuid, form: Filled, status: StatusCode) -> Result<Response> {
    if !R::WITHDRAWABLE {
        return Err(Error::NotFound);
    }
    let heading = may.say.record_withdraw((R::WORDS.entry)(may.say));
    let frame = Frame::of(may, heading.clone()).wrong(form.is_refused());
    page(status, &FormPage { frame, heading, form, back: may.path(&format!("/{}/{id}", R::PATH)), save: may.say.record_withdraw_button() })
}

/// The page of an entry.
pub async fn show<R: Register>(may: Access<ViewEngagement>, At(id): At<RecordId>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let row = R::one(&mut snapshot, id.0).await?.ok_or(Error::NotFound)?;
    let form = R::offer(&mut snapshot, R::filled(may.say, &row)).await?;
    let ids: Vec<Uuid> = R::SPEC.fields.iter().filter(|field| matches!(field.kind, Kind::File)).filter_map(|field| form.id(field.name)).collect();
    let files = evidence::lines(&mut snapshot, &ids).await?;
    let history = history_lines::of_subject(&mut snapshot, may.say, R::SUBJECT, id.0, Some(R::SPEC)).await?;
    drop(snapshot);
    let say = may.say;
    let facts = R::SPEC
        .fields
        .iter()
        .filter(|field| !matches!(field.kind, Kind::File))
        .map(|field| ((field.label)(say), cell(&form, field)))
        .filter(|(_, cell)| *cell != Cell::None)
        .collect();
    let heading = R::name(&form);
    page(
        StatusCode::OK,
        &ShowPage {
            frame: Frame::of(&may, heading.clone()),
            title: (R::WORDS.title)(say),
            heading,
            base: may.path(&format!("/{}", R::PATH)),
            id: id.0,
            facts,
            files,
            links: R::links(say, id.0, &row).into_iter().map(|(words, rest)| (words, may.path(&rest))).collect(),
            history,
            withdrawn: !in_force(&row),
            may_edit: may.may(R::Edit::PERMISSION),
            withdrawable: R::WITHDRAWABLE,
        },
    )
}

/// Whether a row is not withdrawn.
pub(super) fn in_force(row: &Value) -> bool {
    row.get("withdrawn_at").is_none_or(Value::is_null)
}

/// A JSON value as plain text.
pub(super) fn plain(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// The filters of a list as the start of a query.
fn filters(visit: &Visit, spec: &FormSpec) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for field in spec.fields {
        if let Some(value) = visit.asked(field.name) {
            query.append_pair(field.name, &value);
        }
    }
    let query = query.finish();
    if query.is_empty() { query } else { format!("{query}&") }
}

fn cell(form: &Filled, field: &'static Field) -> Cell {
    let words = form.shown(field);
    match field.kind {
        _ if words.is_empty() => Cell::None,
        Kind::Date => Cell::Day(words),
        Kind::Whole(..) => Cell::Number(words),
        _ => Cell::Text(words),
    }
}
