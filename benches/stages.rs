//! One benchmark per stage and one for the whole job, in bytes of JSON Lines per second.
//!
//! The corpus is `seeds/` many times over, with the repository's codebook, and every stage must count what
//! `output/groups.csv` says. FRAMESCOPE_BENCH_CORPUS and FRAMESCOPE_BENCH_DICTIONARIES name others, without a count to
//! hold them to. Each stage is given what the stages before it made of an article, and reuses its buffers.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use criterion::{
    BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use framescope::analysis::Analysis;
use framescope::codebook::read_folder;
use framescope::coded::Coded;
use framescope::coder::{Coder, record};
use framescope::corpus::{Article, Corpus, CorpusOptions, Input};
use framescope::count::{Counter, Counts};
use framescope::error::Error;
use framescope::ledger::RowWriter;
use framescope::needs::Needs;
use framescope::normalise::View;
use framescope::output::Overwrite;
use framescope::outputs::{wanted_tables, write_tables};
use framescope::pipeline::Silent;
use framescope::report::{ReportOptions, ReportPage};
use framescope::run::{RunOptions, Strict, run};
use framescope::segment::Tokens;
use framescope::span::NormSpan;
use framescope::study::{Study, StudyOptions};
use framescope::tables::CsvBuffer;
use framescope::tag::{Entry, Tags};
use framescope::voice::{MentionVoices, VoiceScratch};
use serde_json::json;
use std::collections::HashMap;
use std::error::Error as AnyError;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// About a megabyte.
const COPIES: u64 = 32;

type Outcome<T> = Result<T, Box<dyn AnyError>>;

/// What a corpus must come to.
#[derive(Debug, Clone, Copy)]
struct Expected {
    articles: u64,
    words: u64,
    words_dropped: u64,
    sentences: u64,
    actor_mentions: u64,
    frame_hits: u64,
}

impl Expected {
    /// The row of the whole corpus in `output/groups.csv`, which a test keeps equal to a fresh run.
    fn of_seeds(copies: u64) -> Outcome<Self> {
        let mut table = csv::Reader::from_path(repository("output/groups.csv"))?;
        let row: HashMap<String, String> = table.deserialize().next().ok_or("`output/groups.csv` has no row")??;
        let value = |column: &str| -> Outcome<u64> {
            let cell = row.get(column).ok_or_else(|| format!("`output/groups.csv` has no column `{column}`"))?;
            Ok(cell.parse::<u64>()? * copies)
        };
        Ok(Self {
            articles: value("articles")?,
            words: value("words")?,
            words_dropped: value("words_dropped")?,
            sentences: value("sentences")?,
            actor_mentions: value("actor_mentions")?,
            frame_hits: value("frame_hits")?,
        })
    }
}

struct Material {
    folder: tempfile::TempDir,
    corpus: CorpusOptions,
    bytes: u64,
    study: Study,
    articles: Vec<Article>,
    expected: Option<Expected>,
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn options(path: PathBuf) -> CorpusOptions {
    CorpusOptions { inputs: vec![Input::Path(path)], ..CorpusOptions::default() }
}

fn read(options: &CorpusOptions) -> Outcome<Vec<Article>> {
    let mut corpus = Corpus::open(options)?;
    let mut articles = Vec::new();
    while let Some(block) = corpus.next_block()? {
        for article in block.into_articles() {
            articles.push(article.map_err(|record| format!("{record:?}"))?);
        }
    }
    Ok(articles)
}

/// `seeds/` as JSON Lines, many times over.
fn repeated_seeds(path: &Path) -> Outcome<()> {
    let mut lines = String::new();
    for copy in 0..COPIES {
        for article in read(&options(repository("seeds")))? {
            let mut record = json!({
                "id": format!("{}-{copy}", article.id),
                "source": article.meta.source,
                "date": article.meta.value("date"),
                "title": article.meta.title,
                "text": article.raw,
            });
            for (column, value) in &article.meta.more {
                record[column] = json!(value);
            }
            lines += &format!("{record}\n");
        }
    }
    Ok(std::fs::write(path, lines)?)
}

impl Material {
    fn new() -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        let (path, expected) = match std::env::var_os("FRAMESCOPE_BENCH_CORPUS") {
            Some(path) => (PathBuf::from(path), None),
            None => {
                let path = folder.path().join("seeds.jsonl");
                repeated_seeds(&path)?;
                (path, Some(Expected::of_seeds(COPIES)?))
            }
        };
        let dictionaries =
            std::env::var_os("FRAMESCOPE_BENCH_DICTIONARIES").map_or_else(|| repository("dictionaries"), PathBuf::from);
        let study = Study::new(read_folder(&dictionaries)?, StudyOptions::default())?;
        let (bytes, corpus) = (std::fs::metadata(&path)?.len(), options(path));
        let articles = read(&corpus)?;
        Ok(Self { folder, corpus, bytes, study, articles, expected })
    }

