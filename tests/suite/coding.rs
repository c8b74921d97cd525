//! Samples for hand coding, sheets that come back, and what is made of them, through the program.

use super::cli::{Done, Place};
use super::support::{Row, read_table, repository};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// With the sample corpus and the default codebook.
fn place() -> Place {
    let place = Place::new();
    let seeds = repository("seeds");
    let mut folders = vec![seeds.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("seeds/{}", path.strip_prefix(&seeds).unwrap().display());
            if path.is_dir() { folders.push(path) } else { place.write(&name, &std::fs::read(&path).unwrap()) }
        }
    }
    place
}

fn ok(done: Done) -> Done {
    assert_eq!(done.code, 0, "{}", done.err);
    done
}

fn drawn(args: &[&str]) -> Place {
    let place = place();
    ok(place.run(&[&["sample", "seeds", "-o", "s.csv"], args].concat()));
    place
}

/// The program's answers by item, with the columns of the key.
fn key(place: &Place) -> BTreeMap<String, Row> {
    let rows = read_table(&place.path("s.key.csv")).into_iter();
    rows.filter(|row| !row.text("item").is_empty()).map(|row| (row.text("item").to_owned(), row)).collect()
}

/// A sheet with an answer for each item, the cells in the order of `columns`.
fn filled(place: &Place, columns: &[&str], delimiter: char, answer: impl Fn(&Row) -> Vec<String>) -> String {
    let mut text = format!("item{delimiter}{}\n", columns.join(&delimiter.to_string()));
    for (item, row) in key(place) {
        let _ = writeln!(text, "{item}{delimiter}{}", answer(&row).join(&delimiter.to_string()));
    }
    text
}

fn none_is_a_hyphen(code: &str) -> String {
    if code.is_empty() { "-".into() } else { code.into() }
}

/// The program's own answers.
fn as_the_program(row: &Row) -> Vec<String> {
    let roles = ["speaker", "agent", "target"].map(|role| none_is_a_hyphen(row.text(role)));
    [&["1".to_owned(), row.text("voice").to_owned()][..], &roles].concat()
}

const HITS: [&str; 5] = ["right_sense", "voice", "speaker", "agent", "target"];

fn figure(place: &Place, variable: &str, class: &str, measure: &str) -> f64 {
    let rows = read_table(&place.path("agreement/agreement.csv"));
    let wanted = [("variable", variable), ("class", class), ("measure", measure), ("split", "")];
    let row = rows.iter().find(|row| row.is(&wanted)).unwrap_or_else(|| panic!("no {variable} {class} {measure}"));
    row.float("value")
}

#[test]
fn the_same_items_are_drawn_at_any_number_of_threads_and_in_any_order() {
    let place = place();
    let mut lines: Vec<String> = Vec::new();
    for (at, text) in ["blockade of the corridor", "genocide, he said", "an offensive and a siege"].iter().enumerate() {
        for copy in 0..40 {
            let text = format!("The {text} went on. Nobody in town {copy} spoke of the invasion. It rained.");
            lines.push(
                serde_json::json!({ "id": format!("a{at}-{copy}"), "source": format!("s{}", copy % 3), "text": text })
                    .to_string(),
            );
        }
    }
    place.write("there.jsonl", lines.join("\n").as_bytes());
    lines.reverse();
    place.write("back.jsonl", lines.join("\n").as_bytes());
    for kind in ["hits", "actors", "roles", "misses", "zones"] {
        let mut seen: Vec<[String; 2]> = Vec::new();
        for (at, (file, threads)) in
            [("there.jsonl", "1"), ("back.jsonl", "4"), ("there.jsonl", "3")].iter().enumerate()
        {
            let name = format!("{kind}{at}");
            let sheet = format!("{name}.csv");
            let done = place.run(&["sample", file, "-o", &sheet, "--of", kind, "--n", "25", "--threads", threads]);
            if kind == "actors" {
                assert_eq!(done.code, 3, "{}", done.err);
                continue;
            }
            ok(done);
            seen.push([place.read(&sheet), place.read(&format!("{name}.key.csv"))]);
        }
        assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{kind}");
        assert!(kind == "actors" || seen[0][0].lines().count() == 26, "{kind}");
    }
}

