//! Reading a page as a browser does: the fields of its form, what would be sent, what stands in its tags.

use certgate::visitor::Answer;

/// A field of a form, as it stands in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    /// `text`, `email`, `date`, `number`, `password`, `file`, `hidden`, `checkbox`, `radio`, `textarea`, `select`.
    pub kind: String,
    /// What would be sent as it stands.
    pub chosen: Vec<String>,
    /// Every value that can be chosen, for lists and boxes.
    pub offered: Vec<String>,
}

impl Field {
    pub fn is_free_text(&self) -> bool {
        matches!(self.kind.as_str(), "text" | "textarea")
    }

    pub fn is_choice(&self) -> bool {
        matches!(self.kind.as_str(), "select" | "radio" | "checkbox")
    }
}

/// A tag: its name, its attributes, and the text up to the next tag.
#[derive(Clone, Debug)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The text that an escaped text stands for.
pub fn unescaped(text: &str) -> String {
    // Once and from left to right, as a browser does: what a mark stands for is never read again.
    let marks = [
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#34;", '"'),
        ("&#x27;", '\''),
        ("&#39;", '\''),
        ("&#60;", '<'),
        ("&#62;", '>'),
        ("&#38;", '&'),
        ("&amp;", '&'),
    ];
    let (mut plain, mut rest) = (String::new(), text);
    while let Some(start) = rest.find('&') {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let (mark, stands_for) = marks.into_iter().find(|(mark, _)| rest.starts_with(mark)).unwrap_or(("&", '&'));
        plain.push(stands_for);
        rest = &rest[mark.len()..];
    }
    plain.push_str(rest);
    plain
}

/// The tags of a page in their order, with quoted attributes read as a browser reads them.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') {
            continue;
        }
        let (mut quote, mut end) = (None, rest.len());
        for (index, c) in rest.char_indices() {
            match (quote, c) {
                (None, '"' | '\'') => quote = Some(c),
                (Some(open), c) if open == c => quote = None,
                (None, '>') => {
                    end = index;
                    break;
                }
                _ => {}
            }
        }
        let inside = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        let name: String = inside.chars().take_while(|c| !c.is_whitespace()).collect();
        found.push(Tag {
            attributes: attributes(&inside[name.len()..]),
            name: name.to_ascii_lowercase(),
            text: rest.split('<').next().unwrap_or_default().to_owned(),
        });
    }
    found
}

fn attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let name: String = rest.chars().take_while(|c| !c.is_whitespace() && *c != '=').collect();
        rest = rest[name.len()..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            if let Some(quote) = after.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                let (inside, behind) = after[1..].split_once(quote).unwrap_or((&after[1..], ""));
                value = unescaped(inside);
                rest = behind;
            } else {
                value = after.chars().take_while(|c| !c.is_whitespace()).collect();
                rest = &after[value.len()..];
            }
        }
        if name.is_empty() {
            rest = rest.get(1..).unwrap_or_default();
        } else {
            found.push((name.to_ascii_lowercase(), value));
        }
        rest = rest.trim_start();
    }
    found
}

/// The fields of the page's main form; nothing when it has none.
pub fn form(answer: &Answer) -> Option<Vec<Field>> {
    let (_, rest) = answer.text.split_once("<form class=\"form\"")?;
    let inside = rest.split("</form>").next()?;
    let mut fields: Vec<Field> = Vec::new();
    let mut select = String::new();
    for tag in tags(inside) {
        let name = tag.get("name").unwrap_or_default().to_owned();
        match tag.name.as_str() {
            "input" => {
                let kind = tag.get("type").unwrap_or("text").to_owned();
                let value = tag.get("value").unwrap_or_default().to_owned();
                let is_box = matches!(kind.as_str(), "checkbox" | "radio");
                let chosen = if is_box && tag.get("checked").is_none() || kind == "file" { Vec::new() } else { vec![value.clone()] };
                let offered = if is_box { vec![value] } else { Vec::new() };
                match fields.iter_mut().find(|field| field.name == name && is_box) {
                    Some(field) => {
                        field.chosen.extend(chosen);
                        field.offered.extend(offered);
                    }
                    None => fields.push(Field { name, kind, chosen, offered }),
                }
            }
            "textarea" => {
                let text = tag.text.strip_prefix('\n').unwrap_or(&tag.text);
                fields.push(Field { name, kind: "textarea".to_owned(), chosen: vec![unescaped(text)], offered: Vec::new() });
            }
            "select" => {
                // A file may be chosen among those that are kept: one field in two shapes.
                fields.retain(|field| field.name != name);
                fields.push(Field { name: name.clone(), kind: "select".to_owned(), chosen: vec![String::new()], offered: Vec::new() });
                select = name;
            }
            "option" => {
                let value = tag.get("value").unwrap_or_default().to_owned();
                if let Some(field) = fields.iter_mut().find(|field| field.name == select) {
                    if tag.get("selected").is_some() {
                        field.chosen = vec![value.clone()];
                    }
                    if !value.is_empty() {
                        field.offered.push(value);
                    }
                }
            }
            _ => {}
        }
    }
    Some(fields)
}

/// What the browser would send.
pub fn sent(fields: &[Field]) -> Vec<(String, String)> {
    fields.iter().flat_map(|field| field.chosen.iter().map(|value| (field.name.clone(), value.clone()))).collect()
}

/// The fields with something plausible in every one that is empty.
pub fn filled(fields: &[Field]) -> Vec<Field> {
    let mut fields = fields.to_vec();
    for field in &mut fields {
        if field.chosen.iter().any(|value| !value.is_empty()) {
            continue;
        }
        field.chosen = match field.kind.as_str() {
            "date" => vec!["2026-11-02".to_owned()],
            "email" => vec!["su.min@test.example".to_owned()],
            "number" => vec!["1".to_owned()],
            "password" => vec!["a long pass phrase 7".to_owned()],
            "select" | "radio" | "checkbox" => field.offered.first().cloned().into_iter().collect(),
            "text" | "textarea" => vec!["Sample".to_owned()],
            _ => continue,
        };
    }
    fields
}

/// The same fields with other values in one of them.
pub fn with(fields: &[Field], name: &str, values: &[&str]) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = sent(fields).into_iter().filter(|(key, _)| key != name).collect();
    pairs.extend(values.iter().map(|value| (name.to_owned(), (*value).to_owned())));
    pairs
}

/// Pairs as they are posted.
pub fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Whether the page says that something is wrong with a field.
pub fn complains_of(answer: &Answer, name: &str) -> bool {
    super::errors(answer).contains(&format!("href=\"#f-{name}\""))
}
