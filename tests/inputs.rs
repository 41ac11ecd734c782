//! What arrives from outside: every form with everything that can be wrong with a field, texts that look like markup,
//! queries that look like statements, writes from foreign pages, headers of every answer (security.md S1–S4, S12, S19–S24,
//! S47, S56, S57, S63).

mod world;

#[path = "fences/cast.rs"]
mod cast;

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use cast::{Cast, session};
use certgate::{
    access::{Need, Route},
    app,
    visitor::{Answer, Visitor},
};
use uuid::Uuid;
use world::{
    World,
    page::{self, Field},
};

/// Everybody's powers in one browser, in a portal of its own.
struct Tried {
    cast: Cast,
    account: Uuid,
    visitor: Visitor,
}

/// An act with the fields of its page.
struct Act {
    route: Route,
    path: String,
    /// As the page shows them.
    as_is: Vec<Field>,
    /// The same with something in every field.
    fields: Vec<Field>,
}

impl Tried {
    async fn new() -> Self {
        let cast = Cast::on(World::alone().await).await;
        let (account, visitor) = cast.all_powers().await;
        Self { cast, account, visitor }
    }

    fn visitor_of(&self, route: &Route) -> Visitor {
        // Who follows a one-time link is not signed in yet.
        if route.need == Need::Public && route.path != "/sign-out" { self.cast.world.browser() } else { self.visitor.clone() }
    }

    async fn address(&self, route: &Route) -> String {
        self.cast.address(route.path, Some(self.account)).await
    }

    async fn post(&self, act: &Act, fields: &[(String, String)]) -> Answer {
        self.visitor_of(&act.route).post(&act.path, &page::pairs(fields)).await
    }

    /// Every act whose page has a form with fields; a button alone has nothing that could be wrong.
    async fn acts(&self) -> Vec<Act> {
        let mut acts = Vec::new();
        for route in app::routes().into_iter().filter(|route| route.method == "POST") {
            let path = self.address(&route).await;
            let answer = self.visitor_of(&route).get(&path).await;
            if let Some(fields) = page::form(&answer).filter(|fields| fields.iter().any(|field| field.kind != "hidden")) {
                acts.push(Act { route, path, fields: page::filled(&fields), as_is: fields });
            }
        }
        acts
    }

    async fn events(&self) -> i64 {
        self.cast.world.count("select count(*) from trail_events").await
    }

    /// How many rows each table has and how often they were written, without the sessions' last moments.
    async fn digest(&self) -> String {
        let tables = self.cast.world.text("select string_agg(tablename, ' ' order by tablename) from pg_tables where schemaname = 'public' and tablename not in ('sessions', '_sqlx_migrations')").await;
        let mut digest = String::new();
        for table in tables.split(' ') {
            digest.push_str(
                &self.cast.world.text(&format!("select '{table} ' || count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) || E'\\n' from {table}")).await,
            );
        }
        digest
    }
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Field names of a form in their order, each once.
fn visible(act: &Act) -> impl Iterator<Item = &Field> {
    act.fields.iter().filter(|field| field.kind != "hidden")
}

// ── Fields and their limits ──────────────────────────────────────────────────────────────────────────────────────────

/// The most characters that the page says a field takes.
fn limit(answer: &Answer, name: &str) -> Option<usize> {
    let errors = world::errors(answer);
    let (_, words) = errors.split_once(&format!("href=\"#f-{name}\""))?;
    let (_, number) = words.split("</a>").next()?.split_once("at most")?;
    number
        .trim_start_matches(|c: char| !c.is_ascii_digit())
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == ',')
        .filter(char::is_ascii_digit)
        .collect::<String>()
        .parse()
        .ok()
}

/// Fields of whole sheets, which take as much as a sheet can hold and judge it line by line.
const SHEETS: [&str; 2] = ["lines", "rows"];

/// Putting documents in force may be sent twice: what is in force already, or is not there, is passed over without a word.
const PASSED_OVER: (&str, &str) = ("/e/{code}/documents-in-force", "document_ids");

/// Values that cannot be right, by the kind of the field.
fn wrong(field: &Field) -> Vec<&'static str> {
    match field.kind.as_str() {
        "text" => vec!["a\u{1}b", "a\nb", "a\u{7f}b", "a\u{85}b"],
        "textarea" => vec!["a\u{1}b", "a\u{1b}[31mb"],
        "date" => vec!["yesterday", "2026-02-30", "2026-13-01", "1899-12-31", "2201-01-01", "99999-01-01", "-1", "2026-11-02T10:00", "' or 1=1"],
        "email" => vec!["a", "a@b", "a b@c.de", "a@b.c\r\nBcc: x@y.z", "<a@b.cd>"],
        "number" => vec!["abc", "1e5", "99999999999999999999", "1.5", "NaN"],
        // A file field that comes as text is no file; it counts as left out.
        "select" | "radio" | "checkbox" => vec!["no such choice", "00000000-0000-0000-0000-000000000001", "'"],
        _ => vec![],
    }
}

