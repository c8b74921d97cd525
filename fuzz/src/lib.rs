//! What each fuzz target does with its bytes, and what must hold afterwards. A target panics when something does not.
//!
//! Whatever the bytes are, the answer is a value or an error; how long it may take is the fuzzer's `-timeout`.

use framescope::codebook::{Codebook, CsvFile, EMBEDDED_FILES, hex};
use framescope::coder::Coder;
use framescope::corpus::{Article, Corpus, CorpusOptions, Input, NamePattern, PartialDate};
use framescope::count::Counts;
use framescope::diff::{Compared, Diff, Keep, text as diff_text, write_csv};
use framescope::error::Place;
use framescope::ledger::Places;
use framescope::output::Overwrite;
use framescope::report::{ReportOptions, ReportPage};
use framescope::sketch::Sketch;
use framescope::stats::Measures;
use framescope::study::{Study, StudyOptions};
use framescope::tally::{TableJob, Tally, write_tables};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Few entries, so that starting is cheap, of all kinds.
const FILES: [(&str, &str); 5] = [
    (
        "actors.csv",
        "actor,name,kind,parent\nARM,Armenia,state,\nAZE,Azerbaijan,state,\nARM_GOV,Government,government,ARM\n",
    ),
    (
        "aliases.csv",
        "actor,alias,kind\nARM,Armenia,name\nARM,Armenians,demonym\nAZE,Azerbaijan,name\nAZE,Baku,metonym\nARM_GOV,Yerevan,metonym\n",
    ),
    ("frames.csv", "frame,name,definition\nblockade,Blockade,\noccupation,Occupation,\n"),
    (
        "terms.csv",
        "frame,term,pattern,kind\nblockade,blockade,blockad*,wildcard\noccupation,occupation,occup(?:y|ied|ation)s?,regex\n",
    ),
    ("pairs.csv", "pair,object,pole,term\nregion,the region,a,Artsakh\nregion,the region,b,Karabakh\n"),
];

/// What texts are made of where the fuzzer draws words, not bytes.
const PIECES: [&str; 64] = [
    "Armenia",
    "Azerbaijan",
    "Baku",
    "Yerevan",
    "Armenians",
    "Artsakh",
    "Karabakh",
    "blockade",
    "occupation",
    "occupied",
    " ",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    ".",
    ",",
    ";",
    ":",
    "!",
    "?",
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "«",
    "»",
    "(",
    ")",
    "-",
    "–",
    "—",
    "…",
    "said",
    "says",
    "denied",
    "accused",
    "according to",
    "so-called",
    "alleged",
    "of",
    "by",
    "the",
    "that",
    "not",
    "no",
    "and",
    "if",
    "he",
    "its",
    "in",
    "against",
    "# ",
    "> ",
    "By A. B.",
    "Photo: x",
    "é",
    "İ",
    "\u{301}",
    "\u{200B}",
    "😀",
];

fn small_codebook() -> Vec<CsvFile> {
    let rules = EMBEDDED_FILES.iter().filter(|(name, _)| ["cues.csv", "zones.csv", "abbreviations.csv"].contains(name));
    FILES.iter().chain(rules).map(|(name, text)| CsvFile::new("", *name, *text)).collect()
}

fn study() -> &'static Study {
    static STUDY: OnceLock<Study> = OnceLock::new();
    STUDY.get_or_init(|| {
        let codebook = Codebook::parse(small_codebook()).expect("a codebook");
        Study::new(codebook, StudyOptions::default()).expect("a study")
    })
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("written");
    }
    folder
}

fn corpus(path: PathBuf) -> CorpusOptions {
    CorpusOptions { inputs: vec![Input::Path(path)], ..CorpusOptions::default() }
}

fn count(path: &Path, threads: usize) -> Option<Counts> {
    framescope::count_corpus(study(), &corpus(path.to_path_buf()), threads).ok()
}

fn line(counts: Counts) -> String {
    Tally::of(study(), counts, CorpusOptions::default().read_as()).expect("a tally").line()
}

/// The articles that a file gives.
fn articles(name: &str, bytes: &[u8]) -> Vec<Article> {
    let folder = folder(&[(name, bytes)]);
    let Ok(mut corpus) = Corpus::open(&corpus(folder.path().join(name))) else { return Vec::new() };
    let mut articles = Vec::new();
    while let Ok(Some(block)) = corpus.next_block() {
        articles.extend(block.into_articles().flatten());
    }
    articles
}

