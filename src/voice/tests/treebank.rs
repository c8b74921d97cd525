//! The clause walk against a treebank: how often it finds the subject, the object, the agent of a passive verb, the owner
//! of a noun, the noun that a relative clause speaks of, and what a verb of saying governs. Figures stand in
//! `docs/voice.md`; `cargo test --lib treebank -- --ignored --nocapture` prints them.

use super::super::attribution::attributes;
use super::super::clause::Reading;
use super::super::cues::{CueBook, Known};
use super::super::sheet::Sheet;
use super::super::walk_subject::How;
use super::super::word_class::Class;
use super::*;
use flate2::read::GzDecoder;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::PathBuf;

/// The treebank's kinds of text that are nearest to what framescope reads.
const KINDS: [&str; 2] = ["GUM_news", "GUM_speech"];

/// What is measured, and what precision and recall may not fall below: what they were, rounded down.
const RELATIONS: [(&str, f64, f64); 7] = [
    ("nsubj", 0.85, 0.85),
    ("nsubj:pass", 0.86, 0.82),
    ("obj", 0.89, 0.85),
    ("obl:agent", 0.84, 0.77),
    ("nmod:poss", 0.97, 0.94),
    ("acl:relcl", 0.74, 0.70),
    ("ccomp", 0.70, 0.336),
];

/// A token of the treebank; its head is a number in the same sentence.
struct Node {
    upos: String,
    xpos: String,
    head: Option<usize>,
    relation: String,
    start: usize,
}