#[tokio::test]
async fn s12_s47_every_field_is_held_to_its_type_and_limit() {
    let tried = Tried::new().await;
    let acts = tried.acts().await;
    assert!(acts.len() > 60, "{} forms were found", acts.len());
    let (before, mut faults, mut untold, mut limits, mut fields_tried) = (tried.events().await, Vec::new(), Vec::new(), 0, 0);
    for act in &acts {
        // Whatever else is wrong, a field that the form does not have keeps anything from being written.
        let surplus = ("surplus".to_owned(), "x".to_owned());
        let with = |name: &str, values: &[&str]| {
            let mut pairs = page::with(&act.fields, name, values);
            pairs.push(surplus.clone());
            pairs
        };
        let mut judge = |answer: &Answer, name: &str, what: &str, complains: bool| {
            if answer.status != 422 || complains && !page::complains_of(answer, name) {
                faults.push(format!("{} {name} {what}: {} {}", act.route.path, answer.status, world::errors(answer)));
            }
        };
        let answer = tried.post(act, &with("", &[])).await;
        judge(&answer, "", "a field too much", false);
        for field in visible(act) {
            fields_tried += 1;
            let name = field.name.as_str();
            judge(&tried.post(act, &with(name, &[])).await, name, "left out", false);
            judge(&tried.post(act, &with(name, &[""])).await, name, "empty", false);
            for value in wrong(field) {
                judge(&tried.post(act, &with(name, &[value])).await, name, &format!("{value:?}"), true);
            }
            let is_one = field.kind != "checkbox" || field.offered == ["yes"];
            if is_one && field.kind != "file" {
                let value = field.chosen.first().map_or("x", String::as_str);
                judge(&tried.post(act, &with(name, &[value, value])).await, name, "sent twice", true);
            }
            if field.is_free_text() {
                let answer = tried.post(act, &with(name, &[&"长".repeat(20_100)])).await;
                let Some(most) = limit(&answer, name) else {
                    if !SHEETS.contains(&name) {
                        untold.push(format!("{} {name}: no limit is told: {} {}", act.route.path, answer.status, world::errors(&answer)));
                    }
                    continue;
                };
                limits += 1;
                judge(&tried.post(act, &with(name, &[&"x".repeat(most + 1)])).await, name, "one character too much", true);
                let answer = tried.post(act, &with(name, &[&"x".repeat(most)])).await;
                if limit(&answer, name).is_some() {
                    untold.push(format!("{} {name}: the longest text of {most} is refused as too long", act.route.path));
                }
            }
        }
    }
    faults.extend(untold);
    none(&faults);
    assert_eq!(tried.events().await, before, "nothing was written");
    assert!(fields_tried > 150 && limits > 60, "{fields_tried} fields and {limits} limits were tried");
}

