use super::*;
use proptest::prelude::*;
use std::fmt::Write;

pub(crate) fn default_rows() -> Vec<ZoneRow> {
    let mut reader = csv::Reader::from_path("dictionaries/zones.csv").expect("the dictionary is there");
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.expect("a CSV row");
        rows.push(ZoneRow {
            zone: Zone::from_name(&record[0]).expect("a zone"),
            pattern: record[1].to_owned(),
            scope: Scope::from_name(&record[2]).expect("a scope"),
            note: record[3].to_owned(),
            line: record.position().expect("a position").line(),
        });
    }
    rows
}

pub(crate) fn default_zoner() -> Zoner {
    Zoner::compile(&default_rows()).expect("the dictionary compiles")
}

/// Each passage as `zone: text`, one a line.
fn zones_with(raw: &str, title: Option<&str>) -> String {
    let mut view = View::of(raw);
    let mut passages = Vec::new();
    default_zoner().passages(&mut view, title, None, &mut passages);
    let mut out = String::new();
    for passage in passages {
        writeln!(out, "{}: {}", passage.zone.name(), view.slice(passage.span)).expect("written");
    }
    out
}

fn zones(raw: &str) -> Vec<&'static str> {
    zones_with(raw, None)
        .lines()
        .map(|line| Zone::from_name(line.split(':').next().unwrap_or("")).expect("a zone").name())
        .collect()
}

#[test]
#[ignore = "needs the shared corpora"]
fn print_zones() {
    let zoner = default_zoner();
    for file in std::env::var("FILES").expect("FILES").split(' ') {
        let mut view = View::of(&std::fs::read_to_string(file).expect("readable"));
        let mut passages = Vec::new();
        zoner.passages(&mut view, None, None, &mut passages);
        println!("== {file}");
        for passage in passages {
            let text: String = view.slice(passage.span).chars().take(70).collect();
            println!(
                "{:12} {:22} {:4} {text}",
                passage.zone.name(),
                zoner.rule_name(passage.rule),
                view.words_in(passage.span)
            );
        }
    }
}
