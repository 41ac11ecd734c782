//! The whole log as a file that can be verified without the database.
//!
//! One JSON object a line: a header, then entries (each with its event) and checkpoints in the order in which the
//! log grew, then what stands outside the log.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{Connection, PgConnection};

use super::key::{Keys, PublicKey};
use super::store::log::{self, Item, Loose};
use super::verification::PATIENCE;

/// The first line of an export.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Header {
    /// Form of the file: 1.
    pub form: u32,
    /// When the export was made.
    pub exported_at: DateTime<Utc>,
    /// Entries that the newest checkpoint covers.
    pub tree_size: i64,
    /// The public keys of the installation.
    pub keys: Vec<PublicKey>,
}

impl Header {
    /// The form written today.
    pub const FORM: u32 = 1;
}

/// A line of an export.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// The first line.
    Header(Header),
    /// A part of the log.
    Log(Item),
    /// An event outside the log.
    Loose(Loose),
}

/// Why an export was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database refused.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// The file could not be written.
    #[error("writing the export: {0}")]
    Io(#[from] io::Error),
}

/// Writes the whole log, from one snapshot. The connection needs the rights of the auditor; give a buffered writer.
pub async fn write(conn: &mut PgConnection, keys: &Keys, now: DateTime<Utc>, to: &mut impl Write) -> Result<i64, ExportError> {
    let mut snapshot = conn.begin_with("begin isolation level repeatable read, read only").await?;
    let newest = log::last_checkpoint(&mut snapshot).await?;
    let tree_size = newest.map_or(0, |(checkpoint, _)| checkpoint.tree_size);
    let header = Header { form: Header::FORM, exported_at: now, tree_size, keys: keys.all().to_vec() };
    line(to, &Line::Header(header))?;
    let mut reader = log::LogReader::default();
    while let Some(item) = reader.next(&mut snapshot).await? {
        line(to, &Line::Log(item))?;
    }
    for event in log::loose(&mut snapshot, PATIENCE).await? {
        line(to, &Line::Loose(event))?;
    }
    snapshot.rollback().await?;
    to.flush()?;
    Ok(tree_size)
}

fn line(to: &mut impl Write, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *to, line)?;
    to.write_all(b"\n")
}
