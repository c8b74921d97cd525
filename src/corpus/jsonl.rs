//! JSON Lines: one object a line, one article an object.

use std::borrow::Cow;
use std::sync::Arc;

use super::block::BadRecord;
use super::columns::{ColumnNames, Role, roles};
use super::compressed::ByteStream;
use super::decode::{Decoded, decode_as, detect};
use super::json::{self, JsonValue, Object};
use super::lines::{LineSource, RawLines};
use super::metadata::KnownMeta;
use super::options::TEXT_COLUMNS;
use super::origin::{Container, Record, sha256};
use super::parts;
use super::read;
use super::table::repairs_upstream;
use super::visible::visible;
use super::{Article, without_rest};
use crate::error::{Error, Fault, Result, did_you_mean};

/// A JSON Lines file that is being read.
pub(crate) struct LineReader {
    container: Arc<Container>,
    lines: LineSource,
    is_done: bool,
}

/// Whole lines, not yet decoded.
pub(crate) struct JsonLines {
    container: Arc<Container>,
    raw: RawLines,
    /// Why the rest cannot be read.
    cut: Option<Fault>,
}

impl LineReader {
    pub fn new(container: Container, stream: ByteStream) -> Self {
        let lines = LineSource::new(stream, container.settings.max_article);
        Self { container: Arc::new(container), lines, is_done: false }
    }

    /// The next lines, about as many bytes of them as asked for; a longer line comes whole. `None` at the end.
    ///
    /// # Errors
    ///
    /// A file that the system does not give. One that is damaged or cut short gives what came before, and says so.
    pub fn next_lines(&mut self, block_bytes: u64) -> Result<Option<JsonLines>> {
        if self.is_done {
            return Ok(None);
        }
        let container = self.container.clone();
        match self.lines.next_lines(block_bytes).map_err(container.origin.unreadable()) {
            Ok(raw) => Ok(raw.map(|raw| JsonLines { container, raw, cut: None })),
            Err(Error::Input(fault)) => {
                self.is_done = true;
                let raw = RawLines { first_line: 0, bytes: Vec::new(), too_long: Vec::new() };
                Ok(Some(JsonLines { container, raw, cut: Some(without_rest(fault)) }))
            }
            Err(error) => Err(error),
        }
    }
}

impl JsonLines {
    pub fn bytes(&self) -> u64 {
        self.raw.bytes.len() as u64
    }

    pub fn into_articles(self) -> impl Iterator<Item = std::result::Result<Article, BadRecord>> + Send {
        let container = self.container.clone();
        self.into_records().map(move |record| Ok(container.origin.article(&container.known, record?)))
    }

    /// The same, before metadata of the file fills what is empty.
    pub fn into_records(self) -> impl Iterator<Item = std::result::Result<Record, BadRecord>> + Send {
        let Self { container, mut raw, cut } = self;
        let left_out: Vec<_> = raw.too_long.iter().map(|line| Err(too_long(&container, *line))).collect();
        let mut known_roles = KnownRoles::default();
        let mut at = 0;
        let mut line = raw.first_line;
        let articles = std::iter::from_fn(move || {
            while at < raw.bytes.len() {
                let rest = &raw.bytes[at..];
                let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                let (content, number) = (rest[..end].trim_ascii(), line);
                (at, line) = (at + end + 1, line + 1);
                if content.len() as u64 > container.settings.max_article {
                    return Some(Err(too_long(&container, number)));
                }
                if !content.is_empty() {
                    let record = article(&container, number, content, &mut known_roles).map_err(BadRecord::Skipped);
                    if at >= raw.bytes.len() {
                        // A long line is a block of its own, and what is made of it takes memory enough.
                        raw.bytes = Vec::new();
                    }
                    return Some(record);
                }
            }
            None
        });
        left_out.into_iter().chain(articles).chain(cut.map(|fault| Err(BadRecord::Skipped(fault))))
    }
}

fn too_long(container: &Container, line: u64) -> BadRecord {
    let what = format!("the line has more than {}", read::in_words(container.settings.max_article));
    BadRecord::Skipped(container.origin.fault(line, 0, what, read::TOO_LONG_HELP))
}

/// The roles of the last object's keys: the next one mostly has the same.
#[derive(Default)]
struct KnownRoles {
    names: Vec<String>,
    roles: Vec<Role>,
}

impl KnownRoles {
    fn of(&mut self, names: &[&str], container: &Container) -> &[Role] {
        if self.names != names {
            self.names = names.iter().map(|name| (*name).to_owned()).collect();
            self.roles = path_roles(names, &container.settings.columns);
            container.settings.taken.add(names, &self.roles);
        }
        &self.roles
    }
}

