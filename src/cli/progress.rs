//! The progress bar.

use framescope::pipeline::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// A bar on standard error while a corpus is read; invisible when that is no terminal.
#[derive(Debug)]
pub struct CorpusProgress {
    bar: ProgressBar,
    articles: std::sync::atomic::AtomicU64,
}

impl CorpusProgress {
    pub fn new() -> Self {
        Self { bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8)), articles: 0.into() }
    }

    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for CorpusProgress {
    fn begin(&self, bytes: Option<u64>) {
        let template = match bytes {
            Some(_) => "{bar:32} {percent:>3} %  {bytes} of {total_bytes}  {msg}  {eta} left",
            None => "{spinner} {bytes}  {msg}",
        };
        // A template of ours that did not parse leaves the default one.
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style.progress_chars("=> "));
        }
        if let Some(bytes) = bytes {
            self.bar.set_length(bytes);
        }
        self.bar.enable_steady_tick(Duration::from_millis(250));
    }

    fn advance(&self, articles: u64, bytes: u64) {
        let articles = self.articles.fetch_add(articles, std::sync::atomic::Ordering::Relaxed) + articles;
        self.bar.set_message(format!("{articles} article{}", if articles == 1 { "" } else { "s" }));
        self.bar.inc(bytes);
    }
}
