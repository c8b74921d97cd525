//! Rich Text Format, as Word, LibreOffice, TextEdit and the archives write it.
//!
//! Control words, groups, bytes in the code page of their font, and `\u` with the bytes that older readers show in its
//! stead. Groups are counted, not entered: depth costs a few bytes.

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::super::decode::NoText;
use super::paragraphs::Paragraphs;
use super::{Document, Extracted, archive, properties};
use crate::corpus::metadata::KnownMeta;

/// Name and version of what finds the text.
pub(super) const EXTRACTOR: &str = "rtf 1";

/// The text of a file, or the articles of an archive's bundle.
///
/// # Errors
///
/// A file that is not in Rich Text Format.
pub(super) fn rtf(bytes: &[u8]) -> Result<Document, NoText> {
    if !bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return Err(NoText {
            what: "it does not begin as Rich Text Format".to_owned(),
            help: "give the file the extension of what it is",
        });
    }
    let mut reader = Reader::new(bytes);
    reader.read();
    if reader.groups.len() > 1 {
        // the outermost group is popped at a whole file's end
        let what = "the file is cut short: groups in it never end".to_owned();
        return Err(NoText { what, help: "fetch it anew, or open it and save it again" });
    }
    let Reader { paragraphs, properties, .. } = reader;
    let text = paragraphs.finish();
    Ok(match archive::of_text(&text) {
        Some(download) => download,
        None => vec![Extracted { text, hints: properties, line: 1, ..Extracted::default() }].into(),
    })
}

/// What a group's text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Destination {
    Text,
    LeftOut,
    Fonts,
    /// A property of the file, by the name that Dublin Core has for it.
    Property(&'static str),
}

#[derive(Debug, Clone, Copy)]
struct RtfGroup {
    place: Destination,
    /// Hidden or deleted text.
    is_hidden: bool,
    /// Characters that stand in place of each `\u`.
    stand_ins: usize,
    encoding: &'static Encoding,
}

/// Groups whose text is not the document's.
const LEFT_OUT: [&str; 34] = [
    "colortbl",
    "stylesheet",
    "pict",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "annotation",
    "fldinst",
    "themedata",
    "datastore",
    "listtable",
    "listoverridetable",
    "generator",
    "xmlnstbl",
    "nonshppict",
    "revtbl",
    "rsidtbl",
    "bkmkstart",
    "bkmkend",
    "tc",
    "xe",
    "object",
    "objdata",
    "filetbl",
    "latentstyles",
    "pntext",
    "listtext",
    "private",
];

/// Groups after `\*` whose text is read nevertheless.
const KNOWN: [&str; 4] = ["shptxt", "shpinst", "shppict", "fldrslt"];

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    groups: Vec<RtfGroup>,
    paragraphs: Paragraphs,
    properties: KnownMeta,
    /// Bytes that wait for the rest of their character.
    pending: Vec<u8>,
    /// The first half of a surrogate pair.
    half: Option<u16>,
    /// Stand-ins of the last `\u` that are still to be passed over.
    to_skip: usize,
    fonts: HashMap<i32, &'static Encoding>,
    font: i32,
    value: String,
}

