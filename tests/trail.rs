//! The trail as its enemies meet it: a superuser who rewrites the tables is named, online and from an export.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic, and looks at the database from outside"
)]

mod world;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::time::Instant;

use certgate::trail::checkpoints::{Checkpoint, CheckpointFile};
use certgate::trail::event::Record;
use certgate::trail::finding::{Finding, Kind, Note, Report};
use certgate::trail::key::{Key, Keys};
use certgate::trail::merkle::Frontier;
use certgate::trail::sealing::{self, Sealed, SealingError};
use certgate::trail::verification::{self, Trust};
use certgate::trail::{Actor, Event, Subject, export, seal, store};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use ring::rand::SystemRandom;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Row};
use uuid::Uuid;
use world::Pools;

/// Ids in the order of their numbers.
fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number)
}

fn engagement(number: u128) -> Uuid {
    id(0xffff_0000 + number)
}

fn account() -> Uuid {
    id(0xacc0)
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

/// Event `n` belongs to engagement 0, 1 or 2 in turn, every tenth to the installation.
fn event(n: u128) -> Event {
    Event {
        id: id(n),
        engagement_id: (n % 10 != 9).then(|| engagement(n % 3)),
        at: now() + TimeDelta::milliseconds(i64::try_from(n).unwrap()),
        actor: Actor { account_id: Some(account()), name: "王芳".into(), roles: vec!["consultant".into()] },
        kind: "penalty_entered",
        subject: Subject { kind: "penalty", id: id(1_000_000 + n % 7) },
        before: n.is_multiple_of(2).then(|| json!({"amount": n, "rate": 0.1, "note": "前\n\"后\""})),
        after: Some(json!({"amount": n + 1, "parts": [1.50, -0.0, 1e-9, true, null, {"z": 1, "a": "é"}]})),
    }
}

async fn run(pool: &PgPool, sql: impl Into<String>) {
    let sql = sql.into();
    if let Err(error) = sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(pool).await {
        panic!("{error}: {sql}");
    }
}

/// Appends as the application does: in a transaction that names engagement and account.
async fn record(app: &PgPool, events: impl IntoIterator<Item = Event>) {
    let mut events: Vec<Event> = events.into_iter().collect();
    events.sort_by_key(|event| event.engagement_id);
    let mut change = app.begin().await.unwrap();
    for of_one in events.chunk_by(|a, b| a.engagement_id == b.engagement_id) {
        let engagement = of_one[0].engagement_id.map(|id| id.to_string()).unwrap_or_default();
        enter(&mut change, &engagement).await;
        for event in of_one {
            store::append(&mut change, event, [7; 16]).await.unwrap();
        }
    }
    change.commit().await.unwrap();
}

/// The same with two statements for all events of an engagement, where a statement an event would take too long.
async fn record_many(app: &PgPool, events: impl IntoIterator<Item = Event>) {
    let mut events: Vec<Event> = events.into_iter().collect();
    events.sort_by_key(|event| event.engagement_id);
    let mut change = app.begin().await.unwrap();
    for of_one in events.chunk_by(|a, b| a.engagement_id == b.engagement_id) {
        let engagement = of_one[0].engagement_id.map(|id| id.to_string());
        enter(&mut change, engagement.as_deref().unwrap_or_default()).await;
        let rows: Vec<String> = of_one
            .iter()
            .map(|event| {
                let record = event.record([7; 16]).unwrap();
                let json = |value: &Option<Box<serde_json::value::RawValue>>| value.as_ref().map_or("null".to_owned(), ToString::to_string);
                format!(
                    r#"{{"id":"{}","engagement_id":{},"at":"{}","actor_account_id":"{}","actor_name":"{}","actor_roles":["consultant"],"kind":"{}",
                        "subject_kind":"{}","subject_id":"{}","before":{},"after":{},"form":{},"salt":"\\x{}","event_hash":"\\x{}"}}"#,
                    record.id,
                    json!(engagement),
                    record.at.unwrap().to_rfc3339(),
                    account(),
                    record.actor_name,
                    record.kind,
                    record.subject_kind,
                    record.subject_id,
                    json(&record.before),
                    json(&record.after),
                    record.form,
                    hex::encode(&record.salt),
                    hex::encode(&record.event_hash),
                )
            })
            .collect();
        let rows = format!("[{}]", rows.join(","));
        sqlx::query(
            "with recorded as (insert into trail_events select * from jsonb_populate_recordset(null::trail_events, $1::text::jsonb))
             insert into trail_unsealed (event_id) select (one ->> 'id')::uuid from jsonb_array_elements($1::text::jsonb) one",
        )
        .bind(rows)
        .execute(&mut *change)
        .await
        .unwrap();
    }
    change.commit().await.unwrap();
}