#[tokio::test]
async fn s12_ten_megabytes_in_any_field_get_their_sentence() {
    let tried = Tried::new().await;
    let (large, huge) = ("x".repeat(100 * 1024), "x".repeat(10 * 1024 * 1024));
    let (before, mut faults, mut seen, mut kinds) = (tried.events().await, Vec::new(), 0, Vec::new());
    for act in tried.acts().await {
        for field in visible(&act).filter(|field| field.kind != "file" && (act.route.path, field.name.as_str()) != PASSED_OVER) {
            // One reader reads every form, so ten megabytes go to two fields of each kind and a tenth of one to all.
            let often = kinds.iter().filter(|kind| **kind == field.kind).count();
            let text = if often < 2 { &huge } else { &large };
            kinds.push(field.kind.clone());
            let answer = tried.post(&act, &page::with(&act.fields, &field.name, &[text])).await;
            if answer.status != 422 || !page::complains_of(&answer, &field.name) && !SHEETS.contains(&field.name.as_str()) {
                faults.push(format!("{} {}: {}", act.route.path, field.name, answer.status));
            }
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen} fields were tried");
    assert_eq!(tried.events().await, before, "nothing was written");
    none(&faults);
}

#[tokio::test]
async fn s12_bodies_that_are_no_form_are_refused() {
    let tried = Tried::new().await;
    let (before, mut faults) = (tried.events().await, Vec::new());
    for act in tried.acts().await {
        let bodies: [(&str, Vec<u8>, u16); 6] = [
            ("application/json", b"{}".to_vec(), 400),
            ("text/plain", b"a=b".to_vec(), 400),
            ("multipart/form-data", b"x".to_vec(), 400),
            ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nno end".to_vec(), 400),
            ("application/x-www-form-urlencoded", b"%FF%FE=%00&%=%&&&=".to_vec(), 422),
            ("application/x-www-form-urlencoded", "a=b&".repeat(6000).into_bytes(), 400),
        ];
        for (kind, body, expected) in bodies {
            let mut visitor = tried.visitor_of(&act.route);
            let request = visitor.request(Method::POST, &act.path).header("sec-fetch-site", "same-origin").header(header::CONTENT_TYPE, kind);
            let request = request.body(Body::from(body));
            let answer = visitor.send(request).await;
            if answer.status != expected {
                faults.push(format!("{} {kind}: {}", act.route.path, answer.status));
            }
        }
        let mut visitor = tried.visitor_of(&act.route);
        let request =
            visitor.request(Method::POST, &act.path).header("sec-fetch-site", "same-origin").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = request.header(header::CONTENT_LENGTH, "70000000").body(Body::from("a=b"));
        let answer = visitor.send(request).await;
        if answer.status != 413 {
            faults.push(format!("{} with 70 MB announced: {}", act.route.path, answer.status));
        }
    }
    assert_eq!(tried.events().await, before, "nothing was written");
    none(&faults);
}

// ── Texts come back as they were sent, and stay text ─────────────────────────────────────────────────────────────────

/// Fields that take only words of a fixed form, and why.
const NOT_FREE: [(&str, &str); 5] = [
    ("parent_name", "only a branch has a parent"),
    ("permit_code", "a code of letters, digits and underlines"),
    ("permits_required", "codes of permits"),
    ("item", "a number of the checklist"),
    ("decisions", "lines of words, owner and day"),
];

/// Stores a text in every free text field of every entry that can be corrected; gives back what was stored where.
async fn store_everywhere(tried: &Tried, text: &str, faults: &mut Vec<String>) -> usize {
    let mut stored = 0;
    let is_correction = |path: &str| path.ends_with("/edit") || path.ends_with("/facts") || path == "/profile";
    let free = |field: &Field| field.is_free_text() && !NOT_FREE.iter().any(|(name, _)| *name == field.name);
    for act in tried.acts().await.into_iter().filter(|act| is_correction(act.route.path) && act.as_is.iter().any(free)) {
        let mut fields = act.as_is.clone();
        for field in fields.iter_mut().filter(|field| free(field)) {
            field.chosen = vec![text.to_owned()];
        }
        // Codes and staff numbers are short; what is too long there is left as it was.
        let mut answer = tried.post(&act, &page::sent(&fields)).await;
        for (field, before) in fields.iter_mut().zip(&act.as_is) {
            if limit(&answer, &field.name).is_some() {
                field.chosen.clone_from(&before.chosen);
            }
        }
        if answer.status == 422 {
            answer = tried.post(&act, &page::sent(&fields)).await;
        }
        if answer.status != 303 {
            faults.push(format!("{}: {} {}", act.route.path, answer.status, world::errors(&answer)));
            continue;
        }
        let again = page::form(&tried.visitor.clone().get(&act.path).await).unwrap_or_default();
        for field in fields.iter().filter(|field| free(field) && field.chosen == [text]) {
            stored += 1;
            if !again.iter().any(|one| one.name == field.name && one.chosen == [text]) {
                faults.push(format!("{} {}: {:?} came back as {:?}", act.route.path, field.name, text, again.iter().find(|one| one.name == field.name)));
            }
        }
    }
    stored
}

#[tokio::test]
async fn s01_texts_come_back_byte_for_byte() {
    let tried = Tried::new().await;
    let mut faults = Vec::new();
    for text in ["%253C&lt;'\"", "&amp;lt; &#39;", "\\u003c\\n%00", "+ %2B %20 é\u{301} 龘𠮷", "O'Brien \u{202e}x"] {
        let stored = store_everywhere(&tried, text, &mut faults).await;
        assert!(stored > 25, "{text}: stored in {stored} fields");
    }
    none(&faults);
}

/// What must never become a part of a page.
const PAYLOADS: [&str; 8] = [
    "<script>x()</script>",
    "\"><img src=x onerror=x()>",
    "'onfocus='x()'autofocus='",
    "javascript:x()//",
    "</textarea><svg/onload=x()>",
    "</title><iframe src=//x.example>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "--><base href=//x.example/>",
];

/// What a page holds that our own templates never write.
fn intruders(answer: &Answer) -> Vec<String> {
    let mut found = Vec::new();
    for tag in page::tags(&answer.text) {
        if matches!(tag.name.as_str(), "iframe" | "object" | "embed" | "base" | "style" | "img" | "meta/refresh") || tag.name.starts_with("svg/") {
            found.push(format!("<{}>", tag.name));
        }
        if tag.name == "script" && !tag.get("src").is_some_and(|src| src.starts_with("/static/")) {
            found.push("<script> of its own".to_owned());
        }
        for (name, value) in &tag.attributes {
            let value = value.trim().to_ascii_lowercase();
            if name.starts_with("on") || name == "style" || name == "srcdoc" {
                found.push(format!("{name}={value}"));
            }
            if matches!(name.as_str(), "href" | "src" | "action" | "formaction" | "xlink:href")
                && !(value.starts_with('/') || value.starts_with('#') || value.starts_with('?') || value.is_empty())
            {
                found.push(format!("{name}={value}"));
            }
        }
    }
    if answer.text.matches("<script").count() > 1 || answer.text.contains("49${49}") {
        found.push("a second script or an evaluated text".to_owned());
    }
    found
}

#[test]
fn s02_intruders_are_seen() {
    let page =
        |text: &str| Answer { status: StatusCode::OK, headers: header::HeaderMap::new(), text: text.to_owned(), bytes: bytes::Bytes::new(), statements: 0 };
    let script = "<script type=\"module\" src=\"/static/0/app.js\"></script>";
    for good in ["&lt;script&gt;x()", "<a href=\"/e/X?q=javascript:x()\">a</a>", "<input value=\"&quot;&gt;&lt;img onerror=x()\">", "<bdi>'onfocus='x()</bdi>"]
    {
        assert_eq!(intruders(&page(&format!("{script}{good}"))), [""; 0], "{good}");
    }
    for payload in PAYLOADS.into_iter().filter(|payload| payload.contains('<') && !payload.contains("7*7")) {
        assert!(!intruders(&page(&format!("{script}<p>{payload}</p>"))).is_empty(), "{payload}");
    }
    for bad in ["<input value='' onfocus='x()'>", "<a href=\"javascript:x()\">a</a>", "<p style=\"x\">", "<a href=\" JavaScript:x()\">"] {
        assert!(!intruders(&page(&format!("{script}{bad}"))).is_empty(), "{bad}");
    }
}

#[tokio::test]
async fn s02_markup_that_people_enter_stays_text_on_every_page() {
    let tried = Tried::new().await;
    let mut faults = Vec::new();
    for payload in PAYLOADS {
        let stored = store_everywhere(&tried, payload, &mut faults).await;
        assert!(stored > 20, "{payload}: stored in {stored} fields");
        let reason = [("reason", payload)];
        let id = tried.cast.world.id().to_string();
        let once = [("once", id.as_str()), ("from_on", "2026-01-01"), ("resumed_on", "2026-01-02"), reason[0]];
        let entered = tried.visitor.clone().post(&tried.cast.own.path("/suspensions/new"), &once).await;
        assert_eq!(entered.status, 303, "{}", world::errors(&entered));
        let withdrawn = tried.visitor.clone().post(&tried.cast.own.path(&format!("/suspensions/{id}/withdrawals")), &reason).await;
        assert_eq!(withdrawn.status, 303, "{}", world::errors(&withdrawn));
        let escaped = payload.split('<').next_back().unwrap_or(payload).split(['"', '\'', '>', '&']).next().unwrap_or_default();
        let mut shown = 0;
        for route in app::routes().iter().filter(|route| route.method == "GET") {
            let mut visitor = tried.visitor_of(route);
            let path = tried.address(route).await;
            let answer = visitor.get(&path).await;
            if !answer.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.starts_with("text/html"))) {
                continue;
            }
            shown += usize::from(answer.text.contains(escaped));
            faults.extend(intruders(&answer).into_iter().map(|what| format!("{} with {payload}: {what}", route.path)));
        }
        assert!(shown > 40, "{payload} was seen on {shown} pages");
        // What the address holds is shown again by filters, forms and the language button.
        let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(QUERY_NAMES.map(|name| (name, payload))).finish();
        for route in app::routes().iter().filter(|route| route.method == "GET") {
            let path = format!("{}?{query}", tried.address(route).await);
            let answer = tried.visitor_of(route).get(&path).await;
            if answer.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.starts_with("text/html"))) {
                faults.extend(intruders(&answer).into_iter().map(|what| format!("{} asked with {payload}: {what}", route.path)));
            }
        }
    }
    none(&faults);
}

