//! Legal documents of the applicant (condition 1, rows E1-1 to E1-11).

use super::store;
use crate::{
    access::permissions::EditEligibility,
    database::Snapshot,
    evidence,
    records::{Register, RegisterWords},
    register_store,
    web::{
        form::{Filled, FormSpec, Kind, needed, optional},
        table::State,
    },
    words::Say,
};
use chrono::NaiveDate;
use serde_json::Value;

/// The register.
#[derive(Debug)]
pub struct LegalDocuments;

static SPEC: FormSpec = FormSpec {
    name: "legal_document",
    fields: &[
        needed(
            "kind",
            Say::legal_kind,
            Kind::Choice(&[
                ("business_licence", Say::legal_kind_business_licence),
                ("legal_person_licence", Say::legal_kind_legal_person_licence),
                ("production_licence", Say::legal_kind_production_licence),
                ("equivalent_certificate", Say::legal_kind_equivalent_certificate),
                ("legal_person_certificate", Say::legal_kind_legal_person_certificate),
                ("registration_certificate", Say::legal_kind_registration_certificate),
                ("parent_licence", Say::legal_kind_parent_licence),
                ("parent_authorisation", Say::legal_kind_parent_authorisation),
                ("permit", Say::legal_kind_permit),
            ]),
        ),
        optional("permit_code", Say::legal_permit_code, Kind::Line(64)).hint(Say::legal_permit_code_hint),
        optional("number", Say::legal_number, Kind::Line(300)).hint(Say::legal_number_hint),
        optional("issuer", Say::legal_issuer, Kind::Line(300)),
        needed("holder_name", Say::legal_holder, Kind::Line(300)).hint(Say::legal_holder_hint),
        needed("valid_from", Say::legal_valid_from, Kind::Date),
        optional("valid_to", Say::legal_valid_to, Kind::Date).hint(Say::legal_valid_to_hint),
        needed(
            "status",
            Say::legal_status,
            Kind::Choice(&[
                ("in_force", Say::legal_status_in_force),
                ("abnormal", Say::legal_status_abnormal),
                ("revoked", Say::legal_status_revoked),
                ("cancelled", Say::legal_status_cancelled),
            ]),
        ),
        optional("status_since", Say::legal_status_since, Kind::Date).hint(Say::legal_status_since_hint),
        optional("extract_on", Say::legal_extract_on, Kind::Date).hint(Say::legal_extract_on_hint),
        optional("file_id", Say::legal_file, Kind::File).hint(Say::file_hint),
        optional("needs_translation", Say::legal_needs_translation, Kind::Tick),
        optional("translation_file_id", Say::legal_translation_file, Kind::File).hint(Say::file_hint),
    ],
};

impl Register for LegalDocuments {
    type Edit = EditEligibility;
    const PATH: &'static str = "legal-documents";
    const SUBJECT: &'static str = "legal_document";
    const ENTERED: &'static str = "legal_document_entered";
    const CHANGED: &'static str = "legal_document_changed";
    const WITHDRAWN: &'static str = "legal_document_withdrawn";
    const BLANK: &'static [&'static str] = &[];
    const COLUMNS: &'static [&'static str] = &["kind", "number", "holder_name", "valid_from", "valid_to"];
    const SPEC: &'static FormSpec = &SPEC;
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[("status", "in_force")];
    const WORDS: RegisterWords =
        RegisterWords { title: Say::nav_legal_documents, lead: Say::legal_lead, enter: Say::legal_enter, empty: Say::legal_empty, entry: Say::legal_entry };

    fn check(form: &mut Filled, _: Option<&Value>, _: NaiveDate) {
        let say = form.say();
        let is_permit = form.value("kind") == "permit";
        match (is_permit, form.some("permit_code")) {
            (true, None) => form.refuse("permit_code", say.legal_permit_code_missing()),
            (false, Some(_)) => form.refuse("permit_code", say.legal_permit_code_only_permit()),
            (true, Some(code)) if !is_code(&code) => form.refuse("permit_code", say.legal_permit_code_form()),
            _ => {}
        }
        if let (Some(from), Some(to)) = (form.date("valid_from"), form.date("valid_to"))
            && to < from
        {
            form.refuse("valid_to", say.legal_valid_to_before(from));
        }
    }

    fn state(say: Say, row: &Value, today: NaiveDate) -> Option<State> {
        let text = |name: &str| row.get(name).and_then(Value::as_str);
        let day = |name: &str| text(name).and_then(|text| text.parse::<NaiveDate>().ok());
        let (shape, words) = match text("status") {
            Some("revoked") => ("not-met", say.legal_status_revoked()),
            Some("cancelled") => ("not-met", say.legal_status_cancelled()),
            _ if day("valid_to").is_some_and(|to| to < today) => ("not-met", say.legal_state_expired()),
            _ if text("file_id").is_none() => ("unknown", say.legal_state_no_file()),
            _ if day("valid_from").is_some_and(|from| from > today) => ("not-yet", say.legal_state_future()),
            _ => ("met", say.legal_state_valid()),
        };
        Some(State { shape, words: words.to_owned() })
    }

    async fn offer(snapshot: &mut Snapshot, form: Filled) -> sqlx::Result<Filled> {
        evidence::offer(snapshot, form).await
    }

    register_store!(store::legal_documents);
}

/// Whether a text is a code of the contract: `[a-z0-9][a-z0-9_]{0,63}`.
fn is_code(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        && text.len() <= 64
        && letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::is_code;

    #[test]
    fn codes() {
        assert!(is_code("idc_2026") && is_code("9"));
        assert!(!is_code("") && !is_code("_a") && !is_code("IDC") && !is_code("a-b") && !is_code(&"a".repeat(65)));
    }
}
