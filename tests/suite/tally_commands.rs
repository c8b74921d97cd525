//! `tally`, `merge`, `tables` and `diff` from outside: the bytes of a run, by pieces; and a run that is killed.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

fn framescope(folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("framescope"));
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
fn tables_by_pieces_are_those_of_a_run_for_any_order_and_threads() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut lines = seeds(1);
    done(at, &["run", "-", "-o", "whole", "-q", "--no-report", "--threads", "1"], &text(&lines));
    let whole = tables(&at.join("whole"));
    assert!(whole.contains_key("mentions.csv") && whole.contains_key("zones.csv"));
    lines.reverse();
    for threads in ["2", "8"] {
        done(at, &["run", "-", "-o", "again", "-q", "--no-report", "--threads", threads], &text(&lines));
        assert!(tables(&at.join("again")) == whole, "{threads} threads");
    }
    let mut tallies: Vec<String> =
        lines.chunks(4).map(|part| done(at, &["tally", "-q", "--parts", "parts"], &text(part))).collect();
    // A part that no tally names, as a failed attempt leaves it, is not read.
    done(at, &["tally", "-q", "--parts", "parts"], &text(&lines[..1]));
    tallies.push(done(at, &["tally", "-q", "--parts", "parts"], ""));
    let merged = done(at, &["merge", "--expect-articles", &lines.len().to_string()], &tallies.concat());
    done(at, &["tables", "-", "-o", "pieces", "-q", "--parts", "parts"], &merged);
    assert!(tables(&at.join("pieces")) == whole);
    done(at, &["tables", "-", "-o", "counted", "-q"], &merged);
    let mut counted = whole.clone();
    counted.retain(|name, _| name != "mentions.csv" && name != "zones.csv");
    assert!(tables(&at.join("counted")) == counted);
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
    let program = assert_cmd::cargo::cargo_bin("framescope");
    let script = format!(
        "ls corpus/*.jsonl | xargs -P 2 -I{{}} sh -c '{0} tally -q --threads 1 --parts parts {{}} > {{}}.tally' && \
         {0} tables corpus/*.tally -o pieces -q --parts parts",
        program.display()
    );
    let status = Command::new("sh").arg("-c").arg(script).current_dir(at).status().unwrap();
    assert!(status.success());
    assert!(tables(&at.join("pieces")) == tables(&at.join("whole")));
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
fn a_difference_is_told_with_its_cause() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let lines = seeds(1);
    done(at, &["run", "-", "-o", "old", "-q"], &text(&lines[..3]));
    let edited = lines[1].replacen("\"text\":\"", "\"text\":\"Armenia. ", 1);
    done(at, &["run", "-", "-o", "new", "-q"], &text(&[edited, lines[2].clone(), lines[3].clone()]));
    assert_eq!(done(at, &["diff", "old", "old"], ""), "no difference\n");
    let told = done(at, &["diff", "old", "new"], "");
    for cause in ["1 article added:", "1 article removed:", "1 article edited:", "actor_frequency:"] {
        assert!(told.contains(cause), "{cause}\n{told}");
    }
    let rows = done(at, &["diff", "old", "new", "--csv"], "");
    let mut reader = csv::Reader::from_reader(rows.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let has =
        |row: &csv::StringRecord| row[0] == *"cell" && row[1] == *"groups" && row[2] == *"ALL" && row[3] == *"words";
    assert_eq!(rows.iter().filter(|row| has(row)).count(), 1);
}
