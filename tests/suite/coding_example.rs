//! `examples/coding`: the filled sheet belongs to the sample that the program draws today.

use super::readme::section;
use super::support::{by, corpus, is_blessing, read_table, repository, row, run_into, study};
use framescope::agreement::agreement;
use framescope::codebook::Codebook;
use framescope::coding::{Adjudication, Gathered, HandCoding, Kind};
use framescope::pipeline::Silent;
use framescope::report::ReportPage;
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
    figures_of_the_page(&folder);
}

/// What `docs/validate.md` quotes of `agreement` and `run --coded`.
fn figures_of_the_page(folder: &Path) {
    let codebook = Codebook::embedded().expect("the codebook");
    let content = |name: &str| (name.to_owned(), std::fs::read(folder.join(name)).expect("a file"));
    let files = vec![content("sheet.key.csv"), content("sheet.csv")];
    let gathered = Gathered::read(&codebook, files, Vec::new()).expect("a key and a sheet");
    let hand = HandCoding::new(&gathered, &Adjudication::Majority).expect("answers");
    let page = "docs/validate.md";
    section(page, "agreement", &format!("> {}", agreement(&hand, 1).summary()));
    let study = study(codebook, by(&["source"])).with_hand_coding(hand).expect("the same settings");
    let output = tempfile::tempdir().expect("a folder");
    run_into(&study, &repository("seeds"), &output.path().join("out"), ReportPage::No).expect("a run");
    let rows = read_table(&output.path().join("out/corrected.csv"));
    let all = row(&rows, &[("measure", "own_share"), ("item", "(all)"), ("source", "ALL")]);
    let [raw, value, low, high] = ["raw", "corrected", "low", "high"].map(|column| format!("{:.2}", all.float(column)));
    let (n, n_coded) = (all.number("n"), all.number("n_coded"));
    section(
        page,
        "corrected",
        &format!(
            "| column | of all articles, own voice |\n|---|---|\n\
             | `raw` | {raw}: what the program counted |\n\
             | `corrected` | {value}: what a person would have counted, as far as the coded hits tell |\n\
             | `low`, `high` | {low} to {high}: where the share of all {n} hits lies, with 95 % confidence |\n\
             | `n_coded` | {n_coded} |\n\
             | `method` | `stratified`: from this group's own coded hits; `pooled`: a group with too few borrows the errors of all groups |"
        ),
    );
    let [raw, value, low, high] = [raw, value, low, high].map(|share| share.trim_start_matches('0').to_owned());
    section(
        page,
        "sentence",
        &format!(
            "> Of {n} framing hits, {raw} are in the article's own voice by the program, {value} [{low}, {high}] corrected by {n_coded} \
             hand-coded hits\n> (stratified by source and predicted voice, weighed by the chance to be drawn; one coder)."
        ),
    );
}
