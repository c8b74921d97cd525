//! What people open: whole and inert whatever the articles say, and the same to the byte.

use framescope::codebook::Codebook;
use framescope::corpus::{CorpusOptions, Input};
use framescope::output::Overwrite;
use framescope::pipeline::Silent;
use framescope::report::{Excel, ReportOptions, ReportPage, ReportText, TableFormat};
use framescope::run::{RunOptions, Strict, run};
use framescope::study::{Study, StudyOptions};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

const IMAGE: &str = "</script><img src=x onerror=alert(1)>";
const FORMULA: &str = "=HYPERLINK(\"http://example.org\",\"x\")";

fn study() -> &'static Study {
    static STUDY: OnceLock<Study> = OnceLock::new();
    STUDY.get_or_init(|| Study::new(Codebook::embedded().unwrap(), StudyOptions::default()).unwrap())
}

fn everything() -> ReportOptions {
    ReportOptions { excel: Excel::Yes, ..ReportOptions::default() }
}

fn run_into(corpus: &Path, output: &Path, threads: usize, only: &[&str], report: ReportOptions) {
    let options = RunOptions {
        corpus: CorpusOptions { inputs: vec![Input::Path(corpus.to_path_buf())], ..CorpusOptions::default() },
        output: output.to_path_buf(),
        threads,
        only: only.iter().map(|name| (*name).to_owned()).collect(),
        force: Overwrite::No,
        inputs: Vec::new(),
        strict: Strict::No,
        report,
    };
    run(study(), &options, &Silent, &AtomicBool::new(false)).unwrap();
}

/// Articles whose titles, sources and texts try to be something else than text.
fn hostile(folder: &Path) {
    let long = "a".repeat(10_000);
    let texts = [
        (
            IMAGE,
            FORMULA,
            format!("A headline\n\nThe blockade {IMAGE} of the road, {FORMULA} said Armenia. {long} genocide {long}."),
        ),
        (
            "@SUM(A1)",
            "+1+1",
            "Title\n\nAzerbaijan \u{202E}denies\u{202C} a \u{200F}blockade\u{200E} & \"ethnic cleansing\" <b>.\n"
                .into(),
        ),
        (
            "-2+3",
            "\u{202E}tab\there",
            format!(
                "=1+1\n\n{{{{ blockade }}}} {{% raw %}} \u{2066}the siege of Armenia; {}\n",
                "occupation \"".repeat(300)
            ),
        ),
        (
            "plain",
            "plain",
            "Plain\n\nArmenia speaks of an occupation of Artsakh; Azerbaijan of a liberation of Khankendi.\n".into(),
        ),
    ];
    let mut lines = String::new();
    for (number, (title, source, text)) in texts.iter().enumerate() {
        let article = serde_json::json!({
            "id": format!("{number}{}", if number == 0 { "\"><i>" } else { "" }),
            "title": title, "source": source, "text": text, "date": format!("202{number}-0{}-01", number + 1),
        });
        lines.push_str(&format!("{article}\n"));
    }
    std::fs::write(folder.join("articles.jsonl"), lines).unwrap();
}

fn files(folder: &Path, prefix: &str, into: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files(&entry.path(), &format!("{name}/"), into);
        } else {
            into.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
}

fn all_files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    files(folder, "", &mut found);
    found
}

fn hostile_output() -> &'static (tempfile::TempDir, BTreeMap<String, Vec<u8>>) {
    static OUTPUT: OnceLock<(tempfile::TempDir, BTreeMap<String, Vec<u8>>)> = OnceLock::new();
    OUTPUT.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().join("corpus");
        std::fs::create_dir(&corpus).unwrap();
        hostile(&corpus);
        run_into(&corpus, &folder.path().join("out"), 1, &[], everything());
        let found = all_files(&folder.path().join("out"));
        (folder, found)
    })
}

#[test]
fn hostile_text_is_text_in_the_page() {
    let page = String::from_utf8(hostile_output().1["report.html"].clone()).unwrap();
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;"), "the title is shown");
    assert!(!page.contains("<img"), "and is no element");
    assert!(!page.contains("<i>"), "an id is no element");
    assert_eq!(page.matches("<script>").count(), 1, "our own script is the only one");
    assert_eq!(page.matches("<script").count(), 3, "beside it, two blocks of data");
    assert_eq!(page.matches("</script").count(), 3);
    assert!(!page.contains("style=\""), "the policy forbids style attributes");
    assert!(!page.contains(['\u{200F}', '\u{202C}', '\u{202E}', '\u{2066}']), "nothing turns its neighbours around");
    assert!(!page.contains(&"a".repeat(1_000)));
}

