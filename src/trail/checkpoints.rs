//! Signed checkpoints, and the file outside the database that holds a copy of each.
//!
//! The file has one JSON object a line, in the order of the log. It is the witness against a database that was cut
//! back or replaced by an older copy; keep a copy of it on another machine.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::canonical::Bytes;
use super::hexadecimal;
use super::key::{ALGORITHM, Key, Keys};
use super::merkle::{Hash, sha256};
use super::seal::Authority;

/// "With so many entries the log has this root", signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Number of entries covered.
    pub tree_size: i64,
    /// Merkle root over them.
    #[serde(with = "hexadecimal")]
    pub root_hash: Hash,
    /// Hash of the checkpoint before; zeros for the first.
    #[serde(with = "hexadecimal")]
    pub previous_hash: Hash,
    /// When it was signed, to the microsecond.
    pub signed_at: DateTime<Utc>,
    /// Which key signed.
    pub key_id: String,
    /// `ed25519`.
    pub algorithm: String,
    /// Signature over all of the above.
    #[serde(with = "hexadecimal")]
    pub signature: Vec<u8>,
}

impl Checkpoint {
    /// Signs a checkpoint that follows `previous`.
    pub fn sign(key: &Key, tree_size: i64, root_hash: Hash, previous: Option<&Self>, now: DateTime<Utc>) -> Self {
        let mut checkpoint = Self {
            tree_size,
            root_hash,
            previous_hash: previous.map_or([0; 32], Self::hash),
            signed_at: DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now),
            key_id: key.public().id().to_owned(),
            algorithm: ALGORITHM.to_owned(),
            signature: Vec::new(),
        };
        checkpoint.signature = key.sign(checkpoint.signed_bytes().get()).to_vec();
        checkpoint
    }

    fn signed_bytes(&self) -> Bytes {
        let mut bytes = Bytes::tagged("certgate checkpoint 1");
        bytes.number(self.tree_size);
        bytes.raw(&self.root_hash);
        bytes.raw(&self.previous_hash);
        bytes.number(self.signed_at.timestamp_micros());
        bytes.text(&self.key_id);
        bytes.text(&self.algorithm);
        bytes
    }

    /// The hash by which the next checkpoint names this one.
    pub fn hash(&self) -> Hash {
        let mut bytes = self.signed_bytes();
        bytes.text(&self.signature);
        sha256(bytes.get())
    }

    /// Checks algorithm, key and signature.
    pub fn check(&self, keys: &Keys) -> Authority {
        match keys.get(&self.key_id) {
            _ if self.algorithm != ALGORITHM => Authority::Broken,
            None => Authority::Foreign,
            Some(key) if key.verifies(self.signed_bytes().get(), &self.signature) => Authority::Genuine,
            Some(_) => Authority::Broken,
        }
    }
}

/// The checkpoints file as the sealer writes it.
#[derive(Debug, Clone)]
pub struct CheckpointFile {
    path: PathBuf,
}

impl CheckpointFile {
    /// A file at this path; it is made when first written.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The newest checkpoint in the file. A last line that a crash cut short does not count.
    pub fn last(&self) -> io::Result<Option<Checkpoint>> {
        match File::open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
            Ok(mut file) => Ok(last_line(&mut file)?.0),
        }
    }

    /// Appends the checkpoints that are newer than the file's last, and does not return before they are on the disk.
    ///
    /// Another copy of the service may write the same file: a lock is held, and what it wrote is not written twice.
    pub fn append(&self, checkpoints: &[Checkpoint]) -> io::Result<()> {
        let fresh = !self.path.try_exists()?;
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&self.path)?;
        file.lock()?;
        let (last, whole) = last_line(&mut file)?;
        file.set_len(whole)?;
        file.seek(SeekFrom::Start(whole))?;
        let newest = last.map_or(0, |last| last.tree_size);
        let mut lines = Vec::new();
        for checkpoint in checkpoints.iter().filter(|checkpoint| checkpoint.tree_size > newest) {
            serde_json::to_writer(&mut lines, checkpoint)?;
            lines.push(b'\n');
        }
        file.write_all(&lines)?;
        file.sync_all()?;
        match self.path.parent() {
            Some(directory) if fresh => File::open(directory)?.sync_all(),
            _ => Ok(()),
        }
    }
}

