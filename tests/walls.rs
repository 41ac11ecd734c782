//! The second wall, row-level security, tried by statements of our own in the roles of the portal: whatever the first
//! wall let through, another engagement's rows stay unseen and untouched (security.md S46, S48, S55, S62).
#![expect(clippy::disallowed_methods, reason = "the walls are tried with statements that the portal does not have")]
#![expect(clippy::expect_used, clippy::panic, reason = "a test ends where its world is not as it should be")]

mod world;

use sqlx::{AssertSqlSafe, Postgres, Row, Transaction};
use std::collections::BTreeSet;
use uuid::Uuid;
use world::{Engagement, World};

/// A transaction in a role of the portal, on behalf of an account in an engagement; it never commits.
async fn standing_as(world: &World, role: &str, account: Option<Uuid>, engagement: Option<Uuid>) -> Transaction<'static, Postgres> {
    let mut transaction = world.superuser.begin().await.expect("a transaction");
    let name = |id: Option<Uuid>| id.map_or_else(String::new, |id| id.to_string());
    let sql = format!("set local role {role}; set local app.account_id = '{}'; set local app.engagement_id = '{}'", name(account), name(engagement));
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *transaction).await.expect("the role");
    transaction
}

/// What a statement did: rows read or changed, or the code of the refusal. The transaction goes on.
async fn attempt(transaction: &mut Transaction<'static, Postgres>, sql: &str) -> Result<u64, String> {
    sqlx::raw_sql("savepoint before").execute(&mut **transaction).await.expect("a savepoint");
    let outcome = if sql.trim_start().starts_with("select") {
        sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(&mut **transaction).await.map(|rows| u64::try_from(rows.len()).unwrap_or(0))
    } else {
        sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut **transaction).await.map(|done| done.rows_affected())
    };
    sqlx::raw_sql("rollback to savepoint before").execute(&mut **transaction).await.expect("the savepoint");
    outcome.map_err(|error| error.as_database_error().and_then(|cause| cause.code().map(std::borrow::Cow::into_owned)).unwrap_or_else(|| error.to_string()))
}

/// The code of PostgreSQL for a missing right and for a row that a policy refuses.
const REFUSED: &str = "42501";