// ── Queries ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Every name that a page asks for in its address, and a few that nobody asks for.
const QUERY_NAMES: [&str; 32] = [
    "q",
    "state",
    "department",
    "role",
    "person",
    "kind",
    "subject",
    "from",
    "to",
    "before",
    "below",
    "page",
    "as_of",
    "application_on",
    "planned_stage2_on",
    "kept",
    "next",
    "again",
    "process",
    "recorded_on",
    "authority",
    "code",
    "title",
    "status",
    "item",
    "level",
    "decided_on",
    "audit_id",
    "reason",
    "number",
    "sort",
    "limit",
];

#[tokio::test]
async fn s04_no_query_breaks_a_page() {
    let tried = Tried::new().await;
    let long = "长".repeat(3000);
    let values = [
        "'",
        "\"",
        "%",
        "_",
        "\\",
        "\\'",
        "' or '1'='1",
        "1;drop table people--",
        "\u{0}",
        "%00",
        "-1",
        "99999999999999999999",
        "NaN",
        "2026-02-30",
        "0",
        "\u{202e}",
        "[]",
        "{}",
        &long,
    ];
    let (before, mut faults) = (tried.digest().await, Vec::new());
    for route in app::routes().iter().filter(|route| {
        route.method == "GET"
            && !route.path.contains("{token}")
            && !route.path.starts_with("/accounts/{id}")
            && !route.path.starts_with("/profile/sessions/{id}")
    }) {
        if route.path.contains("/members/{id}") || route.path.contains("/people/{id}/withdrawals") {
            continue;
        }
        let path = tried.address(route).await;
        for value in values {
            let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(QUERY_NAMES.map(|name| (name, value))).finish();
            let answer = tried.visitor_of(route).get(&format!("{path}?{query}")).await;
            if answer.status.is_server_error() {
                faults.push(format!("{} with {value:?}: {}", route.path, answer.status));
            }
        }
        for query in ["?", "?&&&", "?=", "?%", "?%FF=%FF", "?q", "?q=1&q=2", "?page[]=1"] {
            let answer = tried.visitor_of(route).get(&format!("{path}{query}")).await;
            if answer.status.is_server_error() {
                faults.push(format!("{}{query}: {}", route.path, answer.status));
            }
        }
    }
    none(&faults);
    assert_eq!(tried.digest().await, before, "nothing was written");
}

