use super::*;

/// A file of pages with lines of text: font size, x, y and words.
pub(crate) fn made(pages: &[Vec<(f64, f64, f64, &str)>]) -> Vec<u8> {
    let mut objects: Vec<String> = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut kids = Vec::new();
    for lines in pages {
        let show = |(size, x, y, words): &(f64, f64, f64, &str)| {
            format!("BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n")
        };
        let content: String = lines.iter().map(show).collect();
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            objects.len()
        ));
        kids.push(format!("{} 0 R", objects.len()));
    }
    objects[1] = format!("<< /Type /Pages /Count {} /Kids [{}] >>", kids.len(), kids.join(" "));
    objects.push("<< /Title (A title) /Author (A Name) /CreationDate (D:20231007101500Z) >>".to_owned());
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    places.iter().for_each(|place| file.push_str(&format!("{place:010} 00000 n \n")));
    let (size, info) = (objects.len() + 1, objects.len());
    file.push_str(&format!("trailer\n<< /Size {size} /Root 1 0 R /Info {info} 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}

#[test]
fn paragraphs_columns_and_running_heads_are_reported_apart() {
    let page = |number: &'static str, words: &[&'static str]| {
        let mut lines = vec![(9.0, 60.0, 770.0, "The Harbour Post"), (9.0, 290.0, 30.0, number)];
        lines.extend(words.iter().enumerate().map(|(at, words)| (11.0, 60.0, 700.0 - 14.0 * at as f64, *words)));
        lines
    };
    let mut first = page("1", &["The port stayed shut on Monday, offi-", "cials said after a long meeting at"]);
    first.insert(2, (20.0, 60.0, 740.0, "The port stays shut"));
    let second = page("2", &["the harbour.", "", "A second paragraph begins here and is as", "long as the first."]);
    let document = pdf(&made(&[first, second])).unwrap();
    let article = &document.articles[0];
    assert_eq!(
        article.text,
        "The port stays shut\n\nThe port stayed shut on Monday, offi-\ncials said after a long meeting at the harbour.\n\nA second paragraph begins here and is as long as the first."
    );
    assert_eq!((article.hints.title.as_deref(), article.hints.author.as_deref()), (Some("A title"), Some("A Name")));
    assert_eq!(article.hints.more["created"], "2023-10-07");

    let left =
        ["one left words", "two left words", "three left words", "four left words", "five left words", "six left."];
    let right =
        ["one right words", "two right words", "three right words", "four right words", "five right", "six right."];
    let mut lines = vec![(20.0, 60.0, 700.0, "A headline that reaches over both of the columns")];
    for (at, (left, right)) in left.into_iter().zip(right).enumerate() {
        let y = 660.0 - 14.0 * at as f64;
        lines.extend([(11.0, 60.0, y, left), (11.0, 320.0, y, right)]);
    }
    let text = pdf(&made(&[lines])).unwrap().articles.remove(0).text;
    let place = |words: &str| text.find(words).unwrap();
    assert!(place("six left") < place("one right"), "{text}");
    assert!(text.starts_with("A headline that reaches over both of the columns\n\n"), "{text}");
}

#[test]
fn a_drawing_that_draws_itself_is_reported() {
    let page = made(&[vec![(11.0, 60.0, 700.0, "word")]]);
    let own = "<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /F 3 0 R >> >> /Length 5 >>\nstream\n/F Do\nendstream";
    let text = String::from_utf8(page).unwrap();
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
    // places in the file are looked for where they are wrong
    let hostile = text.replace(font, own).replace("startxref", "start").into_bytes();
    let error = pdf(&hostile).unwrap_err().what;
    assert!(error.contains("without end") || error.contains("damaged"), "{error}");
}

#[test]
fn what_has_no_text_says_why() {
    assert!(pdf(&made(&[vec![]])).unwrap_err().what.contains("are pictures"));
    assert!(pdf(b"%PDF-1.4 cut").unwrap_err().what.contains("damaged"));
    let whole = made(&[vec![(11.0, 60.0, 700.0, "word")]]);
    assert!(pdf(&whole[..whole.len() / 3]).is_err());
}
