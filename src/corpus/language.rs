//! The language of a text, known by its most frequent words.
//!
//! Every language has a few dozen words that make up a third of any text in it: articles, prepositions, conjunctions.
//! `function_words.csv` lists them. A text is in the language of which it has the most, if these are enough and no other
//! language has nearly as many; otherwise nothing is said.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// Words that are looked at, and those that decide before that where they show a language.
const MOST_WORDS: usize = 400;
const FIRST_WORDS: u32 = 80;
/// Fewer listed words decide nothing.
const MIN_HITS: u32 = 4;
/// The least share of listed words, as a fraction.
const MIN_SHARE: (u32, u32) = (3, 20);
/// How far the first language must be before the second, as a fraction.
const LEAD: (u32, u32) = (6, 5);

#[derive(Default)]
struct Lists {
    languages: Vec<String>,
    /// Other ways in which metadata name a language, in lower case, with its place in the list.
    names: FxHashMap<String, usize>,
    /// The languages of each word, as bits.
    words: FxHashMap<String, u64>,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        let mut lists = Lists::default();
        for row in super::reading::rows(include_str!("../../dictionaries/reading/function_words.csv")) {
            let bit = 1u64 << lists.languages.len();
            for name in row.get(2).unwrap_or_default().split('|').filter(|name| !name.is_empty()) {
                lists.names.insert(name.to_owned(), lists.languages.len());
            }
            lists.languages.push(row.get(0).unwrap_or_default().to_owned());
            for word in row.get(1).unwrap_or_default().split(' ') {
                *lists.words.entry(word.to_owned()).or_default() |= bit;
            }
        }
        lists
    })
}

/// The code of the language (`en`); `None` where the words do not show one.
pub(crate) fn of(text: &str) -> Option<&'static str> {
    let lists = lists();
    let mut hits = [0u32; 64];
    let mut words = 0;
    let mut lower = String::new();
    let runs = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{300}'..='\u{36F}')));
    for word in runs.filter(|word| !word.is_empty()).take(MOST_WORDS) {
        words += 1;
        lower.clear();
        if word.is_ascii() {
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(word.chars().flat_map(char::to_lowercase));
        }
        let mut languages = lists.words.get(lower.as_str()).copied().unwrap_or_default();
        while languages != 0 {
            hits[languages.trailing_zeros() as usize] += 1;
            languages &= languages - 1;
        }
        if words == FIRST_WORDS
            && let Some(clear) = clear(&hits, words)
        {
            return Some(&lists.languages[clear]);
        }
    }
    clear(&hits, words).map(|clear| lists.languages[clear].as_str())
}

/// The place of the language that has most of the listed words among so many words, where they show one.
fn clear(hits: &[u32; 64], words: u32) -> Option<usize> {
    let (mut best, mut second) = ((0, 0), 0);
    for (at, n) in hits.iter().enumerate() {
        if *n > best.1 {
            second = best.1;
            best = (at, *n);
        } else {
            second = second.max(*n);
        }
    }
    let (at, n) = best;
    let is_clear = n >= MIN_HITS && n * MIN_SHARE.1 >= words * MIN_SHARE.0 && n * LEAD.1 >= second * LEAD.0;
    is_clear.then_some(at)
}

/// The code of a language as metadata give it: `EN`, `en-GB`, `eng` and `English` are `en`. `None` where no code can be
/// meant.
pub fn language_code(given: &str) -> Option<String> {
    let given = given.trim().to_lowercase();
    let lists = lists();
    let first = given.split(['-', '_']).next().unwrap_or_default();
    if let Some(at) = lists.names.get(&given).or_else(|| lists.names.get(first)) {
        return Some(lists.languages[*at].clone());
    }
    ((2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_lowercase())).then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_its_language() {
        for (text, language) in [
            (
                "The minister said that the road to the town had been closed for a week, and that it would open soon.",
                "en",
            ),
            (
                "Der Minister sagte, dass die Straße in die Stadt seit einer Woche gesperrt ist und bald wieder offen.",
                "de",
            ),
            (
                "Le ministre a dit que la route de la ville est fermée depuis une semaine et que les gens attendent.",
                "fr",
            ),
            (
                "El ministro dijo que la carretera de la ciudad está cerrada desde hace una semana y no se sabe más.",
                "es",
            ),
            ("Il ministro ha detto che la strada della città è chiusa da una settimana e che non si sa di più.", "it"),
            (
                "O ministro disse que a estrada da cidade está fechada há uma semana e que não se sabe mais do que isso.",
                "pt",
            ),
            ("Министр сказал, что дорога в город закрыта уже неделю и что о сроках пока не сообщают.", "ru"),
            (
                "Bakan, kente giden yolun bir hafta için kapalı olduğunu ve daha sonra ne olacağı bilinmediğini söyledi.",
                "tr",
            ),
            ("Nazir bildirib ki, şəhərə gedən yol bir həftədir bağlıdır və daha sonra açılacaq.", "az"),
            ("Նախարարն ասել է, որ ճանապարհը փակ է եւ այս մասին բոլորը գիտեն, բայց ոչ թե պատճառի մասին։", "hy"),
            ("მინისტრმა თქვა, რომ გზა არ არის ღია და ეს უნდა იყო ცნობილი, მაგრამ ასევე შემდეგ.", "ka"),
        ] {
            assert_eq!(of(text), Some(language), "{text}");
        }
    }

    #[test]
    fn a_language_is_known_by_code_and_name() {
        for given in ["en", "EN", "en-GB", "en_US", "eng", "English", " english "] {
            assert_eq!(language_code(given).as_deref(), Some("en"), "{given}");
        }
        assert_eq!(language_code("Deutsch").as_deref(), Some("de"));
        assert_eq!(language_code("qxx").as_deref(), Some("qxx"));
        for given in ["", "unknown tongue", "x", "日本語"] {
            assert_eq!(language_code(given), None, "{given}");
        }
    }

    #[test]
    fn too_little_or_mixed_text_tells_none() {
        for text in ["", "Baku", "Azerbaijan, Armenia and Russia", "1 2 3 4 5 6 7 8 9", "xx yy zz of the"] {
            assert_eq!(of(text), None, "{text}");
        }
        let names = "Yerevan Stepanakert Shushi Lachin Baku Moscow Tbilisi Ankara Tehran Paris ".repeat(20);
        assert_eq!(of(&names), None);
    }

    #[test]
    fn every_language_has_a_bit_and_enough_words() {
        let lists = lists();
        assert!(lists.languages.len() <= 64);
        for at in 0..lists.languages.len() {
            let words = lists.words.values().filter(|bits| **bits & (1 << at) != 0).count();
            assert!(words >= 15, "{} has {words} words", lists.languages[at]);
        }
    }
}
