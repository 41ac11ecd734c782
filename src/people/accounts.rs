//! Looking after accounts: who has one, inviting consultants, suspending, starting a reset. An administrator never sees
//! or sets a password (S37), and sees no engagement's content.

use super::{
    answers::{FormPage, LinkPage, happened, moment},
    forms::{CONFIRM, INVITE},
    links::Link,
    resets,
    store::{self, Door, Listed},
};
use crate::{
    access::{AdministratorOnly, At},
    app::App,
    ids::AccountId,
    shell::Frame,
    web::{Error, Result, form::Filled, page as draw, posted::Sent, see_other_saying, table::State as Shape},
    words::Say,
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::json;

#[derive(Template)]
#[template(path = "people/accounts.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
    caption: String,
}

#[derive(Template)]
#[template(path = "people/account.html")]
struct AccountPage {
    frame: Frame,
    row: Row,
    acts: Vec<(String, &'static str)>,
}

/// An account as the pages print it.
struct Row {
    href: String,
    name: String,
    email: String,
    since: String,
    seen: Option<String>,
    state: Shape,
    consultancy: Option<String>,
    is_administrator: bool,
}

/// What an account can do just now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Standing {
    Invited,
    Active,
    Suspended,
}

impl Listed {
    fn standing(&self) -> Standing {
        match (self.suspended_at, self.has_password) {
            (Some(_), _) => Standing::Suspended,
            (None, false) => Standing::Invited,
            (None, true) => Standing::Active,
        }
    }

    fn path(&self, rest: &str) -> String {
        format!("/accounts/{}{rest}", self.id)
    }
}

impl Row {
    fn of(say: Say, listed: Listed) -> Self {
        let (shape, words) = match listed.standing() {
            Standing::Invited => ("waiting", say.account_invited_state()),
            Standing::Active => ("done", say.account_active_state()),
            Standing::Suspended => ("void", say.account_suspended_state()),
        };
        Self {
            href: listed.path(""),
            state: Shape { shape, words: words.to_owned() },
            since: moment(listed.created_at),
            seen: listed.last_seen_at.map(moment),
            name: listed.name,
            email: listed.email,
            consultancy: listed.consultancy,
            is_administrator: listed.is_administrator,
        }
    }
}

/// Everybody who has an account.
pub(super) async fn list(may: AdministratorOnly, State(app): State<App>) -> Result<Response> {
    let accounts = store::listed_accounts(&app.database, None).await?;
    let caption = may.say.accounts_caption(accounts.len());
    let rows = accounts.into_iter().map(|account| Row::of(may.say, account)).collect();
    draw(StatusCode::OK, &ListPage { frame: Frame::of(&may, may.say.nav_accounts()), rows, caption })
}

async fn listed(app: &App, id: AccountId) -> Result<Listed> {
    store::listed_accounts(&app.database, Some(id.0)).await?.pop().ok_or(Error::NotFound)
}

/// One account and what can be done about it.
pub(super) async fn page(may: AdministratorOnly, State(app): State<App>, At(id): At<AccountId>) -> Result<Response> {
    let account = listed(&app, id).await?;
    let say = may.say;
    let acts = match account.standing() {
        Standing::Invited => {
            vec![(format!("/accounts/new?again={}", account.id), say.account_invite_again()), (account.path("/suspensions"), say.account_suspend())]
        }
        Standing::Active => vec![
            (account.path("/password-resets"), say.account_reset()),
            (account.path("/session-endings"), say.account_end_sessions()),
            (account.path("/suspensions"), say.account_suspend()),
        ],
        Standing::Suspended => vec![(account.path("/reinstatements"), say.account_reinstate())],
    };
    draw(StatusCode::OK, &AccountPage { frame: Frame::of(&may, account.name.clone()), row: Row::of(say, account), acts })
}

fn invite_page(may: &AdministratorOnly, form: Filled, consultancy: String) -> FormPage {
    let say = may.say;
    let mut page = FormPage::new(may, say.account_invite(), form, say.account_invite());
    page.lead = vec![say.account_invite_words().to_owned()];
    page.facts = vec![(say.person_consultancy(), consultancy)];
    page.cancel = Some("/accounts".to_owned());
    page
}