async fn names(world: &World, sql: &str) -> Vec<String> {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_all(&world.superuser).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

/// Every table whose rows belong to an engagement, and the column that says to which.
async fn engagement_tables(world: &World) -> Vec<(String, &'static str)> {
    let found = names(
        world,
        "select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid where c.relnamespace = 'public'::regnamespace
         and c.relkind in ('r', 'p') and a.attname = 'engagement_id' and not a.attisdropped order by 1",
    )
    .await;
    assert!(found.len() >= 29, "the tables were found: {found:?}");
    found.into_iter().map(|table| (table, "engagement_id")).chain([("engagements".to_owned(), "id")]).collect()
}

/// Two clients of two consultancies, with an entry in every table.
struct Two {
    world: World,
    /// The consultant of the first engagement.
    ours: Uuid,
    own: Engagement,
    foreign: Engagement,
}

async fn two() -> Two {
    let world = World::new().await;
    let other = world.other_consultancy().await;
    let mut consultant = world.consultant("Ren Yuan").await;
    let own = world.open_engagement(&mut consultant).await;
    let mut stranger = other.consultant("Bo Lin").await;
    let foreign = other.open_engagement(&mut stranger).await;
    for engagement in [&own, &foreign] {
        world.fill(engagement).await;
        // As if the sealer had placed one of its events.
        world
            .run(&format!(
                "insert into trail_entries (position, event_id, engagement_id, engagement_number, seal)
                 select 1000000 + (select count(*) from trail_entries), id, engagement_id, 1, decode(repeat('00', 113), 'hex') from trail_events where engagement_id = '{}' limit 1",
                engagement.id
            ))
            .await;
    }
    let ours = world.text(&format!("select opened_by::text from engagements where id = '{}'", own.id)).await.parse().expect("an id");
    Two { world, ours, own, foreign }
}

#[tokio::test]
async fn s46_rows_of_another_engagement_are_not_there() {
    let Two { world, ours, own, foreign } = two().await;
    // Staff of the same consultancy who is no member, and people whose membership ended or was never accepted.
    let (colleague, ended, invited) = (world.account("Colleague").await.0, world.account("Ended").await.0, world.account("Invited").await.0);
    world.run(&format!("insert into consultancy_members (consultancy_id, account_id, since) values ('{}', '{colleague}', now())", world.consultancy)).await;
    let gone = world.membership(&own, "Ended", Some(ended), &["consultant", "mgmt_rep"]).await;
    world.run(&format!("update memberships set ended_at = now() where person_id = '{gone}'")).await;
    world.membership(&own, "Invited", None, &["consultant"]).await;
    let over = world.account("Over").await.0;
    let outsider = world.membership(&own, "Over", Some(over), &["external_reader"]).await;
    world.run(&format!("update memberships set until_on = current_date - 2 where person_id = '{outsider}'")).await;
    let nobodies = [
        ("nothing is set", None, None),
        ("the engagement is set and no account", None, Some(own.id)),
        ("the account is set and no engagement", Some(ours), None),
        ("the account is no member", Some(ours), Some(foreign.id)),
        ("a colleague", Some(colleague), Some(own.id)),
        ("a membership that has ended", Some(ended), Some(own.id)),
        ("access that ended by itself", Some(over), Some(own.id)),
        ("an invitation that waits", Some(invited), Some(own.id)),
        ("an account that is none", Some(Uuid::nil()), Some(own.id)),
        ("an engagement that is none", Some(ours), Some(Uuid::nil())),
    ];
    for (table, key) in engagement_tables(&world).await {
        for engagement in [&own, &foreign] {
            assert!(world.count(&format!("select count(*) from {table} where {key} = '{}'", engagement.id)).await > 0, "{table} has a row to look for");
        }
        let mut member = standing_as(&world, "certgate_app", Some(ours), Some(own.id)).await;
        assert_eq!(attempt(&mut member, &format!("select 1 from {table} where {key} = '{}'", foreign.id)).await, Ok(0), "{table} of another engagement");
        assert_eq!(
            attempt(&mut member, &format!("select 1 from {table} where {key} <> '{}' or {key} is null", own.id)).await,
            Ok(0),
            "{table} of any other engagement"
        );
        assert!(
            attempt(&mut member, &format!("select 1 from {table} where {key} = '{}'", own.id)).await.is_ok_and(|rows| rows > 0),
            "{table} of one's own engagement"
        );
        drop(member);
        for (who, account, engagement) in nobodies {
            let mut nobody = standing_as(&world, "certgate_app", account, engagement).await;
            assert_eq!(attempt(&mut nobody, &format!("select 1 from {table}")).await, Ok(0), "{table}: {who}");
        }
    }
}

#[tokio::test]
async fn s46_views_and_functions_show_nothing_of_another_engagement() {
    let Two { world, ours, own, foreign } = two().await;
    let views = names(&world, "select viewname::text from pg_views where schemaname = 'public' order by 1").await;
    assert!(views.len() >= 12, "{views:?}");
    let mut member = standing_as(&world, "certgate_app", Some(ours), Some(own.id)).await;
    for view in &views {
        assert_eq!(attempt(&mut member, &format!("select 1 from {view} where engagement_id <> '{}'", own.id)).await, Ok(0), "{view}");
    }
    assert_eq!(attempt(&mut member, &format!("select 1 from clients where consultancy_id <> '{}'", world.consultancy)).await, Ok(0));
    let reading = "select 1 from member_reading('{}', '2026-11-20', 'another program')";
    assert_eq!(attempt(&mut member, reading).await, Ok(1));
    for call in ["readiness_facts('{id}', '{}', '2026-11-20')", "readiness_labels('{id}')", "readiness_gate('{id}')"] {
        let sql = format!("select {}", call.replace("{id}", &foreign.id.to_string()));
        assert_eq!(attempt(&mut member, &sql).await, Err(REFUSED.to_owned()), "{sql}");
    }
    drop(member);
    let mut outsider = standing_as(&world, "certgate_app", Some(ours), Some(foreign.id)).await;
    for view in &views {
        assert_eq!(attempt(&mut outsider, &format!("select 1 from {view}")).await, Ok(0), "{view}");
    }
    assert_eq!(attempt(&mut outsider, reading).await, Ok(0), "a reading is for members");
}

#[tokio::test]
async fn s46_rows_of_another_engagement_cannot_be_written() {
    let Two { world, ours, own, foreign } = two().await;
    for (table, key) in engagement_tables(&world).await {
        let row = world.text(&format!("select row_to_json(t)::text from {table} t where {key} = '{}' limit 1", foreign.id)).await;
        let row = row.replace('\'', "''");
        for (who, account, engagement) in [("a member of another", ours, own.id), ("no member", ours, foreign.id)] {
            let mut transaction = standing_as(&world, "certgate_app", Some(account), Some(engagement)).await;
            let inserted = attempt(&mut transaction, &format!("insert into {table} select * from json_populate_record(null::{table}, '{row}')")).await;
            // A column that the server counts up itself is refused before anybody asks for rights.
            let counted = inserted == Err("428C9".to_owned()) && table == "fact_changes";
            assert!(inserted == Err(REFUSED.to_owned()) || counted, "{who} inserts into {table}: {inserted:?}");
            let columns = names(
                &world,
                &format!("select a.attname::text from pg_attribute a where a.attrelid = '{table}'::regclass and a.attnum > 0 and not a.attisdropped and has_column_privilege('certgate_app', a.attrelid, a.attnum, 'update') order by 1"),
            )
            .await;
            for column in &columns {
                let changed = attempt(&mut transaction, &format!("update {table} set {column} = {column} where {key} = '{}'", foreign.id)).await;
                assert_eq!(changed, Ok(0), "{who} changes {table}.{column}");
            }
            if columns.is_empty() {
                assert_eq!(attempt(&mut transaction, &format!("update {table} set {key} = {key}")).await, Err(REFUSED.to_owned()), "{table} is never changed");
            }
            let deleted = attempt(&mut transaction, &format!("delete from {table} where {key} = '{}'", foreign.id)).await;
            let expected = if table == "fact_changes" { Ok(0) } else { Err(REFUSED.to_owned()) };
            assert_eq!(deleted, expected, "{who} deletes from {table}");
            assert_eq!(attempt(&mut transaction, &format!("truncate {table}")).await, Err(REFUSED.to_owned()), "{who} empties {table}");
        }
        // One's own rows cannot be given to another engagement either.
        let mut member = standing_as(&world, "certgate_app", Some(ours), Some(own.id)).await;
        let moved = attempt(&mut member, &format!("update {table} set {key} = '{}' where {key} = '{}'", foreign.id, own.id)).await;
        assert_eq!(moved, Err(REFUSED.to_owned()), "{table}: a row is moved");
    }
}

#[tokio::test]
async fn s46_only_the_opener_writes_into_an_engagement_without_members_and_only_once() {
    let Two { world, ours, own, .. } = two().await;
    let stranger = world.account("Stranger").await.0;
    let (engagement, client) = (world.id(), world.text(&format!("select client_id::text from engagements where id = '{}'", own.id)).await);
    let opening = |by: Uuid| {
        format!(
            "insert into engagements (id, consultancy_id, client_id, code, opened_by, opened_at, applicant_kind, legal_name, kick_off_on)
             values ('{engagement}', '{}', '{client}', 'WALL-1', '{by}', now(), 'cn_company', 'X', '2026-01-01')",
            world.consultancy
        )
    };
    let mut consultant = standing_as(&world, "certgate_app", Some(ours), Some(engagement)).await;
    assert_eq!(attempt(&mut consultant, &opening(ours)).await, Ok(1));
    assert_eq!(attempt(&mut consultant, &opening(stranger)).await, Err(REFUSED.to_owned()), "in another person's name");
    drop(consultant);
    let mut nobody = standing_as(&world, "certgate_app", Some(stranger), Some(engagement)).await;
    assert_eq!(attempt(&mut nobody, &opening(stranger)).await, Err(REFUSED.to_owned()), "for a consultancy one does not belong to");
    drop(nobody);
    // Whoever opened an engagement and is its member no more has no way back.
    world.run(&format!("update memberships set ended_at = now() where engagement_id = '{}' and account_id = '{ours}'", own.id)).await;
    let mut former = standing_as(&world, "certgate_app", Some(ours), Some(own.id)).await;
    assert_eq!(attempt(&mut former, "select 1 from people").await, Ok(0));
    assert_eq!(attempt(&mut former, "select 1 from engagements").await, Ok(0));
}

#[tokio::test]
async fn s62_nobody_changes_what_the_trail_holds() {
    let Two { world, ours, own, foreign } = two().await;
    for role in ["certgate_app", "certgate_login", "certgate_sealer", "certgate_auditor"] {
        let mut transaction = standing_as(&world, role, Some(ours), Some(own.id)).await;
        for table in ["trail_events", "trail_entries", "trail_checkpoints"] {
            for sql in [format!("delete from {table}"), format!("truncate {table}"), format!("update {table} set {} = {}", key_of(table), key_of(table))] {
                assert_eq!(attempt(&mut transaction, &sql).await, Err(REFUSED.to_owned()), "{role}: {sql}");
            }
        }
        let emptied = attempt(&mut transaction, "delete from trail_unsealed").await;
        assert_eq!(emptied.is_ok(), role == "certgate_sealer", "{role} empties the queue: {emptied:?}");
    }
    let event = |actor: Uuid, engagement: Uuid| {
        format!(
            "insert into trail_events (id, engagement_id, at, actor_account_id, actor_name, kind, subject_kind, subject_id, salt, event_hash)
             values ('{}', '{engagement}', now(), '{actor}', 'X', 'penalty_entered', 'penalty', '{engagement}', decode(repeat('00', 16), 'hex'), decode(repeat('00', 32), 'hex'))",
            world.id()
        )
    };
    let other = world.account("Other").await.0;
    let mut member = standing_as(&world, "certgate_app", Some(ours), Some(own.id)).await;
    assert_eq!(attempt(&mut member, &event(ours, own.id)).await, Ok(1));
    assert_eq!(attempt(&mut member, &event(other, own.id)).await, Err(REFUSED.to_owned()), "in another person's name");
    assert_eq!(attempt(&mut member, &event(ours, foreign.id)).await, Err(REFUSED.to_owned()), "in another engagement");
    assert_eq!(
        attempt(
            &mut member,
            "insert into trail_entries (position, event_id, engagement_id, engagement_number, seal) values (0, gen_random_uuid(), gen_random_uuid(), 9, '')"
        )
        .await,
        Err(REFUSED.to_owned())
    );
    drop(member);
    let mut login = standing_as(&world, "certgate_login", None, None).await;
    for table in ["trail_events", "trail_entries", "trail_checkpoints", "trail_unsealed"] {
        assert_eq!(attempt(&mut login, &format!("select 1 from {table}")).await, Err(REFUSED.to_owned()), "sign-in reads {table}");
    }
}

fn key_of(table: &str) -> &'static str {
    match table {
        "trail_events" => "kind",
        "trail_entries" => "seal",
        _ => "signature",
    }
}

