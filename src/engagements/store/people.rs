//! The register of people.

use crate::{
    database::{Change, Snapshot},
    engagements::roster::Known,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

/// Which people are wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// Part of a name, staff number, address or post.
    pub text: String,
    /// Of this department.
    pub department: Option<Uuid>,
    /// With this role.
    pub role: Option<String>,
    /// How many to pass over.
    pub skip: i64,
    /// How many to give.
    pub take: i64,
}

/// A person in the list.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub id: Uuid,
    pub name: String,
    pub name_latin: String,
    pub staff_no: Option<String>,
    pub email: Option<String>,
    pub post: String,
    pub department_code: Option<String>,
    pub department_zh: Option<String>,
    pub department_en: Option<String>,
    pub roles: Vec<String>,
    /// How many people there are on all pages.
    pub total: i64,
}

/// One page of the register, by name.
pub(crate) async fn page(snapshot: &mut Snapshot, wanted: &Wanted) -> sqlx::Result<Vec<Listed>> {
    let engagement = snapshot.engagement();
    // What is typed is a text, not a pattern.
    let pattern = format!("%{}%", wanted.text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    sqlx::query_as!(
        Listed,
        r#"select p.id, p.name, p.name_latin, p.staff_no, p.email, p.post, d.code as "department_code?", d.name_zh as "department_zh?", d.name_en as "department_en?",
                  array(select m.role from memberships m where m.engagement_id = p.engagement_id and m.person_id = p.id and m.ended_at is null order by m.role) as "roles!",
                  count(*) over () as "total!"
           from people p left join departments d on d.engagement_id = p.engagement_id and d.id = p.department_id
           where p.engagement_id = $1 and p.withdrawn_at is null
             and ($2 = '%%' or p.name ilike $2 or p.name_latin ilike $2 or p.staff_no ilike $2 or p.email ilike $2 or p.post ilike $2)
             and ($3::uuid is null or p.department_id = $3)
             and ($4::text is null or exists (select 1 from memberships m where m.engagement_id = p.engagement_id and m.person_id = p.id and m.ended_at is null and m.role = $4))
           order by p.name, p.id offset $5 limit $6"#,
        engagement,
        pattern,
        wanted.department,
        wanted.role,
        wanted.skip,
        wanted.take
    )
    .fetch_all(snapshot.connection())
    .await
}

/// A person with all that the register says of them.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "the columns of people are as they are")]
pub(crate) struct Person {
    pub id: Uuid,
    pub name: String,
    pub name_latin: String,
    pub staff_no: Option<String>,
    pub email: Option<String>,
    pub department_code: Option<String>,
    pub department_zh: Option<String>,
    pub department_en: Option<String>,
    pub post: String,
    pub is_management: bool,
    pub is_full_time: bool,
    pub joined_on: Option<NaiveDate>,
    pub left_on: Option<NaiveDate>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub has_account: bool,
    pub is_lead: bool,
    pub roles: Vec<String>,
}

/// One person, withdrawn or not.
pub(crate) async fn one(snapshot: &mut Snapshot, id: Uuid) -> sqlx::Result<Option<Person>> {
    let engagement = snapshot.engagement();
    sqlx::query_as!(
        Person,
        r#"select p.id, p.name, p.name_latin, p.staff_no, p.email, d.code as "department_code?", d.name_zh as "department_zh?", d.name_en as "department_en?",
                  p.post, p.is_management, p.is_full_time, p.joined_on, p.left_on, p.withdrawn_at, p.account_id is not null as "has_account!",
                  exists (select 1 from engagements e where e.id = p.engagement_id and e.lead_person_id = p.id) as "is_lead!",
                  array(select m.role from memberships m where m.engagement_id = p.engagement_id and m.person_id = p.id and m.ended_at is null order by m.role) as "roles!"
           from people p left join departments d on d.engagement_id = p.engagement_id and d.id = p.department_id
           where p.engagement_id = $1 and p.id = $2"#,
        engagement,
        id
    )
    .fetch_optional(snapshot.connection())
    .await
}

/// The row of one person, withdrawn or not.
pub(crate) async fn row(snapshot: &mut Snapshot, id: Uuid) -> sqlx::Result<Option<Value>> {
    let engagement = snapshot.engagement();
    sqlx::query_scalar!(r#"select to_jsonb(p) as "row!" from people p where engagement_id = $1 and id = $2"#, engagement, id)
        .fetch_optional(snapshot.connection())
        .await
}

/// The same row, locked until the change ends.
pub(crate) async fn lock(change: &mut Change, id: Uuid) -> sqlx::Result<Option<Value>> {
    let engagement = change.engagement();
    sqlx::query_scalar!(r#"select to_jsonb(p) as "row!" from people p where engagement_id = $1 and id = $2 for update"#, engagement, id)
        .fetch_optional(change.connection())
        .await
}

/// Enters a person; nothing when this id is there already, which is the same form posted twice.
pub(crate) async fn enter(change: &mut Change, id: Uuid, fields: &Value) -> sqlx::Result<Option<Value>> {
    let engagement = change.engagement();
    sqlx::query_scalar!(
        r#"insert into people as p (engagement_id, id, name, name_latin, staff_no, email, department_id, post, is_management, is_full_time, joined_on)
           select $1, $2, r.name, r.name_latin, r.staff_no, r.email, r.department_id, r.post, r.is_management, r.is_full_time, r.joined_on
           from jsonb_populate_record(null::people, $3) r
           on conflict (engagement_id, id) do nothing returning to_jsonb(p) as "row!""#,
        engagement,
        id,
        fields
    )
    .fetch_optional(change.connection())
    .await
}

/// Changes a person; the row must be locked.
pub(crate) async fn change(change: &mut Change, id: Uuid, fields: &Value) -> sqlx::Result<Option<Value>> {
    let engagement = change.engagement();
    sqlx::query_scalar!(
        r#"update people p set (version, name, name_latin, staff_no, email, department_id, post, is_management, is_full_time, joined_on)
             = (select p.version + 1, r.name, r.name_latin, r.staff_no, r.email, r.department_id, r.post, r.is_management, r.is_full_time, r.joined_on
                from jsonb_populate_record(null::people, $3) r)
           where engagement_id = $1 and id = $2 and withdrawn_at is null returning to_jsonb(p) as "row!""#,
        engagement,
        id,
        fields
    )
    .fetch_optional(change.connection())
    .await
}

/// Takes a person out of the register; the row must be locked.
pub(crate) async fn withdraw(change: &mut Change, id: Uuid, left_on: Option<NaiveDate>) -> sqlx::Result<Option<Value>> {
    let (engagement, now) = (change.engagement(), change.now());
    sqlx::query_scalar!(
        r#"update people p set withdrawn_at = $3, left_on = $4, version = version + 1
           where engagement_id = $1 and id = $2 and withdrawn_at is null returning to_jsonb(p) as "row!""#,
        engagement,
        id,
        now,
        left_on
    )
    .fetch_optional(change.connection())
    .await
}

/// What keeps a person in the register.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ties {
    /// The person leads the engagement.
    pub leads: bool,
    /// How many roles the person has.
    pub roles: i64,
}

/// What keeps a person in the register; ask after the engagement's row is locked.
pub(crate) async fn ties(change: &mut Change, id: Uuid) -> sqlx::Result<Ties> {
    let engagement = change.engagement();
    sqlx::query_as!(
        Ties,
        r#"select exists (select 1 from engagements e where e.id = $1 and e.lead_person_id = $2) as "leads!",
                  (select count(*) from memberships m where m.engagement_id = $1 and m.person_id = $2 and m.ended_at is null) as "roles!""#,
        engagement,
        id
    )
    .fetch_one(change.connection())
    .await
}

const KNOWN_MOST: i64 = 50_000;

/// The people that rows of a sheet are held against.
pub(crate) async fn known(snapshot: &mut Snapshot) -> sqlx::Result<Vec<Known>> {
    let engagement = snapshot.engagement();
    sqlx::query_as!(
        Known,
        "select id, name, staff_no, email, department_id as department from people where engagement_id = $1 and withdrawn_at is null limit $2",
        engagement,
        KNOWN_MOST
    )
    .fetch_all(snapshot.connection())
    .await
}

/// The same inside a change. The engagement's row is locked, so two imports of the same sheet follow one another.
pub(crate) async fn known_now(change: &mut Change) -> sqlx::Result<Vec<Known>> {
    let engagement = change.engagement();
    sqlx::query_as!(
        Known,
        "select id, name, staff_no, email, department_id as department from people where engagement_id = $1 and withdrawn_at is null limit $2",
        engagement,
        KNOWN_MOST
    )
    .fetch_all(change.connection())
    .await
}

/// The departments inside a change: id, code, names.
pub(crate) async fn departments_now(change: &mut Change) -> sqlx::Result<Vec<(Uuid, String, String, String)>> {
    let engagement = change.engagement();
    let rows = sqlx::query!("select id, code, name_zh, name_en from departments where engagement_id = $1 and withdrawn_at is null", engagement)
        .fetch_all(change.connection())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.code, row.name_zh, row.name_en)).collect())
}

