//! Small pages, one trait of saved pages each.

use super::*;

const PARAGRAPH: &str =
    "Negotiators from both sides left the building late in the evening, and nobody spoke to the reporters.";

fn read(html: &str) -> Extracted {
    super::html(html.as_bytes()).unwrap().remove(0)
}

fn refused(html: &str) -> String {
    super::html(html.as_bytes()).unwrap_err().what
}

#[test]
fn headline_standfirst_and_text_stand_once_and_the_rest_of_the_page_falls_away() {
    let article = read(&format!(
        "<title>Talks end | The Harbour</title><meta property=og:title content='Talks end'>
         <meta property=og:site_name content='The Harbour'><meta name=description content='A short day, and no deal at its end.'>
         <nav><ul><li><a href=/>Home</a><li><a href=/world>World</a></ul></nav>
         <div class=consent-banner><p>{PARAGRAPH} cookies</p></div>
         <article><header><h1>Talks end</h1><p>A short day, and no deal at its end.</p><p class=byline>By A. Writer</p></header>
         <div class=body-text><p>{PARAGRAPH} first<figure><img src=x><figcaption>The building, from the street, in the evening light.</figcaption></figure>
         <p>{PARAGRAPH} second<h2>A heading</h2><p>{PARAGRAPH} third<ul><li>{PARAGRAPH} item</ul>
         <aside class=related><p>{PARAGRAPH} related</p></aside></div></article>
         <section id=comments><p>{PARAGRAPH} comment</p><p>{PARAGRAPH} comment</p></section><footer><p>{PARAGRAPH} imprint</p></footer>"
    ));
    let expected = format!(
        "Talks end\n\nA short day, and no deal at its end.\n\n{PARAGRAPH} first\n\n{PARAGRAPH} second\n\nA heading\n\n{PARAGRAPH} third\n\n{PARAGRAPH} item"
    );
    assert_eq!(article.text, expected);
    assert_eq!(
        (article.known.source.as_deref(), article.known.title.as_deref()),
        (Some("The Harbour"), Some("Talks end"))
    );
}

#[test]
fn json_ld_is_believed_first_and_the_address_gives_the_outlet_at_last() {
    let article = read(&format!(
        r#"<html lang=en-GB><link rel=canonical href="https://www.harbour.example/a/1"><meta name=author content="Nobody">
        <script type="application/ld+json">[{{"@type":"WebSite","name":"x"}},{{"@graph":[{{"@type":["NewsArticle"],"headline":"Talks &amp; more",
        "datePublished":"2023-09-25T23:30:00+04:00","author":[{{"name":"A. Writer"}},{{"name":"B. Other"}}],"articleSection":"World"}}]}}]</script>
        <h1>Talks &amp; more</h1><p>{PARAGRAPH}</p>"#
    ));
    let known = &article.known;
    assert_eq!(known.author.as_deref(), Some("A. Writer; B. Other"));
    assert_eq!(known.date.as_ref().map(|date| date.as_str()), Some("2023-09-25"));
    assert_eq!((known.source.as_deref(), known.language.as_deref()), (Some("harbour.example"), Some("en")));
    assert_eq!(
        (known.more["url"].as_str(), known.more["section"].as_str()),
        ("https://www.harbour.example/a/1", "World")
    );
    assert_eq!(known.title.as_deref(), Some("Talks & more"));
}

#[test]
fn a_page_that_shows_less_than_its_json_ld_gives_the_text_of_that_and_says_so() {
    let article = read(&format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Talks end","articleBody":"{PARAGRAPH}\n\n{PARAGRAPH} second"}}</script>
        <h1>Talks end</h1><div id=root>Loading</div>"#
    ));
    assert_eq!(article.text, format!("Talks end\n\n{PARAGRAPH}\n\n{PARAGRAPH} second"));
    assert!(article.notes[0].what.contains("JSON-LD"), "{:?}", article.notes);
}

#[test]
fn a_page_without_an_article_and_one_that_is_too_deep_are_refused() {
    assert_eq!(refused("plain text"), "a web page without HTML");
    for page in [
        "<p>",
        "<h1>Front page</h1><ul><li><a href=1>A title that leads to an article of the day</a></ul>",
        "<body><div id=app></div><noscript>You need to enable JavaScript to read the articles of this page.</noscript>",
        "<!-- <p>A comment that never ends, with all of the text of the page inside of it, as long as it may be.</p>",
        "<script>var text = 'a script that never ends, with all of the text of the page inside of it, as long'",
    ] {
        assert_eq!(refused(page), "no article was found on the page", "{page}");
    }
    let deep = format!("{}<p>{PARAGRAPH}", "<div>".repeat(200_000));
    assert_eq!(refused(&deep), "the elements of the page stand in one another more than 512 deep");
}

#[test]
fn an_article_in_pieces_is_put_together_and_blocks_stay_apart() {
    let piece = |n: u8| {
        format!("<div class='grid-7 piece'><p>{PARAGRAPH} {n}</p><p>{PARAGRAPH} {n}<br>line<br><br>next</p></div>")
    };
    let article = read(&format!("<main>{}<div class=ad-slot>Buy</div>{}</main>", piece(1), piece(2)));
    let blocks: Vec<&str> = article.text.split("\n\n").collect();
    assert_eq!(blocks.len(), 6, "{blocks:?}");
    assert!(blocks[1].ends_with("1\nline") && blocks[2] == "next");
}

#[test]
fn a_cell_of_html_gives_what_it_shows_and_plain_text_is_left_alone() {
    let (text, known) = cell("<p>One &amp; two.</p><p>Three<br>four</p><script>x()</script><ul><li>five</ul>").unwrap();
    assert_eq!((text.as_str(), known), ("One & two.\n\nThree\nfour\n\nfive", KnownMeta::default()));
    let (text, known) =
        cell(&format!("<html><title>Talks end</title><h1>Talks end</h1><nav><p>x</p></nav><p>{PARAGRAPH}</html>"))
            .unwrap();
    assert_eq!((text, known.title.as_deref()), (format!("Talks end\n\n{PARAGRAPH}"), Some("Talks end")));
    for plain in ["a < b, c > d", "a <b>bold</b> word", "One.\n\nTwo.", ""] {
        assert_eq!(cell(plain), None, "{plain}");
    }
}
