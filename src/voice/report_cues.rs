//! Who says something in a sentence, and what speaks for each of its actors as the speaker of a term.

use super::Hit;
use super::clause::{Determiner, Hold, Reading};
use super::cues::CueAt;
use super::feature::{Feature, Head, Part, Relation, Use, VERBS, Verb};
use super::introduced::Introduced;
use super::place::head_of;
use super::sheet::{Gap, Name, NameUsage, Party, People};
use super::speaker::{speaker, speaking};
use super::spokesman::speaks_for;
use super::walk::Governor;
use super::word_class::Tag;
use crate::codebook::{CueKind, CueScope};
use crate::id::ActorId;
use crate::span::NormSpan;

/// How many cues of a sentence are looked at for one term.
const MOST_REPORT_CUES: usize = 12;

/// An actor within so many words opens the sentence.
const OPENING_WORDS: usize = 3;
/// How far before a term the verb above it may stand.
const VERB_WORDS: usize = 14;

/// A cue of speech with the noun phrase of who speaks.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReportCue {
    pub cue: CueAt,
    verb: Verb,
    chunk: Option<usize>,
    pub actor: Option<ActorId>,
    /// "he said"
    by_pronoun: bool,
}

/// Collects the cues of a sentence by which somebody speaks.
pub(super) fn report_cues(r: &Reading, introduced: &mut Introduced, out: &mut Vec<ReportCue>) {
    out.clear();
    for cue in r.cues {
        let (first, last) = (cue.first as usize, cue.last as usize);
        let noun = cue.kind == CueKind::SpeechNoun || first == last && r.is_noun(first);
        let verb = match cue.kind {
            CueKind::Source if cue.scope == CueScope::Adjacent => continue,
            CueKind::Source => Verb::Source,
            kind if kind == CueKind::SpeechNoun || kind.is_verb_of_speech() && noun => Verb::Claim,
            kind if kind.is_verb_of_speech() => verb_of(kind),
            _ => continue,
        };
        let chunk = if verb == Verb::Claim { None } else { speaking(r, cue) };
        let shown = speaker(r, cue);
        let actor = chunk.map_or(shown, |chunk| introduced.speaker_of(r, chunk, shown));
        let by_pronoun = chunk.is_some_and(|chunk| r.chunk(chunk).pronoun);
        out.push(ReportCue { cue: *cue, verb, chunk, actor, by_pronoun });
    }
}

impl ReportCue {
    /// 1 where an actor is named, 2 where a pronoun speaks, 3 where somebody else does, 4 where nobody is found.
    pub fn state(&self) -> usize {
        match self {
            Self { by_pronoun: true, .. } => 2,
            Self { actor: Some(_), .. } => 1,
            Self { chunk: Some(_), .. } => 3,
            _ => 4,
        }
    }
}

fn verb_of(kind: CueKind) -> Verb {
    VERBS.iter().find(|(known, _)| *known == kind).map_or(Verb::Other, |(_, verb)| *verb)
}

/// What is known of a term before its speaker: the cue that decided, its rule, and the quotation around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene {
    pub cue: Option<NormSpan>,
    pub rule: Option<usize>,
    pub quotation: Option<NormSpan>,
}

