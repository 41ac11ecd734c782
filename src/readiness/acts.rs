//! The acts of the gate. Each asks for the password again, reaches the verdict anew within its own change, behind a lock on the
//! engagement, and writes only what the rules of `gate` decided.

use super::{
    engine::{self, Verdict},
    facts::{self, Reading},
    gate::{self, Refusal},
    gate_page::{asker, refused},
    store, watch,
};
use crate::{
    access::{
        Access, Allows, At,
        permissions::{Declare, Recommend},
    },
    app::App,
    database::{Change, Happened},
    ids::RecordId,
    people::password::prove,
    shell::Frame,
    web::{
        self, Error, Result,
        form::{Filled, FormSpec, Kind, Secret, needed},
        posted::Sent,
        see_other_saying,
    },
    words::Say,
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use uuid::Uuid;

static SIGNING: FormSpec = FormSpec {
    name: "signing",
    fields: &[needed("read", Say::gate_read, Kind::Tick), needed("password", Say::gate_password, Kind::Secret(Secret::Current)).hint(Say::gate_password_hint)],
};

static WITHDRAWING: FormSpec = FormSpec {
    name: "declaration_withdrawal",
    fields: &[
        needed("reason", Say::gate_reason, Kind::Lines(1000)).hint(Say::gate_reason_hint),
        needed("password", Say::gate_password, Kind::Secret(Secret::Current)).hint(Say::gate_password_hint),
    ],
};

#[derive(Template)]
#[template(path = "readiness/signing.html")]
struct SigningPage {
    frame: Frame,
    form: Filled,
    /// Why it cannot be done; no form then.
    refusal: Option<String>,
    /// The sentence that is signed.
    meaning: String,
    is_danger: bool,
    base: String,
}

/// Draws a page of the gate.
fn draw<P: Allows>(may: &Access<P>, title: &str, form: Filled, meaning: String, refusal: Option<String>, status: StatusCode) -> Result<Response> {
    let page = SigningPage {
        frame: Frame::of(may, title).wrong(form.is_refused()),
        is_danger: std::ptr::eq(form.spec, &raw const WITHDRAWING),
        form,
        refusal,
        meaning,
        base: may.path(""),
    };
    web::page(status, &page)
}

/// A form with the id of what it will make.
fn blank<P: Allows>(may: &Access<P>, app: &App, spec: &'static FormSpec) -> Filled {
    let mut form = may.form(spec);
    if form.carried("once").is_none() {
        form.carry("once", app.chance.id(may.now).to_string());
    }
    form
}

/// Reads a form, and proves the person where nothing else is wrong with it.
async fn signed<P: Allows>(may: &Access<P>, app: &App, spec: &'static FormSpec, sent: &Sent) -> Result<(Filled, Option<Uuid>)> {
    let mut form = Filled::posted(spec, may.say, &sent.posted);
    let once = form.carried("once").and_then(|text| Uuid::parse_str(text).ok());
    if !form.is_refused() && !prove(app, may, &form.line("password")).await? {
        form.refuse("password", may.say.gate_password_wrong());
    }
    form.set("password", "");
    if form.is_refused() && once.is_none() {
        form.carry("once", app.chance.id(may.now).to_string());
    }
    Ok((form, once))
}

fn meaning_recommend<P: Allows>(may: &Access<P>, day: NaiveDate) -> String {
    may.say.gate_meaning_recommend(day, &may.engagement().name)
}

fn meaning_declare<P: Allows>(may: &Access<P>, day: NaiveDate) -> String {
    may.say.gate_meaning_declare(day, &may.engagement().name)
}

/// Locks the engagement and reaches today's verdict within the change.
async fn gathered(change: &mut Change, today: NaiveDate) -> Result<facts::Gathered> {
    store::lock_engagement(change).await?.ok_or(Error::NotFound)?;
    store::gathered_in(change, today).await?.ok_or(Error::NotFound)
}

/// The status of a refusal: somebody was faster, or a rule says no.
fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::Standing | Refusal::RecommendedAlready | Refusal::NothingStands => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// Looks whether something could be signed now, for its page.
async fn look<P: Allows>(
    may: &Access<P>,
    app: &App,
    title: &str,
    meaning: String,
    rule: impl FnOnce(&Reading<'_>, &Verdict<'_>) -> Option<Refusal>,
    spec: &'static FormSpec,
) -> Result<Response> {
    let mut snapshot = may.snapshot(app).await?;
    let gathered = store::gathered(&mut snapshot, may.today(), true).await?.ok_or(Error::NotFound)?;
    drop(snapshot);
    let reading = gathered.read()?;
    let verdict = engine::assess(&reading.facts);
    let refusal = rule(&reading, &verdict).map(|refusal| refused(may.say, &refusal, &verdict));
    draw(may, title, blank(may, app, spec), meaning, refusal, StatusCode::OK)
}

/// `GET /e/{code}/recommendations`
pub(super) async fn recommendation(may: Access<Recommend>, State(app): State<App>) -> Result<Response> {
    let meaning = meaning_recommend(&may, may.today());
    look(&may, &app, may.say.gate_recommend(), meaning, |reading, verdict| gate::recommend(&reading.gate, verdict, asker(&may)).err(), &SIGNING).await
}

/// `GET /e/{code}/declarations`
pub(super) async fn declaration(may: Access<Declare>, State(app): State<App>) -> Result<Response> {
    let meaning = meaning_declare(&may, may.today());
    look(&may, &app, may.say.gate_declare(), meaning, |reading, verdict| gate::declare(&reading.gate, &reading.facts, verdict, asker(&may)).err(), &SIGNING)
        .await
}

/// `GET /e/{code}/declarations/{id}/withdrawals`
pub(super) async fn withdrawal(may: Access<Declare>, At(id): At<RecordId>, State(app): State<App>) -> Result<Response> {
    look(&may, &app, may.say.gate_withdraw(), String::new(), |reading, _| gate::withdraw(&reading.gate, id.0, asker(&may)).err(), &WITHDRAWING).await
}

/// `POST /e/{code}/recommendations`
pub(super) async fn recommend(may: Access<Recommend>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let (title, meaning) = (may.say.gate_recommend(), meaning_recommend(&may, may.today()));
    let (form, once) = signed(&may, &app, &SIGNING, &sent).await?;
    let (Some(id), false) = (once, form.is_refused()) else {
        return draw(&may, title, form, meaning, None, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let done = || see_other_saying(&may.path("/gate"), may.say.gate_said_recommended());
    let mut change = may.change(&app).await?;
    let gathered = gathered(&mut change, may.today()).await?;
    if store::made_by(&mut change, id).await? == Some(may.account().id.0) {
        return Ok(done());
    }
    let reading = gathered.read()?;
    let verdict = engine::assess(&reading.facts);
    let decision = match gate::recommend(&reading.gate, &verdict, asker(&may)) {
        Ok(decision) => decision,
        Err(refusal) => return draw(&may, title, form, meaning, Some(refused(may.say, &refusal, &verdict)), status(&refusal)),
    };
    let after = store::recommend(&mut change, id, may.engagement().person.0, &meaning, &decision).await?.ok_or(Error::NotFound)?;
    watch::settle(&mut change).await?;
    change
        .commit(&[Happened {
            kind: "readiness_recommended",
            subject_kind: "recommendation",
            subject: id,
            before: None,
            after: Some(after),
            alters_facts: false,
        }])
        .await?;
    Ok(done())
}

/// `POST /e/{code}/declarations`
pub(super) async fn declare(may: Access<Declare>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let (title, meaning) = (may.say.gate_declare(), meaning_declare(&may, may.today()));
    let (form, once) = signed(&may, &app, &SIGNING, &sent).await?;
    let (Some(id), false) = (once, form.is_refused()) else {
        return draw(&may, title, form, meaning, None, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let done = || see_other_saying(&may.path("/gate"), &may.say.gate_said_declared(&may.engagement().code));
    let mut change = may.change(&app).await?;
    let gathered = gathered(&mut change, may.today()).await?;
    if store::made_by(&mut change, id).await? == Some(may.account().id.0) {
        return Ok(done());
    }
    let reading = gathered.read()?;
    let verdict = engine::assess(&reading.facts);
    let decision = match gate::declare(&reading.gate, &reading.facts, &verdict, asker(&may)) {
        Ok(decision) => decision,
        Err(refusal) => return draw(&may, title, form, meaning, Some(refused(may.say, &refusal, &verdict)), status(&refusal)),
    };
    let facts_sha256 = Sha256::digest(facts::canonical(&reading.facts).map_err(Error::internal)?.as_bytes()).into();
    let [one, two, three, four] = verdict.conditions.each_ref().map(serde_json::to_value);
    let verdicts = [one.map_err(Error::internal)?, two.map_err(Error::internal)?, three.map_err(Error::internal)?, four.map_err(Error::internal)?];
    let after = store::declare(&mut change, id, may.engagement().person.0, &meaning, &decision, &verdicts, &facts_sha256).await?;
    watch::settle(&mut change).await?;
    change
        .commit(&[Happened {
            kind: "readiness_declared",
            subject_kind: "ready_declaration",
            subject: id,
            before: None,
            after: Some(after),
            alters_facts: false,
        }])
        .await?;
    Ok(done())
}

/// `POST /e/{code}/declarations/{id}/withdrawals`
pub(super) async fn withdraw(may: Access<Declare>, At(id): At<RecordId>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let title = may.say.gate_withdraw();
    let (form, _) = signed(&may, &app, &WITHDRAWING, &sent).await?;
    if form.is_refused() {
        return draw(&may, title, form, String::new(), None, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let mut change = may.change(&app).await?;
    let gathered = gathered(&mut change, may.today()).await?;
    let reading = gathered.read()?;
    let verdict = engine::assess(&reading.facts);
    let decision = match gate::withdraw(&reading.gate, id.0, asker(&may)) {
        Ok(decision) => decision,
        Err(refusal) => return draw(&may, title, form, String::new(), Some(refused(may.say, &refusal, &verdict)), status(&refusal)),
    };
    let (before, after) = store::withdraw(&mut change, decision, may.today(), &form.line("reason")).await?;
    watch::settle(&mut change).await?;
    change
        .commit(&[Happened {
            kind: "declaration_withdrawn",
            subject_kind: "ready_declaration",
            subject: id.0,
            before: Some(before),
            after: Some(after),
            alters_facts: false,
        }])
        .await?;
    Ok(see_other_saying(&may.path("/gate"), &may.say.gate_said_withdrawn(&may.engagement().code)))
}
