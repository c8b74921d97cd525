//! The corpus as it was read, written out: what was found in documents can be looked at, corrected and kept.
//!
//! JSON Lines and text files are read again by this program, with the same counts; TEI is for others.

use crate::corpus::{Article, BadRecord, Corpus, CorpusOptions, Warning, is_further};
use crate::error::{Error, Fault, Result};
use crate::output::NewFolder;
use quick_xml::escape::escape;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::Write;

/// What was written, and what was not.
#[derive(Debug, Default)]
pub struct Exported {
    pub articles: u64,
    pub left_out: Vec<Fault>,
    pub notes: Vec<Fault>,
    pub warnings: Vec<Warning>,
}

/// Reads a corpus, article by article.
fn each(options: &CorpusOptions, take: &mut dyn FnMut(Article) -> Result<()>) -> Result<Exported> {
    let mut corpus = Corpus::open(options)?;
    let mut exported = Exported::default();
    while let Some(block) = corpus.next_block()? {
        for outcome in block.into_articles() {
            match outcome {
                Ok(mut article) => {
                    exported.articles += 1;
                    exported.notes.append(&mut article.notes);
                    take(article)?;
                }
                Err(BadRecord::Fatal(error)) => return Err(error),
                Err(BadRecord::Skipped(fault)) => exported.left_out.push(fault),
            }
        }
    }
    exported.warnings = corpus.warnings().to_vec();
    Ok(exported)
}

/// The metadata of an article, in the order of their columns. The well-known ones come first and always, so that no
/// further one is taken for them when they are read again; a further one whose name stands for something gets another.
fn metadata(article: &Article) -> Vec<(Cow<'_, str>, &str)> {
    let meta = &article.meta;
    let date = meta.date.as_ref().map_or("", |date| date.as_str());
    let known = [
        ("source", meta.source.as_str()),
        ("date", date),
        ("title", &meta.title),
        ("language", &meta.language),
        ("author", &meta.author),
    ];
    let mut columns: Vec<(Cow<'_, str>, &str)> = known.map(|(name, value)| (Cow::Borrowed(name), value)).to_vec();
    for (name, value) in &meta.more {
        let name = if is_further(name) { Cow::Borrowed(name.as_str()) } else { Cow::Owned(format!("{name}_given")) };
        columns.push((name, value));
    }
    columns
}

/// Writes one JSON object a line: id, metadata and text.
///
/// # Errors
/// Whatever stops the reading; a place that cannot be written to.
pub fn json_lines(options: &CorpusOptions, out: &mut dyn Write) -> Result<Exported> {
    each(options, &mut |article| {
        let mut line = String::from("{\"id\":");
        line.push_str(&quoted(&article.id));
        for (name, value) in metadata(&article)
            .iter()
            .map(|(name, value)| (name.as_ref(), *value))
            .chain([("text", article.raw.as_str())])
        {
            line.push(',');
            line.push_str(&quoted(name));
            line.push(':');
            line.push_str(&quoted(value));
        }
        line.push_str("}\n");
        written(out.write_all(line.as_bytes()))
    })
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn written(result: std::io::Result<()>) -> Result<()> {
    result.map_err(Error::io("write", "the corpus"))
}

/// Writes each article as a text file, and `sources.csv` with the metadata of all.
///
/// # Errors
/// Whatever stops the reading; a place that cannot be written to.
pub fn text_files(options: &CorpusOptions, folder: &NewFolder) -> Result<Exported> {
    let mut names = HashSet::new();
    let mut rows: Vec<(String, BTreeMap<String, String>)> = Vec::new();
    let mut columns: BTreeSet<String> = BTreeSet::new();
    let exported = each(options, &mut |article| {
        let name = file_name(&article.id, &mut names);
        folder.write(&name, article.raw.as_bytes())?;
        let values: BTreeMap<String, String> =
            metadata(&article).into_iter().map(|(name, value)| (name.into_owned(), value.to_owned())).collect();
        columns.extend(values.keys().cloned());
        rows.push((name, values));
        Ok(())
    })?;
    let mut table = csv::Writer::from_writer(Vec::new());
    let row = |cells: &mut dyn Iterator<Item = &str>, table: &mut csv::Writer<Vec<u8>>| {
        written(table.write_record(cells).map_err(std::io::Error::other))
    };
    row(&mut std::iter::once("file").chain(columns.iter().map(String::as_str)), &mut table)?;
    for (name, values) in &rows {
        let cells = columns.iter().map(|column| values.get(column).map_or("", String::as_str));
        row(&mut std::iter::once(name.as_str()).chain(cells), &mut table)?;
    }
    let table = table.into_inner().map_err(|error| Error::io("write", "sources.csv")(error.into_error()))?;
    folder.write("sources.csv", &table)?;
    Ok(exported)
}

/// A name that every system takes and that is read again, and that no other article has.
fn file_name(id: &str, taken: &mut HashSet<String>) -> String {
    let step = |step: &str| {
        let plain: String = step
            .chars()
            .map(|c| if c.is_control() || "\\:*?\"<>|~#".contains(c) { '-' } else { c })
            .take(120)
            .collect();
        let plain = plain.trim_matches(['.', ' ']).to_owned();
        let plain = if plain.is_empty() { "-".to_owned() } else { plain };
        let first = plain.split(['.', '-', '_']).next().unwrap_or_default().to_lowercase();
        // names that stand for files about a corpus
        if ["readme", "license", "licence", "notice", "sources"].contains(&first.as_str()) {
            format!("article-{plain}")
        } else {
            plain
        }
    };
    let steps: Vec<String> = id.split('/').filter(|step| !step.is_empty()).map(step).collect();
    let stem = if steps.is_empty() { "-".to_owned() } else { steps.join("/") };
    let mut name = format!("{stem}.txt");
    // systems that take `A` and `a` for one name
    for number in 2.. {
        if taken.insert(name.to_lowercase()) {
            break;
        }
        name = format!("{stem}-{number}.txt");
    }
    name
}

/// Writes a TEI corpus: a header and the paragraphs of each article.
///
/// # Errors
/// Whatever stops the reading; a place that cannot be written to.
pub fn tei(options: &CorpusOptions, out: &mut dyn Write) -> Result<Exported> {
    written(out.write_all(TEI_BEGIN.as_bytes()))?;
    let exported = each(options, &mut |article| written(out.write_all(tei_text(&article).as_bytes())))?;
    written(out.write_all(b"</teiCorpus>\n"))?;
    Ok(exported)
}

const TEI_BEGIN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\">\n<teiHeader><fileDesc><titleStmt><title>A corpus read by framescope</title></titleStmt><publicationStmt><p>Not published</p></publicationStmt><sourceDesc><p>The files that each text names</p></sourceDesc></fileDesc></teiHeader>\n";

fn tei_text(article: &Article) -> String {
    let meta = &article.meta;
    let date =
        meta.date.as_ref().map_or(String::new(), |date| format!("<date when=\"{0}\">{0}</date>", xml(date.as_str())));
    let author = element("author", &meta.author);
    let notes: String =
        meta.more.iter().map(|(name, value)| format!("<note type=\"{}\">{}</note>", xml(name), xml(value))).collect();
    let notes = if notes.is_empty() { notes } else { format!("<notesStmt>{notes}</notesStmt>") };
    let language = match meta.language.as_str() {
        "" => String::new(),
        code => format!("<profileDesc><langUsage><language ident=\"{}\"/></langUsage></profileDesc>", xml(code)),
    };
    let normal = article.raw.replace("\r\n", "\n");
    let paragraphs: String = normal
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| format!("<p>{}</p>\n", xml(paragraph)))
        .collect();
    let paragraphs = if paragraphs.is_empty() { "<p/>\n".to_owned() } else { paragraphs };
    format!(
        "<TEI><teiHeader><fileDesc><titleStmt><title>{}</title>{author}</titleStmt><publicationStmt><publisher>{}</publisher>{date}<idno>{}</idno></publicationStmt>{notes}<sourceDesc><p>{}</p></sourceDesc></fileDesc>{language}</teiHeader>\n<text><body>\n{paragraphs}</body></text></TEI>\n",
        xml(&meta.title),
        xml(&meta.source),
        xml(&article.id),
        xml(&article.path),
    )
}

fn element(name: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!("<{name}>{}</{name}>", xml(value)) }
}

