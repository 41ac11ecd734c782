//! What an earlier run may have left behind: a server without its portal, backends without their server, files.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::error::StartError;
use super::layout::{Layout, remove_file};
use super::{POLL, SOCKET_NAME, TEMPORARY_PREFIX};

/// A fast shutdown may have to write a checkpoint.
const FAST: Duration = Duration::from_mins(1);
const QUIT: Duration = Duration::from_secs(10);
const KILL: Duration = Duration::from_secs(10);

/// What `postmaster.pid` says.
#[derive(Debug)]
pub(super) struct PidFile {
    pub pid: i32,
    /// Line 8 says `ready`.
    pub ready: bool,
}

impl PidFile {
    /// Reads the file of a cluster; `None` when there is none or it is half written.
    pub fn read(cluster: &Path) -> Option<Self> {
        let bytes = fs::read(cluster.join("postmaster.pid")).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().collect();
        Some(Self { pid: lines.first()?.trim().parse().ok()?, ready: lines.get(7).is_some_and(|line| line.trim() == "ready") })
    }
}

/// Ends every server process that still works in this cluster. Call it only while holding the lock of the data
/// directory: then no portal is behind them.
pub(super) fn end_processes(cluster: &Path) -> Result<(), StartError> {
    let alive = living(cluster);
    if alive.is_empty() {
        return Ok(());
    }
    let server = PidFile::read(cluster).and_then(|file| Pid::from_raw(file.pid)).filter(|pid| alive.contains(pid));
    if let Some(server) = server {
        tracing::info!(pid = server.as_raw_nonzero().get(), "a PostgreSQL without its portal is stopped first");
        signal(&[server], Signal::INT);
        if wait_for_end(cluster, FAST) {
            return Ok(());
        }
    }
    // Backends of a dead server can do nothing useful: what counts is in the write-ahead log.
    for (order, limit) in [(Signal::QUIT, QUIT), (Signal::KILL, KILL)] {
        signal(&living(cluster), order);
        if wait_for_end(cluster, limit) {
            return Ok(());
        }
    }
    match living(cluster).first() {
        Some(pid) => Err(StartError::StillBusy { cluster: cluster.to_path_buf(), pid: pid.as_raw_nonzero().get() }),
        None => Ok(()),
    }
}

/// Removes the pid file and sockets of a server that is gone. PostgreSQL itself would refuse to start when the old pid
/// is a zombie or was given to another process.
pub(super) fn remove_files(layout: &Layout) -> Result<(), StartError> {
    remove_socket(&layout.run)?;
    let pid_file = layout.cluster.join("postmaster.pid");
    remove_file(&pid_file).map_err(|source| StartError::io(&pid_file, source))
}

/// Removes a temporary socket directory as far as it is ours; what remains is harmless.
pub(super) fn remove_temporary(dir: &Path) {
    if is_temporary(dir) && remove_socket(dir).is_ok() {
        fs::remove_dir(dir).ok();
    }
}

fn remove_socket(dir: &Path) -> Result<(), StartError> {
    for name in [SOCKET_NAME.to_owned(), format!("{SOCKET_NAME}.lock")] {
        let path = dir.join(name);
        remove_file(&path).map_err(|source| StartError::io(&path, source))?;
    }
    Ok(())
}

fn is_temporary(dir: &Path) -> bool {
    dir.file_name().is_some_and(|name| name.as_bytes().starts_with(TEMPORARY_PREFIX.as_bytes()))
}

fn wait_for_end(cluster: &Path, limit: Duration) -> bool {
    let begun = Instant::now();
    loop {
        if living(cluster).is_empty() {
            return true;
        }
        if begun.elapsed() > limit {
            return false;
        }
        thread::sleep(POLL);
    }
}

fn signal(pids: &[Pid], order: Signal) {
    for pid in pids {
        // It may have ended in this moment: the caller looks again anyway.
        kill_process(*pid, order).ok();
    }
}

/// Living processes of the program `postgres` that work in the directory. Zombies have no working directory any more,
/// and a number that was given to another program does not count.
fn living(cluster: &Path) -> Vec<Pid> {
    let Ok(place) = fs::metadata(cluster) else {
        return Vec::new();
    };
    let Ok(processes) = fs::read_dir("/proc") else {
        return without_proc(cluster);
    };
    processes
        .flatten()
        .filter_map(|entry| {
            let pid = Pid::from_raw(entry.file_name().to_str()?.parse().ok()?)?;
            let process = entry.path();
            let here = fs::metadata(process.join("cwd")).ok()?;
            if (here.dev(), here.ino()) != (place.dev(), place.ino()) {
                return None;
            }
            // After an upgrade of the package the link ends in " (deleted)".
            let program = fs::read_link(process.join("exe")).ok()?;
            program.file_name()?.as_bytes().starts_with(b"postgres").then_some(pid)
        })
        .collect()
}

/// Systems without /proc: only the recorded server can be recognised.
fn without_proc(cluster: &Path) -> Vec<Pid> {
    let Some(pid) = PidFile::read(cluster).and_then(|file| Pid::from_raw(file.pid)) else {
        return Vec::new();
    };
    if test_kill_process(pid).is_err() {
        return Vec::new();
    }
    let told = Command::new("ps").args(["-o", "comm=", "-p", &pid.as_raw_nonzero().to_string()]).stdin(Stdio::null()).stderr(Stdio::null()).output();
    let is_server = told.is_ok_and(|told| String::from_utf8_lossy(&told.stdout).trim().ends_with("postgres"));
    if is_server { vec![pid] } else { Vec::new() }
}
