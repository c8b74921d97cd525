//! Tables with one article a row: `.csv` and `.tsv`, whatever separates their columns.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use csv::ByteRecord;

use super::block::BadRecord;
use super::columns::{self, ColumnNames, Role, listed, roles, twice};
use super::compressed::ByteStream;
use super::decode::{Decoded, decode_as, detect};
use super::metadata::KnownMeta;
use super::options::{Format, TEXT_COLUMNS};
use super::origin::{Container, Record, sha256};
use super::pages::is_address;
use super::parts;
use super::reading::rows;
use super::rows::{NextRow, RowFault, RowReader};
use super::sheets::RowSource;
use super::visible::visible;
use super::{Article, without_rest};
use crate::error::{Error, Fault, Result, did_you_mean};

/// A table that is being read.
pub(crate) struct ArticleTable {
    reader: RowSource,
    container: Arc<Container>,
    columns: Arc<ColumnRoles>,
    row: u64,
    /// A first row that is no header.
    first: Option<(u64, ByteRecord)>,
    /// What makes the rest unreadable; reported after the rows before it.
    is_done: bool,
}

#[derive(Debug)]
pub(crate) struct ColumnRoles {
    names: Vec<String>,
    roles: Vec<Role>,
    text: usize,
    /// Columns without a heading.
    unnamed: BTreeSet<usize>,
}

/// A run of rows, not yet decoded.
pub(crate) struct TableRows {
    container: Arc<Container>,
    columns: Arc<ColumnRoles>,
    first_row: u64,
    records: Vec<ReadRow>,
    /// Why the rest cannot be read.
    cut: Option<Fault>,
    pub bytes: u64,
}

/// A row as it was read; of one that was left out the reason.
enum ReadRow {
    Read { line: u64, record: ByteRecord, has_backslashes: bool },
    LeftOut(RowFault),
}

impl ArticleTable {
    /// Reads the header.
    ///
    /// # Errors
    ///
    /// An empty file, a header without the text column, a column that comes twice.
    pub fn open(container: Container, stream: ByteStream) -> Result<Self> {
        let reader = reader(&container, stream).map_err(container.origin.unreadable())?;
        Self::of(container, RowSource::Text(reader))
    }

    /// The same for rows from anywhere.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub fn of(container: Container, mut reader: RowSource) -> Result<Self> {
        let header = match reader.next_row().map_err(container.origin.unreadable())? {
            NextRow::Row { line, record, .. } => Some((line, record)),
            NextRow::LeftOut(fault) | NextRow::Unreadable(fault) => {
                return Err(Error::Input(located(&container, fault)));
            }
            NextRow::End => None,
        };
        let columns = match &header {
            Some((_, first)) if container.settings.columns.text_is_address => ColumnRoles::of_bare_list(first),
            _ => None,
        };
        let (columns, first) = match columns {
            Some(columns) => (columns, header),
            None => (ColumnRoles::of(&container, header.as_ref().map(|(_, header)| header))?, None),
        };
        let (container, columns) = (Arc::new(container), Arc::new(columns));
        Ok(Self { reader, container, columns, row: 0, first, is_done: false })
    }

    /// Columns beyond the well-known ones. One without a heading is a column only where it has a value.
    pub fn further_columns(&self) -> BTreeSet<String> {
        let columns = &self.columns;
        let further = |(index, role): &(usize, &Role)| **role == Role::More && !columns.unnamed.contains(index);
        columns.roles.iter().enumerate().filter(further).map(|(index, _)| columns.names[index].clone()).collect()
    }

    /// The next rows, about as many bytes of them as asked for; `None` at the end.
    ///
    /// # Errors
    ///
    /// An unreadable file; quotation marks that leave no clear end of a row.
    pub fn next_rows(&mut self, block_bytes: u64) -> Result<Option<TableRows>> {
        let mut rows = TableRows {
            container: self.container.clone(),
            columns: self.columns.clone(),
            first_row: self.row + 1,
            records: Vec::new(),
            cut: None,
            bytes: 0,
        };
        if let Some((line, record)) = self.first.take() {
            rows.records.push(ReadRow::Read { line, record, has_backslashes: false });
        }
        while rows.bytes < block_bytes && !self.is_done {
            let next = match self.reader.next_row().map_err(self.container.origin.unreadable()) {
                Err(Error::Input(fault)) => {
                    rows.cut = Some(without_rest(fault));
                    NextRow::End
                }
                next => next?,
            };
            match next {
                NextRow::Row { line, record, has_backslashes } => {
                    rows.bytes += record.as_slice().len() as u64;
                    rows.records.push(ReadRow::Read { line, record, has_backslashes });
                }
                NextRow::LeftOut(fault) => rows.records.push(ReadRow::LeftOut(fault)),
                NextRow::Unreadable(fault) => return Err(Error::Input(located(&self.container, fault))),
                NextRow::End => self.is_done = true,
            }
        }
        self.row += rows.records.len() as u64;
        Ok(if rows.records.is_empty() && rows.cut.is_none() { None } else { Some(rows) })
    }
}

