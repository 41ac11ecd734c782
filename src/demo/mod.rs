//! The demonstration company (domain.md section 8): built by the same acts as people use, through the portal's own pages,
//! with a clock that is turned to the days on which things happened.

mod actor;
mod company;
mod northmist;
mod roster;
mod story;

use crate::{app::App, clock::Clock, config::Config, server};
use actor::Actor;
use sqlx::postgres::PgConnectOptions;

/// The password of every account of the demonstration company.
pub const PASSWORD: &str = "hill lantern river 20";

/// Who signs in to the demonstration company: name, address, what they are.
const SIGN_INS: [(&str, &str, &str); 10] = [
    ("任远 Ren Yuan", "ren.yuan@qiming.example", "lead consultant and administrator"),
    ("沈衡 Shen Heng", "shen.heng@henglan.example", "top management"),
    ("陆青 Lu Qing", "lu.qing@henglan.example", "management representative"),
    ("周宁 Zhou Ning", "zhou.ning@henglan.example", "document team"),
    ("何岚 He Lan", "he.lan@henglan.example", "working body"),
    ("贺川 He Chuan", "he.chuan@henglan.example", "department head and process owner, D4"),
    ("郑澜 Zheng Lan", "zheng.lan@henglan.example", "internal auditor, D6"),
    ("江屿 Jiang Yu", "jiang.yu@henglan.example", "process owner, D7"),
    ("林小雨 Lin Xiaoyu", "lin.xiaoyu@henglan.example", "staff, D3"),
    ("外部审核员 Outside auditor", "auditor@alpha.example", "external reader until 2027-12-31"),
];

/// Builds the company where the database is empty, and says who can sign in.
///
/// # Errors
/// A sentence, when the database holds something else or a page refused.
pub async fn ensure(config: &Config, options: &PgConnectOptions, app: &App) -> Result<String, String> {
    let found = sqlx::query!(
        r#"select exists (select 1 from engagements where code = 'HL') as "demo!", exists (select 1 from engagements where code = 'NM') as "whole!""#
    )
    .fetch_one(app.database.auditor())
    .await
    .map_err(|error| error.to_string())?;
    if found.demo && !found.whole {
        return Err("an earlier start was interrupted while it was being built; remove the data directory and start again".to_owned());
    }
    if !found.demo {
        let clock = Clock::fixed(actor::moment("2026-05-06 09:00")?);
        let turned = server::build(config, options, clock).await.map_err(|error| error.to_string())?;
        let told = build(&turned).await;
        turned.database.close().await;
        told?;
    }
    let mut lines = vec![format!("Sign in with one of these, password “{PASSWORD}”:")];
    lines.extend(SIGN_INS.iter().map(|(name, email, what)| format!("  {email:<30} {name}, {what}")));
    Ok(lines.join("\n"))
}

async fn build(app: &App) -> Result<(), String> {
    let link = crate::people::links::set_up_link(&app.database, &app.chance, app.clock.now())
        .await
        .map_err(|error| error.to_string())?
        .ok_or("the database already holds accounts that are not of the demonstration company")?;
    let mut consultant = Actor::new(app);
    consultant
        .post(
            &link.address(""),
            &[
                ("name", "任远 Ren Yuan"),
                ("email", "ren.yuan@qiming.example"),
                ("consultancy", "启明咨询 Qiming Consulting"),
                ("password", PASSWORD),
                ("password_again", PASSWORD),
            ],
        )
        .await?;
    story::tell(&mut consultant, company::Variant::Sample).await?;
    story::tell(&mut consultant, company::Variant::Suspended).await?;
    northmist::tell(&mut consultant).await
}
