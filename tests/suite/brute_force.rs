//! The tagger against a matcher that does everything the slow and plain way: at each word it tries each entry.
//!
//! It folds by itself (from the decomposition of each character), finds words with `unicode-segmentation`, and takes
//! from the program only the sentences, as stretches of the raw text.

use framescope::codebook::{Codebook, CsvFile};
use framescope::coder::Coder;
use framescope::corpus::{Article, Metadata};
use framescope::study::{Study, StudyOptions};
use framescope::tag::Entry;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

const ALIASES: [(&str, &str); 16] = [
    ("A", "Aldova"),
    ("A", "Aldovan"),
    ("A", "Republic of Aldova"),
    ("A", "Al-Dova"),
    ("B", "Brenia"),
    ("B", "Brenian army"),
    ("B", "Brenian"),
    ("B", "Nova Brenia"),
    ("B", "Çelik"),
    ("C", "Nova"),
    ("C", "Nova Vale"),
    ("C", "Vale of Dova"),
    ("C", "West"),
    ("C", "Western Bank"),
    ("", "Brenia Street"),
    ("", "Nova Brenia Times"),
];

fn study() -> Study {
    let mut aliases = String::from("actor,alias,kind,match_case,not_before,not_after,from,to,note\n");
    for (actor, alias) in ALIASES {
        let kind = if actor.is_empty() { "mask" } else { "name" };
        aliases.push_str(&format!("{actor},{alias},{kind},,,,,,\n"));
    }
    let actors = "actor,name,kind,parent\nA,a,state,\nB,b,state,\nC,c,place,\n";
    let files = vec![CsvFile::new("", "actors.csv", actors), CsvFile::new("", "aliases.csv", aliases)];
    let codebook = Codebook::parse(files).expect("a codebook");
    Study::new(codebook, StudyOptions::default()).expect("a study")
}

/// A folded character with the bytes of the text it stands for.
struct Folded {
    character: char,
    bytes: Range<usize>,
    is_upper: bool,
}

fn fold(text: &str) -> Vec<Folded> {
    let mut folded: Vec<Folded> = Vec::new();
    for (at, character) in text.char_indices() {
        let bytes = at..at + character.len_utf8();
        let base = character.to_string().nfd().next().expect("a character decomposes to one at least");
        let plain = match base {
            '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200B}' => {
                if let Some(last) = folded.last_mut() {
                    last.bytes.end = bytes.end;
                }
                continue;
            }
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            '‑' | '–' | '—' => '-',
            '\u{A0}' | '\n' => ' ',
            other => other,
        };
        if plain == ' ' && folded.last().is_some_and(|last| last.character == ' ') {
            continue;
        }
        let lower = plain.to_lowercase().next().expect("a character has a lower case");
        folded.push(Folded { character: lower, bytes, is_upper: plain.is_uppercase() });
    }
    folded
}

fn is_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Where matches may begin and end, as numbers of folded characters.
fn edges(folded: &[Folded]) -> (Vec<usize>, Vec<usize>) {
    let text: String = folded.iter().map(|folded| folded.character).collect();
    let (mut starts, mut ends) = (Vec::new(), Vec::new());
    for (at, word) in text.split_word_bound_indices().filter(|(_, word)| is_word(word)) {
        let start = text[..at].chars().count();
        starts.push(start);
        ends.push(start + word.chars().count());
        for possessive in ["'s", "'"] {
            if let Some(owner) = word.strip_suffix(possessive) {
                ends.push(start + owner.chars().count());
            }
        }
    }
    (starts, ends)
}

