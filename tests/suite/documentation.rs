//! README and `docs/`: the commands run, the links lead somewhere, and each page is in the list of contents.

use super::support::repository;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = fs::read_dir(repository("docs"))
        .expect("docs/")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    pages
}

/// What a page asks its reader to do.
enum Step {
    /// A block marked `sh`.
    Run(String),
    /// A block marked `file=PATH`: the file is written as it stands there.
    Write { path: String, text: String },
}

fn steps(page: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(mark) = line.strip_prefix("```") else { continue };
        let text: String = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        if mark == "sh" {
            steps.push(Step::Run(text));
        } else if let Some((_, path)) = mark.split_once(" file=") {
            steps.push(Step::Write { path: path.to_owned(), text });
        }
    }
    steps
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let goal = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &goal);
        } else {
            fs::copy(entry.path(), goal).expect("copied");
        }
    }
}

/// What the pages speak of: the sample, the codebook, a filled coding sheet, a reader's own articles as a folder and as JSON Lines.
fn set_up(folder: &Path) {
    copy_folder(&repository("seeds"), &folder.join("seeds"));
    copy_folder(&repository("dictionaries"), &folder.join("dictionaries"));
    copy_folder(&repository("examples/coding"), &folder.join("examples/coding"));
    let articles = folder.join("articles");
    fs::create_dir(&articles).expect("a folder");
    let text =
        |name: &str| format!("{name} saw it.\n\nThe blockade of the Lachin corridor is illegal, Yerevan said.\n");
    for (file, name) in [("The-Daily_2023-09-25_first.txt", "One"), ("The-Hour_2023-10-02_second.txt", "Two")] {
        fs::write(articles.join(file), text(name)).expect("written");
    }
    let line = |id: &str| {
        let text = text(id).replace('\n', "\\n");
        format!("{{\"id\": \"{id}\", \"source\": \"The Daily\", \"date\": \"2023-09-25\", \"text\": \"{text}\"}}\n")
    };
    fs::write(folder.join("corpus.jsonl"), (1..17).map(|number| line(&format!("a{number}"))).collect::<String>())
        .expect("written");
    fs::write(folder.join("new.jsonl"), line("b1")).expect("written");
}

/// Runs `script` in `folder`, the program on the path.
fn sh(script: &str, folder: &Path) -> Result<(), String> {
    let bin = Path::new(env!("CARGO_BIN_EXE_framescope")).parent().expect("a folder");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let done = Command::new("bash")
        .args(["-euo", "pipefail", "-c", script])
        .current_dir(folder)
        .env("PATH", path)
        .output()
        .expect("bash");
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into_owned()) }
}

#[cfg(unix)]
#[test]
fn every_command_of_the_documentation_runs() {
    let mut failures = Vec::new();
    for page in pages().into_iter().chain([repository("README.md")]) {
        let steps = steps(&fs::read_to_string(&page).expect("a page"));
        if steps.is_empty() {
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        set_up(folder.path());
        sh("framescope tally -q --parts parts corpus.jsonl > stored.tally", folder.path()).expect("a stored tally");
        for step in steps {
            match step {
                Step::Write { path, text } => {
                    let path = folder.path().join(path);
                    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                    fs::write(path, text).expect("written");
                }
                Step::Run(script) => {
                    if let Err(error) = sh(&script, folder.path()) {
                        failures.push(format!("{}:\n{script}\n{error}", page.display()));
                        break;
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn links_of_the_documentation_lead_to_files() {
    let root = ["README.md", "CONTRIBUTING.md"].map(repository);
    for page in pages().into_iter().chain(root) {
        let text = fs::read_to_string(&page).expect("a page");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            if file.is_empty() || file.contains("://") || file.contains(' ') {
                continue;
            }
            assert!(page.with_file_name(file).exists(), "{} links to `{link}`, which is not there", page.display());
        }
    }
}

#[test]
fn every_page_is_in_the_list_of_contents() {
    let summary = fs::read_to_string(repository("docs/SUMMARY.md")).expect("docs/SUMMARY.md");
    for page in pages() {
        let name = page.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert!(
            name == "SUMMARY.md" || summary.contains(&format!("]({name})")),
            "docs/SUMMARY.md does not list {name}"
        );
    }
}

#[test]
fn the_r_package_has_the_version_of_the_program() {
    let description = fs::read_to_string(repository("r/framescope/DESCRIPTION")).expect("r/framescope/DESCRIPTION");
    let version = description.lines().find_map(|line| line.strip_prefix("Version: "));
    assert_eq!(version, Some(env!("CARGO_PKG_VERSION")), "r/framescope/DESCRIPTION");
}
