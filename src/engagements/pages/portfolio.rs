//! Which client needs me today, and the form that opens an engagement.

use crate::{
    access::{
        Allows, ConsultancyStaff, Role, SignedIn,
        permissions::{ViewEngagement, allowed},
    },
    app::App,
    engagements::{
        attention::{self, Stage, Summary, Urgency},
        code::plain,
        forms::OPENING,
        store::{in_language, portfolio},
    },
    shell::Frame,
    web::{
        Result,
        form::{Choice, Filled},
        page,
        table::State as Shown,
    },
    words::Say,
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

/// One row of the list, ready to print.
struct Row {
    code: String,
    colour: i16,
    client: String,
    legal_name: String,
    stage: &'static str,
    state: Option<Shown>,
    day: Option<String>,
    is_planned: bool,
    next_on: Option<String>,
    roles: String,
}

#[derive(Template)]
#[template(path = "engagements/list.html")]
struct List {
    frame: Frame,
    rows: Vec<Row>,
    total: usize,
    text: String,
    state: String,
    states: Vec<Choice>,
    may_open: bool,
}

/// GET `/engagements`: the engagements of the account, those that need attention first.
pub async fn list(may: SignedIn, State(app): State<App>) -> Result<Response> {
    let mut lines = portfolio::of_account(&app.database, may.account().id.0, may.today()).await?;
    let (text, state) = (may.asked("q").unwrap_or_default(), may.asked("state").unwrap_or_default());
    let total = lines.len();
    let say = may.say;
    let summaries = |line: &portfolio::Line| summary(line);
    lines.retain(|line| contains(line, &text) && (state.is_empty() || sees_content(line) && attention::urgency(&summary(line)).key() == state));
    lines.sort_by(|a, b| attention::order(&summaries(a), &a.code).cmp(&attention::order(&summaries(b), &b.code)));
    let rows = lines.iter().map(|line| row(say, line)).collect();
    let states = Urgency::ALL.iter().map(|urgency| Choice { value: urgency.key().to_owned(), words: words(say, *urgency).to_owned() }).collect();
    let may_open = may.account().consultancy.is_some();
    page(StatusCode::OK, &List { frame: Frame::of(&may, say.engagements_title()), rows, total, text, state, states, may_open })
}

/// Who only looks after access, or only signs, sees no state.
fn sees_content(line: &portfolio::Line) -> bool {
    allowed(&line.roles.iter().filter_map(|role| Role::from_key(role)).collect::<Vec<_>>(), ViewEngagement::PERMISSION)
}

fn summary(line: &portfolio::Line) -> Summary {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    if !sees_content(line) {
        return Summary::default();
    }
    Summary {
        overall: text(&line.overall),
        gate: text(&line.gate),
        eligible_from: line.eligible_from,
        operation: text(&line.operation),
        audit_and_review: text(&line.audit_and_review),
    }
}

/// Whether a row has the text somewhere, widths and letter case alike.
fn contains(line: &portfolio::Line, text: &str) -> bool {
    let folded = |text: &str| text.trim().chars().map(plain).collect::<String>().to_lowercase();
    let wanted = folded(text);
    [&line.code, &line.legal_name, &line.client_zh, &line.client_en].into_iter().any(|value| folded(value).contains(&wanted))
}

fn words(say: Say, urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Suspended => say.engagements_suspended(),
        Urgency::NotMet => say.engagements_not_met(),
        Urgency::Unknown => say.engagements_unknown(),
        Urgency::NotYet => say.engagements_not_yet(),
        Urgency::Met => say.engagements_met(),
        Urgency::Declared => say.engagements_declared(),
    }
}

fn row(say: Say, line: &portfolio::Line) -> Row {
    let (summary, sees) = (summary(line), sees_content(line));
    let urgency = attention::urgency(&summary);
    let stage = match attention::stage(&summary) {
        Stage::Prepare => say.stage_prepare(),
        Stage::Audit => say.stage_audit(),
        Stage::Ready => say.stage_ready(),
        Stage::Certify => say.stage_certify(),
    };
    Row {
        code: line.code.clone(),
        colour: line.colour,
        client: in_language(say, &line.client_zh, &line.client_en).to_owned(),
        legal_name: line.legal_name.clone(),
        stage: if sees { stage } else { "" },
        state: sees.then(|| Shown { shape: urgency.shape(), words: words(say, urgency).to_owned() }),
        day: line.eligible_from.filter(|_| sees && urgency == Urgency::NotYet).map(|day| day.to_string()),
        is_planned: line.basis.as_deref() == Some("planned"),
        next_on: line.next_gate_on.filter(|_| sees).map(|day| day.to_string()),
        roles: line.roles.iter().filter_map(|role| Role::from_key(role)).map(|role| role.words(say)).collect::<Vec<_>>().join(say.list_comma()),
    }
}

#[derive(Template)]
#[template(path = "engagements/new.html")]
struct New {
    frame: Frame,
    form: Filled,
}

/// GET `/engagements/new`.
pub async fn new(may: ConsultancyStaff, State(app): State<App>) -> Result<Response> {
    let mut form = may.form(&OPENING);
    if may.kept.is_none() {
        form.set("edition", "2005");
        form.set("kick_off_on", may.today().to_string());
    }
    if form.carried("once").is_none() {
        form.carry("once", app.chance.id(may.now).to_string());
    }
    draw(&may, &app, form, StatusCode::OK).await
}

/// Draws the form with the clients of the consultancy to choose from.
pub async fn draw(may: &ConsultancyStaff, app: &App, form: Filled, status: StatusCode) -> Result<Response> {
    let form = form.offer("client", clients(may, app).await?);
    page(status, &New { frame: Frame::of(may, may.say.engagements_new()).wrong(form.is_refused()), form })
}

/// The clients of the consultancy as choices.
pub async fn clients(may: &ConsultancyStaff, app: &App) -> Result<Vec<Choice>> {
    let mut snapshot = may.snapshot(app).await?;
    let clients = portfolio::clients(&mut snapshot, may.consultancy().0).await?;
    Ok(clients.iter().map(|client| Choice { value: client.id.to_string(), words: in_language(may.say, &client.name_zh, &client.name_en).to_owned() }).collect())
}
