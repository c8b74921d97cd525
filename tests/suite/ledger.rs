//! Every place in the ledger is the words it says, and every count is a sum of its rows.

use super::support::{Output, Row, by, golden_codebook, read_table, repository, study};
use framescope::codebook::{Codebook, Force};
use framescope::study::{Study, StudyOptions};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The raw text of an article: its file.
fn raw(corpus: &Path, article: &str) -> String {
    let bytes = std::fs::read(corpus.join(format!("{article}.txt"))).expect("the article");
    String::from_utf8(bytes).expect("UTF-8")
}

/// The offsets of each row of the ledger and of the zones cut the raw text as they say.
pub fn check_offsets(corpus: &Path, output: &Path) {
    let mut texts: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    let mut text_of = |article: &str| -> (String, Vec<usize>) {
        texts
            .entry(article.to_owned())
            .or_insert_with(|| {
                let text = raw(corpus, article);
                let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                (text, starts)
            })
            .clone()
    };
    for row in read_table(&output.join("mentions.csv")) {
        let (text, starts) = text_of(row.text("article_id"));
        let bytes = row.number("start_byte") as usize..row.number("end_byte") as usize;
        assert_eq!(text.get(bytes.clone()), Some(row.text("surface")), "{row:?}");
        assert_eq!(starts[row.number("start_char") as usize], bytes.start, "{row:?}");
        assert_eq!(starts[row.number("end_char") as usize], bytes.end, "{row:?}");
        assert_eq!(text[..bytes.start].matches('\n').count() as u64 + 1, row.number("line"), "{row:?}");
    }
    for row in read_table(&output.join("zones.csv")) {
        let (text, starts) = text_of(row.text("article_id"));
        let bytes = row.number("start_byte") as usize..row.number("end_byte") as usize;
        assert!(text.get(bytes.clone()).is_some_and(|text| !text.trim().is_empty()), "{row:?}");
        assert_eq!(starts[row.number("start_char") as usize], bytes.start, "{row:?}");
        assert_eq!(starts[row.number("end_char") as usize], bytes.end, "{row:?}");
    }
}

/// How often each list of cells was met.
#[derive(Default)]
struct Tally(BTreeMap<Vec<String>, u64>);

impl Tally {
    fn add(&mut self, key: &[&str], n: u64) {
        *self.0.entry(key.iter().map(|cell| (*cell).to_owned()).collect()).or_default() += n;
    }

    fn of(&self, key: &[&str]) -> u64 {
        let key: Vec<String> = key.iter().map(|cell| (*cell).to_owned()).collect();
        self.0.get(&key).copied().unwrap_or_default()
    }
}

fn or_none(actor: &str) -> &str {
    if actor.is_empty() { "(none)" } else { actor }
}

/// The row over the terms of a frame that have the force of this one.
fn force_row(codebook: &Codebook, frame: &str, term: &str) -> &'static str {
    let of_frame =
        |row: &framescope::codebook::Term| row.frame.is_some_and(|at| codebook.frames[at.index()].code == frame);
    let row = codebook.terms.iter().find(|row| row.term == term && of_frame(row)).expect("a term of the codebook");
    if row.force() == Force::Loaded { "(loaded)" } else { "(neutral)" }
}

/// In which articles and sentences the terms of a row stand, by frame, term and source.
type Stands = BTreeMap<[String; 3], (BTreeSet<String>, BTreeSet<(String, String)>)>;

fn where_terms_stand(ledger: &[Row], source_of: &BTreeMap<&str, &str>, codebook: &Codebook) -> Stands {
    let mut stands = Stands::default();
    for hit in ledger.iter().filter(|hit| hit.text("layer") == "frame") {
        let [article, code, alias] = ["article_id", "code", "alias"].map(|column| hit.text(column));
        for source in ["ALL", source_of[article]] {
            for term in ["(all)", force_row(codebook, code, alias), alias] {
                let (articles, sentences) = stands.entry([code, term, source].map(str::to_owned)).or_default();
                articles.insert(article.to_owned());
                sentences.insert((article.to_owned(), hit.text("sentence").to_owned()));
            }
        }
    }
    stands
}

