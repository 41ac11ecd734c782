//! Content-addressed storage: `ab/cdef…` by SHA-256, written to a temporary name, synced and renamed.

use bytes::Bytes;
use object_store::{ObjectStoreExt, PutPayload, local::LocalFileSystem, path::Path};
use sha2::Digest as _;
use std::{fmt, sync::Arc, time::Duration};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many files are checked and written at once (security.md S60).
const AT_ONCE: usize = 4;
/// How long a file waits for its turn before the visitor is told that the portal is busy.
const PATIENCE: Duration = Duration::from_secs(5);

/// The SHA-256 of a file's bytes; printed in lower-case hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of these bytes. Takes about 5 ms per megabyte unoptimised, so large files belong on a blocking thread.
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// The digest kept in a row; none unless it has 32 bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    fn path(self) -> Path {
        let name = self.to_string();
        let (folder, rest) = name.split_at(2);
        Path::from_iter([folder, rest])
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// Why the store did not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is nothing under this digest.
    #[error("the evidence store has nothing under {0}")]
    Missing(Digest),
    /// Every place is taken.
    #[error("the evidence store is busy")]
    Busy,
    /// The folder cannot be used.
    #[error("the folder of the evidence store: {0}")]
    Folder(#[from] std::io::Error),
    /// Reading or writing failed.
    #[error("the evidence store: {0}")]
    Store(#[from] object_store::Error),
}

impl From<StoreError> for crate::web::Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy,
            other => Self::internal(other),
        }
    }
}

/// The store. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Store {
    objects: Arc<LocalFileSystem>,
    turns: Arc<Semaphore>,
}

impl Store {
    /// Opens the store in a folder, which is made when it is not there.
    pub fn open(dir: impl AsRef<std::path::Path>) -> Result<Self, StoreError> {
        std::fs::create_dir_all(&dir)?;
        let objects = LocalFileSystem::new_with_prefix(dir)?.with_fsync(true);
        Ok(Self { objects: Arc::new(objects), turns: Arc::new(Semaphore::new(AT_ONCE)) })
    }

    /// Waits for one of the few places for work on uploads; hold it while working.
    pub async fn turn(&self) -> Result<OwnedSemaphorePermit, StoreError> {
        self.turn_within(PATIENCE).await
    }

    async fn turn_within(&self, patience: Duration) -> Result<OwnedSemaphorePermit, StoreError> {
        match tokio::time::timeout(patience, self.turns.clone().acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(StoreError::Busy),
        }
    }

    /// Keeps bytes and gives their digest. What is there unharmed is not written again, what was altered or torn is put
    /// right; when this returns, the bytes survive a power cut.
    pub async fn put(&self, bytes: Bytes) -> Result<Digest, StoreError> {
        let hashed = bytes.clone();
        let digest = tokio::task::spawn_blocking(move || Digest::of(&hashed)).await.map_err(std::io::Error::other)?;
        let path = digest.path();
        if self.holds(digest, bytes.len()).await? {
            return Ok(digest);
        }
        self.objects.put(&path, PutPayload::from_bytes(bytes)).await?;
        Ok(digest)
    }

    /// Whether the bytes of a digest are there, unharmed.
    async fn holds(&self, digest: Digest, size: usize) -> Result<bool, StoreError> {
        match self.objects.head(&digest.path()).await {
            Ok(there) if usize::try_from(there.size).ok() == Some(size) => {}
            Ok(_) | Err(object_store::Error::NotFound { .. }) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        let bytes = self.get(digest).await?;
        let found = tokio::task::spawn_blocking(move || Digest::of(&bytes)).await.map_err(std::io::Error::other)?;
        Ok(found == digest)
    }

    /// The bytes under a digest, as they are now: whether they still have it is for the caller to check.
    pub async fn get(&self, digest: Digest) -> Result<Bytes, StoreError> {
        match self.objects.get(&digest.path()).await {
            Ok(found) => Ok(found.bytes().await?),
            Err(object_store::Error::NotFound { .. }) => Err(StoreError::Missing(digest)),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> std::path::PathBuf {
        let dir = std::env::temp_dir().join(format!("certgate-files-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        dir
    }

    #[tokio::test]
    async fn s30_files_lie_under_their_hash_and_come_back() {
        let dir = folder("kept");
        let store = Store::open(&dir).unwrap();
        let digest = store.put(Bytes::from_static(b"abc")).await.unwrap();
        assert_eq!(digest.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let file = dir.join("ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(std::fs::read(&file).unwrap(), b"abc");
        assert_eq!(store.get(digest).await.unwrap(), "abc");
        let written = std::fs::metadata(&file).unwrap().modified().unwrap();
        assert_eq!(store.put(Bytes::from_static(b"abc")).await.unwrap(), digest);
        assert_eq!(std::fs::metadata(&file).unwrap().modified().unwrap(), written, "written once");
        std::fs::write(&file, b"torn!").unwrap();
        store.put(Bytes::from_static(b"abc")).await.unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"abc", "a torn file is written again");
        std::fs::write(&file, b"abd").unwrap();
        store.put(Bytes::from_static(b"abc")).await.unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"abc", "an altered file is put right");
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[tokio::test]
    async fn what_is_not_there_is_missing() {
        let dir = folder("missing");
        let store = Store::open(&dir).unwrap();
        assert!(matches!(store.get(Digest::of(b"never kept")).await, Err(StoreError::Missing(_))));
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[tokio::test]
    async fn s60_a_fifth_upload_waits_and_is_told() {
        let dir = folder("turns");
        let store = Store::open(&dir).unwrap();
        let mut held = Vec::new();
        for _ in 0..AT_ONCE {
            held.push(store.turn().await.unwrap());
        }
        assert!(matches!(store.turn_within(Duration::from_millis(1)).await, Err(StoreError::Busy)));
        held.pop();
        assert!(store.turn().await.is_ok());
        std::fs::remove_dir_all(dir).unwrap();
    }
}
