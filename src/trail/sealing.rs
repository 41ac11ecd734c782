//! The background sealer: gives committed events their place in the log and signs checkpoints.

use std::collections::HashMap;
use std::io;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{Connection, PgConnection, PgPool};
use uuid::Uuid;

use super::checkpoints::{Checkpoint, CheckpointFile};
use super::key::{Key, Keys};
use super::merkle::{Frontier, Hash};
use super::seal::{self, Authority};
use super::store::log::{self, Places, Waiting};

/// Pause between two rounds. Design promises a lag of at most two seconds.
pub const PAUSE: Duration = Duration::from_millis(500);

/// Entries under one checkpoint at most.
const BATCH: i64 = 5_000;

/// Why nothing was sealed. Events stay on the list; nothing is lost.
#[derive(Debug, thiserror::Error)]
pub enum SealingError {
    /// The database refused.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// The checkpoints file cannot be read or written.
    #[error("the checkpoints file: {0}")]
    File(#[from] io::Error),
    /// The database holds less, or something else, than the checkpoints file attests. Sealing on would sign a second
    /// history. After a deliberate restore the file is set aside by hand.
    #[error("the database does not hold the checkpoint of size {0} that the checkpoints file attests; the log is not continued")]
    RolledBack(i64),
    /// The newest checkpoint is not signed by a trusted key, or its frontier does not yield its root.
    #[error("the newest checkpoint, of size {0}, was changed; the log is not continued")]
    CheckpointChanged(i64),
    /// The hash of a waiting event is no hash.
    #[error("event {0} has no readable hash")]
    Event(Uuid),
}

/// What one round did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sealed {
    /// Another copy of the service is sealing just now.
    Busy,
    /// Nothing waited.
    Nothing,
    /// So many events were placed, and this checkpoint signed.
    Events(usize, Checkpoint),
}

/// Places what waits, at most 5,000 events, under one new checkpoint. The connection needs the rights of the sealer.
///
/// `keys` are the public keys under which earlier checkpoints were signed. Safe to repeat after a crash at any point:
/// entries, checkpoint and list change in one transaction, and the file catches up from the database.
pub async fn seal_once(conn: &mut PgConnection, key: &Key, keys: &Keys, file: &CheckpointFile, now: DateTime<Utc>) -> Result<Sealed, SealingError> {
    catch_up(conn, keys, file).await?;
    let mut transaction = conn.begin().await?;
    if !log::lock_log(&mut transaction).await? {
        return Ok(Sealed::Busy);
    }
    let waiting = log::waiting(&mut transaction, BATCH).await?;
    if waiting.is_empty() {
        // Ends now, not when the connection is next used: the lock goes with it.
        transaction.rollback().await?;
        return Ok(Sealed::Nothing);
    }
    let (last, mut tree) = end_of_log(&mut transaction, keys).await?;
    let places = place(&mut transaction, key, &mut tree, &waiting).await?;
    let checkpoint = Checkpoint::sign(key, tree.size(), tree.root(), last.as_ref(), now);
    log::save_entries(&mut transaction, &places).await?;
    log::save_checkpoint(&mut transaction, &checkpoint, &tree).await?;
    transaction.commit().await?;
    catch_up(conn, keys, file).await?;
    Ok(Sealed::Events(waiting.len(), checkpoint))
}

/// Seals until nothing waits, and returns how many events were placed.
pub async fn drain(conn: &mut PgConnection, key: &Key, keys: &Keys, file: &CheckpointFile, now: DateTime<Utc>) -> Result<usize, SealingError> {
    let mut count = 0;
    while let Sealed::Events(placed, _) = seal_once(conn, key, keys, file, now).await? {
        count += placed;
    }
    Ok(count)
}

/// Seals for as long as the process runs; stop it by dropping it. Trouble is logged, once as long as it stays the same, and tried again.
pub async fn run(pool: PgPool, key: Key, keys: Keys, file: CheckpointFile, now: impl Fn() -> DateTime<Utc> + Send) -> std::convert::Infallible {
    let mut trouble = String::new();
    loop {
        let round = async {
            let mut conn = pool.acquire().await?;
            drain(&mut conn, &key, &keys, &file, now()).await
        };
        match round.await {
            Ok(_) => trouble.clear(),
            Err(error) => {
                let said = error.to_string();
                if said != trouble {
                    tracing::error!(error = %said, "the trail is not being sealed");
                    trouble = said;
                }
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Brings the file up to the database, after making sure that the database still holds what the file attests.
async fn catch_up(conn: &mut PgConnection, keys: &Keys, file: &CheckpointFile) -> Result<(), SealingError> {
    const PAGE: i64 = 1000;
    loop {
        let last = file.last()?;
        let size = last.as_ref().map_or(0, |last| last.tree_size);
        // One page beginning with the checkpoint that the file ends with.
        let mut page = log::checkpoints_after(conn, size - 1, PAGE).await?;
        if let Some(last) = &last {
            if page.first() != Some(last) {
                return Err(SealingError::RolledBack(size));
            }
            page.remove(0);
        }
        let mut previous = last.as_ref().map_or([0; 32], Checkpoint::hash);
        for checkpoint in &page {
            if checkpoint.check(keys) != Authority::Genuine || checkpoint.previous_hash != previous {
                return Err(SealingError::CheckpointChanged(checkpoint.tree_size));
            }
            previous = checkpoint.hash();
        }
        if page.is_empty() {
            return Ok(());
        }
        let file = file.clone();
        tokio::task::spawn_blocking(move || file.append(&page)).await.map_err(io::Error::other)??;
    }
}

async fn end_of_log(conn: &mut PgConnection, keys: &Keys) -> Result<(Option<Checkpoint>, Frontier), SealingError> {
    let Some((last, frontier)) = log::last_checkpoint(conn).await? else {
        return Ok((None, Frontier::default()));
    };
    let genuine = last.check(keys) == Authority::Genuine;
    match frontier.filter(|frontier| genuine && frontier.root() == last.root_hash) {
        Some(frontier) => Ok((Some(last), frontier)),
        None => Err(SealingError::CheckpointChanged(last.tree_size)),
    }
}

async fn place(conn: &mut PgConnection, key: &Key, tree: &mut Frontier, waiting: &[Waiting]) -> Result<Places, SealingError> {
    let mut engagements: Vec<Uuid> = waiting.iter().map(|event| event.engagement_id).collect();
    engagements.sort_unstable();
    engagements.dedup();
    let mut numbers: HashMap<Uuid, i64> = log::last_numbers(conn, &engagements).await?.into_iter().collect();
    let mut places = Places::default();
    for event in waiting {
        let hash = Hash::try_from(event.event_hash.as_slice()).map_err(|_| SealingError::Event(event.event_id))?;
        let number = numbers.entry(event.engagement_id).or_insert(0);
        *number += 1;
        let position = tree.size();
        let seal = seal::seal(key, position, &hash);
        tree.append(seal::leaf(position, event.event_id, event.engagement_id, *number, &seal));
        places.positions.push(position);
        places.event_ids.push(event.event_id);
        places.engagement_ids.push(event.engagement_id);
        places.engagement_numbers.push(*number);
        places.seals.push(seal);
    }
    Ok(places)
}
