//! Counts merge in any order, in any grouping, to the same tables.

use super::support::{corpus, golden_codebook, repository, study};
use framescope::analysis::Analysis;
use framescope::count::Counts;
use framescope::outputs::{make_tables, wanted_tables};
use framescope::run::count;
use framescope::study::{Study, StudyOptions};
use framescope::tables::Table;
use proptest::prelude::*;
use serde_json::json;

/// The articles of the golden and of the sample corpus, as records of JSON Lines.
fn records() -> Vec<String> {
    let mut records = Vec::new();
    for folder in ["tests/golden/corpus", "seeds"] {
        let mut paths: Vec<_> = std::fs::read_dir(repository(folder))
            .expect("the folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
            .collect();
        paths.sort();
        for (number, path) in paths.iter().enumerate() {
            let id = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(path).expect("UTF-8");
            let record = json!({"id": id, "source": format!("source {}", number % 3), "date": "2021-05", "text": text});
            records.push(record.to_string());
        }
    }
    records
}

fn counted(study: &Study, records: &[&String]) -> Counts {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("part.jsonl");
    let lines: String = records.iter().flat_map(|record| [record.as_str(), "\n"]).collect();
    std::fs::write(&path, lines).expect("written");
    count(study, &corpus(&path), 1).expect("counts")
}

/// Every table but `articles`, which tells the file a record came from.
fn tables(study: &Study, counts: &Counts) -> Vec<Table> {
    let analysis = Analysis::new(&study.codebook, &study.tables, counts);
    let wanted = wanted_tables(&[], framescope::stats::Measures::All, None).expect("all tables");
    make_tables(&analysis, &wanted).into_iter().filter(|table| table.name != "articles").collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_split_in_any_order_gives_the_same_tables(
        order in Just((0..records().len()).collect::<Vec<_>>()).prop_shuffle(),
        parts in proptest::collection::vec(0..5usize, records().len()),
        shape in any::<bool>(),
    ) {
        let study = study(golden_codebook(), StudyOptions::default());
        let records = records();
        let whole = counted(&study, &records.iter().collect::<Vec<_>>());
        let mut pieces: Vec<Counts> = Vec::new();
        for part in 0..5 {
            let of_part: Vec<&String> =
                order.iter().filter(|record| parts[**record] == part).map(|record| &records[*record]).collect();
            if !of_part.is_empty() {
                pieces.push(counted(&study, &of_part));
            }
        }
        let mut merged = Counts::default();
        if shape {
            for piece in pieces {
                merged.absorb(piece);
            }
        } else {
            // From the right, into one another.
            while let Some(mut piece) = pieces.pop() {
                piece.absorb(std::mem::take(&mut merged));
                merged = piece;
            }
        }
        for (merged, whole) in tables(&study, &merged).iter().zip(&tables(&study, &whole)) {
            prop_assert_eq!(&merged.rows, &whole.rows, "{}", merged.name);
        }
    }
}
