use std::path::Path;

use super::compressed::tests::{gzip, zstd};
use super::*;

fn write(root: &Path, name: &str, content: impl AsRef<[u8]>) {
    let path = root.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
}

fn options(inputs: &[&Path]) -> CorpusOptions {
    let inputs = inputs.iter().map(|path| Input::Path(path.to_path_buf())).collect();
    CorpusOptions { inputs, ..CorpusOptions::default() }
}

type Outcome = std::result::Result<Article, BadRecord>;

fn read(options: &CorpusOptions, block_bytes: u64) -> Result<Vec<Outcome>> {
    let mut corpus = Corpus::open(options)?;
    corpus.block_bytes = block_bytes;
    let mut outcomes = Vec::new();
    let mut index = 0;
    while let Some(block) = corpus.next_block()? {
        assert_eq!(block.index, index);
        index += 1;
        outcomes.extend(block.into_articles());
    }
    Ok(outcomes)
}

fn articles(options: &CorpusOptions) -> Vec<Article> {
    read(options, BLOCK_BYTES).unwrap().into_iter().map(|outcome| outcome.unwrap()).collect()
}

fn mixed(root: &Path) {
    write(root, "sources.csv", "file,source,date,desk\na.txt,Listed,2020-01,x\n");
    write(root, "a.txt", "\u{FEFF}one “two”");
    write(root, "Times_2021-05-06_a title.md", "# Heading");
    write(root, "Post/2020/b.txt.gz", gzip(b"packed"));
    write(root, "Post/c.txt", "plain");
    write(root, "Post/rows.csv.zst", zstd(b"id,text,mood\nr1,row one,calm\n,row two,\n"));
    write(
        root,
        "lines.jsonl.gz",
        gzip(b"{\"text\":\"l1\"}\nbroken\n{\"id\":\"l3\",\"text\":\"l3\",\"source\":\"S\"}\n"),
    );
    write(root, "wide.tsv", "text\tid\nt1\tt1\n");
    write(root, "z.txt", "");
}

#[test]
fn a_mixed_folder_is_read_in_order_with_ids_and_sources() {
    let root = tempfile::tempdir().unwrap();
    mixed(root.path());
    let rows: Vec<String> = read(&options(&[root.path()]), BLOCK_BYTES)
        .unwrap()
        .into_iter()
        .map(|outcome| match outcome {
            Ok(a) => format!("{}|{}|{}|{}|{}", a.id, a.meta.source, a.raw, a.path, a.bytes),
            Err(BadRecord::Skipped(fault)) => format!("skipped line {}", fault.place.line),
            Err(BadRecord::Fatal(error)) => panic!("{error}"),
        })
        .collect();
    assert_eq!(
        rows,
        [
            "Post/2020/b|Post|packed|Post/2020/b.txt.gz|6",
            "Post/c|Post|plain|Post/c.txt|5",
            "r1|Post|row one|Post/rows.csv.zst|7",
            "Post/rows:2|Post|row two|Post/rows.csv.zst|7",
            "Times_2021-05-06_a title|Times|# Heading|Times_2021-05-06_a title.md|9",
            "a|Listed|\u{FEFF}one “two”|a.txt|16",
            "lines:1|lines|l1|lines.jsonl.gz|2",
            "skipped line 2",
            "l3|S|l3|lines.jsonl.gz|2",
            "t1|wide|t1|wide.tsv|2",
            "z|z||z.txt|0",
        ]
    );
}

#[test]
fn the_size_of_blocks_makes_no_difference() {
    let root = tempfile::tempdir().unwrap();
    mixed(root.path());
    let options = options(&[root.path()]);
    let whole = format!("{:?}", read(&options, u64::MAX).unwrap());
    for block_bytes in [1, 7, 20, 64, BLOCK_BYTES] {
        assert_eq!(format!("{:?}", read(&options, block_bytes).unwrap()), whole, "{block_bytes}");
    }
}

#[test]
fn what_is_known_before_and_after_reading() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "x/a.txt", "four");
    write(root.path(), "x/b.txt.gz", gzip(b"five"));
    write(root.path(), "t.csv", "text,mood\na,b\n");
    let hint = |path: &str| Corpus::open(&options(&[&root.path().join(path)])).unwrap().size_hint();
    assert_eq!(hint("x/a.txt"), (Some(1), Some(4)));
    assert_eq!(hint("x").0, Some(2));
    assert_eq!(hint("t.csv"), (None, Some(14)));
    let stdin = CorpusOptions { inputs: vec![Input::Stdin], ..CorpusOptions::default() };
    assert_eq!(Corpus::open(&stdin).unwrap().size_hint(), (None, None));

    let mut corpus = Corpus::open(&options(&[&root.path().join("t.csv")])).unwrap();
    assert!(corpus.metadata_columns().is_empty());
    while corpus.next_block().unwrap().is_some() {}
    assert_eq!(Vec::from_iter(corpus.metadata_columns()), ["mood"]);
}

