//! Bad input: nothing is lost or left behind. What is said of it stands in `tests/cases/commands.md`.

use super::cli::{Done, Place};
use std::io::Write as _;
use std::process::Stdio;

#[test]
fn other_encodings_are_read_and_told() {
    let place = Place::furnished();
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain("A war in Sylvania has begun.\n".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    place.write("wide.txt", &utf16);
    assert_eq!(place.run(&["run", "wide.txt"]).code, 0);
    assert!(place.read("output/articles.csv").contains(",UTF-16LE,"));
    assert!(place.read("output/mentions.csv").contains(",SYL,"));
}

#[test]
fn a_run_that_fails_leaves_the_output_as_it_was() {
    let place = Place::furnished();
    assert_eq!(place.run(&["run", "articles"]).code, 0);
    let before = place.read("output/articles.csv");
    place.write("lines.jsonl", b"{\"id\":\"a\",\"text\":\"War.\"}\n{\"id\":\"a\",\"text\":\"Blockade.\"}\n");
    assert_eq!(place.run(&["run", "lines.jsonl"]).code, 3);
    assert_eq!(place.read("output/articles.csv"), before);
    assert_eq!(place.names(), ["articles", "dictionaries", "lines.jsonl", "output"]);
}

#[test]
fn somebodys_files_stay_with_force_too() {
    let place = Place::furnished();
    place.write("output/thesis.docx", b"years of work");
    assert_eq!(place.run(&["run", "articles"]).code, 1);
    assert!(place.exists("output/thesis.docx") && !place.exists("output/articles.csv"));
    assert_eq!(place.run(&["run", "articles", "--force"]).code, 0);
    assert!(place.exists("output/thesis.docx") && place.exists("output/articles.csv"));
}

#[test]
fn warnings_are_counted_by_kind_and_listed_on_request() {
    let place = Place::furnished();
    for n in 0..5 {
        place.write(&format!("articles/north/{n}.xyz"), b"?");
    }
    let done = place.run(&["run", "articles"]);
    assert!(done.err.contains("warning: files of unknown format (not read): 5\n"), "{}", done.err);
    assert!(
        done.err.contains("2.xyz") && !done.err.contains("3.xyz") && done.err.contains("and 2 more"),
        "{}",
        done.err
    );
    let all = place.run(&["run", "articles", "-v"]);
    assert!(all.err.contains("4.xyz") && !all.err.contains("more (-v"), "{}", all.err);
}

#[test]
#[cfg(unix)]
fn an_interrupt_leaves_the_output_as_it_was_and_nothing_behind() {
    let place = Place::furnished();
    assert_eq!(place.run(&["run", "articles", "-q"]).code, 0);
    let before = place.read("output/articles.csv");
    let mut child = place.command(&["run", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"{\"id\":\"x\",\"text\":\"War.\"}\n").unwrap();
    // The temporary folder is made after the signal is listened for.
    for _ in 0..2000 {
        if place.names().iter().any(|name| name.contains(".new-")) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let signal = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(signal.success());
    std::thread::sleep(std::time::Duration::from_millis(200));
    drop(input);
    let done = Done::from(child.wait_with_output().unwrap());
    assert_eq!((done.code, done.err.as_str()), (130, "error: interrupted; the previous output is untouched\n"));
    assert_eq!(place.read("output/articles.csv"), before);
    assert_eq!(place.names(), ["articles", "dictionaries", "output"]);
}
