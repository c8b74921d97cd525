//! How spreadsheets save a table: a byte order mark, the line ends of three systems, semicolons or tabs between cells,
//! a first line that names the delimiter, curly marks around a cell.

use std::borrow::Cow;

/// A file as the reader of CSV takes it.
pub(crate) struct CsvText<'a> {
    /// The text from its header, with `\n` at the end of each line.
    pub text: Cow<'a, str>,
    /// Lines of the file before `text`.
    pub lines_before: u64,
    pub delimiter: u8,
}

impl<'a> CsvText<'a> {
    pub fn of(text: &'a str) -> Self {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        // With `\r` in it, a reader of CSV counts other lines than an editor shows.
        let text = match text.contains('\r') {
            true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
            false => Cow::Borrowed(text),
        };
        let Some(named) = named_delimiter(&text) else {
            let delimiter = delimiter_of(text.lines().next().unwrap_or_default());
            return Self { text, lines_before: 0, delimiter };
        };
        let rest = |text: &str| text.find('\n').map_or(text.len(), |at| at + 1);
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[rest(text)..]),
            Cow::Owned(text) => Cow::Owned(text[rest(&text)..].to_owned()),
        };
        Self { text, lines_before: 1, delimiter: named }
    }
}

/// A first line such as `sep=;`, with which a spreadsheet program says how the cells are divided.
fn named_delimiter(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim_matches('"');
    match line.strip_prefix("sep=")?.as_bytes() {
        [delimiter] if delimiter.is_ascii() => Some(*delimiter),
        _ => None,
    }
}

/// What divides the cells of a codebook file.
pub fn delimiter(text: &str) -> char {
    char::from(CsvText::of(text).delimiter)
}

/// What divides the cells of a header: no name of a column holds a comma, a semicolon or a tab.
fn delimiter_of(header: &str) -> u8 {
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    // The last of equals wins: a comma where there is but one column.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// A cell without blanks around it, and without curly marks where a pair of them is around the whole of it.
pub(crate) fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    for (open, close) in [('\u{201C}', '\u{201D}'), ('\u{201E}', '\u{201C}')] {
        if let Some(inner) = cell.strip_prefix(open).and_then(|rest| rest.strip_suffix(close))
            && !inner.contains([open, close])
        {
            return inner.trim();
        }
    }
    cell
}

/// `#NAME?` and its like: a text that begins like a formula was taken for one.
pub(crate) fn is_spreadsheet_error(cell: &str) -> bool {
    ["#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!"].contains(&cell.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::{Codebook, CsvFile};
    use crate::error::Error;

    fn read(aliases: &str) -> Result<Codebook, Error> {
        let actors = "actor;name;kind\r\nAAA;Ayland; the land;State\r\n".replace("; the", " the");
        Codebook::parse(vec![CsvFile::new("cb", "actors.csv", actors), CsvFile::new("cb", "aliases.csv", aliases)])
    }

    fn faults(aliases: &str) -> Vec<(String, u64, u64)> {
        let Err(Error::Codebook(faults)) = read(aliases) else { panic!("{aliases} is refused") };
        faults.into_iter().map(|fault| (fault.what, fault.place.line, fault.place.column)).collect()
    }

    #[test]
    fn what_spreadsheets_save_is_read() {
        for text in [
            "actor,alias,kind,match_case\nAAA,Ayland,name,FALSE\n",
            "\u{FEFF}actor;alias;kind;match_case\r\nAAA;Ayland;Name;False\r\n",
            "sep=;\r\nactor;alias;kind;match_case\r\nAAA;Ayland;;FALSE\r\n",
            "actor\talias\tkind\tmatch_case\rAAA\tAyland\t\tfalse\r",
            "Actor,Alias,Kind,Match_case,,\nAAA,\u{201C}Ayland\u{201D},name,false,,\n,,,,,\n",
            "actor,match_case,alias,kind\n# the name of the land\nAAA,false,Ayland\n",
        ] {
            let read = read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            let alias = &read.aliases[0];
            let kind = (alias.kind, alias.case);
            assert_eq!(alias.alias, "Ayland", "{text}");
            assert_eq!(kind, (crate::codebook::AliasKind::Name, crate::codebook::Case::Insensitive), "{text}");
            assert_eq!(read.aliases.len(), 1, "{text}");
        }
    }

    #[test]
    fn lines_are_those_of_the_file() {
        for (text, line, column) in [
            ("actor,alias,kind\r\nAAA,A,name\r\nAAA,B,yes\r\n", 3, 3),
            ("actor;alias;kind\r\nAAA;\"A\r\nb\";name\r\nAAA;B;yes\r\n", 4, 3),
            ("sep=;\nkind;actor;alias\nyes;AAA;B\n", 3, 1),
            ("actor,alias,kind\rAAA,B,yes\r", 2, 3),
        ] {
            assert_eq!(faults(text), [("unknown kind of alias `yes`".into(), line, column)], "{text}");
        }
    }

    #[test]
    fn a_row_that_cannot_be_read_is_reported_once() {
        for (row, what, column) in [
            ("AAA,Baku, the capital,yes", "4 cells where the header has 3", 0),
            ("AAA,#NAME?,name", "`#NAME?` is the error of a formula in a spreadsheet", 2),
        ] {
            let text = format!("actor,alias,kind\n{row}\n");
            assert_eq!(faults(&text), [(what.to_owned(), 2, column)]);
        }
    }

    #[test]
    fn curly_marks_around_a_part_of_a_cell_stay() {
        assert_eq!(bare(" \u{201C}Nato\u{201D} "), "Nato");
        assert_eq!(
            bare("\u{201C}so-called\u{201D} or \u{201C}state\u{201D}"),
            "\u{201C}so-called\u{201D} or \u{201C}state\u{201D}"
        );
        assert_eq!(bare("the \u{201C}state\u{201D}"), "the \u{201C}state\u{201D}");
    }
}
