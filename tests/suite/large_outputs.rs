//! Outputs are as large as the data: what is left out is counted, and a size that nobody expects is said before.

use super::cli::Place;
use super::support;
use framescope::analysis::Analysis;
use framescope::outputs::{make_tables, wanted_tables};
use framescope::run::count;
use framescope::stats::Measures;
use framescope::study::Study;
use framescope::tables::{Cell, FieldContext, Table, TableSpec, size, write_csv};

/// A corpus of as many sources, each with two short articles that name other things than most; one says the same again and
/// again, so many times.
fn sources(number: usize, again: usize) -> (tempfile::TempDir, Study) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let things = [
        "Aldova occupied the town.",
        "Brenia spoke of the liberation.",
        "Nobody said a word.",
        "An occupation. An occupation!",
    ];
    let mut table = "id,source,date,text\n".to_owned();
    for source in 0..number {
        for (at, more) in [(0, ""), (1, "The liberation of Aldova goes on, as Brenia said.")] {
            let mut text = [things[(source + at) % things.len()], if source % 9 == 0 { more } else { "" }].join(" ");
            if source == 1 {
                text += &" Aldova occupied it, said Brenia.".repeat(again);
            }
            table += &format!("{source:04}-{at},Source {source:04},2023-0{}-01,\"{text} Word{source}.\"\n", 1 + at);
        }
    }
    std::fs::write(folder.path().join("articles.csv"), table).expect("written");
    let study = Study::new(support::golden_codebook(), support::by(&["source"])).expect("a study");
    (folder, study)
}

fn with_tables(number: usize, again: usize, look: impl FnOnce(&Analysis<'_>, &[&'static TableSpec], &[Table])) {
    let (folder, study) = sources(number, again);
    let counts = count(&study, &support::corpus(folder.path()), 1).expect("counts");
    let analysis = Analysis::new(&study.codebook, &study.tables, &counts);
    let wanted = wanted_tables(&[], Measures::Default, None).expect("tables");
    look(&analysis, &wanted, &make_tables(&analysis, &wanted));
}

#[test]
fn the_size_of_a_table_is_known_before_it_is_written() {
    for number in [3, 60] {
        with_tables(number, 0, |analysis, wanted, tables| {
            let groups = analysis.group_names();
            for table in tables {
                let spec = wanted.iter().find(|spec| spec.name == table.name).expect("a table of the registry");
                let context = FieldContext {
                    by: &analysis.options.by,
                    groups: &groups,
                    metadata: &analysis.metadata,
                    measures: analysis.options.measures,
                };
                let said = size(spec, &spec.fields(&context), analysis).expect("made from counts");
                let rows = table.rows.len() as u64;
                assert!(said.rows.is_some_and(|said| said >= rows), "{}: {said:?} of {rows} rows", table.name);
                let mut bytes = Vec::new();
                write_csv(&mut bytes, &table.fields, |out| table.rows.iter().for_each(|row| out.row(row)))
                    .expect("written");
                let actual = bytes.len() as u64;
                // Short tables hold little but their heads.
                let is_near = (actual / 3..=actual * 3 + 500).contains(&said.bytes);
                assert!(is_near, "{}: {} bytes said, {actual} written", table.name, said.bytes);
            }
        });
    }
}

#[test]
fn of_many_groups_one_has_no_row_of_what_it_does_not_have() {
    let zeros = |number: usize, name: &str| {
        let mut found = (0, 0);
        with_tables(number, 0, |analysis, _, tables| {
            let table = tables.iter().find(|table| table.name == name).expect("a table");
            let n = table.column("n").expect("a column");
            let zeros = table.rows.iter().filter(|row| row[n] == Cell::Integer(0)).count();
            found = (zeros, table.rows.len() % (analysis.parts().len() + 1));
        });
        found
    };
    for name in ["frame_frequency", "actor_frequency"] {
        let (few, rest) = zeros(12, name);
        assert!(few > 0 && rest == 0, "{name}: every group has a row of every item");
        assert_eq!(zeros(60, name).0, 0, "{name}");
    }
}

