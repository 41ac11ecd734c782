//! Every statement of the trail: writing an event, reading the history, and in [`log`] what sealer and verifier need.

use serde_json::value::RawValue;
use sqlx::PgConnection;

use super::event::Event;

mod history;
pub mod log;

pub use history::{Filter, HistoryLine, of_subject, page};

/// Writes an event and its note for the sealer, in one statement of the running transaction.
///
/// `salt` comes from the system's generator. Takes no lock that others wait for.
pub async fn append(conn: &mut PgConnection, event: &Event, salt: [u8; 16]) -> sqlx::Result<()> {
    let record = event.record(salt).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query!(
        "with recorded as (
             insert into trail_events (id, engagement_id, at, actor_account_id, actor_name, actor_roles, kind,
                                       subject_kind, subject_id, before, after, form, salt, event_hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::jsonb, $11::text::jsonb, $12, $13, $14))
         insert into trail_unsealed (event_id) values ($1)",
        record.id,
        record.engagement_id,
        record.at,
        record.actor_account_id,
        record.actor_name,
        &record.actor_roles,
        record.kind,
        record.subject_kind,
        record.subject_id,
        record.before.as_deref().map(RawValue::get),
        record.after.as_deref().map(RawValue::get),
        record.form,
        record.salt,
        record.event_hash,
    )
    .execute(conn)
    .await?;
    Ok(())
}
