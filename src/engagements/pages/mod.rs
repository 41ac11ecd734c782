//! Pages of the slice.

pub mod import;
pub mod members;
pub mod people;
pub mod portfolio;

use crate::{
    access::{
        Access, Permission, SignedIn,
        permissions::{EditEngagement, EnterEngagement, ViewEngagement},
    },
    app::App,
    engagements::{
        first_steps::{self, Step},
        forms::{APPLICANT_KINDS, EDITIONS, FACTS, RULES},
        store::{self, facts},
    },
    shell::Frame,
    web::{
        Error, Result,
        form::{Choice, Filled, Phrase},
        page, see_other,
    },
    words::Say,
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::{Value, json};

/// A page with one form, a way back and one button.
#[derive(Template)]
#[template(path = "engagements/form.html")]
pub struct FormPage {
    /// The frame; its title is the heading.
    pub frame: Frame,
    /// The form.
    pub form: Filled,
    /// A sentence above the form; may be empty.
    pub lead: String,
    /// Where the way back leads.
    pub back: String,
    /// Its words.
    pub back_words: String,
    /// The words of the button.
    pub button: &'static str,
    /// Whether the act cannot be undone.
    pub is_danger: bool,
}

impl FormPage {
    /// The page of a form.
    pub fn of(visit: &SignedIn, title: impl Into<String>, form: Filled, back: String, back_words: impl Into<String>, button: &'static str) -> Self {
        let frame = Frame::of(visit, title).wrong(form.is_refused());
        Self { frame, form, lead: String::new(), back, back_words: back_words.into(), button, is_danger: false }
    }

    /// The same page with a sentence above the form.
    #[must_use]
    pub fn lead(mut self, lead: impl Into<String>) -> Self {
        self.lead = lead.into();
        self
    }

    /// The same page for an act that cannot be undone.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.is_danger = true;
        self
    }

    /// Draws it.
    pub fn draw(&self, status: StatusCode) -> Result<Response> {
        page(status, self)
    }
}

