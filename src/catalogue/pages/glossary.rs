//! What is it called? The terms of the field in both languages, filtered by a text in the address.

use super::reading::Reading;
use crate::{
    access::Visit,
    catalogue::{Term, catalogue},
    shell::Frame,
    web::{Result, page},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};

#[derive(Template)]
#[template(path = "catalogue/glossary.html")]
struct GlossaryPage {
    frame: Frame,
    read: Reading,
    asked: String,
    terms: Vec<&'static Term>,
}

/// The longest text to look for, in characters.
const LONGEST: usize = 100;

/// The page.
pub(super) fn show(visit: &Visit) -> Result<Response> {
    let asked: String = visit.asked("q").unwrap_or_default().trim().chars().take(LONGEST).collect();
    let terms = catalogue().terms().iter().filter(|term| has(term, &asked.to_lowercase())).collect();
    page(StatusCode::OK, &GlossaryPage { frame: Frame::of(visit, visit.say.standard_glossary()), read: Reading::of(visit), asked, terms })
}

/// Whether term, key or note contain a text in lower case; everything contains the empty one.
fn has(term: &Term, text: &str) -> bool {
    let notes = term.note.iter().flat_map(|note| [&note.zh, &note.en]);
    [&term.id, &term.name.zh, &term.name.en].into_iter().chain(notes).any(|place| place.to_lowercase().contains(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_found_in_either_language_and_by_its_key() {
        let term = catalogue().term("core_team").expect("a term");
        for text in ["", "core_", "骨干", "backbone"] {
            assert!(has(term, text), "{text}");
        }
        assert!(!has(term, "incident"));
    }
}
