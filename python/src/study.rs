//! A compiled study, and what is done with it: arguments as typed for `run` or `concordance` in, files or CSV out.

use crate::cli::concordance::Concordance;
use crate::cli::run::Run;
use crate::cli::summary::{self, WarningsShown};
use crate::cli::terminal::Colour;
use crate::waiting::{Ticker, wait};
use clap::Parser;
use framescope::error::Error;
use framescope::run::run;
use pyo3::exceptions::{PyKeyboardInterrupt, PyOSError};
use pyo3::prelude::*;
use std::time::Instant;

/// Python knows the exception by this name.
pub mod exception {
    use pyo3::exceptions::PyException;
    pyo3::create_exception!(framescope, Error, PyException, "What the program says when it cannot go on.");
}

/// `run` as typed, without the word itself.
#[derive(Debug, Parser)]
#[command(name = "framescope run", no_binary_name = true, disable_help_flag = true)]
struct RunLine {
    #[command(flatten)]
    run: Run,
}

/// `concordance` as typed, without the word itself.
#[derive(Debug, Parser)]
#[command(name = "framescope concordance", no_binary_name = true, disable_help_flag = true)]
struct ConcordanceLine {
    #[command(flatten)]
    concordance: Concordance,
}

/// A compiled codebook and the settings it is used with.
#[pyclass(frozen)]
pub struct Study {
    study: framescope::study::Study,
}

#[pymethods]
impl Study {
    #[new]
    fn new(py: Python<'_>, arguments: Vec<String>) -> PyResult<Self> {
        let line = parsed::<RunLine>(arguments)?;
        py.detach(|| line.run.study()).map(|study| Self { study }).map_err(|error| failure(&error))
    }

    /// Writes the output folder that the arguments name, and gives the closing summary. `progress` is called with
    /// articles, bytes read, and all bytes or none.
    fn run(&self, py: Python<'_>, arguments: Vec<String>, progress: Option<Py<PyAny>>) -> PyResult<String> {
        let line = parsed::<RunLine>(arguments)?;
        let begun = Instant::now();
        let options = line.run.options().map_err(|error| failure(&error))?;
        let ticker = Ticker::default();
        let done = wait(py, &ticker, progress.as_ref(), || run(&self.study, &options, &ticker, &ticker.stop))?;
        let done = done.map_err(|error| failure(&error))?;
        Ok(summary::text(&done, &options.output, begun.elapsed(), WarningsShown::First, Colour::Off))
    }

    /// Hits in their context as CSV, header first.
    fn concordance(&self, py: Python<'_>, arguments: Vec<String>) -> PyResult<Vec<u8>> {
        let line = parsed::<ConcordanceLine>(arguments)?;
        let ticker = Ticker::default();
        let rows = wait(py, &ticker, None, || {
            let mut rows = Vec::new();
            let done = line.concordance.rows(&self.study, &mut |row| {
                ticker.refuse_when_stopped()?;
                rows.extend_from_slice(row);
                Ok(())
            });
            done.map(|_| rows)
        })?;
        rows.map_err(|error| failure(&error))
    }
}

fn parsed<P: Parser>(arguments: Vec<String>) -> PyResult<P> {
    P::try_parse_from(arguments).map_err(|wrong| {
        // The usage lines speak of a terminal.
        let text = wrong.to_string();
        let text = text.split("\n\nUsage:").next().unwrap_or_default().trim_start_matches("error: ").trim();
        coded(text, 2)
    })
}

fn coded(text: &str, exit_code: u8) -> PyErr {
    Python::attach(|py| {
        let error = exception::Error::new_err(text.to_owned());
        match error.value(py).setattr("exit_code", exit_code) {
            Ok(()) => error,
            Err(other) => other,
        }
    })
}

/// The error as Python's: what it says is what the program would print.
fn failure(error: &Error) -> PyErr {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(&format!("\ncaused by: {error}"));
        cause = error.source();
    }
    match error {
        Error::Interrupted => PyKeyboardInterrupt::new_err(text),
        Error::Io { source, .. } => match source.raw_os_error() {
            Some(number) => PyOSError::new_err((number, text)),
            None => PyOSError::new_err(text),
        },
        _ => coded(&text, error.exit_code()),
    }
}
