//! An event's place in the log.
//!
//! Each entry carries a seal, a signed statement of its own: "at this position stands the event with this hash". The
//! roots tell *that* something was changed between two checkpoints; the seals tell *which* entry, and whether it was
//! altered, moved, taken out or put in. On a clean log only the roots are computed and no seal is checked.

use uuid::Uuid;

use super::canonical::Bytes;
use super::key::{Key, Keys};
use super::merkle::{self, Hash};

/// Length of a seal: form 1, key id 8, position 8, event hash 32, signature 64 bytes.
pub const LENGTH: usize = 113;

const STATEMENT: usize = LENGTH - 64;
const FORM: u8 = 1;

/// Seals an event hash at a position.
pub fn seal(key: &Key, position: i64, event_hash: &Hash) -> Vec<u8> {
    let mut seal = vec![FORM];
    seal.extend(hex::decode(key.public().id()).unwrap_or_default());
    seal.extend(position.to_be_bytes());
    seal.extend(event_hash);
    let signature = key.sign(&signed_bytes(&seal));
    seal.extend(signature);
    seal
}

fn signed_bytes(statement: &[u8]) -> Vec<u8> {
    let mut bytes = Bytes::tagged("certgate seal 1");
    bytes.raw(statement);
    bytes.get().to_vec()
}

/// What a seal says; whether it is true is known after [`Seal::check`].
#[derive(Debug, Clone)]
pub struct Seal {
    bytes: [u8; LENGTH],
    /// Where the event was placed.
    pub position: i64,
    /// The hash of the event placed there.
    pub event_hash: Hash,
}

/// Whose seal it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// A trusted key made it.
    Genuine,
    /// It names a key that is not trusted.
    Foreign,
    /// Its signature does not fit what it says.
    Broken,
}

impl Seal {
    /// Reads a seal; nothing if it has another form.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let bytes: [u8; LENGTH] = bytes.try_into().ok()?;
        Some(Self { position: i64::from_be_bytes(bytes.get(9..17)?.try_into().ok()?), event_hash: bytes.get(17..STATEMENT)?.try_into().ok()?, bytes })
            .filter(|_| bytes.first() == Some(&FORM))
    }

    /// Checks the signature against the trusted keys.
    pub fn check(&self, keys: &Keys) -> Authority {
        let (statement, signature) = self.bytes.split_at(STATEMENT);
        let id = statement.get(1..9).map(hex::encode).unwrap_or_default();
        match keys.get(&id) {
            None => Authority::Foreign,
            Some(key) if key.verifies(&signed_bytes(statement), signature) => Authority::Genuine,
            Some(_) => Authority::Broken,
        }
    }
}

/// The Merkle leaf of an entry. It covers the seal, so that a seal cannot be spoilt unseen.
pub fn leaf(position: i64, event_id: Uuid, engagement_id: Uuid, engagement_number: i64, seal: &[u8]) -> Hash {
    let mut bytes = Bytes::tagged("certgate entry 1");
    bytes.number(position);
    bytes.uuid(event_id);
    bytes.uuid(engagement_id);
    bytes.number(engagement_number);
    bytes.text(seal);
    merkle::leaf(bytes.get())
}

#[cfg(test)]
mod tests {
    use ring::{rand::SystemRandom, signature::Ed25519KeyPair};

    use super::*;

    #[test]
    fn a_seal_holds_for_its_key_position_and_event_only() {
        let make = || Key::from_pkcs8(Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap().as_ref()).unwrap();
        let (key, other) = (make(), make());
        let keys = Keys::new(vec![key.public().clone()]);
        let bytes = seal(&key, 7, &[9; 32]);
        let read = Seal::read(&bytes).unwrap();
        assert_eq!((read.position, read.event_hash), (7, [9; 32]));
        assert_eq!(read.check(&keys), Authority::Genuine);
        assert_eq!(Seal::read(&seal(&other, 7, &[9; 32])).unwrap().check(&keys), Authority::Foreign);
        for spoilt in 9..LENGTH {
            let mut bytes = bytes.clone();
            bytes[spoilt] ^= 1;
            assert_eq!(Seal::read(&bytes).unwrap().check(&keys), Authority::Broken, "byte {spoilt}");
        }
        assert!(Seal::read(&bytes[1..]).is_none());
    }
}