#[test]
fn many_small_files_and_large_ones_share_blocks_by_size() {
    let root = tempfile::tempdir().unwrap();
    for index in 0..BLOCK_FILES + 10 {
        write(root.path(), &format!("{index:04}.txt"), "x");
    }
    write(root.path(), "large.txt", "y".repeat(3 << 20));
    let mut corpus = Corpus::open(&options(&[root.path()])).unwrap();
    let sizes: Vec<u64> = std::iter::from_fn(|| corpus.next_block().unwrap()).map(|block| block.bytes()).collect();
    assert_eq!(sizes, [BLOCK_FILES as u64, 10, 3 << 20]);
}

#[test]
fn several_inputs_are_read_in_the_order_given() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "b/x.txt", "1");
    write(root.path(), "a/x.txt", "2");
    write(root.path(), "a/skip.txt", "3");
    let (b, a) = (root.path().join("b"), root.path().join("a/x.txt"));
    let read: Vec<(String, String)> =
        articles(&options(&[&b, &a])).into_iter().map(|a| (a.id.to_string(), a.raw)).collect();
    assert_eq!(read, [("x".into(), "1".into()), ("x".into(), "2".into())]);
}

#[test]
fn a_file_in_memory_is_read_as_one_on_disk() {
    let root = tempfile::tempdir().unwrap();
    for (name, bytes) in [("a.txt", b"Baku spoke.".to_vec()), ("t.csv.gz", gzip(b"id,text\n1,Yerevan spoke.\n"))] {
        write(root.path(), name, &bytes);
        let memory = CorpusOptions {
            inputs: vec![Input::Memory { name: name.to_owned(), bytes: bytes.into() }],
            ..CorpusOptions::default()
        };
        let (held, stored) = (articles(&memory), articles(&options(&[&root.path().join(name)])));
        let parts = |articles: &[Article]| -> Vec<(String, String, String)> {
            articles.iter().map(|a| (a.id.to_string(), a.meta.source.clone(), a.raw.to_string())).collect()
        };
        assert_eq!(parts(&held), parts(&stored));
    }
    let inputs = vec![Input::Memory { name: "a.xyz".to_owned(), bytes: b"x".to_vec().into() }];
    let unknown = CorpusOptions { inputs, ..CorpusOptions::default() };
    let message = Corpus::open(&unknown).err().expect("an unknown format").to_string();
    assert!(message.starts_with("a.xyz: the format is not known by the name"), "{message}");
}

#[test]
fn a_forced_format_reads_files_of_any_name() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "dump.log", "{\"text\":\"a\"}\n");
    write(root.path(), "packed.log.gz", gzip(b"{\"text\":\"b\"}\n"));
    let forced = CorpusOptions { format: Some(Format::JsonLines), ..options(&[root.path()]) };
    let read: Vec<String> = articles(&forced).into_iter().map(|article| article.id.to_string()).collect();
    assert_eq!(read, ["dump:1", "packed:1"]);
}

#[test]
fn a_text_column_may_be_named_for_tables_and_lines() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "a.csv", "text,story\nwrong,right\n");
    write(root.path(), "b.jsonl", "{\"text\":\"wrong\",\"story\":\"right\"}\n");
    let named = CorpusOptions {
        columns: ColumnNames { text: Some("story".into()), ..ColumnNames::default() },
        ..options(&[root.path()])
    };
    for article in articles(&named) {
        assert_eq!((article.raw.as_str(), article.meta.value("text")), ("right", Some("wrong")));
    }
}