#[tokio::test]
async fn s04_wildcards_and_quotes_find_only_themselves() {
    let tried = Tried::new().await;
    let own = &tried.cast.own;
    // List, the name that asks, and words of an entry that is on it.
    let lists = [
        (own.path("/evidence"), "q", "minutes.txt"),
        (own.path("/people"), "q", "Su Min"),
        (own.path("/history"), "person", "Uploader"),
        (own.path("/history.csv"), "person", "Uploader"),
        ("/engagements".to_owned(), "q", own.code.as_str()),
        (own.path("/penalties"), "authority", "Market authority"),
        (own.path("/operating-records"), "process", "Incident 4711"),
    ];
    for (path, name, words) in &lists {
        let mut visitor = tried.visitor.clone();
        let all = visitor.get(path).await;
        assert!(body_of_list(&all).contains(words), "{path} shows {words}");
        for value in ["%", "_", "\\", "'", "%%", "_______", "\\%", "' or '1'='1", "\" or \"\"=\"", "M%y", "u_n"] {
            let query: String = form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish();
            let answer = visitor.get(&format!("{path}?{query}")).await;
            assert_eq!(answer.status, 200, "{path}?{query}");
            assert!(!body_of_list(&answer).contains(words), "{path}?{query} finds {words}");
        }
    }
}

/// The rows of a list, without the frame around them.
fn body_of_list(answer: &Answer) -> String {
    answer.between("<main", "</main>").unwrap_or(&answer.text).split("<tbody").nth(1).map_or_else(
        || if answer.text.starts_with("<!doctype") || answer.text.contains("<html") { String::new() } else { answer.text.clone() },
        |rows| rows.split("</tbody>").next().unwrap_or_default().to_owned(),
    )
}

// ── Foreign pages ────────────────────────────────────────────────────────────────────────────────────────────────────

