//! The voicer: the rules of voice over the mentions of one article.

use super::antecedent::{Antecedents, Before};
use super::classify::{Verdict, classify};
use super::clause::Reading;
use super::cues::{CueAt, CueBook, Known};
use super::deed::{Deed, deed};
use super::introduced::Introduced;
use super::memory::{Memory, Occasion, Stem};
use super::pieces::pieces;
use super::quotations::Quotations;
use super::ranking::{Answers, Choice, Question, Ranked, Ranking};
use super::sheet::{AliasFact, Name, NameUsage, Party, People, Sheet};
use super::speaker::{is_infinitive, is_passive, speaker, speaker_above, speaker_behind, speaking};
use super::speaker_ranking::{Asked, RankedSpeaker, SpeakerRanking};
use super::speech::{Speech, Speeches};
use super::spokesman::speaks_for;
use super::target::roles;
use super::trace::{RoleTrace, SpeakerTrace};
use super::word_class::Class;
use super::{Hit, MentionVoices, Tier, Voice, Voicing};
use crate::codebook::{ActorKind, AliasKind, Codebook, CueKind, CueScope, TermDeed};
use crate::error::Result;
use crate::id::{ActorId, FrameId};
use crate::normalise::View;
use crate::segment::{Sentence, Tokens};
use crate::span::NormSpan;
use crate::tag::{Entry, Mention, Usage};
use crate::zones::Passage;
use std::collections::{HashMap, HashSet};

/// Tells whose voice each framing hit stands in, and who does it to whom. Shared by all workers.
#[derive(Debug, Clone)]
pub struct Voicer {
    book: CueBook,
    /// One per alias; `None` for a mask.
    aliases: Vec<Option<AliasFact>>,
    /// The frame of each term, and what it speaks of.
    terms: Vec<(Option<FrameId>, Option<TermDeed>)>,
    /// A people and a group of it whose name ends with the people's: Armenians, and Karabakh Armenians.
    short_for: HashSet<(ActorId, ActorId)>,
}

/// See [`Voicer::short_for`].
fn short_names(codebook: &Codebook) -> HashSet<(ActorId, ActorId)> {
    let named = || codebook.aliases.iter().filter_map(|alias| Some((alias, codebook.rollup(alias.actor?))));
    let peoples: HashMap<&str, ActorId> = named()
        .filter(|(alias, _)| alias.kind == AliasKind::Demonym && !alias.alias.contains(' '))
        .map(|(alias, actor)| (alias.alias.as_str(), actor))
        .collect();
    let of_group = |(alias, group): (&crate::codebook::Alias, ActorId)| {
        let (_, last) = alias.alias.rsplit_once(' ')?;
        let people = *peoples.get(last)?;
        (people != group).then_some((people, group))
    };
    named().filter_map(of_group).collect()
}

/// The buffers of one worker, reused from article to article.
#[derive(Debug, Clone, Default)]
pub struct VoiceScratch {
    quotations: Quotations,
    speeches: Speeches,
    sheet: Sheet,
    memory: Memory,
    introduced: Introduced,
    ranking: Ranking,
    speaker_ranking: SpeakerRanking,
    known: Known,
    /// Kept for those who ask how the roles were found.
    trace: Option<Vec<RoleTrace>>,
    /// Kept for those who ask how the speakers were found.
    ranked_speakers: Vec<SpeakerTrace>,
}

impl VoiceScratch {
    /// Quotations of the last article that were never closed.
    pub fn unclosed_quotes(&self) -> u64 {
        self.quotations.unclosed
    }

    /// Keeps what spoke for each actor as agent and target, from the next article on.
    pub fn keep_roles(&mut self) {
        self.trace = Some(Vec::new());
    }

    /// What spoke for each actor of the last article, if it was to be kept.
    pub fn roles(&self) -> &[RoleTrace] {
        self.trace.as_deref().unwrap_or_default()
    }

    /// What spoke for each actor of the last article as a speaker, if it was to be kept.
    pub fn ranked_speakers(&self) -> &[SpeakerTrace] {
        &self.ranked_speakers
    }

    /// The quotations of the last article, in the order of the text.
    pub fn speeches(&self) -> &[Speech] {
        &self.speeches.found
    }
}

