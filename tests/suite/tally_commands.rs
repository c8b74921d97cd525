//! `tally`, `merge`, `tables` and `diff` from outside: the bytes of a run, by pieces; and a run that is killed.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_framescope");

fn framescope(folder: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.current_dir(folder);
    command
}

fn ran(mut command: Command, input: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// Standard output of a command that must succeed.
fn done<S: AsRef<OsStr>>(folder: &Path, arguments: &[S], input: &str) -> String {
    let mut command = framescope(folder);
    command.args(arguments);
    let output = ran(command, input);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The sample corpus as JSON Lines, `copies` times under other ids.
fn seeds(copies: usize) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut files: Vec<_> = std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let mut lines = Vec::new();
    for copy in 0..copies {
        for path in &files {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let (source, rest) = name.split_once('_').unwrap();
            let text = std::fs::read_to_string(path).unwrap();
            let article = serde_json::json!({ "id": format!("{name} {copy}"), "source": source, "date": &rest[..10], "text": text });
            lines.push(article.to_string());
        }
    }
    lines
}

/// Every file of a folder, and of the folders in it, by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let (path, name) = {
            let entry = entry.unwrap();
            (entry.path(), entry.file_name().into_string().unwrap())
        };
        if path.is_dir() {
            files.extend(self::files(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            files.insert(name, std::fs::read(path).unwrap());
        }
    }
    files
}

/// Names the files that differ, for a message that fits a screen.
fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, what: &str) {
    let names: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let differing: Vec<_> = names.into_iter().filter(|name| one.get(*name) != other.get(*name)).collect();
    assert!(differing.is_empty(), "{what}: {differing:?}");
}

/// The tables of a folder by name.
fn tables(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let tables = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "csv"));
    tables.map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap())).collect()
}

fn text(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn an_output_by_pieces_is_that_of_a_run_for_any_order_threads_and_tree() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut lines = seeds(14);
    let run = |output: &str, threads: &str, lines: &[String]| {
        done(at, &["run", "-", "-o", output, "-q", "--excel", "--threads", threads], &text(lines));
        files(&at.join(output))
    };
    let whole = run("whole", "1", &lines);
    for name in ["mentions.csv", "zones.csv", "report.html", "workbook.xlsx", "actors.gexf", "excel/groups.csv"] {
        assert!(whole.contains_key(name), "{name}");
    }
    let page = String::from_utf8(whole["report.html"].clone()).unwrap();
    assert!(page.contains("id=\"data-hits\""));
    lines.reverse();
    assert_same(&run("again", "8", &lines), &whole, "8 threads");
    let tally = |lines: &[String], threads: &str| {
        done(at, &["tally", "-q", "--parts", "parts", "--threads", threads], &text(lines))
    };
    let mut tallies: Vec<String> = lines
        .chunks(9)
        .enumerate()
        .map(|(number, part)| tally(part, if number % 2 == 0 { "1" } else { "2" }))
        .collect();
    // A part that no tally names, as a failed attempt leaves it, is not read.
    tally(&lines[..1], "1");
    tallies.push(tally(&[], "1"));
    let pieces = |output: &str, tally: &str| {
        done(at, &["tables", "-", "-o", output, "-q", "--excel", "--parts", "parts"], tally);
        files(&at.join(output))
    };
    assert_same(&pieces("flat", &tallies.concat()), &whole, "all at once");
    tallies.reverse();
    let halves = tallies.chunks(tallies.len() / 2).map(|half| done(at, &["merge"], &half.concat()));
    let merged = done(at, &["merge", "--expect-articles", &lines.len().to_string()], &halves.collect::<String>());
    assert_same(&pieces("tree", &merged), &whole, "as a tree");
    done(
        at,
        &["tables", "-", "-o", "bare", "-q", "--parts", "parts", "--no-report", "--only", "groups,mentions"],
        &merged,
    );
    done(at, &["run", "-", "-o", "few", "-q", "--no-report", "--only", "groups,mentions"], &text(&lines));
    assert_same(&files(&at.join("bare")), &files(&at.join("few")), "some tables and no report");
    let all = ["-q", "--no-report", "--measures", "all"];
    done(at, &[&["tables", "-", "-o", "all_pieces", "--parts", "parts"][..], &all].concat(), &merged);
    done(at, &[&["run", "-", "-o", "all"][..], &all].concat(), &text(&lines));
    let all = files(&at.join("all"));
    assert!(all.contains_key("quotations.csv") && !whole.contains_key("quotations.csv"));
    assert_same(&files(&at.join("all_pieces")), &all, "all measures");
}

