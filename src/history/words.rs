//! Forms of the registers, which give the fields of the log their labels.

use crate::{
    audits::{Areas, Audits, Findings},
    documents::{Documents, Excuses, IssueOrders},
    eligibility::{CreditSearches, LegalDocuments, NoPenaltyDeclarations, Penalties},
    operation::{OperatingRecords, Restarts, Suspensions},
    records::Register,
    reviews::Reviews,
    scope::{Departments, ScopeParts},
    web::form::FormSpec,
};

/// The form of a kind of subject.
pub(super) fn spec(subject_kind: &str) -> Option<&'static FormSpec> {
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
