//! Parsers of other people's formats run here: on a stack of known size, and a panic of theirs is a fault of the file.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::thread;

use super::super::decode::NoText;

/// Enough for the deepest document that is let through to a parser that recurses. Only what is touched takes memory.
const STACK_BYTES: usize = 64 << 20;

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// A panic that is caught and reported is not printed a second time; all others are printed as before.
fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !IS_GUARDED.get() {
                before(info);
            }
        }));
    });
}

/// Runs a parser.
///
/// # Errors
///
/// What the parser says, that it panicked, or that the system has no thread left.
pub(super) fn guarded<T: Send>(parse: impl FnOnce() -> Result<T, NoText> + Send) -> Result<T, NoText> {
    hush();
    let caught = || {
        IS_GUARDED.set(true);
        catch_unwind(AssertUnwindSafe(parse))
    };
    let outcome = thread::scope(|scope| {
        let spawned = thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, caught);
        spawned.map(|thread| thread.join())
    });
    match outcome {
        Ok(Ok(Ok(parsed))) => parsed,
        Ok(Ok(Err(_)) | Err(_)) => Err(NoText {
            what: "the file is damaged: its parser gave up".to_owned(),
            help: "open it in the program that made it, and save it anew",
        }),
        Err(error) => {
            Err(NoText { what: format!("no thread could be started to read it: {error}"), help: "use fewer threads" })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_fault_and_a_deep_stack_is_there() {
        fn deep(level: u32) -> u64 {
            let page = std::hint::black_box([u64::from(level); 64]);
            if level == 0 { 0 } else { page[1] + deep(level - 1) }
        }
        assert!(guarded::<()>(|| panic!("no")).unwrap_err().what.contains("parser gave up"));
        assert_eq!(guarded(|| Ok(deep(20_000))).unwrap(), 200_010_000);
    }
}
