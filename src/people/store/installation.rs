//! Founding: the first account with its consultancy, and further accounts for the demonstration and for tests.

use super::{Door, enter_account};
use crate::database::{Database, count_statement};
use uuid::Uuid;

/// What set-up asks for, with the password already hashed.
#[derive(Debug, Clone)]
pub struct Founding<'a> {
    /// Name of the first administrator.
    pub name: &'a str,
    /// Address to sign in with, in lower case.
    pub email: &'a str,
    /// `zh-CN` or `en`.
    pub language: &'a str,
    /// Hash of the password, as [`crate::people::Passwords::hash`] gives it.
    pub hash: &'a str,
    /// Name of the consultancy.
    pub consultancy: &'a str,
}

/// Account and consultancy of a founded installation.
#[derive(Debug, Clone, Copy)]
pub struct Founded {
    /// The first administrator, who is also staff of the consultancy.
    pub account: Uuid,
    /// The consultancy.
    pub consultancy: Uuid,
}

/// Founds account, administrator, consultancy and its first member; none when the address is taken.
pub async fn found(door: &mut Door, founding: &Founding<'_>) -> sqlx::Result<Option<Founded>> {
    let Some(account) = enter_account(door, founding.email, founding.name, founding.language, Some(founding.hash)).await? else {
        return Ok(None);
    };
    let (consultancy, now) = (door.new_id(), door.now());
    sqlx::query!("insert into administrators (account_id, appointed_at, appointed_by) values ($1, $2, $1)", account, now).execute(door.connection()).await?;
    sqlx::query!("insert into consultancies (id, name, founded_at) values ($1, $2, $3)", consultancy, founding.consultancy, now)
        .execute(door.connection())
        .await?;
    super::join_consultancy(door, consultancy, account).await?;
    Ok(Some(Founded { account, consultancy }))
}

/// Makes an account that can sign in with the password of this hash; none when the address is taken.
pub async fn create_account(door: &mut Door, email: &str, name: &str, language: &str, hash: &str) -> sqlx::Result<Option<Uuid>> {
    enter_account(door, email, name, language, Some(hash)).await
}

/// Makes an account staff of a consultancy.
pub async fn add_to_consultancy(door: &mut Door, consultancy: Uuid, account: Uuid) -> sqlx::Result<()> {
    super::join_consultancy(door, consultancy, account).await
}

/// The consultancy that was founded first.
pub(in crate::people) async fn first_consultancy(database: &Database) -> sqlx::Result<Option<(Uuid, String)>> {
    count_statement();
    let row = sqlx::query!("select id, name from consultancies order by founded_at, id limit 1").fetch_optional(database.login()).await?;
    Ok(row.map(|row| (row.id, row.name)))
}

/// Whether anybody has an account, while nobody else can found the installation until the act ends.
pub(in crate::people) async fn lock_founding(door: &mut Door) -> sqlx::Result<bool> {
    // The number is arbitrary; nothing else uses it.
    sqlx::query_scalar!(r#"select true as "locked!" from pg_advisory_xact_lock(7305804402566002)"#).fetch_one(door.connection()).await?;
    sqlx::query_scalar!(r#"select exists (select 1 from accounts) as "founded!""#).fetch_one(door.connection()).await
}

/// Whether anybody has an account.
pub(in crate::people) async fn is_founded(database: &Database) -> sqlx::Result<bool> {
    count_statement();
    sqlx::query_scalar!(r#"select exists (select 1 from accounts) as "founded!""#).fetch_one(database.login()).await
}
