//! The page of readiness, the exports, and the gate from recommendation to suspension, walked through the router.

mod world;

use certgate::{
    readiness::{engine, watch},
    visitor::{Answer, Visitor},
};
use serde_json::Value;
use sha2::Digest;
use uuid::Uuid;
use world::{Engagement, PASSWORD, World};

const CLAUSES: &str =
    "array['3.1','3.2','3.3','4.1','4.2','4.3','4.4.1','4.4.2','4.4.3','5','6.1','6.2','6.3','6.4','6.5','6.6','7.2','7.3','8.2','8.3','9.1','9.2','10.1']";
const PROCESSES: &str = "array['6.1','6.2','6.3','6.4','6.5','6.6','7.2','7.3','8.2','8.3','9.1','9.2','10.1']";

/// The ids that the tests refer to.
struct Sample {
    licence: Uuid,
    major: Uuid,
    review: Uuid,
    search: Uuid,
}

/// The sample engagement of domain.md section 8 as of 2026-11-20, entered past the pages.
async fn fill(world: &World, engagement: &Engagement) -> Sample {
    let e = engagement.id;
    let [file, order, audit, department, auditor, owner, declaration] = std::array::from_fn(|_| world.id());
    let sample = Sample { licence: world.id(), major: world.id(), review: world.id(), search: world.id() };
    let account = world.text(&format!("select opened_by::text from engagements where id = '{e}'")).await;
    let items: Vec<String> = certgate::catalogue::catalogue().document_items().map(|item| format!("'{}'", item.id)).collect();
    let Sample { licence, major, review, search } = sample;
    world
        .run(&format!(
            "update engagements set planned_stage2_on = '2027-01-20', application_on = '2026-12-21' where id = '{e}';
             insert into departments (engagement_id, id, code, name_zh, name_en) values ('{e}', '{department}', 'D4', '基础设施运维部', 'Infrastructure Operations');
             insert into people (engagement_id, id, name) values ('{e}', '{auditor}', '郑澜 Zheng Lan'), ('{e}', '{owner}', '贺川 He Chuan');
             insert into evidence (engagement_id, id, number, sha256, size, media_type, file_name, uploaded_at, uploaded_by) values ('{e}', '{file}', 1, sha256('x'), 1, 'application/pdf', 'x.pdf', now(), '{account}');
             update scope_parts set planned_start_on = '2026-08-24', start_on = '2026-08-31' where engagement_id = '{e}';
             insert into issue_orders (engagement_id, id, number, kind, issued_on, file_id) values ('{e}', '{order}', 'HL-2026-01', 'first_edition', '2026-08-28', '{file}');
             insert into legal_documents (engagement_id, id, kind, number, holder_name, valid_from, file_id) values ('{e}', '{licence}', 'business_licence', '91310000MA0HL0000X', '衡岚信息技术服务有限公司', '2014-03-18', '{file}');
             insert into documents (engagement_id, id, code, title_en, level, items, effective_on) values ('{e}', gen_random_uuid(), 'HL-SM-A01', 'Manual', 'A', array[{items}], '2026-08-31');
             insert into operating_records (engagement_id, id, process, title, recorded_on, entered_on)
                 select '{e}', gen_random_uuid(), p, 'record', d, d from unnest({PROCESSES}) p, unnest(array['2026-09-08', '2026-10-08', '2026-11-08']::date[]) d;
             insert into audits (engagement_id, id, code, title, kind, start_on, end_on, report_approved_on, part_ids, plan_file_id, checklist_file_id, report_file_id, follow_up_file_id)
                 values ('{e}', '{audit}', 'IA-1', 'Audit 2026', 'internal', '2026-10-26', '2026-10-30', '2026-11-04', array(select id from scope_parts where engagement_id = '{e}'), '{file}', '{file}', '{file}', '{file}');
             insert into audit_areas (engagement_id, id, audit_id, department_id, clauses, auditor_ids) values ('{e}', gen_random_uuid(), '{audit}', '{department}', {CLAUSES}, array['{auditor}'::uuid]);
             insert into audit_findings (engagement_id, id, audit_id, code, grade, fact, owner_id, due_on) values ('{e}', '{major}', '{audit}', 'NC-01', 'major', 'plan never tested', '{owner}', '2026-11-25');
             insert into reviews (engagement_id, id, title, planned_on, planned_minutes_on, chair) values ('{e}', '{review}', '', '2026-12-03', '2026-12-04', 'top_management');
             insert into penalties (engagement_id, id, authority, decided_on, kind, subject) values ('{e}', gen_random_uuid(), 'Market <b>Office</b>', '2025-06-19', 'fine', 'applicant');
             insert into no_penalty_declarations (engagement_id, id, signed_on, signed_by, file_id) values ('{e}', '{declaration}', '2026-11-16', 'Shen Heng', '{file}');
             insert into credit_searches (engagement_id, id, source, searched_on, file_id) values ('{e}', '{search}', 'Credit China', '2026-11-16', '{file}');",
            items = items.join(",")
        ))
        .await;
    sample
}

