//! What was asked, and what it means: a [`Study`] is a compiled codebook with every setting decided.

use crate::analysis::TableOptions;
use crate::codebook::Codebook;
use crate::coding::HandCoding;
use crate::corpus::{Article, Metadata};
use crate::count::{ALL, CodingUnit, CountOptions, Counts, Demonyms, GroupKey, Level, NONE};
use crate::error::{Error, Fault, Place, Result, did_you_mean};
use crate::id::ActorId;
use crate::normalise::Zone;
use crate::segment::{Abbreviations, Segmenter};
use crate::sketch::{KnownArticles, Sketch, SketchFindings};
use crate::stats::Measures;
use crate::tag::Tagger;
use crate::voice::{Voice, Voicer, Voicing};
use crate::zones::TemplateLines;
use sha2::{Digest, Sha256};

/// The column of metadata that names the actor whose own words an article is.
pub(crate) const VOICE_OWNER: &str = "voice_owner";

/// What was asked; absent answers are the defaults.
#[derive(Debug, Clone)]
pub struct StudyOptions {
    /// Columns of metadata that make the groups.
    pub by: Vec<String>,
    pub units: Vec<CodingUnit>,
    pub level: Level,
    pub demonyms: Demonyms,
    pub zones: Vec<Zone>,
    /// Framing hits of these voices only; empty means all.
    pub voices: Vec<Voice>,
    /// Framing hits about these actors only; empty means all.
    pub targets: Vec<String>,
    /// No framing hit about these actors.
    pub not_targets: Vec<String>,
    /// The group every other one is compared with; all others together when absent.
    pub reference: Option<String>,
    pub measures: Measures,
    /// What random divisions begin with.
    pub seed: u64,
    /// SHA-256 of the sketch, which [`Study::with_sketch`] fills in; empty without one.
    pub sketch: String,
}

impl Default for StudyOptions {
    fn default() -> Self {
        Self {
            by: vec!["source".into()],
            units: CodingUnit::DEFAULT.to_vec(),
            level: Level::Rolled,
            demonyms: Demonyms::Counted,
            zones: Zone::COUNTED.to_vec(),
            voices: Vec::new(),
            targets: Vec::new(),
            not_targets: Vec::new(),
            reference: None,
            measures: Measures::Default,
            seed: 1,
            sketch: String::new(),
        }
    }
}

/// Which framing hits count.
#[derive(Debug, Clone, Default)]
pub(crate) struct FrameFilter {
    voices: Vec<Voice>,
    targets: Vec<ActorId>,
    not_targets: Vec<ActorId>,
}

impl FrameFilter {
    /// Whether it asks for voice or target at all.
    pub fn needs_voice(&self) -> bool {
        !(self.voices.is_empty() && self.targets.is_empty() && self.not_targets.is_empty())
    }

    pub fn lets_pass(&self, voicing: &Voicing) -> bool {
        let about = |actors: &[ActorId]| voicing.target.is_some_and(|target| actors.contains(&target));
        (self.voices.is_empty() || self.voices.contains(&voicing.voice))
            && (self.targets.is_empty() || about(&self.targets))
            && !about(&self.not_targets)
    }
}

/// Everything the coding of an article depends on; shared by all workers.
#[derive(Debug)]
pub struct Study {
    pub codebook: Codebook,
    pub options: StudyOptions,
    pub segmenter: Segmenter,
    pub tagger: Tagger,
    pub voicer: Voicer,
    pub counting: CountOptions,
    pub tables: TableOptions,
    pub(crate) filter: FrameFilter,
    /// Template lines and near-duplicates; nothing without a sketch.
    pub findings: SketchFindings,
}

