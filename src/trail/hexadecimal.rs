//! Bytes as lower-case hexadecimal text in JSON lines.

use serde::{Deserialize, Deserializer, Serializer, de};

/// Writes bytes as hexadecimal text.
pub fn serialize<S: Serializer>(bytes: impl AsRef<[u8]>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&hex::encode(bytes))
}

/// Reads bytes from hexadecimal text; a fixed size is enforced by the target type.
pub fn deserialize<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<Vec<u8>>,
{
    let text = String::deserialize(from)?;
    let bytes = hex::decode(text).map_err(de::Error::custom)?;
    T::try_from(bytes).map_err(|_| de::Error::custom("a value of another length is expected"))
}