/// The last whole line, and the length of the file up to its end.
fn last_line(file: &mut File) -> io::Result<(Option<Checkpoint>, u64)> {
    const LONGEST: u64 = 4096;
    let length = file.seek(SeekFrom::End(0))?;
    let from = length.saturating_sub(2 * LONGEST);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let Some(end) = tail.iter().rposition(|byte| *byte == b'\n') else {
        // A file without any line break is an unfinished first line, unless it is too long to be one.
        return if from == 0 { Ok((None, 0)) } else { Err(io::ErrorKind::InvalidData.into()) };
    };
    let line = tail.split_at(end).0.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let whole = from + u64::try_from(end).unwrap_or(u64::MAX) + 1;
    Ok((Some(serde_json::from_slice(line)?), whole))
}

/// The checkpoints file as a verifier reads it, line by line. Each line that is no checkpoint is an error item.
pub fn read_lines(reader: impl Read) -> impl Iterator<Item = io::Result<Checkpoint>> {
    let mut reader = BufReader::new(reader);
    std::iter::from_fn(move || {
        let mut line = Vec::new();
        match reader.read_until(b'\n', &mut line) {
            Err(error) => Some(Err(error)),
            // An unfinished last line is a write in progress or cut short, not a checkpoint.
            Ok(_) => (line.pop() == Some(b'\n')).then(|| serde_json::from_slice(&line).map_err(Into::into)),
        }
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use ring::{rand::SystemRandom, signature::Ed25519KeyPair};

    use super::*;

    fn chain(length: i64) -> (Key, Vec<Checkpoint>) {
        let key = Key::from_pkcs8(Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap().as_ref()).unwrap();
        let now = DateTime::from_timestamp(1_790_000_000, 123_456_789).unwrap();
        let mut chain: Vec<Checkpoint> = Vec::new();
        for size in 1..=length {
            chain.push(Checkpoint::sign(&key, size, [3; 32], chain.last(), now));
        }
        (key, chain)
    }

    #[test]
    fn a_changed_checkpoint_does_not_pass() {
        let (key, chain) = chain(2);
        let keys = Keys::new(vec![key.public().clone()]);
        let good = chain[1].clone();
        assert_eq!(good.check(&keys), Authority::Genuine);
        assert_eq!(good.previous_hash, chain[0].hash());
        assert_eq!(Checkpoint { tree_size: 3, ..good.clone() }.check(&keys), Authority::Broken);
        assert_eq!(Checkpoint { root_hash: [4; 32], ..good.clone() }.check(&keys), Authority::Broken);
        assert_eq!(Checkpoint { algorithm: "none".into(), ..good.clone() }.check(&keys), Authority::Broken);
        assert_eq!(good.check(&Keys::default()), Authority::Foreign);
    }

    #[test]
    fn the_file_mends_a_line_cut_short_and_takes_nothing_twice() {
        let path = std::env::temp_dir().join(format!("certgate-checkpoints-{}", std::process::id()));
        let _ = fs::remove_file(&path);
        let file = CheckpointFile::new(&path);
        let (_, chain) = chain(5);
        assert_eq!(file.last().unwrap(), None);
        file.append(&chain[..2]).unwrap();
        file.append(&chain[..3]).unwrap();
        assert_eq!(file.last().unwrap().as_ref(), Some(&chain[2]));

        let mut bytes = fs::read(&path).unwrap();
        bytes.extend_from_slice(b"{\"tree_size\":4,\"root");
        fs::write(&path, bytes).unwrap();
        assert_eq!(file.last().unwrap().as_ref(), Some(&chain[2]));
        file.append(&chain).unwrap();
        let read: Vec<_> = read_lines(File::open(&path).unwrap()).map(Result::unwrap).collect();
        assert_eq!(read, chain);
        fs::remove_file(&path).unwrap();
    }
}
