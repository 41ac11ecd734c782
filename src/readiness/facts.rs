//! The facts of an engagement as the engine wants them, and what stands beside them: names, the last verdict, the gate.

use super::{
    engine::{self, Facts, Verdict},
    gate::Gate,
};
use crate::{catalogue::catalogue, web::Error};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

/// The checklist items of kind D, as the statement takes them.
pub(super) static REQUIRED: LazyLock<Vec<String>> = LazyLock::new(|| catalogue().document_items().map(|item| item.id.clone()).collect());

/// What judged: this version with this catalogue. A verdict kept by another one is judged anew.
pub(super) static PROGRAM: LazyLock<String> = LazyLock::new(|| {
    let items = Sha256::digest(REQUIRED.join(" ").as_bytes());
    format!("{} {}", env!("CARGO_PKG_VERSION"), hex::encode(items.get(..8).unwrap_or_default()))
});

/// What one statement brings, as JSON text.
#[derive(Debug)]
pub(super) struct Gathered {
    /// The facts; without records and documents in force where a verdict is there.
    pub(super) facts: String,
    /// Names by id.
    pub(super) labels: String,
    /// The verdict kept for the day, if no fact has changed since, with its counts.
    pub(super) verdict: Option<String>,
    /// The gate's own state.
    pub(super) gate: String,
}

/// What the page counts and does not list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Counts {
    /// Documents in force.
    pub(super) documents: usize,
    /// Processes with a record.
    pub(super) processes: usize,
}

/// A verdict with its counts, as `readings` keeps it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept<'a> {
    pub(super) counts: Counts,
    #[serde(borrow)]
    pub(super) verdict: Verdict<'a>,
}

/// The names of what facts name by id: Chinese, English, owner.
pub(super) type Names<'a> = HashMap<Cow<'a, str>, (Cow<'a, str>, Cow<'a, str>, Cow<'a, str>)>;

/// Everything the pages look at.
#[derive(Debug)]
pub(super) struct Reading<'g> {
    pub(super) facts: Facts<'g>,
    pub(super) counts: Counts,
    /// The verdict, if it was kept.
    pub(super) kept: Option<Verdict<'g>>,
    pub(super) names: Names<'g>,
    pub(super) gate: Gate,
}

impl Gathered {
    /// Reads what was gathered.
    ///
    /// # Errors
    /// [`Error::Internal`]: what the database holds is no facts document.
    pub(super) fn read(&self) -> Result<Reading<'_>, Error> {
        let facts = engine::read(self.facts.as_bytes()).map_err(Error::internal)?;
        let kept: Option<Kept<'_>> = self.verdict.as_deref().map(serde_json::from_str).transpose().map_err(Error::internal)?;
        let names = serde_json::from_str(&self.labels).map_err(Error::internal)?;
        let gate = serde_json::from_str(&self.gate).map_err(Error::internal)?;
        let counts = kept.as_ref().map_or_else(|| counts(&facts), |kept| kept.counts);
        Ok(Reading { facts, counts, kept: kept.map(|kept| kept.verdict), names, gate })
    }
}

/// Counts what the page does not list.
pub(super) fn counts(facts: &Facts<'_>) -> Counts {
    let seen = |day: Option<NaiveDate>| day.is_some_and(|day| day <= facts.as_of);
    let mut processes: Vec<_> = facts.operating_records.iter().filter(|record| record.entered_on <= facts.as_of).map(|record| record.process).collect();
    processes.sort_unstable();
    processes.dedup();
    Counts { documents: facts.documents.iter().filter(|document| seen(document.effective_on)).count(), processes: processes.len() }
}

/// The facts without what the page only counts.
pub(super) fn brief<'f>(facts: &Facts<'f>) -> Facts<'f> {
    let mut brief = facts.clone();
    brief.operating_records.clear();
    brief.documents.retain(|document| document.effective_on.is_none_or(|day| day > facts.as_of));
    brief
}

/// The facts as one text that is the same whatever the order in which they were gathered: lists by id. Its SHA-256 stands in
/// the proofs of a declaration, and it is what the export gives.
pub(super) fn canonical(facts: &Facts<'_>) -> serde_json::Result<String> {
    let mut facts = facts.clone();
    macro_rules! by_id { ($($list:ident),*) => {$( facts.$list.sort_by(|one, other| one.id.cmp(&other.id)); )*}; }
    by_id!(
        legal_documents,
        departments,
        scope_parts,
        issue_orders,
        restarts,
        suspensions,
        documents,
        operating_records,
        audits,
        reviews,
        penalties,
        declarations,
        credit_searches
    );
    facts.required_items.sort_by_key(|item| item.item);
    for order in &mut facts.issue_orders {
        order.part_ids.sort();
    }
    for audit in &mut facts.audits {
        audit.part_ids.sort();
        audit.findings.sort_by(|one, other| one.id.cmp(&other.id));
        for area in &mut audit.areas {
            area.clauses.sort_unstable();
            area.auditors.sort_by(|one, other| one.person_id.cmp(&other.person_id));
        }
        audit.areas.sort_by(|one, other| (&one.department_id, &one.clauses).cmp(&(&other.department_id, &other.clauses)));
    }
    serde_json::to_string(&facts)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The facts of an example of the contract, by name.
    pub(in super::super) fn example(name: &str) -> String {
        let text = include_str!("../../tests/readiness_examples/examples.ndjson");
        let line = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()).find(|line| line["name"] == name);
        line.unwrap()["facts"].to_string()
    }

    /// The names of all examples.
    pub(in super::super) fn examples() -> Vec<String> {
        let text = include_str!("../../tests/readiness_examples/examples.ndjson");
        text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["name"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn the_canonical_text_does_not_depend_on_the_order_of_lists() {
        let text = example("hl-2026-11-20");
        let facts = engine::read(text.as_bytes()).unwrap();
        let mut turned = facts.clone();
        turned.documents.reverse();
        turned.operating_records.reverse();
        turned.departments.reverse();
        turned.required_items.reverse();
        for audit in &mut turned.audits {
            audit.areas.reverse();
            audit.findings.reverse();
        }
        assert_ne!(facts, turned);
        assert_eq!(canonical(&facts).unwrap(), canonical(&turned).unwrap());
        let again = canonical(&facts).unwrap();
        assert_eq!(
            serde_json::to_value(engine::assess(&engine::read(again.as_bytes()).unwrap())).unwrap(),
            serde_json::to_value(engine::assess(&facts)).unwrap()
        );
    }

    #[test]
    fn a_kept_verdict_reads_back_as_it_was() {
        for name in examples() {
            let text = example(&name);
            let facts = engine::read(text.as_bytes()).unwrap();
            let kept = serde_json::to_string(&Kept { counts: counts(&facts), verdict: engine::assess(&facts) }).unwrap();
            let back: Kept<'_> = serde_json::from_str(&kept).unwrap();
            assert_eq!(back.verdict, engine::assess(&facts), "{name}");
            let brief = serde_json::to_string(&brief(&facts)).unwrap();
            assert!(engine::read(brief.as_bytes()).is_ok(), "{name}");
        }
    }
}
