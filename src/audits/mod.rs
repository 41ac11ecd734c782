//! Audits (steps 1.2.1 and 1.3.1; condition 3): internal audits and others, the areas that each covered with their auditors,
//! the findings with acceptance of the plan, due day and verification.

mod areas;
mod findings;
mod register;
pub mod store;

pub use areas::Areas;
pub use findings::Findings;
pub use register::Audits;

use crate::{access::Route, register_routes};

/// The routes of the slice.
pub fn routes() -> Vec<Route> {
    [register_routes!(Audits, "audits"), register_routes!(Areas, "audit-areas"), register_routes!(Findings, "findings")].concat()
}