/// A reader of the rows, with the separator found that the header shows.
pub(crate) fn reader<R: std::io::Read>(container: &Container, stream: R) -> std::io::Result<RowReader<R>> {
    let first = if container.origin.format == Format::Tsv { b'\t' } else { b',' };
    let mut reader = RowReader::new(stream, first, container.settings.max_article);
    reader.find_delimiter(|header| {
        let names = header_names(header);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let roles = roles(&names, &container.settings.columns);
        let known = roles.iter().filter(|role| **role != Role::More).count();
        let is_bare = container.settings.columns.text_is_address && names.iter().any(|name| is_address(name));
        (roles.contains(&Role::Text) || is_bare, known, names.len())
    })?;
    Ok(reader)
}

/// The names of a header, cleaned.
pub(crate) fn header_names(header: &ByteRecord) -> Vec<String> {
    let encoding = encoding_of(header);
    header.iter().map(|name| visible(decode_field(encoding, name).trim()).into_owned()).collect()
}

fn located(container: &Container, fault: RowFault) -> Fault {
    container.origin.fault(fault.line, fault.column, fault.what, fault.help)
}

impl ColumnRoles {
    /// The columns of a list of addresses whose first row is no header, as raw files of GDELT have none: rows of
    /// `lists.csv` know some by the number of their columns; of others the addresses are taken.
    fn of_bare_list(first: &ByteRecord) -> Option<Self> {
        let cells = header_names(first);
        let addresses = cells.iter().rposition(|cell| is_address(cell))?;
        let mut columns = Self {
            names: (1..=cells.len()).map(|at| format!("column_{at}")).collect(),
            // what is not known by a name is not kept
            roles: vec![Role::File; cells.len()],
            text: addresses,
            unnamed: BTreeSet::new(),
        };
        columns.name(addresses, "url");
        let known = rows(include_str!("../../dictionaries/reading/lists.csv"));
        let is_it = |row: &csv::StringRecord| row.get(1).and_then(|n| n.parse().ok()) == Some(cells.len());
        for named in known.filter(is_it).flat_map(|row| row.get(2).map(str::to_owned)) {
            for (at, name) in named.split('|').filter_map(|one| one.split_once(' ')) {
                columns.name(at.parse::<usize>().unwrap_or(1) - 1, name);
            }
        }
        Some(columns)
    }

    /// Gives a column a name, and the role that this has in a list of addresses.
    fn name(&mut self, at: usize, name: &str) {
        let of_list = ColumnNames { text_is_address: true, ..ColumnNames::default() };
        self.names[at] = name.to_owned();
        self.roles[at] = roles(&[name], &of_list)[0];
        if self.roles[at] == Role::Text {
            self.text = at;
        }
    }