/// One pass over the ledger: every number of the tables that is a sum of its rows.
fn tally_ledger(ledger: &[Row], articles: &[Row], codebook: &Codebook) -> Tally {
    let source_of = sources(articles);
    let month = |row: &Row| row.text("date").get(..7).unwrap_or_default().to_owned();
    let month_of: BTreeMap<&str, String> = articles.iter().map(|row| (row.text("article_id"), month(row))).collect();
    let mut tally = Tally::default();
    for hit in ledger {
        let month = month_of[hit.text("article_id")].as_str();
        let [code, voice, alias] = ["code", "voice", "alias"].map(|column| hit.text(column));
        for source in ["ALL", source_of[hit.text("article_id")]] {
            match hit.text("layer") {
                "actor" if hit.text("kind") == "place_use" => tally.add(&["place", code, source], 1),
                "actor" => {
                    tally.add(&["coded", code, source], 1);
                    tally.add(&["rolled", hit.text("rollup"), source], 1);
                }
                "naming" => tally.add(&["naming", code, alias, source], 1),
                _ => {
                    let [agent, target, speaker] =
                        ["agent", "target", "speaker"].map(|column| or_none(hit.text(column)));
                    for term in ["(all)", force_row(codebook, code, alias), alias] {
                        tally.add(&["frame", code, term, voice, source], 1);
                        tally.add(&["month", month, code, term, source], 1);
                        tally.add(&["target", code, term, agent, target, source], 1);
                        // Own words have a speaker in speeches and statements only.
                        if !["own", "hypothetical"].contains(&voice) || speaker != "(none)" {
                            tally.add(&["speaker", speaker, code, term, source], 1);
                        }
                    }
                }
            }
        }
    }
    tally
}

/// The source of each article.
fn sources(articles: &[Row]) -> BTreeMap<&str, &str> {
    articles.iter().map(|row| (row.text("article_id"), row.text("source"))).collect()
}

/// The tables are aggregations of the ledger.
pub fn check_sums(output: &Path, codebook: &Codebook) {
    let table = |name: &str| read_table(&output.join(format!("{name}.csv")));
    let (ledger, articles) = (table("mentions"), table("articles"));
    let tally = tally_ledger(&ledger, &articles, codebook);
    let stands = where_terms_stand(&ledger, &sources(&articles), codebook);
    // What keyness has to add up to: the hits in the whole corpus.
    let mut totals = Tally::default();
    let mut items = Tally::default();
    for row in table("actor_frequency") {
        let [level, actor, source] = ["level", "actor", "source"].map(|column| row.text(column));
        assert_eq!(row.number("n"), tally.of(&[level, actor, source]), "{row:?}");
        assert_eq!(row.number("n"), ["n_name", "n_demonym", "n_metonym"].iter().map(|n| row.number(n)).sum::<u64>());
        if level == "coded" {
            assert_eq!(row.number("n_place_use"), tally.of(&["place", actor, source]), "{row:?}");
        } else if source == "ALL" {
            totals.add(&["actor", actor], row.number("n"));
        }
    }
    for row in table("frame_frequency") {
        let [frame, term, source] = ["frame", "term", "source"].map(|column| row.text(column));
        let mut n = 0;
        for voice in ["own", "hypothetical", "attributed", "quoted", "scare", "denied"] {
            n += row.number(&format!("n_{voice}"));
            let hits = tally.of(&["frame", frame, term, voice, source]);
            assert_eq!(row.number(&format!("n_{voice}")), hits, "{row:?}");
        }
        assert_eq!(row.number("n"), n);
        let in_ledger = stands.get(&[frame, term, source].map(str::to_owned));
        let in_ledger = in_ledger.map_or((0, 0), |(articles, sentences)| (articles.len(), sentences.len()));
        assert_eq!((row.number("articles") as usize, row.number("sentences") as usize), in_ledger, "{row:?}");
        let (layer, item) = match term {
            "(all)" => ("frame", frame.to_owned()),
            "(loaded)" | "(neutral)" => ("force", format!("{frame}/{term}")),
            term => ("term", format!("{frame}/{term}")),
        };
        items.add(&[layer, &item, source], n);
        if source == "ALL" {
            totals.add(&[layer, &item], n);
        }
    }
    for row in table("naming") {
        let [pair, variant, source] = ["pair", "variant", "source"].map(|column| row.text(column));
        assert_eq!(row.number("n"), tally.of(&["naming", pair, variant, source]), "{row:?}");
        if source == "ALL" {
            totals.add(&["naming", &format!("{pair}/{variant}")], row.number("n"));
        }
    }
    for row in table("frame_targets") {
        let cells = ["frame", "term", "agent", "target", "source"].map(|column| row.text(column));
        assert_eq!(row.number("n"), tally.of(&[&["target"], cells.as_slice()].concat()), "{row:?}");
    }
    for row in table("trend") {
        let cells = ["month", "frame", "term", "source"].map(|column| row.text(column));
        assert_eq!(row.number("n"), tally.of(&[&["month"], cells.as_slice()].concat()), "{row:?}");
    }
    let is_of_frames = |row: &&Row| ["force", "frame", "term"].contains(&row.text("layer"));
    for row in table("contrasts").iter().filter(is_of_frames).filter(|row| row.text("measure") == "rate") {
        let n = |source| items.of(&[row.text("layer"), row.text("item"), source]);
        assert_eq!(
            (row.number("n"), row.number("n_ref")),
            (n(row.text("source")), n("ALL") - row.number("n")),
            "{row:?}"
        );
    }
    for row in table("dispersion").iter().filter(is_of_frames) {
        assert_eq!(row.number("n"), items.of(&["layer", "item", "source"].map(|column| row.text(column))), "{row:?}");
    }
    for row in table("speakers") {
        let cells = ["speaker", "frame", "term", "source"].map(|column| row.text(column));
        assert_eq!(row.number("n"), tally.of(&[&["speaker"], cells.as_slice()].concat()), "{row:?}");
    }
    check_words(&articles, &table("zones"), &table("groups"), &table("vocabulary"));
    for row in table("vocabulary").iter().filter(|row| row.text("source") == "ALL") {
        totals.add(&["word", row.text("word")], row.number("n"));
    }
    for row in table("keyness") {
        let hits = totals.of(&[row.text("layer"), row.text("item")]);
        assert_eq!(row.number("a") + row.number("b"), hits, "{row:?}");
    }
}

