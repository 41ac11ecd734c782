//! The signing key of the log, and the public keys a verifier trusts.
//!
//! The key directory stands outside the database and the repository (security rule S53):
//!
//! | file | holds |
//! |---|---|
//! | `trail.key` | the private key, PKCS#8 DER, mode 0600 |
//! | `trail-<key id>.pub` | a public key, one line `ed25519 <64 hexadecimal digits>`; those of retired keys stay |

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use ring::rand::SecureRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use super::hexadecimal;
use super::merkle::sha256;

/// The one signature algorithm of today; its name stands beside every signature (security rule S50).
pub const ALGORITHM: &str = "ed25519";

const PRIVATE: &str = "trail.key";

/// Why a key could not be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file system refused.
    #[error("the trail's key directory {0}: {1}")]
    Io(PathBuf, #[source] io::Error),
    /// Others than the service can read the private key.
    #[error("{0} can be read by others; set its mode to 0600")]
    Exposed(PathBuf),
    /// The file holds no key of the known kind.
    #[error("{0} holds no Ed25519 key")]
    Unreadable(PathBuf),
    /// The generator of the system gave nothing.
    #[error("the system's random generator failed")]
    NoRandomness,
}

/// The private key that seals and signs. Its debug form shows the id only.
pub struct Key {
    pair: Ed25519KeyPair,
    public: PublicKey,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.public.id())
    }
}

impl Key {
    /// Reads the key of a directory; on first start makes directory and key.
    pub fn load_or_create(directory: &Path, random: &dyn SecureRandom) -> Result<Self, KeyError> {
        let path = directory.join(PRIVATE);
        if !path.try_exists().map_err(|error| KeyError::Io(path.clone(), error))? {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(|error| KeyError::Io(directory.to_owned(), error))?;
            let staged = stage(directory, random)?;
            // A second copy of the service may be starting, too: whoever links first made the key.
            let linked = fs::hard_link(&staged, &path);
            let _ = fs::remove_file(&staged);
            match linked {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(KeyError::Io(path, error));
                }
                _ => sync(directory)?,
            }
        }
        Self::load(directory)
    }

    /// Reads the key of a directory and makes sure that its public key lies beside it.
    pub fn load(directory: &Path) -> Result<Self, KeyError> {
        let path = directory.join(PRIVATE);
        let io = |error| KeyError::Io(path.clone(), error);
        if fs::metadata(&path).map_err(io)?.permissions().mode() & 0o077 != 0 {
            return Err(KeyError::Exposed(path));
        }
        let key = Self::from_pkcs8(&fs::read(&path).map_err(io)?).ok_or_else(|| KeyError::Unreadable(path.clone()))?;
        let beside = directory.join(format!("trail-{}.pub", key.public.id()));
        if !beside.try_exists().map_err(io)? {
            let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(&beside).map_err(io)?;
            writeln!(file, "{}", key.public.line()).and_then(|()| file.sync_all()).map_err(io)?;
            sync(directory)?;
        }
        Ok(key)
    }

    /// Replaces the key by a new one. Public keys of the past stay beside it, so that old checkpoints stay verifiable.
    pub fn rotate(directory: &Path, random: &dyn SecureRandom) -> Result<Self, KeyError> {
        Self::load(directory)?;
        let staged = stage(directory, random)?;
        let path = directory.join(PRIVATE);
        fs::rename(&staged, &path).map_err(|error| KeyError::Io(path, error))?;
        sync(directory)?;
        Self::load(directory)
    }

    /// A key from PKCS#8 bytes.
    pub fn from_pkcs8(bytes: &[u8]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_pkcs8(bytes).ok()?;
        let public = PublicKey::new(pair.public_key().as_ref().try_into().ok()?);
        Some(Self { pair, public })
    }

    /// The public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs canonical bytes.
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        // ring's Ed25519 signatures are always 64 bytes.
        signature.copy_from_slice(self.pair.sign(bytes).as_ref());
        signature
    }
}

fn stage(directory: &Path, random: &dyn SecureRandom) -> Result<PathBuf, KeyError> {
    let document = Ed25519KeyPair::generate_pkcs8(random).map_err(|_| KeyError::NoRandomness)?;
    let mut suffix = [0; 8];
    random.fill(&mut suffix).map_err(|_| KeyError::NoRandomness)?;
    let path = directory.join(format!(".trail.key.{}", hex::encode(suffix)));
    let io = |error| KeyError::Io(path.clone(), error);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(io)?;
    file.write_all(document.as_ref()).and_then(|()| file.sync_all()).map_err(io)?;
    Ok(path)
}