    /// Holds a stage to what it must count, and then measures it.
    fn measure(
        &self,
        group: &mut BenchmarkGroup<'_, WallTime>,
        stage: &str,
        expected: impl Fn(Expected) -> u64,
        mut count: impl FnMut() -> u64,
    ) {
        self.hold(stage, expected, count());
        group.bench_function(stage, |bencher| bencher.iter(|| black_box(count())));
    }

    fn hold(&self, stage: &str, expected: impl Fn(Expected) -> u64, counted: u64) {
        match self.expected {
            Some(whole) => assert_eq!(counted, expected(whole), "the stage `{stage}` counts something else"),
            None => assert!(counted > 0, "the stage `{stage}` counts nothing"),
        }
    }
}

fn words(view: &View) -> u64 {
    view.words_in(NormSpan::new(0, view.text().len())) as u64
}

fn early_stages(group: &mut BenchmarkGroup<'_, WallTime>, material: &Material) {
    let (study, articles) = (&material.study, &material.articles);
    material.measure(
        group,
        "read",
        |whole| whole.articles,
        || read(&material.corpus).map_or(0, |articles| articles.len() as u64),
    );
    let mut view = View::default();
    material.measure(
        group,
        "view",
        |whole| whole.words + whole.words_dropped,
        || {
            let mut count = |article: &Article| {
                view.read(&article.raw);
                words(&view)
            };
            articles.iter().map(&mut count).sum()
        },
    );
    // Zones join the lines of the view, so each round needs fresh views, made outside of what is measured.
    let fresh = || -> Vec<View> {
        let view = |article: &Article| {
            let mut view = View::default();
            view.read(&article.raw);
            view
        };
        articles.iter().map(view).collect()
    };
    let mut passages = Vec::new();
    let mut zones = |views: &mut Vec<View>| -> u64 {
        let mut count = |(view, article): (&mut View, &Article)| {
            study.codebook.zoner.passages(view, Some(&article.meta.title), None, &mut passages);
            passages.iter().map(|passage| view.words_in(passage.span) as u64).sum::<u64>()
        };
        views.iter_mut().zip(articles).map(&mut count).sum()
    };
    material.hold("zones", |whole| whole.words + whole.words_dropped, zones(&mut fresh()));
    group.bench_function("zones", |bencher| bencher.iter_batched_ref(fresh, &mut zones, BatchSize::LargeInput));
}

/// The stages that read what earlier ones made; `coded` holds it, one for each article.
fn coding_stages(group: &mut BenchmarkGroup<'_, WallTime>, material: &Material, coded: &[Coded<'_>]) {
    let study = &material.study;
    let mut sentences = Vec::new();
    material.measure(
        group,
        "sentences",
        |whole| whole.sentences,
        || {
            let mut count = |coded: &Coded<'_>| {
                study.segmenter.sentences(coded.view, coded.counted, &mut sentences);
                sentences.len() as u64
            };
            coded.iter().map(&mut count).sum()
        },
    );
    let mut tokens = Tokens::default();
    material.measure(
        group,
        "tokens",
        |whole| whole.words,
        || {
            let mut count = |coded: &Coded<'_>| {
                tokens.read(coded.view, &coded.article.raw, coded.paragraphs);
                tokens.all().len() as u64
            };
            coded.iter().map(&mut count).sum()
        },
    );
    // The next ones read the tokens again: a coder's own are numbered by its own lexicon, and a stage remembers the types
    // of one.
    let mut tags = Tags::default();
    material.measure(
        group,
        "tokens and tag",
        |whole| whole.actor_mentions + whole.frame_hits,
        || {
            let mut count = |coded: &Coded<'_>| {
                tokens.read(coded.view, &coded.article.raw, coded.paragraphs);
                study.tagger.tag(coded.view, &tokens, coded.sentences, coded.article.meta.date.as_ref(), &mut tags);
                tags.mentions.iter().filter(|mention| is_counted(mention)).count() as u64
            };
            coded.iter().map(&mut count).sum()
        },
    );
    let (mut scratch, mut voices) = (VoiceScratch::default(), MentionVoices::default());
    material.measure(
        group,
        "tokens and voice",
        |whole| whole.frame_hits,
        || {
            let mut count = |coded: &Coded<'_>| {
                tokens.read(coded.view, &coded.article.raw, coded.paragraphs);
                study.voicer.read(
                    coded.view,
                    &coded.article.raw,
                    &tokens,
                    coded.counted,
                    coded.sentences,
                    coded.mentions,
                    &mut scratch,
                    &mut voices,
                );
                let is_frame = |entry: Entry| matches!(entry, Entry::Term(_));
                coded
                    .mentions
                    .iter()
                    .zip(voices.iter())
                    .filter(|(m, voice)| is_frame(m.entry) && voice.is_some())
                    .count() as u64
            };
            coded.iter().map(&mut count).sum()
        },
    );
}

