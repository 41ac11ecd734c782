//! Who asks, and what they may do: the first of the two walls (the second is row-level security).
//!
//! A request is recognised once, by one statement. A handler that needs a right takes the proof of it as an argument;
//! a proof can only be made here. Who is no member of an engagement is told that there is nothing (404); a member
//! without the right is told who has it (403).

pub mod permissions;
pub mod proof;
pub mod recognition;
pub mod route;
pub(crate) mod store;
pub mod visit;

pub use permissions::{Allows, Permission, Role};
pub use proof::{Access, AdministratorOnly, At, ConsultancyStaff, SignedIn};
pub use route::{Need, Route};
pub use visit::{Account, Seen, Visit};

use chrono::TimeDelta;

/// A session ends this long after its start (S42).
pub const SESSION_LIFE: TimeDelta = TimeDelta::hours(12);
/// A session ends this long after its last request (S42).
pub const SESSION_IDLE: TimeDelta = TimeDelta::minutes(30);
/// The former token of a session serves this long after a new one was given, for requests that were on their way (S41).
pub const SESSION_CHANGEOVER: TimeDelta = TimeDelta::seconds(10);
/// A password or one-time link this old or younger still proves the person for a series of receipts (S44).
pub const FRESH: TimeDelta = TimeDelta::minutes(15);
