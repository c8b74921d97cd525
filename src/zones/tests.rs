use super::*;
use proptest::prelude::*;
use std::fmt::Write;

pub(crate) fn default_rows() -> Vec<ZoneRow> {
    let mut reader = csv::Reader::from_path("dictionaries/zones.csv").expect("the dictionary is there");
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.expect("a CSV row");
        rows.push(ZoneRow {
            zone: Zone::from_name(&record[0]).expect("a zone"),
            pattern: record[1].to_owned(),
            scope: Scope::from_name(&record[2]).expect("a scope"),
            note: record[3].to_owned(),
            line: record.position().expect("a position").line(),
        });
    }
    rows
}

pub(crate) fn default_zoner() -> Zoner {
    Zoner::compile(&default_rows()).expect("the dictionary compiles")
}

/// Each passage as `zone: text`, one a line.
fn zones_with(raw: &str, title: Option<&str>) -> String {
    let mut view = View::of(raw);
    let mut passages = Vec::new();
    default_zoner().passages(&mut view, title, None, &mut passages);
    let mut out = String::new();
    for passage in passages {
        writeln!(out, "{}: {}", passage.zone.name(), view.slice(passage.span)).expect("written");
    }
    out
}

fn zones(raw: &str) -> Vec<&'static str> {
    zones_with(raw, None)
        .lines()
        .map(|line| Zone::from_name(line.split(':').next().unwrap_or("")).expect("a zone").name())
        .collect()
}

const BODY: &str = "The town of stone kept its own counsel for years, and those who came to ask about it were sent away \
     with bread and a warning that no one else would ever give them on that road.";

/// `{}` stands for a paragraph of running text.
fn article(pattern: &str) -> String {
    let mut out = String::new();
    for (number, part) in pattern.split("{}").enumerate() {
        if number > 0 {
            // Each different from the others, so that none repeats another.
            write!(out, "In year {number} {}", BODY.to_lowercase()).expect("written");
        }
        out.push_str(part);
    }
    out
}

#[test]
fn each_line_lies_in_the_zone_a_reader_would_say() {
    for (pattern, expected) in [
        ("{}\n\n{}", "body body"),
        ("A plain headline without a stop\n\n{}\n\n{}", "headline body body"),
        ("Will it hold?\n{}\n{}", "headline body body"),
        ("Mr. President,\n{}\nLadies and gentlemen,\n{}\nThank you.", "body body body body body"),
        ("This first sentence is short but ends.\n{}", "body body"),
        ("(spoke in English)\n{}", "body body"),
        (
            "World News\n\nNorthland Southland\n\nWhat the two towns want from it\n\n{}",
            "navigation navigation headline body",
        ),
        ("Northland Blames Southland\n\n{}", "headline body"),
        ("What they want\n\nTwo towns, one road and a long memory of both.\n\n{}", "headline standfirst body"),
        ("What they want\nBy Jane Doe\n12 September 2023\n{}", "headline byline byline body"),
        ("By the end of the year\n\n{}", "headline body"),
        ("{}\nThe road\n{}\nThe end of the road\n{}", "body heading body heading body"),
        ("{}\n\nPart One\n\nThe road\n\n{}", "body heading heading body"),
        ("{}\n\nSo it was\n\nand so it was not\n\nAnd then\n\nThe snow fell\n\n{}", "body body body body body body"),
        ("{}\nRose are the walls,\nGrey is the rain\n{}", "body body body body"),
        ("{}\n\nOne line\nTwo lines\nThree lines\nFour lines\n\n{}", "body body body body body body"),
        ("{}\n\nThe road", "body body"),
        ("Rose are the walls\nGrey is the rain\nNo one at all\nComes here again", "body body body body"),
        ("{}\n\nFurther reading\n\nThe other town and its road\n\n{}", "body related related related"),
        (
            "{}\n{}\nFurther reading\nThe other town and its road\nEurope\n{}",
            "body body related related navigation related",
        ),
        (
            "{}\n\nFurther reading of the text shows how the town kept its own counsel for years on end.\n\n{}",
            "body body body",
        ),
        ("Editor's note: this was written before the snow.\n\n{}\n\n{}", "editor_note body body"),
        ("What they want\nEditor's note: this was written before the snow.\n{}\n{}", "headline editor_note body body"),
        ("{}\n{}\nEditor’s Note: The author once lived there.\n{}", "body body editor_note related"),
        ("{}\n\nSign up for our weekly newsletter.\n\n{}\n\n{}\n\n{}", "body appeal body body body"),
        (
            "{}\n{}\n{}\nSign up for our weekly newsletter.\nThe other town and its road",
            "body body body appeal related",
        ),
        ("{}\n\nRead more: The other town\n\n{}", "body related body"),
        ("{}\n\nFILE PHOTO: A man on a road. REUTERS/J. Doe\n\n{}", "body caption body"),
        ("{}\n\nA man on a road in the rain (AP Photo/Jane Doe)\n\n{}", "body caption body"),
        ("{}\n\nJane Doe is a senior fellow at the Institute of Roads.", "body bio"),
        ("Jane Doe spoke. {}\n\nJane Doe is a senior fellow at the Institute of Roads.", "body body"),
        ("{}\n\nJane Doe is a senior fellow at the Institute of Roads.\n\n{}", "body body body"),
        ("{}\n\nShare this article\n\nkeep readingShow less\n\n{}", "body navigation navigation body"),
        ("We use cookies to improve this site.\n\nA headline about a road\n\n{}", "navigation headline body"),
        ("Home > World > Roads\nA headline about a road\n{}", "navigation headline body"),
        ("## The road\n\n{}", "heading body"),
        ("***\n\n{}\n\n***", "body body body"),
    ] {
        assert_eq!(zones(&article(pattern)).join(" "), expected, "{pattern:?}");
    }
}

