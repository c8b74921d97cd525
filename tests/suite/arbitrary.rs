//! Nothing that is read can make the program fall over.

use super::support::golden_codebook;
use framescope::codebook::{Codebook, CsvFile, EMBEDDED_FILES};
use framescope::coder::{Coder, record};
use framescope::corpus::{Article, Block, Corpus, CorpusOptions, Format, Input};
use framescope::ledger::RowWriter;
use framescope::study::{Study, StudyOptions};
use framescope::tables::CsvBuffer;
use proptest::prelude::*;

fn articles_of(bytes: &[u8], format: Format) -> Vec<Article> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("article.bin");
    std::fs::write(&path, bytes).expect("written");
    let options = CorpusOptions { inputs: vec![Input::Path(path)], format: Some(format), ..CorpusOptions::default() };
    let Ok(mut corpus) = Corpus::open(&options) else { return Vec::new() };
    let mut articles = Vec::new();
    while let Ok(Some(block)) = corpus.next_block() {
        articles.extend(Block::into_articles(block).filter_map(Result::ok));
    }
    articles
}

/// Bytes that look like text now and then, so that more than the decoder is tried.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        2 => proptest::collection::vec(any::<u8>(), 0..20),
        3 => "[ -~\\n\\r\\t]{0,30}".prop_map(String::into_bytes),
        2 => "\\PC{0,12}".prop_map(String::into_bytes),
        2 => proptest::sample::select(vec![
            "Aldova", "Velm", "Brenian army", "occupation", "“", "”", "\"", "'", "’s", "…", "U.S.", "\n\n", "\u{AD}",
            "\u{200B}", "İ", "e\u{301}", "\u{FEFF}", "Тбилиси", "中文", "said", "denied that", "{\"text\":\"", "\"}",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_and_coded_or_refused(bytes in bytes()) {
        let study = Study::new(golden_codebook(), StudyOptions::default()).expect("a study");
        let mut coder = Coder::new(&study);
        let mut writer = RowWriter::new(&study);
        let mut rows = CsvBuffer::default();
        for format in [Format::Text, Format::JsonLines, Format::Csv] {
            for article in articles_of(&bytes, format) {
                let coded = coder.code(&article);
                writer.ledger(&coded, &mut rows);
                writer.zones(&coded, &mut rows);
                prop_assert_eq!(record(&study, &coded).sentences, coded.sentences.len() as u64);
            }
        }
    }

    #[test]
    fn any_codebook_file_is_parsed_or_refused(
        file in 0..EMBEDDED_FILES.len(),
        text in "\\PC{0,200}",
        lines in proptest::collection::vec("[a-zA-Z|*\\\\.?()\",: -]{0,30}(,[a-zA-Z|*.?()\" -]{0,12}){0,8}", 0..8),
    ) {
        let (name, _) = EMBEDDED_FILES[file];
        let header = EMBEDDED_FILES[file].1.lines().next().unwrap_or_default();
        for text in [text, format!("{header}\n{}\n", lines.join("\n"))] {
            let codebook = Codebook::parse(vec![CsvFile::new("", name, text)]);
            if let Ok(codebook) = codebook {
                // What the parser lets through, the other stages can use.
                prop_assert!(Study::new(codebook, StudyOptions::default()).is_ok());
            }
        }
    }

    #[test]
    fn a_damaged_line_of_the_codebook_is_parsed_or_refused(
        file in 0..EMBEDDED_FILES.len(),
        line in any::<proptest::sample::Index>(),
        at in any::<proptest::sample::Index>(),
        damage in "[\",\\n|*(\\[\\\\é\u{0}a-z]{0,4}",
    ) {
        let (name, text) = EMBEDDED_FILES[file];
        let mut lines: Vec<String> = text.lines().take(40).map(str::to_owned).collect();
        let line = line.index(lines.len());
        let places: Vec<usize> = lines[line].char_indices().map(|(at, _)| at).chain([lines[line].len()]).collect();
        lines[line].insert_str(places[at.index(places.len())], &damage);
        let _ = Codebook::parse(vec![CsvFile::new("", name, lines.join("\n"))]);
    }
}
