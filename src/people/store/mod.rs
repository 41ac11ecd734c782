//! Every statement of the slice, as the role that signs people in.

mod accounts;
mod door;
mod guesses;
mod installation;
mod links;
mod sessions;

pub(super) use accounts::*;
pub use door::Door;
pub(super) use guesses::*;
pub use installation::*;
pub(super) use links::*;
pub use sessions::open_session;
pub(super) use sessions::*;
