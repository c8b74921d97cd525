//! The main job: a corpus in, a folder of tables out.

use crate::analysis::Analysis;
use crate::coding::HandCoding;
use crate::corpus::{Corpus, CorpusOptions, Input, Warning};
use crate::count::Counts;
use crate::error::{Error, Fault, Result};
use crate::needs::{Need, Needs};
use crate::output::{FileHash, Force, Hashing, OutputFolder, StreamSink, refuse_large};
use crate::pipeline::{self, Pipeline, Progress, RowSink};
use crate::report::{self, Excel, Findings, Page, Report, ReportOptions, Shown, TextSink};
use crate::stats::Measures;
use crate::study::Study;
use crate::tables::{self, FieldContext, Source, TABLES, Table, TableSize, TableSpec, table, write_csv};
use crate::template_watch::{CountedTemplates, TemplateWatch};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// What a run is asked to write, and how.
#[derive(Debug, Clone)]
pub struct RunOptions {
    pub corpus: CorpusOptions,
    pub output: PathBuf,
    pub threads: usize,
    /// Names of the tables to write; empty means all.
    pub only: Vec<String>,
    pub force: Force,
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

/// What a run did, for the closing summary.
#[derive(Debug)]
pub struct RunSummary {
    pub articles: u64,
    pub words: u64,
    pub words_dropped: u64,
    pub mentions: u64,
    pub frame_hits: u64,
    /// `None` when no table needed voices.
    pub voices: Option<VoiceSummary>,
    pub tables: usize,
    /// Template lines that a sketch would keep out of the counts; `None` where it would change nothing.
    pub templates: Option<CountedTemplates>,
    /// Which columns of other names were taken for source, date and so on.
    pub columns: Option<String>,
    /// Articles that have the text of another one, each with that one.
    pub same_texts: Vec<String>,
    /// That articles are in languages which the codebook does not declare.
    pub other_languages: Option<String>,
    /// The columns by which articles that are all in one group would be several; `None` where that is no matter.
    pub other_groups: Option<Vec<String>>,
    /// What to say where hardly any article names an actor that the codebook is about.
    pub rare_core_actors: Option<String>,
    pub warnings: Vec<Warning>,
    pub notes: Vec<Fault>,
    pub bad_records: Vec<Fault>,
    /// Groups with a single article.
    pub single_article_groups: u64,
    pub groups: u64,
    /// What happened to the output folder: leftovers that were removed, files that were kept; what a workbook cannot hold.
    pub told: Vec<String>,
}

#[derive(Debug, Clone, Copy)]
pub struct VoiceSummary {
    /// Framing hits with a voice other than own or hypothetical.
    pub not_own: u64,
    /// Framing hits without an agent, and without a target.
    pub without_agent: u64,
    pub without_target: u64,
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
        Page::Yes => Some(study),
        Page::No => None,
    };
    let watched = TextSink::new(&sink, seen, options.report.text);
    let needs = needs(&wanted, options.report.page);
    let templates = TemplateWatch::of(study, &watched);
    let rows: &dyn RowSink = templates.as_ref().map_or(&watched, |watch| watch);
    let pipeline = Pipeline { study, needs, threads: options.threads, sink: Some(rows), progress, stop };
    let mut read = pipeline.read(corpus)?;
    read.notes.extend(study.sketch_fault(&read.counts)?);
    let templates = templates.map(TemplateWatch::finish);
    let texts = watched.finish();
    let mut hashes = sink.finish()?;
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
    let analysis = Analysis::new(&study.codebook, &study.tables, &read.counts);
    check(&analysis)?;
    if let (Strict::Yes, Some(first)) = (options.strict, same_texts(&analysis).first()) {
        return Err(findings(analysis.same_texts.len(), first));
    }
    let streamed: Vec<(String, u64)> = hashes.iter().map(|file| (file.path.clone(), file.bytes)).collect();
    check_size(&analysis, &wanted, &streamed, options.report)?;
    let written = write_tables(&analysis, &wanted, folder.path(), options.threads, options.report.page)?;
    hashes.extend(written.hashes);
    let facts = Report {
        study,
        analysis: &analysis,
        wanted: &wanted,
        only: &options.only,
        read_as: &BTreeSet::from([options.corpus.read_as()]),
        options: options.report,
        findings: &Findings::of(&options.corpus, &read.counts.bad_records, &warnings, &read.notes),
        texts: Some(&texts),
        hashes: &hashes,
        shown: &written.shown,
        left_out: &written.left_out,
    };
    let cut = report::write(folder.path(), &facts)?;
    let mut summary = RunSummary {
        columns: read.columns,
        other_groups: other_groups(&analysis),
        ..summarise(&analysis, needs, wanted.len(), templates, warnings, read.notes, read.counts.bad_records.clone())
    };
    if stop.load(std::sync::atomic::Ordering::Relaxed) {
        return Err(Error::Interrupted);
    }
    summary.told = folder.commit()?;
    summary.told.extend(cut);
    Ok(summary)
}

