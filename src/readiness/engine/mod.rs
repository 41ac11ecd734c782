//! The readiness engine: a pure function from the facts of an engagement to a verdict on the four
//! conditions for the certificate (domain section 6), exactly as the public contract of the engine says.
//!
//! [`read`] takes facts from outside and names any fault by its place; [`assess`] judges them. No clock,
//! no network, no locale, no state. Words for people are made elsewhere: a verdict speaks in rows
//! (`E1-4`) and codes (`open_major:NC-01`).
//!
//! Inside, the facts stand in `applicant`, `running`, `audits`, `penalties`, each with the way it is read;
//! `timing` and `establishment` are what all rules share; `legal_status` (E1), `operation` (E2),
//! `audit_and_review` (E3) and `no_penalty` (E4) are the rules.

mod applicant;
mod audit_and_review;
mod audit_coverage;
mod audits;
pub mod calendar;
mod clauses;
mod clock;
pub mod command;
mod coverage;
mod cross_checks;
mod establishment;
pub mod facts;
mod internal_audit;
mod json;
mod judgement;
mod legal_status;
mod management_review;
mod names;
mod no_penalty;
mod operation;
mod penalties;
mod proofs;
mod reading;
mod records;
mod rules;
mod ruling;
mod running;
mod syntax;
mod timing;
mod verdict;

pub use facts::Facts;
pub use judgement::assess;
pub use reading::{Malformed, read};
pub use verdict::{Application, Basis, Condition, ConditionName, Dates, Overall, Row, Status, Verdict};