/// What was found on a page has a word, and blocks without blanks around them.
fn check_found(articles: &[Article]) {
    for article in articles {
        assert!(article.raw.contains(char::is_alphanumeric), "an article of no words");
        assert!(article.raw.split("\n\n").all(|block| block.trim() == block && !block.is_empty()), "{:?}", article.raw);
        assert!(!article.raw.contains('\0'));
    }
}

/// A saved page, alone, as a part of a page with its pictures, and as a cell of JSON Lines.
pub fn html(data: &[u8]) {
    let articles_of_page = articles("a.html", data);
    check_found(&articles_of_page);
    let head = b"Content-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n";
    check_found(&articles("a.mhtml", &[head, data, b"\r\n--x--\r\n"].concat()));
    check_found(&articles("b.mhtml", data));
    let line = serde_json::json!({ "text": String::from_utf8_lossy(data) }).to_string();
    articles("a.jsonl", line.as_bytes());
}

/// A web archive, and its bytes as the content of its only record.
pub fn warc(data: &[u8]) {
    check_found(&articles("a.warc", data));
    let head =
        format!("WARC/1.1\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\nHTTP/1.1 200 OK\r\n", data.len() + 17);
    check_found(&articles("a.warc", &[head.as_bytes(), data].concat()));
}

/// A list of addresses, and after an empty line a page that was saved for it: no article but that of a row.
pub fn saved(data: &[u8]) {
    let end = data.windows(2).position(|two| two == b"\n\n").unwrap_or(data.len());
    let (list, page) = (&data[..end], data.get(end + 2..).unwrap_or_default());
    let folder = folder(&[("a.csv", list), ("saved/a.example_1.html", page), ("saved/a.warc", page)]);
    let options = CorpusOptions { pages: Some(folder.path().join("saved")), ..corpus(folder.path().join("a.csv")) };
    let Ok(mut corpus) = Corpus::open(&options) else { return };
    while let Ok(Some(block)) = corpus.next_block() {
        let articles: Vec<Article> = block.into_articles().flatten().collect();
        assert!(articles.iter().all(|article| article.meta.more.contains_key("url")), "an article of no row");
        check_found(&articles);
    }
}

/// Whatever is read is the same with one thread and with two, and as a tally it is what it was.
fn check_job(path: &Path) {
    let Some(one) = count(path, 1) else {
        assert!(count(path, 2).is_none(), "refused with one thread only");
        return;
    };
    let two = line(count(path, 2).expect("read with one thread"));
    let one = line(one);
    assert_eq!(one, two, "one thread and two");
    let read = Tally::default().add(&one, &Place::default()).expect("its own line");
    assert_eq!(read.line(), one, "a tally read and written");
    assert_eq!(line(read.counts(&study().codebook).expect("its own codebook")), one, "counts of a tally");
}

/// Every row of the ledger lies in the raw text where it says, and the counts are the rows.
fn check_text(raw: &str) {
    let article = Article::from_text("a", raw);
    let mut coder = Coder::new(study());
    let coded = coder.code(&article);
    let mut places = Places::new(&article.raw);
    let (mut framed, mut last) = (0, 0);
    for at in 0..coded.mentions.len() {
        let Some(row) = coded.ledger_row(at, &mut places) else { continue };
        let (bytes, start_char, end_char) = (row.range(), row.start_char, row.end_char);
        assert_eq!(&raw[bytes.clone()], row.surface);
        assert!(!row.surface.is_empty(), "a row without text");
        assert_eq!(raw[..bytes.start].chars().count() as u64, start_char, "characters before {bytes:?}");
        assert_eq!(row.surface.chars().count() as u64, end_char - start_char, "characters of {bytes:?}");
        assert_eq!(raw[..bytes.start].matches('\n').count() as u64 + 1, row.line, "line of {bytes:?}");
        assert!(bytes.start >= last, "rows out of order");
        last = bytes.start;
        framed += u64::from(row.layer == "frame");
    }
    let record = serde_json::json!({ "id": "a", "source": "s", "text": raw }).to_string();
    let place = folder(&[("a.jsonl", record.as_bytes())]);
    if let Some(counts) = count(place.path(), 1) {
        let all: u64 =
            counts.groups.values().flat_map(|group| group.frames.values()).map(|frame| frame.voices.n()).sum();
        assert_eq!(all, framed, "the counts are not the ledger");
    }
}

