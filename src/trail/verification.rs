//! `certgate trail verify`: from the database, or from an export without one.

use std::fs::File;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use sqlx::{Connection, PgConnection};

use super::checker::{Checker, Witness};
use super::checkpoints;
use super::export::{Header, Line};
use super::finding::{Finding, Kind, Note, Report};
use super::key::Keys;
use super::store::log::{self, Loose, LooseState};

/// Seconds after which a committed event must have its place.
/// A long import begins its transaction well before it commits, so this is more than the sealer ever needs.
pub const PATIENCE: f64 = 60.0;

/// What a verifier relies on: both come from outside the database.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Trusted public keys. Offline they may be empty: then the export's own are used, and the report says so.
    pub keys: Keys,
    /// The checkpoints file, or a copy of it.
    pub checkpoints: Option<PathBuf>,
}

/// Why a verification could not be made. What is wrong with the log is a [`Finding`], not an error.
#[derive(Debug, thiserror::Error)]
pub enum VerificationError {
    /// The database refused.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// A file cannot be read.
    #[error("{0}: {1}")]
    File(PathBuf, #[source] io::Error),
    /// The export cannot be read.
    #[error("line {0} of the export cannot be read: {1}")]
    Line(u64, #[source] io::Error),
    /// The first line is no header of a known form.
    #[error("this is not a trail export of a known form")]
    NotAnExport,
}

/// Verifies the database's log. The connection needs the rights of the auditor.
pub async fn online(conn: &mut PgConnection, trust: &Trust) -> Result<Report, VerificationError> {
    // The file is measured before the snapshot is taken: later lines belong to checkpoints that the snapshot cannot see.
    let witness = trust.checkpoints.as_deref().map(witness).transpose()?;
    let mut snapshot = conn.begin_with("begin isolation level repeatable read, read only").await?;
    let mut checker = Checker::new(&trust.keys, witness);
    let mut reader = log::LogReader::default();
    while let Some(item) = reader.next(&mut snapshot).await? {
        checker.read(&item);
    }
    let loose = log::loose(&mut snapshot, PATIENCE).await?;
    snapshot.rollback().await?;
    let mut report = checker.finish();
    outside(&mut report, &loose);
    Ok(report)
}

/// Verifies an export, with no database.
pub fn offline(export: impl BufRead, trust: &Trust) -> Result<Report, VerificationError> {
    let witness = trust.checkpoints.as_deref().map(witness).transpose()?;
    let mut lines = export.lines().zip(1_u64..).map(|(line, number)| {
        let parsed = line.and_then(|line| Ok(serde_json::from_str::<Line>(&line)?));
        parsed.map_err(|error| VerificationError::Line(number, error))
    });
    let Some(Ok(Line::Header(header))) = lines.next() else {
        return Err(VerificationError::NotAnExport);
    };
    if header.form != Header::FORM {
        return Err(VerificationError::NotAnExport);
    }
    let own = Keys::new(header.keys.clone());
    let keys = if trust.keys.all().is_empty() { &own } else { &trust.keys };
    let mut checker = Checker::new(keys, witness);
    let mut loose = Vec::new();
    for line in lines {
        match line? {
            Line::Header(_) => return Err(VerificationError::NotAnExport),
            Line::Log(item) => checker.read(&item),
            Line::Loose(event) => loose.push(event),
        }
    }
    let mut report = checker.finish();
    if trust.keys.all().is_empty() {
        report.notes.push(Note::KeyFromExport);
    }
    if report.is_clean() && report.entries < header.tree_size {
        report.findings.push(Finding::at(Kind::Removed, report.entries, "the export ends before this place, but its first line promises more"));
        report.root_hash = None;
    }
    outside(&mut report, &loose);
    Ok(report)
}

fn witness(path: &Path) -> Result<Witness, VerificationError> {
    let open = || {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(checkpoints::read_lines(io::Read::take(file, length)))
    };
    open().map(|lines| Box::new(lines) as Witness).map_err(|error| VerificationError::File(path.to_owned(), error))
}

fn outside(report: &mut Report, loose: &[Loose]) {
    let mut waiting = 0;
    for Loose { event_id, state } in loose {
        let (kind, detail) = match state {
            LooseState::Waiting => {
                waiting += 1;
                continue;
            }
            LooseState::Late => (Kind::Unsealed, "it was committed but has waited too long for its place"),
            LooseState::Unannounced => (Kind::Inserted, "it has no place in the log and was not announced to the sealer"),
            LooseState::Gone => (Kind::Removed, "it was announced to the sealer but is gone"),
        };
        report.findings.push(Finding::outside(kind, *event_id, detail));
    }
    if waiting > 0 {
        report.notes.push(Note::Waiting(waiting));
    }
}
