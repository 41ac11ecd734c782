//! The acts of any register.

use super::{
    Register,
    pages::{WITHDRAWAL, draw_form, draw_withdrawal, in_force, plain},
};
use crate::{
    access::{Access, At},
    app::App,
    database::Happened,
    evidence,
    ids::RecordId,
    web::{Error, Result, form::Filled, posted::Sent, see_other_saying},
};
use axum::{extract::State, http::StatusCode, response::Response};
use uuid::Uuid;

/// Reads a posted form: stores its files, offers its choices, checks fields and rules.
async fn received<R: Register>(may: &Access<R::Edit>, app: &App, sent: Sent, row: Option<&serde_json::Value>) -> Result<Filled> {
    let received = evidence::receive(app, may, R::SPEC, sent).await?;
    let mut form = Filled::posted(R::SPEC, may.say, &received.posted);
    for (field, words) in received.refused {
        form.refuse_first(field, words);
    }
    let mut snapshot = may.snapshot(app).await?;
    let mut form = R::offer(&mut snapshot, form).await?;
    drop(snapshot);
    R::check(&mut form, row, may.today());
    Ok(form)
}

/// Enters a record. Posted twice, it is entered once: its id came with the form.
pub async fn enter<R: Register>(may: Access<R::Edit>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let mut form = received::<R>(&may, &app, sent, None).await?;
    let id = form.carried("once").and_then(|text| Uuid::parse_str(text).ok());
    if id.is_none() {
        form.carry("once", app.chance.id(may.now).to_string());
    }
    if form.is_refused() {
        return draw_form::<R>(&may, form, None, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let id = id.unwrap_or_else(|| app.chance.id(may.now));
    let mut change = may.change(&app).await?;
    let after = match R::enter(&mut change, id, &R::row(&form, None, may.today())).await {
        Ok(after) => after,
        Err(error) => return refused::<R>(&may, form, None, error),
    };
    let path = may.path(&format!("/{}/{id}", R::PATH));
    let line = may.say.record_entered((R::WORDS.entry)(may.say));
    // Already there: the same form was posted before; nothing is written again.
    let Some(after) = after else { return Ok(see_other_saying(&path, &line)) };
    change.commit(&[Happened { kind: R::ENTERED, subject_kind: R::SUBJECT, subject: id, before: None, after: Some(after), alters_facts: true }]).await?;
    Ok(see_other_saying(&path, &line))
}

/// Corrects a record, unless somebody else was faster: then both versions are shown.
pub async fn correct<R: Register>(may: Access<R::Edit>, At(id): At<RecordId>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let row = R::one(&mut snapshot, id.0).await?.filter(in_force).ok_or(Error::NotFound)?;
    drop(snapshot);
    let mut form = received::<R>(&may, &app, sent, Some(&row)).await?;
    if form.is_refused() {
        return draw_form::<R>(&may, form, Some(id.0), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let version = form.carried("version").and_then(|text| text.parse::<i32>().ok()).unwrap_or(0);
    let mut change = may.change(&app).await?;
    let before = R::lock(&mut change, id.0).await?.filter(in_force).ok_or(Error::NotFound)?;
    if plain(before.get("version")) != version.to_string() {
        form.conflict(&before);
        return draw_form::<R>(&may, form, Some(id.0), StatusCode::CONFLICT);
    }
    let after = match R::alter(&mut change, id.0, version, &R::row(&form, Some(&before), may.today())).await {
        Ok(after) => after.ok_or(Error::NotFound)?,
        Err(error) => return refused::<R>(&may, form, Some(id.0), error),
    };
    change
        .commit(&[Happened { kind: R::CHANGED, subject_kind: R::SUBJECT, subject: id.0, before: Some(before), after: Some(after), alters_facts: true }])
        .await?;
    Ok(see_other_saying(&may.path(&format!("/{}/{id}", R::PATH)), &may.say.record_corrected((R::WORDS.entry)(may.say))))
}

/// Withdraws a record with its reason.
pub async fn withdraw<R: Register>(may: Access<R::Edit>, At(id): At<RecordId>, State(app): State<App>, sent: Sent) -> Result<Response> {
    if !R::WITHDRAWABLE {
        return Err(Error::NotFound);
    }
    let mut form = Filled::posted(&WITHDRAWAL, may.say, &sent.posted);
    let mut change = may.change(&app).await?;
    let before = R::lock(&mut change, id.0).await?.ok_or(Error::NotFound)?;
    let path = may.path(&format!("/{}/{id}", R::PATH));
    let line = may.say.record_withdrawn_line((R::WORDS.entry)(may.say));
    if !in_force(&before) {
        return Ok(see_other_saying(&path, &line));
    }
    if let Some(words) = R::held_by(&mut change, may.say, id.0).await? {
        form.refuse_all(words);
    }
    if form.is_refused() {
        return draw_withdrawal::<R>(&may, id.0, form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let mut after = R::withdraw(&mut change, id.0).await?.ok_or(Error::NotFound)?;
    if let Some(row) = after.as_object_mut() {
        row.insert("reason_of_withdrawal".to_owned(), form.line("reason").into());
    }
    change
        .commit(&[Happened { kind: R::WITHDRAWN, subject_kind: R::SUBJECT, subject: id.0, before: Some(before), after: Some(after), alters_facts: true }])
        .await?;
    Ok(see_other_saying(&path, &line))
}

/// What the database refused: a key that is taken is the form's error, anything else is not foreseen.
fn refused<R: Register>(may: &Access<R::Edit>, mut form: Filled, id: Option<Uuid>, error: sqlx::Error) -> Result<Response> {
    let taken = error.as_database_error().filter(|cause| cause.is_unique_violation()).and_then(|cause| cause.constraint()).and_then(R::clash);
    match taken {
        Some((field, words)) => {
            form.refuse(field, words(may.say));
            draw_form::<R>(may, form, id, StatusCode::UNPROCESSABLE_ENTITY)
        }
        None => Err(error.into()),
    }
}
