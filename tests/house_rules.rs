//! The rules of the house that a program can check, by reading the sources: no database, less than a second.
//! Each exemption stands in a list with its reason, and a list may only shrink.
#![expect(clippy::expect_used, clippy::panic, reason = "a test ends where the sources cannot be read")]
#![expect(clippy::format_collect, reason = "sources are short, and the line is clearer so")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// A text file of the repository: its path from the root, with `/`, and what it holds.
struct Source {
    path: String,
    text: String,
}

/// Folders that are no part of the repository.
const NOT_OURS: [&str; 4] = ["target", ".git", "node_modules", "data"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn collect(directory: &Path, found: &mut Vec<Source>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(directory).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !NOT_OURS.contains(&name.as_str()) {
                collect(&path, found);
            }
        } else if let Ok(text) = fs::read_to_string(&path) {
            let path = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
            found.push(Source { path, text });
        }
    }
}

fn files(below: &str, extension: &str) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join(below), &mut found);
    found.retain(|source| source.path.ends_with(extension));
    assert!(!found.is_empty(), "nothing below {below} ends in {extension}");
    found
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

impl Source {
    /// The code without comments of whole lines, and without the tests at the end of the file.
    fn code(&self) -> String {
        let before_tests = self.text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        before_tests.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect()
    }

