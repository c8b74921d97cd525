//! What a page says of itself: JSON-LD, `meta` elements (rows of `dictionaries/reading/page_meta.csv`), `link` and `time`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::dom::{AttributeName, Dom, NodeId, collapsed};
use super::tags;
use crate::corpus::reading;

/// The values of a page, each from the best place that has it; empty where none has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PageMeta {
    pub title: String,
    pub date: String,
    pub author: String,
    pub source: String,
    pub language: String,
    pub url: String,
    pub description: String,
    pub section: String,
    /// All forms in which the page gives its title.
    pub titles: Vec<String>,
    /// All addresses that it gives for itself.
    pub urls: Vec<String>,
    /// The text of the article, where JSON-LD repeats it.
    pub body: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum MetaField {
    Title,
    Date,
    Author,
    Source,
    Language,
    Url,
    Description,
    Section,
}

/// The field of each name in lower case, and its rank: the lower, the better.
fn names() -> &'static FxHashMap<String, (MetaField, usize)> {
    static NAMES: OnceLock<FxHashMap<String, (MetaField, usize)>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names = FxHashMap::default();
        for row in reading::rows(include_str!("../../../../dictionaries/reading/page_meta.csv")) {
            let field = match row.get(0).unwrap_or_default() {
                "title" => MetaField::Title,
                "date" => MetaField::Date,
                "author" => MetaField::Author,
                "source" => MetaField::Source,
                "language" => MetaField::Language,
                "url" => MetaField::Url,
                "description" => MetaField::Description,
                _ => MetaField::Section,
            };
            for (rank, name) in row.get(1).unwrap_or_default().split('|').enumerate() {
                names.insert(name.to_owned(), (field, rank));
            }
        }
        names
    })
}

/// What `meta` elements, `link`, `time`, `title` and `html` say.
#[derive(Default)]
struct MetaTags {
    fields: BTreeMap<MetaField, (usize, String)>,
    authors: Vec<String>,
    canonical: String,
    title: String,
    language: String,
    time: String,
    titles: Vec<String>,
    urls: Vec<String>,
}

impl PageMeta {
    pub fn of(dom: &Dom) -> Self {
        let mut found = MetaTags::default();
        let mut json = JsonLdArticle::default();
        for (node, tag) in dom.elements() {
            match tag {
                tags::META => found.meta(dom, node),
                tags::LINK if has_word(dom.attribute(node, AttributeName::Rel), "canonical") => {
                    found.canonical = value(dom.attribute(node, AttributeName::Href));
                }
                tags::TITLE if found.title.is_empty() => found.title = dom.inner_text(node),
                tags::HTML if found.language.is_empty() => {
                    found.language = value(dom.attribute(node, AttributeName::Lang))
                }
                tags::TIME => found.time(dom, node),
                tags::SCRIPT
                    if dom.attribute(node, AttributeName::Type).is_some_and(|kind| kind.contains("ld+json")) =>
                {
                    json.read(dom.text(node + 1));
                }
                _ => {}
            }
        }
        found.with(json)
    }
}

impl MetaTags {
    fn meta(&mut self, dom: &Dom, node: NodeId) {
        let content = value(dom.attribute(node, AttributeName::Content));
        if content.is_empty() {
            return;
        }
        for name in [AttributeName::Property, AttributeName::Name, AttributeName::Itemprop, AttributeName::HttpEquiv] {
            let Some(name) = dom.attribute(node, name) else { continue };
            let Some((field, rank)) = names().get(&name.trim().to_lowercase()) else { continue };
            match field {
                MetaField::Title => self.titles.push(content.clone()),
                MetaField::Url => self.urls.push(content.clone()),
                // an address is no name
                MetaField::Author if content.contains("://") => continue,
                _ => {}
            }
            if *field == MetaField::Author && *rank == self.fields.get(field).map_or(*rank, |(best, _)| *best) {
                self.authors.push(content.clone());
            }
            if self.fields.get(field).is_none_or(|(best, _)| rank < best) {
                if *field == MetaField::Author {
                    self.authors = vec![content.clone()];
                }
                self.fields.insert(*field, (*rank, content.clone()));
            }
        }
    }

    /// The first time of publication that the page shows: a later one may be a comment's.
    fn time(&mut self, dom: &Dom, node: NodeId) {
        let time = value(dom.attribute(node, AttributeName::Datetime));
        let is_named = has_word(dom.attribute(node, AttributeName::Itemprop), "datePublished");
        if self.time.is_empty() || (is_named && !time.is_empty()) {
            self.time = time;
        }
    }

