//! The register of files, the page of a file, and the file itself.

use super::{EvidenceLine, forms::UPLOAD, number, store};
use crate::{
    access::{
        Access, At, Permission,
        permissions::{UploadEvidence, ViewEngagement},
    },
    app::App,
    files::{Digest, MediaType, StoreError, attachment},
    history_lines::{self, HistoryLine, links, pattern, words},
    ids::RecordId,
    shell::Frame,
    web::{Error, Result, address::encoded, form::Filled, page},
    words::Say,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use bytes::Bytes;

/// Entries on one page of the list.
const ON_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "evidence/list.html")]
struct ListPage {
    frame: Frame,
    base: String,
    may_upload: bool,
    search: String,
    lines: Vec<EvidenceLine>,
    newest: Option<String>,
    older: Option<String>,
}

#[derive(Template)]
#[template(path = "evidence/new.html")]
struct FormPage {
    frame: Frame,
    form: Filled,
    base: String,
}

#[derive(Template)]
#[template(path = "evidence/one.html")]
struct OnePage {
    frame: Frame,
    base: String,
    line: EvidenceLine,
    uses: Vec<Used>,
    history: Vec<HistoryLine>,
}

#[derive(Template)]
#[template(path = "evidence/altered.html")]
struct AlteredPage {
    frame: Frame,
    base: String,
    line: EvidenceLine,
    /// The hash of what lies there now; none when nothing does.
    now: Option<String>,
    reference: String,
}

/// A record that uses the file.
struct Used {
    record: String,
    place: &'static str,
    href: Option<String>,
    withdrawn: bool,
}

/// The list, newest first, filtered by a text of name, note or number.
pub(super) async fn list(may: Access<ViewEngagement>, State(app): State<App>) -> Result<Response> {
    let search: String = may.asked("q").unwrap_or_default().trim().chars().filter(|c| !c.is_control()).take(100).collect();
    let below = may.asked("below").and_then(|text| text.parse::<i32>().ok());
    let mut snapshot = may.snapshot(&app).await?;
    let limit = i64::try_from(ON_PAGE + 1).unwrap_or(i64::MAX);
    let mut rows = store::page(&mut snapshot, &pattern(&search), below, limit).await?;
    drop(snapshot);
    let has_more = rows.len() > ON_PAGE;
    rows.truncate(ON_PAGE);
    let base = may.path("/evidence");
    let same = format!("{base}?q={}", encoded(&search));
    let older = rows.last().filter(|_| has_more).map(|last| format!("{same}&below={}", last.number));
    let newest = below.map(|_| same);
    let lines = rows.into_iter().map(Into::into).collect();
    let may_upload = may.may(Permission::UploadEvidence);
    page(StatusCode::OK, &ListPage { frame: Frame::of(&may, may.say.nav_evidence()), base, may_upload, search, lines, newest, older })
}

/// The form of an upload.
pub(super) async fn new(may: Access<UploadEvidence>) -> Result<Response> {
    let form = may.form(&UPLOAD);
    draw_form(&may, form, StatusCode::OK)
}

pub(super) fn draw_form(may: &Access<UploadEvidence>, form: Filled, status: StatusCode) -> Result<Response> {
    let frame = Frame::of(may, may.say.evidence_upload()).wrong(form.is_refused());
    page(status, &FormPage { frame, form, base: may.path("/evidence") })
}

/// The page of a file: what it is, where it is used, what happened to it.
pub(super) async fn one(may: Access<ViewEngagement>, At(id): At<RecordId>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let row = store::of(&mut snapshot, &[id.0]).await?.pop().ok_or(Error::NotFound)?;
    let uses = store::uses(&mut snapshot, id.0).await?;
    let history = history_lines::of_subject(&mut snapshot, may.say, "evidence", id.0, None).await?;
    drop(snapshot);
    let say = may.say;
    let uses = uses
        .into_iter()
        .map(|one| Used {
            record: [words::of_subject(say, &one.subject_kind).unwrap_or_default(), &one.title].join(" ").trim().to_owned(),
            place: place(say, &one.place),
            href: links::of_subject(&may, &one.subject_kind, one.id),
            withdrawn: one.withdrawn,
        })
        .collect();
    let frame = Frame::of(&may, format!("{} {}", say.nav_evidence(), number(row.number)));
    page(StatusCode::OK, &OnePage { frame, base: may.path("/evidence"), line: row.into(), uses, history })
}

/// What a file is for the record that uses it.
fn place(say: Say, column: &str) -> &'static str {
    match column {
        "translation_file_id" => say.evidence_place_translation(),
        "status_file_id" => say.evidence_place_status(),
        "plan_file_id" => say.evidence_place_plan(),
        "checklist_file_id" => say.evidence_place_checklist(),
        "report_file_id" => say.evidence_place_report(),
        "follow_up_file_id" => say.evidence_place_follow_up(),
        "agenda_file_id" => say.evidence_place_agenda(),
        "minutes_file_id" => say.evidence_place_minutes(),
        _ => say.evidence_place_file(),
    }
}

/// The file, as an attachment, if its bytes still have the hash of the register (security.md S19).
pub(super) async fn file(may: Access<ViewEngagement>, At(id): At<RecordId>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let row = store::of(&mut snapshot, &[id.0]).await?.pop().ok_or(Error::NotFound)?;
    drop(snapshot);
    let digest = Digest::from_slice(&row.sha256).ok_or(Error::NotFound)?;
    let turn = app.files.turn().await?;
    let (bytes, now) = match app.files.get(digest).await {
        Ok(bytes) => hashed(bytes).await?,
        Err(StoreError::Missing(_)) => (Bytes::new(), None),
        Err(error) => return Err(error.into()),
    };
    drop(turn);
    if now == Some(digest) {
        let media = MediaType::from_name(&row.media_type).ok_or(Error::NotFound)?;
        return Ok((attachment::headers(&row.file_name, media), bytes).into_response());
    }
    let now = now.map(|now| now.to_string());
    tracing::error!(evidence = %id, registered = %digest, found = now.as_deref().unwrap_or("nothing"), request = may.reference, "a file of the evidence store is not what was registered");
    let frame = Frame::of(&may, may.say.evidence_altered());
    page(StatusCode::CONFLICT, &AlteredPage { frame, base: may.path("/evidence"), line: row.into(), now, reference: may.reference.clone() })
}

async fn hashed(bytes: Bytes) -> Result<(Bytes, Option<Digest>)> {
    let digest = tokio::task::spawn_blocking({
        let bytes = bytes.clone();
        move || Digest::of(&bytes)
    })
    .await
    .map_err(Error::internal)?;
    Ok((bytes, Some(digest)))
}
