//! Takes one Fluent file apart into messages and terms, each with its place.

use std::collections::BTreeMap;

use fluent_syntax::ast::{Comment, Entry, Pattern};
use fluent_syntax::parser;

use crate::model::{Log, Reading, Source};

/// A message or term as it stands in its file.
pub struct Found<'s> {
    pub id: &'s str,
    pub place: String,
    pub note: Vec<String>,
    pub value: Pattern<&'s str>,
}

/// Sorts the entries of one file into messages and terms.
pub fn collect<'s>(source: &'s Source, reading: &mut Reading, messages: &mut Vec<Found<'s>>, terms: &mut BTreeMap<&'s str, Found<'s>>, log: &mut Log) {
    let tag = reading.language.tag;
    let (resource, errors) = match parser::parse(source.text.as_str()) {
        Ok(resource) => (resource, Vec::new()),
        Err(outcome) => outcome,
    };
    for error in errors {
        let before = source.text.get(..error.pos.start).unwrap_or(&source.text);
        let junk = error.slice.and_then(|slice| source.text.get(slice)).unwrap_or_default();
        let key = key_of(junk.trim_start()).unwrap_or_default();
        let place = format!("{}:{}", source.path, before.matches('\n').count() + 1);
        log.fault(&place, &format!("key `{key}`, language {tag}: {}", error.kind));
        reading.broken.insert(key.to_owned());
    }
    // The parser keeps no positions, but entries come in the order of their lines.
    let mut lines = source.text.lines().zip(1..);
    let mut place = |id: &str| {
        let line = lines.by_ref().find(|(line, _)| key_of(line) == Some(id));
        format!("{}:{}", source.path, line.map_or(0, |(_, number)| number))
    };
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let id = message.id.name;
                let place = place(id);
                if let Some(attribute) = message.attributes.first() {
                    let name = attribute.id.name;
                    let why = format!("attributes (`.{name}`) are not supported, make it a phrase");
                    log.fault(&place, &format!("key `{id}`, language {tag}: {why}"));
                    reading.broken.insert(id.to_owned());
                }
                if let Some(value) = message.value {
                    messages.push(Found { id, place, note: note(message.comment), value });
                }
            }
            Entry::Term(term) => {
                let id = term.id.name;
                let place = place(&format!("-{id}"));
                let found = Found { id, place: place.clone(), note: Vec::new(), value: term.value };
                if let Some(first) = terms.insert(id, found) {
                    let why = format!("the term is there twice, first at {}", first.place);
                    log.fault(&place, &format!("term `-{id}`, language {tag}: {why}"));
                }
            }
            // Junk is reported above; comments of groups and files speak to translators only.
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {}
        }
    }
}

/// The key a line defines; continuation lines are indented and define none.
fn key_of(line: &str) -> Option<&str> {
    let key = line.split([' ', '\t', '=', '\n']).next()?;
    let is_key = key.starts_with(|first: char| first == '-' || first.is_ascii_alphabetic());
    is_key.then_some(key)
}

fn note(comment: Option<Comment<&str>>) -> Vec<String> {
    let lines = comment.map(|comment| comment.content).unwrap_or_default();
    lines.into_iter().map(str::to_owned).collect()
}
