//! Who has which role until when; giving and ending roles; invitations.

use super::{FormPage, people::role_choices};
use crate::{
    access::{Access, At, Role, permissions::ManageMembers},
    app::App,
    clock::civil_day,
    engagements::{
        forms::{MEMBER, PLAIN},
        store::{self, members},
    },
    history_lines::local,
    ids::RecordId,
    shell::Frame,
    web::{Error, Result, form::Filled, page, table::State as Shown},
    words::Say,
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use uuid::Uuid;

struct Row {
    id: Uuid,
    person_id: Uuid,
    name: String,
    email: String,
    role: String,
    since: String,
    until: Option<String>,
    is_over: bool,
    state: Shown,
    may_invite: bool,
}

#[derive(Template)]
#[template(path = "engagements/members.html")]
struct List {
    frame: Frame,
    code: String,
    rows: Vec<Row>,
}

/// GET `/e/{code}/members`.
pub async fn list(may: Access<ManageMembers>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let members = members::all(&mut snapshot, None).await?;
    drop(snapshot);
    let rows = members.into_iter().map(|member| row(&may, member)).collect();
    page(StatusCode::OK, &List { frame: Frame::of(&may, may.say.nav_members()), code: may.engagement().code.clone(), rows })
}

fn row(may: &Access<ManageMembers>, member: members::Member) -> Row {
    let say = may.say;
    let is_over = member.until_on.is_some_and(|day| day < may.today());
    let (shape, words) = if is_over {
        ("void", say.members_over().to_owned())
    } else if member.has_account {
        ("done", say.members_active().to_owned())
    } else {
        match member.invited_until {
            Some(until) if until > may.now => ("waiting", say.members_invited(local(until))),
            _ if member.was_invited => ("late", say.members_invitation_over().to_owned()),
            _ => ("todo", say.members_not_invited().to_owned()),
        }
    };
    Row {
        role: role_words(say, &member.role),
        since: civil_day(member.since).to_string(),
        until: member.until_on.map(|day| day.to_string()),
        is_over,
        state: Shown { shape, words },
        may_invite: !member.has_account && member.email.is_some(),
        email: member.email.unwrap_or_default(),
        id: member.id,
        person_id: member.person_id,
        name: member.name,
    }
}

fn role_words(say: Say, role: &str) -> String {
    Role::from_key(role).map_or_else(|| role.to_owned(), |role| role.words(say).to_owned())
}

/// GET `/e/{code}/members/new`; `?person=` chooses a person beforehand.
pub async fn new(may: Access<ManageMembers>, State(app): State<App>) -> Result<Response> {
    let mut form = may.form(&MEMBER);
    if let Some(person) = may.asked("person").filter(|_| may.kept.is_none()) {
        form.set("person", person);
    }
    if form.carried("once").is_none() {
        form.carry("once", app.chance.id(may.now).to_string());
    }
    let form = offered(&may, &app, form).await?;
    draw_new(&may, form, StatusCode::OK)
}

/// The form with the people and roles to choose from. Only who has an e-mail address can be invited.
pub async fn offered(may: &Access<ManageMembers>, app: &App, form: Filled) -> Result<Filled> {
    let mut snapshot = may.snapshot(app).await?;
    let people = store::people(&mut snapshot).await?;
    let choices = people.iter().filter(|person| person.has_email).map(store::PersonLine::choice).collect();
    Ok(form.offer("person", choices).offer("roles", role_choices(may.say)))
}

/// Draws the form that gives roles.
pub fn draw_new(may: &Access<ManageMembers>, form: Filled, status: StatusCode) -> Result<Response> {
    let say = may.say;
    FormPage::of(may, say.members_new(), form, may.path("/members"), say.nav_members(), say.members_give()).lead(say.members_new_lead()).draw(status)
}

/// A membership that has not ended.
async fn one(may: &Access<ManageMembers>, app: &App, id: Uuid) -> Result<members::Member> {
    let mut snapshot = may.snapshot(app).await?;
    members::all(&mut snapshot, Some(id)).await?.into_iter().next().ok_or(Error::NotFound)
}

/// GET `/e/{code}/members/{id}/endings`.
pub async fn ending(may: Access<ManageMembers>, At(RecordId(id)): At<RecordId>, State(app): State<App>) -> Result<Response> {
    let form = may.form(&PLAIN);
    draw_ending(&may, &app, id, form, StatusCode::OK).await
}

/// Draws the page on which a role ends.
pub async fn draw_ending(may: &Access<ManageMembers>, app: &App, id: Uuid, form: Filled, status: StatusCode) -> Result<Response> {
    let member = one(may, app, id).await?;
    let say = may.say;
    let lead = say.members_end_lead(&member.name, role_words(say, &member.role));
    FormPage::of(may, say.members_end(), form, may.path("/members"), say.nav_members(), say.members_end()).lead(lead).danger().draw(status)
}

/// GET `/e/{code}/members/{id}/invitations`.
pub async fn invitation(may: Access<ManageMembers>, At(RecordId(id)): At<RecordId>, State(app): State<App>) -> Result<Response> {
    let mut form = may.form(&PLAIN);
    if form.carried("once").is_none() {
        form.carry("once", app.chance.id(may.now).to_string());
    }
    draw_invitation(&may, &app, id, form, StatusCode::OK).await
}

/// Draws the page on which a new invitation is made.
pub async fn draw_invitation(may: &Access<ManageMembers>, app: &App, id: Uuid, form: Filled, status: StatusCode) -> Result<Response> {
    let member = one(may, app, id).await?;
    let say = may.say;
    let lead = say.members_invite_lead(&member.name, member.email.unwrap_or_default());
    FormPage::of(may, say.members_invite(), form, may.path("/members"), say.nav_members(), say.members_invite()).lead(lead).draw(status)
}

/// The link, shown this once.
#[derive(Template)]
#[template(path = "engagements/invited.html")]
struct Invited {
    frame: Frame,
    code: String,
    name: String,
    email: String,
    link: String,
    until: String,
}

/// Draws the page with the link to hand over. It is shown once; only its hash is kept.
pub fn draw_invited(may: &Access<ManageMembers>, name: String, email: String, link: String, until: chrono::DateTime<chrono::Utc>) -> Result<Response> {
    let frame = Frame::of(may, may.say.members_invited_title());
    page(StatusCode::OK, &Invited { frame, code: may.engagement().code.clone(), name, email, link, until: local(until) })
}
