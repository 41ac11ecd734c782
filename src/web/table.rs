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
    /// Whether the cell never wraps.
    pub const fn is_short(&self) -> bool {
        matches!(self, Self::Day(_) | Self::State(_) | Self::Number(_))
    }

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

/// Where one is in a long list.
#[derive(Clone, Debug)]
pub struct Pager {
    /// Address of the list with its filters: what stands before `page=`.
    pub query: String,
    /// This page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// How many entries there are.
    pub count: usize,
}

impl Pager {
    /// The page that was asked for, within what there is.
    pub fn new(query: String, asked: Option<&str>, count: usize, on_page: usize) -> Self {
        let pages = count.div_ceil(on_page.max(1)).max(1);
        let page = asked.and_then(|text| text.parse::<usize>().ok()).unwrap_or(1).clamp(1, pages);
        Self { query, page, pages, count }
    }

    /// How many entries stand before this page.
    pub const fn skipped(&self, on_page: usize) -> usize {
        (self.page - 1) * on_page
    }

    /// Whether there is more than one page.
    pub const fn is_needed(&self) -> bool {
        self.pages > 1
    }

    /// Address of the page before.
    pub fn back(&self) -> Option<String> {
        (self.page > 1).then(|| format!("{}page={}", self.query, self.page - 1))
    }

    /// Address of the page after.
    pub fn next(&self) -> Option<String> {
        (self.page < self.pages).then(|| format!("{}page={}", self.query, self.page + 1))
    }
}
