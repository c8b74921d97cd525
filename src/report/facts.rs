//! What a report is made from, and what of it is wanted.

use super::extract::CorpusFindings;
use super::shown::Shown;
use super::texts::{ReportText, Texts};
use crate::analysis::Analysis;
use crate::corpus::ReadAs;
use crate::error::{Error, Result, one_of};
use crate::named::named;
use crate::output::{FileHash, MostBytes};
use crate::study::Study;
use crate::tables::{FieldContext, Table, TableColumn, TableSpec};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::str::FromStr;

/// What is written beside the tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReportOptions {
    pub page: ReportPage,
    /// How much of the articles the page may hold.
    pub text: ReportText,
    pub excel: Excel,
    pub format: TableFormat,
    /// How large the tables may be.
    pub most: MostBytes,
}

/// Whether `report.html`, the workbook, the graph files and the chart specifications are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReportPage {
    #[default]
    Yes,
    No,
}

/// Whether the tables are written once more for spreadsheets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Excel {
    Yes,
    #[default]
    No,
}

named! {
    /// The format of the tables. The CSV files are always there; they are what the data package describes.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub enum TableFormat {
        #[default]
        Csv = "csv",
        /// The same tables as Parquet files too, in the folder `parquet`.
        Parquet = "parquet",
    }
}

impl FromStr for TableFormat {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        one_of("format", text, &Self::NAMES)
    }
}

/// What an output folder is made from, of articles that were read or of a tally.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    pub study: &'a Study,
    pub analysis: &'a Analysis<'a>,
    /// The tables that were asked for, in the order of the registry.
    pub wanted: &'a [&'static TableSpec],
    /// Their names when some were named; empty means all.
    pub only: &'a [String],
    /// How the corpus was read: in one way, unless the counts of several were added.
    pub read_as: &'a BTreeSet<ReadAs>,
    pub options: ReportOptions,
    pub findings: &'a CorpusFindings,
    /// Absent when the tables come from counts alone.
    pub texts: Option<&'a Texts>,
}

/// The tables on disk.
#[derive(Debug)]
pub struct TableFiles {
    /// They were hashed while they were written.
    pub hashes: Vec<FileHash>,
    /// The rows that a page shows of them; none when no page was asked for.
    pub shown: Vec<Shown>,
    /// How many rows they leave out because nothing occurs in them, by table.
    pub left_out: BTreeMap<&'static str, u64>,
}

/// A report's material with the rows that it shows.
pub(super) struct Facts<'a> {
    pub study: &'a Study,
    pub analysis: &'a Analysis<'a>,
    pub only: &'a [String],
    pub read_as: &'a BTreeSet<ReadAs>,
    pub options: ReportOptions,
    pub findings: &'a CorpusFindings,
    pub texts: Option<&'a Texts>,
    /// Every table on disk, in the order of the registry.
    pub written: Vec<WrittenTable>,
    pub left_out: &'a BTreeMap<&'static str, u64>,
    pub shown: &'a [Shown],
}

/// A table on disk.
pub(super) struct WrittenTable {
    pub name: &'static str,
    pub answers: &'static str,
    pub fields: Vec<TableColumn>,
}

impl<'a> Facts<'a> {
    pub fn gather(report: &Report<'a>, files: &'a TableFiles, folder: &Path) -> Self {
        let analysis = report.analysis;
        let groups = analysis.group_names();
        let context = FieldContext {
            by: &analysis.options.by,
            groups: &groups,
            metadata: &analysis.metadata,
            measures: analysis.options.measures,
        };
        let on_disk = report.wanted.iter().filter(|spec| folder.join(spec.file()).is_file());
        let written: Vec<WrittenTable> = on_disk
            .map(|spec| WrittenTable { name: spec.name, answers: spec.answers, fields: spec.fields(&context) })
            .collect();
        Self {
            study: report.study,
            analysis,
            only: report.only,
            read_as: report.read_as,
            options: report.options,
            findings: report.findings,
            texts: report.texts,
            written,
            left_out: &files.left_out,
            shown: &files.shown,
        }
    }

    pub fn is_written(&self, name: &str) -> bool {
        self.written.iter().any(|table| table.name == name)
    }

    pub fn table(&self, name: &str) -> Option<&Table> {
        self.shown(name).map(|shown| &shown.table)
    }

    pub fn shown(&self, name: &str) -> Option<&Shown> {
        self.shown.iter().find(|shown| shown.table.name == name)
    }
}