/// Ten days later: verified, reviewed, proofs renewed; all four conditions are met on 2026-12-10.
async fn meet(world: &World, engagement: &Engagement, sample: &Sample) {
    let e = engagement.id;
    let (verifier, file) = (
        world.text(&format!("select id::text from people where engagement_id = '{e}' and name like '郑澜%'")).await,
        world.text(&format!("select id::text from evidence where engagement_id = '{e}'")).await,
    );
    world
        .run(&format!(
            "update audit_findings set verified_on = '2026-11-25', verified_by = '{verifier}' where id = '{}';
             update reviews set held_on = '2026-12-03', minutes_approved_on = '2026-12-04', agenda_file_id = '{file}', minutes_file_id = '{file}',
                 decisions = '[{{\"text\": \"go\", \"owner\": \"Lu Qing\", \"due_on\": \"2026-12-20\"}}]' where id = '{}';",
            sample.major, sample.review
        ))
        .await;
    world.set_clock("2026-12-10 10:00");
}

async fn founded() -> (World, Engagement, Sample, Visitor) {
    let world = World::new().await;
    let mut consultant = world.consultant("Ren Yuan").await;
    let engagement = world.open_engagement(&mut consultant).await;
    let sample = fill(&world, &engagement).await;
    (world, engagement, sample, consultant)
}

fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.bytes).unwrap_or(Value::Null)
}

#[tokio::test]
async fn the_sample_engagement_is_answered_in_full() {
    let (_world, engagement, _, mut consultant) = founded().await;
    let page = consultant.get(&engagement.path("/readiness")).await;
    assert_eq!(page.status, 200);
    assert!(page.statements <= 6, "{} statements", page.statements);
    for words in [
        "You cannot apply yet. By plan, 2026-12-04 at the earliest.",
        "Of 4 conditions, 2 met and 2 not met so far. What sets the date: condition 3",
        "Business licence 91310000MA0HL0000X, no expiry",
        "In operation since 2026-08-31; three months complete on 2026-11-30",
        "2026-08-31 + 3 months = 2026-11-30",
        "major nonconformity NC-01 to be verified by 2026-11-25; management review 2026-12-03 (by plan)",
        "Window 2025-08-28 to 2026-11-20",
        "<code>E3-6</code>",
        "Market &lt;b&gt;Office&lt;/b&gt;",
        "Verify the correction of the major nonconformity: NC-01",
        "贺川 He Chuan",
        "Planned day of application: 2026-12-21",
        "Renew the declaration of no penalty",
    ] {
        assert!(
            page.text.contains(words)
                || page.text.contains(&words.replace('&', "&#38;"))
                || page.text.contains(&words.replace("&lt;", "&#60;").replace("&gt;", "&#62;")),
            "{words}"
        );
    }
    consultant.language = "zh-CN";
    let chinese = consultant.post("/language", &[("language", "zh-CN"), ("next", "/")]).await;
    assert!(chinese.status.is_redirection());
    let page = consultant.get(&engagement.path("/readiness")).await;
    for words in [
        "还不能申请认证。按计划最早 2026-12-04。",
        "2026-08-31 + 3 个月 = 2026-11-30",
        "就绪度是自评，是否发证由认证机构决定。",
        "严重不符合 NC-01 待 2026-11-25 验证；管理评审 2026-12-03（按计划）",
    ] {
        assert!(page.text.contains(words), "{words}");
    }
}

