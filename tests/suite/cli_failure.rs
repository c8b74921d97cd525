//! Bad input: each case is told what is wrong, where, and what to do; and nothing is lost.

use super::cli::{Done, Place};
use std::io::Write as _;
use std::process::Stdio;

/// What is written before the command, the command, its exit code, and what it must say.
struct Case {
    name: &'static str,
    files: &'static [(&'static str, &'static [u8])],
    args: &'static [&'static str],
    code: i32,
    says: &'static [&'static str],
}

const CASES: [Case; 19] = [
    Case {
        name: "a missing path",
        files: &[],
        args: &["run", "artikles"],
        code: 3,
        says: &["artikles: no such file or folder (did you mean `articles`?)"],
    },
    Case {
        name: "nothing named and nothing there",
        files: &[],
        args: &["run"],
        code: 2,
        says: &["no corpus is named, and there is no folder `seeds` here"],
    },
    Case {
        name: "an empty folder",
        files: &[("empty/.hidden", b"")],
        args: &["run", "empty"],
        code: 3,
        says: &["empty: ", ".jsonl"],
    },
    Case {
        name: "random bytes",
        files: &[("noise.txt", b"\x00\x9f\x01\x02\x00\xfe\x03\x00\x00\x80\x04\x00\xff\xff\x05\x00\x00\x06\x00\x9c\x00\x07")],
        args: &["run", "noise.txt"],
        code: 3,
        says: &["no article could be read", "noise.txt"],
    },
    Case {
        name: "random bytes among articles",
        files: &[("articles/south/noise.txt", b"\x00\x9f\x01\x02\x00\xfe\x03\x00\x00\x80\x04\x00\xff\xff\x05\x00\x00\x06\x00\x9c\x00\x07")],
        args: &["run", "articles"],
        code: 0,
        says: &["read 2 articles", "records left out: 1\n", "south/noise.txt: not counted: "],
    },
    Case {
        name: "a table without its text column",
        files: &[("table.csv", b"id,headline\n1,War\n")],
        args: &["run", "table.csv"],
        code: 3,
        says: &["table.csv:1: no text column", "headline", "--text-column COLUMN"],
    },
    Case {
        name: "a table with a quote that never closes",
        files: &[("table.csv", b"id,text\n1,\"War in Sylvania\n2,Peace\n")],
        args: &["run", "table.csv"],
        code: 3,
        says: &["table.csv:2", "quot"],
    },
    Case {
        name: "a broken line among good ones",
        files: &[(
            "lines.jsonl",
            b"{\"id\":\"a\",\"text\":\"War in Sylvania.\"}\n{\"id\":\"b\",\"text\":\n{\"id\":\"c\",\"text\":\"Blockade.\"}\n{\"id\":\"d\"}\n",
        )],
        args: &["run", "lines.jsonl"],
        code: 0,
        says: &["read 2 articles", "records left out: 2\n", "lines.jsonl:2", "lines.jsonl:4: no text"],
    },
    Case {
        name: "a duplicate id",
        files: &[("lines.jsonl", b"{\"id\":\"a\",\"text\":\"War.\"}\n{\"id\":\"a\",\"text\":\"Blockade.\"}\n")],
        args: &["run", "lines.jsonl"],
        code: 3,
        says: &["two articles have the id `a`", "lines.jsonl:2", "give the records ids of their own"],
    },
    Case {
        name: "an output folder below a file",
        files: &[],
        args: &["run", "articles", "-o", "articles/north/a.txt/tables"],
        code: 1,
        says: &["cannot ", "articles/north/a.txt", "caused by: ", "os error"],
    },
    Case {
        name: "an output folder that is a file",
        files: &[],
        args: &["run", "articles", "-o", "articles/north/a.txt"],
        code: 1,
        says: &["`articles/north/a.txt`: it is a file", "--output"],
    },
    Case {
        name: "an output folder with somebody's files",
        files: &[("output/thesis.docx", b"years of work")],
        args: &["run", "articles"],
        code: 1,
        says: &["`output` holds files", "`thesis.docx`", "--force"],
    },
    Case {
        name: "an unknown table",
        files: &[],
        args: &["run", "articles", "--only", "mentons"],
        code: 2,
        says: &["no table `mentons`; did you mean `mentions`?"],
    },
    Case {
        name: "an unknown column",
        files: &[],
        args: &["run", "articles", "--by", "sourze"],
        code: 2,
        says: &["`--by sourze`", "did you mean `source`?"],
    },
    Case {
        name: "an unknown actor",
        files: &[],
        args: &["run", "articles", "--not-target", "FRT"],
        code: 2,
        says: &["no actor `FRT`; did you mean `FRD`?"],
    },
    Case {
        name: "an unknown zone",
        files: &[],
        args: &["run", "articles", "--zones", "bodi"],
        code: 2,
        says: &["'bodi'", "'body'"],
    },
    Case {
        name: "a packed file that is cut",
        files: &[("cut.jsonl.gz", b"\x1F\x8B\x08\0\0\0\0\0\0\xFF\xAB")],
        args: &["run", "cut.jsonl.gz"],
        code: 3,
        says: &["no article could be read", "cut.jsonl.gz: not counted: it does not unpack as gzip", "`gzip -t`"],
    },
    Case {
        name: "a table that is not packed as its name says",
        files: &[("plain.csv.zst", b"id,text\n1,war\n")],
        args: &["run", "plain.csv.zst"],
        code: 3,
        says: &["plain.csv.zst: not counted: it does not unpack as zstd", "name it by what it is"],
    },
    Case {
        name: "what is odd, when nothing may be",
        files: &[("articles/notes.xyz", b"?")],
        args: &["run", "articles", "--strict"],
        code: 5,
        says: &["1 finding in the corpus", "notes.xyz"],
    },
];

#[test]
fn bad_input_is_told_with_its_place_and_the_way_out() {
    for case in CASES {
        let place = Place::furnished();
        for (name, bytes) in case.files {
            place.write(name, bytes);
        }
        let done = place.run(case.args);
        assert_eq!(done.code, case.code, "{}: {done:?}", case.name);
        for part in case.says {
            assert!(done.err.contains(part), "{}: `{part}` is not in {}", case.name, done.err);
        }
        assert!(!done.err.contains("panicked"), "{}: {}", case.name, done.err);
        assert!(place.names().iter().all(|name| !name.contains(".new-")), "{}: {:?}", case.name, place.names());
    }
}

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