#[test]
fn a_report_with_less_text_is_the_same_by_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let lines = seeds(1);
    let tallies: String =
        lines.chunks(4).map(|part| done(at, &["tally", "-q", "--parts", "parts"], &text(part))).collect();
    for how in ["hits", "none"] {
        done(at, &["run", "-", "-o", "whole", "-q", "--force", "--report-text", how], &text(&lines));
        done(at, &["tables", "-", "-o", "pieces", "-q", "--force", "--parts", "parts", "--report-text", how], &tallies);
        assert_same(&files(&at.join("pieces")), &files(&at.join("whole")), how);
    }
}

#[test]
fn an_output_from_counts_alone_has_all_but_the_text_of_articles_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let lines = text(&seeds(1));
    done(at, &["run", "-", "-o", "whole", "-q"], &lines);
    let tally = done(at, &["tally", "-q"], &lines);
    done(at, &["tables", "-", "-o", "counted", "-q"], &tally);
    let (whole, counted) = (files(&at.join("whole")), files(&at.join("counted")));
    let missing: Vec<&String> = whole.keys().filter(|name| !counted.contains_key(*name)).collect();
    assert_eq!(missing, ["charts/xray.vl.json", "mentions.csv", "zones.csv"]);
    let differing: Vec<&String> = counted.keys().filter(|name| counted.get(*name) != whole.get(*name)).collect();
    assert_eq!(
        differing,
        ["README.md", "datapackage.json", "report.html", "workbook.xlsx"],
        "the workbook has no hits"
    );
    let page = String::from_utf8(counted["report.html"].clone()).unwrap();
    assert!(page.contains("made from counts alone"));
}

#[test]
fn what_was_odd_about_the_corpus_is_reported_by_pieces_too() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::create_dir(at.join("corpus")).unwrap();
    let mut lines = seeds(1);
    lines.insert(1, "{\"id\": \"broken".into());
    lines.insert(2, lines[0].replace("\"date\":\"2", "\"date\":\"x").replace(" 0\"", " undated\""));
    for (number, part) in lines.chunks(3).enumerate() {
        std::fs::write(at.join(format!("corpus/{number}.jsonl")), text(part)).unwrap();
    }
    std::fs::write(at.join("corpus/only-bad.jsonl"), "{\n").unwrap();
    done(at, &["run", "corpus", "-o", "whole", "-q", "--text-column", "text"], "");
    let paths: Vec<_> = std::fs::read_dir(at.join("corpus")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let tally = |path: &Path| {
        done(
            at,
            &[
                "tally".as_ref(),
                "-q".as_ref(),
                "--parts=parts".as_ref(),
                "--text-column=text".as_ref(),
                path.as_os_str(),
            ],
            "",
        )
    };
    let mut tallies: String = paths.iter().map(|path| tally(path)).collect();
    done(at, &["tables", "-", "-o", "pieces", "-q", "--parts", "parts"], &tallies);
    let read = |name: &str| String::from_utf8(std::fs::read(at.join(name)).unwrap()).unwrap();
    let (whole, pieces) = (read("whole/report.html"), read("pieces/report.html"));
    assert!(whole.contains("0.jsonl:2:") && whole.contains("0.jsonl:3<") && whole.contains("is not a date"));
    // A file without articles has no part: its bad record is counted, and has no place.
    assert!(whole.contains("only-bad.jsonl:1:"));
    let without = |page: &str, place: &str| {
        let row = format!("<tr><td><bdi>left out</bdi></td><td><bdi>{place}</bdi></td>");
        page.lines().filter(|line| !line.starts_with(&row)).map(str::to_owned).collect::<Vec<_>>()
    };
    let (known, unknown) = (without(&whole, "only-bad.jsonl:1:1"), without(&pieces, ""));
    assert_eq!(known.len() + 1, whole.lines().count());
    assert!(known == unknown, "more than the place of one bad record differs");
    assert!(pieces.contains("0.jsonl:2:") && pieces.contains("0.jsonl:3<"));
    let options = |name: &str| serde_json::from_str::<serde_json::Value>(&read(name)).unwrap()["options"].clone();
    assert_eq!(options("pieces/datapackage.json"), options("whole/datapackage.json"));
    // Counts of a corpus that was read in another way may be added; the data package tells both.
    tallies += &done(at, &["tally", "-q", "--parts", "parts"], "{\"id\": \"more\", \"text\": \"Baku.\"}\n");
    done(at, &["tables", "-", "-o", "both", "-q", "--parts", "parts"], &tallies);
    assert_eq!(options("both/datapackage.json")["text_column"], serde_json::json!([null, "text"]));
}

