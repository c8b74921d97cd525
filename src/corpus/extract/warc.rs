//! Web archives (`.warc`, `.warc.gz`): the pages that were fetched, each an article.
//!
//! An archive is read record by record, so that it may be larger than the memory. The reader only looks at the headers of
//! records and keeps those of pages; workers unpack the pages and find the articles.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use rustc_hash::FxHashSet;

use super::super::compressed::ByteStream;
use super::super::decode::NoText;
use super::super::origin::sha256;
use super::super::same::hex;
use super::guard::guarded;
use super::mime::{Headers, line};
use super::{Extracted, Note, html, stamp};

/// A page of more bytes than this (unpacked) is left out.
const MAX_PAGE_BYTES: u64 = 64 << 20;
/// The header lines of a record, or a line between two records, are not longer than this.
const MAX_HEAD_BYTES: u64 = 1 << 20;

const MAGIC: &[u8] = b"WARC/";

/// What a record is to a reader of pages, where it gives none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Passed {
    /// Requests, descriptions of the archive, notes of repeated visits.
    NoResponse,
    /// A picture, a script, a style sheet.
    NoPage,
    /// Moved, not found, refused.
    OtherStatus,
    /// An address that was read already.
    Again,
}

impl Passed {
    fn meaning(self) -> &'static str {
        match self {
            Self::NoResponse => "are no answers of a server",
            Self::NoPage => "are no web pages",
            Self::OtherStatus => "are answers other than `200 OK`",
            Self::Again => "are pages of an address that was read already",
        }
    }
}

/// The record of a page, not yet unpacked.
#[derive(Debug)]
pub(crate) struct PageRecord {
    /// Counts the records of the archive from 1.
    pub number: u64,
    pub address: String,
    bytes: Vec<u8>,
    is_cut: bool,
}

impl PageRecord {
    pub fn bytes(&self) -> u64 {
        self.bytes.len() as u64
    }
}

/// An archive that is being read.
pub(crate) struct Warc {
    stream: BufReader<ByteStream>,
    records: u64,
    seen: FxHashSet<String>,
    passed: BTreeMap<Passed, u64>,
    pages: u64,
}

/// The next record of an archive.
enum NextRecord {
    Page(PageRecord),
    Passed(Passed),
    /// A page that is too large.
    LeftOut(Note),
    End,
}

impl Warc {
    pub fn new(stream: ByteStream) -> Self {
        let (seen, passed) = (FxHashSet::default(), BTreeMap::new());
        Self { stream: BufReader::with_capacity(1 << 17, stream), records: 0, seen, passed, pages: 0 }
    }

    /// The next page, or what is to be reported of one that is left out; `None` at the end.
    ///
    /// # Errors
    ///
    /// An unreadable stream.
    pub fn next_page(&mut self) -> std::io::Result<Option<Result<PageRecord, Note>>> {
        loop {
            match self.next()? {
                NextRecord::Page(page) if self.seen.insert(id(&page.address)) => {
                    self.pages += 1;
                    return Ok(Some(Ok(page)));
                }
                NextRecord::Page(_) => *self.passed.entry(Passed::Again).or_default() += 1,
                NextRecord::Passed(why) => *self.passed.entry(why).or_default() += 1,
                NextRecord::LeftOut(note) => return Ok(Some(Err(note))),
                NextRecord::End => return Ok(None),
            }
        }
    }

    /// What else is in the archive; said after the end.
    pub fn passed_over(&self) -> Option<Note> {
        let each: Vec<String> = self.passed.iter().map(|(why, n)| format!("{n} {}", why.meaning())).collect();
        let what = || format!("of {} records, {}; they are not read", self.records, each.join(", "));
        (!each.is_empty()).then(|| Note::new(0, what(), ""))
    }

    /// Why there is none, where there was no page at all.
    pub fn without_a_page(&self) -> Option<NoText> {
        match (self.pages, self.records) {
            (0, 0) => Some(NoText {
                what: "no record of a web archive is in it".to_owned(),
                help: "name it by what it is, or fetch it anew",
            }),
            (0, records) => Some(NoText {
                what: format!("none of its {records} records is a page that a server gave"),
                help: "an archive of pages has records of the type `response` with `text/html`",
            }),
            _ => None,
        }
    }