#[test]
fn a_pull_quote_stands_again_inside_a_longer_paragraph() {
    for (quote, zone) in [
        ("The road was closed by snow for two long weeks.", "pull_quote"),
        ("“The road was closed by snow for two long weeks”", "pull_quote"),
        ("The road was closed by rain for two long weeks.", "body"),
        ("The road was closed", "heading"),
    ] {
        let raw =
            article(&format!("{{}}\n\n{quote}\n\nTo sum up, the road was closed by snow for two long weeks. {{}}"));
        assert_eq!(zones(&raw), ["body", zone, "body"], "{quote}");
    }
}

#[test]
fn the_title_of_the_metadata_shows_the_headline_and_is_no_text() {
    let raw = article("Roads of the North\n\nA road, a town. And snow.\n\n{}");
    assert_eq!(zones(&raw), ["headline", "standfirst", "body"]);
    let with_title = zones_with(&raw, Some("A Road, a Town. And Snow | The Northern Post"));
    assert!(
        with_title.starts_with("heading: roads of the north\nheadline: a road, a town. and snow.\nbody:"),
        "{with_title}"
    );
    assert_eq!(zones_with(&raw, Some("Another title")), zones_with(&raw, None));
    assert_eq!(zones_with("", Some("Another title")), "");
}

#[test]
fn lines_of_wrapped_text_are_joined_and_titles_are_not() {
    let wrapped = "What the two towns want\n\nThe town of stone kept its own counsel for many\nyears, and those who \
         came to ask about it were\nsent away with bread and a warning.\n\nA second paragraph begins here, and it is \
         as\nlong as the first one was.\nThe road\nA third paragraph has the same width as the\nfirst two, and ends.\n";
    assert_eq!(
        zones_with(wrapped, None),
        "headline: what the two towns want\n\
         body: the town of stone kept its own counsel for many years, and those who came to ask about it were sent away with bread and a warning.\n\
         body: a second paragraph begins here, and it is as long as the first one was.\n\
         heading: the road\n\
         body: a third paragraph has the same width as the first two, and ends.\n"
    );
    let titles = "The Siege of the Northern Town Was Long\nThe Peace of the Southern Town Was Fine\nThe Roads of \
         the Eastern Town Were Bad\nThe Rains of the Western Town Were Sad";
    assert_eq!(zones(titles).len(), 4);
}

