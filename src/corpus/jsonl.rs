//! JSON Lines: one object a line, one article an object.

use std::borrow::Cow;
use std::fmt;
use std::io::Read;
use std::sync::Arc;

use memchr::{memchr, memchr_iter, memrchr};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Article;
use super::block::BadRecord;
use super::compressed::Stream;
use super::date::DATE_HELP;
use super::decode::{Decoded, decode_as, detect};
use super::metadata::{Known, Role, roles};
use super::options::TEXT_COLUMNS;
use super::origin::{Container, Record, sha256};
use super::table::repairs_upstream;
use crate::error::{Fault, Result, did_you_mean};

/// A JSON Lines file that is being read.
pub(crate) struct LineReader {
    container: Arc<Container>,
    stream: Stream,
    /// The start of a line whose end was not read yet.
    carry: Vec<u8>,
    next_line: u64,
    is_done: bool,
}

/// Whole lines, not yet decoded.
pub(crate) struct Lines {
    container: Arc<Container>,
    first_line: u64,
    bytes: Vec<u8>,
}

impl LineReader {
    pub fn new(container: Container, stream: Stream) -> Self {
        Self { container: Arc::new(container), stream, carry: Vec::new(), next_line: 1, is_done: false }
    }

    /// The next lines, about as many bytes of them as asked for; a longer line comes whole. `None` at the end.
    ///
    /// # Errors
    ///
    /// An unreadable file.
    pub fn next_lines(&mut self, block_bytes: u64) -> Result<Option<Lines>> {
        if self.is_done {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(block_bytes.min(1 << 26)).unwrap_or(0) + self.carry.len());
        bytes.append(&mut self.carry);
        let end = loop {
            let read_before = bytes.len();
            let wanted = block_bytes.saturating_sub(read_before as u64).max(block_bytes.div_ceil(4)).max(1);
            let unreadable = self.container.origin.unreadable();
            let read = self.stream.by_ref().take(wanted).read_to_end(&mut bytes).map_err(unreadable)?;
            if read == 0 {
                self.is_done = true;
                break bytes.len();
            }
            if let Some(newline) = memrchr(b'\n', &bytes[read_before..]) {
                break read_before + newline + 1;
            }
        };
        if bytes.is_empty() {
            return Ok(None);
        }
        self.carry = bytes.split_off(end);
        let first_line = self.next_line;
        self.next_line += memchr_iter(b'\n', &bytes).count() as u64;
        Ok(Some(Lines { container: self.container.clone(), first_line, bytes }))
    }
}

impl Lines {
    pub fn bytes(&self) -> u64 {
        self.bytes.len() as u64
    }

    pub fn into_articles(self) -> impl Iterator<Item = std::result::Result<Article, BadRecord>> + Send {
        let Self { container, first_line, bytes } = self;
        let (mut at, mut line) = (0, first_line);
        std::iter::from_fn(move || {
            while at < bytes.len() {
                let end = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |newline| at + newline);
                let (start, number) = (at, line);
                (at, line) = (end + 1, line + 1);
                let content = bytes[start..end].trim_ascii();
                if !content.is_empty() {
                    return Some(article(&container, number, content).map_err(BadRecord::Skipped));
                }
            }
            None
        })
    }
}