// ── The catalogue of the database ────────────────────────────────────────────────────────────────────────────────────

#[tokio::test]
async fn s55_every_table_has_forced_row_security_and_policies_that_check() {
    let world = World::new().await;
    let open = names(
        &world,
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> '_sqlx_migrations'
         and not (relrowsecurity and relforcerowsecurity)",
    )
    .await;
    assert_eq!(open, [""; 0], "tables without forced row security");
    // The list of migrations is the owner's alone.
    let who = names(
        &world,
        "select distinct grantee::text from information_schema.role_table_grants where table_name = '_sqlx_migrations' and grantee <> 'certgate_owner'",
    )
    .await;
    assert_eq!(who, [""; 0], "who reaches the list of migrations");
    let unfenced = names(
        &world,
        "select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> '_sqlx_migrations'
         and not exists (select 1 from pg_policy p where p.polrelid = c.oid)",
    )
    .await;
    assert_eq!(unfenced, [""; 0], "tables without a policy");
    // Policies of the application that let everything pass: only the queue of the sealer, which holds ids.
    let loose = names(
        &world,
        "select tablename::text || ' ' || policyname::text || ' ' || cmd from pg_policies where schemaname = 'public' and ('certgate_app' = any (roles) or 'public' = any (roles))
         and (coalesce(qual, 'true') = 'true' and coalesce(with_check, 'true') = 'true') order by 1",
    )
    .await;
    assert_eq!(loose, ["trail_unsealed app_records INSERT"]);
    // Where rows may be written, the new row is checked: by a check of its own or by the same words as the old one.
    let unchecked = names(
        &world,
        "select tablename::text || ' ' || policyname::text from pg_policies where schemaname = 'public' and cmd in ('ALL', 'UPDATE', 'INSERT')
         and coalesce(with_check, qual) is null order by 1",
    )
    .await;
    assert_eq!(unchecked, [""; 0], "policies that check nothing");
    let permissive = names(&world, "select tablename::text from pg_policies where schemaname = 'public' and 'public' = any (roles)").await;
    assert_eq!(permissive, [""; 0], "policies for everybody");
}

