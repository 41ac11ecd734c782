//! People at the door: setting up, signing in and out, passwords, one-time links, sessions, and what the logs keep of it
//! (security.md S25, S33 to S43, S51, S61, S62).
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test ends where its world is not as it should be")]

mod world;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, phc::PasswordHash},
};
use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Method, header},
};
use certgate::{
    app,
    config::Config,
    people::links,
    visitor::{Answer, Visitor},
};
use chrono::{DateTime, TimeDelta};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    sync::Arc,
};
use uuid::Uuid;
use world::{PASSWORD, World, page};

const NEW: &str = "violet kettles sing at dusk";
const COOKIE: &str = "__Host-certgate";

/// A portal of its own with an administrator, signed in. Guesses are counted by address, so that tests that guess do not
/// share a database.
async fn founded() -> (World, Account, Visitor) {
    let world = World::alone().await;
    let (id, email) = world.account("Zhou Ning").await;
    world
        .run(&format!(
            "insert into administrators (account_id, appointed_at) values ('{id}', now());
             insert into consultancy_members (consultancy_id, account_id, since) values ('{}', '{id}', now())",
            world.consultancy
        ))
        .await;
    let visitor = world.signed_in(id).await;
    (world, Account { id, email }, visitor)
}

#[derive(Clone)]
struct Account {
    id: Uuid,
    email: String,
}

async fn account(world: &World, name: &str) -> Account {
    let (id, email) = world.account(name).await;
    Account { id, email }
}

async fn sign_in(visitor: &mut Visitor, email: &str, password: &str) -> Answer {
    visitor.post("/sign-in", &[("email", email), ("password", password)]).await
}

/// Signs in from an address, with a header that claims another.
async fn sign_in_from(visitor: &mut Visitor, peer: [u8; 4], claimed: Option<&str>, email: &str, password: &str) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs([("email", email), ("password", password)]).finish();
    let mut request = visitor
        .request(Method::POST, "/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .extension(ConnectInfo(SocketAddr::from((peer, 4711))));
    if let Some(claimed) = claimed {
        request = request.header("x-forwarded-for", claimed).header("x-real-ip", claimed).header("forwarded", format!("for={claimed}"));
    }
    visitor.send(request.body(Body::from(body))).await
}

/// Whether this browser is signed in.
async fn is_in(visitor: &mut Visitor) -> bool {
    let answer = visitor.get("/profile").await;
    assert!(answer.status == 200 || answer.location().is_some_and(|to| to.starts_with("/sign-in")), "{}", answer.status);
    answer.status == 200
}

/// A browser with this cookie and no other.
fn with_cookie(world: &World, token: &str) -> Visitor {
    let mut visitor = world.browser();
    visitor.plant(COOKIE, token);
    visitor
}

/// The path of the one-time link that a page shows.
fn link_in(answer: &Answer, place: &str) -> String {
    let (_, rest) = answer.text.split_once(&format!("/{place}/")).unwrap_or_else(|| panic!("no link: {} {}", answer.status, answer.text));
    let token: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
    assert_eq!(token.len(), 64);
    format!("/{place}/{token}")
}

fn wait_of(answer: &Answer) -> i64 {
    answer.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap()
}

async fn choose(visitor: &mut Visitor, link: &str, password: &str) -> Answer {
    visitor.post(link, &[("password", password), ("password_again", password)]).await
}

async fn is_dead(world: &World, link: &str) {
    assert_eq!(world.browser().get(link).await.status, 404, "{link}");
    assert_eq!(choose(&mut world.browser(), link, NEW).await.status, 404, "{link}");
}

#[tokio::test]
async fn s33_guesses_at_one_account_are_slowed_and_its_owner_gets_in_after_the_wait() {
    let (world, zhou, _) = founded().await;
    let mut looked = 0;
    for number in 0..300_u32 {
        let peer = [10, 1, u8::try_from(number / 200).unwrap(), u8::try_from(number % 200).unwrap()];
        let answer = sign_in_from(&mut world.browser(), peer, None, &zhou.email, &format!("guess number {number}")).await;
        assert!(answer.status == 422 || answer.status == 429, "{}", answer.status);
        looked += i32::from(answer.status == 422);
    }
    assert!(looked <= 4, "{looked} guesses were looked at");
    let held = sign_in(&mut world.browser(), &zhou.email, PASSWORD).await;
    assert_eq!(held.status, 429);
    world.app.clock.advance(TimeDelta::seconds(wait_of(&held)));
    let mut owner = world.browser();
    assert_eq!(sign_in(&mut owner, &zhou.email, PASSWORD).await.status, 303);
    assert!(is_in(&mut owner).await);
    // A browser of the owner's does not wait for others' guesses at all.
    for _ in 0..10 {
        sign_in(&mut world.browser(), &zhou.email, "another guess").await;
    }
    assert_eq!(sign_in(&mut world.browser(), &zhou.email, PASSWORD).await.status, 429);
    assert_eq!(sign_in(&mut owner, &zhou.email, PASSWORD).await.status, 303);
}

