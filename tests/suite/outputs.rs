//! Where an output goes: what is the user's stays, whatever is asked for.

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
    let done = place.run(&["run", "articles"]);
    assert_eq!(done.code, 0);
    assert!(!place.exists(".output.new-Ab12Cd") && done.err.contains(".output.new-Ab12Cd"), "{}", done.err);
    assert!(place.exists(".output.new-Zz99Yy/letter.txt") && done.err.contains("letter.txt"), "{}", done.err);
}

#[test]
fn an_empty_table_is_told_by_diff() {
    let place = Place::new();
    place.write("old/articles.csv", b"article_id\n1\n");
    place.write("new/articles.csv", b"");
    let done = place.run(&["diff", "old", "new"]);
    assert!(done.code == 3 && done.err.contains("articles.csv"), "{}", done.err);
}
