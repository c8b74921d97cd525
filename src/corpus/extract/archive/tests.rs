use super::*;

const NEXIS: &str = "\u{FEFF}\nDownload Request: Selected Items: 1-3\nTerms: (peace)\n\n\n                               1 of 3 DOCUMENTS\n\n\n\n                            The Harbour Post (London)\n\n                            January 11, 2010 Monday\n                                 Final Edition\n\nThe port stays shut for a\nsecond week\n\nBYLINE: Ann Reed\n\nSECTION: WORLD; Pg. 4\n\nLENGTH: 14 words\n\nHIGHLIGHT: A short teaser.\n\nThe port stayed shut on Monday,\nofficials said.\n\nShips wait outside the harbour for news.\n\nLOAD-DATE: January 11, 2010\n\nLANGUAGE: ENGLISH\n\nSUBJECT: ETHNIC CLEANSING (90%); PORTS (75%)\n\nPUBLICATION-TYPE: Newspaper\n\n\n                       Copyright 2010 Harbour Media\n                              All Rights Reserved\n\n                               2 of 3 DOCUMENTS\n\n\n                            The Harbour Post (London)\n\n                            January 12, 2010 Tuesday\n\nNothing below\n\nLENGTH: 80 words\n\nLOAD-DATE: January 12, 2010\n\n                               3 of 3 DOCUMENTS\n\n                            Die Wochenschau\n\n                            12. Januar 2010 Dienstag\n\nDer Hafen\n\nAUTOR: Eva Klein\n\nRUBRIK: POLITIK\n\nLÄNGE: 6 Wörter\n\nDer Hafen ist noch immer zu.\n\nSPRACHE: GERMAN; DEUTSCH\n";

const UNI: &str = "User Name: A\nDate and Time: Friday, 5. July 2019 09:31:00 CEST\nJob Number: 1\nDocuments (2)\n1. Talks resume\nClient/Matter: -None-\nSearch Terms: talks\nNarrowed by:\n\nContent Type\nNarrowed by\nNews\nSources: The Harbour Post; Content Type: News\n2. Talks end\nClient/Matter: -None-\nContent Type\nNews\nTimeline: Jan 01, 2019 to Dec 31, 2019; Content Type: News\n\nTalks resume\nThe Harbour Post\nJuly 1, 2019 Monday 9:20 AM GMT\n\nCopyright 2019 Harbour Media All Rights Reserved\n\nSection: POLITICS; Version:28\nLength: 1,056 words\nByline: Ann Reed\nHighlight: Both sides came.\nBody\n\n\nThe talks resumed on Monday.\n\nNotes\n\nBoth sides came with proposals: none was new.\n\nClassification\n\nLanguage: ENGLISH\n\nSubject: GENOCIDE (90%); PEACE TALKS (78%)\n\nLoad-Date: July 1, 2019\n\nEnd of Document\n\nTalks end\nThe Harbour Post\nJuly 2, 2019 Tuesday\nCopyright 2019 Harbour Media\nLength: 4 words\nBody\nThe talks ended early.\nGraphic\n\nPhoto, A table.\nLoad-Date: July 2, 2019\nEnd of Document\n";

const FACTIVA: &str = "Talks resume\nThe Harbour Post, 4 January 2010, 550 words, (English)\nTalks end\nThe Harbour Post, 5 January 2010, 5 words, (English)\n\nTalks resume\nBy Ann Reed\n8 words\n4 January 2010\n09:15 GMT\nThe Harbour Post\nHARP\n12\nEnglish\n(c) 2010 Harbour Media Limited.\n\nThe talks resumed on Monday, both sides said.\n\nDocument HARP000020100104e61400001\n\nWorld\nFin des pourparlers\nLuc Petit\n5 mots\n5 janvier 2010\nLe Port\nLEPORT\nFrançais\nCopyright 2010 Le Port Tous droits réservés\n\nLes pourparlers ont pris fin.\n\nDocument LEPORT0020100105e61500002\n\nSearch Summary\nText talks\n";

const FACTIVA_CODES: &str = "SE\tWorld\nHD\tTalks resume\nBY\tAnn Reed\nWC\t9 words\nPD\t4 January 2010\nSN\tThe Harbour Post\nSC\tHARP\nLA\tEnglish\nCY\t(c) 2010 Harbour Media\nLP\tThe talks resumed on Monday.\n\nTD\tIN the hall both sides spoke.\n\nNS\tgcat : Political/General News | gethn : Ethnic Cleansing\nRE\teurz : Europe\nAN\tDocument HARP000020100104e61400001\n";

