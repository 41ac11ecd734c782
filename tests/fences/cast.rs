//! Who tries every route, and where the addresses of the route table lead for them.
#![allow(dead_code, reason = "each test binary uses its own part of the cast")]
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test ends where the cast cannot be gathered")]

use crate::world::{Engagement, Records, World};
use certgate::{access::Role, visitor::Visitor};
use sha2::Digest;
use uuid::Uuid;

/// Somebody who tries every route.
pub struct Principal {
    pub name: &'static str,
    pub account: Option<Uuid>,
    /// The roles in the engagement; none for those who are not in it.
    pub roles: Vec<Role>,
    pub is_staff: bool,
    pub is_administrator: bool,
    pub visitor: Visitor,
}

/// The engagement that is tried, two that are others', and those who try.
pub struct Cast {
    pub world: World,
    pub own: Engagement,
    /// Another client of the same consultancy.
    pub sibling: Engagement,
    /// A client of another consultancy.
    pub foreign: Engagement,
    pub own_records: Records,
    pub sibling_records: Records,
    pub foreign_records: Records,
    pub principals: Vec<Principal>,
}

const NAMES: [&str; 11] = ["CO", "TM", "MR", "WB", "FT", "DH", "PO", "IA", "ST", "EX", "AD"];

impl Cast {
    pub async fn new() -> Self {
        Self::on(World::new().await).await
    }

    pub async fn on(world: World) -> Self {
        let other = world.other_consultancy().await;
        let mut opener = world.consultant("Ren Yuan").await;
        let own = world.open_engagement(&mut opener).await;
        let sibling = world.open_engagement(&mut opener).await;
        let foreign = other.open_engagement(&mut other.consultant("Bo Lin").await).await;
        let mut records = Vec::new();
        for engagement in [&own, &sibling, &foreign] {
            let mut filled = world.fill(engagement).await;
            filled.insert("evidence", upload(&world, engagement).await);
            records.push(filled);
        }
        let [own_records, sibling_records, foreign_records] = records.try_into().expect("three");
        let mut cast = Self { world, own, sibling, foreign, own_records, sibling_records, foreign_records, principals: Vec::new() };
        cast.gather(&other).await;
        cast
    }

    async fn gather(&mut self, other: &World) {
        let every: Vec<&str> = Role::ALL.iter().map(|role| role.key()).collect();
        let world = &self.world;
        let mut cast = vec![Principal { name: "anonymous", account: None, roles: vec![], is_staff: false, is_administrator: false, visitor: world.browser() }];
        for name in ["stranger", "elsewhere", "sibling", "firm", "colleague", "invited", "ended", "expired", "suspended"] {
            let (account, email) = world.account(name).await;
            match name {
                "elsewhere" => drop(world.membership(&self.foreign, name, Some(account), &every).await),
                "sibling" => drop(world.membership(&self.sibling, name, Some(account), &every).await),
                "firm" | "colleague" => staff(if name == "firm" { other } else { world }, account).await,
                "invited" => {
                    let person = world.membership(&self.own, name, None, &every).await;
                    world.run(&format!("update people set email = '{email}' where id = '{person}'")).await;
                }
                "ended" | "expired" => {
                    let person = world.membership(&self.own, name, Some(account), &every).await;
                    let end = if name == "ended" { "ended_at = now()" } else { "until_on = '2026-11-19'" };
                    world.run(&format!("update memberships set {end} where person_id = '{person}'")).await;
                }
                "suspended" => drop(world.membership(&self.own, name, Some(account), &every).await),
                _ => {}
            }
            let visitor = world.signed_in(account).await;
            if name == "suspended" {
                world.run(&format!("update accounts set suspended_at = now() where id = '{account}'")).await;
            }
            let is_staff = matches!(name, "firm" | "colleague");
            cast.push(Principal { name, account: Some(account), roles: vec![], is_staff, is_administrator: false, visitor });
        }
        for (role, name) in Role::ALL.into_iter().zip(NAMES) {
            let account = world.account(name).await.0;
            world.membership(&self.own, name, Some(account), &[role.key()]).await;
            cast.push(Principal {
                name,
                account: Some(account),
                roles: vec![role],
                is_staff: false,
                is_administrator: false,
                visitor: world.signed_in(account).await,
            });
        }
        let account = world.account("installation").await.0;
        world.run(&format!("insert into administrators (account_id, appointed_at) values ('{account}', now())")).await;
        cast.push(Principal {
            name: "installation",
            account: Some(account),
            roles: vec![],
            is_staff: false,
            is_administrator: true,
            visitor: world.signed_in(account).await,
        });
        self.principals = cast;
    }

    /// Somebody with every role in the engagement.
    pub async fn everything(&self) -> Visitor {
        let account = self.world.account("Everything").await.0;
        let every: Vec<&str> = Role::ALL.iter().map(|role| role.key()).collect();
        self.world.membership(&self.own, "Everything", Some(account), &every).await;
        staff(&self.world, account).await;
        self.world.signed_in(account).await
    }

