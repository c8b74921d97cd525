//! Exports of Label Studio and doccano as sheets.
//!
//! Read are Label Studio's JSON and JSON-MIN and doccano's JSON Lines and JSON, as they come out of a project that was made
//! from a sheet of `framescope sample`; Label Studio's CSV too, which is JSON-MIN in a table. What a person chose or wrote and
//! no column has goes into the note.

use super::raw::{RawRow, RawSheet, plain};
use super::{CODER, Field, ITEM, NOBODY, NOTE};
use crate::error::{Error, Fault, Place, Result};
use serde_json::{Map, Value};

/// The choice, in Label Studio, that a sentence has no frame.
const NO_FRAME: &str = "no_frame";
const SENTENCE: &str = "sentence";

/// Whether a text can be such an export: no table begins like one.
pub(super) fn is_export(text: &str) -> bool {
    text.trim_start().starts_with(['[', '{'])
}

/// What one person answered for one item, by column.
#[derive(Default)]
struct ExportedAnswers {
    cells: Vec<(String, String)>,
    /// Marked words with the place where they begin.
    marks: Vec<(u64, String, String)>,
}

/// Reads an export.
///
/// # Errors
/// A text that is no JSON, with its line and column; records without items.
pub(super) fn read(name: &str, text: &str) -> Result<RawSheet> {
    let header = header();
    let mut rows = Vec::new();
    for (line, record) in records(name, text)? {
        for answers in answers_of(&record) {
            rows.push(RawRow { line, cells: answers.row(&header) });
        }
    }
    Ok(RawSheet { name: name.to_owned(), header, rows })
}

/// A table in which Label Studio wrote its records, as a sheet; any other as it is. Marked words are JSON in a cell there.
pub(super) fn of_table(table: RawSheet) -> RawSheet {
    if table.column("annotation_id").is_none() {
        return table;
    }
    let header = header();
    let value = |cell: &String| match serde_json::from_str(cell) {
        Ok(list @ (Value::Array(_) | Value::Object(_))) => list,
        _ => Value::from(cell.clone()),
    };
    let row = |row: &RawRow| {
        let record: Map<String, Value> = table.header.iter().cloned().zip(row.cells.iter().map(value)).collect();
        RawRow { line: row.line, cells: ExportedAnswers::minimal(&record).row(&header) }
    };
    RawSheet { rows: table.rows.iter().map(row).collect(), name: table.name, header }
}

/// The columns that an export is read into.
fn header() -> Vec<String> {
    let fields = Field::ALL.map(Field::name);
    [ITEM, SENTENCE].into_iter().chain(fields).chain([NOTE, CODER]).map(str::to_owned).collect()
}

/// The objects of a JSON array or of JSON Lines, with their line, or their number in an array.
fn records(name: &str, text: &str) -> Result<Vec<(u64, Map<String, Value>)>> {
    let failed = |line: u64, column: u64, what: String| {
        let place = Place { file: name.to_owned(), line, column };
        let help = "export the project again: as JSON or JSON-MIN from Label Studio, as JSONL from doccano";
        Error::Input(Fault { place, what, help: help.into() })
    };
    let broken = |line: u64, error: &serde_json::Error| {
        failed(line + error.line() as u64 - 1, error.column() as u64, format!("the file is no JSON here: {error}"))
    };
    let values: Vec<(u64, Value)> = if text.trim_start().starts_with('[') {
        let list: Vec<Value> = serde_json::from_str(text).map_err(|error| broken(1, &error))?;
        (1..).zip(list).collect()
    } else {
        let mut values = Vec::new();
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            values.push((number, serde_json::from_str(line).map_err(|error| broken(number, &error))?));
        }
        values
    };
    let object = |(number, value): (u64, Value)| match value {
        Value::Object(object) => Ok((number, object)),
        _ => Err(failed(number, 0, "this is no record with names and values".into())),
    };
    values.into_iter().map(object).collect()
}

fn answers_of(record: &Map<String, Value>) -> Vec<ExportedAnswers> {
    let annotations = record.get("annotations").or_else(|| record.get("completions")).and_then(Value::as_array);
    match annotations {
        Some(annotations) => {
            let data = record.get("data").and_then(Value::as_object);
            let named = data.and_then(|data| data.get(CODER)).map(text_of).unwrap_or_default();
            let own = |annotation: &Value| {
                let mut answers = ExportedAnswers::of(data);
                // A sheet that two people answered is no longer that of the one it was made for.
                let coder = if named.is_empty() || annotations.len() > 1 { person(annotation) } else { named.clone() };
                answers.label_studio(annotation);
                answers.add(CODER, &coder);
                answers
            };
            annotations.iter().map(own).collect()
        }
        None if ["label", "labels", "cats", "entities"].iter().any(|name| record.contains_key(*name)) => {
            vec![ExportedAnswers::doccano(record)]
        }
        None => vec![ExportedAnswers::minimal(record)],
    }
}