fn all_inputs(options: &RunOptions) -> Vec<PathBuf> {
    let read = options.corpus.inputs.iter().filter_map(|input| match input {
        Input::Path(path) => Some(path.clone()),
        Input::Stdin => None,
    });
    read.chain(options.inputs.iter().cloned()).collect()
}

/// The report shows everything.
fn needs(wanted: &[&TableSpec], page: Page) -> Needs {
    match page {
        Page::Yes => Needs::ALL,
        Page::No => Needs::of(wanted.iter().flat_map(|spec| spec.needs.iter().copied())),
    }
}

fn findings(n: usize, first: &dyn std::fmt::Display) -> Error {
    Error::Findings(format!("{n} finding{} in the corpus, the first: {first}", if n == 1 { "" } else { "s" }))
}

/// The tables of these names, in the order of the registry; of no names all but those on request.
///
/// # Errors
/// A name that is no table; one that is made from hand coding where there is none.
pub fn wanted_tables(
    only: &[String],
    measures: Measures,
    hand: Option<&HandCoding>,
) -> Result<Vec<&'static TableSpec>> {
    for name in only {
        if table(name).is_none() {
            let help = crate::error::did_you_mean(name, TABLES.iter().map(|table| table.name));
            return Err(Error::Usage(format!("there is no table `{name}`; {help}")));
        }
        if hand.is_none() && table(name).is_some_and(TableSpec::is_of_hand_coding) {
            return Err(Error::Usage(format!(
                "the table `{name}` is made from what people coded; name a key and its sheets with `--coded`"
            )));
        }
    }
    let is_wanted = |table: &&TableSpec| match only {
        [] if table.is_of_hand_coding() => hand.is_some(),
        [] => measures.are_all() || !table.is_on_request(),
        _ => only.iter().any(|name| name == table.name),
    };
    Ok(TABLES.iter().filter(is_wanted).collect())
}

/// Every name a run may write into its output folder.
pub fn known_names() -> Vec<String> {
    let tables = TABLES.iter().map(TableSpec::file);
    tables.chain(report::known_names().map(str::to_owned)).collect()
}

/// Whether the tables are as small as is asked for, together with the files that were written while the corpus was read,
/// each with its bytes.
///
/// # Errors
/// They would be larger.
pub fn check_size(
    analysis: &Analysis<'_>,
    wanted: &[&'static TableSpec],
    written: &[(String, u64)],
    options: ReportOptions,
) -> Result<()> {
    let groups = analysis.group_names();
    let context = field_context(analysis, &groups);
    let size_of = |spec: &&'static TableSpec| {
        let file = written.iter().find(|(name, _)| *name == spec.file());
        let of_file = file.map(|(_, bytes)| TableSize { table: spec.name, rows: None, bytes: *bytes });
        of_file.or_else(|| tables::size(spec, &spec.fields(&context), analysis))
    };
    let mut sizes: Vec<TableSize> = wanted.iter().filter_map(size_of).collect();
    if options.excel == Excel::Yes {
        sizes.iter_mut().for_each(|table| table.bytes *= 2);
    }
    refuse_large(options.most, &sizes, analysis.parts().len(), &analysis.options.by)
}

