//! The twenty articles of `tests/data/formats` as web pages and as the downloads of newspaper archives, in the languages
//! of their users: the same counts, all outlets and dates, and as many words as the archive declares.

use super::cli::Place;
use super::formats::{Article, articles, counts, docx, rtf, xml};
use std::collections::BTreeMap;
use std::path::Path;

/// What an archive prints in one language.
struct Words {
    language: &'static str,
    months: [&'static str; 12],
    /// `{d}`, `{m}` and `{y}`.
    date: &'static str,
    /// Labels and marks of Nexis Uni: section, length, author, body, tail, language, subject, end.
    uni: [&'static str; 8],
    /// Of Nexis: start, section, length, author, language, subject.
    nexis: [&'static str; 6],
    /// Of Factiva: how a length and the end are printed, and the name of English.
    factiva: [&'static str; 3],
    /// Of ProQuest: document, author, full text, subject, title, outlet, date, section, language, words, id.
    proquest: [&'static str; 11],
}

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[rustfmt::skip]
const LANGUAGES: [Words; 5] = [
    Words {
        language: "en",
        months: ENGLISH,
        date: "{m} {d}, {y} Monday",
        uni: ["Section", "Length", "Byline", "Body", "Classification", "Language", "Subject", "End of Document"],
        nexis: ["{n} of {all} DOCUMENTS", "SECTION", "LENGTH", "BYLINE", "LANGUAGE", "SUBJECT"],
        factiva: ["words", "Document", "English"],
        proquest: ["Document {n} of {all}", "Author", "Full text", "Subject", "Title", "Publication title", "Publication date", "Section", "Language of publication", "Word count", "ProQuest document ID"],
    },
    Words {
        language: "de",
        months: ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
        date: "{d}. {m} {y} Montag",
        uni: ["Rubrik", "Länge", "Autor", "Haupttext", "Klassifizierung", "Sprache", "Thema", "Ende des Dokuments"],
        nexis: ["Dokument {n} von {all}", "RUBRIK", "LÄNGE", "AUTOR", "SPRACHE", "THEMA"],
        factiva: ["Wörter", "Dokument", "Englisch"],
        proquest: ["Dokument {n} von {all}", "Autor", "Volltext", "Schlagwort", "Titel", "Titel der Publikation", "Publikationsdatum", "Rubrik", "Sprache der Publikation", "Wortanzahl", "ProQuest-Dokument-ID"],
    },
    Words {
        language: "fr",
        months: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
        date: "lundi {d} {m} {y}",
        uni: ["Rubrique", "Longueur", "Auteur", "Corps", "Classification", "Langue", "Sujet", "Fin du document"],
        nexis: ["Document {n} de {all}", "RUBRIQUE", "LONGUEUR", "AUTEUR", "LANGUE", "SUJET"],
        factiva: ["mots", "Document", "Anglais"],
        proquest: ["Document {n} sur {all}", "Auteur", "Texte intégral", "Sujet", "Titre", "Titre de la publication", "Date de publication", "Rubrique", "Langue de publication", "Nombre de mots", "ID du document ProQuest"],
    },
    Words {
        language: "es",
        months: ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
        date: "{d} de {m} de {y} lunes",
        uni: ["Sección", "Longitud", "Autor", "Cuerpo", "Clasificación", "Idioma", "Tema", "Fin del documento"],
        nexis: ["Documento {n} de {all}", "SECCIÓN", "LONGITUD", "AUTOR", "IDIOMA", "TEMA"],
        factiva: ["palabras", "Documento", "Inglés"],
        proquest: ["Documento {n} de {all}", "Autor", "Texto completo", "Materia", "Título", "Título de la publicación", "Fecha de publicación", "Sección", "Idioma de la publicación", "Número de palabras", "ID del documento de ProQuest"],
    },
    Words {
        language: "ru",
        months: ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"],
        date: "{d} {m} {y} г.",
        uni: ["Раздел", "Длина", "Автор", "Текст", "Классификация", "Язык", "Тема", "Конец документа"],
        nexis: ["Документ {n} из {all}", "РАЗДЕЛ", "ДЛИНА", "АВТОР", "ЯЗЫК", "ТЕМА"],
        factiva: ["слов", "Документ", "Английский"],
        proquest: ["Документ {n} из {all}", "Автор", "Полный текст", "Тема", "Заголовок", "Название публикации", "Дата публикации", "Раздел", "Язык публикации", "Количество слов", "ID документа ProQuest"],
    },
];

/// Terms of an index, full of what is counted elsewhere.
const INDEX: &str = "ETHNIC CLEANSING (90%); GENOCIDE (78%); BLOCKADES (75%)";

/// Words as an archive counts them.
fn length(article: &Article) -> usize {
    article.text.split_whitespace().count()
}

impl Words {
    fn date(&self, article: &Article) -> String {
        let mut parts = article.date.split('-');
        let year = parts.next().unwrap();
        let month: usize = parts.next().unwrap().parse().unwrap();
        let day = parts.next().unwrap().trim_start_matches('0');
        self.date.replace("{d}", day).replace("{m}", self.months[month - 1]).replace("{y}", year)
    }

    /// One paragraph a line.
    fn nexis_uni(&self, articles: &[Article]) -> String {
        let [section, length_is, author, body, tail, language, subject, end] = self.uni;
        let mut file = "Job Number: 1\n\nDocuments (20)\n\n".to_owned();
        for (n, article) in (1..).zip(articles) {
            file += &format!("{n}. {}\n\nClient/Matter: -None-\n\n", article.title);
        }
        for article in articles {
            let date = self.date(article);
            file += &format!(
                "{}\n\n{}\n\n{date}\n\nCopyright 2023 The Publisher All Rights Reserved\n\n{section}: WORLD; Pg. 4\n\n{length_is}: {} words\n\n{author}: {}\n\n{body}\n\n{}\n\n{tail}\n\n{language}: ENGLISH\n\n{subject}: {INDEX}\n\nLoad-Date: {date}\n\n{end}\n\n",
                article.title,
                article.source,
                length(article),
                article.author,
                article.text,
            );
        }
        file
    }

    /// Lines of sixty characters, outlet and date in the middle.
    fn nexis(&self, articles: &[Article]) -> String {
        let [start, section, length_is, author, language, subject] = self.nexis;
        let mut file = "\u{FEFF}\nDownload Request: Selected Items: 1-20\n\n".to_owned();
        let middle = " ".repeat(28);
        for (n, article) in (1..).zip(articles) {
            let start = start.replace("{n}", &n.to_string()).replace("{all}", "20");
            file += &format!(
                "{middle}{start}\n\n\n{middle}{}\n\n{middle}{}\n\n{}\n\n{author}: {}\n\n{section}: WORLD; Pg. 4\n\n{length_is}: {} words\n\n{}\n\nLOAD-DATE: October 9, 2023\n\n{language}: ENGLISH\n\n{subject}: {INDEX}\n\n\n{middle}Copyright 2023 The Publisher\n{middle}All Rights Reserved\n\n",
                article.source,
                self.date(article),
                article.title,
                article.author,
                length(article),
                wrapped(&article.text),
            );
        }
        file
    }

    fn factiva(&self, articles: &[Article]) -> String {
        let [words, document, english] = self.factiva;
        let mut file = String::new();
        for (n, article) in (1..).zip(articles) {
            file += &format!(
                "{}\n\nBy {}\n\n{} {words}\n\n{}\n\n{}\n\nPOST\n\n4\n\n{english}\n\n(c) 2023 The Publisher\n\n{}\n\n{document} POST0000202309{n:02}ej9p00001\n\n",
                article.title,
                article.author,
                length(article),
                self.date(article),
                article.source,
                article.text,
            );
        }
        file
    }

    fn factiva_page(&self, articles: &[Article]) -> String {
        let [words, document, english] = self.factiva;
        let mut page = "<html><head><title>Factiva</title></head><body>".to_owned();
        for (n, article) in (1..).zip(articles) {
            let text: String = article
                .text
                .split("\n\n")
                .map(|one| format!("<p class=\"articleParagraph\">{}</p>\n", xml(one)))
                .collect();
            page += &format!(
                "<div class=\"article\"><div id=\"hd\"><span class=\"enHeadline\">{}</span></div><div class=\"author\">By {}</div><div>{} {words}</div><div>{}</div><div>{}</div><div>POST</div><div>{english}</div><div>Copyright 2023 The Publisher</div>{text}<p>{document} POST0000202309{n:02}ej9p00001</p></div>",
                xml(&article.title),
                xml(&article.author),
                length(article),
                self.date(article),
                xml(&article.source),
            );
        }
        page + "</body></html>"
    }

    fn proquest(&self, articles: &[Article]) -> String {
        let [document, author, full, subject, title, outlet, date, section, language, words, id] = self.proquest;
        let rule = "_".repeat(60);
        let mut file = format!("{rule}\n\nReport Information from ProQuest\n\n{rule}\n\n");
        for (n, article) in (1..).zip(articles) {
            let document = document.replace("{n}", &n.to_string()).replace("{all}", "20");
            file += &format!(
                "{document}\n\n{}\n\n{author}: {}\n\n{full}: {}\n\n{subject}: Genocide; Ethnic cleansing\n\n{title}: {}\n\n{outlet}: {}; London\n\n{date}: {}\n\n{section}: A\n\n{language}: English\n\n{id}: 43{n}\n\n{words}: {}\n\n{rule}\n\n",
                article.title,
                article.author,
                article.text,
                article.title,
                article.source,
                self.date(article),
                length(article),
            );
        }
        file
    }
}

fn wrapped(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let mut lines = vec![String::new()];
        for word in paragraph.split(' ') {
            if lines[lines.len() - 1].chars().count() + word.len() > 60 {
                lines.push(String::new());
            }
            let line = lines.last_mut().unwrap();
            *line += if line.is_empty() { "" } else { " " };
            *line += word;
        }
        lines.join("\n")
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// Outlet, date and declared length of each article, as the program reads them.
fn read(place: &Place, folder: &str) -> Vec<[String; 4]> {
    let run = place.run(&["corpus", folder]);
    assert_eq!((run.code, run.err.contains("left out")), (0, false), "{folder}: {}", run.err);
    let rows = run.out.lines().map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let words = row["text"].as_str().unwrap().split_whitespace().count() as f64;
        let declared: f64 =
            row["declared_words"].as_str().unwrap_or_else(|| panic!("{folder}: {row}")).parse().unwrap();
        assert!((words - declared).abs() <= 0.02 * declared, "{folder}: {words} words, {declared} declared");
        ["source", "date", "title", "language"].map(|key| row[key].as_str().unwrap_or_default().to_owned())
    });
    rows.collect()
}

fn differences(expected: &BTreeMap<String, String>, corpus: &Path) -> Vec<String> {
    let found = counts(corpus);
    let both = expected.iter().filter(|(id, as_read)| found.get(*id) != Some(as_read));
    let mut different: Vec<String> = both.map(|(id, as_read)| format!("{id}: {as_read} {:?}", found.get(id))).collect();
    if found.len() != expected.len() {
        different.push(format!("{} articles", found.len()));
    }
    different
}

#[test]
fn downloads_of_archives_in_any_language_give_the_articles_that_they_hold() {
    let articles = articles();
    let place = Place::new();
    let as_read: Vec<[String; 4]> = articles
        .iter()
        .map(|article| [&article.source, &article.date, &article.title, "en"].map(str::to_owned))
        .collect();
    let table: String = articles
        .iter()
        .map(|article| format!("{},{},\"{}\"\n", article.id, article.date, article.text.replace('"', "\"\"")))
        .collect();
    place.write("table/articles.csv", format!("id,date,text\n{table}").as_bytes());
    let expected = counts(&place.path("table"));
    for words in &LANGUAGES {
        let documents = |text: String| {
            let article = Article::of_text(text);
            [("docx", docx(&article)), ("rtf", rtf(&article))]
        };
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        let uni = documents(words.nexis_uni(&articles));
        files.extend(uni.map(|(format, bytes)| (format!("uni.{format}"), bytes)));
        files.push(("nexis.txt".into(), words.nexis(&articles).into_bytes()));
        let [_, factiva] = documents(words.factiva(&articles));
        files.push(("factiva.rtf".into(), factiva.1));
        files.push(("factiva.html".into(), words.factiva_page(&articles).into_bytes()));
        files.push(("proquest.txt".into(), words.proquest(&articles).into_bytes()));
        for (name, bytes) in files {
            let folder = format!("{}_{name}", words.language);
            place.write(&format!("{folder}/{name}"), &bytes);
            assert_eq!(read(&place, &folder), as_read, "{folder}");
            // how a text counts does not depend on the language of the labels
            if words.language == "en" {
                assert_eq!(differences(&expected, &place.path(&folder)), [""; 0], "{folder}");
            }
        }
    }
}

#[test]
fn pages_of_any_kind_give_the_counts_of_headline_and_text() {
    let place = Place::new();
    let mut table = "id,date,headline,text\n".to_owned();
    let mut archive = Vec::new();
    for article in articles() {
        let text = article.text.replace('"', "\"\"");
        table += &format!("{},{},\"{}\",\"{text}\"\n", article.id, article.date, article.title);
        let paragraphs: String = article.text.split("\n\n").map(|one| format!("<p>{}</p>\n", xml(one))).collect();
        let page = format!(
            "<!DOCTYPE html><html lang=en><head><title>{0} | The Post</title><meta property=article:published_time content={1}></head>\n<body><nav><a href=/>Genocide</a></nav><article><h1>{0}</h1>\n<div class=article-body>{paragraphs}</div></article><aside class=related><a href=/2>Ethnic cleansing, a history</a></aside></body></html>",
            xml(&article.title),
            article.date,
        );
        place.write(&format!("html/{}.html", article.id), page.as_bytes());
        let mail = format!(
            "From: <Saved>\r\nContent-Type: multipart/related; boundary=\"--x\"\r\n\r\n----x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n----x--\r\n",
            page.replace('=', "=3D").replace('—', "=E2=80=94").replace("the ", "the =\r\n"),
        );
        place.write(&format!("mhtml/{}.mhtml", article.id), mail.as_bytes());
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
        let head =
            format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/{}\r\n", article.id);
        archive.extend(format!("{head}Content-Length: {}\r\n\r\n{answer}\r\n\r\n", answer.len()).bytes());
    }
    place.write("warc/crawl.warc", &archive);
    place.write("table/articles.csv", table.as_bytes());
    let expected = counts(&place.path("table"));
    assert_eq!(expected.len(), 20);
    for folder in ["html", "mhtml", "warc"] {
        assert_eq!(differences(&expected, &place.path(folder)), [""; 0], "{folder}");
    }
}