impl ExportedAnswers {
    /// Item and sentence of a task.
    fn of(data: Option<&Map<String, Value>>) -> Self {
        let mut answers = Self::default();
        for name in [ITEM, SENTENCE] {
            if let Some(value) = data.and_then(|data| data.get(name)) {
                answers.add(name, &text_of(value));
            }
        }
        answers
    }

    /// One annotation of Label Studio's JSON.
    fn label_studio(&mut self, annotation: &Value) {
        if annotation.get("was_cancelled").and_then(Value::as_bool) == Some(true) {
            self.add(NOTE, "[skipped]");
        }
        for result in annotation.get("result").and_then(Value::as_array).into_iter().flatten() {
            let (Some(name), Some(value)) = (result.get("from_name").and_then(Value::as_str), result.get("value"))
            else {
                continue;
            };
            if let Some(labels) = value.get("labels") {
                self.mark(value, labels);
            } else {
                self.answer(name, value);
            }
        }
    }

    /// A record of Label Studio's JSON-MIN: data and answers side by side.
    fn minimal(record: &Map<String, Value>) -> Self {
        let mut answers = Self::of(Some(record));
        for (name, value) in record {
            if plain(name) == Field::MissedFrames.name() {
                for mark in value.as_array().into_iter().flatten() {
                    answers.mark(mark, &mark["labels"]);
                }
            } else if is_column(name) || name == NO_FRAME && !text_of(value).is_empty() {
                answers.answer(name, value);
            }
        }
        if answers.cell(CODER).is_empty() {
            let coder = record.get("annotator").map(person_of).unwrap_or_default();
            answers.add(CODER, &coder);
        }
        answers
    }

    /// A line of doccano: labels such as `voice:own`, or marks with a frame.
    fn doccano(record: &Map<String, Value>) -> Self {
        let inner = ["meta", "metadata"].iter().find_map(|name| record.get(*name).and_then(Value::as_object));
        let data = if record.contains_key(ITEM) { Some(record) } else { inner };
        let mut answers = Self::of(data);
        if let Some(coder) = data.and_then(|data| data.get(CODER)) {
            answers.add(CODER, &text_of(coder));
        }
        let text: Vec<char> = record.get("text").and_then(Value::as_str).unwrap_or_default().chars().collect();
        let words = |start: u64, end: u64| {
            let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX).min(text.len());
            text.get(at(start)..at(end)).unwrap_or_default().iter().collect::<String>()
        };
        for name in ["label", "labels", "cats", "entities"] {
            for label in record.get(name).and_then(Value::as_array).into_iter().flatten() {
                let (start, end, frame) = match label {
                    Value::String(label) => {
                        match label.split_once(':').filter(|(column, _)| is_column(column)) {
                            Some((column, code)) => answers.add(&plain(column), code),
                            None => answers.add(NOTE, label),
                        }
                        continue;
                    }
                    Value::Array(parts) => (parts.first(), parts.get(1), parts.get(2)),
                    mark => (mark.get("start_offset"), mark.get("end_offset"), mark.get("label")),
                };
                let (start, end) = (start.and_then(Value::as_u64), end.and_then(Value::as_u64));
                if let (Some(start), Some(end), Some(frame)) = (start, end, frame.and_then(Value::as_str)) {
                    answers.marks.push((start, frame.to_owned(), words(start, end)));
                } else {
                    answers.add(NOTE, &label.to_string());
                }
            }
        }
        let comments = ["Comments", "comments"].iter().filter_map(|name| record.get(*name)?.as_array()).flatten();
        for comment in comments {
            answers.add(NOTE, &text_of(comment.get("comment").unwrap_or(comment)));
        }
        answers
    }

    /// Words that were marked.
    fn mark(&mut self, value: &Value, labels: &Value) {
        let start = value.get("start").map(|start| start.as_u64().or_else(|| text_of(start).parse().ok()));
        let words = value.get("text").map(text_of).unwrap_or_default();
        for label in labels.as_array().into_iter().flatten() {
            self.marks.push((start.flatten().unwrap_or(u64::MAX), text_of(label), words.clone()));
        }
    }

    /// An answer as Label Studio has it: a text, a list of texts, or an object with one of them.
    fn answer(&mut self, name: &str, value: &Value) {
        let value = ["choices", "text", "taxonomy", "rating", "number"]
            .iter()
            .find_map(|kind| value.as_object().and_then(|value| value.get(*kind)))
            .unwrap_or(value);
        let texts: Vec<String> = match value {
            Value::Array(values) => values.iter().map(text_of).collect(),
            value => vec![text_of(value)],
        };
        for text in texts {
            if name == NO_FRAME {
                self.add(Field::MissedFrames.name(), NOBODY);
            } else if is_column(name) {
                self.add(&plain(name), &text);
            } else {
                self.add(NOTE, &format!("{name}: {text}"));
            }
        }
    }

    /// Adds to a cell: several answers of one column stand beside each other.
    fn add(&mut self, column: &str, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let between = if column == NOTE { " " } else { "|" };
        match self.cells.iter_mut().find(|(name, _)| name == column) {
            Some((_, cell)) => *cell = format!("{cell}{between}{text}"),
            None => self.cells.push((column.to_owned(), text.to_owned())),
        }
    }

    fn cell(&self, column: &str) -> &str {
        self.cells.iter().find(|(name, _)| name == column).map_or("", |(_, cell)| cell)
    }

    fn row(mut self, header: &[String]) -> Vec<String> {
        self.marks.sort();
        let list = |texts: Vec<&str>| texts.join(";");
        if !self.marks.is_empty() {
            let words: Vec<String> = self.marks.iter().map(|(_, _, words)| one_line(words)).collect();
            let frames = list(self.marks.iter().map(|(_, frame, _)| frame.as_str()).collect());
            self.add(Field::MissedFrames.name(), &frames);
            self.add(Field::Terms.name(), &list(words.iter().map(String::as_str).collect()));
        }
        header.iter().map(|column| self.cell(column).to_owned()).collect()
    }
}

