//! Taking people from a sheet. Nothing is kept between preview and confirmation: the rows travel with the form and are
//! checked again when they arrive.

use crate::{
    access::{Access, permissions::EditPeople},
    app::App,
    database::{Change, Happened},
    engagements::{
        code::is_chinese,
        forms::{CONFIRMATION, SHEET},
        pages::import as pages,
        roster::{self, Allowed, COLUMNS, Checked, Heads, Known, Outcome, Register},
        store::{self, facts, people},
    },
    import::{self, Sheet},
    web::{Error, Result, form::Filled, posted::Sent, see_other_saying},
};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use uuid::Uuid;

/// POST `/e/{code}/people/import`: a sheet, which is shown row by row, or the confirmation of such a preview.
pub async fn take(may: Access<EditPeople>, State(app): State<App>, sent: Sent) -> Result<Response> {
    if sent.posted.has("confirmed") { confirm(may, app, sent).await } else { preview(may, app, sent).await }
}

/// The sheet that was sent: the file if there is one, else what was pasted. Large ones are read off the request's thread.
async fn read(form: &mut Filled, sent: &Sent) -> Result<Option<Sheet>> {
    let say = form.say();
    let file = sent.files.iter().find(|file| file.field == "sheet");
    let field = if file.is_some() { "sheet" } else { "rows" };
    let read = match (file, form.some("rows")) {
        (Some(_), Some(_)) => {
            form.refuse("sheet", say.import_people_twice());
            return Ok(None);
        }
        (None, None) => {
            form.refuse("rows", say.import_people_nothing());
            return Ok(None);
        }
        (Some(file), None) => {
            let bytes = file.bytes.clone();
            tokio::task::spawn_blocking(move || import::from_file(&bytes)).await.map_err(Error::internal)?
        }
        (None, Some(rows)) => tokio::task::spawn_blocking(move || import::from_pasted(&rows)).await.map_err(Error::internal)?,
    };
    match read {
        Ok(sheet) => Ok(Some(sheet)),
        Err(fault) => {
            form.refuse(field, fault.words(say));
            Ok(None)
        }
    }
}

