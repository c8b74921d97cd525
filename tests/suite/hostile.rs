//! One corpus and codebook whose every name and text tries to be something else than text, through every output: each is
//! read by a reader of its own kind, nothing in it can run, and nothing is lost.

mod readers;

use super::cli::Place;
use readers::{Rows, carried, markdown, rows, strings, tags, unescaped, xml};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::sync::OnceLock;

/// A column of the corpus by which it is grouped.
const COLUMN: &str = "=a|`b`<i>[x](javascript:y)";

fn texts() -> Vec<String> {
    let short = [
        "</script><img src=x onerror=alert(1)>",
        "]]>",
        "<!-- x",
        "<![CDATA[x",
        "&lt;b&gt; &amp; &#0; &bogus;",
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=2+2",
        "\r=3+3",
        "＝1+1",
        "\u{202E}right",
        "\u{200F}x\u{2066}y",
        "a\0b",
        "a\u{1}\u{1b}[31mred\u{7}\u{9b}2J",
        "a\u{FFFE}\u{FFFF}b",
        "../x",
        "..\\x",
        "a|b",
        "`a`b``c```",
        "a\nb\r\nc",
        "\"q\",\"c\"",
        "[x](javascript:alert(1))",
        "![x](http://example.org/x.png)",
        "{{ 7*7 }}{% raw %}",
        "${7*7}",
        "__proto__",
        "constructor",
        "javascript:alert(1)",
        "NULL",
        "-0",
        "1e999",
        "TRUE",
        "00123",
        "\u{2028}x\u{2029}",
        "_x0041_",
        "\\\"",
    ];
    short.into_iter().map(str::to_owned).chain([format!("w{}", "w".repeat(10_000))]).collect()
}

/// Words that are harmless, one for each hostile text.
fn harmless() -> Vec<String> {
    (0..texts().len()).map(|n| format!("paper{n}")).collect()
}

/// What is left of a name when all that shows nothing is taken away: no output may have less.
fn essence(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || c.is_whitespace()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FFFE}' | '\u{FFFF}')
    };
    text.chars().filter(|c| !hidden(*c)).collect()
}

fn furnished(texts: &[String], column: &str, names: [&str; 4]) -> Place {
    let place = Place::new();
    let mut corpus = String::new();
    for (n, text) in texts.iter().enumerate() {
        let article = serde_json::json!({
            "id": format!("{text}{n}"), "title": text, "source": text, "author": text, column: text,
            "date": format!("202{}-0{}-03", n % 5, n % 9 + 1),
            "text": format!(
                "{text}\n\nThe blockade {text} of Freedonia, {text} said Sylvania. {text} Freedonia denied the \
                 \"war\" {text} on Sylvania.\n\nBetween{text}us there is no end{text}.\n"
            ),
        });
        corpus.push_str(&format!("{article}\n"));
    }
    place.write("articles.jsonl", corpus.as_bytes());
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let [one, two, three, four] = names.map(cell);
    let files = [
        ("actors.csv", format!("actor,name,kind,parent\nFRD,{one},state,\nSYL,{two},state,\n")),
        ("aliases.csv", "actor,alias,kind\nFRD,Freedonia,name\nSYL,Sylvania,name\n".to_owned()),
        ("frames.csv", format!("frame,name,definition\nblockade,{three},{four}\nwar,{four},{one}\n")),
        (
            "terms.csv",
            format!(
                "frame,term,pattern,kind\nblockade,{one},blockad*,wildcard\nwar,{two},war,literal\nwar,{four},\"between.{{0,60}}us\",regex\n"
            ),
        ),
        ("pairs.csv", format!("pair,object,pole,term\nland,{one},a,Freedonia\nland,{one},b,Sylvania\n")),
    ];
    for (name, text) in files {
        place.write(&format!("dictionaries/{name}"), text.as_bytes());
    }
    place
}

fn run(place: &Place, column: &str) -> String {
    let by = format!("source,{column}");
    let done = place.run(&["run", "articles.jsonl", "--by", &by, "--excel", "--format", "parquet", "-v"]);
    assert_eq!(done.code, 0, "{}", done.err);
    done.err
}

const NAMES: [&str; 4] = [
    "</script><img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0 ]]>\u{1}\u{FFFF}\u{202E} `x` {{ 7*7 }}",
    "<b onclick=alert(1)>|`x` ![x](http://example.org/x.png)",
    "@SUM(A1) \"quoted\", <!-- & &amp;",
];

