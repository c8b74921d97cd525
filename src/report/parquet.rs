//! `--format parquet`: each CSV file once more as Parquet, equal in values because it is made from the file itself.

use crate::error::{Error, Result};
use crate::tables::{ColumnKind, TableColumn};
use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::sync::Arc;

/// Rows that are held at a time.
const ROW_GROUP: usize = 1 << 17;

/// Converts a table that is on disk.
pub(super) fn convert(from: &Path, to: &Path, fields: &[TableColumn]) -> Result<()> {
    let source = File::open(from).map_err(Error::io("read", from))?;
    let target = File::create(to).map_err(Error::io("write", to))?;
    write(BufReader::with_capacity(1 << 18, source), BufWriter::new(target), fields)
        .map_err(|error| Error::Output(format!("cannot write `{}`: {error}", to.display())))
}

/// The values of one column, with the level of each row: 1 is a value, 0 is none.
struct ParquetColumn {
    levels: Vec<i16>,
    values: Values,
}

enum Values {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Number(Vec<f64>),
    Boolean(Vec<bool>),
}

fn write(
    source: impl std::io::Read,
    target: impl std::io::Write + Send,
    fields: &[TableColumn],
) -> std::result::Result<(), ParquetError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(format!("framescope {}", env!("CARGO_PKG_VERSION")))
        .build();
    let mut writer = SerializedFileWriter::new(target, schema(fields)?, Arc::new(properties))?;
    let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(source);
    let mut record = csv::StringRecord::new();
    let mut columns: Vec<ParquetColumn> = fields.iter().map(|field| ParquetColumn::new(field.kind)).collect();
    let mut rows = 0;
    let outside = |error: csv::Error| ParquetError::External(Box::new(error));
    while reader.read_record(&mut record).map_err(outside)? {
        for (column, value) in columns.iter_mut().zip(&record) {
            column.push(value)?;
        }
        rows += 1;
        if rows == ROW_GROUP {
            flush(&mut writer, &mut columns)?;
            rows = 0;
        }
    }
    if rows > 0 {
        flush(&mut writer, &mut columns)?;
    }
    writer.close()?;
    Ok(())
}

fn schema(fields: &[TableColumn]) -> std::result::Result<Arc<Type>, ParquetError> {
    let column = |field: &TableColumn| {
        let (physical, converted) = match field.kind {
            ColumnKind::Text => (Physical::BYTE_ARRAY, ConvertedType::UTF8),
            ColumnKind::Integer => (Physical::INT64, ConvertedType::NONE),
            ColumnKind::Number => (Physical::DOUBLE, ConvertedType::NONE),
            ColumnKind::Boolean => (Physical::BOOLEAN, ConvertedType::NONE),
        };
        Type::primitive_type_builder(&field.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_converted_type(converted)
            .build()
            .map(Arc::new)
    };
    let columns = fields.iter().map(column).collect::<std::result::Result<Vec<_>, _>>()?;
    Ok(Arc::new(Type::group_type_builder("table").with_fields(columns).build()?))
}

fn flush<W: std::io::Write + Send>(
    writer: &mut SerializedFileWriter<W>,
    columns: &mut [ParquetColumn],
) -> std::result::Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for column in columns {
        column.write(&mut group)?;
    }
    group.close()?;
    Ok(())
}

impl ParquetColumn {
    fn new(kind: ColumnKind) -> Self {
        let values = match kind {
            ColumnKind::Text => Values::Text(Vec::new()),
            ColumnKind::Integer => Values::Integer(Vec::new()),
            ColumnKind::Number => Values::Number(Vec::new()),
            ColumnKind::Boolean => Values::Boolean(Vec::new()),
        };
        Self { levels: Vec::new(), values }
    }

    fn push(&mut self, text: &str) -> std::result::Result<(), ParquetError> {
        self.levels.push(i16::from(!text.is_empty()));
        if text.is_empty() {
            return Ok(());
        }
        let bad = || ParquetError::General(format!("`{text}` is not of the column's type"));
        match &mut self.values {
            Values::Text(values) => values.push(ByteArray::from(text)),
            Values::Integer(values) => values.push(text.parse().map_err(|_| bad())?),
            Values::Number(values) => values.push(text.parse().map_err(|_| bad())?),
            Values::Boolean(values) => values.push(text.parse().map_err(|_| bad())?),
        }
        Ok(())
    }

    fn write<W: std::io::Write + Send>(
        &mut self,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> std::result::Result<(), ParquetError> {
        let Some(mut column) = group.next_column()? else { return Ok(()) };
        let levels = Some(self.levels.as_slice());
        match &mut self.values {
            Values::Text(values) => {
                column.typed::<ByteArrayType>().write_batch(values, levels, None)?;
                values.clear();
            }
            Values::Integer(values) => {
                column.typed::<Int64Type>().write_batch(values, levels, None)?;
                values.clear();
            }
            Values::Number(values) => {
                column.typed::<DoubleType>().write_batch(values, levels, None)?;
                values.clear();
            }
            Values::Boolean(values) => {
                column.typed::<BoolType>().write_batch(values, levels, None)?;
                values.clear();
            }
        }
        self.levels.clear();
        column.close()
    }
}
