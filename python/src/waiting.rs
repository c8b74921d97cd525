//! Long work under Python: done on a thread of its own, while this one shows progress and listens for Ctrl-C.

use framescope::error::{Error, Result};
use framescope::pipeline::Progress;
use pyo3::prelude::*;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Between two looks at the keyboard.
const LOOK: Duration = Duration::from_millis(100);

/// How far the work is, and whether it is to stop.
#[derive(Debug, Default)]
pub struct Ticker {
    articles: AtomicU64,
    bytes: AtomicU64,
    /// All bytes; 0 when that is not known.
    all: AtomicU64,
    pub stop: AtomicBool,
}

impl Ticker {
    /// # Errors
    /// The work is to stop.
    pub fn refuse_when_stopped(&self) -> Result<()> {
        if self.stop.load(Ordering::Relaxed) { Err(Error::Interrupted) } else { Ok(()) }
    }

    fn show(&self, py: Python<'_>, progress: &Py<PyAny>) -> PyResult<()> {
        let of = |number: &AtomicU64| number.load(Ordering::Relaxed);
        let all = Some(of(&self.all)).filter(|all| *all > 0);
        progress.call1(py, (of(&self.articles), of(&self.bytes), all)).map(|_| ())
    }
}

impl Progress for Ticker {
    fn begin(&self, bytes: Option<u64>) {
        self.all.store(bytes.unwrap_or(0), Ordering::Relaxed);
    }

    fn advance(&self, articles: u64, bytes: u64) {
        self.articles.fetch_add(articles, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// Does the work without holding Python's lock. Python's signal handlers run meanwhile; when one raises, or `progress`
/// does, the work is stopped and that exception is the answer.
pub fn wait<T: Send>(
    py: Python<'_>,
    ticker: &Ticker,
    progress: Option<&Py<PyAny>>,
    work: impl FnOnce() -> T + Send,
) -> PyResult<T> {
    py.detach(|| {
        std::thread::scope(|scope| {
            let (send, done) = channel();
            let worker = scope.spawn(move || {
                let result = work();
                // The other end is gone only when it no longer waits.
                let _ = send.send(());
                result
            });
            let mut raised = None;
            while done.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                let look = Python::attach(|py| {
                    py.check_signals()?;
                    progress.map_or(Ok(()), |progress| ticker.show(py, progress))
                });
                if let Err(error) = look
                    && raised.is_none()
                {
                    ticker.stop.store(true, Ordering::Relaxed);
                    raised = Some(error);
                }
            }
            let result = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            raised.map_or(Ok(result), Err)
        })
    })
}