/// Whether an import with this id has been recorded: the same form posted twice.
pub(crate) async fn is_imported(change: &mut Change, import: Uuid) -> sqlx::Result<bool> {
    let engagement = change.engagement();
    sqlx::query_scalar!(
        r#"select exists (select 1 from trail_events where engagement_id = $1 and subject_kind = 'people' and subject_id = $2) as "yes!""#,
        engagement,
        import
    )
    .fetch_one(change.connection())
    .await
}

/// Enters a department.
pub(crate) async fn enter_department(change: &mut Change, id: Uuid, code: &str, zh: &str, en: &str) -> sqlx::Result<Value> {
    let engagement = change.engagement();
    sqlx::query_scalar!(
        r#"insert into departments as d (engagement_id, id, code, name_zh, name_en) values ($1, $2, $3, $4, $5) returning to_jsonb(d) as "row!""#,
        engagement,
        id,
        code,
        zh,
        en
    )
    .fetch_one(change.connection())
    .await
}

/// Enters many people at once: a JSON array of rows with their ids.
pub(crate) async fn enter_many(change: &mut Change, rows: &Value) -> sqlx::Result<u64> {
    let engagement = change.engagement();
    sqlx::query!(
        "insert into people (engagement_id, id, name, name_latin, staff_no, email, department_id, post, is_management, is_full_time, joined_on)
         select $1, r.id, r.name, coalesce(r.name_latin, ''), r.staff_no, r.email, r.department_id, coalesce(r.post, ''), coalesce(r.is_management, false),
                coalesce(r.is_full_time, false), r.joined_on
         from jsonb_populate_recordset(null::people, $2) r",
        engagement,
        rows
    )
    .execute(change.connection())
    .await
    .map(|done| done.rows_affected())
}

