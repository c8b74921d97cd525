//! The order of the voices: denied, scare, quoted, attributed, hypothetical, own; the first that fits.

use super::attribution::attributes;
use super::clause::{Hold, Reading};
use super::cues::CueAt;
use super::demanded::{demands, wishes};
use super::denial::{denies, is_negated};
use super::feature::Head;
use super::grammar::Function;
use super::granted::{is_granted, is_since_then};
use super::place::head_of;
use super::possibility::{Possibility, is_known, opens};
use super::quotations::{Quotation, Quotations};
use super::sheet::{Gap, Word};
use super::source::{label, label_behind};
use super::speaker::speaker;
use super::walk::Governor;
use super::word_class::{Class, Tag};
use super::{Hit, Tier, Voice, rules};
use crate::codebook::{CueKind, CueScope, Strength};
use crate::span::NormSpan;

/// A quotation of up to this many words is the term itself or little more.
pub(super) const SHORT_QUOTATION_WORDS: u32 = 6;

/// A phrase in marks of so many words, one of them a preposition, is cited.
const PASSAGE_WORDS: usize = 4;
/// How far before a phrase in marks its verb may end, or behind a speech that it interrupts.
const PHRASE_WORDS: usize = 4;

/// The voice of a hit and what decided it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verdict {
    pub voice: Voice,
    pub tier: Tier,
    pub rule: &'static str,
    /// The words that decided, when they are no cue: a quotation, a label.
    pub words: Option<NormSpan>,
    /// The cue whose subject speaks.
    pub cue: Option<CueAt>,
    pub label: Option<usize>,
}