#[test]
fn the_policy_names_the_very_style_and_script_of_the_page() {
    let page = String::from_utf8(hostile_output().1["report.html"].clone()).unwrap();
    let policy = page.split_once("Security-Policy\" content=\"").unwrap().1.split_once("\">").unwrap().0;
    let policy = policy.replace("&#x27;", "'").replace("&#x2f;", "/").replace("&#x3d;", "=");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("http"));
    for element in ["style", "script"] {
        let text = page.split_once(&format!("<{element}>")).unwrap().1.split_once(&format!("</{element}>")).unwrap().0;
        let hash = Sha256::digest(text);
        let coded = policy.split_once(&format!("{element}-src ")).unwrap().1.split_once("sha256-").unwrap().1;
        let coded: String = coded.chars().take_while(|c| !matches!(c, '\'' | '&')).collect();
        assert_eq!(decode_base64(&coded), hash.to_vec(), "{element}");
    }
    for outside in ["src=\"http", "href=\"http", "url(", "@import", "fetch(", "XMLHttp"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

pub fn decode_base64(text: &str) -> Vec<u8> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut held, mut out) = (0u32, 0, Vec::new());
    for c in text.chars().filter(|c| *c != '=') {
        bits = bits << 6 | DIGITS.find(c).unwrap() as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    out
}

/// What the page carries for its script.
fn unpacked(page: &str, id: &str) -> serde_json::Value {
    let block = page.split_once(&format!("id=\"{id}\">")).unwrap().1.split_once("</script>").unwrap().0;
    let bytes = decode_base64(block);
    serde_json::from_reader(flate2::read::GzDecoder::new(bytes.as_slice())).unwrap()
}

fn page_with(text: ReportText, name: &str) -> serde_json::Value {
    let (folder, _) = hostile_output();
    let output = folder.path().join(name);
    run_into(&folder.path().join("corpus"), &output, 1, &[], ReportOptions { text, ..ReportOptions::default() });
    let page = std::fs::read_to_string(output.join("report.html")).unwrap();
    assert!(text != ReportText::None || !page.contains("speaks of"));
    unpacked(&page, "data-hits")
}

#[test]
fn the_page_holds_every_hit_of_the_ledger_and_the_words_it_covers() {
    let found = &hostile_output().1;
    let page = String::from_utf8(found["report.html"].clone()).unwrap();
    let data = unpacked(&page, "data-hits");
    let mut ledger: BTreeMap<String, Vec<(u64, String)>> = BTreeMap::new();
    let mut rows = csv::Reader::from_reader(found["mentions.csv"].as_slice());
    let header = rows.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    for row in rows.records().map(Result::unwrap) {
        let place = row[at("start_byte")].parse().unwrap();
        ledger.entry(row[at("article_id")].to_owned()).or_default().push((place, row[at("surface")].to_owned()));
    }
    let number = |value: &serde_json::Value| value.as_i64().unwrap();
    let (mut hit, mut seen, mut quotations) = (0, 0, 0);
    for article in data["articles"].as_array().unwrap() {
        let text: Vec<u16> = article["text"].as_str().unwrap().encode_utf16().collect();
        let mut starts = Vec::new();
        let mut end = 0;
        for pair in article["sentences"].as_array().unwrap().chunks(2) {
            starts.push(end + number(&pair[0]));
            end += number(&pair[0]) + number(&pair[1]);
        }
        let mut byte = 0;
        let mut here = Vec::new();
        for _ in 0..number(&article["n"]) {
            let column = |name: &str| number(&data["hits"][name][hit]);
            byte += column("byte");
            let start = (starts[column("sentence") as usize] + column("start")) as usize;
            let word = String::from_utf16(&text[start..start + column("length") as usize]).unwrap();
            if data["entries"][column("entry") as usize]["layer"] == "quotation" {
                quotations += 1;
            } else {
                here.push((byte as u64, word));
                seen += 1;
            }
            hit += 1;
        }
        assert_eq!(Some(&here), ledger.get(article["id"].as_str().unwrap()), "{}", article["id"]);
    }
    assert_eq!(seen, ledger.values().map(Vec::len).sum::<usize>());
    assert!(seen > 10);
    let mut sourcing = csv::Reader::from_reader(found["sourcing.csv"].as_slice());
    let all = sourcing.records().map(Result::unwrap).find(|row| &row[0] == "(all)" && &row[1] == "ALL").unwrap();
    assert_eq!((all[2].parse(), quotations > 0), (Ok(quotations), true));
    let all = data.to_string();
    assert!(!all.contains(['\u{200F}', '\u{202C}', '\u{202E}', '\u{2066}']), "nothing turns its neighbours around");
}

