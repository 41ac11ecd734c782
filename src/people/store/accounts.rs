//! Statements about accounts.

use super::Door;
use crate::database::{Database, count_statement};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

/// An account as signing in sees it.
#[derive(Clone)]
pub(in crate::people) struct KnownAccount {
    pub(in crate::people) id: Uuid,
    pub(in crate::people) email: String,
    pub(in crate::people) name: String,
    pub(in crate::people) password_hash: Option<String>,
    pub(in crate::people) is_suspended: bool,
}

/// Finds an account by the address to sign in with, which is in lower case.
pub(in crate::people) async fn account_by_email(database: &Database, email: &str) -> sqlx::Result<Option<KnownAccount>> {
    count_statement();
    sqlx::query_as!(KnownAccount, r#"select id, email, name, password_hash, suspended_at is not null as "is_suspended!" from accounts where email = $1"#, email)
        .fetch_optional(database.login())
        .await
}

/// An account, locked until the act ends.
pub(in crate::people) async fn lock_account(door: &mut Door, id: Uuid) -> sqlx::Result<Option<KnownAccount>> {
    sqlx::query_as!(
        KnownAccount,
        r#"select id, email, name, password_hash, suspended_at is not null as "is_suspended!" from accounts where id = $1 for update"#,
        id
    )
    .fetch_optional(door.connection())
    .await
}

/// Makes an account; none when there is one with this address. Without a hash it waits for its invitation.
pub(in crate::people) async fn enter_account(door: &mut Door, email: &str, name: &str, language: &str, hash: Option<&str>) -> sqlx::Result<Option<Uuid>> {
    let (id, now) = (door.new_id(), door.now());
    sqlx::query_scalar!(
        "insert into accounts (id, email, name, password_hash, language, created_at) values ($1, $2, $3, $4, $5, $6) on conflict (email) do nothing returning id",
        id,
        email,
        name,
        hash,
        language,
        now
    )
    .fetch_optional(door.connection())
    .await
}

/// Sets the hash of a new password.
pub(in crate::people) async fn set_password(door: &mut Door, id: Uuid, hash: &str) -> sqlx::Result<()> {
    sqlx::query!("update accounts set password_hash = $2 where id = $1", id, hash).execute(door.connection()).await.map(drop)
}

/// The same password, hashed anew, unless it was changed meanwhile.
pub(in crate::people) async fn rehash(door: &mut Door, id: Uuid, old: &str, new: &str) -> sqlx::Result<()> {
    sqlx::query!("update accounts set password_hash = $3 where id = $1 and password_hash = $2", id, old, new).execute(door.connection()).await.map(drop)
}

/// What a person may change about themselves, with the version.
pub(in crate::people) async fn profile(database: &Database, id: Uuid) -> sqlx::Result<Value> {
    count_statement();
    sqlx::query_scalar!(
        r#"select jsonb_build_object('name', name, 'language', language, 'theme', theme, 'shortcuts', shortcuts, 'version', version) as "row!" from accounts where id = $1"#,
        id
    )
    .fetch_one(database.login())
    .await
}

/// The same, locked until the act ends.
pub(in crate::people) async fn lock_profile(door: &mut Door, id: Uuid) -> sqlx::Result<Value> {
    sqlx::query_scalar!(
        r#"select jsonb_build_object('name', name, 'language', language, 'theme', theme, 'shortcuts', shortcuts, 'version', version) as "row!" from accounts where id = $1 for update"#,
        id
    )
    .fetch_one(door.connection())
    .await
}

/// What a person changes about themselves.
#[derive(Debug)]
pub(in crate::people) struct Profile<'a> {
    pub(in crate::people) name: &'a str,
    pub(in crate::people) language: &'a str,
    pub(in crate::people) theme: &'a str,
    pub(in crate::people) shortcuts: bool,
}

/// Saves a profile over the row that the act has locked.
pub(in crate::people) async fn save_profile(door: &mut Door, id: Uuid, profile: &Profile<'_>) -> sqlx::Result<Value> {
    sqlx::query_scalar!(
        r#"update accounts set name = $2, language = $3, theme = $4, shortcuts = $5, version = version + 1 where id = $1
           returning jsonb_build_object('name', name, 'language', language, 'theme', theme, 'shortcuts', shortcuts, 'version', version) as "row!""#,
        id,
        profile.name,
        profile.language,
        profile.theme,
        profile.shortcuts
    )
    .fetch_one(door.connection())
    .await
}

