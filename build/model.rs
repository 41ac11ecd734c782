//! What the phrase compiler talks about.

use std::collections::BTreeSet;

#[derive(Clone, Copy)]
pub struct Language {
    /// Name of the folder below `locales/`.
    pub tag: &'static str,
    /// The variant of `words::Language`.
    pub variant: &'static str,
    /// Whether 1 is said differently from the other numbers (`one` beside `other`).
    pub has_one: bool,
}

/// The first one leads: its files give methods and arguments their order.
pub const LANGUAGES: [Language; 2] = [Language { tag: "zh-CN", variant: "Chinese", has_one: false }, Language { tag: "en", variant: "English", has_one: true }];

pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    /// Byte order mark and Windows line ends, which translators' tools may add, are dropped.
    pub fn new(path: String, text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        Self { path, text }
    }
}

/// Everything one language says.
pub struct Reading {
    pub language: Language,
    pub phrases: Vec<Phrase>,
    /// Keys with a reported fault: they are there, but nothing more can be said about them.
    pub broken: BTreeSet<String>,
}

pub struct Phrase {
    pub key: String,
    /// `path:line`
    pub place: String,
    pub note: Vec<String>,
    pub parts: Vec<Part>,
}

#[derive(Clone)]
pub enum Part {
    Text(String),
    Argument(String),
    Choice(Choice),
}

/// A Fluent select expression. The default is what is said when no branch matches.
#[derive(Clone)]
pub struct Choice {
    pub argument: String,
    pub branches: Vec<(Case, Vec<Part>)>,
    pub default_key: String,
    pub default: Vec<Part>,
    pub kind: Kind,
}

#[derive(Clone)]
pub enum Case {
    Exactly(i64),
    One,
    Word(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Only printed.
    Text,
    /// Selects a plural form.
    Number,
    /// Selects by a word.
    Word,
}

/// A phrase in which all languages agree.
pub struct Agreed {
    pub key: String,
    pub note: Vec<String>,
    pub arguments: Vec<(String, Kind)>,
    pub said: Vec<(Language, Vec<Part>)>,
}

#[derive(Default)]
pub struct Log {
    pub faults: Vec<String>,
    pub warnings: Vec<String>,
}

impl Log {
    pub fn fault(&mut self, place: &str, message: &str) {
        self.faults.push(format!("{place}: {}", message.replace('\n', " ")));
    }
}

/// Rust's name for a kebab-case key or argument, or why there is none.
pub fn rust_name(name: &str) -> Result<String, String> {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if !name.split('-').all(is_word) {
        return Err(format!("`{name}` is not kebab-case (a-z, 0-9, single hyphens)"));
    }
    if RESERVED.contains(&name) {
        return Err(format!("`{name}` is a reserved word in Rust, choose another name"));
    }
    Ok(name.replace('-', "_"))
}

/// Keywords of Rust, and the method every `Copy` type already has.
const RESERVED: [&str; 53] = [
    "abstract", "as", "async", "await", "become", "box", "break", "clone", "const", "continue", "crate", "do", "dyn", "else", "enum", "extern", "false",
    "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self",
    "static", "struct", "super", "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];