    fn of(container: &Container, header: Option<&ByteRecord>) -> Result<Self> {
        let fault = |column: usize, what: String, help: String| {
            Error::Input(container.origin.fault(1, column as u64, what, help))
        };
        let chosen = &container.settings.columns;
        let wanted = match &chosen.text {
            Some(column) => format!("`{column}`"),
            None => format!("`{}`", TEXT_COLUMNS.join("`, `")),
        };
        let Some(header) = header else {
            return Err(fault(
                0,
                "the table is empty".to_owned(),
                format!("its first line names the columns, {wanted} among them"),
            ));
        };
        let mut names = header_names(header);
        let mut unnamed = BTreeSet::new();
        for (index, name) in names.iter_mut().enumerate().filter(|(_, name)| name.is_empty()) {
            *name = format!("column_{}", index + 1);
            unnamed.insert(index);
        }
        let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
        if let Some(index) = twice(&borrowed) {
            let help = "give each column a name of its own".to_owned();
            return Err(fault(index + 1, format!("the column `{}` comes twice", names[index]), help));
        }
        let roles = roles(&borrowed, chosen);
        let Some(text) = roles.iter().position(|role| *role == Role::Text) else {
            let listed = listed(&borrowed);
            let help = match &chosen.text {
                Some(column) => did_you_mean(column, borrowed),
                None => {
                    let help =
                        "name the column that holds the text with `--text-column COLUMN`, or rename it to `text`";
                    match columns::address(&borrowed) {
                        Some(column) => format!(
                            "{help}; if `{column}` has the addresses of pages that you saved, name their folder with `--pages`"
                        ),
                        None => help.to_owned(),
                    }
                }
            };
            return Err(fault(0, format!("no text column: looked for {wanted} among {listed}"), help));
        };
        if let Some((role, column)) = chosen.missing(&borrowed) {
            let help = did_you_mean(column, borrowed.iter().copied());
            return Err(fault(0, format!("no {role} column `{column}` among {}", listed(&borrowed)), help));
        }
        container.settings.taken.add(&borrowed, &roles);
        Ok(Self { names, roles, text, unnamed })
    }
}

/// `None` when all fields are UTF-8; otherwise one encoding for the whole row, whatever the block it came in.
fn encoding_of(record: &ByteRecord) -> Option<&'static encoding_rs::Encoding> {
    let is_utf8 = record.iter().all(|field| std::str::from_utf8(field).is_ok());
    (!is_utf8).then(|| detect(record.as_slice()))
}

fn decode_field<'f>(encoding: Option<&'static encoding_rs::Encoding>, field: &'f [u8]) -> Cow<'f, str> {
    match (encoding, std::str::from_utf8(field)) {
        (None, Ok(text)) => Cow::Borrowed(text),
        (None, Err(_)) => String::from_utf8_lossy(field),
        (Some(encoding), _) => Cow::Owned(decode_as(encoding, field).text),
    }
}

impl TableRows {
    pub fn into_articles(self) -> impl Iterator<Item = std::result::Result<Article, BadRecord>> + Send {
        let container = self.container.clone();
        self.into_records().map(move |record| Ok(container.origin.article(&container.known, record?)))
    }

    /// The same, before metadata of the file fills what is empty.
    pub fn into_records(self) -> impl Iterator<Item = std::result::Result<Record, BadRecord>> + Send {
        let Self { container, columns, first_row, records, cut, .. } = self;
        let cut = cut.map(|fault| Err(BadRecord::Skipped(fault)));
        let records = (first_row..).zip(records).map(move |(row, raw)| match raw {
            ReadRow::Read { line, record, has_backslashes } => {
                let mut record = article(&container, &columns, row, line, &record)?;
                if has_backslashes {
                    let what = "quotation marks with a backslash before them were read as quotation marks";
                    record.notes.push(container.origin.fault(line, 0, what, "double them instead"));
                }
                Ok(record)
            }
            ReadRow::LeftOut(fault) => {
                let what = format!("row {row}: {}", fault.what);
                Err(BadRecord::Skipped(located(&container, RowFault { what, ..fault })))
            }
        });
        records.chain(cut)
    }
}

