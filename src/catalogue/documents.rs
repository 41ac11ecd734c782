use serde::Deserialize;

use super::bilingual::Bilingual;

/// A document of the default set (step 1.1.5.1).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Level and two digits, as `B07`; `<organisation>-SM-B07` in an engagement.
    pub code: String,
    /// Its level; the code begins with its letter.
    pub level: Level,
    /// What sort of document it is.
    pub kind: DocumentKind,
    /// Full title.
    pub title: Bilingual,
    /// Clauses served.
    pub clauses: Vec<String>,
    /// Checklist items of kind D that it satisfies.
    pub covers: Vec<String>,
    /// Codes of the forms in which its records are made.
    pub records: Vec<String>,
    /// Whether it belongs to the first issue, which starts the trial run.
    pub first_edition: bool,
}

/// The four levels of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
pub enum Level {
    /// Manual, and what stands beside it: A.
    #[serde(rename = "A")]
    Manual,
    /// Procedures: B.
    #[serde(rename = "B")]
    Procedure,
    /// Work documents, the third level: C.
    #[serde(rename = "C")]
    WorkDocument,
    /// Forms and records: D.
    #[serde(rename = "D")]
    Form,
}

/// What sort of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// The management manual.
    Manual,
    /// A procedure.
    Procedure,
    /// Work instruction.
    Instruction,
    /// A technical document.
    Technical,
    /// A management document: policy, plan, list, rules.
    Management,
    /// A form, or the record made in it.
    Form,
}

impl Level {
    /// The letter that codes begin with.
    pub fn code(self) -> &'static str {
        match self {
            Self::Manual => "A",
            Self::Procedure => "B",
            Self::WorkDocument => "C",
            Self::Form => "D",
        }
    }
}