impl Study {
    /// Decides every setting and compiles the codebook.
    ///
    /// # Errors
    /// An actor of `--target` that the codebook does not know, a `--by` column named twice.
    pub fn new(codebook: Codebook, options: StudyOptions) -> Result<Self> {
        let abbreviations =
            Abbreviations::compile(&codebook.abbreviations).map_err(|faults| unusable("abbreviations.csv", faults))?;
        let segmenter = Segmenter::new(&abbreviations);
        let tagger = Tagger::new(&codebook)?;
        let voicer = Voicer::new(&codebook)?;
        for (at, column) in options.by.iter().enumerate() {
            if options.by[..at].contains(column) {
                return Err(Error::Usage(format!("`--by` names the column `{column}` twice")));
            }
        }
        if options.by.is_empty() {
            return Err(Error::Usage("`--by` names no column; `--by source` is the default".into()));
        }
        let actors =
            |codes: &[String]| codes.iter().map(|code| rolled_actor(&codebook, code)).collect::<Result<Vec<_>>>();
        let filter = FrameFilter {
            voices: options.voices.clone(),
            targets: actors(&options.targets)?,
            not_targets: actors(&options.not_targets)?,
        };
        // Which actors were asked for is one thing, whatever names were used.
        let codes =
            |actors: &[ActorId]| actors.iter().map(|actor| codebook.actors[actor.index()].code.clone()).collect();
        let mut options = options;
        options.targets = codes(&filter.targets);
        options.not_targets = codes(&filter.not_targets);
        let mut units = options.units.clone();
        units.sort();
        units.dedup();
        let counting = CountOptions { units, level: options.level, demonyms: options.demonyms };
        let tables = TableOptions {
            by: options.by.clone(),
            level: options.level,
            reference: options.reference.clone(),
            measures: options.measures,
            seed: options.seed,
            hand: None,
        };
        Ok(Self {
            codebook,
            options,
            segmenter,
            tagger,
            voicer,
            counting,
            tables,
            filter,
            findings: SketchFindings::default(),
        })
    }

    /// Takes a sketch of the corpus, as [`Sketch::to_json`] writes it.
    ///
    /// # Errors
    /// A text that is no sketch of this version.
    pub fn with_sketch(mut self, json: &str) -> Result<Self> {
        self.findings = Sketch::from_json(json)?.finish();
        self.options.sketch = crate::codebook::hex(&Sha256::digest(json.trim_end()));
        Ok(self)
    }

    /// Takes what people coded of the corpus.
    ///
    /// # Errors
    /// A key of another codebook, other options or another program, reported with what differs.
    pub fn with_hand_coding(mut self, hand: HandCoding) -> Result<Self> {
        let parts = self.fingerprint_parts();
        for judged in &hand.samples {
            let differing = judged.key.differences(&parts);
            if !differing.is_empty() {
                return Err(Error::Incompatible(format!(
                    "the key `{}` was drawn otherwise: {}; use the codebook, the options and the program of the sample, or draw a new one",
                    judged.key.name,
                    differing.join("; ")
                )));
            }
        }
        self.tables.hand = Some(hand);
        Ok(self)
    }

    /// What is to be reported of the articles that the sketch does not know; nothing without a sketch.
    ///
    /// # Errors
    /// The sketch knows none of the articles: it is that of another corpus.
    pub fn sketch_fault(&self, counts: &Counts) -> Result<Option<Fault>> {
        if self.options.sketch.is_empty() || counts.articles.is_empty() {
            return Ok(None);
        }
        let articles = counts.articles.iter().map(|record| (record.id(), record.open().sha256));
        let KnownArticles { articles, known, other_text } = self.findings.known(articles);
        let what = format!(
            "the sketch knows {known} of {articles} articles; {other_text} it has with another text, {} not at all",
            articles - known - other_text
        );
        let help = "make the sketch of this corpus with `framescope sketch`";
        match known {
            0 => Err(Error::Incompatible(format!("{what}; {help}"))),
            known if known == articles => Ok(None),
            _ => Ok(Some(Fault { place: Place::default(), what, help: help.to_owned() })),
        }
    }

