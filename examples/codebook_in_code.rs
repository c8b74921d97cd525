//! A codebook for another conflict, written in code, and what it finds.
//!
//! `cargo run --example codebook_in_code`

use framescope::codebook::CsvFile;
use framescope::{Article, Codebook, Coder, Places, Study, StudyOptions};

fn main() -> framescope::Result<()> {
    print!("{}", found("The two unions called the lock-out a war on workers; Northern Mills called it a pause.")?);
    Ok(())
}

/// One line for each hit: layer, code and the words of the text.
fn found(text: &str) -> framescope::Result<String> {
    // The same files as in a folder of `codebook new`; what is left out, cues and abbreviations too, is empty.
    let file = |name: &str, text: &str| CsvFile::new("codebook in code", name, text);
    let codebook = Codebook::parse(vec![
        file("actors.csv", "actor,name,kind\nUNIONS,The unions,group\nMILLS,Northern Mills,organisation\n"),
        file("aliases.csv", "actor,alias\nUNIONS,unions\nMILLS,Northern Mills\n"),
        file("frames.csv", "frame,name\nwar_words,Words of war\nstoppage,Stoppage\n"),
        file(
            "terms.csv",
            "frame,term,pattern,kind\nwar_words,war on,war on,literal\nstoppage,lock-out,lock-out*,wildcard\n",
        ),
    ])?;
    let study = Study::new(codebook, StudyOptions::default())?;
    let article = Article::from_text("a1", text);
    let mut coder = Coder::new(&study);
    let coded = coder.code(&article);
    let mut places = Places::new(&article.raw);
    let rows = (0..coded.mentions.len()).filter_map(|at| coded.ledger_row(at, &mut places));
    Ok(rows.map(|row| format!("{}\t{}\t{}\n", row.layer, row.code, row.surface)).collect())
}

#[test]
fn the_entries_of_the_codebook_are_found() {
    let lines = found("Both unions spoke of a war on workers during the lock-out.").expect("a codebook");
    assert_eq!(lines, "actor\tUNIONS\tunions\nframe\twar_words\twar on\nframe\tstoppage\tlock-out\n");
}
