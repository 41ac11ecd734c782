//! Identifiers: one type per kind, so that a person's id can never be passed where an engagement's is meant.

use std::fmt;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// Whoever can sign in.
    AccountId,
    /// A consulting firm.
    ConsultancyId,
    /// A client's way to one certificate.
    EngagementId,
    /// A person of one engagement's register.
    PersonId,
    /// An entry of one of an engagement's registers.
    RecordId,
}
