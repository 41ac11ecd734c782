//! The world of the tests: a real PostgreSQL started for this run, one migrated database shared by all tests of a binary,
//! and people with names who walk through the router. A test founds its own consultancy, client and engagement, so that
//! isolation is tested every time; an empty database is made only where emptiness matters.
#![allow(dead_code, clippy::missing_panics_doc, missing_docs, reason = "each test binary uses its own part of the world")]

use certgate::{
    app::{self, App},
    clock::{Chance, Clock},
    config::Config,
    database::{Database, embedded, roles},
    files::Store,
    people::Passwords,
    readiness,
    visitor::{Answer, Visitor},
};
use chrono::{DateTime, Utc};
use clap::Parser;
use sqlx::{PgPool, postgres::PgConnectOptions, postgres::PgPoolOptions};
use std::{
    path::PathBuf,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
};
use uuid::Uuid;

/// Everybody's password in the tests.
pub const PASSWORD: &str = "hill lantern river 20";

struct Shared {
    superuser: PgConnectOptions,
    directory: PathBuf,
    password_hash: String,
}

static SHARED: OnceLock<Shared> = OnceLock::new();
static COUNT: AtomicU32 = AtomicU32::new(0);

#[derive(Parser)]
struct Only {
    #[command(flatten)]
    config: Config,
}

/// The private server of this test run: started on a thread that stays, so that it ends with the run.
fn shared() -> &'static Shared {
    SHARED.get_or_init(|| {
        let (send, receive) = mpsc::channel();
        std::thread::spawn(move || {
            let base = if std::path::Path::new("/dev/shm").is_dir() { PathBuf::from("/dev/shm") } else { std::env::temp_dir() };
            let directory = base.join(format!("certgate-test-{}", std::process::id()));
            let settings = embedded::Settings {
                durable: false,
                extra: vec![("max_connections".to_owned(), "300".to_owned())],
                ..embedded::Settings::new(directory.clone())
            };
            let server = embedded::start(&settings).expect("PostgreSQL starts");
            let superuser = PgConnectOptions::new_without_pgpass()
                .socket(server.socket_dir())
                .port(embedded::PORT)
                .username(embedded::SUPERUSER)
                .password(server.superuser_password())
                .database("postgres");
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            let hash = runtime.block_on(async {
                certgate::catalogue::install().expect("the catalogue");
                found_database(&superuser, "shared").await;
                Passwords::new().hash(&Chance::default(), PASSWORD).await.expect("a hash")
            });
            send.send(Shared { superuser, directory, password_hash: hash }).expect("the tests wait");
            // The death signal belongs to this thread: it must live as long as the tests, and the server with it.
            let _server = server;
            loop {
                std::thread::park();
            }
        });
        remove_directory_at_exit();
        receive.recv().expect("the server thread answers")
    })
}

/// Old folders of runs that have ended are removed by the next run.
fn remove_directory_at_exit() {
    let Ok(entries) = std::fs::read_dir("/dev/shm") else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(pid) = name.strip_prefix("certgate-test-").and_then(|pid| pid.split('-').next()?.parse::<u32>().ok())
            && pid != std::process::id()
            && !std::path::Path::new(&format!("/proc/{pid}")).exists()
        {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

async fn found_database(superuser: &PgConnectOptions, name: &str) {
    let pool = PgPoolOptions::new().max_connections(1).connect_with(superuser.clone()).await.expect("the server");
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("create database \"{name}\""))).execute(&pool).await.expect("a database");
    pool.close().await;
    let options = superuser.clone().database(name);
    roles::ensure(&options, None).await.expect("roles");
    roles::migrate(&options).await.expect("migrations");
}

fn config(directory: &std::path::Path) -> Config {
    let mut config = Only::parse_from(["certgate"]).config;
    config.data = directory.to_owned();
    config.database_url = None;
    config
}

/// The portal of one test.
pub struct World {
    pub app: App,
    pub superuser: PgPool,
    pub directory: PathBuf,
    pub consultancy: Uuid,
    number: u32,
    password_hash: String,
}