async fn enter(change: &mut PgConnection, engagement: &str) {
    let sql = format!("set local app.engagement_id = '{engagement}'; set local app.account_id = '{}'", account());
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(change).await.unwrap();
}

/// Three engagements whose member the account is: the policies let nobody else record.
async fn found(superuser: &PgPool) {
    let account = account();
    run(
        superuser,
        format!(
            "insert into accounts (id, email, name, created_at) values ('{account}', 'wang.fang@test.example', '王芳', now());
             insert into consultancies (id, name, founded_at) values ('{account}', 'Consultancy', now());
             insert into clients (id, consultancy_id, name_en, opened_at) values ('{account}', '{account}', 'Client', now())"
        ),
    )
    .await;
    for number in 0..3 {
        let engagement = engagement(number);
        run(
            superuser,
            format!(
                "insert into engagements (id, consultancy_id, client_id, code, opened_by, opened_at, applicant_kind, legal_name, kick_off_on)
                     values ('{engagement}', '{account}', '{account}', 'T{number}X', '{account}', now(), 'cn_company', 'Client', '2026-05-11');
                 insert into people (engagement_id, id, name, account_id) values ('{engagement}', '{account}', '王芳', '{account}');
                 insert into memberships (engagement_id, id, person_id, account_id, role, since, given_by)
                     values ('{engagement}', '{account}', '{account}', '{account}', 'consultant', now(), '{account}')"
            ),
        )
        .await;
    }
}

struct Log {
    world: Pools,
    key: Key,
    keys: Keys,
    file: CheckpointFile,
}

impl Log {
    async fn empty() -> Self {
        let world = world::empty_database().await;
        found(&world.superuser).await;
        let directory = world.directory.join("keys");
        let key = Key::load_or_create(&directory, &SystemRandom::new()).unwrap();
        let file = CheckpointFile::new(world.directory.join("checkpoints"));
        Self { key, keys: Keys::read(&directory).unwrap(), file, world }
    }

    /// Events 0 up to `count`, sealed ten at a time.
    async fn of(count: u128) -> Self {
        let log = Self::empty().await;
        for from in (0..count).step_by(10) {
            record(&log.world.app, (from..count.min(from + 10)).map(event)).await;
            log.seal().await.unwrap();
        }
        log
    }

    async fn seal(&self) -> Result<usize, SealingError> {
        let mut conn = self.world.sealer.acquire().await.unwrap();
        sealing::drain(&mut conn, &self.key, &self.keys, &self.file, now()).await
    }

    fn trust(&self) -> Trust {
        Trust { keys: self.keys.clone(), checkpoints: Some(self.file.path().to_owned()) }
    }

    async fn online(&self) -> Report {
        let mut conn = self.world.auditor.acquire().await.unwrap();
        verification::online(&mut conn, &self.trust()).await.unwrap()
    }

    async fn export(&self) -> PathBuf {
        let path = self.world.directory.join("export.ndjson");
        let mut conn = self.world.auditor.acquire().await.unwrap();
        let mut to = BufWriter::new(File::create(&path).unwrap());
        export::write(&mut conn, &self.keys, now(), &mut to).await.unwrap();
        path
    }

    async fn offline(&self) -> Report {
        offline(&self.export().await, &self.trust())
    }

    /// Keeps a copy of all four tables under a name, as a backup would.
    async fn keep(&self, name: &str) {
        for table in TABLES {
            run(&self.world.superuser, format!("create table {name}_{table} as select * from {table}")).await;
        }
    }

    async fn restore(&self, name: &str) {
        for table in TABLES {
            run(&self.world.superuser, format!("delete from {table}; insert into {table} select * from {name}_{table}")).await;
        }
    }
}

