//! The main job: a corpus in, a folder of tables out.

mod summary;

pub use summary::{RunSummary, VoiceSummary};

use crate::corpus::{Corpus, CorpusOptions};
use crate::count::Counts;
use crate::error::{Error, Fault, Result};
use crate::needs::Needs;
use crate::output::{OutputFolder, Overwrite, StreamSink};
use crate::outputs::{self, known_names, wanted_tables};
use crate::pipeline::{BlockSink, Pipeline, Progress};
use crate::report::{CorpusFindings, Report, ReportOptions, ReportPage, TextSink};
use crate::study::Study;
use crate::tables::{FieldContext, TableSpec};
use crate::template_watch::TemplateWatch;
use crate::threads::both;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// What a run is asked to write, and how.
#[derive(Debug, Clone)]
pub struct RunOptions {
    pub corpus: CorpusOptions,
    pub output: PathBuf,
    pub threads: usize,
    /// Names of the tables to write; empty means all.
    pub only: Vec<String>,
    pub force: Overwrite,
    /// What is read beside the corpus: the folder of the codebook, a sketch. The output is none of it.
    pub inputs: Vec<PathBuf>,
    /// What is odd about the corpus is an error.
    pub strict: Strict,
    /// What is written beside the tables.
    pub report: ReportOptions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strict {
    Yes,
    No,
}

/// Reads a corpus and writes its tables.
///
/// # Errors
/// Whatever reading, counting or writing says; the output folder is as it was before.
pub fn run(study: &Study, options: &RunOptions, progress: &dyn Progress, stop: &AtomicBool) -> Result<RunSummary> {
    let wanted = wanted_tables(&options.only, study.tables.measures, study.tables.hand.as_ref())?;
    let corpus = Corpus::open(&options.corpus)?;
    let warnings = corpus.warnings().to_vec();
    if options.strict == Strict::Yes
        && let odd = warnings.iter().filter(|warning| warning.kind.is_odd()).collect::<Vec<_>>()
        && let Some(first) = odd.first()
    {
        return Err(findings(odd.len(), first));
    }
    let folder = OutputFolder::create(&options.output, &known_names(), options.force, &all_inputs(options))?;
    let no_groups = FieldContext { by: &study.tables.by, groups: &[], metadata: &[], measures: study.tables.measures };
    let streamed = |name: &str| {
        let spec = wanted.iter().copied().find(|spec| spec.name == name)?;
        Some((spec, spec.fields(&no_groups)))
    };
    let (ledger, zones, quotations) = (streamed("mentions"), streamed("zones"), streamed("quotations"));
    let sink = StreamSink::create(
        folder.path(),
        ledger.as_ref().map(|(spec, fields)| (*spec, fields.as_slice())),
        zones.as_ref().map(|(spec, fields)| (*spec, fields.as_slice())),
        quotations.as_ref().map(|(spec, fields)| (*spec, fields.as_slice())),
        options.report.most,
    )?;
    let seen = match options.report.page {
        ReportPage::Yes => Some(study),
        ReportPage::No => None,
    };
    let watched = TextSink::new(&sink, seen, options.report.text);
    let needs = needs(&wanted, options.report.page);
    let templates = TemplateWatch::of(study, &watched);
    let rows: &dyn BlockSink = templates.as_ref().map_or(&watched, |watch| watch);
    let pipeline = Pipeline { study, needs, threads: options.threads, sink: Some(rows), progress, stop };
    let mut read = pipeline.read(corpus)?;
    read.notes.extend(study.sketch_fault(&read.counts)?);
    let templates = templates.map(TemplateWatch::finish);
    let texts = watched.finish();
    if read.counts.articles.is_empty() {
        let first = read
            .counts
            .bad_records
            .first()
            .map_or_else(String::new, |fault| format!("; the first record left out: {fault}"));
        return Err(Error::input(
            crate::error::Place::default(),
            format!("no article could be read{first}"),
            "see `framescope run --help` for the formats",
        ));
    }
    if options.strict == Strict::Yes {
        let odd: Vec<&Fault> = read.counts.bad_records.iter().chain(&read.notes).collect();
        if let Some(first) = odd.first() {
            return Err(findings(odd.len(), first));
        }
    }
    // What was written while reading is brought into order while the rest is prepared.
    let (hashes, analysis) = both(options.threads, || sink.finish(), || outputs::analyse(study, &read.counts))?;
    if let (Strict::Yes, Some(first)) = (options.strict, summary::same_texts(&analysis).first()) {
        return Err(findings(analysis.same_texts.len(), first));
    }
    let streamed: Vec<(String, u64)> = hashes.iter().map(|file| (file.path.clone(), file.bytes)).collect();
    outputs::check_size(&analysis, &wanted, &streamed, options.report)?;
    let report = Report {
        study,
        analysis: &analysis,
        wanted: &wanted,
        only: &options.only,
        read_as: &BTreeSet::from([options.corpus.read_as()]),
        findings: &CorpusFindings::of(&options.corpus, &read.counts.bad_records, &warnings, &read.notes),
        texts: Some(&texts),
        options: options.report,
    };
    let remarks = outputs::write(&report, folder, hashes, options.threads, stop)?;
    let bad_records = read.counts.bad_records.clone();
    Ok(RunSummary {
        columns: read.columns,
        other_groups: summary::other_groups(&analysis),
        remarks,
        ..summary::summarise(&analysis, needs, wanted.len(), templates, warnings, read.notes, bad_records)
    })
}

fn all_inputs(options: &RunOptions) -> Vec<PathBuf> {
    options.corpus.paths().into_iter().chain(options.inputs.iter().cloned()).collect()
}

/// The report shows everything.
fn needs(wanted: &[&TableSpec], page: ReportPage) -> Needs {
    match page {
        ReportPage::Yes => Needs::ALL,
        ReportPage::No => Needs::of(wanted.iter().flat_map(|spec| spec.needs.iter().copied())),
    }
}

fn findings(n: usize, first: &dyn std::fmt::Display) -> Error {
    Error::Findings(format!("{n} finding{} in the corpus, the first: {first}", if n == 1 { "" } else { "s" }))
}

/// The merged counts of a corpus without any output; for commands and tests that look at counts alone.
///
/// # Errors
/// Whatever reading says.
pub fn count(study: &Study, corpus: &CorpusOptions, threads: usize) -> Result<Counts> {
    let stop = AtomicBool::new(false);
    let (needs, progress) = (Needs::ALL, &crate::pipeline::Silent);
    let pipeline = Pipeline { study, needs, threads, sink: None, progress, stop: &stop };
    Ok(pipeline.read(Corpus::open(corpus)?)?.counts)
}
