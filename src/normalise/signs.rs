//! Signs that stand for something else: HTML entities, ligatures, and UTF-8 that was read in another encoding.

/// The letters of a ligature, as text taken from a page set for print has them.
pub(crate) fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

/// No entity has a longer name.
const MAX_ENTITY_BYTES: usize = 12;

/// The named entities that texts hold; numbers cover the rest.
#[rustfmt::skip]
const ENTITIES: &[(&str, char)] = &[
    ("Aacute", 'Á'), ("Agrave", 'À'), ("Auml", 'Ä'), ("Ccedil", 'Ç'), ("Eacute", 'É'), ("Egrave", 'È'), ("Iacute", 'Í'),
    ("Oacute", 'Ó'), ("Ouml", 'Ö'), ("Scedil", 'Ş'), ("Uuml", 'Ü'), ("aacute", 'á'), ("acirc", 'â'), ("acute", '´'),
    ("agrave", 'à'), ("amp", '&'), ("apos", '\''), ("atilde", 'ã'), ("auml", 'ä'), ("bdquo", '„'), ("bull", '•'),
    ("ccedil", 'ç'), ("cent", '¢'), ("copy", '©'), ("deg", '°'), ("eacute", 'é'), ("ecirc", 'ê'), ("egrave", 'è'),
    ("emsp", '\u{2003}'), ("ensp", '\u{2002}'), ("euml", 'ë'), ("euro", '€'), ("frac12", '½'), ("gt", '>'),
    ("hellip", '…'), ("iacute", 'í'), ("icirc", 'î'), ("iuml", 'ï'), ("laquo", '«'), ("ldquo", '“'), ("lsaquo", '‹'),
    ("lsquo", '‘'), ("lt", '<'), ("mdash", '—'), ("middot", '·'), ("minus", '−'), ("nbsp", '\u{A0}'), ("ndash", '–'),
    ("ntilde", 'ñ'), ("oacute", 'ó'), ("ocirc", 'ô'), ("ouml", 'ö'), ("para", '¶'), ("pound", '£'), ("prime", '′'),
    ("quot", '"'), ("raquo", '»'), ("rdquo", '”'), ("reg", '®'), ("rsaquo", '›'), ("rsquo", '’'), ("sbquo", '‚'),
    ("scedil", 'ş'), ("sect", '§'), ("shy", '\u{AD}'), ("szlig", 'ß'), ("thinsp", '\u{2009}'), ("times", '×'),
    ("trade", '™'), ("uacute", 'ú'), ("ucirc", 'û'), ("uuml", 'ü'), ("yuml", 'ÿ'), ("zwj", '\u{200D}'),
    ("zwnj", '\u{200C}'),
];

/// The character that the entity at the beginning of `rest` stands for, and how many bytes the entity takes. An entity
/// that was written as one once more (`&amp;nbsp;`) is read through.
pub(super) fn entity(rest: &str) -> Option<(char, usize)> {
    let (c, length) = one_entity(rest)?;
    if c != '&' {
        return Some((c, length));
    }
    let again = &rest[length..];
    let end = again.bytes().take(MAX_ENTITY_BYTES).position(|byte| byte == b';');
    let inner = end.and_then(|end| named(&again[..end]));
    Some(inner.zip(end).map_or((c, length), |(c, end)| (c, length + end + 1)))
}

fn one_entity(rest: &str) -> Option<(char, usize)> {
    let name = rest.strip_prefix('&')?;
    let end = name.bytes().take(MAX_ENTITY_BYTES).position(|byte| byte == b';')?;
    Some((named(&name[..end])?, end + 2))
}

fn named(name: &str) -> Option<char> {
    match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            code.ok().and_then(char::from_u32).filter(|c| *c != '\0')
        }
        None => ENTITIES.binary_search_by(|(known, _)| (*known).cmp(name)).ok().map(|at| ENTITIES[at].1),
    }
}

/// What bytes of UTF-8 that were read in another encoding stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misread {
    /// This character, whose bytes became the next so many bytes of the text.
    As(char, usize),
    /// Such bytes of which one is lost: what they were is not known.
    Lost,
}

