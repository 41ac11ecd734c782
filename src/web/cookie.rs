//! Cookies: read from the header, written with every protection (security.md S20).

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// The session's cookie.
pub const SESSION: &str = "__Host-certgate";
/// The line that the next page shows once.
pub const FLASH: &str = "__Host-flash";
/// The language of somebody who is not signed in.
pub const LANGUAGE: &str = "__Host-language";

/// The value of a cookie; nothing when it comes twice.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(key, _)| *key == name)
        .map(|(_, value)| value);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// A header that sets a cookie. `seconds` is its life; none means until the browser closes. The value must be plain ASCII
/// without separators: tokens, percent-encoded text, language tags.
pub fn set(name: &str, value: &str, seconds: Option<u32>) -> (HeaderName, HeaderValue) {
    let age = seconds.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
    let line = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}");
    (header::SET_COOKIE, HeaderValue::from_str(&line).unwrap_or_else(|_| HeaderValue::from_static("")))
}

/// A header that removes a cookie.
pub fn clear(name: &str) -> (HeaderName, HeaderValue) {
    set(name, "", Some(0))
}
