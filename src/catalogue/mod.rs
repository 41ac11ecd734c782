//! The standard as data: clauses, processes, requirements, the journey, the default plan, KPIs, documents and terms, in both languages.
//!
//! The texts live in `catalogue/*.toml`, which a domain expert can edit; they are compiled in, and checked as a whole when they are first read.
//! Serves every step of the journey; knows no engagement.

mod bilingual;
mod checking;
mod documents;
mod fault;
mod field;
mod journey;
mod kpis;
mod loading;
mod lookups;
pub mod pages;
mod plan_checks;
mod shelf;
mod standard;
mod totals;

use std::sync::LazyLock;

pub use self::bilingual::Bilingual;
pub use self::documents::{Document, DocumentKind, Level};
pub use self::fault::{CatalogueFault, Problem};
pub use self::field::{Edition, Fact, Grade, Term, TypicalNonconformity};
pub use self::journey::{Anchor, PlanStep, PlanVariant, Predecessor, Role, Step, Weeks};
pub use self::kpis::{Direction, Kpi, Period, Unit};
pub use self::loading::Sources;
pub use self::lookups::Catalogue;
pub use self::standard::{Clause, Counterpart, Criterion, Group, LaterSubject, OtherStandard, Process, Requirement, RequirementKind};

/// The 13 processes by their clause of ISO/IEC 20000-1:2005, in the order of the standard. Keys in every edition.
pub const PROCESSES: [&str; 13] = ["6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "7.2", "7.3", "8.2", "8.3", "9.1", "9.2", "10.1"];

/// The 23 clauses that carry checklist items and that an internal audit must cover (rule E3), in the order of the standard.
pub const AUDIT_CLAUSES: [&str; 23] = [
    "3.1", "3.2", "3.3", "4.1", "4.2", "4.3", "4.4.1", "4.4.2", "4.4.3", "5", "6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "7.2", "7.3", "8.2", "8.3", "9.1",
    "9.2", "10.1",
];

static LOADED: LazyLock<Result<Catalogue, CatalogueFault>> = LazyLock::new(Catalogue::load);
static EMPTY: LazyLock<Catalogue> = LazyLock::new(Catalogue::default);

/// Reads and checks the catalogue once. The program calls this first and stops on a fault.
///
/// # Errors
/// The first fault of the data, naming file, entry and what is wrong.
pub fn install() -> Result<&'static Catalogue, &'static CatalogueFault> {
    LOADED.as_ref()
}

/// The catalogue, for rules and pages. Empty only where [`install`] reported a fault, so that rendering never fails.
pub fn catalogue() -> &'static Catalogue {
    LOADED.as_ref().unwrap_or_else(|_| &EMPTY)
}