/// An article: the bytes as they are, or words drawn by them.
pub fn text(data: &[u8]) {
    match data.split_first() {
        Some((0..128, bytes)) => {
            let pieces = bytes.iter().map(|byte| PIECES[usize::from(*byte) % PIECES.len()]);
            check_text(&pieces.collect::<Vec<_>>().join(if bytes.len() % 2 == 0 { " " } else { "" }));
        }
        Some((_, bytes)) => check_text(&String::from_utf8_lossy(bytes)),
        None => {}
    }
}

/// The name, and by it the format, that the first byte chooses.
pub fn name_of(data: &[u8]) -> &'static str {
    const NAMES: [&str; 10] =
        ["a.txt", "a.md", "a.csv", "a.tsv", "a.jsonl", "a.html", "a.txt.gz", "a.csv.gz", "a.jsonl.zst", "a.json"];
    NAMES[data.first().map_or(0, |first| usize::from(*first)) % NAMES.len()]
}

/// A file of the format that the first byte chooses.
pub fn job(data: &[u8]) {
    if let Some((_, bytes)) = data.split_first() {
        let place = folder(&[(name_of(data), bytes)]);
        check_job(place.path());
    }
}

/// A part of the tally of one article. What is accepted makes an output.
pub fn parts(data: &[u8]) {
    let hash = hex(&Sha256::digest(data));
    // All tables and the report take long, and ask little more of a part.
    let is_whole = data.len().is_multiple_of(16);
    let place = folder(&[("a.txt", b"Armenia spoke of the blockade."), (&format!("parts/{hash}.part"), data)]);
    let counts = count(&place.path().join("a.txt"), 1).expect("an article");
    let mut tally = Tally::of(study(), counts, CorpusOptions::default().read_as()).expect("a tally");
    tally.add_part(hash, 1);
    let job = TableJob {
        output: place.path().join("out"),
        only: if is_whole { Vec::new() } else { vec!["mentions".into(), "zones".into(), "quotations".into()] },
        force: Overwrite::No,
        inputs: Vec::new(),
        parts: vec![place.path().join("parts")],
        reference: None,
        measures: Measures::Default,
        seed: 0,
        hand: None,
        threads: 1,
        report: ReportOptions {
            page: if is_whole { ReportPage::Yes } else { ReportPage::No },
            ..ReportOptions::default()
        },
    };
    if write_tables(Codebook::parse(small_codebook()).expect("a codebook"), tally, &job).is_ok() {
        assert!(framescope::output::check_output(&job.output).is_ok_and(|changed| changed.is_empty()), "not whole");
    }
}

/// A `sources.csv` beside two articles.
pub fn manifest(data: &[u8]) {
    let text = "Armenia spoke of the blockade.".as_bytes();
    check_job(folder(&[("sources.csv", data), ("a.txt", text), ("b/c.txt", text)]).path());
}

/// One file of the codebook in place of a good one. What is accepted can be used.
pub fn codebook(data: &[u8]) {
    let Some((first, bytes)) = data.split_first() else { return };
    let mut files = small_codebook();
    let at = usize::from(*first) % files.len();
    // Some hundred cues take most of the time of a try; a few stand for them.
    for file in &mut files {
        let few: String = file.text().split_inclusive('\n').take(40).collect();
        *file = CsvFile::new("", file.name(), few);
    }
    let name = files[at].name().to_owned();
    files[at] = CsvFile::new("", name, String::from_utf8_lossy(bytes));
    if let Ok(codebook) = Codebook::parse(files) {
        let study = Study::new(codebook, StudyOptions::default()).expect("an accepted codebook compiles");
        let article = Article::from_text("a", "Armenia said the “blockade” of Karabakh by Baku is no occupation.");
        let mut coder = Coder::new(&study);
        let coded = coder.code(&article);
        let mut places = Places::new(&article.raw);
        (0..coded.mentions.len()).for_each(|at| _ = coded.ledger_row(at, &mut places));
    }
}

/// Lines of tallies. A sum that is accepted has a line, which is its own.
pub fn tally(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let lines = text.lines().filter(|line| !line.is_empty());
    let sum = lines.into_iter().try_fold(Tally::default(), |sum, line| sum.add(line, &Place::default()));
    if let Ok(sum) = sum {
        let line = sum.line();
        let again = Tally::default().add(&line, &Place::default()).expect("its own line");
        assert_eq!(again.line(), line);
        let _ = (again.counts(&study().codebook), sum.same_texts());
    }
}

