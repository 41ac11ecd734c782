//! The web's ground: forms, tables, errors, cookies, addresses. It knows no word of the field.

pub mod address;
pub mod assets;
pub mod cookie;
pub mod error;
pub mod form;
pub mod origin;
pub mod posted;
pub mod table;

pub use error::{Error, Result};

use crate::app::App;
use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// Draws a page.
pub fn page(status: StatusCode, template: &impl Template) -> Result<Response> {
    let html = template.render().map_err(Error::internal)?;
    Ok((status, [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], html).into_response())
}

/// Ends a success: goes on to one of our own pages.
pub fn see_other(path: &str) -> Response {
    let to = HeaderValue::from_str(path).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// The same, with a line for the next page.
pub fn see_other_saying(path: &str, line: &str) -> Response {
    let mut response = see_other(path);
    let (name, value) = cookie::set(cookie::FLASH, &address::encoded(line), Some(60));
    response.headers_mut().append(name, value);
    response
}

/// The application state under its usual name in handlers.
pub type AppState = axum::extract::State<App>;
