use super::*;
use crate::id::RuleId;
use crate::normalise::Zone;
use crate::zones::{Structure, Zoner};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

fn default_segmenter() -> Segmenter {
    let mut reader = csv::Reader::from_path("dictionaries/abbreviations.csv").expect("the dictionary is there");
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.expect("a CSV row");
        rows.push(Abbreviation {
            abbreviation: record[0].to_owned(),
            kind: AbbreviationKind::from_name(&record[1]).expect("a kind"),
            note: record[2].to_owned(),
            line: record.position().expect("a position").line(),
        });
    }
    Segmenter::new(&Abbreviations::compile(&rows).expect("the dictionary compiles"))
}

/// The sentences of a text that is one passage, as the raw text has them.
fn sentences(segmenter: &Segmenter, raw: &str) -> Vec<String> {
    let view = View::of(raw);
    let whole = view.text();
    let start = whole.len() - whole.trim_start().len();
    let span = NormSpan::new(start, start.max(whole.trim_end().len()));
    let passage = Passage { span, zone: Zone::Body, rule: RuleId::new(0) };
    let mut out = Vec::new();
    segmenter.sentences(&view, &[passage], &mut out);
    out.iter().map(|sentence| raw[view.raw_span(sentence.span).range()].to_owned()).collect()
}

#[test]
fn sentences_end_where_a_careful_reader_ends_them() {
    let segmenter = default_segmenter();
    // `|` stands for a boundary.
    for marked in [
        "One came. | Two went.",
        "Mr. Jones met Dr. Smith. | Gen. Lee did not.",
        "They met in St. Petersburg on Nov. 9. | It rained.",
        "It rained in Nov. | The snow came later.",
        "J. K. Rowe and Franklin D. Rose came. | Then they left.",
        "He went to the U.S. and came back.",
        "The U.S. State Department spoke. | The U.S. Senate did not.",
        "He lives in the U.S. | The others do not.",
        "He lives in the U.S. | Moscow views it so.",
        "The U.S. Russia policy failed.",
        "The U.S. Moscow Embassy closed.",
        "The U.S.-led talks, and the U.S., ended.",
        "Washington, D.C. | However, it rained.",
        "See No. 5 and Art. 3. | The answer is no. | Then he left.",
        "The answer is no. | I think so.",
        "Under Art. IV the road is open.",
        "He loves art. | Moscow is far.",
        "Martin King Jr. spoke. | He met Acme Inc. | The end.",
        "It costs 3.5 million, or 2,000.50 each. | That is much.",
        "It ended in 2020. | 44 days later they left.",
        "Orlo Benn/Getty Images | Related article Troops leave the valley, Norland says | The mayor said it was late.",
        "A street. | Press | Related video ‘We are tired’: How Norland lost a town | “It is late,” he said.",
        "A street. | Press | Related article Troops leave the valley Benn said it was late. | He left.",
        "It is a related article. | Related articles are by The Hague.",
        "The sun. | All saw it on Sun. morning.",
        "“This is so.” | He said it. | ‘And that too.’ | They agreed.",
        "(This is so.) | He said it. | [And that.] | They agreed.",
        "“Why?” he asked. | “No!” | She left.",
        "What?! | Yes. | Really?!! | No.",
        "He waited… and left. | She waited… | Then she left.",
        "He waited... and left. | She waited... | Then she left.",
        "They said: “[E]veryone knows it, and [w]e do.” | So it is.",
        "The treaty (?) was signed. | The so-called peace (!) Held no one.",
        "He said it. | […] The rest is lost.",
        "1. The first point. | 2. The second point.",
        "a. The first point. | II. The second point.",
        "Chapter 1. | The road.",
        "It ended.[12] | Then it began.",
        "He read example.com and node.js daily. | Then he wrote.",
        "He said “no.”|Then he left.",
        "They left Armenia.|The road is open.",
        "“It is war!” Doe said. | They left.",
        "“Is it war?” Prime Minister Jane Doe asked on Monday. | They left.",
        "“It is war.” | Doe left. | “It is war!” | Doe said the road was closed.",
        "“It is war!” | The road is closed, he said.",
        "That is what he said. | Then he left.",
        "It ended in 2020.|The rest is known.",
        "Mr.Jones has a Ph.D. in law from St.Petersburg, says News.Az today.",
        "He left the EU.|But why?|Nobody knows.",
        "The U. S. forces left. | The U.S forces stayed.",
        "It was e.g. Baku vs. Armenia and so on, etc. | The rest is known.",
        "It came at 5 p.m. | The others came at 6 a.m. Monday.",
        "Lt.-Gen. Ivanov and Col. Petrov came.",
        "The road. - Reuters",
        "He said so.|- We will not go home - she said.| - It is over.|- And what of you?",
        "Слова есть. | Других нет. | А эти?",
        "Բառեր կան։ | Ուրիշներ չկան։",
        "他来了。|她走了。",
        "*** | Nothing.",
        "The end",
    ] {
        let expected: Vec<&str> =
            marked.split('|').map(str::trim).filter(|part| part.chars().any(char::is_alphanumeric)).collect();
        let raw = marked.replace("| ", "").replace('|', "");
        let got = sentences(&segmenter, &raw);
        let got: Vec<&str> = got.iter().map(|text| text.trim_start_matches("*** ")).collect();
        assert_eq!(got, expected, "{raw}");
    }
}

