//! Holds the languages against each other: the same keys, arguments and words to select by.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Agreed, Case, Kind, Log, Part, Phrase, Reading};

/// How one language uses one argument.
#[derive(Default)]
struct Usage {
    number: bool,
    words: BTreeSet<String>,
}

/// The phrases all languages agree in, in the order of the leading language.
pub fn agree(readings: &[Reading], log: &mut Log) -> Vec<Agreed> {
    let Some(lead) = readings.first() else {
        return Vec::new();
    };
    let indexes = readings.iter().map(index).collect::<Vec<_>>();
    for (reading, index) in readings.iter().zip(&indexes) {
        report_missing(reading, index, readings, log);
    }
    let mut agreed = Vec::new();
    for phrase in &lead.phrases {
        let said = indexes.iter().filter_map(|index| index.get(phrase.key.as_str()).copied());
        let said = readings.iter().zip(said).collect::<Vec<_>>();
        if said.len() == readings.len()
            && let Some(arguments) = arguments(&said, log)
        {
            let note = said.iter().map(|(_, phrase)| &phrase.note).find(|note| !note.is_empty());
            agreed.push(Agreed {
                key: phrase.key.clone(),
                note: note.cloned().unwrap_or_default(),
                arguments,
                said: said.iter().map(|(r, p)| (r.language, p.parts.clone())).collect(),
            });
        }
    }
    agreed
}

fn index(reading: &Reading) -> BTreeMap<&str, &Phrase> {
    reading.phrases.iter().map(|phrase| (phrase.key.as_str(), phrase)).collect()
}

/// Names the file where a key of another language is missing in this one.
fn report_missing(reading: &Reading, index: &BTreeMap<&str, &Phrase>, all: &[Reading], log: &mut Log) {
    let tag = reading.language.tag;
    for other in all.iter().filter(|other| other.language.tag != tag) {
        for Phrase { key, place, .. } in &other.phrases {
            if index.contains_key(key.as_str()) || reading.broken.contains(key) {
                continue;
            }
            let file = place.rsplit(['/', ':']).nth(1).unwrap_or_default();
            let why = format!("key `{key}`, language {tag}: the phrase is missing, {place} has it");
            log.fault(&format!("locales/{tag}/{file}"), &why);
        }
    }
}

/// The arguments in the order in which the leading language first names them, each with the kind it
/// has in any language: Chinese may merely print the number by which English selects.
fn arguments(said: &[(&Reading, &Phrase)], log: &mut Log) -> Option<Vec<(String, Kind)>> {
    let usages = said.iter().map(|(_, phrase)| usages(&phrase.parts)).collect::<Vec<_>>();
    let mut names = Vec::new();
    for (name, _) in usages.iter().flatten() {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let before = log.faults.len();
    let mut arguments = Vec::new();
    for name in names {
        let mut uses = Vec::new();
        for ((reading, phrase), usages) in said.iter().zip(&usages) {
            match usages.iter().find(|(other, _)| other == name) {
                Some((_, usage)) => uses.push(usage),
                None => fault(reading, phrase, &format!("the argument `${name}` is missing"), log),
            }
        }
        match kind(&uses) {
            Ok(kind) => arguments.push((name.to_owned(), kind)),
            Err(why) => {
                for (reading, phrase) in said {
                    fault(reading, phrase, &format!("the argument `${name}` {why}"), log);
                }
            }
        }
    }
    (log.faults.len() == before).then_some(arguments)
}

fn fault(reading: &Reading, phrase: &Phrase, why: &str, log: &mut Log) {
    let message = format!("key `{}`, language {}: {why}", phrase.key, reading.language.tag);
    log.fault(&phrase.place, &message);
}

fn kind(uses: &[&Usage]) -> Result<Kind, &'static str> {
    let number = uses.iter().any(|usage| usage.number);
    let mut words = uses.iter().map(|usage| &usage.words).filter(|words| !words.is_empty());
    match (number, words.next()) {
        (true, Some(_)) => Err("selects both a plural and a word"),
        (true, None) => Ok(Kind::Number),
        (false, None) => Ok(Kind::Text),
        (false, Some(first)) if words.all(|words| words == first) => Ok(Kind::Word),
        (false, Some(_)) => Err("selects by other words in one language than in another"),
    }
}

/// The arguments of a phrase in order of first appearance.
fn usages(parts: &[Part]) -> Vec<(String, Usage)> {
    let mut usages = Vec::new();
    add_usages(parts, &mut usages);
    usages
}

fn add_usages(parts: &[Part], usages: &mut Vec<(String, Usage)>) {
    for part in parts {
        match part {
            Part::Text(_) => {}
            Part::Argument(name) => add_usage(name, Usage::default(), usages),
            Part::Choice(choice) => {
                let mut usage = Usage { number: choice.kind == Kind::Number, ..Usage::default() };
                if choice.kind == Kind::Word {
                    usage.words.insert(choice.default_key.clone());
                }
                for (case, _) in &choice.branches {
                    if let Case::Word(word) = case {
                        usage.words.insert(word.clone());
                    }
                }
                add_usage(&choice.argument, usage, usages);
                for (_, parts) in &choice.branches {
                    add_usages(parts, usages);
                }
                add_usages(&choice.default, usages);
            }
        }
    }
}

fn add_usage(name: &str, usage: Usage, usages: &mut Vec<(String, Usage)>) {
    match usages.iter_mut().find(|(other, _)| other == name) {
        Some((_, known)) => {
            known.number |= usage.number;
            known.words.extend(usage.words);
        }
        None => usages.push((name.to_owned(), usage)),
    }
}
