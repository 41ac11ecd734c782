//! The layer that refuses foreign writes (security.md S23): no tokens to forget or to leak.

use super::{Error, cookie};
use axum::{
    extract::Request,
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Lets reads pass, and writes that our own pages send.
pub async fn same_origin(request: Request, next: Next) -> Response {
    if is_read(request.method()) || is_ours(request.headers()) { next.run(request).await } else { Error::Foreign.into_response() }
}

fn is_read(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value: &axum::http::HeaderValue| value.to_str().unwrap_or("?"));
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    match text(header::ORIGIN) {
        Some(origin) => {
            let host = text(header::HOST).unwrap_or("");
            !host.is_empty() && origin.split_once("://").is_some_and(|(scheme, rest)| matches!(scheme, "http" | "https") && rest == host)
        }
        // Programs without a session may post; a browser that sends neither header cannot be told from a foreign page.
        None => cookie::read(headers, cookie::SESSION).is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (header::HeaderName::from_static(name), axum::http::HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn s23_foreign_writes_are_told_from_ours() {
        assert!(is_ours(&headers(&[("sec-fetch-site", "same-origin")])));
        for site in ["cross-site", "same-site", "none"] {
            assert!(!is_ours(&headers(&[("sec-fetch-site", site), ("origin", "http://a"), ("host", "a")])), "{site}");
        }
        assert!(is_ours(&headers(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")])));
        assert!(!is_ours(&headers(&[("origin", "http://evil.example"), ("host", "127.0.0.1:8080")])));
        assert!(!is_ours(&headers(&[("origin", "null"), ("host", "127.0.0.1:8080")])));
        assert!(!is_ours(&headers(&[("cookie", "__Host-certgate=x")])));
        assert!(is_ours(&headers(&[])));
    }
}
