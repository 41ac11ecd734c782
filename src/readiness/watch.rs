//! Keeps verdict and declaration true: after every change of facts within that change, and when a day has passed.
//!
//! The job of the new day needs to write in every engagement. It is given no right of its own: it borrows the view of one
//! member of each engagement, so that row-level security stands as for any request, and signs what it writes as the system.

use super::{
    engine::{self, Facts, Status, Verdict},
    facts::{Kept, brief, counts},
    gate::{EndKind, Ended, Stage},
    store::{self, Settled},
};
use crate::{
    app::App,
    clock::civil_day,
    database::{Change, Happened, OnBehalf, change::Made},
    trail::event::Actor,
};
use chrono::NaiveDate;
use std::pin::Pin;
use uuid::Uuid;

/// The hook that runs before a change of facts commits: judges today anew, keeps the verdict, and suspends a declaration
/// whose conditions are no longer met.
pub fn settle<'a>(change: &'a mut Change) -> Pin<Box<dyn Future<Output = sqlx::Result<()>> + Send + 'a>> {
    Box::pin(async move {
        let by = change.account();
        settle_by(change, Some(by)).await
    })
}

/// The same; `by` is who ends a declaration, empty for the passing of a day.
async fn settle_by(change: &mut Change, by: Option<Uuid>) -> sqlx::Result<()> {
    let today = civil_day(change.now());
    if store::lock_engagement(change).await?.is_none() {
        return Ok(());
    }
    store::take_fact_changes(change).await?;
    let Some(gathered) = store::gathered_in(change, today).await? else { return Ok(()) };
    let mut reading = gathered.read().map_err(|error| sqlx::Error::Decode(format!("{error:?}").into()))?;
    let verdict = engine::assess(&reading.facts);
    if let Some(declaration) = reading.gate.declaration.as_ref().filter(|_| verdict.overall.status != Status::Met).map(|standing| standing.id) {
        suspend(change, declaration, &verdict, by).await?;
        reading.gate.declaration = None;
        reading.gate.recommendations.clear();
        reading.gate.last_end = Some(Ended { kind: EndKind::Suspended, at: change.now(), reason: None });
    }
    let stage = reading.gate.stage(verdict.overall.status, today);
    let settled = settled(&reading.facts, &verdict, stage, &gathered.labels).map_err(encoding)?;
    store::keep(change, &settled).await
}

fn encoding(error: serde_json::Error) -> sqlx::Error {
    sqlx::Error::Encode(error.into())
}

async fn suspend(change: &mut Change, declaration: Uuid, verdict: &Verdict<'_>, by: Option<Uuid>) -> sqlx::Result<()> {
    let value = serde_json::to_value(verdict).map_err(encoding)?;
    let (before, after) = store::suspend(change, declaration, verdict.as_of, &value, by).await?;
    let happened = Happened {
        kind: "readiness_suspended",
        subject_kind: "ready_declaration",
        subject: declaration,
        before: Some(before),
        after: Some(after),
        alters_facts: false,
    };
    change.record(&happened).await
}

/// What is kept of a verdict.
fn settled(facts: &Facts<'_>, verdict: &Verdict<'_>, stage: Stage, labels: &str) -> serde_json::Result<Settled> {
    let overall = &verdict.overall;
    Ok(Settled {
        as_of: verdict.as_of,
        overall: overall.status.word(),
        eligible_from: overall.eligible_from,
        basis: overall.basis.map(engine::Basis::word),
        conditions: verdict.conditions.each_ref().map(|condition| condition.status.word()),
        gate: stage.key(),
        next_gate_on: next_gate(verdict),
        facts: serde_json::to_string(&brief(facts))?,
        labels: labels.to_owned(),
        verdict: serde_json::to_string(&Kept { counts: counts(facts), verdict: verdict.clone() })?,
    })
}

/// The next day on which a condition will be met: what the strip calls the next gate.
fn next_gate(verdict: &Verdict<'_>) -> Option<NaiveDate> {
    verdict.conditions.iter().filter_map(|condition| condition.eligible_from).filter(|day| *day > verdict.as_of).min()
}

/// Judges every engagement anew whose verdict is not of today: at the start of the program and once an hour.
/// One engagement that cannot be judged does not keep the others waiting.
pub async fn day_passed(app: &App) -> sqlx::Result<()> {
    let now = app.clock.now();
    let mut first = Ok(());
    for (engagement, account) in store::unsettled(&app.database, civil_day(now)).await? {
        let whom = OnBehalf { account, engagement: Some(engagement), today: civil_day(now) };
        let made = Made { actor: Actor { account_id: None, name: String::new(), roles: Vec::new() }, now, chance: app.chance.clone() };
        let settled = async {
            let mut change = app.database.change(whom, made).await?;
            settle_by(&mut change, None).await?;
            change.commit(&[]).await
        };
        if let Err(error) = settled.await {
            tracing::error!(engagement = %engagement, %error, "not settled");
            first = first.and(Err(error));
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::example;
    use super::*;

    #[test]
    fn the_next_gate_is_the_next_day_a_condition_opens() {
        let text = example("hl-2026-11-20");
        let facts = engine::read(text.as_bytes()).unwrap();
        let verdict = engine::assess(&facts);
        assert_eq!(next_gate(&verdict), "2026-11-30".parse().ok());
        let settled = settled(&facts, &verdict, Stage::None, "{}").unwrap();
        assert_eq!((settled.overall, settled.basis, settled.conditions), ("not_yet", Some("planned"), ["met", "not_yet", "not_yet", "met"]));
        assert_eq!(settled.eligible_from, "2026-12-04".parse().ok());
        let kept = engine::read(settled.facts.as_bytes()).unwrap();
        assert!(kept.operating_records.is_empty() && kept.documents.is_empty(), "records and documents in force are only counted");
    }
}