/// Hands each feature of an actor to `add`, and those of nobody with `None`.
pub(super) fn clues(
    r: &Reading,
    hit: &Hit,
    scene: &Scene,
    report_cues: &[ReportCue],
    add: &mut impl FnMut(Option<ActorId>, Feature),
) {
    let near_before = report_cues.iter().rposition(|said_by| (said_by.cue.last as usize) < hit.first);
    let near_behind = report_cues.iter().position(|said_by| said_by.cue.first as usize > hit.last);
    let from = near_before.map_or(0, |at| (at + 1).saturating_sub(MOST_REPORT_CUES / 2));
    for (at, said_by) in report_cues.iter().enumerate().skip(from).take(MOST_REPORT_CUES) {
        let (first, last) = (said_by.cue.first as usize, said_by.cue.last as usize);
        let behind = first > hit.last;
        let near = near_before == Some(at) || near_behind == Some(at);
        let reaches = if behind {
            r.reaches(hit.last, first, Hold::Main)
        } else {
            last < hit.first && r.reaches(last, hit.first, r.hold_of(first))
        };
        let says = Feature::of(if behind { Relation::SaysBehind } else { Relation::SaysBefore });
        let state = usize::from(reaches) + 2 * usize::from(near);
        let across = across(scene, said_by, hit);
        let distance = if behind { first - hit.last } else { hit.first.saturating_sub(last) };
        let steps = [1, 2, 4, 8, 16, 32].iter().take_while(|most| distance > **most).count();
        let side = if behind { Use::Passive } else { Use::Active };
        let decides = scene.cue.is_some_and(|cue| cue == said_by.cue.span);
        let mut give = |actor, part: Part| {
            add(actor, says.verb(said_by.verb).part(part));
            add(actor, says.verb(said_by.verb).number(state).part(part));
            add(actor, says.number(state).part(part));
            add(actor, Feature::of(Relation::SaysAcross).used(side).number(across).part(part));
            if near {
                let near = if behind { Relation::NearBehind } else { Relation::NearBefore };
                add(actor, Feature::of(near).number(across).part(part));
                add(actor, Feature::of(Relation::SaysFar).used(side).number(steps).part(part));
            }
            if decides {
                add(actor, Feature::of(Relation::Decides).verb(said_by.verb).part(part));
                add(actor, Feature::of(Relation::Decides).rule(scene.rule).part(part));
            }
        };
        let named = said_by.actor.is_some();
        give(said_by.actor, if named { Part::Head } else { Part::Empty });
        let Some(chunk) = said_by.chunk else { continue };
        let phrase = r.chunk(chunk);
        let within = |name: &&Name| (phrase.first..=phrase.last).contains(&usize::from(name.last));
        let others = r.names.iter().filter(within).filter(|name| Some(name.fact.actor) != said_by.actor);
        for name in others {
            let place = match name.usage {
                NameUsage::Possessive => 0,
                NameUsage::Demonym => 1,
                NameUsage::Place => 2,
                NameUsage::Plain => 3,
            };
            let head = head_of(r, phrase.last);
            let inside = Feature::of(Relation::InSpeaker).number(place);
            let actor = Some(name.fact.actor);
            add(actor, inside.head(head));
            if near {
                add(actor, inside.head(head).used(side));
            }
            if decides {
                add(actor, inside.rule(scene.rule));
            }
            if r.is_capital(phrase.last) && r.tag(phrase.last) == Tag::Name {
                add(actor, inside.part(Part::Inner).used(side));
            }
            if r.gap(usize::from(name.last) + 1).has(Gap::HYPHEN) {
                add(actor, Feature::of(Relation::InSpeaker).part(Part::After).used(side));
            }
        }
        for (preposition, behind) in r.phrases_after(phrase.last, 12).take(3) {
            let phrase = r.chunk(behind);
            let within = |name: &&Name| (phrase.first..=phrase.last).contains(&usize::from(name.last));
            for name in r.names.iter().filter(within).filter(|name| Some(name.fact.actor) != said_by.actor) {
                let class = r.preposition(preposition);
                add(Some(name.fact.actor), Feature::of(Relation::BehindSpeaker).preposition(class).used(side));
            }
        }
        if !named && near {
            let unnamed = Feature::of(Relation::Unnamed).used(side);
            let unnamed = match said_by.by_pronoun {
                true => unnamed.part(Part::Empty),
                false if r.is_capital(phrase.last) && r.tag(phrase.last) == Tag::Name => unnamed.part(Part::Head),
                false => unnamed.head(head_of(r, phrase.last)),
            };
            add(None, unnamed);
            add(None, unnamed.number(state));
            if decides {
                add(None, unnamed.rule(scene.rule));
            }
        }
    }
    let named = report_cues.iter().filter(|said_by| said_by.actor.is_some()).count();
    add(None, Feature::of(Relation::Speakers).number(report_cues.len().min(3)));
    add(None, Feature::of(Relation::Speakers).number(named.min(3)).part(Part::Head));
    of_term(r, hit, add);
    of_names(r, scene, add);
}