#[test]
fn a_sheet_tells_nothing_of_the_programs_answers() {
    let place = drawn(&["--n", "40", "--coders", "anna,ben", "--overlap", "0.25", "--blind"]);
    let key = key(&place);
    let sheets = ["anna", "ben"].map(|coder| read_table(&place.path(&format!("s.{coder}.csv"))));
    let header = place.read("s.anna.csv").lines().next().unwrap().to_owned();
    assert_eq!(header, "item,before,sentence,after,span,frame,right_sense,voice,speaker,agent,target,note,coder");
    // Ten for both, and fifteen of the others for each.
    assert_eq!(sheets.each_ref().map(Vec::len), [25, 25]);
    let shared = sheets[0].iter().filter(|row| sheets[1].iter().any(|other| other.text("item") == row.text("item")));
    assert_eq!(shared.count(), 10);
    for row in sheets.iter().flatten() {
        assert!(HITS.iter().all(|column| row.text(column).is_empty()));
        let hit = &key[row.text("item")];
        let (start, end) = (hit.number("start_byte") as usize, hit.number("end_byte") as usize);
        let path = place.path("seeds").join(format!("{}.txt", hit.text("article_id")));
        let raw = std::fs::read_to_string(path).unwrap();
        let words: Vec<&str> = raw[start..end].split_whitespace().collect();
        assert_eq!(row.text("span"), words.join(" "));
        assert!(row.text("sentence").contains(&format!("[[{}]]", row.text("span"))));
    }
    // Somebody may have coded with these files.
    let again = place.run(&["sample", "seeds", "-o", "s.csv", "--coders", "anna,ben"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("--force"), "{}", again.err);
}

#[test]
fn inclusion_is_what_was_drawn_of_each_stratum() {
    let place = drawn(&["--n", "60"]);
    let mut weights: BTreeMap<String, f64> = BTreeMap::new();
    let mut sizes: BTreeMap<String, f64> = BTreeMap::new();
    for row in read_table(&place.path("s.key.csv")) {
        let stratum = format!("{} {}", row.text("by:source"), row.text("class"));
        sizes.insert(stratum.clone(), row.float("stratum_size"));
        if row.text("item").is_empty() {
            assert_eq!(row.number("stratum_drawn"), 0);
        } else {
            *weights.entry(stratum).or_default() += 1.0 / row.float("inclusion");
        }
    }
    for (stratum, weight) in &weights {
        assert!((weight - sizes[stratum]).abs() < 1e-6, "{stratum}");
    }
    let all: f64 = sizes.values().sum();
    ok(place.run(&["run", "seeds", "-o", "out", "--no-report"]));
    let groups = read_table(&place.path("out/groups.csv"));
    assert_eq!(groups.iter().find(|row| row.text("source") == "ALL").unwrap().float("frame_hits"), all);
}

#[test]
fn the_folder_of_a_sheet_is_made_or_reported_before_anything_is_drawn() {
    let place = drawn(&["--n", "5"]);
    ok(place.run(&["sample", "seeds", "-o", "folder/x.csv", "--n", "5"]));
    assert!(place.exists("folder/x.csv") && place.exists("folder/x.key.csv"));
    // A folder cannot be made where a file is; the corpus, which would fail too, is not read before that is known.
    place.write("empty.jsonl", b"");
    let done = place.run(&["sample", "empty.jsonl", "-o", "s.csv/x.html"]);
    assert_eq!((done.code, done.err.contains("s.csv")), (1, true), "{}", done.err);
}

#[test]
fn a_margin_draws_what_it_needs_and_says_so() {
    let place = place();
    let done = ok(place.run(&["sample", "seeds", "-o", "m.csv", "--margin", "0.08"]));
    assert!(done.err.contains("+-0.08") || done.err.contains("+-0.07"), "{}", done.err);
    let wrong = place.run(&["sample", "seeds", "-o", "z.csv", "--of", "zones", "--margin", "0.05"]);
    assert_eq!((wrong.code, wrong.err.contains("--n")), (2, true), "{}", wrong.err);
}

#[test]
fn a_mangled_sheet_is_read_and_nothing_is_lost() {
    let place = drawn(&["--n", "60"]);
    let words = |row: &Row| {
        let voice = match row.text("voice") {
            "own" => " Own Voice ",
            "quoted" => "direct quotation",
            "attributed" => "ATTRIBUTED",
            other => other,
        };
        let role =
            |name: &str| if row.text(name).is_empty() { "none".to_owned() } else { row.text(name).to_lowercase() };
        vec!["remark".into(), role("target"), voice.to_owned(), role("agent"), "TRUE".into(), role("speaker")]
    };
    let columns = ["My notes", "Target", "VOICE", "agent ", "Right sense", "speaker"];
    let mut lines: Vec<String> = filled(&place, &columns, ';', words).lines().map(str::to_owned).collect();
    // Sorted otherwise, three rows missing, a cell nobody understands and a slip of the pen.
    lines[1..].reverse();
    lines.truncate(58);
    let cells: Vec<&str> = lines[3].split(';').collect();
    let unread = format!("{};;{};who knows;{};1;{}", cells[0], cells[2], cells[4], cells[6]);
    let slip = lines[5].split(';').next().unwrap().to_owned() + ";;-;atributed;-;yes;-";
    (lines[3], lines[5]) = (unread.clone(), slip);
    lines.push("x9999-001;;;own;;1;".into());
    place.write("back.csv", format!("\u{FEFF}{}\r\n", lines.join("\r\n")).as_bytes());
    let done = ok(place.run(&["agreement", "s.key.csv", "back.csv"]));
    assert!(done.err.contains("back.csv:4:4: `voice` is `who knows`"), "{}", done.err);
    let listed = read_table(&place.path("agreement/unread.csv"));
    let reported: Vec<(&str, &str)> = listed.iter().map(|row| (row.text("text"), row.text("read_as"))).collect();
    assert_eq!(reported, [("who knows", ""), ("atributed", "attributed"), ("x9999-001", "")]);
    assert_eq!(figure(&place, "agent", "(all)", "accuracy"), 1.0);
    let coded = read_table(&place.path("agreement/coded.csv"));
    assert_eq!(coded.len(), 57);
}

#[test]
fn a_workbook_is_read_as_it_was_saved() {
    let place = drawn(&["--n", "20"]);
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("cover").unwrap().write_string(0, 0, "coded by anna").unwrap();
    let sheet = book.add_worksheet();
    for (at, name) in ["voice", "item", "right_sense"].iter().enumerate() {
        sheet.write_string(0, at as u16, *name).unwrap();
    }
    for (row, (item, answers)) in (1..).zip(key(&place)) {
        sheet.write_string(row, 0, answers.text("voice")).unwrap();
        sheet.write_string(row, 1, item).unwrap();
        // A drop-down list gives text, a person types numbers, and a spreadsheet makes truth values of some words.
        match row % 3 {
            0 => sheet.write_number(row, 2, 1.0).unwrap(),
            1 => sheet.write_boolean(row, 2, true).unwrap(),
            _ => sheet.write_string(row, 2, "1").unwrap(),
        };
    }
    place.write("back.xlsx", &book.save_to_buffer().unwrap());
    let done = ok(place.run(&["agreement", "s.key.csv", "back.xlsx"]));
    assert!(done.err.contains("20 of 20 hits have an answer that counts"), "{}", done.err);
    assert_eq!(figure(&place, "voice", "(all)", "accuracy"), 1.0);
    assert_eq!(read_table(&place.path("agreement/unread.csv")).len(), 0);
    place.write("cut.xlsx", &std::fs::read(place.path("back.xlsx")).unwrap()[..2000]);
    let done = place.run(&["agreement", "s.key.csv", "cut.xlsx"]);
    assert_eq!((done.code, done.err.contains("cut.xlsx")), (3, true), "{}", done.err);
}

#[test]
#[ignore = "needs LibreOffice"]
fn a_sheet_that_libreoffice_saved_is_read() {
    let place = drawn(&["--n", "40"]);
    place.write("filled.csv", filled(&place, &HITS, ',', as_the_program).as_bytes());
    // Semicolons, tabs, UTF-16; 59, 9 and 44 are the delimiters, 34 the quotation mark, 76 is UTF-8.
    let csv = |options: &str| format!("csv:Text - txt - csv (StarCalc):{options}");
    let kinds = ["ods".to_owned(), "xlsx".into(), "xls".into(), csv("59,34,76"), csv("9,34,76"), csv("44,34,65535")];
    for (at, kind) in kinds.iter().enumerate() {
        let folder = place.path(&format!("saved{at}"));
        let done = std::process::Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}", place.path("profile").display()))
            .args(["--headless", "--convert-to", kind, "--outdir"])
            .arg(&folder)
            .arg(place.path("filled.csv"))
            .output()
            .expect("soffice");
        assert!(done.status.success(), "{kind}");
        let extension = kind.split(':').next().unwrap_or_default();
        let saved = folder.join(format!("filled.{extension}"));
        ok(place.run(&["agreement", "s.key.csv", &saved.display().to_string()]));
        for variable in HITS {
            assert_eq!(figure(&place, variable, "(all)", "accuracy"), 1.0, "{kind} {variable}");
        }
        assert_eq!(read_table(&place.path("agreement/unread.csv")).len(), 0, "{kind}");
    }
}

