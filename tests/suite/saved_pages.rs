//! Lists of addresses with the pages that were saved from there (`--pages`).

use super::cli::Place;
use std::io::Write;

const TEXT: &str =
    "Negotiators from both sides left the building late in the evening, and nobody spoke to the reporters";

fn page(head: &str, n: u32) -> String {
    format!("<!DOCTYPE html><html><head>{head}</head><body><h1>Talks end</h1><p>{TEXT} {n}.</p></body></html>")
}

/// What was read: id, source, date and the number in the text of each article; and what was told.
fn read(place: &Place, args: &[&str]) -> (Vec<String>, String) {
    let run = place.run(&[&["corpus"], args].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let reported = |row: &serde_json::Value| {
        let of = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let number = of("text").rsplit(' ').next().unwrap_or_default().to_owned();
        format!("{} {} {} {number}", of("id"), of("source"), of("date"))
    };
    let mut rows: Vec<String> = run.out.lines().map(|line| reported(&serde_json::from_str(line).unwrap())).collect();
    rows.sort();
    (rows, run.err)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn rows_of_a_list_meet_their_pages_however_these_were_saved() {
    let place = Place::new();
    let mut list = "stories_id,publish_date,title,url,language,media_id,media_name,media_url\n".to_owned();
    let addresses = [
        "https://www.post.example/world/1?utm_source=feed&fbclid=x",
        "http://post.example/world/2/",
        "https://post.example/world/3#comments",
        "https://post.example/world/4",
        "https://post.example/world/5.html",
        "https://post.example/world/caf%C3%A9-6",
        "https://post.example/index.php?id=7&page=1",
        "https://post.example/8",
        "https://post.example/9",
        "https://post.example/a/b/10",
        "https://post.example/world/a-very-long-name-of-an-article-that-was-cut-by-the-program-that-saved-it-11",
        "https://post.example/none",
        "https://www.post.example/world/2?utm_medium=x",
    ];
    for (n, address) in (1..).zip(addresses) {
        list += &format!("{n}0,2023-09-{n:02},Talks end,{address},en,5,The Post,https://post.example/\n");
    }
    place.write("list.csv", list.as_bytes());
    let files: [(&str, String); 11] = [
        ("Talks end.html", page("<link rel=canonical href='https://post.example/world/1'>", 1)),
        ("b.htm", page("<meta property=og:url content='https://www.post.example/world/2'>", 2)),
        ("c.html", format!("<!-- saved from url=(0029)https://post.example/world/3 -->{}", page("", 3))),
        (
            "d.mhtml",
            format!(
                "Snapshot-Content-Location: https://post.example/world/4\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n{}\r\n--x--",
                page("", 4)
            ),
        ),
        ("https___www.post.example_world_5.html", page("", 5)),
        ("post.example/world/café-6/index.html", page("", 6)),
        (
            "post.example/index.php?page=1&id=7",
            page("<link rel=canonical href='https://post.example/index.php?page=1&id=7'>", 7),
        ),
        ("80.html", page("", 8)),
        ("post.example_world_a-very-long-name-of-an-article-that-was-cut-by-the-pro.html", page("", 11)),
        ("again.html", page("<link rel=canonical href='https://post.example/world/1'>", 12)),
        ("other.html", page("<link rel=canonical href='https://post.example/other'>", 13)),
    ];
    for (name, content) in &files {
        place.write(&format!("saved/{name}"), content.as_bytes());
    }
    let record = |address: &str, n: u32| {
        let body = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page("", n));
        let head =
            format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Length: {}", body.len());
        gzip(format!("{head}\r\n\r\n{body}\r\n\r\n").as_bytes())
    };
    let archive = [
        record("http://post.example/9", 9),
        record("http://post.example/99", 99),
        record("https://www.post.example/a/b/10/", 10),
    ];
    place.write("saved/crawl.warc.gz", &archive.concat());
    place.write("saved/notes.docx.txt", b"Notes that are no page of the list.");
    let (rows, reported) = read(&place, &["list.csv", "--pages", "saved"]);
    let expected: Vec<String> = (1..=11).map(|n| format!("{n}0 The Post 2023-09-{n:02} {n}.")).collect();
    let mut sorted = expected.clone();
    sorted.sort();
    assert_eq!(rows, sorted, "{reported}");
    for line in [
        "list.csv:13: no page in the folder is that of `https://post.example/none`",
        "list.csv:14: its address came before, in list.csv:3",
        "again.html: not read: the page of a row that has `saved/Talks end.html` already",
        "other.html: not read: no row of a list has its address `https://post.example/other`",
        "crawl.warc.gz:2: not read: no row of a list has its address `http://post.example/99`",
        "notes.docx.txt: not read: nothing tells its address",
    ] {
        assert!(reported.contains(line), "`{line}` in {reported}");
    }
    // the list among the pages, and the pages in an archive
    place.write("saved/list.csv", list.as_bytes());
    assert_eq!(read(&place, &["saved", "--pages", "saved"]).0, sorted);
    let run = place.run(&["run", "list.csv", "--pages", "saved", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for reported in ["address from column `url`", "source from column `media_name`"] {
        assert!(run.err.contains(reported), "`{reported}` in {}", run.err);
    }
}

#[test]
fn lists_come_as_tables_without_a_header_as_json_and_as_json_lines() {
    let place = Place::new();
    for n in 1..=2 {
        let head = format!(
            "<link rel=canonical href='https://post.example/{n}'><meta property=og:site_name content='The Post'>"
        );
        place.write(&format!("saved/{n}.html"), page(&head, n).as_bytes());
    }
    let gkg = |n: u32| {
        let mut cells = vec![String::new(); 27];
        cells[0] = format!("20231007001500-{n}");
        cells[1] = "20231007001500".into();
        cells[3] = "post.example".into();
        cells[4] = format!("https://www.post.example/{n}");
        cells[7] = "TAX_FNCACT;PROTEST,1;EPU,2".into();
        cells.join("\t") + "\n"
    };
    let events = |n: u32| {
        let mut cells = vec!["0".to_owned(); 61];
        cells[1] = "20231001".into();
        cells[59] = "20231007001500".into();
        cells[60] = format!("https://post.example/{n}");
        cells.join("\t") + "\n"
    };
    let articles: Vec<serde_json::Value> = (1..=2)
        .map(|n| serde_json::json!({ "url": format!("https://post.example/{n}"), "seendate": "20231007T001500Z", "domain": "post.example", "language": "English" }))
        .collect();
    let lines: String = articles.iter().map(|article| format!("{article}\n")).collect();
    for (name, content, source) in [
        ("a.gkg.csv", gkg(1) + &gkg(2), "post.example"),
        ("a.export.CSV", events(1) + &events(2) + &events(1), "The Post"),
        ("a.json", serde_json::json!({ "articles": articles }).to_string(), "post.example"),
        ("a.jsonl", lines, "post.example"),
        (
            "a.csv",
            "Date;Link zur Seite (URL)\n7.10.2023;https://post.example/1\n07.10.2023;https://post.example/2\n".into(),
            "The Post",
        ),
    ] {
        place.write(name, content.as_bytes());
        let (rows, reported) = read(&place, &[name, "--pages", "saved"]);
        let ends: Vec<&str> = rows.iter().map(|row| row.split_once(' ').unwrap().1).collect();
        assert_eq!(ends, [format!("{source} 2023-10-07 1."), format!("{source} 2023-10-07 2.")], "{name} {reported}");
    }
    // without the pages, and without a list
    let run = place.run(&["corpus", "a.csv"]);
    assert_eq!(run.code, 3);
    place.write("mc.csv", b"id,url\n1,https://post.example/1\n");
    let reported = place.run(&["corpus", "mc.csv"]).err;
    assert!(
        reported.contains("`url` has the addresses of pages that you saved, name their folder with `--pages`"),
        "{reported}"
    );
    let run = place.run(&["corpus", "saved/1.html", "--pages", "saved"]);
    assert!(run.code == 2 && run.err.contains("no input is a list of addresses"), "{}", run.err);
    assert_eq!(place.run(&["corpus", "mc.csv", "--pages", "savd"]).code, 3);
}
