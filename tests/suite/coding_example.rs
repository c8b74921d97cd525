//! `examples/coding`: the filled sheet belongs to the sample that the program draws today.

use super::support::{by, corpus, is_blessing, read_table, repository, study};
use framescope::codebook::Codebook;
use framescope::coding::Kind;
use framescope::pipeline::Silent;
use framescope::sample::{Blind, SampleOptions, Size, codes_csv, key_csv, sample, sheet_csv};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// What a person wrote, by the sentence with its mark.
type Answers = BTreeMap<String, Vec<String>>;

const ANSWERS: [&str; 7] = ["right_sense", "voice", "speaker", "agent", "target", "note", "coder"];

fn answers(path: &Path) -> Answers {
    let cells = |row: &super::support::Row| ANSWERS.map(|column| row.text(column).to_owned()).to_vec();
    read_table(path).iter().map(|row| (row.text("sentence").to_owned(), cells(row))).collect()
}

/// The sheet with the answers of `answers` in it; sentences that have none.
fn filled(sheet: &[u8], answers: &Answers) -> (Vec<u8>, Vec<String>) {
    let mut reader = csv::Reader::from_reader(sheet);
    let header = reader.headers().expect("a header").clone();
    let column = |name: &str| header.iter().position(|column| column == name).expect("a column");
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).expect("written");
    let mut missing = Vec::new();
    for record in reader.records() {
        let mut cells: Vec<String> = record.expect("a row").iter().map(str::to_owned).collect();
        let sentence = cells[column("sentence")].clone();
        match answers.get(&sentence) {
            Some(own) => ANSWERS.iter().zip(own).for_each(|(name, answer)| cells[column(name)].clone_from(answer)),
            None => missing.push(sentence),
        }
        writer.write_record(&cells).expect("written");
    }
    (writer.into_inner().expect("written"), missing)
}

#[test]
fn the_filled_sheet_is_of_the_sample_that_is_drawn_today() {
    let folder = repository("examples/coding");
    let study = study(Codebook::embedded().expect("the codebook"), by(&["source"]));
    let options = SampleOptions {
        kind: Kind::Hits,
        size: Size::Items(40),
        coders: Vec::new(),
        overlap: 1.0,
        blind: Blind::No,
        seed: 1,
    };
    let stop = AtomicBool::new(false);
    let drawn = sample(&study, &corpus(&repository("seeds")), &options, 2, &Silent, &stop).expect("a sample").sample;
    let (sheet, missing) = filled(&sheet_csv(&drawn, None), &answers(&folder.join("sheet.csv")));
    let files =
        [("sheet.csv", sheet), ("sheet.key.csv", key_csv(&drawn.key)), ("sheet.codes.csv", codes_csv(&drawn.codes))];
    for (name, bytes) in files {
        let path = folder.join(name);
        if is_blessing() {
            std::fs::write(&path, bytes).expect("written");
        } else {
            assert!(
                std::fs::read(&path).expect("readable") == bytes,
                "examples/coding/{name} is of another codebook: FRAMESCOPE_BLESS=1 cargo test coding_example draws again"
            );
        }
    }
    assert!(missing.is_empty(), "code these in examples/coding/sheet.csv:\n{}", missing.join("\n"));
}
