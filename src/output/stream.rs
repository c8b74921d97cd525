//! Tables written while the corpus is read: rows of blocks arrive in any order and are written in that of the corpus;
//! at the end, articles that are not sorted by id are brought into order.

use super::{FileHash, Hashing, MostBytes, in_words};
use crate::by_text::sort_by_text;
use crate::error::{Error, Result};
use crate::pipeline::{ArticleRows, BlockRows, BlockSink, WantedTables};
use crate::tables::{TableColumn, TableSpec};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The ledger, the zones and the quotations of a run, on their way to disk.
#[derive(Debug)]
pub struct StreamSink {
    wanted: WantedTables,
    most: MostBytes,
    state: Mutex<StreamState>,
}

#[derive(Debug)]
struct StreamState {
    /// The block whose turn it is.
    next: u64,
    /// The ids of the articles whose rows are written or begun, in the order of the corpus.
    articles: Vec<Arc<str>>,
    waiting: BTreeMap<u64, Vec<BlockRows>>,
    ledger: Option<StreamedTable>,
    zones: Option<StreamedTable>,
    quotations: Option<StreamedTable>,
}

#[derive(Debug)]
struct StreamedTable {
    /// The name of the file in its folder.
    name: String,
    path: PathBuf,
    /// Blocks are large: nothing is gained by gathering them.
    file: Hashing<File>,
    header_bytes: u64,
    written: u64,
    /// Where the rows of each article end in the file; they begin where those of the one before end.
    ends: Vec<u64>,
}

impl StreamSink {
    /// Opens the files of those of the tables that are wanted, with their headers.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn create(
        folder: &Path,
        ledger: Option<(&TableSpec, &[TableColumn])>,
        zones: Option<(&TableSpec, &[TableColumn])>,
        quotations: Option<(&TableSpec, &[TableColumn])>,
        most: MostBytes,
    ) -> Result<Self> {
        let open = |table: Option<(&TableSpec, &[TableColumn])>| {
            table.map(|(spec, fields)| StreamedTable::create(folder, spec.file(), fields)).transpose()
        };
        let (ledger, zones, quotations) = (open(ledger)?, open(zones)?, open(quotations)?);
        let wanted = WantedTables {
            ledger: ledger.is_some(),
            zones: zones.is_some(),
            quotations: quotations.is_some(),
            in_parts: true,
        };
        let state = StreamState { next: 0, articles: Vec::new(), waiting: BTreeMap::new(), ledger, zones, quotations };
        Ok(Self { wanted, most, state: Mutex::new(state) })
    }

    /// Sorts what is not sorted yet; the answer are the files.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn finish(self) -> Result<Vec<FileHash>> {
        let state =
            self.state.into_inner().map_err(|_| Error::Output("a worker stopped while it wrote rows".into()))?;
        let order = order_of_ids(state.articles);
        let tables = [state.ledger, state.zones, state.quotations].into_iter().flatten();
        tables.map(|table| table.finish(order.as_deref())).collect()
    }
}

impl BlockSink for StreamSink {
    fn wants(&self) -> WantedTables {
        self.wanted
    }

    fn take(&self, rows: BlockRows) -> Result<()> {
        let Ok(mut state) = self.state.lock() else {
            return Err(Error::Output("another worker stopped while it wrote rows".into()));
        };
        state.waiting.entry(rows.block).or_default().push(rows);
        while let Some(rows) = state.of_next_block() {
            state.next += u64::from(!rows.goes_on);
            state.articles.extend(rows.articles);
            if let Some(ledger) = &mut state.ledger {
                ledger.append(rows.ledger)?;
            }
            if let Some(zones) = &mut state.zones {
                zones.append(rows.zones)?;
            }
            if let Some(quotations) = &mut state.quotations {
                quotations.append(rows.quotations)?;
            }
            state.check_size(self.most)?;
        }
        Ok(())
    }
}

impl StreamState {
    /// The rows whose turn it is: those of the block that was written last, where it goes on.
    fn of_next_block(&mut self) -> Option<BlockRows> {
        let mut parts = self.waiting.first_entry().filter(|parts| *parts.key() == self.next)?;
        let rows = parts.get_mut().remove(0);
        if parts.get().is_empty() {
            parts.remove();
        }
        Some(rows)
    }

    /// Whether the rows are still as few as is asked for: what the whole corpus will have is not known before it is read.
    fn check_size(&self, most: MostBytes) -> Result<()> {
        let tables = || [&self.ledger, &self.zones, &self.quotations].into_iter().flatten();
        let bytes: u64 = tables().map(|table| table.written).sum();
        if bytes <= most.0 {
            return Ok(());
        }
        let articles = tables().map(|table| table.ends.len()).max().unwrap_or_default();
        let names: Vec<String> = tables().map(|table| format!("`{}`", table.name)).collect();
        Err(Error::Output(format!(
            "{} would be larger than {}: they are after {articles} articles; name the other tables with `--only`, or allow \
             it with `--max-output`, such as `--max-output {}GB`",
            names.join(" and "),
            in_words(most.0),
            (2 * most.0).div_ceil(1_000_000_000),
        )))
    }
}