pub fn sketch(data: &[u8]) {
    if let Ok(sketch) = Sketch::from_json(&String::from_utf8_lossy(data)) {
        let written = sketch.to_json().expect("written");
        assert_eq!(Sketch::from_json(&written).expect("its own line"), sketch);
        let _ = sketch.finish();
        let mut twice = sketch.clone();
        assert_eq!(twice.merge(sketch.clone()).is_err(), sketch.articles() > 0, "merged with itself");
    }
}

/// Two outputs: six files with a zero byte between them.
pub fn diff(data: &[u8]) {
    const NAMES: [&str; 3] = ["datapackage.json", "articles.csv", "frame_frequency.csv"];
    let mut files = data.split(|byte| *byte == 0);
    let mut output = || folder(&NAMES.map(|name| (name, files.next().unwrap_or_default())));
    let (old, new) = (output(), output());
    let keep = Keep { contrasts: usize::MAX, rows: usize::MAX };
    if let Ok(diff) = Diff::between(old.path(), new.path(), Compared::All, keep) {
        let _ = diff_text(&diff, framescope::diff::Detail::Rows, 10);
        assert!(
            Diff::between(old.path(), old.path(), Compared::Counted, keep).is_ok_and(|same| same.tables.is_empty()),
            "differs from itself"
        );
        write_csv(old.path(), new.path(), Compared::Counted, &mut |_| Ok(())).expect("what is text is CSV too");
    }
    let _ = framescope::output::check_output(new.path());
}

/// A name pattern, a name and a date with zero bytes between them.
pub fn names(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut parts = text.split('\0');
    let mut part = || parts.next().unwrap_or_default();
    let (pattern, name, date) = (part(), part(), part());
    if let Some(date) = PartialDate::parse(date) {
        assert!(date.first_day() <= date.last_day());
        assert_eq!(PartialDate::parse(date.as_str()).as_ref(), Some(&date));
    }
    let fits = !name.is_empty() && name.len() < 200 && !name.contains('/') && name != "." && name != "..";
    if fits && let Ok(pattern) = NamePattern::parse(pattern) {
        let place = folder(&[(&format!("{name}.txt"), b"Armenia.")]);
        let options = CorpusOptions { name_pattern: Some(pattern), ..corpus(place.path().to_path_buf()) };
        let _ = framescope::count_corpus(study(), &options, 1);
    }
}

/// A document or a container whose format the first byte chooses. For formats that are zip archives the bytes are a part of
/// one, since changed bytes of an archive mostly come no further than its checksum.
pub fn document(data: &[u8]) {
    const NAMES: [(&str, Option<&str>); 13] = [
        ("a.txt", None),
        ("a.rtf", None),
        ("a.pdf", None),
        ("a.docx", Some("word/document.xml")),
        ("a.odt", Some("content.xml")),
        ("a.epub", Some("OPS/a.xhtml")),
        ("a.xlsx", Some("xl/worksheets/sheet1.xml")),
        ("a.ods", Some("content.xml")),
        ("a.xls", None),
        ("a.parquet", None),
        ("a.json", None),
        ("a.zip", None),
        ("a.zip", Some("b/a.rtf")),
    ];
    let Some((first, bytes)) = data.split_first() else { return };
    let (name, part) = NAMES[usize::from(*first) % NAMES.len()];
    let packed = part.map(|part| packed(part, bytes));
    check_job(folder(&[(name, packed.as_deref().unwrap_or(bytes))]).path());
}

/// An archive with one part, and what a reader looks for before it comes to the part.
fn packed(part: &str, bytes: &[u8]) -> Vec<u8> {
    let files: [(&str, &[u8]); 7] = [
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/container.xml", b"<container><rootfile full-path=\"OPS/a.opf\"/></container>"),
        (
            "OPS/a.opf",
            b"<package><manifest><item id=\"a\" href=\"a.xhtml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>",
        ),
        (
            "_rels/.rels",
            b"<Relationships><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            b"<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("META-INF/manifest.xml", b"<manifest/>"),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files.into_iter().chain([(part, bytes)]) {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        std::io::Write::write_all(&mut zip, content).expect("written");
    }
    zip.finish().expect("ended").into_inner()
}
