//! What the slice answers with: a page with a form, a note, a link to hand over; and the session's cookie.

use super::{session, store};
use crate::{
    access::{Visit, recognition::token_hash},
    database::Happened,
    shell::Frame,
    web::{Result, cookie, form::Filled, page},
};
use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use chrono::{DateTime, FixedOffset, Offset, Utc};
use uuid::Uuid;

/// A page with one form.
#[derive(Template)]
#[template(path = "people/form.html")]
pub(super) struct FormPage {
    pub(super) frame: Frame,
    pub(super) heading: String,
    pub(super) notice: Option<String>,
    pub(super) lead: Vec<String>,
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) form: Filled,
    pub(super) button: &'static str,
    pub(super) is_danger: bool,
    pub(super) cancel: Option<String>,
    pub(super) links: Vec<(String, &'static str)>,
}

impl FormPage {
    pub(super) fn new(visit: &Visit, heading: impl Into<String>, form: Filled, button: &'static str) -> Self {
        let heading = heading.into();
        let frame = Frame::of(visit, heading.clone()).wrong(form.is_refused());
        Self { frame, heading, notice: None, lead: Vec::new(), facts: Vec::new(), form, button, is_danger: false, cancel: None, links: Vec::new() }
    }

    /// Draws it to be filled.
    pub(super) fn show(&self) -> Result<Response> {
        page(StatusCode::OK, self)
    }

    /// Draws it again, refused.
    pub(super) fn refuse(&self) -> Result<Response> {
        page(StatusCode::UNPROCESSABLE_ENTITY, self)
    }

    /// Draws it again for somebody who has to wait before the next guess.
    pub(super) fn refuse_for_now(&self, seconds: u64) -> Result<Response> {
        let mut response = page(StatusCode::TOO_MANY_REQUESTS, self)?;
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        Ok(response)
    }
}

/// A page that says something and leads on.
#[derive(Template)]
#[template(path = "people/note.html")]
struct Note {
    frame: Frame,
    heading: &'static str,
    words: &'static str,
    href: &'static str,
    link: &'static str,
}

/// A link that is spent, expired or revoked, or never was one: the same page for each.
pub(super) fn dead_link(visit: &Visit) -> Result<Response> {
    let say = visit.say;
    let note = Note { frame: Frame::of(visit, say.link_dead()), heading: say.link_dead(), words: say.link_dead_words(), href: "/sign-in", link: say.sign_in() };
    page(StatusCode::NOT_FOUND, &note)
}

/// Somebody who is in no engagement.
pub(super) fn nothing_here(visit: &Visit) -> Result<Response> {
    let say = visit.say;
    let note = Note {
        frame: Frame::of(visit, say.home_nothing()),
        heading: say.home_nothing(),
        words: say.home_nothing_words(),
        href: "/profile",
        link: say.nav_profile(),
    };
    page(StatusCode::OK, &note)
}

/// A one-time link, shown once.
#[derive(Template)]
#[template(path = "people/link.html")]
pub(super) struct LinkPage {
    pub(super) frame: Frame,
    pub(super) heading: &'static str,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) words: &'static str,
    pub(super) address: String,
    pub(super) until: String,
    pub(super) back: String,
}

/// The hash of the session's cookie, whether the session lives or not.
pub(super) fn cookie_hash(headers: &HeaderMap) -> Option<[u8; 32]> {
    cookie::read(headers, cookie::SESSION).filter(|token| token.len() == 64).map(token_hash)
}

/// Begins a session for the browser of the request, whose old one ends (S41).
pub(super) async fn begin_session(door: &mut store::Door, headers: &HeaderMap, account: Uuid) -> sqlx::Result<String> {
    if let Some(old) = cookie_hash(headers) {
        store::replace_session(door, &old).await?;
    }
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    store::open_session(door, account, &session::device(agent)).await
}

/// Hands the browser its token. The cookie has no life of its own: the server ends the session.
pub(super) fn with_session(mut response: Response, token: &str) -> Response {
    let (name, value) = cookie::set(cookie::SESSION, token, None);
    response.headers_mut().append(name, value);
    response
}

/// Something that happened to an account.
pub(super) fn happened(kind: &'static str, account: Uuid) -> Happened {
    Happened { kind, subject_kind: "account", subject: account, before: None, after: None, alters_facts: false }
}

/// A moment as people here read it: day and minute, UTC+8.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    let zone = FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| Utc.fix());
    at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
}
