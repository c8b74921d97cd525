//! Tallies: the same bytes whatever the split, the order, the shape of the merge and the number of threads; and nothing
//! that is broken or foreign is added.

use framescope::codebook::Codebook;
use framescope::corpus::{CorpusOptions, Input, ReadAs};
use framescope::error::{Error, Place};
use framescope::run::count;
use framescope::study::{Study, StudyOptions};
use framescope::tally::Tally;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

static STUDY: LazyLock<Study> = LazyLock::new(|| study(StudyOptions::default()));

fn study(options: StudyOptions) -> Study {
    Study::new(Codebook::embedded().unwrap(), options).unwrap()
}

const SENTENCES: [&str; 8] = [
    "Armenia and Azerbaijan signed a ceasefire.",
    "Baku denies that there is a blockade of the Lachin corridor.",
    "Russian peacekeepers in Nagorno-Karabakh saw \"ethnic cleansing\", Yerevan said.",
    "Nothing was named here, and İstanbul’s cafés were full.",
    "The European Union and the United States called for restraint.",
    "Moscow-brokered talks failed; Türkiye backed Azerbaijan.",
    "The occupation ended, according to Aliyev.",
    "A genocide is feared by Armenians in Stepanakert.",
];

fn article(number: usize, pieces: &[usize]) -> String {
    let text: Vec<&str> = pieces.iter().map(|piece| SENTENCES[piece % SENTENCES.len()]).collect();
    let source = ["East Post", "West\tMail", "ünder \"quotes\""][number % 3];
    serde_json::json!({ "id": format!("a{number}"), "source": source, "text": text.join(" "), "desk": pieces.len() % 3 })
        .to_string()
}

/// The tally of some lines of JSON.
fn tally(study: &Study, lines: &[String], threads: usize) -> Tally {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("corpus.jsonl");
    std::fs::write(&path, lines.join("\n")).unwrap();
    let corpus = CorpusOptions { inputs: vec![Input::Path(path)], ..CorpusOptions::default() };
    Tally::of(study, count(study, &corpus, threads).unwrap(), corpus.read_as()).unwrap()
}

fn line(lines: &[String]) -> String {
    tally(&STUDY, lines, 1).line()
}

fn sum<'l>(lines: impl IntoIterator<Item = &'l String>) -> Result<Tally, Error> {
    lines.into_iter().try_fold(Tally::default(), |tally, line| tally.add(line, &Place::default()))
}

/// A changed line with the digest that belongs to it.
fn sealed(line: &str) -> String {
    let (before, rest) = line.split_once(",\"digest\":\"").expect("a digest");
    let before = format!("{before},\"digest\":\"");
    let digest = Sha256::new().chain_update(&before).chain_update(&rest[64..]).finalize();
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{before}{digest}{}", &rest[64..])
}

