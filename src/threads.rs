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
    let pool = pool(others)?;
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

/// Does two jobs, at the same time where there are several threads; the second one on this thread.
///
/// # Errors
/// A thread that cannot be started; the error of the first job, then that of the second.
pub(crate) fn both<A: Send, B>(
    asked: usize,
    first: impl FnOnce() -> Result<A> + Send,
    second: impl FnOnce() -> Result<B>,
) -> Result<(A, B)> {
    if number(asked) == 1 {
        return Ok((first()?, second()?));
    }
    let pool = pool(1)?;
    let mut done = None;
    let second = pool.in_place_scope(|scope| {
        scope.spawn(|_| done = Some(first()));
        second()
    });
    let first = done.unwrap_or_else(|| Err(Error::Output("a thread stopped before its job was done".into())));
    Ok((first?, second?))
}

fn pool(threads: usize) -> Result<rayon::ThreadPool> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|error| Error::Output(format!("cannot start {threads} threads: {error}")))
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
    fn two_jobs_are_done_and_the_error_of_the_first_comes_first() {
        let fails = |what: &str| -> Result<()> { Err(Error::Output(what.to_owned())) };
        for threads in [1, 2] {
            assert_eq!(both(threads, || Ok(1), || Ok("x")).expect("no job fails"), (1, "x"));
            let failed = both(threads, || fails("one"), || fails("two"));
            assert!(failed.expect_err("both fail").to_string().contains("one"));
            assert!(both(threads, || Ok(()), || fails("two")).is_err());
        }
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
