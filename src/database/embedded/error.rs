//! What can go wrong with the private PostgreSQL, one sentence for each case.

use std::io;
use std::path::{Path, PathBuf};

/// Why the private PostgreSQL could not be started. The text is meant for the operator's terminal.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another portal holds the lock of this data directory.
    #[error("certgate already runs on {}{}; stop that one first, or choose another data directory", .data_dir.display(), by_process(*.pid))]
    AlreadyRunning {
        /// The directory both wanted.
        data_dir: PathBuf,
        /// Process id of the holder, if it wrote one.
        pid: Option<u32>,
    },
    /// Neither the system, nor the configured directory, nor the package registry gave server programs.
    #[error(
        "no PostgreSQL server programs were found ({reason}): install PostgreSQL 15, 16, 17 or 18 (on Debian and Ubuntu the package `postgresql`), or set DATABASE_URL to a PostgreSQL server that already runs"
    )]
    NoPrograms {
        /// What was tried, a clause without a full stop.
        reason: String,
    },
    /// The cluster was written by a major version for which no programs are here.
    #[error(
        "the data in {} was written by PostgreSQL {data}, but only programs of version {found} were found: install PostgreSQL {data} (certgate works with 15 to 18), or move that directory away and restore a backup", .cluster.display()
    )]
    OtherVersion {
        /// The directory with the cluster.
        cluster: PathBuf,
        /// Major version that wrote the data.
        data: u32,
        /// Major versions found, such as `15` or `15, 17`.
        found: String,
    },
    /// The directory exists, holds something, and is no cluster that we can recognise.
    #[error("{} is not empty but holds no readable PG_VERSION, so it is left untouched: move it away, or restore a backup", .cluster.display())]
    UnknownData {
        /// The directory that was left alone.
        cluster: PathBuf,
    },
    /// PostgreSQL refuses root and no other way was open.
    #[error(
        "PostgreSQL refuses to run as root, and neither the user `postgres` nor `nobody` nor a user namespace can use {}: let every directory above it be passed through (chmod o+x), or start certgate as an ordinary user", .data_dir.display()
    )]
    NoAccount {
        /// The directory that no ordinary account reaches.
        data_dir: PathBuf,
    },
    /// The data directory cannot be written.
    #[error("{} cannot be written ({source}): give this user the directory, or choose another one", .path.display())]
    NotWritable {
        /// File or directory that refused.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No space is left.
    #[error("the disk that holds {} is full: free some space and start again, nothing stored so far is lost", .path.display())]
    DiskFull {
        /// File or directory that could not grow.
        path: PathBuf,
    },
    /// `initdb` ended with an error.
    #[error("the database could not be created in {}; initdb said:\n{log}", .data_dir.display())]
    InitFailed {
        /// The data directory.
        data_dir: PathBuf,
        /// Last lines of what it wrote.
        log: String,
    },
    /// The server ended before it was ready.
    #[error("PostgreSQL ended while starting; the last lines of its log are:\n{log}")]
    StartFailed {
        /// Last lines of the log.
        log: String,
    },
    /// The server is alive but did not become ready.
    #[error("PostgreSQL was not ready after {seconds} seconds and was stopped; the last lines of its log are:\n{log}")]
    TimedOut {
        /// How long was waited.
        seconds: u64,
        /// Last lines of the log.
        log: String,
    },
    /// Server processes of an earlier run do not end.
    #[error("an earlier PostgreSQL (process {pid}) still uses {} and does not end, not even when killed", .cluster.display())]
    StillBusy {
        /// The directory with the cluster.
        cluster: PathBuf,
        /// One of the processes.
        pid: i32,
    },
    /// The cluster exists but the password of its superuser is gone.
    #[error("{} is missing although the database exists: put it back from a backup", .path.display())]
    SecretMissing {
        /// Where the password belongs.
        path: PathBuf,
    },
    /// Anything else the system refused.
    #[error("{}: {source}", .path.display())]
    Io {
        /// File, directory or program concerned.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Why the server could not be stopped in order.
#[derive(Debug, thiserror::Error)]
pub enum StopError {
    /// It ignored the request and the order to quit, and was killed; the next start recovers from its log.
    #[error("PostgreSQL did not stop in time and was killed; the next start recovers its data")]
    Killed,
    /// The system refused to signal or to wait.
    #[error("PostgreSQL could not be stopped: {0}")]
    Io(#[from] io::Error),
}

impl StartError {
    /// Sorts an error of the system into the case the operator can act upon.
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
                Self::NotWritable { path, source }
            }
            _ => Self::Io { path, source },
        }
    }

    /// A failed start of the server, told by the end of its log.
    pub(super) fn start_failed(cluster: &Path, log: String) -> Self {
        if speaks_of_full_disk(&log) {
            return Self::DiskFull { path: cluster.to_path_buf() };
        }
        Self::StartFailed { log }
    }

    /// A failed `initdb`, told by the end of its output.
    pub(super) fn init_failed(data_dir: &Path, log: String) -> Self {
        let data_dir = data_dir.to_path_buf();
        if speaks_of_full_disk(&log) {
            return Self::DiskFull { path: data_dir };
        }
        Self::InitFailed { data_dir, log }
    }
}

fn speaks_of_full_disk(log: &str) -> bool {
    log.contains("No space left on device") || log.contains("Disk quota exceeded")
}

fn by_process(pid: Option<u32>) -> String {
    pid.map_or_else(String::new, |pid| format!(" (process {pid})"))
}