fn article(
    container: &Container,
    columns: &ColumnRoles,
    row: u64,
    line: u64,
    record: &ByteRecord,
) -> std::result::Result<Record, BadRecord> {
    let origin = &container.origin;
    if record.len() != columns.names.len() {
        let what = format!("row {row} has {} fields, where the header has {}", record.len(), columns.names.len());
        let help = "put a value that has separators, quotes or line ends into quotes";
        return Err(BadRecord::Skipped(origin.fault(line, 0, what, help)));
    }
    let encoding = encoding_of(record);
    let mut known = KnownMeta::default();
    let mut id = String::new();
    let mut notes = Vec::new();
    let (mut headline, mut standfirst) = (Cow::Borrowed(""), Cow::Borrowed(""));
    let named = columns.names.iter().zip(&columns.roles);
    for (index, ((name, role), field)) in named.zip(record).enumerate() {
        if field.is_empty() || index == columns.text {
            continue;
        }
        let value = decode_field(encoding, field);
        if let Err(date) = known.put(*role, name, &value, || container.date_order()) {
            notes.push(origin.fault(line, index as u64 + 1, date.to_string(), date.help()));
        }
        match role {
            Role::Id => id = visible(value.trim()).into_owned(),
            Role::Headline => headline = value,
            Role::Standfirst => standfirst = value,
            Role::Text | Role::Source | Role::Date | Role::Title => {}
            Role::Language | Role::Author | Role::File | Role::Address | Role::More => {}
        }
    }
    let field = &record[columns.text];
    let mut decoded = match encoding {
        Some(encoding) => decode_as(encoding, field),
        None => {
            let text = String::from_utf8_lossy(field).into_owned();
            let repairs = repairs_upstream(container, &text);
            Decoded { text, encoding: container.encoding, repairs }
        }
    };
    let (mut bytes, mut hash) = (field.len() as u64, sha256(field));
    let plain = container.plain(Cow::Borrowed(&decoded.text), &mut known);
    let whole = parts::joined(&headline, &standfirst, &plain).map_or(plain, Cow::Owned);
    if let Cow::Owned(whole) = whole {
        (bytes, hash) = (whole.len() as u64, sha256(whole.as_bytes()));
        decoded.text = whole;
    }
    if id.is_empty() {
        id = container.id_of_row(row);
    }
    Ok(Record { id, known, decoded, bytes, sha256: hash, line, notes })
}