impl<'b> Reader<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        let outermost =
            RtfGroup { place: Destination::Text, is_hidden: false, stand_ins: 1, encoding: encoding_rs::WINDOWS_1252 };
        Self {
            bytes,
            at: 0,
            groups: vec![outermost],
            paragraphs: Paragraphs::default(),
            properties: KnownMeta::default(),
            pending: Vec::new(),
            half: None,
            to_skip: 0,
            fonts: HashMap::new(),
            font: 0,
            value: String::new(),
        }
    }

    fn group(&mut self) -> &mut RtfGroup {
        // the list is never empty: see `close`
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    fn read(&mut self) {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    self.to_skip = 0;
                    let inner = *self.group();
                    self.groups.push(inner);
                }
                b'}' => self.close(),
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => {}
                byte => self.byte(byte),
            }
        }
        self.flush();
    }

    fn close(&mut self) {
        self.flush();
        self.to_skip = 0;
        if let Destination::Property(name) = self.group().place {
            properties::put(&mut self.properties, name, &self.value);
            self.value.clear();
        }
        if self.groups.len() > 1 {
            self.groups.pop();
        }
    }

    /// A byte of text.
    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else {
            self.half = None;
            self.pending.push(byte);
        }
    }

    /// Decodes the bytes so far; whatever is said next may change their encoding.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let encoding = self.group().encoding;
        let pending = std::mem::take(&mut self.pending);
        let (text, _) = encoding.decode_without_bom_handling(&pending);
        self.text(&text);
    }

    fn text(&mut self, text: &str) {
        let group = *self.group();
        match group.place {
            Destination::Text if !group.is_hidden => self.paragraphs.push(text),
            Destination::Property(_) => self.value.push_str(text),
            Destination::Text | Destination::LeftOut | Destination::Fonts => {}
        }
    }

    fn symbol(&mut self, text: &str) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
            return;
        }
        self.flush();
        self.text(text);
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if self.group().place == Destination::Text {
            self.paragraphs.end();
        }
    }

    fn control(&mut self) {
        let Some(first) = self.bytes.get(self.at).copied() else { return };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            match first {
                b'\'' => {
                    let digits = self.bytes.get(self.at..self.at + 2).and_then(|two| std::str::from_utf8(two).ok());
                    if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                        self.at += 2;
                        self.byte(byte);
                    }
                }
                b'\\' | b'{' | b'}' => self.byte(first),
                b'~' => self.symbol("\u{A0}"),
                b'_' => self.symbol("\u{2011}"),
                b'*' => self.starred(),
                b'\r' | b'\n' => self.end_paragraph(),
                _ => {}
            }
            return;
        }
        let (word, value) = self.word();
        self.word_said(word, value);
    }

    /// Reads a control word, its number and the blank that ends it.
    fn word(&mut self) -> (&'b str, Option<i32>) {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len());
        let word = std::str::from_utf8(&rest[..length]).unwrap_or_default();
        let is_negative = rest.get(length) == Some(&b'-');
        let from = length + usize::from(is_negative);
        let digits = rest[from..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let number: Option<i64> =
            std::str::from_utf8(&rest[from..from + digits]).ok().and_then(|digits| digits.parse().ok());
        let mut end = if digits > 0 { from + digits } else { length };
        if rest.get(end) == Some(&b' ') {
            end += 1;
        }
        self.at += end;
        let signed = number.map(|number| if is_negative { -number } else { number });
        (word, signed.and_then(|number| i32::try_from(number).ok()))
    }

    /// `\*` says that a reader may pass over the group if it does not know the word after it.
    fn starred(&mut self) {
        if self.bytes.get(self.at) != Some(&b'\\') {
            return;
        }
        self.at += 1;
        let (word, _) = self.word();
        if !KNOWN.contains(&word) {
            self.group().place = Destination::LeftOut;
        }
    }

    fn word_said(&mut self, word: &str, value: Option<i32>) {
        let is_on = value != Some(0);
        match word {
            "par" | "sect" | "page" | "row" | "nestrow" => self.end_paragraph(),
            "line" | "softline" => self.symbol("\n"),
            "tab" | "cell" | "nestcell" => self.symbol("\t"),
            "emdash" => self.symbol("\u{2014}"),
            "endash" => self.symbol("\u{2013}"),
            "lquote" => self.symbol("\u{2018}"),
            "rquote" => self.symbol("\u{2019}"),
            "ldblquote" => self.symbol("\u{201C}"),
            "rdblquote" => self.symbol("\u{201D}"),
            "bullet" => self.symbol("\u{2022}"),
            "emspace" | "enspace" | "qmspace" => self.symbol(" "),
            "u" => self.unicode(value.unwrap_or_default()),
            "uc" => self.group().stand_ins = usize::try_from(value.unwrap_or(1)).unwrap_or(0).min(16),
            "bin" => {
                let length = usize::try_from(value.unwrap_or_default()).unwrap_or(0);
                self.at = self.at.saturating_add(length).min(self.bytes.len());
            }
            "ansicpg" | "pc" | "pca" | "mac" => {
                self.flush();
                let page = match word {
                    "pc" => 437,
                    "pca" => 850,
                    "mac" => 10000,
                    _ => value.unwrap_or_default(),
                };
                let encoding = of_page(page).unwrap_or(encoding_rs::WINDOWS_1252);
                self.group().encoding = encoding;
            }
            "f" => {
                self.flush();
                self.font = value.unwrap_or_default();
                if let Some(encoding) = self.fonts.get(&self.font).copied()
                    && self.group().place != Destination::Fonts
                {
                    self.group().encoding = encoding;
                }
            }
            "fcharset" | "cpg" if self.group().place == Destination::Fonts => {
                let page = value.unwrap_or_default();
                let page = if word == "cpg" { page } else { page_of_charset(page) };
                self.fonts.extend(of_page(page).map(|encoding| (self.font, encoding)));
            }
            "plain" => self.group().is_hidden = false,
            "v" | "deleted" => {
                self.flush();
                self.group().is_hidden = is_on;
            }
            "fonttbl" => self.group().place = Destination::Fonts,
            "info" => self.group().place = Destination::LeftOut,
            "title" => self.property("title"),
            "author" => self.property("creator"),
            word if LEFT_OUT.contains(&word) => self.group().place = Destination::LeftOut,
            _ => {}
        }
    }

    /// In the group `info` a word begins a property; anywhere else it means nothing.
    fn property(&mut self, name: &'static str) {
        if self.group().place == Destination::LeftOut {
            self.value.clear();
            self.group().place = Destination::Property(name);
        }
    }

    fn unicode(&mut self, value: i32) {
        self.flush();
        // numbers above 32,767 are written as negative ones
        let unit = (value & 0xFFFF) as u16;
        let unit_value = u32::try_from(value).unwrap_or(u32::from(unit));
        let before = self.half.take();
        match (before, unit) {
            (_, 0xD800..0xDC00) => self.half = Some(unit),
            (Some(high), 0xDC00..0xE000) => {
                let pair = char::decode_utf16([high, unit]).next().and_then(Result::ok);
                self.text(pair.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]));
            }
            _ => {
                let c = char::from_u32(unit_value).unwrap_or(char::REPLACEMENT_CHARACTER);
                self.text(c.encode_utf8(&mut [0; 4]));
            }
        }
        self.to_skip = self.group().stand_ins;
    }
}

