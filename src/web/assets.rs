//! The few static files: one stylesheet, one script, one sprite; addressed by content, so that they never grow stale.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// A static file.
#[derive(Debug)]
pub struct Asset {
    /// Its address, with the start of its hash.
    pub path: String,
    kind: &'static str,
    body: &'static str,
}

macro_rules! asset {
    ($name:literal, $kind:literal) => {
        LazyLock::new(|| {
            let body = include_str!(concat!("../../static/", $name));
            let hash = hex::encode(Sha256::digest(body.as_bytes()));
            Asset { path: format!("/static/{}/{}", hash.get(..16).unwrap_or_default(), $name), kind: $kind, body }
        })
    };
}

/// The stylesheet.
pub static CSS: LazyLock<Asset> = asset!("app.css", "text/css; charset=utf-8");
/// The script; everything works without it.
pub static JS: LazyLock<Asset> = asset!("app.js", "text/javascript; charset=utf-8");
/// The icons.
pub static ICONS: LazyLock<Asset> = asset!("icons.svg", "image/svg+xml; charset=utf-8");

/// Answers for a static file, which the browser may keep for ever.
pub fn serve(path: &str) -> Option<Response> {
    let asset = [&*CSS, &*JS, &*ICONS].into_iter().find(|asset| asset.path == path)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    Some((StatusCode::OK, headers, asset.body).into_response())
}
