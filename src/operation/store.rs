//! The statements of the slice.

use crate::{
    database::{Change, Snapshot},
    register_statements,
};
use chrono::NaiveDate;
use serde_json::Value;

register_statements!(operating_records, "operating_records", "process, title, reference, recorded_on, entered_on, file_id", "recorded_on desc, process, id");
register_statements!(suspensions, "suspensions", "from_on, resumed_on, reason, file_id", "from_on desc, id");
register_statements!(restarts, "restarts", "on_day, kind, reason", "on_day desc, id");

/// How many records a process has in a month.
#[derive(Debug)]
pub(crate) struct MonthCount {
    pub process: String,
    /// First day of the month.
    pub month: NaiveDate,
    pub count: i64,
}

/// Records by process and month.
pub(crate) async fn months(snapshot: &mut Snapshot) -> sqlx::Result<Vec<MonthCount>> {
    let engagement = snapshot.engagement();
    sqlx::query_as!(
        MonthCount,
        r#"select process, date_trunc('month', recorded_on)::date as "month!", count(*) as "count!" from operating_records
           where engagement_id = $1 and withdrawn_at is null group by 1, 2 order by 2 desc limit 1000"#,
        engagement
    )
    .fetch_all(snapshot.connection())
    .await
}

/// The earliest start of operation of the parts in scope.
pub(crate) async fn start(snapshot: &mut Snapshot) -> sqlx::Result<Option<NaiveDate>> {
    let engagement = snapshot.engagement();
    sqlx::query_scalar!("select min(start_on) from scope_parts where engagement_id = $1 and in_scope and withdrawn_at is null", engagement)
        .fetch_one(snapshot.connection())
        .await
}

/// Enters many records at once; `rows` is an array of rows with their ids. Returns how many were entered.
pub(crate) async fn enter_many(change: &mut Change, rows: &Value) -> sqlx::Result<u64> {
    let engagement = change.engagement();
    sqlx::query!(
        "insert into operating_records (engagement_id, id, process, title, reference, recorded_on, entered_on)
         select $1, r.id, r.process, r.title, r.reference, r.recorded_on, r.entered_on
         from jsonb_populate_recordset(null::operating_records, $2) r on conflict do nothing",
        engagement,
        rows
    )
    .execute(change.connection())
    .await
    .map(|done| done.rows_affected())
}
