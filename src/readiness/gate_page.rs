//! The page of the gate: what stands, who recommended and declared it, on which proofs, and how earlier ones ended.

use super::{
    engine::{self, Status, Verdict},
    facts::Reading,
    gate::{Asker, Gate, Refusal, Stage, declare, recommend, withdraw},
    labels::Labels,
    reasons,
    store::{self, PastDeclaration},
};
use crate::{
    access::{Access, Allows, Permission, permissions::ViewEngagement},
    app::App,
    clock::civil_day,
    history_lines::local,
    shell::Frame,
    web::{self, Error, Result, table::State as Drawn},
    words::Say,
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::NaiveDate;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "readiness/gate.html")]
struct GatePage {
    frame: Frame,
    state: Drawn,
    words: String,
    /// Whether something is wrong with what stands.
    is_broken: bool,
    answer: String,
    buttons: Vec<Button>,
    refusals: Vec<String>,
    declarations: Vec<DeclaredRow>,
    base: String,
}

/// A button of the page.
struct Button {
    words: &'static str,
    href: String,
    class: &'static str,
}

/// One declaration of the history.
struct DeclaredRow {
    declared_at: String,
    declared_by: String,
    recommended_by: String,
    meaning: String,
    end: String,
    stands: bool,
    cause: String,
    proofs: Vec<ProofRow>,
}

/// One proof of it.
struct ProofRow {
    condition: String,
    words: String,
    records: Vec<(String, String)>,
    hash: String,
}

/// A proof as the statement gives it.
#[derive(Deserialize)]
struct Proof {
    condition: String,
    as_of: NaiveDate,
    met_since: NaiveDate,
    facts: String,
    legal_document: Option<String>,
    issue_order: Option<String>,
    audit: Option<String>,
    review: Option<String>,
    declaration: Option<String>,
    search: Option<String>,
}

/// A stage as shape and word.
pub(super) fn state(say: Say, stage: Stage) -> Drawn {
    let (shape, words) = match stage {
        Stage::None => ("todo", say.gate_word_none()),
        Stage::Recommended => ("waiting", say.gate_word_recommended()),
        Stage::Declared => ("done", say.gate_word_declared()),
        Stage::NotValid => ("late", say.gate_word_not_valid()),
        Stage::Suspended => ("late", say.gate_word_suspended()),
        Stage::Withdrawn => ("void", say.gate_word_withdrawn()),
    };
    Drawn { shape, words: words.to_owned() }
}

/// A stage in a sentence.
pub(super) fn words(say: Say, gate: &Gate, stage: Stage, today: NaiveDate) -> String {
    let ended = || gate.last_end.as_ref().map(|end| civil_day(end.at).to_string()).unwrap_or_default();
    match (stage, &gate.declaration, gate.recommendation(today)) {
        (Stage::Declared, Some(standing), _) => say.gate_declared(&standing.name, civil_day(standing.at)),
        (Stage::NotValid, Some(standing), _) => say.gate_declared_not_valid(&standing.name, civil_day(standing.at)),
        (Stage::Recommended, _, Some(one)) => say.gate_recommended(&one.name, civil_day(one.at)),
        (Stage::Suspended, ..) => say.gate_suspended(ended()),
        (Stage::Withdrawn, ..) => say.gate_withdrawn(ended()),
        _ => say.gate_none().to_owned(),
    }
}

/// A refusal as the sentence of its rule.
pub(super) fn refused(say: Say, refusal: &Refusal, verdict: &Verdict<'_>) -> String {
    match refusal {
        Refusal::WhoRecommends => say.gate_rule_who_recommends().to_owned(),
        Refusal::WhoDeclares => say.gate_rule_who_declares().to_owned(),
        Refusal::NotMet => say.gate_rule_not_met(reasons::answer(say, &verdict.overall, &verdict.conditions)),
        Refusal::Standing => say.gate_rule_standing().to_owned(),
        Refusal::RecommendedAlready => say.gate_rule_recommended().to_owned(),
        Refusal::NoRecommendation => say.gate_rule_no_recommendation().to_owned(),
        Refusal::TwoPersons => say.gate_rule_two_persons().to_owned(),
        Refusal::Proofs => say.gate_rule_proofs().to_owned(),
        Refusal::NothingStands => say.gate_rule_nothing_stands().to_owned(),
    }
}

/// The visitor, as the rules of the gate ask.
pub(super) fn asker<P: Allows>(may: &Access<P>) -> Asker<'_> {
    Asker { account: may.account().id.0, person: may.engagement().person.0, roles: &may.engagement().roles }
}

/// `GET /e/{code}/gate`
pub(super) async fn gate(may: Access<ViewEngagement>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let gathered = store::gathered(&mut snapshot, may.today(), true).await?.ok_or(Error::NotFound)?;
    let declarations = store::declarations(&mut snapshot).await?;
    drop(snapshot);
    let reading = gathered.read()?;
    let verdict = engine::assess(&reading.facts);
    web::page(StatusCode::OK, &drawn(&may, &reading, &verdict, &declarations))
}

fn drawn(may: &Access<ViewEngagement>, reading: &Reading<'_>, verdict: &Verdict<'_>, declarations: &[PastDeclaration]) -> GatePage {
    let say = may.say;
    let today = may.today();
    let stage = reading.gate.stage(verdict.overall.status, today);
    let labels = Labels::new(&reading.facts, &reading.names, say, may.path(""));
    let (buttons, refusals) = offers(may, reading, verdict);
    GatePage {
        frame: Frame::of(may, say.nav_gate()),
        state: state(say, stage),
        words: words(say, &reading.gate, stage, today),
        is_broken: matches!(stage, Stage::NotValid | Stage::Suspended),
        answer: reasons::answer(say, &verdict.overall, &verdict.conditions),
        buttons,
        refusals,
        declarations: declarations.iter().map(|one| declared_row(one, verdict, &labels)).collect(),
        base: may.path(""),
    }
}

