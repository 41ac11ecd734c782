//! The activity log, on the screen and as a sheet.

use super::{
    filter::{Cursor, Filter, read_cursor, write_cursor},
    sheet,
    store::{self, Sealed},
    words::spec,
};
use crate::{
    access::{Access, Visit, permissions::ViewHistory},
    app::App,
    files::{MediaType, attachment},
    history_lines::{self, HistoryLine, links, pattern, words},
    import::to_csv,
    shell::Frame,
    trail,
    web::{Result, form::Choice, page},
    words::Say,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use std::collections::BTreeMap;

/// Lines on one page.
const ON_PAGE: i64 = 50;
/// Lines read at once for the sheet.
const AT_ONCE: i64 = 1000;
/// Kinds of events that an act writes besides its own.
const WITHOUT_ROUTE: [&str; 2] = ["person_invited", "readiness_suspended"];
/// The most lines of a sheet.
const MOST: usize = 20_000;

#[derive(Template)]
#[template(path = "history/log.html")]
struct LogPage {
    frame: Frame,
    base: String,
    filter: Filter,
    kinds: Vec<Choice>,
    subjects: Vec<Choice>,
    lines: Vec<Shown>,
    sealed: Option<Seal>,
    export: String,
    newest: Option<String>,
    older: Option<String>,
}

/// A line of the log with the page of its subject.
struct Shown {
    line: HistoryLine,
    subject: String,
    href: Option<String>,
}

/// The seal of the log, in words.
struct Seal {
    size: i64,
    at: String,
    root: String,
}

impl From<Sealed> for Seal {
    fn from(sealed: Sealed) -> Self {
        let root = hex::encode(sealed.root_hash);
        Self { size: sealed.tree_size, at: history_lines::local(sealed.signed_at), root: root.get(..16).unwrap_or_default().to_owned() }
    }
}

/// The log, newest first.
pub(super) async fn log(may: Access<ViewHistory>, State(app): State<App>) -> Result<Response> {
    let say = may.say;
    let filter = Filter::asked(|name| may.asked(name));
    let before = may.asked("before").and_then(|text| read_cursor(&text));
    let mut snapshot = may.snapshot(&app).await?;
    let mut events = store::page(&mut snapshot, &filter, &pattern(&filter.person), before, ON_PAGE + 1).await?;
    let has_more = i64::try_from(events.len()).is_ok_and(|count| count > ON_PAGE);
    events.truncate(usize::try_from(ON_PAGE).unwrap_or_default());
    let lines = history_lines::told(&mut snapshot, say, &events, spec).await?;
    drop(snapshot);
    let sealed = store::sealed(&app.database).await?.map(Seal::from);
    let base = may.path("/history");
    let same = address(&base, &filter, None);
    let older = events.last().filter(|_| has_more).map(|last| address(&base, &filter, Some((last.at, last.id))));
    let lines = lines.into_iter().zip(&events).map(|(line, event)| shown(&may, line, event)).collect();
    let export = address(&may.path("/history.csv"), &filter, None);
    let (kinds, subjects) = (kinds(say), subjects(say));
    page(
        StatusCode::OK,
        &LogPage { frame: Frame::of(&may, say.nav_history()), newest: before.map(|_| same), base, filter, kinds, subjects, lines, sealed, export, older },
    )
}

fn shown(visit: &Visit, line: HistoryLine, event: &trail::store::HistoryLine) -> Shown {
    let subject = words::of_subject(visit.say, &event.subject_kind).map_or_else(|| event.subject_kind.clone(), str::to_owned);
    Shown { line, subject, href: links::of_subject(visit, &event.subject_kind, event.subject_id) }
}

fn address(base: &str, filter: &Filter, before: Option<Cursor>) -> String {
    let query = [filter.query(), before.map_or_else(String::new, |cursor| format!("before={}", write_cursor(cursor)))];
    let query = query.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
    if query.is_empty() { base.to_owned() } else { format!("{base}?{query}") }
}

/// Every kind of event that the acts of an engagement write, in words.
fn kinds(say: Say) -> Vec<Choice> {
    let kinds: BTreeMap<&str, String> = crate::app::routes()
        .into_iter()
        .filter(|route| route.path.starts_with("/e/") || route.path == "/engagements/new")
        .filter_map(|route| route.event)
        .chain(WITHOUT_ROUTE)
        .map(|kind| (kind, words::of_kind(say, kind)))
        .collect();
    let mut choices: Vec<Choice> = kinds.into_iter().map(|(kind, words)| Choice { value: kind.to_owned(), words }).collect();
    choices.sort_by(|a, b| a.words.cmp(&b.words));
    choices
}

fn subjects(say: Say) -> Vec<Choice> {
    words::SUBJECTS
        .into_iter()
        .filter_map(|subject| words::of_subject(say, subject).map(|words| Choice { value: subject.to_owned(), words: words.to_owned() }))
        .collect()
}

/// The filtered log as a sheet, newest first, at most 20 000 lines; then the last line says so.
pub(super) async fn export(may: Access<ViewHistory>, State(app): State<App>) -> Result<Response> {
    let say = may.say;
    let filter = Filter::asked(|name| may.asked(name));
    let mut rows = vec![sheet::heads(say)];
    let mut before = None;
    let mut snapshot = may.snapshot(&app).await?;
    loop {
        let events = store::page(&mut snapshot, &filter, &pattern(&filter.person), before, AT_ONCE).await?;
        let lines = history_lines::told(&mut snapshot, say, &events, spec).await?;
        rows.extend(lines.iter().zip(&events).map(|(line, event)| sheet::row(say, line, &event.kind, event.subject_id)));
        before = events.last().map(|last| (last.at, last.id));
        if i64::try_from(events.len()).is_ok_and(|count| count < AT_ONCE) {
            break;
        }
        if rows.len() > MOST {
            rows.push(vec![say.history_cut(MOST)]);
            break;
        }
    }
    drop(snapshot);
    let name = format!("{}-{}-{}.csv", may.engagement().code, say.history_file(), may.today());
    Ok((attachment::headers(&name, MediaType::Csv), to_csv(&rows)).into_response())
}