/// The place of the hostile run, and what the run said.
fn hostile() -> &'static (Place, String) {
    static MADE: OnceLock<(Place, String)> = OnceLock::new();
    MADE.get_or_init(|| {
        let place = furnished(&texts(), COLUMN, NAMES);
        let reported = run(&place, COLUMN);
        (place, reported)
    })
}

fn table(name: &str) -> Rows {
    rows(&std::fs::read(hostile().0.path(&format!("output/{name}.csv"))).unwrap())
}

/// The tables of the output, by name.
fn tables() -> BTreeMap<String, Rows> {
    let package: Value = serde_json::from_str(&hostile().0.read("output/datapackage.json")).unwrap();
    let names = package["resources"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned());
    names.map(|name| (name.clone(), table(&name))).collect()
}

fn column(rows: &Rows, name: &str) -> Vec<String> {
    let at = rows[0].iter().position(|head| head == name).unwrap_or_else(|| panic!("no column {name}: {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

/// Every text of the corpus is among the values, whatever could not be seen of it.
fn holds_all<'a>(values: impl IntoIterator<Item = &'a String>, what: &str) {
    let found: BTreeSet<String> = values.into_iter().map(|value| essence(value)).collect();
    for text in texts() {
        assert!(found.contains(&essence(&text)), "{what} has lost {:?}", text.get(..60).unwrap_or(&text));
    }
}

fn starts_a_formula(text: &str) -> bool {
    let hidden = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}');
    text.trim_start_matches(hidden).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[test]
fn tables_have_every_name_and_cut_every_hit_out_of_its_text() {
    let articles = table("articles");
    for name in ["source", "title", "author", COLUMN] {
        holds_all(&column(&articles, name), name);
    }
    assert_eq!(articles.len() - 1, texts().len());
    holds_all(&column(&table("groups"), "source"), "groups");
    let comparison = table("frame_comparison");
    let columns = comparison[0].iter().map(|name| name.split(" / ").next().unwrap().to_owned());
    holds_all(&columns.collect::<Vec<_>>(), "the columns of the comparison");
    let raw: Vec<Value> =
        hostile().0.read("articles.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let raw: BTreeMap<String, &str> =
        raw.iter().map(|one| (essence(one["id"].as_str().unwrap()), one["text"].as_str().unwrap())).collect();
    let ledger = table("mentions");
    let [ids, surfaces] = ["article_id", "surface"].map(|name| column(&ledger, name));
    let [starts, ends] = ["start_byte", "end_byte"].map(|name| column(&ledger, name));
    for (at, id) in ids.iter().enumerate() {
        let bytes = starts[at].parse().unwrap()..ends[at].parse().unwrap();
        assert_eq!(raw[&essence(id)].get(bytes), Some(surfaces[at].as_str()));
    }
    assert!(ids.len() > 6 * texts().len(), "{} hits", ids.len());
    for sign in ["&lt;", "|", "`", "\u{202E}", "]]>"] {
        assert!(surfaces.iter().any(|surface| surface.contains(sign)), "no hit holds {sign:?}: {surfaces:?}");
    }
}

#[test]
fn spreadsheet_copies_run_nothing_and_hold_every_cell() {
    let mut guarded = 0;
    for (name, plain) in tables() {
        let copy = std::fs::read(hostile().0.path(&format!("output/excel/{name}.csv"))).unwrap();
        let copy = rows(copy.strip_prefix("\u{FEFF}".as_bytes()).unwrap());
        assert_eq!(plain.len(), copy.len(), "{name}");
        for (plain, copy) in plain.iter().flatten().zip(copy.iter().flatten()) {
            if plain == copy {
                assert!(!starts_a_formula(copy) || copy.parse::<f64>().is_ok(), "{name}: {copy:?} runs");
            } else {
                assert_eq!(Some(plain.as_str()), copy.strip_prefix('\''), "{name}: a cell has changed");
                guarded += 1;
            }
        }
    }
    assert!(guarded > 100, "{guarded} cells were guarded");
}

#[test]
fn the_workbook_has_no_formula_and_every_name() {
    let mut archive =
        zip::ZipArchive::new(std::fs::File::open(hostile().0.path("output/workbook.xlsx")).unwrap()).unwrap();
    let mut strings = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        assert!(!name.contains("..") && !name.contains("vba") && !name.contains("externalLink"), "{name}");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        for (element, attributes, text) in xml(&name, &bytes) {
            assert!(
                !matches!(element.as_str(), "f" | "definedName" | "script" | "img" | "oleObject") || {
                    // The only names are those of the filters and of the rows that are repeated on paper.
                    element == "definedName" && attributes["name"].starts_with("_xlnm.")
                },
                "{name}: {element}"
            );
            if attributes.get("TargetMode").is_some_and(|mode| mode == "External") {
                assert!(
                    attributes["Target"].starts_with("report.html")
                        || attributes["Target"].starts_with("file:///report.html"),
                    "{attributes:?}"
                );
            }
            if element == "t" {
                strings.push(unescaped(&text));
            }
        }
    }
    holds_all(&strings, "the workbook");
    let all: BTreeSet<String> = strings.iter().map(|text| essence(text)).collect();
    for name in NAMES {
        assert!(all.iter().any(|text| text.contains(&essence(name))), "the workbook has lost {name}");
    }
    let bad = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r') || framescope::error::turns_around(c);
    assert!(!strings.iter().any(|text| text.contains(bad)));
}

#[test]
fn graph_files_are_xml_with_the_names_of_the_codebook() {
    for name in ["actors.gexf", "actors.graphml"] {
        let elements = xml(name, &std::fs::read(hostile().0.path(&format!("output/{name}"))).unwrap());
        let known = [
            "gexf",
            "graphml",
            "meta",
            "creator",
            "description",
            "graph",
            "attributes",
            "attribute",
            "nodes",
            "node",
            "attvalues",
            "attvalue",
            "edges",
            "edge",
            "key",
            "data",
        ];
        assert!(elements.iter().all(|(element, ..)| known.contains(&element.as_str())), "{name}");
        let values: Vec<&String> =
            elements.iter().flat_map(|(_, attributes, text)| attributes.values().chain([text])).collect();
        for actor in &NAMES[..2] {
            assert!(values.iter().any(|value| essence(value) == essence(actor)), "{name} has lost {actor}");
        }
    }
    for name in ["actors_nodes", "actors_edges"] {
        assert!(table(name).len() > 1);
    }
}

#[test]
fn the_page_has_no_element_that_a_harmless_one_has_not() {
    let words = harmless();
    let place = furnished(&words, "column", ["one", "two", "three", "four"]);
    run(&place, "column");
    let page = hostile().0.read("output/report.html");
    let foreign: Vec<_> = tags(&page).difference(&tags(&place.read("output/report.html"))).cloned().collect();
    assert!(foreign.is_empty(), "{foreign:?}");
    let turns = |c: char| framescope::error::turns_around(c);
    assert!(!page.contains(turns));
    let mut carried_texts = Vec::new();
    for id in ["data-tables", "data-hits"] {
        strings(&carried(&page, id), &mut carried_texts);
    }
    holds_all(&carried_texts, "the page");
    assert!(!carried_texts.iter().any(|text| text.contains(turns)), "nothing turns its neighbours around");
    for name in NAMES {
        assert!(carried_texts.iter().any(|text| essence(text) == essence(name)), "the page has lost {name}");
    }
}

#[test]
fn parquet_files_hold_what_the_tables_hold() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    for (name, plain) in tables() {
        let file = std::fs::File::open(hostile().0.path(&format!("output/parquet/{name}.parquet"))).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let header: Vec<String> = reader
            .metadata()
            .file_metadata()
            .schema()
            .get_fields()
            .iter()
            .map(|field| field.name().to_owned())
            .collect();
        assert_eq!(header, plain[0], "{name}");
        let mut n = 0;
        for (row, plain) in reader.get_row_iter(None).unwrap().zip(&plain[1..]) {
            for ((column, value), cell) in row.unwrap().get_column_iter().zip(plain) {
                if let parquet::record::Field::Str(text) = value {
                    assert_eq!(text, cell, "{name}.{column}");
                }
            }
            n += 1;
        }
        assert_eq!(n, plain.len() - 1, "{name}");
    }
}

#[test]
fn the_data_package_and_the_charts_are_json_with_every_name() {
    let place = &hostile().0;
    let package: Value = serde_json::from_str(&place.read("output/datapackage.json")).unwrap();
    for (name, plain) in tables() {
        let resource =
            package["resources"].as_array().unwrap().iter().find(|one| one["name"] == name.as_str()).unwrap();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        assert!(fields.iter().map(|field| field["name"].as_str().unwrap()).eq(plain[0].iter().map(String::as_str)));
    }
    let mut all = Vec::new();
    for entry in std::fs::read_dir(place.path("output/charts")).unwrap() {
        let spec: Value = serde_json::from_slice(&std::fs::read(entry.unwrap().path()).unwrap()).unwrap();
        strings(&spec["data"]["values"], &mut all);
        let mut about = spec.clone();
        about["data"] = Value::Null;
        // Names stand among the data only: what a chart computes is written by us.
        assert!(!about.to_string().contains("onerror"), "{about}");
    }
    assert!(all.iter().any(|text| text.contains("onerror")));
}

#[test]
fn the_guide_of_the_output_is_plain_markdown() {
    let page = hostile().0.read("output/README.md");
    let (text, code) = markdown(&page);
    assert!(!text.contains(['<', '[', '!', '{']), "{text}");
    assert!(code.iter().any(|code| code == COLUMN), "the column is not named");
    let sources: Vec<String> = code.iter().map(|code| code.split(" / ").next().unwrap().to_owned()).collect();
    holds_all(&sources, "the guide");
    for line in page.lines().filter(|line| line.starts_with("| `")) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert!(matches!(bars, 3 | 4), "{line}");
    }
    assert!(!page.contains(framescope::error::turns_around));
}

