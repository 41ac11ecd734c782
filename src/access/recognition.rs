//! The layer that finds out who asks, before any handler runs.

use super::{Account, Role, Seen, Visit, store, visit::Standing};
use crate::{
    app::{App, Logged},
    clock::civil_day,
    database::Database,
    ids::{AccountId, ConsultancyId, EngagementId, PersonId},
    web::{
        Error, address, cookie,
        form::Posted,
        posted::{self, Sent},
    },
    words::{Language, Say},
};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use std::{net::SocketAddr, sync::Arc};
use uuid::Uuid;

/// The hash under which a session's token is kept (S40).
pub fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Recognises the visitor and passes the request on with the [`Visit`] in it.
pub async fn recognise(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let now = app.clock.now();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    let mut visit = anonymous(request.headers(), now, request.uri().path(), request.uri().query().unwrap_or_default());
    visit.from = address::of(peer, request.headers(), &app.config.trusted_proxies);
    visit.reference = reference(&app);
    let token = cookie::read(request.headers(), cookie::SESSION).filter(|token| token.len() == 64).map(token_hash);
    if let Some(hash) = token
        && let Err(error) = sign(&app.database, &mut visit, &hash).await
    {
        request.extensions_mut().insert(Arc::new(visit));
        return error.into_response();
    }
    if let (None, Some(hash), &Method::POST) = (&visit.account, token, request.method())
        && let Some(answer) = keep(&app, &visit, &hash, &mut request).await
    {
        return answer;
    }
    let shown = visit.flash.is_some() && request.method() == Method::GET;
    let logged = Logged {
        account: visit.account.as_ref().map(|account| account.id.to_string()).unwrap_or_default(),
        engagement: visit.engagement.as_ref().map(|seen| seen.code.clone()).unwrap_or_default(),
        reference: visit.reference.clone(),
    };
    let renewed = Arc::clone(&visit.renewed);
    request.extensions_mut().insert(Arc::new(visit));
    let mut response = next.run(request).await;
    // A handler that began another session has set its cookie already.
    let begins = |line: &HeaderValue| line.as_bytes().starts_with(cookie::SESSION.as_bytes());
    if let Some(token) = renewed.get()
        && !response.headers().get_all(header::SET_COOKIE).iter().any(begins)
    {
        let (name, value) = cookie::set(cookie::SESSION, token, None);
        response.headers_mut().append(name, value);
    }
    response.extensions_mut().insert(logged);
    // The line is shown once, on the page that the act led to; a redirect passes it on.
    if shown && response.status().is_success() {
        let (name, value) = cookie::clear(cookie::FLASH);
        response.headers_mut().append(name, value);
    }
    response
}

/// What a request shows of itself.
fn anonymous(headers: &HeaderMap, now: DateTime<Utc>, path: &str, query: &str) -> Visit {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let language =
        cookie::read(headers, cookie::LANGUAGE).and_then(Language::from_tag).unwrap_or_else(|| Language::from_accept_language(text(header::ACCEPT_LANGUAGE)));
    let flash = cookie::read(headers, cookie::FLASH).filter(|text| text.len() < 2000).and_then(address::decoded).filter(|text| !text.is_empty());
    Visit {
        say: Say { language },
        now,
        path: path.to_owned(),
        query: query.to_owned(),
        flash,
        account: None,
        engagement: None,
        kept: None,
        reference: String::new(),
        from: String::new(),
        renewed: Arc::default(),
    }
}

/// A short number that people can read out: eight letters and digits.
fn reference(app: &App) -> String {
    hex::encode_upper(app.chance.bytes::<4>())
}

async fn sign(database: &Database, visit: &mut Visit, hash: &[u8; 32]) -> Result<(), Error> {
    let code = visit.path.strip_prefix("/e/").map(|rest| rest.split('/').next().unwrap_or_default().to_owned());
    let Some(found) = store::recognise(database, hash, code.as_deref(), visit.now, civil_day(visit.now)).await? else {
        return Ok(());
    };
    if visit.now - found.last_seen_at > TimeDelta::minutes(1) {
        store::touch(database, found.session_id, visit.now).await?;
    }
    if let Some(language) = Language::from_tag(&found.language) {
        visit.say = Say { language };
    }
    let roles: Vec<Role> = found.roles.iter().filter_map(|key| Role::from_key(key)).collect();
    visit.engagement = match (found.engagement_id, found.code, found.person_id) {
        (Some(id), Some(code), Some(person)) if !roles.is_empty() => Some(Seen {
            id: EngagementId(id),
            code,
            colour: found.colour.unwrap_or(1),
            name: found.legal_name.unwrap_or_default(),
            edition: found.edition.unwrap_or_default(),
            person: PersonId(person),
            roles,
            until: found.access_until,
            standing: found.standing_as_of.map(|as_of| Standing {
                as_of,
                overall: found.overall.unwrap_or_default(),
                statuses: found.statuses.unwrap_or_default(),
                gate: found.gate.unwrap_or_default(),
                next_on: found.next_gate_on,
            }),
        }),
        _ => None,
    };
    let account = AccountId(found.account_id);
    if let Some(kept) = visit.asked("kept").and_then(|id| Uuid::parse_str(&id).ok())
        && let Some(fields) = store::kept_form(database, kept, account.0, &visit.path, visit.now).await?
    {
        visit.kept = serde_json::from_value(fields).ok().map(Posted);
    }
    visit.account = Some(Account {
        id: account,
        session: found.session_id,
        proved_at: found.proved_at,
        name: found.name,
        email: found.email,
        theme: found.theme,
        shortcuts: found.shortcuts,
        is_administrator: found.is_administrator,
        consultancy: found.consultancy_id.map(ConsultancyId),
    });
    Ok(())
}

/// A form sent after the session ended: what was typed is kept for its person, who signs in and finds it again.
async fn keep(app: &App, visit: &Visit, hash: &[u8; 32], request: &mut Request) -> Option<Response> {
    if app.is_public(&visit.path) {
        return None;
    }
    let account = store::former(&app.database, hash, visit.now).await.ok().flatten()?;
    let body = std::mem::take(request.body_mut());
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let Sent { posted, .. } = posted::read(&kind, body, super::route::FORM_BYTES, None).await.ok()?;
    let fields: Vec<&(String, String)> = posted.0.iter().filter(|(name, _)| !name.contains("password")).collect();
    let id = app.chance.id(visit.now);
    let fields = serde_json::to_value(fields).ok()?;
    store::keep_form(&app.database, id, account, &visit.path, &fields, visit.now).await.ok()?;
    let back = format!("{}?kept={id}", visit.path);
    let to = format!("/sign-in?expired=1&next={}", address::encoded(&back));
    Some((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}
