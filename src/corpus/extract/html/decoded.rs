//! The bytes of a page as text: what the page says of its encoding counts only where it can be true.

use encoding_rs::{Encoding, UTF_8};

use super::super::super::decode::{Decoded, NoText, decode, decode_as};

/// How far into a page its encoding is looked for.
const HEAD_BYTES: usize = 8192;

/// Decodes a page; `declared` is what came with it, such as the charset of an HTTP header.
///
/// # Errors
/// Bytes that are no text.
pub(in super::super) fn decoded(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, NoText> {
    // valid UTF-8 is UTF-8, whatever is said of it: no other encoding's text is by chance
    let is_sure =
        std::str::from_utf8(bytes).is_ok() || bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let said = || {
        let label = declared.map(str::as_bytes).into_iter().chain(charset(&bytes[..bytes.len().min(HEAD_BYTES)]));
        label
            .filter_map(Encoding::for_label_no_replacement)
            .find(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible())
    };
    let mut decoded = match if is_sure { None } else { said() } {
        Some(encoding) => decode_as(encoding, bytes),
        None => decode(bytes.to_vec())?,
    };
    if decoded.text.contains('\0') {
        decoded.text.retain(|c| c != '\0');
    }
    Ok(decoded)
}

/// The label behind the first `charset=` of a page.
fn charset(head: &[u8]) -> Option<&[u8]> {
    const NAME: &[u8] = b"charset";
    let at = head.windows(NAME.len()).position(|window| window.eq_ignore_ascii_case(NAME))?;
    let rest = head[at + NAME.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
    let is_label = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte);
    let end = rest.iter().position(|byte| !is_label(byte)).unwrap_or(rest.len());
    Some(&rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_decoded_as_it_says_where_that_can_be() {
        let turkish = "<meta charset=windows-1254><p>Ermenistan ile Azerbaycan arasındaki görüşme";
        let bytes = encoding_rs::WINDOWS_1254.encode(turkish).0;
        assert_eq!(decoded(&bytes, None).unwrap().text, turkish);
        let cyrillic = "<meta http-equiv='Content-Type' content='text/html; charset=\"koi8-r\"'>переговоры в Баку";
        let bytes = encoding_rs::KOI8_R.encode(cyrillic).0;
        assert_eq!(decoded(&bytes, None).unwrap().encoding, "KOI8-R");
        // the header knows better than the page, and the bytes better than both
        assert_eq!(
            decoded(&encoding_rs::WINDOWS_1251.encode(cyrillic).0, Some("windows-1251")).unwrap().text,
            cyrillic
        );
        assert_eq!(decoded("<meta charset=latin1>“é”".as_bytes(), Some("koi8-r")).unwrap().encoding, "UTF-8");
        assert_eq!(
            decoded(b"<meta charset=utf-8>caf\xE9 \x93a\x94", None).unwrap().text,
            "<meta charset=utf-8>café “a”"
        );
        assert_eq!(decoded(b"Nothing but one NUL\0.", None).unwrap().text, "Nothing but one NUL.");
    }
}
