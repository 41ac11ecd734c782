//! The activity log of an engagement: who did what, when, and what became of each field (domain.md section 2.2: every
//! step leaves its record). Lines are read only; the log itself is sealed by the trail (security.md S62).
//!
//! This slice stands last: it puts into words what all the others recorded.

mod filter;
mod pages;
mod sheet;
pub(crate) mod store;
mod words;

use crate::access::{Need, Permission, Route};

/// The routes of the slice.
pub fn routes() -> Vec<Route> {
    let view = Need::Member(Permission::ViewHistory);
    vec![Route::page("/e/{code}/history", view, pages::log), Route::page("/e/{code}/history.csv", view, pages::export)]
}
