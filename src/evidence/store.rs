//! Every statement of the evidence register.

use crate::database::{Change, Snapshot};
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

/// A row of the register with the name of who uploaded it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub id: Uuid,
    pub number: i32,
    pub sha256: Vec<u8>,
    pub size: i64,
    pub media_type: String,
    pub file_name: String,
    pub note: String,
    pub uploaded_at: DateTime<Utc>,
    pub uploaded_by: String,
}

/// What is written for a new file.
#[derive(Clone, Debug)]
pub(crate) struct NewFile<'a> {
    pub sha256: &'a [u8],
    pub size: i64,
    pub media_type: &'static str,
    pub file_name: &'a str,
    pub note: &'a str,
}

/// Lets one change at a time give numbers in this engagement; foreign keys to the engagement are not held up.
pub(crate) async fn lock_numbers(change: &mut Change) -> sqlx::Result<()> {
    let engagement = change.engagement();
    sqlx::query_scalar!("select id from engagements where id = $1 for no key update", engagement).fetch_optional(change.connection()).await.map(drop)
}

/// The entry that already holds these bytes: its id and number.
pub(crate) async fn by_hash(change: &mut Change, sha256: &[u8]) -> sqlx::Result<Option<(Uuid, i32)>> {
    let engagement = change.engagement();
    let row = sqlx::query!("select id, number from evidence where engagement_id = $1 and sha256 = $2", engagement, sha256)
        .fetch_optional(change.connection())
        .await?;
    Ok(row.map(|row| (row.id, row.number)))
}

/// Enters a file under the next number, which [`lock_numbers`] has reserved; gives the number and the row.
pub(crate) async fn enter(change: &mut Change, id: Uuid, file: &NewFile<'_>) -> sqlx::Result<(i32, Value)> {
    let (engagement, now, account) = (change.engagement(), change.now(), change.account());
    let row = sqlx::query!(
        r#"insert into evidence as t (engagement_id, id, number, sha256, size, media_type, file_name, note, uploaded_at, uploaded_by)
           select $1, $2, coalesce(max(e.number), 0) + 1, $3, $4, $5, $6, $7, $8, $9 from evidence e where e.engagement_id = $1
           returning t.number, to_jsonb(t) as "row!""#,
        engagement,
        id,
        file.sha256,
        file.size,
        file.media_type,
        file.file_name,
        file.note,
        now,
        account
    )
    .fetch_one(change.connection())
    .await?;
    Ok((row.number, row.row))
}

/// Entries newest first, below a number, whose name, note or number holds the pattern (of `ilike`).
pub(crate) async fn page(snapshot: &mut Snapshot, pattern: &str, below: Option<i32>, limit: i64) -> sqlx::Result<Vec<Row>> {
    let engagement = snapshot.engagement();
    sqlx::query_as!(
        Row,
        r#"select e.id, e.number, e.sha256, e.size, e.media_type, e.file_name, e.note, e.uploaded_at, coalesce(p.name, '') as "uploaded_by!"
             from evidence e left join people p on p.engagement_id = e.engagement_id and p.account_id = e.uploaded_by
            where e.engagement_id = $1 and e.number < coalesce($3, 2147483647)
              and (e.file_name ilike $2 or e.note ilike $2 or 'E-' || lpad(e.number::text, greatest(3, length(e.number::text)), '0') ilike $2)
            order by e.number desc
            limit $4"#,
        engagement,
        pattern,
        below,
        limit
    )
    .fetch_all(snapshot.connection())
    .await
}

/// The entries with these ids, in the order of their numbers.
pub(crate) async fn of(snapshot: &mut Snapshot, ids: &[Uuid]) -> sqlx::Result<Vec<Row>> {
    let engagement = snapshot.engagement();
    sqlx::query_as!(
        Row,
        r#"select e.id, e.number, e.sha256, e.size, e.media_type, e.file_name, e.note, e.uploaded_at, coalesce(p.name, '') as "uploaded_by!"
             from evidence e left join people p on p.engagement_id = e.engagement_id and p.account_id = e.uploaded_by
            where e.engagement_id = $1 and e.id = any ($2)
            order by e.number"#,
        engagement,
        ids
    )
    .fetch_all(snapshot.connection())
    .await
}

