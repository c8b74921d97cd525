//! `framescope run`

use clap::Args;
use framescope::codebook::{Codebook, read_folder};
use framescope::corpus::{CorpusOptions, Input};
use framescope::error::Result;
use framescope::output::Force;
use framescope::pipeline::Silent;
use framescope::report::{Excel, Page, ReportOptions, TableFormat};
use framescope::run::{RunOptions, Strict, run};
use framescope::study::{Study, StudyOptions};
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

#[derive(Debug, Args)]
pub struct Run {
    corpus: Vec<OsString>,
    #[arg(short, long, default_value = "output")]
    output: PathBuf,
    #[arg(long)]
    dictionaries: Option<PathBuf>,
    #[arg(long, value_delimiter = ',', default_value = "source")]
    by: Vec<String>,
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Write the tables and the data package alone: no report, workbook, graph files or charts
    #[arg(long)]
    no_report: bool,
    /// Write the tables once more for spreadsheets, into the folder `excel`
    #[arg(long)]
    excel: bool,
    /// Write the tables as `parquet` too
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    format: TableFormat,
}

impl Run {
    pub fn execute(self) -> Result<()> {
        let codebook = match &self.dictionaries {
            Some(d) => read_folder(d)?,
            None => Codebook::embedded()?,
        };
        let study = Study::new(codebook, StudyOptions { by: self.by, ..StudyOptions::default() })?;
        let inputs = if self.corpus.is_empty() {
            vec![Input::Path("seeds".into())]
        } else {
            self.corpus.iter().map(|a| Input::from(a.as_os_str())).collect()
        };
        let options = RunOptions {
            corpus: CorpusOptions { inputs, ..CorpusOptions::default() },
            output: self.output,
            threads: self.threads,
            only: vec![],
            force: Force::Yes,
            strict: Strict::No,
            report: ReportOptions {
                page: if self.no_report { Page::No } else { Page::Yes },
                excel: if self.excel { Excel::Yes } else { Excel::No },
                format: self.format,
            },
        };
        let stop = AtomicBool::new(false);
        let s = run(&study, &options, &Silent, &stop)?;
        eprintln!("{s:#?}");
        Ok(())
    }
}
