//! What a partition has beside its counts, as a file that stands for itself: an index, the extract for the report, and
//! the rows of the ledger, the zones and the quotations, sorted by article.
//!
//! A part is named after its content, and the tally names its parts. So an attempt that is made twice leaves one part,
//! and what a failed attempt left behind is named by no tally and is never read.

use crate::codebook::hex;
use crate::error::{Error, Place, Result};
use crate::output::Hashing;
use crate::output::made::MadeFolder;
use crate::output::making::{Making, remove_litter};
use crate::pipeline::{ArticleRows, BlockRows, BlockSink, WantedTables};
use crate::report::Extract;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

const SCHEMA: &str = "framescope part 5";
const EXTENSION: &str = "part";

/// How the name of the folder begins in which a part is made.
const ASIDE: &str = ".framescope-part-";

/// The first line of a part. The extract is the second one; the ledger rows of all articles follow, in this order, then
/// their zones and their quotations.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    /// Id, bytes of ledger rows, of zone rows, of quotation rows; by id.
    articles: Vec<(String, u64, u64, u64)>,
    schema: String,
}

/// Takes the rows of a partition, and makes a part of them at the end.
#[derive(Debug)]
pub struct PartSink {
    folder: PathBuf,
    made: MadeFolder,
    fresh: Making,
    /// What the user should hear.
    pub remarks: Vec<String>,
    spool: Mutex<Spool>,
}

/// Rows as they come, block by block, in nameless files.
#[derive(Debug)]
struct Spool {
    /// The ids of the articles, in the order of their rows.
    articles: Vec<Arc<str>>,
    ledger: PartRows,
    zones: PartRows,
    quotations: PartRows,
}

#[derive(Debug)]
struct PartRows {
    file: BufWriter<File>,
    written: u64,
    /// Where the rows of each article end; they begin where those of the one before end.
    ends: Vec<u64>,
}

impl PartSink {
    /// Makes the folder when it is not there yet; if the partition fails, it goes again.
    ///
    /// # Errors
    /// A folder that cannot be made or written.
    pub fn create(folder: &Path) -> Result<Self> {
        let made = MadeFolder::create(folder).map_err(Error::io("create the folder", folder))?;
        let remarks = remove_litter(folder, ASIDE, &[EXTENSION.to_owned()]);
        let fresh = Making::create(folder, ASIDE).map_err(Error::io("write in the folder", folder))?;
        let rows = || PartRows::create(folder);
        let spool = Spool { articles: Vec::new(), ledger: rows()?, zones: rows()?, quotations: rows()? };
        Ok(Self { folder: folder.to_path_buf(), made, fresh, remarks, spool: Mutex::new(spool) })
    }

    /// Writes the part, with the extract of its articles. Its name and the number of its articles, for the tally; `None` when there was no article.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn finish(self, extract: &Extract) -> Result<Option<(String, u64)>> {
        let folder = self.folder;
        let spool =
            self.spool.into_inner().map_err(|_| Error::Output("a worker stopped while it wrote rows".into()))?;
        let articles = spool.articles.len() as u64;
        let name = match articles {
            0 => None,
            _ => {
                let write = || Error::io("write a part in", &folder);
                let fresh = self.fresh.path().join(EXTENSION);
                let name = spool.write(&fresh, extract).map_err(write())?;
                let target = folder.join(format!("{name}.{EXTENSION}"));
                self.fresh.hold(|| std::fs::rename(&fresh, &target).map_err(write()))?;
                Some(name)
            }
        };
        self.made.keep();
        Ok(name.map(|name| (name, articles)))
    }
}

impl BlockSink for PartSink {
    fn wants(&self) -> WantedTables {
        WantedTables { ledger: true, zones: true, quotations: true, in_parts: false }
    }

    fn take(&self, rows: BlockRows) -> Result<()> {
        let Ok(mut spool) = self.spool.lock() else {
            return Err(Error::Output("another worker stopped while it wrote rows".into()));
        };
        let write = Error::io("write in", &self.folder);
        let spool = &mut *spool;
        spool.articles.extend(rows.articles);
        [(&mut spool.ledger, rows.ledger), (&mut spool.zones, rows.zones), (&mut spool.quotations, rows.quotations)]
            .into_iter()
            .try_for_each(|(table, rows)| table.append(rows))
            .map_err(write)
    }
}