/// The hits in a sentence: bytes of it, and the alias.
fn naive(sentence: &str) -> Vec<(Range<usize>, usize)> {
    let folded = fold(sentence);
    let (starts, ends) = edges(&folded);
    let mut hits: Vec<(usize, usize, usize)> = Vec::new();
    for start in starts {
        for (number, (_, alias)) in ALIASES.iter().enumerate() {
            let alias = fold(alias);
            let end = start + alias.len();
            let open = |character: char| if character == '-' { ' ' } else { character };
            let is_match = end <= folded.len()
                && ends.contains(&end)
                && alias.iter().zip(&folded[start..end]).all(|(wanted, found)| {
                    open(wanted.character) == open(found.character) && wanted.is_upper == found.is_upper
                });
            if is_match {
                hits.push((start, end, number));
            }
        }
    }
    hits.sort_by_key(|(start, end, _)| (*start, usize::MAX - end));
    let mut free = 0;
    let mut kept = Vec::new();
    for (start, end, number) in hits {
        if start >= free {
            free = end;
            if !ALIASES[number].0.is_empty() {
                kept.push((folded[start].bytes.start..folded[end - 1].bytes.end, number));
            }
        }
    }
    kept
}

fn article(raw: &str) -> Article {
    Article {
        id: "a".into(),
        raw: raw.into(),
        meta: Metadata::default(),
        path: "a.txt".into(),
        encoding: "UTF-8".into(),
        bytes: raw.len() as u64,
        repairs: 0,
        sha256: [0; 32],
        line: 1,
        notes: Vec::new(),
    }
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        5 => proptest::sample::select(vec![
            "Aldova", "aldova", "Aldovan", "Republic", "of", "Al", "Dova", "Brenia", "Brenian", "army", "Nova", "Vale",
            "West", "Western", "Bank", "Street", "Times", "Aldóva", "A\u{301}ldova", "Br\u{AD}enia", "Celik", "Çelik",
            "Ҫelik", "Aldovas", "xAldova", "Brenia's", "Aldova’s", "Western's", "Nova Vale", "Nova Brenia Times",
            "Vale of Dova", "Brenian army",
        ]).prop_map(str::to_owned),
        3 => "[a-z]{1,7}",
        1 => "[0-9]{1,3}",
    ];
    let joint = proptest::sample::select(vec![
        " ", " ", " ", " ", "-", "‑", "–", " — ", ", ", "; ", ". ", ".\n\n", "\n", "\u{A0}", "  ", " (", ") ", " “",
        "” ", "/",
    ]);
    proptest::collection::vec((piece, joint), 1..60)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, joint)| format!("{piece}{joint}")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn the_tagger_finds_what_the_plain_matcher_finds(raw in text()) {
        let study = study();
        let mut coder = Coder::new(&study);
        let article = article(&raw);
        let coded = coder.code(&article);
        let mut expected: Vec<(Range<usize>, usize)> = Vec::new();
        for sentence in coded.sentences {
            let span = coded.view.raw_span(sentence.span).range();
            let shifted = |(bytes, alias): (Range<usize>, usize)| (bytes.start + span.start..bytes.end + span.start, alias);
            expected.extend(naive(&raw[span.clone()]).into_iter().map(shifted));
        }
        let found: Vec<(Range<usize>, usize)> = coded
            .mentions
            .iter()
            .filter_map(|mention| match mention.entry {
                Entry::Alias(alias) => Some((coded.view.raw_span(mention.span).range(), alias.index())),
                Entry::Term(_) | Entry::Variant(_) => None,
            })
            .collect();
        prop_assert_eq!(found, expected, "{:?}", raw);
    }
}

/// Texts without names would prove nothing.
#[test]
fn the_random_texts_are_full_of_names() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let texts = (0..50).map(|_| text().new_tree(&mut runner).expect("a text").current());
    let hits: usize = texts.map(|text| naive(&text).len()).sum();
    assert!(hits > 200, "{hits}");
}

#[test]
fn the_plain_matcher_is_right_where_the_answer_is_known() {
    let hits = |sentence: &'static str| -> Vec<&'static str> {
        naive(sentence).into_iter().map(|(bytes, _)| &sentence[bytes]).collect()
    };
    assert_eq!(hits("The Republic of Aldova's Brenian\u{A0}army"), ["Republic of Aldova", "Brenian\u{A0}army"]);
    assert_eq!(hits("Nova Brenia Times on Nova Brenia, Street"), ["Nova Brenia"]);
    assert_eq!(hits("Al Dova, Al-Dova, aldova, xAldova, Aldovas"), ["Al Dova", "Al-Dova"]);
    assert_eq!(hits("Western Banks of Aldóva-Brenia"), ["Aldóva", "Brenia"]);
}
