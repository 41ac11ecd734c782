//! The gate, walked from the first day of an engagement to its declaration through the pages alone, and attacked from
//! every side: by races, by statements past the portal, by changes of the facts (security.md S15, S16, S17, S62).
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where its world is not as it should be")]

mod world;

use certgate::{
    readiness::watch,
    visitor::{Answer, Enclosure, Visitor},
};
use sqlx::AssertSqlSafe;
use std::{borrow::Cow, collections::BTreeSet};
use uuid::Uuid;
use world::{Engagement, PASSWORD, World, page};

const PROCESSES: [&str; 13] = ["6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "7.2", "7.3", "8.2", "8.3", "9.1", "9.2", "10.1"];

/// An engagement with the three people of the gate.
struct Story {
    world: World,
    engagement: Engagement,
    ren: Uuid,
    lu: Uuid,
    shen: Uuid,
}

/// A small PDF; each title gives other bytes.
fn paper(title: &str) -> Vec<u8> {
    format!("%PDF-1.7\n% {title}\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n").into_bytes()
}

fn taken(path: &str, answer: &Answer) {
    assert!(answer.status.is_redirection() || answer.status.is_success(), "{path}: {} {}", answer.status, world::errors(answer));
}

impl Story {
    fn path(&self, rest: &str) -> String {
        self.engagement.path(rest)
    }

    /// Somebody signed in now; no session outlives a turn of the clock.
    async fn as_(&self, account: Uuid) -> Visitor {
        self.world.signed_in(account).await
    }

    /// Enters a record with files through its form and gives its id.
    async fn enter(&self, visitor: &mut Visitor, register: &str, fields: &[(&str, &str)], files: &[&str]) -> String {
        let once = self.world.id().to_string();
        let mut all = vec![("once", once.as_str())];
        all.extend_from_slice(fields);
        let papers: Vec<(String, Vec<u8>)> = files.iter().map(|field| (format!("{field}.pdf"), paper(&format!("{register} {field} {once}")))).collect();
        let files: Vec<Enclosure<'_>> = files.iter().zip(&papers).map(|(field, (name, bytes))| Enclosure { field, name, bytes }).collect();
        let path = self.path(register);
        taken(&path, &visitor.post_with_files(&path, &all, &files).await);
        once
    }

    /// Corrects a record: everything as its form has it, save what is changed.
    async fn correct(&self, visitor: &mut Visitor, path: &str, changes: &[(&str, &str)], files: &[&str]) {
        let path = self.path(path);
        let form = page::form(&visitor.get(&path).await).unwrap_or_else(|| panic!("{path}: no form"));
        let mut sent: Vec<(String, String)> =
            page::sent(&form).into_iter().filter(|(name, _)| !changes.iter().any(|(key, _)| key == name) && !files.contains(&name.as_str())).collect();
        sent.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let papers: Vec<(String, Vec<u8>)> = files.iter().map(|field| (format!("{field}.pdf"), paper(&format!("{path} {field}")))).collect();
        let files: Vec<Enclosure<'_>> = files.iter().zip(&papers).map(|(field, (name, bytes))| Enclosure { field, name, bytes }).collect();
        let answer =
            if files.is_empty() { visitor.post(&path, &page::pairs(&sent)).await } else { visitor.post_with_files(&path, &page::pairs(&sent), &files).await };
        taken(&path, &answer);
    }

    /// Invites an account as a person with a role, and accepts as that person.
    async fn invite(&self, visitor: &mut Visitor, name: &str, role: &str) -> Uuid {
        let (account, email) = self.world.account(name).await;
        let person = self.enter(visitor, "/people/new", &[("name", name), ("email", &email)], &[]).await;
        let given = visitor.post(&self.path("/members/new"), &[("once", &self.world.id().to_string()), ("person", &person), ("roles", role)]).await;
        let (_, rest) = given.text.split_once("/invitations/").unwrap_or_else(|| panic!("{name}: {}", world::errors(&given)));
        let token: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
        taken(name, &self.world.browser().post(&format!("/invitations/{token}"), &[("password", PASSWORD)]).await);
        account
    }

    async fn answer(&self, words: &str) {
        let page = self.as_(self.ren).await.get(&self.path("/readiness")).await;
        assert!(page.text.contains(words), "{words}: {}", page.between("class=\"answer", "</section>").unwrap_or(&page.text));
    }

    /// From the first day to the tenth of December 2026, when all four conditions are met.
    async fn met() -> Self {
        let world = World::alone().await;
        world.set_clock("2026-05-11 09:00");
        let mut consultant = world.consultant("Ren Yuan").await;
        let engagement = world.open_engagement(&mut consultant).await;
        let ren = world.text("select id::text from accounts where name = 'Ren Yuan'").await.parse().unwrap();
        let mut story = Self { world, engagement, ren, lu: Uuid::nil(), shen: Uuid::nil() };
        story.lu = story.invite(&mut consultant, "Lu Qing", "mgmt_rep").await;
        story.shen = story.invite(&mut consultant, "Shen Heng", "top_management").await;
        story.establish(&mut consultant).await;
        story.operate().await;
        story.audit_and_review().await;
        story
    }

    async fn establish(&self, consultant: &mut Visitor) {
        let mut lead = page::form(&consultant.get(&self.path("/engagement/facts")).await).unwrap();
        let person = self.world.text("select id::text from people where name = 'Ren Yuan'").await;
        lead.retain(|field| field.name != "lead_person_id");
        let mut sent = page::sent(&lead);
        sent.push(("lead_person_id".to_owned(), person));
        taken("facts", &consultant.post(&self.path("/engagement/facts"), &page::pairs(&sent)).await);
        for code in ["D1", "D2", "D3"] {
            self.enter(consultant, "/departments/new", &[("code", code), ("name_en", code), ("in_scope", "yes")], &[]).await;
        }
        for (name, code) in [("Zheng Lan", "D2"), ("Su Min", "D1")] {
            let department = self.world.text(&format!("select id::text from departments where code = '{code}'")).await;
            self.enter(consultant, "/people/new", &[("name", name), ("department_id", &department)], &[]).await;
        }
        self.answer("You cannot apply: condition").await;
        self.world.set_clock("2026-08-31 09:00");
        let mut consultant = self.as_(self.ren).await;
        let licence = [
            ("kind", "business_licence"),
            ("number", "9131"),
            ("holder_name", "衡岚信息技术服务有限公司"),
            ("valid_from", "2014-03-18"),
            ("status", "in_force"),
        ];
        self.enter(&mut consultant, "/legal-documents/new", &licence, &["file_id"]).await;
        self.enter(&mut consultant, "/issue-orders/new", &[("kind", "first_edition"), ("number", "HL-1"), ("issued_on", "2026-08-28")], &["file_id"]).await;
        self.enter(&mut consultant, "/document-sets", &[("prefix", "HL"), ("planned_effective_on", "2026-08-31")], &[]).await;
        self.correct(&mut consultant, "/documents-in-force", &[("effective_on", "2026-08-31")], &[]).await;
        let part = self.world.text("select id::text from scope_parts").await;
        self.correct(&mut consultant, &format!("/scope-parts/{part}/edit"), &[("start_on", "2026-08-31")], &[]).await;
    }

    async fn operate(&self) {
        for day in ["2026-09-25", "2026-10-23", "2026-11-20"] {
            self.world.set_clock(&format!("{day} 17:00"));
            let lines: Vec<String> = PROCESSES.iter().map(|process| format!("{process} | {day} | Record | {process}-{day}")).collect();
            self.enter(&mut self.as_(self.ren).await, "/operating-record-sheets", &[("lines", &lines.join("\n"))], &[]).await;
        }
    }

    async fn audit_and_review(&self) {
        let mut consultant = self.as_(self.ren).await;
        let part = self.world.text("select id::text from scope_parts").await;
        let audit = [
            ("code", "IA-1"),
            ("title", "First audit"),
            ("kind", "internal"),
            ("part_ids", part.as_str()),
            ("start_on", "2026-10-26"),
            ("end_on", "2026-10-30"),
            ("report_approved_on", "2026-11-04"),
            ("report_approved_by", "Lu Qing"),
        ];
        let audit = self.enter(&mut consultant, "/audits/new", &audit, &["plan_file_id", "checklist_file_id", "report_file_id", "follow_up_file_id"]).await;
        let form = page::form(&consultant.get(&self.path("/audit-areas/new")).await).unwrap();
        let clauses = form.iter().find(|field| field.name == "clauses").unwrap().offered.clone();
        assert_eq!(clauses.len(), 23);
        for (code, auditor) in [("D1", "Zheng Lan"), ("D2", "Su Min"), ("D3", "Su Min")] {
            let department = self.world.text(&format!("select id::text from departments where code = '{code}'")).await;
            let auditor = self.world.text(&format!("select id::text from people where name = '{auditor}'")).await;
            let mut area = vec![("audit_id", audit.as_str()), ("department_id", department.as_str()), ("auditor_ids", auditor.as_str())];
            area.extend(clauses.iter().map(|clause| ("clauses", clause.as_str())));
            self.enter(&mut consultant, "/audit-areas/new", &area, &[]).await;
        }
        let review = [("title", "Review 2026"), ("planned_on", "2026-12-03"), ("planned_minutes_on", "2026-12-04"), ("chair", "top_management")];
        let review = self.enter(&mut consultant, "/reviews/new", &review, &[]).await;
        self.answer("This cannot be decided yet").await;
        self.enter(&mut consultant, "/no-penalty-declarations/new", &[("signed_on", "2026-11-20"), ("signed_by", "Shen Heng")], &["file_id"]).await;
        self.enter(&mut consultant, "/credit-searches/new", &[("source", "Credit China"), ("searched_on", "2026-11-20")], &["file_id"]).await;
        self.answer("You cannot apply yet. By plan, 2026-12-04 at the earliest.").await;
        self.world.set_clock("2026-12-10 10:00");
        let held = [("held_on", "2026-12-03"), ("minutes_approved_on", "2026-12-04"), ("decisions", "Close NC-01 | He Chuan | 2026-12-20")];
        self.correct(&mut self.as_(self.lu).await, &format!("/reviews/{review}/edit"), &held, &["agenda_file_id", "minutes_file_id"]).await;
        self.answer("You may apply for certification (since 2026-12-04).").await;
    }

    async fn sign(&self, account: Uuid, act: &str, once: Uuid, password: &str) -> Answer {
        self.as_(account).await.post(&self.path(act), &[("once", &once.to_string()), ("read", "yes"), ("password", password)]).await
    }

    async fn recommend(&self, account: Uuid) -> Uuid {
        let once = self.world.id();
        let answer = self.sign(account, "/recommendations", once, PASSWORD).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        once
    }

    async fn declare(&self, account: Uuid) -> Uuid {
        let once = self.world.id();
        let answer = self.sign(account, "/declarations", once, PASSWORD).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        once
    }

    async fn events(&self, kind: &str) -> i64 {
        self.world.count(&format!("select count(*) from trail_events where engagement_id = '{}' and kind = '{kind}'", self.engagement.id)).await
    }

    async fn enter_penalty(&self) -> String {
        let penalty = [
            ("authority", "Market authority"),
            ("document_no", "P-1"),
            ("decided_on", "2026-12-01"),
            ("kind", "fine"),
            ("subject", "applicant"),
            ("status", "in_force"),
            ("related", "yes"),
        ];
        self.enter(&mut self.as_(self.lu).await, "/penalties/new", &penalty, &["file_id"]).await
    }
}

#[tokio::test]
async fn s41_the_session_goes_on_under_a_new_token_once_the_password_was_proved_again() {
    let story = Story::met().await;
    let path = story.path("/recommendations");
    let fields = |once: &str, password: &'static str| [("once", once.to_owned()), ("read", "yes".to_owned()), ("password", password.to_owned())];
    let post = async |visitor: &mut Visitor, password| {
        let fields = fields(&story.world.id().to_string(), password);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        visitor.post(&path, &fields).await
    };
    let token = |answer: &Answer| answer.headers.get_all("set-cookie").iter().any(|line| line.to_str().unwrap().starts_with("__Host-certgate="));
    let mut lu = story.as_(story.lu).await;
    let mut before = lu.clone();
    assert!(!token(&post(&mut lu, "not my password").await), "nothing was proved");
    let proved = post(&mut lu, PASSWORD).await;
    assert!(proved.status == 303 && token(&proved));
    // A request that was on its way is still answered, and does not change the token once more.
    let late = post(&mut before, PASSWORD).await;
    assert!(late.status == 409 && !token(&late), "{}", late.status);
    story.world.app.clock.advance(chrono::TimeDelta::seconds(11));
    assert_eq!(lu.get(&story.path("/gate")).await.status, 200);
    assert!(before.get(&story.path("/gate")).await.location().is_some_and(|to| to.starts_with("/sign-in")), "the old token is dead");
    // Where the answer with the new token was lost, what was typed meanwhile is kept for its person all the same.
    let penalty = story.path("/penalties/new");
    let to = before.post(&penalty, &[("authority", "Market authority of the lost answer")]).await.location().unwrap_or_default().to_owned();
    assert!(to.starts_with("/sign-in?expired=1&next="), "{to}");
    let email = story.world.text(&format!("select email from accounts where id = '{}'", story.lu)).await;
    let back = before.post(&to, &[("email", &email), ("password", PASSWORD)]).await;
    assert!(before.open(back.location().expect("the way back")).await.text.contains("Market authority of the lost answer"));
    assert!(lu.get(&story.path("/gate")).await.location().is_some_and(|to| to.starts_with("/sign-in")), "the session that this sign-in replaced has ended");
}

#[tokio::test]
async fn s17_one_recommends_another_declares_each_with_their_password() {
    let story = Story::met().await;
    let world = &story.world;
    // Declared before it is recommended: no. Recommended by a consultant who does not lead: no.
    assert_eq!(story.sign(story.shen, "/declarations", world.id(), PASSWORD).await.status, 422);
    let second = story.invite(&mut story.as_(story.ren).await, "Bo Lin", "consultant").await;
    assert_eq!(story.sign(second, "/recommendations", world.id(), PASSWORD).await.status, 422);
    assert_eq!(story.sign(story.shen, "/recommendations", world.id(), PASSWORD).await.status, 403);
    assert_eq!(world.count("select count(*) from recommendations").await, 0);
    // A wrong password and an unread sentence sign nothing.
    assert_eq!(story.sign(story.lu, "/recommendations", world.id(), "not my password").await.status, 422);
    let unread = story.as_(story.lu).await.post(&story.path("/recommendations"), &[("once", &world.id().to_string()), ("password", PASSWORD)]).await;
    assert_eq!(unread.status, 422);
    assert!(!unread.text.contains(PASSWORD));
    assert_eq!(world.count("select count(*) from recommendations").await, 0);
    story.recommend(story.lu).await;
    // Who recommended does not declare, the consultant never does.
    let own = story.sign(story.lu, "/declarations", world.id(), PASSWORD).await;
    assert_eq!(own.status, 422);
    assert!(own.text.contains("Who recommended cannot declare"));
    assert_eq!(story.sign(story.ren, "/declarations", world.id(), PASSWORD).await.status, 403);
    assert_eq!(story.sign(story.shen, "/declarations", world.id(), "wrong").await.status, 422);
    assert_eq!(world.count("select count(*) from ready_declarations").await, 0);
    let declared = story.declare(story.shen).await;
    let gate = story.as_(story.shen).await.get(&story.path("/gate")).await;
    assert!(gate.text.contains("Shen Heng declared readiness on 2026-12-10."));
    assert_eq!((story.events("readiness_recommended").await, story.events("readiness_declared").await), (1, 1));
    // Four proofs of that day, each of its own condition, with its records.
    let proofs = "select count(*) from condition_proofs c join ready_declarations d on c.id in (d.legal_status_proof, d.operation_proof, d.audit_and_review_proof, d.no_penalty_proof)";
    assert_eq!(world.count(&format!("{proofs} where c.as_of = '2026-12-10' and d.id = '{declared}'")).await, 4);
    assert_eq!(world.text("select gate || ' ' || overall from standings").await, "declared met");
    // A second one beside it: no.
    assert_eq!(story.sign(story.lu, "/declarations", world.id(), PASSWORD).await.status, 409);
}

#[tokio::test]
async fn s17_the_lead_consultant_recommends_and_the_management_representative_declares() {
    let story = Story::met().await;
    story.recommend(story.ren).await;
    story.declare(story.lu).await;
    assert_eq!(story.world.text("select declared_by::text from ready_declarations").await, story.lu.to_string());
}

#[tokio::test]
async fn s16_of_sixteen_racing_declarations_one_wins() {
    let story = Story::met().await;
    let world = &story.world;
    let mut managers = vec![story.shen];
    let mut consultant = story.as_(story.ren).await;
    for number in 1..16 {
        managers.push(story.invite(&mut consultant, &format!("Manager {number}"), "top_management").await);
    }
    for round in 1..=4_i64 {
        world.app.clock.advance(chrono::TimeDelta::minutes(1));
        story.recommend(story.lu).await;
        let mut racing = Vec::new();
        for manager in &managers {
            let (mut visitor, path, once) = (story.as_(*manager).await, story.path("/declarations"), world.id().to_string());
            racing.push(tokio::spawn(async move {
                // Each is sent twice, as by an impatient hand.
                let fields = [("once", once.as_str()), ("read", "yes"), ("password", PASSWORD)];
                let mut again = visitor.clone();
                let (first, second) = tokio::join!(visitor.post(&path, &fields), again.post(&path, &fields));
                [first.status.as_u16(), second.status.as_u16()]
            }));
        }
        let mut won = 0;
        for one in racing {
            let statuses = one.await.unwrap();
            assert!(statuses.iter().all(|status| [303, 409, 503].contains(status)), "{statuses:?}");
            won += i64::from(statuses.contains(&303));
        }
        assert_eq!(won, 1, "one person declares");
        assert_eq!(world.count("select count(*) from ready_declarations").await, round);
        assert_eq!(story.events("readiness_declared").await, round);
        let (id, by) = (
            world.text("select id::text from ready_declarations where ended_at is null").await,
            world.text("select declared_by::text from ready_declarations where ended_at is null").await,
        );
        // The reply was lost; the same form again gives the same result and nothing new.
        assert_eq!(story.sign(by.parse().unwrap(), "/declarations", id.parse().unwrap(), PASSWORD).await.status, 303);
        assert_eq!(story.events("readiness_declared").await, round);
        let withdrawn =
            story.as_(story.shen).await.post(&story.path(&format!("/declarations/{id}/withdrawals")), &[("reason", "once more"), ("password", PASSWORD)]).await;
        assert_eq!(withdrawn.status, 303, "{}", world::errors(&withdrawn));
    }
}

#[tokio::test]
async fn s16_sixteen_racing_recommendations_and_withdrawals_happen_once() {
    let story = Story::met().await;
    let race = async |path: String, fields: Vec<(&'static str, String)>, account: Uuid| {
        let mut racing = Vec::new();
        for _ in 0..16 {
            let (mut visitor, path, mut fields) = (story.as_(account).await, path.clone(), fields.clone());
            if path.ends_with("/recommendations") {
                fields.push(("once", story.world.id().to_string()));
            }
            racing.push(tokio::spawn(async move {
                let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                visitor.post(&path, &fields).await.status.as_u16()
            }));
        }
        let mut won = 0;
        for one in racing {
            let status = one.await.unwrap();
            // Five sessions live at once, the others were shown the door.
            assert!([303, 409, 503].contains(&status), "{status}");
            won += i32::from(status == 303);
        }
        won
    };
    assert_eq!(race(story.path("/recommendations"), vec![("read", "yes".to_owned()), ("password", PASSWORD.to_owned())], story.lu).await, 1);
    assert_eq!(story.events("readiness_recommended").await, 1);
    let declared = story.declare(story.shen).await;
    let path = story.path(&format!("/declarations/{declared}/withdrawals"));
    assert_eq!(race(path, vec![("reason", "changed".to_owned()), ("password", PASSWORD.to_owned())], story.shen).await, 1);
    assert_eq!(story.events("declaration_withdrawn").await, 1);
    assert_eq!(story.world.count("select count(*) from declaration_ends").await, 1);
}

/// Tries statements as a role, on behalf of a person of the engagement; nothing is kept.
async fn attempt(story: &Story, role: &str, sql: &str) -> Result<(), String> {
    let mut transaction = story.world.superuser.begin().await.unwrap();
    let role = if role == "postgres" { String::new() } else { format!("set local role {role};") };
    let whole = format!("{role} set local app.account_id = '{}'; set local app.engagement_id = '{}'; {sql}", story.shen, story.engagement.id);
    let outcome = sqlx::raw_sql(AssertSqlSafe(whole)).execute(&mut *transaction).await;
    transaction.rollback().await.unwrap();
    outcome.map(drop).map_err(|error| error.as_database_error().and_then(|cause| cause.code().map(Cow::into_owned)).unwrap_or_else(|| error.to_string()))
}

const PROOFS: [&str; 4] = ["legal_status_proof", "operation_proof", "audit_and_review_proof", "no_penalty_proof"];

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one list of forgeries, tried in one world")]
async fn s17_no_statement_makes_a_declaration_without_its_four_proofs() {
    let story = Story::met().await;
    let world = &story.world;
    let e = story.engagement.id;
    story.recommend(story.lu).await;
    let declared = story.declare(story.shen).await;
    let withdrawn = story
        .as_(story.shen)
        .await
        .post(&story.path(&format!("/declarations/{declared}/withdrawals")), &[("reason", "to try others"), ("password", PASSWORD)])
        .await;
    assert_eq!(withdrawn.status, 303);
    world.app.clock.advance(chrono::TimeDelta::minutes(1));
    let recommendation = story.recommend(story.lu).await;
    // The declaration of before, made anew on the new recommendation: `set` says what is forged.
    let forged = |changes: &[(&str, String)]| {
        let columns = [
            "engagement_id",
            "id",
            "recommendation_id",
            "recommended_by",
            "declared_by",
            "person_id",
            "role",
            "declared_at",
            "as_of",
            "meaning",
            "proved_at",
            PROOFS[0],
            PROOFS[1],
            PROOFS[2],
            PROOFS[3],
        ];
        let values: Vec<String> = columns
            .iter()
            .map(|column| match (changes.iter().find(|(name, _)| name == column), *column) {
                (Some((_, value)), _) => value.clone(),
                (None, "id") => format!("'{}'", world.id()),
                (None, "recommendation_id") => format!("'{recommendation}'"),
                (None, column) => column.to_owned(),
            })
            .collect();
        format!("insert into ready_declarations ({}) select {} from ready_declarations where id = '{declared}'", columns.join(", "), values.join(", "))
    };
    let roles = ["certgate_app", "postgres"];
    for role in roles {
        assert_eq!(attempt(&story, role, &forged(&[])).await, Ok(()), "{role}: unforged it would stand");
    }
    let proof = |name: &str| format!("(select {name} from ready_declarations where id = '{declared}')");
    let copied = |changes: &str| {
        format!(
            "create temp table forged on commit drop as select * from condition_proofs where id = {}; update forged set id = gen_random_uuid() {changes}; insert into condition_proofs select * from forged;",
            proof(PROOFS[0])
        )
    };
    let mut cases: Vec<(String, String)> = Vec::new();
    for (index, name) in PROOFS.iter().enumerate() {
        cases.push((format!("{name} left out"), forged(&[(name, "null".to_owned())])));
        cases.push((format!("{name} made up"), forged(&[(name, "gen_random_uuid()".to_owned())])));
        cases.push((format!("{name} of another condition"), forged(&[(name, PROOFS[(index + 1) % 4].to_owned())])));
    }
    cases.extend([
        ("another day than the proofs'".to_owned(), forged(&[("as_of", "as_of + 1".to_owned())])),
        ("by the one who recommended".to_owned(), forged(&[("declared_by", "recommended_by".to_owned())])),
        ("recommended by somebody else than the recommendation says".to_owned(), forged(&[("recommended_by", format!("'{}'", story.ren))])),
        ("no recommendation".to_owned(), forged(&[("recommendation_id", "gen_random_uuid()".to_owned())])),
        ("a recommendation that was used".to_owned(), forged(&[("recommendation_id", "recommendation_id".to_owned())])),
        ("a role that does not declare".to_owned(), forged(&[("role", "'consultant'".to_owned())])),
        ("two that stand".to_owned(), format!("{}; {}", forged(&[]), forged(&[]))),
        ("a proof that is not met".to_owned(), copied(", status = 'not_yet'")),
        ("a proof whose verdict is not met".to_owned(), copied(", verdict = jsonb_set(verdict, '{status}', '\"not_yet\"')")),
        (
            "a proof with the verdict of another condition".to_owned(),
            copied(", condition = 'operation', issue_order_id = (select id from issue_orders limit 1)"),
        ),
        ("a proof met later than it was judged".to_owned(), copied(", met_since = as_of + 1")),
        ("a proof without its record".to_owned(), copied(", legal_document_id = null")),
        ("a proof on a record that is not there".to_owned(), copied(", legal_document_id = gen_random_uuid()")),
        (
            "a suspension on a verdict that is met".to_owned(),
            format!(
                "insert into declaration_ends values ('{e}', '{}', 'suspended', now(), null, '2026-12-10', '{{\"overall\": {{\"status\": \"met\"}}}}', null)",
                world.id()
            ),
        ),
    ]);
    for (name, sql) in &cases {
        for role in roles {
            let refused = attempt(&story, role, sql).await.expect_err(&format!("{role}: {name}"));
            assert!(["23502", "23503", "23505", "23514", "42501"].contains(&refused.as_str()), "{role}: {name}: {refused}");
        }
    }
    // Proofs of another engagement: the keys hold both together, also for a superuser.
    let other = world.open_engagement(&mut story.as_(story.ren).await).await;
    let elsewhere = forged(&[("engagement_id", format!("'{}'", other.id))]);
    for role in roles {
        let refused = attempt(&story, role, &elsewhere).await.expect_err(role);
        assert!(["23503", "42501"].contains(&refused.as_str()), "{role}: {refused}");
    }
    // What stands is not altered by the portal's role.
    for sql in [
        "update ready_declarations set declared_by = recommended_by",
        "update ready_declarations set as_of = as_of - 1",
        "delete from ready_declarations",
        "update recommendations set recommended_by = declared_by",
        "delete from recommendations",
        "update condition_proofs set met_since = met_since - 1",
        "delete from condition_proofs",
        "update declaration_ends set reason = 'x'",
        "delete from declaration_ends",
        "truncate ready_declarations",
    ] {
        assert_eq!(attempt(&story, "certgate_app", sql).await.err().as_deref().filter(|code| ["42501", "42703"].contains(code)).map(|_| ()), Some(()), "{sql}");
    }
}

#[tokio::test]
async fn s62_a_penalty_suspends_at_once_and_its_withdrawal_revives_nothing() {
    let story = Story::met().await;
    let world = &story.world;
    story.recommend(story.lu).await;
    let declared = story.declare(story.shen).await;
    let penalty = story.enter_penalty().await;
    assert_eq!(
        world.text(&format!("select kind || ' ' || ended_by::text from declaration_ends where declaration_id = '{declared}'")).await,
        format!("suspended {}", story.lu)
    );
    assert_eq!(story.events("readiness_suspended").await, 1);
    assert_eq!(world.text("select gate || ' ' || no_penalty from standings").await, "suspended not_met");
    let mut shen = story.as_(story.shen).await;
    let gate = shen.get(&story.path("/gate")).await.text;
    assert!(gate.contains("suspended on 2026-12-10") && gate.contains("condition 4"), "the reason stands there");
    taken("withdrawal", &story.as_(story.lu).await.post(&story.path(&format!("/penalties/{penalty}/withdrawals")), &[("reason", "entered by mistake")]).await);
    story.answer("You may apply for certification").await;
    let gate = shen.get(&story.path("/gate")).await.text;
    assert!(gate.contains("was suspended on 2026-12-10") && !gate.contains("declared readiness on"));
    assert_eq!(world.count("select count(*) from ready_declarations where ended_at is null").await, 0);
    assert_eq!(story.sign(story.shen, "/declarations", world.id(), PASSWORD).await.status, 422, "the recommendation went with it");
    world.app.clock.advance(chrono::TimeDelta::minutes(1));
    story.recommend(story.lu).await;
    story.declare(story.shen).await;
    assert_eq!((story.events("readiness_declared").await, story.events("readiness_suspended").await), (2, 1));
}

#[tokio::test]
async fn a_declaration_is_withdrawn_with_a_reason_and_a_password() {
    let story = Story::met().await;
    story.recommend(story.lu).await;
    let path = story.path(&format!("/declarations/{}/withdrawals", story.declare(story.shen).await));
    let mut shen = story.as_(story.shen).await;
    for (reason, password) in [("", PASSWORD), ("scope changes", "wrong"), ("scope changes", "")] {
        assert_eq!(shen.post(&path, &[("reason", reason), ("password", password)]).await.status, 422);
    }
    assert_eq!(story.as_(story.ren).await.post(&path, &[("reason", "scope changes"), ("password", PASSWORD)]).await.status, 403);
    assert_eq!(shen.post(&path, &[("reason", "scope changes"), ("password", PASSWORD)]).await.status, 303);
    assert_eq!(shen.post(&path, &[("reason", "scope changes"), ("password", PASSWORD)]).await.status, 409);
    assert!(shen.get(&story.path("/gate")).await.text.contains("withdrawn 2026-12-10: scope changes"));
    assert_eq!((story.events("declaration_withdrawn").await, story.events("readiness_suspended").await), (1, 0));
    story.enter_penalty().await;
    assert_eq!(story.events("readiness_suspended").await, 0, "what is withdrawn is not suspended as well");
}

#[tokio::test]
async fn a_declaration_is_suspended_when_the_proofs_of_thirty_days_grow_stale() {
    let story = Story::met().await;
    let world = &story.world;
    story.recommend(story.lu).await;
    story.declare(story.shen).await;
    let standing = "select count(*) from ready_declarations where ended_at is null";
    // Declaration and search are of 20 November.
    let mut last = String::new();
    for day in ["2026-12-19", "2026-12-20", "2026-12-21"] {
        world.set_clock(&format!("{day} 00:30"));
        watch::day_passed(&world.app).await.expect("the job of the new day");
        if world.count(standing).await == 0 {
            break;
        }
        day.clone_into(&mut last);
    }
    assert_eq!(last, "2026-12-20", "the thirtieth day still counts");
    assert_eq!(world.count("select count(*) from declaration_ends where kind = 'suspended' and ended_by is null and as_of = '2026-12-21'").await, 1);
    assert_eq!(world.count("select count(*) from trail_events where kind = 'readiness_suspended' and actor_account_id is null").await, 1);
    watch::day_passed(&world.app).await.expect("the job, again");
    assert_eq!(story.events("readiness_suspended").await, 1);
    assert!(story.as_(story.shen).await.get(&story.path("/gate")).await.text.contains("was suspended on 2026-12-21"));
}

/// All that the portal's tables hold of an engagement, save what a failing request may leave: sessions and guesses.
async fn held(story: &Story) -> BTreeSet<String> {
    let tables =
        story.world.text("select string_agg(tablename, ',') from pg_tables where schemaname = 'public' and tablename not in ('sessions', 'guesses')").await;
    let mut held = BTreeSet::new();
    for table in tables.split(',') {
        held.insert(format!(
            "{table} {}",
            story.world.text(&format!("select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from \"{table}\" t")).await
        ));
    }
    held
}

#[tokio::test]
async fn s15_an_act_whose_event_cannot_be_written_does_not_happen() {
    let story = Story::met().await;
    let world = &story.world;
    let acts = [
        (
            "/penalties/new",
            vec![("authority", "Market authority"), ("decided_on", "2026-12-01"), ("kind", "fine"), ("subject", "applicant"), ("status", "in_force")],
        ),
        ("/departments/new", vec![("code", "D9"), ("name_en", "Another")]),
        ("/people/new", vec![("name", "Somebody")]),
        ("/operating-record-sheets", vec![("lines", "8.2 | 2026-12-09 | Record | R-1")]),
        ("/document-sets", vec![("prefix", "ZZ")]),
        ("/reviews/new", vec![("planned_on", "2026-12-20"), ("chair", "top_management")]),
        ("/recommendations", vec![("read", "yes"), ("password", PASSWORD)]),
    ];
    for broken in [
        "revoke insert on trail_events from certgate_app",
        "revoke insert (event_id) on trail_unsealed from certgate_app",
        "revoke insert, update on standings from certgate_app",
    ] {
        world.run(broken).await;
        let before = held(&story).await;
        for (path, fields) in &acts {
            let once = world.id().to_string();
            let mut fields = fields.clone();
            fields.push(("once", &once));
            let answer = story.as_(story.lu).await.post(&story.path(path), &fields).await;
            assert_eq!(answer.status, 500, "{broken}: {path}: {}", world::errors(&answer));
            assert!(!answer.text.contains("permission denied") && !answer.text.contains("trail_"), "the page tells nothing of the inside");
            assert_eq!(held(&story).await, before, "{broken}: {path} left something over");
        }
        world.run("grant select, insert on trail_events to certgate_app; grant insert (event_id) on trail_unsealed to certgate_app; grant select, insert, update on standings to certgate_app").await;
    }
    // Every act that does happen has its one event, refused ones have none.
    let count = "select count(*) from trail_events";
    let before = world.count(count).await;
    let mut done = 0;
    for (path, fields) in &acts {
        let once = world.id().to_string();
        let mut fields = fields.clone();
        fields.push(("once", &once));
        let mut lu = story.as_(story.lu).await;
        if *path == "/recommendations" {
            continue;
        }
        assert_eq!(lu.post(&story.path(path), &fields).await.status, 303, "{path}");
        done += 1;
        fields.push(("smuggled", "x"));
        assert_eq!(lu.post(&story.path(path), &fields).await.status, 422, "{path}");
    }
    assert_eq!(world.count(count).await - before, done);
    assert_eq!(world.count("select count(*) from trail_events e left join trail_unsealed u on u.event_id = e.id where u.event_id is null").await, 0);
}