/// The roles of keys, of which some may be paths: `article.body` is named for a role as a whole, and known by its end.
pub(crate) fn path_roles(names: &[&str], chosen: &ColumnNames) -> Vec<Role> {
    if !names.iter().any(|name| name.contains('.')) {
        return roles(names, chosen);
    }
    let ends: Vec<&str> = names
        .iter()
        .map(|name| if chosen.has(name) { name } else { name.rsplit('.').next().unwrap_or_default() })
        .collect();
    roles(&ends, chosen)
}

/// Keys beyond these are not kept: a table has one column for each.
const MAX_KEYS: usize = 1000;

fn article(
    container: &Container,
    line: u64,
    bytes: &[u8],
    known_roles: &mut KnownRoles,
) -> std::result::Result<Record, Fault> {
    let (content, encoding, damage) = match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), container.encoding, 0),
        Err(_) => {
            let decoded = decode_as(detect(bytes), bytes);
            (Cow::Owned(decoded.text), decoded.encoding, decoded.repairs)
        }
    };
    let origin = &container.origin;
    let Object(mut cells) = json::parse(&content).map_err(|error| broken(container, line, &content, &error))?;
    if is_deeper(&cells, &container.settings.columns) {
        cells = json::flattened(&content).map_err(|error| broken(container, line, &content, &error))?;
    }
    let names: Vec<&str> = cells.iter().map(|(name, _)| name.as_ref()).collect();
    let roles = known_roles.of(&names, container);
    if !roles.iter().zip(&cells).any(|(role, (_, cell))| *role == Role::Text && !matches!(cell, JsonValue::Null)) {
        return Err(no_text(container, line, &names));
    }
    let mut known = KnownMeta::default();
    let mut id = String::new();
    let (mut text, mut headline, mut standfirst) = (Cow::Borrowed(""), Cow::Borrowed(""), Cow::Borrowed(""));
    let mut notes = Vec::new();
    let mut further = 0;
    for ((name, cell), role) in cells.into_iter().zip(roles) {
        if let JsonValue::Nested(kind) = cell
            && *role != Role::Text
        {
            let what = format!("`{}` is {kind} and is left out", short(&name));
            notes.push(origin.fault(line, 0, what, "keep metadata in plain values"));
            continue;
        }
        if matches!(cell, JsonValue::Null) {
            continue;
        }
        further += usize::from(*role == Role::More);
        if *role != Role::Text
            && further <= MAX_KEYS
            && let Err(date) = known.put(*role, &visible(&name), cell.as_text(), || container.date_order())
        {
            notes.push(origin.fault(line, 0, date.to_string(), date.help()));
        }
        match (role, cell) {
            (Role::Text, JsonValue::String(value)) => text = value,
            (Role::Text, cell) => {
                let what = format!("`{}` is {}, not a string", short(&name), cell.kind());
                return Err(origin.fault(line, 0, what, "put the text of the article into a JSON string"));
            }
            (Role::Id, cell) => id = visible(cell.as_text().trim()).into_owned(),
            (Role::Headline, JsonValue::String(value)) => headline = value,
            (Role::Standfirst, JsonValue::String(value)) => standfirst = value,
            _ => {}
        }
    }
    if further > MAX_KEYS {
        let what = format!("the object has {further} further keys, of which the first {MAX_KEYS} are kept");
        notes.push(origin.fault(line, 0, what, "put what belongs to the text into the text"));
    }
    if id.is_empty() {
        id = container.id_of_row(line);
    }
    let text = container.plain(text, &mut known);
    let text = parts::joined(&headline, &standfirst, &text).map_or(text, Cow::Owned);
    let repairs = if damage > 0 {
        (text.matches(char::REPLACEMENT_CHARACTER).count() as u64).min(damage)
    } else {
        repairs_upstream(container, &text)
    };
    let (bytes, sha256) = (text.len() as u64, sha256(text.as_bytes()));
    let decoded = Decoded { text: text.into_owned(), encoding, repairs };
    Ok(Record { id, known, decoded, bytes, sha256, line, notes })
}

/// Whether an object has objects in it that are to be looked into: a path was named for a role, or no key of its own
/// holds a text.
fn is_deeper(cells: &[(Cow<'_, str>, JsonValue<'_>)], chosen: &ColumnNames) -> bool {
    if !cells.iter().any(|(_, cell)| matches!(cell, JsonValue::Nested("an object"))) {
        return false;
    }
    let names: Vec<&str> = cells.iter().map(|(name, _)| name.as_ref()).collect();
    chosen.has_path() || !roles(&names, chosen).contains(&Role::Text)
}