fn corpus() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::collection::vec(0..SENTENCES.len(), 0..6), 1..10)
        .prop_map(|articles| articles.iter().enumerate().map(|(at, pieces)| article(at, pieces)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_split_order_and_tree_gives_the_bytes_of_one_pass(
        (articles, order) in corpus().prop_flat_map(|articles| (Just(articles.clone()), Just(articles).prop_shuffle())),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
        joins in prop::collection::vec(any::<prop::sample::Index>(), 8),
    ) {
        let whole = line(&articles);
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(order.len() + 1)).collect();
        ends.extend([0, order.len()]);
        ends.sort_unstable();
        // Equal ends make empty partitions.
        let mut parts: Vec<String> = ends.windows(2).map(|ends| line(&order[ends[0]..ends[1]])).collect();
        let mut joins = joins.iter().cycle();
        while parts.len() > 1 {
            let a = parts.swap_remove(joins.next().unwrap().index(parts.len()));
            let b = parts.swap_remove(joins.next().unwrap().index(parts.len()));
            // By lines, or tally into tally.
            let both = match parts.len() % 2 {
                0 => sum([&a, &b]),
                _ => sum([&a]).unwrap().merge(sum([&b]).unwrap()),
            };
            parts.push(both.unwrap().line());
        }
        prop_assert_eq!(&parts[0], &whole);
    }

    #[test]
    fn what_is_read_is_what_was_written(articles in corpus()) {
        let tally = tally(&STUDY, &articles, 1);
        let line = tally.line();
        let counts = sum([&line]).unwrap().counts(&STUDY.codebook).unwrap();
        prop_assert_eq!(Tally::of(&STUDY, counts, ReadAs::default()).unwrap().line(), line);
    }

    #[test]
    fn a_cut_or_changed_line_is_refused_or_still_a_tally(at in any::<prop::sample::Index>(), byte in 0x20u8..0x7F) {
        let whole = line(&[article(0, &[0, 1, 2])]);
        let mut bytes = whole.into_bytes();
        let at = at.index(bytes.len());
        prop_assert!(sum([&String::from_utf8_lossy(&bytes[..at]).into_owned()]).is_err());
        bytes[at] = byte;
        if let Ok(tally) = sum([&String::from_utf8_lossy(&bytes).into_owned()]) {
            // What was accepted can be used or refused, but never breaks the program.
            let _ = tally.counts(&STUDY.codebook);
        }
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let articles: Vec<String> = (0..300).map(|at| article(at, &[at, at / 2, at / 3, at / 7])).collect();
    let one = tally(&STUDY, &articles, 1).line();
    for threads in [2, 8] {
        assert!(tally(&STUDY, &articles, threads).line() == one, "{threads} threads");
    }
}

#[test]
fn lines_add_up_to_the_same_by_any_number_of_threads_and_the_first_error_is_reported() {
    let lines: Vec<String> = (0..40).map(|at| line(&[article(at, &[at, at / 2, at + 3])])).collect();
    let read = |lines: &[String], threads: usize| {
        let lines: Vec<_> = lines
            .iter()
            .enumerate()
            .map(|(at, line)| Ok((Place::at("t".as_ref(), at as u64 + 1, 0), line.clone().into_bytes())))
            .collect();
        framescope::tally::sum(lines.into_iter(), threads)
    };
    let one = read(&lines, 1).unwrap().line();
    assert!(one == sum(&lines).unwrap().line());
    for threads in [0, 2, 3, 64] {
        assert!(read(&lines, threads).unwrap().line() == one, "{threads} threads");
    }
    let mut broken = lines.clone();
    broken[31].truncate(200);
    broken[17].truncate(100);
    for threads in [1, 2, 5] {
        let error = read(&broken, threads).unwrap_err();
        assert!(error.to_string().starts_with("t:18:101: broken tally: the line ends too early"), "{error}");
        let twice = read(&[lines.clone(), vec![String::new(), lines[3].clone()]].concat(), threads).unwrap_err();
        assert!(twice.to_string().contains("`a3` is in two tallies, t:4 and t:42"), "{twice}");
    }
}

#[test]
fn nothing_is_the_neutral_element_and_has_a_line() {
    let whole = line(&[article(1, &[0, 4])]);
    let nothing = Tally::default().line();
    let empty = line(&[]);
    for lines in [[&whole, &nothing], [&nothing, &whole], [&whole, &empty], [&empty, &whole]] {
        assert_eq!(sum(lines).unwrap().line(), whole);
    }
    assert_eq!(sum([&nothing, &nothing]).unwrap().line(), nothing);
}

#[test]
fn an_article_that_two_tallies_have_is_refused_by_name() {
    let both = [line(&[article(1, &[0])]), line(&[article(1, &[0])])];
    let error = sum(&both).unwrap_err();
    assert_eq!(error.exit_code(), 4);
    assert!(error.to_string().contains("`a1`"), "{error}");
}

#[test]
fn a_tally_that_was_counted_differently_is_refused_with_what_differs() {
    let by_date = study(StudyOptions { by: vec!["date".into()], ..StudyOptions::default() });
    let both = [line(&[article(1, &[0])]), tally(&by_date, &[article(2, &[0])], 1).line()];
    let error = sum(&both).unwrap_err();
    assert_eq!(error.exit_code(), 4);
    assert!(error.to_string().contains("`by` is `source` and `date`"), "{error}");
}

#[test]
fn bad_records_are_counted_without_the_place_that_a_split_would_change() {
    let articles = [article(0, &[0]), "{".into(), article(1, &[1]), "{".into(), "{\"text\": 7}".into()];
    let tally = tally(&STUDY, &articles, 1);
    assert_eq!((tally.articles_in(), tally.articles_counted(), tally.bad_records()), (5, 2, 3));
    assert!(tally.expect_articles(5).is_ok());
    assert_eq!(tally.expect_articles(6).unwrap_err().exit_code(), 4);
    let split = [line(&articles[..2]), line(&articles[2..])];
    assert_eq!(sum(&split).unwrap().line(), tally.line());
}

#[test]
fn sums_that_do_not_fit_are_refused() {
    let units = |id: &str, n: &str| {
        let line = line(&[article(1, &[0])]).replace("\"a1\"", &format!("\"{id}\""));
        // The first number of the section is that of whole articles.
        let (before, rest) = line.split_once("\"units\":[[").unwrap();
        let (keys, numbers) = rest.split_once("],[").unwrap();
        let (first, after) = numbers.split_once(',').unwrap();
        assert_eq!(first, "1");
        sealed(&format!("{before}\"units\":[[{keys}],[{n},{after}"))
    };
    assert!(sum([&units("a", "1")]).is_ok());
    let (a, b) = (units("a", &u64::MAX.to_string()), units("b", "1"));
    assert!(sum([&a]).is_ok());
    assert_eq!(sum([&a, &b]).unwrap_err().exit_code(), 4);
    let error = sum([&a]).unwrap().merge(sum([&b]).unwrap()).unwrap_err();
    assert_eq!(error.exit_code(), 4);
    for number in
        ["1.5", "-1", "18446744073709551616", "99999999999999999999999999999", "01", "1e3", "\"1\"", "null", ""]
    {
        let error = sum([&units("a", number)]).unwrap_err();
        assert_eq!(error.exit_code(), 3, "{number}: {error}");
    }
}

#[test]
fn a_number_that_was_changed_is_noticed() {
    let whole = line(&[article(1, &[0, 2])]);
    assert_eq!(sealed(&whole), whole);
    let (before, rest) = whole.split_once("\"units\":[[").expect("units");
    let (keys, after) = rest.split_once("],[1,").expect("numbers");
    let changed = format!("{before}\"units\":[[{keys}],[1001,{after}");
    let error = sum([&changed]).unwrap_err();
    assert!(error.exit_code() == 3 && error.to_string().contains("digest"), "{error}");
    assert!(sum([&sealed(&changed)]).is_ok());
}

#[test]
fn articles_of_one_text_under_two_ids_are_reported() {
    let other_id = |id: &str| article(1, &[0, 2]).replace("\"a1\"", &format!("\"{id}\""));
    let tally =
        sum(&[line(&[article(1, &[0, 2])]), line(&[other_id("b"), article(2, &[0])]), line(&[other_id("c")])]).unwrap();
    let same = tally.same_texts();
    assert_eq!(same, [("b", "a1"), ("c", "a1")]);
}

#[test]
fn lines_that_no_tally_printed_are_refused_with_the_reason() {
    let whole = line(&[article(1, &[0, 2])]);
    for (from, to, exit_code, reason) in [
        ("\"version\":6", "\"version\":7", 4, "version 7"),
        ("\"read_as\"", "\"read\"", 3, "unknown field"),
        ("framescope tally", "other tally", 3, "schema"),
        ("\"articles_counted\":1", "\"articles_counted\":2", 3, "articles"),
        ("\"by\":\"source\"", "\"by\":\"sauce\"", 3, "fingerprint"),
        ("\"coded\"", "\"codec\"", 3, "codec"),
        ("\"codes\":[", "\"codes\":[\"~\",", 3, "out of order"),
        ("\"codes\":[", "\"codes\":[\"\",", 3, ""),
        ("\"counted\":{", "\"counted\":{\"a0\":", 3, ""),
        ("\"coded\":[[", "\"coded\":[[0,0,", 3, "numbers for"),
        ("\"coded\":[[", "\"coded\":[[99999999999", 3, "beyond"),
        ("\"words\":{", "\"words\":{\"a\":[7,1,1],", 3, "group 7"),
        ("\"words\":{", "\"words\":{\"a\":[0,1],", 3, "triple"),
        ("}}", "}} ", 3, ""),
    ] {
        let changed = whole.replacen(from, to, 1);
        assert_ne!(changed, whole, "{from}");
        let changed = sealed(&changed);
        if let Ok(tally) = sum([&changed]) {
            // One name more shifts all keys: a tally still, but none of this codebook.
            assert!(reason.is_empty() && tally.counts(&STUDY.codebook).is_err(), "{from}");
            continue;
        }
        let error = sum([&changed]).unwrap_err();
        assert_eq!(error.exit_code(), exit_code, "{error}");
        assert!(error.to_string().contains(reason), "{error}");
    }
    // A line of the first version, of which no more than the header is like this one's.
    let first = "{\"about\":{\"articles_counted\":0,\"articles_in\":0,\"bad_records\":0,\"counted_by\":{},\"fingerprint\":\"\",\
                 \"schema\":\"framescope tally\",\"version\":1},\"articles\":{}}";
    let error = sum([&first.to_owned()]).unwrap_err();
    assert!(error.exit_code() == 4 && error.to_string().contains("version 1"), "{error}");
    let unknown =
        sum([&sealed(&whole.replace("ARM", "ARX"))]).and_then(|tally| tally.counts(&STUDY.codebook)).unwrap_err();
    assert_eq!(unknown.exit_code(), 3, "{unknown}");
}
