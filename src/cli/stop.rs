//! Ctrl-C: the run stops between two blocks and leaves everything as it was.

use framescope::error::{Error, Result};
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

static STOP: AtomicBool = AtomicBool::new(false);

/// The flag that Ctrl-C, a termination or a hang-up sets. A second one ends the program at once, for the case that it
/// waits for input that never comes.
pub fn on_interrupt() -> Result<&'static AtomicBool> {
    let handler = || {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        if std::io::stderr().is_terminal() {
            // Nobody is left to hear of a failure here.
            let _ = writeln!(std::io::stderr(), "\nstopping; once more to end at once");
        }
    };
    ctrlc::set_handler(handler).map_err(|error| Error::Output(format!("cannot listen for Ctrl-C: {error}")))?;
    Ok(&STOP)
}
