//! Bytes to text: byte order marks, UTF-8, UTF-16 and the older encodings.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr, memchr_iter};

/// A decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// For valid UTF-8 the bytes unchanged, a byte order mark included, so that offsets hold for the file itself.
    pub text: String,
    pub encoding: &'static str,
    /// Stretches that could not be decoded and became U+FFFD.
    pub repairs: u64,
}

/// Bytes that are no text: what they look like and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoText {
    pub what: String,
    pub help: &'static str,
}

/// How many bytes a decision about UTF-16 looks at.
pub(crate) const SAMPLE_BYTES: usize = 1 << 16;

const UTF_8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Decodes the bytes of one article.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<Decoded, NoText> {
    if let Some(no_text) = utf32(&bytes) {
        return Err(no_text);
    }
    if let Some(encoding) = utf16(&bytes) {
        return Ok(decode_as(encoding, &bytes));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if is_mostly_controls(text.as_bytes()) => text.into_bytes(),
        Ok(text) => return Ok(Decoded { text, encoding: UTF_8.name(), repairs: 0 }),
        Err(invalid) => invalid.into_bytes(),
    };
    match binary(&bytes) {
        Some(no_text) => Err(no_text),
        None => Ok(decode_as(detect(&bytes), &bytes)),
    }
}

/// The encoding of bytes that are not valid UTF-8. Damaged UTF-8 stays UTF-8: read as an older encoding, a single bad
/// byte would garble every quotation mark of the article.
pub(crate) fn detect(bytes: &[u8]) -> &'static Encoding {
    let (mut characters, mut damaged) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    if characters > damaged || bytes.starts_with(UTF_8_MARK) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, true);
    detector.guess(None, false)
}

/// Decodes and counts what could not be.
pub(crate) fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    if encoding == UTF_8 {
        let repairs = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count() as u64;
        return Decoded { text: String::from_utf8_lossy(bytes).into_owned(), encoding: UTF_8.name(), repairs };
    }
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::new();
    let mut repairs = 0;
    let mut rest = bytes;
    loop {
        text.reserve(decoder.max_utf8_buffer_length_without_replacement(rest.len()).unwrap_or(rest.len()).max(16));
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = &rest[read..];
        match result {
            encoding_rs::DecoderResult::InputEmpty => break,
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(..) => {
                text.push(char::REPLACEMENT_CHARACTER);
                repairs += 1;
            }
        }
    }
    text.shrink_to_fit();
    Decoded { text, encoding: encoding.name(), repairs }
}

/// UTF-16 by its byte order mark or, without one, by its upper bytes: those of nearly all scripts that have blanks lie
/// below 0x20, where the bytes of no other encoding's text do.
pub(crate) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES) & !1];
    memchr(0, sample)?;
    let controls = |from: usize| sample[from..].iter().step_by(2).filter(|byte| is_control(**byte)).count();
    let (even, odd) = (controls(0), controls(1));
    let pairs = sample.len() / 2;
    let (most, few) = (pairs.div_ceil(4) * 3, pairs.div_ceil(4));
    if odd >= most && even < few {
        Some(UTF_16LE)
    } else if even >= most && odd < few {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// UTF-32 begins like UTF-16, and would be read as text with a NUL after each character.
fn utf32(bytes: &[u8]) -> Option<NoText> {
    let what = "UTF-32, which is not read".to_owned();
    bytes.starts_with(b"\xFF\xFE\0\0").then_some(NoText { what, help: "save the text as UTF-8" })
}

/// Tells from its first bytes that a container holds no text.
pub(crate) fn no_container(start: &[u8]) -> Option<NoText> {
    let is_text = utf16(start).is_some() || !(is_mostly_controls(start) || magic(start).is_some());
    utf32(start).or_else(|| if is_text { None } else { binary(start) })
}

/// Control bytes that no text has: not tab, line and page ends, the old end-of-file mark or escape.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A | 0x1B)
}

/// Tells a run of NULs, as damaged discs leave them, from text with a stray one.
fn is_mostly_controls(bytes: &[u8]) -> bool {
    memchr(0, bytes).is_some() && bytes.iter().filter(|byte| is_control(**byte)).count() * 16 > bytes.len()
}

/// First bytes of formats that often carry a wrong name.
const MAGIC: [(&[u8], &str); 6] = [
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1F\x8B", "a gzip file"),
    (b"\x28\xB5\x2F\xFD", "a zstd file"),
    (b"\xD0\xCF\x11\xE0", "an old office document"),
    (b"\x89PNG", "a picture"),
];

fn magic(bytes: &[u8]) -> Option<&'static str> {
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what)
}