/// 0 where cue and term stand both in the same quotation, or both in none; 1 where only the term is quoted, 2 where
/// only the cue is.
fn across(scene: &Scene, said_by: &ReportCue, hit: &Hit) -> usize {
    match scene.quotation {
        Some(quotation) if quotation.contains(said_by.cue.span.start as usize) => 0,
        Some(_) => 1,
        None if hit.span.start < said_by.cue.span.start => 2,
        None => 3,
    }
}

/// How the term stands in its sentence.
fn of_term(r: &Reading, hit: &Hit, add: &mut impl FnMut(Option<ActorId>, Feature)) {
    let own = (hit.first..=hit.last).find_map(|word| r.group_at(word)).map(|group| r.group(group).first);
    let above = r.group_before(own.unwrap_or(hit.first), VERB_WORDS);
    if let Some(actor) = above.and_then(|group| r.subject_of(group)).and_then(|(chunk, _)| speaks_for(r, chunk)) {
        add(Some(actor), Feature::of(Relation::SubjectAbove));
    }
    let Some(chunk) = r.chunk_at(hit.last) else { return };
    let phrase = r.chunk(chunk);
    if phrase.last > hit.last {
        let head = head_of(r, phrase.last);
        add(None, Feature::of(Relation::TermModifies));
        add(None, Feature::of(Relation::TermModifies).head(head));
    }
    if matches!(r.determiner(hit.first).0, Determiner::Definite | Determiner::Possessive) {
        add(None, Feature::of(Relation::TermKnown));
    }
    if let Some(Governor::Preposition { at, group, .. }) = r.governor(chunk) {
        let said = group.is_some_and(|group| r.is_verb_of_speech(r.group(group).head));
        let when = Feature::of(Relation::TermWhen).preposition(r.preposition(at));
        add(None, when);
        if said {
            add(None, when.verb(Verb::Report));
        }
    }
}

/// What each actor is, and where it stands.
fn of_names(r: &Reading, scene: &Scene, add: &mut impl FnMut(Option<ActorId>, Feature)) {
    for (at, name) in r.names.iter().enumerate() {
        let mut is = |feature: Feature| add(Some(name.fact.actor), feature);
        if let Some(quotation) = scene.quotation {
            let quoted = quotation.contains(name.span.start as usize);
            is(Feature::of(Relation::InQuotation).number(usize::from(quoted)));
        }
        if at == 0 || usize::from(name.first) < OPENING_WORDS {
            is(Feature::of(Relation::Opens).number(usize::from(name.first).min(OPENING_WORDS)));
        }
        match name.usage {
            NameUsage::Possessive => is(Feature::of(Relation::OwnsSomething)),
            NameUsage::Demonym => is(Feature::of(Relation::IsDemonym)),
            NameUsage::Place => is(Feature::of(Relation::IsPlace)),
            NameUsage::Plain => {}
        }
        match name.fact.party {
            Party::Territory => is(Feature::of(Relation::IsTerritory)),
            Party::Person => is(Feature::of(Relation::IsPerson)),
            Party::Group => is(Feature::of(Relation::IsGroup)),
            Party::Other => is(Feature::of(Relation::IsOther)),
            Party::Side => {}
        }
        if name.fact.people == People::Yes {
            is(Feature::of(Relation::IsPeople));
        }
        let last = usize::from(name.last);
        let Some(phrase) = r.chunk_at(last).map(|chunk| r.chunk(chunk)) else { continue };
        if last < phrase.last {
            is(Feature::of(Relation::HeadIs).head(head_of(r, phrase.last)));
        }
        if (phrase.first..=phrase.last).any(|word| head_of(r, word) == Head::Office) {
            is(Feature::of(Relation::HasOffice));
        }
    }
}
