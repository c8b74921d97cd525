//! The order of the stages, batch by batch, and the threads that code and count.
//!
//! Workers pull blocks of the corpus under one lock, code and count them by themselves, and hand their rows of the
//! streamed tables to a sink in the order of the corpus. What they counted is merged at the end; merging is
//! order-free, so the number of threads changes nothing but the time.

use crate::coded::Coded;
use crate::coder::{self, Coder};
use crate::corpus::{Article, BadRecord, Block, Corpus};
use crate::count::{Counter, Counts};
use crate::error::{Error, Fault, Result};
use crate::ledger::RowWriter;
use crate::needs::Needs;
use crate::study::Study;
use crate::tables::CsvBuffer;
use crate::threads;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Rows of one block for the tables that are written while reading.
#[derive(Debug, Default)]
pub struct BlockRows {
    pub block: u64,
    /// Whether more rows of the block come.
    pub goes_on: bool,
    /// The ids of its articles, in order.
    pub articles: Vec<Arc<str>>,
    pub ledger: ArticleRows,
    pub zones: ArticleRows,
    pub quotations: ArticleRows,
}

/// Rows of several articles: the bytes, and where those of each end.
#[derive(Debug, Default)]
pub struct ArticleRows {
    pub rows: CsvBuffer,
    /// The rows of an article begin where those of the one before end.
    pub ends: Vec<usize>,
}

/// Bytes of the ledger's rows that are handed on before their article has ended. All those of an article take five times
/// its size.
const MANY_ROWS: usize = 8 << 20;

/// The tables whose rows a sink takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WantedTables {
    pub ledger: bool,
    pub zones: bool,
    pub quotations: bool,
    /// Whether a block with very many rows of the ledger may come in parts, one after the other.
    pub in_parts: bool,
}

/// Takes the rows of blocks; called from several threads.
pub trait BlockSink: Sync {
    /// Rows of other tables are not made; each block comes nevertheless.
    fn wants(&self) -> WantedTables;

    /// # Errors
    /// Whatever writing says.
    fn take(&self, rows: BlockRows) -> Result<()>;

    /// Is shown each article while its coding is at hand.
    fn look(&self, _coded: &Coded<'_>) {}
}

/// Hears how far the run is.
pub trait Progress: Sync {
    /// The corpus is about to be read; its size, when that can be known before.
    fn begin(&self, bytes: Option<u64>);
    fn advance(&self, articles: u64, bytes: u64);
}

/// Nobody wants to know.
#[derive(Debug)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _bytes: Option<u64>) {}

    fn advance(&self, _articles: u64, _bytes: u64) {}
}

/// What reading a corpus gave.
#[derive(Debug, Default)]
pub struct ReadCorpus {
    pub counts: Counts,
    /// What was odd about articles that were read nevertheless.
    pub notes: Vec<Fault>,
    /// Which columns of other names were taken for source, date and so on.
    pub columns: Option<String>,
}

/// How to go through a corpus.
pub struct Pipeline<'a> {
    pub study: &'a Study,
    pub needs: Needs,
    pub threads: usize,
    pub sink: Option<&'a dyn BlockSink>,
    pub progress: &'a dyn Progress,
    /// Set from outside to stop between two blocks.
    pub stop: &'a AtomicBool,
}