#[test]
fn answers_of_the_program_change_nothing_and_others_are_carried_into_the_shares() {
    let place = drawn(&["--n", "1000"]);
    place.write("same.csv", filled(&place, &HITS, ',', as_the_program).as_bytes());
    ok(place.run(&["run", "seeds", "-o", "out", "--no-report", "--coded", "s.key.csv", "same.csv"]));
    for row in read_table(&place.path("out/corrected.csv")) {
        let (raw, corrected) = (row.float("raw"), row.float("corrected"));
        assert!((raw - corrected).abs() < 1e-9, "{row:?}");
        // Every hit is coded: nothing is left to chance.
        assert!((row.float("high") - row.float("low")).abs() < 1e-9, "{row:?}");
        assert!(row.is(&[("method", "stratified")]));
    }
    // Every hit in own voice of one source is somebody else's, and one frame is never meant.
    let other = |row: &Row| {
        let mut cells = as_the_program(row);
        if row.text("by:source") == "Neva Wire" && cells[1] == "own" {
            cells[1] = "attributed".into();
        }
        if row.text("frame") == "energy" {
            cells[0] = "0".into();
        }
        cells
    };
    place.write("other.csv", filled(&place, &HITS, ',', other).as_bytes());
    ok(place.run(&["run", "seeds", "-o", "out", "--no-report", "--coded", "s.key.csv", "other.csv"]));
    let rows = read_table(&place.path("out/corrected.csv"));
    let of = |cells: &[(&str, &str)]| rows.iter().find(|row| row.is(cells)).unwrap_or_else(|| panic!("{cells:?}"));
    let neva = of(&[("measure", "own_share"), ("item", "(all)"), ("source", "Neva Wire")]);
    assert_eq!(neva.float("corrected"), 0.0);
    assert!(neva.float("raw") > 0.3);
    let energy = of(&[("measure", "rate"), ("item", "energy"), ("source", "ALL")]);
    assert_eq!(energy.float("corrected"), 0.0);
    let all = of(&[("measure", "own_share"), ("item", "(all)"), ("source", "ALL")]);
    let hits: Vec<Vec<String>> = key(&place).values().map(other).filter(|cells| cells[0] == "1").collect();
    let own = hits.iter().filter(|cells| cells[1] == "own").count();
    assert!((all.float("corrected") - own as f64 / hits.len() as f64).abs() < 1e-9);
}