/// What the cues of the sentence say of one hit, before the order of the voices is applied.
#[derive(Debug, Clone, Copy, Default)]
struct Findings {
    denied: Option<(CueAt, &'static str)>,
    scare: Option<(CueAt, &'static str)>,
    attributed: Option<(CueAt, &'static str)>,
    open: Option<(CueAt, &'static str)>,
    presupposed: Option<CueAt>,
    demand: Option<CueAt>,
}

pub(super) fn classify(r: &Reading, hit: &Hit, quotations: &Quotations) -> Verdict {
    let outermost = quotations.around(hit.span).max_by_key(|quotation| quotation.words);
    let findings = findings(r, hit, quotations);
    let Findings { denied, scare, attributed, open, presupposed, demand } = findings;
    let decided = |voice, (cue, rule): (CueAt, &'static str)| {
        let tier = if cue.strength == Strength::Weak { Tier::Ambiguous } else { Tier::Firm };
        Verdict { voice, tier, rule, words: None, cue: Some(cue), label: None }
    };
    // What is denied or kept at a distance inside a speech is the speaker's affair.
    let within = |cue: &CueAt| {
        outermost.is_some_and(|quotation| {
            let inside = |word: &&Word| quotation.span.contains(word.span.start as usize);
            quotation.words > SHORT_QUOTATION_WORDS
                && quotation.span.contains(cue.span.start as usize)
                && r.words.iter().filter(inside).nth(SHORT_QUOTATION_WORDS as usize).is_some()
        })
    };
    // "No losses were reported, the army said": its report, but not "There is no siege, the army said".
    let behind = attributed.is_some_and(|(cue, _)| usize::from(cue.first) > hit.last) && outermost.is_none();
    let reported = |cue: &CueAt| {
        let adjacent = cue.kind == CueKind::Negation && cue.scope == CueScope::Adjacent;
        let is = usize::from(cue.first).checked_sub(1).is_some_and(|word| r.has_class(word, Class::Be));
        behind && adjacent && !is
    };
    // "Refugees spoke of a siege, which Norland denies": their word, whoever answers it; "accusations of a siege" are nobody's.
    let is_somebodys = |cue: &CueAt, rule| rule != rules::ATTRIBUTED_NOUN || speaker(r, cue).is_some();
    let before = || attributed.is_some_and(|(cue, rule)| usize::from(cue.last) < hit.first && is_somebodys(&cue, rule));
    let answered = |rule: &str| rule == rules::DENIED_CLAIM && (outermost.is_some() || before());
    if let Some(found) = denied.filter(|(cue, rule)| !within(cue) && !reported(cue) && !answered(rule)) {
        return decided(Voice::Denied, found);
    }
    if let Some(found) = scare.filter(|(cue, _)| !within(cue)) {
        return decided(Voice::Scare, found);
    }
    if let Some(quotation) = outermost {
        return quoted(r, quotation, attributed);
    }
    if let Some(found) = attributed {
        let trails = matches!(found.1, rules::ATTRIBUTED_TRAILING | rules::ATTRIBUTED_SOURCE);
        let behind = trails && found.0.first as usize > hit.last;
        // "A truce could hold if the talks go on, officials said": what is open nobody takes for granted.
        if open.is_none() && denied.is_none() && behind && is_granted(r, hit, &found.0)
            || is_since_then(r, hit, &found.0)
        {
            let words = Some(found.0.span);
            let (voice, tier, rule) = (Voice::Own, Tier::Ambiguous, rules::OWN_GRANTED);
            return Verdict { voice, tier, rule, words, cue: None, label: None };
        }
        return decided(Voice::Attributed, found);
    }
    if let Some(word) = label(r, hit).or_else(|| label_behind(r, hit)) {
        let words = Some(r.words[word].span);
        let (voice, tier, rule) = (Voice::Attributed, Tier::Ambiguous, rules::ATTRIBUTED_LABEL);
        return Verdict { voice, tier, rule, words, cue: None, label: Some(word) };
    }
    if let Some(found) = open {
        return decided(Voice::Hypothetical, found);
    }
    let own = |tier, rule, cue: Option<CueAt>| Verdict {
        voice: Voice::Own,
        tier,
        rule,
        words: cue.map(|cue| cue.span),
        cue: None,
        label: None,
    };
    match (demand, presupposed) {
        (Some(cue), _) => Verdict { cue: Some(cue), ..own(Tier::Ambiguous, rules::OWN_DEMAND, Some(cue)) },
        (None, Some(cue)) => own(Tier::Ambiguous, rules::OWN_PRESUPPOSED, Some(cue)),
        (None, None) => own(Tier::None, rules::OWN, None),
    }
}

/// A term in quotation marks: speech, a phrase that a reporting cue brings in, or the article's distance.
fn quoted(r: &Reading, quotation: &Quotation, attributed: Option<(CueAt, &'static str)>) -> Verdict {
    let outside = |cue: &CueAt| cue.span.end <= quotation.span.start || cue.span.start >= quotation.span.end;
    let short = quotation.words <= SHORT_QUOTATION_WORDS;
    let beside = match short {
        false => reporting_verb_beside(r, quotation),
        true => interrupting(r, quotation),
    };
    // "alleged" before the marks brings in no speech.
    let brings_in = |cue: &CueAt| outside(cue) && !(cue.kind == CueKind::Source && cue.scope == CueScope::Adjacent);
    let said_by = beside.or_else(|| attributed.map(|(cue, _)| cue).filter(brings_in));
    let said_by = said_by.or_else(|| verb_before(r, quotation).filter(|_| short));
    let said_by = said_by.or_else(|| verb_above(r, quotation).filter(|_| short));
    let (voice, rule) = match short {
        false => (Voice::Quoted, rules::QUOTED),
        true if said_by.is_some() || is_speech(r, quotation) || is_passage(r, quotation) => {
            (Voice::Quoted, rules::QUOTED_PHRASE)
        }
        true => (Voice::Scare, rules::SCARE_QUOTES),
    };
    // "Baku “called for a truce ...”": the speaker stands before the marks, his verb within.
    let within = (!short && said_by.is_none()).then(|| subject_before(r, quotation)).flatten();
    Verdict { voice, tier: Tier::Firm, rule, words: Some(quotation.span), cue: said_by, label: within }
}

/// The words of a quotation in the sentence.
fn words_in<'r>(r: &'r Reading, quotation: &'r Quotation) -> impl Iterator<Item = usize> + 'r {
    (0..r.words.len()).filter(|word| quotation.span.contains(r.words[*word].span.start as usize))
}

/// "“we shall not leave our siege”": somebody speaks, and names nothing.
fn is_speech(r: &Reading, quotation: &Quotation) -> bool {
    words_in(r, quotation).any(|word| {
        let verb = || r.group_at(word).is_some_and(|group| r.group(group).finite);
        [Class::FirstPerson, Class::Ours].iter().any(|class| r.has_class(word, *class)) || verb()
    })
}

/// "districts “badly damaged by shelling”", "“helping Norland's siege”": more than a name, so it is cited and not kept at a
/// distance.
fn is_passage(r: &Reading, quotation: &Quotation) -> bool {
    let adposition = |word: usize| r.is_adposition(word) && r.group_at(word).is_none();
    let verb =
        |word: usize| r.tag(word) == Tag::Ing && r.group_at(word).is_some_and(|group| r.object_of(group).is_some());
    words_in(r, quotation).count() >= PASSAGE_WORDS && words_in(r, quotation).any(|word| adposition(word) || verb(word))
}

/// The last word of the subject of the verb with which a quotation begins.
fn subject_before(r: &Reading, quotation: &Quotation) -> Option<usize> {
    let opens = r.words.iter().position(|word| word.span.start >= quotation.span.start)?;
    let group = r.group_at(opens).filter(|group| r.group(*group).finite)?;
    let (subject, _) = r.subject_of(group)?;
    Some(r.chunk(subject).last).filter(|last| *last < opens)
}

/// The verb directly before a phrase in marks: "called for an “immediate truce”", "declared a “siege”".
fn verb_before(r: &Reading, quotation: &Quotation) -> Option<CueAt> {
    let opens = r.words.iter().position(|word| word.span.start >= quotation.span.start)?;
    let brings = |cue: &&CueAt| {
        let (first, last) = (cue.first as usize, cue.last as usize);
        let speech = cue.kind.is_verb_of_speech() && !(first == last && r.is_noun(first));
        speech && last < opens && opens - last <= PHRASE_WORDS && r.reaches(last, opens, Hold::Main)
    };
    r.cues.iter().rev().find(brings).copied()
}

/// The verb that interrupts a speech at the head of a sentence: "“The siege,” the minister said, “must end.”"
fn interrupting(r: &Reading, quotation: &Quotation) -> Option<CueAt> {
    let behind = r.words.iter().position(|word| word.span.start >= quotation.span.end)?;
    let opens = r.words.first().is_some_and(|word| quotation.span.contains(word.span.start as usize));
    let goes_on = opens && r.gap(behind).has(Gap::COMMA);
    let says = |cue: &&CueAt| {
        let first = usize::from(cue.first);
        (behind..=behind + PHRASE_WORDS).contains(&first) && cue.kind.is_verb_of_speech() && r.group_at(first).is_some()
    };
    r.cues.iter().find(says).filter(|_| goes_on).copied()
}

/// The verb of speech somewhere before a phrase in marks: "expressed his grief for the victims of the “cruel war”". Not of
/// what somebody owns: "spoke of Norland’s “cruel war”".
fn verb_above(r: &Reading, quotation: &Quotation) -> Option<CueAt> {
    let opens = r.words.iter().position(|word| word.span.start >= quotation.span.start)?;
    let owned = opens.checked_sub(1).is_some_and(|word| r.is_possessive(word));
    let says = |cue: &&CueAt| {
        let (first, last) = (cue.first as usize, cue.last as usize);
        cue.kind.is_verb_of_speech()
            && last < opens
            && !owned
            && r.group_at(first).is_some()
            && !(last + 1..=opens).any(|word| r.gap(word).has(Gap::STOP) || r.gap(word).has(Gap::DASH))
    };
    r.cues.iter().rev().find(says).copied()
}

/// The reporting verb of the sentence that stands outside the quotation, nearest to it.
fn reporting_verb_beside(r: &Reading, quotation: &Quotation) -> Option<CueAt> {
    let distance = |cue: &CueAt| {
        let (start, end) = (quotation.span.start, quotation.span.end);
        if cue.span.end <= start { start - cue.span.end } else { cue.span.start.saturating_sub(end) }
    };
    let verb = |cue: &&CueAt| {
        let says = matches!(cue.kind, CueKind::Report | CueKind::Assertion | CueKind::Factive | CueKind::Naming);
        let outside = cue.span.end <= quotation.span.start || cue.span.start >= quotation.span.end;
        let says = says || cue.kind == CueKind::Demand;
        let verb = || r.group_at(cue.first as usize).is_some() && !is_negated(r, cue.first as usize);
        outside && (cue.kind == CueKind::Source || says && verb())
    };
    r.cues.iter().filter(verb).min_by_key(|cue| distance(cue)).copied()
}

fn findings(r: &Reading, hit: &Hit, quotations: &Quotations) -> Findings {
    let mut findings = Findings::default();
    for cue in r.cues {
        if cue.kind > CueKind::SourceNoun || overlaps(cue.span, hit.span) || is_no_cue(r, cue) {
            continue;
        }
        if cue.kind != CueKind::DenialPredicate && is_quoted_elsewhere(cue, hit, quotations) {
            continue;
        }
        let nearer = |found: Option<(CueAt, &'static str)>| {
            found.is_none_or(|(other, _)| distance(cue, hit) <= distance(&other, hit))
        };
        match cue.kind {
            CueKind::Denial | CueKind::DenialPredicate | CueKind::Negation => {
                if let Some(rule) = denies(r, cue, hit) {
                    if nearer(findings.denied) {
                        findings.denied = Some((*cue, rule));
                    }
                } else if let Some(rule) = attributes(r, cue, hit).filter(|_| nearer(findings.attributed)) {
                    findings.attributed = Some((*cue, rule));
                }
            }
            CueKind::Scare => {
                if r.adjoins(cue.last as usize, hit.first, 3) {
                    findings.scare = Some((*cue, rules::SCARE_WORD));
                }
            }
            CueKind::Hypothetical => match opens(r, cue, hit) {
                Some(Possibility::Open(rule)) if nearer(findings.open) => findings.open = Some((*cue, rule)),
                Some(Possibility::Presupposed) => findings.presupposed = Some(*cue),
                _ => {}
            },
            CueKind::Demand => {
                if demands(r, cue, hit) {
                    findings.demand = Some(*cue);
                    if wishes(r, cue, hit) && nearer(findings.open) {
                        findings.open = Some((*cue, rules::HYPOTHETICAL_DEMAND));
                    }
                }
            }
            _ => {
                if let Some(rule) = denies(r, cue, hit) {
                    findings.denied = Some((*cue, rule));
                } else if let Some(rule) = attributes(r, cue, hit) {
                    let thing = is_of_thing(r, cue);
                    let aspect = is_of_aspect(r, cue, hit);
                    let nobodys = is_fear_of_nobody(r, cue, rule) && !aspect;
                    if (thing || nobodys || is_feared(r, cue, hit)) && !is_known(r, hit) {
                        findings.open = Some((*cue, rules::HYPOTHETICAL_RISK));
                        continue;
                    }
                    if thing || aspect {
                        continue;
                    }
                    if is_what_it_called(r, cue, hit) {
                        findings.scare = Some((*cue, rules::SCARE_NAMING));
                    }
                    if nearer(findings.attributed) && !is_known_before(r, findings.attributed, cue) {
                        findings.attributed = Some((*cue, rule));
                    }
                }
            }
        }
    }
    findings
}

/// "X's officials said the siege was over, the paper reported": X's officials.
fn is_known_before(r: &Reading, before: Option<(CueAt, &'static str)>, cue: &CueAt) -> bool {
    let behind = before.filter(|(said, _)| said.kind == CueKind::Report && said.last < cue.first);
    behind.is_some_and(|(said, _)| speaker(r, &said).is_some() && speaker(r, cue).is_none())
}

/// "There are fears that", "hopes that ... were dashed": nobody says it.
fn is_fear_of_nobody(r: &Reading, cue: &CueAt, rule: &str) -> bool {
    let noun = rule == rules::ATTRIBUTED_NOUN || r.gap(cue.first as usize).has(Gap::BREAK) || cue.first == 0;
    noun && r.has_class(cue.first as usize, Class::Feeling) && speaker(r, cue).is_none()
}

/// "concern about the price of gas", "fears for the victims of the siege": the term is there.
fn is_of_aspect(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let governor = || r.chunk_at(hit.last).and_then(|chunk| r.governor(chunk));
    r.has_class(cue.first as usize, Class::Feeling)
        && matches!(governor(), Some(Governor::Preposition { at, chunk: Some(above), .. })
            if r.has_class(at, Class::Of) && r.has_class(r.chunk(above).last, Class::Aspect))
}

/// "Fearing an offensive, the farmers fled": what is feared itself, not what somebody fears of it.
fn is_feared(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let verb = r.group_at(cue.first as usize).filter(|_| r.has_class(cue.first as usize, Class::Feeling));
    let chunk = r.chunk_at(hit.last).filter(|chunk| r.chunk(*chunk).last == hit.last);
    chunk.is_some() && verb.and_then(|verb| r.object_of(verb)) == chunk && !r.has_finite_verb_by(hit.last)
}

/// "The clashes threaten to become a war": nobody's words.
fn is_of_thing(r: &Reading, cue: &CueAt) -> bool {
    let to = cue.kind == CueKind::Assertion && r.has_class(cue.last as usize, Class::Infinitive);
    let subject = r.group_at(cue.first as usize).filter(|_| to).and_then(|verb| r.subject_of(verb));
    let head = subject.map(|(chunk, _)| r.chunk(chunk).last);
    head.is_some_and(|head| {
        let thing = matches!(head_of(r, head), Head::Deed | Head::Conflict | Head::Thing);
        thing || r.has_class(head, Class::Feeling)
    })
}

/// "what it called an anti-terrorist operation", "what officials describe as a siege".
fn is_what_it_called(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let (first, last) = (cue.first as usize, cue.last as usize);
    let names = matches!(cue.kind, CueKind::Naming | CueKind::Perception) && hit.first > last;
    let link = if r.function_after(last) == Function::As { last + 1 } else { last };
    names
        && r.adjoins(link, hit.first, 4)
        && (first.saturating_sub(9)..first).any(|word| r.function(word) == Function::What)
}

fn distance(cue: &CueAt, hit: &Hit) -> usize {
    let (first, last) = (cue.first as usize, cue.last as usize);
    // What precedes a term governs it before what follows at the same distance.
    if last < hit.first { (hit.first - last) * 2 } else { first.saturating_sub(hit.last) * 2 + 1 }
}

fn overlaps(a: NormSpan, b: NormSpan) -> bool {
    a.start < b.end && b.start < a.end
}

/// "states" in "United States", "term" in "long-term", "May" the month.
fn is_no_cue(r: &Reading, cue: &CueAt) -> bool {
    let (first, last) = (cue.first as usize, cue.last as usize);
    let named = r.name_at(first).is_some_and(|name| name.span.start <= cue.span.start && cue.span.end <= name.span.end);
    let compound = first == last
        && (r.gap(first).has(Gap::HYPHEN) || (last + 1 < r.words.len() && r.gap(last + 1).has(Gap::HYPHEN)));
    // "May saw heavy fighting", but not "May the siege end"
    let verb = || last + 1 < r.words.len() && matches!(r.tag(last + 1), Tag::Past | Tag::Present);
    let month = r.has_class(first, Class::Month) && r.is_capital(first) && (first > 0 || verb());
    // ", considering the attacks"
    let opens = first == 0 || r.gap(first).has(Gap::COMMA);
    let in_view_of = opens && r.has_class(first, Class::InViewOf) && r.function_after(last) == Function::Definite;
    named || compound || month || in_view_of
}

/// A cue inside a quotation says nothing of what stands outside it.
fn is_quoted_elsewhere(cue: &CueAt, hit: &Hit, quotations: &Quotations) -> bool {
    quotations.around(cue.span).any(|quotation| !overlaps(quotation.span, hit.span))
}