impl Voicer {
    /// # Errors
    /// A cue whose form does not compile; a parsed codebook has none.
    pub fn new(codebook: &Codebook) -> Result<Self> {
        let fact = |alias: &crate::codebook::Alias| {
            let actor = alias.actor?;
            let plural = alias.kind == AliasKind::Demonym && alias.alias.ends_with('s');
            Some(AliasFact {
                actor: codebook.rollup(actor),
                kind: alias.kind,
                party: party(codebook.actors[actor.index()].kind),
                part: codebook.rollup(actor) != actor,
                people: if plural { People::Yes } else { People::No },
            })
        };
        Ok(Self {
            book: CueBook::new(&codebook.cues)?,
            aliases: codebook.aliases.iter().map(fact).collect(),
            terms: codebook.terms.iter().map(|term| (term.frame, term.deed)).collect(),
            short_for: short_names(codebook),
        })
    }

    /// Gives each mention its voicing in `out`: `Some` for framing terms and naming variants, `None` for actors.
    ///
    /// `raw` is the text of which `view` was made, `tokens` are the words of `passages`; `mentions` are those of `sentences`,
    /// sentence by sentence. Variants
    /// get no agent and no target.
    #[expect(clippy::too_many_arguments, reason = "one article in its four layers, and the buffers")]
    pub fn read(
        &self,
        view: &View,
        raw: &str,
        tokens: &Tokens,
        passages: &[Passage],
        sentences: &[Sentence],
        mentions: &[Mention],
        scratch: &mut VoiceScratch,
        out: &mut MentionVoices,
    ) {
        out.clear();
        scratch.quotations.read(view, raw, passages, sentences, |span| self.book.says(view, span));
        scratch.memory.clear();
        scratch.introduced.clear();
        scratch.ranking.clear();
        scratch.speaker_ranking.clear();
        scratch.ranked_speakers.clear();
        self.book.prepare(tokens, &mut scratch.known);
        scratch.sheet.phrases.tagging.prepare(tokens);
        scratch.speeches.read(&scratch.quotations, sentences);
        scratch.trace.iter_mut().for_each(Vec::clear);
        let mut antecedents = Antecedents::default();
        let mut words = tokens.sentencewise();
        let (mut rest, mut quoting) = (mentions, 0);
        loop {
            let wanted = scratch.speeches.wanted.get(quoting).copied();
            let Some(number) = rest.first().map(|mention| mention.sentence).into_iter().chain(wanted).min() else {
                break;
            };
            let speech = wanted == Some(number);
            quoting += usize::from(speech);
            let group;
            (group, rest) = rest.split_at(rest.iter().take_while(|mention| mention.sentence == number).count());
            let sentence = &sentences[number as usize];
            let before = antecedents.before(sentences, number);
            // Who speaks is often brought in by the sentence before.
            let introduces = !group.is_empty() && scratch.speeches.wanted.get(quoting) == Some(&(number + 1));
            for (span, mentions) in pieces(view, sentence.span, group) {
                self.name_actors(view, mentions, &mut scratch.sheet.names, &mut scratch.memory);
                scratch.introduced.meet(view, &scratch.sheet.names);
                let framed = mentions.iter().any(is_framing);
                if framed || speech || introduces {
                    scratch.quotations.approach(span);
                    let words = words.of(span);
                    scratch.sheet.read(view, raw, words, span, &self.book, &mut scratch.known);
                } else {
                    scratch.sheet.words.clear();
                }
                if !scratch.sheet.words.is_empty() {
                    let r = Reading::of(view, &scratch.sheet);
                    scratch.introduced.read(&r, number);
                }
                if framed {
                    self.read_sentence(view, mentions, sentence, before, scratch, out);
                } else {
                    out.push_none(mentions.len());
                }
                if speech {
                    let r = Reading::of(view, &scratch.sheet);
                    scratch.speeches.hear(&r, span, before, &mut scratch.introduced);
                }
                antecedents.note(view, &scratch.sheet, sentence, number, before, &mut scratch.introduced);
            }
        }
        let VoiceScratch { ranking, trace, .. } = scratch;
        let give = |mention: usize, [agent, target]: [Choice; 2]| {
            if let Some(voicing) = out.of_mut(mention) {
                [(voicing.agent, voicing.agent_tier), (voicing.target, voicing.target_tier)] = [agent, target];
            }
        };
        let is_short_for = |people, group| self.short_for.contains(&(people, group));
        ranking.finish(is_short_for, give, |ranked: Ranked| {
            let Ranked { mention, actor, scores, deed, features } = ranked;
            if let Some(trace) = trace {
                trace.push(RoleTrace { mention, actor, scores, deed, features });
            }
        });
        ranking.release();
        scratch.speeches.carry_on();
        for (at, mention) in mentions.iter().enumerate() {
            if let Some(voicing) =
                out.of_mut(at).filter(|voicing| matches!(voicing.voice, Voice::Quoted | Voice::Denied))
                && let Some(speech) = scratch.speeches.of(mention.span)
            {
                voicing.speaker = voicing.speaker.or(scratch.speeches.found[speech].speaker);
            }
        }
        let VoiceScratch { speaker_ranking, speeches, ranked_speakers, trace, .. } = scratch;
        let give = |mention: usize, speaker: Option<ActorId>| {
            if let Some(voicing) = out.of_mut(mention) {
                voicing.speaker = speaker;
            }
        };
        speaker_ranking.finish(speeches, trace.is_some(), give, |of: RankedSpeaker| {
            let RankedSpeaker { mention, actor, score, by_rule, voice, features } = of;
            ranked_speakers.push(SpeakerTrace { mention, actor, score, by_rule, voice, features });
        });
        speaker_ranking.release();
        for (mention, target) in scratch.memory.answers() {
            if let Some(voicing) = out.of_mut(mention).filter(|voicing| voicing.target.is_none()) {
                (voicing.target, voicing.target_tier) = (Some(target), Tier::Ambiguous);
            }
        }
    }

