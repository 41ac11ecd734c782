//! The slice's own door to writing: what [`crate::database::Change`] is for the others, as the role that signs people in.

use crate::{
    app::App,
    clock::Chance,
    database::{Database, Happened, count_statement},
    trail::{self, Actor, Event, Subject},
};
use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

/// A transaction about accounts. It is dropped without effect unless it is committed with what happened.
#[derive(Debug)]
pub struct Door {
    transaction: Transaction<'static, Postgres>,
    chance: Chance,
    actor: Actor,
    now: DateTime<Utc>,
}

impl Door {
    /// Begins an act of a request.
    pub(in crate::people) async fn open(app: &App, actor: Actor, now: DateTime<Utc>) -> sqlx::Result<Self> {
        Self::begin(&app.database, &app.chance, actor, now).await
    }

    /// Begins an act of the command line or of a test.
    pub async fn begin(database: &Database, chance: &Chance, actor: Actor, now: DateTime<Utc>) -> sqlx::Result<Self> {
        count_statement();
        let transaction = database.login().begin().await?;
        Ok(Self { transaction, chance: chance.clone(), actor, now })
    }

    /// The connection, for one statement.
    pub(super) fn connection(&mut self) -> &mut PgConnection {
        count_statement();
        &mut self.transaction
    }

    /// The moment of the act.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// A new identifier.
    pub fn new_id(&self) -> Uuid {
        self.chance.id(self.now)
    }

    /// The source of tokens.
    pub fn chance(&self) -> &Chance {
        &self.chance
    }

    /// From here on somebody else acts: who has just proved to be that person.
    pub fn act_as(&mut self, account: Uuid, name: &str) {
        self.actor = Actor { account_id: Some(account), name: name.to_owned(), roles: Vec::new() };
    }

    /// Records what happened, in an engagement or in the installation.
    pub(in crate::people) async fn record(&mut self, engagement: Option<Uuid>, happened: &Happened) -> sqlx::Result<()> {
        let event = Event {
            id: self.new_id(),
            engagement_id: engagement,
            at: self.now,
            actor: self.actor.clone(),
            kind: happened.kind,
            subject: Subject { kind: happened.subject_kind, id: happened.subject },
            before: happened.before.clone(),
            after: happened.after.clone(),
        };
        let salt = self.chance.bytes::<16>();
        trail::store::append(self.connection(), &event, salt).await
    }

    /// The only exit: records what happened in the installation and commits.
    pub async fn commit(mut self, happened: &[Happened]) -> sqlx::Result<()> {
        for one in happened {
            self.record(None, one).await?;
        }
        count_statement();
        self.transaction.commit().await
    }
}
