//! Trying each entry: its own spelling, between words that mean nothing, must be a hit of it.

use super::spellings::spellings;
use super::{CodebookFiles, Finding, LintKind};
use crate::codebook::{Alias, Codebook, Pattern, Term};
use crate::corpus::PartialDate;
use crate::error::Result;
use crate::id::{AliasId, TermId, VariantId};
use crate::normalise::View;
use crate::normalise::fold::fold_key;
use crate::segment::{Sentence, Tokens};
use crate::span::NormSpan;
use crate::tag::{Entry, Mention, RejectReason, Tagger, Tags};

/// Words of no codebook, with lower-case letters so that the sentence is no line of capitals.
const BEFORE: &str = "Qxz ";
const AFTER: &str = " zvq.";

pub(super) fn check(codebook: &Codebook, files: CodebookFiles<'_>, findings: &mut Vec<Finding>) -> Result<()> {
    let tagger = Tagger::new(codebook)?;
    let (tags, view, tokens) = Default::default();
    let mut trial = EntryTrial { codebook, tagger, tags, view, tokens };
    for (at, alias) in codebook.aliases.iter().enumerate() {
        if alias.actor.is_some() {
            let date = alias.dates.from.as_ref().or(alias.dates.to.as_ref());
            let verdict = trial.run(&alias.alias, date, Entry::Alias(AliasId::new(at)));
            findings.extend(alias_finding(codebook, files, alias, verdict));
        }
        ordinary(files, alias, findings);
    }
    for (at, term) in codebook.terms.iter().enumerate() {
        if term.kind != Pattern::Mask {
            let verdicts: Vec<TrialVerdict> =
                spellings(term).iter().map(|text| trial.run(text, None, Entry::Term(TermId::new(at)))).collect();
            findings.extend(term_finding(codebook, files, term, &verdicts));
        }
    }
    for (at, variant) in codebook.variants.iter().enumerate() {
        let date = variant.dates.from.as_ref().or(variant.dates.to.as_ref());
        let verdict = trial.run(&variant.term, date, Entry::Variant(VariantId::new(at)));
        // No actor is named beside it here.
        if !matches!(verdict, TrialVerdict::Wins | TrialVerdict::Refused(RejectReason::Near)) {
            let what = format!("the name `{}` never matches its own spelling", variant.term);
            findings.push(files.finding(LintKind::Unmatchable, ("pairs.csv", variant.line), what, ""));
        }
    }
    Ok(())
}

struct EntryTrial<'a> {
    codebook: &'a Codebook,
    tagger: Tagger,
    tags: Tags,
    view: View,
    tokens: Tokens,
}

/// What the matcher makes of an entry that is written as in the codebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TrialVerdict {
    Wins,
    /// Another entry has the hit.
    Loses(Entry),
    Masked,
    Refused(RejectReason),
    NotFound,
}

impl EntryTrial<'_> {
    fn run(&mut self, spelling: &str, date: Option<&PartialDate>, entry: Entry) -> TrialVerdict {
        let text = format!("{BEFORE}{spelling}{AFTER}");
        self.view.read(&text);
        let whole = Sentence { span: NormSpan::new(0, self.view.text().len()), passage: 0 };
        self.tokens.read(&self.view, &text, &[whole.span]);
        self.tagger.tag(&self.view, &self.tokens, &[whole], date, &mut self.tags);
        if self.tags.mentions.iter().any(|mention| mention.entry == entry) {
            return TrialVerdict::Wins;
        }
        let Some(rejected) = self.tags.rejected.iter().find(|rejected| rejected.entry == entry) else {
            return TrialVerdict::NotFound;
        };
        match rejected.reason {
            RejectReason::Masked => TrialVerdict::Masked,
            RejectReason::Shadowed => {
                let covers = |mention: &&Mention| {
                    mention.span.start <= rejected.span.start
                        && rejected.span.end <= mention.span.end
                        && self.lane(mention.entry) == self.lane(entry)
                };
                self.tags
                    .mentions
                    .iter()
                    .find(covers)
                    .map_or(TrialVerdict::Masked, |mention| TrialVerdict::Loses(mention.entry))
            }
            // Nothing else stands in the sentence here.
            RejectReason::Everyday => TrialVerdict::Wins,
            reason => TrialVerdict::Refused(reason),
        }
    }

    /// Entries compete within actors, one frame, or one pair.
    fn lane(&self, entry: Entry) -> (u8, u32) {
        match entry {
            Entry::Alias(_) => (0, 0),
            Entry::Term(term) => (1, self.codebook.terms[term.index()].frame.map_or(0, |frame| frame.0)),
            Entry::Variant(variant) => (2, self.codebook.variants[variant.index()].pair.0),
        }
    }
}

