//! Parse, call the library, print the error, exit code.

use clap::Parser;
use std::process::ExitCode;

// The program reads and writes what its options name.
#[allow(clippy::disallowed_methods)]
mod cli;

fn main() -> ExitCode {
    let done = match cli::Cli::try_parse() {
        Ok(cli) => cli.execute(),
        Err(error) => return cli::failure::report_usage(&error),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => cli::failure::report(&error),
    }
}
