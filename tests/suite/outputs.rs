//! Where an output goes: what is the user's stays, whatever is asked for; and what is believed of it later.

use super::cli::Place;

#[test]
fn what_a_run_reads_is_never_its_output() {
    let place = Place::furnished();
    place.write("data/articles.csv", b"id,source,text\n1,a,A siege.\n");
    place.write("articles/north/articles.csv", b"id,source,text\n1,a,A siege.\n");
    for (input, output) in [
        ("data/articles.csv", "data"),
        ("data", "data"),
        ("data", "."),
        ("articles", "articles/north"),
        ("articles", "dictionaries"),
    ] {
        let done = place.run(&["run", input, "-o", output, "--force"]);
        assert_eq!(done.code, 1, "{input} into {output}: {}", done.err);
        assert!(done.err.contains("cannot write into"), "{}", done.err);
    }
    assert_eq!(place.read("data/articles.csv"), "id,source,text\n1,a,A siege.\n");
    assert!(place.exists("articles/north/articles.csv") && place.exists("dictionaries/actors.csv"));
}

#[test]
fn names_that_a_run_knows_are_the_users_where_no_run_wrote() {
    for name in ["README.md", "articles.csv", "charts/holiday.png", "datapackage.json"] {
        let place = Place::furnished();
        place.write(&format!("output/{name}"), b"mine");
        let done = place.run(&["run", "articles"]);
        assert_eq!(done.code, 1, "{name}: {}", done.err);
        assert_eq!(place.read(&format!("output/{name}")), "mine");
        let forced = place.run(&["run", "articles", "--force"]);
        assert_eq!(forced.code, 0, "{name}: {}", forced.err);
        let kept = [format!("output/{name}"), format!("output/{name}.kept")];
        assert!(kept.iter().any(|name| place.exists(name) && place.read(name) == "mine"), "{name}: {}", forced.err);
        assert!(place.read("output/articles.csv").starts_with("article_id"));
    }
}

#[test]
fn a_changed_or_added_file_of_an_output_is_no_runs_file_any_more() {
    let place = Place::furnished();
    assert_eq!(place.run(&["run", "articles"]).code, 0);
    assert_eq!(place.run(&["run", "articles"]).code, 0, "its own output is replaced");
    place.write("output/charts/note.txt", b"mine");
    let done = place.run(&["run", "articles"]);
    assert!(done.code == 1 && done.err.contains("charts/note.txt"), "{}", done.err);
    std::fs::remove_file(place.path("output/charts/note.txt")).unwrap();
    place.write("output/groups.csv", b"edited");
    let done = place.run(&["run", "articles"]);
    assert!(done.code == 1 && done.err.contains("groups.csv"), "{}", done.err);
    assert_eq!(place.read("output/groups.csv"), "edited");
}

#[test]
fn an_output_inside_the_corpus_is_not_read() {
    let place = Place::furnished();
    let run = ["run", "articles", "-o", "articles/output"];
    assert_eq!(place.run(&run).code, 0);
    let first = place.read("articles/output/articles.csv");
    assert_eq!(place.run(&run).code, 0);
    assert_eq!(place.read("articles/output/articles.csv"), first);
}

#[cfg(unix)]
#[test]
fn links_lead_on_and_rights_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::furnished();
    symlink("real", place.path("output")).unwrap();
    for _ in 0..2 {
        assert_eq!(place.run(&["run", "articles"]).code, 0);
        assert!(place.path("output").is_symlink() && place.exists("real/groups.csv"));
        std::fs::set_permissions(place.path("real"), PermissionsExt::from_mode(0o770)).unwrap();
    }
    assert_eq!(place.run(&["run", "articles"]).code, 0);
    assert_eq!(std::fs::metadata(place.path("real")).unwrap().permissions().mode() & 0o777, 0o770);
}

