//! Acts of the slice.

pub mod import;
pub mod members;
pub mod people;

use super::{
    code,
    forms::{FACTS, OPENING, RULES},
    pages,
    store::{
        facts,
        opening::{NotOpened, Opening, open_engagement},
        portfolio,
    },
};
use crate::{
    access::{Access, ConsultancyStaff, permissions::EditEngagement},
    app::App,
    database::Happened,
    ids::EngagementId,
    web::{Error, Result, form::Filled, posted::Sent, see_other, see_other_saying},
};
use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::{Value, json};
use uuid::Uuid;

/// POST `/engagements/new`: opens an engagement, its client where it is a new one, and makes the visitor its lead.
pub async fn open(may: ConsultancyStaff, State(app): State<App>, sent: Sent) -> Result<Response> {
    let mut form = Filled::posted(&OPENING, may.say, &sent.posted).offer("client", pages::portfolio::clients(&may, &app).await?);
    let used = portfolio::of_account(&app.database, may.account().id.0, may.today()).await?;
    let colours: Vec<i16> = used.iter().map(|line| line.colour).collect();
    let id = form.carried("once").and_then(|once| Uuid::parse_str(once).ok()).unwrap_or_else(|| app.chance.id(may.now));
    let Some(opening) = check_opening(&may, &mut form, code::next_colour(&colours)) else {
        return pages::portfolio::draw(&may, &app, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let mut change = may.open(&app, EngagementId(id)).await?;
    let to = format!("/e/{}/engagement", opening.code);
    match open_engagement(&mut change, &opening).await {
        Ok(opened) => {
            change.commit(&[opened.happened]).await?;
            Ok(see_other_saying(&to, &may.say.engagement_opened(&opening.code)))
        }
        Err(NotOpened::Already) => Ok(see_other(&to)),
        Err(NotOpened::Database(error)) => Err(error.into()),
        Err(refusal) => {
            drop(change);
            match refusal {
                NotOpened::CodeTaken => form.refuse("code", may.say.engagement_code_taken()),
                _ => form.refuse("client", may.say.form_choose_offered()),
            }
            pages::portfolio::draw(&may, &app, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// What the form asks to open, or nothing when something in it is refused.
fn check_opening(may: &ConsultancyStaff, form: &mut Filled, colour: i16) -> Option<Opening> {
    let say = may.say;
    let code = code::read(form.value("code"));
    if code.is_none() && form.error("code").is_none() {
        form.refuse("code", say.engagement_code_wrong());
    }
    let client = match form.id("client") {
        Some(client) => Ok(client),
        None => Err((form.line("client_name_zh"), form.line("client_name_en"))),
    };
    match &client {
        Ok(_) if form.some("client_name_zh").is_some() || form.some("client_name_en").is_some() => form.refuse("client", say.engagement_client_twice()),
        Err((zh, en)) if zh.is_empty() && en.is_empty() => form.refuse("client_name_zh", say.engagement_client_missing()),
        _ => {}
    }
    let permits_required = check_applicant(form);
    let kick_off_on = form.date("kick_off_on");
    if form.is_refused() {
        return None;
    }
    Some(Opening {
        consultancy: may.consultancy().0,
        client,
        code: code?,
        colour,
        applicant_kind: form.line("applicant_kind"),
        legal_name: form.line("legal_name"),
        parent_name: form.some("parent_name"),
        production_licence_required: form.tick("production_licence_required"),
        permits_required,
        scope_zh: form.line("scope_zh"),
        scope_en: form.line("scope_en"),
        site_name: form.line("site_name"),
        site_address: form.line("site_address"),
        edition: form.line("edition"),
        kick_off_on: kick_off_on?,
        lead_name: may.account().name.clone(),
        lead_email: may.account().email.clone(),
    })
}

/// What the facts of the applicant ask of each other; the permits as codes.
fn check_applicant(form: &mut Filled) -> Vec<String> {
    let say = form.say();
    let is_branch = form.value("applicant_kind") == "cn_branch";
    match form.some("parent_name") {
        None if is_branch => form.refuse("parent_name", say.engagement_parent_missing()),
        Some(_) if !is_branch && !form.value("applicant_kind").is_empty() => form.refuse("parent_name", say.engagement_parent_only_branch()),
        _ => {}
    }
    match code::read_permits(form.value("permits_required")) {
        Ok(permits) => permits,
        Err(wrong) => {
            form.refuse("permits_required", say.engagement_permit_wrong(wrong));
            // The caller sees that the form is refused; the other checks go on.
            Vec::new()
        }
    }
}

/// POST `/e/{code}/engagement/facts`.
pub async fn change_facts(may: Access<EditEngagement>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let leaders = pages::leaders(&facts::leaders(&mut snapshot).await?);
    drop(snapshot);
    let say = may.say;
    let mut form = Filled::posted(&FACTS, say, &sent.posted).offer("lead_person_id", leaders);
    let permits = check_applicant(&mut form);
    let (kick_off, application, stage2) = (form.date("kick_off_on"), form.date("application_on"), form.date("planned_stage2_on"));
    if application.zip(kick_off).is_some_and(|(application, kick_off)| application < kick_off) {
        form.refuse("application_on", say.engagement_application_early());
    }
    if stage2.zip(application.or(kick_off)).is_some_and(|(stage2, first)| stage2 < first) {
        form.refuse("planned_stage2_on", say.engagement_stage2_early());
    }
    if form.is_refused() {
        return pages::draw_facts(&may, form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let mut row = form.to_row(&["scope_zh", "scope_en"]);
    if let Some(place) = row.get_mut("permits_required") {
        *place = json!(permits);
    }
    let mut change = may.change(&app).await?;
    let before = facts::lock(&mut change).await?.ok_or(Error::NotFound)?;
    if is_stale(&form, &before) {
        form.conflict(&pages::as_shown(before));
        return pages::draw_facts(&may, form, StatusCode::CONFLICT);
    }
    let after = facts::change_facts(&mut change, &row).await?;
    commit_engagement(change, "engagement_facts_changed", &may, before, after).await?;
    Ok(see_other_saying(&may.path("/engagement"), say.engagement_facts_saved()))
}

/// POST `/e/{code}/rules/edit`.
pub async fn change_rules(may: Access<EditEngagement>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let mut form = Filled::posted(&RULES, may.say, &sent.posted);
    if form.is_refused() {
        return pages::draw_rules(&may, form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let mut change = may.change(&app).await?;
    let before = facts::lock(&mut change).await?.ok_or(Error::NotFound)?;
    if is_stale(&form, &before) {
        form.conflict(&before);
        return pages::draw_rules(&may, form, StatusCode::CONFLICT);
    }
    let after = facts::change_rules(&mut change, &form.to_row(&[])).await?;
    commit_engagement(change, "rules_changed", &may, before, after).await?;
    Ok(see_other_saying(&may.path("/rules"), may.say.rules_saved()))
}

async fn commit_engagement(change: crate::database::Change, kind: &'static str, may: &Access<EditEngagement>, before: Value, after: Value) -> Result<()> {
    let subject = may.engagement().id.0;
    let happened = Happened { kind, subject_kind: "engagement", subject, before: Some(before), after: Some(after), alters_facts: true };
    Ok(change.commit(&[happened]).await?)
}

/// Whether the row was saved by somebody else since the form was drawn.
pub(super) fn is_stale(form: &Filled, row: &Value) -> bool {
    form.carried("version").and_then(|version| version.parse::<i64>().ok()) != row.get("version").and_then(Value::as_i64)
}
