//! Writing: the one door, and the one exit, which records what happened.

use super::{OnBehalf, Watch, count_statement, snapshot::settings};
use crate::{
    clock::Chance,
    ids::EngagementId,
    trail::event::{Actor, Event, Subject},
    trail::store,
};
use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

/// By whom and when a change is made.
#[derive(Clone, Debug)]
pub struct Made {
    /// Whose act it is.
    pub actor: Actor,
    /// The moment of the request.
    pub now: DateTime<Utc>,
    /// The source of event ids and salts.
    pub chance: Chance,
}

/// What happened, as the trail keeps it.
#[derive(Clone, Debug)]
pub struct Happened {
    /// A past word of the field, such as `penalty_entered`.
    pub kind: &'static str,
    /// The kind of thing it happened to.
    pub subject_kind: &'static str,
    /// Its id.
    pub subject: Uuid,
    /// The row before, if there was one.
    pub before: Option<Value>,
    /// The row after, if there is one.
    pub after: Option<Value>,
    /// Whether a fact of the readiness rules may have changed.
    pub alters_facts: bool,
}

/// A transaction that may write. It is dropped without effect unless it is committed with what happened.
#[derive(Debug)]
pub struct Change {
    transaction: Transaction<'static, Postgres>,
    whom: OnBehalf,
    made: Made,
    watch: Option<Watch>,
}

impl Change {
    pub(super) async fn begin(pool: &PgPool, whom: OnBehalf, made: Made, watch: Option<Watch>) -> sqlx::Result<Self> {
        count_statement();
        let transaction = pool.begin_with(AssertSqlSafe(format!("begin; {}", settings(whom)))).await?;
        Ok(Self { transaction, whom, made, watch })
    }

    /// The connection, for one statement of a slice's `store.rs`.
    pub(crate) fn connection(&mut self) -> &mut PgConnection {
        count_statement();
        &mut self.transaction
    }

    /// The engagement of the proof of access; the nil id where there is none, which the policies refuse.
    pub(crate) fn engagement(&self) -> Uuid {
        self.whom.engagement.map_or(Uuid::nil(), |id| id.0)
    }

    /// The account that acts.
    pub(crate) fn account(&self) -> Uuid {
        self.whom.account.0
    }

    /// The moment of the act.
    pub fn now(&self) -> DateTime<Utc> {
        self.made.now
    }

    /// A new identifier.
    pub fn new_id(&self) -> Uuid {
        self.made.chance.id(self.made.now)
    }

    /// Records one more event in this change; the change still has to be committed.
    pub(crate) async fn record(&mut self, happened: &Happened) -> sqlx::Result<()> {
        let event = Event {
            id: self.made.chance.id(self.made.now),
            engagement_id: self.whom.engagement.map(|EngagementId(id)| id),
            at: self.made.now,
            actor: self.made.actor.clone(),
            kind: happened.kind,
            subject: Subject { kind: happened.subject_kind, id: happened.subject },
            before: happened.before.clone(),
            after: happened.after.clone(),
        };
        let salt = self.made.chance.bytes::<16>();
        count_statement();
        store::append(&mut self.transaction, &event, salt).await
    }

    /// The only exit: writes what happened, lets the gate look when facts changed, and commits.
    pub async fn commit(mut self, happened: &[Happened]) -> sqlx::Result<()> {
        for one in happened {
            self.record(one).await?;
        }
        if let Some(watch) = self.watch
            && happened.iter().any(|one| one.alters_facts)
        {
            watch(&mut self).await?;
        }
        self.transaction.commit().await
    }
}
