//! Reading what a form sends: fields decoded once, files up to their limit.

use super::{Error, Result, form::Posted};
use axum::{
    body::Body,
    extract::{FromRequest, Multipart, Request},
    http::{HeaderValue, header},
};
use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt, Limited};

/// The largest file that any field takes, in bytes.
pub const FILE_BYTES: usize = 20 * 1024 * 1024;
/// The most fields and files in one form.
const MOST_PARTS: usize = 5000;

/// A file as it was sent.
#[derive(Clone, Debug)]
pub struct SentFile {
    /// The field it came in.
    pub field: String,
    /// The name it bore, as data only.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
}

/// A form as it was sent.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// Its fields.
    pub posted: Posted,
    /// Its files; fields without a chosen file are left out.
    pub files: Vec<SentFile>,
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let limit = request.extensions().get::<BodyLimit>().map_or(0, |limit| limit.0);
        let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()).and_then(|text| text.parse::<usize>().ok());
        if announced.is_some_and(|length| length > limit) {
            return Err(Error::TooLarge(limit));
        }
        read(&kind, request.into_body(), limit, Some(FILE_BYTES)).await
    }
}

/// The body limit of the route, put into the request by the router.
#[derive(Clone, Copy, Debug)]
pub struct BodyLimit(pub usize);

/// Reads a body of `limit` bytes at most. Files are dropped where `file_limit` is none.
pub async fn read(kind: &str, body: Body, limit: usize, file_limit: Option<usize>) -> Result<Sent> {
    let plain_kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match plain_kind.as_str() {
        "application/x-www-form-urlencoded" => {
            let bytes = Limited::new(body, limit).collect().await.map_err(|error| too_large(&*error, limit))?.to_bytes();
            let pairs: Vec<(String, String)> = form_urlencoded::parse(&bytes).into_owned().take(MOST_PARTS + 1).collect();
            if pairs.len() > MOST_PARTS { Err(Error::Malformed) } else { Ok(Sent { posted: Posted(pairs), files: Vec::new() }) }
        }
        "multipart/form-data" => read_parts(kind, body, limit, file_limit).await,
        // A form without fields may come without a type.
        "" => {
            let bytes = Limited::new(body, limit).collect().await.map_err(|error| too_large(&*error, limit))?.to_bytes();
            if bytes.is_empty() { Ok(Sent::default()) } else { Err(Error::Malformed) }
        }
        _ => Err(Error::Malformed),
    }
}

async fn read_parts(kind: &str, body: Body, limit: usize, file_limit: Option<usize>) -> Result<Sent> {
    let mut request = Request::new(Body::new(Limited::new(body, limit)));
    request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_str(kind).map_err(|_| Error::Malformed)?);
    axum::extract::DefaultBodyLimit::disable().apply(&mut request);
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Error::Malformed)?;
    let mut sent = Sent::default();
    let mut count = 0_usize;
    while let Some(mut part) = parts.next_field().await.map_err(|error| multipart_error(&error, limit))? {
        count += 1;
        if count > MOST_PARTS {
            return Err(Error::Malformed);
        }
        let field = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let most = if file_name.is_some() { file_limit.unwrap_or(limit) } else { limit };
        let mut bytes = BytesMut::new();
        while let Some(chunk) = part.chunk().await.map_err(|error| multipart_error(&error, limit))? {
            if bytes.len() + chunk.len() > most {
                return Err(Error::TooLarge(most));
            }
            if file_name.is_none() || file_limit.is_some() {
                bytes.extend_from_slice(&chunk);
            }
        }
        match file_name {
            // A browser sends an empty part for a file field that was left alone.
            Some(name) if name.is_empty() && bytes.is_empty() => {}
            Some(name) if file_limit.is_some() => sent.files.push(SentFile { field, name, bytes: bytes.freeze() }),
            Some(_) => {}
            None => sent.posted.0.push((field, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok(sent)
}

fn too_large(error: &(dyn std::error::Error + Send + Sync + 'static), limit: usize) -> Error {
    if error.is::<http_body_util::LengthLimitError>() { Error::TooLarge(limit) } else { Error::Malformed }
}

fn multipart_error(error: &axum::extract::multipart::MultipartError, limit: usize) -> Error {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(one) = cause {
        if one.is::<http_body_util::LengthLimitError>() {
            return Error::TooLarge(limit);
        }
        cause = one.source();
    }
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { Error::TooLarge(limit) } else { Error::Malformed }
}