#[tokio::test]
async fn s55_the_roles_own_nothing_and_stand_below_the_policies() {
    let world = World::new().await;
    let above = names(
        &world,
        "select rolname::text from pg_roles where rolname like 'certgate%' and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication
         or (rolcanlogin and rolname <> 'certgate'))",
    )
    .await;
    assert_eq!(above, [""; 0], "roles that may too much");
    let roles = names(&world, "select rolname::text from pg_roles where rolname like 'certgate%' and rolname <> 'certgate' order by 1").await;
    assert_eq!(roles, ["certgate_app", "certgate_auditor", "certgate_login", "certgate_owner", "certgate_sealer"]);
    let within = names(
        &world,
        "select u.rolname || ' in ' || r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member
         where u.rolname in ('certgate_app', 'certgate_login', 'certgate_sealer', 'certgate_auditor', 'certgate_owner')",
    )
    .await;
    assert_eq!(within, [""; 0], "a role that may act as another");
    let owned = names(
        &world,
        "select 'table ' || c.relname from pg_class c join pg_roles r on r.oid = c.relowner where c.relnamespace = 'public'::regnamespace and r.rolname <> 'certgate_owner'
         union all select 'function ' || p.proname from pg_proc p join pg_roles r on r.oid = p.proowner where p.pronamespace = 'public'::regnamespace and r.rolname <> 'certgate_owner'
         union all select 'type ' || t.typname from pg_type t join pg_roles r on r.oid = t.typowner where t.typnamespace = 'public'::regnamespace and r.rolname <> 'certgate_owner'
         union all select 'schema ' || n.nspname from pg_namespace n join pg_roles r on r.oid = n.nspowner where r.rolname like 'certgate%'",
    )
    .await;
    assert_eq!(owned, [""; 0], "what does not belong to the owner");
    for role in ["certgate_app", "certgate_login", "certgate_sealer", "certgate_auditor"] {
        let mut transaction = standing_as(&world, role, None, None).await;
        for sql in [
            "create table mine (id int)",
            "create function mine() returns int language sql as 'select 1'",
            "alter table people disable row level security",
            "drop table people",
            "create policy mine on people using (true)",
        ] {
            assert!(attempt(&mut transaction, sql).await.is_err(), "{role}: {sql}");
        }
    }
}