/// Text as XML may have it: characters that no XML has are dropped.
fn xml(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|c| {
            matches!(c, '\t' | '\n' | '\r') || !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{FEFF}')
        })
        .collect();
    escape(plain.as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_plain_and_different() {
        let mut taken = HashSet::new();
        for (id, name) in [
            ("a/b:1", "a/b-1.txt"),
            ("A/b-1", "A/b-1-2.txt"),
            ("README", "article-README.txt"),
            ("../x", "-/x.txt"),
            ("", "-.txt"),
            (".hidden", "hidden.txt"),
        ] {
            assert_eq!(file_name(id, &mut taken), name);
        }
    }

    #[test]
    fn further_columns_never_take_the_place_of_known_ones() {
        let mut article = Article::from_text("a", "text");
        for name in ["headline", "mood", "outlet", "text"] {
            article.meta.more.insert(name.to_owned(), "x".to_owned());
        }
        let names: Vec<String> = metadata(&article).into_iter().map(|(name, _)| name.into_owned()).collect();
        assert_eq!(names[5..], ["headline_given", "mood", "outlet_given", "text_given"]);
    }

    #[test]
    fn tei_is_well_formed_whatever_the_text_is() {
        let article = Article::from_text("a<&\"", "One & \u{1}two.\n\nThree <four>.");
        let text = tei_text(&article);
        assert!(text.contains("<p>One &amp; two.</p>\n<p>Three &lt;four&gt;.</p>"), "{text}");
        assert!(text.contains("<idno>a&lt;&amp;&quot;</idno>"), "{text}");
    }
}