/// Articles of which three have one text; the fourth is in Spanish.
const ALIKE: [&str; 4] = [
    "{\"id\": \"c\", \"source\": \"one\", \"text\": \"The road to the town was shut for a week.\\nIt is open.\"}\n",
    "{\"id\": \"a\", \"source\": \"two\", \"text\": \"The road  to the town was shut for a week. It is open.\\r\\n\"}\n",
    "{\"id\": \"b\", \"source\": \"one\", \"text\": \"The road to the town was shut for a week. It is open.\"}\n",
    "{\"id\": \"d\", \"source\": \"two\", \"text\": \"La carretera de la capital sigue cerrada y no se sabe hasta cuando, dijo el ministro.\"}\n",
];

#[test]
fn the_same_text_twice_is_reported_by_a_run_and_by_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("all.jsonl"), ALIKE.concat()).unwrap();
    let mut run = framescope(at);
    run.args(["run", "-", "-o", "whole"]);
    let reported = ran(run, &ALIKE.concat());
    let reported = String::from_utf8(reported.stderr).unwrap();
    for expected in [
        "articles with the same text as another (each is counted): 2",
        "`b` has the same text as `a`",
        "`c` has the same text as `a`",
        "1 article is in a language that the codebook does not declare (es: 1; its languages: en)",
    ] {
        assert!(reported.contains(expected), "{expected}: {reported}");
    }
    let read = |name: &str| std::fs::read_to_string(at.join(name)).unwrap();
    let articles = read("whole/articles.csv");
    let mut rows = csv::Reader::from_reader(articles.as_bytes());
    let header = rows.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|known| known == name).unwrap();
    let (first, language) = (column("duplicate_of"), column("language"));
    let rows: Vec<csv::StringRecord> = rows.into_records().map(Result::unwrap).collect();
    let cells: Vec<[&str; 3]> = rows.iter().map(|row| [&row[0], &row[first], &row[language]]).collect();
    assert_eq!(cells, [["a", "", "en"], ["b", "a", "en"], ["c", "a", "en"], ["d", "", "es"]]);
    let page = read("whole/report.html");
    assert!(page.contains("2 articles have the same text as another") && page.contains("does not declare (es: 1"));
    // A run by pieces says the same, whatever the order.
    let tallies: String = ALIKE.iter().rev().map(|line| done(at, &["tally", "--parts", "parts"], line)).collect();
    let mut merge = framescope(at);
    merge.args(["merge"]);
    let merged = ran(merge, &tallies);
    assert!(merged.status.success());
    let reported = String::from_utf8(merged.stderr).unwrap();
    assert!(
        reported.contains("(each is counted): 2\n") && reported.contains("`c` has the same text as `a`"),
        "{reported}"
    );
    let merged = String::from_utf8(merged.stdout).unwrap();
    done(at, &["tables", "-", "-o", "pieces", "-q", "--parts", "parts"], &merged);
    assert_same(&files(&at.join("whole")), &files(&at.join("pieces")), "pieces");
    // Under `--strict` it is a finding.
    let mut strict = framescope(at);
    strict.args(["run", "all.jsonl", "-o", "strict", "--strict"]);
    assert_eq!(ran(strict, "").status.code(), Some(5));
}

#[test]
fn how_the_corpus_was_read_is_in_the_data_package_by_pieces_too() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("t.csv"), "nr,body,outlet,head,day\nx1,The road is shut.,One,Road,05/09/2023\n").unwrap();
    let reading = [
        "--text-column=body",
        "--source-column=outlet",
        "--title-column=head",
        "--date-column=day",
        "--id-column=nr",
        "--date-order=day-first",
        "--max-article=3",
    ];
    done(at, &[&["run", "t.csv", "-o", "whole", "-q"], &reading[..]].concat(), "");
    let tally = done(at, &[&["tally", "t.csv", "--parts", "parts"], &reading[..]].concat(), "");
    done(at, &["tables", "-", "-o", "pieces", "-q", "--parts", "parts"], &tally);
    assert_same(&files(&at.join("whole")), &files(&at.join("pieces")), "pieces");
    let package = std::fs::read_to_string(at.join("whole/datapackage.json")).unwrap();
    let options = &serde_json::from_str::<serde_json::Value>(&package).unwrap()["options"];
    for (name, value) in [
        ("text_column", "body"),
        ("source_column", "outlet"),
        ("title_column", "head"),
        ("date_column", "day"),
        ("id_column", "nr"),
        ("date_order", "day-first"),
    ] {
        assert_eq!(options[name], value, "{name}");
    }
    assert_eq!(options["max_article"], 3 << 20);
}