/// The code page of a font's character set.
fn page_of_charset(charset: i32) -> i32 {
    match charset {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        // 0 is Western, 1 is the file's own
        _ => 0,
    }
}

/// The encoding of a code page; code pages of DOS are read as the nearest that is known.
fn of_page(page: i32) -> Option<&'static Encoding> {
    let label = match page {
        437 | 850 | 1252 => "windows-1252",
        866 => "ibm866",
        874 => "windows-874",
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        1250 => "windows-1250",
        1251 => "windows-1251",
        1253 => "windows-1253",
        1254 => "windows-1254",
        1255 => "windows-1255",
        1256 => "windows-1256",
        1257 => "windows-1257",
        1258 => "windows-1258",
        10000 => "macintosh",
        10007 => "x-mac-cyrillic",
        28592 => "iso-8859-2",
        28595 => "iso-8859-5",
        65001 => "utf-8",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    fn text(rtf: &str) -> String {
        super::rtf(rtf.as_bytes()).unwrap().articles.remove(0).text
    }

    #[test]
    fn text_is_reported_from_everything_else() {
        let rtf = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}
{\colortbl;\red0\green0\blue0;}{\stylesheet{\s1 Heading;}}{\info{\title A title}{\author A Name}{\*\company X}}
{\header\pard Page 1\par}{\pard\b Talks\b0  resume\par}
\pard \ldblquote Caf\'e9\rdblquote\~said {\f1 \'cc\'e8\'f0} and \u1052?\u1080?\u1088? \u-10179?\u-8704? end.{\v hidden}\line
next{\*\unknown gone}{\field{\*\fldinst{HYPERLINK x}}{\fldrslt{ link}}}\par
{\pict\bin4 }{{}a\par}{\trowd HD\cell A title\cell\row}\par}";
        let expected = "Talks resume\n\n“Café”\u{A0}said Мир and Мир 😀 end.\nnext link\n\na\n\nHD\tA title";
        let rtf = rtf.replace("\\bin4 }", "\\bin4 }{}}}");
        assert_eq!(text(&rtf), expected);
        let document = super::rtf(rtf.as_bytes()).unwrap();
        let hints = &document.articles[0].hints;
        assert_eq!((hints.title.as_deref(), hints.author.as_deref()), (Some("A title"), Some("A Name")));
    }

    #[test]
    fn several_stand_ins_and_bytes_of_two_are_understood() {
        assert_eq!(text(r"{\rtf1\uc2\u8212\'5f\'5fa{\uc0\u8212 b}\u8212\'5f\'5fc}"), "\u{2014}a\u{2014}b\u{2014}c");
        assert_eq!(text(r"{\rtf1{\fonttbl{\f2\fcharset128 M;}}\f2\'93\'fa\'96\'7b}"), "日本");
        assert_eq!(text(r"{\rtf1 \\ \{a\} {\deleted x}\plain y}"), "\\ {a} y");
    }

    #[test]
    fn a_cut_file_and_another_format_are_reported() {
        assert!(super::rtf(b"{\\rtf1 text {\\b bold").unwrap_err().what.contains("cut short"));
        assert!(super::rtf(b"plain").unwrap_err().what.contains("Rich Text"));
        let deep = format!("{{\\rtf1 {}x{}}}", "{".repeat(200_000), "}".repeat(200_000));
        assert_eq!(text(&deep), "x");
    }
}
