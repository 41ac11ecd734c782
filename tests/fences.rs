//! The first wall: every route by everybody. What each may do stands in `fences/expected.txt`, one line a route; a route
//! that is missing there or too much fails. `CERTGATE_WRITE_FENCES=1` writes the file anew; its difference is reviewed.

mod world;

#[path = "fences/cast.rs"]
mod cast;

use cast::{Cast, Principal, table_of, upload};
use certgate::{
    access::{Need, Route, permissions::allowed},
    app,
    visitor::{Answer, Visitor},
};
use std::fmt::Write;
use uuid::Uuid;
use world::page;

const EXPECTED: &str = include_str!("fences/expected.txt");

/// Acts whose empty form cannot come from any page of ours.
const MALFORMED: [&str; 2] = ["/language", "/e/{code}/people/import/refused"];
/// Entries that are taken out of scope instead of being withdrawn.
const NEVER_WITHDRAWN: [&str; 2] = ["/e/{code}/departments/{id}/withdrawals", "/e/{code}/scope-parts/{id}/withdrawals"];

/// Withdrawing what does not stand is answered in words, whatever the id: the gate has one declaration at most.
const TOLD_IN_WORDS: &str = "/e/{code}/declarations/{id}/withdrawals";

/// Putting documents in force may be sent twice: what is in force already, or is not there, is passed over without a word.
const PASSED_OVER: (&str, &str) = ("/e/{code}/documents-in-force", "document_ids");

/// Every route in a fixed order: by path, pages first.
fn routes() -> Vec<Route> {
    let mut routes = app::routes();
    routes.sort_by(|a, b| (a.path, a.method.as_str()).cmp(&(b.path, b.method.as_str())));
    routes
}

async fn send(visitor: &Visitor, route: &Route, path: &str, fields: &[(&str, &str)]) -> Answer {
    // Each request with the cookies of the beginning: what one answer sets does not reach the next.
    let mut visitor = visitor.clone();
    if route.method == "GET" { visitor.get(path).await } else { visitor.post(path, fields).await }
}

/// What the table shows of an answer: its status, or `in` where it asks to sign in.
fn class(answer: &Answer) -> String {
    if answer.location().is_some_and(|to| to.starts_with("/sign-in?next=") || to.starts_with("/sign-in?expired=")) {
        "in".to_owned()
    } else {
        answer.status.as_u16().to_string()
    }
}

/// What the route's own need and the table of permissions say.
fn agrees(route: &Route, who: &Principal, class: &str) -> bool {
    let signed_in = who.account.is_some() && who.name != "suspended";
    let refused = match route.need {
        Need::Public => None,
        _ if !signed_in => Some("in"),
        Need::SignedIn => None,
        Need::Administrator => (!who.is_administrator).then_some("404"),
        Need::ConsultancyStaff => (!who.is_staff).then_some("404"),
        Need::Member(_) if who.roles.is_empty() => Some("404"),
        Need::Member(permission) => (!allowed(&who.roles, permission)).then_some("403"),
    };
    match refused {
        Some(expected) => class == expected,
        None if route.path == "/set-up/{token}" || NEVER_WITHDRAWN.contains(&route.path) => class == "404",
        None if route.method == "GET" => matches!(class, "200" | "303"),
        None if MALFORMED.contains(&route.path) => class == "400",
        None => matches!(class, "422" | "303" | "200"),
    }
}

/// Every route by everybody: the table, and where it differs from what the permissions say.
async fn walked(cast: &Cast) -> (String, Vec<String>) {
    let mut table = String::from("# method path");
    for who in &cast.principals {
        let _ = write!(table, " {}", who.name);
    }
    table.push('\n');
    let mut faults = Vec::new();
    for route in routes() {
        let _ = write!(table, "{:4} {:55}", route.method.as_str(), route.path);
        let fixed = if route.path.contains("{id}") || route.path.contains("{token}") { None } else { Some(cast.address(route.path, None).await) };
        for who in &cast.principals {
            let path = match &fixed {
                Some(path) => path.clone(),
                None => cast.address(route.path, who.account).await,
            };
            // Signing out ends the session that the next route would need.
            let spent = match who.account {
                Some(account) if route.path == "/sign-out" && who.name != "suspended" => Some(cast.world.signed_in(account).await),
                _ => None,
            };
            let answer = send(spent.as_ref().unwrap_or(&who.visitor), &route, &path, &[]).await;
            let class = class(&answer);
            if !agrees(&route, who, &class) {
                faults.push(format!("{} {} by {}: {class}", route.method, route.path, who.name));
            }
            let _ = write!(table, " {class:>3}");
        }
        table.push('\n');
    }
    (table, faults)
}

