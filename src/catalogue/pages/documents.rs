//! Which documents does a system need? The default set by level (step 1.1.5.1).

use super::reading::Reading;
use crate::{
    access::Visit,
    catalogue::{Catalogue, Document, DocumentKind, Level, catalogue},
    shell::Frame,
    web::{Result, page},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};

#[derive(Template)]
#[template(path = "catalogue/documents.html")]
struct DocumentsPage {
    frame: Frame,
    read: Reading,
    all: &'static Catalogue,
    levels: Vec<LevelTable>,
    first: usize,
    items: usize,
}

/// The documents of a level.
struct LevelTable {
    words: &'static str,
    letter: &'static str,
    documents: Vec<&'static Document>,
    /// Forms cover no item of kind D; they hold records.
    covers: bool,
}

/// The page.
pub(super) fn show(visit: &Visit) -> Result<Response> {
    let (all, say) = (catalogue(), visit.say);
    let levels = [
        (Level::Manual, say.document_level_a()),
        (Level::Procedure, say.document_level_b()),
        (Level::WorkDocument, say.document_level_c()),
        (Level::Form, say.document_level_d()),
    ];
    let table = |(level, words): (Level, &'static str)| {
        let documents: Vec<&Document> = all.documents_at(level).collect();
        let covers = documents.iter().any(|document| !document.covers.is_empty());
        LevelTable { words, letter: level.code(), documents, covers }
    };
    let drawn = DocumentsPage {
        frame: Frame::of(visit, say.standard_documents()),
        read: Reading::of(visit),
        all,
        levels: levels.into_iter().map(table).collect(),
        first: all.documents().iter().filter(|document| document.first_edition).count(),
        items: all.document_items().count(),
    };
    page(StatusCode::OK, &drawn)
}

impl DocumentsPage {
    fn kind(&self, document: &Document) -> &'static str {
        let say = self.read.say;
        match document.kind {
            DocumentKind::Manual => say.standard_document_manual(),
            DocumentKind::Procedure => say.standard_document_procedure(),
            DocumentKind::Instruction => say.standard_document_instruction(),
            DocumentKind::Technical => say.standard_document_technical(),
            DocumentKind::Management => say.standard_document_management(),
            DocumentKind::Form => say.standard_document_form(),
        }
    }

    /// The clause of an item, as its page is addressed.
    fn clause_of(&self, item: &'static str) -> &'static str {
        self.all.requirement(item).map_or(item, |found| found.clause.as_str())
    }
}