fn sync(directory: &Path) -> Result<(), KeyError> {
    fs::File::open(directory).and_then(|opened| opened.sync_all()).map_err(|error| KeyError::Io(directory.to_owned(), error))
}

/// An Ed25519 public key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Published", into = "Published")]
pub struct PublicKey {
    id: String,
    bytes: [u8; 32],
}

#[derive(Serialize, Deserialize)]
struct Published {
    algorithm: String,
    #[serde(with = "hexadecimal")]
    public_key: [u8; 32],
}

impl From<Published> for PublicKey {
    fn from(published: Published) -> Self {
        Self::new(published.public_key)
    }
}

impl From<PublicKey> for Published {
    fn from(key: PublicKey) -> Self {
        Self { algorithm: ALGORITHM.to_owned(), public_key: key.bytes }
    }
}

impl PublicKey {
    /// A key from its 32 bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self { id: hex::encode(sha256(&bytes)).chars().take(16).collect(), bytes }
    }

    /// Reads a line `ed25519 <64 hexadecimal digits>`.
    pub fn parse(line: &str) -> Option<Self> {
        let digits = line.trim().strip_prefix(ALGORITHM)?.trim();
        Some(Self::new(hex::decode(digits).ok()?.try_into().ok()?))
    }

    /// The key as a line, without the line break.
    pub fn line(&self) -> String {
        format!("{ALGORITHM} {}", hex::encode(self.bytes))
    }

    /// The first 16 hexadecimal digits of the SHA-256 of the key.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether the signature is this key's over these bytes.
    pub fn verifies(&self, bytes: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.bytes).verify(bytes, signature).is_ok()
    }
}

/// The public keys that a verifier accepts.
#[derive(Debug, Clone, Default)]
pub struct Keys(Vec<PublicKey>);

impl Keys {
    /// Trusts these keys.
    pub fn new(keys: Vec<PublicKey>) -> Self {
        Self(keys)
    }

    /// Trusts every `*.pub` of a key directory, or the one file named.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let io = |error| KeyError::Io(path.to_owned(), error);
        let mut files = vec![path.to_owned()];
        if path.is_dir() {
            files = fs::read_dir(path).map_err(io)?.map(|item| Ok(item.map_err(io)?.path())).collect::<Result<_, _>>()?;
            files.retain(|file| file.extension().is_some_and(|extension| extension == "pub"));
            files.sort();
        }
        let keys = files.into_iter().map(|file| {
            let text = fs::read_to_string(&file).map_err(io)?;
            PublicKey::parse(&text).ok_or(KeyError::Unreadable(file))
        });
        Ok(Self(keys.collect::<Result<_, _>>()?))
    }

    /// The key of that id, if it is trusted.
    pub fn get(&self, id: &str) -> Option<&PublicKey> {
        self.0.iter().find(|key| key.id() == id)
    }

    /// All of them.
    pub fn all(&self) -> &[PublicKey] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;

    use super::*;

    #[test]
    fn a_key_is_made_once_kept_private_and_outlived_by_its_public_half() {
        let random = SystemRandom::new();
        let directory = std::env::temp_dir().join(format!("certgate-key-{}", std::process::id()));
        let _ = fs::remove_dir_all(&directory);
        let first = Key::load_or_create(&directory, &random).unwrap();
        let again = Key::load_or_create(&directory, &random).unwrap();
        assert_eq!(first.public(), again.public());
        let mode = fs::metadata(directory.join(PRIVATE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);

        let second = Key::rotate(&directory, &random).unwrap();
        assert_ne!(second.public(), first.public());
        let keys = Keys::read(&directory).unwrap();
        let signature = first.sign(b"old");
        assert!(keys.get(first.public().id()).unwrap().verifies(b"old", &signature));
        assert!(!keys.get(second.public().id()).unwrap().verifies(b"old", &signature));

        fs::set_permissions(directory.join(PRIVATE), fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(Key::load_or_create(&directory, &random), Err(KeyError::Exposed(_))));
        fs::remove_dir_all(&directory).unwrap();
    }

    #[test]
    fn a_public_key_survives_its_line() {
        let key = PublicKey::new([7; 32]);
        assert_eq!(PublicKey::parse(&key.line()), Some(key.clone()));
        assert_eq!(key.id().len(), 16);
        assert_eq!(PublicKey::parse("rsa 00"), None);
    }
}