    fn with(mut self, json: JsonLdArticle) -> PageMeta {
        let mut field = |field: MetaField| self.fields.remove(&field).map(|(_, value)| value).unwrap_or_default();
        let source = first([field(MetaField::Source), json.source]);
        let (og_title, language) = (field(MetaField::Title), field(MetaField::Language));
        let plain_title = without_site(&self.title, &source);
        let title = first([json.title.clone(), without_site(&og_title, &source), plain_title]);
        let json_url = Some(json.url.clone()).filter(|url| !url.is_empty());
        let absolute = |url: String| if url.contains("://") { url } else { String::new() };
        let url = first([absolute(self.canonical), absolute(field(MetaField::Url)), absolute(json.url)]);
        self.authors.dedup();
        self.titles.extend([json.title, self.title]);
        self.urls.extend(json_url);
        PageMeta {
            source: if source.is_empty() { host(&url).to_owned() } else { source },
            date: first([json.date, field(MetaField::Date), self.time]),
            author: first([json.author, self.authors.join("; ")]),
            language: first([self.language, json.language, language]),
            description: first([field(MetaField::Description), json.description]),
            section: first([json.section, field(MetaField::Section)]),
            title,
            url,
            titles: self.titles,
            urls: self.urls,
            body: json.body,
        }
    }
}

fn value(attribute: Option<&str>) -> String {
    collapsed(attribute.unwrap_or_default())
}

pub(super) fn has_word(attribute: Option<&str>, word: &str) -> bool {
    attribute.is_some_and(|all| all.split_ascii_whitespace().any(|one| one.eq_ignore_ascii_case(word)))
}

fn first<const N: usize>(values: [String; N]) -> String {
    values.into_iter().find(|value| !value.is_empty()).unwrap_or_default()
}

/// The name of the machine in an address, without `www.`.
pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// `Title | Site` and `Site - Title` without the site.
fn without_site(title: &str, site: &str) -> String {
    const BETWEEN: [char; 6] = ['|', '-', '–', '—', '·', ':'];
    let trimmed = title.trim();
    if site.is_empty() {
        return trimmed.to_owned();
    }
    let end = trimmed.strip_suffix(site).map(str::trim_end).filter(|rest| rest.ends_with(BETWEEN));
    let start = trimmed.strip_prefix(site).map(str::trim_start).filter(|rest| rest.starts_with(BETWEEN));
    end.or(start)
        .map_or(trimmed, |rest| rest.trim_matches(|c: char| c.is_whitespace() || BETWEEN.contains(&c)))
        .to_owned()
}

/// The article as JSON-LD describes it.
#[derive(Debug, Default)]
struct JsonLdArticle {
    title: String,
    date: String,
    author: String,
    source: String,
    language: String,
    url: String,
    description: String,
    section: String,
    body: String,
}

impl JsonLdArticle {
    /// Takes what a script has; the first article of a page counts. Broken JSON-LD is as good as none.
    fn read(&mut self, script: &str) {
        // line ends inside of strings are a common mistake, and mean nothing between them
        let script: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let Ok(whole) = serde_json::from_str::<Value>(script.trim().trim_end_matches(';')) else { return };
        // what is still to be looked at, the next one last
        let mut waiting = vec![&whole];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(values) => waiting.extend(values.iter().rev()),
                Value::Object(object) => {
                    if self.title.is_empty() && object.get("@type").is_some_and(is_article) {
                        self.take(value);
                    }
                    waiting.extend(["mainEntity", "@graph"].iter().filter_map(|key| object.get(*key)));
                }
                _ => {}
            }
        }
    }

    fn take(&mut self, article: &Value) {
        let text = |key: &str| article.get(key).map(named).unwrap_or_default();
        self.title = first([text("headline"), text("name")]);
        self.date = first([text("datePublished"), text("dateCreated")]);
        self.author = first([text("author"), text("creator")]);
        self.source = text("publisher");
        self.language = text("inLanguage");
        self.url = first([text("url"), text("mainEntityOfPage")]);
        self.description = text("description");
        self.section = text("articleSection");
        self.body = article.get("articleBody").and_then(Value::as_str).unwrap_or_default().to_owned();
    }
}

/// `NewsArticle`, `ReportageNewsArticle`, `BlogPosting`, `LiveBlogPosting` and the like.
fn is_article(kind: &Value) -> bool {
    let is_one = |kind: &str| kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report";
    match kind {
        Value::String(kind) => is_one(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).any(is_one),
        _ => false,
    }
}

/// A string, the name of an object, or all names of an array.
fn named(value: &Value) -> String {
    match value {
        Value::String(text) => unescaped(text),
        Value::Object(object) => {
            object.get("name").or_else(|| object.get("@id")).and_then(Value::as_str).map(unescaped).unwrap_or_default()
        }
        Value::Array(values) => {
            let mut names: Vec<String> = Vec::new();
            for value in values {
                let name = match value {
                    Value::Array(_) => String::new(),
                    other => named(other),
                };
                if !name.is_empty() && !names.contains(&name) {
                    names.push(name);
                }
            }
            names.join("; ")
        }
        _ => String::new(),
    }
}

/// Text in JSON-LD is often escaped as if it stood in the page.
fn unescaped(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return collapsed(text);
    }
    Dom::parse(text).map(|dom| dom.inner_text(0)).unwrap_or_else(|_| collapsed(text))
}
