//! Every link of the demonstration company, in both languages: it answers, it is whole, it leads on.

mod world;

use certgate::{app, demo, visitor::Visitor};
use std::collections::{BTreeSet, VecDeque};
use world::World;

/// Addresses of our own that a page links to.
fn links(html: &str) -> Vec<String> {
    html.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split_once('"').map(|(href, _)| href.replace("&amp;", "&")))
        .filter(|href| href.starts_with('/') && !href.starts_with("/static/"))
        .map(|href| href.split('#').next().unwrap_or_default().to_owned())
        .collect()
}

/// Lists with a filter or a page number are the same page again: one of each is enough.
fn kind_of(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let keys: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    format!("{path}?{}", keys.join("&"))
}

async fn crawl(visitor: &mut Visitor, language: &str) -> usize {
    let mut waiting = VecDeque::from(["/engagements".to_owned(), "/e/HL/readiness".to_owned()]);
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    while let Some(path) = waiting.pop_front() {
        if !seen.insert(kind_of(&path)) || path.starts_with("/e/HLC") {
            continue;
        }
        let answer = visitor.open(&path).await;
        if answer.status != 200 {
            faults.push(format!("{path}: {}", answer.status));
            continue;
        }
        let kind = answer.headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        if !kind.starts_with("text/html") {
            continue;
        }
        let html = &answer.text;
        let whole = html.contains(&format!("<html lang=\"{language}\""))
            && html.trim_end().ends_with("</html>")
            && html.contains("<h1")
            && html.matches("<h1").count() == 1;
        if !whole {
            faults.push(format!("{path}: not one whole page in {language}"));
        }
        if html.contains("{ $") || html.contains("{{") || html.contains("href=\"\"") {
            faults.push(format!("{path}: a piece that was not filled in"));
        }
        waiting.extend(links(html));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    seen.len()
}

#[tokio::test]
async fn every_link_of_the_demonstration_company_answers_in_both_languages() {
    let world = World::empty().await;
    demo::ensure(&world.app.config, &world.options, &world.app).await.expect("the company is built");
    // A second start finds it and builds nothing.
    let events = world.count("select count(*) from trail_events").await;
    demo::ensure(&world.app.config, &world.options, &world.app).await.expect("the company is there");
    assert_eq!(world.count("select count(*) from trail_events").await, events);

    world.set_clock("2026-11-20 19:00");
    for language in ["zh-CN", "en"] {
        let mut consultant = Visitor::new(app::router(world.app.clone()));
        let answer = consultant.post("/sign-in", &[("email", "ren.yuan@qiming.example"), ("password", demo::PASSWORD)]).await;
        assert!(answer.status.is_redirection());
        consultant.post("/language", &[("language", language), ("next", "/")]).await;
        let pages = crawl(&mut consultant, language).await;
        assert!(pages > 150, "{pages} pages");
    }
}

#[tokio::test]
async fn the_sample_engagement_stands_where_the_field_document_says() {
    let world = World::empty().await;
    demo::ensure(&world.app.config, &world.options, &world.app).await.expect("the company is built");
    world.set_clock("2026-11-20 19:00");
    let mut lu_qing = Visitor::new(app::router(world.app.clone()));
    lu_qing.post("/sign-in", &[("email", "lu.qing@henglan.example"), ("password", demo::PASSWORD)]).await;
    let verdict = lu_qing.get("/e/HL/readiness/verdict.json").await;
    let verdict: serde_json::Value = serde_json::from_str(&verdict.text).expect("a verdict");
    assert_eq!(verdict["overall"]["status"], "not_yet");
    assert_eq!(verdict["overall"]["eligible_from"], "2026-12-04");
    assert_eq!(verdict["overall"]["basis"], "planned");
    let statuses: Vec<&str> = (0..4).filter_map(|index| verdict["conditions"][index]["status"].as_str()).collect();
    assert_eq!(statuses, ["met", "not_yet", "not_yet", "met"]);
    assert_eq!(verdict["conditions"][1]["dates"]["complete_on"], "2026-11-30");

    let mut ren_yuan = Visitor::new(app::router(world.app.clone()));
    ren_yuan.post("/sign-in", &[("email", "ren.yuan@qiming.example"), ("password", demo::PASSWORD)]).await;
    let suspended: serde_json::Value = serde_json::from_str(&ren_yuan.get("/e/HLC/readiness/verdict.json").await.text).expect("a verdict");
    assert_eq!(suspended["conditions"][1]["eligible_from"], "2027-01-16", "contrast case (c)");
    let northmist: serde_json::Value = serde_json::from_str(&ren_yuan.get("/e/NM/readiness/verdict.json").await.text).expect("a verdict");
    assert_eq!(northmist["overall"]["status"], "not_met", "contrast case (b)");
    assert_eq!(northmist["conditions"][0]["status"], "met");
    assert_eq!(northmist["conditions"][1]["eligible_from"], "2027-02-28");
    assert_eq!(northmist["conditions"][3]["dates"]["reissue_from"], "2027-02-13");
}