const PROQUEST: &str = "____________________________________________________________\n\nReport Information from ProQuest\n04 January 2020 10:00\n____________________________________________________________\n\nTable of contents\n\n1. Talks resume\n\n____________________________________________________________\n\nDocument 1 of 2\n\nTalks resume\n\nAuthor: Reed, Ann\n\nPublication info: The Harbour Post, Late Edition; London [London]04 Jan 2010: A.1.\n\nhttps://example.org/docview/1\n\nAbstract: A summary that is not text.\n\nLinks: \n\nFull text: The talks resumed on Monday.\n\nBoth sides came: none was glad.\n\nSubject: Genocide; Peace negotiations\n\nLocation: Geneva\n\nTitle: Talks resume\n\nPublication title: The Harbour Post, Late Edition; London\n\nPages: A.1\n\nPublication date: Jan 4, 2010\n\nSection: A\n\nLanguage of publication: English\n\nProQuest document ID: 434321\n\nWord count: 11\n\n____________________________________________________________\n\nDocument 2 of 2\n\nSin texto\n\nPublication info: El Puerto; Madrid [Madrid]05 Jan 2010: 3.\n\nAbstract: Nada.\n\nProQuest document ID: 434322\n\n____________________________________________________________\n\nBibliography\n\nReed, A. (2010). Talks resume.\n";

fn listed(document: &Document) -> Vec<String> {
    let value = |article: &Extracted, key: &str| article.known.more.get(key).cloned().unwrap_or_default();
    let row = |article: &Extracted| {
        let known = &article.known;
        let plain = |text: &Option<String>| text.clone().unwrap_or_default();
        let date = known.date.as_ref().map_or("", |date| date.as_str());
        let (title, source, author) = (plain(&known.title), plain(&known.source), plain(&known.author));
        let (section, declared) = (value(article, "section"), value(article, DECLARED));
        format!("{title}|{source}|{date}|{author}|{section}|{}|{declared}|{}", plain(&known.language), article.text)
    };
    document.articles.iter().map(row).collect()
}

#[test]
fn old_nexis_files_are_divided_into_their_articles() {
    let document = of_text(NEXIS).unwrap();
    assert_eq!(
        listed(&document),
        [
            "The port stays shut for a second week|The Harbour Post (London)|2010-01-11|Ann Reed|WORLD; Pg. 4|en|14|The port stayed shut on Monday,\nofficials said.\n\nShips wait outside the harbour for news.",
            "Der Hafen|Die Wochenschau|2010-01-12|Eva Klein|POLITIK|de|6|Der Hafen ist noch immer zu.",
        ]
    );
    assert_eq!(document.left_out[0].what, "the article `Nothing below` has no text in this download");
    assert_eq!((document.archive, document.notes.len(), document.articles[0].line), (Some("nexis"), 0, 10));
}

#[test]
fn nexis_uni_bundles_lose_cover_contents_and_index() {
    let document = of_text(UNI).unwrap();
    assert_eq!(
        listed(&document),
        [
            "Talks resume|The Harbour Post|2019-07-01|Ann Reed|POLITICS; Version:28|en|1056|The talks resumed on Monday.\n\nNotes\n\nBoth sides came with proposals: none was new.",
            "Talks end|The Harbour Post|2019-07-02||||4|The talks ended early.",
        ]
    );
    let note = &document.articles[0].notes[0].what;
    assert_eq!(note, "the archive declares 1056 words, and the text has 14");
    assert_eq!(document.notes, []);
    let cut = of_text(&UNI.replace("Documents (2)", "Documents (3)")).unwrap();
    assert_eq!(cut.notes[0].what, "the file says that it has 3 articles; 2 were found");
}