    /// The next record. What stands between two records and is no record is passed over.
    fn next(&mut self) -> std::io::Result<NextRecord> {
        let mut head = Vec::new();
        while !head.starts_with(MAGIC) {
            head.clear();
            if self.line(&mut head)? == 0 {
                return Ok(NextRecord::End);
            }
        }
        self.records += 1;
        let number = self.records;
        head.clear();
        loop {
            let read = self.line(&mut head)?;
            if head[head.len() - read..].trim_ascii().is_empty() || head.len() as u64 > MAX_HEAD_BYTES {
                break;
            }
        }
        let (headers, _) = Headers::read(&head);
        let length = headers.get("content-length").parse::<u64>().unwrap_or(0);
        let address = headers.get("warc-target-uri").trim_matches(['<', '>']).to_owned();
        let is_resource = headers.get("warc-type").eq_ignore_ascii_case("resource") && headers.is_page();
        if !is_resource && !headers.get("warc-type").eq_ignore_ascii_case("response") {
            self.pass(length)?;
            return Ok(NextRecord::Passed(Passed::NoResponse));
        }
        let begin = head.len();
        // what is no page shows it at its begin, and may be a film
        let first = length.min(MAX_HEAD_BYTES);
        let mut read = self.stream.by_ref().take(first).read_to_end(&mut head)? as u64;
        if let Some(why) = if is_resource { None } else { why_no_page(&head[begin..]) } {
            self.pass(length - read)?;
            return Ok(NextRecord::Passed(why));
        }
        if length > MAX_PAGE_BYTES {
            self.pass(length - read)?;
            let what = format!("{address}: the page has more than {} MB", MAX_PAGE_BYTES >> 20);
            return Ok(NextRecord::LeftOut(Note::new(number, what, "")));
        }
        read += self.stream.by_ref().take(length - read).read_to_end(&mut head)? as u64;
        let is_cut = read < length;
        Ok(NextRecord::Page(PageRecord { number, address, bytes: head, is_cut }))
    }

    /// Adds a line with its end; the number of its bytes, 0 at the end of the stream.
    fn line(&mut self, line: &mut Vec<u8>) -> std::io::Result<usize> {
        self.stream.by_ref().take(MAX_HEAD_BYTES).read_until(b'\n', line)
    }

    fn pass(&mut self, bytes: u64) -> std::io::Result<()> {
        std::io::copy(&mut self.stream.by_ref().take(bytes), &mut std::io::sink()).map(drop)
    }
}

/// Why an answer is no page.
fn why_no_page(content: &[u8]) -> Option<Passed> {
    let (status, rest) = line(content);
    let status = String::from_utf8_lossy(&status[..status.len().min(256)]);
    if status.split_ascii_whitespace().nth(1) != Some("200") {
        return Some(Passed::OtherStatus);
    }
    (!Headers::read(rest).0.is_page()).then_some(Passed::NoPage)
}

/// The article of a page.
///
/// # Errors
///
/// Why it has none, with the place.
pub(crate) fn article(record: &PageRecord) -> Result<Extracted, Note> {
    let note = |what: String, help: &str| Note::new(record.number, format!("{}: {what}", record.address), help);
    let page = fetched(record).map_err(|what| note(what, "fetch the page anew without packing it"))?;
    let found = guarded(|| html::page(html::decoded(&page.body, page.charset.as_deref())?, Some(&record.address)));
    let mut article = found.map_err(|no_text| note(no_text.what, no_text.help))?;
    article.line = record.number;
    article.id = Some(id(&record.address)).filter(|id| !id.is_empty());
    stamp(&mut article.known, html::EXTRACTOR, &hex(&sha256(&page.body)));
    if record.is_cut {
        article.notes.push(Note::new(record.number, "the record is cut off", "fetch or make the archive anew"));
    }
    Ok(article)
}

/// A page as its server meant it.
pub(super) struct Fetched<'b> {
    charset: Option<String>,
    pub body: Cow<'b, [u8]>,
}