#[test]
fn a_paragraph_cut_in_the_middle_of_a_sentence_goes_on_in_the_next_line() {
    let raw = article("{} And so they went on without\nany word of the road.\n{}");
    assert_eq!(zones(&raw), ["body", "body"]);
    assert_eq!(zones(&raw.replace('\n', "\n\n")).len(), 3);
}

#[test]
fn every_rule_of_the_dictionary_has_a_note_and_a_name_of_its_own() {
    let zoner = default_zoner();
    let rows = default_rows();
    for (index, row) in rows.iter().enumerate() {
        assert!(!row.note.is_empty(), "line {}", row.line);
        assert_eq!(zoner.rule_name(RuleId::new(Structure::ALL.len() + index)), format!("zones.csv:{}", row.line));
    }
    for (index, rule) in Structure::ALL.into_iter().enumerate() {
        assert_eq!(zoner.rule_name(RuleId::new(index)), rule.name());
    }
}

#[test]
fn body_sentences_that_begin_like_a_rule_stay_body() {
    for sentence in [
        "Image and reality differ in this town, as those who live there for long know best.",
        "Follow us, they said, and we went up the road with them until it was dark.",
        "By 2020 the road had been closed for years.",
        "By Monday the road was closed again, and nobody in the town knew why it was.",
        "Comments by the mayor of the town did not help.",
        "Sources in the town say that the road is closed.",
        "Related families live on both sides of the road.",
        "Thank you for your attention.",
        "Notes were taken by all of them.",
        "Support for the road comes from the town.",
        "The author of the plan is the mayor, a former professor of roads at the university.",
        "Home to many people, the town has no road.",
        "Updated figures show that 12 roads were closed.",
        "Published in 2020, the report speaks of the road.",
        "More than ever, the town needs a road.",
        "Video of the road showed nobody on it.",
        "Live fire was heard on the road all night.",
        "This article of the treaty was never applied to the road.",
        "Reporting by the United Nations shows that the road was closed.",
    ] {
        assert_eq!(zones(&article(&format!("{{}}\n\n{sentence}\n\n{{}}"))), ["body", "body", "body"], "{sentence}");
    }
}

fn check_cover(raw: &str) {
    let mut view = View::of(raw);
    let before = view.text().to_owned();
    let mut passages = Vec::new();
    default_zoner().passages(&mut view, Some("a title"), None, &mut passages);
    assert_eq!(before.len(), view.text().len());
    let mut at = 0;
    for passage in &passages {
        let (start, end) = (passage.span.start as usize, passage.span.end as usize);
        assert!(before[at..start].bytes().all(|byte| byte == b' ' || byte == b'\n'), "{raw:?}");
        let text = view.slice(passage.span);
        assert!(!text.is_empty() && !text.contains('\n') && !text.starts_with(' ') && !text.ends_with(' '), "{raw:?}");
        assert!(at == 0 || before[at..start].contains('\n'), "passages are separated by a line break");
        at = end;
    }
    assert!(before[at..].bytes().all(|byte| byte == b' ' || byte == b'\n'), "{raw:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn passages_cover_every_line_once_and_in_order(raw in any::<String>()) {
        check_cover(&raw);
    }

    #[test]
    fn passages_cover_texts_of_many_lines(
        raw in "([ \u{A0}\u{301}]|(A|the|of|road|é|By|Read more|Editor's note:|Further reading)( |, |\\. |\n|\n\n)){0,80}"
    ) {
        check_cover(&raw);
    }
}

#[test]
fn time_grows_with_the_text_alone() {
    let zoner = default_zoner();
    let mut passages = Vec::new();
    for raw in [
        "The same short line of seven words again.\n".repeat(40_000),
        "Further reading\n".repeat(100_000),
        "a word ".repeat(500_000),
        (0..40_000)
            .fold(String::new(), |text, number| text + &format!("the same beginning of many lines {number} x\n")),
        "Short\n\n".repeat(100_000),
    ] {
        let mut view = View::of(&raw);
        let clock = std::time::Instant::now();
        zoner.passages(&mut view, None, None, &mut passages);
        // A quadratic rule would take minutes; the bound is wide so that a loaded machine cannot break it.
        assert!(clock.elapsed().as_secs() < 20, "{:?}", raw.get(..40));
        assert!(!passages.is_empty());
    }
}
