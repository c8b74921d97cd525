//! A file that is damaged, cut, locked, misnamed or made to fill the memory never takes others with it.

use super::cli::Place;
use super::formats::{articles, docx, epub, rtf, zipped};
use super::support::repository;

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn a_broken_file_is_reported_by_its_name_and_the_rest_is_read() {
    let article = articles().remove(0);
    let place = Place::new();
    let write = |name: &str, bytes: &[u8]| place.write(name, bytes);
    write("good.txt", article.text.as_bytes());
    let whole = docx(&article);
    write("cut.docx", &whole[..whole.len() / 2]);
    write("wrong.docx", b"plain text");
    write("locked.docx", b"\xD0\xCF\x11\xE0 and so on");
    write("wrong.rtf", b"plain text");
    write("cut.rtf", b"{\\rtf1 text {\\b more");
    write("wrong.odt", &whole);
    write("cut.epub", &epub(&article)[..100]);
    write("wrong.pdf", b"plain text");
    write("cut.json", b"[{\"text\": \"a\"");
    write("none.json", b"{\"a\": [1, 2]}");
    write("wrong.xlsx", b"plain text");
    write("cut.ods", &std::fs::read(repository("tests/data/formats/articles.ods")).unwrap()[..4000]);
    write("wrong.parquet", b"PAR1 and no more");
    write("cut.zip", &whole[..whole.len() / 2]);
    let page = format!("<!DOCTYPE html>\n<p>{}</p>", article.text);
    write("page.txt", page.as_bytes());
    write("rich.txt", &rtf(&article));
    write("document.txt", &whole);
    write("document.html", &whole);
    write("print.txt", b"%PDF-1.4\n\xFF\xFE");
    write("document.csv", &whole);
    write("page.xls", page.as_bytes());
    write("old.doc", b"\xD0\xCF\x11\xE0 and so on");
    write("cut.txt.gz", b"\x1F\x8B\x08\0\0\0\0\0\0\xFF\xAB");
    write("cut.csv.gz", b"\x1F\x8B\x08\0\0\0\0\0\0\xFF\xAB");
    write("deep.html", "<div>".repeat(100_000).as_bytes());
    write("deep.json", "[".repeat(1_000_000).as_bytes());
    write("deep.jsonl", format!("{{\"text\": {}", "[".repeat(100_000)).as_bytes());
    write("deep.rtf", format!("{{\\rtf1 {}", "{".repeat(100_000)).as_bytes());
    write("deep.odt", &zipped(&[("content.xml", "<office:text><text:p>".repeat(100_000).as_bytes())]));
    write("deep.docx", &zipped(&[("word/document.xml", "<w:body><w:p>".repeat(100_000).as_bytes())]));
    for name in ["large.txt", "large.html", "large.docx", "large.csv", "large.warc", "large.xlsx", "large.zip"] {
        std::fs::File::create(place.path(name)).unwrap().set_len(2 << 30).unwrap();
    }
    // a part that unpacks to far more than any text
    let bomb = vec![b' '; 300 << 20];
    write("bomb.docx", &zipped(&[("word/document.xml", &bomb)]));
    write("bomb.zip", &zipped(&[("a.txt", &bomb)]));
    let run = place.run(&["corpus", ".", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.err);
    // the text, and two documents that were named as texts
    assert_eq!(run.out.lines().count(), 3, "{}", run.out);
    for line in run.out.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(words(row["text"].as_str().unwrap()), words(&article.text), "{line}");
    }
    for name in [
        "document.txt",
        "document.html",
        "print.txt",
        "document.csv",
        "page.xls",
        "cut.txt.gz",
        "cut.csv.gz",
        "deep.html",
        "deep.json",
        "deep.jsonl",
        "deep.rtf",
        "deep.odt",
        "deep.docx",
        "large.txt",
        "large.html",
        "large.docx",
        "large.csv",
        "large.warc",
        "large.xlsx",
        "cut.docx",
        "wrong.docx",
        "locked.docx",
        "wrong.rtf",
        "cut.rtf",
        "wrong.odt",
        "cut.epub",
        "wrong.pdf",
        "cut.json",
        "none.json",
        "wrong.xlsx",
        "cut.ods",
        "wrong.parquet",
        "bomb.docx",
    ] {
        assert!(run.err.lines().any(|line| line.contains(name)), "{name} in {}", run.err);
    }
    let reported = place.run(&["corpus", "."]).err;
    for part in [
        "cut.zip: not read",
        "bomb.zip",
        "large.zip: not read",
        "old.doc: not read: the format is not known by the name (open it in the program that made it, and save it as .docx)",
        "page.txt: it is no plain text and was read as .html (name it .html)",
        "rich.txt: it is no plain text and was read as .rtf",
    ] {
        assert!(reported.contains(part), "`{part}` in {reported}");
    }
}