/// Tells bytes that are neither valid UTF-8 nor UTF-16 and no text of an older encoding.
fn binary(bytes: &[u8]) -> Option<NoText> {
    let help = "convert it to text, or give it the extension of what it is";
    if let Some(what) = magic(bytes) {
        return Some(NoText { what: format!("{what}, not text"), help });
    }
    let nuls = memchr_iter(0, bytes).count();
    let controls = bytes.iter().filter(|byte| is_control(**byte)).count();
    (nuls > 0 || controls * 50 > bytes.len()).then(|| NoText {
        what: format!("looks binary: {controls} control bytes in {}, {nuls} of them NUL", bytes.len()),
        help,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utf16_bytes(text: &str, swap: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(swap).collect()
    }

    #[test]
    fn each_encoding_is_recognised_and_decoded() {
        let english = "The ceasefire “held”, officials said. ".repeat(20);
        let russian = "Перемирие соблюдается, сообщили власти. ".repeat(20);
        let french = "Les négociations ont été retardées à Genève, déclare l’émissaire. ".repeat(20);
        for (bytes, text, encoding) in [
            (english.clone().into_bytes(), english.clone(), "UTF-8"),
            (format!("\u{FEFF}{english}").into_bytes(), format!("\u{FEFF}{english}"), "UTF-8"),
            (utf16_bytes(&format!("\u{FEFF}{russian}"), u16::to_le_bytes), russian.clone(), "UTF-16LE"),
            (utf16_bytes(&format!("\u{FEFF}{russian}"), u16::to_be_bytes), russian.clone(), "UTF-16BE"),
            (utf16_bytes(&english, u16::to_le_bytes), english.clone(), "UTF-16LE"),
            (utf16_bytes(&russian, u16::to_be_bytes), russian.clone(), "UTF-16BE"),
            (utf16_bytes("plain ASCII", u16::to_le_bytes), "plain ASCII".to_owned(), "UTF-16LE"),
            (encoding_rs::WINDOWS_1251.encode(&russian).0.into_owned(), russian.clone(), "windows-1251"),
            (encoding_rs::WINDOWS_1252.encode(&french).0.into_owned(), french.clone(), "windows-1252"),
            (Vec::new(), String::new(), "UTF-8"),
        ] {
            let decoded = decode(bytes).unwrap();
            assert_eq!((decoded.encoding, decoded.repairs), (encoding, 0));
            assert_eq!(decoded.text, text);
        }
    }

    #[test]
    fn damaged_text_keeps_its_encoding_and_counts_its_repairs() {
        let mut bytes = "“one” and “two”".as_bytes().to_vec();
        bytes.extend(b"\xFF and \xE2\x80");
        let decoded = decode(bytes).unwrap();
        assert_eq!(
            decoded,
            Decoded { text: "“one” and “two”\u{FFFD} and \u{FFFD}".into(), encoding: "UTF-8", repairs: 2 }
        );

        let mut bytes = utf16_bytes("\u{FEFF}ab", u16::to_le_bytes);
        bytes.extend([0x00, 0xD8, 0x63, 0x00, 0x64]);
        let decoded = decode(bytes).unwrap();
        assert_eq!(decoded, Decoded { text: "ab\u{FFFD}c\u{FFFD}".into(), encoding: "UTF-16LE", repairs: 2 });
    }

    #[test]
    fn what_is_no_text_says_what_it_is() {
        let random: Vec<u8> = (0u32..4096).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let short: Vec<u8> = (0u8..64).map(|n| n.wrapping_mul(37) | 1).collect();
        for (bytes, what) in [
            (random, "looks binary"),
            (short, "looks binary"),
            (vec![0; 512], "looks binary: 512 control bytes in 512, 512 of them NUL"),
            (b"%PDF-1.7 \xE2\xE3\xCF\xD3\0".to_vec(), "a PDF file"),
            (b"\x1F\x8B\x08\0\xFF".to_vec(), "a gzip file"),
            (b"\xFF\xFE\0\0a\0\0\0".to_vec(), "UTF-32"),
        ] {
            let no_text = decode(bytes).unwrap_err();
            assert!(no_text.what.contains(what) && !no_text.help.is_empty(), "{no_text:?}");
        }
    }

    #[test]
    fn valid_utf8_with_a_stray_nul_stays_what_it_is() {
        assert_eq!(decode(b"a stray\0 zero in an otherwise plain sentence".to_vec()).unwrap().encoding, "UTF-8");
    }

    proptest! {
        #[test]
        fn any_bytes_have_an_outcome(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(decoded) = decode(bytes.clone()) {
                let replaced = decoded.text.matches(char::REPLACEMENT_CHARACTER).count() as u64;
                prop_assert!(decoded.repairs <= replaced);
                prop_assert!(decoded.repairs > 0 || decoded.encoding != "UTF-8" || decoded.text.as_bytes() == bytes);
            }
        }

        #[test]
        fn any_text_comes_back_unchanged(text in "[^\0]{0,100}") {
            prop_assume!(!text.is_empty());
            prop_assert_eq!(&decode(text.clone().into_bytes()).unwrap().text, &text);
            let marked = utf16_bytes(&format!("\u{FEFF}{text}"), u16::to_le_bytes);
            prop_assert_eq!(&decode(marked).unwrap().text, &text);
        }
    }
}
