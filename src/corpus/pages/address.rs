//! Addresses of pages in one form, so that the same page is known by all its addresses.

use std::borrow::Cow;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

/// Rows of `addresses.csv`.
#[derive(Default)]
struct AddressWords {
    tracking: Vec<String>,
    saved_from: Vec<String>,
    endings: Vec<String>,
}

fn words() -> &'static AddressWords {
    static WORDS: OnceLock<AddressWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = AddressWords::default();
        for row in crate::corpus::reading::rows(include_str!("../../../dictionaries/reading/addresses.csv")) {
            let all = row.get(1).unwrap_or_default().split('|').map(str::to_owned);
            match row.get(0) {
                Some("tracking") => words.tracking.extend(all),
                Some("saved_from") => words.saved_from.extend(all),
                _ => words.endings.extend(all),
            }
        }
        words
    })
}

/// Whether a text is an address and nothing else.
pub(crate) fn is_address(text: &str) -> bool {
    let text = text.trim();
    scheme(text).is_some_and(|rest| rest.contains('.')) && !text.contains(char::is_whitespace)
}

/// What follows `http://` or `https://`.
fn scheme(text: &str) -> Option<&str> {
    ["http://", "https://"].into_iter().find_map(|scheme| {
        text.get(..scheme.len()).filter(|begin| begin.eq_ignore_ascii_case(scheme)).map(|_| &text[scheme.len()..])
    })
}

/// An address without what does not tell pages apart: scheme, `www.`, default port, a slash at the end, a mark inside the
/// page, parts of the query that count readers, and the order of the others; `None` where there is no host in it. The
/// address of a copy in an archive (`https://web.archive.org/web/2023/https://...`) is that of the page.
pub(crate) fn key(address: &str) -> Option<String> {
    let address = address.trim().trim_matches(['<', '>', '"', '\'']);
    let address = if address.contains("&amp;") { Cow::Owned(address.replace("&amp;", "&")) } else { address.into() };
    let path_end = address.find(['?', '#']).unwrap_or(address.len());
    let inner = ["http://", "https://"].into_iter().filter_map(|scheme| address[..path_end].rfind(scheme)).max();
    let address = &address[inner.unwrap_or(0)..];
    let rest = scheme(address).unwrap_or_else(|| address.trim_start_matches("//"));
    let rest = match rest.split_once('#') {
        // pages of one page that a script fills
        Some((_, mark)) if mark.starts_with('!') => rest,
        Some((page, _)) => page,
        None => rest,
    };
    let (page, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = page.split_at(page.find('/').unwrap_or(page.len()));
    let host = host.rsplit('@').next().unwrap_or_default().to_lowercase();
    let host = host.strip_suffix(":80").or(host.strip_suffix(":443")).unwrap_or(&host).trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    if !host.contains('.') || host.contains(char::is_whitespace) {
        return None;
    }
    let mut key = format!("{host}{}", unescaped(path, true).trim_end_matches('/'));
    let mut parts: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !is_tracking(part)).collect();
    parts.sort_unstable();
    for (at, part) in parts.into_iter().enumerate() {
        key.push(if at == 0 { '?' } else { '&' });
        key.push_str(&unescaped(part, true));
    }
    Some(key.nfc().collect())
}

fn is_tracking(part: &str) -> bool {
    let name = part.split('=').next().unwrap_or_default().to_lowercase();
    words().tracking.iter().any(|known| match known.strip_suffix('*') {
        Some(begin) => name.starts_with(begin),
        None => name == *known,
    })
}

/// `%C3%A9` as `é`; signs that mean something in an address stay as they are written, in capitals, where they are kept.
fn unescaped(part: &str, keeps: bool) -> Cow<'_, str> {
    if !part.contains('%') {
        return part.into();
    }
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        match (*first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                let byte = (high * 16 + low) as u8;
                if keeps && byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"-._~ ".contains(&byte) {
                    bytes.extend(format!("%{byte:02X}").bytes());
                } else {
                    bytes.push(byte);
                }
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    // an older encoding stays as it is written
    String::from_utf8(bytes).map_or_else(|_| part.to_lowercase().into(), Cow::Owned)
}