const TABLES: [&str; 4] = ["trail_events", "trail_unsealed", "trail_entries", "trail_checkpoints"];

fn offline(path: &Path, trust: &Trust) -> Report {
    verification::offline(BufReader::new(File::open(path).unwrap()), trust).unwrap()
}

/// What is expected: the kind, and the position or (for a checkpoint) the size.
#[derive(Debug, Clone, Copy)]
enum Named {
    Entry(Kind, i64),
    Checkpoint(Kind, i64),
    Outside(Kind, u128),
}

impl Named {
    fn is(self, finding: &Finding) -> bool {
        match self {
            Self::Entry(kind, position) => finding.kind == kind && finding.position == Some(position),
            Self::Checkpoint(kind, size) => finding.kind == kind && finding.tree_size == Some(size),
            Self::Outside(kind, number) => finding.kind == kind && finding.position.is_none() && finding.event_id == Some(id(number)),
        }
    }
}

/// A row of `trail_events` for an event that the application never wrote.
fn forged_row(n: u128) -> String {
    let record = event(n).record([9; 16]).unwrap();
    format!(
        "insert into trail_events select '{}', engagement_id, at, actor_account_id, actor_name, actor_roles, kind, subject_kind,
             subject_id, null, '{}', form, '\\x{}', '\\x{}' from trail_events where id = '{}';",
        record.id,
        record.after.unwrap(),
        hex::encode(record.salt),
        hex::encode(record.event_hash),
        id(5),
    )
}

/// An entry for that event, with a seal that looks right but that no key made.
fn forged_entry(n: u128, position: i64, number: &str) -> String {
    format!(
        "insert into trail_entries select {position}, '{}', engagement_id, {number},
             overlay(overlay(seal placing int8send({position}) from 10 for 8) placing (select event_hash from trail_events where id = '{}') from 18 for 32)
         from trail_entries where position = 5;",
        id(n),
        id(n),
    )
}

/// Shifts positions from `from` on by `by`, in one engagement's numbers too when its entries move.
fn shift(from: i64, by: i64) -> String {
    format!(
        "update trail_entries set position = position + 1000000 where position >= {from};
         update trail_entries set position = position - 1000000 + {by} where position >= 1000000;"
    )
}