    /// The module of the crate to which a file of `src` belongs.
    fn module(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap_or(&self.path);
        below.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Lines of files that hold one of the words.
fn lines_with(sources: &[Source], text: impl Fn(&Source) -> String, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for line in text(source).lines() {
            for word in words.iter().filter(|word| line.contains(**word)) {
                found.push(format!("{}: {word}: {}", source.path, line.trim()));
            }
        }
    }
    found
}

// ── The order of the modules ─────────────────────────────────────────────────────────────────────────────────────────

/// Who may look ahead, to what, and why.
const AHEAD: [(&str, &str, &str); 12] = [
    ("access", "app", "extractors of axum are made for the state of the application"),
    ("web", "app", "names the state of the application for handlers"),
    ("web", "access", "a refusal names the roles that have the right"),
    ("web", "words", "fields carry their phrases"),
    ("files", "web", "a refused file is a refusal of the web"),
    ("files", "words", "a refused file says why"),
    ("import", "words", "a refused sheet says why"),
    ("database", "ids", "a change names its engagement and account"),
    ("database", "trail", "a change cannot be committed without its event"),
    ("command", "server", "the command line starts the server's parts"),
    ("demo", "server", "the demonstration is served"),
    ("demo", "visitor", "the demonstration company is built by the same acts as people use"),
];

/// The first names after each `crate::` of a text.
fn crate_names(text: &str) -> BTreeSet<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut names = BTreeSet::new();
    for (start, _) in text.match_indices("crate::") {
        if text[..start].ends_with(|c: char| c == '$' || c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &text[start + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.insert(word(rest));
            continue;
        };
        let (mut depth, mut at_start) = (1, true);
        for (index, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => at_start = true,
                c if depth == 1 && at_start && !c.is_whitespace() => {
                    names.insert(word(&group[index..]));
                    at_start = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    names
}

#[test]
fn a_module_looks_back_never_ahead() {
    let order: Vec<String> = read("src/lib.rs").lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';').map(str::to_owned)).collect();
    let place: BTreeMap<&str, usize> = order.iter().enumerate().map(|(index, name)| (name.as_str(), index)).collect();
    assert!(order.len() > 20, "the order of lib.rs was read");
    let (mut faults, mut used) = (Vec::new(), BTreeSet::new());
    for source in files("src", ".rs") {
        let module = source.module();
        // The application gathers the routes of every slice; main and lib stand above the order.
        if matches!(module, "app" | "main" | "lib") {
            continue;
        }
        let Some(own) = place.get(module) else {
            faults.push(format!("{} belongs to no module of lib.rs", source.path));
            continue;
        };
        for name in crate_names(&source.code()) {
            if place.get(name.as_str()).is_some_and(|other| other > own) {
                match AHEAD.iter().find(|(from, to, _)| *from == module && *to == name) {
                    Some(exempt) => {
                        used.insert(*exempt);
                    }
                    None => faults.push(format!("{} looks ahead to {name}", source.path)),
                }
            }
        }
    }
    for exempt in AHEAD.iter().filter(|exempt| !used.contains(*exempt)) {
        faults.push(format!("{} no longer looks ahead to {}: shorten the list", exempt.0, exempt.1));
    }
    none(&faults);
}

// ── Rules are pure, statements stand in stores ───────────────────────────────────────────────────────────────────────

/// Files that hold rules of the field: they are given facts and give back an answer.
const RULES: [&str; 19] = [
    "src/access/permissions.rs",
    "src/clock.rs",
    "src/engagements/attention.rs",
    "src/engagements/code.rs",
    "src/engagements/first_steps.rs",
    "src/engagements/membership.rs",
    "src/engagements/roster.rs",
    "src/history_lines/difference.rs",
    "src/import/delimited.rs",
    "src/import/workbook.rs",
    "src/people/policy.rs",
    "src/readiness/engine/",
    "src/readiness/gate.rs",
    "src/readiness/next_steps.rs",
    "src/reviews/decisions.rs",
    "src/trail/canonical.rs",
    "src/trail/merkle.rs",
    "src/web/form/checking.rs",
    "src/web/form/reading.rs",
];

#[test]
fn rules_know_no_database_no_web_and_no_waiting() {
    let sources = files("src", ".rs");
    for rule in RULES {
        assert!(sources.iter().any(|source| source.path.starts_with(rule)), "{rule} is not there");
    }
    let pure: Vec<Source> = sources.into_iter().filter(|source| RULES.iter().any(|rule| source.path.starts_with(rule))).collect();
    none(&lines_with(&pure, Source::code, &["async ", ".await", "sqlx::", "axum::", "tokio::"]));
}

/// Where statements stand outside a `store`, and why.
const STATEMENTS: [(&str, &str); 7] = [
    ("src/database/mod.rs", "the check of the roles"),
    ("src/database/records.rs", "the statements that every register needs, written once"),
    ("src/database/roles.rs", "roles and migrations"),
    ("src/database/embedded/", "the private server is set up before there is a store"),
    ("src/app.rs", "the probe whether the database answers"),
    ("src/demo/mod.rs", "whether the demonstration company is there"),
    ("src/bench_support.rs", "the smallest statement that a page can be measured against"),
];

#[test]
fn s04_statements_stand_in_stores_and_are_never_put_together_from_text() {
    let mut faults = Vec::new();
    for source in files("src", ".rs") {
        let code = source.code();
        let is_store =
            source.path.ends_with("/store.rs") || source.path.contains("/store/") || STATEMENTS.iter().any(|(path, _)| source.path.starts_with(path));
        for line in code.lines() {
            let is_statement = ["query!(", "query_as!(", "query_scalar!(", "raw_sql(", "sqlx::query"].iter().any(|word| line.contains(word));
            if is_statement && !is_store {
                faults.push(format!("{}: a statement outside a store: {}", source.path, line.trim()));
            }
            let is_text = line.contains("AssertSqlSafe(");
            let may_be_text = source.path.starts_with("src/database/");
            if is_text && !may_be_text {
                faults.push(format!("{}: a statement put together from text: {}", source.path, line.trim()));
            }
            if line.contains("sqlx::query(") || line.contains("query_as::<") || line.contains("query_scalar::<") {
                faults.push(format!("{}: a statement that was not checked at build time: {}", source.path, line.trim()));
            }
        }
    }
    none(&faults);
}

// ── What the browser is given ────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn s02_s03_templates_print_only() {
    let templates = files("templates", ".html");
    let mut faults = Vec::new();
    for source in &templates {
        let text = source.text.to_ascii_lowercase();
        let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        for word in ["|safe", "|escape(\"none\")", "autoescapefalse", "javascript:", "<style", "<iframe", "<object", "<embed", "<base", "srcdoc=", "http-equiv"]
        {
            if squeezed.contains(word) {
                faults.push(format!("{}: {word}", source.path));
            }
        }
        // Attributes of style and events stand within tags; the words of people do not come here.
        for tag in text.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
            for attribute in tag.split_whitespace().skip(1) {
                let name = attribute.split('=').next().unwrap_or_default();
                if name == "style" || name.starts_with("on") && attribute.contains('=') {
                    faults.push(format!("{}: attribute {attribute}", source.path));
                }
            }
        }
        for script in text.split("<script").skip(1) {
            let (tag, rest) = script.split_once('>').unwrap_or_default();
            let body = rest.split("</script").next().unwrap_or_default();
            if !tag.contains("src=") || !body.trim().is_empty() {
                faults.push(format!("{}: a script within the page: {tag}", source.path));
            }
        }
    }
    assert!(templates.iter().any(|source| source.text.contains("<script")), "the one script was looked at");
    none(&faults);
}

