//! The command line as a stranger meets it: what goes in, what comes out, and the exit code.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

macro_rules! small {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../cases/commands.in/", $name)))),*]
    };
}

/// A codebook that can be read in one look.
pub const CODEBOOK: [(&str, &str); 4] =
    small!["dictionaries/actors.csv" "dictionaries/aliases.csv" "dictionaries/frames.csv" "dictionaries/terms.csv"];

/// Two articles of two sources.
pub const ARTICLES: [(&str, &str); 2] = small!["articles/north/a.txt" "articles/south/b.txt"];

/// A folder of its own for one case.
pub struct Place {
    dir: TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// With the small codebook and the two articles.
    pub fn furnished() -> Self {
        let place = Self::new();
        for (name, text) in CODEBOOK.into_iter().chain(ARTICLES) {
            place.write(name, text.as_bytes());
        }
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_framescope"));
        command.args(args).current_dir(self.dir.path()).env_remove("NO_COLOR").env_remove("COLUMNS");
        command
    }

    pub fn run(&self, args: &[&str]) -> Done {
        Done::from(self.command(args).output().unwrap())
    }

    /// Names in the folder itself.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.dir.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    pub fn exists(&self, name: &str) -> bool {
        Path::exists(&self.path(name))
    }
}

/// What a command did.
#[derive(Debug)]
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

const COMMANDS: [&str; 19] = [
    "run",
    "corpus",
    "open",
    "show",
    "concordance",
    "sample",
    "agreement",
    "check",
    "check-output",
    "codebook",
    "sketch",
    "tally",
    "merge",
    "tables",
    "diff",
    "explain",
    "completions",
    "man",
    "codebook new",
];

#[test]
fn every_command_shows_examples_and_explains_its_options() {
    let place = Place::new();
    let listed = place.run(&["--help"]);
    for command in COMMANDS {
        let mut args: Vec<&str> = command.split(' ').collect();
        assert!(listed.out.contains(&format!("  {} ", args[0])), "`{command}` is not listed");
        args.push("--help");
        let help = place.run(&args);
        assert_eq!(help.code, 0);
        let (_, examples) = help.out.split_once("Examples:\n").unwrap_or_else(|| panic!("{command} has no examples"));
        assert!(examples.lines().filter(|line| line.contains("framescope")).count() >= 2, "{command}: {examples}");
        args.pop();
        args.push("-h");
        let short = place.run(&args).out;
        for line in short.lines().filter(|line| line.trim_start().starts_with('-')) {
            // An option and its explanation, or an option alone with the explanation below it.
            assert!(line.trim().contains("  ") || short.contains(&format!("{line}\n    ")), "{command}: {line}");
        }
    }
    let commands = listed.out.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    for line in commands.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
        let name = line.split_whitespace().next().unwrap();
        assert!(name == "help" || COMMANDS.contains(&name), "`{name}` is not tested");
    }
}

#[test]
fn a_run_writes_the_tables_that_are_asked_for() {
    let place = Place::furnished();
    let done = place.run(&["run", "articles"]);
    assert_eq!((done.code, done.out.as_str()), (0, ""), "{}", done.err);
    assert!(place.read("output/frame_frequency.csv").contains("\nblockade,(all),north,2,"));
    place.run(&["run", "articles", "-o", "some", "--only", "groups,trend"]);
    assert!(place.exists("some/groups.csv") && !place.exists("some/articles.csv"));
}

#[test]
fn the_options_of_a_run_change_what_is_counted() {
    let place = Place::furnished();
    let groups = |args: &[&str]| {
        let mut all = vec!["run", "articles", "-q", "--only", "groups,actor_cooccurrence"];
        all.extend(args);
        let done = place.run(&all);
        assert_eq!(done.code, 0, "{args:?}: {}", done.err);
        (place.read("output/groups.csv"), place.read("output/actor_cooccurrence.csv"))
    };
    let (plain, pairs) = groups(&[]);
    assert!(plain.starts_with("source,articles,"));
    assert!(pairs.contains("\nFRD,SYL,rolled,north,sentence,"));
    assert!(groups(&["--by", "article_id"]).0.contains("\nnorth/a,1,"));
    assert!(groups(&["--level", "coded"]).1.contains(",coded,"));
    let (_, window) = groups(&["--unit", "window:5"]);
    assert!(window.contains(",window:5,") && !window.contains(",sentence,"), "{window}");
    let hits = |text: &str| {
        let columns: Vec<String> = text.lines().next().unwrap().split(',').map(str::to_owned).collect();
        let at = columns.iter().position(|column| column == "frame_hits").unwrap();
        text.lines().find(|line| line.starts_with("ALL,")).unwrap().split(',').nth(at).unwrap().to_owned()
    };
    assert_eq!(hits(&plain), "4");
    assert_eq!(hits(&groups(&["--voice", "quoted"]).0), "0");
}