/// Replacement characters that came from making a UTF-16 container UTF-8 while it streamed.
pub(crate) fn repairs_upstream(container: &Container, text: &str) -> u64 {
    match container.encoding {
        "UTF-8" => 0,
        _ => text.matches(char::REPLACEMENT_CHARACTER).count() as u64,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::super::options::{CorpusOptions, Settings};
    use super::super::origin::tests::container;
    use super::*;

    fn open(format: Format, bytes: &[u8]) -> Result<ArticleTable> {
        ArticleTable::open(container("sub/t.csv", format), Box::new(Cursor::new(bytes.to_vec())))
    }

    fn read(bytes: &[u8], block_bytes: u64) -> Result<Vec<std::result::Result<Article, BadRecord>>> {
        let mut table = open(Format::Csv, bytes)?;
        let mut articles = Vec::new();
        while let Some(rows) = table.next_rows(block_bytes)? {
            articles.extend(rows.into_articles());
        }
        Ok(articles)
    }

    #[test]
    fn a_row_is_an_article_with_all_its_columns() {
        let bytes = "Doc_ID,Source,date,text,desk\r\na1,Times,2023,\"One,\r\n\"\"two\"\"\",world\r\n,,x,three,\r\n";
        let articles: Vec<Article> = read(bytes.as_bytes(), 1).unwrap().into_iter().map(|a| a.unwrap()).collect();
        let first = &articles[0];
        assert_eq!((first.id.as_ref(), first.raw.as_str(), first.line), ("a1", "One,\r\n\"two\"", 2));
        assert_eq!((first.meta.value("source"), first.meta.value("desk")), (Some("Times"), Some("world")));
        assert_eq!((first.bytes, first.sha256), (11, sha256(b"One,\r\n\"two\"")));
        assert_eq!((first.path.as_str(), first.encoding.as_str(), first.notes.len()), ("sub/t.csv", "UTF-8", 0));
        let second = &articles[1];
        assert_eq!((second.id.as_ref(), second.meta.source.as_str(), second.line), ("sub/t:2", "sub", 4));
        assert_eq!(second.meta.date, None);
        assert!(second.notes[0].to_string().starts_with("sub/t.csv:4:3: `x` is not a date and is left empty"));
        assert!(second.meta.more.is_empty());
    }

    #[test]
    fn tabs_separate_a_tsv() {
        let mut table = open(Format::Tsv, b"id\tbody\n1\ta, b\n").unwrap();
        let rows = table.next_rows(1).unwrap().unwrap();
        assert_eq!(rows.into_articles().next().unwrap().unwrap().raw, "a, b");
    }

    #[test]
    fn a_row_of_another_width_is_skipped_and_the_rest_is_read() {
        let articles = read(b"id,text\n1,a\n2,b,c\n3\n4,d\n", 100).unwrap();
        let ids: Vec<String> = articles
            .iter()
            .map(|article| match article {
                Ok(article) => article.id.to_string().clone(),
                Err(BadRecord::Skipped(fault)) => fault.to_string().chars().take(32).collect(),
                Err(BadRecord::Fatal(error)) => panic!("{error}"),
            })
            .collect();
        assert_eq!(ids, ["1", "sub/t.csv:3: row 2 has 3 fields,", "sub/t.csv:4: row 3 has 1 fields,", "4"]);
    }

    #[test]
    fn each_unusable_table_says_why() {
        for (bytes, text_column, message) in [
            ("", None, "sub/t.csv:1: the table is empty"),
            (
                "id,txt\n",
                None,
                "sub/t.csv:1: no text column: looked for `text`, `body`, `content`, `article_text` among `id`, `txt`",
            ),
            (
                "id,article\n",
                Some("artikle"),
                "sub/t.csv:1: no text column: looked for `artikle` among `id`, `article` (did you mean `article`?)",
            ),
            (
                "id;xyz\n",
                None,
                "sub/t.csv:1: no text column: looked for `text`, `body`, `content`, `article_text` among `id`, `xyz` (name",
            ),
            ("text,a,a\n", None, "sub/t.csv:1:3: the column `a` comes twice"),
        ] {
            let mut container = container("sub/t.csv", Format::Csv);
            container.settings = Arc::new(Settings::of(&CorpusOptions {
                columns: ColumnNames { text: text_column.map(str::to_owned), ..ColumnNames::default() },
                ..CorpusOptions::default()
            }));
            let error = ArticleTable::open(container, Box::new(Cursor::new(bytes.as_bytes().to_vec()))).err().unwrap();
            assert!(error.to_string().starts_with(message), "{error}");
            assert_eq!(error.exit_code(), 3);
        }
    }

    #[test]
    fn a_quote_that_never_closes_stops_the_run_instead_of_swallowing_the_rest() {
        let error = read(b"id,text\n1,a\n2,\"b\n3,c\n4,d\n", 1).err().unwrap().to_string();
        assert!(error.starts_with("sub/t.csv:3:2: a quote opened in this row is never closed"), "{error}");
    }

    #[test]
    fn a_row_in_an_older_encoding_is_decoded_as_one() {
        let text = "Les négociations ont été retardées à Genève, déclare l’émissaire. ".repeat(4);
        let bytes =
            encoding_rs::WINDOWS_1252.encode(&format!("text,source\n\"{text}\",Société\nplain,x\n")).0.into_owned();
        let articles: Vec<Article> = read(&bytes, 1).unwrap().into_iter().map(|a| a.unwrap()).collect();
        assert_eq!((articles[0].raw.as_str(), articles[0].encoding.as_str()), (text.as_str(), "windows-1252"));
        assert_eq!(articles[0].meta.source, "Société");
        assert_eq!(articles[1].encoding, "UTF-8");
    }

    #[test]
    fn columns_beyond_the_known_ones_are_reported() {
        let table = open(Format::Csv, b",text,desk,id,doc_id\n").unwrap();
        assert_eq!(Vec::from_iter(table.further_columns()), ["desk", "doc_id"]);
    }

    fn outcome(bytes: &[u8], block_bytes: u64) -> String {
        format!("{:?}", read(bytes, block_bytes).map_err(|error| error.to_string()))
    }

    proptest! {
        #[test]
        fn any_bytes_have_an_outcome(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&[b"id,text\n", bytes.as_slice()].concat(), 64);
            let _ = read(&bytes, 64);
        }

        #[test]
        fn the_size_of_blocks_makes_no_difference(rest in "[a,\"\n\r]{0,80}", block_bytes in 1u64..40) {
            let bytes = format!("id,text\n{rest}");
            let whole = outcome(bytes.as_bytes(), u64::MAX);
            prop_assert_eq!(outcome(bytes.as_bytes(), block_bytes), whole);
        }
    }
}
