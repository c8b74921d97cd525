//! Web archives (`.warc`, `.warc.gz`): the pages that were fetched, each an article.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use rustc_hash::FxHashSet;

use super::super::decode::NoText;
use super::mime::{Headers, line};
use super::{Document, Extracted, Note, html};

/// A page of more bytes than this (unpacked) is left out.
const MAX_PAGE_BYTES: u64 = 64 << 20;

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

/// A fetched page.
struct Fetched<'b> {
    address: String,
    charset: Option<String>,
    body: std::borrow::Cow<'b, [u8]>,
}

/// The pages of a web archive.
///
/// # Errors
///
/// No web archive, or one without a page that has an article.
pub(super) fn warc(bytes: &[u8]) -> Result<Document, NoText> {
    if !bytes.trim_ascii_start().starts_with(MAGIC) {
        return Err(NoText {
            what: "it does not begin as a web archive does".to_owned(),
            help: "name it by what it is",
        });
    }
    let mut document = Document::default();
    let mut passed: BTreeMap<Passed, u64> = BTreeMap::new();
    let mut seen = FxHashSet::default();
    let mut rest = bytes;
    let mut records = 0;
    while let Some((content, after, is_whole)) = next(rest) {
        records += 1;
        if !is_whole {
            document.notes.push(Note::new(records, "the record is cut off", "fetch or make the archive anew"));
        }
        rest = after;
        match fetched(content) {
            Ok(page) => {
                if !seen.insert(id(&page.address)) {
                    *passed.entry(Passed::Again).or_default() += 1;
                    continue;
                }
                match article(page, records) {
                    Ok(article) => document.articles.push(article),
                    Err(note) => document.left_out.push(note),
                }
            }
            Err(Ok(why)) => *passed.entry(why).or_default() += 1,
            Err(Err(what)) => document.left_out.push(Note::new(records, what, "")),
        }
    }
    if !passed.is_empty() {
        let each: Vec<String> = passed.iter().map(|(why, n)| format!("{n} {}", why.meaning())).collect();
        document.notes.push(Note::new(0, format!("of {records} records, {}; they are not read", each.join(", ")), ""));
    }
    if document.articles.is_empty() && document.left_out.is_empty() {
        return Err(NoText {
            what: format!("none of its {records} records is a page that a server gave"),
            help: "an archive of pages has records of the type `response` with `text/html`",
        });
    }
    Ok(document)
}

/// The next record: its bytes, what comes after them, and whether it is whole. What stands between two records and is
/// no record is passed over.
fn next(bytes: &[u8]) -> Option<(&[u8], &[u8], bool)> {
    let mut start = bytes;
    while !start.starts_with(MAGIC) {
        if start.is_empty() {
            return None;
        }
        start = line(start).1;
    }
    let (headers, content) = Headers::read(line(start).1);
    let head = start.len() - content.len();
    let length = headers.get("content-length").parse::<usize>().unwrap_or(0);
    let end = head.saturating_add(length);
    match start.get(end..) {
        Some(after) => Some((&start[..end], after, true)),
        None => Some((start, &[], false)),
    }
}

/// The page of a record; why it has none; or what is wrong with it.
fn fetched(record: &[u8]) -> Result<Fetched<'_>, Result<Passed, String>> {
    let (headers, content) = Headers::read(line(record).1);
    let address = headers.get("warc-target-uri").trim_matches(['<', '>']).to_owned();
    match headers.get("warc-type").to_ascii_lowercase().as_str() {
        "response" => {}
        // a page that was stored without the talk of the servers
        "resource" if headers.is_page() => {
            let charset = headers.parameter("charset").map(str::to_owned);
            return Ok(Fetched { address, charset, body: content.into() });
        }
        _ => return Err(Ok(Passed::NoResponse)),
    }
    let (status, rest) = line(content);
    let (answer, body) = Headers::read(rest);
    let status = String::from_utf8_lossy(status);
    if status.split_ascii_whitespace().nth(1) != Some("200") {
        return Err(Ok(Passed::OtherStatus));
    }
    if !answer.is_page() {
        return Err(Ok(Passed::NoPage));
    }
    let is_chunked = answer.get("transfer-encoding").eq_ignore_ascii_case("chunked");
    let body = if is_chunked { chunks(body).into() } else { std::borrow::Cow::Borrowed(body) };
    let packed = answer.get("content-encoding").to_ascii_lowercase();
    let body = unpacked(&packed, body).map_err(|what| Err(format!("{address}: {what}")))?;
    Ok(Fetched { address, charset: answer.parameter("charset").map(str::to_owned), body })
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

fn unpacked<'b>(packed: &str, body: std::borrow::Cow<'b, [u8]>) -> Result<std::borrow::Cow<'b, [u8]>, String> {
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

fn article(page: Fetched<'_>, record: u64) -> Result<Extracted, Note> {
    let told = |no_text: NoText| Note::new(record, format!("{}: {}", page.address, no_text.what), no_text.help);
    let decoded = html::decoded(&page.body, page.charset.as_deref()).map_err(told)?;
    let mut article = html::page(decoded, Some(&page.address)).map_err(told)?;
    article.line = record;
    article.id = Some(id(&page.address)).filter(|id| !id.is_empty());
    Ok(article)
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
        let document = warc(&archive).unwrap();
        let ids: Vec<&str> = document.articles.iter().filter_map(|article| article.id.as_deref()).collect();
        assert_eq!(ids, ["a.example/1", "a.example/2", "a.example/3"]);
        assert!(document.articles[0].text.ends_with("Şuşa, görüşme"), "{}", document.articles[0].text);
        assert!(document.articles[2].text.contains(TEXT));
        assert_eq!(document.articles[1].known.source.as_deref(), Some("a.example"));
        assert_eq!(document.left_out[0].what, "http://a.example/list: no article was found on the page");
        let told = "of 10 records, 3 are no answers of a server, 1 are no web pages, 1 are answers other than `200 OK`, 1 are pages of an address that was read already; they are not read";
        assert_eq!(document.notes[0].what, told);
    }

    #[test]
    fn a_cut_archive_gives_what_it_has_and_another_file_is_told() {
        let whole =
            record("response", "http://a.example/1", &answer("200 OK\r\nContent-Type: text/html", page(1).as_bytes()));
        let cut = &whole[..whole.len() - 20];
        let document = warc(cut).unwrap();
        assert_eq!((document.articles.len(), document.notes[0].what.as_str()), (1, "the record is cut off"));
        assert!(warc(b"<html>").unwrap_err().what.contains("begin"));
        assert!(
            warc(b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n")
                .unwrap_err()
                .what
                .contains("none of its 1 records")
        );
    }
}
