//! Opening an engagement: client, engagement, its first person, its first part of the scope.

use crate::{
    database::{Change, Happened},
    engagements::code::is_chinese,
};
use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;

/// What is needed to open an engagement. The engagement's id is that of the change.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The consultancy that leads it.
    pub consultancy: Uuid,
    /// An existing client of the consultancy, or the names of a new one in Chinese and English.
    pub client: Result<Uuid, (String, String)>,
    /// The code, as [`crate::engagements::code::read`] gives it.
    pub code: String,
    /// The number of its colour, 1 to 8.
    pub colour: i16,
    /// The kind of applicant (contract section 2).
    pub applicant_kind: String,
    /// The name of the legal entity as registered.
    pub legal_name: String,
    /// The legal entity that a branch belongs to.
    pub parent_name: Option<String>,
    /// Whether a production licence is required.
    pub production_licence_required: bool,
    /// Codes of the permits required.
    pub permits_required: Vec<String>,
    /// The scope in Chinese; may be empty.
    pub scope_zh: String,
    /// The scope in English; may be empty.
    pub scope_en: String,
    /// Name of the first site.
    pub site_name: String,
    /// Its address; may be empty.
    pub site_address: String,
    /// `2005`, `2011` or `2018`.
    pub edition: String,
    /// The day of the kick-off.
    pub kick_off_on: NaiveDate,
    /// Name of the person who opens it and leads it.
    pub lead_name: String,
    /// Their address.
    pub lead_email: String,
}

/// What was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The client.
    pub client: Uuid,
    /// The lead as a person of the register.
    pub lead: Uuid,
    /// The first part of the scope.
    pub scope_part: Uuid,
    /// The event to commit with.
    pub happened: Happened,
}

/// Why an engagement was not opened.
#[derive(Debug)]
pub enum NotOpened {
    /// The code is taken.
    CodeTaken,
    /// An engagement with this id exists: the form was posted twice.
    Already,
    /// The client is none of the consultancy's.
    NoSuchClient,
    /// The database said no.
    Database(sqlx::Error),
}

impl From<sqlx::Error> for NotOpened {
    fn from(error: sqlx::Error) -> Self {
        let Some(constraint) = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint) else { return Self::Database(error) };
        match constraint {
            "engagements_code_key" => Self::CodeTaken,
            "engagements_pkey" => Self::Already,
            "engagements_consultancy_id_client_id_fkey" => Self::NoSuchClient,
            _ => Self::Database(error),
        }
    }
}

/// Opens an engagement in a change made by [`crate::access::ConsultancyStaff::open`]. The person of the change becomes
/// its consultant and leads it. After an error the change is of no use.
pub async fn open_engagement(change: &mut Change, opening: &Opening) -> Result<Opened, NotOpened> {
    let (engagement, account, now) = (change.engagement(), change.account(), change.now());
    let client = match &opening.client {
        Ok(client) => *client,
        Err((zh, en)) => enter_client(change, opening.consultancy, zh, en).await?,
    };
    sqlx::query!(
        "insert into engagements (id, consultancy_id, client_id, code, colour, opened_by, opened_at, applicant_kind, legal_name, parent_name,
            production_licence_required, permits_required, scope_zh, scope_en, edition, kick_off_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        engagement,
        opening.consultancy,
        client,
        opening.code,
        opening.colour,
        account,
        now,
        opening.applicant_kind,
        opening.legal_name,
        opening.parent_name,
        opening.production_licence_required,
        &opening.permits_required,
        opening.scope_zh,
        opening.scope_en,
        opening.edition,
        opening.kick_off_on
    )
    .execute(change.connection())
    .await?;
    let lead = enter_lead(change, opening).await?;
    let scope_part = enter_scope_part(change, &opening.site_name, &opening.site_address).await?;
    let row = set_lead(change, lead).await?;
    let happened = Happened { kind: "engagement_opened", subject_kind: "engagement", subject: engagement, before: None, after: Some(row), alters_facts: true };
    Ok(Opened { client, lead, scope_part, happened })
}

async fn enter_client(change: &mut Change, consultancy: Uuid, zh: &str, en: &str) -> sqlx::Result<Uuid> {
    let (id, now) = (change.new_id(), change.now());
    sqlx::query!("insert into clients (id, consultancy_id, name_zh, name_en, opened_at) values ($1, $2, $3, $4, $5)", id, consultancy, zh, en, now)
        .execute(change.connection())
        .await?;
    Ok(id)
}

/// The opener as the first person, and the role by which everything else is done.
async fn enter_lead(change: &mut Change, opening: &Opening) -> sqlx::Result<Uuid> {
    let (engagement, account, now) = (change.engagement(), change.account(), change.now());
    let (person, membership) = (change.new_id(), change.new_id());
    sqlx::query!(
        "insert into people (engagement_id, id, name, email, account_id) values ($1, $2, $3, $4, $5)",
        engagement,
        person,
        opening.lead_name,
        opening.lead_email,
        account
    )
    .execute(change.connection())
    .await?;
    sqlx::query!(
        "insert into memberships (engagement_id, id, person_id, account_id, role, since, given_by) values ($1, $2, $3, $4, 'consultant', $5, $4)",
        engagement,
        membership,
        person,
        account,
        now
    )
    .execute(change.connection())
    .await?;
    Ok(person)
}

async fn enter_scope_part(change: &mut Change, name: &str, address: &str) -> sqlx::Result<Uuid> {
    let (engagement, id) = (change.engagement(), change.new_id());
    let (zh, en) = if is_chinese(name) { (name, "") } else { ("", name) };
    sqlx::query!("insert into scope_parts (engagement_id, id, name_zh, name_en, address) values ($1, $2, $3, $4, $5)", engagement, id, zh, en, address)
        .execute(change.connection())
        .await?;
    Ok(id)
}

async fn set_lead(change: &mut Change, lead: Uuid) -> sqlx::Result<Value> {
    let engagement = change.engagement();
    sqlx::query_scalar!(r#"update engagements e set lead_person_id = $2 where id = $1 returning to_jsonb(e) as "row!""#, engagement, lead)
        .fetch_one(change.connection())
        .await
}
