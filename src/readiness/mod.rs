//! Readiness and the gate (domain.md section 6; ux.md section 4): may the organisation apply, and if not, when and what
//! next. The verdict is the engine's; this slice gathers the facts, puts the verdict into words, and keeps the declaration
//! of readiness honest: recommended by one person, declared by another, suspended when a condition is no longer met.
//!
//! `facts` gathers, `labels` names what facts name by id, `words` says rows and codes, `gates`, `next_steps`, `progress` and
//! `what_if` are what the page shows, `gate` holds the rules of the declaration, `watch` keeps verdict and declaration true.

pub mod engine;

mod acts;
pub mod command;
mod facts;
mod gate;
mod gate_page;
mod gates;
mod labels;
mod next_steps;
mod page;
mod progress;
mod reasons;
mod store;
pub mod watch;
mod what_if;
mod words;

use crate::access::{Need, Permission, Route};

/// The routes of the slice.
pub fn routes() -> Vec<Route> {
    let view = Need::Member(Permission::ViewEngagement);
    let (recommend, declare) = (Need::Member(Permission::Recommend), Need::Member(Permission::Declare));
    vec![
        Route::page("/e/{code}/readiness", view, page::readiness),
        Route::page("/e/{code}/readiness/facts.json", view, page::facts_file),
        Route::page("/e/{code}/readiness/verdict.json", view, page::verdict_file),
        Route::page("/e/{code}/gate", view, gate_page::gate),
        Route::page("/e/{code}/recommendations", recommend, acts::recommendation),
        Route::act("/e/{code}/recommendations", recommend, "readiness_recommended", acts::recommend),
        Route::page("/e/{code}/declarations", declare, acts::declaration),
        Route::act("/e/{code}/declarations", declare, "readiness_declared", acts::declare),
        Route::page("/e/{code}/declarations/{id}/withdrawals", declare, acts::withdrawal),
        Route::act("/e/{code}/declarations/{id}/withdrawals", declare, "declaration_withdrawn", acts::withdraw),
    ]
}
