//! Tables from a tally, the same bytes as a run on its articles writes.

use super::names::broken;
use super::parts::{PartTable, Parts};
use super::{Fingerprint, Tally};
use crate::codebook::Codebook;
use crate::coding::HandCoding;
use crate::error::{Error, Place, Result};
use crate::output::{FileHash, Hashing, OutputFolder, Overwrite};
use crate::outputs::{self, known_names, wanted_tables};
use crate::report::{CorpusFindings, Report, ReportOptions, ReportText};
use crate::stats::Measures;
use crate::study::Study;
use crate::tables::{FieldContext, Source, TableSpec};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// What to write, and where.
#[derive(Debug, Clone)]
pub struct TableJob {
    pub output: PathBuf,
    /// Names of the tables to write; empty means all that can be made.
    pub only: Vec<String>,
    pub force: Overwrite,
    /// What is read beside the parts: tallies, the folder of the codebook. The output is none of it.
    pub inputs: Vec<PathBuf>,
    /// Folders with the parts of the tally. Without any, the tables of single rows are not written.
    pub parts: Vec<PathBuf>,
    pub reference: Option<String>,
    pub measures: Measures,
    /// What random divisions begin with.
    pub seed: u64,
    /// What people coded of the articles.
    pub hand: Option<HandCoding>,
    /// 0 takes all processors; their number changes the time and nothing else.
    pub threads: usize,
    /// What is written beside the tables.
    pub report: ReportOptions,
}

/// What was written, for the closing summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablesWritten {
    pub tables: usize,
    pub articles: u64,
    pub bad_records: u64,
    /// What happened to the output folder: leftovers that were removed, files that were kept.
    pub remarks: Vec<String>,
}

/// Writes the tables of a tally, and what is made from them.
///
/// # Errors
/// A tally without articles; one that was made with another codebook or program; parts that are missing, broken, or do
/// not hold every article; whatever writing says. The output folder is as it was before.
pub fn write_tables(codebook: Codebook, tally: Tally, job: &TableJob) -> Result<TablesWritten> {
    let Some(fingerprint) = tally.fingerprint().cloned().filter(|_| tally.articles_counted() > 0) else {
        let help = "see what `framescope tally` read";
        return Err(Error::input(Place::default(), "the tally has no article", help));
    };
    let mut study = study(codebook, &fingerprint, job)?;
    if let Some(hand) = &job.hand {
        // The key knows the sketch that the articles were counted with.
        study.options.sketch = fingerprint.parts().get("sketch").cloned().unwrap_or_default();
        study = study.with_hand_coding(hand.clone())?;
    }
    let wanted = wanted(&tally, job)?;
    let read_as = tally.read_as().clone();
    let parts = match job.parts.is_empty() {
        true => None,
        false => Some(open_parts(&tally, job)?),
    };
    let folder = {
        let inputs: Vec<PathBuf> = job.inputs.iter().chain(&job.parts).cloned().collect();
        OutputFolder::create(&job.output, &known_names(), job.force, &inputs)?
    };
    let (articles, bad_records) = (tally.articles_counted(), tally.bad_records());
    let counts = tally.counts(&study.codebook)?;
    let analysis = outputs::analyse(&study, &counts)?;
    let of_parts = |spec: &&&TableSpec| Some((spec.file(), parts.as_ref()?.bytes(PartTable::of(spec.name)?)));
    let streamed: Vec<(String, u64)> = wanted.iter().filter_map(|spec| of_parts(&spec)).collect();
    outputs::check_size(&analysis, &wanted, &streamed, job.report)?;
    let (mut hashes, mut findings, mut texts) = (Vec::new(), CorpusFindings::default(), None);
    if let Some(parts) = parts {
        hashes = write_streamed(&study, &wanted, &parts, folder.path())?;
        let extract = parts.into_extract();
        if !extract.texts.fits(&study.codebook) {
            return Err(broken("the parts have hits of entries that the codebook does not have".into()));
        }
        findings = extract.findings;
        let mut kept = extract.texts;
        if job.report.text != ReportText::All {
            kept.shorten();
        }
        texts = Some(kept);
    }
    findings.complete(&counts.bad_records).map_err(|what| broken(format!("its parts are of other records: {what}")))?;
    let report = Report {
        study: &study,
        analysis: &analysis,
        wanted: &wanted,
        only: &job.only,
        read_as: &read_as,
        findings: &findings,
        texts: texts.as_ref(),
        options: job.report,
    };
    let remarks = outputs::write(&report, folder, hashes, job.threads, &AtomicBool::new(false))?;
    Ok(TablesWritten { tables: wanted.len(), articles, bad_records, remarks })
}