#[test]
fn localised_bundles_are_read_like_english_ones() {
    for (from, to) in [
        (
            ["Section:", "Length:", "Byline:", "Body\n", "Classification", "Language:", "Subject:", "End of Document"],
            [
                "Rubrik:",
                "Länge:",
                "Autor:",
                "Haupttext\n",
                "Klassifizierung",
                "Sprache:",
                "Thema:",
                "Ende des Dokuments",
            ],
        ),
        (
            ["Section:", "Length:", "Byline:", "Body\n", "Classification", "Language:", "Subject:", "End of Document"],
            ["Раздел:", "Длина:", "Автор:", "Текст\n", "Классификация", "Язык:", "Тема:", "Конец документа"],
        ),
    ] {
        let local = from.iter().zip(to).fold(UNI.to_owned(), |text, (from, to)| text.replace(from, to));
        let local = local.replace("July 1, 2019 Monday 9:20 AM GMT", "Montag 1. Juli 2019");
        assert_eq!(listed(&of_text(&local).unwrap()), listed(&of_text(UNI).unwrap()), "{local}");
    }
}

#[test]
fn factiva_is_divided_in_both_layouts() {
    let document = of_text(FACTIVA).unwrap();
    assert_eq!(
        listed(&document),
        [
            "Talks resume|The Harbour Post|2010-01-04|By Ann Reed||en|8|The talks resumed on Monday, both sides said.",
            "Fin des pourparlers|Le Port|2010-01-05|Luc Petit|World|fr|5|Les pourparlers ont pris fin.",
        ]
    );
    assert_eq!(
        listed(&of_text(FACTIVA_CODES).unwrap()),
        [
            "Talks resume|The Harbour Post|2010-01-04|Ann Reed|World|en|9|The talks resumed on Monday.\n\nIN the hall both sides spoke.",
        ]
    );
}

#[test]
fn factiva_pages_are_recognised_and_other_pages_are_not() {
    let page = "<html><head><title>Factiva</title></head><body><div class='article enArticle'>\
        <div>World</div><div id='hd'><span class='enHeadline'>Talks &amp; more</span></div><div class=\"author\">By Ann Reed</div>\
        <div>8 words</div><div>4 January 2010</div><div>The Harbour Post</div><div>HARP</div><div>English</div>\
        <div>Copyright 2010 Harbour Media</div><p class='articleParagraph enarticleParagraph'>The talks resumed\n on Monday.</p>\
        <p class='articleParagraph enarticleParagraph'>Both&nbsp;sides came.</p><p>Document HARP000020100104e61400001</p></div>\
        <div class='article deArticle'><table><tr><td><b>HD</b>&nbsp;</td><td><span class='deHeadline'>Das Ende</span></td></tr>\
        <tr><td><b>WC</b></td><td>4 W&ouml;rter</td></tr><tr><td><b>PD</b></td><td>5. Januar 2010</td></tr>\
        <tr><td><b>SN</b></td><td>Der Hafen</td></tr><tr><td><b>LA</b></td><td>Deutsch</td></tr>\
        <tr><td><b>TD</b></td><td><p class='articleParagraph'>Die Gespr&#228;che sind vorbei.</p></td></tr>\
        <tr><td><b>IN</b></td><td>i1 : Ethnic Cleansing</td></tr>\
        <tr><td><b>AN</b></td><td>Dokument HAFEN00020100105e61500002</td></tr></table></div></body></html>";
    let document = factiva_html(page.as_bytes()).unwrap();
    assert_eq!(
        listed(&document),
        [
            "Talks & more|The Harbour Post|2010-01-04|By Ann Reed|World|en|8|The talks resumed on Monday.\n\nBoth\u{A0}sides came.",
            "Das Ende|Der Hafen|2010-01-05|||de|4|Die Gespräche sind vorbei.",
        ]
    );
    assert!(factiva_html(b"<p class='articleParagraph'>A story.</p>").is_none());
}

#[test]
fn proquest_files_give_the_full_text_and_nothing_else() {
    let document = of_text(PROQUEST).unwrap();
    assert_eq!(
        listed(&document),
        [
            "Talks resume|The Harbour Post, Late Edition|2010-01-04|Reed, Ann|A|en|11|The talks resumed on Monday.\n\nBoth sides came: none was glad.",
        ]
    );
    assert_eq!(document.left_out[0].what, "the article `Sin texto` has no text in this download");
}

#[test]
fn a_text_that_mentions_a_mark_is_no_download() {
    for text in [
        "Document 1 of 3 was signed.\n\nLENGTH: the bridge has 300 metres.",
        "The end.\nEnd of Document\n",
        "Full text: see below.\n________________________\nThe talks resumed.",
        "550 words\n4 January 2010\nThe DOCUMENTS",
        "",
    ] {
        assert!(of_text(text).is_none(), "{text}");
    }
}
