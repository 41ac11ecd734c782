//! The two proofs that there is no penalty (condition 4, rows E4-1 and E4-2): a signed declaration, a credit search.

use super::store;
use crate::{
    access::permissions::EditEligibility,
    database::Snapshot,
    evidence,
    records::{Register, RegisterWords},
    register_store,
    web::form::{Filled, FormSpec, Kind, needed, optional},
    words::Say,
};
use chrono::NaiveDate;
use serde_json::Value;

/// The register of signed declarations.
#[derive(Debug)]
pub struct NoPenaltyDeclarations;

/// The register of credit searches.
#[derive(Debug)]
pub struct CreditSearches;

static DECLARATION: FormSpec = FormSpec {
    name: "no_penalty_declaration",
    fields: &[
        needed("signed_on", Say::declaration_signed_on, Kind::Date),
        needed("signed_by", Say::declaration_signed_by, Kind::Line(100)),
        optional("covers_to", Say::declaration_covers_to, Kind::Date).hint(Say::declaration_covers_to_hint),
        optional("file_id", Say::declaration_file, Kind::File).hint(Say::file_hint),
    ],
};

static SEARCH: FormSpec = FormSpec {
    name: "credit_search",
    fields: &[
        needed("source", Say::search_source, Kind::Line(300)).hint(Say::search_source_hint),
        needed("searched_on", Say::search_searched_on, Kind::Date),
        optional("file_id", Say::search_file, Kind::File).hint(Say::file_hint),
    ],
};

impl Register for NoPenaltyDeclarations {
    type Edit = EditEligibility;
    const PATH: &'static str = "no-penalty-declarations";
    const SUBJECT: &'static str = "no_penalty_declaration";
    const ENTERED: &'static str = "no_penalty_declaration_entered";
    const CHANGED: &'static str = "no_penalty_declaration_changed";
    const WITHDRAWN: &'static str = "no_penalty_declaration_withdrawn";
    const BLANK: &'static [&'static str] = &[];
    const COLUMNS: &'static [&'static str] = &["signed_on", "signed_by", "covers_to", "file_id"];
    const SPEC: &'static FormSpec = &DECLARATION;
    const WORDS: RegisterWords = RegisterWords {
        title: Say::nav_no_penalty_declarations,
        lead: Say::declaration_lead,
        enter: Say::declaration_enter,
        empty: Say::declaration_empty,
        entry: Say::declaration_entry,
    };

    fn check(form: &mut Filled, _: Option<&Value>, today: NaiveDate) {
        let say = form.say();
        let signed = form.date("signed_on");
        if signed.is_some_and(|day| day > today) {
            form.refuse("signed_on", say.date_not_ahead(today));
        }
        if let (Some(signed), Some(covers)) = (signed, form.date("covers_to"))
            && covers > signed
        {
            form.refuse("covers_to", say.declaration_covers_after(signed));
        }
    }

    async fn offer(snapshot: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        evidence::offer(snapshot, form).await
    }

    register_store!(store::no_penalty_declarations);
}

impl Register for CreditSearches {
    type Edit = EditEligibility;
    const PATH: &'static str = "credit-searches";
    const SUBJECT: &'static str = "credit_search";
    const ENTERED: &'static str = "credit_search_entered";
    const CHANGED: &'static str = "credit_search_changed";
    const WITHDRAWN: &'static str = "credit_search_withdrawn";
    const BLANK: &'static [&'static str] = &[];
    const COLUMNS: &'static [&'static str] = &["source", "searched_on", "file_id"];
    const SPEC: &'static FormSpec = &SEARCH;
    const WORDS: RegisterWords =
        RegisterWords { title: Say::nav_credit_searches, lead: Say::search_lead, enter: Say::search_enter, empty: Say::search_empty, entry: Say::search_entry };

    fn check(form: &mut Filled, _: Option<&Value>, today: NaiveDate) {
        if form.date("searched_on").is_some_and(|day| day > today) {
            let words = form.say().date_not_ahead(today);
            form.refuse("searched_on", words);
        }
    }

    async fn offer(snapshot: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        evidence::offer(snapshot, form).await
    }

    register_store!(store::credit_searches);
}
