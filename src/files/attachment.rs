//! How a file leaves: as an attachment under its own name, never as a page (security.md S19, S31).

use super::MediaType;
use axum::http::{HeaderMap, HeaderValue, header};
use std::fmt::Write;

/// The headers under which a file is sent.
pub fn headers(name: &str, media: MediaType) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
    headers.insert(header::CONTENT_DISPOSITION, disposition(name));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    headers
}

/// `Content-Disposition` for a download of this name: plain ASCII for old readers, the true name as RFC 8187 wants it.
pub fn disposition(name: &str) -> HeaderValue {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ' | '(' | ')') { c } else { '_' }).collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")).unwrap_or_else(|_| HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s31_names_survive_the_header() {
        for name in ["营业执照.pdf", "a\r\nSet-Cookie: x=y.pdf", "quote\".pdf", "\u{202e}fdp.exe.pdf", "semi;colon'.pdf", "50%.csv", &"长".repeat(255)] {
            let header = disposition(name);
            let text = header.to_str().unwrap();
            assert!(text.starts_with("attachment; filename=\""), "{text}");
            let (_, encoded) = text.split_once("filename*=UTF-8''").unwrap();
            let back = crate::web::address::decoded(&encoded.replace('+', "%2B")).unwrap();
            assert_eq!(back, name);
            assert_eq!(text.matches('"').count(), 2, "{text}");
        }
    }
}
