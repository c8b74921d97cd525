//! Merged counts in, a whole output folder out: the second half of `run`, and of `tables`.

use crate::analysis::Analysis;
use crate::coding::HandCoding;
use crate::count::Counts;
use crate::error::{Error, Result};
use crate::output::{FileHash, Hashing, OutputFolder, refuse_large};
use crate::report::{self, Excel, Report, ReportOptions, ReportPage, TableFiles};
use crate::stats::Measures;
use crate::study::Study;
use crate::tables::{self, FieldContext, Source, TABLES, Table, TableSize, TableSpec, table, write_csv};
use crate::threads::in_parallel;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Writes the tables of the merged counts and what is made from all tables, and puts the folder in its place. The tables of
/// single rows lie in it already, with these hashes. The answer is what the user should know of it.
///
/// # Errors
/// A file that cannot be written, a signal to stop; the place of the folder is as it was before.
pub fn write(
    report: &Report<'_>,
    folder: OutputFolder,
    streamed: Vec<FileHash>,
    threads: usize,
    stop: &AtomicBool,
) -> Result<Vec<String>> {
    let mut files = write_tables(report.analysis, report.wanted, folder.path(), threads, report.options.page)?;
    files.hashes.splice(..0, streamed);
    let cut = report::write(folder.path(), report, &files, threads)?;
    if stop.load(Ordering::Relaxed) {
        return Err(Error::Interrupted);
    }
    let mut remarks = folder.commit()?;
    remarks.extend(cut);
    Ok(remarks)
}

/// What follows from the merged counts.
///
/// # Errors
/// A `--by` column that no article has; a `--reference` that is no group; hand coding of other articles.
pub(crate) fn analyse<'a>(study: &'a Study, counts: &'a Counts) -> Result<Analysis<'a>> {
    let analysis = Analysis::new(&study.codebook, &study.tables, counts);
    check_by(&analysis)?;
    tables::check_hand_coding(&analysis)?;
    check_reference(&analysis)?;
    Ok(analysis)
}

/// Whether the tables are as small as is asked for, together with the files that were written while the corpus was read,
/// each with its bytes.
///
/// # Errors
/// They would be larger.
pub(crate) fn check_size(
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
pub(crate) fn known_names() -> Vec<String> {
    let tables = TABLES.iter().map(TableSpec::file);
    tables.chain(report::known_names().map(str::to_owned)).collect()
}

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

/// Writes the tables that are made from the merged counts into a folder, row by row.
///
/// # Errors
/// A file that cannot be written.
pub fn write_tables(
    analysis: &Analysis<'_>,
    wanted: &[&'static TableSpec],
    folder: &Path,
    threads: usize,
    page: ReportPage,
) -> Result<TableFiles> {
    let groups = analysis.group_names();
    let context = field_context(analysis, &groups);
    let mut jobs = wanted.to_vec();
    // The largest first, so that no thread waits for it at the end.
    jobs.sort_by_key(|spec| !matches!(spec.name, "contrasts" | "keyness" | "similarity"));
    let done = in_parallel(threads, &jobs, |spec| {
        let Source::Analysis(fill) = spec.rows else { return Ok(None) };
        let path = folder.join(spec.file());
        let file = std::fs::File::create(&path).map_err(Error::io("write", &path))?;
        let mut file = Hashing::new(file);
        let fields = spec.fields(&context);
        let mut shown = None;
        let rows = |out: &mut dyn tables::RowSink| match page {
            ReportPage::Yes => shown = report::fill(spec, &fields, analysis, out),
            ReportPage::No => fill(analysis, out),
        };
        let left_out = write_csv(&mut file, &fields, rows).map_err(Error::io("write", &path))?;
        Ok(Some((file.finish(spec.file()).0, (shown, (spec.name, left_out)))))
    })?;
    let (hashes, of_tables): (Vec<_>, Vec<_>) = done.into_iter().flatten().unzip();
    let (shown, left_out): (Vec<_>, Vec<_>) = of_tables.into_iter().unzip();
    let left_out = left_out.into_iter().filter(|(_, rows)| *rows > 0).collect();
    Ok(TableFiles { hashes, shown: shown.into_iter().flatten().collect(), left_out })
}
