//! Measures on real articles that lie beside the repository: run by hand, never needed for a build.

use super::*;
use std::fmt::Write;
use std::path::Path;

fn field(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\"").replace('\n', " "))
}

/// Writes a ledger of the framing hits in `VOICE_TEXTS` (a folder) to `VOICE_OUT` (a folder), with the codebook in
/// `VOICE_DICTIONARIES`.
#[test]
#[ignore = "needs texts that are not part of the repository"]
fn ledger_of_a_folder() {
    let path = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("set {name}"));
    let dictionaries = path("VOICE_DICTIONARIES");
    let read = |name: &str| std::fs::read_to_string(Path::new(&dictionaries).join(name)).unwrap_or_default();
    let names = ["actors.csv", "aliases.csv", "frames.csv", "terms.csv"];
    let texts: Vec<(&str, String)> = names.iter().map(|name| (*name, read(name))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let bench = Bench::of(&files);
    let mut out = String::from(
        "article_id,layer,code,rollup,kind,surface,start_char,end_char,voice,tier,cue,speaker,agent,target,rule,sentence_text\n",
    );
    let mut entries: Vec<_> = std::fs::read_dir(path("VOICE_TEXTS"))
        .expect("the folder is there")
        .map(|entry| entry.expect("entry").path())
        .collect();
    entries.sort();
    for file in entries.iter().filter(|file| file.extension().is_some_and(|extension| extension == "txt")) {
        let raw = std::fs::read_to_string(file).expect("UTF-8");
        let id = file.file_stem().expect("a name").to_string_lossy();
        for a in bench.read(&raw) {
            let cells = [
                id.as_ref(),
                "frame",
                &a.frame,
                "",
                "term",
                &a.surface,
                &a.start_char.to_string(),
                &a.end_char.to_string(),
                a.voice,
                a.tier,
                &a.cue,
                &a.speaker,
                &a.agent,
                &a.target,
                a.rule,
                &a.sentence,
            ]
            .map(field);
            writeln!(out, "{}", cells.join(",")).expect("a string takes it");
        }
    }
    std::fs::write(Path::new(&path("VOICE_OUT")).join("mentions.csv"), out).expect("the folder can be written");
}