#[test]
fn s03_s57_the_script_evaluates_and_keeps_nothing() {
    let words = [
        "eval(",
        "Function(",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "srcdoc",
        "localStorage",
        "sessionStorage",
        "indexedDB",
        "document.cookie",
        "setTimeout(\"",
        "setTimeout('",
        "import(",
        "http://",
        "https://",
        "createContextualFragment",
        "DOMParser",
    ];
    none(&lines_with(&files("static", ".js"), |source| source.text.clone(), &words));
}

#[test]
fn s02_styles_and_icons_fetch_nothing() {
    none(&lines_with(&files("static", ".css"), |source| source.text.clone(), &["@import", "url(http", "expression("]));
    none(&lines_with(&files("static", ".svg"), |source| source.text.clone(), &["<script", "onload", "foreignObject", "href=\"http"]));
}

// ── Chance, hashes, lints ────────────────────────────────────────────────────────────────────────────────────────────

/// Where the system's generator may be named.
const CHANCE: [(&str, &str); 4] = [
    ("src/clock.rs", "the one source of ids and tokens"),
    ("src/trail/key.rs", "makes the key that signs the trail"),
    ("src/server.rs", "hands the generator to the trail's key"),
    ("src/database/embedded/layout.rs", "the password of the private server, before there is an application"),
];

#[test]
fn s52_secrets_come_from_the_systems_generator_alone() {
    let sources = files("src", ".rs");
    let others = ["rand::rng", "thread_rng", "fastrand", "getrandom", "OsRng", "StdRng", "SmallRng", "now_v7(", "new_v4(", "/dev/urandom", "RandomState"];
    let mut faults = lines_with(&sources, Source::code, &others);
    for source in &sources {
        if source.code().contains("SystemRandom") && !CHANCE.iter().any(|(path, _)| *path == source.path) {
            faults.push(format!("{} asks the generator itself", source.path));
        }
    }
    for (path, _) in CHANCE {
        if !read(path).contains("Random") {
            faults.push(format!("{path} no longer names the generator: shorten the list"));
        }
    }
    let manifest = read("Cargo.toml");
    for name in ["rand", "fastrand", "getrandom", "oorandom"] {
        if manifest.lines().any(|line| line.split_whitespace().next() == Some(name)) {
            faults.push(format!("Cargo.toml names {name}"));
        }
    }
    none(&faults);
}

#[test]
fn s51_no_broken_hash_is_used() {
    let words = ["md5", "Md5", "MD5", "sha1::", "Sha1", "SHA1", "SHA-1", "sha-1", "ripemd"];
    none(&lines_with(&files("src", ".rs"), Source::code, &words));
    none(&lines_with(&files("migrations", ".sql"), |source| source.text.clone(), &["md5(", "sha1("]));
    let manifest = read("Cargo.toml");
    assert!(!manifest.lines().any(|line| ["md5", "md-5", "sha1", "sha-1"].iter().any(|name| line.split_whitespace().next() == Some(*name))));
}

