//! The pages of the standard, read by a consultant outside and within an engagement, in both languages.

mod world;

use certgate::catalogue::catalogue;
use world::World;

const PAGES: [&str; 5] = ["", "/steps", "/documents", "/glossary", "/permissions"];

#[tokio::test]
async fn every_page_answers_in_both_places_with_one_statement() {
    let world = World::new().await;
    let mut consultant = world.consultant("Ren Yuan").await;
    let engagement = world.open_engagement(&mut consultant).await;
    for base in ["/standard".to_owned(), engagement.path("/standard")] {
        let clauses = catalogue().clauses().iter().map(|clause| format!("/clauses/{}", clause.id));
        for page in PAGES.iter().map(|page| (*page).to_owned()).chain(clauses) {
            let answer = consultant.get(&format!("{base}{page}")).await;
            assert_eq!(answer.status, 200, "{base}{page}");
            assert!(answer.statements <= 1, "{base}{page}: {} statements", answer.statements);
            assert!(answer.text.contains("<h1>"), "{base}{page}");
        }
    }
}

#[tokio::test]
async fn an_unknown_clause_is_not_found() {
    let world = World::new().await;
    let mut consultant = world.consultant("Ren Yuan").await;
    for id in ["11", "6.9", "x", "6.1-01", "%2e%2e"] {
        assert_eq!(consultant.get(&format!("/standard/clauses/{id}")).await.status, 404, "{id}");
    }
}

#[tokio::test]
async fn strangers_sign_in_first_and_staff_read_outside_the_engagement() {
    let world = World::new().await;
    assert!(world.browser().get("/standard").await.status.is_redirection());
    let mut consultant = world.consultant("Ren Yuan").await;
    let engagement = world.open_engagement(&mut consultant).await;
    let mut staff = world.member(&engagement, "Shi Tuan", "staff").await;
    assert_eq!(staff.get(&engagement.path("/standard")).await.status, 403);
    assert_eq!(staff.get("/standard/clauses/6.1").await.status, 200);
    let (stranger, _) = world.account("Wai Ren").await;
    assert_eq!(world.signed_in(stranger).await.get(&engagement.path("/standard")).await.status, 404);
}

#[tokio::test]
async fn the_pages_speak_the_reader_s_language() {
    let world = World::new().await;
    let mut consultant = world.consultant("Ren Yuan").await;
    let english = consultant.get("/standard").await.text;
    assert!(english.contains("13 processes in 5 groups, with proof of 187 requirements: 74 by document, 90 by record, 23 by practice"));
    assert!(english.contains("Not verified"), "what is not verified says so");
    world
        .run(&format!(
            "update accounts set language = 'zh-CN' where id in (select account_id from consultancy_members where consultancy_id = '{}')",
            world.consultancy
        ))
        .await;
    let chinese = consultant.get("/standard").await.text;
    assert!(chinese.contains("5 组 13 个流程，并证实 187 项要求：74 项靠文件，90 项靠记录，23 项靠实践"), "{chinese}");
    assert!(chinese.contains("<small lang=\"en\">Service level management</small>"));
}

#[tokio::test]
async fn an_engagement_of_2018_sees_the_clauses_of_its_edition() {
    let world = World::new().await;
    let mut consultant = world.consultant("Ren Yuan").await;
    let engagement = world.open_engagement(&mut consultant).await;
    let before = consultant.get(&engagement.path("/standard")).await.text;
    assert!(before.contains("This engagement follows ISO/IEC 20000-1:2005.") && !before.contains("8.5.1.1–8.5.1.3"));
    world.run(&format!("update engagements set edition = '2018' where id = '{}'", engagement.id)).await;
    let after = consultant.get(&engagement.path("/standard")).await.text;
    assert!(after.contains("This engagement follows ISO/IEC 20000-1:2018.") && after.contains("2018 edition: 8.5.1.1–8.5.1.3"));
}

#[tokio::test]
async fn the_glossary_is_filtered_by_its_address() {
    let world = World::new().await;
    let mut consultant = world.consultant("Ren Yuan").await;
    let found = consultant.get("/standard/glossary?q=BACKBONE").await.text;
    assert!(found.contains("骨干人员") && !found.contains("营业执照"));
    let none = consultant.get("/standard/glossary?q=%3Cb%3Ezzz").await.text;
    assert!(none.contains("class=\"empty\"") && !none.contains("<b>zzz"));
}
