//! The world of the tests: a real PostgreSQL started for this run, one migrated database shared by all tests of a binary,
//! and people with names who walk through the router. A test founds its own consultancy, client and engagement, so that
//! isolation is tested every time; an empty database is made only where emptiness matters.
#![allow(dead_code, clippy::missing_panics_doc, missing_docs, reason = "each test binary uses its own part of the world")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::too_many_lines,
    reason = "a test ends where the world is not as it should be, and looks at the database from outside"
)]

pub mod page;

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
    directory.clone_into(&mut config.data);
    config.database_url = None;
    config
}

/// The portal of one test.
pub struct World {
    pub app: App,
    pub superuser: PgPool,
    /// Where this world's database is.
    pub options: PgConnectOptions,
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

    /// A portal with a consultancy on a database of its own, for tests that count all that is written.
    pub async fn alone() -> Self {
        let name = format!("alone_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        found_database(&shared().superuser, &name).await;
        Self::on(&name).await
    }

    async fn build(database: &str) -> Self {
        let shared = shared();
        let options = shared.superuser.clone().database(database);
        let superuser = PgPoolOptions::new().max_connections(3).connect_with(options.clone()).await.expect("the database");
        let directory = shared.directory.join(format!("world-{}", COUNT.fetch_add(1, Ordering::Relaxed)));
        let app = App {
            config: Arc::new(config(&directory)),
            database: Database::open(&options, 8, Some(readiness::watch::settle)),
            files: Store::open(directory.join("evidence")).expect("the store"),
            clock: Clock::fixed(at("2026-11-20 10:00")),
            chance: Chance::default(),
            passwords: Passwords::new(),
        };
        Self {
            app,
            superuser,
            options,
            directory,
            consultancy: Uuid::nil(),
            number: COUNT.fetch_add(1, Ordering::Relaxed),
            password_hash: shared.password_hash.clone(),
        }
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
    pub async fn count(&self, sql: &str) -> i64 {
        sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(&self.superuser).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// Reads one text as superuser.
    pub async fn text(&self, sql: &str) -> String {
        sqlx::query_scalar::<_, Option<String>>(sqlx::AssertSqlSafe(sql.to_owned()))
            .fetch_one(&self.superuser)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
            .unwrap_or_default()
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
        self.run(&format!(
            "insert into accounts (id, email, name, password_hash, language, created_at) values ('{id}', '{email}', '{name}', '{hash}', 'en', now())"
        ))
        .await;
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
        self.run(&format!("insert into people (engagement_id, id, name, email, account_id) values ('{e}', '{person}', '{name}', '{email}', '{account}')"))
            .await;
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

/// The id of one entry in each table of an engagement, by the table's name.
pub type Records = std::collections::BTreeMap<&'static str, Uuid>;

impl World {
    /// Another world on the same database and application, with a consultancy of its own.
    pub async fn other_consultancy(&self) -> Self {
        let mut other = Self {
            options: self.options.clone(),
            app: self.app.clone(),
            superuser: self.superuser.clone(),
            directory: self.directory.clone(),
            consultancy: self.id(),
            number: COUNT.fetch_add(1, Ordering::Relaxed),
            password_hash: self.password_hash.clone(),
        };
        other.consultancy = other.id();
        other.run(&format!("insert into consultancies (id, name, founded_at) values ('{}', 'Consultancy {}', now())", other.consultancy, other.number)).await;
        other
    }

    /// A person of the register with each of these roles; `account` is who acts, or nobody who has accepted yet.
    pub async fn membership(&self, engagement: &Engagement, name: &str, account: Option<Uuid>, roles: &[&str]) -> Uuid {
        let (person, e) = (self.id(), engagement.id);
        let account = account.map_or_else(|| "null".to_owned(), |id| format!("'{id}'"));
        self.run(&format!(
            "insert into people (engagement_id, id, name, email, account_id) values ('{e}', '{person}', '{name}', '{person}@test.example', {account})"
        ))
        .await;
        for role in roles {
            let until = if *role == "external_reader" { "'2027-12-31'" } else { "null" };
            self.run(&format!(
                "insert into memberships (engagement_id, id, person_id, account_id, role, since, given_by, until_on)
                 select '{e}', '{}', '{person}', {account}, '{role}', now(), opened_by, {until} from engagements where id = '{e}'",
                self.id()
            ))
            .await;
        }
        person
    }

    /// One entry in every table of an engagement, entered past every wall: what the tests of the walls look for.
    pub async fn fill(&self, engagement: &Engagement) -> Records {
        let names = [
            "departments",
            "people",
            "auditor",
            "memberships",
            "scope_parts",
            "evidence",
            "documents",
            "item_excuses",
            "issue_orders",
            "operating_records",
            "suspensions",
            "restarts",
            "audits",
            "audit_areas",
            "audit_findings",
            "reviews",
            "legal_documents",
            "penalties",
            "no_penalty_declarations",
            "credit_searches",
            "recommendations",
            "ready_declarations",
            "legal_status",
            "operation",
            "audit_and_review",
            "no_penalty",
            "one_time_links",
        ];
        let ids: Records = names.into_iter().map(|name| (name, self.id())).collect();
        let id = |name: &str| ids[name].to_string();
        let e = engagement.id;
        let (giver, second) = (self.text(&format!("select opened_by::text from engagements where id = '{e}'")).await, self.account("Second Signer").await.0);
        let mark = e.simple().to_string();
        let register = [
            ("departments", "code, name_zh", format!("'Q-{}', '质量部'", &mark[24..])),
            ("people", "name, staff_no", format!("'Su Min', '{mark}'")),
            ("auditor", "name", "'He Chuan'".to_owned()),
            ("memberships", "person_id, role, since, given_by", format!("'{}', 'staff', now(), '{giver}'", id("people"))),
            ("scope_parts", "name_en", "'Data centre'".to_owned()),
            (
                "evidence",
                "number, sha256, size, media_type, file_name, uploaded_at, uploaded_by",
                format!("900, decode(repeat('{mark}', 2), 'hex'), 5, 'text/plain', 'notes.txt', now(), '{giver}'"),
            ),
            ("documents", "code, title_en, level, items", "'Q-1', 'Policy', 'A', '{}'".to_owned()),
            ("item_excuses", "item, excused_on, reason, approved_by", "'3.1-02', '2026-08-01', 'Not here', 'Su Min'".to_owned()),
            ("issue_orders", "kind, number, planned_on", "'first_edition', 'No. 1', '2026-12-01'".to_owned()),
            ("operating_records", "process, title, recorded_on, entered_on", "'8.2', 'Incident 4711', '2026-11-02', '2026-11-03'".to_owned()),
            ("suspensions", "from_on, resumed_on, reason", "'2026-01-01', '2026-01-05', 'Move'".to_owned()),
            ("restarts", "on_day, kind, reason", "'2026-02-01', 'process_rebuilt', 'Rebuilt'".to_owned()),
            ("audits", "code, title, kind, planned_start_on", "'IA-1', 'First', 'internal', '2026-12-01'".to_owned()),
            (
                "audit_areas",
                "audit_id, department_id, clauses, auditor_ids",
                format!("'{}', '{}', '{{3.1}}', '{{{}}}'", id("audits"), id("departments"), id("auditor")),
            ),
            ("audit_findings", "audit_id, code, grade, fact", format!("'{}', 'NC-1', 'minor', 'A gap'", id("audits"))),
            ("reviews", "title, planned_on, chair", "'First review', '2026-12-03', 'top_management'".to_owned()),
            ("legal_documents", "kind, number, holder_name, valid_from", "'business_licence', '9133', 'Henglan', '2020-01-01'".to_owned()),
            ("penalties", "authority, document_no, decided_on, kind, subject", "'Market authority', 'P-1', '2020-01-01', 'warning', 'applicant'".to_owned()),
            ("no_penalty_declarations", "signed_on, signed_by", "'2026-11-01', 'Su Min'".to_owned()),
            ("credit_searches", "source, searched_on", "'Credit portal', '2026-11-01'".to_owned()),
            (
                "recommendations",
                "recommended_by, person_id, role, recommended_at, as_of, meaning, proved_at",
                format!("'{giver}', '{}', 'consultant', now(), '2026-11-20', 'We recommend', now()", id("people")),
            ),
        ];
        for (name, columns, values) in register {
            let table = if name == "auditor" { "people" } else { name };
            self.run(&format!("insert into {table} (engagement_id, id, {columns}) values ('{e}', '{}', {values})", id(name))).await;
        }
        for (condition, columns, values) in [
            ("legal_status", "legal_document_id", format!("'{}'", id("legal_documents"))),
            ("operation", "issue_order_id", format!("'{}'", id("issue_orders"))),
            ("audit_and_review", "audit_id, review_id", format!("'{}', '{}'", id("audits"), id("reviews"))),
            ("no_penalty", "no_penalty_declaration_id, credit_search_id", format!("'{}', '{}'", id("no_penalty_declarations"), id("credit_searches"))),
        ] {
            self.run(&format!(
                "insert into condition_proofs (engagement_id, id, condition, status, as_of, met_since, verdict, facts_sha256, proved_at, {columns})
                 values ('{e}', '{}', '{condition}', 'met', '2026-11-20', '2026-11-20', '{{\"status\": \"met\", \"condition\": \"{condition}\"}}', sha256('x'), now(), {values})",
                id(condition)
            ))
            .await;
        }
        self.run(&format!(
            "insert into ready_declarations (engagement_id, id, recommendation_id, recommended_by, declared_by, person_id, role, declared_at, as_of, meaning, proved_at,
                 legal_status_proof, operation_proof, audit_and_review_proof, no_penalty_proof, ended_at)
             values ('{e}', '{}', '{}', '{giver}', '{second}', '{}', 'mgmt_rep', now(), '2026-11-20', 'We declare', now(), '{}', '{}', '{}', '{}', now())",
            id("ready_declarations"),
            id("recommendations"),
            id("people"),
            id("legal_status"),
            id("operation"),
            id("audit_and_review"),
            id("no_penalty")
        ))
        .await;
        self.run(&format!(
            "insert into declaration_ends (engagement_id, declaration_id, kind, ended_at, ended_by, as_of, reason) values ('{e}', '{}', 'withdrawn', now(), '{second}', '2026-11-20', 'Changed')",
            id("ready_declarations")
        ))
        .await;
        self.run(&format!(
            "insert into standings (engagement_id, as_of, overall, legal_status, operation, audit_and_review, no_penalty, computed_at)
             values ('{e}', '2026-11-20', 'not_yet', 'met', 'not_yet', 'not_yet', 'met', now()) on conflict do nothing"
        ))
        .await;
        self.run(&format!("insert into readings (engagement_id, as_of, program, facts, labels, verdict) values ('{e}', '2000-01-01', 'none', '{{}}', '{{}}', '{{}}') on conflict do nothing")).await;
        self.run(&format!(
            "insert into one_time_links (token_hash, id, purpose, email, engagement_id, person_id, created_at, created_by, expires_at)
             values (sha256('{mark}'), '{}', 'invitation', 'su.min@test.example', '{e}', '{}', now(), '{giver}', now() + interval '7 days')",
            id("one_time_links"),
            id("people")
        ))
        .await;
        ids
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