#[test]
fn a_tally_is_corrected_as_a_run_is() {
    let place = drawn(&["--n", "90", "--seed", "7"]);
    ok(place.run(&["sample", "seeds", "-o", "missed.csv", "--of", "misses", "--n", "40"]));
    let flawed = |row: &Row| {
        let mut cells = as_the_program(row);
        if row.number("start_byte").is_multiple_of(5) {
            cells[1] = "quoted".into();
        }
        cells
    };
    place.write("coded.csv", filled(&place, &HITS, ',', flawed).as_bytes());
    let misses: Vec<Row> = read_table(&place.path("missed.csv"));
    let mut sheet = "item,missed_frames,terms\n".to_owned();
    for (at, row) in misses.iter().enumerate() {
        let _ = writeln!(sheet, "{},{},", row.text("item"), if at % 9 == 0 { "blockade;energy" } else { "-" });
    }
    place.write("found.csv", sheet.as_bytes());
    let reported = ok(place.run(&["agreement", "missed.key.csv", "found.csv"])).out;
    assert!(
        reported.starts_with("it misses 0.") && reported.contains("hits per sentence in which it finds none"),
        "{reported}"
    );
    let coded = ["--coded", "s.key.csv", "coded.csv", "missed.key.csv", "found.csv"];
    ok(place.run(&[&["run", "seeds", "-o", "out"], &coded[..]].concat()));
    let mut lines = String::new();
    for row in read_table(&place.path("out/articles.csv")) {
        let raw = std::fs::read_to_string(place.path("seeds").join(row.text("path"))).unwrap();
        let [id, source, date] = ["article_id", "source", "date"].map(|column| row.text(column));
        let _ = writeln!(lines, "{}", serde_json::json!({ "id": id, "source": source, "date": date, "text": raw }));
    }
    place.write("corpus.jsonl", lines.as_bytes());
    let tally = ok(place.run(&["tally", "corpus.jsonl"])).out;
    place.write("all.tally", tally.as_bytes());
    ok(place.run(&[&["tables", "all.tally", "-o", "tables", "--no-report"], &coded[..]].concat()));
    assert_eq!(place.read("out/corrected.csv"), place.read("tables/corrected.csv"));
    let rows = read_table(&place.path("out/corrected.csv"));
    let methods = |method| rows.iter().filter(|row| row.text("method") == method).count();
    assert!(methods("stratified") > 10 && methods("pooled") > 10);
    for row in rows.iter().filter(|row| !row.text("corrected").is_empty()) {
        let [low, value, high] = ["low", "corrected", "high"].map(|column| row.float(column));
        assert!(low <= value + 1e-9 && value <= high + 1e-9, "{row:?}");
    }
    let found = rows.iter().find(|row| row.is(&[("measure", "rate"), ("item", "energy"), ("source", "ALL")])).unwrap();
    assert!(found.float("corrected") > found.float("raw"));
    let package = place.read("out/datapackage.json");
    assert!(package.contains("\"name\": \"corrected\"") && package.contains("\"coded\""));
}