    fn name_actors(&self, view: &View, mentions: &[Mention], names: &mut Vec<Name>, memory: &mut Memory) {
        names.clear();
        for mention in mentions {
            let Entry::Alias(alias) = mention.entry else { continue };
            let Some(fact) = self.aliases[alias.index()] else { continue };
            let usage = match mention.usage {
                Usage::Place => NameUsage::Place,
                Usage::Actor if is_possessive(view, mention.span) => NameUsage::Possessive,
                Usage::Actor if fact.kind == AliasKind::Demonym => NameUsage::Demonym,
                Usage::Actor => NameUsage::Plain,
            };
            let group = match fact.people {
                People::Yes => memory.group_named(view, mention.span),
                People::No => None,
            };
            if fact.party == Party::Group {
                memory.note_group(mention.span, fact.actor);
            }
            names.push(Name { span: mention.span, first: 0, last: 0, fact, usage, group });
        }
    }

    fn read_sentence(
        &self,
        view: &View,
        group: &[Mention],
        sentence: &Sentence,
        before: Before,
        scratch: &mut VoiceScratch,
        out: &mut MentionVoices,
    ) {
        let VoiceScratch { quotations, sheet, memory, introduced, ranking, speaker_ranking, trace, .. } = scratch;
        let r = Reading::of(view, sheet);
        if r.words.is_empty() {
            out.push_none(group.len());
            return;
        }
        memory.note_conflicts(&r);
        if let Some(first) = group.first() {
            speaker_ranking.approach(&r, first.sentence, sentence.passage, introduced);
        }
        for mention in group {
            let (frame, term_deed) = match mention.entry {
                Entry::Alias(_) => {
                    out.push(None);
                    continue;
                }
                Entry::Term(term) => self.terms[term.index()],
                Entry::Variant(_) => (None, None),
            };
            let (first, last) = r.words_of(mention.span);
            let hit = Hit { span: mention.span, first, last };
            let verdict = classify(&r, &hit, quotations);
            let mut voicing = voiced(&r, &verdict);
            let said = verdict.cue.filter(|cue| match verdict.voice {
                Voice::Own => false,
                Voice::Hypothetical => is_demand(&r, cue),
                _ => true,
            });
            if let Some(chunk) = said.and_then(|cue| speaking(&r, &cue)) {
                voicing.speaker = introduced.speaker_of(&r, chunk, voicing.speaker);
                voicing.speaker = voicing.speaker.or_else(|| before.speaker(&r, chunk));
            }
            if let Some(frame) = frame {
                let rules = find_roles(&r, &hit, (out.len(), mention), sentence, frame, before.actor, memory);
                let (mention, passage) = (out.len(), sentence.passage);
                let (sentence, speaker) = (group[0].sentence, voicing.speaker);
                let deed = term_deed.or_else(|| deed(&r, &hit).0.of_term());
                let question = Question { mention, sentence, frame, deed, rules, speaker };
                ranking.read(&r, &hit, &question, trace.is_some());
                let asked = Asked {
                    mention,
                    sentence,
                    passage,
                    voice: voicing.voice,
                    rule: voicing.rule,
                    cue: verdict.cue.map(|cue| cue.span).or(voicing.cue),
                    quotation: quotations
                        .around(hit.span)
                        .max_by_key(|quotation| quotation.words)
                        .map(|quotation| quotation.span),
                    by_rule: speaker,
                    subject: before.actor,
                    person: before.person,
                };
                speaker_ranking.read(&r, &hit, &asked, trace.is_some());
            }
            out.push(Some(voicing));
        }
    }
}

