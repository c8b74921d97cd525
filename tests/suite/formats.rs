//! The same articles in every format give the same counts, and a broken file never takes others with it.
//!
//! `tests/data/formats` has twenty articles as CSV, and the same as a spreadsheet program writes them; the other formats
//! are written here, as small as they may be.

use super::cli::Place;
use super::support::{Output, repository, study};
use framescope::codebook::Codebook;
use framescope::study::StudyOptions;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use zip::write::SimpleFileOptions;

pub(super) struct Article {
    pub id: String,
    pub source: String,
    pub date: String,
    pub title: String,
    pub author: String,
    pub text: String,
}

impl Article {
    pub fn of_text(text: String) -> Self {
        let none = String::new;
        Self { id: "b".into(), source: none(), date: none(), title: none(), author: none(), text }
    }
}

pub(super) fn articles() -> Vec<Article> {
    let mut rows = csv::Reader::from_path(repository("tests/data/formats/articles.csv")).unwrap();
    rows.records()
        .map(|row| {
            let row = row.unwrap();
            Article {
                id: row[0].to_owned(),
                source: row[1].to_owned(),
                date: row[2].to_owned(),
                title: row[3].to_owned(),
                author: row[4].to_owned(),
                text: row[5].to_owned(),
            }
        })
        .collect()
}