#[test]
fn a_key_of_other_options_another_codebook_or_another_corpus_is_refused() {
    let place = drawn(&["--n", "30"]);
    place.write("same.csv", filled(&place, &HITS, ',', as_the_program).as_bytes());
    let coded = ["--coded", "s.key.csv", "same.csv"];
    for (args, what) in [
        (&["--by", "year"][..], "`by` is `source` in the key and `year` here"),
        (&["--voice", "own"], "`voice` is empty in the key and `own` here"),
        (&["--dictionaries", "other"], "`codebook` is"),
    ] {
        let new = place.run(&["codebook", "new", "other"]);
        assert!(new.code == 0 || place.exists("other"), "{}", new.err);
        let done = place.run(&[&["run", "seeds", "-o", "out"], args, &coded].concat());
        assert_eq!(done.code, 4, "{}", done.err);
        assert!(done.err.contains(what), "{}", done.err);
    }
    let article = "seeds/khazar-line_2021-07-08_first-houses.txt";
    let text = place.read(article);
    place.write(article, format!("{text}\nThe blockade goes on.\n").as_bytes());
    let done = place.run(&[&["run", "seeds", "-o", "out"], &coded[..]].concat());
    assert_eq!((done.code, done.err.contains("has another text here")), (4, true), "{}", done.err);
    let alone = place.run(&["run", "seeds", "-o", "out", "--only", "corrected"]);
    assert_eq!((alone.code, alone.err.contains("--coded")), (2, true), "{}", alone.err);
    place.write("not.csv", b"item,voice\nh0000-001,own\n");
    let done = place.run(&["agreement", "s.key.csv", "not.csv"]);
    assert_eq!((done.code, done.err.contains("different samples")), (3, true), "{}", done.err);
}