async fn preview(may: Access<EditPeople>, app: App, sent: Sent) -> Result<Response> {
    let mut form = Filled::posted(&SHEET, may.say, &sent.posted);
    let sheet = if form.is_refused() { None } else { read(&mut form, &sent).await? };
    let Some(sheet) = sheet else { return pages::draw_sheet(&may, form, StatusCode::UNPROCESSABLE_ENTITY) };
    let field = if form.some("rows").is_some() { "rows" } else { "sheet" };
    let Some(heads) = roster::guess(&sheet) else {
        form.refuse(field, may.say.import_people_no_heads());
        return pages::draw_sheet(&may, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let register = register(&may, &app).await?;
    match roster::check(&sheet, &heads, &register, Allowed { new_departments: true, doubtful: false }) {
        Ok(rows) => {
            let departments = roster::new_departments(&rows);
            let once = app.chance.id(may.now).to_string();
            pages::draw_preview(&may, None, &rows, &heads.unknown, &departments, once, StatusCode::OK)
        }
        Err(fault) => {
            form.refuse(field, fault.words(may.say));
            pages::draw_sheet(&may, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

async fn register(may: &Access<EditPeople>, app: &App) -> Result<Register> {
    let mut snapshot = may.snapshot(app).await?;
    let known = people::known(&mut snapshot).await?;
    let departments = store::departments(&mut snapshot).await?;
    Ok(Register::of(&known, departments.into_iter().map(|one| (one.id, vec![one.code, one.name_zh, one.name_en]))))
}

/// The rows that came back with a form.
async fn returned(form: &Filled) -> Result<(Sheet, Heads)> {
    let text = form.line("rows");
    let sheet = tokio::task::spawn_blocking(move || import::from_pasted(&text)).await.map_err(Error::internal)?.map_err(|_| Error::Malformed)?;
    let heads = roster::guess(&sheet).ok_or(Error::Malformed)?;
    Ok((sheet, heads))
}

async fn confirm(may: Access<EditPeople>, app: App, sent: Sent) -> Result<Response> {
    let say = may.say;
    let mut form = Filled::posted(&CONFIRMATION, say, &sent.posted);
    if form.value("rows").is_empty() {
        return Err(Error::Malformed);
    }
    let (sheet, heads) = returned(&form).await?;
    let allowed = Allowed { new_departments: form.tick("new_departments"), doubtful: form.tick("doubtful") };
    let once = form.carried("once").and_then(|once| Uuid::parse_str(once).ok()).unwrap_or_else(|| app.chance.id(may.now));
    let mut change = may.change(&app).await?;
    facts::lock(&mut change).await?.ok_or(Error::NotFound)?;
    if people::is_imported(&mut change, once).await? {
        return Ok(see_other_saying(&may.path("/people"), say.import_people_already()));
    }
    let departments = people::departments_now(&mut change).await?;
    let known = people::known_now(&mut change).await?;
    let named = departments.iter().map(|(id, code, zh, en)| (*id, vec![code.clone(), zh.clone(), en.clone()]));
    let rows = roster::check(&sheet, &heads, &Register::of(&known, named), allowed).map_err(|_| Error::Malformed)?;
    if rows.iter().all(|row| matches!(row.outcome, Outcome::Refused(_))) {
        form.refuse_all(say.import_people_none_good());
    }
    if form.is_refused() {
        drop(change);
        return pages::draw_preview(&may, Some(form), &rows, &[], &roster::new_departments(&rows), once.to_string(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let codes: Vec<String> = departments.into_iter().map(|(_, code, _, _)| code).collect();
    let done = import_rows(&mut change, &rows, &known, &codes, once).await?;
    let line = say.import_people_done(done.entered, done.changed, rows.iter().filter(|row| matches!(row.outcome, Outcome::Refused(_))).count());
    change.commit(&done.happened).await?;
    Ok(see_other_saying(&may.path("/people"), &line))
}

struct Done {
    entered: usize,
    changed: usize,
    happened: Vec<Happened>,
}

/// Enters and changes what the good rows say: one event for the import, one for each department made and each person
/// changed, so that the record of a person tells of it.
async fn import_rows(change: &mut Change, rows: &[Checked], known: &[Known], codes: &[String], import: Uuid) -> sqlx::Result<Done> {
    let mut happened = Vec::new();
    let made = make_departments(change, &roster::new_departments(rows), codes, &mut happened).await?;
    let (mut enters, mut changes, mut ids) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let department = row.department.or_else(|| {
            let name = row.new_department.as_ref()?;
            made.iter().find(|(made, _)| roster::same_department(made, name)).map(|(_, id)| *id)
        });
        match row.outcome {
            Outcome::Enters => {
                let id = change.new_id();
                ids.push(id);
                enters.push(as_row(row, id, department));
            }
            Outcome::Changes(id) if known.iter().any(|one| one.id == id) => changes.push(as_row(row, id, department)),
            _ => {}
        }
    }
    let entered = usize::try_from(people::enter_many(change, &Value::Array(enters)).await?).unwrap_or_default();
    let changed = people::change_many(change, &Value::Array(changes)).await?;
    let after = json!({ "entered": ids, "changed": changed.iter().map(|one| one.id).collect::<Vec<_>>(), "departments": made.iter().map(|(_, id)| *id).collect::<Vec<_>>(), "rows": rows.len() });
    happened.push(Happened { kind: "people_imported", subject_kind: "people", subject: import, before: None, after: Some(after), alters_facts: true });
    let changed_count = changed.len();
    happened.extend(changed.into_iter().map(|one| Happened {
        kind: "person_changed",
        subject_kind: "person",
        subject: one.id,
        before: Some(one.before),
        after: Some(one.after),
        alters_facts: true,
    }));
    Ok(Done { entered, changed: changed_count, happened })
}

async fn make_departments(change: &mut Change, names: &[String], codes: &[String], happened: &mut Vec<Happened>) -> sqlx::Result<Vec<(String, Uuid)>> {
    let mut made = Vec::new();
    for (name, code) in names.iter().zip(roster::next_codes(codes, names.len())) {
        let id = change.new_id();
        let (zh, en) = if is_chinese(name) { (name.as_str(), "") } else { ("", name.as_str()) };
        let row = people::enter_department(change, id, &code, zh, en).await?;
        happened.push(Happened { kind: "department_entered", subject_kind: "department", subject: id, before: None, after: Some(row), alters_facts: true });
        made.push((name.clone(), id));
    }
    Ok(made)
}

fn as_row(row: &Checked, id: Uuid, department: Option<Uuid>) -> Value {
    let person = &row.person;
    json!({
        "id": id, "name": person.name, "name_latin": person.name_latin, "staff_no": person.staff_no, "email": person.email, "department_id": department,
        "post": person.post, "is_management": person.is_management, "is_full_time": person.is_full_time, "joined_on": person.joined_on,
    })
}

/// POST `/e/{code}/people/import/refused`: the rows that would be left out, as a CSV file with a column that says why.
pub async fn refused(may: Access<EditPeople>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let say = may.say;
    let form = Filled::posted(&SHEET, say, &sent.posted);
    if form.value("rows").is_empty() {
        return Err(Error::Malformed);
    }
    let (sheet, heads) = returned(&form).await?;
    let rows = roster::check(&sheet, &heads, &register(&may, &app).await?, Allowed { new_departments: true, doubtful: false }).map_err(|_| Error::Malformed)?;
    let head = COLUMNS.iter().map(|column| pages::head(say, *column).to_owned()).chain([say.import_people_reason().to_owned()]).collect();
    let lines = rows.iter().filter_map(|row| {
        let reasons = pages::reasons(say, row);
        (!reasons.is_empty()).then(|| row.cells.iter().cloned().chain([reasons.join(say.list_comma())]).collect())
    });
    let csv = import::to_csv(&std::iter::once(head).chain(lines).collect::<Vec<Vec<String>>>());
    let name = format!("attachment; filename=\"{}-people-refused-{}.csv\"", may.engagement().code, may.today());
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)], csv).into_response())
}
