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
        ("{}\n\nImage source, Northern Pictures\n\nImage caption, A man on a road\n\n{}", "body caption caption body"),
        ("{}\n\nA man waits on a road. Photograph: Jane Doe/AP\n\n{}", "body caption body"),
        ("{}\n\nA man waits on a road. © Jane Doe, AFP\n\n{}", "body caption body"),
        ("{}\n\nA man waits on a road [Jane Doe/Reuters]\n\n{}", "body caption body"),
        ("{}\n\nA man waits on a road. Jane Doe/AFP/Getty Images\n\n{}", "body caption body"),
        ("{}\n\nA man waits on a road (Northern Archive)\n\n{}", "body heading body"),
        ("{}\n\nA man waits on a road (AA Archive)\n\n{}", "body caption body"),
        ("{}\n\nExplore more on these topics\nNorthland\nnews", "body related navigation navigation"),
        ("{}\n\nMore from World\n\nThe other town and its long road", "body related related"),
        ("{}\n\nALSO READ | The other town and its road\n\n{}", "body related body"),
        (
            "{}\n\nNorthern Press writers Jane Doe in Stone and John Roe in Brook contributed to this report.",
            "body byline",
        ),
        ("{}\n\nShare this story with a friend\n\n{}", "body navigation body"),
        ("14:32 GMT\n\n{}\n\nUpdated at 14.05 BST\n\n{}", "byline body byline body"),
        (
            "Section: WORLD; Version:1\n\nLength: 212 words\n\nByline: Jane Doe\n\nBody\n\n{}\n\nClassification\n\n\
             Subject: ROADS (90%); SIEGES (85%)\n\nLoad-Date: September 20, 2023\n\nEnd of Document",
            "navigation navigation byline navigation body navigation navigation navigation navigation",
        ),
        ("{}\n\nJane Doe, jane.doe@example.org\n\n{}", "body byline body"),
        ("Further reading\n{}\n{}\n{}\n{}", "related body body body body"),
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
fn a_word_divided_at_the_end_of_a_line_is_one_word_again() {
    let mut known = KnownWords::default();
    for pattern in ["Nagorno-Karabakh", "Azerbaijan", "anti-terror*", "peacekeep*"] {
        known.learn(pattern);
    }
    known.learn_expression("(?:counter|anti)[ -]?insurgent blockad(?:e|ing)");
    let zoner = Zoner::compile(&[]).expect("compiles").knowing(known);
    for (before, after, joined, surface) in [
        ("the matter of Azer-", "baijan was", "of azerbaijan was", "Azer-\nbaijan"),
        ("the matter of Nagorno-", "Karabakh was", "of nagorno-karabakh was", "Nagorno-\nKarabakh"),
        ("the matter of anti-", "terrorist plans was", "of anti-terrorist plans", "anti-\nterrorist"),
        ("the matter of Russia-", "Turkey talks was", "of russia-turkey talks", "Russia-\nTurkey"),
        ("the matter of the block\u{AD}", "ade was", "the blockade was", "block\u{AD}\nade"),
        ("the matter of the block-", "ading was", "the blockading was", "block-\nading"),
        ("the peace-", "keepers were", "the peacekeepers were", "peace-\nkeepers"),
        ("the envoys’ undis-", "turbed sleep was", "undisturbed sleep", "undis-\nturbed"),
        ("the long-", "term plan was", "the long-term plan", "long-\nterm"),
        ("of the well-", "known plan was", "the well-known plan", "well-\nknown"),
        ("in the years 2020-", "2023 it was", "years 2020-2023 it", "2020-\n2023"),
    ] {
        let raw = format!(
            "The envoys came back to the table on Tuesday, after weeks in which\nneither would agree on a date, and a term \
             so long that no one slept. In\nall this well-known and long-term time they knew that {before}\n{after} left \
             out of the text which all of the envoys had brought along, and\nthat no one would speak of it before the \
             evening was over and done with."
        );
        let mut view = View::of(&raw);
        let mut passages = Vec::new();
        zoner.passages(&mut view, None, None, &mut passages);
        assert!(view.text().contains(joined), "{joined}: {}", view.text());
        let word = joined.split(' ').find(|word| word.get(..3) == surface.to_lowercase().get(..3)).expect("a word");
        let at = view.text().rfind(word).expect("there");
        let span = view.raw_span(NormSpan::new(at, at + word.len()));
        assert_eq!(&raw[span.range()], surface);
    }
}

#[test]
fn lines_of_a_block_quotation_are_one_paragraph_with_one_mark() {
    let raw = "He wrote to all of those who had stayed in the town of stone:\n\n> The road has been closed for so \
               many years that\n> no one remembers who it was that closed it, and\n> nobody asks.\n\nHe left.";
    let text = zones_with(raw, None);
    assert!(text.contains("body: > the road has been closed for so many years that no one remembers who it was that closed it, and nobody asks.\n"), "{text}");
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
        "Russia will not give its consent to partners that do not accept the plan for the road.",
        "By signing up to the plan the town gave its consent to the road.",
        "Register offices in the town say that people come to read the lists.",
        "Like this road, the other one has the support of those who live on it.",
        "More in hope than in fear they went up the road that night.",
        "Subject to the plan, the road is closed to all who live there.",
        "The envoys asked for unlimited access to the road and to the town.",
        "He contributed to this road more than all the others did.",
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