/// The consultancy into which an administrator invites: their own, else the one that was founded first.
async fn consultancy(app: &App, may: &AdministratorOnly) -> Result<(uuid::Uuid, String)> {
    match may.account().consultancy {
        Some(id) => Ok((id.0, store::consultancy_name(&app.database, may.account().id.0).await?)),
        None => store::first_consultancy(&app.database).await?.ok_or(Error::NotFound),
    }
}

/// The form to invite a consultant.
pub(super) async fn new_page(may: AdministratorOnly, State(app): State<App>) -> Result<Response> {
    let mut form = may.form(&INVITE);
    if let Some(again) = may.asked("again").and_then(|id| id.parse().ok()) {
        let account = listed(&app, again).await?;
        form.set("name", account.name);
        form.set("email", account.email);
    }
    invite_page(&may, form, consultancy(&app, &may).await?.1).show()
}

/// Invites a consultant: an account that waits for its person, and a link to hand over.
pub(super) async fn new(may: AdministratorOnly, State(app): State<App>, sent: Sent) -> Result<Response> {
    let mut form = Filled::posted(&INVITE, may.say, &sent.posted);
    let (firm, firm_name) = consultancy(&app, &may).await?;
    if form.is_refused() {
        return invite_page(&may, form, firm_name).refuse();
    }
    let (name, email) = (form.line("name"), form.line("email"));
    let mut door = Door::open(&app, may.actor(), may.now).await?;
    store::enter_account(&mut door, &email, &name, may.say.language.tag(), None).await?;
    let account = store::lock_account_by_email(&mut door, &email).await?.ok_or(Error::Busy)?;
    if account.is_suspended || store::is_staff(&mut door, firm, account.id).await? {
        form.refuse("email", if account.is_suspended { may.say.account_is_suspended() } else { may.say.account_is_staff() });
        return invite_page(&may, form, firm_name).refuse();
    }
    let link = store::start_consultancy_invitation(&mut door, account.id, &email, firm, may.account().id.0).await?;
    let mut invited = happened("account_invited", account.id);
    invited.after = Some(json!({ "name": account.name, "email": email, "consultancy_id": firm }));
    door.commit(&[invited]).await?;
    link_page(&app, &may, &link, (account.name, account.email), may.say.account_invited_words())
}

/// The page that shows a link, once: only its hash is kept.
fn link_page(app: &App, may: &AdministratorOnly, link: &Link, (name, email): (String, String), words: &'static str) -> Result<Response> {
    let page = LinkPage {
        frame: Frame::of(may, may.say.link_made()),
        heading: may.say.link_made(),
        name,
        email,
        words,
        address: link.address(&app.config.base()),
        until: moment(link.expires_at),
        back: "/accounts".to_owned(),
    };
    draw(StatusCode::OK, &page)
}

/// A question about an account.
fn confirm(may: &AdministratorOnly, account: &Listed, heading: &'static str, words: &str) -> FormPage {
    let mut page = FormPage::new(may, heading, Filled::empty(&CONFIRM, may.say), heading);
    page.facts = vec![(may.say.person_name(), account.name.clone()), (may.say.person_email(), account.email.clone())];
    page.lead = vec![words.to_owned()];
    page.cancel = Some(account.path(""));
    page
}

/// Asks whether to suspend.
pub(super) async fn suspension_page(may: AdministratorOnly, State(app): State<App>, At(id): At<AccountId>) -> Result<Response> {
    let account = listed(&app, id).await?;
    let mut page = confirm(&may, &account, may.say.account_suspend(), may.say.account_suspend_words());
    page.is_danger = true;
    page.show()
}