#[test]
fn an_article_comes_from_standard_input_as_well() {
    let place = Place::furnished();
    let mut child = place.command(&["run", "-", "-q"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let line = b"{\"id\": \"x1\", \"source\": \"S\", \"text\": \"A war in Sylvania began on this day.\"}\n";
    child.stdin.take().unwrap().write_all(line).unwrap();
    assert_eq!(Done::from(child.wait_with_output().unwrap()).code, 0);
    assert!(place.read("output/articles.csv").contains("\nx1,S,"));
}

#[test]
fn offsets_of_every_stage_cut_the_words_out_of_the_file() {
    let place = Place::furnished();
    for (stage, surface) in [("words", 10), ("mentions", 7), ("rejected", 6)] {
        let out = place.run(&["show", stage, "articles"]).out;
        let mut reader = csv::Reader::from_reader(out.as_bytes());
        let columns = reader.headers().unwrap().clone();
        let start = columns.iter().position(|column| column == "start_byte").unwrap();
        let mut n = 0;
        for row in reader.records() {
            let row = row.unwrap();
            let raw = place.read(&format!("articles/{}.txt", &row[0]));
            let (from, to): (usize, usize) = (row[start].parse().unwrap(), row[start + 1].parse().unwrap());
            assert_eq!(&raw[from..to], &row[surface], "{stage}");
            n += 1;
        }
        assert!(n > 0, "{stage} has no rows");
    }
}

#[test]
fn names_are_explained() {
    let place = Place::new();
    let list = place.run(&["explain"]).out;
    for name in
        ["npmi", "actor_frequency", "n_place_use", "pull_quote", "scare", "masked", "single_article", "zones.csv:"]
    {
        assert!(list.contains(name), "{name}: {list}");
    }
    assert!(place.run(&["explain", "own_demand"]).out.contains("(voice rule)"));
    assert!(place.run(&["explain", "trend.month"]).out.starts_with("trend.month (column)"));
}

#[test]
fn completions_and_manual_pages_are_written() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let done = place.run(&["completions", shell]);
        assert!(done.code == 0 && done.out.contains("concordance"), "{shell}");
    }
    assert!(place.run(&["man"]).out.contains(".TH framescope 1"));
    assert!(place.run(&["man", "run"]).out.contains("not\\-target"));
    assert_eq!(place.run(&["man", "--dir", "pages"]).code, 0);
    assert!(place.exists("pages/framescope.1") && place.exists("pages/framescope-run.1"));
}

#[test]
fn a_sketch_is_made_merged_and_used() {
    let place = Place::furnished();
    place.write("articles/south/c.txt", place.read("articles/south/b.txt").as_bytes());
    let done = place.run(&["sketch", "articles", "-o", "all.json"]);
    assert_eq!(done.err, "3 articles: 0 template lines, 1 near-duplicate\n");
    assert_eq!(place.run(&["run", "articles", "--sketch", "all.json", "-q"]).code, 0);
    assert!(
        place
            .read("output/articles.csv")
            .lines()
            .any(|line| line.starts_with("south/c,") && line.contains(",south/b,"))
    );
    place.write("north.json", place.run(&["sketch", "articles/north"]).out.as_bytes());
    place.write("south.json", place.run(&["sketch", "articles/south"]).out.as_bytes());
    let merged = place.run(&["sketch", "--merge", "south.json", "north.json"]);
    assert_eq!(merged.code, 0, "{}", merged.err);
    assert_eq!(place.run(&["sketch", "--merge", "south.json", "south.json"]).code, 4);
    assert_eq!(place.run(&["run", "articles", "--sketch", "articles/north/a.txt"]).code, 4);
}

#[test]
fn a_run_without_a_sketch_says_how_many_lines_one_would_find() {
    let place = Place::furnished();
    for n in 0..6 {
        let text =
            format!("Share this story\n\nVillage {n} was shelled\n\nIn village {n} the war went on, they said.\n");
        place.write(&format!("post/Post_2020-01-0{}_village.txt", n + 1), text.as_bytes());
    }
    let reported = "a sketch would find 1 template line in what is counted";
    for threads in ["1", "3"] {
        let done = place.run(&["run", "post", "--threads", threads]);
        assert!(done.err.contains(reported), "{}", done.err);
    }
    assert_eq!(
        place.run(&["sketch", "post", "-o", "sketch.json"]).err,
        "6 articles: 1 template line, 0 near-duplicates\n"
    );
    for more in [&["--sketch", "sketch.json"][..], &["--zones", "all"]] {
        let done = place.run(&[&["run", "post"], more].concat());
        assert!(done.code == 0 && !done.err.contains("a sketch would find"), "{}", done.err);
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    let place = Place::furnished();
    let mut text = String::new();
    for n in 0..3000 {
        text.push_str(&format!("Sentence {n} tells of the war in Sylvania and of nothing else at all.\n\n"));
    }
    place.write("long/a.txt", text.as_bytes());
    let mut child =
        place.command(&["show", "words", "long"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let done = Done::from(child.wait_with_output().unwrap());
    assert_eq!((done.code, done.err.as_str()), (0, ""));
}

#[test]
fn a_report_is_opened_by_the_browser_that_is_named() {
    let place = Place::new();
    assert_eq!(place.run(&["open"]).code, 2, "there is no report yet");
    place.write("output/report.html", b"<!doctype html>");
    let run = |browser: &str| place.command(&["open"]).env("BROWSER", browser).output().unwrap();
    let fine = run("true");
    assert!(fine.status.success(), "{fine:?}");
    assert!(String::from_utf8_lossy(&fine.stdout).trim_end().ends_with("report.html"));
    let none = run("no-such-browser-here");
    assert_eq!(none.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&none.stderr).contains("no-such-browser-here"));
}
