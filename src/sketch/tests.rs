use super::*;
use crate::normalise::Zone;
use crate::zones::{Structure, Zoner};
use proptest::prelude::*;

fn hash(text: &str) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(text).into()
}

#[test]
fn a_sketch_knows_its_articles_by_id_and_text() {
    let sketch = sketch(&["one", "two", "three"].map(|text| (text.to_owned(), "P", text.to_owned())));
    let findings = Sketch::from_json(&sketch.to_json().expect("written")).expect("read").finish();
    let asked = [("one", "one"), ("two", "two, edited"), ("four", "three")].map(|(id, text)| (id, hash(text)));
    assert_eq!(findings.known(asked), KnownArticles { articles: 3, known: 1, other_text: 1 });
}

fn sketch(articles: &[(String, &str, String)]) -> Sketch {
    let mut sketch = Sketch::default();
    for (id, source, text) in articles {
        sketch.add(&mut View::of(text), id, source, &hash(text)).expect("ids differ");
    }
    sketch
}

/// Text of `length` distinct words, of which the last `changed` are others.
fn text(length: usize, changed: usize, name: &str) -> String {
    let word = |at: usize| if at + changed < length { format!("w{at}") } else { format!("{name}{at}") };
    (0..length).map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_template_stands_in_five_articles_and_a_tenth_of_its_source() {
    for (with, without, found) in [(5, 0, true), (4, 0, false), (5, 45, true), (5, 46, false), (6, 54, true)] {
        let article = |number: usize, line: &str| {
            (format!("a{number:03}"), "Post", format!("{line}\n\n{}", text(30, 30, &format!("x{number}y"))))
        };
        let articles: Vec<_> = (0..with)
            .map(|number| article(number, "Get  the Post every day"))
            .chain((with..with + without).map(|number| article(number, &format!("Headline {number}"))))
            .collect();
        let findings = sketch(&articles).finish();
        assert_eq!(findings.template_lines(), usize::from(found), "{with} of {}", with + without);
        let is_template = |line| findings.templates("Post").is_some_and(|lines| lines.is_template(line));
        assert_eq!((is_template("get the post every day"), is_template("headline 7")), (found, false));
        assert!(findings.templates("Times").is_none());
    }
}

#[test]
fn a_line_counts_once_an_article_and_long_lines_not_at_all() {
    let long = "a line of thirteen words is too long to be a template here";
    assert_eq!(long.split(' ').count(), 13);
    let articles: Vec<_> =
        (0..5).map(|n| (format!("a{n}"), "Post", format!("{long}\n\nThe Post\n\nThe Post\n\n{n}"))).collect();
    let findings = sketch(&articles).finish();
    assert_eq!(findings.template_lines(), 1);
    assert_eq!(findings.templates("Post").map(|lines| lines.occurrences), Some(5));
    assert_eq!(sketch(&articles[..3]).finish().template_lines(), 0);
}

#[test]
fn a_template_line_becomes_navigation_where_the_sketch_is_given() {
    let raw = |n: usize| {
        format!("The Post since 1900\n\nWhat they want\n\nIn year {n} the road was closed by snow and nobody came.")
    };
    let articles: Vec<_> = (0..5).map(|n| (format!("a{n}"), "Post", raw(n))).collect();
    let findings = sketch(&articles).finish();
    let zoner = Zoner::compile(&[]).expect("compiles");
    let mut passages = Vec::new();
    let templates = findings.templates("Post").map(|lines| lines as &dyn TemplateLines);
    zoner.passages(&mut View::of(&raw(3)), None, templates, &mut passages);
    assert_eq!(passages[0].zone, Zone::Navigation);
    assert_eq!(zoner.rule_name(passages[0].rule), Structure::TemplateLine.name());
}

#[test]
fn near_duplicates_point_to_the_smallest_id() {
    // 100 words have 96 shingles, and n changed words at the end leave 96 - n of them.
    for (changed, found) in [(0, true), (10, true), (11, false), (50, false)] {
        let articles = [
            ("b".to_owned(), "Post", text(100, 0, "x")),
            ("a".to_owned(), "Times", text(100, changed, "y")),
            ("c".to_owned(), "Times", text(100, 100, "z")),
        ];
        let duplicates = sketch(&articles).finish().duplicates;
        let expected = if found { vec![("b".to_owned(), "a".to_owned())] } else { vec![] };
        assert_eq!(duplicates.into_iter().collect::<Vec<_>>(), expected, "{changed} words changed");
    }
    let long = [("a".to_owned(), "P", text(3000, 0, "x")), ("b".to_owned(), "P", text(3000, 100, "y"))];
    assert_eq!(sketch(&long).finish().duplicates.get("b").map(String::as_str), Some("a"));
    let empty = [("a".to_owned(), "P", String::new()), ("b".to_owned(), "P", "two words".to_owned())];
    assert!(sketch(&empty).finish().duplicates.is_empty());
}

#[test]
fn many_copies_take_no_more_than_their_number() {
    let articles: Vec<_> = (0..3000).map(|n| (format!("a{n:05}"), "P", text(60, 1, &format!("x{n}y")))).collect();
    assert_eq!(sketch(&articles).finish().duplicates.len(), 2999);
}

#[test]
fn an_article_twice_and_a_foreign_file_are_refused() {
    let one = sketch(&[("a".to_owned(), "P", "text".to_owned())]);
    let mut two = one.clone();
    assert!(two.add(&mut View::of("x"), "a", "Q", &[0; 32]).is_err());
    assert!(matches!(two.merge(one.clone()), Err(Error::Incompatible(_))));
    assert_eq!(one, two);
    for line in ["", "{}", "[1]", r#"{"schema":"framescope-sketch","version":1}"#, r#"{"schema":"other","version":1}"#]
    {
        assert!(matches!(Sketch::from_json(line), Err(Error::Incompatible(_))), "{line}");
    }
    let json = one.to_json().expect("written").replace("\"least\":\"", "\"least\":\"zz");
    assert!(Sketch::from_json(&json).is_err());
}

proptest! {
    #[test]
    fn sketches_merge_in_any_order_to_the_same(
        texts in proptest::collection::vec(("[ab]{1,2}( [ab]{1,2}){0,14}(\n\n[ab])?", "[PQ]"), 0..12),
        split in proptest::collection::vec(0usize..3, 12),
    ) {
        let articles: Vec<(String, &str, String)> =
            texts.iter().enumerate().map(|(n, (text, source))| (format!("a{n}"), source.as_str(), text.clone())).collect();
        let whole = sketch(&articles);
        let part = |which: usize| {
            let chosen: Vec<_> = articles.iter().zip(&split).filter(|(_, to)| **to == which).map(|(a, _)| a.clone()).collect();
            sketch(&chosen)
        };
        let merged = |order: [usize; 3]| {
            let mut all = Sketch::default();
            for which in order {
                all.merge(part(which)).expect("disjoint");
            }
            all
        };
        let mut right = part(1);
        right.merge(part(2)).expect("disjoint");
        let mut nested = part(0);
        nested.merge(right).expect("disjoint");
        let json = whole.to_json().expect("written");
        for other in [merged([0, 1, 2]), merged([2, 0, 1]), nested, Sketch::from_json(&json).expect("read")] {
            prop_assert_eq!(&other, &whole);
            prop_assert_eq!(other.to_json().expect("written"), json.clone());
            prop_assert_eq!(other.finish(), whole.finish());
        }
        prop_assert!(!json.contains('\n'));
    }
}
