//! Parquet: one row group after another, as rows of a table.

use std::sync::Arc;

use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::{Field, Row};

use super::super::decode::NoText;
use super::guard::guarded;

/// A file that is being read.
pub(crate) struct Columnar {
    reader: Arc<dyn FileReader>,
    group: usize,
    has_header: bool,
}

fn damaged(error: &dyn std::fmt::Display) -> NoText {
    NoText { what: format!("it is damaged, cut short or no Parquet file: {error}"), help: "fetch or write it anew" }
}

impl Columnar {
    /// Reads what the file says of itself.
    ///
    /// # Errors
    ///
    /// A file that is no Parquet file, or only the first piece of one.
    pub fn open<C: ChunkReader + 'static>(chunks: C) -> Result<Self, NoText> {
        let reader = guarded(move || SerializedFileReader::new(chunks).map_err(|error| damaged(&error)))?;
        Ok(Self { reader: Arc::new(reader), group: 0, has_header: false })
    }

    /// The rows of the next row group, the header before those of the first; `None` at the end.
    ///
    /// # Errors
    ///
    /// A damaged row group, or one in an encoding that is not known.
    pub fn next_rows(&mut self) -> Result<Option<Vec<Vec<String>>>, NoText> {
        let (reader, at) = (self.reader.clone(), self.group);
        if at >= reader.num_row_groups() {
            return Ok(None);
        }
        self.group += 1;
        let with_header = !std::mem::replace(&mut self.has_header, true);
        guarded(move || {
            let group = reader.get_row_group(at).map_err(|error| damaged(&error))?;
            let mut rows = Vec::new();
            for row in group.get_row_iter(None).map_err(|error| damaged(&error))? {
                let mut cells: Vec<(String, String)> = Vec::new();
                flatten("", &row.map_err(|error| damaged(&error))?, &mut cells);
                if with_header && rows.is_empty() {
                    rows.push(cells.iter().map(|(name, _)| name.clone()).collect());
                }
                rows.push(cells.into_iter().map(|(_, value)| value).collect());
            }
            Ok(Some(rows))
        })
    }
}

/// The cells of a row; those of a group have its name before theirs: `article.body`.
fn flatten(before: &str, row: &Row, cells: &mut Vec<(String, String)>) {
    for (name, field) in row.get_column_iter() {
        let name = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
        match field {
            Field::Group(inner) => flatten(&name, inner, cells),
            field => cells.push((name, as_text(field))),
        }
    }
}

fn as_text(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Field::Double(number) => number.to_string(),
        Field::Float(number) => number.to_string(),
        Field::Long(number) => number.to_string(),
        Field::Date(_) | Field::TimestampMillis(_) | Field::TimestampMicros(_) => {
            // `2023-10-07 10:15:00 +00:00`
            let text = field.to_string();
            text.trim_end_matches(" +00:00").trim_end_matches(" 00:00:00").to_owned()
        }
        Field::ListInternal(list) => {
            list.elements().iter().map(as_text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
        }
        Field::MapInternal(_) | Field::Group(_) => String::new(),
        field => field.to_string(),
    }
}