fn renumber(engagement: Uuid) -> String {
    format!(
        "update trail_entries set engagement_number = engagement_number + 1000000 where engagement_id = '{engagement}';
         update trail_entries t set engagement_number = n.number
           from (select position, row_number() over (order by position) as number from trail_entries where engagement_id = '{engagement}') n
          where n.position = t.position;"
    )
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one list of edits, tried on one log")]
async fn every_edit_by_a_superuser_is_named_online_and_offline() {
    use Kind::{Altered, CheckpointChanged, ForeignKey, Inserted, Removed, Reordered, RolledBack};
    use Named::{Checkpoint, Entry, Outside};
    let log = Log::of(60).await;
    log.keep("whole").await;
    assert_eq!(log.online().await.findings, []);

    let swap = |a: i64, b: i64| {
        format!(
            "update trail_entries set position = 999 where position = {a};
             update trail_entries set position = {a} where position = {b};
             update trail_entries set position = {b} where position = 999;"
        )
    };
    let forge = |n: u128| {
        // Content, event hash and seal agree with each other; only the signature cannot.
        let mut changed = event(n);
        changed.after = Some(json!({"amount": 0}));
        let hash = hex::encode(changed.record([7; 16]).unwrap().event_hash);
        format!(
            "update trail_events set after = '{{\"amount\": 0}}', event_hash = '\\x{hash}' where id = '{0}';
             update trail_entries set seal = overlay(seal placing '\\x{hash}' from 18 for 32) where event_id = '{0}';",
            id(n)
        )
    };
    let drop_entry = |n: u128| format!("delete from trail_entries where event_id = '{0}'; delete from trail_events where id = '{0}';", id(n));
    let one = engagement(1);

    let edits: Vec<(&str, String, Named)> = vec![
        ("update: what happened", format!("update trail_events set after = '{{}}' where id = '{}'", id(33)), Entry(Altered, 33)),
        (
            "update: a number by a hair",
            format!("update trail_events set before = jsonb_set(before, '{{rate}}', '0.10000000000000001') where id = '{}'", id(12)),
            Entry(Altered, 12),
        ),
        ("update: who", format!("update trail_events set actor_name = '李雷' where id = '{}'", id(0)), Entry(Altered, 0)),
        ("update: when", format!("update trail_events set at = at + interval '1 microsecond' where id = '{}'", id(59)), Entry(Altered, 59)),
        ("update: the state before is blanked", format!("update trail_events set before = null where id = '{}'", id(2)), Entry(Altered, 2)),
        ("update: nothing becomes a JSON null", format!("update trail_events set before = 'null' where id = '{}'", id(3)), Entry(Altered, 3)),
        ("update: another engagement", format!("update trail_events set engagement_id = '{}' where id = '{}'", engagement(2), id(4)), Entry(Altered, 4)),
        ("update: hash and seal made to fit", forge(17), Entry(Altered, 17)),
        (
            "update: two forged, the later one clumsily",
            format!("{} update trail_events set after = '{{}}' where id = '{}'", forge(22), id(25)),
            Entry(Altered, 22),
        ),
        ("update: a number within the engagement", "update trail_entries set engagement_number = 999 where position = 41".into(), Entry(Altered, 41)),
        ("update: a seal", "update trail_entries set seal = set_byte(seal, 112, 0) where position = 8".into(), Entry(Altered, 8)),
        ("delete: the event", format!("delete from trail_events where id = '{}'", id(20)), Entry(Removed, 20)),
        ("delete: event and entry", drop_entry(20), Entry(Removed, 20)),
        ("delete: event and entry, the gap closed", format!("{}{}{}", drop_entry(31), shift(32, -1), renumber(one)), Entry(Removed, 31)),
        ("insert: an event", forged_row(70), Outside(Inserted, 70)),
        ("insert: event and entry at the end", forged_row(70) + &forged_entry(70, 60, "999"), Entry(Inserted, 60)),
        (
            "insert: event and entry in the middle, the rest moved on",
            format!("{}{}{}{}", forged_row(70), shift(31, 1), forged_entry(70, 31, "999"), renumber(engagement(2))),
            Entry(Inserted, 31),
        ),
        (
            "reorder: one entry moved far back",
            format!(
                "update trail_entries set position = 999 where position = 11; {} update trail_entries set position = 44 where position = 999;",
                "update trail_entries set position = position - 1 + 1000000 where position between 12 and 44; update trail_entries set position = position - 1000000 where position >= 1000000;"
            ),
            Entry(Reordered, 11),
        ),
        ("swap two: positions", swap(14, 52), Entry(Reordered, 14)),
        (
            "swap two: events under their seals",
            format!(
                "update trail_entries set event_id = '{}' where position = 15; update trail_entries set event_id = '{}' where position = 45; update trail_entries set event_id = '{}' where position = 15;",
                Uuid::max(),
                id(15),
                id(45)
            ),
            Entry(Reordered, 15),
        ),
        (
            "swap two: contents",
            format!("update trail_events e set after = o.after from trail_events o where (e.id, o.id) in (('{0}', '{1}'), ('{1}', '{0}'))", id(23), id(26)),
            Entry(Altered, 23),
        ),
        (
            "cut the tail: everything",
            format!(
                "delete from trail_events where id >= '{}'; delete from trail_entries where position >= 40; delete from trail_checkpoints where tree_size > 40;",
                id(40)
            ),
            Entry(RolledBack, 40),
        ),
        (
            "cut the tail: checkpoints left",
            format!("delete from trail_events where id >= '{}'; delete from trail_entries where position >= 57;", id(57)),
            Entry(Removed, 57),
        ),
        (
            "change a checkpoint: root",
            "update trail_checkpoints set root_hash = set_byte(root_hash, 0, get_byte(root_hash, 0) # 1) where tree_size = 30".into(),
            Checkpoint(CheckpointChanged, 30),
        ),
        (
            "change a checkpoint: time",
            "update trail_checkpoints set signed_at = signed_at - interval '1 day' where tree_size = 20".into(),
            Checkpoint(CheckpointChanged, 20),
        ),
        ("change a checkpoint: size", "update trail_checkpoints set tree_size = 25 where tree_size = 20".into(), Checkpoint(CheckpointChanged, 20)),
        ("remove a checkpoint", "delete from trail_checkpoints where tree_size = 50".into(), Checkpoint(CheckpointChanged, 50)),
        ("remove the last checkpoint", "delete from trail_checkpoints where tree_size = 60".into(), Checkpoint(CheckpointChanged, 60)),
        ("drop an engagement: events", format!("delete from trail_events where engagement_id = '{one}'"), Entry(Removed, 1)),
        (
            "drop an engagement: events and entries",
            format!("delete from trail_events where engagement_id = '{one}'; delete from trail_entries where engagement_id = '{one}'"),
            Entry(Removed, 1),
        ),
        ("drop everything", "truncate trail_events, trail_entries, trail_checkpoints, trail_unsealed".into(), Entry(RolledBack, 0)),
    ];
    for (name, edit, named) in &edits {
        run(&log.world.superuser, edit.clone()).await;
        check(&log, name, *named).await;
        log.restore("whole").await;
    }

    resign(&log, true).await;
    check(&log, "re-sign with another key: everything, one event changed", Entry(ForeignKey, 0)).await;
    log.restore("whole").await;
    resign(&log, false).await;
    check(&log, "re-sign with another key: checkpoints", Checkpoint(ForeignKey, 10)).await;
    log.restore("whole").await;

    assert_eq!(log.online().await.findings, []);
    assert_eq!(log.offline().await.findings, []);
}

async fn check(log: &Log, name: &str, named: Named) {
    for (way, report) in [("online", log.online().await), ("offline", log.offline().await)] {
        let first = report.findings.first().unwrap_or_else(|| panic!("{name}, {way}: nothing found"));
        assert!(named.is(first), "{name}, {way}: expected {named:?}, found: {first}");
        assert!(report.root_hash.is_none() || first.position.is_none());
    }
}

/// What a thief of the database, but not of the key, would do: change an event and sign all anew.
async fn resign(log: &Log, entries_too: bool) {
    let other = Key::load_or_create(&log.world.directory.join("other"), &SystemRandom::new()).unwrap();
    let pool = &log.world.superuser;
    let mut tree = Frontier::default();
    let mut last: Option<Checkpoint> = None;
    let rows = sqlx::raw_sql("select event_id, engagement_id, engagement_number, seal from trail_entries order by position").fetch_all(pool).await.unwrap();
    for (position, row) in (0_i64..).zip(rows) {
        let mut bytes: Vec<u8> = row.get(3);
        if entries_too {
            let mut hash: [u8; 32] = bytes[17..49].try_into().unwrap();
            if position == 33 {
                let mut changed = event(33);
                changed.after = None;
                let record: Record = changed.record([7; 16]).unwrap();
                hash = record.event_hash.clone().try_into().unwrap();
                run(pool, format!("update trail_events set after = null, event_hash = '\\x{}' where id = '{}'", hex::encode(hash), id(33))).await;
            }
            bytes = seal::seal(&other, position, &hash);
            run(pool, format!("update trail_entries set seal = '\\x{}' where position = {position}", hex::encode(&bytes))).await;
        }
        tree.append(seal::leaf(position, row.get(0), row.get(1), row.get(2), &bytes));
        if tree.size() % 10 == 0 {
            let checkpoint = Checkpoint::sign(&other, tree.size(), tree.root(), last.as_ref(), now());
            run(pool, format!(
                "update trail_checkpoints set root_hash = '\\x{}', previous_hash = '\\x{}', signed_at = '{}', key_id = '{}', signature = '\\x{}' where tree_size = {}",
                hex::encode(checkpoint.root_hash), hex::encode(checkpoint.previous_hash), checkpoint.signed_at.to_rfc3339(),
                checkpoint.key_id, hex::encode(&checkpoint.signature), checkpoint.tree_size,
            )).await;
            last = Some(checkpoint);
        }
    }
}

#[tokio::test]
async fn an_older_copy_is_found_and_never_continued() {
    let log = Log::of(20).await;
    log.keep("older").await;
    record(&log.world.app, (20..40).map(event)).await;
    log.seal().await.unwrap();
    log.restore("older").await;
    check(&log, "restore an older copy", Named::Entry(Kind::RolledBack, 20)).await;

    record(&log.world.app, (100..130).map(event)).await;
    assert!(matches!(log.seal().await, Err(SealingError::RolledBack(40))));

    // Even with the true key and the file set aside for a while, a second history is told from the first.
    let aside = CheckpointFile::new(log.world.directory.join("another"));
    let mut conn = log.world.sealer.acquire().await.unwrap();
    sealing::drain(&mut conn, &log.key, &log.keys, &aside, now()).await.unwrap();
    drop(conn);
    check(&log, "an older copy, continued", Named::Entry(Kind::RolledBack, 20)).await;
}

#[tokio::test]
async fn without_the_checkpoints_file_the_report_says_what_it_could_not_check() {
    let log = Log::of(30).await;
    run(
        &log.world.superuser,
        format!(
            "delete from trail_events where id >= '{}'; delete from trail_entries where position >= 20; delete from trail_checkpoints where tree_size > 20",
            id(20)
        ),
    )
    .await;
    let report = offline(&log.export().await, &Trust::default());
    assert_eq!(report.findings, []);
    assert_eq!(report.notes, [Note::NoCheckpointFile, Note::KeyFromExport]);
    assert!(report.to_string().contains("not checked: whether the log was cut back"));
}

type Edit = fn(&mut Vec<String>, [usize; 2]);

#[tokio::test]
async fn an_edited_export_is_named() {
    let log = Log::of(30).await;
    let path = log.export().await;
    let whole: Vec<String> = fs::read_to_string(&path).unwrap().lines().map(str::to_owned).collect();
    // Line 0 is the header; after each ten entries stands a checkpoint.
    let line = |position: usize| position + 1 + position / 10;
    let edits: [(&str, Edit, [usize; 2], Kind, i64); 5] = [
        ("altered", |lines, [a, _]| lines[a] = lines[a].replace("penalty_entered", "penalty_waived"), [line(13), 0], Kind::Altered, 13),
        ("removed", |lines, [a, _]| drop(lines.remove(a)), [line(13), 0], Kind::Removed, 13),
        ("swapped", |lines, [a, b]| lines.swap(a, b), [line(13), line(25)], Kind::Reordered, 13),
        ("repeated", |lines, [a, b]| lines.insert(b, lines[a].clone()), [line(13), line(25)], Kind::Inserted, 25),
        ("cut short", |lines, [a, _]| lines.truncate(a), [line(20), 0], Kind::Removed, 20),
    ];
    let keys_only = Trust { keys: log.keys.clone(), checkpoints: None };
    for (name, edit, lines, kind, position) in edits {
        let mut text = whole.clone();
        edit(&mut text, lines);
        fs::write(&path, text.join("\n")).unwrap();
        let report = offline(&path, &keys_only);
        assert!(Named::Entry(kind, position).is(report.findings.first().unwrap()), "{name}: {report}");
    }
}

#[tokio::test]
async fn the_application_can_only_append() {
    let log = Log::of(10).await;
    for refused in [
        "update trail_events set kind = 'x_y'",
        "delete from trail_events",
        "truncate trail_events",
        "delete from trail_unsealed",
        "update trail_unsealed set since = now()",
        "insert into trail_entries values (99, gen_random_uuid(), gen_random_uuid(), 1, '')",
        "update trail_entries set position = 7",
        "select * from trail_checkpoints",
        "alter table trail_events disable row level security",
    ] {
        let error = sqlx::raw_sql(refused).execute(&log.world.app).await.unwrap_err();
        assert_eq!(error.as_database_error().unwrap().code().as_deref(), Some("42501"), "{refused}");
    }
    for refused in [
        "update trail_entries set position = 7",
        "delete from trail_entries",
        "delete from trail_events",
        "update trail_checkpoints set tree_size = 1",
        "truncate trail_unsealed",
    ] {
        sqlx::raw_sql(refused).execute(&log.world.sealer).await.unwrap_err();
    }

    let mut elsewhere = log.world.app.begin().await.unwrap();
    enter(&mut elsewhere, &engagement(0).to_string()).await;
    let (mut foreign, mut borrowed) = (event(90), event(91));
    foreign.engagement_id = Some(engagement(1));
    borrowed.engagement_id = Some(engagement(0));
    borrowed.actor.account_id = Some(id(1));
    assert!(store::append(&mut elsewhere, &foreign, [0; 16]).await.is_err(), "another engagement's trail");
    drop(elsewhere);
    let mut elsewhere = log.world.app.begin().await.unwrap();
    enter(&mut elsewhere, &engagement(0).to_string()).await;
    assert!(store::append(&mut elsewhere, &borrowed, [0; 16]).await.is_err(), "another person's name");
}

#[tokio::test]
async fn a_change_that_is_rolled_back_leaves_no_trace_and_a_crash_loses_nothing() {
    let log = Log::of(10).await;
    let mut change = log.world.app.begin().await.unwrap();
    enter(&mut change, &engagement(0).to_string()).await;
    store::append(&mut change, &event(30), [0; 16]).await.unwrap();
    assert_eq!(log.seal().await.unwrap(), 0, "what is not committed is not sealed");
    change.rollback().await.unwrap();
    assert_eq!(log.seal().await.unwrap(), 0);

    // The crash after the commit: the file lacks what the database has, and ends in half a line.
    let text = fs::read_to_string(log.file.path()).unwrap();
    record(&log.world.app, (10..20).map(event)).await;
    log.seal().await.unwrap();
    fs::write(log.file.path(), text + "{\"tree_size\":20,").unwrap();
    let report = log.online().await;
    assert_eq!((report.findings, report.notes), (vec![], vec![Note::FileLags(1)]));
    assert_eq!(log.seal().await.unwrap(), 0);
    assert_eq!(log.online().await.notes, []);

    // Ten wait; then the sealer stays away for too long.
    record(&log.world.app, (20..30).map(event)).await;
    let report = log.online().await;
    assert_eq!((report.findings, report.notes), (vec![], vec![Note::Waiting(10)]));
    run(&log.world.superuser, "update trail_unsealed set since = since - interval '2 minutes'").await;
    assert_eq!(log.online().await.findings.first().map(|finding| (finding.kind, finding.event_id)), Some((Kind::Unsealed, Some(id(20)))));
}

#[tokio::test]
async fn two_sealers_make_one_log_and_a_new_key_continues_it() {
    let mut log = Log::of(10).await;
    record(&log.world.app, (10..500).map(event)).await;
    let (one, two) = tokio::join!(log.seal(), log.seal());
    assert_eq!(one.unwrap() + two.unwrap() + log.seal().await.unwrap(), 490);

    let directory = log.world.directory.join("keys");
    log.key = Key::rotate(&directory, &SystemRandom::new()).unwrap();
    log.keys = Keys::read(&directory).unwrap();
    record(&log.world.app, (500..520).map(event)).await;
    let mut conn = log.world.sealer.acquire().await.unwrap();
    let sealed = sealing::seal_once(&mut conn, &log.key, &log.keys, &log.file, now()).await.unwrap();
    assert!(matches!(sealed, Sealed::Events(20, checkpoint) if checkpoint.key_id == log.key.public().id()));
    let report = log.online().await;
    assert!(report.is_clean() && report.entries == 520, "{report}");
    assert!(log.offline().await.is_clean());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn while_people_work_verification_gives_no_alarm_and_sealing_lags_by_less_than_two_seconds() {
    let log = Log::of(10).await;
    let key = Key::load(&log.world.directory.join("keys")).unwrap();
    let sealer = tokio::spawn(sealing::run(log.world.sealer.clone(), key, log.keys.clone(), log.file.clone(), now));
    let writers: Vec<_> = (1..4_u128)
        .map(|writer| {
            let app = log.world.app.clone();
            tokio::spawn(async move {
                for n in 0..300 {
                    record(&app, [event(writer * 1000 + n)]).await;
                }
            })
        })
        .collect();
    while !writers.iter().all(tokio::task::JoinHandle::is_finished) {
        let report = log.online().await;
        assert!(report.is_clean(), "{report}");
    }
    let committed = Instant::now();
    while log.online().await.entries < 910 {
        assert!(committed.elapsed().as_secs() < 2, "sealing lags");
    }
    sealer.abort();
    assert!(log.offline().await.is_clean());
}

#[tokio::test]
async fn a_tampered_newest_checkpoint_is_not_built_upon() {
    let log = Log::of(10).await;
    run(&log.world.superuser, "update trail_checkpoints set frontier = array[frontier[1], set_byte(frontier[2], 0, get_byte(frontier[2], 0) # 1)]").await;
    record(&log.world.app, [event(10)]).await;
    assert!(matches!(log.seal().await, Err(SealingError::CheckpointChanged(10))));
}

#[tokio::test]
async fn history_is_read_newest_first_page_by_page() {
    let log = Log::of(60).await;
    let mut reading = log.world.app.begin().await.unwrap();
    enter(&mut reading, &engagement(0).to_string()).await;
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = store::page(&mut reading, engagement(0), &store::Filter::default(), cursor, 7).await.unwrap();
        let Some(last) = page.last() else { break };
        cursor = Some((last.at, last.id));
        seen.extend(page.iter().map(|line| (line.id, line.engagement_number)));
    }
    let expected: Vec<_> = (0..60).rev().map(event).filter(|event| event.engagement_id == Some(engagement(0))).collect();
    let numbers = (1..=i64::try_from(expected.len()).unwrap()).rev().map(Some);
    assert_eq!(seen, expected.iter().map(|event| event.id).zip(numbers).collect::<Vec<_>>());

    let subject = expected[3].subject;
    let lines = store::of_subject(&mut reading, engagement(0), subject.kind, subject.id, None, 50).await.unwrap();
    assert!(lines.iter().all(|line| line.subject_id == subject.id) && lines.len() > 1);
    let nobody = store::Filter { actor_account_id: Some(id(1)), ..Default::default() };
    assert_eq!(store::page(&mut reading, engagement(0), &nobody, None, 7).await.unwrap(), []);
    assert_eq!(store::page(&mut reading, engagement(1), &store::Filter::default(), None, 7).await.unwrap(), [], "row-level security");
}

/// JSON of every shape, with the texts and numbers that break round trips.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-1e6..1e6).prop_map(Value::from),
        "\\PC*".prop_map(Value::from),
        "[\\x00-\\x1f\"\\\\/é\u{1f600}国]*".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::hash_map("[\\x00a-c]{0,3}|\\PC{0,12}", inner, 0..6)
                .prop_map(|map: HashMap<String, Value>| Value::Object(map.into_iter().collect())),
        ]
    })
}