/// A moment, written as `2026-11-20 10:00` in the engagement's zone (UTC+8).
pub fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_str(&format!("{text} +0800"), "%Y-%m-%d %H:%M %z").expect("a moment").to_utc()
}

impl World {
    /// A portal at 2026-11-20 10:00, with a consultancy of its own.
    pub async fn new() -> Self {
        Self::on("shared").await
    }

    /// A portal on a database with nothing in it but the schema.
    pub async fn empty() -> Self {
        let name = format!("empty_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        found_database(&shared().superuser, &name).await;
        let mut world = Self::build(&name).await;
        world.consultancy = Uuid::nil();
        world
    }

    async fn build(database: &str) -> Self {
        let shared = shared();
        let options = shared.superuser.clone().database(database);
        let superuser = PgPoolOptions::new().max_connections(3).connect_with(options.clone()).await.expect("the database");
        let directory = shared.directory.join(format!("world-{}", COUNT.fetch_add(1, Ordering::Relaxed)));
        let app = App {
            config: Arc::new(config(&directory)),
            database: Database::open(&options, 8, Some(readiness::watch::settle)),
            files: Store::open(&directory.join("evidence")).expect("the store"),
            clock: Clock::fixed(at("2026-11-20 10:00")),
            chance: Chance::default(),
            passwords: Passwords::new(),
        };
        Self { app, superuser, directory, consultancy: Uuid::nil(), number: COUNT.fetch_add(1, Ordering::Relaxed), password_hash: shared.password_hash.clone() }
    }

    async fn on(database: &str) -> Self {
        let mut world = Self::build(database).await;
        world.consultancy = world.id();
        let sql = format!("insert into consultancies (id, name, founded_at) values ('{}', 'Consultancy {}', now())", world.consultancy, world.number);
        world.run(&sql).await;
        world
    }

    /// A new identifier.
    pub fn id(&self) -> Uuid {
        self.app.chance.id(self.app.clock.now())
    }

    /// Turns the clock.
    pub fn set_clock(&self, text: &str) {
        self.app.clock.advance(at(text) - self.app.clock.now());
    }

    /// Runs a statement as superuser, past every wall.
    pub async fn run(&self, sql: &str) {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&self.superuser).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Reads one number as superuser.
    #[allow(clippy::disallowed_methods, reason = "tests look at the database from outside")]
    pub async fn count(&self, sql: &str) -> i64 {
        sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(&self.superuser).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// Reads one text as superuser.
    #[allow(clippy::disallowed_methods, reason = "tests look at the database from outside")]
    pub async fn text(&self, sql: &str) -> String {
        sqlx::query_scalar::<_, Option<String>>(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(&self.superuser).await.unwrap_or_else(|error| panic!("{sql}: {error}")).unwrap_or_default()
    }

    /// A browser nobody has signed in with.
    pub fn browser(&self) -> Visitor {
        Visitor::new(app::router(self.app.clone()))
    }

    /// An account without any right.
    pub async fn account(&self, name: &str) -> (Uuid, String) {
        let id = self.id();
        let email = format!("{}.{}@test.example", name.to_lowercase().replace(' ', "."), id.simple());
        let hash = self.password_hash.replace('\'', "''");
        self.run(&format!("insert into accounts (id, email, name, password_hash, language, created_at) values ('{id}', '{email}', '{name}', '{hash}', 'en', now())")).await;
        (id, email)
    }

    /// A browser in which this account is signed in.
    pub async fn signed_in(&self, account: Uuid) -> Visitor {
        use sha2::Digest;
        let token = self.app.chance.token();
        let hash = hex::encode(sha2::Sha256::digest(token.as_bytes()));
        let now = self.app.clock.now().to_rfc3339();
        let id = self.id();
        self.run(&format!(
            "insert into sessions (token_hash, id, account_id, started_at, last_seen_at, proved_at) values ('\\x{hash}', '{id}', '{account}', '{now}', '{now}', '{now}')"
        ))
        .await;
        let mut visitor = self.browser();
        visitor.plant("__Host-certgate", &token);
        visitor
    }

    /// A consultant of this world's consultancy, signed in.
    pub async fn consultant(&self, name: &str) -> Visitor {
        let (id, _) = self.account(name).await;
        self.run(&format!("insert into consultancy_members (consultancy_id, account_id, since) values ('{}', '{id}', now())", self.consultancy)).await;
        self.signed_in(id).await
    }

    /// A member of an engagement with a role, signed in.
    pub async fn member(&self, engagement: &Engagement, name: &str, role: &str) -> Visitor {
        let (account, email) = self.account(name).await;
        let (person, membership, e) = (self.id(), self.id(), engagement.id);
        self.run(&format!("insert into people (engagement_id, id, name, email, account_id) values ('{e}', '{person}', '{name}', '{email}', '{account}')")).await;
        let until = if role == "external_reader" { "'2027-12-31'" } else { "null" };
        self.run(&format!(
            "insert into memberships (engagement_id, id, person_id, account_id, role, since, given_by, until_on) values ('{e}', '{membership}', '{person}', '{account}', '{role}', now(), '{account}', {until})"
        ))
        .await;
        self.signed_in(account).await
    }

    /// Opens an engagement through the page, as this consultant.
    pub async fn open_engagement(&self, consultant: &mut Visitor) -> Engagement {
        let code = format!("T{}", self.id().simple().to_string()[20..].to_uppercase());
        let once = self.id().to_string();
        let answer = consultant
            .post(
                "/engagements/new",
                &[
                    ("once", once.as_str()),
                    ("code", code.as_str()),
                    ("client_name_zh", "衡岚信息技术服务有限公司"),
                    ("client_name_en", "Henglan IT Services Co., Ltd."),
                    ("applicant_kind", "cn_company"),
                    ("legal_name", "衡岚信息技术服务有限公司"),
                    ("site_name", "总部 Head office"),
                    ("edition", "2005"),
                    ("kick_off_on", "2026-05-11"),
                ],
            )
            .await;
        assert!(answer.status.is_redirection(), "the engagement opens: {} {}", answer.status, errors(&answer));
        let id = self.text(&format!("select id::text from engagements where code = '{code}'")).await;
        Engagement { id: id.parse().expect("an id"), code }
    }
}

/// An engagement of a test.
#[derive(Clone, Debug)]
pub struct Engagement {
    pub id: Uuid,
    pub code: String,
}

impl Engagement {
    /// An address within it.
    pub fn path(&self, rest: &str) -> String {
        format!("/e/{}{rest}", self.code)
    }
}

/// What a page says is wrong.
pub fn errors(answer: &Answer) -> String {
    answer.between("id=\"problems\"", "</section>").unwrap_or_default().to_owned()
}

/// An empty database with its pools, for tests of the trail.
pub struct Pools {
    pub superuser: PgPool,
    pub app: PgPool,
    pub sealer: PgPool,
    pub auditor: PgPool,
    pub directory: PathBuf,
}

/// A database with nothing in it but the schema.
pub async fn empty_database() -> Pools {
    let name = format!("trail_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let shared = shared();
    found_database(&shared.superuser, &name).await;
    let options = shared.superuser.clone().database(&name);
    let pool = |role: Option<&'static str>| {
        PgPoolOptions::new()
            .max_connections(6)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if let Some(role) = role {
                        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("set role {role}"))).execute(connection).await?;
                    }
                    Ok(())
                })
            })
            .connect_lazy_with(options.clone())
    };
    let directory = shared.directory.join(&name);
    std::fs::create_dir_all(&directory).expect("a folder");
    Pools { superuser: pool(None), app: pool(Some("certgate_app")), sealer: pool(Some("certgate_sealer")), auditor: pool(Some("certgate_auditor")), directory }
}