#[test]
fn files_that_are_no_text_are_left_out_with_their_name_and_the_rest_is_read() {
    let root = tempfile::tempdir().unwrap();
    let random: Vec<u8> = (0u32..5000).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    write(root.path(), "a.txt", random);
    write(root.path(), "b.txt", "“good”");
    write(root.path(), "c.txt", "\u{FEFF}wide".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    write(root.path(), "d.txt", "a sentence with a stray\0 zero");
    let mut outcomes = read(&options(&[root.path()]), BLOCK_BYTES).unwrap().into_iter();
    let Some(Err(BadRecord::Skipped(fault))) = outcomes.next() else { panic!("random bytes are left out") };
    assert!(fault.to_string().contains("a.txt: not counted: looks binary"), "{fault}");
    let rest: Vec<Article> = outcomes.map(|outcome| outcome.unwrap()).collect();
    let texts: Vec<(&str, &str, usize)> =
        rest.iter().map(|a| (a.raw.as_str(), a.encoding.as_str(), a.notes.len())).collect();
    assert_eq!(
        texts,
        [("“good”", "UTF-8", 0), ("wide", "UTF-16LE", 0), ("a sentence with a stray\0 zero", "UTF-8", 1)]
    );
}

#[test]
fn a_file_that_vanishes_stops_the_run_and_a_damaged_one_does_not() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "a.txt", "x");
    write(root.path(), "b.txt.gz", "not packed");
    let mut corpus = Corpus::open(&options(&[root.path()])).unwrap();
    std::fs::remove_file(root.path().join("a.txt")).unwrap();
    let outcomes: Vec<Outcome> = corpus.next_block().unwrap().unwrap().into_articles().collect();
    assert!(matches!(&outcomes[0], Err(BadRecord::Fatal(error)) if error.to_string().starts_with("cannot open `")));
    let fault_of = |outcome: &Outcome| match outcome {
        Err(BadRecord::Skipped(fault)) => fault.to_string(),
        outcome => panic!("{outcome:?}"),
    };
    assert!(fault_of(&outcomes[1]).contains("b.txt.gz: not counted: it does not unpack as gzip"), "{outcomes:?}");

    // of a container what came before the cut is read, at any size of blocks
    let lines: String = (0..20_000).map(|n| format!("{{\"text\":\"some text {}\"}}\n", n * n)).collect();
    let rows: String = (0..20_000).map(|n| format!("\"some text, {}\"\n", n * n)).collect();
    for (name, content) in [("c.jsonl.gz", lines), ("c.csv.gz", format!("text\n{rows}"))] {
        let whole = gzip(content.as_bytes());
        write(root.path(), name, &whole[..whole.len() / 2]);
        let counts = [BLOCK_BYTES, 1000].map(|block| {
            let outcomes = read(&options(&[&root.path().join(name)]), block).unwrap();
            let (last, before) = outcomes.split_last().unwrap();
            assert!(fault_of(last).contains("the rest is not counted: it does not unpack as gzip"), "{last:?}");
            assert!(before.iter().all(|outcome| outcome.is_ok()));
            before.len()
        });
        assert!(counts[0] > 5_000 && counts[0] == counts[1], "{name} {counts:?}");
    }
}

#[test]
fn a_table_without_its_text_column_stops_the_run() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "a.csv", "id,title\n1,x\n");
    let error = read(&options(&[root.path()]), BLOCK_BYTES).unwrap_err().to_string();
    assert!(error.contains("a.csv:1: no text column: looked for `text`, `body`"), "{error}");
}

#[test]
fn a_container_that_holds_no_text_is_fault_of_and_the_rest_is_read() {
    let root = tempfile::tempdir().unwrap();
    let random: Vec<u8> = (0u32..5000).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    write(root.path(), "a.csv", &random);
    write(root.path(), "b.jsonl", &random);
    write(root.path(), "c.jsonl", gzip(b"{}"));
    for (name, message) in
        [("a.csv", "looks binary"), ("b.jsonl", "looks binary"), ("c.jsonl", "a gzip file, not text")]
    {
        let outcomes = read(&options(&[&root.path().join(name)]), BLOCK_BYTES).unwrap();
        let [Err(BadRecord::Skipped(fault))] = outcomes.as_slice() else { panic!("{outcomes:?}") };
        assert!(fault.to_string().contains(&format!("{name}: not counted: {message}")), "{fault}");
    }
}

#[test]
fn containers_in_utf16_are_read_like_any_other() {
    let root = tempfile::tempdir().unwrap();
    let wide =
        |text: &str| -> Vec<u8> { format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect() };
    write(root.path(), "a.csv", wide("text,source\r\n“one”,S\r\n"));
    write(root.path(), "b.jsonl", wide("{\"text\":\"“one”\",\"source\":\"S\"}\r\n"));
    for article in articles(&options(&[root.path()])) {
        assert_eq!((article.raw.as_str(), article.meta.source.as_str()), ("“one”", "S"));
        assert_eq!((article.encoding.as_str(), article.bytes, article.repairs), ("UTF-16LE", 9, 0));
    }
}

#[test]
fn a_corpus_and_its_blocks_may_be_shared_among_workers() {
    fn is_send<T: Send>() {}
    is_send::<Corpus>();
    is_send::<Block>();
}

#[test]
fn a_document_without_a_text_is_fault_of_and_the_rest_is_read() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "a.html", "");
    write(root.path(), "b.txt", "word");
    let outcomes = read(&options(&[root.path()]), BLOCK_BYTES).unwrap();
    assert!(outcomes[1].is_ok());
    let Err(BadRecord::Skipped(fault)) = &outcomes[0] else { panic!("{outcomes:?}") };
    assert!(fault.to_string().contains("a.html: not counted: "), "{fault}");
}