#[test]
fn s10_lints_and_overflow_checks_are_set() {
    let manifest = read("Cargo.toml");
    let release = manifest.split("[profile.release]").nth(1).expect("a release profile").split("\n[").next().unwrap_or_default();
    assert!(release.contains("overflow-checks = true"), "overflow checks are on in release");
    for line in ["unsafe_code = \"forbid\"", "unwrap_used = \"deny\"", "expect_used = \"deny\"", "panic = \"deny\"", "indexing_slicing = \"deny\""] {
        assert!(manifest.contains(line), "{line}");
    }
    let words = ["unsafe {", "unsafe fn", "unsafe impl", "allow(unsafe", "dbg!(", "todo!(", "unimplemented!("];
    none(&lines_with(&files("src", ".rs"), Source::code, &words));
}

#[test]
fn s05_no_shell_and_no_address_is_fetched() {
    let mut faults = Vec::new();
    for source in files("src", ".rs") {
        // The private server's own programs and the client of their registry are started, with fixed arguments; one of them
        // changes its folder first, which only a shell does. Nothing that a user sends comes near.
        let may_start = source.path.starts_with("src/database/embedded/");
        let may_shell = source.path == "src/database/embedded/account.rs";
        for line in source.code().lines() {
            if (line.contains("Command::new(") || line.contains("process::Command")) && !may_start {
                faults.push(format!("{}: starts a program: {}", source.path, line.trim()));
            }
            for word in ["reqwest", "ureq", "TcpStream::connect", "hyper::client", "\"sh\"", "\"/bin/sh\"", "\"bash\""] {
                if line.contains(word) && !(may_shell && word.contains("sh\"")) {
                    faults.push(format!("{}: {word}: {}", source.path, line.trim()));
                }
            }
        }
    }
    none(&faults);
}

// ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Where Chinese characters stand in the code itself, and why.
const CHINESE: [(&str, &str); 5] = [
    ("src/demo/", "the demonstration company speaks Chinese"),
    ("src/engagements/roster.rs", "heads and words of sheets that customers have"),
    ("src/engagements/code.rs", "separators that people type"),
    ("src/web/form/reading.rs", "days as people write them"),
    ("src/words/mod.rs", "the name of the language, which is the same in every language"),
];

const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[test]
fn words_for_people_stand_in_the_locale_files() {
    let mut faults = Vec::new();
    for source in files("src", ".rs") {
        if CHINESE.iter().any(|(path, _)| source.path.starts_with(path)) {
            continue;
        }
        for line in source.code().lines() {
            let without_comment = line.split(" // ").next().unwrap_or_default();
            if without_comment.chars().any(is_han) {
                faults.push(format!("{}: {}", source.path, line.trim()));
            }
        }
    }
    for source in files("templates", ".html") {
        faults.extend(source.text.lines().filter(|line| line.chars().any(is_han)).map(|line| format!("{}: {}", source.path, line.trim())));
    }
    for source in files("static", "") {
        let without_comments: String = source.text.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest)).collect();
        faults.extend(without_comments.lines().filter(|line| line.chars().any(is_han)).map(|line| format!("{}: {}", source.path, line.trim())));
    }
    none(&faults);
}

#[test]
fn every_locale_file_exists_in_both_languages_with_the_same_keys() {
    let keys = |source: &Source| -> BTreeSet<String> {
        source
            .text
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim().to_owned()))
            .collect()
    };
    let of = |language: &str| -> BTreeMap<String, BTreeSet<String>> {
        files(&format!("locales/{language}"), ".ftl")
            .iter()
            .map(|source| (source.path.rsplit('/').next().unwrap_or_default().to_owned(), keys(source)))
            .collect()
    };
    let (zh, en) = (of("zh-CN"), of("en"));
    assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (name, keys) in &zh {
        assert!(!keys.is_empty(), "{name} has keys");
        assert_eq!(keys, &en[name], "{name}");
    }
}

