//! Somebody of the story: a visitor with a clock, who fills in forms and minds what the pages answer.

use super::PASSWORD;
use crate::{
    app::{self, App},
    visitor::{Answer, Enclosure, Visitor},
};
use chrono::{DateTime, Utc};
use std::fmt::Write;
use uuid::Uuid;

/// A person of the story.
#[derive(Debug)]
pub(super) struct Actor {
    app: App,
    visitor: Visitor,
    email: Option<String>,
}

/// A moment of the story, written `2026-08-31 09:00` in the engagement's zone.
pub(super) fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    DateTime::parse_from_str(&format!("{text} +0800"), "%Y-%m-%d %H:%M %z").map(|moment| moment.to_utc()).map_err(|error| format!("{text}: {error}"))
}

impl Actor {
    /// Somebody with a browser of their own.
    pub(super) fn new(app: &App) -> Self {
        let mut visitor = Visitor::new(app::router(app.clone()));
        visitor.language = "zh-CN";
        Self { app: app.clone(), visitor, email: None }
    }

    /// Somebody else in the same story.
    pub(super) fn another(&self) -> Self {
        Self::new(&self.app)
    }

    /// The address with which to sign in again after days have passed.
    pub(super) fn remember(&mut self, email: &str) {
        self.email = Some(email.to_owned());
    }

    /// Turns the clock of the story, and signs in anew: no session lasts that long.
    pub(super) async fn on(&mut self, when: &str) -> Result<(), String> {
        self.app.clock.advance(moment(when)? - self.app.clock.now());
        if let Some(email) = self.email.clone() {
            self.post("/sign-in", &[("email", &email), ("password", PASSWORD)]).await?;
        }
        Ok(())
    }

    /// A new identifier, as a form carries it.
    pub(super) fn id(&self) -> String {
        self.app.chance.id(self.app.clock.now()).to_string()
    }

    /// Opens a page.
    pub(super) async fn get(&mut self, path: &str) -> Result<Answer, String> {
        let answer = self.visitor.get(path).await;
        if answer.status.is_success() { Ok(answer) } else { Err(format!("GET {path}: {}", answer.status)) }
    }

    /// Posts a form that must be taken: either it leads on, or it shows its result.
    pub(super) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer, String> {
        minded(path, self.visitor.post(path, fields).await)
    }

    /// Enters a record with files and gives its id.
    pub(super) async fn enter(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str)]) -> Result<String, String> {
        let once = self.id();
        let mut all = vec![("once", once.as_str())];
        all.extend_from_slice(fields);
        let papers: Vec<(String, Vec<u8>)> = files.iter().map(|(_, title)| (format!("{title}.pdf"), paper(title))).collect();
        let enclosures: Vec<Enclosure<'_>> = files.iter().zip(&papers).map(|((field, _), (name, bytes))| Enclosure { field, name, bytes }).collect();
        minded(path, self.visitor.post_with_files(path, &all, &enclosures).await)?;
        Ok(once)
    }

    /// Corrects a record: opens its form for the version, then sends all its fields.
    pub(super) async fn correct(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<(), String> {
        let form = self.get(path).await?;
        let version = form.value("version").unwrap_or("1").to_owned();
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(fields);
        self.post(path, &all).await.map(drop)
    }
}

/// What the page refused, if it did.
fn minded(path: &str, answer: Answer) -> Result<Answer, String> {
    if answer.status.is_success() || answer.status.is_redirection() {
        return Ok(answer);
    }
    let why = answer.between("id=\"problems\"", "</section>").or_else(|| answer.between("<h1>", "</p>")).unwrap_or_default();
    Err(format!("POST {path}: {} {why}", answer.status))
}

/// The values that a page offers for a field, with their words.
pub(super) fn offered(page: &Answer, field: &str) -> Vec<(String, String)> {
    let mark = format!("name=\"{field}\"");
    let mut found = Vec::new();
    for piece in page.text.split(&mark).skip(1) {
        if let Some((value, rest)) = piece.strip_prefix(" value=\"").and_then(|rest| rest.split_once('"')) {
            let words = rest.split_once("<span>").and_then(|(_, rest)| rest.split_once("</span>")).map_or("", |(words, _)| words);
            found.push((value.to_owned(), words.to_owned()));
        } else if let Some((list, _)) = piece.split_once("</select>") {
            for option in list.split("<option value=\"").skip(1) {
                if let Some((value, rest)) = option.split_once('"') {
                    let words = rest.split_once('>').and_then(|(_, rest)| rest.split_once("</option>")).map_or("", |(words, _)| words);
                    found.push((value.to_owned(), words.to_owned()));
                }
            }
        }
    }
    found.retain(|(value, _)| Uuid::parse_str(value).is_ok());
    found
}

/// The value whose words hold this text.
pub(super) fn choice(page: &Answer, field: &str, words: &str) -> Result<String, String> {
    offered(page, field)
        .into_iter()
        .find(|(_, offered)| offered.contains(words))
        .map(|(value, _)| value)
        .ok_or_else(|| format!("{field} does not offer {words}"))
}

/// A small true PDF with a line of text; each title gives other bytes.
pub(super) fn paper(title: &str) -> Vec<u8> {
    // The built-in font knows Latin letters only; the title goes into the document's information as UTF-16.
    let utf16: String = "FEFF".chars().chain(title.encode_utf16().flat_map(|unit| format!("{unit:04X}").chars().collect::<Vec<_>>())).collect();
    let plain: String = title.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '.')).collect();
    let content = format!("BT /F1 18 Tf 60 760 Td (Demonstration paper {plain}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        format!("<< /Title <{utf16}> >>"),
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        let _ = writeln!(pdf, "{} 0 obj\n{object}\nendobj", index + 1);
    }
    let start = pdf.len();
    let _ = writeln!(pdf, "xref\n0 {}\n0000000000 65535 f ", objects.len() + 1);
    for place in places {
        let _ = writeln!(pdf, "{place:010} 00000 n ");
    }
    let _ = writeln!(pdf, "trailer\n<< /Size {} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{start}\n%%EOF", objects.len() + 1);
    pdf.into_bytes()
}
