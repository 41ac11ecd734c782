//! The log itself: what the sealer writes, and what a verifier reads.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::checkpoints::Checkpoint;
use super::super::event::Record;
use super::super::hexadecimal;
use super::super::merkle::{Frontier, Hash};

/// A committed event that waits for its place.
#[derive(Debug, Clone)]
pub(in super::super) struct Waiting {
    pub event_id: Uuid,
    /// The nil id for the installation.
    pub engagement_id: Uuid,
    pub event_hash: Vec<u8>,
}

/// Tries to become the one sealer until the end of the transaction.
pub(in super::super) async fn lock_log(conn: &mut PgConnection) -> sqlx::Result<bool> {
    // The number is arbitrary; nothing else uses it.
    sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock(7305804402566001) as "locked!""#).fetch_one(conn).await
}

/// Committed events without a place, in the order of their ids.
pub(in super::super) async fn waiting(conn: &mut PgConnection, limit: i64) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as!(
        Waiting,
        r#"select e.id as event_id, coalesce(e.engagement_id, '00000000-0000-0000-0000-000000000000') as "engagement_id!", e.event_hash
             from trail_unsealed u join trail_events e on e.id = u.event_id
            where not exists (select from trail_entries t where t.event_id = u.event_id)
            order by u.event_id
            limit $1"#,
        limit
    )
    .fetch_all(conn)
    .await
}

/// The last number given in each of these engagements.
pub(in super::super) async fn last_numbers(conn: &mut PgConnection, engagements: &[Uuid]) -> sqlx::Result<Vec<(Uuid, i64)>> {
    let rows = sqlx::query!(
        r#"select e.id as "id!",
                  coalesce((select max(t.engagement_number) from trail_entries t where t.engagement_id = e.id), 0) as "last!"
             from unnest($1::uuid[]) as e (id)"#,
        engagements
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.last)).collect())
}

/// Entries to be written, column by column.
#[derive(Debug, Default)]
pub(in super::super) struct Places {
    pub positions: Vec<i64>,
    pub event_ids: Vec<Uuid>,
    pub engagement_ids: Vec<Uuid>,
    pub engagement_numbers: Vec<i64>,
    pub seals: Vec<Vec<u8>>,
}

/// Writes the entries and takes their events off the sealer's list.
pub(in super::super) async fn save_entries(conn: &mut PgConnection, places: &Places) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into trail_entries (position, event_id, engagement_id, engagement_number, seal)
         select * from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bytea[])",
        &places.positions,
        &places.event_ids,
        &places.engagement_ids,
        &places.engagement_numbers,
        &places.seals,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("delete from trail_unsealed where event_id = any ($1)", &places.event_ids).execute(conn).await?;
    Ok(())
}

/// Writes a checkpoint with the frontier behind it.
pub(in super::super) async fn save_checkpoint(conn: &mut PgConnection, checkpoint: &Checkpoint, frontier: &Frontier) -> sqlx::Result<()> {
    let roots: Vec<Vec<u8>> = frontier.roots().iter().map(|root| root.to_vec()).collect();
    sqlx::query!(
        "insert into trail_checkpoints (tree_size, root_hash, previous_hash, signed_at, key_id, algorithm, signature, frontier)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        checkpoint.tree_size,
        checkpoint.root_hash.as_slice(),
        checkpoint.previous_hash.as_slice(),
        checkpoint.signed_at,
        checkpoint.key_id,
        checkpoint.algorithm,
        checkpoint.signature,
        &roots,
    )
    .execute(conn)
    .await?;
    Ok(())
}

struct CheckpointRow {
    tree_size: i64,
    root_hash: Vec<u8>,
    previous_hash: Vec<u8>,
    signed_at: Option<DateTime<Utc>>,
    key_id: String,
    algorithm: String,
    signature: Vec<u8>,
}

