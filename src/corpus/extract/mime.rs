//! What mail, web archives and pages saved as one file share: header lines and the ways bytes are written in them.

/// Header lines and what stands below the blank line after them.
#[derive(Debug)]
pub(super) struct Headers {
    lines: Vec<(String, String)>,
}

impl Headers {
    /// Reads header lines; a line that begins with a blank goes on with the one before. Returns the rest of the bytes.
    pub fn read(bytes: &[u8]) -> (Self, &[u8]) {
        let mut lines: Vec<(String, String)> = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (line, after) = line(rest);
            rest = after;
            if line.trim_ascii().is_empty() {
                break;
            }
            let line = String::from_utf8_lossy(line);
            match (line.starts_with([' ', '\t']), lines.last_mut(), line.split_once(':')) {
                (true, Some((_, value)), _) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                (_, _, Some((name, value))) => lines.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
                (_, _, None) => {}
            }
        }
        (Self { lines }, rest)
    }

    /// The first value of a name in lower case; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.lines.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// `text/html` of `Content-Type: text/html; charset=utf-8`, in lower case.
    pub fn media_type(&self) -> String {
        self.get("content-type").split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    pub fn is_page(&self) -> bool {
        matches!(self.media_type().as_str(), "text/html" | "application/xhtml+xml")
    }

    /// A parameter of the content type: `charset`, `boundary`.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let parameters = self.get("content-type").split(';').skip(1);
        let value =
            parameters.filter_map(|one| one.split_once('=')).find(|(known, _)| known.trim().eq_ignore_ascii_case(name));
        value.map(|(_, value)| value.trim().trim_matches(['"', '\''])).filter(|value| !value.is_empty())
    }
}

/// The first line without its end, and what comes after it.
pub(super) fn line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let (line, rest) = match memchr::memchr(b'\n', bytes) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &[][..]),
    };
    (line.strip_suffix(b"\r").unwrap_or(line), rest)
}

/// `=C3=A9` and line ends behind `=`; what is no such code stays as it is.
pub(super) fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'=', rest) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let digit = |at: usize| rest.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        if let (Some(high), Some(low)) = (digit(0), digit(1)) {
            out.push((high * 16 + low) as u8);
            rest = &rest[2..];
        } else if let Some(after) = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")) {
            rest = after;
        } else {
            out.push(b'=');
        }
    }
    out.extend_from_slice(rest);
    out
}

/// Base64; characters that do not belong to it are passed over.
pub(super) fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut bits, mut n) = (0u32, 0);
    for byte in bytes {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        n += 6;
        if n >= 8 {
            n -= 8;
            out.push((bits >> n) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_lines_are_read_with_their_parameters() {
        let (headers, rest) = Headers::read(
            b"Content-Type: Text/HTML;\r\n charset=\"utf-8\"; x=1\r\nSubject: a: b\r\nnonsense\r\n\r\nbody\r\n",
        );
        assert!(headers.is_page());
        assert_eq!((headers.parameter("charset"), headers.parameter("boundary")), (Some("utf-8"), None));
        assert_eq!((headers.get("subject"), headers.get("none"), rest), ("a: b", "", &b"body\r\n"[..]));
    }

    #[test]
    fn written_bytes_are_read_back() {
        assert_eq!(quoted_printable("caf=C3=A9 a=\r\nb 1=2 =".as_bytes()), "café ab 1=2 =".as_bytes());
        assert_eq!(base64(b"PHA+Y2Fm\r\nw6k8L3A+"), "<p>café</p>".as_bytes());
        assert_eq!((base64(b"YQ=="), base64(b"YWI="), base64(b"*")), (b"a".to_vec(), b"ab".to_vec(), Vec::new()));
    }
}
