//! The registers, each in the same walk: enter, show, correct, two at once, twice the same, withdraw, a session that ends
//! in between, both languages, few statements; and the rules between dates (security.md S13, S14).
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test ends where its world is not as it should be")]

mod world;

use certgate::visitor::{Answer, Visitor};
use chrono::TimeDelta;
use std::{collections::BTreeSet, fs, path::Path};
use uuid::Uuid;
use world::{Engagement, PASSWORD, World, page};

/// The most statements that a page of a register takes.
const LIST: u32 = 6;
const FORM: u32 = 6;
const SHOW: u32 = 8;

/// A register with an entry: what is typed first, and two corrections of one field.
struct Case {
    path: &'static str,
    table: &'static str,
    subject: &'static str,
    fields: Vec<(&'static str, String)>,
    field: &'static str,
    values: [&'static str; 3],
    withdrawable: bool,
}

struct Portal {
    world: World,
    engagement: Engagement,
    consultant: Visitor,
    cases: Vec<Case>,
}

fn case(
    path: &'static str,
    table: &'static str,
    subject: &'static str,
    fields: &[(&'static str, &str)],
    field: &'static str,
    values: [&'static str; 3],
) -> Case {
    let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Case { path, table, subject, fields, field, values, withdrawable: path != "scope-parts" && path != "departments" }
}

/// The registers that are walked through, with what they refer to.
fn cases(department: &str, auditor: &str, audit: &str, item: &str) -> Vec<Case> {
    vec![
        case(
            "penalties",
            "penalties",
            "penalty",
            &[("document_no", "P-4711"), ("decided_on", "2026-11-02"), ("kind", "fine"), ("subject", "applicant"), ("status", "in_force"), ("related", "yes")],
            "authority",
            ["Market authority", "Tax authority", "Fire authority"],
        ),
        case(
            "documents",
            "documents",
            "document",
            &[("code", "HL-9"), ("level", "C"), ("items", item)],
            "title_en",
            ["Release procedure", "Change procedure", "Access procedure"],
        ),
        case(
            "audits",
            "audits",
            "audit",
            &[
                ("code", "IA-1"),
                ("kind", "internal"),
                ("start_on", "2026-10-26"),
                ("end_on", "2026-10-30"),
                ("report_approved_on", "2026-11-04"),
                ("report_approved_by", "Lu Qing"),
            ],
            "title",
            ["Autumn audit", "Winter audit", "Spring audit"],
        ),
        case(
            "audit-areas",
            "audit_areas",
            "audit_area",
            &[("audit_id", audit), ("department_id", department), ("auditor_ids", auditor)],
            "clauses",
            ["3.1", "8.2", "10.1"],
        ),
        case(
            "findings",
            "audit_findings",
            "finding",
            &[("audit_id", audit), ("code", "NC-1"), ("grade", "minor"), ("item", "3.1-01")],
            "fact",
            ["No owner named", "No date named", "No reason named"],
        ),
        case(
            "reviews",
            "reviews",
            "review",
            &[("planned_on", "2026-12-03"), ("chair", "top_management"), ("decisions", "Close NC-1 | He Chuan | 2026-12-20")],
            "title",
            ["First review", "Second review", "Third review"],
        ),
        case(
            "suspensions",
            "suspensions",
            "suspension",
            &[("from_on", "2026-10-01"), ("resumed_on", "2026-10-05")],
            "reason",
            ["Data centre moved", "Power failed", "Storm came"],
        ),
        case(
            "issue-orders",
            "issue_orders",
            "issue_order",
            &[("kind", "first_edition"), ("issued_on", "2026-08-28")],
            "number",
            ["HL-2026-01", "HL-2026-02", "HL-2026-03"],
        ),
        case(
            "scope-parts",
            "scope_parts",
            "scope_part",
            &[("in_scope", "yes"), ("planned_start_on", "2026-12-01")],
            "name_en",
            ["Head office", "Branch office", "Back office"],
        ),
        case(
            "legal-documents",
            "legal_documents",
            "legal_document",
            &[("kind", "business_licence"), ("holder_name", "Henglan"), ("valid_from", "2014-03-18"), ("status", "in_force")],
            "number",
            ["9131-A", "9131-B", "9131-C"],
        ),
        case(
            "operating-records",
            "operating_records",
            "operating_record",
            &[("process", "8.2"), ("recorded_on", "2026-11-02")],
            "title",
            ["Incident 4711", "Incident 4712", "Incident 4713"],
        ),
    ]
}

async fn founded() -> Portal {
    let world = World::new().await;
    let mut consultant = world.consultant("Ren Yuan").await;
    let engagement = world.open_engagement(&mut consultant).await;
    let e = engagement.id;
    let (department, auditor, audit) = (world.id(), world.id(), world.id());
    world
        .run(&format!(
            "insert into departments (engagement_id, id, code, name_en) values ('{e}', '{department}', 'D1', 'Service desk');
             insert into people (engagement_id, id, name) values ('{e}', '{auditor}', 'Zheng Lan');
             insert into audits (engagement_id, id, code, title, kind, planned_start_on) values ('{e}', '{audit}', 'IA-0', 'Earlier audit', 'internal', '2026-12-01');"
        ))
        .await;
    let item = certgate::catalogue::catalogue().document_items().next().map(|item| item.id.as_str()).unwrap();
    let (department, auditor, audit) = (department.to_string(), auditor.to_string(), audit.to_string());
    let cases = cases(&department, &auditor, &audit, item);
    Portal { world, engagement, consultant, cases }
}

impl Portal {
    fn path(&self, case: &Case, rest: &str) -> String {
        self.engagement.path(&format!("/{}{rest}", case.path))
    }

    fn fields(case: &Case, value: usize, more: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut fields: Vec<(String, String)> = case.fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        fields.push((case.field.to_owned(), case.values[value].to_owned()));
        fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        fields
    }

    async fn enter(&mut self, index: usize, value: usize, once: Uuid) -> Answer {
        let case = &self.cases[index];
        let (path, fields) = (self.path(case, "/new"), Self::fields(case, value, &[("once", &once.to_string())]));
        self.consultant.post(&path, &page::pairs(&fields)).await
    }

    async fn row(&self, case: &Case, id: Uuid) -> String {
        self.world.text(&format!("select to_jsonb(t)::text from {} t where id = '{id}'", case.table)).await
    }

    async fn events(&self, case: &Case, id: Uuid) -> String {
        self.world
            .text(&format!("select string_agg(kind, ' ' order by id) from trail_events where subject_kind = '{}' and subject_id = '{id}'", case.subject))
            .await
    }

    /// Another person who may write everywhere.
    async fn second(&self) -> Visitor {
        let account = self.world.account("Lu Qing").await.0;
        self.world.membership(&self.engagement, "Lu Qing", Some(account), &["mgmt_rep"]).await;
        self.world.signed_in(account).await
    }
}

#[tokio::test]
async fn what_is_entered_is_shown_and_corrected_and_each_step_is_an_event() {
    let mut portal = founded().await;
    for index in 0..portal.cases.len() {
        let once = portal.world.id();
        let blank = portal.path(&portal.cases[index], "/new");
        assert!(portal.consultant.get(&blank).await.value("once").is_some(), "{blank}");
        let entered = portal.enter(index, 0, once).await;
        assert_eq!(entered.status, 303, "{blank}: {}", world::errors(&entered));
        // Posted twice, it is entered once.
        let again = portal.enter(index, 0, once).await;
        assert_eq!((again.status.as_u16(), again.location()), (303, entered.location()), "{blank}");
        let case = &portal.cases[index];
        let mut visitor = portal.consultant.clone();
        let show = portal.path(case, &format!("/{once}"));
        assert_eq!(entered.location(), Some(show.as_str()));
        let page = visitor.get(&show).await;
        assert!(page.status == 200 && page.text.contains(case.values[0]), "{show}");
        assert!(visitor.get(&portal.path(case, "")).await.text.contains(&show), "{show} is listed");
        let form = page::form(&visitor.get(&format!("{show}/edit")).await).expect("a form");
        let corrected = visitor.post(&format!("{show}/edit"), &page::pairs(&page::with(&form, case.field, &[case.values[1]]))).await;
        assert_eq!(corrected.status, 303, "{show}: {}", world::errors(&corrected));
        let page = visitor.get(&show).await;
        assert!(page.text.contains(case.values[1]), "{show}");
        let kinds = portal.events(case, once).await;
        assert_eq!(kinds, format!("{0}_entered {0}_changed", case.subject));
        assert_eq!(portal.world.count(&format!("select count(*) from {} where id = '{once}'", case.table)).await, 1);
        // What was saved can be saved again unchanged: the form loses nothing.
        let before = portal.row(case, once).await;
        let form = page::form(&visitor.get(&format!("{show}/edit")).await).unwrap();
        assert_eq!(visitor.post(&format!("{show}/edit"), &page::pairs(&page::sent(&form))).await.status, 303);
        let after = portal.row(case, once).await;
        assert_eq!(after.replace("\"version\": 3", "\"version\": 2"), before, "{show}");
    }
}

#[tokio::test]
async fn of_two_who_correct_at_once_neither_overwrites_the_other_unseen() {
    let mut portal = founded().await;
    let mut second = portal.second().await;
    for index in 0..portal.cases.len() {
        let once = portal.world.id();
        assert_eq!(portal.enter(index, 0, once).await.status, 303);
        let case = &portal.cases[index];
        let mut first = portal.consultant.clone();
        let edit = portal.path(case, &format!("/{once}/edit"));
        let (mine, theirs) = (page::form(&first.get(&edit).await).unwrap(), page::form(&second.get(&edit).await).unwrap());
        assert_eq!(first.post(&edit, &page::pairs(&page::with(&mine, case.field, &[case.values[1]]))).await.status, 303, "{edit}");
        let conflict = second.post(&edit, &page::pairs(&page::with(&theirs, case.field, &[case.values[2]]))).await;
        assert_eq!(conflict.status, 409, "{edit}");
        let text = page::unescaped(&conflict.text);
        assert!(text.contains(case.values[1]) && text.contains(case.values[2]), "{edit}: both are shown");
        assert!(portal.row(case, once).await.contains(case.values[1]), "{edit}: nothing is overwritten");
        assert_eq!(portal.events(case, once).await, format!("{0}_entered {0}_changed", case.subject));
        // Having seen it, the second decides.
        let form = page::form(&conflict).expect("the form comes back");
        assert_eq!(form.iter().find(|field| field.name == case.field).unwrap().chosen, [case.values[2]], "{edit}: what was typed is kept");
        assert_eq!(second.post(&edit, &page::pairs(&page::sent(&form))).await.status, 303, "{edit}");
        assert!(portal.row(case, once).await.contains(case.values[2]));
        // Without a version nothing is corrected blindly.
        let blind: Vec<(String, String)> = page::sent(&form).into_iter().filter(|(name, _)| name != "version").collect();
        assert_eq!(first.post(&edit, &page::pairs(&blind)).await.status, 409, "{edit}");
    }
}

#[tokio::test]
async fn s14_what_is_withdrawn_stays_readable_with_its_reason_and_is_not_changed_any_more() {
    let mut portal = founded().await;
    for index in 0..portal.cases.len() {
        let once = portal.world.id();
        assert_eq!(portal.enter(index, 0, once).await.status, 303);
        let case = &portal.cases[index];
        let mut visitor = portal.consultant.clone();
        let show = portal.path(case, &format!("/{once}"));
        let (edit, withdraw) = (format!("{show}/edit"), format!("{show}/withdrawals"));
        let form = page::form(&visitor.get(&edit).await).unwrap();
        if !case.withdrawable {
            assert_eq!(visitor.get(&withdraw).await.status, 404, "{withdraw}");
            assert_eq!(visitor.post(&withdraw, &[("reason", "no longer")]).await.status, 404, "{withdraw}");
            continue;
        }
        assert_eq!(visitor.get(&withdraw).await.status, 200);
        assert_eq!(visitor.post(&withdraw, &[("reason", " ")]).await.status, 422, "{withdraw}: no reason");
        assert_eq!(visitor.post(&withdraw, &[("reason", "Entered in the wrong engagement")]).await.status, 303, "{withdraw}");
        let page = visitor.get(&show).await;
        assert!(page.status == 200 && page.text.contains(case.values[0]) && page.text.contains("Entered in the wrong engagement"), "{show}");
        assert!(!page.text.contains(&edit), "{show}");
        assert!(!visitor.get(&portal.path(case, "")).await.text.contains(&show), "{show} is still listed");
        let before = portal.row(case, once).await;
        // No step leads on from here: 404, as for something that is not there to be changed, and nothing is written.
        assert_eq!(visitor.get(&edit).await.status, 404, "{edit}");
        let corrected = visitor.post(&edit, &page::pairs(&page::with(&form, case.field, &[case.values[1]]))).await;
        assert!([404, 409].contains(&corrected.status.as_u16()), "{edit}: {}", corrected.status);
        assert!(visitor.post(&withdraw, &[("reason", "again")]).await.status.is_redirection(), "{withdraw}: it is done already");
        // Nor does the form of before revive it.
        portal.enter(index, 2, once).await;
        let case = &portal.cases[index];
        assert_eq!(portal.row(case, once).await, before);
        assert_eq!(portal.events(case, once).await, format!("{0}_entered {0}_withdrawn", case.subject));
    }
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_comes_back_filled() {
    let mut portal = founded().await;
    for index in 0..portal.cases.len() {
        let case = &portal.cases[index];
        let account = portal.world.account("Zhou Ning").await;
        portal.world.membership(&portal.engagement, "Zhou Ning", Some(account.0), &["mgmt_rep"]).await;
        let mut visitor = portal.world.signed_in(account.0).await;
        let path = portal.path(case, "/new");
        assert_eq!(visitor.get(&path).await.status, 200);
        portal.world.app.clock.advance(TimeDelta::minutes(31));
        let once = portal.world.id().to_string();
        let rows = format!("select count(*) from {} where engagement_id = '{}'", case.table, portal.engagement.id);
        let before = portal.world.count(&rows).await;
        let fields = Portal::fields(case, 0, &[("once", &once)]);
        let ended = visitor.post(&path, &page::pairs(&fields)).await;
        let to = ended.location().unwrap_or_else(|| panic!("{path}: {}", ended.status)).to_owned();
        assert!(to.starts_with("/sign-in?expired=1&next="), "{to}");
        assert_eq!(portal.world.count(&rows).await, before);
        // Somebody else who signs in there does not see it.
        let other = portal.world.account("Somebody Else").await;
        let mut stranger = portal.world.browser();
        let back = stranger.post(&to, &[("email", &other.1), ("password", PASSWORD)]).await;
        assert!(!stranger.open(back.location().unwrap()).await.text.contains(case.values[0]), "{path}");
        let back = visitor.post(&to, &[("email", &account.1), ("password", PASSWORD)]).await;
        let page = visitor.open(back.location().expect("the way back")).await;
        assert_eq!(page.status, 200, "{path}");
        let form = page::form(&page).expect("the form");
        for (name, value) in &fields {
            let field = form.iter().find(|field| &field.name == name).unwrap_or_else(|| panic!("{path}: {name}"));
            assert!(field.chosen.contains(value), "{path}: {name} is {:?}", field.chosen);
        }
        assert_eq!(visitor.post(&path, &page::pairs(&page::sent(&form))).await.status, 303, "{path}");
        // The consultant of the world comes back too.
        portal.consultant = portal
            .world
            .signed_in(portal.world.text(&format!("select opened_by::text from engagements where id = '{}'", portal.engagement.id)).await.parse().unwrap())
            .await;
    }
}

/// The keys of all phrases, in both languages.
fn keys() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let mut keys = BTreeSet::new();
    for language in ["zh-CN", "en"] {
        for file in fs::read_dir(root.join(language)).unwrap().flatten() {
            let text = fs::read_to_string(file.path()).unwrap();
            keys.extend(
                text.lines()
                    .filter_map(|line| line.split_once(" ="))
                    .map(|(key, _)| key.trim().to_owned())
                    .filter(|key| key.contains('-') && !key.starts_with('#')),
            );
        }
    }
    assert!(keys.len() > 500, "{}", keys.len());
    keys
}

#[tokio::test]
async fn pages_speak_both_languages_without_leftovers_in_few_statements() {
    let mut portal = founded().await;
    let keys = keys();
    let mut most = [("list", 0), ("form", 0), ("show", 0)];
    for index in 0..portal.cases.len() {
        let once = portal.world.id();
        assert_eq!(portal.enter(index, 0, once).await.status, 303);
    }
    for language in ["en", "zh-CN"] {
        assert!(portal.consultant.post("/language", &[("language", language), ("next", "/")]).await.status.is_redirection());
        for case in &portal.cases {
            let id: Uuid = portal
                .world
                .text(&format!("select id::text from {} where engagement_id = '{}' order by id desc limit 1", case.table, portal.engagement.id))
                .await
                .parse()
                .unwrap();
            let mut pages = vec![(0, String::new()), (1, "/new".to_owned()), (1, format!("/{id}/edit")), (2, format!("/{id}"))];
            if case.withdrawable {
                pages.push((1, format!("/{id}/withdrawals")));
            }
            for (kind, rest) in pages {
                let path = portal.path(case, &rest);
                let answer = portal.consultant.get(&path).await;
                assert_eq!(answer.status, 200, "{path}");
                assert!(answer.text.contains(&format!("<html lang=\"{language}\"")), "{path}");
                most[kind].1 = most[kind].1.max(answer.statements);
                for tag in page::tags(&answer.text) {
                    let text = page::unescaped(tag.text.trim());
                    assert!(!text.contains("{ $") && !text.contains("{$") && !text.contains("\u{2068}"), "{path}: {text}");
                    assert!(!keys.contains(&text), "{path}: the key {text} stands where words should");
                }
                let main = answer.between("<main", "</main>").expect("a main part");
                let has_chinese = main.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                assert!(language == "en" || has_chinese, "{path}: no Chinese");
            }
        }
    }
    assert!(most[0].1 <= LIST && most[1].1 <= FORM && most[2].1 <= SHOW, "{most:?}");
}

/// Posts one register with some fields changed; the fields that are complained of.
async fn complaints(portal: &mut Portal, path: &str, fields: &[(&str, &str)]) -> BTreeSet<String> {
    let once = portal.world.id().to_string();
    let mut all = vec![("once", once.as_str())];
    all.extend_from_slice(fields);
    let answer = portal.consultant.post(&portal.engagement.path(&format!("/{path}/new")), &all).await;
    match answer.status.as_u16() {
        303 => BTreeSet::new(),
        422 => world::errors(&answer).split("href=\"#f-").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect(),
        status => panic!("{path} {fields:?}: {status}"),
    }
}

#[tokio::test]
async fn s13_days_that_do_not_exist_are_refused_and_month_ends_and_leap_days_are_taken() {
    let mut portal = founded().await;
    let penalty = |day| [("authority", "Market authority"), ("kind", "fine"), ("subject", "applicant"), ("status", "in_force"), ("decided_on", day)];
    for good in ["2024-02-29", "2000-02-29", "2026-02-28", "2026-01-31", "2026-04-30", "2025-12-31", "2026-11-20", "2026/11/2", "2026年11月2日"] {
        assert_eq!(complaints(&mut portal, "penalties", &penalty(good)).await, BTreeSet::new(), "{good}");
    }
    for bad in [
        "2026-02-29",
        "1900-02-29",
        "2100-02-29",
        "2026-02-30",
        "2026-04-31",
        "2026-13-01",
        "2026-00-10",
        "2026-11-00",
        "2026-11-21",
        "0000-01-01",
        "99999-01-01",
        "yesterday",
        "2026-11-20T10:00",
        "20.11.2026 x",
    ] {
        assert_eq!(complaints(&mut portal, "penalties", &penalty(bad)).await, BTreeSet::from(["decided_on".to_owned()]), "{bad}");
    }
}

#[tokio::test]
async fn s13_the_day_changes_at_midnight_of_the_engagements_zone() {
    let mut portal = founded().await;
    let search = |day| [("source", "Credit China"), ("searched_on", day)];
    // 23:59 in UTC+8 is still 20 November; one minute later is the 21st, while UTC has the 20th until eight in the morning.
    for (moment, today, tomorrow) in [
        ("2026-11-20 23:59", "2026-11-20", "2026-11-21"),
        ("2026-11-21 00:00", "2026-11-21", "2026-11-22"),
        ("2026-11-21 07:59", "2026-11-21", "2026-11-22"),
        ("2026-12-31 23:59", "2026-12-31", "2027-01-01"),
        ("2028-02-28 23:59", "2028-02-28", "2028-02-29"),
        ("2028-02-29 00:00", "2028-02-29", "2028-03-01"),
    ] {
        portal.world.set_clock(moment);
        portal.consultant = portal
            .world
            .signed_in(portal.world.text(&format!("select opened_by::text from engagements where id = '{}'", portal.engagement.id)).await.parse().unwrap())
            .await;
        assert_eq!(complaints(&mut portal, "credit-searches", &search(today)).await, BTreeSet::new(), "{moment}");
        assert_eq!(complaints(&mut portal, "credit-searches", &search(tomorrow)).await, BTreeSet::from(["searched_on".to_owned()]), "{moment}");
    }
}

/// A register, the dates that are typed, and the fields that are complained of.
type Row = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

#[tokio::test]
async fn s13_dates_stand_in_their_order() {
    let mut portal = founded().await;
    let rows: [Row; 24] = [
        ("penalties", &[("violation_on", "2026-10-31"), ("decided_on", "2026-10-31")], &[]),
        ("penalties", &[("violation_on", "2026-11-01"), ("decided_on", "2026-10-31")], &["violation_on"]),
        ("legal-documents", &[("valid_from", "2024-02-29"), ("valid_to", "2024-02-29")], &[]),
        ("legal-documents", &[("valid_from", "2024-02-29"), ("valid_to", "2024-02-28")], &["valid_to"]),
        ("legal-documents", &[("valid_from", "2024-02-29"), ("valid_to", "2028-02-29")], &[]),
        ("no-penalty-declarations", &[("signed_on", "2026-11-16"), ("covers_to", "2026-11-16")], &[]),
        ("no-penalty-declarations", &[("signed_on", "2026-11-16"), ("covers_to", "2026-11-17")], &["covers_to"]),
        ("no-penalty-declarations", &[("signed_on", "2026-11-21")], &["signed_on"]),
        ("audits", &[("start_on", "2026-10-30"), ("end_on", "2026-10-30"), ("report_approved_on", "2026-10-30"), ("report_approved_by", "Lu Qing")], &[]),
        ("audits", &[("start_on", "2026-10-31"), ("end_on", "2026-10-30")], &["end_on"]),
        ("audits", &[("end_on", "2026-10-30")], &["start_on"]),
        (
            "audits",
            &[("start_on", "2026-10-26"), ("end_on", "2026-10-30"), ("report_approved_on", "2026-10-29"), ("report_approved_by", "Lu Qing")],
            &["report_approved_on"],
        ),
        ("audits", &[("start_on", "2026-10-26"), ("report_approved_on", "2026-11-04"), ("report_approved_by", "Lu Qing")], &["end_on"]),
        ("audits", &[("start_on", "2026-10-26"), ("end_on", "2026-10-30"), ("report_approved_on", "2026-11-04")], &["report_approved_by"]),
        ("audits", &[("start_on", "2026-11-21")], &["start_on"]),
        ("reviews", &[("held_on", "2026-11-12"), ("minutes_approved_on", "2026-11-12")], &[]),
        ("reviews", &[("held_on", "2026-11-12"), ("minutes_approved_on", "2026-11-11")], &["minutes_approved_on"]),
        ("reviews", &[("planned_on", "2026-11-12"), ("minutes_approved_on", "2026-11-12")], &["held_on"]),
        ("reviews", &[], &["planned_on"]),
        ("suspensions", &[("from_on", "2026-10-31"), ("resumed_on", "2026-11-01")], &[]),
        ("suspensions", &[("from_on", "2026-10-31"), ("resumed_on", "2026-10-31")], &["resumed_on"]),
        ("issue-orders", &[("issued_on", "2026-11-21")], &["issued_on"]),
        ("issue-orders", &[], &["issued_on"]),
        ("operating-records", &[("recorded_on", "2026-11-21")], &["recorded_on"]),
    ];
    for (number, (path, dates, wanted)) in rows.into_iter().enumerate() {
        let code = format!("IA-{number}");
        let base: &[(&str, &str)] = match path {
            "penalties" => &[("authority", "Market authority"), ("kind", "fine"), ("subject", "applicant"), ("status", "in_force")],
            "legal-documents" => &[("kind", "business_licence"), ("holder_name", "Henglan"), ("status", "in_force")],
            "no-penalty-declarations" => &[("signed_by", "Shen Heng")],
            "audits" => &[("code", &code), ("kind", "internal")],
            "reviews" => &[("chair", "top_management")],
            "suspensions" => &[("reason", "Moved")],
            "issue-orders" => &[("kind", "first_edition")],
            _ => &[("process", "8.2"), ("title", "Incident")],
        };
        let found = complaints(&mut portal, path, &[base, dates].concat()).await;
        assert_eq!(found, wanted.iter().map(|name| (*name).to_owned()).collect(), "{path} {dates:?}");
    }
}
