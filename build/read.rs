//! Reads the Fluent files of one language: terms are put in place, literals unescaped, and what the
//! typed methods cannot express (attributes, functions, references to messages) is refused.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use fluent_syntax::unicode;

use crate::collect::{Found, collect};
use crate::model::{Case, Choice, Kind, Language, Log, Part, Phrase, Reading, Source, rust_name};

const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Reads all files of a language, one namespace for all of them.
pub fn read(language: Language, sources: &[Source], log: &mut Log) -> Reading {
    let mut reading = Reading { language, phrases: Vec::new(), broken: BTreeSet::new() };
    let (mut messages, mut terms) = (Vec::new(), BTreeMap::new());
    for source in sources {
        collect(source, &mut reading, &mut messages, &mut terms, log);
    }
    let mut used = BTreeSet::new();
    let mut places = BTreeMap::new();
    for Found { id, place, note, value } in &messages {
        let mut reader = Reader { language, terms: &terms, within: Vec::new(), faults: Vec::new() };
        if let Some(first) = places.insert(*id, place) {
            reader.faults.push(format!("the key is there twice, first at {first}"));
        }
        if let Err(fault) = rust_name(id) {
            reader.faults.push(fault);
        }
        let mut parts = Vec::new();
        reader.pattern(value, &mut parts, &mut used);
        if reader.faults.is_empty() {
            let (key, place, note) = ((*id).to_owned(), place.clone(), note.clone());
            reading.phrases.push(Phrase { key, place, note, parts });
            continue;
        }
        for fault in reader.faults {
            log.fault(place, &format!("key `{id}`, language {}: {fault}", language.tag));
        }
        reading.broken.insert((*id).to_owned());
    }
    for (id, term) in terms.iter().filter(|(id, _)| !used.contains(**id)) {
        log.warnings.push(format!("{}: the term `-{id}` is never used", term.place));
    }
    reading
}

struct Reader<'s> {
    language: Language,
    terms: &'s BTreeMap<&'s str, Found<'s>>,
    /// The terms being put in place, outermost first.
    within: Vec<&'s str>,
    faults: Vec<String>,
}

impl<'s> Reader<'s> {
    fn pattern(&mut self, pattern: &'s Pattern<&'s str>, parts: &mut Vec<Part>, used: &mut BTreeSet<&'s str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => add_text(parts, value),
                PatternElement::Placeable { expression } => {
                    self.expression(expression, parts, used);
                }
            }
        }
    }

    fn expression(&mut self, expression: &'s Expression<&'s str>, parts: &mut Vec<Part>, used: &mut BTreeSet<&'s str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline, parts, used),
            Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                if let Some(argument) = self.argument(id.name) {
                    let choice = self.choice(argument, variants, used);
                    parts.push(Part::Choice(choice));
                }
            }
            Expression::Select { .. } => {
                self.fault("only an argument can select: `{ $name -> … }`");
            }
        }
    }

    fn inline(&mut self, inline: &'s InlineExpression<&'s str>, parts: &mut Vec<Part>, used: &mut BTreeSet<&'s str>) {
        match inline {
            InlineExpression::StringLiteral { value } => {
                let text = unicode::unescape_unicode_to_string(value);
                if text.contains(char::REPLACEMENT_CHARACTER) {
                    self.fault(&format!("no such character in \"{value}\""));
                }
                add_text(parts, &text);
            }
            InlineExpression::NumberLiteral { value } => add_text(parts, value),
            InlineExpression::VariableReference { id } => {
                parts.extend(self.argument(id.name).map(Part::Argument));
            }
            InlineExpression::Placeable { expression } => self.expression(expression, parts, used),
            InlineExpression::TermReference { id, attribute: None, arguments: None } => {
                self.term(id.name, parts, used);
            }
            InlineExpression::TermReference { id, .. } => {
                self.fault(&format!("attributes and arguments of `-{}` are not supported", id.name));
            }
            InlineExpression::MessageReference { id, .. } => {
                self.fault(&format!("`{}` must be a term (`-{0}`) to be referred to", id.name));
            }
            InlineExpression::FunctionReference { id, .. } => {
                self.fault(&format!("functions are not supported (`{}`)", id.name));
            }
        }
    }

    fn term(&mut self, id: &'s str, parts: &mut Vec<Part>, used: &mut BTreeSet<&'s str>) {
        used.insert(id);
        if self.within.contains(&id) {
            return self.fault(&format!("the term `-{id}` refers to itself"));
        }
        let terms = self.terms;
        let Some(term) = terms.get(id) else {
            return self.fault(&format!("the term `-{id}` is missing in this language"));
        };
        self.within.push(id);
        self.pattern(&term.value, parts, used);
        self.within.pop();
    }

    fn argument(&mut self, name: &str) -> Option<String> {
        if let Some(term) = self.within.last() {
            self.fault(&format!("the term `-{term}` cannot take the argument `${name}`"));
            return None;
        }
        rust_name(name).map_err(|fault| self.fault(&format!("argument {fault}"))).ok()
    }

    fn choice(&mut self, argument: String, variants: &'s [Variant<&'s str>], used: &mut BTreeSet<&'s str>) -> Choice {
        let is_number = variants.iter().all(|variant| match variant.key {
            VariantKey::NumberLiteral { .. } => true,
            VariantKey::Identifier { name } => PLURALS.contains(&name),
        });
        let kind = if is_number { Kind::Number } else { Kind::Word };
        let mut choice = Choice { argument, branches: Vec::new(), default_key: String::new(), default: Vec::new(), kind };
        let mut seen = BTreeSet::new();
        for variant in variants {
            let mut parts = Vec::new();
            self.pattern(&variant.value, &mut parts, used);
            let (VariantKey::Identifier { name: key } | VariantKey::NumberLiteral { value: key }) = variant.key;
            if !seen.insert(key) {
                self.fault(&format!("the form [{key}] is there twice"));
            }
            if variant.default {
                if is_number && key != "other" {
                    self.fault(&format!("the default of a plural is *[other], not *[{key}]"));
                }
                key.clone_into(&mut choice.default_key);
                choice.default = parts;
            } else if let Some(case) = self.case(&variant.key, kind) {
                choice.branches.push((case, parts));
            }
        }
        if seen.contains("one") && seen.contains("1") {
            self.fault("the forms [1] and [one] are the same");
        }
        choice
    }

    fn case(&mut self, key: &VariantKey<&str>, kind: Kind) -> Option<Case> {
        match (key, kind) {
            (VariantKey::Identifier { name: "one" }, Kind::Number) if self.language.has_one => {
                return Some(Case::One);
            }
            (VariantKey::Identifier { name }, Kind::Number) => {
                let tag = self.language.tag;
                self.fault(&format!("the plural form [{name}] does not exist in {tag}"));
            }
            (VariantKey::Identifier { name }, _) => return Some(Case::Word((*name).to_owned())),
            (VariantKey::NumberLiteral { value }, Kind::Number) => match value.parse() {
                Ok(number) => return Some(Case::Exactly(number)),
                Err(_) => self.fault(&format!("the form [{value}] is not a whole number")),
            },
            (VariantKey::NumberLiteral { value }, _) => {
                self.fault(&format!("the number [{value}] stands among words"));
            }
        }
        None
    }

    fn fault(&mut self, message: &str) {
        self.faults.push(message.to_owned());
    }
}

fn add_text(parts: &mut Vec<Part>, text: &str) {
    match parts.last_mut() {
        Some(Part::Text(before)) => before.push_str(text),
        _ => parts.push(Part::Text(text.to_owned())),
    }
}
