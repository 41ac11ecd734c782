//! Giving and ending roles, and inviting those who have them.

use crate::{
    access::{Access, At, Role, permissions::ManageMembers},
    app::App,
    database::Happened,
    engagements::{
        forms::{MEMBER, PLAIN},
        membership::{self, Held, Refusal},
        pages::members as pages,
        store::{facts, members, people},
    },
    ids::RecordId,
    people::links,
    web::{Error, Result, form::Filled, posted::Sent, see_other_saying},
    words::Say,
};
use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::{Value, json};
use uuid::Uuid;

fn words(say: Say, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::LastManager => say.members_last_manager(),
        Refusal::Leads => say.members_leads(),
        Refusal::NeedsLastDay => say.members_needs_last_day(),
        Refusal::LastDayPassed => say.members_last_day_passed(),
        Refusal::OwnAccess => say.members_own_access(),
    }
}

const fn field(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NeedsLastDay | Refusal::LastDayPassed => "until_on",
        _ => "roles",
    }
}

/// POST `/e/{code}/members/new`: gives roles to a person of the register and, if there is no account yet, invites them.
pub async fn give(may: Access<ManageMembers>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let say = may.say;
    let mut form = pages::offered(&may, &app, Filled::posted(&MEMBER, say, &sent.posted)).await?;
    let roles: Vec<Role> = form.values("roles").iter().filter_map(|role| Role::from_key(role)).collect();
    let (receiver, until) = (form.id("person"), form.date("until_on"));
    if let Some(person) = receiver.filter(|_| !form.is_refused())
        && let Some(refusal) = membership::may_give((may.engagement().person.0, &may.engagement().roles), person, &roles, until, may.today())
    {
        form.refuse(field(refusal), words(say, refusal));
    }
    let (Some(person), false) = (receiver, form.is_refused()) else {
        return pages::draw_new(&may, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let mut change = may.change(&app).await?;
    facts::lock(&mut change).await?.ok_or(Error::NotFound)?;
    let known = members::receiver(&mut change, person).await?.ok_or(Error::NotFound)?;
    let Some(email) = known.email else {
        form.refuse("person", say.members_no_email());
        return pages::draw_new(&may, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let mut happened = Vec::new();
    for role in roles {
        let id = change.new_id();
        if let Some(row) = members::give(&mut change, id, person, known.account_id, role.key(), until).await? {
            happened.push(Happened { kind: "role_given", subject_kind: "membership", subject: id, before: None, after: Some(row), alters_facts: false });
        }
    }
    if happened.is_empty() {
        // The same form posted twice, or roles that the person has: there is nothing to do.
        return Ok(see_other_saying(&may.path("/members"), say.members_has_them()));
    }
    if known.account_id.is_some() {
        change.commit(&happened).await?;
        return Ok(see_other_saying(&may.path("/members"), say.members_given()));
    }
    let link = links::invite(&mut change, &app.chance, person, &email).await?;
    happened.push(invited("person_invited", person, &link, &email));
    change.commit(&happened).await?;
    let name = person_name(&may, &app, person).await?;
    pages::draw_invited(&may, name, email, link.address(&app.config.base()), link.expires_at)
}

/// The event of an invitation; what the trail keeps of it opens nothing.
fn invited(kind: &'static str, person: Uuid, link: &links::Link, email: &str) -> Happened {
    let after = json!({ "invitation": link.id, "email": email, "expires_at": link.expires_at });
    Happened { kind, subject_kind: "person", subject: person, before: None, after: Some(after), alters_facts: false }
}

async fn person_name(may: &Access<ManageMembers>, app: &App, person: Uuid) -> Result<String> {
    let mut snapshot = may.snapshot(app).await?;
    Ok(people::one(&mut snapshot, person).await?.ok_or(Error::NotFound)?.name)
}

/// POST `/e/{code}/members/{id}/endings`: ends a role. Rights are read at each request, so it counts at once.
pub async fn end(may: Access<ManageMembers>, At(RecordId(id)): At<RecordId>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let say = may.say;
    let mut form = Filled::posted(&PLAIN, say, &sent.posted);
    let mut change = may.change(&app).await?;
    let engagement = facts::lock(&mut change).await?.ok_or(Error::NotFound)?;
    let lead = engagement.get("lead_person_id").and_then(Value::as_str).and_then(|id| Uuid::parse_str(id).ok());
    let held: Vec<Held> = members::held(&mut change).await?.iter().filter_map(as_held).collect();
    if !held.iter().any(|one| one.id == id) {
        return Err(Error::NotFound);
    }
    if let Some(refusal) = membership::may_end(&held, id, lead, may.today()) {
        form.refuse_all(words(say, refusal));
    }
    if form.is_refused() {
        drop(change);
        return pages::draw_ending(&may, &app, id, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let after = members::end(&mut change, id).await?.ok_or(Error::NotFound)?;
    let mut before = after.clone();
    if let Some(ended) = before.get_mut("ended_at") {
        *ended = Value::Null;
    }
    let happened = Happened { kind: "role_ended", subject_kind: "membership", subject: id, before: Some(before), after: Some(after), alters_facts: false };
    change.commit(&[happened]).await?;
    Ok(see_other_saying(&may.path("/members"), say.members_ended()))
}

fn as_held(bare: &members::Bare) -> Option<Held> {
    Some(Held { id: bare.id, person: bare.person_id, role: Role::from_key(&bare.role)?, acts: bare.has_account, until: bare.until_on })
}

/// POST `/e/{code}/members/{id}/invitations`: a new link for a member without an account; the old one is dead from now on.
pub async fn invite(may: Access<ManageMembers>, At(RecordId(id)): At<RecordId>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let say = may.say;
    let mut form = Filled::posted(&PLAIN, say, &sent.posted);
    let mut change = may.change(&app).await?;
    facts::lock(&mut change).await?.ok_or(Error::NotFound)?;
    let member = members::held(&mut change).await?.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)?;
    let known = members::receiver(&mut change, member.person_id).await?.ok_or(Error::NotFound)?;
    if known.account_id.is_some() {
        form.refuse_all(say.members_has_account());
    }
    let email = known.email.unwrap_or_default();
    if email.is_empty() {
        form.refuse_all(say.members_no_email());
    }
    if form.is_refused() {
        drop(change);
        return pages::draw_invitation(&may, &app, id, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let link = links::invite(&mut change, &app.chance, member.person_id, &email).await?;
    change.commit(&[invited("invitation_renewed", member.person_id, &link, &email)]).await?;
    let name = person_name(&may, &app, member.person_id).await?;
    pages::draw_invited(&may, name, email, link.address(&app.config.base()), link.expires_at)
}
