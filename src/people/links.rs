//! One-time links: set-up, invitations, password resets (security.md S35, S37). A link is a token of 256 bits, bound to
//! one purpose and one address; only its hash is kept; it is spent once.

use super::store;
use crate::{
    access::recognition::token_hash,
    clock::Chance,
    database::{Change, Database},
    trail::Actor,
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// What a link is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// Founding the installation's first account.
    SetUp,
    /// Joining an engagement or a consultancy.
    Invitation,
    /// Choosing a new password.
    PasswordReset,
}

impl Purpose {
    /// The word in the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::SetUp => "set_up",
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
        }
    }

    /// How long a link lives: 7 days for an invitation, 30 minutes for a reset; one for set-up lives until it is used.
    pub const fn life(self) -> TimeDelta {
        match self {
            Self::SetUp => TimeDelta::days(36_525),
            Self::Invitation => TimeDelta::days(7),
            Self::PasswordReset => TimeDelta::minutes(30),
        }
    }

    /// The path under which a token of this purpose is opened.
    pub fn path(self, token: &str) -> String {
        let place = match self {
            Self::SetUp => "set-up",
            Self::Invitation => "invitations",
            Self::PasswordReset => "password-resets",
        };
        format!("/{place}/{token}")
    }
}

/// A token as it stands in an address: 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Token(String);

impl Token {
    /// The hash under which the link is kept.
    pub(super) fn hash(&self) -> [u8; 32] {
        token_hash(&self.0)
    }
}

impl std::fmt::Debug for Token {
    /// A secret is not written into logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

impl std::str::FromStr for Token {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let fits = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        if fits { Ok(Self(text.to_owned())) } else { Err(()) }
    }
}

/// A new link: the token for the person, the rest for the database.
#[derive(Clone)]
pub struct Link {
    /// What goes into the address; shown once and never kept.
    pub token: String,
    /// The SHA-256 of the token.
    pub token_hash: [u8; 32],
    /// The link's id.
    pub id: Uuid,
    /// What it is for.
    pub purpose: Purpose,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From when on it is dead.
    pub expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link").field("id", &self.id).field("purpose", &self.purpose).field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

impl Link {
    /// Makes a link; nothing is kept yet.
    pub fn new(purpose: Purpose, chance: &Chance, now: DateTime<Utc>) -> Self {
        let token = chance.token();
        Self { token_hash: token_hash(&token), token, id: chance.id(now), purpose, created_at: now, expires_at: now + purpose.life() }
    }

    /// The address to hand over, below the portal's base address.
    pub fn address(&self, base: &str) -> String {
        format!("{base}{}", self.purpose.path(&self.token))
    }
}

/// Invites a person of an engagement's register: kills the links this person still has and makes a new one. The caller
/// has checked that the person has this address and no account yet, and commits with its event.
pub async fn invite(change: &mut Change, chance: &Chance, person: Uuid, email: &str) -> sqlx::Result<Link> {
    let link = Link::new(Purpose::Invitation, chance, change.now());
    store::revoke_invitations(change, person).await?;
    store::save_invitation(change, &link, person, email).await?;
    Ok(link)
}

/// The link for the first administrator, where there is no account yet; links made earlier are dead from now on. Called
/// at every start; print the address, it is not kept.
pub async fn set_up_link(database: &Database, chance: &Chance, now: DateTime<Utc>) -> sqlx::Result<Option<Link>> {
    let link = Link::new(Purpose::SetUp, chance, now);
    let mut door = store::Door::begin(database, chance, system(), now).await?;
    if !store::save_set_up_link(&mut door, &link).await? {
        return Ok(None);
    }
    // A start of the program is no event: nobody has done anything yet.
    door.commit(&[]).await?;
    Ok(Some(link))
}

/// A reset link for the command line; nothing where no account with a password has this address.
pub async fn reset_link(database: &Database, chance: &Chance, now: DateTime<Utc>, email: &str) -> sqlx::Result<Option<Link>> {
    let Some(account) = store::account_by_email(database, &email.trim().to_lowercase()).await?.filter(|account| account.password_hash.is_some()) else {
        return Ok(None);
    };
    let mut door = store::Door::begin(database, chance, system(), now).await?;
    let link = store::start_reset(&mut door, account.id, &account.email, None).await?;
    door.commit(&[super::resets::started(account.id)]).await?;
    Ok(Some(link))
}

/// Who acts at the command line and at the start: no account.
fn system() -> Actor {
    Actor { account_id: None, name: String::new(), roles: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s37_links_live_as_long_as_their_purpose_allows() {
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let chance = Chance::default();
        let lives = |purpose| Link::new(purpose, &chance, now).expires_at - now;
        assert_eq!(lives(Purpose::Invitation), TimeDelta::days(7));
        assert_eq!(lives(Purpose::PasswordReset), TimeDelta::minutes(30));
        assert!(lives(Purpose::SetUp) > TimeDelta::days(36_000));
    }

    #[test]
    fn tokens_are_secret_and_of_one_form() {
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let link = Link::new(Purpose::Invitation, &Chance::default(), now);
        let read: Token = link.token.parse().unwrap();
        assert_eq!(read.hash(), link.token_hash);
        assert_eq!(link.address("https://portal.example"), format!("https://portal.example/invitations/{}", link.token));
        assert!(!format!("{link:?} {read:?}").contains(&link.token));
        for wrong in ["", "abc", &link.token.to_uppercase(), &format!("{}0", link.token), &"g".repeat(64)] {
            assert!(wrong.parse::<Token>().is_err() || wrong.bytes().all(|byte| byte.is_ascii_digit()), "{wrong}");
        }
    }
}
