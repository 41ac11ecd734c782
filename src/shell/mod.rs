//! The frame around every page: who, which engagement, the journey strip, the navigation (ux.md section 2).

pub mod errors;

use crate::{
    access::{
        Permission::{self, ManageMembers, ViewEngagement, ViewHistory, ViewPeople},
        Visit,
    },
    web::assets,
    words::{Language, Say},
};

/// What `base.html` needs.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing that the template asks")]
pub struct Frame {
    /// The phrases.
    pub say: Say,
    /// The title of the page, without the product.
    pub title: String,
    /// Address of this page, for the language button.
    pub here: String,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// Whether single keys act.
    pub shortcuts: bool,
    /// The signed-in person's name, if any.
    pub account: Option<String>,
    /// Whether the person looks after accounts.
    pub is_administrator: bool,
    /// Whether the person belongs to a consultancy.
    pub is_consultant: bool,
    /// The engagement of the address.
    pub engagement: Option<Place>,
    /// Groups of the side navigation.
    pub nav: Vec<Group>,
    /// The strip.
    pub strip: Vec<Stage>,
    /// The next day that matters.
    pub next_on: Option<String>,
    /// The line of the last act.
    pub flash: Option<String>,
    /// When the page was drawn, ISO, in the engagement's zone, for print.
    pub printed: String,
    /// Whether something is wrong with the form of the page.
    pub wrong: bool,
}

/// The engagement of the frame.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its code.
    pub code: String,
    /// Its colour.
    pub colour: i16,
    /// The client.
    pub name: String,
    /// The roles in words.
    pub roles: String,
    /// Edition of the standard.
    pub edition: String,
    /// Last day of access.
    pub until: Option<String>,
}

/// A group of links.
#[derive(Clone, Debug)]
pub struct Group {
    /// The stage's name; empty for the first group.
    pub name: String,
    /// The links.
    pub links: Vec<Link>,
}

/// A link.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where to.
    pub href: String,
    /// The words.
    pub words: &'static str,
    /// Whether it is this page.
    pub current: bool,
}

/// A stage of the journey.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Where to.
    pub href: String,
    /// Number and short name.
    pub words: &'static str,
    /// `todo`, `doing` or `done`.
    pub shape: &'static str,
    /// The state in words.
    pub state: &'static str,
    /// Whether this page belongs to it.
    pub current: bool,
}

impl Frame {
    /// The frame of a visit.
    pub fn of(visit: &Visit, title: impl Into<String>) -> Self {
        let say = visit.say;
        let seen = visit.engagement.as_ref();
        let here = if visit.query.is_empty() { visit.path.clone() } else { format!("{}?{}", visit.path, visit.query) };
        let account = visit.account.as_ref();
        Self {
            say,
            title: title.into(),
            here,
            theme: account.map_or_else(|| "system".to_owned(), |account| account.theme.clone()),
            shortcuts: account.is_none_or(|account| account.shortcuts),
            account: account.map(|account| account.name.clone()),
            is_administrator: account.is_some_and(|account| account.is_administrator),
            is_consultant: account.is_some_and(|account| account.consultancy.is_some()),
            engagement: seen.map(|seen| Place {
                code: seen.code.clone(),
                colour: seen.colour,
                name: seen.name.clone(),
                roles: seen.roles.iter().map(|role| role.words(say)).collect::<Vec<_>>().join(say.list_comma()),
                edition: seen.edition.clone(),
                until: seen.until.map(|day| day.to_string()),
            }),
            nav: navigation(visit),
            strip: strip(visit),
            next_on: seen.and_then(|seen| seen.standing.as_ref()?.next_on).map(|day| day.to_string()),
            flash: visit.flash.clone(),
            printed: format!(
                "{}",
                visit.now.with_timezone(&chrono::FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| chrono::Offset::fix(&chrono::Utc))).format("%Y-%m-%d %H:%M")
            ),
            wrong: false,
        }
    }

    /// The same frame for a page whose form is refused.
    #[must_use]
    pub fn wrong(mut self, wrong: bool) -> Self {
        self.wrong = wrong;
        self
    }

    /// Address of the stylesheet.
    pub fn css(&self) -> &'static str {
        &assets::CSS.path
    }

    /// Address of the script.
    pub fn js(&self) -> &'static str {
        &assets::JS.path
    }

    /// Address of the icons.
    pub fn icons(&self) -> &'static str {
        &assets::ICONS.path
    }

    /// The other language, for its button.
    pub fn other(&self) -> Language {
        self.say.language.other()
    }

    /// The tag of the page's language.
    pub fn lang(&self) -> &'static str {
        self.say.language.tag()
    }
}