#[tokio::test]
async fn s33_the_wait_grows_and_never_becomes_a_lock_out() {
    let (world, zhou, _) = founded().await;
    let mut thief = world.browser();
    let mut waits = Vec::new();
    while waits.len() < 12 {
        let answer = sign_in(&mut thief, &zhou.email, "one more guess").await;
        if answer.status == 429 {
            waits.push(wait_of(&answer));
            world.app.clock.advance(TimeDelta::seconds(wait_of(&answer)));
        }
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
    assert_eq!(sign_in(&mut thief, &zhou.email, PASSWORD).await.status, 303, "after the wait a right password is looked at");
}

#[tokio::test]
async fn s33_guesses_over_many_accounts_are_slowed_by_address_and_others_are_not() {
    let (world, zhou, _) = founded().await;
    let mut accounts = vec![zhou.clone()];
    for number in 0..20 {
        accounts.push(account(&world, &format!("Person {number}")).await);
    }
    let mut looked = 0;
    for number in 0..300 {
        let email = accounts.get(number % 40).map_or_else(|| format!("nobody{number}@test.example"), |one| one.email.clone());
        let answer = sign_in_from(&mut world.browser(), [10, 2, 0, 1], None, &email, "summer holidays 2026").await;
        assert!(answer.status == 422 || answer.status == 429, "{}", answer.status);
        looked += i32::from(answer.status == 422);
    }
    assert!(looked <= 31, "{looked} guesses were looked at");
    assert_eq!(world.count("select count(*) from sessions").await, 1, "nobody got in");
    assert_eq!(sign_in_from(&mut world.browser(), [10, 2, 0, 2], None, &zhou.email, PASSWORD).await.status, 303, "another address, at once");
    let held = sign_in_from(&mut world.browser(), [10, 2, 0, 1], None, &zhou.email, PASSWORD).await;
    assert_eq!(held.status, 429);
    world.app.clock.advance(TimeDelta::seconds(wait_of(&held)));
    assert_eq!(sign_in_from(&mut world.browser(), [10, 2, 0, 1], None, &zhou.email, PASSWORD).await.status, 303, "the same address, after the wait");
}

#[tokio::test]
async fn s25_claimed_addresses_change_neither_limit_nor_log() {
    let (world, ..) = founded().await;
    let mut statuses = BTreeMap::<u16, u32>::new();
    for number in 0..40 {
        let answer =
            sign_in_from(&mut world.browser(), [10, 3, 0, 1], Some(&format!("203.0.113.{number}")), &format!("nobody{number}@test.example"), "a guess").await;
        *statuses.entry(answer.status.as_u16()).or_default() += 1;
    }
    assert_eq!(statuses, BTreeMap::from([(422, 31), (429, 9)]), "one address for all of them");
    // A proxy that is configured is believed, and only for the entry that it added itself.
    let config = Config { trusted_proxies: vec![[10, 3, 0, 9].into()], ..(*world.app.config).clone() };
    let behind = app::App { config: Arc::new(config), ..world.app.clone() };
    for number in 0..40 {
        let mut visitor = Visitor::new(app::router(behind.clone()));
        let answer = sign_in_from(&mut visitor, [10, 3, 0, 9], Some(&format!("198.51.100.{number}")), &format!("person{number}@test.example"), "a guess").await;
        assert_eq!(answer.status, 422, "each client behind the proxy has its own");
    }
    let mut statuses = BTreeMap::<u16, u32>::new();
    for number in 0..40 {
        let mut visitor = Visitor::new(app::router(behind.clone()));
        let claimed = format!("192.0.2.{number}, 198.51.100.77");
        let answer = sign_in_from(&mut visitor, [10, 3, 0, 9], Some(&claimed), &format!("someone{number}@test.example"), "a guess").await;
        *statuses.entry(answer.status.as_u16()).or_default() += 1;
    }
    assert_eq!(statuses, BTreeMap::from([(422, 31), (429, 9)]), "what stands before the proxy's entry is the client's own claim");
}

/// Passwords and whether they are taken by somebody named Zhou Ning of Henglan Consulting.
const PASSWORDS: [(&str, bool); 26] = [
    ("elevenchars", false),
    ("", false),
    ("passwordpassword", false),
    ("Passw0rd2026!!", false),
    ("qwertyuiop123456", false),
    ("123456789012345", false),
    ("aaaaaaaaaaaaaaaa", false),
    ("abcdefghijklmnop", false),
    ("zhouning20262026", false),
    ("Zhou.Ning.2026", false),
    ("henglan-henglan", false),
    ("certgate2026!", false),
    ("ＰＡＳＳＷＯＲＤ１２３４", false),
    ("1qaz2wsx3edc4rfv", false),
    ("correct horse battery staple", true),
    ("no digits at all here", true),
    ("山高月小水落石出清風徐來", true),
    ("𠀋𡈽𡌛𡑮𡢽𠮟𡚴𡸴𣇄𣗄𣜿𣝣", true),
    ("Grün und leise 九月", true),
    ("emoji 🎈🎏🎐🎑 und mehr", true),
    ("  leading and trailing  ", true),
    ("' or 1=1; -- drop table", true),
    ("<b>tag soup</b> & co", true),
    ("twelve chars", true),
    ("MiXeD cAsE iS kept", true),
    ("tabs\tare\tcharacters", true),
];

#[tokio::test]
async fn s34_passwords_are_judged_by_length_and_by_what_others_know_and_nothing_else() {
    let (world, zhou, _) = founded().await;
    world.run(&format!("update consultancies set name = 'Henglan Consulting' where id = '{}'", world.consultancy)).await;
    let mut visitor = world.signed_in(zhou.id).await;
    let mut old = PASSWORD.to_owned();
    let (longest, too_long) = (("aZ9 x".repeat(26))[..128].to_owned(), ("aZ9 x".repeat(26))[..129].to_owned());
    let (han, too_many_han) = ("龘靐齉爩麤灪龖厵".repeat(16), "龘靐齉爩麤灪龖厵".repeat(17));
    let mut cases: Vec<(&str, bool)> = PASSWORDS.to_vec();
    cases.extend([(longest.as_str(), true), (too_long.as_str(), false), (too_many_han.as_str(), false)]);
    for (password, is_taken) in cases {
        let answer = visitor.post("/profile/password", &[("old_password", &old), ("password", password), ("password_again", password)]).await;
        if is_taken {
            assert_eq!(answer.status, 303, "{password}: {}", world::errors(&answer));
            old = password.to_owned();
            let mut again = world.browser();
            assert_eq!(sign_in(&mut again, &zhou.email, password).await.status, 303, "{password}");
        } else {
            assert_eq!(answer.status, 422, "{password}");
            assert!(page::complains_of(&answer, "password"), "{password}: {}", world::errors(&answer));
            assert!(password.is_empty() || !answer.text.contains(password), "{password} stands in the page");
        }
    }
    assert_eq!(han.chars().count(), 128);
    // Compared exactly: neither case nor blanks nor composed letters are evened out.
    visitor.post("/profile/password", &[("old_password", &old), ("password", " Grün und leise 九月 "), ("password_again", " Grün und leise 九月 ")]).await;
    for other in ["Grün und leise 九月", " grün und leise 九月 ", " Gru\u{308}n und leise 九月 "] {
        assert_eq!(sign_in(&mut world.browser(), &zhou.email, other).await.status, 422, "{other}");
    }
    assert_eq!(sign_in(&mut world.browser(), &zhou.email, " Grün und leise 九月 ").await.status, 303);
}

#[tokio::test]
async fn s34_a_change_needs_the_old_password_and_the_same_one_twice() {
    let (world, zhou, mut visitor) = founded().await;
    for (old, one, two, field) in [
        ("wrong old one", NEW, NEW, "old_password"),
        ("", NEW, NEW, "old_password"),
        (PASSWORD, NEW, "violet kettles sing at dawn", "password_again"),
        (PASSWORD, PASSWORD, PASSWORD, "password"),
    ] {
        let answer = visitor.post("/profile/password", &[("old_password", old), ("password", one), ("password_again", two)]).await;
        assert_eq!(answer.status, 422);
        assert!(page::complains_of(&answer, field), "{field}: {}", world::errors(&answer));
    }
    assert_eq!(sign_in(&mut world.browser(), &zhou.email, PASSWORD).await.status, 303, "nothing was changed");
    let form = visitor.get("/profile/password").await.text;
    assert!(
        form.contains("autocomplete=\"current-password\"") && form.contains("autocomplete=\"new-password\"") && !form.contains("onpaste"),
        "programs that keep passwords are welcome"
    );
}

#[tokio::test]
async fn s35_a_fresh_installation_has_no_account_and_one_way_in() {
    let world = World::empty().await;
    let (app, mut visitor) = (&world.app, world.browser());
    assert_eq!(world.count("select count(*) from accounts").await, 0);
    for (email, password) in
        [("admin@certgate.example", "admin"), ("admin@admin.com", "certgate"), ("root@localhost.cn", "changeme"), ("postgres@test.example", "postgres")]
    {
        assert_eq!(sign_in(&mut visitor, email, password).await.status, 422);
    }
    for path in ["/engagements", "/accounts", "/profile", "/engagements/new"] {
        assert!(visitor.get(path).await.location().is_some_and(|to| to.starts_with("/sign-in")), "{path}");
    }
    is_dead(&world, &format!("/set-up/{}", "0".repeat(64))).await;
    let first = links::set_up_link(&app.database, &app.chance, app.clock.now()).await.unwrap().expect("a link");
    let second = links::set_up_link(&app.database, &app.chance, app.clock.now()).await.unwrap().expect("another start, another link");
    assert_eq!(visitor.get(&format!("/set-up/{}", first.token)).await.status, 404, "the older one is dead");
    for place in ["invitations", "password-resets"] {
        assert_eq!(visitor.get(&format!("/{place}/{}", second.token)).await.status, 404, "a link has one purpose");
    }
    let path = format!("/set-up/{}", second.token);
    assert_eq!(visitor.get(&path).await.status, 200);
    let fields = |password| {
        [("name", "周宁"), ("email", "Zhou.Ning@Henglan.example"), ("consultancy", "恒澜咨询"), ("password", password), ("password_again", password)]
    };
    for weak in ["zhou.ning.2026", "恒澜咨询恒澜咨询恒澜咨询", "short"] {
        let refused = visitor.post(&path, &fields(weak)).await;
        assert_eq!(refused.status, 422, "{weak}");
        assert!(refused.text.contains("恒澜咨询") && !refused.text.contains(&format!("value=\"{weak}\"")), "what was typed is kept, the password is not");
    }
    let done = visitor.post(&path, &fields(NEW)).await;
    assert_eq!((done.status.as_u16(), done.location()), (303, Some("/")));
    assert_eq!(visitor.get("/accounts").await.status, 200, "the first account looks after the installation");
    is_dead(&world, &path).await;
    assert!(links::set_up_link(&app.database, &app.chance, app.clock.now()).await.unwrap().is_none(), "no further link once there is an account");
    assert_eq!(world.count("select count(*) from accounts").await, 1);
    assert_eq!(world.count("select count(*) from trail_events where kind = 'installation_set_up'").await, 1);
    // S51: what is kept of the password.
    let hash = world.text("select password_hash from accounts").await;
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    assert_eq!(sign_in(&mut world.browser(), "ZHOU.NING@henglan.example ", NEW).await.status, 303);
}

#[tokio::test]
async fn s35_of_sixteen_who_use_the_set_up_link_at_once_one_founds() {
    let world = World::empty().await;
    let link = links::set_up_link(&world.app.database, &world.app.chance, world.app.clock.now()).await.unwrap().expect("a link");
    let mut racing = Vec::new();
    for number in 0..16 {
        let (mut visitor, path) = (world.browser(), format!("/set-up/{}", link.token));
        racing.push(tokio::spawn(async move {
            let email = format!("person{number}@test.example");
            visitor
                .post(&path, &[("name", "Zhou Ning"), ("email", &email), ("consultancy", "Henglan"), ("password", NEW), ("password_again", NEW)])
                .await
                .status
                .as_u16()
        }));
    }
    let mut statuses = Vec::new();
    for one in racing {
        statuses.push(one.await.unwrap());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [303, 404, 503].contains(status)), "{statuses:?}");
    assert_eq!(world.count("select count(*) from accounts").await, 1);
    assert_eq!(world.count("select count(*) from consultancies").await, 1);
}

