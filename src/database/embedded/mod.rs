//! The portal's own private PostgreSQL: found, created, started, watched and stopped.
//!
//! It listens on a Unix socket only, in a directory nobody else may enter, and writes through to disk (`fsync`). It
//! lives as long as the portal: where `setpriv` of util-linux is there, the kernel sends the server SIGINT (a clean
//! "fast" shutdown) when the thread that started it ends, however it ends. **[`start`] and
//! [`Server::restart_if_dead`] must therefore be called on a thread that lives as long as the server is wanted**: the
//! main thread, outside the async runtime, or in tests a thread that parks for ever. Elsewhere a server that lost its
//! portal is stopped by the next [`start`].

mod account;
mod error;
mod fetch;
mod initdb;
mod layout;
mod leftovers;
mod locate;
mod lock;
mod prepare;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

pub use error::{StartError, StopError};

use account::Launcher;
use layout::Layout;
use leftovers::PidFile;
use locate::Programs;

/// Name of the cluster's superuser.
pub const SUPERUSER: &str = "postgres";
/// Only names the socket file: nothing listens on the network.
pub const PORT: u16 = 5432;

const SOCKET_NAME: &str = ".s.PGSQL.5432";
const TEMPORARY_PREFIX: &str = "certgate-pg-";
const POLL: Duration = Duration::from_millis(20);
/// Recovery after a crash reads the whole log since the last checkpoint.
const READY_LIMIT: Duration = Duration::from_mins(3);
const FAST_LIMIT: Duration = Duration::from_mins(1);
const QUIT_LIMIT: Duration = Duration::from_secs(10);

/// What the operator decides about the private PostgreSQL.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Everything lies below it: cluster, socket, log, secrets. Created when missing.
    pub data_dir: PathBuf,
    /// Directory with `postgres` and `initdb`; searched when `None`.
    pub bin_dir: Option<PathBuf>,
    /// Whether programs of the system may be used; otherwise only the fetched package.
    pub system_programs: bool,
    /// `false` is for tests only: nothing is forced to disk, and no password is asked on the private socket.
    pub durable: bool,
    /// Further settings of the server, name and value.
    pub extra: Vec<(String, String)>,
}

impl Settings {
    /// The settings for real data.
    #[must_use]
    pub fn new(data_dir: PathBuf) -> Self {
        Self { data_dir, bin_dir: None, system_programs: true, durable: true, extra: Vec::new() }
    }
}

/// A running private PostgreSQL. Dropping it stops the server too.
#[derive(Debug)]
pub struct Server {
    layout: Layout,
    programs: Programs,
    launcher: Launcher,
    password: String,
    socket_dir: PathBuf,
    options: Vec<String>,
    child: Option<Child>,
    /// Held until the end: one portal for each data directory.
    _lock: File,
}

/// Brings the server up, creating the cluster at the first time, and waits until it accepts connections.
/// Call it on a thread that outlives the server (see the module).
///
/// # Errors
/// One clear sentence for each case of [`StartError`].
pub fn start(settings: &Settings) -> Result<Server, StartError> {
    let layout = Layout::prepare(&settings.data_dir)?;
    let lock = lock::take(&layout)?;
    let written_by = initdb::major_of(&layout.cluster)?;
    let programs = locate::find(settings, &layout, written_by)?;
    let launcher = Launcher::choose(&layout, &programs.bin_dir)?;
    leftovers::end_processes(&layout.cluster)?;
    let password = prepare::superuser_password(&layout, written_by.is_some())?;
    if written_by.is_none() {
        tracing::info!(data_dir = %layout.data_dir.display(), version = programs.major, "creating the database");
        initdb::create(&layout, &launcher, &programs.bin_dir, &password, settings.durable)?;
    }
    let mut server = Server {
        socket_dir: prepare::socket_dir(&layout)?,
        options: prepare::options(settings),
        layout,
        programs,
        launcher,
        password,
        child: None,
        _lock: lock,
    };
    server.launch()?;
    Ok(server)
}

impl Server {
    /// The directory of the socket; with [`PORT`] and [`SUPERUSER`] it is all a client needs besides the password.
    #[must_use]
    pub fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// Password of [`SUPERUSER`], 64 hex digits, kept in `secrets/superuser` below the data directory.
    #[must_use]
    pub fn superuser_password(&self) -> &str {
        &self.password
    }

    /// Directory of the server programs in use (the place to look for `pg_dump`, which the fetched package lacks).
    #[must_use]
    pub fn bin_dir(&self) -> &Path {
        &self.programs.bin_dir
    }