#[test]
fn coders_are_compared_and_a_third_sheet_decides() {
    let place = drawn(&["--n", "60"]);
    let coder = |name: &'static str, differs: fn(u64) -> bool| {
        move |row: &Row| {
            let voice = if differs(row.number("start_byte")) { "denied" } else { row.text("voice") };
            vec!["1".into(), voice.to_owned(), name.to_owned()]
        }
    };
    let columns = ["right_sense", "voice", "coder"];
    place.write("a.csv", filled(&place, &columns, ',', coder("anna", |_| false)).as_bytes());
    place.write("b.csv", filled(&place, &columns, ',', coder("ben", |at| at % 3 == 0)).as_bytes());
    let done = ok(place.run(&["agreement", "s.key.csv", "a.csv", "b.csv"]));
    assert!(done.out.starts_with("coders agree on voice in 0."), "{}", done.out);
    let both: Vec<(String, String)> = key(&place)
        .values()
        .map(|row| (row.text("voice").to_owned(), coder("", |at| at % 3 == 0)(row)[1].clone()))
        .collect();
    let kappa = framescope::stats::agreement::cohen_kappa(&both).unwrap();
    assert!((figure(&place, "voice", "(all)", "cohen_kappa") - kappa).abs() < 1e-9);
    let differ = both.iter().filter(|(a, b)| a != b).count();
    let listed = read_table(&place.path("agreement/disagreements.csv"));
    let of_voice = listed.iter().filter(|row| row.is(&[("variable", "voice"), ("between", "coders")]));
    assert!(of_voice.clone().all(|row| row.text("coder:ben") == "denied" && row.text("people").is_empty()));
    assert_eq!(of_voice.count(), differ);
    // The one who decides follows ben.
    let only_where_they_differ = |row: &Row| {
        let voice = if row.number("start_byte").is_multiple_of(3) { "denied" } else { "" };
        vec![String::new(), voice.to_owned(), "carla".to_owned()]
    };
    place.write("c.csv", filled(&place, &columns, ',', only_where_they_differ).as_bytes());
    ok(place.run(&["agreement", "s.key.csv", "a.csv", "b.csv", "--decided", "c.csv"]));
    let decided = figure(&place, "voice", "(all)", "accuracy");
    ok(place.run(&["agreement", "s.key.csv", "a.csv", "b.csv", "--gold", "ben"]));
    assert_eq!(figure(&place, "voice", "(all)", "accuracy"), decided);
    ok(place.run(&["agreement", "s.key.csv", "a.csv", "b.csv", "--gold", "anna"]));
    assert_eq!(figure(&place, "voice", "(all)", "accuracy"), 1.0);
    let unknown = place.run(&["agreement", "s.key.csv", "a.csv", "--gold", "ana"]);
    assert_eq!((unknown.code, unknown.err.contains("did you mean `anna`?")), (2, true), "{}", unknown.err);
}