#[tokio::test]
async fn any_day_can_be_looked_at_and_a_wrong_one_is_said() {
    let (_world, engagement, _, mut consultant) = founded().await;
    let past = consultant.get(&engagement.path("/readiness?as_of=2026-10-01")).await;
    assert_eq!(past.status, 200);
    assert!(past.text.contains("verdict as of 2026-10-01, read-only"));
    assert!(!past.text.contains("/edit\""), "nothing is done in the past");
    for wrong in ["2026-02-30", "yesterday", "1899-12-31", "99999-01-01", "<script>"] {
        let encoded: String = form_urlencoded::byte_serialize(wrong.as_bytes()).collect();
        let page = consultant.get(&engagement.path(&format!("/readiness?as_of={encoded}"))).await;
        assert_eq!(page.status, 200, "{wrong}");
        assert!(page.text.contains("is no existing date") && page.text.contains("By plan, 2026-12-04"), "{wrong}");
        assert!(!page.text.contains("<script>"), "{wrong}");
        assert_eq!(consultant.get(&engagement.path(&format!("/readiness/verdict.json?as_of={encoded}"))).await.status, 422, "{wrong}");
    }
    for edge in ["1900-01-01", "2200-12-31"] {
        assert_eq!(consultant.get(&engagement.path(&format!("/readiness?as_of={edge}"))).await.status, 200, "{edge}");
    }
}

#[tokio::test]
async fn what_if_saves_nothing() {
    let (world, engagement, _, mut consultant) = founded().await;
    let path = engagement.path("/readiness?review=2026-12-10&verified=2026-12-15");
    let page = consultant.get(&path).await;
    assert!(
        page.text.contains("What-if")
            && page.text.contains("By plan, 2026-12-15")
            && page.text.contains("Without it: You cannot apply yet. By plan, 2026-12-04")
    );
    assert!(page.statements <= 6);
    assert_eq!(world.count(&format!("select count(*) from reviews where engagement_id = '{}' and planned_on = '2026-12-03'", engagement.id)).await, 1);
    let bad = consultant.get(&engagement.path("/readiness?review=2026-11-01&start=soon")).await;
    assert!(bad.text.contains("cannot be earlier than 2026-11-20") && bad.text.contains("“soon” is no existing date"));
}