/// Takes the page out of its record, or says why it cannot be.
pub(super) fn fetched(record: &PageRecord) -> Result<Fetched<'_>, String> {
    let (headers, content) = Headers::read(&record.bytes);
    if headers.get("warc-type").eq_ignore_ascii_case("resource") {
        // a page that was stored without the talk of the servers
        return Ok(Fetched { charset: headers.parameter("charset").map(str::to_owned), body: content.into() });
    }
    let (answer, body) = Headers::read(line(content).1);
    let is_chunked = answer.get("transfer-encoding").eq_ignore_ascii_case("chunked");
    let body = if is_chunked { chunks(body).into() } else { Cow::Borrowed(body) };
    let body = unpacked(&answer.get("content-encoding").to_ascii_lowercase(), body)?;
    Ok(Fetched { charset: answer.parameter("charset").map(str::to_owned), body })
}

/// The body of an answer that was sent in pieces; one that is not in pieces after all stays as it is.
fn chunks(body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let (head, after) = line(rest);
        let digits = String::from_utf8_lossy(head);
        let length = usize::from_str_radix(digits.split(';').next().unwrap_or_default().trim(), 16);
        match length {
            Ok(0) => return whole,
            Ok(length) => {
                let piece = &after[..length.min(after.len())];
                whole.extend_from_slice(piece);
                rest = after[piece.len()..].strip_prefix(b"\r\n").unwrap_or(&after[piece.len()..]);
            }
            // archives often hold what was put together already, under the old header
            Err(_) if whole.is_empty() => return body.to_vec(),
            Err(_) => return whole,
        }
        if rest.is_empty() {
            return whole;
        }
    }
}

fn unpacked<'b>(packed: &str, body: Cow<'b, [u8]>) -> Result<Cow<'b, [u8]>, String> {
    let mut out = Vec::new();
    let result = match packed {
        "gzip" | "x-gzip" if body.starts_with(b"\x1F\x8B") => {
            MultiGzDecoder::new(&body[..]).take(MAX_PAGE_BYTES + 1).read_to_end(&mut out)
        }
        "deflate" if body.first().is_some_and(|first| first & 0x0F == 8) => {
            ZlibDecoder::new(&body[..]).take(MAX_PAGE_BYTES + 1).read_to_end(&mut out)
        }
        "deflate" => DeflateDecoder::new(&body[..]).take(MAX_PAGE_BYTES + 1).read_to_end(&mut out),
        "zstd" => zstd::Decoder::with_buffer(&body[..])
            .and_then(|decoder| decoder.take(MAX_PAGE_BYTES + 1).read_to_end(&mut out)),
        "" | "identity" | "gzip" | "x-gzip" => return Ok(body),
        // sent as it is under the header of what was fetched
        _ if body.trim_ascii_start().starts_with(b"<") => return Ok(body),
        other => return Err(format!("packed as `{}`, which is not read", other.chars().take(20).collect::<String>())),
    };
    match result {
        Ok(_) if out.len() as u64 <= MAX_PAGE_BYTES => Ok(out.into()),
        Ok(_) => Err(format!("the page has more than {} MB", MAX_PAGE_BYTES >> 20)),
        // what came before a cut is still text
        Err(_) if !out.is_empty() => Ok(out.into()),
        Err(error) => Err(format!("it does not unpack: {error}")),
    }
}

