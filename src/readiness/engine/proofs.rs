//! The proofs of E4 (contract section 9, part 3): a fresh declaration and a fresh credit search, each with its file.

use super::calendar::add_days;
use super::facts::{Facts, Id};
use super::ruling::{Outcome, Ruling};
use super::timing::Timing;
use chrono::NaiveDate;

/// Days a proof stays fresh.
const FRESH_DAYS: i64 = 30;

/// A declaration or a credit search.
struct Proof<'f> {
    id: &'f Id<'f>,
    /// The day it was signed or searched.
    made_on: NaiveDate,
    /// The last day it speaks of.
    covers_to: NaiveDate,
    has_file: bool,
}

/// The missing codes of one kind of proof.
struct Codes {
    none: &'static str,
    stale: &'static str,
    file: &'static str,
}

const DECLARATION: Codes = Codes { none: "declaration", stale: "declaration_stale", file: "declaration_file" };
const CREDIT_SEARCH: Codes = Codes { none: "credit_search", stale: "credit_search_stale", file: "credit_search_file" };

/// Met since the later of the two proofs, or unknown.
pub(super) fn assess<'f>(facts: &'f Facts<'f>, timing: Timing, ruling: &mut Ruling<'f>) -> Outcome {
    let declarations = facts.declarations.iter().map(|declaration| Proof {
        id: &declaration.id,
        made_on: declaration.signed_on,
        covers_to: declaration.covers_to.unwrap_or(declaration.signed_on),
        has_file: declaration.file_id.is_some(),
    });
    let searches = facts.credit_searches.iter().map(|search| Proof {
        id: &search.id,
        made_on: search.searched_on,
        covers_to: search.searched_on,
        has_file: search.file_id.is_some(),
    });
    let signed_on = serving(declarations, &DECLARATION, timing, ruling);
    let searched_on = serving(searches, &CREDIT_SEARCH, timing, ruling);
    match signed_on.zip(searched_on) {
        Some((declared, found)) => Outcome::Met(declared.max(found)),
        None => Outcome::Unknown,
    }
}

/// The day of the proof that serves, cited; or what is missing.
fn serving<'f>(proofs: impl Iterator<Item = Proof<'f>>, codes: &Codes, timing: Timing, ruling: &mut Ruling<'f>) -> Option<NaiveDate> {
    let seen: Vec<Proof<'f>> = proofs.filter(|proof| timing.has_seen(proof.made_on)).collect();
    let oldest = add_days(timing.on, -FRESH_DAYS);
    let fresh = || seen.iter().filter(|proof| proof.covers_to >= oldest);
    let chosen = fresh().filter(|proof| proof.has_file).min_by_key(|proof| (proof.made_on, proof.id));
    if let Some(proof) = chosen {
        ruling.evidence(proof.id);
        return Some(proof.made_on);
    }
    ruling.row(2);
    if seen.is_empty() {
        ruling.lack(codes.none);
    } else if fresh().next().is_none() {
        ruling.lack(codes.stale);
    } else {
        fresh().for_each(|proof| ruling.lack_of(codes.file, proof.id.as_str()));
    }
    None
}