#[tokio::test]
async fn s51_a_weaker_hash_is_made_anew_at_the_next_sign_in() {
    let (world, zhou, _) = founded().await;
    let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8192, 1, 1, None).unwrap());
    let hash = weak.hash_password_with_salt(PASSWORD.as_bytes(), &[7; 16]).unwrap().to_string();
    world.run(&format!("update accounts set password_hash = '{hash}' where id = '{}'", zhou.id)).await;
    assert_eq!(sign_in(&mut world.browser(), &zhou.email, "wrong").await.status, 422);
    let kept = format!("select password_hash from accounts where id = '{}'", zhou.id);
    assert_eq!(world.text(&kept).await, hash);
    assert_eq!(sign_in(&mut world.browser(), &zhou.email, PASSWORD).await.status, 303);
    let made = world.text(&kept).await;
    let params = Params::try_from(&PasswordHash::new(&made).unwrap()).unwrap();
    assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), (19 * 1024, 2, 1));
    assert_eq!(sign_in(&mut world.browser(), &zhou.email, PASSWORD).await.status, 303);
    assert_eq!(world.text(&kept).await, made, "once is enough");
}

/// Enters a person of an engagement's register, gives a role and gives back the person and the invitation's path.
async fn invite(world: &World, visitor: &mut Visitor, base: &str, name: &str, email: &str, role: &str) -> (String, String) {
    let person = world.id().to_string();
    let entered = visitor.post(&format!("{base}/people/new"), &[("once", &person), ("name", name), ("email", email)]).await;
    assert_eq!(entered.status, 303, "{}", world::errors(&entered));
    let given = visitor.post(&format!("{base}/members/new"), &[("once", &world.id().to_string()), ("person", &person), ("roles", role)]).await;
    (person, link_in(&given, "invitations"))
}