/// Actors, and framing terms; a place use is no mention of an actor, and a naming variant is neither.
fn is_counted(mention: &framescope::tag::Mention) -> bool {
    mention.usage == framescope::tag::Usage::Actor && !matches!(mention.entry, Entry::Variant(_))
}

fn late_stages(group: &mut BenchmarkGroup<'_, WallTime>, material: &Material, coded: &[Coded<'_>]) {
    let study = &material.study;
    material.measure(
        group,
        "tokens and count",
        |whole| whole.words,
        || count(study, coded).map_or(0, |counts| counts.groups.values().map(|group| group.words).sum()),
    );
    let (mut writer, mut rows) = (RowWriter::new(study), CsvBuffer::default());
    let mut ledger = |rows: &mut CsvBuffer| {
        rows.clear();
        for coded in coded {
            writer.ledger(coded, rows);
        }
    };
    let mentions: u64 = coded.iter().map(|coded| coded.mentions.len() as u64).sum();
    material.hold("ledger", |_| mentions, {
        ledger(&mut rows);
        records(&rows.bytes)
    });
    group.bench_function("ledger", |bencher| bencher.iter(|| ledger(black_box(&mut rows))));
}

/// A cell may hold a line's end, so that lines say nothing.
fn records(bytes: &[u8]) -> u64 {
    csv::ReaderBuilder::new().has_headers(false).from_reader(bytes).byte_records().flatten().count() as u64
}

fn count(study: &Study, coded: &[Coded<'_>]) -> Result<Counts, Error> {
    let mut counter = Counter::new(&study.codebook, &study.counting, Needs::ALL);
    let mut tokens = Tokens::default();
    for coded in coded {
        let group = study.group(&coded.article.id, &coded.article.meta)?;
        tokens.read(coded.view, &coded.article.raw, coded.paragraphs);
        let coded = Coded { tokens: &tokens, ..*coded };
        counter.add(&coded, group, record(study, &coded));
    }
    Ok(counter.finish(tokens.into_lexicon()))
}

/// What is done once for a corpus, and the whole.
fn whole(group: &mut BenchmarkGroup<'_, WallTime>, material: &Material, counts: &Counts) -> Outcome<()> {
    let study = &material.study;
    let (tables, folder) =
        (wanted_tables(&[], framescope::stats::Measures::Default, None)?, material.folder.path().join("tables"));
    std::fs::create_dir(&folder)?;
    material.measure(
        group,
        "tables",
        |whole| whole.articles,
        || {
            let analysis = Analysis::new(&study.codebook, &study.tables, counts);
            write_tables(&analysis, &tables, &folder, 1, ReportPage::No).map_or(0, |_| analysis.all().counts.articles)
        },
    );
    let job = |page| RunOptions {
        corpus: material.corpus.clone(),
        output: material.folder.path().join("output"),
        threads: 1,
        only: Vec::new(),
        force: Overwrite::Yes,
        inputs: Vec::new(),
        strict: Strict::No,
        report: ReportOptions { page, ..ReportOptions::default() },
    };
    for (name, job) in [("run without a report", job(ReportPage::No)), ("run", job(ReportPage::Yes))] {
        material.measure(
            group,
            name,
            |whole| whole.words + whole.frame_hits,
            || run(study, &job, &Silent, &AtomicBool::new(false)).map_or(0, |done| done.words + done.frame_hits),
        );
    }
    Ok(())
}

fn stages(criterion: &mut Criterion) {
    let material = Material::new().expect("a corpus and a codebook");
    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(material.bytes)).sample_size(20);
    early_stages(&mut group, &material);
    let mut coders: Vec<Coder<'_>> = material.articles.iter().map(|_| Coder::new(&material.study)).collect();
    let coded: Vec<Coded<'_>> =
        coders.iter_mut().zip(&material.articles).map(|(coder, article)| coder.code(article)).collect();
    coding_stages(&mut group, &material, &coded);
    late_stages(&mut group, &material, &coded);
    let counts = count(&material.study, &coded).expect("counts");
    drop(coders);
    whole(&mut group, &material, &counts).expect("tables");
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