    /// The same, who also looks after the installation: somebody to whom every route is open.
    pub async fn all_powers(&self) -> (Uuid, Visitor) {
        let account = self.world.account("All Powers").await.0;
        let every: Vec<&str> = Role::ALL.iter().map(|role| role.key()).collect();
        self.world.membership(&self.own, "All Powers", Some(account), &every).await;
        staff(&self.world, account).await;
        self.world.run(&format!("insert into administrators (account_id, appointed_at) values ('{account}', now())")).await;
        (account, self.world.signed_in(account).await)
    }

    /// The id that an address of the route table means: something of `records`, or made anew where the act uses it up.
    pub async fn id(&self, route: &str, engagement: &Engagement, records: &Records, account: Option<Uuid>) -> Uuid {
        let world = &self.world;
        match table_of(route) {
            "accounts" => world.account("Target").await.0,
            "sessions" => {
                let account = match account {
                    Some(account) => account,
                    None => world.account("Nobody").await.0,
                };
                session(world, account).await
            }
            "people" if route.ends_with("/withdrawals") => world.membership(engagement, "Leaver", None, &[]).await,
            "memberships" => {
                let account = if route.ends_with("/invitations") { None } else { Some(world.account("Holder").await.0) };
                let person = world.membership(engagement, "Holder", account, &["staff"]).await;
                world.text(&format!("select id::text from memberships where person_id = '{person}'")).await.parse().expect("an id")
            }
            table => *records.get(table).unwrap_or_else(|| panic!("{route}: no record of {table}")),
        }
    }

    /// An address of the route table with everything filled in.
    pub async fn address(&self, route: &str, account: Option<Uuid>) -> String {
        let mut path = route.replace("{code}", &self.own.code);
        if route.contains("{token}") {
            path = path.replace("{token}", &link(&self.world, route).await);
        }
        if route.contains("/clauses/{id}") {
            path = path.replace("{id}", "3.1");
        } else if route.contains("{id}") {
            path = path.replace("{id}", &self.id(route, &self.own, &self.own_records, account).await.to_string());
        }
        path
    }
}

async fn staff(world: &World, account: Uuid) {
    world.run(&format!("insert into consultancy_members (consultancy_id, account_id, since) values ('{}', '{account}', now())", world.consultancy)).await;
}

/// A further session of an account, by its public id.
pub async fn session(world: &World, account: Uuid) -> Uuid {
    let (id, now) = (world.id(), world.app.clock.now().to_rfc3339());
    world.run(&format!("insert into sessions (token_hash, id, account_id, started_at, last_seen_at, proved_at) values (sha256('{id}'), '{id}', '{account}', '{now}', '{now}', '{now}')")).await;
    id
}

/// A living link of the purpose that the address is for.
async fn link(world: &World, route: &str) -> String {
    let token = world.app.chance.token();
    let hash = hex::encode(sha2::Sha256::digest(token.as_bytes()));
    let (account, email) = world.account("Linked").await;
    let (purpose, consultancy) = match route.split('/').nth(1) {
        Some("invitations") => ("invitation", format!("'{}'", world.consultancy)),
        Some("password-resets") => ("password_reset", "null".to_owned()),
        _ => ("set_up", "null".to_owned()),
    };
    let now = world.app.clock.now().to_rfc3339();
    world
        .run(&format!(
            "insert into one_time_links (token_hash, id, purpose, account_id, email, consultancy_id, created_at, created_by, expires_at)
             values ('\\x{hash}', '{}', '{purpose}', '{account}', '{email}', {consultancy}, '{now}', '{account}', '{now}'::timestamptz + interval '20 minutes')",
            world.id()
        ))
        .await;
    token
}

/// The table in which the id of an address lies.
pub fn table_of(route: &str) -> &'static str {
    let place = route.split("/{id}").next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    match place {
        "accounts" => "accounts",
        "sessions" => "sessions",
        "people" => "people",
        "members" => "memberships",
        "scope-parts" => "scope_parts",
        "departments" => "departments",
        "documents" => "documents",
        "item-excuses" => "item_excuses",
        "issue-orders" => "issue_orders",
        "operating-records" => "operating_records",
        "suspensions" => "suspensions",
        "restarts" => "restarts",
        "audits" => "audits",
        "audit-areas" => "audit_areas",
        "findings" => "audit_findings",
        "reviews" => "reviews",
        "legal-documents" => "legal_documents",
        "penalties" => "penalties",
        "no-penalty-declarations" => "no_penalty_declarations",
        "credit-searches" => "credit_searches",
        "declarations" => "ready_declarations",
        "evidence" => "evidence",
        other => panic!("{route}: say in which table the ids of {other} lie"),
    }
}

/// A real file in the store and in the register.
pub async fn upload(world: &World, engagement: &Engagement) -> Uuid {
    let account = world.account("Uploader").await.0;
    world.membership(engagement, "Uploader", Some(account), &["consultant"]).await;
    let text = format!("Minutes of {}\n", engagement.code);
    let file = certgate::visitor::Enclosure { field: "file", name: "minutes.txt", bytes: text.as_bytes() };
    let answer = world.signed_in(account).await.post_with_files(&engagement.path("/evidence/new"), &[("note", "Minutes")], &[file]).await;
    let place = answer.location().unwrap_or_else(|| panic!("the file is kept: {} {}", answer.status, answer.text));
    place.rsplit('/').next().unwrap_or_default().parse().expect("an id")
}
