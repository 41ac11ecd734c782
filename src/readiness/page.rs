//! The page of readiness: may we apply, and if not, when and what next (ux.md section 4)? And its exports.

use super::{
    engine::{self, Application, Verdict},
    facts::{self, Reading},
    gate_page,
    gates::{self, GateRow},
    labels::{Labels, Thing},
    next_steps::{self, Next, Viewer},
    progress::{self, Bar},
    reasons, store,
    what_if::{FIELDS, Unused, WhatIf},
};
use crate::{
    access::{Access, permissions::ViewEngagement},
    app::App,
    catalogue::catalogue,
    shell::Frame,
    web::{self, Error, Result, form::read_date, table::State as Drawn},
    words::{Language, Say},
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;

#[derive(Template)]
#[template(path = "readiness/readiness.html")]
struct ReadinessPage {
    frame: Frame,
    answer: String,
    tally: String,
    decides: String,
    sum: Option<String>,
    as_of: NaiveDate,
    /// What is wrong with the day asked for.
    as_of_wrong: Option<String>,
    /// Another day than today, in words.
    elsewhen: Option<String>,
    /// The verdict without the dates of the what-if.
    what_if_was: Option<String>,
    edition: String,
    edition_facts: Vec<String>,
    gates: Vec<GateRow>,
    next: Next,
    /// Whether buttons act: only today and without a what-if.
    acts: bool,
    gate_state: Drawn,
    gate_words: String,
    bars: Vec<Bar>,
    what_if_fields: Vec<(&'static str, &'static str, String)>,
    what_if_unused: Vec<String>,
    application: Option<ApplicationBlock>,
    base: String,
    /// The query of the exports.
    query: String,
    today: bool,
}

/// The verdict for the planned day of application.
struct ApplicationBlock {
    title: String,
    words: &'static str,
    is_met: bool,
    answer: String,
    gates: Vec<GateRow>,
    assumed: Vec<String>,
}

/// Which day a page is about.
struct Day {
    on: NaiveDate,
    wrong: Option<String>,
}

impl Day {
    /// The day asked for with `?as_of=`, else today.
    fn asked(may: &Access<ViewEngagement>) -> Self {
        let today = may.today();
        match may.asked("as_of").filter(|text| !text.trim().is_empty()) {
            None => Self { on: today, wrong: None },
            Some(text) => match read_date(&text) {
                Some(on) => Self { on, wrong: None },
                None => Self { on: today, wrong: Some(may.say.ready_as_of_bad(text.chars().take(40).collect::<String>())) },
            },
        }
    }
}

/// `GET /e/{code}/readiness`
pub(super) async fn readiness(may: Access<ViewEngagement>, State(app): State<App>) -> Result<Response> {
    let day = Day::asked(&may);
    let (asked, unused) = WhatIf::asked(|name| may.asked(name), day.on);
    let mut snapshot = may.snapshot(&app).await?;
    let gathered = store::gathered(&mut snapshot, day.on, asked.is_any()).await?.ok_or(Error::NotFound)?;
    drop(snapshot);
    let mut reading = gathered.read()?;
    let was = asked.is_any().then(|| {
        let verdict = engine::assess(&reading.facts);
        may.say.ready_what_if_was(reasons::answer(may.say, &verdict.overall, &verdict.conditions))
    });
    asked.apply(&mut reading.facts);
    let kept = reading.kept.take();
    let verdict = kept.unwrap_or_else(|| engine::assess(&reading.facts));
    let page = drawn(&may, day, &asked, &unused, was, &reading, &verdict);
    web::page(StatusCode::OK, &page)
}

fn drawn(
    may: &Access<ViewEngagement>,
    day: Day,
    asked: &WhatIf,
    unused: &[Unused],
    was: Option<String>,
    reading: &Reading<'_>,
    verdict: &Verdict<'_>,
) -> ReadinessPage {
    let say = may.say;
    let zh = say.language == Language::Chinese;
    let facts = &reading.facts;
    let today = may.today();
    let labels = Labels::new(facts, &reading.names, say, may.path(""));
    let seen = may.engagement();
    let acts = day.on == today && !asked.is_any();
    let next = next_steps::next(facts, verdict, &Viewer { labels: &labels, gate: &reading.gate, roles: &seen.roles });
    let stage = reading.gate.stage(verdict.overall.status, today);
    let met = gates::met(&verdict.conditions);
    let query = if day.on == today { String::new() } else { format!("?as_of={}", day.on) };
    ReadinessPage {
        frame: Frame::of(may, say.nav_readiness()).wrong(day.wrong.is_some()),
        answer: reasons::answer(say, &verdict.overall, &verdict.conditions),
        tally: say.ready_tally(met, verdict.conditions.len() - met),
        decides: reasons::decides(say, &verdict.overall, &verdict.conditions),
        sum: reasons::sum(say, &verdict.overall, &verdict.conditions),
        as_of: day.on,
        as_of_wrong: day.wrong,
        elsewhen: match day.on.cmp(&today) {
            std::cmp::Ordering::Less => Some(say.ready_past(day.on)),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(say.ready_future(day.on)),
        },
        what_if_was: was,
        edition: say.ready_edition(facts.edition.word()),
        edition_facts: catalogue()
            .facts()
            .iter()
            .map(|fact| if fact.verified { fact.text.of(zh).to_owned() } else { format!("{}{}", fact.text.of(zh), say.ready_not_verified()) })
            .collect(),
        gates: gates::gates(facts, reading.counts, &verdict.overall, &verdict.conditions, &labels),
        next,
        acts,
        gate_state: gate_page::state(say, stage),
        gate_words: gate_page::words(say, &reading.gate, stage, today),
        bars: progress::bars(facts, reading.counts, &verdict.conditions, say),
        what_if_fields: FIELDS.iter().map(|name| (*name, what_if_label(say, name), asked.value(name))).collect(),
        what_if_unused: unused
            .iter()
            .map(|one| match one {
                Unused::NoDate(text) => say.ready_what_if_bad(text),
                Unused::Past(name) => say.ready_what_if_past(what_if_label(say, name), day.on),
            })
            .collect(),
        application: verdict.application.as_ref().map(|application| application_block(reading, application, &labels)),
        base: may.path(""),
        query,
        today: day.on == today,
    }
}

fn what_if_label(say: Say, name: &str) -> &'static str {
    match name {
        "review" => say.ready_what_if_review(),
        "verified" => say.ready_what_if_verified(),
        "start" => say.ready_what_if_start(),
        _ => say.ready_what_if_application(),
    }
}

