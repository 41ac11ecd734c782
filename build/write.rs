//! Writes the Rust of the phrases: one method each, a `match` on the language inside.

use std::fmt::Write;

use crate::model::{Agreed, Case, Choice, Kind, Part};

/// The generated file, to be included beside `Say` and `Language`.
pub fn write(phrases: &[Agreed]) -> String {
    let mut rust = String::from(
        "#[allow(clippy::all, clippy::pedantic, clippy::allow_attributes, reason = \"generated\")]\n\
         impl Say {\n",
    );
    for phrase in phrases {
        method(phrase, &mut rust);
    }
    rust.push_str("}\n");
    rust
}

fn method(phrase: &Agreed, rust: &mut String) {
    let mut line = |line: &str| {
        rust.push_str(line);
        rust.push('\n');
    };
    let examples = phrase.said.iter().map(|(language, parts)| {
        let mut example = format!("{}: ", language.tag);
        sample(parts, &mut example);
        example
    });
    for note in phrase.note.iter().cloned().chain(examples) {
        line(&format!("    #[doc = {:?}]", format!(" {}  ", plain(&note))));
    }
    let mut signature = String::from("self");
    for (name, kind) in &phrase.arguments {
        let _ = write!(signature, ", {name}: {}", type_of(*kind));
    }
    let constant = phrase.arguments.is_empty();
    let output = if constant { "&'static str" } else { "::std::string::String" };
    let name = phrase.key.replace('-', "_");
    line(&format!("    pub(crate) fn {name}({signature}) -> {output} {{"));
    for (name, kind) in &phrase.arguments {
        if *kind == Kind::Number {
            line(&format!("        let {name} = Count::count({name});"));
        }
    }
    line("        match self.language {");
    for (language, parts) in &phrase.said {
        let value = expression(parts, constant);
        line(&format!("            Language::{} => {value},", language.variant));
    }
    line("        }\n    }");
}

fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "impl ::std::fmt::Display",
        Kind::Number => "impl Count",
        Kind::Word => "&str",
    }
}

/// Choices are lifted out of the sentence, so that each outcome is a single format string.
fn expression(parts: &[Part], constant: bool) -> String {
    let choice = parts.iter().enumerate().find_map(|(at, part)| match part {
        Part::Choice(choice) => Some((at, choice)),
        _ => None,
    });
    let Some((at, choice)) = choice else {
        return sentence(parts, constant);
    };
    let with = |chosen: &[Part]| {
        let (before, after) = (parts.iter().take(at), parts.iter().skip(at + 1));
        let whole = before.chain(chosen).chain(after).cloned().collect::<Vec<_>>();
        expression(&whole, constant)
    };
    if choice.branches.is_empty() {
        return with(&choice.default);
    }
    let mut rust = format!("match {} {{ ", choice.argument);
    for (pattern, parts) in arms(choice) {
        let _ = write!(rust, "{pattern} => {}, ", with(parts));
    }
    let _ = write!(rust, "_ => {} }}", with(&choice.default));
    rust
}

/// Exact numbers come before plural forms.
fn arms(choice: &Choice) -> Vec<(String, &[Part])> {
    let mut exact = Vec::new();
    let mut forms = Vec::new();
    for (case, parts) in &choice.branches {
        match case {
            Case::Exactly(number) => exact.push((number.to_string(), parts.as_slice())),
            Case::One => forms.push(("1".to_owned(), parts.as_slice())),
            Case::Word(word) => forms.push((format!("{word:?}"), parts.as_slice())),
        }
    }
    exact.extend(forms);
    exact
}

fn sentence(parts: &[Part], constant: bool) -> String {
    let mut text = String::new();
    let mut format = String::new();
    for part in parts {
        match part {
            Part::Text(part) => {
                text.push_str(part);
                format.push_str(&part.replace('{', "{{").replace('}', "}}"));
            }
            Part::Argument(name) => {
                let _ = write!(format, "{{{name}}}");
            }
            Part::Choice(_) => {} // lifted out before
        }
    }
    let is_text = parts.iter().all(|part| matches!(part, Part::Text(_)));
    match (is_text, constant) {
        (true, true) => format!("{text:?}"),
        (true, false) => format!("::std::string::String::from({text:?})"),
        (false, _) => format!("::std::format!({format:?})"),
    }
}

/// The phrase as a reader of the documentation sees it, plural forms in their general form.
fn sample(parts: &[Part], example: &mut String) {
    for part in parts {
        match part {
            Part::Text(text) => example.push_str(text),
            Part::Argument(name) => {
                let _ = write!(example, "{{{name}}}");
            }
            Part::Choice(choice) => sample(&choice.default, example),
        }
    }
}

/// Text with nothing that Markdown would take for markup.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.replace('\n', " ").chars() {
        if r"\`*_[]<>#&".contains(letter) {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}
