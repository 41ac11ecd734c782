//! Signing in and out.

use super::{
    answers::{FormPage, begin_session, cookie_hash, happened, with_session},
    forms::{CONFIRM, SIGN_IN},
    password,
    store::{self, Door, KnownAccount},
};
use crate::{
    access::{Visit, proof::Anyone},
    app::App,
    web::{Result, address, cookie, form::Filled, posted::Sent, see_other},
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue},
    response::Response,
};

/// Where the person wanted to go.
fn next(visit: &Visit) -> String {
    visit.asked("next").and_then(|text| address::own_path(&text)).unwrap_or_else(|| "/".to_owned())
}

fn form_page(visit: &Visit, form: Filled) -> FormPage {
    let say = visit.say;
    let mut page = FormPage::new(visit, say.sign_in(), form, say.sign_in());
    page.notice = match (visit.asked("expired"), visit.asked("ended")) {
        (Some(_), _) => Some(say.sign_in_expired().to_owned()),
        (None, Some(_)) => Some(say.sign_in_ended().to_owned()),
        (None, None) => None,
    };
    page.lead = vec![say.sign_in_no_password().to_owned()];
    page
}

/// The page to sign in on.
pub(super) async fn page(may: Anyone) -> Result<Response> {
    if may.account.is_some() {
        return Ok(see_other(&next(&may)));
    }
    form_page(&may, Filled::empty(&SIGN_IN, may.say)).show()
}

/// Signs in, or says one sentence for all that can be wrong.
pub(super) async fn act(may: Anyone, State(app): State<App>, headers: HeaderMap, sent: Sent) -> Result<Response> {
    let mut form = Filled::posted(&SIGN_IN, may.say, &sent.posted);
    if form.is_refused() {
        return form_page(&may, form).refuse();
    }
    let (email, given) = (form.line("email"), form.line("password"));
    match password::wait(password::known(&app, &may, &email, &given, cookie_hash(&headers).as_ref()).await)? {
        Ok(Some(account)) => {
            if let Some(token) = open(&app, &may, &headers, &account, &given).await? {
                return Ok(with_session(see_other(&next(&may)), &token));
            }
            form.refuse_all(may.say.sign_in_refused());
        }
        Ok(None) => form.refuse_all(may.say.sign_in_refused()),
        Err(seconds) => {
            form.refuse_all(password::wait_words(may.say, seconds));
            return form_page(&may, form).refuse_for_now(seconds);
        }
    }
    form_page(&may, form).refuse()
}

/// Begins the session, unless the account was suspended or got another password since the password was looked at.
async fn open(app: &App, visit: &Visit, headers: &HeaderMap, account: &KnownAccount, given: &str) -> Result<Option<String>> {
    let hash = account.password_hash.as_deref().unwrap_or_default();
    let stronger = if password::is_weaker(hash) { Some(app.passwords.hash(&app.chance, given).await?) } else { None };
    let mut door = Door::open(app, visit.actor(), visit.now).await?;
    let still = store::lock_account(&mut door, account.id).await?;
    if still.is_none_or(|still| still.is_suspended || still.password_hash != account.password_hash) {
        return Ok(None);
    }
    if let Some(new) = stronger {
        store::rehash(&mut door, account.id, hash, &new).await?;
    }
    door.act_as(account.id, &account.name);
    let token = begin_session(&mut door, headers, account.id).await?;
    door.commit(&[happened("signed_in", account.id)]).await?;
    Ok(Some(token))
}

/// Asks whether to sign out, for those who come by a link.
pub(super) async fn sign_out_page(may: Anyone) -> Result<Response> {
    if may.account.is_none() {
        return Ok(see_other("/sign-in"));
    }
    let say = may.say;
    let mut page = FormPage::new(&may, say.sign_out(), Filled::empty(&CONFIRM, say), say.sign_out());
    page.lead = vec![say.sign_out_words().to_owned()];
    page.cancel = Some("/".to_owned());
    page.show()
}

/// Ends the session and clears what the browser kept (S43, S57).
pub(super) async fn sign_out(may: Anyone, State(app): State<App>) -> Result<Response> {
    if let Some(account) = &may.account {
        let mut door = Door::open(&app, may.actor(), may.now).await?;
        store::end_session(&mut door, account.id.0, account.session, "signed_out").await?;
        door.commit(&[happened("signed_out", account.id.0)]).await?;
    }
    let mut response = see_other("/sign-in?ended=1");
    let (name, value) = cookie::clear(cookie::SESSION);
    response.headers_mut().append(name, value);
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"cookies\", \"storage\""));
    Ok(response)
}
