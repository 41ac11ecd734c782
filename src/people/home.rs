//! The front door, the language button and the help.

use super::{
    answers::{self, happened},
    store::{self, Door},
};
use crate::{
    access::{Role, Visit, proof::Anyone},
    app::App,
    shell::Frame,
    web::{Error, Result, address, cookie, page, posted::Sent, see_other},
    words::{Language, Say},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::json;

/// Leads everybody to where their work is.
pub(super) async fn home(may: Anyone, State(app): State<App>) -> Result<Response> {
    let Some(account) = &may.account else { return Ok(see_other("/sign-in")) };
    if account.consultancy.is_some() {
        return Ok(see_other("/engagements"));
    }
    match store::engagement_codes(&app.database, account.id.0, may.today()).await?.as_slice() {
        [] if account.is_administrator => Ok(see_other("/accounts")),
        [] => answers::nothing_here(&may),
        [code] => Ok(see_other(&format!("/e/{code}"))),
        _ => Ok(see_other("/engagements")),
    }
}

/// The language is chosen by its button; there is no page of its own.
pub(super) async fn language_page() -> Response {
    see_other("/")
}

/// Speaks the chosen language from now on: to the account, and to this browser when nobody is signed in.
pub(super) async fn language(may: Anyone, State(app): State<App>, sent: Sent) -> Result<Response> {
    let language = sent.posted.get("language").and_then(Language::from_tag).ok_or(Error::Malformed)?;
    let next = sent.posted.get("next").and_then(address::own_path).unwrap_or_else(|| "/".to_owned());
    if let Some(account) = &may.account {
        let mut door = Door::open(&app, may.actor(), may.now).await?;
        let before = store::save_language(&mut door, account.id.0, language.tag()).await?;
        let mut changed = happened("profile_changed", account.id.0);
        changed.before = Some(json!({ "language": before }));
        changed.after = Some(json!({ "language": language.tag() }));
        door.commit(&[changed]).await?;
    }
    let mut response = see_other(&next);
    let (name, value) = cookie::set(cookie::LANGUAGE, language.tag(), Some(365 * 24 * 3600));
    response.headers_mut().append(name, value);
    Ok(response)
}

#[derive(Template)]
#[template(path = "people/help.html")]
struct HelpPage {
    frame: Frame,
    roles: Vec<(&'static str, &'static str)>,
}

/// What each role does, in the reader's words.
fn role_help(say: Say) -> Vec<(&'static str, &'static str)> {
    let words = |role: Role| match role {
        Role::Consultant => say.help_consultant(),
        Role::TopManagement => say.help_top_management(),
        Role::MgmtRep => say.help_mgmt_rep(),
        Role::WorkingBody => say.help_working_body(),
        Role::DocumentTeam => say.help_document_team(),
        Role::DepartmentHead => say.help_department_head(),
        Role::ProcessOwner => say.help_process_owner(),
        Role::InternalAuditor => say.help_internal_auditor(),
        Role::Staff => say.help_staff(),
        Role::ExternalReader => say.help_external_reader(),
        Role::Administrator => say.help_administrator(),
    };
    Role::ALL.into_iter().map(|role| (role.words(say), words(role))).collect()
}

/// The help.
pub(super) async fn help(may: Anyone) -> Result<Response> {
    let visit: &Visit = &may;
    page(StatusCode::OK, &HelpPage { frame: Frame::of(visit, visit.say.help()), roles: role_help(visit.say) })
}