#[tokio::test]
async fn s23_no_foreign_page_writes() {
    let tried = Tried::new().await;
    let mut addressed = Vec::new();
    for route in app::routes().into_iter().filter(|route| route.method == "POST") {
        let path = tried.address(&route).await;
        let fields = page::form(&tried.visitor_of(&route).get(&path).await).map(|fields| page::sent(&page::filled(&fields))).unwrap_or_default();
        addressed.push((route, path, fields));
    }
    let foreign: [(&str, &[(&str, &str)]); 9] = [
        ("no header", &[]),
        ("a foreign origin", &[("origin", "https://evil.example")]),
        ("our host as a part of another", &[("origin", "https://portal.test.evil.example")]),
        ("the origin null", &[("origin", "null")]),
        ("another scheme", &[("origin", "file://portal.test")]),
        ("cross-site", &[("sec-fetch-site", "cross-site")]),
        ("same-site", &[("sec-fetch-site", "same-site")]),
        ("none", &[("sec-fetch-site", "none")]),
        ("cross-site with our origin", &[("sec-fetch-site", "cross-site"), ("origin", "https://portal.test")]),
    ];
    let (before, mut faults) = (tried.digest().await, Vec::new());
    for (route, path, fields) in &addressed {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        for (what, headers) in foreign {
            for kind in ["application/x-www-form-urlencoded", "text/plain"] {
                // With the session's cookie, also where the route needs none: signing somebody in or out counts as well.
                let mut visitor = tried.visitor.clone();
                let mut request = visitor.request(Method::POST, path).header(header::CONTENT_TYPE, kind);
                for (name, value) in headers {
                    request = request.header(*name, *value);
                }
                let request = request.body(Body::from(body.clone()));
                let answer = visitor.send(request).await;
                if answer.status != 403 {
                    faults.push(format!("{} {what}, {kind}: {}", route.path, answer.status));
                }
                if answer.headers.keys().any(|name| name.as_str().starts_with("access-control-")) {
                    faults.push(format!("{} {what}: a header that opens the portal to others", route.path));
                }
            }
        }
        for method in [Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
            let mut visitor = tried.visitor.clone();
            let request =
                visitor.request(method.clone(), path).header("sec-fetch-site", "same-origin").header("origin", "https://evil.example").body(Body::empty());
            let answer = visitor.send(request).await;
            if answer.status != 405 || answer.headers.keys().any(|name| name.as_str().starts_with("access-control-")) {
                faults.push(format!("{method} {}: {}", route.path, answer.status));
            }
        }
    }
    assert_eq!(tried.digest().await, before, "nothing was written");
    none(&faults);
}

#[tokio::test]
async fn s23_reading_writes_nothing() {
    let tried = Tried::new().await;
    let mut faults = Vec::new();
    let mut addressed = Vec::new();
    for route in app::routes().into_iter().filter(|route| route.method == "GET") {
        let path = tried.address(&route).await;
        addressed.push((route, path));
    }
    let mut before = tried.digest().await;
    for (route, path) in &addressed {
        for method in [Method::GET, Method::GET, Method::HEAD] {
            let mut visitor = tried.visitor_of(route);
            let request = visitor.request(method.clone(), path).body(Body::empty());
            let answer = visitor.send(request).await;
            if answer.status.is_server_error() || answer.status == 405 {
                faults.push(format!("{method} {}: {}", route.path, answer.status));
            }
            if method == Method::HEAD && !answer.bytes.is_empty() {
                faults.push(format!("HEAD {} has a body", route.path));
            }
        }
        let after = tried.digest().await;
        if after != before {
            let difference: Vec<&str> = after.lines().filter(|line| !before.contains(line)).collect();
            faults.push(format!("{} writes: {difference:?}", route.path));
            before = after;
        }
    }
    none(&faults);
}

#[tokio::test]
async fn s24_redirects_stay_in_the_portal() {
    let tried = Tried::new().await;
    let hosts = ["evil.example", "evil.example:443", "evil%2eexample", "[::1]", "portal.test@evil.example"];
    let forms = [
        "//H",
        "///H",
        "////H",
        "https://H",
        "http:H",
        "http:/H",
        "https:///H",
        "HTTPS://H",
        "\\\\H",
        "/\\H",
        "\\/H",
        "/\\/H",
        "/%5cH",
        "/%5CH",
        "/%2fH",
        "/%2F%2FH",
        "%2f%2fH",
        " //H",
        "\t//H",
        "/\t/H",
        "/\n/H",
        "\u{a0}//H",
        "//H/%2e%2e",
        "/../H",
        "/..//H",
        "/.//H",
        "/%2e%2e//H",
        "/x/..//H",
        "javascript:x('H')",
        "data:text/html,H",
        "vbscript:H",
        "?//H",
        "#//H",
        "//H\\@portal.test",
        "/\u{2215}H",
        "/;//H",
        "/x\r\nLocation: //H",
        "/x\r\nSet-Cookie: a=H",
        "/x%0d%0aSet-Cookie:%20a=H",
        "mailto:H",
    ];
    let mut tried_count = 0;
    for text in hosts.iter().flat_map(|host| forms.iter().map(move |form| form.replace('H', host))) {
        tried_count += 1;
        let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("next", &text).finish();
        let mut answers = vec![tried.visitor.clone().get(&format!("/sign-in?{query}")).await];
        answers.push(tried.visitor.clone().post("/language", &[("language", "en"), ("next", &text)]).await);
        answers.push(tried.cast.world.browser().post("/language", &[("language", "en"), ("next", &text)]).await);
        for answer in answers {
            assert_eq!(answer.status, 303, "{text:?}");
            let to = answer.location().unwrap_or_default().to_owned();
            // Read as a browser does: backslashes are slashes, blanks and line ends are dropped.
            let read: String = to.replace('\\', "/").chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            assert!(read.starts_with('/') && !read.starts_with("//"), "{text:?} leads to {to:?}");
            assert!(!answer.headers.get_all(header::SET_COOKIE).iter().any(|value| value.to_str().is_ok_and(|value| value.starts_with("a="))), "{text:?}");
        }
    }
    assert!(tried_count >= 200, "{tried_count}");
    let answer = tried.cast.world.browser().get("/e/X/people?next=//evil.example").await;
    assert_eq!(answer.location(), Some("/sign-in?next=%2Fe%2FX%2Fpeople%3Fnext%3D%2F%2Fevil.example"));
}