/// A person before and after an import.
#[derive(Debug)]
pub(crate) struct Changed {
    /// The person.
    pub id: Uuid,
    /// The row before.
    pub before: Value,
    /// The row after.
    pub after: Value,
}

/// Brings many people up to date; what a row leaves empty stays. Gives those who were changed by it.
pub(crate) async fn change_many(change: &mut Change, rows: &Value) -> sqlx::Result<Vec<Changed>> {
    let engagement = change.engagement();
    sqlx::query_as!(
        Changed,
        r#"with old as (select p.* from people p where p.engagement_id = $1 and p.withdrawn_at is null
                          and p.id in (select r.id from jsonb_populate_recordset(null::people, $2) r)),
                wanted as (
                    select o.id, r.name, coalesce(r.name_latin, o.name_latin) as name_latin, coalesce(r.staff_no, o.staff_no) as staff_no,
                           coalesce(r.email, o.email) as email, coalesce(r.department_id, o.department_id) as department_id, coalesce(r.post, o.post) as post,
                           coalesce(r.is_management, o.is_management) as is_management, coalesce(r.is_full_time, o.is_full_time) as is_full_time,
                           coalesce(r.joined_on, o.joined_on) as joined_on, to_jsonb(o) as before
                    from old o join jsonb_populate_recordset(null::people, $2) r on r.id = o.id)
           update people p set name = w.name, name_latin = w.name_latin, staff_no = w.staff_no, email = w.email, department_id = w.department_id, post = w.post,
                  is_management = w.is_management, is_full_time = w.is_full_time, joined_on = w.joined_on, version = p.version + 1
           from wanted w
           where p.engagement_id = $1 and p.id = w.id
             and (p.name, p.name_latin, p.staff_no, p.email, p.department_id, p.post, p.is_management, p.is_full_time, p.joined_on)
                 is distinct from (w.name, w.name_latin, w.staff_no, w.email, w.department_id, w.post, w.is_management, w.is_full_time, w.joined_on)
           returning p.id, w.before as "before!", to_jsonb(p) as "after!""#,
        engagement,
        rows
    )
    .fetch_all(change.connection())
    .await
}