#[test]
fn of_many_groups_comparisons_have_rows_where_five_are_observed_or_expected() {
    // Rows of a group with fewer than five, and with more.
    let rows = |number: usize, name: &str| {
        let mut found = (0, 0);
        with_tables(number, 6, |_, _, tables| {
            let table = tables.iter().find(|table| table.name == name).expect("a table");
            let n = ["observed", "base", "a"].into_iter().find(|name| table.column(name).is_some()).expect("a column");
            let measure = table.column("measure");
            let (source, expected) = (table.column("source").expect("a column"), table.column("expected"));
            for row in table.rows.iter().filter(|row| row[source] != Cell::from("ALL")) {
                let integer = |name: &str| match table.column(name).map(|at| &row[at]) {
                    Some(Cell::Integer(n)) => *n,
                    other => panic!("{name}: {other:?}"),
                };
                let is_rate = measure.is_some_and(|at| row[at] == Cell::from("rate"));
                let (n, expected) = if is_rate {
                    let [both, words] =
                        [["n", "n_ref"], ["base", "base_ref"]].map(|of| of.map(integer).iter().sum::<u64>());
                    (integer("n"), (integer("base") * both) as f64 / words as f64)
                } else {
                    let expected = expected.map(|at| &row[at]);
                    (integer(n), if let Some(Cell::Number(expected)) = expected { *expected } else { 0.0 })
                };
                let is_many = n >= 5 || expected >= 5.0;
                *(if is_many { &mut found.1 } else { &mut found.0 }) += 1;
            }
        });
        found
    };
    for name in ["keyness", "contrasts", "actor_cooccurrence", "actor_frame"] {
        let (fewer, more) = rows(40, name);
        assert!(fewer > 0 && more > 0, "{name}: {fewer} {more}");
        let (none, of_many) = rows(41, name);
        assert!(none == 0 && of_many > 0, "{name}: {none} {of_many}");
    }
}

#[test]
fn a_larger_output_than_is_asked_for_is_refused_before_it_is_written() {
    let place = Place::furnished();
    let done = place.run(&["run", "articles", "--max-output", "10kB"]);
    assert_eq!(done.code, 1, "{}", done.err);
    for part in
        ["more than 10.0 kB", "`--only ", "compare fewer groups than the 2 of `--by source`", "`--max-output 1GB`"]
    {
        assert!(done.err.replace("\n", " ").contains(part), "{part}: {}", done.err);
    }
    assert!(!place.exists("output"));
    // What is named there fits.
    let only = done.err.split("--only ").nth(1).and_then(|rest| rest.split('`').next()).expect("names of tables");
    let only: String = only.split_whitespace().collect();
    let fewer = place.run(&["run", "articles", "--max-output", "10kB", "--only", &only]);
    assert_eq!(fewer.code, 0, "{only}: {}", fewer.err);
    let allowed = place.run(&["run", "articles", "--max-output", "1GB"]);
    assert_eq!(allowed.code, 0, "{}", allowed.err);
    let streamed = place.run(&["run", "articles", "--max-output", "1kB", "-o", "other"]);
    assert!(streamed.code == 1 && streamed.err.contains("`mentions.csv`"), "{}", streamed.err);
    assert!(!place.exists("other"));
    let odd = place.run(&["run", "articles", "--max-output", "much"]);
    assert!(odd.code == 2 && odd.err.contains("`much` is no size"), "{}", odd.err);
}

#[test]
fn tables_of_a_tally_are_refused_in_the_same_way() {
    let place = Place::furnished();
    place.write("articles.jsonl", b"{\"id\":\"1\",\"source\":\"a\",\"text\":\"A blockade of Freedonia.\"}\n");
    let tally = place.run(&["tally", "articles.jsonl"]);
    assert_eq!(tally.code, 0, "{}", tally.err);
    place.write("all.tally", tally.out.as_bytes());
    let done = place.run(&["tables", "all.tally", "--max-output", "1kB"]);
    assert!(done.code == 1 && done.err.contains("--max-output"), "{}", done.err);
    assert!(!place.exists("output"));
    assert_eq!(place.run(&["tables", "all.tally"]).code, 0);
}
