//! Taking uploads for any form: checked, kept and entered at once.

use super::store::{self, NewFile};
use crate::{
    access::{Access, Allows, Permission},
    app::App,
    database::Happened,
    files::{MediaType, Refusal, kinds},
    web::{
        Error, Result,
        form::{Filled, FormSpec, Kind, Posted},
        posted::{Sent, SentFile},
    },
    words::Say,
};
use std::collections::HashSet;
use uuid::Uuid;

/// A form whose files have become entries of the register.
#[derive(Clone, Debug, Default)]
pub struct Received {
    /// The fields; a file field holds the id of its entry.
    pub posted: Posted,
    /// File fields that were refused, with the sentence for the reader.
    pub refused: Vec<(&'static str, String)>,
}

impl Received {
    /// The form as it was posted, with the refused files marked.
    pub fn form(&self, spec: &'static FormSpec, say: Say) -> Filled {
        let mut form = Filled::posted(spec, say, &self.posted);
        for (field, words) in &self.refused {
            form.refuse_first(field, words.clone());
        }
        form
    }
}

/// A file that was kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    pub id: Uuid,
    pub number: i32,
    /// Whether the same bytes were here before.
    pub was_here: bool,
}

/// Checks every file of the form's file fields, keeps it, enters it as evidence in a change of its own and puts the
/// entry's id in place of the field's value. A file that is refused, or a visitor who may not upload, becomes an error of
/// the field; an unknown field stays for the form to refuse. Files of sheets are left alone: they are read, not kept.
pub async fn receive<P: Allows>(app: &App, may: &Access<P>, spec: &'static FormSpec, sent: Sent) -> Result<Received> {
    let say = may.say;
    let mut received = Received { posted: sent.posted, refused: Vec::new() };
    let mut seen = HashSet::new();
    for file in sent.files {
        let Some(field) = spec.fields.iter().find(|field| field.name == file.field && field.drawn().is_file()) else {
            received.posted.0.push((file.field, String::new()));
            continue;
        };
        if !matches!(field.kind, Kind::File) {
            continue;
        }
        let outcome = if !seen.insert(field.name) {
            Err(say.form_field_twice().to_owned())
        } else if may.may(Permission::UploadEvidence) {
            keep(app, may, &file, "").await?.map_err(|refusal| refusal.words(say, &file.name))
        } else {
            Err(say.evidence_may_not_upload().to_owned())
        };
        match outcome {
            Ok(kept) => replace(&mut received.posted, field.name, &kept.id.to_string()),
            Err(words) => received.refused.push((field.name, words)),
        }
    }
    Ok(received)
}

/// Puts a value in place of whatever a field was sent with.
fn replace(posted: &mut Posted, name: &str, value: &str) {
    posted.0.retain(|(key, _)| key != name);
    posted.0.push((name.to_owned(), value.to_owned()));
}

/// Checks, keeps and enters one file. The bytes are on the disk before the row says so.
pub(super) async fn keep<P: Allows>(app: &App, may: &Access<P>, file: &SentFile, note: &str) -> Result<std::result::Result<Kept, Refusal>> {
    let name = kinds::tidy_name(&file.name);
    let turn = app.files.turn().await?;
    let media = match look(&name, file).await? {
        Ok(media) => media,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let digest = app.files.put(file.bytes.clone()).await?;
    drop(turn);
    let mut change = may.change(app).await?;
    store::lock_numbers(&mut change).await?;
    if let Some((id, number)) = store::by_hash(&mut change, &digest.0).await? {
        return Ok(Ok(Kept { id, number, was_here: true }));
    }
    let id = change.new_id();
    let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    let (number, row) = store::enter(&mut change, id, &NewFile { sha256: &digest.0, size, media_type: media.name(), file_name: &name, note }).await?;
    let happened = Happened { kind: "evidence_uploaded", subject_kind: "evidence", subject: id, before: None, after: Some(row), alters_facts: false };
    change.commit(&[happened]).await?;
    Ok(Ok(Kept { id, number, was_here: false }))
}

/// Looks into the file on a blocking thread.
async fn look(name: &str, file: &SentFile) -> Result<std::result::Result<MediaType, Refusal>> {
    let (name, bytes) = (name.to_owned(), file.bytes.clone());
    tokio::task::spawn_blocking(move || kinds::check(&name, &bytes)).await.map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        web::form::{needed, optional},
        words::Language,
    };

    static SPEC: FormSpec =
        FormSpec { name: "test", fields: &[needed("file_id", Say::evidence_file, Kind::File), optional("note", Say::evidence_note, Kind::Line(300))] };

    #[test]
    fn a_refused_file_says_why_and_keeps_the_rest() {
        let say = Say { language: Language::English };
        let posted = Posted(vec![("file_id".to_owned(), String::new()), ("note".to_owned(), "n".to_owned())]);
        let form = Received { posted, refused: vec![("file_id", "because".to_owned())] }.form(&SPEC, say);
        assert_eq!((form.error("file_id"), form.value("file_id"), form.value("note")), (Some("because"), "", "n"));
    }

    #[test]
    fn an_upload_stands_before_a_choice() {
        let mut posted = Posted(vec![("file_id".to_owned(), "old".to_owned()), ("file_id".to_owned(), String::new()), ("note".to_owned(), "n".to_owned())]);
        replace(&mut posted, "file_id", "new");
        assert_eq!(posted.0, [("note".to_owned(), "n".to_owned()), ("file_id".to_owned(), "new".to_owned())]);
    }
}