impl StreamedTable {
    fn create(folder: &Path, name: String, fields: &[TableColumn]) -> Result<Self> {
        let path = folder.join(&name);
        let file = File::create(&path).map_err(Error::io("write", &path))?;
        let mut header = fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(",");
        header.push('\n');
        let mut file = Hashing::new(file);
        file.write_all(header.as_bytes()).map_err(Error::io("write", &path))?;
        let header_bytes = header.len() as u64;
        Ok(Self { name, path, file, header_bytes, written: header_bytes, ends: Vec::new() })
    }

    fn append(&mut self, part: ArticleRows) -> Result<()> {
        self.file.write_all(&part.rows.bytes).map_err(Error::io("write", &self.path))?;
        self.ends.extend(part.ends.into_iter().map(|end| self.written + end as u64));
        self.written += part.rows.bytes.len() as u64;
        Ok(())
    }

    /// `order`: the numbers of the articles in the order of their ids, where that is another one.
    fn finish(self, order: Option<&[u32]>) -> Result<FileHash> {
        let (in_order_of_corpus, file) = self.file.finish(self.name.as_str());
        drop(file);
        let Some(order) = order else { return Ok(in_order_of_corpus) };
        let path = self.path.with_extension("sorted");
        let sorted = copy_in_order(&self.path, &path, self.header_bytes, &self.ends, order, self.name)
            .map_err(Error::io("sort", &self.path))?;
        std::fs::rename(&path, &self.path).map_err(Error::io("replace", &self.path))?;
        Ok(sorted)
    }
}

/// The numbers of the articles in the order of their ids; `None` where they are in it.
fn order_of_ids(ids: Vec<Arc<str>>) -> Option<Vec<u32>> {
    if ids.is_sorted() {
        return None;
    }
    let mut order: Vec<u32> = (0..).take(ids.len()).collect();
    sort_by_text(&mut order, |article| &ids[article as usize]);
    Some(order)
}

fn copy_in_order(
    from: &Path,
    to: &Path,
    header: u64,
    ends: &[u64],
    order: &[u32],
    name: String,
) -> std::io::Result<FileHash> {
    // The place in `from` jumps from article to article: of a buffer before it, most would be read in vain.
    let mut from = File::open(from)?;
    let mut to = BufWriter::with_capacity(1 << 18, Hashing::new(File::create(to)?));
    std::io::copy(&mut (&mut from).take(header), &mut to)?;
    for neighbours in order.chunk_by(|article, next| article + 1 == *next) {
        let (Some(first), Some(last)) = (neighbours.first(), neighbours.last()) else { continue };
        let begin = first.checked_sub(1).map_or(header, |before| ends[before as usize]);
        from.seek(SeekFrom::Start(begin))?;
        std::io::copy(&mut (&mut from).take(ends[*last as usize] - begin), &mut to)?;
    }
    let (file, _) = to.into_inner().map_err(std::io::IntoInnerError::into_error)?.finish(name);
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{TABLES, table};

    #[test]
    fn a_block_may_come_in_parts_and_any_block_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let spec = table("mentions").or(TABLES.first()).expect("a table");
        let sink = StreamSink::create(folder.path(), Some((spec, &[])), None, None, MostBytes(1000)).expect("a sink");
        let part = |block, goes_on, rows: &str, ends: &[(&str, usize)]| {
            let mut ledger = ArticleRows::default();
            ledger.rows.bytes.extend_from_slice(rows.as_bytes());
            ledger.ends = ends.iter().map(|(_, end)| *end).collect();
            let articles = ends.iter().map(|(id, _)| Arc::from(*id)).collect();
            sink.take(BlockRows { block, goes_on, articles, ledger, ..BlockRows::default() }).expect("rows");
        };
        part(1, true, "b1\n", &[]);
        part(0, true, "d1\nc1\n", &[("d", 3)]);
        part(0, true, "c2\n", &[]);
        part(1, false, "b2\na1\n", &[("b", 3), ("a", 6)]);
        part(0, false, "c3\ne1\n", &[("c", 3), ("e", 6)]);
        part(2, false, "f1\n", &[("f", 3)]);
        sink.finish().expect("files");
        let written = std::fs::read_to_string(folder.path().join(spec.file())).expect("the table");
        assert_eq!(written, "\na1\nb1\nb2\nc1\nc2\nc3\nd1\ne1\nf1\n");
    }
}
