//! Acts on the register of people.

use super::is_stale;
use crate::{
    access::{Access, At, permissions::EditPeople},
    app::App,
    database::Happened,
    engagements::{
        forms::{PERSON, WITHDRAWAL},
        pages::people as pages,
        store::{facts, people},
    },
    ids::RecordId,
    web::{Error, Result, form::Filled, posted::Sent, see_other, see_other_saying},
};
use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::Value;
use uuid::Uuid;

const BLANK: &[&str] = &["name_latin", "post"];

/// The field that a unique index of the register speaks of, if the error is one.
fn taken(error: &sqlx::Error) -> Option<&'static str> {
    match error.as_database_error()?.constraint()? {
        "people_engagement_id_email_idx" => Some("email"),
        "people_engagement_id_staff_no_idx" => Some("staff_no"),
        _ => None,
    }
}

fn refuse_taken(form: &mut Filled, field: &'static str) {
    let say = form.say();
    form.refuse(field, if field == "email" { say.register_email_taken() } else { say.register_staff_no_taken() });
}

/// POST `/e/{code}/people/new`.
pub async fn enter(may: Access<EditPeople>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let mut form = Filled::posted(&PERSON, may.say, &sent.posted).offer("department_id", pages::departments(&may, &app).await?);
    if form.is_refused() {
        return pages::draw_new(&may, form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let id = form.carried("once").and_then(|once| Uuid::parse_str(once).ok()).unwrap_or_else(|| app.chance.id(may.now));
    let mut change = may.change(&app).await?;
    let to = may.path(&format!("/people/{id}"));
    match people::enter(&mut change, id, &form.to_row(BLANK)).await {
        Ok(Some(row)) => {
            let happened = Happened { kind: "person_entered", subject_kind: "person", subject: id, before: None, after: Some(row), alters_facts: true };
            change.commit(&[happened]).await?;
            Ok(see_other_saying(&to, &may.say.register_entered(form.value("name"))))
        }
        Ok(None) => Ok(see_other(&to)),
        Err(error) => {
            let field = taken(&error).ok_or(error)?;
            refuse_taken(&mut form, field);
            pages::draw_new(&may, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// POST `/e/{code}/people/{id}/edit`.
pub async fn change(may: Access<EditPeople>, At(RecordId(id)): At<RecordId>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let mut form = Filled::posted(&PERSON, may.say, &sent.posted).offer("department_id", pages::departments(&may, &app).await?);
    if form.is_refused() {
        return pages::draw_edit(&may, id, form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let mut change = may.change(&app).await?;
    let before = people::lock(&mut change, id).await?.filter(pages::is_there).ok_or(Error::NotFound)?;
    if is_stale(&form, &before) {
        form.conflict(&before);
        return pages::draw_edit(&may, id, form, StatusCode::CONFLICT);
    }
    let after = match people::change(&mut change, id, &form.to_row(BLANK)).await {
        Ok(after) => after.ok_or(Error::NotFound)?,
        Err(error) => {
            let field = taken(&error).ok_or(error)?;
            drop(change);
            refuse_taken(&mut form, field);
            return pages::draw_edit(&may, id, form, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let happened = Happened { kind: "person_changed", subject_kind: "person", subject: id, before: Some(before), after: Some(after), alters_facts: true };
    change.commit(&[happened]).await?;
    Ok(see_other_saying(&may.path(&format!("/people/{id}")), may.say.register_saved()))
}

/// POST `/e/{code}/people/{id}/withdrawals`: the person leaves the register and stays readable. Who leads the engagement
/// or has a role cannot leave.
pub async fn withdraw(may: Access<EditPeople>, At(RecordId(id)): At<RecordId>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let say = may.say;
    let mut form = Filled::posted(&WITHDRAWAL, say, &sent.posted);
    if form.is_refused() {
        return pages::draw_withdrawal(&may, &app, id, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let mut change = may.change(&app).await?;
    facts::lock(&mut change).await?.ok_or(Error::NotFound)?;
    let before = people::lock(&mut change, id).await?.filter(pages::is_there).ok_or(Error::NotFound)?;
    let ties = people::ties(&mut change, id).await?;
    let left_on = form.date("left_on");
    let joined_on = before.get("joined_on").and_then(Value::as_str).and_then(crate::web::form::read_date);
    if ties.leads {
        form.refuse_all(say.register_withdraw_leads());
    } else if ties.roles > 0 {
        form.refuse_all(say.register_withdraw_has_roles(ties.roles));
    } else if left_on.zip(joined_on).is_some_and(|(left, joined)| left < joined) {
        form.refuse("left_on", say.register_left_before_joined());
    }
    if form.is_refused() {
        drop(change);
        return pages::draw_withdrawal(&may, &app, id, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let after = people::withdraw(&mut change, id, left_on).await?.ok_or(Error::NotFound)?;
    let happened = Happened { kind: "person_withdrawn", subject_kind: "person", subject: id, before: Some(before), after: Some(after), alters_facts: true };
    change.commit(&[happened]).await?;
    Ok(see_other_saying(&may.path("/people"), say.register_withdrawn()))
}
