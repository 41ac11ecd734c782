//! Putting documents in force: one effective day for many, as an issue order does.

use super::store;
use crate::{
    access::{Access, permissions::EditDocuments},
    app::App,
    database::Happened,
    records::pages::simple_form,
    web::{
        Result,
        form::{Filled, FormSpec, Kind, needed},
        posted::Sent,
        see_other_saying,
    },
    words::Say,
};
use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::json;

static SPEC: FormSpec = FormSpec {
    name: "documents_in_force",
    fields: &[
        needed("effective_on", Say::document_effective_on, Kind::Date).hint(Say::document_effective_on_hint),
        needed("document_ids", Say::document_put_which, Kind::PickMany),
    ],
};

/// The form, with every document that is not in force chosen.
pub async fn page(may: Access<EditDocuments>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let waiting = store::not_in_force(&mut snapshot).await?;
    drop(snapshot);
    let mut form = may.form(&SPEC);
    if !form.is_refused() {
        form.set_all("document_ids", waiting.iter().map(|choice| choice.value.clone()).collect());
    }
    draw(&may, form.offer("document_ids", waiting), StatusCode::OK)
}

fn draw(may: &Access<EditDocuments>, form: Filled, status: StatusCode) -> Result<Response> {
    simple_form(may, may.say.document_put_in_force(), form, may.path("/documents"), may.say.document_put_in_force(), status)
}

/// Puts the chosen documents in force. Those that are already keep their first day.
pub async fn put(may: Access<EditDocuments>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let mut form = Filled::posted(&SPEC, may.say, &sent.posted);
    if form.date("effective_on").is_some_and(|day| day > may.today()) {
        form.refuse("effective_on", may.say.date_plan_instead(may.today()));
    }
    if let (false, Some(day)) = (form.is_refused(), form.date("effective_on")) {
        let mut change = may.change(&app).await?;
        let codes = store::put_in_force(&mut change, &form.ids("document_ids"), day).await?;
        let count = codes.len();
        if count > 0 {
            let subject = change.new_id();
            let after = Some(json!({ "effective_on": day, "codes": codes }));
            change
                .commit(&[Happened { kind: "documents_put_in_force", subject_kind: "document_set", subject, before: None, after, alters_facts: true }])
                .await?;
        }
        return Ok(see_other_saying(&may.path("/documents"), &may.say.document_put_done(count)));
    }
    let mut snapshot = may.snapshot(&app).await?;
    let waiting = store::not_in_force(&mut snapshot).await?;
    drop(snapshot);
    draw(&may, form.offer("document_ids", waiting), StatusCode::UNPROCESSABLE_ENTITY)
}
