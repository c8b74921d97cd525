//! Names of the default codebook that are also names of other things, and the house styles of news: each sentence of
//! `tests/data/homonyms.csv` says which actor it names, or does not.

use super::cli::Place;
use super::support::repository;
use std::collections::{HashMap, HashSet};

#[test]
fn a_name_of_something_else_is_no_actor() {
    let file = std::fs::read(repository("tests/data/homonyms.csv")).expect("the list");
    let rows: Vec<[String; 4]> =
        csv::Reader::from_reader(file.as_slice()).deserialize().collect::<Result<_, _>>().unwrap();
    assert!(rows.len() >= 100, "{} rows", rows.len());
    let place = Place::new();
    let texts: Vec<String> = rows
        .iter()
        .enumerate()
        .map(|(at, [sentence, ..])| {
            format!("{{\"id\": \"{at}\", \"source\": \"s\", \"text\": {}}}\n", serde_json::json!(sentence))
        })
        .collect();
    place.write("in.jsonl", texts.concat().as_bytes());
    let shown = place.run(&["show", "mentions", "in.jsonl"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    let mut named: HashMap<String, HashSet<String>> = HashMap::new();
    for row in csv::Reader::from_reader(shown.out.as_bytes()).deserialize::<HashMap<String, String>>() {
        let row = row.unwrap();
        if row["layer"] == "actor" {
            named.entry(row["article_id"].clone()).or_default().insert(row["rollup"].clone());
        }
    }
    let wrong: Vec<String> = rows
        .iter()
        .enumerate()
        .filter(|(at, [_, actor, counts, _])| {
            named.get(&at.to_string()).is_some_and(|actors| actors.contains(actor)) != (counts == "true")
        })
        .map(|(_, [sentence, actor, counts, why])| format!("{sentence} {actor} {counts} ({why})"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
