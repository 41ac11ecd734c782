//! Every statement of the activity log.

use super::filter::{Cursor, Filter};
use crate::{
    database::{Database, Snapshot, count_statement},
    trail::store::HistoryLine,
};
use chrono::{DateTime, Utc};

/// Events of the engagement that the filter lets through, newest first, after the cursor. `person` is a pattern of `ilike`.
pub(super) async fn page(snapshot: &mut Snapshot, filter: &Filter, person: &str, before: Option<Cursor>, limit: i64) -> sqlx::Result<Vec<HistoryLine>> {
    let engagement = snapshot.engagement();
    sqlx::query_as!(
        HistoryLine,
        r#"select e.id, e.at, e.actor_account_id, e.actor_name, e.actor_roles, e.kind, e.subject_kind, e.subject_id, e.before, e.after,
                  (select t.engagement_number from trail_entries t where t.event_id = e.id) as engagement_number
             from trail_events e
            where e.engagement_id = $1
              and ($2 = '%%' or e.actor_name ilike $2)
              and ($3 = '' or e.kind = $3)
              and ($4 = '' or e.subject_kind = $4)
              and e.at >= coalesce($5, '-infinity'::timestamptz)
              and e.at < coalesce($6, 'infinity'::timestamptz)
              and (e.at, e.id) < (coalesce($7, 'infinity'::timestamptz), coalesce($8, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            order by e.at desc, e.id desc
            limit $9"#,
        engagement,
        person,
        filter.kind,
        filter.subject,
        filter.first_moment(),
        filter.end_moment(),
        before.map(|cursor| cursor.0),
        before.map(|cursor| cursor.1),
        limit,
    )
    .fetch_all(snapshot.connection())
    .await
}

/// The newest signed state of the whole log.
#[derive(Clone, Debug)]
pub(super) struct Sealed {
    /// How many entries it covers, of all engagements.
    pub tree_size: i64,
    /// The Merkle root.
    pub root_hash: Vec<u8>,
    /// When it was signed.
    pub signed_at: DateTime<Utc>,
}

/// The last checkpoint. It says nothing of any engagement, so it is read with the auditor's eyes.
pub(super) async fn sealed(database: &Database) -> sqlx::Result<Option<Sealed>> {
    count_statement();
    sqlx::query_as!(Sealed, "select tree_size, root_hash, signed_at from trail_checkpoints order by tree_size desc limit 1")
        .fetch_optional(database.auditor())
        .await
}