/// Adds the lines in which a table differs from the committed one.
fn compare(table: &str, faults: &mut Vec<String>) {
    for line in table.lines().filter(|line| !EXPECTED.lines().any(|expected| expected == *line)) {
        faults.push(format!("is now:      {line}"));
    }
    for line in EXPECTED.lines().filter(|expected| !table.lines().any(|line| line == *expected)) {
        faults.push(format!("is expected: {line}"));
    }
}

#[tokio::test]
async fn s45_s46_every_route_by_every_role() {
    let cast = Cast::new().await;
    let (table, mut faults) = walked(&cast).await;
    if std::env::var_os("CERTGATE_WRITE_FENCES").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fences/expected.txt"), &table).expect("the table is written");
    } else {
        compare(&table, &mut faults);
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[tokio::test]
async fn s46_the_first_wall_stands_where_the_second_is_off() {
    let world = world::World::alone().await;
    let tables = world.text("select string_agg(tablename, ' ') from pg_tables where schemaname = 'public' and rowsecurity").await;
    assert!(tables.split(' ').count() > 20, "{tables}");
    for table in tables.split(' ') {
        world.run(&format!("alter table {table} disable row level security")).await;
    }
    let cast = Cast::on(world).await;
    let (table, mut faults) = walked(&cast).await;
    if std::env::var_os("CERTGATE_WRITE_FENCES").is_none() {
        compare(&table, &mut faults);
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// The body without what must differ: the id or code that was asked for, and the id of what a form would make.
fn body(answer: &Answer, asked: &str) -> String {
    let text = answer.text.replace(asked, "ASKED");
    let Some((before, rest)) = text.split_once("name=\"once\" value=\"") else { return text };
    let after = rest.split_once('"').map_or("", |(_, after)| after);
    format!("{before}{after}")
}

async fn events(cast: &Cast) -> i64 {
    let ids = [&cast.own, &cast.sibling, &cast.foreign].map(|engagement| format!("'{}'", engagement.id)).join(", ");
    cast.world.count(&format!("select count(*) from trail_events where engagement_id in ({ids})")).await
}

#[tokio::test]
async fn s46_a_foreign_id_is_answered_like_a_random_one() {
    let cast = Cast::new().await;
    let visitor = cast.everything().await;
    let before = events(&cast).await;
    let mut faults = Vec::new();
    let mut tried = 0;
    for route in routes().iter().filter(|route| route.path.starts_with("/e/") && route.path.contains("{id}") && !route.path.contains("/clauses/")) {
        let at = |id: Uuid| route.path.replace("{code}", &cast.own.code).replace("{id}", &id.to_string());
        let foreign = cast.id(route.path, &cast.foreign, &cast.foreign_records, None).await;
        let sibling = cast.id(route.path, &cast.sibling, &cast.sibling_records, None).await;
        let own = cast.id(route.path, &cast.own, &cast.own_records, None).await;
        let mut forms: Vec<Vec<(String, String)>> = vec![Vec::new()];
        if route.method == "POST" {
            // The form that would be taken for an entry of one's own.
            forms.extend(page::form(&visitor.clone().get(&at(own)).await).map(|fields| page::sent(&page::filled(&fields))));
        }
        for (number, form) in forms.iter().enumerate() {
            let random = cast.world.id();
            let nothing = send(&visitor, route, &at(random), &page::pairs(form)).await;
            if nothing.status != 404 && !(nothing.status == 422 && number == 0) && route.path != TOLD_IN_WORDS {
                faults.push(format!("{} {} with form {number}: a random id is answered with {}", route.method, route.path, nothing.status));
            }
            for id in [foreign, sibling] {
                tried += 1;
                let answer = send(&visitor, route, &at(id), &page::pairs(form)).await;
                if answer.status != nothing.status || body(&answer, &id.to_string()) != body(&nothing, &random.to_string()) {
                    faults.push(format!(
                        "{} {} with form {number}: {} for a foreign id and {} for a random one",
                        route.method, route.path, answer.status, nothing.status
                    ));
                }
            }
        }
    }
    assert!(tried > 200, "{tried} answers were compared");
    assert_eq!(events(&cast).await, before, "nothing was written");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn s46_a_foreign_code_is_answered_like_a_random_one() {
    let cast = Cast::new().await;
    let visitor = cast.everything().await;
    let before = events(&cast).await;
    let mut faults = Vec::new();
    for route in routes().iter().filter(|route| route.path.starts_with("/e/{code}")) {
        let id = if route.path.contains("/clauses/") {
            "3.1".to_owned()
        } else if route.path.contains("{id}") {
            cast.own_records.get(table_of(route.path)).copied().unwrap_or_else(|| cast.world.id()).to_string()
        } else {
            String::new()
        };
        let at = |code: &str| route.path.replace("{code}", code).replace("{id}", &id);
        let nothing = send(&visitor, route, &at("NOSUCH-1"), &[]).await;
        if nothing.status != 404 {
            faults.push(format!("{} {}: {}", route.method, route.path, nothing.status));
        }
        for code in [&cast.foreign.code, &cast.sibling.code] {
            let answer = send(&visitor, route, &at(code), &[]).await;
            if answer.status != nothing.status || body(&answer, code) != body(&nothing, "NOSUCH-1") {
                faults.push(format!("{} {}: {} for a foreign code and {} for a random one", route.method, route.path, answer.status, nothing.status));
            }
        }
    }
    for odd in
        ["/e/", "/e/%00", "/e/..%2f..", "/e/'%20or%201=1--", "/e/%F0%9F%92%A9/people", "/e/a%2Fb/people", "/e/{code}/people", "/profile/sessions/x/endings"]
    {
        let answer = visitor.clone().get(odd).await;
        assert!(answer.status == 404 || answer.status == 400, "{odd}: {}", answer.status);
    }
    assert_eq!(events(&cast).await, before, "nothing was written");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn s46_a_foreign_record_cannot_be_referred_to() {
    let cast = Cast::new().await;
    let visitor = cast.everything().await;
    let mut faults = Vec::new();
    let mut tried = 0;
    for route in routes().iter().filter(|route| route.method == "POST" && (route.path.starts_with("/e/") || route.path == "/engagements/new")) {
        let path = cast.address(route.path, None).await;
        let Some(fields) = page::form(&visitor.clone().get(&path).await) else { continue };
        let fields = page::filled(&fields);
        let references = fields.iter().filter(|field| field.is_choice() && field.offered.iter().any(|value| Uuid::parse_str(value).is_ok()));
        for field in references {
            let table = match field.name.as_str() {
                name if name.ends_with("file_id") => "evidence",
                "department_id" | "parent_id" => "departments",
                "audit_id" => "audits",
                "document_ids" => "documents",
                "part_ids" => "scope_parts",
                "client" => "clients",
                "person" | "owner_id" | "verified_by" | "chair_person_id" | "auditor_ids" | "lead_person_id" => "people",
                other => panic!("{}: say to which table {other} refers", route.path),
            };
            let of = |engagement: &world::Engagement| {
                let (world, id) = (&cast.world, engagement.id);
                async move {
                    let sql = match table {
                        "clients" => format!("select client_id::text from engagements where id = '{id}'"),
                        _ => format!("select id::text from {table} where engagement_id = '{id}' limit 1"),
                    };
                    world.text(&sql).await
                }
            };
            let random = cast.world.id().to_string();
            let before = events(&cast).await;
            let nothing = visitor.clone().post(&path, &page::pairs(&page::with(&fields, &field.name, &[&random]))).await;
            let mut foreign = vec![of(&cast.foreign).await];
            // A client of the same consultancy may be chosen by its staff.
            if table != "clients" {
                foreign.push(of(&cast.sibling).await);
            }
            for id in foreign {
                tried += 1;
                let answer = visitor.clone().post(&path, &page::pairs(&page::with(&fields, &field.name, &[&id]))).await;
                let same = answer.status == nothing.status && body(&answer, &id) == body(&nothing, &random);
                let is_refused = answer.status == 422 && page::complains_of(&answer, &field.name) || (route.path, field.name.as_str()) == PASSED_OVER;
                if !is_refused || !same {
                    faults.push(format!(
                        "{} {}: {} for a foreign id, {} for a random one: {}",
                        route.path,
                        field.name,
                        answer.status,
                        nothing.status,
                        world::errors(&answer)
                    ));
                }
            }
            if events(&cast).await != before {
                faults.push(format!("{} {}: something was written", route.path, field.name));
            }
        }
    }
    assert!(tried > 40, "{tried} references were tried");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn s46_personal_records_of_others_are_answered_like_random_ones() {
    let cast = Cast::new().await;
    let (own, other) = (cast.world.account("Own").await.0, cast.world.account("Other").await.0);
    let visitor = cast.world.signed_in(own).await;
    let theirs = cast::session(&cast.world, other).await;
    for route in routes().iter().filter(|route| route.path.starts_with("/profile/sessions/{id}") || route.path.starts_with("/accounts/{id}")) {
        let id = if route.path.starts_with("/accounts") { other } else { theirs };
        let random = cast.world.id();
        let answer = send(&visitor, route, &route.path.replace("{id}", &id.to_string()), &[]).await;
        let nothing = send(&visitor, route, &route.path.replace("{id}", &random.to_string()), &[]).await;
        assert_eq!(answer.status, nothing.status, "{} {}", route.method, route.path);
        assert_eq!(body(&answer, &id.to_string()), body(&nothing, &random.to_string()), "{} {}", route.method, route.path);
    }
    assert_eq!(cast.world.count(&format!("select count(*) from sessions where id = '{theirs}' and ended_at is null")).await, 1, "their session lives");
}

#[tokio::test]
async fn s48_a_role_that_ends_counts_on_the_next_request() {
    let cast = Cast::new().await;
    let (world, own) = (&cast.world, &cast.own);
    let account = world.account("Lu Shan").await.0;
    let person = world.membership(own, "Lu Shan", Some(account), &["mgmt_rep", "staff"]).await;
    let mut member = world.signed_in(account).await;
    let mut manager = cast.everything().await;
    let membership =
        |role: &'static str| async move { world.text(&format!("select id::text from memberships where person_id = '{person}' and role = '{role}'")).await };
    assert_eq!(member.get(&own.path("/penalties/new")).await.status, 200);
    let answer = manager.post(&own.path(&format!("/members/{}/endings", membership("mgmt_rep").await)), &[]).await;
    assert_eq!(answer.status, 303, "{}", world::errors(&answer));
    // Still a member of staff: known here, and without the right.
    for path in ["/penalties/new", "/penalties", "/history", "/members", "/readiness"] {
        assert_eq!(member.get(&own.path(path)).await.status, 403, "{path}");
    }
    assert_eq!(member.post(&own.path("/penalties/new"), &[]).await.status, 403);
    assert_eq!(member.get(&own.path("")).await.status, 200);
    let answer = manager.post(&own.path(&format!("/members/{}/endings", membership("staff").await)), &[]).await;
    assert_eq!(answer.status, 303, "{}", world::errors(&answer));
    for path in ["", "/penalties/new", "/readiness"] {
        assert_eq!(member.get(&own.path(path)).await.status, 404, "{path}");
    }
    let list = member.get("/engagements").await;
    assert!(list.status != 200 || !list.text.contains(&own.code), "the list no longer names it");
}

#[tokio::test]
async fn s48_access_ends_with_its_last_day_and_with_the_account() {
    let cast = Cast::new().await;
    let (world, own) = (&cast.world, &cast.own);
    let account = world.account("Guest").await.0;
    let person = world.membership(own, "Guest", Some(account), &["external_reader"]).await;
    world.run(&format!("update memberships set until_on = '2026-11-20' where person_id = '{person}'")).await;
    world.set_clock("2026-11-20 23:59");
    let mut guest = world.signed_in(account).await;
    assert_eq!(guest.get(&own.path("/readiness")).await.status, 200, "the last day counts");
    world.set_clock("2026-11-21 00:00");
    assert_eq!(guest.get(&own.path("/readiness")).await.status, 404, "the day after, there is nothing");
    world.run(&format!("update memberships set until_on = '2027-01-01' where person_id = '{person}'")).await;
    assert_eq!(guest.get(&own.path("/readiness")).await.status, 200);
    world.run(&format!("update accounts set suspended_at = now() where id = '{account}'")).await;
    assert_eq!(class(&guest.get(&own.path("/readiness")).await), "in", "a suspended account is nobody");
}

#[tokio::test]
async fn s19_s46_files_are_for_members_and_come_as_attachments() {
    let cast = Cast::new().await;
    let mut visitor = cast.everything().await;
    let id = upload(&cast.world, &cast.sibling).await;
    assert_eq!(visitor.get(&cast.own.path(&format!("/evidence/{id}/file"))).await.status, 404, "a file of another engagement");
    let answer = visitor.get(&cast.own.path(&format!("/evidence/{}/file", cast.own_records["evidence"]))).await;
    assert_eq!(answer.status, 200);
    let header = |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    assert!(header("content-disposition").starts_with("attachment"), "{}", header("content-disposition"));
    assert!(header("content-security-policy").contains("sandbox"), "{}", header("content-security-policy"));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "no-store");
}