#[tokio::test]
async fn s37_an_invitation_is_used_once_within_seven_days_and_only_as_the_person_who_was_invited() {
    let (world, zhou, mut zhou_visitor) = founded().await;
    let engagement = world.open_engagement(&mut zhou_visitor).await;
    let base = engagement.path("");
    let (person, link) = invite(&world, &mut zhou_visitor, &base, "沈衡", "shen.heng@client.example", "top_management").await;
    // Expiry: alive in the last second, dead at the edge.
    world.app.clock.advance(TimeDelta::days(7) - TimeDelta::seconds(1));
    assert_eq!(world.browser().get(&link).await.status, 200);
    world.app.clock.advance(TimeDelta::seconds(1));
    is_dead(&world, &link).await;
    // A new one; the one before it is revoked.
    let mut zhou_visitor = world.signed_in(zhou.id).await;
    let membership = world.text(&format!("select id::text from memberships where person_id = '{person}'")).await;
    let again = link_in(&zhou_visitor.post(&format!("{base}/members/{membership}/invitations"), &[]).await, "invitations");
    let last = link_in(&zhou_visitor.post(&format!("{base}/members/{membership}/invitations"), &[]).await, "invitations");
    is_dead(&world, &again).await;
    // It belongs to its address, whoever opens it.
    let other = account(&world, "Other Person").await;
    let mut other_visitor = world.signed_in(other.id).await;
    let shown = other_visitor.get(&last).await;
    assert!(shown.text.contains("shen.heng@client.example") && !shown.text.contains("name=\"email\""));
    assert_eq!(choose(&mut other_visitor, &last, NEW).await.status, 303);
    let owner = format!("select a.email from people p join accounts a on a.id = p.account_id where p.id = '{person}'");
    assert_eq!(world.text(&owner).await, "shen.heng@client.example");
    assert_eq!(world.count(&format!("select count(*) from memberships where account_id = '{}'", other.id)).await, 0);
    assert!(!is_in(&mut with_cookie(&world, "0".repeat(64).as_str())).await);
    // Reuse.
    is_dead(&world, &last).await;
    assert_eq!(world.count(&format!("select count(*) from trail_events where engagement_id = '{}' and kind = 'invitation_accepted'", engagement.id)).await, 1);
    // The address changed meanwhile.
    let (person, link) = invite(&world, &mut zhou_visitor, &base, "林岚", "lin.lan@client.example", "staff").await;
    let form = page::form(&zhou_visitor.get(&format!("{base}/people/{person}/edit")).await).expect("a form");
    let moved = zhou_visitor.post(&format!("{base}/people/{person}/edit"), &page::pairs(&page::with(&form, "email", &["lin.lan@elsewhere.example"]))).await;
    assert_eq!(moved.status, 303, "{}", world::errors(&moved));
    is_dead(&world, &link).await;
}