fn alias_finding(
    codebook: &Codebook,
    files: CodebookFiles<'_>,
    alias: &Alias,
    verdict: TrialVerdict,
) -> Option<Finding> {
    let place = ("aliases.csv", alias.line);
    let name = &alias.alias;
    let actor = |alias: &Alias| alias.actor.map_or("", |actor| codebook.actors[actor.index()].code.as_str());
    match verdict {
        TrialVerdict::Wins => None,
        TrialVerdict::Loses(Entry::Alias(winner)) => {
            let winner = &codebook.aliases[winner.index()];
            let line = winner.line;
            if winner.actor != alias.actor {
                let what =
                    format!("`{name}` is `{}` here and `{}` in line {line}, which wins", actor(alias), actor(winner));
                return Some(files.finding(
                    LintKind::Contradictory,
                    place,
                    what,
                    "give the rows date ranges that do not meet, or guards, or remove one",
                ));
            }
            if winner.not_before != alias.not_before || winner.not_after != alias.not_after {
                let what =
                    format!("`{name}` has other guards than `{}` in line {line}, which matches the same", winner.alias);
                return Some(files.finding(LintKind::Contradictory, place, what, "join the two rows"));
            }
            if !winner.dates.is_open() && alias.dates.is_open() {
                return None;
            }
            let what = format!("`{name}` matches nothing that `{}` in line {line} does not", winner.alias);
            Some(files.finding(
                LintKind::Duplicate,
                place,
                what,
                "capitals, accents, dashes and hyphens are folded; remove one",
            ))
        }
        TrialVerdict::Loses(Entry::Term(_) | Entry::Variant(_)) => None,
        TrialVerdict::Masked => {
            let key = fold_key(name);
            let mask = codebook.aliases.iter().find(|mask| mask.actor.is_none() && fold_key(&mask.alias) == key);
            let by = mask.map_or_else(|| "a mask".to_owned(), |mask| format!("the mask in line {}", mask.line));
            Some(files.finding(LintKind::Shadowed, place, format!("{by} hides every `{name}`"), "remove one of them"))
        }
        TrialVerdict::Refused(reason) => {
            let what = format!("`{name}` refuses its own spelling ({})", reason.name());
            Some(files.finding(LintKind::Unmatchable, place, what, "see the row's guards and dates"))
        }
        TrialVerdict::NotFound => {
            let what = format!("`{name}` never matches: a match begins and ends at the edge of a word");
            Some(files.finding(LintKind::Unmatchable, place, what, "leave signs at its ends out"))
        }
    }
}

fn term_finding(
    codebook: &Codebook,
    files: CodebookFiles<'_>,
    term: &Term,
    verdicts: &[TrialVerdict],
) -> Option<Finding> {
    let place = ("terms.csv", term.line);
    let name = &term.term;
    if verdicts.contains(&TrialVerdict::Wins) {
        return None;
    }
    let loses = verdicts.iter().find_map(|verdict| match verdict {
        TrialVerdict::Loses(Entry::Term(winner)) => Some(&codebook.terms[winner.index()]),
        TrialVerdict::Loses(Entry::Alias(_) | Entry::Variant(_))
        | TrialVerdict::Wins
        | TrialVerdict::Masked
        | TrialVerdict::Refused(_)
        | TrialVerdict::NotFound => None,
    });
    if let Some(winner) = loses {
        let kind =
            if fold_key(&winner.pattern) == fold_key(&term.pattern) { LintKind::Duplicate } else { LintKind::Shadowed };
        let what = format!("`{}` in line {} takes every `{name}`", winner.term, winner.line);
        return Some(files.finding(kind, place, what, "remove one, or move this row above that one to keep it apart"));
    }
    match verdicts.first() {
        Some(TrialVerdict::Masked) => {
            Some(files.finding(LintKind::Shadowed, place, format!("a mask hides every `{name}`"), "remove one of them"))
        }
        Some(TrialVerdict::Refused(reason)) => {
            let what = format!("`{name}` refuses its own spelling ({})", reason.name());
            Some(files.finding(LintKind::Unmatchable, place, what, "see the row's guards"))
        }
        // Of a regular expression a few spellings only are tried, which may all be odd ones.
        Some(TrialVerdict::NotFound) if term.kind != Pattern::Regex => {
            let what = format!("`{}` never matches: a match begins and ends at the edge of a word", term.pattern);
            Some(files.finding(LintKind::Unmatchable, place, what, "leave signs at its ends out"))
        }
        Some(TrialVerdict::NotFound | TrialVerdict::Wins | TrialVerdict::Loses(_)) | None => None,
    }
}

/// A name in small letters, or a short one in any case, is an ordinary word.
fn ordinary(files: CodebookFiles<'_>, alias: &Alias, findings: &mut Vec<Finding>) {
    use crate::codebook::{AliasKind, Case};
    if alias.kind == AliasKind::Mask {
        return;
    }
    let letters: Vec<char> = alias.alias.chars().filter(|c| c.is_alphabetic()).collect();
    let is_short = letters.len() <= 3;
    let is_small = letters.iter().all(|c| c.is_lowercase()) && !alias.alias.contains([' ', '-']);
    if is_short && (alias.case == Case::Insensitive || is_small) {
        let what = format!("`{}` matches ordinary words of {} letters", alias.alias, letters.len());
        findings.push(files.finding(
            LintKind::Ordinary,
            ("aliases.csv", alias.line),
            what,
            "write its capitals and leave `match_case` empty",
        ));
    }
}