/// A hit of the hand annotation: code points, frame, acceptable voices, agent and target.
struct Gold {
    span: (usize, usize),
    frame: String,
    voices: Vec<String>,
    roles: [String; 2],
}

fn gold(file: &str, text: &str) -> Vec<Gold> {
    let frame = |name: &str| match name {
        "ANTITERROR" => "counter_terrorism".to_owned(),
        "TERR_INTEGRITY" => "territorial_integrity".to_owned(),
        "SELF_DET" => "self_determination".to_owned(),
        "HUMANITARIAN" => "humanitarian_crisis".to_owned(),
        other => other.to_lowercase(),
    };
    let voice = |name: &str| match name {
        "direct_quote" => "quoted".to_owned(),
        "scare_quote" => "scare".to_owned(),
        "negated_or_denied" => "denied".to_owned(),
        other => other.to_owned(),
    };
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let rows = reader.records().map(Result::unwrap).filter(|row| &row[at("file")] == file);
    let hit = |row: csv::StringRecord| {
        let also = row[at("voice_also_acceptable")].split([',', ';', '|']).map(str::trim).filter(|one| !one.is_empty());
        Gold {
            span: (row[at("start")].parse().unwrap(), row[at("end")].parse().unwrap()),
            frame: frame(&row[at("frame")]),
            voices: std::iter::once(&row[at("voice")]).chain(also).map(voice).collect(),
            roles: ["agent", "target"].map(|role| row[at(role)].to_owned()),
        }
    };
    rows.map(hit).collect()
}

/// One-to-one pairs of the program's hits and those of the annotation, the largest overlap first, as `score.py` makes them.
fn pairs(gold: &[Gold], hits: &[((usize, usize), &Row)]) -> BTreeMap<usize, usize> {
    let mut candidates = Vec::new();
    for (i, one) in gold.iter().enumerate() {
        for (j, (span, row)) in hits.iter().enumerate() {
            let common = one.span.1.min(span.1).saturating_sub(one.span.0.max(span.0));
            if common > 0 && row.text("frame") == one.frame {
                let longer = (one.span.1 - one.span.0).max(span.1 - span.0);
                candidates.push((-(common as f64) / longer as f64, i, j));
            }
        }
    }
    candidates.sort_by(|a, b| a.partial_cmp(b).unwrap());
    let (mut taken, mut pairs) = (std::collections::BTreeSet::new(), BTreeMap::new());
    for (_, i, j) in candidates {
        if !pairs.contains_key(&j) && taken.insert(i) {
            pairs.insert(j, i);
        }
    }
    pairs
}