pub(super) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(super) fn xml(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

fn paragraphs(article: &Article, begin: &str, end: &str) -> String {
    article.text.split("\n\n").map(|paragraph| format!("{begin}{}{end}", xml(paragraph))).collect()
}

pub(super) fn docx(article: &Article) -> Vec<u8> {
    // a word in two runs, as Word keeps its spelling marks, and a deleted one
    let body = paragraphs(
        article,
        "<w:p><w:r><w:t>",
        "</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>",
    );
    let body = body.replacen("Baku", "Ba</w:t></w:r><w:r><w:t xml:space=\"preserve\">ku", 1);
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

fn odt(article: &Article) -> Vec<u8> {
    let body =
        paragraphs(article, "\n  <text:p>", "<office:annotation><text:p>a note</text:p></office:annotation></text:p>");
    let content = format!(
        "<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

pub(super) fn epub(article: &Article) -> Vec<u8> {
    let parts: Vec<&str> = article.text.split("\n\n").collect();
    let page = |text: &str| format!("<html><head><title>x</title></head><body>\n <p>{}</p>\n</body></html>", xml(text));
    let pages: Vec<String> = parts.iter().map(|part| page(part)).collect();
    let items: String = (0..pages.len()).map(|at| format!("<item id=\"p{at}\" href=\"p%20{at}.xhtml\"/>")).collect();
    let order: String = (0..pages.len()).map(|at| format!("<itemref idref=\"p{at}\"/>")).collect();
    let package = format!(
        "<package xmlns:dc=\"dc\"><metadata><dc:title>A book</dc:title></metadata><manifest>{items}</manifest><spine>{order}</spine></package>"
    );
    let names: Vec<String> = (0..pages.len()).map(|at| format!("OPS/p {at}.xhtml")).collect();
    let mut files: Vec<(&str, &[u8])> = vec![
        (
            "META-INF/container.xml",
            b"<container><rootfiles><rootfile full-path=\"OPS/b.opf\"/></rootfiles></container>",
        ),
        ("OPS/b.opf", package.as_bytes()),
    ];
    files.extend(names.iter().map(String::as_str).zip(pages.iter().map(String::as_bytes)));
    zipped(&files)
}

pub(super) fn rtf(article: &Article) -> Vec<u8> {
    let mut body = String::new();
    for paragraph in article.text.split("\n\n") {
        for c in paragraph.chars() {
            if c.is_ascii() {
                body.push(c);
            } else {
                body.push_str(&format!("\\u{}?", u32::from(c)));
            }
        }
        body.push_str("\\par\r\n");
    }
    format!("{{\\rtf1\\ansi{{\\info{{\\title x}}}}\\pard {body}}}").into_bytes()
}

/// A page of lines that are broken as a program breaks them.
#[cfg(feature = "pdf")]
fn pdf(article: &Article) -> Vec<u8> {
    let mut content = Vec::new();
    let mut y = 740;
    for paragraph in article.text.split("\n\n") {
        let mut lines = vec![String::new()];
        for word in paragraph.split(' ') {
            if lines[lines.len() - 1].chars().count() + word.len() > 80 {
                lines.push(String::new());
            }
            let line = lines.last_mut().unwrap();
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        for line in lines {
            content.extend(format!("BT /F1 11 Tf 1 0 0 1 60 {y} Tm (").bytes());
            content.extend(encoding_rs::WINDOWS_1252.encode(&line).0.iter());
            content.extend(b") Tj ET\n");
            y -= 14;
        }
        y -= 14;
    }
    let mut stream = format!("<< /Length {} >>\nstream\n", content.len()).into_bytes();
    stream.extend(content);
    stream.extend(b"\nendstream");
    let objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_vec(),
        stream,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
    file.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", places.len() + 1).bytes());
    file
}

#[cfg(feature = "parquet")]
fn parquet(articles: &[Article]) -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    let schema = "message a { required binary id (UTF8); required binary date (UTF8); required group article { required binary body (UTF8); } }";
    let schema = std::sync::Arc::new(parquet::schema::parser::parse_message_type(schema).unwrap());
    let properties = WriterProperties::builder().set_compression(parquet::basic::Compression::SNAPPY).build();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, properties.into()).unwrap();
    for half in articles.chunks(7) {
        let mut group = writer.next_row_group().unwrap();
        let ids: Vec<ByteArray> = half.iter().map(|article| article.id.as_str().into()).collect();
        let texts: Vec<ByteArray> = half.iter().map(|article| article.text.as_str().into()).collect();
        let dates: Vec<ByteArray> = half.iter().map(|article| article.date.as_str().into()).collect();
        for values in [ids, dates, texts] {
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.close().unwrap();
    bytes
}

/// What was counted of each article, and which hits it has.
pub(super) fn counts(corpus: &Path) -> BTreeMap<String, String> {
    let study = study(Codebook::embedded().unwrap(), StudyOptions::default());
    let output = Output::of(&study, corpus);
    let mut counts: BTreeMap<String, String> = BTreeMap::new();
    for row in output.table("articles") {
        let as_read = ["words", "words_dropped", "sentences", "paragraphs"].map(|column| row.text(column).to_owned());
        counts.insert(short(row.text("article_id")), as_read.join(" "));
    }
    for row in output.table("mentions") {
        let as_read = ["layer", "code", "surface", "voice", "speaker", "sentence"]
            .map(|column| row.text(column).replace('\n', " "));
        let all = counts.get_mut(&short(row.text("article_id"))).unwrap();
        all.push_str(&format!("\n{}", as_read.join("|")));
    }
    counts
}

/// An article's id in every format: of a download, `a07` for the seventh of `bundle:7`.
fn short(id: &str) -> String {
    let last = id.rsplit('/').next().unwrap_or_default();
    match last.split_once(':').and_then(|(_, at)| at.parse::<u32>().ok()) {
        Some(at) => format!("a{at:02}"),
        None => last.to_owned(),
    }
}

#[test]
fn the_same_articles_in_every_format_give_the_same_counts() {
    let articles = articles();
    let root = tempfile::tempdir().unwrap();
    let write = |folder: &str, name: &str, bytes: &[u8]| {
        let folder = root.path().join(folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
    };
    type Make = fn(&Article) -> Vec<u8>;
    let each: Vec<(&str, Make)> = vec![
        ("txt", |article| article.text.clone().into_bytes()),
        ("docx", docx),
        ("odt", odt),
        ("epub", epub),
        ("rtf", rtf),
        #[cfg(feature = "pdf")]
        ("pdf", pdf),
    ];
    // what is counted may depend on the day
    let days: String = articles.iter().map(|article| format!("{},{}\n", article.id, article.date)).collect();
    let manifest = format!("file,date\n{days}").into_bytes();
    for (format, make) in &each {
        write(format, "sources.csv", &manifest);
        for article in &articles {
            write(format, &format!("{}.{format}", article.id), &make(article));
        }
    }
    let mut texts: Vec<(String, Vec<u8>)> =
        articles.iter().map(|article| (format!("c/{}.txt", article.id), article.text.clone().into_bytes())).collect();
    texts.push(("c/sources.csv".to_owned(), manifest));
    let members: Vec<(&str, &[u8])> = texts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    write("zip", "all.zip", &zipped(&members));
    let objects: Vec<serde_json::Value> = articles
        .iter()
        .map(|article| serde_json::json!({ "id": article.id, "date": article.date, "article": { "body": article.text, "title": article.title } }))
        .collect();
    write("json", "all.json", serde_json::json!({ "response": { "docs": objects } }).to_string().as_bytes());
    #[cfg(feature = "parquet")]
    write("parquet", "all.parquet", &parquet(&articles));
    for format in ["csv", "xls", "xlsx", "ods"] {
        let name = format!("articles.{format}");
        write(format, &name, &std::fs::read(repository("tests/data/formats").join(&name)).unwrap());
    }
    let expected = counts(&root.path().join("csv"));
    assert_eq!(expected.len(), 20);
    assert!(expected.values().all(|as_read| as_read.lines().count() > 3));
    let mut folders: Vec<_> = std::fs::read_dir(root.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders {
        let found = counts(&folder);
        for (id, as_read) in &expected {
            assert_eq!(found.get(id), Some(as_read), "{} {id}", folder.display());
        }
        assert_eq!(found.len(), 20, "{}", folder.display());
    }
}

/// A bundle as Nexis Uni makes it, one paragraph a line.
const BUNDLE: [&str; 26] = [
    "Job Number: 1",
    "Documents (2)",
    "1. Talks resume in Geneva",
    "Client/Matter: -None-",
    "Narrowed by: Content Type",
    "2. The road is shut",
    "Client/Matter: -None-",
    "Talks resume in Geneva",
    "The Harbour Post",
    "July 1, 2019 Monday 9:20 AM GMT",
    "Copyright 2019 Harbour Media All Rights Reserved",
    "Section: POLITICS; Pg. 4",
    "Length: 9 words",
    "Byline: Ann Reed",
    "Body",
    "Armenia and Azerbaijan resumed their talks on Monday night.",
    "Classification",
    "Language: ENGLISH",
    "Subject: ETHNIC CLEANSING (90%); GENOCIDE (78%)",
    "End of Document",
    "The road is shut",
    "Die Wochenschau",
    "2. Juli 2019 Dienstag",
    "Länge: 4 words",
    "Body",
    "The road stays shut.",
];

#[test]
fn a_bundle_is_divided_whatever_its_format() {
    let text = format!("{}\n\nEnd of Document", BUNDLE.join("\n\n"));
    let article = Article::of_text(text);
    let place = Place::new();
    place.write("docx/bundle.docx", &docx(&article));
    place.write("rtf/bundle.rtf", &rtf(&article));
    place.write("odt/bundle.odt", &odt(&article));
    #[cfg(feature = "pdf")]
    place.write("pdf/bundle.pdf", &pdf(&article));
    let formats = ["docx", "rtf", "odt", "pdf"];
    for format in formats.into_iter().filter(|format| place.exists(format)) {
        let run = place.run(&["corpus", format]);
        let rows: Vec<serde_json::Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(rows.len(), 2, "{format} {} {}", run.out, run.err);
        let as_read = |row: &serde_json::Value, keys: &[&str]| {
            keys.iter().map(|key| row[*key].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>().join("|")
        };
        let keys = ["id", "source", "date", "title", "author", "section", "declared_words", "text"];
        assert_eq!(
            as_read(&rows[0], &keys),
            "bundle:1|The Harbour Post|2019-07-01|Talks resume in Geneva|Ann Reed|POLITICS; Pg. 4|9|Armenia and Azerbaijan resumed their talks on Monday night.",
            "{format}"
        );
        assert_eq!(
            as_read(&rows[1], &keys),
            "bundle:2|Die Wochenschau|2019-07-02|The road is shut|||4|The road stays shut.",
            "{format}"
        );
        assert!(as_read(&rows[0], &["extractor"]).ends_with("1, nexis_uni 1"), "{}", run.out);
    }
}

#[test]
fn what_corpus_writes_is_read_again_with_the_same_counts() {
    let place = Place::new();
    for article in articles().iter().take(5) {
        place.write(&format!("in/{}.docx", article.id), &docx(article));
    }
    place.write("in/sources.csv", "file,source,headline\na01.docx,The Post,A line that is no text\n".as_bytes());
    for args in [
        vec!["corpus", "in", "-q", "-o", "all.jsonl"],
        vec!["corpus", "in", "-q", "--to", "text", "-o", "texts"],
        vec!["corpus", "in", "-q", "--to", "tei", "-o", "all.xml"],
    ] {
        let run = place.run(&args);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{args:?}");
    }
    let expected = counts(&place.path("in"));
    assert_eq!(expected.len(), 5);
    assert_eq!(counts(&place.path("all.jsonl")), expected);
    assert_eq!(counts(&place.path("texts")), expected);
    let again = place.run(&["corpus", "texts", "-q"]).out;
    assert!(again.contains("\"source\":\"The Post\"") && again.contains("\"extractor\":\"docx 1\""), "{again}");
    assert_eq!(std::fs::read_to_string(place.path("all.xml")).unwrap().matches("<TEI>").count(), 5);
    let over = place.run(&["corpus", "in", "--to", "text", "-o", "texts"]);
    assert!(over.code == 1 && over.err.contains("name a new folder"), "{}", over.err);
}

#[test]
fn of_the_same_text_the_first_is_counted_where_this_is_asked_for() {
    let place = Place::new();
    let articles = articles();
    for (name, article) in [("b.txt", &articles[0]), ("a.txt", &articles[1]), ("c.txt", &articles[0])] {
        place.write(name, article.text.replace("\n\n", "\n \n").as_bytes());
    }
    let both = place.run(&["corpus", "a.txt", "b.txt", "c.txt"]);
    assert_eq!(both.out.lines().count(), 3);
    let first = place.run(&["corpus", "c.txt", "a.txt", "b.txt", "--duplicates", "first"]);
    assert_eq!(first.out.lines().count(), 2, "{}", first.out);
    assert!(first.err.contains("b.txt:1: `b` is not counted: it has the same text as `c`"), "{}", first.err);
    for threads in ["1", "4"] {
        let run = place.run(&["run", ".", "-o", threads, "--duplicates", "first", "--threads", threads]);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    let table = |folder: &str| std::fs::read_to_string(place.path(folder).join("articles.csv")).unwrap();
    assert_eq!((table("1").lines().count(), table("1")), (3, table("4")));
    let package = std::fs::read_to_string(place.path("1/datapackage.json")).unwrap();
    assert!(package.contains("\"duplicates\": \"first\""), "{package}");
    for (way, articles) in [("keep", 3), ("first", 2)] {
        let run = place.run(&["tally", "c.txt", "a.txt", "b.txt", "--duplicates", way]);
        let tally: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert!(run.err.contains(&format!("{articles} articles")), "{} {tally}", run.err);
    }
    let twice = place.run(&["corpus", "-", "--duplicates", "first"]);
    assert!(twice.code == 2 && twice.err.contains("can be read once"), "{}", twice.err);
}