#[test]
fn a_page_holds_no_more_text_than_it_may() {
    let hits = page_with(ReportText::Hits, "hits");
    let none = page_with(ReportText::None, "none");
    let texts = |data: &serde_json::Value| -> Vec<String> {
        data["articles"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect()
    };
    assert!(texts(&hits).iter().any(|text| text.contains("speaks of an occupation")));
    assert!(texts(&hits).iter().all(|text| !text.contains("A headline")), "a headline has no hit");
    assert!(texts(&none).iter().all(String::is_empty));
    assert_eq!((hits["depth"].as_str(), none["depth"].as_str()), (Some("sentences"), Some("none")));
    assert_eq!(hits["hits"]["entry"], none["hits"]["entry"], "the hits are the same");
}

#[test]
fn no_cell_of_the_workbook_is_a_formula() {
    let bytes = &hostile_output().1["workbook.xlsx"];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workbook.xlsx");
    std::fs::write(&path, bytes).unwrap();
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut shared = false;
    for number in 0..archive.len() {
        let mut file = archive.by_index(number).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        assert!(!text.contains("<f>"), "part {number} has a formula");
        assert!(!text.contains("<img"), "part {number} has markup");
        shared |= text.contains("=HYPERLINK(") && text.contains("@SUM(A1)");
    }
    assert!(shared, "the titles stand in the workbook as strings");
}

#[test]
fn spreadsheet_copies_are_guarded_and_the_tables_are_raw() {
    let found = &hostile_output().1;
    let raw = String::from_utf8(found["articles.csv"].clone()).unwrap();
    let guarded = String::from_utf8(found["excel/articles.csv"].clone()).unwrap();
    assert!(raw.contains(",@SUM(A1),") && !raw.contains("'@SUM"));
    assert!(guarded.starts_with('\u{FEFF}') && guarded.contains("'@SUM(A1)") && guarded.contains("'-2+3"));
    let rows = |text: &str| {
        csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes())
            .into_records()
            .map(Result::unwrap)
            .collect::<Vec<_>>()
    };
    assert_eq!(rows(&raw).len(), rows(&guarded).len());
    for row in rows(&guarded) {
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{row:?}");
    }
    assert_eq!(guarded.matches('\n').count(), guarded.matches("\r\n").count(), "every line ends in CRLF");
}

#[test]
fn every_byte_is_the_same_at_any_number_of_threads() {
    let (folder, first) = hostile_output();
    let again = folder.path().join("again");
    run_into(&folder.path().join("corpus"), &again, 3, &[], everything());
    let second = all_files(&again);
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (name, bytes) in first {
        assert!(second[name] == *bytes, "{name} differs");
    }
}

#[test]
fn the_data_package_knows_every_file_and_finds_a_changed_byte() {
    let found = &hostile_output().1;
    let package: serde_json::Value = serde_json::from_slice(&found["datapackage.json"]).unwrap();
    let mut listed = BTreeMap::new();
    for list in ["resources", "files"] {
        for file in package[list].as_array().unwrap() {
            listed.insert(file["path"].as_str().unwrap().to_owned(), file.clone());
        }
    }
    let others: Vec<&String> = found.keys().filter(|name| !listed.contains_key(*name)).collect();
    assert_eq!(others, ["datapackage.json"]);
    for (path, file) in &listed {
        let hash = |bytes: &[u8]| format!("sha256:{}", framescope::codebook::hex(&Sha256::digest(bytes)));
        assert_eq!(file["hash"], hash(&found[path]), "{path}");
        assert_eq!(file["bytes"], found[path].len(), "{path}");
        let mut changed = found[path].clone();
        changed[0] ^= 1;
        assert_ne!(file["hash"], hash(&changed));
    }
    for resource in package["resources"].as_array().unwrap() {
        let path = resource["path"].as_str().unwrap();
        let header = csv::Reader::from_reader(found[path].as_slice()).headers().unwrap().clone();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        assert_eq!(
            header.iter().collect::<Vec<_>>(),
            fields.iter().map(|field| field["name"].as_str().unwrap()).collect::<Vec<_>>()
        );
        assert!(fields.iter().all(|field| !field["description"].as_str().unwrap().is_empty()), "{path}");
    }
    let text = String::from_utf8(found["datapackage.json"].clone()).unwrap();
    assert!(!text.contains(hostile_output().0.path().to_str().unwrap()), "no path of this machine");
}

