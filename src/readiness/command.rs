//! What the command line asks of readiness: the facts of an engagement in the database. Judging them is
//! [`engine::command`](super::engine::command).

use super::store;
use crate::database::Database;
use chrono::NaiveDate;

/// The facts of the engagement with this code as of a day, as JSON text; none where there is no such engagement.
pub async fn facts(database: &Database, code: &str, as_of: NaiveDate) -> sqlx::Result<Option<String>> {
    store::facts_for_auditor(database, code, as_of).await
}