/// Whether the corpus has what the options name.
///
/// # Errors
/// A `--by` column that no article has; a `--reference` that is no group.
pub fn check(analysis: &Analysis<'_>) -> Result<()> {
    check_by(analysis)?;
    tables::check_hand_coding(analysis)?;
    check_reference(analysis)
}

/// A `--by` column that no article has is a slip of the pen.
fn check_by(analysis: &Analysis<'_>) -> Result<()> {
    for (at, column) in analysis.options.by.iter().enumerate() {
        if analysis.parts().iter().all(|group| group.key[at] == crate::count::NONE) {
            let built_in = ["source", "article_id", "date", "year", "month", "title", "language"];
            if built_in.contains(&column.as_str()) {
                return Err(Error::Usage(format!(
                    "`--by {column}`: no article has a value in this column; take another one, or give the articles one"
                )));
            }
            let known = built_in.into_iter().chain(analysis.metadata.iter().map(String::as_str));
            let help = crate::error::did_you_mean(column, known);
            return Err(Error::Usage(format!("`--by {column}`: no article has a value in this column; {help}")));
        }
    }
    Ok(())
}

fn check_reference(analysis: &Analysis<'_>) -> Result<()> {
    let Some(reference) = &analysis.options.reference else { return Ok(()) };
    let groups = analysis.group_names();
    if groups.contains(reference) {
        return Ok(());
    }
    let by = analysis.options.by.join(" / ");
    let help = crate::error::did_you_mean(reference, groups.iter().map(String::as_str));
    Err(Error::Usage(format!("`--reference {reference}`: no group by {by} has this name; {help}")))
}

fn field_context<'a>(analysis: &'a Analysis<'_>, groups: &'a [String]) -> FieldContext<'a> {
    FieldContext { by: &analysis.options.by, groups, metadata: &analysis.metadata, measures: analysis.options.measures }
}

/// The tables that are made from the merged counts, in memory. Those with a row for every word are large.
pub fn make_tables(analysis: &Analysis<'_>, wanted: &[&'static TableSpec]) -> Vec<Table> {
    let groups = analysis.group_names();
    let context = field_context(analysis, &groups);
    let make = |spec: &&'static TableSpec| match spec.rows {
        Source::Analysis(fill) => {
            let mut rows = Vec::new();
            fill(analysis, &mut rows);
            Some(Table { name: spec.name, answers: spec.answers, fields: spec.fields(&context), rows })
        }
        Source::Stream => None,
    };
    wanted.iter().filter_map(make).collect()
}

/// Tables on disk.
#[derive(Debug)]
pub struct TableFiles {
    pub hashes: Vec<FileHash>,
    /// What a page shows of them, when one is wanted.
    pub shown: Vec<Shown>,
    /// How many rows the tables leave out because nothing occurs in them, by table.
    pub left_out: BTreeMap<&'static str, u64>,
}

