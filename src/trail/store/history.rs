//! The history pages: events of an engagement or on one subject, newest first.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// A line of the history.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the columns of trail_events, described in the migration")]
pub struct HistoryLine {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub actor_account_id: Option<Uuid>,
    pub actor_name: String,
    pub actor_roles: Vec<String>,
    pub kind: String,
    pub subject_kind: String,
    pub subject_id: Uuid,
    pub before: Option<Value>,
    pub after: Option<Value>,
    /// The event's number within the engagement; none until it is sealed.
    pub engagement_number: Option<i64>,
}

/// Which events of an engagement are wanted. Empty means all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of these kinds.
    pub kinds: Vec<String>,
    /// Only on this kind of subject.
    pub subject_kind: Option<String>,
    /// Only by this account.
    pub actor_account_id: Option<Uuid>,
    /// Only from this moment on.
    pub from: Option<DateTime<Utc>>,
    /// Only before this moment.
    pub until: Option<DateTime<Utc>>,
}

/// Later than any event: 9999-12-31.
const END_OF_TIME: DateTime<Utc> = match DateTime::from_timestamp(253_402_214_400, 0) {
    Some(end) => end,
    None => DateTime::<Utc>::MAX_UTC,
};

/// Events of an engagement, newest first, after the cursor (moment and id of the last line of the page before).
pub async fn page(
    conn: &mut PgConnection,
    engagement_id: Uuid,
    filter: &Filter,
    before: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<HistoryLine>> {
    // Bounds are given always: under row-level security PostgreSQL keeps a coalesce() out of the index.
    let (at, id) = before.unwrap_or((END_OF_TIME, Uuid::max()));
    sqlx::query_as!(
        HistoryLine,
        r#"select e.id, e.at, e.actor_account_id, e.actor_name, e.actor_roles, e.kind, e.subject_kind, e.subject_id,
                  e.before, e.after,
                  (select t.engagement_number from trail_entries t where t.event_id = e.id) as engagement_number
             from trail_events e
            where e.engagement_id = $1
              and (cardinality($2::text[]) = 0 or e.kind = any ($2))
              and ($3::text is null or e.subject_kind = $3)
              and ($4::uuid is null or e.actor_account_id = $4)
              and e.at >= $5 and e.at < $6 and (e.at, e.id) < ($7, $8)
            order by e.at desc, e.id desc
            limit $9"#,
        engagement_id,
        &filter.kinds,
        filter.subject_kind,
        filter.actor_account_id,
        filter.from.unwrap_or_default(),
        filter.until.unwrap_or(END_OF_TIME),
        at,
        id,
        limit,
    )
    .fetch_all(conn)
    .await
}

/// Events on one subject, newest first, after the cursor.
pub async fn of_subject(
    conn: &mut PgConnection,
    engagement_id: Uuid,
    subject_kind: &str,
    subject_id: Uuid,
    before: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<HistoryLine>> {
    let (at, id) = before.unwrap_or((END_OF_TIME, Uuid::max()));
    sqlx::query_as!(
        HistoryLine,
        r#"select e.id, e.at, e.actor_account_id, e.actor_name, e.actor_roles, e.kind, e.subject_kind, e.subject_id,
                  e.before, e.after,
                  (select t.engagement_number from trail_entries t where t.event_id = e.id) as engagement_number
             from trail_events e
            where e.engagement_id = $1 and e.subject_kind = $2 and e.subject_id = $3
              and (e.at, e.id) < ($4, $5)
            order by e.at desc, e.id desc
            limit $6"#,
        engagement_id,
        subject_kind,
        subject_id,
        at,
        id,
        limit,
    )
    .fetch_all(conn)
    .await
}