fn no_text(container: &Container, line: u64, names: &[&str]) -> Fault {
    let (wanted, help) = match &container.settings.columns.text {
        Some(column) => (column.as_str(), did_you_mean(column, names.iter().copied())),
        None => {
            let help =
                format!("the text may stand under `{}`; `--text-column` names another", TEXT_COLUMNS.join("`, `"));
            (TEXT_COLUMNS[0], help)
        }
    };
    container.origin.fault(line, 0, format!("no text under `{wanted}`"), help)
}

/// A key for a message.
fn short(name: &str) -> String {
    let cut = if name.chars().count() > 60 { "..." } else { "" };
    name.chars().take(60).collect::<String>() + cut
}

/// The date of one line's object, where it has one.
pub(crate) fn date_of(line: &[u8], columns: &ColumnNames) -> Option<String> {
    let text = std::str::from_utf8(line).ok()?;
    let Object(mut cells) = json::parse(text).ok()?;
    if is_deeper(&cells, columns) {
        cells = json::flattened(text).ok()?;
    }
    let names: Vec<&str> = cells.iter().map(|(name, _)| name.as_ref()).collect();
    let at = path_roles(&names, columns).iter().position(|role| *role == Role::Date)?;
    Some(cells[at].1.as_text().to_owned())
}

