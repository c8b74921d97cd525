//! Work on several threads: the same work on each of them, or independent jobs.

use crate::error::{Error, Result};
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Threads that can be started for each processor; more are asked for in vain.
const MOST_THREADS_PER_PROCESSOR: usize = 4;

/// How many threads are asked for: 0 stands for one on each processor.
pub(crate) fn number(asked: usize) -> usize {
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    // More would wait for each other, and take memory.
    if asked == 0 { processors } else { asked.min(processors * MOST_THREADS_PER_PROCESSOR) }
}

/// Does the same work on so many threads, on every processor where 0 is asked for. This thread is one of them: the memory
/// that a thread gives back is used again by that thread, and so for what comes after the work.
///
/// # Errors
/// A thread that cannot be started.
pub(crate) fn on_threads<T: Send>(asked: usize, work: impl Fn() -> T + Sync) -> Result<Vec<T>> {
    let others = number(asked) - 1;
    if others == 0 {
        return Ok(vec![work()]);
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(others)
        .build()
        .map_err(|error| Error::Output(format!("cannot start {others} threads: {error}")))?;
    let done = Mutex::new(Vec::with_capacity(others + 1));
    let work = || {
        let result = work();
        done.lock().unwrap_or_else(PoisonError::into_inner).push(result);
    };
    pool.in_place_scope(|scope| {
        (0..others).for_each(|_| scope.spawn(|_| work()));
        work();
    });
    Ok(done.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Does independent jobs, several at a time, the first ones first. The answers come in the order of the jobs.
///
/// # Errors
/// The error of the first job that has one.
pub(crate) fn in_parallel<J: Sync, T: Send>(
    asked: usize,
    jobs: &[J],
    work: impl Fn(&J) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let done = on_threads(number(asked).min(jobs.len()).max(1), || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(at) else { return done };
            done.push((at, work(job)));
        }
    })?;
    let mut done: Vec<(usize, Result<T>)> = done.into_iter().flatten().collect();
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_asked_for_is_every_processor() {
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        assert_eq!(on_threads(0, || ()).expect("threads start").len(), processors);
        assert_eq!(on_threads(1, || ()).expect("threads start").len(), 1);
        assert_eq!(
            on_threads(usize::MAX, || ()).expect("threads start").len(),
            processors * MOST_THREADS_PER_PROCESSOR
        );
    }

    #[test]
    fn answers_come_in_the_order_of_the_jobs_at_any_number_of_threads() {
        let jobs: Vec<u64> = (0..50).collect();
        for threads in [0, 1, 2, 7] {
            let doubled = in_parallel(threads, &jobs, |job| Ok(job * 2)).expect("no job fails");
            assert_eq!(doubled, (0..50).map(|job| job * 2).collect::<Vec<u64>>());
            let failed = in_parallel(threads, &jobs, |job| match job {
                20.. => Err(Error::Output(format!("job {job}"))),
                _ => Ok(()),
            });
            assert!(failed.expect_err("jobs fail").to_string().contains("job 20"));
        }
        assert_eq!(in_parallel(2, &[], |_: &u64| Ok(0)).expect("nothing to do"), Vec::<u64>::new());
    }
}
