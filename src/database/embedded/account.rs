//! Under whose name the server runs. PostgreSQL refuses root, so root hands it to another account, or hides itself in
//! a user namespace where the files stay root's.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, lchown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::error::StartError;
use super::layout::Layout;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Account {
    /// The portal's own, an ordinary user.
    Same,
    /// Another account, because the portal is root.
    Other { uid: u32, gid: u32 },
    /// A user namespace in which root looks like nobody.
    Namespace,
}

/// Starts programs under the account the server needs.
#[derive(Debug)]
pub(super) struct Launcher {
    account: Account,
    /// util-linux `setpriv`, if it knows the death signal.
    setpriv: Option<PathBuf>,
    unshare: Option<PathBuf>,
}

impl Launcher {
    /// Finds an account that reaches both the data and the programs. An existing cluster keeps its owner.
    pub fn choose(layout: &Layout, bin_dir: &Path) -> Result<Self, StartError> {
        let setpriv = on_path("setpriv").filter(|program| knows_death_signal(program));
        let mut launcher = Self { account: Account::Same, setpriv, unshare: on_path("unshare") };
        if !rustix::process::geteuid().is_root() {
            return Ok(launcher);
        }
        let owner = owner_of(&layout.cluster);
        for account in candidates(owner) {
            launcher.account = account;
            if launcher.reaches(&layout.data_dir, bin_dir) {
                launcher.adopt_files(&layout.cluster, owner)?;
                return Ok(launcher);
            }
        }
        Err(StartError::NoAccount { data_dir: layout.data_dir.clone() })
    }

    /// A command for the account, in a process group of its own (a Ctrl-C of the terminal must reach the portal only)
    /// and with a clean environment. Where `setpriv` is there, the program gets SIGINT when the thread that started it
    /// ends.
    pub fn command(&self, program: &Path) -> Command {
        let mut words: Vec<&OsStr> = Vec::new();
        let ids = match self.account {
            Account::Other { uid, gid } => Some((uid.to_string(), gid.to_string())),
            Account::Same | Account::Namespace => None,
        };
        // The namespace comes first: entering one clears the death signal.
        if let (Account::Namespace, Some(unshare)) = (self.account, &self.unshare) {
            words.extend([unshare.as_os_str(), OsStr::new("--user"), OsStr::new("--")]);
        }
        if let Some(setpriv) = &self.setpriv {
            words.extend([setpriv.as_os_str(), OsStr::new("--pdeathsig"), OsStr::new("INT")]);
            if let Some((uid, gid)) = &ids {
                words.extend(["--reuid", uid, "--regid", gid, "--clear-groups"].map(OsStr::new));
            }
            words.push(OsStr::new("--"));
        }
        words.push(program.as_os_str());
        let mut words = words.into_iter();
        let mut command = Command::new(words.next().unwrap_or(program.as_os_str()));
        command.args(words).current_dir("/").env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8").stdin(Stdio::null()).process_group(0);
        if let (None, Account::Other { uid, gid }) = (&self.setpriv, self.account) {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Who owns what the portal makes, before and after [`Self::give`].
    pub fn owners(&self) -> [u32; 2] {
        let own = rustix::process::geteuid().as_raw();
        match self.account {
            Account::Other { uid, .. } => [own, uid],
            Account::Same | Account::Namespace => [own, own],
        }
    }

    /// Makes the account the owner of one file or directory.
    pub fn give(&self, path: &Path) -> Result<(), StartError> {
        match self.account {
            Account::Other { uid, gid } => lchown(path, Some(uid), Some(gid)).map_err(|source| StartError::io(path, source)),
            Account::Same | Account::Namespace => Ok(()),
        }
    }

    /// Tries it out: enters the data directory and runs the server program.
    fn reaches(&self, data_dir: &Path, bin_dir: &Path) -> bool {
        if self.account == Account::Namespace && self.unshare.is_none() {
            return false;
        }
        self.command(Path::new("/bin/sh"))
            .args(["-c", "cd \"$1\" && exec \"$2\" --version", "sh"])
            .args([data_dir, &bin_dir.join("postgres")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    /// A cluster that belongs to root (copied back by root, or moved here from a machine with namespaces) is given to
    /// the account.
    fn adopt_files(&self, cluster: &Path, owner: Option<(u32, u32)>) -> Result<(), StartError> {
        let Account::Other { uid, gid } = self.account else {
            return Ok(());
        };
        if owner.is_none_or(|(owner, _group)| owner == uid) {
            return Ok(());
        }
        give_all(cluster, uid, gid).map_err(|source| StartError::io(cluster, source))
    }
}

fn owner_of(cluster: &Path) -> Option<(u32, u32)> {
    // An empty directory that an administrator prepared decides nothing.
    let found = fs::metadata(cluster).ok().filter(|_dir| cluster.join("PG_VERSION").exists())?;
    Some((found.uid(), found.gid()))
}

fn give_all(path: &Path, uid: u32, gid: u32) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() {
        for entry in fs::read_dir(path)? {
            give_all(&entry?.path(), uid, gid)?;
        }
    }
    // The directory last: its owner tells the next start whether this was finished.
    lchown(path, Some(uid), Some(gid))
}

/// Accounts to try as root, best first.
fn candidates(owner: Option<(u32, u32)>) -> Vec<Account> {
    let named = ["postgres", "nobody"].into_iter().filter_map(account_named);
    match owner {
        Some((uid, gid)) if uid != 0 => vec![Account::Other { uid, gid }],
        Some(_root) => std::iter::once(Account::Namespace).chain(named).collect(),
        None => named.chain([Account::Namespace]).collect(),
    }
}

fn account_named(name: &str) -> Option<Account> {
    let table = fs::read_to_string("/etc/passwd").ok()?;
    table.lines().find_map(|line| {
        let mut fields = line.split(':');
        if fields.next()? != name {
            return None;
        }
        let uid: u32 = fields.nth(1)?.parse().ok()?;
        let gid: u32 = fields.next()?.parse().ok()?;
        (uid != 0).then_some(Account::Other { uid, gid })
    })
}

/// The absolute path of a program of the system.
pub(super) fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let usual = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"].map(PathBuf::from);
    std::env::split_paths(&path).chain(usual).map(|dir| dir.join(name)).find(|file| file.is_absolute() && file.is_file())
}

/// The `setpriv` of small systems lacks the option.
fn knows_death_signal(setpriv: &Path) -> bool {
    Command::new(setpriv)
        .args(["--pdeathsig", "INT", "--", "true"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