/// Sentences with their texts.
fn sentences() -> Vec<(String, Vec<Node>)> {
    let shared = std::env::var_os("FRAMESCOPE_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let path = shared.join("treebank/en_gum.tsv.gz");
    let file =
        std::fs::File::open(&path).unwrap_or_else(|error| panic!("{}: {error}; set FRAMESCOPE_SHARED", path.display()));
    let mut lines = String::new();
    GzDecoder::new(file).read_to_string(&mut lines).expect("text");
    let mut sentences = Vec::new();
    let (mut text, mut nodes, mut wanted) = (String::new(), Vec::new(), false);
    for line in lines.lines().chain([""]) {
        if let Some(file) = line.strip_prefix("# file ") {
            wanted = KINDS.iter().any(|kind| file.starts_with(kind));
        }
        let cells: Vec<&str> = line.split('\t').collect();
        if let [_, form, _, upos, xpos, head, relation, space] = cells[..] {
            let head = head.parse::<usize>().expect("a number").checked_sub(1);
            let [upos, xpos, relation] = [upos, xpos, relation].map(str::to_owned);
            // The file has clitics and the parts of words with a hyphen as words of their own.
            let part =
                form.starts_with('\'') && form.len() > 1 || form.starts_with('’') || form == "n't" || form == "n’t";
            let hyphen = xpos == "HYPH";
            if part || hyphen || xpos == "POS" {
                text.truncate(text.trim_end().len());
            }
            nodes.push(Node { start: text.len(), upos, xpos, head, relation });
            text += form;
            text += if space == "SpaceAfter=No" || hyphen { "" } else { " " };
        } else if line.is_empty() && !nodes.is_empty() {
            let sentence = (std::mem::take(&mut text), std::mem::take(&mut nodes));
            sentences.extend(wanted.then_some(sentence));
        }
    }
    sentences
}

/// A pair of a relation: the word that depends, or any of those that stand beside it in a list or in apposition, and the
/// one it depends on. Of the program's a range of words.
type Gold = (&'static str, Vec<usize>, usize);
type Found = (&'static str, std::ops::RangeInclusive<usize>, usize);

/// The treebank's relations between the words of the program.
fn gold(nodes: &[Node], word_of: impl Fn(usize) -> Option<usize>) -> BTreeSet<Gold> {
    let relation = |at: usize| nodes[at].relation.as_str();
    let child =
        |of: usize, wanted: &str| (0..nodes.len()).find(|at| nodes[*at].head == Some(of) && relation(*at) == wanted);
    // A copula is the verb of its clause; the treebank puts the predicate there.
    let verb = |at: usize| child(at, "cop").unwrap_or(at);
    let is_verb = |at: usize| nodes[at].upos == "VERB" || child(at, "cop").is_some();
    let subject = |at: usize| {
        (0..nodes.len())
            .find(|child| nodes[*child].head == Some(at) && matches!(relation(*child), "nsubj" | "nsubj:pass" | "expl"))
    };
    // "who" stands for the noun before its clause.
    let stands_for = |at: usize, clause: usize| {
        let relative = matches!(nodes[at].xpos.as_str(), "WDT" | "WP") && relation(clause) == "acl:relcl";
        nodes[clause].head.filter(|_| relative).unwrap_or(at)
    };
    let mut pairs = BTreeSet::new();
    let mut add = |name: &'static str, depends: usize, on: usize| {
        let beside =
            |at: &usize| nodes[*at].head == Some(depends) && matches!(relation(*at), "conj" | "appos" | "flat");
        let all: Vec<usize> =
            std::iter::once(depends).chain((0..nodes.len()).filter(beside)).filter_map(&word_of).collect();
        // "they're" is one word.
        pairs.extend(word_of(on).filter(|on| !all.contains(on)).map(|on| (name, all, on)));
    };
    for at in 0..nodes.len() {
        if is_verb(at) {
            // "came and went": the second verb has the subject of the first.
            let mut above = at;
            while subject(above).is_none() && relation(above) == "conj" {
                let Some(head) = nodes[above].head else { break };
                above = head;
            }
            // Of "there is" no subject is asked.
            if let Some(found) = subject(above).filter(|found| relation(*found) != "expl" || nodes[*found].xpos != "EX")
            {
                // "was beaten and robbed"
                let second = at != above && nodes[at].xpos == "VBN" && relation(found) == "nsubj:pass";
                let passive = child(at, "aux:pass").is_some() || second && child(at, "aux").is_none();
                add(if passive { "nsubj:pass" } else { "nsubj" }, stands_for(found, above), verb(at));
                if relation(above) == "acl:relcl" && stands_for(found, above) != found {
                    add("acl:relcl", stands_for(found, above), verb(at));
                }
            }
        }
        let Some(head) = nodes[at].head else { continue };
        match relation(at) {
            "obj" => {
                add("obj", stands_for(at, head), head);
                // "besieged and shelled the town": of both.
                let second = (head..at).filter(|verb| nodes[*verb].head == Some(head) && relation(*verb) == "conj");
                second.for_each(|second| add("obj", at, second));
            }
            "obl:agent" => add("obl:agent", at, head),
            // The noun is what is found of its owner, at the end of whose phrase the sign stands.
            "nmod:poss" => add("nmod:poss", head, child(at, "case").filter(|case| *case > at).unwrap_or(at)),
            // Not asked for, but no error: whom it is given to, and "became a friend".
            "iobj" | "xcomp" => {
                add("obj?", at, head);
                let controls = child(head, "obj").or_else(|| subject(head));
                controls.into_iter().for_each(|controls| add("nsubj?", controls, verb(at)));
            }
            _ => {}
        }
        // All verbs of what is said depend on the verb of saying.
        let mut above = at;
        while let Some(head) = nodes[above].head.filter(|_| is_verb(at)) {
            if relation(above) == "ccomp" || relation(above) == "parataxis" {
                add("ccomp", verb(at), head);
            }
            above = head;
        }
    }
    pairs
}

/// The program's relations.
fn found(r: &Reading) -> Vec<Found> {
    let mut pairs: Vec<Found> = Vec::new();
    let range = |chunk: usize| r.chunk(chunk).first..=r.chunk(chunk).last;
    for number in 0..r.phrases.groups.len() {
        let group = r.group(number);
        let subject = r.subject_of(number).filter(|(_, how)| matches!(how, How::Plain | How::Relative));
        if let Some((chunk, how)) = subject {
            pairs.push((if group.passive { "nsubj:pass" } else { "nsubj" }, range(chunk), group.head));
            if how == How::Relative {
                pairs.push(("acl:relcl", range(chunk), group.head));
            }
        }
        if !group.passive
            && !group.copula
            && r.preposition(group.head).is_none()
            && let Some(chunk) = r.object_of(number)
        {
            pairs.push(("obj", range(chunk), group.head));
        }
        if group.passive {
            let by =
                r.phrases_after(group.last, 12).find(|(preposition, _)| r.preposition(*preposition) == Some(Class::By));
            pairs.extend(by.map(|(_, chunk)| ("obl:agent", range(chunk), group.head)));
        }
    }
    for word in 0..r.words.len() {
        let owns = r.is_possessive(word) || r.has_class(word, Class::Owner) || r.has_class(word, Class::Ours);
        let chunk = r.chunk_at(word).filter(|_| owns).map(|chunk| r.chunk(chunk));
        let owned = chunk.filter(|chunk| chunk.last > word).map(|chunk| word + 1..=chunk.last);
        pairs.extend(owned.map(|owned| ("nmod:poss", owned, word)));
    }
    for cue in r.cues.iter().filter(|cue| r.group_at(cue.first as usize).is_some()) {
        for verb in (0..r.words.len()).filter(|word| r.tag(*word).is_verb() && r.group_at(*word).is_some()) {
            let hit = Hit { span: r.words[verb].span, first: verb, last: verb };
            let head = r.group_at(verb).is_some_and(|group| r.group(group).head == verb && r.group(group).finite);
            let apart = !(usize::from(cue.first)..=usize::from(cue.last)).contains(&verb);
            if head && apart && cue.kind.is_verb_of_speech() && attributes(r, cue, &hit).is_some() {
                pairs.push(("ccomp", verb..=verb, cue.first as usize));
            }
        }
    }
    pairs.retain(|(_, range, on)| !range.contains(on) && r.text(*range.start()) != "there");
    pairs
}

/// What governs a clause is asked of the verbs of saying that the codebook has.
fn counts_as_asked(r: &Reading, name: &str, head: usize) -> bool {
    !name.ends_with('?') && (name != "ccomp" || r.is_verb_of_speech(head))
}

#[test]
#[ignore = "needs the treebank beside the repository; .ci/run has it"]
fn clauses_are_found_as_a_treebank_has_them() {
    let bench = small_world();
    let book = CueBook::new(&bench.codebook.cues).expect("the cues compile");
    let (mut sheet, mut known, mut tokens) = (Sheet::default(), Known::default(), Tokens::default());
    // Of each relation: right, found, in the treebank; and right of the treebank's.
    let mut counts: BTreeMap<&str, [usize; 4]> = RELATIONS.iter().map(|(name, ..)| (*name, [0; 4])).collect();
    for (raw, nodes) in sentences() {
        let view = View::of(&raw);
        let span = NormSpan::new(0, view.text().len());
        tokens.read(&view, &raw, &[span]);
        if tokens.all().is_empty() {
            continue;
        }
        book.prepare(&tokens, &mut known);
        sheet.phrases.tagging.prepare(&tokens);
        sheet.read(&view, &raw, tokens.all(), span, &book, &mut known);
        let r = Reading::of(&view, &sheet);
        let places: Vec<_> = r.words.iter().map(|word| view.raw_span(word.span).range()).collect();
        let word_of = |node: usize| places.iter().position(|place| place.contains(&nodes[node].start));
        let (gold, found) = (gold(&nodes, word_of), found(&r));
        for (name, range, on) in &found {
            let right = gold.iter().any(|(known, depends, head)| {
                known.trim_end_matches('?') == *name && head == on && depends.iter().any(|word| range.contains(word))
            });
            let count = counts.get_mut(name).expect("a relation");
            count[0] += usize::from(right);
            count[1] += 1;
        }
        for (name, depends, head) in gold.iter().filter(|(name, _, head)| counts_as_asked(&r, name, *head)) {
            let right = found.iter().any(|(known, range, on)| {
                known.trim_end_matches('?') == *name && on == head && depends.iter().any(|word| range.contains(word))
            });
            let count = counts.get_mut(name).expect("a relation");
            count[2] += 1;
            count[3] += usize::from(right);
        }
    }
    let mut missed = Vec::new();
    for (name, least_precision, least_recall) in RELATIONS {
        let [right, found, gold, got] = counts[name].map(|count| count as f64);
        let (precision, recall) = (right / found, got / gold);
        println!("| `{name}` | {gold} | {precision:.3} | {recall:.3} |");
        if precision < least_precision || recall < least_recall {
            missed.push(name);
        }
    }
    assert!(missed.is_empty(), "fewer are found than before: {missed:?}");
}
