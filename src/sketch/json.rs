//! The file of a sketch: one line of JSON with a header. Hashes are written in hexadecimal, 16 digits each.

use super::Sketch;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

const SCHEMA: &str = "framescope-sketch";
/// Counts up whenever a stored sketch would be read differently.
const VERSION: u64 = 2;

#[derive(Serialize)]
struct WrittenSketch<'s> {
    schema: &'static str,
    version: u64,
    sketch: &'s Sketch,
}

#[derive(Deserialize)]
struct Header<'t> {
    #[serde(borrow)]
    schema: Cow<'t, str>,
    version: u64,
}

#[derive(Deserialize)]
struct ReadSketch {
    sketch: Sketch,
}

/// How a sketch of whatever version begins.
pub fn beginning() -> String {
    format!("{{\"schema\":\"{SCHEMA}\",")
}

impl Sketch {
    /// One line, without the line break; the same bytes for the same sketch.
    ///
    /// # Errors
    /// [`Error::Output`] when it cannot be written as JSON.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string(&WrittenSketch { schema: SCHEMA, version: VERSION, sketch: self })
            .map_err(|error| Error::Output(format!("cannot write the sketch: {error}")))
    }

    /// Reads what [`Sketch::to_json`] wrote.
    ///
    /// # Errors
    /// [`Error::Incompatible`] when the line is no sketch or one of another version.
    pub fn from_json(line: &str) -> Result<Self> {
        let wrong =
            |error| Error::Incompatible(format!("this is no sketch: {error}; write one with `framescope sketch`"));
        let header: Header = serde_json::from_str(line).map_err(wrong)?;
        if header.schema != SCHEMA || header.version != VERSION {
            return Err(Error::Incompatible(format!(
                "the file is `{}` version {}, needed is `{SCHEMA}` version {VERSION}; write it anew with `framescope sketch`",
                header.schema, header.version
            )));
        }
        let read: ReadSketch = serde_json::from_str(line).map_err(wrong)?;
        Ok(read.sketch)
    }
}

fn hex(hash: u64) -> String {
    format!("{hash:016x}")
}

fn unhex<E: serde::de::Error>(text: &str) -> std::result::Result<u64, E> {
    let digits = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match u64::from_str_radix(text, 16) {
        Ok(hash) if digits => Ok(hash),
        Ok(_) | Err(_) => Err(E::custom(format!("`{text}` is no hash of 16 hexadecimal digits"))),
    }
}

/// A hash as a string.
pub(super) mod hash {
    use super::{hex, unhex};
    use serde::{Deserialize, Deserializer, Serializer};
    use std::borrow::Cow;

    pub fn serialize<S: Serializer>(hash: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex(*hash))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        unhex(&Cow::<str>::deserialize(deserializer)?)
    }
}

/// An ascending list of hashes as one string.
pub(super) mod hashes {
    use super::{hex, unhex};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::borrow::Cow;

    pub fn serialize<S: Serializer>(hashes: &[u64], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hashes.iter().map(|hash| hex(*hash)).collect::<String>())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u64>, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let bytes = text.as_bytes();
        let hashes: Result<Vec<u64>, D::Error> =
            bytes.chunks(16).map(|chunk| unhex(std::str::from_utf8(chunk).map_err(D::Error::custom)?)).collect();
        let hashes = hashes?;
        if hashes.len() > super::super::SIGNATURE || hashes.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(D::Error::custom("a signature is not ascending or too long"));
        }
        Ok(hashes)
    }
}

/// Hash -> count, as an object with hexadecimal keys.
pub(super) mod lines {
    use super::{hex, unhex};
    use serde::{Deserialize, Deserializer, Serializer};
    use std::collections::BTreeMap;

    pub fn serialize<S: Serializer>(lines: &BTreeMap<u64, u64>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(lines.iter().map(|(line, articles)| (hex(*line), articles)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<u64, u64>, D::Error> {
        let lines = BTreeMap::<String, u64>::deserialize(deserializer)?;
        lines.into_iter().map(|(line, articles)| Ok((unhex(&line)?, articles))).collect()
    }
}
