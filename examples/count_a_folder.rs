//! Counts the articles of a folder and prints how often each source uses each frame.
//!
//! `cargo run --example count_a_folder -- seeds`

use framescope::{Codebook, CorpusOptions, Input, Study, StudyOptions, count_corpus};

fn main() -> framescope::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "seeds".to_owned());
    print!("{}", count(&folder)?);
    Ok(())
}

/// One line for each source and frame: source, frame, hits, hits per 1,000 words.
fn count(folder: &str) -> framescope::Result<String> {
    let study = Study::new(Codebook::embedded()?, StudyOptions::default())?;
    let corpus = CorpusOptions { inputs: vec![Input::Path(folder.into())], ..CorpusOptions::default() };
    // The number of threads changes nothing but the time.
    let counts = count_corpus(&study, &corpus, 2)?;
    let mut lines = String::new();
    for (group, counts) in &counts.groups {
        for (at, frame) in study.codebook.frames.iter().enumerate() {
            let Some(hits) = counts.frames.get(at as u32) else { continue };
            let n = hits.voices.n();
            let rate = 1000.0 * n as f64 / counts.words as f64;
            lines += &format!("{}\t{}\t{n}\t{rate:.2}\n", group.join(" / "), frame.code);
        }
    }
    Ok(lines)
}

#[test]
fn every_source_of_the_sample_has_its_frames() {
    let lines = count("seeds").expect("the sample");
    assert!(lines.lines().any(|line| line.starts_with("Neva Wire\tpeacekeeping\t")), "{lines}");
    assert!(lines.lines().all(|line| line.split('\t').count() == 4));
}
