//! How long a target may take for its bytes: what grows by the square of its input does not get through.

use rustix::time::{ClockId, clock_gettime};

/// For a start of the job, its threads and its files.
const START_MS: u64 = 400;
/// Some ten times what a byte takes in a build with assertions.
const BYTE_US: u64 = 20;

/// Runs the target. The clock is the processor's for this process, which waiting does not move; where it has gone too
/// far, the least of three runs decides.
pub fn within_budget(target: fn(&[u8]), data: &[u8]) {
    let allowed = START_MS * 1_000 + BYTE_US * data.len() as u64;
    let least = (0..3).map(|_| spent(target, data)).find(|spent| *spent <= allowed);
    assert!(least.is_some(), "more than {allowed} microseconds for {} bytes", data.len());
}

fn spent(target: fn(&[u8]), data: &[u8]) -> u64 {
    let now = || {
        let time = clock_gettime(ClockId::ProcessCPUTime);
        time.tv_sec as u64 * 1_000_000 + time.tv_nsec as u64 / 1_000
    };
    let begun = now();
    target(data);
    now() - begun
}
