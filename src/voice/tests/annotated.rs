//! Sentences made up and annotated by hand: what a careful reader answers, known misses included.

use super::small_world;

/// One row of `tests/data/voice.csv`.
struct Row {
    sentence: String,
    term: String,
    expected: [String; 4],
}

const COLUMNS: [&str; 4] = ["voice", "speaker", "agent", "target"];
/// The share of rows in which each column must be right, and of roles given that may be wrong.
const AGREEMENT: f64 = 0.95;
const WRONG: f64 = 0.03;

fn rows() -> Vec<Row> {
    let text = include_str!("../../../tests/data/voice.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let records = reader.records().map(|record| record.expect("a row of the file"));
    let row = |record: csv::StringRecord| Row {
        sentence: record[0].to_owned(),
        term: record[1].to_owned(),
        expected: [&record[2], &record[3], &record[4], &record[5]].map(str::to_owned),
    };
    records.map(row).collect()
}

#[test]
fn annotated_sentences_get_the_annotated_voice_speaker_agent_and_target() {
    let bench = small_world();
    let rows = rows();
    assert!(rows.len() >= 120, "{} rows", rows.len());
    let (mut right, mut wrong) = ([0usize; 4], [0usize; 4]);
    let mut misses = Vec::new();
    for row in &rows {
        let answers = bench.read(&row.sentence);
        let answer = answers.iter().find(|answer| answer.surface.eq_ignore_ascii_case(&row.term));
        let answer = answer.unwrap_or_else(|| panic!("`{}` is not found in: {}", row.term, row.sentence));
        let got = [answer.voice, &answer.speaker, &answer.agent, &answer.target];
        for (column, (got, expected)) in got.iter().zip(&row.expected).enumerate() {
            right[column] += usize::from(got == expected);
            wrong[column] += usize::from(got != expected && !got.is_empty());
            if got != expected {
                let name = COLUMNS[column];
                misses.push(format!("{name} `{got}` not `{expected}` ({}): {}", answer.rule, row.sentence));
            }
        }
    }
    let share = |n: usize| n as f64 / rows.len() as f64;
    println!("{} rows, right {right:?}, wrong {wrong:?}\n{}", rows.len(), misses.join("\n"));
    for column in 0..4 {
        let name = COLUMNS[column];
        assert!(share(right[column]) >= AGREEMENT, "{name}: {:.3}\n{}", share(right[column]), misses.join("\n"));
        assert!(column == 0 || share(wrong[column]) <= WRONG, "{name}: {:.3} wrong", share(wrong[column]));
    }
}