#[tokio::test]
async fn s37_somebody_with_an_account_accepts_with_their_password_and_nobody_elses() {
    let (world, _, mut zhou) = founded().await;
    let engagement = world.open_engagement(&mut zhou).await;
    let lin = account(&world, "Lin Lan").await;
    let (_, link) = invite(&world, &mut zhou, &engagement.path(""), "Lin Lan", &lin.email, "staff").await;
    let mut visitor = world.browser();
    assert_eq!(visitor.get(&engagement.path("")).await.status.as_u16() / 100, 3, "invited is not a member");
    assert_eq!(visitor.post(&link, &[("password", "somebody else's")]).await.status, 422);
    assert_eq!(choose(&mut visitor, &link, NEW).await.status, 422, "no new password for an account that has one");
    assert_eq!(sign_in(&mut world.browser(), &lin.email, NEW).await.status, 422);
    let mut signed_in = world.signed_in(lin.id).await;
    assert_eq!(signed_in.get(&engagement.path("")).await.status, 404, "invited is not a member");
    let joined = visitor.post(&link, &[("password", PASSWORD)]).await;
    assert_eq!(joined.location(), Some(engagement.path("").as_str()));
    assert_eq!(signed_in.get(&engagement.path("")).await.status, 200);
    is_dead(&world, &link).await;
}

#[tokio::test]
async fn s37_a_reset_lives_thirty_minutes_and_its_administrator_learns_nothing() {
    let (world, zhou, _) = founded().await;
    let lin = account(&world, "Lin Lan").await;
    let mut visitor = world.signed_in(zhou.id).await;
    let path = format!("/accounts/{}/password-resets", lin.id);
    assert!(!visitor.get(&path).await.text.contains("type=\"password\""), "an administrator sets no password");
    let extra = visitor.post(&path, &[("password", NEW), ("password_again", NEW)]).await;
    let first = if extra.status == 200 { link_in(&extra, "password-resets") } else { link_in(&visitor.post(&path, &[]).await, "password-resets") };
    assert_eq!(sign_in(&mut world.browser(), &lin.email, NEW).await.status, 422, "nor by a field of their own making");
    let second = link_in(&visitor.post(&path, &[]).await, "password-resets");
    is_dead(&world, &first).await;
    let mut lin_visitor = world.signed_in(lin.id).await;
    world.app.clock.advance(TimeDelta::minutes(30) - TimeDelta::seconds(1));
    assert_eq!(world.browser().get(&second).await.status, 200);
    assert!(is_in(&mut lin_visitor).await, "nothing ends until the link is used");
    assert_eq!(choose(&mut world.browser(), &second, "short").await.status, 422);
    assert_eq!(choose(&mut world.browser(), &second, NEW).await.status, 303);
    assert!(!is_in(&mut lin_visitor).await);
    is_dead(&world, &second).await;
    assert_eq!(sign_in(&mut world.browser(), &lin.email, PASSWORD).await.status, 422);
    assert_eq!(sign_in(&mut world.browser(), &lin.email, NEW).await.status, 303);
    assert_eq!(sign_in(&mut world.browser(), &zhou.email, PASSWORD).await.status, 303, "nobody else's password changed");
    // The edge, and a link of the command line.
    let third = link_in(&world.signed_in(zhou.id).await.post(&path, &[]).await, "password-resets");
    world.app.clock.advance(TimeDelta::minutes(30));
    is_dead(&world, &third).await;
    let typed = links::reset_link(&world.app.database, &world.app.chance, world.app.clock.now(), &lin.email.to_uppercase()).await.unwrap().expect("a link");
    assert!(links::reset_link(&world.app.database, &world.app.chance, world.app.clock.now(), "nobody@test.example").await.unwrap().is_none());
    // A suspension and a changed password kill it.
    assert_eq!(world.signed_in(zhou.id).await.post(&format!("/accounts/{}/suspensions", lin.id), &[]).await.status, 303);
    is_dead(&world, &format!("/password-resets/{}", typed.token)).await;
}

#[tokio::test]
async fn s39_unknown_known_and_suspended_accounts_get_the_same_answer_and_the_same_work() {
    let (world, zhou, _) = founded().await;
    let (suspended, invited) = (account(&world, "Sus Pended").await, account(&world, "In Vited").await);
    world
        .run(&format!(
            "update accounts set suspended_at = now() where id = '{}'; update accounts set password_hash = null where id = '{}'",
            suspended.id, invited.id
        ))
        .await;
    let nobody = "nobody@test.example".to_owned();
    let plain = |answer: &Answer, email: &str| answer.text.replace(email, "…");
    let wanted = plain(&sign_in(&mut world.browser(), &nobody, "a guess").await, &nobody);
    for (who, email, password) in [("known", &zhou.email, "a guess"), ("suspended", &suspended.email, PASSWORD), ("invited", &invited.email, PASSWORD)] {
        let answer = sign_in(&mut world.browser(), email, password).await;
        assert_eq!(answer.status, 422, "{who}");
        assert_eq!(plain(&answer, email), wanted, "{who}");
    }
    // One hash of the same cost each time, whoever is asked for: time would only show it in a quiet room.
    for email in [&zhou.email, &nobody, &suspended.email, &invited.email] {
        world.app.clock.advance(TimeDelta::hours(2));
        let before = world.app.passwords.worked();
        assert_eq!(sign_in(&mut world.browser(), email, "a guess").await.status, 422);
        assert_eq!(world.app.passwords.worked() - before, 1, "{email}");
    }
}

/// Everything that stands in the tables of the portal, as text.
async fn copy(world: &World) -> String {
    let tables = world.text("select string_agg(tablename, ',') from pg_tables where schemaname = 'public'").await;
    let mut copy = String::new();
    for table in tables.split(',') {
        copy.push_str(&world.text(&format!("select string_agg(t::text, E'\\n') from \"{table}\" t")).await);
    }
    copy
}