impl From<CheckpointRow> for Checkpoint {
    /// What cannot be read becomes something that no signature fits.
    fn from(row: CheckpointRow) -> Self {
        Self {
            tree_size: row.tree_size,
            root_hash: row.root_hash.try_into().unwrap_or_default(),
            previous_hash: row.previous_hash.try_into().unwrap_or_default(),
            signed_at: row.signed_at.unwrap_or_default(),
            key_id: row.key_id,
            algorithm: row.algorithm,
            signature: row.signature,
        }
    }
}

/// The newest checkpoint with its frontier; the frontier is none if it cannot be one of that size.
pub(in super::super) async fn last_checkpoint(conn: &mut PgConnection) -> sqlx::Result<Option<(Checkpoint, Option<Frontier>)>> {
    let row = sqlx::query!(
        "select tree_size, root_hash, previous_hash, signed_at, key_id, algorithm, signature, frontier
           from trail_checkpoints order by tree_size desc limit 1"
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| {
        let roots: Result<Vec<Hash>, _> = row.frontier.into_iter().map(Hash::try_from).collect();
        let frontier = roots.ok().and_then(|roots| Frontier::restore(row.tree_size, roots));
        let checkpoint = CheckpointRow {
            tree_size: row.tree_size,
            root_hash: row.root_hash,
            previous_hash: row.previous_hash,
            signed_at: Some(row.signed_at),
            key_id: row.key_id,
            algorithm: row.algorithm,
            signature: row.signature,
        };
        (checkpoint.into(), frontier)
    }))
}

