//! What other slices show of the evidence: choices for their forms, lines for their pages.

use super::{number, size, store};
use crate::{
    database::Snapshot,
    files::MediaType,
    history_lines::local,
    shell::Frame,
    web::form::{Choice, Filled, Kind},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The most entries that a form offers.
const MOST_CHOICES: i64 = 200;

/// A file as a record page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceLine {
    /// Its id.
    pub id: Uuid,
    /// `E-012`.
    pub number: String,
    /// Its name.
    pub name: String,
    /// `PDF`, `DOCX` …
    pub kind: &'static str,
    /// Its size in bytes.
    pub size: i64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// Who uploaded it; empty when nobody of the register has that account.
    pub uploaded_by: String,
    /// When it was uploaded.
    pub uploaded_at: DateTime<Utc>,
    /// The note; may be empty.
    pub note: String,
}

impl EvidenceLine {
    /// The address of its page.
    pub fn href(&self, frame: &Frame) -> String {
        let code = frame.engagement.as_ref().map_or("", |place| place.code.as_str());
        format!("/e/{code}/evidence/{}", self.id)
    }

    /// `E-012 · name.pdf`.
    pub fn words(&self) -> String {
        format!("{} · {}", self.number, self.name)
    }

    /// `1.2 MB`.
    pub fn size_words(&self) -> String {
        size(self.size)
    }

    /// The first and last signs of the hash: `3f7a02bc…91c1`.
    pub fn short_hash(&self) -> String {
        format!("{}…{}", self.sha256.get(..8).unwrap_or_default(), self.sha256.get(60..).unwrap_or_default())
    }

    /// When, in the engagement's zone: `2026-11-16 10:42`.
    pub fn uploaded_words(&self) -> String {
        local(self.uploaded_at)
    }
}

impl From<store::Row> for EvidenceLine {
    fn from(row: store::Row) -> Self {
        Self {
            id: row.id,
            number: number(row.number),
            name: row.file_name,
            kind: MediaType::from_name(&row.media_type).map_or("", MediaType::short),
            size: row.size,
            sha256: hex::encode(row.sha256),
            uploaded_by: row.uploaded_by,
            uploaded_at: row.uploaded_at,
            note: row.note,
        }
    }
}

/// The newest entries for a form: `E-012 · name.pdf`, at most 200.
pub async fn choices(snapshot: &mut Snapshot) -> sqlx::Result<Vec<Choice>> {
    choices_with(snapshot, &[]).await
}

/// The same, with these entries however old they are: what a record already holds stays a valid choice.
pub async fn choices_with(snapshot: &mut Snapshot, held: &[Uuid]) -> sqlx::Result<Vec<Choice>> {
    let rows = store::newest(snapshot, MOST_CHOICES, held).await?;
    Ok(rows.into_iter().map(|row| Choice { value: row.id.to_string(), words: format!("{} · {}", number(row.number), row.file_name) }).collect())
}

/// Offers the evidence in every file field of a form. A value that is no evidence of this engagement becomes an error.
pub async fn offer(snapshot: &mut Snapshot, mut form: Filled) -> sqlx::Result<Filled> {
    let fields: Vec<&'static str> = form.spec.fields.iter().filter(|field| matches!(field.kind, Kind::File)).map(|field| field.name).collect();
    if fields.is_empty() {
        return Ok(form);
    }
    let held: Vec<Uuid> = fields.iter().filter_map(|name| form.id(name)).collect();
    let choices = choices_with(snapshot, &held).await?;
    for name in fields {
        form = form.offer(name, choices.clone());
    }
    Ok(form)
}

/// The entries with these ids, in the order of their numbers; asks nothing when there are none.
pub async fn lines(snapshot: &mut Snapshot, ids: &[Uuid]) -> sqlx::Result<Vec<EvidenceLine>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(store::of(snapshot, ids).await?.into_iter().map(Into::into).collect())
}
