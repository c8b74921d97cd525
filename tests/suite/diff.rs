//! `framescope diff` on outputs as people have them: sorted anew, edited by hand, with columns and rows gone.

use super::cli::Place;

/// An output, and what it is after a change of one of its files, compared.
fn after(change: impl Fn(&str) -> String, file: &str, options: &[&str]) -> String {
    let place = Place::furnished();
    for name in ["old", "new"] {
        assert_eq!(place.run(&["run", "articles", "-o", name, "--no-report"]).code, 0);
    }
    place.write(&format!("new/{file}"), change(&place.read(&format!("old/{file}"))).as_bytes());
    let done = place.run(&[&["diff", "old", "new"], options].concat());
    assert_eq!(done.code, 0, "{}", done.err);
    done.out
}

/// The lines of a table, its header first.
fn lines(table: &str) -> Vec<&str> {
    table.lines().collect()
}

fn joined(lines: &[&str]) -> String {
    format!("{}\n", lines.join("\n"))
}

#[test]
fn the_order_of_rows_and_of_columns_is_no_difference() {
    let backwards = |table: &str| {
        let mut lines = lines(table);
        lines[1..].reverse();
        joined(&lines)
    };
    let columns = |table: &str| {
        let swapped = |line: &str| line.split(',').rev().collect::<Vec<_>>().join(",");
        table.lines().map(swapped).map(|line| line + "\n").collect()
    };
    for file in
        ["frame_frequency.csv", "mentions.csv", "keyness.csv", "vocabulary.csv", "articles.csv", "contrasts.csv"]
    {
        assert_eq!(after(backwards, file, &["--computed"]), "no difference\n", "{file}");
    }
    assert_eq!(after(columns, "actor_frequency.csv", &["--computed"]), "no difference\n");
}

#[test]
fn computed_numbers_are_counted_and_shown_when_asked_for() {
    let column = |table: &str| lines(table)[0].split(',').position(|name| name == "per_1000").unwrap();
    let edited = |table: &str| {
        let lines = lines(table);
        let mut cells: Vec<&str> = lines[1].split(',').collect();
        cells[column(table)] = "7";
        let changed = cells.join(",");
        joined(&[&[lines[0], &changed], &lines[2..]].concat())
    };
    let told = after(edited, "frame_frequency.csv", &[]);
    assert!(
        told.contains("frame_frequency: 0 rows changed, 0 added, 0 removed, 1 changed in computed numbers only"),
        "{told}"
    );
    let shown = after(edited, "frame_frequency.csv", &["--all", "--computed"]);
    assert!(
        shown.contains("frame_frequency: 1 rows changed, 0 added, 0 removed\n") && shown.contains("-> 7\n"),
        "{shown}"
    );
    let csv = after(edited, "frame_frequency.csv", &["--csv"]);
    assert_eq!(lines(&csv)[1..], ["computed,frame_frequency,,,,1,changed"]);
    let csv = after(edited, "frame_frequency.csv", &["--csv", "--computed"]);
    assert!(lines(&csv)[1..].len() == 1 && csv.contains("per_1000") && csv.ends_with(",7,changed\n"), "{csv}");
}

#[test]
fn rows_and_columns_that_are_gone_are_told() {
    let place = Place::furnished();
    assert_eq!(place.run(&["run", "articles", "--only", "vocabulary", "--no-report"]).code, 0);
    let rows = lines(&place.read("output/vocabulary.csv")).len() - 1;
    let header = |table: &str| joined(&lines(table)[..1]);
    let told = after(header, "vocabulary.csv", &["--all", "--rows", "1"]);
    assert!(told.contains(&format!("vocabulary: 0 rows changed, 0 added, {rows} removed\n  - ")), "{told}");
    assert!(told.contains(&format!("  and {} more\n", rows - 1)), "{told}");
    assert_eq!(lines(&after(header, "vocabulary.csv", &["--csv"])).len(), rows + 1);
    let without_last = |table: &str| {
        let cut = |line: &str| line.rsplit_once(',').unwrap().0.to_owned();
        joined(&table.lines().map(cut).collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>())
    };
    let told = after(without_last, "vocabulary.csv", &["--all"]);
    assert!(told.contains("vocabulary: 0 rows changed, 0 added, 0 removed\n  1 columns removed: per_1000\n"), "{told}");
    let twice = |table: &str| format!("{table}{}\n", lines(table)[1]);
    let told = after(twice, "vocabulary.csv", &["--all"]);
    assert!(told.contains("vocabulary: 0 rows changed, 1 added, 0 removed\n  + "), "{told}");
}
