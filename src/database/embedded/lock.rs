//! One portal for each data directory.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;

use super::error::StartError;
use super::layout::Layout;

/// Takes the lock of the data directory. It lasts as long as the returned file is open and ends with the process,
/// however that ends.
pub(super) fn take(layout: &Layout) -> Result<File, StartError> {
    let fail = |source| StartError::io(&layout.lock, source);
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&layout.lock).map_err(fail)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let pid = file.read_to_string(&mut holder).ok().and_then(|_length| holder.trim().parse().ok());
            return Err(StartError::AlreadyRunning { data_dir: layout.data_dir.clone(), pid });
        }
        Err(TryLockError::Error(source)) => return Err(fail(source)),
    }
    file.set_len(0).and_then(|()| file.rewind()).map_err(fail)?;
    writeln!(file, "{}", std::process::id()).map_err(fail)?;
    Ok(file)
}