fn broken(container: &Container, line: u64, content: &str, error: &serde_json::Error) -> Fault {
    // the parser counts bytes of the line it was given; a place counts characters
    let column = content.char_indices().take_while(|(at, _)| *at < error.column()).count() as u64;
    let message = error.to_string();
    let what = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    let help = match content.as_bytes().first() {
        Some(b'[') => "one object a line, not an array",
        Some(_) | None => "each line is one JSON object",
    };
    container.origin.fault(line, column, format!("broken JSON: {what}"), help)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::super::options::Format;
    use super::super::origin::tests::container;
    use super::*;

    type Outcome = std::result::Result<Article, BadRecord>;

    fn read(bytes: &[u8], block_bytes: u64) -> Vec<Outcome> {
        let stream = Box::new(Cursor::new(bytes.to_vec()));
        let mut reader = LineReader::new(container("sub/t.jsonl", Format::JsonLines), stream);
        let mut articles = Vec::new();
        while let Some(lines) = reader.next_lines(block_bytes).unwrap() {
            assert!(
                lines.raw.bytes.ends_with(b"\n") || lines.raw.bytes.len() as u64 <= block_bytes + bytes.len() as u64,
                "a block ends with a line"
            );
            articles.extend(lines.into_articles());
        }
        articles
    }

    fn one(line: &str) -> Outcome {
        read(line.as_bytes(), 1 << 20).remove(0)
    }

    #[test]
    fn an_object_is_an_article_with_all_its_keys() {
        let line = r#"{"article_id": 17, "source": " Times ", "date": "2023-09-25", "title": "T", "author": ["A", "B"],
            "language": null, "text": "a\n\"b\" \u201cc\u201d \ud83d\ude00", "score": 1.5, "live": true, "none": ""}"#;
        let article = one(&line.replace('\n', " ")).unwrap();
        assert_eq!(&*article.id, "17");
        assert_eq!(article.raw, "a\n\"b\" “c” 😀");
        let values = ["source", "date", "title", "author", "language", "score", "live", "none"];
        assert_eq!(
            values.map(|column| article.meta.value(column)),
            [Some("Times"), Some("2023-09-25"), Some("T"), Some("A; B"), None, Some("1.5"), Some("true"), None]
        );
        assert_eq!((article.bytes, article.sha256), (article.raw.len() as u64, sha256(article.raw.as_bytes())));
        assert_eq!((article.line, article.notes.len(), article.path.as_str()), (1, 0, "sub/t.jsonl"));
    }

    #[test]
    fn an_id_and_a_source_fall_back_to_the_file() {
        let article = one("\n\r\n {\"body\": \"\"} ").unwrap();
        assert_eq!((article.id.as_ref(), article.meta.source.as_str(), article.line), ("sub/t:3", "sub", 3));
    }

    #[test]
    fn what_is_left_out_of_the_metadata_is_noted() {
        let article = one(r#"{"text": "a", "date": "x.9.2023", "x": {"y": [1]}, "z": [[1]], "id": {}}"#).unwrap();
        let notes: Vec<&str> = article.notes.iter().map(|note| note.what.as_str()).collect();
        assert_eq!(
            notes,
            [
                "`x.9.2023` is not a date and is left empty",
                "`x` is an object and is left out",
                "`z` is a nested array and is left out",
                "`id` is an object and is left out"
            ]
        );
        assert_eq!((article.meta.date, article.id.as_ref()), (None, "sub/t:1"));
    }

    #[test]
    fn a_broken_line_is_skipped_with_its_place_and_the_rest_is_read() {
        let good = r#"{"id": "g", "text": "x"}"#;
        for (line, message) in [
            (r#"{"id": "é", "text": "x""#, "sub/t.jsonl:2:23: broken JSON: EOF while parsing an object"),
            ("nonsense", "sub/t.jsonl:2:2: broken JSON: expected ident"),
            (
                r#"["text"]"#,
                "sub/t.jsonl:2:0: broken JSON: invalid type: sequence, expected a JSON object (one object a line",
            ),
            ("{} {}", "sub/t.jsonl:2:4: broken JSON: trailing characters"),
            (r#"{"text": 5}"#, "sub/t.jsonl:2: `text` is a number or a truth value, not a string"),
            (r#"{"text": null}"#, "sub/t.jsonl:2: no text under `text`"),
            (r#"{"id": "a"}"#, "sub/t.jsonl:2: no text under `text` (the text may stand under"),
            (r#"{"text": "\ud800"}"#, "sub/t.jsonl:2:17: broken JSON: unexpected end of hex escape"),
        ] {
            let articles = read(format!("{good}\n{line}\n{good}").as_bytes(), 4);
            assert_eq!(articles.len(), 3, "{line}");
            assert!(articles[0].is_ok() && articles[2].is_ok());
            let Err(BadRecord::Skipped(fault)) = &articles[1] else { panic!("{line}") };
            let message = message.replace(":0:", ":");
            assert!(fault.to_string().starts_with(&message), "{line}: {fault}");
        }
    }

    #[test]
    fn a_line_that_is_not_utf8_is_decoded_and_reported() {
        let text = "Les négociations ont été retardées à Genève, déclare l’émissaire. ".repeat(4);
        let line = encoding_rs::WINDOWS_1252.encode(&format!("{{\"text\": \"{text}\"}}")).0.into_owned();
        let article = read(&line, 64).remove(0).unwrap();
        assert_eq!((article.raw, article.encoding.as_str(), article.repairs), (text, "windows-1252", 0));
        let article = read("{\"text\": \"“one” \u{0}”\"}".replace('\0', "?").as_bytes(), 64).remove(0).unwrap();
        assert_eq!((article.encoding.as_str(), article.repairs), ("UTF-8", 0));
        let article = read(b"{\"text\": \"\xE2\x80\x9Cone\xE2\x80\x9D \xFF\"}", 64).remove(0).unwrap();
        assert_eq!((article.raw.as_str(), article.encoding.as_str(), article.repairs), ("“one” \u{FFFD}", "UTF-8", 1));
    }

    #[test]
    fn a_line_longer_than_a_block_comes_whole() {
        let text = "word ".repeat(600_000);
        let bytes = format!("{{\"text\": \"a\"}}\n{{\"text\": \"{text}\"}}\n{{\"text\": \"b\"}}\n");
        let articles = read(bytes.as_bytes(), 1 << 16);
        let lengths: Vec<usize> = articles.into_iter().map(|article| article.unwrap().raw.len()).collect();
        assert_eq!(lengths, [1, text.len(), 1]);
    }

    proptest! {
        #[test]
        fn any_bytes_have_an_outcome(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes, 64);
        }

        #[test]
        fn nearly_json_has_an_outcome(line in "[{}\\[\\]\":,a1 \\\\é\n]{0,60}") {
            let _ = read(line.as_bytes(), 16);
        }

        #[test]
        fn the_size_of_blocks_makes_no_difference(
            texts in prop::collection::vec("[a\"\\\\\né]{0,20}", 0..8),
            block_bytes in 1u64..100,
        ) {
            let lines: Vec<String> = texts.iter().map(|text| serde_json::json!({ "text": text }).to_string()).collect();
            let bytes = lines.join("\n");
            let small = read(bytes.as_bytes(), block_bytes);
            let read_texts: Vec<String> = small.iter().map(|article| article.as_ref().unwrap().raw.clone()).collect();
            prop_assert_eq!(&read_texts, &texts);
            prop_assert_eq!(format!("{small:?}"), format!("{:?}", read(bytes.as_bytes(), 1 << 20)));
        }
    }
}
