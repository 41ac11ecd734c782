//! Uploading one file.

use super::{forms::UPLOAD, number, pages::draw_form, receive};
use crate::{
    access::{Access, permissions::UploadEvidence},
    app::App,
    web::{
        Result,
        form::{Filled, Posted},
        posted::{Sent, SentFile},
        see_other_saying,
    },
};
use axum::{extract::State, http::StatusCode, response::Response};

/// Keeps the file under the next number. The same bytes again lead to the entry that has them.
pub(super) async fn upload(may: Access<UploadEvidence>, State(app): State<App>, sent: Sent) -> Result<Response> {
    let say = may.say;
    let Sent { posted, files } = sent;
    let mut form = Filled::posted(&UPLOAD, say, &announced(posted, &files));
    form.set("file", "");
    let mut files = files.into_iter();
    let file = files.next().filter(|file| file.field == "file");
    if files.next().is_some() {
        form.refuse("file", say.evidence_one_file());
    }
    let Some(file) = file.filter(|_| !form.is_refused()) else {
        // Only the file itself cannot be handed back to the browser.
        form.refuse("file", say.evidence_choose_again());
        return draw_form(&may, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let kept = match receive::keep(&app, &may, &file, &form.line("note")).await? {
        Ok(kept) => kept,
        Err(refusal) => {
            form.refuse("file", refusal.words(say, &file.name));
            return draw_form(&may, form, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let line = if kept.was_here { say.evidence_was_here(number(kept.number)) } else { say.evidence_kept(number(kept.number)) };
    Ok(see_other_saying(&may.path(&format!("/evidence/{}", kept.id)), &line))
}

/// The fields with a stand-in for a file that was sent, so that it does not count as left out.
fn announced(mut posted: Posted, files: &[SentFile]) -> Posted {
    posted.0.retain(|(name, _)| name != "file");
    if files.iter().any(|file| file.field == "file") {
        posted.0.push(("file".to_owned(), uuid::Uuid::nil().to_string()));
    }
    posted
}
