//! What is settled before the server starts: its password, the place of its socket, its options.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::StartError;
use super::layout::{self, Layout};
use super::leftovers;
use super::{PORT, Settings, TEMPORARY_PREFIX};

/// The password lies on disk before the cluster exists, so an interrupted first start never loses it.
pub(super) fn superuser_password(layout: &Layout, cluster_exists: bool) -> Result<String, StartError> {
    let fail = |source| StartError::io(&layout.secret, source);
    match fs::read_to_string(&layout.secret) {
        Ok(text) if !text.trim().is_empty() => return Ok(text.trim().to_owned()),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fail(error)),
        Ok(_) | Err(_) => {}
    }
    if cluster_exists {
        return Err(StartError::SecretMissing { path: layout.secret.clone() });
    }
    if let Some(dir) = layout.secret.parent() {
        layout::private_dir(dir)?;
    }
    let password = layout::random_hex(32)?;
    layout::write_private(&layout.secret, &format!("{password}\n"))?;
    Ok(password)
}

/// Below the data directory where the path is short enough for a socket, else a name among the temporary ones. Call it
/// when no earlier server runs any more: its temporary directory is removed.
pub(super) fn socket_dir(layout: &Layout) -> Result<PathBuf, StartError> {
    if let Ok(earlier) = fs::read_to_string(&layout.socket_note) {
        leftovers::remove_temporary(Path::new(earlier.trim_end_matches('\n')));
    }
    if layout::holds_a_socket(&layout.run) {
        return Ok(layout.run.clone());
    }
    let name = format!("{TEMPORARY_PREFIX}{}", layout::random_hex(8)?);
    let usual = std::env::temp_dir().join(&name);
    let short = usual.is_absolute() && layout::holds_a_socket(&usual);
    let dir = if short { usual } else { Path::new("/tmp").join(name) };
    layout::write_private(&layout.socket_note, &format!("{}\n", dir.display()))?;
    Ok(dir)
}

/// Settings given on the command line, where no file of the cluster can override them.
pub(super) fn options(settings: &Settings) -> Vec<String> {
    let switch = if settings.durable { "on" } else { "off" };
    let mut options: Vec<String> = ["fsync", "synchronous_commit", "full_page_writes", "autovacuum"].iter().map(|name| format!("{name}={switch}")).collect();
    options.push(format!("port={PORT}"));
    options.extend(
        ["listen_addresses=", "unix_socket_permissions=0700", "timezone=UTC", "log_timezone=UTC", "log_destination=stderr", "logging_collector=off"]
            .map(str::to_owned),
    );
    options.extend(settings.extra.iter().map(|(name, value)| format!("{name}={value}")));
    options
}
