//! What a verification finds, in words.

use std::fmt;

use serde::Serialize;
use uuid::Uuid;

/// What was done to the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The content differs from what was sealed.
    Altered,
    /// What was sealed here is gone.
    Removed,
    /// What stands here was never sealed.
    Inserted,
    /// What was sealed here stands elsewhere.
    Reordered,
    /// The log ends, or was rewritten, before a point that the checkpoints file attests.
    RolledBack,
    /// A checkpoint is missing or differs from what was signed.
    CheckpointChanged,
    /// A seal or checkpoint was made with a key that is not trusted.
    ForeignKey,
    /// A committed event has waited too long for its place; the sealer may be down.
    Unsealed,
}

/// The first thing that is wrong, as exactly as the evidence allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was done.
    pub kind: Kind,
    /// Position in the log, from 0. None for what stands outside the log, and for a checkpoint.
    pub position: Option<i64>,
    /// The event at that place, where one can be named.
    pub event_id: Option<Uuid>,
    /// Its engagement; the nil id is the installation.
    pub engagement_id: Option<Uuid>,
    /// Its number within the engagement.
    pub engagement_number: Option<i64>,
    /// For a checkpoint: the number of entries it covers.
    pub tree_size: Option<i64>,
    /// What exactly was noticed.
    pub detail: &'static str,
}

impl Finding {
    /// A finding about a place in the log.
    pub fn at(kind: Kind, position: i64, detail: &'static str) -> Self {
        Self { position: Some(position), ..Self::nowhere(kind, detail) }
    }

    /// A finding about the checkpoint of a size.
    pub fn checkpoint(kind: Kind, tree_size: i64, detail: &'static str) -> Self {
        Self { tree_size: Some(tree_size), ..Self::nowhere(kind, detail) }
    }

    /// A finding about an event outside the log.
    pub fn outside(kind: Kind, event_id: Uuid, detail: &'static str) -> Self {
        Self { event_id: Some(event_id), ..Self::nowhere(kind, detail) }
    }

    fn nowhere(kind: Kind, detail: &'static str) -> Self {
        Self { kind, position: None, event_id: None, engagement_id: None, engagement_number: None, tree_size: None, detail }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Altered => "altered",
            Self::Removed => "removed",
            Self::Inserted => "inserted",
            Self::Reordered => "reordered",
            Self::RolledBack => "rolled back",
            Self::CheckpointChanged => "checkpoint changed",
            Self::ForeignKey => "foreign key",
            Self::Unsealed => "not sealed in time",
        })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.kind)?;
        if let Some(position) = self.position {
            write!(f, "entry at position {position}, ")?;
        }
        if let Some(size) = self.tree_size {
            write!(f, "checkpoint of size {size}, ")?;
        }
        if let Some(event) = self.event_id {
            write!(f, "event {event}, ")?;
        }
        match (self.engagement_number, self.engagement_id) {
            (Some(number), Some(id)) if id.is_nil() => {
                write!(f, "number {number} of the installation, ")?;
            }
            (Some(number), Some(id)) => write!(f, "number {number} of engagement {id}, ")?,
            _ => {}
        }
        f.write_str(self.detail)
    }
}

/// What a verification could not, or need not, look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// Without the checkpoints file a log that was cut back to an earlier state looks whole.
    NoCheckpointFile,
    /// The public key came from the export itself: whoever wrote the file may have signed it.
    KeyFromExport,
    /// So many of the newest checkpoints are not in the file yet.
    FileLags(i64),
    /// So many events were committed a moment ago and wait for the sealer.
    Waiting(i64),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCheckpointFile => f.write_str("not checked: whether the log was cut back to an earlier state (no checkpoints file was given)"),
            Self::KeyFromExport => f.write_str("not checked: whose key signed (no trusted public key was given, the one in the export was used)"),
            Self::FileLags(count) => write!(f, "{count} of the newest checkpoints are not in the checkpoints file"),
            Self::Waiting(count) => write!(f, "{count} events wait to be sealed"),
        }
    }
}

/// What a verification looked at, and what it found.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Entries read.
    pub entries: i64,
    /// Checkpoints read.
    pub checkpoints: i64,
    /// Root over all entries, hexadecimal; none if something is wrong.
    pub root_hash: Option<String>,
    /// What is wrong; the first finding is the first in the log. Empty on a clean log.
    pub findings: Vec<Finding>,
    /// What was not checked.
    pub notes: Vec<Note>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} entries and {} checkpoints read", self.entries, self.checkpoints)?;
        if let Some(root) = &self.root_hash {
            writeln!(f, "root {root}")?;
        }
        for note in &self.notes {
            writeln!(f, "{note}")?;
        }
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        f.write_str(if self.is_clean() { "the trail is whole" } else { "THE TRAIL IS NOT WHOLE" })
    }
}