/// Merges the rows of the parts into the tables that a run writes while it reads.
fn write_streamed(study: &Study, wanted: &[&'static TableSpec], parts: &Parts, folder: &Path) -> Result<Vec<FileHash>> {
    let context = FieldContext { by: &study.tables.by, groups: &[], metadata: &[], measures: study.tables.measures };
    let mut hashes = Vec::new();
    for spec in wanted.iter().filter(|spec| matches!(spec.rows, Source::Stream)) {
        let path = folder.join(spec.file());
        let file = File::create(&path).map_err(Error::io("write", &path))?;
        let mut out = BufWriter::with_capacity(1 << 20, Hashing::new(file));
        let names: Vec<String> = spec.fields(&context).into_iter().map(|field| field.name).collect();
        writeln!(out, "{}", names.join(",")).map_err(Error::io("write", &path))?;
        if let Some(table) = PartTable::of(spec.name) {
            parts.copy(table, &path, &mut out)?;
        }
        let file = out.into_inner().map_err(|error| Error::io("write", &path)(error.into_error()))?;
        hashes.push(file.finish(spec.file()).0);
    }
    Ok(hashes)
}

/// The study the tally was made with; only the comparison is the job's.
fn study(codebook: Codebook, fingerprint: &Fingerprint, job: &TableJob) -> Result<Study> {
    let mut options = fingerprint.study_options()?;
    options.reference.clone_from(&job.reference);
    options.measures = job.measures;
    options.seed = job.seed;
    let study = Study::new(codebook, options).map_err(|error| match error {
        // The user has not typed these options here; the codebook at hand does not fit the tally.
        Error::Usage(message) => Error::Incompatible(format!("the tally does not fit this codebook: {message}")),
        other => other,
    })?;
    // What a sketch found is in the counts; the tables need it no more.
    let here = Fingerprint::of(&study).with_part_of("sketch", fingerprint);
    let differing = fingerprint.differences(&here);
    if differing.is_empty() {
        return Ok(study);
    }
    Err(Error::Incompatible(format!(
        "the tally was counted differently: {} in the tally and here; use the program and the `--dictionaries` it was made with",
        differing.join("; ")
    )))
}

fn wanted(tally: &Tally, job: &TableJob) -> Result<Vec<&'static TableSpec>> {
    let mut wanted = wanted_tables(&job.only, job.measures, job.hand.as_ref())?;
    let is_streamed = |spec: &&'static TableSpec| matches!(spec.rows, Source::Stream);
    if job.parts.is_empty() {
        if let Some(spec) = wanted.iter().find(|spec| is_streamed(spec) && !job.only.is_empty()) {
            let hint = if tally.parts().is_empty() { "; the tally was made without, make it again" } else { "" };
            return Err(Error::Usage(format!(
                "the table `{}` is not in the tally itself: name the folder that `tally --parts DIR` wrote with `--parts DIR`{hint}",
                spec.name
            )));
        }
        wanted.retain(|spec| !is_streamed(spec));
    }
    Ok(wanted)
}

fn open_parts(tally: &Tally, job: &TableJob) -> Result<Parts> {
    let parts = Parts::open(&job.parts, tally.parts())?;
    if parts.articles() != tally.articles_counted() {
        return Err(Error::Incompatible(format!(
            "the parts have {} articles of the {} that were counted: some of the tallies were made without `--parts`",
            parts.articles(),
            tally.articles_counted()
        )));
    }
    Ok(parts)
}