#[test]
fn a_run_of_some_tables_says_so_and_shows_what_it_can() {
    let (folder, _) = hostile_output();
    let output = folder.path().join("some");
    run_into(&folder.path().join("corpus"), &output, 1, &["frame_frequency"], ReportOptions::default());
    let found = all_files(&output);
    let package: serde_json::Value = serde_json::from_slice(&found["datapackage.json"]).unwrap();
    assert_eq!(package["only"], serde_json::json!(["frame_frequency"]));
    assert_eq!(package["resources"].as_array().unwrap().len(), 1);
    let page = String::from_utf8(found["report.html"].clone()).unwrap();
    let tables = unpacked(&page, "data-tables");
    assert!(tables["tables"]["frame_frequency"].is_object() && tables["tables"]["actor_cooccurrence"].is_null());
    assert!(!found.contains_key("actors.gexf"));
}

#[test]
fn without_a_report_there_are_tables_and_their_package_alone() {
    let (folder, _) = hostile_output();
    let output = folder.path().join("bare");
    run_into(
        &folder.path().join("corpus"),
        &output,
        1,
        &[],
        ReportOptions { page: ReportPage::No, ..ReportOptions::default() },
    );
    let found = all_files(&output);
    assert!(found.contains_key("datapackage.json") && found.contains_key("README.md"));
    assert!(
        found.keys().all(|name| name.ends_with(".csv") || matches!(name.as_str(), "datapackage.json" | "README.md"))
    );
}

#[test]
fn an_output_can_be_replaced_by_one_with_other_extras() {
    let (folder, _) = hostile_output();
    let output = folder.path().join("twice");
    run_into(&folder.path().join("corpus"), &output, 1, &[], everything());
    run_into(
        &folder.path().join("corpus"),
        &output,
        1,
        &["groups"],
        ReportOptions { page: ReportPage::No, ..ReportOptions::default() },
    );
    assert_eq!(all_files(&output).len(), 3, "the old files are gone");
}

#[test]
fn graph_files_have_the_edges_of_the_table() {
    let found = &hostile_output().1;
    let text = |name: &str| String::from_utf8(found[name].clone()).unwrap();
    let edges = csv::Reader::from_reader(found["actors_edges.csv"].as_slice()).into_records().count();
    assert!(edges > 0);
    assert_eq!(text("actors.gexf").matches("<edge ").count(), edges);
    assert_eq!(text("actors.graphml").matches("<edge ").count(), edges);
    let mut table = csv::Reader::from_reader(found["actor_cooccurrence.csv"].as_slice());
    let header = table.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let observed = table
        .records()
        .map(Result::unwrap)
        .filter(|row| &row[at("source")] == "ALL" && &row[at("unit")] == "sentence" && &row[at("observed")] != "0")
        .count();
    assert_eq!(edges, observed);
}

#[test]
fn chart_specifications_are_json_with_their_data() {
    let found = &hostile_output().1;
    let specs: Vec<_> = found.iter().filter(|(name, _)| name.starts_with("charts/")).collect();
    assert!(specs.len() >= 6, "{:?}", specs.iter().map(|spec| spec.0).collect::<Vec<_>>());
    for (name, bytes) in specs {
        let spec: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        assert!(spec["$schema"].as_str().unwrap().contains("vega-lite"), "{name}");
        assert!(!spec["data"]["values"].as_array().unwrap().is_empty(), "{name}");
    }
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_files_have_the_values_of_the_tables() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let (folder, found) = hostile_output();
    let output = folder.path().join("parquet");
    let options = ReportOptions { page: ReportPage::No, format: TableFormat::Parquet, ..ReportOptions::default() };
    run_into(&folder.path().join("corpus"), &output, 1, &[], options);
    let written = all_files(&output);
    let tables: Vec<&String> = written.keys().filter(|name| name.ends_with(".csv")).collect();
    assert!(tables.len() > 10);
    for name in tables {
        let path = output.join("parquet").join(name.replace(".csv", ".parquet"));
        let reader = SerializedFileReader::new(std::fs::File::open(path).unwrap()).unwrap();
        let mut rows = csv::Reader::from_reader(found[name].as_slice()).into_records();
        let mut n = 0;
        for row in reader.get_row_iter(None).unwrap() {
            let (row, record) = (row.unwrap(), rows.next().unwrap().unwrap());
            for ((column, value), cell) in row.get_column_iter().zip(&record) {
                let text = match value {
                    Field::Null => String::new(),
                    Field::Str(text) => text.clone(),
                    Field::Long(integer) => integer.to_string(),
                    Field::Double(number) => framescope::tables::number_text(*number),
                    Field::Bool(truth) => truth.to_string(),
                    other => panic!("{name}.{column} is {other:?}"),
                };
                assert_eq!(text, cell, "{name}.{column}");
            }
            n += 1;
        }
        assert!(rows.next().is_none(), "{name} has more rows than its {n} in Parquet");
    }
}