#[test]
fn what_a_killed_run_left_is_removed_and_told_unless_it_is_somebodys() {
    let place = Place::furnished();
    place.write(".output.new-Ab12Cd/mentions.csv", b"half a ta");
    place.write(".output.new-Zz99Yy/letter.txt", b"mine");
    std::fs::create_dir_all(place.path(".output.new-Ef34Gh/charts")).unwrap();
    let done = place.run(&["run", "articles"]);
    assert_eq!(done.code, 0);
    assert!(!place.exists(".output.new-Ef34Gh"), "{}", done.err);
    assert!(!place.exists(".output.new-Ab12Cd") && done.err.contains(".output.new-Ab12Cd"), "{}", done.err);
    assert!(place.exists(".output.new-Zz99Yy/letter.txt") && done.err.contains("letter.txt"), "{}", done.err);
}

#[test]
fn an_empty_table_is_reported_by_diff() {
    let place = Place::new();
    place.write("old/articles.csv", b"article_id\n1\n");
    place.write("new/articles.csv", b"");
    let done = place.run(&["diff", "old", "new"]);
    assert!(done.code == 3 && done.err.contains("articles.csv"), "{}", done.err);
}

#[test]
fn an_output_is_compared_with_its_data_package() {
    let place = Place::furnished();
    let refused = place.run(&["check-output", "articles"]);
    assert!(refused.code == 3 && refused.err.contains("no output of a run"), "{}", refused.err);
    assert_eq!(place.run(&["run", "articles", "-o", "a"]).code, 0);
    assert_eq!(place.run(&["run", "articles", "-o", "b"]).code, 0);
    let whole = place.run(&["check-output", "b"]);
    assert_eq!((whole.code, whole.err.as_str()), (0, ""));
    let diff = place.run(&["diff", "a", "b"]);
    assert_eq!((diff.code, diff.err.as_str()), (0, ""));
    let table = place.read("b/frame_frequency.csv").replace("blockade", "blockadx");
    place.write("b/frame_frequency.csv", table.as_bytes());
    std::fs::remove_file(place.path("b/zones.csv")).unwrap();
    place.write("b/notes.txt", b"mine");
    let changed = place.run(&["check-output", "b"]);
    assert_eq!(changed.code, 5, "{}", changed.err);
    for says in ["`b/frame_frequency.csv` is not what", "`b/zones.csv` is gone", "`b/notes.txt` was written by no run"]
    {
        assert!(changed.out.contains(says), "{}", changed.out);
    }
    let diff = place.run(&["diff", "a", "b"]);
    assert!(diff.code == 0 && diff.err.contains("`b/frame_frequency.csv` is not what"), "{}", diff.err);
    assert!(!diff.err.contains("notes.txt") && !diff.err.contains("`a/"), "{}", diff.err);
}

#[test]
fn a_sketch_is_of_the_corpus_that_it_is_used_with() {
    let place = Place::furnished();
    place.write("other/z.txt", b"Another text.\n");
    assert_eq!(place.run(&["sketch", "other", "-o", "other.json"]).code, 0);
    let done = place.run(&["run", "articles", "--sketch", "other.json"]);
    assert!(done.code == 4 && done.err.contains("the sketch knows 0 of 2 articles"), "{}", done.err);
    assert_eq!(place.run(&["sketch", "articles", "-o", "own.json"]).code, 0);
    let done = place.run(&["run", "articles", "--sketch", "own.json"]);
    assert!(done.code == 0 && !done.err.contains("the sketch knows"), "{}", done.err);
    place.write("articles/north/a.txt", b"The text is another one now.\n");
    let done = place.run(&["run", "articles", "--sketch", "own.json"]);
    assert!(done.code == 0 && done.err.contains("knows 1 of 2 articles; 1 it has with another text"), "{}", done.err);
    assert_eq!(place.run(&["run", "articles", "--sketch", "own.json", "--strict"]).code, 5);
}

#[test]
fn one_text_in_two_tallies_is_reported() {
    let place = Place::furnished();
    for (name, id) in [("1", "a"), ("2", "b")] {
        let line = format!("{{\"id\":\"{id}\",\"source\":\"s\",\"text\":\"Sylvania wants no war.\"}}\n");
        place.write(&format!("{name}.jsonl"), line.as_bytes());
        let done = place.run(&["tally", &format!("{name}.jsonl"), "-q"]);
        place.write(&format!("{name}.tally"), done.out.as_bytes());
    }
    for command in [&["merge", "1.tally", "2.tally"][..], &["tables", "1.tally", "2.tally"]] {
        let done = place.run(command);
        assert!(
            done.code == 0 && done.err.contains("articles with the same text as another (each is counted): 1"),
            "{}",
            done.err
        );
        assert!(done.err.contains("`b` has the same text as `a`"), "{}", done.err);
    }
}