/// What a form offers of an entry.
#[derive(Clone, Debug)]
pub(crate) struct Offered {
    pub id: Uuid,
    pub number: i32,
    pub file_name: String,
}

/// The newest entries and those with the ids `held`, newest first.
pub(crate) async fn newest(snapshot: &mut Snapshot, limit: i64, held: &[Uuid]) -> sqlx::Result<Vec<Offered>> {
    let engagement = snapshot.engagement();
    sqlx::query_as!(
        Offered,
        r#"select id as "id!", number as "number!", file_name as "file_name!" from (
             (select id, number, file_name from evidence where engagement_id = $1 order by number desc limit $2)
             union select id, number, file_name from evidence where engagement_id = $1 and id = any ($3)) e
            order by number desc"#,
        engagement,
        limit,
        held
    )
    .fetch_all(snapshot.connection())
    .await
}

/// A place where a file is used.
#[derive(Clone, Debug)]
pub(crate) struct Use {
    /// The kind of record, as the trail names it.
    pub subject_kind: String,
    pub id: Uuid,
    /// The column that holds the file.
    pub place: String,
    /// What the record is called; may be empty.
    pub title: String,
    pub withdrawn: bool,
}

/// Every record whose file this is.
pub(crate) async fn uses(snapshot: &mut Snapshot, id: Uuid) -> sqlx::Result<Vec<Use>> {
    let engagement = snapshot.engagement();
    sqlx::query_as!(
        Use,
        r#"select u.subject_kind as "subject_kind!", u.id as "id!", u.place as "place!", coalesce(u.title, '') as "title!", u.withdrawn_at is not null as "withdrawn!"
             from (
               select 'document' as subject_kind, id, 'file_id' as place, code as title, withdrawn_at from documents where engagement_id = $1 and file_id = $2
               union all select 'issue_order', id, 'file_id', number, withdrawn_at from issue_orders where engagement_id = $1 and file_id = $2
               union all select 'operating_record', id, 'file_id', title, withdrawn_at from operating_records where engagement_id = $1 and file_id = $2
               union all select 'suspension', id, 'file_id', from_on::text, withdrawn_at from suspensions where engagement_id = $1 and file_id = $2
               union all select 'audit', a.id, f.place, a.code, a.withdrawn_at from audits a
                 cross join lateral (values ('plan_file_id', a.plan_file_id), ('checklist_file_id', a.checklist_file_id), ('report_file_id', a.report_file_id), ('follow_up_file_id', a.follow_up_file_id)) f (place, file)
                 where a.engagement_id = $1 and f.file = $2
               union all select 'review', r.id, f.place, r.title, r.withdrawn_at from reviews r
                 cross join lateral (values ('agenda_file_id', r.agenda_file_id), ('minutes_file_id', r.minutes_file_id)) f (place, file)
                 where r.engagement_id = $1 and f.file = $2
               union all select 'legal_document', d.id, f.place, coalesce(d.number, d.holder_name), d.withdrawn_at from legal_documents d
                 cross join lateral (values ('file_id', d.file_id), ('translation_file_id', d.translation_file_id)) f (place, file)
                 where d.engagement_id = $1 and f.file = $2
               union all select 'penalty', p.id, f.place, coalesce(p.document_no, p.authority), p.withdrawn_at from penalties p
                 cross join lateral (values ('file_id', p.file_id), ('status_file_id', p.status_file_id)) f (place, file)
                 where p.engagement_id = $1 and f.file = $2
               union all select 'no_penalty_declaration', id, 'file_id', signed_on::text, withdrawn_at from no_penalty_declarations where engagement_id = $1 and file_id = $2
               union all select 'credit_search', id, 'file_id', source, withdrawn_at from credit_searches where engagement_id = $1 and file_id = $2
             ) u
            order by u.withdrawn_at nulls first, 1, 4
            limit 500"#,
        engagement,
        id
    )
    .fetch_all(snapshot.connection())
    .await
}
