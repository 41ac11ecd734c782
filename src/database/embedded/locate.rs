//! Finding the server programs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Settings;
use super::account::on_path;
use super::error::StartError;
use super::fetch;
use super::layout::Layout;

/// Major versions the portal works with, the preferred one first.
pub(super) const MAJORS: [u32; 4] = [18, 17, 16, 15];

/// A directory with `postgres` and `initdb`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Programs {
    pub bin_dir: PathBuf,
    pub major: u32,
}

/// Finds programs for the cluster (`written_by`: its major version), or any that we support when there is none yet.
/// Order: the configured directory (which is final), places of the systems, `PATH`, an earlier fetched package, and
/// last the package fetched now.
pub(super) fn find(settings: &Settings, layout: &Layout, written_by: Option<u32>) -> Result<Programs, StartError> {
    let mut found = Vec::new();
    if let Some(dir) = &settings.bin_dir {
        let programs = examine(dir).filter(|programs| MAJORS.contains(&programs.major));
        let Some(programs) = programs else {
            let reason = format!("{} holds no working postgres and initdb of version 15 to 18", dir.display());
            return Err(StartError::NoPrograms { reason });
        };
        found.push(programs);
    } else {
        if settings.system_programs {
            found.extend(places(written_by).iter().filter_map(|dir| examine(dir)));
        }
        found.extend(fetch::fetched(layout).and_then(|dir| examine(&dir)));
        found.retain(|programs| MAJORS.contains(&programs.major));
    }
    let fits = |programs: &&Programs| written_by.is_none_or(|major| programs.major == major);
    if let Some(programs) = found.iter().find(fits) {
        return Ok(programs.clone());
    }
    if settings.bin_dir.is_none() && written_by.is_none_or(|major| major == fetch::MAJOR) {
        let bin_dir = fetch::fetch(layout)?;
        return examine(&bin_dir).ok_or_else(|| StartError::NoPrograms { reason: "the fetched programs do not run on this system".to_owned() });
    }
    Err(match written_by {
        Some(data) if !found.is_empty() => StartError::OtherVersion { cluster: layout.cluster.clone(), data, found: versions(&found) },
        Some(data) => StartError::NoPrograms { reason: format!("the data was written by version {data}") },
        None => StartError::NoPrograms { reason: "nothing was found".to_owned() },
    })
}

fn versions(found: &[Programs]) -> String {
    let mut majors: Vec<u32> = found.iter().map(|programs| programs.major).collect();
    majors.sort_unstable();
    majors.dedup();
    majors.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

/// Directories in which systems put the programs, those for the cluster's version first.
fn places(written_by: Option<u32>) -> Vec<PathBuf> {
    let ordered = written_by.into_iter().chain(MAJORS.into_iter().filter(|major| Some(*major) != written_by));
    let mut places: Vec<PathBuf> = ordered.flat_map(places_of).collect();
    places.push(PathBuf::from("/usr/local/pgsql/bin"));
    let named = on_path("postgres").and_then(|program| program.canonicalize().ok());
    places.extend(named.and_then(|program| program.parent().map(Path::to_path_buf)));
    places
}

fn places_of(major: u32) -> [PathBuf; 9] {
    [
        format!("/usr/lib/postgresql/{major}/bin"),          // Debian, Ubuntu
        format!("/usr/pgsql-{major}/bin"),                   // RPM packages of the project
        format!("/usr/lib/postgresql{major}/bin"),           // openSUSE
        format!("/usr/libexec/postgresql{major}"),           // Alpine
        format!("/usr/lib64/postgresql-{major}/bin"),        // Gentoo
        format!("/opt/homebrew/opt/postgresql@{major}/bin"), // macOS on ARM
        format!("/usr/local/opt/postgresql@{major}/bin"),    // macOS on Intel
        format!("/opt/local/lib/postgresql{major}/bin"),     // MacPorts
        format!("/Applications/Postgres.app/Contents/Versions/{major}/bin"),
    ]
    .map(PathBuf::from)
}

/// Whether the directory holds both programs, and of which version; asking the program also shows that it runs here.
pub(super) fn examine(bin_dir: &Path) -> Option<Programs> {
    let server = bin_dir.join("postgres");
    if !server.is_file() || !bin_dir.join("initdb").is_file() {
        return None;
    }
    let told = Command::new(&server).arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    if !told.status.success() {
        return None;
    }
    let major = major_in(&String::from_utf8_lossy(&told.stdout))?;
    Some(Programs { bin_dir: bin_dir.canonicalize().ok()?, major })
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` tells 15; `18beta1` tells 18.
fn major_in(line: &str) -> Option<u32> {
    let version = line.split(") ").nth(1)?;
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_lines_of_packages_are_understood() {
        assert_eq!(major_in("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_in("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_in("something else"), None);
    }

    #[test]
    fn the_version_of_the_data_is_looked_for_first() {
        let first = places(Some(16)).into_iter().next();
        assert_eq!(first, Some(PathBuf::from("/usr/lib/postgresql/16/bin")));
    }
}
