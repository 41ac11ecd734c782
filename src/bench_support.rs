//! What the benchmark of pages needs and nothing else does.

use crate::database::Snapshot;

/// The one query of the bare page: a row by its key, with row-level security.
///
/// # Errors
/// What the database says.
pub async fn one_query(snapshot: &mut Snapshot) -> sqlx::Result<()> {
    let engagement = snapshot.engagement();
    sqlx::query_scalar!("select legal_name from engagements where id = $1", engagement).fetch_one(snapshot.connection()).await.map(drop)
}
