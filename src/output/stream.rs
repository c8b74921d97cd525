//! Tables written while the corpus is read: rows of blocks arrive in any order and are written in that of the corpus;
//! at the end, articles that are not sorted by id are brought into order.

use crate::error::{Error, Result};
use crate::pipeline::{BlockRows, Part, RowSink};
use crate::tables::{Field, TableSpec};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The ledger and the zones of a run, on their way to disk.
#[derive(Debug)]
pub struct StreamSink {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// The block whose turn it is.
    next: u64,
    waiting: BTreeMap<u64, BlockRows>,
    ledger: Option<StreamedTable>,
    zones: Option<StreamedTable>,
}

/// Size and content hash of a finished file are the caller's business; this only writes.
#[derive(Debug)]
struct StreamedTable {
    path: PathBuf,
    file: BufWriter<File>,
    header_bytes: u64,
    written: u64,
    /// Article id with the beginning and end of its rows in the file.
    articles: Vec<(String, u64, u64)>,
}

impl StreamSink {
    /// Opens the files of those of the two tables that are wanted, with their headers.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn create(
        folder: &Path,
        ledger: Option<(&TableSpec, &[Field])>,
        zones: Option<(&TableSpec, &[Field])>,
    ) -> Result<Self> {
        let open = |table: Option<(&TableSpec, &[Field])>| {
            table.map(|(spec, fields)| StreamedTable::create(folder.join(spec.file()), fields)).transpose()
        };
        let (ledger, zones) = (open(ledger)?, open(zones)?);
        Ok(Self { state: Mutex::new(State { next: 0, waiting: BTreeMap::new(), ledger, zones }) })
    }

    /// Writes what waits, and sorts.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn finish(self) -> Result<()> {
        let state =
            self.state.into_inner().map_err(|_| Error::Output("a worker stopped while it wrote rows".into()))?;
        for table in [state.ledger, state.zones].into_iter().flatten() {
            table.finish()?;
        }
        Ok(())
    }
}

impl RowSink for StreamSink {
    fn take(&self, rows: BlockRows) -> Result<()> {
        let Ok(mut state) = self.state.lock() else {
            return Err(Error::Output("another worker stopped while it wrote rows".into()));
        };
        state.waiting.insert(rows.block, rows);
        while let Some(rows) = {
            let next = state.next;
            state.waiting.remove(&next)
        } {
            state.next += 1;
            if let Some(ledger) = &mut state.ledger {
                ledger.append(rows.ledger)?;
            }
            if let Some(zones) = &mut state.zones {
                zones.append(rows.zones)?;
            }
        }
        Ok(())
    }
}

impl StreamedTable {
    fn create(path: PathBuf, fields: &[Field]) -> Result<Self> {
        let file = File::create(&path).map_err(Error::io("write", &path))?;
        let mut header = fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(",");
        header.push('\n');
        let mut file = BufWriter::with_capacity(1 << 20, file);
        file.write_all(header.as_bytes()).map_err(Error::io("write", &path))?;
        let header_bytes = header.len() as u64;
        Ok(Self { path, file, header_bytes, written: header_bytes, articles: Vec::new() })
    }

    fn append(&mut self, part: Part) -> Result<()> {
        self.file.write_all(&part.rows.bytes).map_err(Error::io("write", &self.path))?;
        let (mut begin, base) = (0, self.written);
        for (id, end) in part.ends {
            self.articles.push((id, base + begin, base + end as u64));
            begin = end as u64;
        }
        self.written += part.rows.bytes.len() as u64;
        Ok(())
    }

    fn finish(mut self) -> Result<()> {
        self.file.flush().map_err(Error::io("write", &self.path))?;
        if self.articles.is_sorted_by(|a, b| a.0 <= b.0) {
            return Ok(());
        }
        drop(self.file);
        self.articles.sort_by(|a, b| a.0.cmp(&b.0));
        let sorted = self.path.with_extension("sorted");
        copy_in_order(&self.path, &sorted, self.header_bytes, &self.articles).map_err(Error::io("sort", &self.path))?;
        std::fs::rename(&sorted, &self.path).map_err(Error::io("replace", &self.path))
    }
}

fn copy_in_order(from: &Path, to: &Path, header: u64, articles: &[(String, u64, u64)]) -> std::io::Result<()> {
    let mut from = BufReader::with_capacity(1 << 16, File::open(from)?);
    let mut to = BufWriter::with_capacity(1 << 20, File::create(to)?);
    std::io::copy(&mut (&mut from).take(header), &mut to)?;
    for (_, begin, end) in articles {
        from.seek(SeekFrom::Start(*begin))?;
        std::io::copy(&mut (&mut from).take(end - begin), &mut to)?;
    }
    to.flush()
}
