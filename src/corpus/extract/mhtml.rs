//! Pages that a browser saved with their pictures as one file (`.mhtml`, `.mht`): mail with the page as one part.

use super::super::decode::NoText;
use super::Extracted;
use super::html;
use super::mime::{Headers, base64, line, quoted_printable};

/// Parts stand in parts as deep as this.
const MAX_DEPTH: u32 = 8;

/// The main text of the page.
///
/// # Errors
///
/// No part that is a page, or a page without an article.
pub(super) fn mhtml(bytes: &[u8]) -> Result<Vec<Extracted>, NoText> {
    let (headers, body) = Headers::read(bytes);
    let address = [headers.get("snapshot-content-location"), headers.get("content-location")];
    let address = address.into_iter().find(|address| !address.is_empty()).map(str::to_owned);
    let found = page(headers, body);
    let Some((headers, body)) = found else {
        // some programs save a plain page under this name
        return html::html(bytes).map_err(|_| NoText {
            what: "no page was found among its parts".to_owned(),
            help: "save the page from the browser anew, as HTML only",
        });
    };
    let body = unwritten(&headers, body);
    let address = address.or_else(|| Some(headers.get("content-location").to_owned()));
    let address = address.as_deref().filter(|address| address.starts_with("http"));
    Ok(vec![html::page(html::decoded(&body, headers.parameter("charset"))?, address)?])
}

/// Where the page was, as the file says and as the page itself does.
pub(super) fn addresses(bytes: &[u8]) -> Vec<String> {
    let (headers, body) = Headers::read(bytes);
    let mut all = vec![headers.get("snapshot-content-location").to_owned(), headers.get("content-location").to_owned()];
    if let Some((headers, body)) = page(headers, body) {
        all.push(headers.get("content-location").to_owned());
        all.extend(
            html::decoded(&unwritten(&headers, body), headers.parameter("charset")).iter().flat_map(html::addresses),
        );
    }
    all
}

/// The first part that is a page.
fn page(headers: Headers, body: &[u8]) -> Option<(Headers, &[u8])> {
    let mut waiting = vec![(headers, body, 0)];
    while let Some((headers, body, depth)) = waiting.pop() {
        if headers.is_page() {
            return Some((headers, body));
        }
        if let Some(boundary) = headers.parameter("boundary")
            && depth < MAX_DEPTH
        {
            let parts = parts(body, boundary).into_iter().rev().map(Headers::read);
            waiting.extend(parts.map(|(headers, body)| (headers, body, depth + 1)));
        }
    }
    None
}

/// A part's bytes as they were before they were written for mail.
fn unwritten(headers: &Headers, body: &[u8]) -> Vec<u8> {
    match headers.get("content-transfer-encoding").to_ascii_lowercase().as_str() {
        "quoted-printable" => quoted_printable(body),
        "base64" => base64(body),
        _ => body.to_vec(),
    }
}

/// What stands between the boundaries; a last boundary may be missing.
fn parts<'b>(body: &'b [u8], boundary: &str) -> Vec<&'b [u8]> {
    let mut parts = Vec::new();
    let mut start = None;
    let mut at = 0;
    while at < body.len() {
        let (line, rest) = line(&body[at..]);
        let next = body.len() - rest.len();
        if let Some(end) = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary.as_bytes())) {
            if let Some(start) = start.take() {
                parts.push(&body[start..at]);
            }
            if end.trim_ascii() == b"--" {
                return parts;
            }
            start = Some(next);
        }
        at = next;
    }
    parts.extend(start.map(|start| &body[start..]));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The caf=C3=A9 by the bridge was closed for the ninth day, and nobody could tell when it would ope=\r\nn again.";

    #[test]
    fn the_page_is_found_among_its_pictures() {
        for (kind, parts) in [
            (
                "multipart/related; type=\"text/html\"; boundary=\"--x\"",
                "----x\r\n{}\r\n----x\r\nContent-Type: image/png\r\n\r\nxx\r\n----x--\r\n",
            ),
            (
                "multipart/mixed; boundary=x",
                "--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\n{}\n--y--\n--x--",
            ),
            ("multipart/related; boundary=x", "--x\r\n{}"),
        ] {
            let part = format!(
                "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<h1>Bridge</h1><p>{TEXT}</p>"
            );
            let file = format!(
                "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://www.a.example/1\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n{}",
                parts.replace("{}", &part)
            );
            let article = mhtml(file.as_bytes()).unwrap().remove(0);
            assert!(article.text.ends_with("when it would open again."), "{}", article.text);
            assert_eq!(
                (article.known.source.as_deref(), article.known.more["url"].as_str()),
                (Some("a.example"), "https://www.a.example/1")
            );
        }
    }

    #[test]
    fn a_file_without_a_page_is_reported_and_a_plain_page_is_read() {
        let error = mhtml(b"Content-Type: multipart/related; boundary=x\r\n\r\n--x\r\n\r\nno page").unwrap_err();
        assert_eq!(error.what, "no page was found among its parts");
        let plain =
            format!("<html><p>{}</p></html>", "A sentence about the bridge, which is long enough to be a paragraph.");
        assert_eq!(mhtml(plain.as_bytes()).unwrap().len(), 1);
    }
}
