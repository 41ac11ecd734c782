//! Accepting an invitation: into an engagement, as a person of its register, or into a consultancy, as its staff.

use super::{
    answers::{FormPage, begin_session, cookie_hash, dead_link, happened, with_session},
    forms::{CHOOSE_PASSWORD, GIVE_PASSWORD, check_new_password},
    links::{Purpose, Token},
    password,
    policy::Context,
    store::{self, Door, Invitation},
};
use crate::{
    access::{At, Role, Visit, proof::Anyone},
    app::App,
    web::{
        Result,
        form::{Filled, FormSpec},
        posted::Sent,
        see_other_saying,
    },
};
use axum::{extract::State, http::HeaderMap, response::Response};
use serde_json::json;
use uuid::Uuid;

impl Invitation {
    /// An account that is there is asked for its password; everybody else chooses one.
    fn spec(&self) -> &'static FormSpec {
        if self.has_password { &GIVE_PASSWORD } else { &CHOOSE_PASSWORD }
    }

    /// Into what: the client's name or the consultancy's.
    fn place(&self) -> String {
        self.engagement.clone().or_else(|| self.consultancy.clone()).unwrap_or_default()
    }
}

fn form_page(visit: &Visit, invitation: &Invitation, form: Filled) -> FormPage {
    let say = visit.say;
    let mut page = FormPage::new(visit, say.invitation(), form, say.invitation_button());
    page.lead = vec![if invitation.has_password { say.invitation_known_words() } else { say.invitation_new_words() }.to_owned()];
    let into = if invitation.engagement.is_some() { say.invitation_engagement() } else { say.person_consultancy() };
    page.facts.extend(invitation.inviter.clone().map(|name| (say.invitation_by(), name)));
    page.facts.push((into, invitation.place()));
    let roles: Vec<&str> = invitation.roles.iter().filter_map(|key| Role::from_key(key)).map(|role| role.words(say)).collect();
    if !roles.is_empty() {
        page.facts.push((say.invitation_roles(), roles.join(say.list_comma())));
    }
    page.facts.push((say.person_name(), invitation.name.clone()));
    page.facts.push((say.person_email(), invitation.email.clone()));
    page
}

/// Who invites to what, and the form.
pub(super) async fn page(may: Anyone, State(app): State<App>, At(token): At<Token>) -> Result<Response> {
    let Some(invitation) = store::invitation(&app.database, &token.hash(), may.now).await? else { return dead_link(&may) };
    form_page(&may, &invitation, Filled::empty(invitation.spec(), may.say)).show()
}

/// What stands behind the accepting account: a password that was right, or the hash of a new one.
enum Proof {
    Known(Uuid),
    New(String),
}

/// Accepts, once, and signs in.
pub(super) async fn act(may: Anyone, State(app): State<App>, At(token): At<Token>, headers: HeaderMap, sent: Sent) -> Result<Response> {
    let Some(invitation) = store::invitation(&app.database, &token.hash(), may.now).await? else { return dead_link(&may) };
    let mut form = Filled::posted(invitation.spec(), may.say, &sent.posted);
    if !invitation.has_password {
        let place = invitation.place();
        check_new_password(&mut form, Context { name: &invitation.name, email: &invitation.email, consultancy: &place });
    }
    if invitation.is_there {
        form.refuse_all(may.say.invitation_there_already());
    }
    if form.is_refused() {
        return form_page(&may, &invitation, form).refuse();
    }
    let proof = if invitation.has_password {
        let looked = password::known(&app, &may, &invitation.email, form.value("password"), cookie_hash(&headers).as_ref()).await;
        match password::wait(looked)? {
            Ok(Some(account)) => Proof::Known(account.id),
            Ok(None) => {
                form.refuse("password", may.say.person_password_wrong());
                return form_page(&may, &invitation, form).refuse();
            }
            Err(seconds) => {
                form.refuse_all(password::wait_words(may.say, seconds));
                return form_page(&may, &invitation, form).refuse_for_now(seconds);
            }
        }
    } else {
        Proof::New(app.passwords.hash(&app.chance, form.value("password")).await?)
    };
    match accept(&app, &may, &token, &headers, &invitation, proof).await? {
        Some(session) => {
            let to = invitation.code.as_ref().map_or_else(|| "/".to_owned(), |code| format!("/e/{code}"));
            Ok(with_session(see_other_saying(&to, may.say.invitation_accepted()), &session))
        }
        None => dead_link(&may),
    }
}

/// The one transaction; none when link, person or account are not as they were shown.
async fn accept(app: &App, visit: &Visit, token: &Token, headers: &HeaderMap, invitation: &Invitation, proof: Proof) -> Result<Option<String>> {
    let mut door = Door::open(app, visit.actor(), visit.now).await?;
    if store::spend(&mut door, &token.hash(), Purpose::Invitation).await?.is_none() {
        return Ok(None);
    }
    let Some(account) = accepting(&mut door, visit, invitation, &proof).await? else { return Ok(None) };
    if let (Some(engagement), Some(person)) = (invitation.engagement_id, invitation.person_id)
        && !store::join_engagement(&mut door, engagement, person, &invitation.email, account).await?
    {
        return Ok(None);
    }
    if let Some(consultancy) = invitation.consultancy_id {
        store::join_consultancy(&mut door, consultancy, account).await?;
    }
    door.act_as(account, &invitation.name);
    let session = begin_session(&mut door, headers, account).await?;
    let mut accepted = happened("invitation_accepted", account);
    accepted.after =
        Some(json!({ "email": invitation.email, "person_id": invitation.person_id, "consultancy_id": invitation.consultancy_id, "roles": invitation.roles }));
    door.record(invitation.engagement_id, &accepted).await?;
    door.commit(&[]).await?;
    Ok(Some(session))
}

/// The account that accepts: the one that is there, unchanged since it was looked at, or a new one.
async fn accepting(door: &mut Door, visit: &Visit, invitation: &Invitation, proof: &Proof) -> Result<Option<Uuid>> {
    let id = match (invitation.account_id, proof) {
        (None, Proof::New(hash)) => return Ok(store::enter_account(door, &invitation.email, &invitation.name, visit.say.language.tag(), Some(hash)).await?),
        (_, Proof::Known(id)) => *id,
        (Some(id), Proof::New(_)) => id,
    };
    let Some(account) = store::lock_account(door, id).await?.filter(|account| !account.is_suspended && account.email == invitation.email) else {
        return Ok(None);
    };
    match proof {
        Proof::Known(_) => Ok(Some(account.id)),
        Proof::New(_) if account.password_hash.is_some() => Ok(None),
        Proof::New(hash) => {
            store::set_password(door, account.id, hash).await?;
            Ok(Some(account.id))
        }
    }
}
