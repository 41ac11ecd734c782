//! A new password by a one-time link. An administrator may start this, and learns and sets nothing (S37).

use super::{
    answers::{FormPage, begin_session, dead_link, happened, with_session},
    forms::{CHOOSE_PASSWORD, check_new_password},
    links::{Purpose, Token},
    policy::Context,
    store::{self, Door, Reset},
    throttle::Subject,
};
use crate::{
    access::{At, Visit, proof::Anyone},
    app::App,
    database::Happened,
    web::{Result, form::Filled, posted::Sent, see_other_saying},
};
use axum::{extract::State, http::HeaderMap, response::Response};
use uuid::Uuid;

/// A reset was started for this account.
pub(super) fn started(account: Uuid) -> Happened {
    happened("password_reset_started", account)
}

fn form_page(visit: &Visit, reset: &Reset, form: Filled) -> FormPage {
    let say = visit.say;
    let mut page = FormPage::new(visit, say.reset(), form, say.reset_button());
    page.facts = vec![(say.person_name(), reset.name.clone()), (say.person_email(), reset.email.clone())];
    page.lead = vec![say.reset_words().to_owned()];
    page
}

/// The form, as long as the link is good.
pub(super) async fn page(may: Anyone, State(app): State<App>, At(token): At<Token>) -> Result<Response> {
    let Some(reset) = store::reset(&app.database, &token.hash(), may.now).await? else { return dead_link(&may) };
    form_page(&may, &reset, Filled::empty(&CHOOSE_PASSWORD, may.say)).show()
}

/// Sets the new password, ends every session and begins one.
pub(super) async fn act(may: Anyone, State(app): State<App>, At(token): At<Token>, headers: HeaderMap, sent: Sent) -> Result<Response> {
    let Some(reset) = store::reset(&app.database, &token.hash(), may.now).await? else { return dead_link(&may) };
    let consultancy = store::consultancy_name(&app.database, reset.account).await?;
    let mut form = Filled::posted(&CHOOSE_PASSWORD, may.say, &sent.posted);
    check_new_password(&mut form, Context { name: &reset.name, email: &reset.email, consultancy: &consultancy });
    if form.is_refused() {
        return form_page(&may, &reset, form).refuse();
    }
    let hash = app.passwords.hash(&app.chance, form.value("password")).await?;
    let mut door = Door::open(&app, may.actor(), may.now).await?;
    if store::spend(&mut door, &token.hash(), Purpose::PasswordReset).await?.is_none() {
        return dead_link(&may);
    }
    if store::lock_account(&mut door, reset.account).await?.is_none_or(|account| account.is_suspended) {
        return dead_link(&may);
    }
    store::set_password(&mut door, reset.account, &hash).await?;
    store::end_sessions(&mut door, reset.account, "password_changed").await?;
    store::revoke_resets(&mut door, reset.account).await?;
    store::forget_guesses(&mut door, Subject::Account(&reset.email)).await?;
    door.act_as(reset.account, &reset.name);
    let session = begin_session(&mut door, &headers, reset.account).await?;
    door.commit(&[happened("password_reset", reset.account)]).await?;
    Ok(with_session(see_other_saying("/", may.say.reset_done()), &session))
}
