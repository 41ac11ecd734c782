//! Eligibility records of conditions 1 and 4 (domain.md section 6, E1 and E4): legal documents of the applicant, penalties,
//! declarations of no penalty and credit searches, each with its files and full history.

mod legal_documents;
mod no_penalty;
mod penalties;
pub mod store;

pub use legal_documents::LegalDocuments;
pub use no_penalty::{CreditSearches, NoPenaltyDeclarations};
pub use penalties::Penalties;

use crate::{access::Route, register_routes};

/// The routes of the slice.
pub fn routes() -> Vec<Route> {
    [
        register_routes!(LegalDocuments, "legal-documents"),
        register_routes!(Penalties, "penalties"),
        register_routes!(NoPenaltyDeclarations, "no-penalty-declarations"),
        register_routes!(CreditSearches, "credit-searches"),
    ]
    .concat()
}
