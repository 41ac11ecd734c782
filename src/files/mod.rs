//! The evidence store: bytes under their SHA-256, outside any served folder and outside the database.
//!
//! What a file claims to be is checked before it is kept ([`kinds`], security.md S27 to S31): extension, first bytes
//! and inner structure must agree. Files leave only as attachments ([`attachment`]).

pub mod attachment;
pub mod kinds;
mod office;
mod pictures;
pub mod store;

pub use kinds::{MediaType, Refusal};
pub use store::{Digest, Store, StoreError};
