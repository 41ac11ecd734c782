//! Statements about sessions.

use super::Door;
use crate::{
    access::recognition::token_hash,
    database::{Database, count_statement},
    people::session::{Session, surplus},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Begins a session of an account and gives its token, which nobody but the browser keeps. At most five live at once:
/// the oldest ends.
pub async fn open_session(door: &mut Door, account: Uuid, device: &str) -> sqlx::Result<String> {
    let now = door.now();
    // The account's row is the lock: two sign-ins at once do not both find room.
    sqlx::query!("select id from accounts where id = $1 for update", account).fetch_one(door.connection()).await?;
    let running = unended(door, account).await?;
    for session in surplus(&running, now) {
        end_session(door, account, session, "too_many").await?;
    }
    let (token, id) = (door.chance().token(), door.new_id());
    let hash = token_hash(&token);
    sqlx::query!(
        "insert into sessions (token_hash, id, account_id, started_at, last_seen_at, proved_at, device) values ($1, $2, $3, $4, $4, $4, $5)",
        hash.as_slice(),
        id,
        account,
        now,
        device
    )
    .execute(door.connection())
    .await?;
    Ok(token)
}

async fn unended(door: &mut Door, account: Uuid) -> sqlx::Result<Vec<Session>> {
    let since = door.now() - crate::access::SESSION_LIFE;
    sqlx::query_as!(
        Session,
        "select id, started_at, last_seen_at, device from sessions where account_id = $1 and ended_at is null and started_at > $2",
        account,
        since
    )
    .fetch_all(door.connection())
    .await
}

/// The sessions of an account that live, the latest first.
pub(in crate::people) async fn living_sessions(database: &Database, account: Uuid, now: DateTime<Utc>) -> sqlx::Result<Vec<Session>> {
    count_statement();
    let mut sessions = sqlx::query_as!(
        Session,
        "select id, started_at, last_seen_at, device from sessions where account_id = $1 and ended_at is null order by started_at desc, id desc limit 100",
        account
    )
    .fetch_all(database.login())
    .await?;
    sessions.retain(|session| session.lives(now));
    Ok(sessions)
}

/// Ends one session of an account; false when it had ended or is not theirs.
pub(in crate::people) async fn end_session(door: &mut Door, account: Uuid, session: Uuid, reason: &str) -> sqlx::Result<bool> {
    let now = door.now();
    let done = sqlx::query!(
        "update sessions set ended_at = $3, end_reason = $4 where id = $2 and account_id = $1 and ended_at is null",
        account,
        session,
        now,
        reason
    )
    .execute(door.connection())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Ends every session of an account; how many there were.
pub(in crate::people) async fn end_sessions(door: &mut Door, account: Uuid, reason: &str) -> sqlx::Result<u64> {
    let now = door.now();
    let done = sqlx::query!("update sessions set ended_at = $2, end_reason = $3 where account_id = $1 and ended_at is null", account, now, reason)
        .execute(door.connection())
        .await?;
    Ok(done.rows_affected())
}

/// Ends the session of the cookie that a new one replaces.
pub(in crate::people) async fn replace_session(door: &mut Door, old: &[u8; 32]) -> sqlx::Result<()> {
    let now = door.now();
    sqlx::query!(
        "update sessions set ended_at = $2, end_reason = 'replaced' where (token_hash = $1 or former_hash = $1) and ended_at is null",
        old.as_slice(),
        now
    )
    .execute(door.connection())
    .await
    .map(drop)
}

/// The hash of a session's token.
pub(in crate::people) async fn session_hash(database: &Database, session: Uuid) -> sqlx::Result<Option<[u8; 32]>> {
    count_statement();
    let hash = sqlx::query_scalar!("select token_hash from sessions where id = $1", session).fetch_optional(database.login()).await?;
    Ok(hash.and_then(|hash| hash.try_into().ok()))
}

/// Whether a cookie once was a session of this account.
pub(in crate::people) async fn was_session_of(database: &Database, hash: &[u8; 32], account: Uuid) -> sqlx::Result<bool> {
    count_statement();
    sqlx::query_scalar!(
        r#"select exists (select 1 from sessions where (token_hash = $1 or former_hash = $1) and account_id = $2) as "was!""#,
        hash.as_slice(),
        account
    )
    .fetch_one(database.login())
    .await
}

/// Notes that the person of a session has just given the password, and gives the session a new token (S41); false when it
/// was given one a moment ago by another request of the same person, whose answer carries it.
pub(in crate::people) async fn renew(database: &Database, session: Uuid, hash: &[u8; 32], now: DateTime<Utc>) -> sqlx::Result<bool> {
    count_statement();
    let renewed = sqlx::query_scalar!(
        r#"update sessions s set proved_at = $3,
               token_hash = case when before.is_due then $2 else s.token_hash end,
               former_hash = case when before.is_due then s.token_hash else s.former_hash end,
               renewed_at = case when before.is_due then $3 else s.renewed_at end
           from (select id, renewed_at is null or renewed_at <= $4 as is_due from sessions where id = $1 and ended_at is null for update) before
           where s.id = before.id
           returning before.is_due as "is_due!""#,
        session,
        hash.as_slice(),
        now,
        now - crate::access::SESSION_CHANGEOVER
    )
    .fetch_optional(database.login())
    .await?;
    Ok(renewed == Some(true))
}
