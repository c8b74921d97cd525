//! The output edge of this stage: everything beside the tables, written and hashed.

use super::facts::{Excel, Facts, Report, ReportPage, TableFiles, TableFormat};
use super::figure::{self, GroupChoice};
use super::package::package;
use super::{excel, guide, network_files, page, vega, workbook};
use crate::error::{Error, Result};
use crate::output::{FileHash, Hashing};
use crate::threads::in_parallel;
use std::path::{Path, PathBuf};

/// Names in an output folder that are not tables.
pub fn known_names() -> impl Iterator<Item = &'static str> {
    [
        "README.md",
        "datapackage.json",
        "report.html",
        "workbook.xlsx",
        "actors.gexf",
        "actors.graphml",
        "actors_nodes.csv",
        "actors_edges.csv",
        "charts",
        "excel",
        "parquet",
    ]
    .into_iter()
}

/// Writes what is wanted beside the tables, which lie in `folder` already; the data package comes last, with the hashes
/// of all. The answer is what could not be held by one of these files, for the reader to know.
///
/// # Errors
/// A file that cannot be read or written.
pub fn write(folder: &Path, report: &Report<'_>, tables: &TableFiles, threads: usize) -> Result<Vec<String>> {
    let facts = &Facts::gather(report, tables, folder);
    let out = Folder { root: folder };
    let mut remarks: Vec<String> = match facts.options.page {
        ReportPage::Yes => pages(&out, facts, threads)?,
        ReportPage::No => Vec::new(),
    };
    if facts.options.excel == Excel::Yes {
        for table in &facts.written {
            let from = folder.join(format!("{}.csv", table.name));
            let to = out.path(&format!("excel/{}.csv", table.name))?;
            let too_many = excel::copy(&from, &to, &table.fields)?;
            remarks.extend(too_many.map(|rows| excel::too_long(table.name, rows)));
        }
    }
    match facts.options.format {
        TableFormat::Csv => {}
        TableFormat::Parquet => parquet_files(folder, &out, facts)?,
    }
    out.file("README.md", guide::guide(facts).as_bytes())?;
    let mut files = Vec::new();
    hash_files(folder, "", &tables.hashes, &mut files)?;
    out.file("datapackage.json", package(facts, &files).as_bytes())?;
    Ok(remarks)
}

/// What people open, each on a thread of its own where there are some.
enum ReportPart {
    Workbook,
    Page,
    Figures,
}

fn pages(out: &Folder<'_>, facts: &Facts<'_>, threads: usize) -> Result<Vec<String>> {
    let groups = &GroupChoice::new(facts);
    let remarks = in_parallel(threads, &[ReportPart::Workbook, ReportPart::Page, ReportPart::Figures], |part| {
        match part {
            ReportPart::Workbook => {
                let (book, remark) = workbook::workbook(facts, groups, out.root)?;
                out.file("workbook.xlsx", &book)?;
                return Ok(remark);
            }
            ReportPart::Page => out.file("report.html", page::page(facts, groups)?.as_bytes())?,
            ReportPart::Figures => figures(out, facts, groups)?,
        }
        Ok(None)
    })?;
    Ok(remarks.into_iter().flatten().collect())
}

fn figures(out: &Folder<'_>, facts: &Facts<'_>, groups: &GroupChoice) -> Result<()> {
    for (name, text) in vega::specifications(facts, groups) {
        out.file(&name, text.as_bytes())?;
    }
    if let Some(graph) = figure::whole_graph(facts) {
        let failed = |name: &'static str| Error::io("make", name);
        out.file("actors.gexf", &network_files::gexf(&graph).map_err(failed("actors.gexf"))?)?;
        out.file("actors.graphml", &network_files::graphml(&graph).map_err(failed("actors.graphml"))?)?;
        out.file("actors_nodes.csv", &network_files::gephi_nodes(&graph))?;
        out.file("actors_edges.csv", &network_files::gephi_edges(&graph))?;
    }
    Ok(())
}

#[cfg(feature = "parquet")]
fn parquet_files(folder: &Path, out: &Folder<'_>, facts: &Facts<'_>) -> Result<()> {
    for table in &facts.written {
        let from = folder.join(format!("{}.csv", table.name));
        let to = out.path(&format!("parquet/{}.parquet", table.name))?;
        super::parquet::convert(&from, &to, &table.fields)?;
    }
    Ok(())
}

#[cfg(not(feature = "parquet"))]
fn parquet_files(_folder: &Path, _out: &Folder<'_>, _facts: &Facts<'_>) -> Result<()> {
    Err(Error::Usage("`--format parquet`: this program was built without the feature `parquet`".into()))
}

/// Where files go.
pub(super) struct Folder<'a> {
    root: &'a Path,
}

impl Folder<'_> {
    /// The path of a new file, whose folder is there.
    fn path(&self, name: &str) -> Result<PathBuf> {
        let path = self.root.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(Error::io("create the folder", parent))?;
        }
        Ok(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.path(name)?;
        std::fs::write(&path, bytes).map_err(Error::io("write", &path))
    }
}

/// Hashes every file of a folder and those below it, by path. Some are known already.
fn hash_files(folder: &Path, prefix: &str, known: &[FileHash], files: &mut Vec<FileHash>) -> Result<()> {
    let read = Error::io("read the folder", folder);
    let entries: std::io::Result<Vec<_>> = std::fs::read_dir(folder).and_then(Iterator::collect);
    let mut entries = entries.map_err(read)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            hash_files(&path, &format!("{name}/"), known, files)?;
        } else if let Some(file) = known.iter().find(|file| file.path == name) {
            files.push(file.clone());
        } else {
            files.push(hash_file(&path, name).map_err(Error::io("read", &path))?);
        }
    }
    Ok(())
}

fn hash_file(path: &Path, name: String) -> std::io::Result<FileHash> {
    let mut hashing = Hashing::new(std::io::sink());
    std::io::copy(&mut std::fs::File::open(path)?, &mut hashing)?;
    Ok(hashing.finish(name).0)
}
