//! Recognising who asks: one statement finds session, account, engagement and roles.

use crate::database::{Database, count_statement};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

/// What the one statement finds.
#[derive(Debug)]
pub(crate) struct Recognised {
    pub session_id: Uuid,
    pub account_id: Uuid,
    pub last_seen_at: DateTime<Utc>,
    pub proved_at: DateTime<Utc>,
    pub name: String,
    pub email: String,
    pub language: String,
    pub theme: String,
    pub shortcuts: bool,
    pub is_administrator: bool,
    pub consultancy_id: Option<Uuid>,
    pub engagement_id: Option<Uuid>,
    pub code: Option<String>,
    pub colour: Option<i16>,
    pub legal_name: Option<String>,
    pub edition: Option<String>,
    pub person_id: Option<Uuid>,
    pub roles: Vec<String>,
    pub access_until: Option<NaiveDate>,
    pub standing_as_of: Option<NaiveDate>,
    pub overall: Option<String>,
    pub statuses: Option<Vec<String>>,
    pub gate: Option<String>,
    pub next_gate_on: Option<NaiveDate>,
}

/// Finds the living session of a token's hash and, where a code is given, the roles in that engagement.
pub(crate) async fn recognise(
    database: &Database,
    token_hash: &[u8],
    code: Option<&str>,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> sqlx::Result<Option<Recognised>> {
    count_statement();
    let (started_after, seen_after, renewed_after) = (now - super::SESSION_LIFE, now - super::SESSION_IDLE, now - super::SESSION_CHANGEOVER);
    sqlx::query_as!(
        Recognised,
        r#"
        select s.id as session_id, s.account_id, s.last_seen_at, s.proved_at, a.name, a.email, a.language, a.theme, a.shortcuts,
               exists (select 1 from administrators d where d.account_id = a.id and d.ended_at is null) as "is_administrator!",
               (select c.consultancy_id from consultancy_members c where c.account_id = a.id and c.ended_at is null limit 1) as consultancy_id,
               e.id as "engagement_id?", e.code as "code?", e.colour as "colour?", e.legal_name as "legal_name?", e.edition as "edition?",
               m.person_id as "person_id?", coalesce(m.roles, '{}') as "roles!: Vec<String>", m.access_until as "access_until?",
               t.as_of as "standing_as_of?", t.overall as "overall?",
               case when t.as_of is not null then array[t.legal_status, t.operation, t.audit_and_review, t.no_penalty] end as "statuses?: Vec<String>",
               t.gate as "gate?", t.next_gate_on as "next_gate_on?"
        from sessions s
        join accounts a on a.id = s.account_id
        left join engagements e on e.code = $2
        left join lateral (
            select (array_agg(m.person_id))[1] as person_id, array_agg(m.role order by m.role) as roles, max(m.until_on) as access_until
            from memberships m
            where m.account_id = a.id and m.engagement_id = e.id and m.ended_at is null and (m.until_on is null or m.until_on >= $5)
            having count(*) > 0) m on true
        left join standings t on t.engagement_id = e.id and m.person_id is not null
        where (s.token_hash = $1 or (s.former_hash = $1 and s.renewed_at > $6)) and s.ended_at is null and s.started_at > $3 and s.last_seen_at > $4 and a.suspended_at is null
        "#,
        token_hash,
        code,
        started_after,
        seen_after,
        today,
        renewed_after
    )
    .fetch_optional(database.login())
    .await
}

/// Notes that a session is still in use; called at most once a minute for each.
pub(crate) async fn touch(database: &Database, session: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    count_statement();
    sqlx::query!("update sessions set last_seen_at = $2 where id = $1 and ended_at is null", session, now).execute(database.login()).await.map(drop)
}

/// The account of a session that is over, if its token is known: only to keep what was typed for that person.
pub(crate) async fn former(database: &Database, token_hash: &[u8], now: DateTime<Utc>) -> sqlx::Result<Option<Uuid>> {
    count_statement();
    sqlx::query_scalar!(
        "select s.account_id from sessions s join accounts a on a.id = s.account_id where (s.token_hash = $1 or s.former_hash = $1) and s.started_at > $2 and a.suspended_at is null",
        token_hash,
        now - chrono::TimeDelta::days(2)
    )
    .fetch_optional(database.login())
    .await
}

/// Keeps what was typed, for a day.
pub(crate) async fn keep_form(database: &Database, id: Uuid, account: Uuid, path: &str, fields: &Value, now: DateTime<Utc>) -> sqlx::Result<()> {
    count_statement();
    sqlx::query!("delete from kept_forms where account_id = $1 and kept_at < $2", account, now - chrono::TimeDelta::hours(24))
        .execute(database.login())
        .await?;
    sqlx::query!("insert into kept_forms (id, account_id, path, fields, kept_at) values ($1, $2, $3, $4, $5)", id, account, path, fields, now)
        .execute(database.login())
        .await
        .map(drop)
}

/// What a person had typed on this path.
pub(crate) async fn kept_form(database: &Database, id: Uuid, account: Uuid, path: &str, now: DateTime<Utc>) -> sqlx::Result<Option<Value>> {
    count_statement();
    sqlx::query_scalar!(
        "select fields from kept_forms where id = $1 and account_id = $2 and path = $3 and kept_at > $4",
        id,
        account,
        path,
        now - chrono::TimeDelta::hours(24)
    )
    .fetch_optional(database.login())
    .await
}