impl PartRows {
    fn create(folder: &Path) -> Result<Self> {
        let file = tempfile::tempfile_in(folder).map_err(Error::io("write in", folder))?;
        Ok(Self { file: BufWriter::with_capacity(1 << 20, file), written: 0, ends: Vec::new() })
    }

    fn append(&mut self, part: ArticleRows) -> std::io::Result<()> {
        self.file.write_all(&part.rows.bytes)?;
        self.ends.extend(part.ends.into_iter().map(|end| self.written + end as u64));
        self.written += part.rows.bytes.len() as u64;
        Ok(())
    }

    /// The beginning and the end of an article's rows.
    fn range(&self, article: u32) -> (u64, u64) {
        let before = article.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        (before, self.ends[article as usize])
    }

    fn copy_sorted(self, order: &[u32], out: &mut impl Write) -> std::io::Result<()> {
        let ranges: Vec<(u64, u64)> = order.iter().map(|article| self.range(*article)).collect();
        let mut from = BufReader::new(self.file.into_inner().map_err(std::io::IntoInnerError::into_error)?);
        for (begin, end) in ranges {
            from.seek(SeekFrom::Start(begin))?;
            std::io::copy(&mut (&mut from).take(end - begin), out)?;
        }
        Ok(())
    }
}

impl Spool {
    fn write(self, path: &Path, extract: &Extract) -> std::io::Result<String> {
        let mut order: Vec<u32> = (0..).take(self.articles.len()).collect();
        order.sort_by(|a, b| self.articles[*a as usize].cmp(&self.articles[*b as usize]));
        let articles = order.iter().map(|article| {
            let length = |table: &PartRows| {
                let (begin, end) = table.range(*article);
                end - begin
            };
            let id = self.articles[*article as usize].to_string();
            (id, length(&self.ledger), length(&self.zones), length(&self.quotations))
        });
        let articles = articles.collect();
        let mut out = Hashing::new(BufWriter::with_capacity(1 << 20, File::create(path)?));
        // What is written in many small pieces is hashed in large ones.
        let mut pieces = BufWriter::with_capacity(1 << 16, &mut out);
        serde_json::to_writer(&mut pieces, &Index { articles, schema: SCHEMA.into() })?;
        pieces.write_all(b"\n")?;
        serde_json::to_writer(&mut pieces, extract)?;
        pieces.write_all(b"\n")?;
        pieces.flush()?;
        drop(pieces);
        self.ledger.copy_sorted(&order, &mut out)?;
        self.zones.copy_sorted(&order, &mut out)?;
        self.quotations.copy_sorted(&order, &mut out)?;
        let (file, out) = out.finish("");
        let name = file.sha256;
        let fresh = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        fresh.sync_all()?;
        Ok(name)
    }
}

/// The parts of a tally, opened to be merged.
#[derive(Debug)]
pub struct Parts {
    files: Vec<PathBuf>,
    /// By article id.
    articles: Vec<Placed>,
    extract: Extract,
}

/// Where the rows of an article lie.
#[derive(Debug)]
struct Placed {
    id: String,
    file: usize,
    ledger: (u64, u64),
    zones: (u64, u64),
    quotations: (u64, u64),
}

/// Which rows of the parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartTable {
    Ledger,
    Zones,
    Quotations,
}

impl PartTable {
    /// The rows of a table that is written while the corpus is read.
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "mentions" => Some(Self::Ledger),
            "zones" => Some(Self::Zones),
            "quotations" => Some(Self::Quotations),
            _ => None,
        }
    }
}

/// Files open at a time; the usual limit of a process is 1024.
const OPEN_FILES: usize = 256;

impl Parts {
    /// Finds the parts that a tally names, each with its number of articles, in the folders.
    ///
    /// # Errors
    /// A part that is in none of the folders, or is not what its name says.
    pub fn open(folders: &[PathBuf], named: &BTreeMap<String, u64>) -> Result<Self> {
        let mut parts = Self { files: Vec::new(), articles: Vec::new(), extract: Extract::default() };
        for (name, articles) in named {
            let candidates = folders.iter().map(|folder| folder.join(format!("{name}.{EXTENSION}")));
            let Some(path) = candidates.into_iter().find(|path| path.is_file()) else {
                let first = folders.first().cloned().unwrap_or_default();
                return Err(Error::input(
                    Place::file(&first),
                    format!(
                        "the part `{name}.{EXTENSION}` of the tally is not here, nor in any other folder of `--parts`"
                    ),
                    "name every folder that `framescope tally --parts` wrote",
                ));
            };
            parts.add(&path, name, *articles)?;
        }
        parts.articles.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(parts)
    }

