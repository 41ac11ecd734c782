//! What a person may change about themselves: name, language, appearance, password, and where they are signed in.

use super::{
    answers::{FormPage, begin_session, happened, moment, with_session},
    forms::{CHANGE_PASSWORD, CONFIRM, PROFILE, check_new_password},
    password,
    policy::Context,
    store::{self, Door, Profile},
};
use crate::{
    access::{At, SignedIn},
    app::App,
    ids::RecordId,
    shell::Frame,
    web::{Error, Result, form::Filled, page as draw, posted::Sent, see_other_saying},
    words::{Language, Say},
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::json;

fn form_page(may: &SignedIn, form: Filled) -> FormPage {
    let say = may.say;
    let mut page = FormPage::new(may, say.nav_profile(), form, say.profile_button());
    page.facts = vec![(say.person_email(), may.account().email.clone())];
    page.links = vec![("/profile/password".to_owned(), say.password_change()), ("/profile/sessions".to_owned(), say.sessions())];
    page
}

/// The profile.
pub(super) async fn page(may: SignedIn, State(app): State<App>) -> Result<Response> {
    let form =
        if may.kept.is_some() { may.form(&PROFILE) } else { Filled::from_row(&PROFILE, may.say, &store::profile(&app.database, may.account().id.0).await?) };
    form_page(&may, form).show()
}

/// Saves the profile.
pub(super) async fn act(may: SignedIn, State(app): State<App>, sent: Sent) -> Result<Response> {
    let mut form = Filled::posted(&PROFILE, may.say, &sent.posted);
    if form.is_refused() {
        return form_page(&may, form).refuse();
    }
    let account = may.account().id.0;
    let mut door = Door::open(&app, may.actor(), may.now).await?;
    let before = store::lock_profile(&mut door, account).await?;
    if form.carried("version") != before.get("version").map(ToString::to_string).as_deref() {
        form.conflict(&before);
        return draw(StatusCode::CONFLICT, &form_page(&may, form));
    }
    let (name, language, theme) = (form.line("name"), form.line("language"), form.line("theme"));
    let profile = Profile { name: &name, language: &language, theme: &theme, shortcuts: form.tick("shortcuts") };
    let after = store::save_profile(&mut door, account, &profile).await?;
    let mut changed = happened("profile_changed", account);
    (changed.before, changed.after) = (Some(before), Some(after));
    door.commit(&[changed]).await?;
    // The next page speaks the language that was just chosen.
    let say = Language::from_tag(&language).map_or(may.say, |language| Say { language });
    Ok(see_other_saying("/profile", say.profile_saved()))
}

fn password_form(may: &SignedIn, form: Filled) -> FormPage {
    let say = may.say;
    let mut page = FormPage::new(may, say.password_change(), form, say.password_change());
    page.lead = vec![say.password_change_words().to_owned()];
    page.cancel = Some("/profile".to_owned());
    page
}

/// The form for another password.
pub(super) async fn password_page(may: SignedIn) -> Result<Response> {
    let form = may.form(&CHANGE_PASSWORD);
    password_form(&may, form).show()
}

/// Sets another password: the old one is asked for, every session ends, this browser gets a new one (S34, S41, S43).
pub(super) async fn password_act(may: SignedIn, State(app): State<App>, headers: HeaderMap, sent: Sent) -> Result<Response> {
    let account = may.account();
    let mut form = Filled::posted(&CHANGE_PASSWORD, may.say, &sent.posted);
    let consultancy = store::consultancy_name(&app.database, account.id.0).await?;
    check_new_password(&mut form, Context { name: &account.name, email: &account.email, consultancy: &consultancy });
    if form.error("password").is_none() && !form.value("old_password").is_empty() && form.value("password") == form.value("old_password") {
        form.refuse("password", may.say.password_same());
    }
    if form.is_refused() {
        return password_form(&may, form).refuse();
    }
    match password::wait(password::prove(&app, &may, form.value("old_password")).await)? {
        Ok(true) => {}
        Ok(false) => {
            form.refuse("old_password", may.say.person_password_wrong());
            return password_form(&may, form).refuse();
        }
        Err(seconds) => {
            form.refuse_all(password::wait_words(may.say, seconds));
            return password_form(&may, form).refuse_for_now(seconds);
        }
    }
    let hash = app.passwords.hash(&app.chance, form.value("password")).await?;
    let mut door = Door::open(&app, may.actor(), may.now).await?;
    if store::lock_account(&mut door, account.id.0).await?.is_none_or(|account| account.is_suspended) {
        return Err(Error::NotFound);
    }
    store::set_password(&mut door, account.id.0, &hash).await?;
    store::revoke_resets(&mut door, account.id.0).await?;
    store::end_sessions(&mut door, account.id.0, "password_changed").await?;
    let session = begin_session(&mut door, &headers, account.id.0).await?;
    door.commit(&[happened("password_changed", account.id.0)]).await?;
    Ok(with_session(see_other_saying("/profile", may.say.password_changed()), &session))
}

#[derive(Template)]
#[template(path = "people/sessions.html")]
struct SessionsPage {
    frame: Frame,
    rows: Vec<SessionRow>,
}

struct SessionRow {
    device: String,
    started: String,
    seen: String,
    is_this: bool,
    end: String,
}

/// Where the person is signed in.
pub(super) async fn sessions(may: SignedIn, State(app): State<App>) -> Result<Response> {
    let living = store::living_sessions(&app.database, may.account().id.0, may.now).await?;
    let rows = living
        .into_iter()
        .map(|session| SessionRow {
            device: if session.device.is_empty() { may.say.sessions_unknown_device().to_owned() } else { session.device },
            started: moment(session.started_at),
            seen: moment(session.last_seen_at),
            is_this: session.id == may.account().session,
            end: format!("/profile/sessions/{}/endings", session.id),
        })
        .collect();
    draw(StatusCode::OK, &SessionsPage { frame: Frame::of(&may, may.say.sessions()), rows })
}

/// Asks whether to end one of one's own sessions.
pub(super) async fn ending_page(may: SignedIn, State(app): State<App>, At(id): At<RecordId>) -> Result<Response> {
    let living = store::living_sessions(&app.database, may.account().id.0, may.now).await?;
    let session = living.into_iter().find(|session| session.id == id.0).ok_or(Error::NotFound)?;
    let say = may.say;
    let mut page = FormPage::new(&may, say.session_end(), Filled::empty(&CONFIRM, say), say.session_end());
    page.lead = vec![say.session_end_words().to_owned()];
    page.facts = vec![
        (say.sessions_device(), session.device),
        (say.sessions_started(), moment(session.started_at)),
        (say.sessions_seen(), moment(session.last_seen_at)),
    ];
    page.cancel = Some("/profile/sessions".to_owned());
    page.show()
}

/// Ends one of one's own sessions.
pub(super) async fn ending(may: SignedIn, State(app): State<App>, At(id): At<RecordId>) -> Result<Response> {
    let account = may.account().id.0;
    let mut door = Door::open(&app, may.actor(), may.now).await?;
    if store::end_session(&mut door, account, id.0, "ended_by_person").await? {
        let mut ended = happened("sessions_ended", account);
        ended.after = Some(json!({ "sessions": 1 }));
        door.commit(&[ended]).await?;
    }
    Ok(see_other_saying("/profile/sessions", may.say.session_ended()))
}
