//! Sentences made up and annotated by hand: what a careful reader answers. Where the program is known to answer
//! otherwise, the column `known_miss` names the columns that it gets wrong, separated by `|`.

use super::small_world;

const FILE: &str = "tests/data/voice.csv";
const COLUMNS: [&str; 4] = ["voice", "speaker", "agent", "target"];

fn reader() -> csv::Reader<&'static [u8]> {
    // Most rows end before `known_miss`.
    csv::ReaderBuilder::new().flexible(true).from_reader(&include_bytes!("../../../tests/data/voice.csv")[..])
}

/// Rules look at words that a cut sentence does not have.
#[test]
fn beginnings_and_ends_of_the_sentences_are_read_too() {
    let bench = small_world();
    let mut read = 0;
    for record in reader().records() {
        let sentence = record.expect("a row of the file")[0].to_string();
        let words: Vec<&str> = sentence.split(' ').collect();
        for at in 1..words.len() {
            let without = [&words[..at - 1], &words[at..]].concat();
            for text in [words[..at].join(" "), words[at..].join(" "), without.join(" ")] {
                read += bench.read(&text).len();
            }
        }
    }
    assert!(read > 10_000, "only {read} hits");
}

#[test]
fn annotated_sentences_get_the_annotated_voice_speaker_agent_and_target() {
    let bench = small_world();
    let mut reader = reader();
    let header = reader.headers().expect("a header").clone();
    let place = |name: &str| header.iter().position(|column| column == name).expect("a column of the file");
    let mut faults = Vec::new();
    for record in reader.records().map(|record| record.expect("a row of the file")) {
        let line = record.position().expect("a place").line();
        let cell = |column: &str| record.get(place(column)).unwrap_or_default();
        let (sentence, term) = (cell("sentence"), cell("term"));
        let answers = bench.read(sentence);
        let answer = answers.iter().find(|answer| answer.surface.eq_ignore_ascii_case(term));
        let answer = answer.unwrap_or_else(|| panic!("{FILE}:{line}: `{term}` is not found in: {sentence}"));
        let known: Vec<&str> = cell("known_miss").split('|').filter(|column| !column.is_empty()).collect();
        if let Some(other) = known.iter().find(|column| !COLUMNS.contains(column)) {
            panic!("{FILE}:{line}: `{other}` in `known_miss` is none of {COLUMNS:?}");
        }
        let got = [answer.voice, &answer.speaker, &answer.agent, &answer.target];
        for (column, got) in COLUMNS.into_iter().zip(got) {
            let (expected, rule) = (cell(column), &answer.rule);
            match (got == expected, known.contains(&column)) {
                (true, true) => faults.push(format!(
                    "{FILE}:{line}: {column} is right now: remove the mark `{column}` from `known_miss` of: {sentence}"
                )),
                (false, false) => faults.push(format!(
                    "{FILE}:{line}: {column} is `{got}` by the rule `{rule}`, not `{expected}`: mend the rule, or correct \
                     the row if it is wrong; only where neither is possible, add `{column}` to `known_miss` of: {sentence}"
                )),
                _ => {}
            }
        }
    }
    assert!(faults.is_empty(), "{} rows are not as {FILE} says\n{}", faults.len(), faults.join("\n"));
}