fn article(container: &Container, line: u64, bytes: &[u8]) -> std::result::Result<Article, Fault> {
    let (content, encoding, damage) = match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), container.encoding, 0),
        Err(_) => {
            let decoded = decode_as(detect(bytes), bytes);
            (Cow::Owned(decoded.text), decoded.encoding, decoded.repairs)
        }
    };
    let origin = &container.origin;
    let Object(cells) = serde_json::from_str(&content).map_err(|error| broken(container, line, &content, &error))?;
    let names: Vec<&str> = cells.iter().map(|(name, _)| name.as_ref()).collect();
    let roles = roles(&names, container.text_column.as_deref());
    if !roles.iter().zip(&cells).any(|(role, (_, cell))| *role == Role::Text && !matches!(cell, Cell::Null)) {
        let (wanted, help) = match &container.text_column {
            Some(column) => (column.as_str(), did_you_mean(column, names)),
            None => (TEXT_COLUMNS[0], format!("the text may stand under `{}`", TEXT_COLUMNS.join("`, `"))),
        };
        return Err(origin.fault(line, 0, format!("no text under `{wanted}`"), help));
    }
    let mut known = Known::default();
    let mut id = String::new();
    let mut text = Cow::Borrowed("");
    let mut notes = Vec::new();
    for ((name, cell), role) in cells.into_iter().zip(roles) {
        match (role, cell) {
            (_, Cell::Null) => {}
            (Role::Text, Cell::String(value)) => text = value,
            (Role::Text, cell @ (Cell::Scalar(_) | Cell::List(_) | Cell::Nested(_))) => {
                let what = format!("`{name}` is {}, not a string", cell.kind());
                return Err(origin.fault(line, 0, what, "put the text of the article into a JSON string"));
            }
            (Role::Id, Cell::String(value)) => id = value.trim().to_owned(),
            (Role::Id, Cell::Scalar(value) | Cell::List(value)) => id = value,
            (_, Cell::Nested(kind)) => {
                notes.push(origin.fault(
                    line,
                    0,
                    format!("`{name}` is {kind} and is left out"),
                    "keep metadata in plain values",
                ));
            }
            (_, cell @ (Cell::String(_) | Cell::Scalar(_) | Cell::List(_))) => {
                if let Err(date) = known.put(role, &name, cell.as_text()) {
                    notes.push(origin.fault(line, 0, format!("`{date}` is not a date"), DATE_HELP));
                }
            }
        }
    }
    if id.is_empty() {
        id = container.id_of_row(line);
    }
    let repairs = if damage > 0 {
        (text.matches(char::REPLACEMENT_CHARACTER).count() as u64).min(damage)
    } else {
        repairs_upstream(container, &text)
    };
    let (bytes, sha256) = (text.len() as u64, sha256(text.as_bytes()));
    let decoded = Decoded { text: text.into_owned(), encoding, repairs };
    Ok(origin.article(&container.known, Record { id, known, decoded, bytes, sha256, line, notes }))
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

/// The keys of one object in their order; of a key that comes twice the last value counts.
struct Object<'a>(Vec<(Cow<'a, str>, Cell<'a>)>);

/// The value of a key.
enum Cell<'a> {
    String(Cow<'a, str>),
    /// A number or truth value as text.
    Scalar(String),
    /// The plain values of an array, joined by `; `.
    List(String),
    Null,
    /// What cannot be a value of a table's cell.
    Nested(&'static str),
}

impl Cell<'_> {
    /// The value as a table would show it; nothing for what cannot be in a cell.
    fn as_text(&self) -> &str {
        match self {
            Self::String(value) => value,
            Self::Scalar(value) | Self::List(value) => value,
            Self::Null | Self::Nested(_) => "",
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Scalar(_) => "a number or a truth value",
            Self::List(_) => "an array",
            Self::Null => "null",
            Self::Nested(kind) => kind,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> std::result::Result<Self::Value, M::Error> {
                let mut cells: Vec<(Cow<'de, str>, Cell<'de>)> = Vec::with_capacity(8);
                while let Some(Cell::String(key)) = map.next_key()? {
                    let value = map.next_value()?;
                    match cells.iter_mut().find(|(known, _)| *known == key) {
                        Some((_, known)) => *known = value,
                        None => cells.push((key, value)),
                    }
                }
                Ok(Object(cells))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Cell<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = Cell<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> std::result::Result<Self::Value, E> {
        Ok(Cell::String(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E> {
        Ok(Cell::String(Cow::Owned(value.to_owned())))
    }

    fn visit_bool<E>(self, value: bool) -> std::result::Result<Self::Value, E> {
        Ok(Cell::Scalar(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> std::result::Result<Self::Value, E> {
        Ok(Cell::Scalar(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> std::result::Result<Self::Value, E> {
        Ok(Cell::Scalar(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> std::result::Result<Self::Value, E> {
        Ok(Cell::Scalar(value.to_string()))
    }

    fn visit_unit<E>(self) -> std::result::Result<Self::Value, E> {
        Ok(Cell::Null)
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut sequence: S) -> std::result::Result<Self::Value, S::Error> {
        let mut joined = String::new();
        let mut is_plain = true;
        while let Some(cell) = sequence.next_element::<Cell<'de>>()? {
            is_plain &= !matches!(cell, Cell::List(_) | Cell::Nested(_));
            let value = cell.as_text();
            if !joined.is_empty() && !value.is_empty() {
                joined.push_str("; ");
            }
            joined.push_str(value);
        }
        Ok(if is_plain { Cell::List(joined) } else { Cell::Nested("a nested array") })
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> std::result::Result<Self::Value, M::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Cell::Nested("an object"))
    }
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
            assert!(lines.bytes.ends_with(b"\n") || reader.is_done, "a block ends with a line");
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
        let article = one(r#"{"text": "a", "date": "25.9.2023", "x": {"y": [1]}, "z": [[1]], "id": {}}"#).unwrap();
        let notes: Vec<&str> = article.notes.iter().map(|note| note.what.as_str()).collect();
        assert_eq!(
            notes,
            [
                "`25.9.2023` is not a date",
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
