//! The portal in operation: its database goes away and comes back, a handler panics, a page is counted, what the
//! configuration refuses, where the dependencies come from (security.md S54, S59, S63).
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where its world is not as it should be")]

mod world;

use axum::{Router, routing::get};
use certgate::{
    app::{self, App},
    config::Config,
    database::{Database, embedded, roles},
    readiness,
    visitor::{Answer, Visitor},
};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    time::{Duration, Instant},
};
use world::World;

const TOLD: [&str; 8] = ["panicked", ".rs:", "sqlx", "stack backtrace", "No such file", "Connection refused", "certgate_app", "select "];

fn tells_nothing(answer: &Answer) {
    for inside in TOLD {
        assert!(!answer.text.contains(inside), "{inside}: {}", answer.text);
    }
}

/// The same world on a server of its own, which can be stopped.
async fn on_a_server_of_its_own(world: &mut World, server: &embedded::Server) {
    let options = PgConnectOptions::new_without_pgpass()
        .socket(server.socket_dir())
        .port(embedded::PORT)
        .username(embedded::SUPERUSER)
        .password(server.superuser_password());
    let options = options.database("postgres");
    roles::ensure(&options, None).await.unwrap();
    roles::migrate(&options).await.unwrap();
    world.superuser = PgPoolOptions::new().max_connections(2).connect_lazy_with(options.clone());
    world.app = App { database: Database::open(&options, 4, Some(readiness::watch::settle)), ..world.app.clone() };
    world.run(&format!("insert into consultancies (id, name, founded_at) values ('{}', 'Consultancy', now())", world.consultancy)).await;
}

#[tokio::test]
async fn s63_without_its_database_the_portal_says_so_within_a_second_and_heals_without_a_restart() {
    let mut world = World::new().await;
    let settings = embedded::Settings { durable: false, ..embedded::Settings::new(world.directory.with_extension("own")) };
    let server = embedded::start(&settings).expect("a server");
    on_a_server_of_its_own(&mut world, &server).await;
    let mut consultant = world.consultant("Ren Yuan").await;
    let engagement = world.open_engagement(&mut consultant).await;
    let pages = [engagement.path("/readiness"), engagement.path("/penalties"), "/engagements".to_owned(), "/profile".to_owned()];
    for path in &pages {
        assert_eq!(consultant.get(path).await.status, 200, "{path}");
    }
    let profile = consultant.get("/profile").await;
    let style = format!("/static/{}", profile.between("href=\"/static/", "\"").expect("a style sheet"));
    assert_eq!(consultant.get("/readyz").await.status, 200);
    let before = world.count("select count(*) from trail_events").await;
    world.superuser.close().await;

    server.stop().expect("it stops");
    for path in &pages {
        let begun = Instant::now();
        let answer = consultant.get(path).await;
        assert!(begun.elapsed() < Duration::from_millis(1200), "{path}: {:?}", begun.elapsed());
        assert_eq!(answer.status, 503, "{path}");
        assert!(answer.headers.contains_key("retry-after"), "{path}");
        assert!(answer.text.contains("</html>") && answer.headers.contains_key("content-security-policy"), "{path}");
        tells_nothing(&answer);
    }
    let begun = Instant::now();
    let fields = [("authority", "Market authority"), ("decided_on", "2026-11-02"), ("kind", "fine"), ("subject", "applicant"), ("status", "in_force")];
    let posted = consultant.post(&engagement.path("/penalties/new"), &fields).await;
    assert_eq!(posted.status, 503);
    assert!(begun.elapsed() < Duration::from_millis(1200), "{:?}", begun.elapsed());
    assert_eq!(consultant.post("/sign-in", &[("email", "a@test.example"), ("password", "guess")]).await.status, 503);
    assert_eq!(consultant.get("/readyz").await.status, 503);
    assert_eq!(consultant.get("/healthz").await.status, 200, "the process lives");
    assert_eq!(consultant.get(&style).await.status, 200, "what does not need the database is there");

    let server = embedded::start(&settings).expect("it starts again");
    let begun = Instant::now();
    while consultant.get("/readyz").await.status != 200 {
        assert!(begun.elapsed() < Duration::from_secs(10), "it does not heal");
    }
    for path in &pages {
        assert_eq!(consultant.get(path).await.status, 200, "{path}: the session and the pages are as before");
    }
    let options = PgConnectOptions::new_without_pgpass()
        .socket(server.socket_dir())
        .port(embedded::PORT)
        .username(embedded::SUPERUSER)
        .password(server.superuser_password());
    world.superuser = PgPoolOptions::new().connect_lazy_with(options.database("postgres"));
    assert_eq!(world.count("select count(*) from penalties").await, 0, "nothing was done by half");
    assert_eq!(world.count("select count(*) from trail_events").await, before);
    assert_eq!(consultant.post(&engagement.path("/penalties/new"), &fields).await.status, 303);
    world.superuser.close().await;
    world.app.database.close().await;
    server.stop().expect("it stops");
    fs::remove_dir_all(&settings.data_dir).ok();
}

async fn fails() -> &'static str {
    panic!("a secret of the inside");
}

#[tokio::test]
async fn s63_a_panic_ends_one_request_and_not_the_process() {
    let world = World::new().await;
    let consultant = world.consultant("Ren Yuan").await;
    let token = consultant.cookie("__Host-certgate").unwrap().to_owned();
    let mut visitor = Visitor::new(app::router_beside(world.app.clone(), Router::new().route("/fails", get(fails))));
    visitor.plant("__Host-certgate", &token);
    for _ in 0..3 {
        let answer = visitor.get("/fails").await;
        assert_eq!(answer.status, 500);
        assert!(answer.text.contains("</html>") && answer.headers.contains_key("content-security-policy"));
        assert!(!answer.text.contains("a secret of the inside"));
        tells_nothing(&answer);
        assert!(answer.text.contains("<code") || answer.text.chars().filter(char::is_ascii_hexdigit).count() > 8, "a number to quote");
        assert_eq!(visitor.get("/engagements").await.status, 200, "the next request is served");
    }
}

