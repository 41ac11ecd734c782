//! The statements of the slice.

use crate::{
    database::{Change, Snapshot},
    register_statements,
    web::form::Choice,
};
use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;

register_statements!(documents, "documents", "code, title_zh, title_en, level, items, planned_effective_on, effective_on, file_id", "code, id");
register_statements!(item_excuses, "item_excuses", "item, excused_on, reason, approved_by", "item, id");
register_statements!(
    issue_orders,
    "issue_orders",
    "number, kind, part_ids, planned_on, issued_on, file_id",
    "coalesce(issued_on, planned_on) desc nulls last, id"
);

/// Enters the documents of a set whose code is not on the list yet; `rows` is an array of rows with their ids.
/// Returns how many were entered.
pub(crate) async fn enter_set(change: &mut Change, rows: &Value) -> sqlx::Result<u64> {
    let engagement = change.engagement();
    sqlx::query!(
        "insert into documents (engagement_id, id, code, title_zh, title_en, level, items, planned_effective_on)
         select $1, r.id, r.code, r.title_zh, r.title_en, r.level, r.items, r.planned_effective_on
         from jsonb_populate_recordset(null::documents, $2) r
         where not exists (select 1 from documents d where d.engagement_id = $1 and d.code = r.code and d.withdrawn_at is null)
         on conflict do nothing",
        engagement,
        rows
    )
    .execute(change.connection())
    .await
    .map(|done| done.rows_affected())
}

/// The documents that are not in force yet, as choices.
pub(crate) async fn not_in_force(snapshot: &mut Snapshot) -> sqlx::Result<Vec<Choice>> {
    let engagement = snapshot.engagement();
    sqlx::query!(
        r#"select id, concat_ws(' ', code, coalesce(nullif(title_zh, ''), title_en)) as "words!" from documents
           where engagement_id = $1 and withdrawn_at is null and effective_on is null order by code"#,
        engagement
    )
    .map(|row| Choice { value: row.id.to_string(), words: row.words })
    .fetch_all(snapshot.connection())
    .await
}

/// Puts documents in force that are not yet; gives back their codes.
pub(crate) async fn put_in_force(change: &mut Change, ids: &[Uuid], on: NaiveDate) -> sqlx::Result<Vec<String>> {
    let engagement = change.engagement();
    sqlx::query_scalar!(
        "update documents set effective_on = $3, version = version + 1
         where engagement_id = $1 and id = any ($2) and withdrawn_at is null and effective_on is null returning code",
        engagement,
        ids,
        on
    )
    .fetch_all(change.connection())
    .await
}
