//! Forms of the registers, which give the fields of the log their labels.

use crate::{
    audits::{Areas, Audits, Findings},
    documents::{Documents, Excuses, IssueOrders},
    eligibility::{CreditSearches, LegalDocuments, NoPenaltyDeclarations, Penalties},
    engagements::forms::{FACTS, PERSON, RULES},
    operation::{OperatingRecords, Restarts, Suspensions},
    records::Register,
    reviews::Reviews,
    scope::{Departments, ScopeParts},
    trail::store::HistoryLine,
    web::form::FormSpec,
};

/// The form whose fields an event's rows hold.
pub(super) fn spec(event: &HistoryLine) -> Option<&'static FormSpec> {
    match (event.subject_kind.as_str(), event.kind.as_str()) {
        ("engagement", "rules_changed") => Some(&RULES),
        ("engagement", _) => Some(&FACTS),
        ("person", _) => Some(&PERSON),
        (subject, _) => of_register(subject),
    }
}

fn of_register(subject_kind: &str) -> Option<&'static FormSpec> {
    let registers = [
        (Areas::SUBJECT, Areas::SPEC),
        (Audits::SUBJECT, Audits::SPEC),
        (Findings::SUBJECT, Findings::SPEC),
        (Documents::SUBJECT, Documents::SPEC),
        (Excuses::SUBJECT, Excuses::SPEC),
        (IssueOrders::SUBJECT, IssueOrders::SPEC),
        (CreditSearches::SUBJECT, CreditSearches::SPEC),
        (LegalDocuments::SUBJECT, LegalDocuments::SPEC),
        (NoPenaltyDeclarations::SUBJECT, NoPenaltyDeclarations::SPEC),
        (Penalties::SUBJECT, Penalties::SPEC),
        (OperatingRecords::SUBJECT, OperatingRecords::SPEC),
        (Restarts::SUBJECT, Restarts::SPEC),
        (Suspensions::SUBJECT, Suspensions::SPEC),
        (Reviews::SUBJECT, Reviews::SPEC),
        (Departments::SUBJECT, Departments::SPEC),
        (ScopeParts::SUBJECT, ScopeParts::SPEC),
    ];
    registers.into_iter().find(|(subject, _)| *subject == subject_kind).map(|(_, spec)| spec)
}