/// What the viewer may do now, and why not the rest. Those whose role never does it are told the rule of who does.
fn offers(may: &Access<ViewEngagement>, reading: &Reading<'_>, verdict: &Verdict<'_>) -> (Vec<Button>, Vec<String>) {
    let say = may.say;
    let asker = asker(may);
    let (mut buttons, mut refusals) = (Vec::new(), Vec::new());
    let recommends = may.engagement().may(Permission::Recommend);
    let declares = may.engagement().may(Permission::Declare);
    let standing = reading.gate.declaration.as_ref();
    if standing.is_none() {
        match recommend(&reading.gate, verdict, asker) {
            Ok(_) => buttons.push(Button { words: say.gate_recommend(), href: may.path("/recommendations"), class: if declares { "" } else { " primary" } }),
            Err(refusal) => refusals.push(refused(say, &refusal, verdict)),
        }
        match declare(&reading.gate, &reading.facts, verdict, asker) {
            Ok(_) => buttons.push(Button { words: say.gate_declare(), href: may.path("/declarations"), class: " primary" }),
            Err(refusal) => refusals.push(refused(say, &refusal, verdict)),
        }
    }
    if let Some(standing) = standing {
        match withdraw(&reading.gate, standing.id, asker) {
            Ok(_) => buttons.push(Button { words: say.gate_withdraw(), href: may.path(&format!("/declarations/{}/withdrawals", standing.id)), class: "" }),
            Err(refusal) => refusals.push(refused(say, &refusal, verdict)),
        }
    }
    if let [only] = buttons.as_mut_slice()
        && (recommends || declares)
        && standing.is_none()
    {
        only.class = " primary";
    }
    refusals.dedup();
    (buttons, refusals)
}

fn declared_row(one: &PastDeclaration, today: &Verdict<'_>, labels: &Labels<'_>) -> DeclaredRow {
    let say = labels.say;
    let stands = one.ended_at.is_none();
    let day = one.ended_at.map(|at| civil_day(at).to_string()).unwrap_or_default();
    let end = match (one.end_kind.as_deref(), &one.reason) {
        (Some("withdrawn"), Some(reason)) => say.gate_end_withdrawn(day, reason),
        (Some(_), _) => say.gate_end_suspended(day),
        (None, _) if today.overall.status == Status::Met => say.gate_stands().to_owned(),
        (None, _) => say.gate_word_not_valid().to_owned(),
    };
    let cause = one.end_verdict.as_ref().and_then(|value| serde_json::from_value::<Verdict<'static>>(value.clone()).ok());
    let proofs: Vec<Proof> = serde_json::from_value(one.proofs.clone()).unwrap_or_default();
    DeclaredRow {
        declared_at: local(one.at),
        declared_by: one.by.clone(),
        recommended_by: one.recommended_by.clone(),
        meaning: one.meaning.clone(),
        end,
        stands,
        cause: cause.map(|verdict| cause_words(&verdict, labels)).unwrap_or_default(),
        proofs: proofs.iter().map(|proof| proof_row(proof, labels)).collect(),
    }
}

/// What broke a declaration: the answer of that day, the condition that decided, and what it lacked.
fn cause_words(verdict: &Verdict<'_>, labels: &Labels<'_>) -> String {
    let say = labels.say;
    let mut said = vec![reasons::answer(say, &verdict.overall, &verdict.conditions), reasons::decides(say, &verdict.overall, &verdict.conditions)];
    if let Some(condition) = reasons::deciding(&verdict.overall, &verdict.conditions) {
        let lacking: Vec<String> = super::words::missing(labels, &condition.missing).into_iter().map(|line| line.words).collect();
        if !lacking.is_empty() {
            said.push(say.ready_reason_lacking(lacking.join(say.ready_then())));
        }
    }
    said.join(" ")
}

fn proof_row(proof: &Proof, labels: &Labels<'_>) -> ProofRow {
    let say = labels.say;
    let condition = engine::ConditionName::from_word(&proof.condition).map(|name| say.ready_condition(reasons::number(name), reasons::name(say, name)));
    let records = [
        (&proof.legal_document, "legal-documents", say.nav_legal_documents()),
        (&proof.issue_order, "issue-orders", say.nav_issue_orders()),
        (&proof.audit, "audits", say.nav_audits()),
        (&proof.review, "reviews", say.nav_reviews()),
        (&proof.declaration, "no-penalty-declarations", say.nav_no_penalty_declarations()),
        (&proof.search, "credit-searches", say.nav_credit_searches()),
    ];
    let records = records.into_iter().filter_map(|(id, register, kind)| {
        let id = id.as_deref()?;
        // A record withdrawn since is in no facts any more; its page still stands.
        let label = labels.thing(id).map_or_else(|| kind.to_owned(), |_| labels.label(id));
        Some((label, labels.path(&format!("/{register}/{id}"))))
    });
    ProofRow {
        condition: condition.unwrap_or_default(),
        words: say.gate_proof_since(proof.met_since, proof.as_of),
        records: records.collect(),
        hash: proof.facts.clone(),
    }
}