#[tokio::test]
async fn every_event_survives_the_round_trip_through_the_database() {
    let log = Log::empty().await;
    let mut runner = TestRunner::deterministic();
    let events: Vec<Event> = (0..400_u128)
        .map(|n| {
            let mut draw = || any_json().new_tree(&mut runner).unwrap().current();
            let (before, after, text) = (draw(), draw(), draw().to_string());
            Event {
                before: Some(before),
                after: Some(after),
                at: DateTime::from_timestamp_nanos(i64::try_from(n).unwrap() * 7_654_321_987_654_321 - 1_000_000_000_123_456_789),
                actor: Actor { account_id: None, name: format!("\0{text}"), roles: vec![text, String::new()] },
                ..event(n)
            }
        })
        .collect();
    record(&log.world.app, events).await;
    assert_eq!(log.seal().await.unwrap(), 400);
    assert_eq!(log.online().await.findings, []);
    assert_eq!(log.offline().await.findings, []);
}

#[tokio::test]
async fn a_clean_log_of_100_000_events_gives_no_alarm() {
    const COUNT: u128 = 100_000;
    let log = Log::empty().await;
    let begun = Instant::now();
    for from in (0..COUNT).step_by(10_000) {
        record_many(&log.world.app, (from..from + 10_000).map(event)).await;
    }
    println!("recorded in {:?}", begun.elapsed());
    let begun = Instant::now();
    assert_eq!(log.seal().await.unwrap(), 100_000);
    println!("sealed in {:?}", begun.elapsed());
    let begun = Instant::now();
    let report = log.online().await;
    println!("verified online in {:?}", begun.elapsed());
    assert!(report.is_clean() && report.entries == 100_000 && report.notes.is_empty(), "{report}");
    let begun = Instant::now();
    let path = log.export().await;
    println!("exported in {:?}", begun.elapsed());
    let begun = Instant::now();
    let report = offline(&path, &log.trust());
    println!("verified offline in {:?}", begun.elapsed());
    assert!(report.is_clean() && report.entries == 100_000, "{report}");
}