/// Suspends: every session ends at once. The last administrator stays.
pub(super) async fn suspension(may: AdministratorOnly, State(app): State<App>, At(id): At<AccountId>) -> Result<Response> {
    let account = listed(&app, id).await?;
    let mut door = Door::open(&app, may.actor(), may.now).await?;
    if account.is_administrator && !store::has_other_administrator(&mut door, id.0).await? {
        return Err(Error::Refused(may.say.account_last_administrator().to_owned()));
    }
    if store::set_suspended(&mut door, id.0, true).await? {
        store::end_sessions(&mut door, id.0, "suspended").await?;
        store::revoke_resets(&mut door, id.0).await?;
        door.commit(&[happened("account_suspended", id.0)]).await?;
    }
    Ok(see_other_saying(&account.path(""), may.say.account_suspended()))
}

/// Asks whether to reinstate.
pub(super) async fn reinstatement_page(may: AdministratorOnly, State(app): State<App>, At(id): At<AccountId>) -> Result<Response> {
    let account = listed(&app, id).await?;
    confirm(&may, &account, may.say.account_reinstate(), may.say.account_reinstate_words()).show()
}

/// Reinstates.
pub(super) async fn reinstatement(may: AdministratorOnly, State(app): State<App>, At(id): At<AccountId>) -> Result<Response> {
    let account = listed(&app, id).await?;
    let mut door = Door::open(&app, may.actor(), may.now).await?;
    if store::set_suspended(&mut door, id.0, false).await? {
        door.commit(&[happened("account_reinstated", id.0)]).await?;
    }
    Ok(see_other_saying(&account.path(""), may.say.account_reinstated()))
}

/// Asks whether to start a reset.
pub(super) async fn reset_page(may: AdministratorOnly, State(app): State<App>, At(id): At<AccountId>) -> Result<Response> {
    let account = listed(&app, id).await?;
    confirm(&may, &account, may.say.account_reset(), may.say.account_reset_words()).show()
}

/// Starts a reset and shows its link; nothing ends until the link is used.
pub(super) async fn reset(may: AdministratorOnly, State(app): State<App>, At(id): At<AccountId>) -> Result<Response> {
    let account = listed(&app, id).await?;
    match account.standing() {
        Standing::Active => {}
        Standing::Invited => return Err(Error::Refused(may.say.account_is_invited().to_owned())),
        Standing::Suspended => return Err(Error::Refused(may.say.account_is_suspended().to_owned())),
    }
    let mut door = Door::open(&app, may.actor(), may.now).await?;
    let link = store::start_reset(&mut door, id.0, &account.email, Some(may.account().id.0)).await?;
    door.commit(&[resets::started(id.0)]).await?;
    link_page(&app, &may, &link, (account.name, account.email), may.say.account_reset_made())
}

/// Asks whether to end every session.
pub(super) async fn session_ending_page(may: AdministratorOnly, State(app): State<App>, At(id): At<AccountId>) -> Result<Response> {
    let account = listed(&app, id).await?;
    confirm(&may, &account, may.say.account_end_sessions(), may.say.account_end_sessions_words()).show()
}

/// Ends every session of an account.
pub(super) async fn session_ending(may: AdministratorOnly, State(app): State<App>, At(id): At<AccountId>) -> Result<Response> {
    let account = listed(&app, id).await?;
    let mut door = Door::open(&app, may.actor(), may.now).await?;
    let count = store::end_sessions(&mut door, id.0, "ended_by_administrator").await?;
    let mut ended = happened("sessions_ended", id.0);
    ended.after = Some(json!({ "sessions": count }));
    door.commit(&[ended]).await?;
    Ok(see_other_saying(&account.path(""), may.say.account_sessions_ended()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_invited_active_or_suspended() {
        let at = chrono::DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let listed = |has_password, suspended_at| Listed {
            id: uuid::Uuid::nil(),
            name: "周宁".to_owned(),
            email: "zhou.ning@henglan.example.cn".to_owned(),
            created_at: at,
            last_seen_at: None,
            has_password,
            suspended_at,
            is_administrator: false,
            consultancy: None,
        };
        assert_eq!(listed(false, None).standing(), Standing::Invited);
        assert_eq!(listed(true, None).standing(), Standing::Active);
        assert_eq!(listed(true, Some(at)).standing(), Standing::Suspended);
        assert_eq!(listed(false, Some(at)).standing(), Standing::Suspended);
    }
}