#[tokio::test]
async fn the_probes_answer_without_a_session() {
    let world = World::new().await;
    let mut anybody = world.browser();
    for (path, words) in [("/healthz", "ok\n"), ("/readyz", "ready\n")] {
        let answer = anybody.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, words));
        assert!(answer.headers.contains_key("x-content-type-options"));
    }
}

/// An engagement with three thousand operating records and something in every register.
async fn full(world: &World) -> (world::Engagement, Visitor) {
    let mut consultant = world.consultant("Ren Yuan").await;
    let engagement = world.open_engagement(&mut consultant).await;
    world.fill(&engagement).await;
    world
        .run(&format!(
            "insert into operating_records (engagement_id, id, process, title, recorded_on, entered_on)
             select '{}', gen_random_uuid(), p, 'Record ' || n, date '2026-08-31' + n % 80, date '2026-08-31' + n % 80
             from unnest(array['6.1','6.2','6.3','6.4','6.5','6.6','7.2','7.3','8.2','8.3','9.1','9.2','10.1']) p, generate_series(1, 230) n",
            engagement.id
        ))
        .await;
    (engagement, consultant)
}

#[tokio::test]
async fn the_page_of_readiness_takes_six_statements_however_much_there_is() {
    let world = World::new().await;
    let (engagement, mut consultant) = full(&world).await;
    for path in ["/readiness", "/readiness?as_of=2026-10-01", "/readiness?review=2026-12-10", "/gate", "/readiness/facts.json", "/readiness/verdict.json"] {
        let answer = consultant.get(&engagement.path(path)).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!((1..=6).contains(&answer.statements), "{path}: {} statements", answer.statements);
    }
}

#[tokio::test]
async fn the_facts_of_the_page_are_the_facts_of_the_command() {
    let world = World::new().await;
    let (engagement, mut consultant) = full(&world).await;
    for day in ["2026-11-20", "2026-10-01"] {
        let file = consultant.get(&engagement.path(&format!("/readiness/facts.json?as_of={day}"))).await;
        let told = readiness::command::facts(&world.app.database, &engagement.code, day.parse().unwrap()).await.unwrap().expect("facts");
        let (file, told) = (readiness::engine::read(&file.bytes).unwrap(), readiness::engine::read(told.as_bytes()).unwrap());
        let verdict = |facts| serde_json::to_value(readiness::engine::assess(facts)).unwrap();
        assert_eq!(file.as_of, told.as_of);
        assert_eq!(file.operating_records.len(), told.operating_records.len());
        assert_eq!(verdict(&file), verdict(&told), "{day}");
        let page = consultant.get(&engagement.path(&format!("/readiness/verdict.json?as_of={day}"))).await;
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&page.bytes).unwrap(), verdict(&told), "{day}");
    }
    assert!(readiness::command::facts(&world.app.database, "NOBODY", "2026-11-20".parse().unwrap()).await.unwrap().is_none());
}

#[tokio::test]
async fn s54_an_insecure_base_address_or_database_is_refused_at_the_start() {
    let world = World::new().await;
    let with = |base: &str, database: Option<&str>| Config {
        base_url: Some(base.to_owned()),
        database_url: database.map(str::to_owned),
        ..(*world.app.config).clone()
    };
    for (base, database) in [
        ("https://portal.example", None),
        ("http://127.0.0.1:8080", None),
        ("http://localhost:8080", Some("postgres://u@localhost/db")),
        ("https://portal.example", Some("postgres://u@db.example/db?sslmode=verify-full")),
    ] {
        assert_eq!(with(base, database).refusal(), None, "{base} {database:?}");
    }
    for (base, database) in [
        ("http://portal.example", None),
        ("ftp://portal.example", None),
        ("http://localhost.evil.example", None),
        ("https://portal.example", Some("postgres://u@db.example/db")),
        ("https://portal.example", Some("postgres://u@db.example/db?sslmode=prefer")),
    ] {
        assert!(with(base, database).refusal().is_some(), "{base} {database:?}");
    }
}

#[test]
fn s59_dependencies_are_locked_come_from_one_registry_and_are_checked() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lock = fs::read_to_string(root.join("Cargo.lock")).expect("a lock file");
    let packages: Vec<&str> = lock.split("[[package]]").skip(1).collect();
    let mut sources = BTreeSet::new();
    for package in &packages {
        let source = package.lines().find_map(|line| line.strip_prefix("source = "));
        let is_ours = package.contains("name = \"certgate\"");
        assert_eq!(source.is_none(), is_ours, "{package}");
        assert_eq!(package.contains("\nchecksum = \""), !is_ours, "{package}");
        sources.extend(source);
    }
    assert_eq!(sources.len(), 1, "{sources:?}");
    assert!(sources.iter().all(|source| source.starts_with("\"registry+")), "{sources:?}");
    let deny: toml::Table = fs::read_to_string(root.join("deny.toml")).expect("deny.toml").parse().expect("its form");
    for part in ["advisories", "licenses", "bans", "sources"] {
        assert!(deny.contains_key(part), "deny.toml says nothing of {part}");
    }
    let sources = deny["sources"].as_table().unwrap();
    assert_eq!(sources.get("unknown-registry").and_then(|value| value.as_str()), Some("deny"));
    assert_eq!(sources.get("unknown-git").and_then(|value| value.as_str()), Some("deny"));
}