#[tokio::test]
async fn s55_the_roles_have_no_right_too_much() {
    let world = World::new().await;
    let rights = names(
        &world,
        "select grantee::text || ' ' || privilege_type || ' ' || table_name from information_schema.role_table_grants
         where table_schema = 'public' and grantee <> 'certgate_owner' and grantee <> 'postgres'
         and (grantee not in ('certgate_app', 'certgate_login', 'certgate_sealer', 'certgate_auditor') or privilege_type in ('DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER')
              or (grantee = 'certgate_auditor' and privilege_type <> 'SELECT') or is_grantable = 'YES')
         order by 1",
    )
    .await;
    // Notes that a verdict has seen, guesses that are over, forms that were taken up again, and the sealer's queue.
    assert_eq!(
        rights,
        ["certgate_app DELETE fact_changes", "certgate_login DELETE guesses", "certgate_login DELETE kept_forms", "certgate_sealer DELETE trail_unsealed"],
        "rights beyond reading, entering and changing"
    );
    // What sign-in may read of engagements: how to name them, who is in them, and one summary row of each.
    let read = names(
        &world,
        "select c.relname || ': ' || string_agg(a.attname, ' ' order by a.attname) from pg_class c join pg_attribute a on a.attrelid = c.oid
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped
         and c.relname not in ('accounts', 'administrators', 'consultancies', 'consultancy_members', 'sessions', 'one_time_links', 'guesses', 'kept_forms', 'people', 'memberships', 'standings')
         and has_column_privilege('certgate_login', c.oid, a.attnum, 'select') group by c.relname order by 1",
    )
    .await;
    assert_eq!(
        read,
        [
            "clients: id name_en name_zh",
            "engagements: client_id closed_at code colour consultancy_id edition id lead_person_id legal_name",
            "fact_changes: engagement_id",
            "readings: as_of engagement_id program",
        ],
        "what sign-in reads"
    );
    let written = names(
        &world,
        "select c.relname || '.' || a.attname || ' ' || p.right from pg_class c join pg_attribute a on a.attrelid = c.oid cross join (values ('insert'), ('update')) p (\"right\")
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped
         and c.relname not in ('accounts', 'administrators', 'consultancies', 'consultancy_members', 'sessions', 'one_time_links', 'guesses', 'kept_forms', 'trail_events')
         and has_column_privilege('certgate_login', c.oid, a.attnum, p.right) order by 1",
    )
    .await;
    assert_eq!(written, ["memberships.account_id update", "people.account_id update", "trail_unsealed.event_id insert"], "what sign-in writes");
    // The application knows nothing of passwords and sessions.
    for table in ["accounts", "administrators", "sessions", "guesses", "kept_forms"] {
        for role in ["certgate_app", "certgate_sealer", "certgate_auditor"] {
            let mut transaction = standing_as(&world, role, None, None).await;
            assert_eq!(attempt(&mut transaction, &format!("select 1 from {table}")).await, Err(REFUSED.to_owned()), "{role} reads {table}");
        }
    }
    let secret = names(&world, "select a.attname::text from pg_attribute a where a.attrelid = 'one_time_links'::regclass and a.attname = 'token_hash' and has_column_privilege('certgate_app', a.attrelid, a.attnum, 'select')").await;
    assert_eq!(secret, [""; 0], "the application reads hashes of links");
}

