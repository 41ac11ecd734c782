/// What is wrong in the catalogue's files, and where: one sentence for the person who edits them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("catalogue/{file}, {entry}: {problem}")]
pub struct CatalogueFault {
    /// Name of the file, as `requirements.toml`.
    pub file: &'static str,
    /// Id of the entry, or `whole file` where no single entry is at fault.
    pub entry: String,
    /// What is wrong there.
    pub problem: Problem,
}

/// The kinds of fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not TOML, a field missing, unknown or of the wrong kind, or a text empty.
    #[error("line {line} cannot be read: {message}")]
    Unreadable {
        /// Line of the file, from 1.
        line: usize,
        /// The reader's words.
        message: String,
    },
    /// Two entries of a file share an id.
    #[error("this id is used twice")]
    Repeated,
    /// A reference leads nowhere.
    #[error("it refers to the {what} {id}, which does not exist")]
    Unknown {
        /// What was referred to.
        what: &'static str,
        /// By which id.
        id: String,
    },
    /// A total of the standard or of the default set is not met.
    #[error("there must be {expected} {what}, but there are {found}")]
    Count {
        /// What is counted.
        what: String,
        /// The fixed total.
        expected: usize,
        /// The number in the file.
        found: usize,
    },
    /// A requirement for a document that the first issue of documents would leave open.
    #[error("no manual, procedure or work document of the first edition covers this item of kind D")]
    Uncovered,
    /// Plan steps that wait for each other.
    #[error("this plan step waits, through others, for itself")]
    Circular,
    /// Parts of an entry, or an entry and the code, contradict each other.
    #[error("{0}")]
    Inconsistent(String),
}

impl CatalogueFault {
    pub(super) fn new(file: &'static str, entry: &str, problem: Problem) -> Self {
        Self { file, entry: entry.to_owned(), problem }
    }

    pub(super) fn whole(file: &'static str, problem: Problem) -> Self {
        Self::new(file, "whole file", problem)
    }
}