fn application_block(reading: &Reading<'_>, application: &Application<'_>, labels: &Labels<'_>) -> ApplicationBlock {
    let say = labels.say;
    let is_met = application.overall.status == engine::Status::Met;
    let (documents, named): (Vec<_>, Vec<_>) = application.assumed.iter().partition(|id| matches!(labels.thing(id), Some(Thing::Document(_)) | None));
    let mut assumed: Vec<String> = named.iter().map(|id| labels.label(id)).collect();
    if !documents.is_empty() {
        assumed.push(say.ready_assumed_more(documents.len()));
    }
    ApplicationBlock {
        title: say.ready_application(application.on),
        words: if is_met { say.ready_application_met() } else { say.ready_application_open() },
        is_met,
        answer: reasons::answer(say, &application.overall, &application.conditions),
        gates: gates::gates(&reading.facts, reading.counts, &application.overall, &application.conditions, labels),
        assumed,
    }
}

/// `GET /e/{code}/readiness/facts.json`
pub(super) async fn facts_file(may: Access<ViewEngagement>, State(app): State<App>) -> Result<Response> {
    let day = export_day(&may)?;
    let mut snapshot = may.snapshot(&app).await?;
    let gathered = store::gathered(&mut snapshot, day, true).await?.ok_or(Error::NotFound)?;
    drop(snapshot);
    let text = facts::canonical(&gathered.read()?.facts).map_err(Error::internal)?;
    Ok(attachment(&may, "facts", day, text))
}

/// `GET /e/{code}/readiness/verdict.json`
pub(super) async fn verdict_file(may: Access<ViewEngagement>, State(app): State<App>) -> Result<Response> {
    let day = export_day(&may)?;
    let mut snapshot = may.snapshot(&app).await?;
    let gathered = store::gathered(&mut snapshot, day, true).await?.ok_or(Error::NotFound)?;
    drop(snapshot);
    let reading = gathered.read()?;
    let text = serde_json::to_string(&engine::assess(&reading.facts)).map_err(Error::internal)?;
    Ok(attachment(&may, "verdict", day, text))
}

/// The day of an export; a file about another day than asked for would mislead.
fn export_day(may: &Access<ViewEngagement>) -> Result<NaiveDate> {
    let day = Day::asked(may);
    day.wrong.map_or(Ok(day.on), |words| Err(Error::Refused(words)))
}

fn attachment(may: &Access<ViewEngagement>, what: &str, day: NaiveDate, text: String) -> Response {
    let name = format!("attachment; filename=\"{}-{what}-{day}.json\"", may.engagement().code);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).unwrap_or_else(|_| HeaderValue::from_static("attachment"))),
    ];
    (headers, text).into_response()
}