// ── Headers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/// What is wrong with the headers of an answer.
fn header_faults(answer: &Answer, is_static: bool) -> Vec<String> {
    let text = |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let mut faults = Vec::new();
    let policy = text("content-security-policy");
    for part in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
        // A file that a person uploaded has a stricter policy of its own.
        if !(policy.contains(part) || policy.contains("sandbox") && policy.contains("default-src 'none'")) {
            faults.push(format!("policy without {part}: {policy}"));
        }
    }
    if policy.contains("unsafe") || policy.contains('*') || policy.contains("http:") || policy.contains("data:") {
        faults.push(format!("a loose policy: {policy}"));
    }
    for (name, value) in [
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        if text(name) != value || answer.headers.get_all(name).iter().count() != 1 {
            faults.push(format!("{name}: {}", text(name)));
        }
    }
    let cache = text("cache-control");
    if is_static && answer.status == 200 && !cache.contains("immutable") || !is_static && cache != "no-store" {
        faults.push(format!("cache-control: {cache}"));
    }
    let kind = text("content-type");
    if !answer.bytes.is_empty() && (kind.is_empty() || kind.starts_with("text/") && !kind.contains("charset=utf-8")) {
        faults.push(format!("content-type: {kind}"));
    }
    for name in ["server", "x-powered-by", "access-control-allow-origin", "access-control-allow-credentials"] {
        if !text(name).is_empty() {
            faults.push(format!("{name}: {}", text(name)));
        }
    }
    for line in answer.headers.get_all(header::SET_COOKIE) {
        let line = line.to_str().unwrap_or("?");
        let parts: Vec<&str> = line.split(';').map(str::trim).collect();
        let is_good =
            line.starts_with("__Host-") && ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"].iter().all(|part| parts.contains(part)) && !line.contains("Domain");
        if !is_good {
            faults.push(format!("set-cookie: {line}"));
        }
    }
    faults
}

#[tokio::test]
async fn s20_s21_s22_s57_every_answer_has_its_headers() {
    let tried = Tried::new().await;
    let mut faults = Vec::new();
    let token = tried.visitor.cookie("__Host-certgate").unwrap_or_default().to_owned();
    let mut judge = |answer: &Answer, what: &str, is_static: bool| {
        faults.extend(header_faults(answer, is_static).into_iter().map(|fault| format!("{what} ({}): {fault}", answer.status)));
        let location = answer.location().unwrap_or_default();
        if answer.text.contains(&token) || location.contains(&token) {
            faults.push(format!("{what}: a secret in the page or in an address"));
        }
    };
    for route in app::routes() {
        let path = tried.address(&route).await;
        for mut visitor in [tried.visitor.clone(), tried.cast.world.browser()] {
            let answer = if route.method == "GET" { visitor.get(&path).await } else { visitor.post(&path, &[]).await };
            judge(&answer, route.path, false);
            // Signing out spends the session, and so may the ending of sessions.
            if route.path == "/sign-out" && route.method == "POST" {
                tried.cast.world.run(&format!("update sessions set ended_at = null, end_reason = null where account_id = '{}'", tried.account)).await;
            }
        }
    }
    let mut visitor = tried.visitor.clone();
    for path in ["/nothing", "/static/nothing", "/e/NOSUCH-1", "/static/../Cargo.toml", "/favicon.ico", "/robots.txt"] {
        judge(&visitor.get(path).await, path, path.starts_with("/static/"));
    }
    for path in [&certgate::web::assets::CSS.path, &certgate::web::assets::JS.path, &certgate::web::assets::ICONS.path] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        judge(&answer, path, true);
    }
    let request = visitor.request(Method::DELETE, "/engagements").header("sec-fetch-site", "same-origin").body(Body::empty());
    judge(&visitor.send(request).await, "a method that is none", false);
    let request = visitor.request(Method::POST, "/profile").header("sec-fetch-site", "cross-site").body(Body::empty());
    judge(&visitor.send(request).await, "a foreign write", false);
    none(&faults);
}