impl Pipeline<'_> {
    /// Codes and counts every article of the corpus.
    ///
    /// # Errors
    /// The first fatal error of any worker; two articles with one id; a stop from outside.
    pub fn read(&self, corpus: Corpus) -> Result<ReadCorpus> {
        self.progress.begin(corpus.size_hint().1);
        let corpus = Mutex::new(corpus);
        let halted = AtomicBool::new(false);
        let results = threads::on_threads(self.threads, || {
            let result = self.work(&corpus, &halted);
            if result.is_err() {
                halted.store(true, Ordering::Relaxed);
            }
            result
        })?;
        let mut whole = ReadCorpus::default();
        for result in results {
            let part = result?;
            whole.counts.absorb(part.counts);
            whole.notes.extend(part.notes);
        }
        whole.columns = corpus.into_inner().unwrap_or_else(PoisonError::into_inner).columns_taken();
        whole.notes.sort_by(|a, b| a.place.cmp(&b.place));
        if self.stop.load(Ordering::Relaxed) {
            return Err(Error::Interrupted);
        }
        refuse_duplicates(&whole.counts)?;
        whole.counts.lexicon.seal();
        Ok(whole)
    }

    /// One worker: blocks until there are no more.
    fn work(&self, corpus: &Mutex<Corpus>, halted: &AtomicBool) -> Result<ReadCorpus> {
        let mut coder = Coder::needing(self.study, self.needs);
        let mut counter = Counter::new(&self.study.codebook, &self.study.counting, self.needs);
        let mut writer = RowWriter::new(self.study);
        let mut notes = Vec::new();
        while !halted.load(Ordering::Relaxed) && !self.stop.load(Ordering::Relaxed) {
            let block = match corpus.lock() {
                Ok(mut corpus) => corpus.next_block()?,
                Err(_) => break,
            };
            let Some(block) = block else { break };
            self.block(block, &mut coder, &mut counter, &mut writer, &mut notes)?;
        }
        Ok(ReadCorpus { counts: counter.finish(coder.into_lexicon()), notes, columns: None })
    }

    fn block(
        &self,
        block: Block,
        coder: &mut Coder<'_>,
        counter: &mut Counter<'_>,
        writer: &mut RowWriter<'_>,
        notes: &mut Vec<Fault>,
    ) -> Result<()> {
        let (index, bytes) = (block.index, block.bytes());
        let mut rows = BlockRows { block: index, ..BlockRows::default() };
        let mut articles = 0;
        for article in block.into_articles() {
            match article {
                Ok(article) => {
                    notes.extend(self.article(&article, coder, counter, writer, &mut rows)?);
                    notes.extend(self.study.voice_owner_fault(&article));
                    notes.extend(article.notes);
                    articles += 1;
                }
                Err(BadRecord::Fatal(error)) => return Err(error),
                Err(BadRecord::Skipped(fault)) => counter.counts_mut().bad_records.push(fault),
            }
        }
        if let Some(sink) = self.sink {
            sink.take(rows)?;
        }
        self.progress.advance(articles, bytes);
        Ok(())
    }

    /// The answer is what is odd about its text.
    fn article(
        &self,
        article: &Article,
        coder: &mut Coder<'_>,
        counter: &mut Counter<'_>,
        writer: &mut RowWriter<'_>,
        rows: &mut BlockRows,
    ) -> Result<Vec<Fault>> {
        let group = self.study.group(&article.id, &article.meta)?;
        let coded = coder.code(article);
        counter.add(&coded, group, coder::record(self.study, &coded));
        if let Some(sink) = self.sink {
            sink.look(&coded);
            let wanted = sink.wants();
            rows.articles.push(article.id.clone());
            if wanted.ledger {
                let (block, ends) = (rows.block, &mut rows.ledger.ends);
                writer.ledger_in_parts(&coded, &mut rows.ledger.rows, |made| {
                    if !wanted.in_parts || made.bytes.len() < MANY_ROWS {
                        return Ok(());
                    }
                    let ledger = ArticleRows { rows: std::mem::take(made), ends: std::mem::take(ends) };
                    sink.take(BlockRows { block, goes_on: true, ledger, ..BlockRows::default() })
                })?;
                rows.ledger.ends.push(rows.ledger.rows.bytes.len());
            }
            if wanted.zones {
                writer.zones(&coded, &mut rows.zones.rows);
                rows.zones.ends.push(rows.zones.rows.bytes.len());
            }
            if wanted.quotations {
                writer.quotations(&coded, &mut rows.quotations.rows);
                rows.quotations.ends.push(rows.quotations.rows.bytes.len());
            }
        }
        Ok(coded.oddities().collect())
    }
}

fn refuse_duplicates(counts: &Counts) -> Result<()> {
    let duplicates = counts.articles.duplicates();
    let Some([id, first, second]) = duplicates.first() else { return Ok(()) };
    let more = match duplicates.len() - 1 {
        0 => String::new(),
        more => format!(", and {more} more id{} likewise", if more == 1 { "" } else { "s" }),
    };
    Err(Error::input(
        crate::error::Place { file: second.clone(), line: 0, column: 0 },
        format!("two articles have the id `{id}`: `{first}` and `{second}`{more}"),
        "ids must be unique: rename a file, or give the records ids of their own",
    ))
}
