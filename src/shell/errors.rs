//! Error pages: what happened, whether anything was saved, a number to quote, a way back.

use super::Frame;
use crate::{
    access::Visit,
    web::{Error, address, cookie, page, see_other},
    words::{Language, Say},
};
use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

#[derive(Template)]
#[template(path = "errors/error.html")]
struct ErrorPage {
    frame: Frame,
    heading: String,
    words: String,
    reference: Option<String>,
}

/// The page of an error for this visitor.
pub fn draw(visit: &Visit, error: &Error) -> Response {
    if let Error::SignIn(back) = error {
        let mut response = see_other(&format!("/sign-in?next={}", address::encoded(back)));
        let (name, value) = cookie::clear(cookie::FLASH);
        response.headers_mut().append(name, value);
        return response;
    }
    if let Error::Internal(cause) = error {
        log(cause.as_ref(), &visit.reference);
    }
    let (heading, words) = words(visit.say, error);
    let reference = matches!(error, Error::Internal(_) | Error::Busy).then(|| visit.reference.clone());
    let drawn = ErrorPage { frame: Frame::of(visit, heading.clone()), heading, words, reference };
    with_wait(page(error.status(), &drawn).unwrap_or_else(|_| bare(error)), error)
}

/// The page of an error when nothing is known of who reads it: both languages, no frame.
pub fn bare(error: &Error) -> Response {
    if let Error::Internal(cause) = error {
        log(cause.as_ref(), "-");
    }
    let (zh, en) = (words(Say { language: Language::Chinese }, error), words(Say { language: Language::English }, error));
    let html = format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>certgate</title><main><h1>{}</h1><p>{}</p><h1 lang=\"en\">{}</h1><p lang=\"en\">{}</p><p><a href=\"\">↻</a></p></main></html>",
        zh.0, zh.1, en.0, en.1
    );
    with_wait((error.status(), [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], html).into_response(), error)
}

fn with_wait(mut response: Response, error: &Error) -> Response {
    let seconds = match error {
        Error::TooMany(seconds) => *seconds,
        Error::Busy => 3,
        _ => return response,
    };
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

fn log(cause: &(dyn std::error::Error + Send + Sync), reference: &str) {
    let mut chain = cause.to_string();
    let mut next = cause.source();
    while let Some(error) = next {
        chain.push_str(": ");
        chain.push_str(&error.to_string());
        next = error.source();
    }
    tracing::error!(request = reference, chain, "unforeseen");
}

fn words(say: Say, error: &Error) -> (String, String) {
    let texts = |heading: &'static str, words: &str| (heading.to_owned(), words.to_owned());
    match error {
        Error::NotFound => texts(say.error_not_found(), say.error_not_found_words()),
        Error::Forbidden(roles) => {
            let who = roles.iter().map(|role| role.words(say)).collect::<Vec<_>>().join(say.list_comma());
            (say.error_forbidden().to_owned(), say.error_forbidden_words(who))
        }
        Error::Foreign => texts(say.error_foreign(), say.error_foreign_words()),
        Error::Refused(words) => texts(say.error_refused(), words),
        Error::Conflict(words) => texts(say.error_conflict(), words),
        Error::Malformed => texts(say.error_malformed(), say.error_malformed_words()),
        Error::TooLarge(limit) => (say.error_too_large().to_owned(), say.error_too_large_words(limit / (1024 * 1024))),
        Error::TooMany(seconds) => (say.error_too_many().to_owned(), say.error_too_many_words(seconds)),
        Error::Busy => texts(say.error_busy(), say.error_busy_words()),
        Error::SignIn(_) | Error::Internal(_) => texts(say.error_internal(), say.error_internal_words()),
    }
}
