//! Files to keys and sheets: which is which they say themselves.

use super::answers::CodeReader;
use super::key::Key;
use super::raw::RawSheet;
use super::sheet::{CodedSheet, Unread};
use crate::codebook::{Codebook, hex};
use crate::error::{Error, Result};
use sha2::{Digest, Sha256};

/// Keys and the sheets that belong to them.
#[derive(Debug, Default)]
pub struct Gathered {
    pub keys: Vec<Key>,
    pub sheets: Vec<CodedSheet>,
    /// Sheets of the person who decided where coders differ.
    pub decided: Vec<CodedSheet>,
    /// Name and SHA-256 of every file.
    pub files: Vec<(String, String)>,
}

impl Gathered {
    /// Reads keys and sheets, in any order, and the sheets of the person who decided.
    ///
    /// # Errors
    /// No key, no sheet, or a file that is neither.
    pub fn read(codebook: &Codebook, files: Vec<(String, Vec<u8>)>, decided: Vec<(String, Vec<u8>)>) -> Result<Self> {
        let mut gathered = Self::default();
        let mut raw_sheets = Vec::new();
        let hash = |bytes: &[u8]| hex(&Sha256::digest(bytes));
        for (name, bytes) in files {
            gathered.files.push((name.clone(), hash(&bytes)));
            let raw = RawSheet::read(&name, bytes)?;
            match Key::is_key(&raw) {
                true => gathered.keys.push(Key::read(&raw)?),
                false => raw_sheets.push(raw),
            }
        }
        if gathered.keys.is_empty() {
            return Err(Error::Usage(
                "none of the files is a key; name the one that `framescope sample` wrote beside the sheet, `NAME.key.csv`".into(),
            ));
        }
        if raw_sheets.is_empty() {
            return Err(Error::Usage("there is a key and no sheet; name the sheets that were filled in too".into()));
        }
        let reader = CodeReader::new(codebook);
        for raw in raw_sheets {
            gathered.sheets.push(CodedSheet::read(&raw, &gathered.keys, &reader)?);
        }
        for (name, bytes) in decided {
            gathered.files.push((name.clone(), hash(&bytes)));
            let raw = RawSheet::read(&name, bytes)?;
            gathered.decided.push(CodedSheet::read(&raw, &gathered.keys, &reader)?);
        }
        Ok(gathered)
    }

    /// Every cell that was not read, or read as something else.
    pub fn unread(&self) -> impl Iterator<Item = &Unread> {
        self.sheets.iter().chain(&self.decided).flat_map(|sheet| &sheet.unread)
    }
}