#[tokio::test]
async fn s40_a_copy_of_the_database_holds_no_usable_cookie_and_no_usable_link() {
    let (world, zhou, mut admin) = founded().await;
    let mut visitor = world.browser();
    sign_in(&mut visitor, &zhou.email, PASSWORD).await;
    let link = link_in(&admin.post("/accounts/new", &[("name", "Lin Lan"), ("email", "lin.lan@test.example")]).await, "invitations");
    let token = visitor.cookie(COOKIE).expect("a session").to_owned();
    assert!(token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let copy = copy(&world).await;
    let secret = link.rsplit('/').next().unwrap();
    assert!(copy.contains(&zhou.email), "the copy has everything");
    for secret in [token.as_str(), secret, PASSWORD] {
        assert!(!copy.contains(secret));
        assert!(!copy.contains(&hex::encode(secret)));
    }
    // Whatever looks like a token in it opens nothing.
    let words: BTreeSet<&str> = copy.split(|c: char| !c.is_ascii_hexdigit()).filter(|word| word.len() == 64).collect();
    assert!(words.len() >= 3, "hashes of sessions and links");
    for word in words {
        assert!(!is_in(&mut with_cookie(&world, word)).await, "{word}");
        for place in ["set-up", "invitations", "password-resets"] {
            assert_eq!(world.browser().get(&format!("/{place}/{word}")).await.status, 404, "{word}");
        }
    }
    assert!(is_in(&mut with_cookie(&world, &token)).await);
}

#[tokio::test]
async fn s41_a_planted_cookie_never_survives_a_sign_in() {
    let (world, zhou, _) = founded().await;
    let thief = account(&world, "Thief").await;
    let thiefs_own = world.signed_in(thief.id).await.cookie(COOKIE).unwrap().to_owned();
    for planted in ["f".repeat(64), thiefs_own] {
        let mut visitor = with_cookie(&world, &planted);
        assert_eq!(sign_in(&mut visitor, &zhou.email, PASSWORD).await.status, 303);
        let token = visitor.cookie(COOKIE).unwrap().to_owned();
        assert_ne!(token, planted);
        assert!(is_in(&mut visitor).await);
        assert!(!is_in(&mut with_cookie(&world, &planted)).await, "what was planted is dead");
        // Signing in again, and changing the password, give a new one too; the old one dies.
        sign_in(&mut visitor, &zhou.email, PASSWORD).await;
        assert!(!is_in(&mut with_cookie(&world, &token)).await);
    }
    let mut visitor = world.browser();
    sign_in(&mut visitor, &zhou.email, PASSWORD).await;
    let token = visitor.cookie(COOKIE).unwrap().to_owned();
    assert_eq!(visitor.post("/profile/password", &[("old_password", PASSWORD), ("password", NEW), ("password_again", NEW)]).await.status, 303);
    assert_ne!(visitor.cookie(COOKIE), Some(token.as_str()));
    assert!(!is_in(&mut with_cookie(&world, &token)).await);
    // Two cookies of one name are none.
    let request =
        world.browser().request(Method::GET, "/profile").header(header::COOKIE, format!("{COOKIE}={}; {COOKIE}={token}", visitor.cookie(COOKIE).unwrap()));
    assert!(visitor_answer(&world, request).await.location().is_some_and(|to| to.starts_with("/sign-in")));
}

async fn visitor_answer(world: &World, request: axum::http::request::Builder) -> Answer {
    world.browser().send(request.body(Body::empty())).await
}

#[tokio::test]
async fn s42_sessions_end_idle_after_thirty_minutes_and_always_after_twelve_hours() {
    let (world, zhou, _) = founded().await;
    let (minute, second) = (TimeDelta::minutes(1), TimeDelta::seconds(1));
    let clock = &world.app.clock;
    let mut visitor = world.browser();
    sign_in(&mut visitor, &zhou.email, PASSWORD).await;
    clock.advance(minute * 30 - second);
    assert!(is_in(&mut visitor).await, "one second before");
    clock.advance(minute * 30 - second);
    assert!(is_in(&mut visitor).await, "every request begins the thirty minutes anew");
    clock.advance(minute * 30);
    assert!(!is_in(&mut visitor).await, "at the edge");
    // In use all day.
    sign_in(&mut visitor, &zhou.email, PASSWORD).await;
    let begun = clock.now();
    while clock.now() + minute * 20 < begun + minute * 720 {
        clock.advance(minute * 20);
        assert!(is_in(&mut visitor).await, "{}", clock.now() - begun);
    }
    clock.advance(begun + minute * 720 - second - clock.now());
    assert!(is_in(&mut visitor).await, "one second before twelve hours");
    clock.advance(second);
    assert!(!is_in(&mut visitor).await, "twelve hours");
}

#[tokio::test]
async fn s42_of_six_sessions_the_oldest_ends() {
    let (world, zhou, mut first) = founded().await;
    let mut browsers = Vec::new();
    for _ in 0..4 {
        world.app.clock.advance(TimeDelta::seconds(1));
        let mut visitor = world.browser();
        sign_in(&mut visitor, &zhou.email, PASSWORD).await;
        browsers.push(visitor);
    }
    assert!(is_in(&mut first).await, "five live");
    world.app.clock.advance(TimeDelta::seconds(1));
    let mut sixth = world.browser();
    sign_in(&mut sixth, &zhou.email, PASSWORD).await;
    assert!(!is_in(&mut first).await, "the oldest ended");
    browsers.push(sixth);
    for visitor in &mut browsers {
        assert!(is_in(visitor).await);
    }
    assert_eq!(world.count(&format!("select count(*) from sessions where account_id = '{}' and end_reason = 'too_many'", zhou.id)).await, 1);
    // Sixteen sign-ins at once leave five.
    let mut racing = Vec::new();
    for _ in 0..16 {
        let (mut visitor, email) = (world.browser(), zhou.email.clone());
        racing.push(tokio::spawn(async move { sign_in(&mut visitor, &email, PASSWORD).await.status.as_u16() }));
    }
    for one in racing {
        let status = one.await.unwrap();
        assert!([303, 429, 503].contains(&status), "{status}");
    }
    assert_eq!(world.count(&format!("select count(*) from sessions where account_id = '{}' and ended_at is null", zhou.id)).await, 5);
}

#[tokio::test]
async fn s43_sign_out_suspension_a_new_password_and_an_administrator_end_sessions_at_once() {
    let (world, zhou, _) = founded().await;
    let lin = account(&world, "Lin Lan").await;
    let mut admin = world.signed_in(zhou.id).await;
    let mut visitor = world.signed_in(lin.id).await;
    let token = visitor.cookie(COOKIE).unwrap().to_owned();
    assert!(visitor.get("/profile").await.text.contains("action=\"/sign-out\""), "every page can sign out");
    let out = visitor.post("/sign-out", &[]).await;
    assert_eq!(out.headers["clear-site-data"], "\"cache\", \"cookies\", \"storage\"");
    assert_eq!(visitor.cookie(COOKIE), None);
    assert!(!is_in(&mut with_cookie(&world, &token)).await, "signed out");

    let mut visitor = world.signed_in(lin.id).await;
    assert_eq!(admin.post(&format!("/accounts/{}/suspensions", lin.id), &[]).await.status, 303);
    assert!(!is_in(&mut visitor).await, "suspended");
    assert_eq!(sign_in(&mut world.browser(), &lin.email, PASSWORD).await.status, 422);
    assert_eq!(admin.post(&format!("/accounts/{}/reinstatements", lin.id), &[]).await.status, 303);
    assert!(!is_in(&mut visitor).await, "a reinstatement revives no session");

    let (mut one, mut two) = (world.signed_in(lin.id).await, world.signed_in(lin.id).await);
    assert_eq!(one.post("/profile/password", &[("old_password", PASSWORD), ("password", NEW), ("password_again", NEW)]).await.status, 303);
    assert!(is_in(&mut one).await && !is_in(&mut two).await, "a new password ends the others");

    assert_eq!(admin.post(&format!("/accounts/{}/session-endings", lin.id), &[]).await.status, 303);
    assert!(!is_in(&mut one).await, "ended by an administrator");

    // One's own: seen, and ended one by one; never somebody else's.
    let (mut one, mut two) = (world.signed_in(lin.id).await, world.signed_in(lin.id).await);
    let of_two = world.text(&format!("select id::text from sessions where account_id = '{}' and ended_at is null order by id desc limit 1", lin.id)).await;
    let of_admin = world.text(&format!("select id::text from sessions where account_id = '{}' and ended_at is null limit 1", zhou.id)).await;
    assert!(one.get("/profile/sessions").await.text.contains(&of_two));
    assert_eq!(one.get(&format!("/profile/sessions/{of_admin}/endings")).await.status, 404);
    one.post(&format!("/profile/sessions/{of_admin}/endings"), &[]).await;
    assert!(is_in(&mut admin).await);
    assert_eq!(one.post(&format!("/profile/sessions/{of_two}/endings"), &[]).await.status, 303);
    assert!(is_in(&mut one).await && !is_in(&mut two).await);
    // The last administrator cannot be shut out.
    assert_eq!(admin.post(&format!("/accounts/{}/suspensions", zhou.id), &[]).await.status, 422);
    assert!(is_in(&mut admin).await);
}

#[tokio::test]
async fn s43_an_ended_membership_closes_the_engagement_at_the_next_request() {
    let (world, _, mut zhou) = founded().await;
    let engagement = world.open_engagement(&mut zhou).await;
    let mut lu = world.member(&engagement, "Lu Qing", "mgmt_rep").await;
    assert_eq!(lu.get(&engagement.path("/readiness")).await.status, 200);
    let membership = world.text(&format!("select id::text from memberships where engagement_id = '{}' and role = 'mgmt_rep'", engagement.id)).await;
    let ended = zhou.post(&engagement.path(&format!("/members/{membership}/endings")), &[]).await;
    assert_eq!(ended.status, 303, "{}", world::errors(&ended));
    assert_eq!(lu.get(&engagement.path("/readiness")).await.status, 404);
    assert_eq!(lu.post(&engagement.path("/penalties/new"), &[("authority", "x")]).await.status, 404);
}

#[tokio::test]
async fn s62_every_act_at_the_door_leaves_its_event() {
    let (world, zhou, _) = founded().await;
    let lin = account(&world, "Lin Lan").await;
    let mut visitor = world.browser();
    let mut admin = world.signed_in(zhou.id).await;
    let engagement = world.open_engagement(&mut admin).await;
    let before = world.count("select count(*) from trail_events").await;
    let path = |rest: &str| format!("/accounts/{}/{rest}", lin.id);
    sign_in(&mut visitor, &lin.email, "a wrong guess").await;
    sign_in(&mut visitor, "nobody@test.example", "a wrong guess").await;
    sign_in(&mut visitor, &lin.email, PASSWORD).await;
    visitor.post("/profile/password", &[("old_password", PASSWORD), ("password", NEW), ("password_again", NEW)]).await;
    visitor.post("/profile", &[("name", "Lin Lan"), ("language", "en"), ("theme", "dark"), ("version", "1")]).await;
    visitor.post("/sign-out", &[]).await;
    admin.post(&path("suspensions"), &[]).await;
    admin.post(&path("suspensions"), &[]).await;
    admin.post(&path("reinstatements"), &[]).await;
    admin.post(&path("session-endings"), &[]).await;
    let reset = link_in(&admin.post(&path("password-resets"), &[]).await, "password-resets");
    choose(&mut world.browser(), &reset, "another lantern on the hill").await;
    let invited = link_in(&admin.post("/accounts/new", &[("name", "He Chuan"), ("email", "he.chuan@test.example")]).await, "invitations");
    choose(&mut world.browser(), &invited, NEW).await;
    let (_, member) = invite(&world, &mut admin, &engagement.path(""), "沈衡", "shen.heng@client.example", "staff").await;
    choose(&mut world.browser(), &member, NEW).await;
    let membership = world.text("select id::text from memberships where role = 'staff'").await;
    admin.post(&engagement.path(&format!("/members/{membership}/endings")), &[]).await;
    let kinds = world.text(&format!("select string_agg(kind, ' ' order by id) from (select id, kind from trail_events order by id offset {before}) t")).await;
    assert_eq!(
        kinds.split(' ').collect::<Vec<_>>(),
        [
            "sign_in_refused",
            "sign_in_refused",
            "signed_in",
            "password_changed",
            "profile_changed",
            "signed_out",
            "account_suspended",
            "account_reinstated",
            "sessions_ended",
            "password_reset_started",
            "password_reset",
            "account_invited",
            "invitation_accepted",
            "person_entered",
            "role_given",
            "person_invited",
            "invitation_accepted",
            "role_ended",
        ]
    );
    // Who did it, and no secret.
    assert_eq!(
        world
            .count(&format!(
                "select count(*) from trail_events where kind = 'account_suspended' and actor_account_id = '{}' and subject_id = '{}'",
                zhou.id, lin.id
            ))
            .await,
        1
    );
    assert_eq!(world.count("select count(*) from trail_events where concat(before, after) ~ '(argon2|[0-9a-f]{64}|kettles|lantern)'").await, 0);
    // What is refused at a member's page is not an event, but nothing else happens either.
    let events = world.count("select count(*) from trail_events").await;
    assert_eq!(visitor.post(&path("suspensions"), &[]).await.status.as_u16() / 100, 3);
    assert_eq!(world.count("select count(*) from trail_events").await, events);
}

thread_local! {
    /// Log lines of this thread, which is this test's alone.
    static LINES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Writes log lines where the test of their thread finds them.
#[derive(Clone, Copy)]
struct Lines;

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.with_borrow_mut(|lines| lines.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn s61_logs_are_one_json_line_each_in_utc_and_hold_no_secret() {
    let (world, zhou, mut admin) = founded().await;
    let engagement = world.open_engagement(&mut admin).await;
    // As the program does it, for all threads: a subscriber of one thread misses what another has seen first.
    tracing_subscriber::fmt().json().with_max_level(tracing::Level::TRACE).with_writer(|| Lines).init();
    let mut visitor = world.browser();
    sign_in(&mut visitor, &zhou.email, "wrong secret guess").await;
    sign_in(&mut visitor, &zhou.email, PASSWORD).await;
    let token = visitor.cookie(COOKIE).unwrap().to_owned();
    visitor.post("/profile/password", &[("old_password", PASSWORD), ("password", NEW), ("password_again", NEW)]).await;
    let link = link_in(&admin_again(&world, &zhou).await.post("/accounts/new", &[("name", "Lin Lan"), ("email", "lin.lan@test.example")]).await, "invitations");
    choose(&mut world.browser(), &link, "an invited person's words").await;
    let payload = "two\r\nlines {\"level\":\"ERROR\"} <b>\u{1b}[31m\u{202e}";
    visitor.post(&engagement.path("/penalties/new"), &[("authority", payload), ("subject", "confidential matter 310101199001011234")]).await;
    visitor.get(&engagement.path("/people?q=%0d%0aconfidential%20matter")).await;
    visitor.get(&format!("/{}", form_urlencoded::byte_serialize(payload.as_bytes()).collect::<String>())).await;
    let log = String::from_utf8(LINES.take()).expect("text");
    let ours: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect();
    let answered: Vec<&serde_json::Value> = ours.iter().filter(|line| line["fields"]["message"] == "answered").collect();
    assert_eq!(answered.len(), 8, "one line a request");
    for line in &answered {
        let at = line["timestamp"].as_str().expect("a time");
        assert!(at.ends_with('Z') && DateTime::parse_from_rfc3339(at).is_ok(), "{at}");
        for name in ["method", "route", "status", "request", "account", "engagement"] {
            assert!(line["fields"].get(name).is_some(), "{name}: {line}");
        }
    }
    let secret = link.rsplit('/').next().unwrap();
    for secret in [
        PASSWORD,
        NEW,
        "wrong secret guess",
        "an invited person",
        token.as_str(),
        secret,
        "confidential",
        "310101199001011234",
        "$argon2",
        "\u{1b}",
        "\u{202e}",
    ] {
        assert!(!log.contains(secret), "{secret} stands in the log");
        let sent: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        assert!(!log.contains(&sent), "{sent} stands in the log");
    }
    assert!(answered.iter().any(|line| line["fields"]["account"] == zhou.id.to_string()), "who: by identifier");
}

async fn admin_again(world: &World, zhou: &Account) -> Visitor {
    world.signed_in(zhou.id).await
}