/// Whether `rest` begins with the bytes of one character of UTF-8, each read as a character of Windows-1252 or Latin-1
/// (`Ã¼` for `ü`). Only what no reader would write is taken for that.
pub(super) fn misread(rest: &str) -> Option<Misread> {
    let mut chars = rest.chars();
    let first = byte_of(chars.next()?)?;
    let width = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut bytes = [first, 0, 0, 0];
    let mut length = rest.len() - chars.as_str().len();
    for at in 1..width {
        let c = chars.next()?;
        match byte_of(c) {
            Some(byte @ 0x80..=0xBF) => bytes[at] = byte,
            // The closing quotation mark ends in a byte that Windows-1252 does not have.
            None if c == char::REPLACEMENT_CHARACTER && bytes[..at] == [0xE2, 0x80] => bytes[at] = 0x9D,
            None if c == char::REPLACEMENT_CHARACTER && at == 1 && first <= 0xC5 => return Some(Misread::Lost),
            _ => return None,
        }
        length += c.len_utf8();
    }
    let c = std::str::from_utf8(&bytes[..width]).ok()?.chars().next()?;
    let is_sure = match width {
        // `É”` may well end a quotation in capitals; a sign that follows no letter may not.
        2 => matches!(first, 0xC2 | 0xC3 | 0xD0) || !follows_a_letter(bytes[1]),
        3 => first == 0xE2 || !follows_a_letter(bytes[1]) || !follows_a_letter(bytes[2]),
        _ => true,
    };
    is_sure.then_some(Misread::As(c, length))
}

/// Whether the sign that Windows-1252 has for a byte may stand behind a letter: quotation marks, dashes, `…`, `™`, `®`.
fn follows_a_letter(byte: u8) -> bool {
    matches!(byte, 0x82 | 0x84 | 0x85 | 0x8B | 0x91..=0x97 | 0x99 | 0x9B | 0xA0 | 0xA9..=0xAB | 0xAD | 0xAE | 0xB0 | 0xB2..=0xB4 | 0xB7 | 0xB9..=0xBB)
}

/// The byte that Windows-1252, or Latin-1 where that has none, reads as this character.
fn byte_of(c: char) -> Option<u8> {
    Some(match c {
        '€' => 0x80,
        '‚' => 0x82,
        'ƒ' => 0x83,
        '„' => 0x84,
        '…' => 0x85,
        '†' => 0x86,
        '‡' => 0x87,
        'ˆ' => 0x88,
        '‰' => 0x89,
        'Š' => 0x8A,
        '‹' => 0x8B,
        'Œ' => 0x8C,
        'Ž' => 0x8E,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '˜' => 0x98,
        '™' => 0x99,
        'š' => 0x9A,
        '›' => 0x9B,
        'œ' => 0x9C,
        'ž' => 0x9E,
        'Ÿ' => 0x9F,
        '\u{80}'..='\u{FF}' => c as u8,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_read_by_name_and_number() {
        assert!(ENTITIES.is_sorted_by(|a, b| a.0 < b.0));
        for (text, expected) in [
            ("&nbsp;x", Some(('\u{A0}', 6))),
            ("&#8209;", Some(('\u{2011}', 7))),
            ("&#x27;s", Some(('\'', 6))),
            ("&amp; x", Some(('&', 5))),
            ("&amp;#39;s", Some(('\'', 9))),
            ("&amp;ldquo;", Some(('“', 11))),
            ("& x;", None),
            ("&nothing;", None),
            ("&#0;", None),
            ("&#99999999;", None),
            ("AT&T", None),
        ] {
            assert_eq!(entity(text), expected, "{text}");
        }
    }

    #[test]
    fn text_read_in_the_wrong_encoding_is_known_where_it_is_sure() {
        for right in ["ü", "ç", "ı", "ş", "Ğ", "’", "“", "—", "…", "Б", "р", "«", "°", "Ə", "Հ"] {
            let wrong: String = right
                .bytes()
                .map(|byte| encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned())
                .collect();
            let c = right.chars().next().expect("one character");
            assert_eq!(misread(&format!("{wrong}n")), Some(Misread::As(c, wrong.len())), "{wrong} for {right}");
        }
        assert_eq!(misread("â€\u{FFFD}"), Some(Misread::As('”', "â€\u{FFFD}".len())));
        assert_eq!(misread("Ã\u{FFFD}"), Some(Misread::Lost));
        for fine in ["Évian", "É” he", "ü", "Ö", "São", "à la", "Â", "Ñ", "é…", "É’s", "äää", "âge"]
        {
            assert_eq!(misread(fine), None, "{fine}");
        }
    }
}
