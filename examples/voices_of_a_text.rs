//! Codes one text and prints, for each framing term, in whose voice it stands and about whom.
//!
//! `cargo run --example voices_of_a_text`

use framescope::{Article, Codebook, Coder, Places, Study, StudyOptions};

const TEXT: &str = "Baku denied that it had imposed a blockade. \u{201C}This is a siege,\u{201D} said Nikol Pashinyan. \
    The ceasefire ended the fighting.";

fn main() -> framescope::Result<()> {
    print!("{}", voices(TEXT)?);
    Ok(())
}

/// One line for each hit: the words as they stand in the text, their place in bytes, frame, voice, speaker, rule.
fn voices(text: &str) -> framescope::Result<String> {
    let study = Study::new(Codebook::embedded()?, StudyOptions::default())?;
    let article = Article::from_text("a1", text);
    // A coder keeps its memory from one article to the next: make one a thread, not one an article.
    let mut coder = Coder::new(&study);
    let coded = coder.code(&article);
    let mut places = Places::new(&article.raw);
    let mut lines = String::new();
    for at in 0..coded.mentions.len() {
        let Some(row) = coded.ledger_row(at, &mut places).filter(|row| row.layer == "frame") else { continue };
        assert_eq!(&text[row.range()], row.surface);
        lines += &format!(
            "{}\t{}-{}\t{}\t{}\t{}\t{}\n",
            row.surface, row.start_byte, row.end_byte, row.code, row.voice, row.speaker, row.rule
        );
    }
    Ok(lines)
}

#[test]
fn the_denied_the_quoted_and_the_own_term_are_told_apart() {
    let lines = voices(TEXT).expect("a text");
    let of = |surface: &str| lines.lines().find(|line| line.starts_with(surface)).unwrap_or_default().to_owned();
    assert!(of("blockade").contains("\tdenied\tAZE\t"), "{lines}");
    assert!(of("siege").contains("\tquoted\tARM\t"), "{lines}");
}