/// Words of a mark: a semicolon would divide them from the next ones.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").replace(';', ",")
}

fn is_column(name: &str) -> bool {
    let name = plain(name);
    name == NOTE || name == CODER || Field::ALL.iter().any(|field| field.name() == name)
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        // The last name of a path is what was chosen.
        Value::Array(path) => path.last().map(text_of).unwrap_or_default(),
        value => value.to_string(),
    }
}

/// Who made an annotation.
fn person(annotation: &Value) -> String {
    annotation.get("completed_by").map(person_of).unwrap_or_default()
}

fn person_of(who: &Value) -> String {
    match who.get("email").or_else(|| who.get("id")).unwrap_or(who) {
        Value::Number(number) => format!("annotator {number}"),
        who => text_of(who),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<(String, String)>> {
        assert!(is_export(text));
        let sheet = read("export.json", text).expect("read");
        let filled = |row: &RawRow| {
            let cells = sheet.header.iter().cloned().zip(row.cells.iter().cloned());
            cells.filter(|(_, cell)| !cell.is_empty()).collect()
        };
        sheet.rows.iter().map(filled).collect()
    }

    fn cells(cells: &[(&str, &str)]) -> Vec<(String, String)> {
        cells.iter().map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned())).collect()
    }

    #[test]
    fn annotations_of_label_studio_are_rows_of_their_annotators() {
        let text = r#"[{"id": 7, "data": {"item": "h1-1", "sentence": "a [[siege]]"}, "annotations": [
            {"completed_by": {"id": 3, "email": "anna@example.org"}, "was_cancelled": false, "result": [
              {"from_name": "right_sense", "to_name": "sentence", "type": "choices", "value": {"choices": ["yes"]}},
              {"from_name": "agent", "type": "choices", "value": {"choices": ["Azerbaijan"]}},
              {"from_name": "note", "type": "textarea", "value": {"text": ["see", "above"]}},
              {"from_name": "mood", "type": "choices", "value": {"choices": ["grim"]}}]},
            {"completed_by": 4, "was_cancelled": true, "result": []}], "predictions": []}]"#;
        let item = ("item", "h1-1");
        let sentence = ("sentence", "a [[siege]]");
        assert_eq!(
            rows(text),
            [
                cells(&[
                    item,
                    sentence,
                    ("right_sense", "yes"),
                    ("agent", "Azerbaijan"),
                    ("note", "see above mood: grim"),
                    ("coder", "anna@example.org")
                ]),
                cells(&[item, sentence, ("note", "[skipped]"), ("coder", "annotator 4")]),
            ]
        );
    }

    #[test]
    fn marked_words_are_missed_frames_in_the_order_of_the_sentence() {
        let full = r#"[{"data": {"item": "m1-1", "coder": "ben"}, "annotations": [{"completed_by": 1, "result": [
            {"from_name": "missed_frames", "type": "labels", "value": {"start": 30, "end": 35, "text": "b; c", "labels": ["genocide"]}},
            {"from_name": "missed_frames", "type": "labels", "value": {"start": 4, "end": 9, "text": "a\n b", "labels": ["blockade"]}}]}]}]"#;
        let minimal = r#"[{"item": "m1-1", "coder": "ben", "annotator": 1, "missed_frames": [
            {"start": 4, "end": 9, "text": "a b", "labels": ["blockade"]}, {"start": 30, "end": 34, "text": "b, c", "labels": ["genocide"]}]}]"#;
        let lines = r#"{"id": 1, "text": "xxxxa b b, c", "label": [[8, 12, "genocide"], [4, 7, "blockade"]], "item": "m1-1", "coder": "ben"}"#;
        let entities = r#"{"id": 1, "text": "xxxxa b b, c", "entities": [{"id": 2, "label": "genocide", "start_offset": 8, "end_offset": 12},
            {"id": 1, "label": "blockade", "start_offset": 4, "end_offset": 7}], "relations": [], "item": "m1-1", "coder": "ben"}"#;
        let expected =
            cells(&[("item", "m1-1"), ("missed_frames", "blockade;genocide"), ("terms", "a b;b, c"), ("coder", "ben")]);
        for text in [full, minimal, lines, &entities.replace('\n', " ")] {
            assert_eq!(rows(text), std::slice::from_ref(&expected), "{text}");
        }
        let none = r#"[{"data": {"item": "m1-2"}, "annotations": [{"completed_by": 1, "result": [
            {"from_name": "no_frame", "type": "choices", "value": {"choices": ["none"]}}]}]}]"#;
        assert_eq!(rows(none), [cells(&[("item", "m1-2"), ("missed_frames", "-"), ("coder", "annotator 1")])]);
    }

    #[test]
    fn minimal_records_and_lines_have_their_answers_beside_the_data() {
        let minimal = r#"[{"item": "h1-1", "id": 5, "voice": "own", "right_sense": {"choices": ["yes"]}, "note": "n",
            "annotator": 2, "annotation_id": 9, "frame": "Siege", "lead_time": 3.5}]"#;
        assert_eq!(
            rows(minimal),
            [cells(&[
                ("item", "h1-1"),
                ("right_sense", "yes"),
                ("voice", "own"),
                ("note", "n"),
                ("coder", "annotator 2")
            ])]
        );
        let lines = "{\"id\": 1, \"text\": \"t\", \"label\": [\"agent:ARM\", \"agent:AZE\", \"voice:own\", \"later\"], \"item\": \"h1-1\", \"Comments\": [\"odd\"]}\n\n\
                     {\"id\": 2, \"text\": \"t\", \"label\": [], \"meta\": {\"item\": \"h1-2\"}}\n";
        assert_eq!(
            rows(lines),
            [
                cells(&[("item", "h1-1"), ("voice", "own"), ("agent", "ARM|AZE"), ("note", "later odd")]),
                cells(&[("item", "h1-2")]),
            ]
        );
    }

    #[test]
    fn a_table_of_label_studio_has_marks_in_a_cell() {
        let text = "annotation_id,annotator,item,missed_frames,no_frame,note,sentence\n\
                    1,anna@example.org,m1-1,\"[{\"\"start\"\":0,\"\"end\"\":3,\"\"text\"\":\"\"abc\"\",\"\"labels\"\":[\"\"blockade\"\"]}]\",,n,abc d\n\
                    2,anna@example.org,m1-2,,none,,e\n";
        let sheet = RawSheet::read("export.csv", text.into()).expect("read");
        let cells = |row: usize, name| sheet.rows[row].cell(sheet.column(name)).to_owned();
        assert_eq!(
            ["missed_frames", "terms", "note", "coder"].map(|name| cells(0, name)),
            ["blockade", "abc", "n", "anna@example.org"]
        );
        assert_eq!((cells(1, "missed_frames"), cells(1, "item"), sheet.rows[1].line), ("-".into(), "m1-2".into(), 3));
        let plain = RawSheet::from_csv("s", "item,voice\nh1-1,own\n".into()).expect("read");
        assert_eq!(of_table(plain.clone()), plain);
    }

    #[test]
    fn what_is_no_json_is_reported_with_its_place() {
        for (text, place) in [("[{\"a\": 1},\n {]", "e:2:3"), ("{\"a\": 1}\n{oops}\n", "e:2:2"), ("[1]", "e:1")] {
            let error = read("e", text).expect_err("refused").to_string();
            assert!(error.contains(place), "{error}");
        }
    }
}
