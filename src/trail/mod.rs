//! The trail: every change with who, when, what, before and after.
//!
//! An [`Event`] is written in the transaction of its change ([`store::append`]). A background sealer ([`sealing`])
//! places committed events into one Merkle log, hashed as in RFC 9162, and signs checkpoints with a [`key`] that lives
//! outside the database; each checkpoint is also appended to a file ([`checkpoints`]). [`verification`] recomputes
//! everything, from the database or from an [`export`], and names the first entry that was altered, removed,
//! inserted, reordered or rolled back (security rules S50–S53, S55, S62).

pub mod canonical;
pub mod checker;
pub mod checkpoints;
pub mod event;
pub mod export;
pub mod finding;
mod hexadecimal;
pub mod key;
pub mod merkle;
pub mod seal;
pub mod sealing;
pub mod store;
mod suspect;
pub mod verification;

pub use event::{Actor, Event, Subject};
