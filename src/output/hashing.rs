//! Files that are hashed while they are written: their bytes are at hand then, and need not be read again.

use crate::codebook::hex;
use sha2::{Digest, Sha256};
use std::io::Write;

/// A file as it lies on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHash {
    /// Relative to the output folder, `/`-separated.
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

/// Hands bytes on and hashes them.
#[derive(Debug)]
pub struct Hashing<W> {
    pub out: W,
    hash: Sha256,
    bytes: u64,
}

impl<W> Hashing<W> {
    pub fn new(out: W) -> Self {
        Self { out, hash: Sha256::new(), bytes: 0 }
    }

    /// The hash of what was written so far, for a file of this path, and where it was written to.
    pub fn finish(self, path: impl Into<String>) -> (FileHash, W) {
        (FileHash { path: path.into(), bytes: self.bytes, sha256: hex(&self.hash.finalize()) }, self.out)
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_all_bytes_however_they_come() {
        let mut hashing = Hashing::new(Vec::new());
        for part in ["a", "", "bc"] {
            hashing.write_all(part.as_bytes()).expect("written");
        }
        let (file, out) = hashing.finish("x.csv");
        assert_eq!(out, b"abc");
        assert_eq!((file.path.as_str(), file.bytes), ("x.csv", 3));
        assert_eq!(file.sha256, hex(&Sha256::digest(b"abc")));
    }
}
