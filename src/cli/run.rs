//! `framescope run`

use clap::Args;
use framescope::codebook::{Codebook, read_folder};
use framescope::corpus::{CorpusOptions, Input};
use framescope::error::Result;
use framescope::output::Force;
use framescope::pipeline::Silent;
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
        };
        let stop = AtomicBool::new(false);
        let s = run(&study, &options, &Silent, &stop)?;
        eprintln!("{s:#?}");
        Ok(())
    }
}