#[test]
fn a_lost_partition_and_a_missing_part_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let tally = done(at, &["tally", "-q", "--parts", "parts"], &text(&seeds(1)[..2]));
    let refused = |arguments: &[&str], exit_code: i32, reason: &str| {
        let mut command = framescope(at);
        command.args(arguments);
        let output = ran(command, &tally);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(exit_code), "{said}");
        assert!(said.contains(reason), "{said}");
        assert!(!at.join("tables").exists());
    };
    refused(&["merge", "--expect-articles", "3"], 4, "missing");
    refused(&["tables", "-", "-o", "tables", "--expect-articles", "1"], 4, "too many");
    refused(&["tables", "-", "-o", "tables", "--only", "mentions"], 2, "--parts");
    refused(&["tables", "-", "-o", "tables", "--parts", "elsewhere"], 3, "is not here");
    let part = std::fs::read_dir(at.join("parts")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&part).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&part, bytes).unwrap();
    refused(&["tables", "-", "-o", "tables", "--parts", "parts"], 3, "not what its name says");
}

#[test]
fn several_processes_on_one_machine_need_no_engine() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let lines = seeds(1);
    std::fs::create_dir(at.join("corpus")).unwrap();
    for (number, part) in lines.chunks(4).enumerate() {
        std::fs::write(at.join(format!("corpus/{number}.jsonl")), text(part)).unwrap();
    }
    done(at, &["run", "corpus", "-o", "whole", "-q", "--no-report"], "");
    let script = format!(
        "ls corpus/*.jsonl | xargs -P 2 -I{{}} sh -c '{0} tally -q --threads 1 --parts parts {{}} > {{}}.tally' && \
         {0} tables corpus/*.tally -o pieces -q --parts parts --no-report",
        PROGRAM
    );
    let status = Command::new("sh").arg("-c").arg(script).current_dir(at).status().unwrap();
    assert!(status.success());
    assert_same(&files(&at.join("pieces")), &files(&at.join("whole")), "two processes at a time");
    std::fs::write(at.join("list"), "corpus/0.jsonl\ncorpus/1.jsonl\n").unwrap();
    let listed = done(at, &["tally", "-q", "--paths-from", "list"], "");
    assert_eq!(listed, done(at, &["tally", "-q", "corpus/1.jsonl", "corpus/0.jsonl"], ""));
}

#[test]
fn a_killed_run_leaves_the_old_output_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("old.jsonl"), text(&seeds(1)[..2])).unwrap();
    std::fs::write(at.join("new.jsonl"), text(&seeds(6))).unwrap();
    done(at, &["run", "new.jsonl", "-o", "output", "-q"], "");
    let new = tables(&at.join("output"));
    let begun = std::time::Instant::now();
    done(at, &["run", "new.jsonl", "-o", "output", "-q"], "");
    let took = begun.elapsed();
    done(at, &["run", "old.jsonl", "-o", "output", "-q"], "");
    let old = tables(&at.join("output"));
    assert!(old != new);
    for moment in 0..10u32 {
        let mut run = framescope(at);
        run.args(["run", "new.jsonl", "-o", "output", "-q"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = run.spawn().unwrap();
        // Spread over the run, and in no step with it; the last moments lie about its end.
        std::thread::sleep(took * (moment + 1) / 10 + Duration::from_micros(u64::from(moment) * 377));
        let _ = child.kill();
        child.wait().unwrap();
        let left = tables(&at.join("output"));
        assert!(left == old || left == new, "killed at moment {moment}: neither the old nor the new output");
    }
}

#[test]
fn a_difference_is_reported_with_its_cause() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let lines = seeds(1);
    done(at, &["run", "-", "-o", "old", "-q"], &text(&lines[..3]));
    let edited = lines[1].replacen("\"text\":\"", "\"text\":\"Armenia. ", 1);
    done(at, &["run", "-", "-o", "new", "-q"], &text(&[edited, lines[2].clone(), lines[3].clone()]));
    assert_eq!(done(at, &["diff", "old", "old"], ""), "no difference\n");
    let reported = done(at, &["diff", "old", "new"], "");
    for cause in ["1 article added:", "1 article removed:", "1 article edited:", "actor_frequency:"] {
        assert!(reported.contains(cause), "{cause}\n{reported}");
    }
    let rows = done(at, &["diff", "old", "new", "--csv"], "");
    let mut reader = csv::Reader::from_reader(rows.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let has =
        |row: &csv::StringRecord| row[0] == *"cell" && row[1] == *"groups" && row[2] == *"ALL" && row[3] == *"words";
    assert_eq!(rows.iter().filter(|row| has(row)).count(), 1);
}