    /// Major version of the server, 15 to 18.
    #[must_use]
    pub fn major(&self) -> u32 {
        self.programs.major
    }

    /// Process id of the server, while it runs.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Whether the server process is alive.
    pub fn is_running(&mut self) -> bool {
        let running = self.child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)));
        if !running {
            self.child = None;
        }
        running
    }

    /// Starts the server again if it died, with the same socket and password; `true` if it had to. May take seconds:
    /// the data is recovered first. After an error it may be called again. Same thread as [`start`].
    ///
    /// # Errors
    /// As [`start`].
    pub fn restart_if_dead(&mut self) -> Result<bool, StartError> {
        if self.is_running() {
            return Ok(false);
        }
        tracing::warn!("PostgreSQL is gone and is started again");
        self.launch()?;
        Ok(true)
    }

    /// Stops the server: open transactions are rolled back, connections closed, everything is on disk afterwards.
    ///
    /// # Errors
    /// [`StopError::Killed`] when it did not obey in 70 seconds.
    pub fn stop(mut self) -> Result<(), StopError> {
        self.shut_down()
    }

    fn launch(&mut self) -> Result<(), StartError> {
        leftovers::end_processes(&self.layout.cluster)?;
        leftovers::remove_files(&self.layout)?;
        if self.socket_dir == self.layout.run {
            layout::private_dir(&self.socket_dir)?;
        } else {
            // Made anew each time: cleaners of temporary directories may have taken it.
            layout::private_temporary_dir(&self.socket_dir, self.launcher.owners())?;
        }
        self.launcher.give(&self.socket_dir)?;
        let (log, from) = layout::open_log(&self.layout.log)?;
        let errors = log.try_clone().map_err(|source| StartError::io(&self.layout.log, source))?;
        let program = self.programs.bin_dir.join("postgres");
        let mut command = self.command(&program);
        let child = command.stdout(log).stderr(errors).spawn();
        self.child = Some(child.map_err(|source| StartError::io(&program, source))?);
        self.wait_until_ready(from)
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = self.launcher.command(program);
        command.arg("-D").arg(&self.layout.cluster).arg("-k").arg(&self.socket_dir);
        for option in &self.options {
            command.arg("-c").arg(option);
        }
        command
    }

    /// The server itself tells in its pid file when it accepts connections.
    fn wait_until_ready(&mut self, log_from: u64) -> Result<(), StartError> {
        let begun = Instant::now();
        let pid = self.pid().and_then(|pid| i32::try_from(pid).ok());
        loop {
            let file = PidFile::read(&self.layout.cluster);
            if file.is_some_and(|file| file.ready && Some(file.pid) == pid) {
                return Ok(());
            }
            if !self.is_running() {
                let log = layout::tail(&self.layout.log, log_from);
                return Err(StartError::start_failed(&self.layout.cluster, log));
            }
            if begun.elapsed() > READY_LIMIT {
                let log = layout::tail(&self.layout.log, log_from);
                if let Err(error) = self.shut_down() {
                    tracing::error!(%error, "the unready PostgreSQL did not stop in order");
                }
                return Err(StartError::TimedOut { seconds: READY_LIMIT.as_secs(), log });
            }
            thread::sleep(POLL);
        }
    }

    fn shut_down(&mut self) -> Result<(), StopError> {
        let Some(mut child) = self.child.take() else {
            return Ok(());
        };
        let done = end(&mut child, Signal::INT, FAST_LIMIT)? || end(&mut child, Signal::QUIT, QUIT_LIMIT)?;
        if !done {
            child.kill()?;
            child.wait()?;
            return Err(StopError::Killed);
        }
        if self.socket_dir != self.layout.run {
            leftovers::remove_temporary(&self.socket_dir);
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.shut_down() {
            tracing::error!(%error, "PostgreSQL did not stop in order");
        }
    }
}

/// Sends the order and waits; whether the process ended in time.
fn end(child: &mut Child, order: Signal, limit: Duration) -> io::Result<bool> {
    // It is our child and not yet waited for: the number cannot belong to another process.
    if child.try_wait()?.is_none()
        && let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw)
    {
        kill_process(pid, order)?;
    }
    let begun = Instant::now();
    while begun.elapsed() < limit {
        if child.try_wait()?.is_some() {
            return Ok(true);
        }
        thread::sleep(POLL);
    }
    Ok(false)
}
