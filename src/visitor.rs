//! A visitor of the portal within the process: it sends what a browser sends and keeps its cookies. The demonstration
//! company is built through it, by the same acts as people use, and the tests walk with it.

use crate::app::Statements;
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use std::collections::BTreeMap;
use tower::ServiceExt;

/// Somebody with a browser of their own.
#[derive(Clone, Debug)]
pub struct Visitor {
    router: Router,
    cookies: BTreeMap<String, String>,
    /// The `Accept-Language` it sends.
    pub language: &'static str,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body as text.
    pub text: String,
    /// Its body.
    pub bytes: bytes::Bytes,
    /// How many statements it took.
    pub statements: u32,
}

/// A file to send with a form.
#[derive(Clone, Debug)]
pub struct Enclosure<'a> {
    /// The field.
    pub field: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

impl Answer {
    /// Where it leads, if it is a redirect.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok())
    }

    /// The first piece of text between two marks.
    pub fn between<'a>(&'a self, before: &str, after: &str) -> Option<&'a str> {
        let (_, rest) = self.text.split_once(before)?;
        rest.split_once(after).map(|(found, _)| found)
    }

    /// The value of a hidden or filled input.
    pub fn value(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.text.split_once(&format!("name=\"{name}\" value=\""))?;
        rest.split_once('"').map(|(found, _)| found)
    }
}

impl Visitor {
    /// A new visitor without cookies.
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), language: "en" }
    }

    /// The cookies it holds, by name.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Plants a cookie.
    pub fn plant(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Opens a page, without following redirects.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).body(Body::empty())).await
    }

    /// Opens a page and follows up to five redirects.
    pub async fn open(&mut self, path: &str) -> Answer {
        let mut answer = self.get(path).await;
        for _ in 0..5 {
            let Some(to) = answer.location().map(str::to_owned) else { break };
            answer = self.get(&to).await;
        }
        answer
    }

    /// Posts a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.request(Method::POST, path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.header("sec-fetch-site", "same-origin").body(Body::from(body))).await
    }

    /// Posts a form with files.
    pub async fn post_with_files(&mut self, path: &str, fields: &[(&str, &str)], files: &[Enclosure<'_>]) -> Answer {
        const MARK: &str = "----certgate-visitor-7d1f";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend_from_slice(format!("--{MARK}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes());
        }
        for file in files {
            body.extend_from_slice(
                format!(
                    "--{MARK}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: application/octet-stream\r\n\r\n",
                    file.field, file.name
                )
                .as_bytes(),
            );
            body.extend_from_slice(file.bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{MARK}--\r\n").as_bytes());
        let request = self.request(Method::POST, path).header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={MARK}"));
        self.send(request.header("sec-fetch-site", "same-origin").body(Body::from(body))).await
    }

    /// A request with this visitor's cookies.
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "portal.test").header(header::ACCEPT_LANGUAGE, self.language);
        if !self.cookies.is_empty() {
            let line = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
            request = request.header(header::COOKIE, line);
        }
        request
    }

    /// Sends a request and keeps the cookies of the answer.
    pub async fn send(&mut self, request: Result<Request<Body>, axum::http::Error>) -> Answer {
        let empty = |status| Answer { status, headers: HeaderMap::new(), text: String::new(), bytes: bytes::Bytes::new(), statements: 0 };
        let Ok(request) = request else { return empty(StatusCode::BAD_REQUEST) };
        // The router's error type is uninhabited; its answer is always a response.
        let Ok(response) = self.router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            if let Some((name, value)) = line.split(';').next().and_then(|pair| pair.split_once('=')) {
                if value.is_empty() {
                    self.cookies.remove(name)
                } else {
                    self.cookies.insert(name.to_owned(), value.to_owned())
                };
            }
        }
        let Ok(collected) = body.collect().await else { return empty(StatusCode::INTERNAL_SERVER_ERROR) };
        let bytes = collected.to_bytes();
        let statements = parts.extensions.get::<Statements>().map_or(0, |count| count.0);
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned(), bytes, statements }
    }
}