/// The side navigation: only what this viewer may open.
fn navigation(visit: &Visit) -> Vec<Group> {
    let Some(seen) = &visit.engagement else { return Vec::new() };
    let say = visit.say;
    let base = format!("/e/{}", seen.code);
    let link = |rest: &str, words: &'static str, permission: Permission| {
        let href = format!("{base}{rest}");
        let current = visit.path == href || visit.path.starts_with(&format!("{href}/"));
        seen.may(permission).then_some(Link { href, words, current })
    };
    let groups = [
        ("", vec![link("/readiness", say.nav_readiness(), ViewEngagement), link("/gate", say.nav_gate(), ViewEngagement)]),
        (
            say.stage_prepare(),
            vec![
                link("/engagement", say.nav_engagement(), ViewEngagement),
                link("/scope-parts", say.nav_scope(), ViewEngagement),
                link("/documents", say.nav_documents(), ViewEngagement),
                link("/issue-orders", say.nav_issue_orders(), ViewEngagement),
                link("/operation", say.nav_operation(), ViewEngagement),
            ],
        ),
        (say.stage_audit(), vec![link("/audits", say.nav_audits(), ViewEngagement), link("/reviews", say.nav_reviews(), ViewEngagement)]),
        (
            say.stage_ready(),
            vec![
                link("/legal-documents", say.nav_legal_documents(), ViewEngagement),
                link("/penalties", say.nav_penalties(), ViewEngagement),
                link("/no-penalty-declarations", say.nav_no_penalty_declarations(), ViewEngagement),
                link("/credit-searches", say.nav_credit_searches(), ViewEngagement),
            ],
        ),
        (
            say.stage_across(),
            vec![
                link("/evidence", say.nav_evidence(), ViewEngagement),
                link("/people", say.nav_people(), ViewPeople),
                link("/departments", say.nav_departments(), ViewPeople),
                link("/members", say.nav_members(), ManageMembers),
                link("/history", say.nav_history(), ViewHistory),
                link("/rules", say.nav_rules(), ViewEngagement),
                link("/standard", say.nav_standard(), ViewEngagement),
            ],
        ),
    ];
    groups
        .into_iter()
        .map(|(name, links)| Group { name: name.to_owned(), links: links.into_iter().flatten().collect() })
        .filter(|group| !group.links.is_empty())
        .collect()
}

/// The four stages with what the standing says of them. Steps within a stage follow with their slices.
fn strip(visit: &Visit) -> Vec<Stage> {
    let Some(seen) = visit.engagement.as_ref().filter(|seen| seen.may(ViewEngagement)) else { return Vec::new() };
    let say = visit.say;
    let status = |index: usize| seen.standing.as_ref().and_then(|standing| standing.statuses.get(index)).map_or("unknown", String::as_str);
    let gate = seen.standing.as_ref().map_or("none", |standing| standing.gate.as_str());
    let state = |status: &str| match status {
        "met" => ("done", say.state_done()),
        "not_yet" => ("doing", say.state_doing()),
        _ => ("todo", say.state_todo()),
    };
    let prepare = state(status(1));
    let audit = state(status(2));
    let ready = match (gate, status(0), status(3)) {
        ("declared", _, _) => ("done", say.state_done()),
        (_, "met", _) | (_, _, "met") | ("recommended", _, _) => ("doing", say.state_doing()),
        _ => ("todo", say.state_todo()),
    };
    let stages = [
        ("/operation", say.stage_prepare(), prepare, ["/engagement", "/scope-parts", "/documents", "/issue-orders", "/operation"].as_slice()),
        ("/audits", say.stage_audit(), audit, ["/audits", "/reviews"].as_slice()),
        ("/legal-documents", say.stage_ready(), ready, ["/legal-documents", "/penalties", "/no-penalty-declarations", "/credit-searches"].as_slice()),
        ("/gate", say.stage_certify(), ("todo", say.state_todo()), ["/gate"].as_slice()),
    ];
    let base = format!("/e/{}", seen.code);
    stages
        .into_iter()
        .map(|(rest, words, (shape, state), pages)| Stage {
            href: format!("{base}{rest}"),
            words,
            shape,
            state,
            current: pages.iter().any(|page| visit.path.starts_with(&format!("{base}{page}"))),
        })
        .collect()
}