/// Words of articles are those of their zones, words of groups those of their vocabulary.
fn check_words(articles: &[Row], zones: &[Row], groups: &[Row], vocabulary: &[Row]) {
    let mut words = Tally::default();
    for zone in zones {
        words.add(&[zone.text("article_id"), zone.text("counted")], zone.number("words"));
    }
    for article in articles {
        let id = article.text("article_id");
        assert_eq!(article.number("words"), words.of(&[id, "true"]), "{id}");
        assert_eq!(article.number("words_dropped"), words.of(&[id, "false"]), "{id}");
    }
    let mut of_group = Tally::default();
    for row in vocabulary {
        of_group.add(&[row.text("source"), "words"], row.number("n"));
        of_group.add(&[row.text("source"), "types"], 1);
    }
    for group in groups {
        for column in ["words", "types"] {
            assert_eq!(group.number(column), of_group.of(&[group.text("source"), column]), "{column}: {group:?}");
        }
    }
}

fn sample_study() -> Study {
    study(Codebook::embedded().expect("the codebook"), StudyOptions::default())
}

#[test]
fn places_of_the_sample_corpus_cut_the_raw_text() {
    let output = Output::of(&sample_study(), &repository("seeds"));
    check_offsets(&repository("seeds"), &output.path());
}

#[test]
fn tables_of_the_golden_corpus_are_sums_of_its_ledger() {
    let output = Output::of(&study(golden_codebook(), by(&["source"])), &repository("tests/golden/corpus"));
    check_offsets(&repository("tests/golden/corpus"), &output.path());
    check_sums(&output.path(), &golden_codebook());
}

#[test]
fn tables_of_the_sample_corpus_are_sums_of_its_ledger() {
    let codebook = Codebook::embedded().expect("the codebook");
    check_sums(&Output::of(&sample_study(), &repository("seeds")).path(), &codebook);
}

/// Articles made of words, names of the codebook, and everything that is hard on an alignment.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z]{1,8}",
        2 => "[A-Z][a-z]{1,6}",
        3 => proptest::sample::select(vec![
            "Aldova", "ALDOVA", "Áldova", "A\u{301}ldova", "Ald\u{AD}ova", "Velm", "Brenian\u{A0}army", "Brenian  army",
            "Brenian\narmy", "River Pact", "Suicide Pact", "occupation", "former occupation", "occupied", "self-rule",
            "self\u{2011}rule", "right to rule", "Green Vale", "Zelen", "liberation",
        ]).prop_map(str::to_owned),
        1 => proptest::sample::select(vec![
            "said", "denied", "so-called", "could", "“", "”", "\"", "’s", "-", "—", ",", ". ", ".\n\n", "\n", "…", "\u{200B}",
            "İstanbul", "中文", "Тбилиси", "U.S.", "Dr.", "2,000", "\u{FEFF}",
        ]).prop_map(str::to_owned),
    ];
    let space = proptest::sample::select(vec![" ", " ", " ", "", "\u{A0}", "  "]);
    proptest::collection::vec((piece, space), 0..120)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, space)| format!("{piece}{space}")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn places_and_sums_hold_for_any_text(texts in proptest::collection::vec(text(), 1..4)) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (number, text) in texts.iter().enumerate() {
            std::fs::write(folder.path().join(format!("article{number}.txt")), text).expect("written");
        }
        let output = Output::of(&study(golden_codebook(), by(&["source"])), folder.path());
        check_offsets(folder.path(), &output.path());
        check_sums(&output.path(), &golden_codebook());
    }
}
