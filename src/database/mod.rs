//! The database: a private server where none is given, pools by role, reading through [`Snapshot`], writing through
//! [`Change`].

pub mod change;
pub mod embedded;
pub mod records;
pub mod roles;
pub mod snapshot;

pub use change::{Change, Happened};
pub use snapshot::Snapshot;

use crate::ids::{AccountId, EngagementId};
use chrono::NaiveDate;
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{pin::Pin, sync::Arc, time::Duration};

tokio::task_local! {
    /// How many statements this request has sent.
    pub static STATEMENTS: std::cell::Cell<u32>;
}

/// Counts a statement of the present request, for the log line and for the tests that hold pages to their number.
pub(crate) fn count_statement() {
    let _ = STATEMENTS.try_with(|count| count.set(count.get().saturating_add(1)));
}

/// On whose behalf the database is asked, and when: the policies of row-level security see these three.
#[derive(Clone, Copy, Debug)]
pub struct OnBehalf {
    /// The account of the request.
    pub account: AccountId,
    /// The engagement of the request, if it stands in one.
    pub engagement: Option<EngagementId>,
    /// The civil day of the request: access that ended before it gives nothing.
    pub today: NaiveDate,
}

/// What runs inside a change that altered facts, before it commits: the gate looks whether its declaration still stands.
pub type Watch = for<'a> fn(&'a mut Change) -> Pin<Box<dyn Future<Output = sqlx::Result<()>> + Send + 'a>>;

/// The pools, one a role; nobody else in the crate holds a connection.
#[derive(Clone, Debug)]
pub struct Database(Arc<Pools>);

#[derive(Debug)]
struct Pools {
    app: PgPool,
    login: PgPool,
    sealer: PgPool,
    auditor: PgPool,
    watch: Option<Watch>,
}

impl Database {
    /// Opens the pools; nothing is connected until it is needed.
    pub fn open(options: &PgConnectOptions, connections: u32, watch: Option<Watch>) -> Self {
        Self(Arc::new(Pools {
            app: pool(options, "set role certgate_app", connections),
            login: pool(options, "set role certgate_login", connections),
            sealer: pool(options, "set role certgate_sealer", 1),
            auditor: pool(options, "set role certgate_auditor", 2),
            watch,
        }))
    }

    /// Opens a read-only transaction: one round trip begins it and names the person and the engagement.
    pub async fn snapshot(&self, whom: OnBehalf) -> sqlx::Result<Snapshot> {
        Snapshot::begin(&self.0.app, whom).await
    }

    /// Opens the door to writing.
    pub async fn change(&self, whom: OnBehalf, made: change::Made) -> sqlx::Result<Change> {
        Change::begin(&self.0.app, whom, made, self.0.watch).await
    }

    /// The pool of the sign-in role, for the slice `people` and for recognising who asks.
    pub(crate) fn login(&self) -> &PgPool {
        &self.0.login
    }

    /// The pool of the sealing role.
    pub fn sealer(&self) -> &PgPool {
        &self.0.sealer
    }

    /// The pool that may read everything and write nothing: command line and verification.
    pub fn auditor(&self) -> &PgPool {
        &self.0.auditor
    }

    /// Closes every connection.
    pub async fn close(&self) {
        tokio::join!(self.0.app.close(), self.0.login.close(), self.0.sealer.close(), self.0.auditor.close());
    }

    /// Says what is wrong with the roles, if anything: none may bypass row-level security (S55).
    pub async fn check_roles(&self) -> sqlx::Result<Option<String>> {
        for pool in [&self.0.app, &self.0.login, &self.0.sealer, &self.0.auditor] {
            let row =
                sqlx::query!(r#"select current_user::text as "name!", (rolsuper or rolbypassrls) as "above!" from pg_roles where rolname = current_user"#)
                    .fetch_one(pool)
                    .await?;
            if row.above {
                return Ok(Some(row.name));
            }
        }
        Ok(None)
    }
}

fn pool(options: &PgConnectOptions, role: &'static str, connections: u32) -> PgPool {
    let options = options.clone().options([
        ("statement_timeout", "20s"),
        ("lock_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "30s"),
        ("timezone", "UTC"),
        // Fixed statements with short plans: planning anew costs more than it finds.
        ("plan_cache_mode", "force_generic_plan"),
        ("jit", "off"),
    ]);
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_millis(900))
        .after_connect(move |connection, _| {
            Box::pin(async move {
                sqlx::raw_sql(role).execute(connection).await?;
                Ok(())
            })
        })
        .connect_lazy_with(options)
}
