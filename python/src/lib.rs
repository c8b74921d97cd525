//! The Python module: the program itself as a function, and a study that stays compiled between runs.
//!
//! The options of both are those of the command line, so that every option, its check and its message are the same in
//! both. What data frames need is written in Python, in `framescope/`.

// The command line's files belong to the program; here they are compiled once more, as its second front.
// Some of it is for `main.rs` alone.
#[allow(dead_code, clippy::disallowed_methods)]
#[path = "../../src/cli/mod.rs"]
mod cli;
mod study;
mod waiting;

use clap::Parser;
use pyo3::prelude::*;

/// Does what the program does with these arguments, the first of which is its name; gives the exit code.
#[pyfunction]
fn main(py: Python<'_>, arguments: Vec<String>) -> u8 {
    py.detach(|| match cli::Cli::try_parse_from(arguments) {
        Ok(command) => match command.execute() {
            Ok(()) => 0,
            Err(error) => {
                cli::failure::report(&error);
                if cli::terminal::is_closed_stdout(&error) { 0 } else { error.exit_code() }
            }
        },
        Err(wrong) => {
            // Where there is nowhere to print, the exit code says it.
            let _ = wrong.print();
            u8::try_from(wrong.exit_code()).unwrap_or(2)
        }
    })
}

#[pymodule]
fn _framescope(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(main, module)?)?;
    module.add_class::<study::Study>()?;
    module.add("Error", module.py().get_type::<study::exception::Error>())?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