/// Writes the tables that are made from the merged counts into a folder, row by row.
///
/// # Errors
/// A file that cannot be written.
pub fn write_tables(
    analysis: &Analysis<'_>,
    wanted: &[&'static TableSpec],
    folder: &Path,
    threads: usize,
    page: Page,
) -> Result<TableFiles> {
    let groups = analysis.group_names();
    let context = field_context(analysis, &groups);
    let mut jobs = wanted.to_vec();
    // The largest first, so that nobody waits for it at the end.
    jobs.sort_by_key(|spec| !matches!(spec.name, "contrasts" | "keyness" | "similarity"));
    let done = pipeline::in_parallel(threads, &jobs, |spec| {
        let Source::Analysis(fill) = spec.rows else { return Ok(None) };
        let path = folder.join(spec.file());
        let file = std::fs::File::create(&path).map_err(Error::io("write", &path))?;
        let mut file = Hashing::new(file);
        let fields = spec.fields(&context);
        let mut shown = None;
        let rows = |out: &mut dyn tables::RowSink| match page {
            Page::Yes => shown = report::fill(spec, &fields, analysis, out),
            Page::No => fill(analysis, out),
        };
        let left_out = write_csv(&mut file, &fields, rows).map_err(Error::io("write", &path))?;
        Ok(Some((file.finish(spec.file()).0, (shown, (spec.name, left_out)))))
    })?;
    let (hashes, of_tables): (Vec<_>, Vec<_>) = done.into_iter().flatten().unzip();
    let (shown, left_out): (Vec<_>, Vec<_>) = of_tables.into_iter().unzip();
    let left_out = left_out.into_iter().filter(|(_, rows)| *rows > 0).collect();
    Ok(TableFiles { hashes, shown: shown.into_iter().flatten().collect(), left_out })
}

fn summarise(
    analysis: &Analysis<'_>,
    needs: Needs,
    tables: usize,
    templates: Option<CountedTemplates>,
    warnings: Vec<Warning>,
    notes: Vec<Fault>,
    bad_records: Vec<Fault>,
) -> RunSummary {
    let all = &analysis.all().counts;
    let hits =
        |of: fn(&crate::count::VoiceTally) -> u64| all.frames.values().map(|frame| of(&frame.voices)).sum::<u64>();
    use crate::voice::Voice;
    let missing = |of: fn(&(u32, u32, u32)) -> u32| {
        all.targets.iter().filter(|(key, _)| of(key) == 0).map(|(_, n)| n).sum::<u64>()
    };
    RunSummary {
        articles: all.articles,
        words: all.words,
        words_dropped: all.words_dropped,
        mentions: all.coded.values().map(crate::count::ActorTally::n).sum(),
        frame_hits: hits(crate::count::VoiceTally::n),
        voices: needs.has(Need::Voice).then(|| VoiceSummary {
            not_own: hits(|voices| voices.n() - voices.of(Voice::Own) - voices.of(Voice::Hypothetical)),
            without_agent: missing(|key| key.1),
            without_target: missing(|key| key.2),
        }),
        tables,
        templates,
        columns: None,
        same_texts: same_texts(analysis),
        other_languages: analysis.language_caveat(),
        other_groups: None,
        rare_core_actors: analysis.rare_core_actors(),
        warnings,
        notes,
        bad_records,
        single_article_groups: analysis.parts().iter().filter(|group| group.counts.articles == 1).count() as u64,
        groups: analysis.parts().len() as u64,
        told: Vec::new(),
    }
}

fn same_texts(analysis: &Analysis<'_>) -> Vec<String> {
    analysis.same_texts.iter().map(|(id, first)| format!("`{id}` has the same text as `{first}`")).collect()
}

/// A corpus of fewer articles may well be of one group.
const MANY_ARTICLES: usize = 20;

/// Where many articles are in one group: the columns that have several values, each for several articles.
fn other_groups(analysis: &Analysis<'_>) -> Option<Vec<String>> {
    let articles = &analysis.counts.articles;
    if analysis.parts().len() != 1 || articles.len() < MANY_ARTICLES {
        return None;
    }
    let enough = articles.len() / 2;
    let mut values: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for record in articles.values() {
        let record = record.open();
        let known = [("source", record.source), ("language", record.language)];
        let further = record.more.iter().map(|(column, value)| (*column, *value));
        for (column, value) in known.into_iter().chain(further).filter(|(_, value)| !value.is_empty()) {
            if !values.contains_key(column) {
                values.insert(column.to_owned(), BTreeSet::new());
            }
            // beyond half of the articles the column groups nothing, whatever more there is
            if let Some(values) = values.get_mut(column)
                && values.len() <= enough
                && !values.contains(value)
            {
                values.insert(value.to_owned());
            }
        }
    }
    let by = &analysis.options.by;
    let likely =
        values.into_iter().filter(|(column, values)| !by.contains(column) && (2..=enough).contains(&values.len()));
    let mut likely: Vec<(usize, String)> = likely.map(|(column, values)| (values.len(), column)).collect();
    likely.sort();
    Some(likely.into_iter().map(|(_, column)| column).collect())
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
