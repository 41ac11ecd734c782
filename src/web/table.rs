//! Lists: columns, rows and cells as plain data, drawn by one template part.

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Text of ours or of the user; escaped when drawn.
    Text(String),
    /// A civil day, ISO.
    Day(String),
    /// A link.
    Link {
        /// Where to.
        href: String,
        /// The words.
        words: String,
    },
    /// A state: shape, word and colour.
    State(State),
    /// A number, aligned right.
    Number(String),
    /// Nothing to say.
    None,
}

/// A state as the visual language draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Class and icon: `met`, `not-yet`, `not-met`, `unknown`, `todo`, `doing`, `done`, `late`, `void` …
    pub shape: &'static str,
    /// The word.
    pub words: String,
}

/// A list.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Heads of the columns.
    pub heads: Vec<String>,
    /// Rows; the first cell leads to the entry.
    pub rows: Vec<Vec<Cell>>,
}

impl Cell {
    /// A day, or nothing.
    pub fn day(day: Option<chrono::NaiveDate>) -> Self {
        day.map_or(Self::None, |day| Self::Day(day.to_string()))
    }

    /// Text, or nothing when it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::None } else { Self::Text(text) }
    }
}

impl Listing {
    /// A row with the head of each cell, for the narrow layout.
    pub fn labelled<'a>(&'a self, row: &'a [Cell]) -> Vec<(&'a str, &'a Cell)> {
        self.heads.iter().map(String::as_str).zip(row).collect()
    }
}
