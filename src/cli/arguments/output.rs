//! What is written, and where.

use clap::Args;
use framescope::output::{MostBytes, Overwrite};
use framescope::report::{Excel, ReportOptions, ReportPage, ReportText, TableFormat};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArguments {
    /// Folder for the output: a new one, or one that a run wrote, whose files are replaced
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,

    /// Write these tables only; `framescope explain tables` lists them
    #[arg(long, value_name = "TABLE,...", value_delimiter = ',')]
    pub only: Vec<String>,

    /// Write the tables and the data package alone: no report, workbook, graph files or charts
    #[arg(long)]
    no_report: bool,

    /// How much of the articles the report may hold: `all` (whole texts, where the corpus is small enough), `hits` (the
    /// sentences with a framing term or a contested name), or `none`
    #[arg(long, value_name = "HOW", default_value = "all")]
    report_text: ReportText,

    /// Write the tables once more for spreadsheets, into the folder `excel`
    #[arg(long)]
    excel: bool,

    /// Format of the tables: `csv`, or `parquet` to have them as Parquet files too
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    format: TableFormat,

    /// Stop before the tables have more than this, and say what makes them smaller
    #[arg(long, value_name = "SIZE", default_value = "2GB")]
    max_output: MostBytes,

    /// Write into the folder even when it holds files that no run has written, which are kept
    #[arg(long)]
    force: bool,
}

impl OutputArguments {
    pub fn force(&self) -> Overwrite {
        force(self.force)
    }

    pub fn report(&self) -> ReportOptions {
        ReportOptions {
            page: if self.no_report { ReportPage::No } else { ReportPage::Yes },
            text: self.report_text,
            excel: if self.excel { Excel::Yes } else { Excel::No },
            format: self.format,
            most: self.max_output,
        }
    }
}

/// What `--force` of any command says.
pub fn force(given: bool) -> Overwrite {
    if given { Overwrite::Yes } else { Overwrite::No }
}
