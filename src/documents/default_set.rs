//! The default document set (domain.md section 7.1), offered in one step.

use super::store;
use crate::{
    access::{Access, permissions::EditDocuments},
    app::App,
    catalogue::catalogue,
    database::Happened,
    records::pages::simple_form,
    web::{
        Result,
        form::{Filled, FormSpec, Kind, needed, optional},
        posted::Sent,
        see_other_saying,
    },
    words::Say,
};
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

static SPEC: FormSpec = FormSpec {
    name: "document_set",
    fields: &[
        needed("prefix", Say::document_set_prefix, Kind::Line(12)).hint(Say::document_set_prefix_hint),
        optional("planned_effective_on", Say::document_planned_effective_on, Kind::Date).hint(Say::document_set_date_hint),
    ],
};

/// The form.
pub async fn page(may: Access<EditDocuments>) -> Result<Response> {
    let mut form = may.form(&SPEC);
    if !form.is_refused() {
        form.set("prefix", may.engagement().code.clone());
    }
    draw(&may, form, StatusCode::OK)
}

fn draw(may: &Access<EditDocuments>, form: Filled, status: StatusCode) -> Result<Response> {
    simple_form(may, may.say.document_set_enter(), form, may.path("/documents"), may.say.document_set_enter(), status)
}

/// Enters the set; documents whose code is there already stay as they are, so that doing it twice changes nothing.
pub async fn enter(may: Access<EditDocuments>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let mut form = Filled::posted(&SPEC, may.say, &sent.posted);
    let prefix = form.line("prefix");
    if !prefix.is_empty() && !prefix.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        form.refuse("prefix", may.say.document_set_prefix_form());
    }
    if form.is_refused() {
        return draw(&may, form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let rows = rows(&prefix, form.date("planned_effective_on"), || app.chance.id(may.now));
    let mut change = may.change(&app).await?;
    let count = store::enter_set(&mut change, &rows).await?;
    let after = Some(json!({ "entered": count, "prefix": prefix, "planned_effective_on": form.date("planned_effective_on") }));
    let subject = change.new_id();
    change.commit(&[Happened { kind: "document_set_entered", subject_kind: "document_set", subject, before: None, after, alters_facts: true }]).await?;
    Ok(see_other_saying(&may.path("/documents"), &may.say.document_set_entered(count)))
}

/// The rows of the set. Later documents of the set get no planned day: they are not part of the first edition.
pub(super) fn rows(prefix: &str, planned: Option<NaiveDate>, mut id: impl FnMut() -> Uuid) -> Value {
    let rows = catalogue().documents().iter().map(|document| {
        json!({
            "id": id(),
            "code": format!("{prefix}-SM-{}", document.code),
            "title_zh": document.title.of(true),
            "title_en": document.title.of(false),
            "level": document.level.code(),
            "items": document.covers,
            "planned_effective_on": planned.filter(|_| document.first_edition),
        })
    });
    Value::Array(rows.collect())
}
