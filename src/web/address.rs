//! Addresses: where a request came from, and where a redirect may lead.

use axum::http::HeaderMap;
use std::net::{IpAddr, SocketAddr};

/// The address of the client: the peer's, or what a trusted proxy says in `X-Forwarded-For` (the last entry, which the
/// proxy itself added). The one function that feeds logs and limits (security.md S25).
pub fn of(peer: Option<SocketAddr>, headers: &HeaderMap, trusted: &[IpAddr]) -> String {
    let Some(peer) = peer else { return "local".to_owned() };
    let forwarded = || {
        let line = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        line.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    };
    if trusted.contains(&peer.ip()) { forwarded().unwrap_or(peer.ip()).to_string() } else { peer.ip().to_string() }
}

/// A text as a query value.
pub fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The text of a query value.
pub fn decoded(text: &str) -> Option<String> {
    form_urlencoded::parse(format!("v={text}").as_bytes()).next().map(|(_, value)| value.into_owned())
}

/// One of our own paths, parsed and rebuilt; nothing else passes (security.md S24).
pub fn own_path(text: &str) -> Option<String> {
    let uri: axum::http::Uri = text.parse().ok()?;
    if uri.scheme().is_some() || uri.authority().is_some() || text.len() > 2000 || !text.is_ascii() {
        return None;
    }
    let path = uri.path();
    if !path.starts_with('/')
        || path.starts_with("//")
        || path.contains("..")
        || path.contains('\\')
        || path.contains("%5c")
        || path.contains("%5C")
        || path.to_ascii_lowercase().contains("/%2f")
    {
        return None;
    }
    Some(uri.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn s24_redirects_stay_with_us() {
        for good in ["/", "/engagements", "/e/HL/readiness?as_of=2026-11-20", "/e/HL/penalties/new?kept=0190"] {
            assert_eq!(own_path(good).as_deref(), Some(good));
        }
        for bad in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "\\\\evil",
            "javascript:alert(1)",
            "",
            "evil",
            "/../x",
            "/%2f/evil",
            "/%5cevil",
            "/\u{2215}evil",
            "http:/evil",
            " /x",
            "/x\r\nSet-Cookie: a=b",
        ] {
            assert_eq!(own_path(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn s25_forwarded_addresses_are_believed_only_from_known_proxies() {
        let peer: SocketAddr = ([10, 0, 0, 9], 1).into();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static("1.2.3.4, 5.6.7.8"));
        assert_eq!(of(Some(peer), &headers, &[]), "10.0.0.9");
        assert_eq!(of(Some(peer), &headers, &[peer.ip()]), "5.6.7.8");
        headers.insert("x-forwarded-for", HeaderValue::from_static("nonsense"));
        assert_eq!(of(Some(peer), &headers, &[peer.ip()]), "10.0.0.9");
    }
}