/// Checkpoints that cover more than `size` entries, in order.
pub(in super::super) async fn checkpoints_after(conn: &mut PgConnection, size: i64, limit: i64) -> sqlx::Result<Vec<Checkpoint>> {
    let rows = sqlx::query_as!(
        CheckpointRow,
        r#"select tree_size, root_hash, previous_hash, case when isfinite(signed_at) then signed_at end as signed_at,
                  key_id, algorithm, signature
             from trail_checkpoints where tree_size > $1 order by tree_size limit $2"#,
        size,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// An entry of the log with its event, as found. Nothing in it is trusted.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns of trail_entries, described in the migration")]
pub struct Entry {
    pub position: i64,
    pub event_id: Uuid,
    pub engagement_id: Uuid,
    pub engagement_number: i64,
    #[serde(with = "hexadecimal")]
    pub seal: Vec<u8>,
    /// None if the event is gone.
    pub event: Option<Record>,
}

async fn entries_after(conn: &mut PgConnection, position: i64, limit: i64) -> sqlx::Result<Vec<Entry>> {
    let rows = sqlx::query!(
        r#"select t.position, t.event_id, t.engagement_id as place_engagement_id, t.engagement_number, t.seal,
                  e.id as "id?", e.engagement_id, case when isfinite(e.at) then e.at end as at, e.actor_account_id,
                  e.actor_name as "actor_name?", e.actor_roles as "actor_roles?", e.kind as "kind?",
                  e.subject_kind as "subject_kind?", e.subject_id as "subject_id?", e.before::text as before,
                  e.after::text as after, e.form as "form?", e.salt as "salt?", e.event_hash as "event_hash?"
             from trail_entries t left join trail_events e on e.id = t.event_id
            where t.position > $1
            order by t.position
            limit $2"#,
        position,
        limit
    )
    .fetch_all(conn)
    .await?;
    let raw = |json: Option<String>| json.and_then(|json| RawValue::from_string(json).ok());
    Ok(rows
        .into_iter()
        .map(|row| Entry {
            position: row.position,
            event_id: row.event_id,
            engagement_id: row.place_engagement_id,
            engagement_number: row.engagement_number,
            seal: row.seal,
            event: row.id.map(|id| Record {
                id,
                engagement_id: row.engagement_id,
                at: row.at,
                actor_account_id: row.actor_account_id,
                actor_name: row.actor_name.unwrap_or_default(),
                actor_roles: row.actor_roles.unwrap_or_default(),
                kind: row.kind.unwrap_or_default(),
                subject_kind: row.subject_kind.unwrap_or_default(),
                subject_id: row.subject_id.unwrap_or_default(),
                before: raw(row.before),
                after: raw(row.after),
                form: row.form.unwrap_or_default(),
                salt: row.salt.unwrap_or_default(),
                event_hash: row.event_hash.unwrap_or_default(),
            }),
        })
        .collect())
}

/// A part of the log, in the order in which it grew.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// An entry.
    Entry(Box<Entry>),
    /// A checkpoint; it follows the entries that it covers.
    Checkpoint(Checkpoint),
}

/// Reads the whole log in pages, so that memory stays bounded.
#[derive(Debug, Default)]
pub(in super::super) struct LogReader {
    entries: VecDeque<Entry>,
    checkpoints: VecDeque<Checkpoint>,
    read_entries: Option<i64>,
    read_checkpoints: Option<i64>,
    no_more: (bool, bool),
}

impl LogReader {
    const PAGE: i64 = 1000;

    /// The next entry or checkpoint.
    pub async fn next(&mut self, conn: &mut PgConnection) -> sqlx::Result<Option<Item>> {
        if self.entries.is_empty() && !self.no_more.0 {
            // From the very first: a superuser may have written numbers below zero.
            let page = entries_after(conn, self.read_entries.unwrap_or(i64::MIN), Self::PAGE).await?;
            self.read_entries = page.last().map(|entry| entry.position);
            self.no_more.0 = page.is_empty();
            self.entries = page.into();
        }
        if self.checkpoints.is_empty() && !self.no_more.1 {
            let page = checkpoints_after(conn, self.read_checkpoints.unwrap_or(i64::MIN), Self::PAGE).await?;
            self.read_checkpoints = page.last().map(|checkpoint| checkpoint.tree_size);
            self.no_more.1 = page.is_empty();
            self.checkpoints = page.into();
        }
        let entry_first = match (self.entries.front(), self.checkpoints.front()) {
            (Some(entry), Some(checkpoint)) => entry.position < checkpoint.tree_size,
            (entry, _) => entry.is_some(),
        };
        Ok(if entry_first { self.entries.pop_front().map(|entry| Item::Entry(Box::new(entry))) } else { self.checkpoints.pop_front().map(Item::Checkpoint) })
    }
}

/// An event that is not in the log, or a note to the sealer without an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loose {
    /// The event.
    pub event_id: Uuid,
    /// Why it stands outside the log.
    pub state: LooseState,
}

/// Why an event stands outside the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LooseState {
    /// It is on the sealer's list, as every event is for a moment.
    Waiting,
    /// It has been on the sealer's list for too long.
    Late,
    /// It is not on the sealer's list: it was not written by the application.
    Unannounced,
    /// It is on the sealer's list but gone.
    Gone,
}

/// What stands outside the log, first what has no business there, oldest first, at most 1000; `patience` is in seconds.
pub(in super::super) async fn loose(conn: &mut PgConnection, patience: f64) -> sqlx::Result<Vec<Loose>> {
    let rows = sqlx::query!(
        r#"select coalesce(e.id, u.event_id) as "event_id!", e.id is not null as "there!", u.event_id is not null as "listed!",
                  coalesce(u.since < now() - make_interval(secs => $1), false) as "late!"
             from trail_events e full join trail_unsealed u on u.event_id = e.id
            where not exists (select from trail_entries t where t.event_id = coalesce(e.id, u.event_id))
            order by e.id is not null and u.event_id is not null, 1
            limit 1000"#,
        patience
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Loose {
            event_id: row.event_id,
            state: match (row.there, row.listed, row.late) {
                (false, ..) => LooseState::Gone,
                (true, false, _) => LooseState::Unannounced,
                (true, true, true) => LooseState::Late,
                (true, true, false) => LooseState::Waiting,
            },
        })
        .collect())
}
