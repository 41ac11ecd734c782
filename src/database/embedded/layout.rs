//! Where everything lies inside the data directory, and who may look at it.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use ring::rand::{SecureRandom, SystemRandom};

use super::error::StartError;

/// A log above this size is set aside at the next start.
const LOG_LIMIT: u64 = 10 * 1024 * 1024;
const TAIL_LINES: usize = 15;
const TAIL_BYTES: u64 = 16 * 1024;

/// Paths below the data directory; all absolute.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub data_dir: PathBuf,
    /// The cluster itself (PGDATA).
    pub cluster: PathBuf,
    /// A cluster in the making; renamed to `cluster` when complete.
    pub unfinished: PathBuf,
    /// The usual socket directory.
    pub run: PathBuf,
    /// Names the temporary socket directory of the last start that needed one.
    pub socket_note: PathBuf,
    pub log: PathBuf,
    pub secret: PathBuf,
    /// Handed to initdb for a moment.
    pub password_file: PathBuf,
    pub lock: PathBuf,
    /// Server programs that were fetched because the system has none.
    pub programs: PathBuf,
}

impl Layout {
    /// Creates the data directory (0711: the server's account must pass through, nobody may list it) if it is new.
    pub fn prepare(data_dir: &Path) -> Result<Self, StartError> {
        let fail = |source| StartError::io(data_dir, source);
        DirBuilder::new().recursive(true).mode(0o711).create(data_dir).map_err(fail)?;
        let data_dir = data_dir.canonicalize().map_err(fail)?;
        Ok(Self {
            cluster: data_dir.join("pg"),
            unfinished: data_dir.join("pg.init"),
            run: data_dir.join("run"),
            socket_note: data_dir.join("socket-directory"),
            log: data_dir.join("postgres.log"),
            secret: data_dir.join("secrets").join("superuser"),
            password_file: data_dir.join("pg-password"),
            lock: data_dir.join("certgate.lock"),
            programs: data_dir.join("postgres-programs"),
            data_dir,
        })
    }
}

/// Makes a directory that only its owner may enter; an existing one gets these rights.
pub(super) fn private_dir(path: &Path) -> Result<(), StartError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .and_then(|()| fs::set_permissions(path, Permissions::from_mode(0o700)))
        .map_err(|source| StartError::io(path, source))
}

/// The same among the temporary directories, where others may write: what somebody else put there is refused.
pub(super) fn private_temporary_dir(path: &Path, owners: [u32; 2]) -> Result<(), StartError> {
    let create = || match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let found = fs::symlink_metadata(path)?;
            let ours = found.is_dir() && owners.contains(&found.uid()) && found.mode() & 0o777 == 0o700;
            if ours { Ok(()) } else { Err(error) }
        }
        other => other,
    };
    create().map_err(|source| StartError::io(path, source))
}

/// Writes a 0600 file that is either wholly there, on disk, or not at all.
pub(super) fn write_private(path: &Path, text: &str) -> Result<(), StartError> {
    let part = path.with_extension("part");
    let write = || -> io::Result<()> {
        remove_file(&part)?;
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&part, path)?;
        sync_parent(path)
    };
    write().map_err(|source| StartError::io(path, source))
}

/// Brings a rename or a new name to disk.
pub(super) fn sync_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |parent| File::open(parent)?.sync_all())
}

/// Removes a file; none there is fine.
pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    fs::remove_file(path).or_else(absent_is_fine)
}

/// Removes a directory with all it holds; none there is fine.
pub(super) fn remove_dir(path: &Path) -> io::Result<()> {
    fs::remove_dir_all(path).or_else(absent_is_fine)
}

fn absent_is_fine(error: io::Error) -> io::Result<()> {
    if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

/// `bytes` random bytes of the system's generator, as hex digits.
pub(super) fn random_hex(bytes: usize) -> Result<String, StartError> {
    let mut buffer = vec![0_u8; bytes];
    SystemRandom::new()
        .fill(&mut buffer)
        .map_err(|_unspecified| StartError::Io { path: PathBuf::from("random generator"), source: io::Error::other("the system gave no random bytes") })?;
    Ok(hex::encode(buffer))
}

/// Opens the server's log for appending and tells where this run's lines begin. A big log is set aside first.
pub(super) fn open_log(path: &Path) -> Result<(File, u64), StartError> {
    let open = || -> io::Result<(File, u64)> {
        if fs::metadata(path).is_ok_and(|log| log.len() > LOG_LIMIT) {
            fs::rename(path, path.with_extension("log.1"))?;
        }
        let file = OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
        let length = file.metadata()?.len();
        Ok((file, length))
    };
    open().map_err(|source| StartError::io(path, source))
}

/// The last lines of a log, none from before the byte `from`. Never fails: it only explains another failure.
pub(super) fn tail(path: &Path, from: u64) -> String {
    let read = || -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(from.max(length.saturating_sub(TAIL_BYTES)).min(length)))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let skipped = lines.len().saturating_sub(TAIL_LINES);
    lines.into_iter().skip(skipped).collect::<Vec<_>>().join("\n")
}

/// Whether a socket can be made in this directory: the kernel allows about 104 bytes for the whole path, and
/// PostgreSQL reads the setting as a list in which comma and quote have a meaning.
pub(super) fn holds_a_socket(dir: &Path) -> bool {
    let bytes = dir.as_os_str().as_bytes();
    bytes.len() + super::SOCKET_NAME.len() < 100 && !bytes.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n'))
}