#[tokio::test]
async fn s55_functions_and_views_lend_no_rights() {
    let world = World::new().await;
    let definers = names(&world, "select p.proname::text from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef order by 1").await;
    assert_eq!(definers, ["granted_engagement", "member_reading", "note_engagement_change", "note_fact_change"], "functions that run with the owner's rights");
    let rows = sqlx::query("select p.proname::text as name, p.proconfig as config, has_function_privilege('public', p.oid, 'execute') as everybody from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef")
        .fetch_all(&world.superuser)
        .await
        .expect("functions");
    for row in rows {
        let (name, config, everybody): (String, Option<Vec<String>>, bool) = (row.get("name"), row.get("config"), row.get("everybody"));
        assert!(config.is_some_and(|config| config.iter().any(|one| one == "search_path=public, pg_temp")), "{name} has a fixed search path");
        assert!(!everybody, "{name} is not for everybody");
    }
    let lending = names(
        &world,
        "select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm') and not coalesce(c.reloptions::text ilike '%security_invoker=true%', false)",
    )
    .await;
    assert_eq!(lending, [""; 0], "views with their owner's rights");
    let reachable: BTreeSet<String> = names(
        &world,
        "select p.proname::text from pg_proc p where p.pronamespace = 'public'::regnamespace and has_function_privilege('certgate_app', p.oid, 'execute') and p.prorettype <> 'trigger'::regtype",
    )
    .await
    .into_iter()
    .collect();
    let expected: BTreeSet<String> =
        ["current_account", "current_engagement", "fence", "granted_engagement", "member_reading"].into_iter().map(str::to_owned).collect();
    assert_eq!(reachable, expected, "functions within the application's reach");
}

#[tokio::test]
async fn s48_what_the_wall_grants_ends_with_the_membership() {
    let Two { world, own, .. } = two().await;
    let account = world.account("Lu Shan").await.0;
    let person = world.membership(&own, "Lu Shan", Some(account), &["mgmt_rep"]).await;
    let sql = "select 1 from penalties";
    let mut member = standing_as(&world, "certgate_app", Some(account), Some(own.id)).await;
    assert_eq!(attempt(&mut member, sql).await, Ok(1));
    drop(member);
    world.run(&format!("update memberships set ended_at = now() where person_id = '{person}'")).await;
    let mut former = standing_as(&world, "certgate_app", Some(account), Some(own.id)).await;
    assert_eq!(attempt(&mut former, sql).await, Ok(0));
}
