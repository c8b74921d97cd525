//! What a sheet may be written as.

use super::form::SheetForm;
use super::{Sample, doccano, html, label_studio, sheet_csv, workbook};
use crate::codebook::Codebook;
use crate::error::Result;
use crate::named::named;
use std::path::Path;

named! {
    /// What a sheet is written as. All have the same items, columns and codes, and give the same answers back.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum SheetFormat {
        Csv = "csv",
        /// A workbook with drop-down lists.
        Workbook = "xlsx",
        /// A page that codes by mouse and keyboard.
        Page = "html",
        /// Tasks of Label Studio.
        LabelStudio = "labelstudio",
        /// JSON Lines for doccano.
        Doccano = "doccano",
    }
}

impl SheetFormat {
    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv | Self::Workbook | Self::Page => self.name(),
            Self::LabelStudio => "json",
            Self::Doccano => "jsonl",
        }
    }

    /// The format of a file by its name; CSV where the name says nothing.
    pub fn of(path: &Path) -> Self {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        Self::ALL.into_iter().find(|format| format.extension() == extension).unwrap_or(Self::Csv)
    }

    /// The sheet of a coder, or the one sheet; `name` is what the files of the sample are called.
    ///
    /// # Errors
    /// A workbook that cannot be put together.
    pub fn sheet(self, sample: &Sample, book: &Codebook, coder: Option<&str>, name: &str) -> Result<Vec<u8>> {
        Ok(match self {
            Self::Csv => sheet_csv(sample, coder),
            Self::Workbook => workbook(sample, coder)?,
            Self::Page => html::page(sample, book, coder, name)?.into_bytes(),
            Self::LabelStudio => label_studio::tasks(&SheetForm::new(sample, book, coder)),
            Self::Doccano => doccano::lines(&SheetForm::new(sample, book, coder)),
        })
    }

    /// The ending of the name of the file that the program that reads the sheet needs beside it.
    pub fn labels_ending(self) -> Option<&'static str> {
        match self {
            Self::Csv | Self::Workbook | Self::Page => None,
            Self::LabelStudio => Some("labels.xml"),
            Self::Doccano => Some("labels.json"),
        }
    }

    /// That file.
    pub fn labels(self, sample: &Sample, book: &Codebook) -> Option<Vec<u8>> {
        let form = SheetForm::new(sample, book, None);
        match self {
            Self::Csv | Self::Workbook | Self::Page => None,
            Self::LabelStudio => Some(label_studio::labels(&form)),
            Self::Doccano => Some(doccano::labels(&form)),
        }
    }
}
