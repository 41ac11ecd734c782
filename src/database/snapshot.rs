//! Reading: one read-only transaction a page.

use super::{OnBehalf, count_statement};
use crate::ids::EngagementId;
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

/// A view of the database as of one moment, seen with the rights of one person in one engagement.
#[derive(Debug)]
pub struct Snapshot {
    transaction: Transaction<'static, Postgres>,
    engagement: Option<EngagementId>,
}

impl Snapshot {
    pub(super) async fn begin(pool: &PgPool, whom: OnBehalf) -> sqlx::Result<Self> {
        count_statement();
        let sql = format!("begin isolation level repeatable read read only; {}", settings(whom));
        let transaction = pool.begin_with(AssertSqlSafe(sql)).await?;
        Ok(Self { transaction, engagement: whom.engagement })
    }

    /// The connection, for one statement of a slice's `store.rs`.
    pub(crate) fn connection(&mut self) -> &mut PgConnection {
        count_statement();
        &mut self.transaction
    }

    /// The engagement that the proof of access named; the nil id where there is none, which matches no row.
    pub(crate) fn engagement(&self) -> Uuid {
        self.engagement.map_or(Uuid::nil(), |id| id.0)
    }
}

/// Names person, engagement and day for the policies. None of them is text, so nothing can be smuggled in.
pub(super) fn settings(whom: OnBehalf) -> String {
    let engagement = whom.engagement.map_or_else(String::new, |id| id.to_string());
    format!("set local app.account_id = '{}'; set local app.engagement_id = '{engagement}'; set local app.today = '{}'", whom.account, whom.today)
}