/// Sets the language alone, which no open form is about.
pub(in crate::people) async fn save_language(door: &mut Door, id: Uuid, language: &str) -> sqlx::Result<Option<String>> {
    let before = sqlx::query_scalar!("select language from accounts where id = $1 for update", id).fetch_optional(door.connection()).await?;
    sqlx::query!("update accounts set language = $2 where id = $1", id, language).execute(door.connection()).await?;
    Ok(before)
}

/// The codes of up to two engagements in which an account acts: enough to know whether it is one.
pub(in crate::people) async fn engagement_codes(database: &Database, id: Uuid, today: NaiveDate) -> sqlx::Result<Vec<String>> {
    count_statement();
    sqlx::query_scalar!(
        "select distinct e.code from memberships m join engagements e on e.id = m.engagement_id
         where m.account_id = $1 and m.ended_at is null and (m.until_on is null or m.until_on >= $2) order by e.code limit 2",
        id,
        today
    )
    .fetch_all(database.login())
    .await
}

/// The name of the consultancy whose staff an account is; empty where it is none.
pub(in crate::people) async fn consultancy_name(database: &Database, account: Uuid) -> sqlx::Result<String> {
    count_statement();
    let name = sqlx::query_scalar!(
        "select c.name from consultancies c join consultancy_members m on m.consultancy_id = c.id where m.account_id = $1 and m.ended_at is null limit 1",
        account
    )
    .fetch_optional(database.login())
    .await?;
    Ok(name.unwrap_or_default())
}

/// An account as an administrator sees it.
#[derive(Debug, Clone)]
pub(in crate::people) struct Listed {
    pub(in crate::people) id: Uuid,
    pub(in crate::people) name: String,
    pub(in crate::people) email: String,
    pub(in crate::people) created_at: DateTime<Utc>,
    pub(in crate::people) last_seen_at: Option<DateTime<Utc>>,
    pub(in crate::people) has_password: bool,
    pub(in crate::people) suspended_at: Option<DateTime<Utc>>,
    pub(in crate::people) is_administrator: bool,
    pub(in crate::people) consultancy: Option<String>,
}

/// Accounts by name: all, or the one with this id.
pub(in crate::people) async fn listed_accounts(database: &Database, only: Option<Uuid>) -> sqlx::Result<Vec<Listed>> {
    count_statement();
    sqlx::query_as!(
        Listed,
        r#"select a.id, a.name, a.email, a.created_at, a.password_hash is not null as "has_password!", a.suspended_at,
                  (select max(s.last_seen_at) from sessions s where s.account_id = a.id) as last_seen_at,
                  exists (select 1 from administrators d where d.account_id = a.id and d.ended_at is null) as "is_administrator!",
                  (select c.name from consultancies c join consultancy_members m on m.consultancy_id = c.id
                    where m.account_id = a.id and m.ended_at is null limit 1) as consultancy
             from accounts a where $1::uuid is null or a.id = $1
            order by a.name, a.id limit 2000"#,
        only
    )
    .fetch_all(database.login())
    .await
}

/// Whether an administrator other than this account could still act. The rows of all administrators are locked, so that
/// two cannot suspend each other.
pub(in crate::people) async fn has_other_administrator(door: &mut Door, account: Uuid) -> sqlx::Result<bool> {
    let others = sqlx::query_scalar!(
        r#"select a.suspended_at is null and a.password_hash is not null and a.id <> $1 as "acts!"
             from administrators d join accounts a on a.id = d.account_id where d.ended_at is null order by a.id for update"#,
        account
    )
    .fetch_all(door.connection())
    .await?;
    Ok(others.contains(&true))
}

/// Suspends or reinstates an account; false when it is so already.
pub(in crate::people) async fn set_suspended(door: &mut Door, account: Uuid, suspended: bool) -> sqlx::Result<bool> {
    let at = suspended.then(|| door.now());
    let done = sqlx::query!("update accounts set suspended_at = $2 where id = $1 and (suspended_at is null) = ($2::timestamptz is not null)", account, at)
        .execute(door.connection())
        .await?;
    Ok(done.rows_affected() > 0)
}

/// An account by its address, locked until the act ends.
pub(in crate::people) async fn lock_account_by_email(door: &mut Door, email: &str) -> sqlx::Result<Option<KnownAccount>> {
    sqlx::query_as!(
        KnownAccount,
        r#"select id, email, name, password_hash, suspended_at is not null as "is_suspended!" from accounts where email = $1 for update"#,
        email
    )
    .fetch_optional(door.connection())
    .await
}

/// Whether an account is staff of a consultancy now.
pub(in crate::people) async fn is_staff(door: &mut Door, consultancy: Uuid, account: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from consultancy_members where consultancy_id = $1 and account_id = $2 and ended_at is null) as "staff!""#,
        consultancy,
        account
    )
    .fetch_one(door.connection())
    .await
}