#[test]
fn no_file_names_a_machine_a_registry_or_who_works_here() {
    // Put together here, so that this file does not hold them.
    let words: Vec<String> = [
        ["/wo", "rk/"],
        ["/ro", "ot/"],
        ["/ho", "me/"],
        ["scra", "tch/"],
        ["pg", "dev"],
        ["crates", ".io"],
        ["registry.np", "mjs"],
        ["np", "mjs.org"],
        ["py", "pi.org"],
        ["repo1.ma", "ven"],
        ["proxy.go", "lang"],
        ["anth", "ropic"],
        ["clau", "de"],
        ["chat", "gpt"],
        ["open", "ai"],
        ["copi", "lot"],
        ["language mo", "del"],
        ["sub", "agent"],
    ]
    .iter()
    .map(|parts| parts.concat())
    .collect();
    let mut everything = Vec::new();
    collect(&root(), &mut everything);
    let mut faults = Vec::new();
    for source in &everything {
        let is_lock = source.path == "Cargo.lock";
        let whole = source.text.to_ascii_lowercase();
        if !words.iter().any(|word| whole.contains(word.as_str())) {
            continue;
        }
        for (number, line) in source.text.lines().enumerate() {
            // The lock file of Cargo names its registry in a form that Cargo chooses.
            if is_lock && line.starts_with("source = ") {
                continue;
            }
            let lower = line.to_ascii_lowercase();
            for word in words.iter().filter(|word| lower.contains(word.as_str())) {
                faults.push(format!("{}:{}: {word}", source.path, number + 1));
            }
        }
    }
    assert!(everything.len() > 200, "the repository was read");
    none(&faults);
}

// ── Migrations ───────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn s55_migrations_are_in_order_and_every_table_is_fenced() {
    let migrations = files("migrations", ".sql");
    let mut faults = Vec::new();
    for (index, source) in migrations.iter().enumerate() {
        let name = source.path.rsplit('/').next().unwrap_or_default();
        if !name.starts_with(&format!("{:04}_", index + 1)) {
            faults.push(format!("{name} should have the number {:04}", index + 1));
        }
    }
    let all: String = migrations.iter().map(|source| format!("{}\n", source.text)).collect();
    let code: String = all.lines().filter(|line| !line.trim_start().starts_with("--")).map(|line| format!("{line}\n")).collect();
    let lists: Vec<&str> = code
        .split("array array[")
        .skip(1)
        .filter(|rest| rest.split("end loop").next().is_some_and(|body| body.contains("force row level security")))
        .map(|rest| rest.split(']').next().unwrap_or_default())
        .collect();
    let tables: Vec<&str> = code.lines().filter_map(|line| line.strip_prefix("create table ")?.split([' ', '(']).next()).collect();
    assert!(tables.len() > 25, "the tables were found: {tables:?}");
    for table in tables {
        let fenced = code.contains(&format!("call fence('{table}'"))
            || code.contains(&format!("alter table {table} force row level security"))
            || lists.iter().any(|list| list.contains(&format!("'{table}'")));
        if !fenced {
            faults.push(format!("{table} has no forced row security"));
        }
    }
    for line in code.lines().map(str::to_ascii_lowercase) {
        if line.starts_with("create view") && !line.contains("security_invoker = true") {
            faults.push(format!("a view with its owner's rights: {line}"));
        }
        if line.contains("security definer") && !line.contains("set search_path = public, pg_temp") {
            faults.push(format!("a function with its owner's rights and an open search path: {line}"));
        }
        if line.contains("bypassrls") || line.contains("disable row level security") || line.contains("no force row level security") {
            faults.push(format!("a wall is taken down: {line}"));
        }
        if line.contains("grant") && line.contains("certgate_app") && (line.contains("truncate") || line.contains("grant all") || line.contains("trigger")) {
            faults.push(format!("too much is granted: {line}"));
        }
    }
    none(&faults);
}
