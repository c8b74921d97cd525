//! What lies in a corpus folder: nothing there makes a command hang or fill the memory, and nothing counts twice in
//! silence.

use super::cli::{Done, Place};
use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const TEXT: &str = "Freedonia and Sylvania talk of a war that nobody wants to see.\n";

/// Waits for a command that should end by itself.
fn ended(mut child: Child, what: &str) -> Done {
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(120) {
            child.kill().unwrap();
            panic!("{what} does not end");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Done::from(child.wait_with_output().unwrap())
}

fn run_to_its_end(place: &Place, args: &[&str]) -> Done {
    let piped = || Stdio::piped();
    let child = place.command(args).stdin(Stdio::null()).stdout(piped()).stderr(piped()).spawn().unwrap();
    ended(child, &format!("{args:?}"))
}

/// With so much memory and no more. The command is `framescope` followed by `args`.
fn in_memory(place: &Place, megabytes: u64, args: &str) -> Done {
    let script = format!("ulimit -v {} && exec \"$0\" {args} --threads 1", megabytes << 10);
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_framescope")]).current_dir(place.path("."));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    ended(command.spawn().unwrap(), args)
}

/// The number of articles that the output knows.
fn articles(place: &Place) -> usize {
    place.read("output/articles.csv").lines().count() - 1
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_listed_and_not_read() {
    use std::os::unix::fs::symlink;
    let place = Place::furnished();
    assert!(Command::new("mkfifo").arg(place.path("articles/pipe.txt")).status().unwrap().success());
    symlink("/dev/zero", place.path("articles/zero.txt")).unwrap();
    symlink("/dev/null", place.path("articles/null.jsonl")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(place.path("articles/socket.md")).unwrap();
    let done = run_to_its_end(&place, &["run", "articles", "-v"]);
    assert_eq!(done.code, 0, "{}", done.err);
    for name in ["pipe.txt", "zero.txt", "null.jsonl", "socket.md"] {
        assert!(done.err.contains(name), "`{name}` is not told: {}", done.err);
    }
    assert_eq!(articles(&place), 2);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_or_in_a_circle_is_reported_with_its_name() {
    use std::os::unix::fs::symlink;
    for (name, target) in [("gone.txt", "nowhere.txt"), ("self.txt", "self.txt"), ("round", "../articles")] {
        let place = Place::furnished();
        symlink(target, place.path(&format!("articles/{name}"))).unwrap();
        let done = run_to_its_end(&place, &["run", "articles"]);
        assert!([0, 1, 3].contains(&done.code) && done.err.contains(name), "{name}: {done:?}");
    }
}

#[cfg(unix)]
#[test]
fn one_file_under_several_names_is_one_article() {
    use std::os::unix::fs::symlink;
    let place = Place::furnished();
    symlink("a.txt", place.path("articles/north/link.txt")).unwrap();
    std::fs::hard_link(place.path("articles/north/a.txt"), place.path("articles/south/hard.txt")).unwrap();
    symlink("../articles/south", place.path("articles/again")).unwrap();
    let done = run_to_its_end(&place, &["run", "articles", "-v"]);
    assert_eq!((done.code, articles(&place)), (0, 2), "{}", done.err);
    for name in ["link.txt", "hard.txt", "again/b.txt"] {
        assert!(done.err.contains(name), "`{name}` is not told: {}", done.err);
    }
    let done = run_to_its_end(&place, &["run", "articles", "articles/north", "articles/north/a.txt", "-v"]);
    assert_eq!((done.code, articles(&place)), (0, 2), "{}", done.err);
    assert!(done.err.contains("a.txt"), "a folder and its part are told: {}", done.err);
}

#[test]
fn one_text_in_several_places_is_reported() {
    let place = Place::furnished();
    place.write("corpus/a.txt", TEXT.as_bytes());
    place.write("corpus/table.csv", format!("id,text\n1,{TEXT}").as_bytes());
    let mut command = place.command(&["run", "corpus", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let line = serde_json::json!({ "id": "piped", "text": TEXT });
    child.stdin.take().unwrap().write_all(format!("{line}\n").as_bytes()).unwrap();
    let done = ended(child, "run corpus -");
    assert!(done.code == 0 && done.err.contains("same text as another (each is counted): 2"), "{}", done.err);
    assert_eq!(articles(&place), 3);
}

#[test]
fn what_an_editor_left_is_listed_and_not_read() {
    let place = Place::furnished();
    let names = ["a.txt~", "#a.txt#", "~$a.txt", "a.txt.bak", "a.txt.orig"];
    for name in names {
        place.write(&format!("articles/north/{name}"), TEXT.as_bytes());
    }
    place.write("articles/north/.a.txt.swp", TEXT.as_bytes());
    let done = run_to_its_end(&place, &["run", "articles", "-v"]);
    assert_eq!((done.code, articles(&place)), (0, 2), "{}", done.err);
    for name in names {
        assert!(done.err.contains(name), "`{name}` is not told: {}", done.err);
    }
}

#[test]
fn an_id_is_the_same_in_either_unicode_form_and_numbers_keep_their_digits() {
    let place = Place::furnished();
    place.write(
        "forms.jsonl",
        "{\"id\":\"é\",\"text\":\"War.\"}\n{\"id\":\"e\u{301}\",\"text\":\"Blockade.\"}\n".as_bytes(),
    );
    let done = place.run(&["run", "forms.jsonl"]);
    assert!(done.code == 3 && done.err.contains("two articles have the id `é`"), "{}", done.err);
    let (one, two) = ("123456789012345678901", "123456789012345678902");
    place.write(
        "numbers.jsonl",
        format!("{{\"id\":{one},\"text\":\"War.\"}}\n{{\"id\":{two},\"text\":\"No.\"}}\n").as_bytes(),
    );
    assert_eq!(place.run(&["run", "numbers.jsonl"]).code, 0);
    let table = place.read("output/articles.csv");
    assert!(table.contains(one) && table.contains(two), "{table}");
}

#[test]
fn standard_input_can_be_named_once() {
    let place = Place::furnished();
    let done = run_to_its_end(&place, &["run", "-", "-"]);
    assert!(done.code == 2 && done.err.contains("standard input"), "{}", done.err);
}

#[test]
fn an_article_beyond_the_limit_is_left_out_and_told_and_the_others_are_read() {
    let long = TEXT.repeat((2 << 20) / TEXT.len());
    let line = |id: &str, text: &str| format!("{}\n", serde_json::json!({ "id": id, "text": text }));
    for (name, bytes) in [
        ("corpus/long.txt", long.clone()),
        ("corpus/long.jsonl", line("long", &long) + &line("other", "No war.")),
        ("corpus/long.csv", format!("id,text\nlong,\"{long}\"\nother,No war.\n")),
    ] {
        let place = Place::furnished();
        place.write("corpus/short.txt", TEXT.as_bytes());
        place.write(name, bytes.as_bytes());
        let done = run_to_its_end(&place, &["run", "corpus", "--max-article", "1"]);
        assert_eq!(done.code, 0, "{name}: {}", done.err);
        let reported =
            done.err.contains("records left out: 1") && done.err.contains("1 MB") && done.err.contains("--max-article");
        assert!(reported && done.err.contains(name.trim_start_matches("corpus/")), "{name}: {}", done.err);
        assert_eq!(articles(&place), if name.ends_with(".txt") { 1 } else { 2 }, "{name}");
        if !name.ends_with(".txt") {
            continue;
        }
        let raised = run_to_its_end(&place, &["run", "corpus", "--max-article", "3", "-o", "raised", "--no-report"]);
        assert!(raised.code == 0 && !raised.err.contains("left out"), "{name}: {}", raised.err);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_unpacks_to_gigabytes_takes_no_more_memory_than_an_article_may() {
    let place = Place::furnished();
    let packed = |byte: u8| zstd::encode_all(vec![byte; 32 << 20].as_slice(), 3).unwrap().repeat(128);
    place.write("articles/zeros.txt.zst", &packed(0));
    place.write("articles/bomb.txt.zst", &packed(b'a'));
    place.write("articles/bomb.jsonl.zst", &packed(b'a'));
    let done = in_memory(&place, 450, "run articles -v");
    for name in ["zeros.txt.zst", "bomb.txt.zst", "bomb.jsonl.zst"] {
        assert!(done.code == 0 && done.err.contains(name), "{name}: {done:?}");
    }
    assert_eq!(articles(&place), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn json_of_many_numbers_and_keys_takes_little_memory() {
    let place = Place::furnished();
    let keys: serde_json::Map<_, _> = (0..20_000).map(|n| (format!("k{n}"), serde_json::json!("v"))).collect();
    let mut record = serde_json::json!({ "id": "1", "text": TEXT, "numbers": vec![1; 1_800_000] });
    record.as_object_mut().unwrap().extend(keys);
    place.write("many.jsonl", format!("{record}\n").as_bytes());
    let done = in_memory(&place, 150, "tally many.jsonl -q");
    assert_eq!(done.code, 0, "{}", done.err);
}

#[cfg(target_os = "linux")]
#[test]
fn a_long_line_takes_a_small_multiple_of_its_size() {
    let place = Place::furnished();
    let text = TEXT.trim_end().repeat((4 << 20) / TEXT.len());
    place.write("line.jsonl", format!("{}\n", serde_json::json!({ "id": "1", "text": text })).as_bytes());
    let done = in_memory(&place, 300, "tally line.jsonl -q");
    assert_eq!(done.code, 0, "{}", done.err);
}

#[cfg(unix)]
#[test]
fn one_long_article_does_not_outlive_a_signal() {
    use std::os::unix::process::ExitStatusExt;
    for (signal, code) in [("TERM", 143), ("INT", 130)] {
        let place = Place::furnished();
        place.write("long.txt", TEXT.repeat((40 << 20) / TEXT.len()).as_bytes());
        let mut child = place.command(&["tally", "long.txt", "-q"]).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(900));
        let kill = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status();
        assert!(kill.unwrap().success());
        let begun = Instant::now();
        let status = loop {
            match child.try_wait().unwrap() {
                Some(status) => break status,
                None if begun.elapsed().as_secs() > 20 => {
                    child.kill().unwrap();
                    panic!("SIG{signal} did not end it");
                }
                None => std::thread::sleep(Duration::from_millis(20)),
            }
        };
        assert!(status.code() == Some(code) || status.signal() == Some(code - 128), "{signal}: {status}");
    }
}

#[cfg(unix)]
#[test]
fn a_new_output_has_the_rights_of_any_new_folder() {
    use std::os::unix::fs::PermissionsExt;
    for (umask, rights) in [("077", 0o700), ("022", 0o755), ("027", 0o750)] {
        let place = Place::furnished();
        let script = format!("umask {umask} && exec \"$0\" run articles -q");
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_framescope")]).current_dir(place.path("."));
        assert!(command.status().unwrap().success());
        let mode = |name: &str| std::fs::metadata(place.path(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("output"), mode("output/groups.csv")), (rights, rights & 0o666), "umask {umask}");
    }
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs root, to mount a tmpfs; tests/faults has it too"]
fn a_mounted_folder_can_be_an_output() {
    let place = Place::furnished();
    std::fs::create_dir(place.path("output")).unwrap();
    let output = place.path("output");
    let output = output.to_str().unwrap();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=32m", "tmpfs", output]).status().unwrap();
    assert!(mount.success(), "no tmpfs can be mounted");
    let codes: Vec<i32> = (0..2).map(|_| place.run(&["run", "articles"]).code).collect();
    let check = place.run(&["check-output", "output"]);
    assert!(Command::new("umount").arg(output).status().unwrap().success());
    assert_eq!((codes, check.code), (vec![0, 0], 0), "{}", check.err);
}

#[test]
fn a_damaged_or_lower_cased_text_is_reported_and_a_sound_one_is_not() {
    let sound =
        "Freedonia's president said in Fredonburg that naïve Sylvania wants a war; “no”, said Zoë, ÂÃ. ".repeat(4);
    let cases = [
        ("sound.txt", sound.clone(), None),
        ("lowered.txt", sound.to_lowercase().replace(['ï', 'ë', 'â', 'ã'], ""), Some("no capital letter")),
        ("short.txt", "a war, no less".to_owned(), None),
        ("georgian.txt", "საქართველოს პრეზიდენტმა თქვა რომ ომი არ არის ".repeat(9), None),
        ("lost.txt", sound.replace('ï', "\u{FFFD}"), Some("4 characters of the text are lost")),
    ];
    for (name, text, reported) in cases {
        let place = Place::furnished();
        place.write(&format!("corpus/{name}"), text.as_bytes());
        let done = run_to_its_end(&place, &["run", "corpus", "--no-report"]);
        assert_eq!(done.code, 0, "{}", done.err);
        match reported {
            Some(reported) => {
                assert!(done.err.contains(&format!("{name}: ")) && done.err.contains(reported), "{}", done.err)
            }
            None => assert!(!done.err.contains("notes on articles"), "{name}: {}", done.err),
        }
        assert_eq!(
            run_to_its_end(&place, &["run", "corpus", "--no-report", "--strict"]).code,
            if reported.is_some() { 5 } else { 0 }
        );
    }
}

#[test]
fn every_file_of_a_folder_that_is_not_read_is_listed() {
    let place = Place::furnished();
    place.write("c/a.txt", b"A siege.");
    let left_out =
        [".a.txt.swp", "a.txt~", ".DS_Store", "Thumbs.db", ".hidden.txt", "#a.txt#", "~$a.docx", "LICENSE-note.txt"];
    for name in left_out {
        place.write(&format!("c/{name}"), b"A siege.");
    }
    let done = place.run(&["run", "c", "-v"]);
    assert!(done.code == 0 && done.err.contains("read 1 article "), "{}", done.err);
    for name in left_out {
        assert!(done.err.contains(&format!("c/{name}: not read")), "{name}: {}", done.err);
    }
}