#[test]
fn a_sentence_never_crosses_a_passage_and_a_heading_is_one() {
    let raw = "A headline without a stop\n\nThe road is long, and nobody in the town has ever seen the end of it. \
         Some have tried\n\nBut few came back from there with a story worth the long evenings. Nobody knows.";
    let mut view = View::of(raw);
    let mut passages = Vec::new();
    Zoner::compile(&[]).expect("compiles").passages(&mut view, None, None, &mut passages);
    let mut out = Vec::new();
    default_segmenter().sentences(&view, &passages, &mut out);
    assert_eq!(out.iter().map(|sentence| sentence.passage).collect::<Vec<_>>(), [0, 1, 1, 2, 2]);
    assert!(Structure::ALL.len() > 1);
}

#[test]
fn faulty_abbreviations_are_named_by_their_lines() {
    let row = |abbreviation: &str, line| Abbreviation {
        abbreviation: abbreviation.to_owned(),
        kind: AbbreviationKind::Other,
        note: String::new(),
        line,
    };
    let faults =
        Abbreviations::compile(&[row("etc.", 2), row("et al.", 3), row(".", 4), row("Etc", 5)]).expect_err("faulty");
    assert_eq!(faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4, 5]);
}

fn check_spans(raw: &str, segmenter: &Segmenter) {
    let mut view = View::of(raw);
    let mut passages = Vec::new();
    Zoner::compile(&[]).expect("compiles").passages(&mut view, None, None, &mut passages);
    let mut out = Vec::new();
    segmenter.sentences(&view, &passages, &mut out);
    let mut words = 0;
    let mut last = 0;
    for sentence in &out {
        let text = view.slice(sentence.span);
        assert_eq!(text.trim_matches([' ', '\n']), text);
        assert!(sentence.span.start as usize >= last && view.words_in(sentence.span) > 0);
        let passage = passages[sentence.passage as usize].span;
        assert!(passage.start <= sentence.span.start && sentence.span.end <= passage.end);
        words += view.words_in(sentence.span);
        last = sentence.span.end as usize;
    }
    assert_eq!(words, view.words_in(NormSpan::new(0, view.text().len())), "every word lies in a sentence: {raw:?}");
}

proptest! {
    #[test]
    fn any_text_has_valid_sentences(raw in any::<String>()) {
        check_spans(&raw, &default_segmenter());
    }

    #[test]
    fn texts_full_of_stops_have_valid_sentences(
        raw in "([.!?…]|[.] | |Mr|U\\.S|No|5|the|The|é|。|\"|'|\\[|\\]|\\(|\\)|,|-|\n|\u{301}){0,40}"
    ) {
        check_spans(&raw, &default_segmenter());
    }

    /// Without abbreviations, initials, enumerations, ellipses, numbers after a stop and small words after `?` and `!`
    /// the boundaries are those of UAX #29.
    #[test]
    fn plain_text_is_cut_as_uax_29_cuts_it(
        raw in "[A-Z][a-z]{3,6}( ([a-z]{3,6}|[A-Z][a-z]{3,6}|[0-9]\\.[0-9]|\"[a-z]{3,6}\"|\\([a-z]{3,6}\\)|[a-z]{3},|[a-z]{4};|[a-z]{3,6}(\\.|\\.\"|\\.\\)|\\?\" So|! So|\\?! So| - so|\\. \"So|\\. \\(So))){0,30}"
    ) {
        let none = Segmenter::new(&Abbreviations::default());
        let expected: Vec<&str> = raw.split_sentence_bounds().map(str::trim).filter(|part| !part.is_empty()).collect();
        prop_assert_eq!(sentences(&none, &raw), expected);
    }
}
