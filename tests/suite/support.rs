//! What several tests do: run a corpus into a folder, read a table back, compare with a stored text.

use framescope::codebook::{Codebook, read_folder};
use framescope::corpus::{CorpusOptions, Input};
use framescope::output::Overwrite;
use framescope::pipeline::Silent;
use framescope::report::{ReportOptions, ReportPage};
use framescope::run::{RunOptions, Strict, run};
use framescope::study::{Study, StudyOptions};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// A path of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The folder of real articles; tests that need it are ignored unless asked for.
pub fn shared(path: &str) -> PathBuf {
    let folder = std::env::var_os("FRAMESCOPE_SHARED").map_or_else(|| repository("../shared"), PathBuf::from);
    let path = folder.join(path);
    assert!(path.exists(), "`{}` is not there; set FRAMESCOPE_SHARED", path.display());
    path
}

pub fn study(codebook: Codebook, options: StudyOptions) -> Study {
    Study::new(codebook, options).expect("a study")
}

pub fn golden_codebook() -> Codebook {
    read_folder(&repository("tests/golden/dictionaries")).expect("the golden codebook")
}

pub fn by(columns: &[&str]) -> StudyOptions {
    StudyOptions { by: columns.iter().map(|column| (*column).to_owned()).collect(), ..StudyOptions::default() }
}

pub fn corpus(path: &Path) -> CorpusOptions {
    CorpusOptions { inputs: vec![Input::Path(path.to_path_buf())], ..CorpusOptions::default() }
}

/// Runs the main job.
pub fn run_into(study: &Study, path: &Path, output: &Path, page: ReportPage) -> framescope::error::Result<()> {
    let options = RunOptions {
        corpus: corpus(path),
        output: output.to_path_buf(),
        threads: 2,
        only: Vec::new(),
        force: Overwrite::No,
        inputs: Vec::new(),
        strict: Strict::No,
        report: ReportOptions { page, ..ReportOptions::default() },
    };
    run(study, &options, &Silent, &AtomicBool::new(false)).map(|_| ())
}

/// The tables of a run, in a folder that vanishes with the value.
pub struct Output(tempfile::TempDir);

impl Output {
    pub fn of(study: &Study, path: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        run_into(study, path, &folder.path().join("out"), ReportPage::No).expect("a run");
        Self(folder)
    }

    pub fn path(&self) -> PathBuf {
        self.0.path().join("out")
    }

    pub fn table(&self, name: &str) -> Vec<Row> {
        read_table(&self.path().join(format!("{name}.csv")))
    }
}

/// A row with named cells.
#[derive(Debug, Clone)]
pub struct Row(BTreeMap<String, String>);

impl Row {
    pub fn text(&self, column: &str) -> &str {
        self.0.get(column).unwrap_or_else(|| panic!("there is no column `{column}`"))
    }

    pub fn number(&self, column: &str) -> u64 {
        self.text(column).parse().unwrap_or_else(|_| panic!("`{column}` is no integer: {self:?}"))
    }

    pub fn float(&self, column: &str) -> f64 {
        self.text(column).parse().unwrap_or_else(|_| panic!("`{column}` is no number: {self:?}"))
    }

    pub fn is(&self, cells: &[(&str, &str)]) -> bool {
        cells.iter().all(|(column, value)| self.text(column) == *value)
    }
}

pub fn read_table(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let header = reader.headers().expect("a header").clone();
    let row = |record: csv::Result<csv::StringRecord>| {
        let record = record.expect("a row");
        Row(header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect())
    };
    reader.records().map(row).collect()
}

/// The one row with these cells.
pub fn row<'r>(rows: &'r [Row], cells: &[(&str, &str)]) -> &'r Row {
    let found: Vec<&Row> = rows.iter().filter(|row| row.is(cells)).collect();
    assert_eq!(found.len(), 1, "{cells:?}");
    found[0]
}

/// Whether stored results are to be rewritten: `FRAMESCOPE_BLESS=1 cargo test`.
pub fn is_blessing() -> bool {
    std::env::var_os("FRAMESCOPE_BLESS").is_some_and(|value| value == "1")
}

/// Compares a folder with the stored one, or rewrites that when blessing.
pub fn compare_folders(stored: &Path, fresh: &Path) {
    if is_blessing() {
        let _ = std::fs::remove_dir_all(stored);
        for name in files_below(fresh) {
            let to = stored.join(&name);
            std::fs::create_dir_all(to.parent().expect("a folder")).expect("the folder");
            std::fs::copy(fresh.join(&name), to).expect("a copy");
        }
        return;
    }
    assert_eq!(files_below(stored), files_below(fresh), "the files of `{}`", stored.display());
    for name in files_below(fresh) {
        let read = |folder: &Path| std::fs::read(folder.join(&name)).expect("readable");
        let (expected, actual) = (read(stored), read(fresh));
        let lines = expected.split(|byte| *byte == b'\n').zip(actual.split(|byte| *byte == b'\n'));
        if let Some((line, (expected, actual))) = lines.enumerate().find(|(_, (expected, actual))| expected != actual) {
            let show = |line: &[u8]| String::from_utf8_lossy(&line[..line.len().min(400)]).into_owned();
            panic!("{name}:{}: stored\n  {}\nfresh\n  {}\n{BLESS}", line + 1, show(expected), show(actual));
        }
        assert!(expected == actual, "{name} has another length than the stored one\n{BLESS}");
    }
}

/// The files of a folder and its sub-folders, `/`-separated and sorted. The workbook is left out: it is the one binary
/// file, each change of which would be stored whole in the history. Its hash stands in `datapackage.json`.
fn files_below(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.unwrap_or_else(|error| panic!("{error}"));
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(folder).expect("below the folder");
            names.push(below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"));
        }
    }
    names.retain(|name| name != "workbook.xlsx");
    names.sort();
    names
}

const BLESS: &str = "if the change is meant: FRAMESCOPE_BLESS=1 cargo test, and read the difference";
