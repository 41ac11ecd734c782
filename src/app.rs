//! What every request can reach, the router built from the route table, and the layers around it.

use crate::{
    access::{Need, Route, Visit, recognition},
    clock::{Chance, Clock},
    config::Config,
    database::{Database, STATEMENTS},
    shell,
    web::{Error, assets, origin, posted::BodyLimit},
};
use axum::{
    Extension, Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::MethodRouter,
};
use std::{collections::BTreeMap, sync::Arc, time::Instant};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

/// What every request can reach. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct App {
    /// The configuration.
    pub config: Arc<Config>,
    /// The database.
    pub database: Database,
    /// Time.
    pub clock: Clock,
    /// Chance.
    pub chance: Chance,
    /// The evidence store.
    pub files: crate::files::Store,
    /// The queue for password hashing.
    pub passwords: crate::people::Passwords,
}

/// Every route of the portal.
pub fn routes() -> Vec<Route> {
    [
        crate::people::routes(),
        crate::catalogue::pages::routes(),
        crate::engagements::routes(),
        crate::scope::routes(),
        crate::documents::routes(),
        crate::operation::routes(),
        crate::audits::routes(),
        crate::reviews::routes(),
        crate::eligibility::routes(),
        crate::readiness::routes(),
        crate::evidence::routes(),
        crate::history::routes(),
    ]
    .concat()
}

impl App {
    /// Whether a path may be posted to without a session.
    pub fn is_public(&self, path: &str) -> bool {
        routes().iter().any(|route| route.need == Need::Public && matches_path(route.path, path))
    }
}

/// Whether a path fits a pattern with `{…}` segments.
fn matches_path(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some(want), Some(got)) if want.starts_with('{') && !got.is_empty() || want == got => {}
            _ => return false,
        }
    }
}

/// The router: the route table, the static files, and the layers.
pub fn router(app: App) -> Router {
    router_beside(app, Router::new())
}

/// The same with further routes inside the layers; the benchmark measures a bare page beside the real ones.
pub fn router_beside(app: App, beside: Router<App>) -> Router {
    let mut by_path: BTreeMap<&'static str, MethodRouter<App>> = BTreeMap::new();
    for route in routes() {
        let handler = route.handler.layer(Extension(BodyLimit(route.body)));
        let merged = match by_path.remove(route.path) {
            Some(before) => before.merge(handler),
            None => handler,
        };
        by_path.insert(route.path, merged);
    }
    let mut router = beside;
    for (path, handler) in by_path {
        router = router.route(path, handler.fallback(no_such_method));
    }
    router
        .fallback(|| async { Error::NotFound })
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(origin::same_origin))
        .layer(middleware::from_fn(draw_errors))
        .layer(middleware::from_fn_with_state(app.clone(), recognition::recognise))
        .layer(middleware::from_fn_with_state(app.clone(), outermost))
        .layer(CompressionLayer::new())
        .with_state(app)
}

async fn no_such_method() -> Response {
    StatusCode::METHOD_NOT_ALLOWED.into_response()
}

#[expect(clippy::needless_pass_by_value, reason = "the layer's signature")]
fn panicked(cause: Box<dyn std::any::Any + Send>) -> Response {
    let words = cause.downcast_ref::<String>().cloned().or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default();
    Error::internal(std::io::Error::other(format!("panic: {words}"))).into_response()
}

/// Turns an error that a handler returned into a page, once it is known who reads it.
async fn draw_errors(request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Arc<Visit>>().cloned();
    let mut response = next.run(request).await;
    match (response.extensions_mut().remove::<Error>(), visit) {
        (Some(error), Some(visit)) => shell::errors::draw(&visit, &error),
        (None, Some(visit)) if response.status() == StatusCode::METHOD_NOT_ALLOWED => {
            let mut page = shell::errors::draw(&visit, &Error::NotFound);
            *page.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
            page
        }
        _ => response,
    }
}

/// Serves static files and the two probes, counts statements, sets the headers of every answer, writes the log line.
async fn outermost(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    if let Some(mut response) = probe(&app, &path).await {
        protect(response.headers_mut(), false);
        return response;
    }
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    let (mut response, statements) = STATEMENTS
        .scope(std::cell::Cell::new(0), async {
            let response = next.run(request).await;
            (response, STATEMENTS.try_with(std::cell::Cell::get).unwrap_or(0))
        })
        .await;
    if let Some(error) = response.extensions_mut().remove::<Error>() {
        // Drawn without a visit: recognition itself failed, most likely because the database is away.
        response = shell::errors::bare(&error);
    }
    protect(response.headers_mut(), true);
    let seen = response.extensions_mut().remove::<Logged>().unwrap_or_default();
    tracing::info!(
        method = %method,
        route,
        status = response.status().as_u16(),
        ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        statements,
        account = seen.account,
        engagement = seen.engagement,
        request = seen.reference,
        "answered"
    );
    response.extensions_mut().insert(Statements(statements));
    response
}

/// How many statements an answer took; for tests.
#[derive(Clone, Copy, Debug)]
pub struct Statements(pub u32);

/// Who and where, for the log line: identifiers only.
#[derive(Clone, Debug, Default)]
pub struct Logged {
    /// The account.
    pub account: String,
    /// The engagement's code.
    pub engagement: String,
    /// The request's reference number.
    pub reference: String,
}

async fn probe(app: &App, path: &str) -> Option<Response> {
    match path {
        "/healthz" => Some("ok\n".into_response()),
        "/readyz" => {
            let alive =
                tokio::time::timeout(std::time::Duration::from_millis(900), sqlx::query_scalar!("select 1 as \"one!\"").fetch_one(app.database.login())).await;
            Some(if matches!(alive, Ok(Ok(1))) {
                "ready\n".into_response()
            } else {
                (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
            })
        }
        _ if path.starts_with("/static/") => Some(assets::serve(path).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())),
        _ => None,
    }
}

/// The headers of every answer (security.md S21, S22, S57).
fn protect(headers: &mut HeaderMap, personal: bool) {
    let fixed = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
        ),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if personal {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
}