/// An address without what does not tell pages apart: `www.`, the scheme, a mark inside the page, a slash at the end.
pub(super) fn id(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let rest = rest.split('#').next().unwrap_or_default();
    rest.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::super::compressed::tests::gzip;
    use super::*;

    const TEXT: &str =
        "The bridge over the river was closed for the ninth day, and nobody could tell when it would open.";

    fn record(kind: &str, address: &str, content: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Length: {}\r\n\r\n",
            content.len()
        );
        [head.as_bytes(), content, b"\r\n\r\n"].concat()
    }

    fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
        [format!("HTTP/1.1 {headers}\r\n\r\n").as_bytes(), body].concat()
    }

    fn page(n: u8) -> String {
        format!("<h1>Bridge {n}</h1><p>{TEXT}</p>")
    }

    #[derive(Default)]
    struct Read {
        articles: Vec<Extracted>,
        left_out: Vec<Note>,
        passed_over: Option<Note>,
        none: Option<NoText>,
    }

    fn read(bytes: &[u8]) -> Read {
        let mut warc = Warc::new(Box::new(std::io::Cursor::new(bytes.to_vec())));
        let mut read = Read::default();
        while let Some(page) = warc.next_page().unwrap() {
            match page.and_then(|page| article(&page)) {
                Ok(article) => read.articles.push(article),
                Err(note) => read.left_out.push(note),
            }
        }
        Read { passed_over: warc.passed_over(), none: warc.without_a_page(), ..read }
    }

    #[test]
    fn pages_are_read_and_the_rest_is_counted() {
        let html = "200 OK\r\nContent-Type: text/html; charset=windows-1254";
        let turkish = encoding_rs::WINDOWS_1254.encode(&format!("<p>{TEXT} Şuşa, görüşme")).0.into_owned();
        let half = page(3).len() / 2;
        let chunked = format!(
            "{half:x}\r\n{}\r\n{:x};x\r\n{}\r\n0\r\n\r\n",
            &page(3)[..half],
            page(3).len() - half,
            &page(3)[half..]
        );
        let archive = [
            record("warcinfo", "", b"software: x"),
            record("request", "http://a.example/1", b"GET / HTTP/1.1\r\n\r\n"),
            record("response", "<http://www.a.example/1>", &answer(html, &turkish)),
            record("response", "http://a.example/p.png", &answer("200 OK\r\nContent-Type: image/png", b"x")),
            record("response", "http://a.example/gone", &answer("404 Not Found\r\nContent-Type: text/html", b"x")),
            record("response", "https://a.example/1/#top", &answer(html, page(1).as_bytes())),
            record(
                "response",
                "http://a.example/2",
                &answer(&format!("{html}\r\nContent-Encoding: gzip"), &gzip(page(2).as_bytes())),
            ),
            record(
                "response",
                "http://a.example/3",
                &answer(&format!("{html}\r\nTransfer-Encoding: chunked"), chunked.as_bytes()),
            ),
            record("response", "http://a.example/list", &answer(html, b"<a href=1>One</a>")),
            record("resource", "http://a.example/4", page(4).as_bytes()).to_vec(),
        ]
        .concat();
        let document = read(&archive);
        let ids: Vec<&str> = document.articles.iter().filter_map(|article| article.id.as_deref()).collect();
        assert_eq!(ids, ["a.example/1", "a.example/2", "a.example/3"]);
        assert!(document.articles[0].text.ends_with("Şuşa, görüşme"), "{}", document.articles[0].text);
        assert!(document.articles[2].text.contains(TEXT));
        assert_eq!(document.articles[1].known.source.as_deref(), Some("a.example"));
        assert_eq!(document.left_out[0].what, "http://a.example/list: no article was found on the page");
        let expected = "of 10 records, 3 are no answers of a server, 1 are no web pages, 1 are answers other than `200 OK`, 1 are pages of an address that was read already; they are not read";
        assert_eq!(document.passed_over.unwrap().what, expected);
    }

    #[test]
    fn a_cut_archive_gives_what_it_has_and_another_file_is_reported() {
        let whole =
            record("response", "http://a.example/1", &answer("200 OK\r\nContent-Type: text/html", page(1).as_bytes()));
        let cut = &whole[..whole.len() - 20];
        let document = read(cut);
        let article = &document.articles[0];
        assert_eq!((document.articles.len(), article.notes[0].what.as_str()), (1, "the record is cut off"));
        assert!(read(b"<html>").none.unwrap().what.contains("no record"));
        let none = read(b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n").none.unwrap();
        assert!(none.what.contains("none of its 1 records"));
    }

    #[test]
    fn a_record_that_is_no_page_takes_no_memory_and_a_page_beyond_the_limit_is_left_out() {
        let film = vec![b'x'; (MAX_PAGE_BYTES + 10) as usize];
        let html = "200 OK\r\nContent-Type: text/html";
        let archive = [
            record("response", "http://a.example/film", &answer("200 OK\r\nContent-Type: video/mp4", &film)),
            record("response", "http://a.example/long", &answer(html, &film)),
            record("response", "http://a.example/1", &answer(html, page(1).as_bytes())),
        ];
        let document = read(&archive.concat());
        assert_eq!((document.articles.len(), document.left_out.len()), (1, 1));
        assert_eq!(document.left_out[0].what, "http://a.example/long: the page has more than 64 MB");
    }
}