/// Whether it is a framing term or a naming variant.
fn is_framing(mention: &Mention) -> bool {
    !matches!(mention.entry, Entry::Alias(_))
}

fn find_roles(
    r: &Reading,
    hit: &Hit,
    (number, mention): (usize, &Mention),
    sentence: &Sentence,
    frame: FrameId,
    before: Option<ActorId>,
    memory: &mut Memory,
) -> Answers {
    let (deed, strength, head) = deed(r, hit);
    let (sentence, passage) = (mention.sentence, sentence.passage);
    let occasion = Occasion { frame, stem: stem(r.text(head)), sentence, passage, deed, strength };
    let shown = roles(r, hit, before);
    if matches!(deed, Deed::On | Deed::Of) {
        let completed = memory.complete(r, &occasion, hit.first, shown);
        memory.note(&occasion, completed);
        memory.ask(r, &occasion, completed, number);
        return Answers { shown, completed };
    }
    Answers { shown, completed: shown }
}

fn stem(word: &str) -> Stem {
    let mut stem = [0; 6];
    for (to, from) in stem.iter_mut().zip(word.bytes().take(5)) {
        *to = from;
    }
    stem
}

/// Who reports what a cue stands in.
fn reporter(r: &Reading, cue: &CueAt) -> Option<ActorId> {
    let first = cue.first as usize;
    speaker_above(r, first).or_else(|| speaker_behind(r, first))
}

/// Whether somebody asks for or offers what is not there yet: "called for a ceasefire", "urged Norland to attack", "proposed a
/// truce".
fn is_demand(r: &Reading, cue: &CueAt) -> bool {
    let first = cue.first as usize;
    let proposes = || r.has_class(first, Class::Proposing) && r.group_at(first).is_some();
    proposes() || cue.kind == CueKind::Demand || cue.scope == CueScope::Infinitive && r.is(first, CueKind::Demand)
}

/// Whether somebody is told, and not by whom.
fn is_told(r: &Reading, cue: &CueAt) -> bool {
    matches!(cue.kind, CueKind::Report | CueKind::Assertion | CueKind::Factive) && is_passive(r, cue.first as usize)
}

fn voiced(r: &Reading, verdict: &Verdict) -> Voicing {
    let speaker = match (verdict.voice, verdict.cue) {
        (_, None) => verdict.label.and_then(|word| speaks_for(r, r.chunk_at(word)?)),
        (Voice::Own, Some(_)) => None,
        (Voice::Hypothetical, Some(cue)) if !is_demand(r, &cue) => None,
        (_, Some(cue)) => match cue.kind {
            // "alleged" says nothing of who alleges.
            CueKind::DenialPredicate | CueKind::Negation | CueKind::Scare => reporter(r, &cue),
            CueKind::Source if cue.scope == CueScope::Adjacent => reporter(r, &cue),
            // "grounds to believe that": whose grounds they are; "Norland said it had been told of": Norland
            _ if is_infinitive(r, &cue) || is_told(r, &cue) => {
                speaker(r, &cue).or_else(|| speaker_above(r, cue.first as usize))
            }
            _ => speaker(r, &cue),
        },
    };
    Voicing {
        voice: verdict.voice,
        tier: verdict.tier,
        cue: verdict.words.or_else(|| verdict.cue.map(|cue| cue.span)),
        stance: verdict.cue.map(|cue| cue.stance),
        speaker,
        rule: verdict.rule,
        ..Voicing::OWN
    }
}

/// Whether `'s` or the apostrophe of a plural follows.
fn is_possessive(view: &View, span: NormSpan) -> bool {
    let bytes = view.bytes();
    let end = span.end as usize;
    if bytes.get(end) != Some(&b'\'') {
        return false;
    }
    let s_follows = bytes.get(end + 1) == Some(&b's') && !view.masks().alnum.get(end + 2);
    let plural = bytes[end - 1] == b's' && bytes.get(end + 1) == Some(&b' ');
    s_follows || plural
}

fn party(kind: ActorKind) -> Party {
    match kind {
        ActorKind::State | ActorKind::Government | ActorKind::ArmedForce => Party::Side,
        ActorKind::Group => Party::Group,
        ActorKind::Place => Party::Territory,
        ActorKind::Person => Party::Person,
        ActorKind::Organisation | ActorKind::Other => Party::Other,
    }
}