    pub fn is_counted(&self, zone: Zone) -> bool {
        self.options.zones.contains(&zone)
    }

    /// The template lines of a source, where a sketch has found some.
    pub(crate) fn templates(&self, source: &str) -> Option<&dyn TemplateLines> {
        self.findings.templates(source).map(|templates| templates as &dyn TemplateLines)
    }

    /// The group of an article: the values of its `--by` columns.
    ///
    /// # Errors
    /// A value that is one of the words with a meaning of their own.
    pub fn group(&self, id: &str, metadata: &Metadata) -> Result<GroupKey> {
        let value = |column: &String| {
            let value = if column == "article_id" { Some(id) } else { metadata.value(column) };
            match value {
                None => Ok(NONE.to_owned()),
                Some(value) if value == ALL || value == NONE => Err(Error::Usage(format!(
                    "article `{id}` has the value `{value}` in the column `{column}`; this word names the rows of the whole \
                     corpus or of articles without a value: give it another one"
                ))),
                Some(value) => Ok(value.to_owned()),
            }
        };
        self.options.by.iter().map(value).collect()
    }

    /// To whom the own voice of an article belongs, rolled up: the actor of its column `voice_owner`, which speeches and
    /// statements have. `None` without one, and for a code that the codebook does not know.
    pub fn voice_owner(&self, metadata: &Metadata) -> Option<ActorId> {
        let code = metadata.value(VOICE_OWNER)?;
        self.codebook.actor(code).map(|actor| self.codebook.rollup(actor))
    }

    /// What is wrong with an article's `voice_owner`, if the codebook does not know it.
    pub fn voice_owner_fault(&self, article: &Article) -> Option<Fault> {
        let code = article.meta.value(VOICE_OWNER)?;
        if self.codebook.actor(code).is_some() {
            return None;
        }
        let help = did_you_mean(code, self.codebook.actors.iter().map(|actor| actor.code.as_str()));
        Some(Fault {
            place: article.place(),
            what: format!("its `voice_owner` `{code}` is no actor of the codebook"),
            help,
        })
    }

    /// What decides whether two runs count alike: codebook, options, Unicode version and program.
    pub fn fingerprint_parts(&self) -> Vec<(&'static str, String)> {
        let options = &self.options;
        let list = |names: Vec<String>| names.join(",");
        vec![
            ("program", format!("framescope {}", env!("CARGO_PKG_VERSION"))),
            ("unicode", {
                let (major, minor, patch) = unicode_segmentation::UNICODE_VERSION;
                format!("{major}.{minor}.{patch}")
            }),
            ("codebook", self.codebook.fingerprint.clone()),
            ("sketch", options.sketch.clone()),
            ("by", list(options.by.clone())),
            ("unit", list(self.counting.units.iter().map(|unit| unit.name()).collect())),
            ("level", options.level.name().into()),
            (
                "demonyms",
                match options.demonyms {
                    Demonyms::Counted => "counted".into(),
                    Demonyms::Ignored => "ignored".into(),
                },
            ),
            (
                "zones",
                list(
                    Zone::ALL
                        .into_iter()
                        .filter(|zone| self.is_counted(*zone))
                        .map(|zone| zone.name().into())
                        .collect(),
                ),
            ),
            ("voice", list(options.voices.iter().map(|voice| voice.name().into()).collect())),
            ("target", list(options.targets.clone())),
            ("not_target", list(options.not_targets.clone())),
        ]
    }
}

/// Faults of rows that the codebook's parser has refused already.
fn unusable(file: &str, faults: Vec<(u64, String)>) -> Error {
    let fault = |(line, what)| Fault { place: Place { file: file.into(), line, column: 0 }, what, help: String::new() };
    Error::Codebook(faults.into_iter().map(fault).collect())
}

fn rolled_actor(codebook: &Codebook, code: &str) -> Result<ActorId> {
    Ok(codebook.rollup(codebook.find_actor(code)?))
}