#[test]
#[ignore = "needs ../shared and python3"]
fn a_sheet_made_from_the_annotation_gives_the_figures_of_its_own_score() {
    let place = Place::new();
    let seeds = super::support::shared("seeds");
    let seeds = seeds.to_str().unwrap();
    ok(place.run(&["sample", seeds, "-o", "s.csv", "--n", "100000"]));
    ok(place.run(&["run", seeds, "-o", "out", "--no-report"]));
    // The program is right on nearly all of it. So that there is something to measure, some of its voices are changed, some
    // of its agents and targets and some rows of the annotation are left out.
    for file in ["s.key.csv", "out/mentions.csv"] {
        let mut reader = csv::Reader::from_path(place.path(file)).unwrap();
        let header = reader.headers().unwrap().clone();
        let at = |name: &str| header.iter().position(|column| column == name).unwrap();
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(&header).unwrap();
        for row in reader.records().map(Result::unwrap) {
            let changed = row[at("start_byte")].parse::<u64>().unwrap() % 4 == 0 && !row[at("voice")].is_empty();
            let voice = |cell: &str| if cell == "own" { "quoted" } else { "own" }.to_owned();
            let cells = row.iter().enumerate().map(|(column, cell)| match column {
                column if changed && column == at("voice") => voice(cell),
                column if changed && [at("agent"), at("target")].contains(&column) => String::new(),
                _ => cell.to_owned(),
            });
            out.write_record(cells).unwrap();
        }
        place.write(file, &out.into_inner().unwrap());
    }
    for entry in std::fs::read_dir(super::support::shared("gold")).unwrap() {
        let path = entry.unwrap().path();
        place.write(&format!("gold/{}", path.file_name().unwrap().to_str().unwrap()), &std::fs::read(path).unwrap());
    }
    let text = place.read("gold/frame_mentions.tsv");
    let fewer: Vec<&str> = text.lines().enumerate().filter(|(at, _)| at % 6 != 5).map(|(_, line)| line).collect();
    let text = fewer.join("\n") + "\n";
    place.write("gold/frame_mentions.tsv", text.as_bytes());
    let score = std::process::Command::new("python3")
        .arg(super::support::shared("gold/score.py"))
        .arg(place.path("out"))
        .arg("--gold")
        .arg(place.path("gold"))
        .output()
        .unwrap();
    let score = String::from_utf8(score.stdout).unwrap();
    let scored = |name: &str| -> (f64, f64) {
        let line = score.lines().find(|line| line.starts_with(&format!("{name} "))).unwrap();
        let (hit, all) = line.rsplit_once('(').unwrap().1.trim_end_matches(')').split_once('/').unwrap();
        (hit.parse().unwrap(), all.parse().unwrap())
    };
    let frames = [
        "blockade",
        "ethnic_cleansing",
        "genocide",
        "counter_terrorism",
        "territorial_integrity",
        "self_determination",
        "occupation",
        "liberation",
        "separatism",
        "aggression",
        "humanitarian_crisis",
        "peacekeeping",
        "corridor",
        "energy",
    ];
    let key = key(&place);
    let mut sheet = "item,right_sense,voice,agent,target\n".to_owned();
    let mut coded = 0;
    for file in ["000_766afdce31d03e96.txt", "002_f2eb747dee6d83ac.txt"] {
        let raw = std::fs::read_to_string(super::support::shared("seeds").join(file)).unwrap();
        let chars = |byte: u64| raw[..byte as usize].chars().count();
        let gold = gold(file, &text);
        let of_file =
            key.values().filter(|row| file.starts_with(row.text("article_id")) && frames.contains(&row.text("frame")));
        let mut hits: Vec<((usize, usize), &Row)> =
            of_file.map(|row| ((chars(row.number("start_byte")), chars(row.number("end_byte"))), row)).collect();
        hits.sort_by_key(|(span, _)| *span);
        let pairs = pairs(&gold, &hits);
        for (j, (_, row)) in hits.iter().enumerate() {
            coded += 1;
            let _ = match pairs.get(&j).map(|i| &gold[*i]) {
                Some(one) => {
                    let [agent, target] = &one.roles;
                    writeln!(sheet, "{},1,{},{agent},{target}", row.text("item"), one.voices.join("|"))
                }
                None => writeln!(sheet, "{},0,,,", row.text("item")),
            };
        }
    }
    place.write("gold.csv", sheet.as_bytes());
    let done = ok(place.run(&["agreement", "s.key.csv", "gold.csv"]));
    println!("{}{score}", done.out);
    for (name, variable, class, measure) in [
        ("frame_precision", "right_sense", "(all)", "accuracy"),
        ("voice_accuracy", "voice", "(all)", "accuracy"),
        ("not_own_precision", "own_voice", "others", "precision"),
        ("not_own_recall", "own_voice", "others", "recall"),
        ("agent_recall", "agent", "(all)", "accuracy"),
        ("target_recall", "target", "(all)", "accuracy"),
    ] {
        let (hit, all) = scored(name);
        let ours = figure(&place, variable, class, measure);
        assert!(hit < all, "{name} is not to be 1 for this test");
        assert!((ours - hit / all).abs() < 1e-9, "{name}: {ours} instead of {hit} of {all}");
    }
    assert_eq!(scored("frame_precision").1, f64::from(coded));
}
