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

/// How many records a process has in a month of operation.
#[derive(Debug)]
pub(crate) struct MonthCount {
    pub process: String,
    /// First day of the month of operation.
    pub month: NaiveDate,
    pub count: i64,
}

/// Records by process and month; `months` holds the first days and, last, the day after the last month.
pub(crate) async fn months(snapshot: &mut Snapshot, months: &[NaiveDate]) -> sqlx::Result<Vec<MonthCount>> {
    let engagement = snapshot.engagement();
    let ends = months.get(1..).unwrap_or_default();
    let starts = months.get(..ends.len()).unwrap_or_default();
    sqlx::query_as!(
        MonthCount,
        r#"select r.process, m.first_day as "month!", count(*) as "count!"
           from unnest($2::date[], $3::date[]) m (first_day, next_day)
           join operating_records r on r.engagement_id = $1 and r.withdrawn_at is null and r.recorded_on >= m.first_day and r.recorded_on < m.next_day
           group by 1, 2"#,
        engagement,
        starts,
        ends
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