#[derive(Template)]
#[template(path = "engagements/home.html")]
struct Home {
    frame: Frame,
    name: String,
    facts: Vec<(&'static str, String)>,
}

/// GET `/e/{code}`: where a member lands. Readers go to readiness, who looks after access to the members, staff find
/// what waits for their signature and what is known of them.
pub async fn home(may: Access<EnterEngagement>, State(app): State<App>) -> Result<Response> {
    if may.may(Permission::ViewEngagement) {
        return Ok(see_other(&may.path("/readiness")));
    }
    if may.may(Permission::ManageMembers) {
        return Ok(see_other(&may.path("/members")));
    }
    let mut snapshot = may.snapshot(&app).await?;
    let person = store::people::one(&mut snapshot, may.engagement().person.0).await?.ok_or(Error::NotFound)?;
    drop(snapshot);
    let facts = people::facts(may.say, &person);
    page(StatusCode::OK, &Home { frame: Frame::of(&may, may.say.engagement_home()), name: person.name, facts })
}

/// An open step with its words and where it is taken.
struct OpenStep {
    words: &'static str,
    href: String,
}

#[derive(Template)]
#[template(path = "engagements/engagement.html")]
struct Engagement {
    frame: Frame,
    code: String,
    facts: Vec<(&'static str, String)>,
    scope_zh: String,
    scope_en: String,
    people: i64,
    departments: i64,
    scope_parts: i64,
    steps: Vec<OpenStep>,
    may_edit: bool,
    sees_people: bool,
    sees_history: bool,
}

/// GET `/e/{code}/engagement`.
pub async fn engagement(may: Access<ViewEngagement>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let row = facts::row(&mut snapshot).await?.ok_or(Error::NotFound)?;
    let (counts, lead) = facts::counts(&mut snapshot).await?;
    drop(snapshot);
    let say = may.say;
    let steps = first_steps::open(&counts)
        .into_iter()
        .filter_map(|step| {
            let (words, rest, permission) = step_words(say, step);
            may.may(permission).then(|| OpenStep { words, href: may.path(rest) })
        })
        .collect();
    page(
        StatusCode::OK,
        &Engagement {
            frame: Frame::of(&may, say.nav_engagement()),
            code: may.engagement().code.clone(),
            facts: fact_lines(say, &row, lead),
            scope_zh: text(&row, "scope_zh"),
            scope_en: text(&row, "scope_en"),
            people: counts.people,
            departments: counts.departments,
            scope_parts: counts.scope_parts,
            steps,
            may_edit: may.may(Permission::EditEngagement),
            sees_people: may.may(Permission::ViewPeople),
            sees_history: may.may(Permission::ViewHistory),
        },
    )
}

fn step_words(say: Say, step: Step) -> (&'static str, &'static str, Permission) {
    match step {
        Step::Parent => (say.first_step_parent(), "/engagement/facts", Permission::EditEngagement),
        Step::Scope => (say.first_step_scope(), "/engagement/facts", Permission::EditEngagement),
        Step::ScopePart => (say.first_step_scope_part(), "/scope-parts", Permission::EditEngagement),
        Step::Address => (say.first_step_address(), "/scope-parts", Permission::EditEngagement),
        Step::Departments => (say.first_step_departments(), "/departments", Permission::EditPeople),
        Step::People => (say.first_step_people(), "/people/import", Permission::EditPeople),
        Step::MgmtRep => (say.first_step_mgmt_rep(), "/members/new", Permission::ManageMembers),
        Step::TopManagement => (say.first_step_top_management(), "/members/new", Permission::ManageMembers),
        Step::Application => (say.first_step_application(), "/engagement/facts", Permission::EditEngagement),
    }
}

/// A text of a row.
pub fn text(row: &Value, name: &str) -> String {
    row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn phrase(say: Say, words: &[(&str, Phrase)], key: &str) -> String {
    words.iter().find(|(value, _)| *value == key).map_or_else(|| key.to_owned(), |(_, words)| words(say).to_owned())
}

fn fact_lines(say: Say, row: &Value, lead: Option<String>) -> Vec<(&'static str, String)> {
    let required = row.get("production_licence_required").and_then(Value::as_bool).unwrap_or_default();
    let lines = [
        (say.engagement_legal_name(), text(row, "legal_name")),
        (say.engagement_applicant_kind(), phrase(say, APPLICANT_KINDS, &text(row, "applicant_kind"))),
        (say.engagement_parent_name(), text(row, "parent_name")),
        (say.engagement_production_licence(), if required { say.yes() } else { say.no() }.to_owned()),
        (say.engagement_permits(), permits(row)),
        (say.engagement_edition(), phrase(say, EDITIONS, &text(row, "edition"))),
        (say.engagement_kick_off(), text(row, "kick_off_on")),
        (say.engagement_application_on(), text(row, "application_on")),
        (say.engagement_planned_stage2_on(), text(row, "planned_stage2_on")),
        (say.engagement_lead(), lead.unwrap_or_default()),
    ];
    lines.into_iter().collect()
}

fn permits(row: &Value) -> String {
    row.get("permits_required").and_then(Value::as_array).map_or_else(String::new, |list| list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "))
}

/// The engagement's row as the form of facts shows it: the permits as one line.
pub fn as_shown(mut row: Value) -> Value {
    let permits = permits(&row);
    if let Some(place) = row.get_mut("permits_required") {
        *place = json!(permits);
    }
    row
}

/// GET `/e/{code}/engagement/facts`.
pub async fn facts(may: Access<EditEngagement>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let row = facts::row(&mut snapshot).await?.ok_or(Error::NotFound)?;
    let leaders = leaders(&facts::leaders(&mut snapshot).await?);
    drop(snapshot);
    let form = if may.kept.is_some() { may.form(&FACTS) } else { Filled::from_row(&FACTS, may.say, &as_shown(row)) };
    draw_facts(&may, form.offer("lead_person_id", leaders), StatusCode::OK)
}

/// Those who may lead as choices.
pub fn leaders(leaders: &[facts::Leader]) -> Vec<Choice> {
    leaders.iter().map(|leader| Choice { value: leader.id.to_string(), words: leader.name.clone() }).collect()
}

/// Draws the form of facts.
pub fn draw_facts(may: &Access<EditEngagement>, form: Filled, status: StatusCode) -> Result<Response> {
    let say = may.say;
    FormPage::of(may, say.engagement_facts(), form, may.path("/engagement"), say.nav_engagement(), say.engagement_save_facts()).draw(status)
}

/// A setting with its value and the value that it could have instead.
struct Setting {
    label: &'static str,
    value: &'static str,
    is_usual: bool,
}

#[derive(Template)]
#[template(path = "engagements/rules.html")]
struct Rules {
    frame: Frame,
    code: String,
    settings: Vec<Setting>,
    may_edit: bool,
}

/// GET `/e/{code}/rules`.
pub async fn rules(may: Access<ViewEngagement>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let row = facts::row(&mut snapshot).await?.ok_or(Error::NotFound)?;
    drop(snapshot);
    let say = may.say;
    let settings = RULES
        .fields
        .iter()
        .filter_map(|field| {
            let crate::web::form::Kind::Choice(values) = field.kind else { return None };
            let now = text(&row, field.name);
            let (index, value) = values.iter().enumerate().find(|(_, (key, _))| *key == now)?;
            Some(Setting { label: (field.label)(say), value: (value.1)(say), is_usual: index == 0 })
        })
        .collect();
    let (code, may_edit) = (may.engagement().code.clone(), may.may(Permission::EditEngagement));
    page(StatusCode::OK, &Rules { frame: Frame::of(&may, say.nav_rules()), code, settings, may_edit })
}

/// GET `/e/{code}/rules/edit`.
pub async fn edit_rules(may: Access<EditEngagement>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let row = facts::row(&mut snapshot).await?.ok_or(Error::NotFound)?;
    drop(snapshot);
    let form = if may.kept.is_some() { may.form(&RULES) } else { Filled::from_row(&RULES, may.say, &row) };
    draw_rules(&may, form, StatusCode::OK)
}

/// Draws the form of the rules.
pub fn draw_rules(may: &Access<EditEngagement>, form: Filled, status: StatusCode) -> Result<Response> {
    let say = may.say;
    FormPage::of(may, say.rules_edit(), form, may.path("/rules"), say.nav_rules(), say.rules_save()).lead(say.rules_edit_lead()).draw(status)
}