#[test]
fn no_text_commands_the_terminal() {
    let place = Place::furnished();
    let text = "Sylvania \u{1b}[31mwants\u{1b}]0;title\u{7} no \u{202E}war.";
    for name in ["old", "new"] {
        let line = serde_json::json!({ "id": format!("{name}\u{1b}[2J"), "source": "s\u{1b}[5m", "text": text });
        place.write(&format!("{name}.jsonl"), format!("{line}\n").as_bytes());
        assert_eq!(place.run(&["run", &format!("{name}.jsonl"), "-o", name]).code, 0);
    }
    for command in [
        &["concordance", "new.jsonl", "--frame", "war"][..],
        &["show", "voice", "new.jsonl"],
        &["diff", "old", "new"],
        &["check", "--corpus", "new.jsonl"],
        &["explain", "\u{1b}[31mwar"],
        &["run", "new.jsonl", "new.jsonl", "-o", "out\u{1b}[31m"],
    ] {
        let done = place.run(command);
        for stream in [&done.out, &done.err] {
            assert!(!stream.contains(['\u{1b}', '\u{7}', '\u{202E}']), "{command:?}: {stream:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_command_that_waits_for_input_ends_at_the_first_signal() {
    use std::os::unix::process::ExitStatusExt;
    for (signal, code) in [("TERM", 143), ("INT", 130)] {
        let place = Place::furnished();
        let mut waiting = place.command(&["tally"]).stdin(std::process::Stdio::piped()).spawn().unwrap();
        // Until it has read its codebook and listens, a signal ends it in the usual way, which is as good.
        std::thread::sleep(std::time::Duration::from_millis(700));
        let kill = std::process::Command::new("kill").args([&format!("-{signal}"), &waiting.id().to_string()]).status();
        assert!(kill.unwrap().success());
        let begun = std::time::Instant::now();
        let ended = loop {
            match waiting.try_wait().unwrap() {
                Some(status) => break status,
                None if begun.elapsed().as_secs() > 20 => {
                    waiting.kill().unwrap();
                    panic!("SIG{signal} did not end it");
                }
                None => std::thread::sleep(std::time::Duration::from_millis(20)),
            }
        };
        assert!(ended.code() == Some(code) || ended.signal() == Some(code - 128), "{signal}: {ended}");
    }
}

#[cfg(unix)]
#[test]
fn closed_or_full_streams_do_not_undo_the_work() {
    let place = Place::furnished();
    let program = env!("CARGO_BIN_EXE_framescope");
    let sh = |script: &str| {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", script]).env("FRAMESCOPE", program).current_dir(place.path("."));
        command.status().unwrap().code()
    };
    assert_eq!(sh("\"$FRAMESCOPE\" run articles 2>&-"), Some(0));
    assert!(place.exists("output/groups.csv"));
    assert_eq!(sh("(\"$FRAMESCOPE\" explain; echo $? > code) | head -1 > first; exit $(cat code)"), Some(0));
    if std::path::Path::new("/dev/full").exists() {
        assert_eq!(sh("\"$FRAMESCOPE\" run articles 2>/dev/full"), Some(0));
        assert_eq!(sh("\"$FRAMESCOPE\" --help >/dev/full"), Some(1));
        assert_eq!(sh("\"$FRAMESCOPE\" tally articles/north/a.txt >/dev/full"), Some(1));
    }
}

#[test]
fn what_a_workbook_cannot_hold_is_reported_and_the_table_has_it() {
    let place = Place::furnished();
    let lines: String =
        (0..1_210).map(|n| format!("{{\"id\":\"{n}\",\"source\":\"s\",\"text\":\"No {n}.\"}}\n")).collect();
    place.write("many.jsonl", lines.as_bytes());
    let done = place.run(&["run", "many.jsonl", "--only", "articles"]);
    let reported =
        "`workbook.xlsx` leaves out, for lack of room, of `articles` rows after the first 1200; the CSV files have all";
    assert!(done.code == 0 && done.err.contains(reported), "{}", done.err);
    assert_eq!(place.read("output/articles.csv").lines().count(), 1_211);
    let done = place.run(&["run", "articles"]);
    assert!(done.code == 0 && !done.err.contains("workbook"), "{}", done.err);
}

#[test]
fn no_command_writes_over_a_file_of_the_users() {
    let place = Place::furnished();
    place.write("news.jsonl", b"{\"id\":\"1\",\"source\":\"a\",\"text\":\"A siege.\"}\n");
    place.write("words.csv", b"category,word\nwar,war\n");
    assert_eq!(place.run(&["sample", "articles", "-o", "drawn.csv", "--n", "4"]).code, 0);
    for (command, file) in [
        ("corpus articles -o mine/a.jsonl", "mine/a.jsonl"),
        ("corpus articles --to tei -o mine/a.xml", "mine/a.xml"),
        ("corpus articles --to text -o mine", "mine/note.txt"),
        ("sketch articles -o mine/s.json", "mine/s.json"),
        ("sample articles -o mine/s.csv", "mine/s.csv"),
        ("sample articles -o mine/s.csv", "mine/s.key.csv"),
        ("sample articles -o mine/s.csv", "mine/s.codes.csv"),
        ("sample articles -o mine/s.json", "mine/s.labels.xml"),
        ("sample articles -o mine/s.csv --coders anna,ben", "mine/s.ben.csv"),
        ("agreement drawn.key.csv drawn.csv -o mine", "mine/confusion.csv"),
        ("agreement drawn.key.csv drawn.csv -o mine", "mine/datapackage.json"),
        ("codebook new mine", "mine/terms.csv"),
        ("codebook export mine", "mine/cues.csv"),
        ("codebook import words.csv mine", "mine/frames.csv"),
    ] {
        place.write(file, b"mine");
        let before = std::fs::read_dir(place.path("mine")).unwrap().count();
        let done = place.run(&command.split(' ').collect::<Vec<_>>());
        assert_eq!((done.code, place.read(file).as_str()), (1, "mine"), "{command}: {}", done.err);
        assert!(done.err.contains("already"), "{command}: {}", done.err);
        assert_eq!(std::fs::read_dir(place.path("mine")).unwrap().count(), before, "{command}: some files are there");
        std::fs::remove_dir_all(place.path("mine")).unwrap();
    }
    // What is read is not written, whatever is said.
    for command in [
        "corpus news.jsonl -o news.jsonl --force",
        "corpus articles -o articles/new.jsonl --force",
        "corpus articles --to text -o articles/texts",
        "sketch news.jsonl -o news.jsonl --force",
        "sample news.jsonl -o news.jsonl --force",
        "sample articles -o dictionaries/terms.csv --force",
        "agreement drawn.key.csv drawn.csv -o dictionaries --force",
    ] {
        let done = place.run(&command.split(' ').collect::<Vec<_>>());
        assert!(done.code == 1 && done.err.contains("cannot write"), "{command}: {}", done.err);
    }
    assert_eq!(place.read("words.csv"), "category,word\nwar,war\n");
    assert!(place.read("news.jsonl").contains("A siege."));
}

#[test]
fn what_a_command_wrote_itself_gives_way_until_it_is_changed() {
    let place = Place::furnished();
    assert_eq!(place.run(&["sample", "articles", "-o", "drawn.csv", "--n", "4"]).code, 0);
    for command in ["sketch articles -o sketch.json", "agreement drawn.key.csv drawn.csv"] {
        let command: Vec<&str> = command.split(' ').collect();
        assert_eq!(place.run(&command).code, 0);
        let again = place.run(&command);
        assert_eq!(again.code, 0, "{}", again.err);
    }
    place.write("agreement/disagreements.csv", b"with a remark");
    let done = place.run(&["agreement", "drawn.key.csv", "drawn.csv"]);
    assert!(done.code == 1 && done.err.contains("disagreements.csv"), "{}", done.err);
    assert_eq!(place.run(&["agreement", "drawn.key.csv", "drawn.csv", "--force"]).code, 0);
    let run = place.run(&["run", "articles", "-o", "agreement"]);
    assert!(run.code == 1 && run.err.contains("is no output of a run"), "{}", run.err);
}
