//! Setting up: the first administrator and the consultancy, by the link that is printed at the first start (S35).

use super::{
    answers::{FormPage, begin_session, dead_link, happened, with_session},
    forms::{SET_UP, check_new_password},
    links::{Purpose, Token},
    policy::Context,
    store::{self, Door, Founding},
};
use crate::{
    access::{At, Visit, proof::Anyone},
    app::App,
    web::{Result, form::Filled, posted::Sent, see_other_saying},
};
use axum::{extract::State, http::HeaderMap, response::Response};
use serde_json::json;

fn form_page(visit: &Visit, form: Filled) -> FormPage {
    let say = visit.say;
    let mut page = FormPage::new(visit, say.set_up(), form, say.set_up_button());
    page.lead = vec![say.set_up_words().to_owned()];
    page
}

/// The form, as long as the link is good and nobody has an account.
pub(super) async fn page(may: Anyone, State(app): State<App>, At(token): At<Token>) -> Result<Response> {
    if !is_open(&app, &may, &token).await? {
        return dead_link(&may);
    }
    form_page(&may, Filled::empty(&SET_UP, may.say)).show()
}

async fn is_open(app: &App, visit: &Visit, token: &Token) -> Result<bool> {
    Ok(store::is_open(&app.database, &token.hash(), Purpose::SetUp, visit.now).await? && !store::is_founded(&app.database).await?)
}

/// Founds the installation and signs in.
pub(super) async fn act(may: Anyone, State(app): State<App>, At(token): At<Token>, headers: HeaderMap, sent: Sent) -> Result<Response> {
    if !is_open(&app, &may, &token).await? {
        return dead_link(&may);
    }
    let mut form = Filled::posted(&SET_UP, may.say, &sent.posted);
    let (name, email, consultancy) = (form.line("name"), form.line("email"), form.line("consultancy"));
    check_new_password(&mut form, Context { name: &name, email: &email, consultancy: &consultancy });
    if form.is_refused() {
        return form_page(&may, form).refuse();
    }
    let hash = app.passwords.hash(&app.chance, form.value("password")).await?;
    let mut door = Door::open(&app, may.actor(), may.now).await?;
    let founding = Founding { name: &name, email: &email, language: may.say.language.tag(), hash: &hash, consultancy: &consultancy };
    if store::lock_founding(&mut door).await? || store::spend(&mut door, &token.hash(), Purpose::SetUp).await?.is_none() {
        return dead_link(&may);
    }
    let Some(founded) = store::found(&mut door, &founding).await? else { return dead_link(&may) };
    door.act_as(founded.account, &name);
    let session = begin_session(&mut door, &headers, founded.account).await?;
    let mut set_up = happened("installation_set_up", founded.account);
    set_up.after = Some(json!({ "name": name, "email": email, "consultancy": consultancy, "consultancy_id": founded.consultancy }));
    door.commit(&[set_up]).await?;
    Ok(with_session(see_other_saying("/", may.say.set_up_done()), &session))
}