#[tokio::test]
async fn s20_s41_signing_in_sets_one_good_cookie_and_out_clears_all() {
    let world = World::new().await;
    let (_, email) = world.account("Lin Mo").await;
    let mut visitor = world.browser();
    visitor.plant("__Host-certgate", &"a".repeat(64));
    let answer = visitor.post("/sign-in", &[("email", &email), ("password", world::PASSWORD)]).await;
    assert_eq!(answer.status, 303, "{}", world::errors(&answer));
    let token = visitor.cookie("__Host-certgate").unwrap_or_default().to_owned();
    assert!(token.len() == 64 && token != "a".repeat(64), "the planted cookie did not survive");
    assert_eq!(header_faults(&answer, false), [""; 0]);
    assert!(!answer.location().unwrap_or_default().contains(&token));
    assert_eq!(world.count(&format!("select count(*) from sessions where encode(token_hash, 'escape') like '%{token}%'")).await, 0, "only the hash is kept");
    let answer = visitor.post("/sign-out", &[]).await;
    let clears = answer.headers.get("clear-site-data").and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert!(clears.contains("\"cookies\"") && clears.contains("\"storage\"") && clears.contains("\"cache\""), "{clears}");
    visitor.plant("__Host-certgate", &token);
    assert!(visitor.get("/profile").await.status.is_redirection(), "the old cookie is dead");
}

#[tokio::test]
async fn s63_without_a_database_every_page_says_so_and_nothing_more() {
    let world = World::alone().await;
    let mut consultant = world.consultant("Ren Yuan").await;
    let engagement = world.open_engagement(&mut consultant).await;
    world.app.database.close().await;
    for path in ["/", "/engagements", &engagement.path("/readiness"), "/profile"] {
        let started = std::time::Instant::now();
        let answer = consultant.get(path).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert!(started.elapsed() < std::time::Duration::from_secs(2), "{path}");
        assert!(answer.headers.contains_key(header::RETRY_AFTER), "{path}");
        assert_eq!(header_faults(&answer, false), [""; 0], "{path}");
        for word in ["sqlx", "panick", "PoolClosed", "postgres", "src/"] {
            assert!(!answer.text.contains(word), "{path} tells of {word}");
        }
    }
    assert_eq!(consultant.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(consultant.get("/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn s56_nothing_else_is_there() {
    let tried = Tried::new().await;
    let probes = [
        "/debug",
        "/debug/pprof/",
        "/metrics",
        "/.git/config",
        "/.git/HEAD",
        "/.env",
        "/config",
        "/server-status",
        "/actuator",
        "/actuator/env",
        "/admin",
        "/phpinfo.php",
        "/static",
        "/static/",
        "/static/app.js",
        "/static/..%2f..%2fCargo.toml",
        "/static/%2e%2e/Cargo.toml",
        "/..%2f..%2fetc%2fpasswd",
        "/data",
        "/data/evidence",
        "/evidence",
        "/migrations",
        "/src/main.rs",
        "/Cargo.toml",
        "/Cargo.lock",
        "/swagger.json",
        "/graphql",
        "/test",
        "/backup.zip",
        "/.well-known/",
        "/target",
        "/templates/base.html",
        "/locales/en/shell.ftl",
        "/api",
        "/console",
        "/trace",
        "/healthz/",
        "/readyz/x",
        "/%00",
        "/e",
        "/E/X",
        "//",
        "/./",
    ];
    for path in probes {
        for mut visitor in [tried.cast.world.browser(), tried.visitor.clone()] {
            let answer = visitor.get(path).await;
            assert_eq!(answer.status, 404, "{path}");
            assert!(!answer.text.contains("[package]") && !answer.text.contains("root:"), "{path}");
        }
    }
    for method in ["TRACE", "TRACK", "CONNECT", "PROPFIND", "DEBUG", "OPTIONS", "PUT", "DELETE"] {
        for path in ["/", "/sign-in", "/help"] {
            let mut visitor = tried.cast.world.browser();
            let request = visitor.request(Method::from_bytes(method.as_bytes()).expect("a method"), path).header("x-secret", "mirror").body(Body::empty());
            let answer = visitor.send(request).await;
            assert!(matches!(answer.status.as_u16(), 404 | 405), "{method} {path}: {}", answer.status);
            assert!(!answer.text.contains("mirror"), "{method} {path} mirrors the request");
        }
    }
}

#[tokio::test]
async fn s43_a_session_that_its_person_ends_is_over() {
    let tried = Tried::new().await;
    let other = session(&tried.cast.world, tried.account).await;
    let mut visitor = tried.visitor.clone();
    assert_eq!(visitor.post(&format!("/profile/sessions/{other}/endings"), &[]).await.status, 303);
    assert_eq!(tried.cast.world.count(&format!("select count(*) from sessions where id = '{other}' and ended_at is not null")).await, 1);
}
