//! Actors without a name, frames without a term, terms without a force or a deed, pairs without a contest.

use super::{CodebookFiles, Finding, LintKind};
use crate::codebook::{Codebook, Pattern};
use crate::id::{ActorId, FrameId, PairId};
use std::collections::{BTreeMap, HashSet};

pub(super) fn check(codebook: &Codebook, files: CodebookFiles<'_>, findings: &mut Vec<Finding>) {
    let named: HashSet<ActorId> = codebook.aliases.iter().filter_map(|alias| alias.actor).collect();
    let parents: HashSet<ActorId> = codebook.actors.iter().filter_map(|actor| actor.parent).collect();
    for (at, actor) in codebook.actors.iter().enumerate() {
        let id = ActorId::new(at);
        if !named.contains(&id) && !parents.contains(&id) {
            let what = format!("the actor `{}` has no alias and no actor rolls up to it", actor.code);
            findings.push(files.finding(
                LintKind::Unused,
                ("actors.csv", actor.line),
                what,
                "a name counts only as a row of aliases.csv",
            ));
        }
    }
    let framed: HashSet<FrameId> =
        codebook.terms.iter().filter(|term| term.kind != Pattern::Mask).filter_map(|term| term.frame).collect();
    for (at, frame) in codebook.frames.iter().enumerate() {
        if !framed.contains(&FrameId::new(at)) {
            let what = format!("the frame `{}` has no term", frame.code);
            findings.push(files.finding(LintKind::Unused, ("frames.csv", frame.line), what, ""));
        }
    }
    // A codebook may do without; one that says it of some terms counts the others as if it had said it.
    if codebook.has_forces() {
        for term in codebook.terms.iter().filter(|term| term.kind != Pattern::Mask && term.force.is_none()) {
            let what = format!("the term `{}` has no `force`: it counts as neutral", term.term);
            let help = "write loaded or neutral";
            findings.push(files.finding(LintKind::Incomplete, ("terms.csv", term.line), what, help));
        }
    }
    if codebook.terms.iter().any(|term| term.deed.is_some()) {
        for term in codebook.terms.iter().filter(|term| term.kind != Pattern::Mask && term.deed.is_none()) {
            let what = format!("the term `{}` has no `deed`: agent and target are found less well", term.term);
            let help = "write how they stand to the term: on, of, mutual, thing ...; docs/voice.md lists all";
            findings.push(files.finding(LintKind::Incomplete, ("terms.csv", term.line), what, help));
        }
    }
    let mut poles: BTreeMap<PairId, (HashSet<&str>, u64)> = BTreeMap::new();
    for variant in &codebook.variants {
        let pair = poles.entry(variant.pair).or_insert_with(|| (HashSet::new(), variant.line));
        pair.0.insert(&variant.pole);
    }
    for (pair, (poles, line)) in poles {
        if poles.len() < 2 {
            let what =
                format!("the pair `{}` has one pole only: nothing is contested", codebook.pairs[pair.index()].code);
            findings.push(files.finding(LintKind::Unused, ("pairs.csv", line), what, "add the other side's names"));
        }
    }
}