/// An address as the names of files have it: letters and digits only, without the ending. Also of a file's name, which may
/// be an address with other signs in place of `/`, `:` and `?`.
pub(crate) fn letters(address: &str) -> String {
    let address = unescaped(address, false);
    let mut rest: &str = address.trim_end_matches('/');
    while let Some((stem, ending)) = rest.rsplit_once('.')
        && words().endings.iter().any(|known| known.eq_ignore_ascii_case(ending))
    {
        rest = stem;
    }
    let letters: String = rest.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).nfc().collect();
    let letters = letters.strip_prefix("https").or(letters.strip_prefix("http")).unwrap_or(&letters);
    letters.strip_prefix("www").unwrap_or(letters).to_owned()
}

/// The addresses that programs write into comments at the begin of a page that they save.
pub(crate) fn in_comments(page: &str) -> Vec<String> {
    const COMMENTS: usize = 20;
    let mut found = Vec::new();
    for comment in page.split("<!--").skip(1).take(COMMENTS) {
        let comment = comment.split("-->").next().unwrap_or_default();
        let comment: String = comment.chars().take(2000).collect();
        let lower = comment.to_ascii_lowercase();
        for before in &words().saved_from {
            let Some(at) = lower.find(before.as_str()) else { continue };
            // `(0042)` is the length of the address
            let after =
                comment[at + before.len()..].trim_start().trim_start_matches(|c: char| "(0123456789)".contains(c));
            found.extend(after.split_ascii_whitespace().next().map(str::to_owned));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_has_one_key() {
        for same in [
            "https://www.a.example/x/caf%c3%a9?id=5&b=1",
            "http://a.example/x/café/?b=1&id=5#top",
            "HTTPS://WWW.A.example:443/x/cafe\u{301}?b=1&utm_source=x&id=5&fbclid=1",
            "//a.example/x/caf%C3%A9?b=1&amp;id=5",
            "<https://web.archive.org/web/20230925120000/https://www.a.example/x/café?b=1&id=5>",
        ] {
            assert_eq!(key(same).as_deref(), Some("a.example/x/café?b=1&id=5"), "{same}");
        }
        for (address, expected) in [
            ("https://a.example/", Some("a.example")),
            ("https://a.example/X", Some("a.example/X")),
            ("https://a.example/go?to=https://b.example/1", Some("a.example/go?to=https://b.example/1")),
            ("https://a.example/a%2Fb", Some("a.example/a%2Fb")),
            ("https://a.example/?p=7", Some("a.example?p=7")),
            ("not an address", None),
            ("", None),
        ] {
            assert_eq!(key(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn names_of_files_are_addresses_in_other_signs() {
        let wanted = letters(&key("https://www.a.example/world/talks-end.html").unwrap());
        for name in [
            "https___www.a.example_world_talks-end.html",
            "a.example_world_talks_end",
            "https%3A%2F%2Fwww.a.example%2Fworld%2Ftalks-end.html",
            "www.a.example/world/talks-end.html.html",
        ] {
            assert_eq!(letters(name), wanted, "{name}");
        }
        assert_ne!(letters("a.example_world_talks_begin"), wanted);
    }

    #[test]
    fn programs_that_save_pages_write_where_these_were() {
        for comment in [
            "<!-- saved from url=(0025)https://a.example/world/1 -->",
            "<!--\n Page saved with SingleFile \n url: https://a.example/world/1 \n saved date: Mon -->",
            "<!-- Mirrored from a.example/world/1 by HTTrack Website Copier/3.x -->",
        ] {
            let found = in_comments(&format!("<!DOCTYPE html><html>{comment}<p>x"));
            assert_eq!(key(&found[0]).as_deref(), Some("a.example/world/1"), "{comment}");
        }
        assert!(in_comments("<!-- nothing --><p>url: x").is_empty());
    }
}