    fn add(&mut self, path: &Path, name: &str, articles: u64) -> Result<()> {
        let broken = |what: &str| Error::input(Place::file(path), what, "make the tally and its parts again");
        let file = File::open(path).map_err(Error::io("read", path))?;
        let mut bytes = BufReader::with_capacity(1 << 20, file);
        let (mut first, mut second) = (Vec::new(), Vec::new());
        bytes.read_until(b'\n', &mut first).map_err(Error::io("read", path))?;
        bytes.read_until(b'\n', &mut second).map_err(Error::io("read", path))?;
        let mut hash = Sha256::new();
        hash.update(&first);
        hash.update(&second);
        let mut size = 0;
        loop {
            let chunk = bytes.fill_buf().map_err(Error::io("read", path))?;
            if chunk.is_empty() {
                break;
            }
            hash.update(chunk);
            let read = chunk.len();
            size += read as u64;
            bytes.consume(read);
        }
        if hex(&hash.finalize()) != name {
            return Err(broken("the part is not what its name says: it was changed or cut"));
        }
        let index: Index = serde_json::from_slice(&first)
            .map_err(|_| broken("the first line is no index of a part as this program writes it"))?;
        let extract = serde_json::from_slice(&second)
            .map_err(|_| broken("the second line is no extract of a part as this program writes it"))?;
        let sum = |lengths: &mut dyn Iterator<Item = u64>| lengths.fold(0u64, u64::saturating_add);
        let ledger_bytes = sum(&mut index.articles.iter().map(|article| article.1));
        let zone_bytes = sum(&mut index.articles.iter().map(|article| article.2));
        let quotation_bytes = sum(&mut index.articles.iter().map(|article| article.3));
        let all_bytes = ledger_bytes.saturating_add(zone_bytes).saturating_add(quotation_bytes);
        let is_whole = all_bytes == size && index.articles.len() as u64 == articles;
        if index.schema != SCHEMA || !is_whole {
            return Err(broken("the index does not belong to the part"));
        }
        let (mut ledger, mut zones, mut quotations) = (0, ledger_bytes, ledger_bytes + zone_bytes);
        let rows = (first.len() + second.len()) as u64;
        for (id, ledger_length, zones_length, quotations_length) in index.articles {
            self.articles.push(Placed {
                id,
                file: self.files.len(),
                ledger: (rows + ledger, ledger_length),
                zones: (rows + zones, zones_length),
                quotations: (rows + quotations, quotations_length),
            });
            ledger += ledger_length;
            zones += zones_length;
            quotations += quotations_length;
        }
        self.files.push(path.to_path_buf());
        self.extract.merge(extract);
        Ok(())
    }

    /// What all parts give the report.
    pub fn into_extract(self) -> Extract {
        self.extract
    }

    /// The number of articles in all parts.
    pub fn articles(&self) -> u64 {
        self.articles.len() as u64
    }

    /// The bytes of all rows of a table.
    pub fn bytes(&self, table: PartTable) -> u64 {
        let length = |article: &Placed| match table {
            PartTable::Ledger => article.ledger.1,
            PartTable::Zones => article.zones.1,
            PartTable::Quotations => article.quotations.1,
        };
        self.articles.iter().map(length).sum()
    }

    /// Writes the rows of all articles by id, without a header.
    ///
    /// # Errors
    /// A file that cannot be read or written; `to` names the latter.
    pub fn copy(&self, table: PartTable, to: &Path, out: &mut impl Write) -> Result<()> {
        let mut open: BTreeMap<usize, BufReader<File>> = BTreeMap::new();
        for article in &self.articles {
            let path = &self.files[article.file];
            if open.len() == OPEN_FILES && !open.contains_key(&article.file) {
                open.clear();
            }
            let file = match open.entry(article.file) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(BufReader::new(File::open(path).map_err(Error::io("read", path))?))
                }
            };
            let (at, length) = match table {
                PartTable::Ledger => article.ledger,
                PartTable::Zones => article.zones,
                PartTable::Quotations => article.quotations,
            };
            file.seek(SeekFrom::Start(at)).map_err(Error::io("read", path))?;
            std::io::copy(&mut file.take(length), out).map_err(Error::io("write", to))?;
        }
        Ok(())
    }
}
