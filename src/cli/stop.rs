//! Ctrl-C, a termination or a hang-up: the run stops between two blocks and leaves everything as it was. A command that
//! waits for input, or is busy with one long article, is ended all the same.

use super::terminal::tell;
use framescope::error::{Error, Result};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::Duration;

static STOP: AtomicBool = AtomicBool::new(false);

/// What a shell would say of a program that the signal has ended: 128 and the signal's number.
static EXIT_CODE: AtomicU8 = AtomicU8::new(130);

/// So long the run may take to stop by itself.
const PATIENCE: Duration = Duration::from_millis(600);

/// The flag that the first signal sets. Soon after it, or at once at a second one, the program ends.
pub fn on_interrupt() -> Result<&'static AtomicBool> {
    listen().map_err(|error| Error::Output(format!("cannot listen for Ctrl-C: {error}")))?;
    Ok(&STOP)
}

/// The exit code of a program that a signal stopped.
pub fn exit_code() -> u8 {
    EXIT_CODE.load(Ordering::Relaxed)
}

#[cfg(unix)]
fn listen() -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    let wait = move || {
        for signal in signals.forever() {
            received(128 + signal as u8);
        }
    };
    std::thread::Builder::new().name("signals".into()).spawn(wait).map(|_| ())
}

#[cfg(not(unix))]
fn listen() -> std::result::Result<(), ctrlc::Error> {
    ctrlc::set_handler(|| received(130))
}

fn received(exit_code: u8) {
    if STOP.swap(true, Ordering::Relaxed) {
        end();
    }
    EXIT_CODE.store(exit_code, Ordering::Relaxed);
    std::thread::spawn(|| {
        std::thread::sleep(PATIENCE);
        tell("error: interrupted; the previous output is untouched\n");
        end();
    });
}

/// Ends the program without waiting for anything but an output that is just being put to its place.
fn end() -> ! {
    framescope::output::abandon();
    std::process::exit(i32::from(exit_code()))
}