#[tokio::test]
async fn exports_are_what_the_engine_reads_and_says() {
    let (_world, engagement, _, mut consultant) = founded().await;
    let facts = consultant.get(&engagement.path("/readiness/facts.json")).await;
    assert!(facts.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let read = engine::read(&facts.bytes).expect("facts");
    let verdict = consultant.get(&engagement.path("/readiness/verdict.json")).await;
    assert_eq!(json(&verdict), serde_json::to_value(engine::assess(&read)).unwrap());
    assert_eq!(json(&verdict)["overall"]["eligible_from"], "2026-12-04");
    assert_eq!(json(&verdict)["conditions"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn only_members_who_may_view_see_it() {
    let (world, engagement, _, _) = founded().await;
    let mut stranger = world.consultant("Stranger").await;
    let mut staff = world.member(&engagement, "Staff", "staff").await;
    let mut reader = world.member(&engagement, "Reader", "external_reader").await;
    for page in ["/readiness", "/readiness/facts.json", "/readiness/verdict.json", "/gate"] {
        assert_eq!(stranger.get(&engagement.path(page)).await.status, 404, "{page}");
        assert_eq!(staff.get(&engagement.path(page)).await.status, 403, "{page}");
        assert_eq!(reader.get(&engagement.path(page)).await.status, 200, "{page}");
    }
    let page = reader.get(&engagement.path("/readiness")).await.text;
    assert!(!page.contains("/edit\"") && !page.contains("/new\""), "a reader has nothing to edit");
    for page in ["/recommendations", "/declarations"] {
        assert_eq!(reader.get(&engagement.path(page)).await.status, 403, "{page}");
    }
}

#[tokio::test]
async fn a_kept_verdict_never_outlives_the_facts() {
    let (world, engagement, sample, mut consultant) = founded().await;
    watch::day_passed(&world.app).await.expect("the job");
    let kept = |world: &World| {
        format!(
            "select count(*) from readings r where r.engagement_id = '{}' and r.as_of = '{}' and not exists (select 1 from fact_changes c where c.engagement_id = r.engagement_id)",
            engagement.id,
            certgate::clock::civil_day(world.app.clock.now())
        )
    };
    assert_eq!(world.count(&kept(&world)).await, 1);
    let live = |text: &str| text.replace(|c: char| c.is_whitespace(), "");
    let page = consultant.get(&engagement.path("/readiness")).await;
    let anew = consultant.get(&engagement.path("/readiness?as_of=2026-11-20")).await;
    assert!(page.text.contains("By plan, 2026-12-04") && page.text.contains("1 in force") && page.text.contains("13 processes with records"));
    assert_eq!(live(page.between("<ol class=\"gates\">", "</ol>").unwrap()), live(anew.between("<ol class=\"gates\">", "</ol>").unwrap()));
    world.run(&format!("update legal_documents set valid_to = '2026-11-19' where id = '{}'", sample.licence)).await;
    assert_eq!(world.count(&kept(&world)).await, 0);
    let page = consultant.get(&engagement.path("/readiness")).await;
    assert!(page.text.contains("You cannot apply: condition 1 is not met") && page.text.contains("expired on 2026-11-19"));
}

/// Posts a signature with the password and the id of what it makes.
async fn sign(visitor: &mut Visitor, path: &str, once: &str, password: &str) -> Answer {
    visitor.post(path, &[("once", once), ("read", "yes"), ("password", password)]).await
}

#[tokio::test]
async fn one_recommends_another_declares_and_a_broken_condition_suspends() {
    let (world, engagement, sample, mut consultant) = founded().await;
    let mut mr = world.member(&engagement, "Lu Qing", "mgmt_rep").await;
    let mut tm = world.member(&engagement, "Shen Heng", "top_management").await;
    let (recommendations, declarations, gate) = (engagement.path("/recommendations"), engagement.path("/declarations"), engagement.path("/gate"));
    // Not met yet: nothing to sign.
    assert!(mr.get(&recommendations).await.text.contains("All four conditions must be met at this moment"));
    assert_eq!(sign(&mut mr, &recommendations, &world.id().to_string(), PASSWORD).await.status, 422);
    meet(&world, &engagement, &sample).await;
    let mut mr = world_again(&world, &engagement, "Lu Qing").await.unwrap_or(mr);
    tm = world_again(&world, &engagement, "Shen Heng").await.unwrap_or(tm);
    consultant = world_again(&world, &engagement, "Ren Yuan").await.unwrap_or(consultant);
    let page = consultant.get(&engagement.path("/readiness")).await;
    assert!(page.text.contains("You may apply for certification"), "{}", page.between("class=\"answer\"", "</p>").unwrap_or_default());
    // Nobody declares what nobody recommended.
    assert!(tm.get(&declarations).await.text.contains("comes first"));
    assert_eq!(sign(&mut tm, &declarations, &world.id().to_string(), PASSWORD).await.status, 422);
    // A wrong password signs nothing; a right one signs once, however often it is sent.
    let once = mr.get(&recommendations).await.value("once").expect("once").to_owned();
    assert_eq!(sign(&mut mr, &recommendations, &once, "not the password at all").await.status, 422);
    for _ in 0..2 {
        assert_eq!(sign(&mut mr, &recommendations, &once, PASSWORD).await.status, 303);
    }
    let rows = |table: &str| format!("select count(*) from {table} where engagement_id = '{}'", engagement.id);
    assert_eq!(world.count(&rows("recommendations")).await, 1);
    let told = mr.get(&gate).await;
    assert!(told.text.contains("Lu Qing recommended the declaration on 2026-12-10") && told.text.contains("Who recommended cannot declare"));
    // Who recommended does not declare.
    assert_eq!(sign(&mut mr, &declarations, &world.id().to_string(), PASSWORD).await.status, 422);
    assert_eq!(world.count(&rows("ready_declarations")).await, 0);
    let once = world.id().to_string();
    for _ in 0..2 {
        let done = sign(&mut tm, &declarations, &once, PASSWORD).await;
        assert_eq!(done.status, 303, "{}", world::errors(&done));
    }
    assert_eq!(world.count(&rows("ready_declarations")).await, 1);
    assert_eq!(world.count(&rows("condition_proofs")).await, 4);
    assert_eq!(world.text(&format!("select gate from standings where engagement_id = '{}'", engagement.id)).await, "declared");
    // The proofs are of the facts that the export gives.
    let facts = tm.get(&engagement.path("/readiness/facts.json")).await;
    let hash = world.text(&format!("select encode(facts_sha256, 'hex') from condition_proofs where engagement_id = '{}' limit 1", engagement.id)).await;
    assert_eq!(hash, hex::encode(sha2::Sha256::digest(&facts.bytes)));
    let told = tm.get(&gate).await;
    assert!(told.text.contains("Shen Heng declared readiness on 2026-12-10") && told.text.contains(&hash));
    // A credit search is withdrawn: the declaration falls within the same change.
    let withdrawn = consultant.post(&engagement.path(&format!("/credit-searches/{}/withdrawals", sample.search)), &[("reason", "wrong register")]).await;
    assert_eq!(withdrawn.status, 303);
    assert_eq!(world.text(&format!("select gate from standings where engagement_id = '{}'", engagement.id)).await, "suspended");
    assert_eq!(
        world
            .count(&format!("select count(*) from declaration_ends where engagement_id = '{}' and kind = 'suspended' and ended_by is not null", engagement.id))
            .await,
        1
    );
    for kind in ["readiness_recommended", "readiness_declared", "readiness_suspended"] {
        assert_eq!(world.count(&format!("select count(*) from trail_events where engagement_id = '{}' and kind = '{kind}'", engagement.id)).await, 1, "{kind}");
    }
    let told = tm.get(&gate).await;
    assert!(told.text.contains("was suspended on 2026-12-10"));
    // The recommendation went with it.
    assert!(tm.get(&declarations).await.text.contains("All four conditions"));
}

/// A new sign-in of a member, since the clock has been turned past the old session.
async fn world_again(world: &World, engagement: &Engagement, name: &str) -> Option<Visitor> {
    let id = world
        .text(&format!("select account_id::text from people where engagement_id = '{}' and name = '{name}' and account_id is not null", engagement.id))
        .await;
    Some(world.signed_in(id.parse().ok()?).await)
}

/// Two of top management declare at once: one wins, the other is told.
#[tokio::test]
async fn a_race_to_declare_has_one_winner() {
    let (world, engagement, sample, _) = founded().await;
    meet(&world, &engagement, &sample).await;
    let mut mr = world.member(&engagement, "Lu Qing", "mgmt_rep").await;
    assert_eq!(sign(&mut mr, &engagement.path("/recommendations"), &world.id().to_string(), PASSWORD).await.status, 303);
    let path = engagement.path("/declarations");
    let mut racers = Vec::new();
    for number in 0..6 {
        let mut visitor = world.member(&engagement, &format!("Manager {number}"), "top_management").await;
        let (path, once) = (path.clone(), world.id().to_string());
        racers.push(tokio::spawn(async move { sign(&mut visitor, &path, &once, PASSWORD).await.status.as_u16() }));
    }
    let mut statuses = Vec::new();
    for racer in racers {
        statuses.push(racer.await.expect("an answer"));
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409, 409, 409, 409, 409]);
    assert_eq!(world.count(&format!("select count(*) from ready_declarations where engagement_id = '{}'", engagement.id)).await, 1);
    assert_eq!(world.count(&format!("select count(*) from trail_events where engagement_id = '{}' and kind = 'readiness_declared'", engagement.id)).await, 1);
}

/// Days pass, the proofs of condition 4 grow stale: pages say so at once, the job suspends, signed by the system.
#[tokio::test]
async fn a_declaration_does_not_outlive_its_proofs_and_can_be_withdrawn() {
    let (world, engagement, sample, _) = founded().await;
    meet(&world, &engagement, &sample).await;
    let mut mr = world.member(&engagement, "Lu Qing", "mgmt_rep").await;
    let mut tm = world.member(&engagement, "Shen Heng", "top_management").await;
    sign(&mut mr, &engagement.path("/recommendations"), &world.id().to_string(), PASSWORD).await;
    assert_eq!(sign(&mut tm, &engagement.path("/declarations"), &world.id().to_string(), PASSWORD).await.status, 303);
    world.set_clock("2026-12-17 10:00");
    let mut tm = world_again(&world, &engagement, "Shen Heng").await.expect("a session");
    assert!(tm.get(&engagement.path("/gate")).await.text.contains("the declaration is not valid today"));
    assert!(tm.get(&engagement.path("/readiness")).await.text.contains("Not valid today"));
    watch::day_passed(&world.app).await.expect("the job");
    assert_eq!(
        world
            .count(&format!("select count(*) from declaration_ends where engagement_id = '{}' and kind = 'suspended' and ended_by is null", engagement.id))
            .await,
        1
    );
    assert_eq!(
        world
            .count(&format!(
                "select count(*) from trail_events where engagement_id = '{}' and kind = 'readiness_suspended' and actor_account_id is null",
                engagement.id
            ))
            .await,
        1
    );
    watch::day_passed(&world.app).await.expect("the job, again");
    assert_eq!(world.count(&format!("select count(*) from declaration_ends where engagement_id = '{}'", engagement.id)).await, 1);
    // Renewed, recommended and declared again, then withdrawn by a person.
    world
        .run(&format!(
            "update no_penalty_declarations set signed_on = '2026-12-17' where engagement_id = '{0}'; update credit_searches set searched_on = '2026-12-17' where engagement_id = '{0}'",
            engagement.id
        ))
        .await;
    world.set_clock("2026-12-17 10:05");
    let mut mr = world_again(&world, &engagement, "Lu Qing").await.expect("a session");
    assert_eq!(
        sign(&mut tm, &engagement.path("/declarations"), &world.id().to_string(), PASSWORD).await.status,
        422,
        "the old recommendation went with the old declaration"
    );
    assert_eq!(sign(&mut mr, &engagement.path("/recommendations"), &world.id().to_string(), PASSWORD).await.status, 303);
    let once = world.id();
    assert_eq!(sign(&mut tm, &engagement.path("/declarations"), &once.to_string(), PASSWORD).await.status, 303);
    let path = engagement.path(&format!("/declarations/{once}/withdrawals"));
    assert_eq!(tm.get(&path).await.status, 200);
    assert_eq!(tm.post(&path, &[("reason", ""), ("password", PASSWORD)]).await.status, 422);
    assert_eq!(tm.post(&path, &[("reason", "scope changes"), ("password", PASSWORD)]).await.status, 303);
    assert_eq!(tm.post(&path, &[("reason", "scope changes"), ("password", PASSWORD)]).await.status, 409);
    assert!(tm.get(&engagement.path("/gate")).await.text.contains("withdrawn 2026-12-17: scope changes"));
    assert_eq!(world.text(&format!("select gate from standings where engagement_id = '{}'", engagement.id)).await, "withdrawn");
}
