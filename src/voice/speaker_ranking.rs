//! The speaker of a term: the actors of its sentence and those whom the sentences before brought in are ranked by what
//! speaks for them. What the rules answered is one feature among them; the weights were fitted to labelled news.

use super::clause::Reading;
use super::feature::{Feature, Part, Relation};
use super::introduced::Introduced;
use super::ranking::release;
use super::report_cues::{ReportCue, Scene, clues, report_cues};
use super::rules::{HYPOTHETICAL_DEMAND, OWN, RULES};
use super::speech::Speeches;
use super::weights::{Sum, weigh_speaker};
use super::{Hit, Voice};
use crate::id::ActorId;
use crate::span::NormSpan;

/// By how much an actor must be ahead of all others and of nobody to be given, in tenths of a logit; chosen on articles
/// left out of the fit.
const GIVEN: i32 = 10;
/// How far back a speaker is remembered, in sentences.
const SENTENCES_BACK: u32 = 3;

/// An actor as the speaker of a term, or nobody.
#[derive(Debug, Clone, Default)]
struct SpeakerCandidate {
    actor: Option<ActorId>,
    score: i32,
    /// Kept for those who ask.
    features: Vec<Feature>,
}

/// A term whose speaker is asked for.
#[derive(Debug, Clone, Copy)]
struct Spoken {
    mention: usize,
    span: NormSpan,
    voice: Voice,
    by_rule: Option<ActorId>,
    /// A range of the candidates.
    from: usize,
    to: usize,
}

/// The last actor who spoke.
#[derive(Debug, Clone, Copy)]
struct LastSpeaker {
    actor: ActorId,
    sentence: u32,
    passage: u32,
}

/// The terms of an article, and buffers.
#[derive(Debug, Clone, Default)]
pub(super) struct SpeakerRanking {
    report_cues: Vec<ReportCue>,
    here: Option<LastSpeaker>,
    before: Option<LastSpeaker>,
    gathered: Vec<(Option<ActorId>, Feature)>,
    /// Whose those are.
    actors: Vec<Option<ActorId>>,
    sum: Sum,
    candidates: Vec<SpeakerCandidate>,
    cases: Vec<Spoken>,
}

/// What is known of a term before its speaker.
pub(super) struct Asked {
    pub mention: usize,
    pub sentence: u32,
    pub passage: u32,
    pub voice: Voice,
    pub rule: &'static str,
    pub cue: Option<NormSpan>,
    /// The longest quotation around it.
    pub quotation: Option<NormSpan>,
    /// Whom the rules found.
    pub by_rule: Option<ActorId>,
    /// The subject of the sentence before, and if that is a person.
    pub subject: Option<ActorId>,
    pub person: Option<ActorId>,
}

/// One contender as it came out, for those who ask.
pub(super) struct RankedSpeaker {
    pub mention: usize,
    pub by_rule: Option<ActorId>,
    pub actor: Option<ActorId>,
    pub score: i32,
    pub voice: Voice,
    pub features: Vec<Feature>,
}

impl SpeakerRanking {
    /// Gives back what a long article took.
    pub fn release(&mut self) {
        release(&mut self.candidates);
        release(&mut self.cases);
    }

    /// Forgets the article before.
    pub fn clear(&mut self) {
        (self.here, self.before) = (None, None);
        self.candidates.clear();
        self.cases.clear();
    }

    /// Takes a sentence: who says something in it.
    pub fn approach(&mut self, r: &Reading, sentence: u32, passage: u32, introduced: &mut Introduced) {
        report_cues(r, introduced, &mut self.report_cues);
        if self.here.is_some_and(|last| last.sentence < sentence) {
            self.before = self.here;
        }
        if let Some(actor) = self.report_cues.iter().rev().find_map(|said_by| said_by.actor) {
            self.here = Some(LastSpeaker { actor, sentence, passage });
        }
    }

    /// Takes a term of the sentence; `keep` says whether the features are wanted afterwards.
    pub fn read(&mut self, r: &Reading, hit: &Hit, asked: &Asked, keep: bool) {
        let from = self.candidates.len();
        let case = Spoken {
            mention: asked.mention,
            span: hit.span,
            voice: asked.voice,
            by_rule: asked.by_rule,
            from,
            to: from,
        };
        // A term without any cue is the article's own, and nobody says what is only possible, unless he demands it.
        let possible = asked.voice == Voice::Hypothetical && asked.rule != HYPOTHETICAL_DEMAND;
        let silent = self.report_cues.is_empty() && asked.quotation.is_none();
        if asked.by_rule.is_none() && (asked.rule == OWN || possible || silent) {
            return;
        }
        if asked.by_rule.is_some() && !keep {
            // Whom the rules found is given, whoever else is likely.
            self.cases.push(case);
            return;
        }
        let rule = RULES.iter().position(|rule| rule.name == asked.rule);
        let Self { gathered, report_cues, .. } = self;
        gathered.clear();
        let scene = Scene { cue: asked.cue, rule, quotation: asked.quotation };
        clues(r, hit, &scene, report_cues, &mut |actor, feature| gathered.push((actor, feature)));
        gathered.push((None, Feature::of(Relation::Nobody)));
        gathered.push((None, Feature::of(Relation::NobodyOf).number(r.names.len().min(6))));
        match asked.by_rule {
            Some(actor) => {
                gathered.push((Some(actor), Feature::of(Relation::RuleSays)));
                gathered.push((Some(actor), Feature::of(Relation::RuleSays).rule(rule)));
                let present = r.names.iter().any(|name| name.fact.actor == actor);
                gathered.push((Some(actor), Feature::of(Relation::RuleHeard).number(usize::from(present))));
            }
            None => {
                gathered.push((None, Feature::of(Relation::RuleSilent)));
                gathered.push((None, Feature::of(Relation::RuleSilent).rule(rule)));
            }
        }
        let before = self.before.filter(|last| asked.sentence - last.sentence <= SENTENCES_BACK);
        let pronoun =
            report_cues.iter().rfind(|said_by| (said_by.cue.last as usize) < hit.first || report_cues.len() == 1);
        let state = match pronoun {
            None => 0,
            Some(said_by) => said_by.state(),
        };
        if let Some(person) = asked.person {
            gathered.push((Some(person), Feature::of(Relation::PersonBefore).number(state)));
        }
        if let Some(subject) = asked.subject {
            gathered.push((Some(subject), Feature::of(Relation::SubjectBefore).number(state)));
        }
        if let Some(LastSpeaker { actor, sentence, passage }) = before {
            let same = if passage == asked.passage { Part::Inner } else { Part::After };
            let back = Feature::of(Relation::HeardBefore);
            gathered.push((Some(actor), back.number(state).part(same)));
            gathered.push((Some(actor), back.number((asked.sentence - sentence) as usize)));
            if asked.quotation.is_some() {
                gathered.push((Some(actor), back.part(same)));
            }
        }
        self.collect(case, keep);
    }