#[test]
fn a_terminal_is_reported_everything_and_obeys_nothing() {
    let (place, reported) = hostile();
    let calm = |command: &[&str], text: &str| {
        let bad = |c: char| c.is_control() && !matches!(c, '\n' | '\t') || framescope::error::turns_around(c);
        let found = text.find(bad).map(|at| text[at..].chars().take(40).collect::<String>());
        assert_eq!(found, None, "{command:?}");
    };
    calm(&["run"], reported);
    std::fs::create_dir_all(place.path("second")).unwrap();
    place.write("second/x.jsonl", place.read("articles.jsonl").replace("blockade", "war").as_bytes());
    assert_eq!(place.run(&["run", "second/x.jsonl", "-o", "other", "--no-report"]).code, 0);
    let lines = place.run(&["concordance", "articles.jsonl", "--frame", "blockade"]);
    assert_eq!((lines.code, lines.out.lines().count()), (0, texts().len()), "one line a hit");
    let csv = place.run(&["concordance", "articles.jsonl", "--frame", "blockade", "--csv"]);
    assert_eq!(rows(csv.out.as_bytes()).len() - 1, texts().len());
    holds_all(&column(&rows(csv.out.as_bytes()), "source"), "the concordance");
    for text in texts() {
        // No argument of a command can hold a NUL.
        let text = text.replace('\0', "");
        let done = place.run(&["explain", "--", &text]);
        calm(&["explain", &text], &(done.out + &done.err));
    }
    let source = "--source=a\u{1}\u{1b}[31mred\u{202E}";
    for stage in ["zones", "sentences", "mentions", "voice"] {
        let done = place.run(&["show", stage, "articles.jsonl", "--csv"]);
        assert!(done.code == 0 && rows(done.out.as_bytes()).len() > texts().len(), "{stage}: {}", done.err);
    }
    for command in [
        &["show", "voice", "articles.jsonl"][..],
        &["diff", "output", "other"],
        &["check", "--corpus", "articles.jsonl"],
        &["concordance", "articles.jsonl", "--frame", "war", source],
        &["explain", "war"],
        &["explain"],
        &["run", "articles.jsonl", "articles.jsonl", "-o", "twice"],
        &["run", "articles.jsonl", "--by", "\u{1b}[31m", "-o", "twice"],
        &["check-output", "output"],
    ] {
        let done = place.run(command);
        assert!(done.code >= 0 && done.code != 101, "{command:?}: {}", done.err);
        calm(command, &(done.out + &done.err));
    }
}

#[test]
fn a_tally_of_hostile_names_gives_the_same_tables() {
    let place = &hostile().0;
    let by = format!("source,{COLUMN}");
    let tally = place.run(&["tally", "articles.jsonl", "--by", &by]);
    assert_eq!((tally.code, tally.out.lines().count()), (0, 1), "{}", tally.err);
    assert!(serde_json::from_str::<Value>(&tally.out).is_ok_and(|tally| tally.is_object()));
    place.write("all.tally", tally.out.as_bytes());
    let done = place.run(&["tables", "all.tally", "-o", "of-tally"]);
    assert_eq!(done.code, 0, "{}", done.err);
    for name in ["groups", "articles", "frame_frequency", "keyness", "contrasts"] {
        assert_eq!(rows(&std::fs::read(place.path(&format!("of-tally/{name}.csv"))).unwrap()), table(name), "{name}");
    }
}
