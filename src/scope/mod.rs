//! Scope (step 1.1.4.3): the sites and other parts of the scope with their start of operation, and the departments.

mod departments;
mod parts;
pub mod store;

pub use departments::Departments;
pub use parts::ScopeParts;

use crate::{access::Route, register_routes};

/// The routes of the slice.
pub fn routes() -> Vec<Route> {
    [register_routes!(ScopeParts, "scope-parts"), register_routes!(Departments, "departments")].concat()
}