    /// Makes the candidates of a term from the features gathered.
    fn collect(&mut self, case: Spoken, keep: bool) {
        let Self { gathered, actors, sum, candidates, cases, .. } = self;
        if keep {
            // Each feature once, for those who ask.
            gathered.sort_unstable();
            gathered.dedup();
        }
        actors.clear();
        for (actor, _) in &*gathered {
            if !actors.contains(actor) {
                actors.push(*actor);
            }
        }
        actors.sort_unstable();
        for actor in &*actors {
            let features = gathered.iter().filter(|(of, _)| of == actor).map(|(_, feature)| *feature);
            candidates.push(SpeakerCandidate {
                actor: *actor,
                score: sum.of_speaker(features.clone(), case.voice),
                features: if keep { features.collect() } else { Vec::new() },
            });
        }
        cases.push(Spoken { to: candidates.len(), ..case });
    }

    /// Gives the speaker of every term to `give`, and each contender to `tell`. The speakers of quotations are known by
    /// now.
    pub fn finish(
        &mut self,
        speeches: &Speeches,
        keep: bool,
        mut give: impl FnMut(usize, Option<ActorId>),
        mut tell: impl FnMut(RankedSpeaker),
    ) {
        for case in &self.cases {
            let around = speeches.of(case.span);
            let quoted = matches!(case.voice, Voice::Quoted | Voice::Denied);
            let spoken = || around.filter(|_| quoted).and_then(|around| speeches.found[around].speaker);
            let by_rule = case.by_rule.or_else(spoken);
            if by_rule.is_some() && !keep {
                give(case.mention, by_rule);
                continue;
            }
            let candidates = &mut self.candidates[case.from..case.to];
            let mut outside: Vec<SpeakerCandidate> = Vec::new();
            let mut add = |actor: Option<ActorId>, feature: Feature| {
                let known = candidates.iter_mut().find(|contender| contender.actor == actor);
                let contender = match known {
                    Some(contender) => contender,
                    None => match outside.iter().position(|contender| contender.actor == actor) {
                        Some(at) => &mut outside[at],
                        None => {
                            outside.push(SpeakerCandidate { actor, ..SpeakerCandidate::default() });
                            outside.last_mut().expect("one was pushed")
                        }
                    },
                };
                contender.take(feature, case.voice, keep);
            };
            if let Some(around) = around {
                let kind = speeches.kind(around);
                match speeches.found[around].speaker {
                    Some(actor) => {
                        add(Some(actor), Feature::of(Relation::QuotedBy));
                        add(Some(actor), Feature::of(Relation::QuotedBy).number(kind));
                        let agrees = case.by_rule.map_or(0, |by_rule| 1 + usize::from(by_rule == actor));
                        add(Some(actor), Feature::of(Relation::QuotedBy).part(Part::Head).number(agrees));
                    }
                    None => add(None, Feature::of(Relation::QuotedByNobody).number(kind)),
                }
                for (relation, other) in
                    [(Relation::QuotedBefore, around.checked_sub(1)), (Relation::QuotedBehind, Some(around + 1))]
                {
                    let other = other.filter(|other| speeches.are_near(*other, around));
                    if let Some(actor) = other.and_then(|other| speeches.found[other].speaker) {
                        add(Some(actor), Feature::of(relation).number(kind));
                    }
                }
            }
            give(case.mention, choose(candidates.iter().chain(&outside), by_rule));
            if keep {
                for contender in candidates.iter_mut().chain(&mut outside) {
                    let features = std::mem::take(&mut contender.features);
                    let SpeakerCandidate { actor, score, .. } = *contender;
                    tell(RankedSpeaker { mention: case.mention, by_rule, actor, score, voice: case.voice, features });
                }
            }
        }
    }
}

/// Whom the rules found, or else who is far enough ahead.
fn choose<'c>(all: impl Iterator<Item = &'c SpeakerCandidate> + Clone, by_rule: Option<ActorId>) -> Option<ActorId> {
    let best = all.clone().filter(|contender| contender.actor.is_some()).max_by_key(|contender| contender.score)?;
    let second = all.filter(|contender| contender.actor != best.actor).map(|contender| contender.score).max();
    by_rule.or(best.actor.filter(|_| second.is_none_or(|second| best.score - second >= GIVEN)))
}

impl SpeakerCandidate {
    fn take(&mut self, feature: Feature, voice: Voice, keep: bool) {
        self.score += weigh_speaker(feature, voice);
        if keep {
            self.features.push(feature);
        }
    }
}
