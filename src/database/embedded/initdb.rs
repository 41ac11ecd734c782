//! Making the cluster, once.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::SUPERUSER;
use super::account::Launcher;
use super::error::StartError;
use super::layout::{self, Layout};
use super::leftovers;

/// The major version that wrote the cluster; `None` when there is no cluster yet. A directory that holds something
/// else is an error, never overwritten.
pub(super) fn major_of(cluster: &Path) -> Result<Option<u32>, StartError> {
    let mut entries = match fs::read_dir(cluster) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StartError::io(cluster, error)),
    };
    if entries.next().is_none() {
        return Ok(None);
    }
    let unknown = || StartError::UnknownData { cluster: cluster.to_path_buf() };
    let text = fs::read_to_string(cluster.join("PG_VERSION")).map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => StartError::io(cluster, error),
        _ => unknown(),
    })?;
    text.trim().parse().map(Some).map_err(|_not_a_number| unknown())
}

/// Creates the cluster beside its place and moves it there when it is complete and on disk, so that an interrupted
/// first start leaves nothing half made.
pub(super) fn create(layout: &Layout, launcher: &Launcher, bin_dir: &Path, password: &str, durable: bool) -> Result<(), StartError> {
    layout::write_private(&layout.password_file, &format!("{password}\n"))?;
    let made = run(layout, launcher, bin_dir, durable);
    layout::remove_file(&layout.password_file).map_err(|source| StartError::io(&layout.password_file, source))?;
    made?;
    fs::rename(&layout.unfinished, &layout.cluster)
        .and_then(|()| layout::sync_parent(&layout.cluster))
        .map_err(|source| StartError::io(&layout.cluster, source))
}

fn run(layout: &Layout, launcher: &Launcher, bin_dir: &Path, durable: bool) -> Result<(), StartError> {
    launcher.give(&layout.password_file)?;
    // The usual locale first: the same order of texts on every machine. Systems without it get the plain one.
    let mut said = String::new();
    for locale in ["--locale=C.UTF-8", "--no-locale"] {
        leftovers::end_processes(&layout.unfinished)?;
        layout::remove_dir(&layout.unfinished).map_err(|source| StartError::io(&layout.unfinished, source))?;
        layout::private_dir(&layout.unfinished)?;
        launcher.give(&layout.unfinished)?;

        let mut command = launcher.command(&bin_dir.join("initdb"));
        command.arg("-D").arg(&layout.unfinished).args(["-U", SUPERUSER, "-E", "UTF8", locale, "--data-checksums"]);
        command.arg("--pwfile").arg(&layout.password_file);
        if durable {
            command.args(["-A", "scram-sha-256"]);
        } else {
            command.args(["-A", "trust", "--no-sync"]);
        }
        let (log, from) = layout::open_log(&layout.log)?;
        let fail = |source| StartError::io(&layout.log, source);
        let status = command.stdout(log.try_clone().map_err(fail)?).stderr(log).status();
        let status = status.map_err(|source| StartError::io(&bin_dir.join("initdb"), source))?;
        if status.success() {
            return Ok(());
        }
        said = layout::tail(&layout.log, from);
        if !said.contains("invalid locale") {
            break;
        }
    }
    Err(StartError::init_failed(&layout.data_dir, said))
}
