//! The register of people: list, record, forms.

use super::FormPage;
use crate::{
    access::{
        Access, At, Permission, Role,
        permissions::{EditPeople, ViewPeople},
    },
    app::App,
    engagements::{
        forms::{PERSON, WITHDRAWAL},
        store::{self, in_language, members, people},
    },
    history_lines::{self, HistoryLine},
    ids::RecordId,
    shell::Frame,
    web::{
        Error, Result, address,
        form::{Choice, Filled},
        page,
    },
    words::Say,
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::Value;

/// People on one page of the list.
const PAGE: i64 = 50;

/// A row of the list, ready to print.
struct Row {
    id: uuid::Uuid,
    name: String,
    latin: String,
    staff_no: String,
    department: String,
    post: String,
    roles: String,
    email: String,
}

#[derive(Template)]
#[template(path = "engagements/people.html")]
struct List {
    frame: Frame,
    code: String,
    rows: Vec<Row>,
    total: i64,
    text: String,
    department: String,
    role: String,
    departments: Vec<Choice>,
    roles: Vec<Choice>,
    number: i64,
    pages: i64,
    before: Option<String>,
    after: Option<String>,
    is_filtered: bool,
    may_edit: bool,
}

/// GET `/e/{code}/people`: a page of the register, filtered by `q`, `department` and `role`.
pub async fn list(may: Access<ViewPeople>, State(app): State<App>) -> Result<Response> {
    let (text, department, role) = (may.asked("q").unwrap_or_default(), may.asked("department").unwrap_or_default(), may.asked("role").unwrap_or_default());
    let number = may.asked("page").and_then(|page| page.parse::<i64>().ok()).unwrap_or(1).clamp(1, 10_000);
    let wanted = people::Wanted {
        text: text.trim().chars().take(100).filter(|c| *c != '\0').collect(),
        department: department.parse().ok(),
        role: Role::from_key(&role).map(|role| role.key().to_owned()),
        skip: (number - 1) * PAGE,
        take: PAGE,
    };
    let mut snapshot = may.snapshot(&app).await?;
    let listed = people::page(&mut snapshot, &wanted).await?;
    let departments = store::departments(&mut snapshot).await?;
    drop(snapshot);
    let say = may.say;
    let total = listed.first().map_or(0, |line| line.total);
    let pages = (total + PAGE - 1) / PAGE;
    let other = |page: i64| {
        let query = format!("q={}&department={}&role={}&page={page}", address::encoded(&text), address::encoded(&department), address::encoded(&role));
        may.path(&format!("/people?{query}"))
    };
    let list = List {
        frame: Frame::of(&may, say.nav_people()),
        code: may.engagement().code.clone(),
        rows: listed.into_iter().map(|line| row(say, line)).collect(),
        total,
        is_filtered: !text.is_empty() || wanted.department.is_some() || wanted.role.is_some() || number > 1,
        departments: departments.iter().map(|one| one.choice(say)).collect(),
        roles: role_choices(say),
        number,
        pages,
        before: (number > 1).then(|| other(number - 1)),
        after: (number < pages).then(|| other(number + 1)),
        text,
        department,
        role,
        may_edit: may.may(Permission::EditPeople),
    };
    page(StatusCode::OK, &list)
}

/// Every role as a choice.
pub fn role_choices(say: Say) -> Vec<Choice> {
    Role::ALL.iter().map(|role| Choice { value: role.key().to_owned(), words: role.words(say).to_owned() }).collect()
}

/// Roles in the reader's words.
pub fn roles_in_words(say: Say, roles: &[String]) -> String {
    roles.iter().filter_map(|role| Role::from_key(role)).map(|role| role.words(say)).collect::<Vec<_>>().join(say.list_comma())
}

fn department(say: Say, code: Option<&str>, zh: Option<&str>, en: Option<&str>) -> String {
    format!("{} {}", code.unwrap_or_default(), in_language(say, zh.unwrap_or_default(), en.unwrap_or_default())).trim().to_owned()
}

fn row(say: Say, line: people::Listed) -> Row {
    Row {
        id: line.id,
        department: department(say, line.department_code.as_deref(), line.department_zh.as_deref(), line.department_en.as_deref()),
        roles: roles_in_words(say, &line.roles),
        name: line.name,
        latin: line.name_latin,
        staff_no: line.staff_no.unwrap_or_default(),
        post: line.post,
        email: line.email.unwrap_or_default(),
    }
}

/// What the register says of a person, label and value.
pub fn facts(say: Say, person: &people::Person) -> Vec<(&'static str, String)> {
    let truth = |truth: bool| if truth { say.yes() } else { say.no() }.to_owned();
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let mut lines = vec![
        (say.register_name_latin(), person.name_latin.clone()),
        (say.register_staff_no(), person.staff_no.clone().unwrap_or_default()),
        (say.register_email(), person.email.clone().unwrap_or_default()),
        (say.register_department(), department(say, person.department_code.as_deref(), person.department_zh.as_deref(), person.department_en.as_deref())),
        (say.register_post(), person.post.clone()),
        (say.register_is_management(), truth(person.is_management)),
        (say.register_is_full_time(), truth(person.is_full_time)),
        (say.register_joined_on(), day(person.joined_on)),
    ];
    if person.left_on.is_some() {
        lines.push((say.register_left_on(), day(person.left_on)));
    }
    lines
}

#[derive(Template)]
#[template(path = "engagements/person.html")]
struct Record {
    frame: Frame,
    code: String,
    person: people::Person,
    facts: Vec<(&'static str, String)>,
    roles: String,
    account: String,
    history: Vec<HistoryLine>,
    may_edit: bool,
    manages: bool,
    sees_history: bool,
}

/// GET `/e/{code}/people/{id}`.
pub async fn person(may: Access<ViewPeople>, At(RecordId(id)): At<RecordId>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let person = people::one(&mut snapshot, id).await?.ok_or(Error::NotFound)?;
    let invited = if person.has_account { None } else { members::invited_until(&mut snapshot, id).await? };
    let sees_history = may.may(Permission::ViewHistory);
    let history = if sees_history { history_lines::of_subject(&mut snapshot, may.say, "person", id, Some(&PERSON)).await? } else { Vec::new() };
    drop(snapshot);
    let say = may.say;
    let account = match (person.has_account, invited) {
        (true, _) => say.register_account_active().to_owned(),
        (false, Some(until)) if until > may.now => say.register_account_invited(history_lines::local(until)),
        (false, Some(_)) => say.register_account_expired().to_owned(),
        (false, None) => say.register_account_none().to_owned(),
    };
    let record = Record {
        frame: Frame::of(&may, person.name.clone()),
        code: may.engagement().code.clone(),
        facts: facts(say, &person),
        roles: roles_in_words(say, &person.roles),
        account,
        history,
        may_edit: may.may(Permission::EditPeople) && person.withdrawn_at.is_none(),
        manages: may.may(Permission::ManageMembers) && person.withdrawn_at.is_none(),
        sees_history,
        person,
    };
    page(StatusCode::OK, &record)
}

/// The departments as choices.
pub async fn departments(may: &Access<EditPeople>, app: &App) -> Result<Vec<Choice>> {
    let mut snapshot = may.snapshot(app).await?;
    let departments = store::departments(&mut snapshot).await?;
    Ok(departments.iter().map(|one| one.choice(may.say)).collect())
}

/// GET `/e/{code}/people/new`.
pub async fn new(may: Access<EditPeople>, State(app): State<App>) -> Result<Response> {
    let mut form = may.form(&PERSON).offer("department_id", departments(&may, &app).await?);
    if form.carried("once").is_none() {
        form.carry("once", app.chance.id(may.now).to_string());
    }
    draw_new(&may, form, StatusCode::OK)
}

/// Draws the form of a new person.
pub fn draw_new(may: &Access<EditPeople>, form: Filled, status: StatusCode) -> Result<Response> {
    let say = may.say;
    FormPage::of(may, say.register_enter(), form, may.path("/people"), say.nav_people(), say.register_save()).draw(status)
}

/// GET `/e/{code}/people/{id}/edit`.
pub async fn edit(may: Access<EditPeople>, At(RecordId(id)): At<RecordId>, State(app): State<App>) -> Result<Response> {
    let mut snapshot = may.snapshot(&app).await?;
    let row = people::row(&mut snapshot, id).await?.filter(is_there).ok_or(Error::NotFound)?;
    let departments: Vec<Choice> = store::departments(&mut snapshot).await?.iter().map(|one| one.choice(may.say)).collect();
    drop(snapshot);
    let form = if may.kept.is_some() { may.form(&PERSON) } else { Filled::from_row(&PERSON, may.say, &row) };
    draw_edit(&may, id, form.offer("department_id", departments), StatusCode::OK)
}

/// Whether a row is not withdrawn.
pub fn is_there(row: &Value) -> bool {
    row.get("withdrawn_at").is_none_or(Value::is_null)
}

/// Draws the form of a person.
pub fn draw_edit(may: &Access<EditPeople>, id: uuid::Uuid, form: Filled, status: StatusCode) -> Result<Response> {
    let say = may.say;
    let name = form.value("name").to_owned();
    FormPage::of(may, say.register_edit(), form, may.path(&format!("/people/{id}")), name, say.register_save()).draw(status)
}

/// GET `/e/{code}/people/{id}/withdrawals`.
pub async fn withdrawal(may: Access<EditPeople>, At(RecordId(id)): At<RecordId>, State(app): State<App>) -> Result<Response> {
    let mut form = may.form(&WITHDRAWAL);
    if may.kept.is_none() {
        form.set("left_on", may.today().to_string());
    }
    draw_withdrawal(&may, &app, id, form, StatusCode::OK).await
}

/// Draws the page on which a person leaves the register.
pub async fn draw_withdrawal(may: &Access<EditPeople>, app: &App, id: uuid::Uuid, form: Filled, status: StatusCode) -> Result<Response> {
    let mut snapshot = may.snapshot(app).await?;
    let person = people::one(&mut snapshot, id).await?.filter(|person| person.withdrawn_at.is_none()).ok_or(Error::NotFound)?;
    drop(snapshot);
    let say = may.say;
    let back = may.path(&format!("/people/{id}"));
    let lead = say.register_withdraw_lead(&person.name);
    FormPage::of(may, say.register_withdraw(), form, back, person.name, say.register_withdraw()).lead(lead).danger().draw(status)
}
