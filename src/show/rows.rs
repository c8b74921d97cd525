//! The rows of each stage.

use super::Stage;
use crate::codebook::{Term, TermDeed};
use crate::coded::Coded;
use crate::id::ActorId;
use crate::ledger::Places;
use crate::normalise::Zone;
use crate::segment::accented_word;
use crate::span::RawSpan;
use crate::tables::{CsvBuffer, Declared, Truth, table};
use crate::tag::Entry;
use crate::voice::Voicing;

pub(super) fn columns(stage: Stage) -> Vec<&'static str> {
    match stage {
        Stage::Normalised => split("article_id,paragraph,zone,counted,start_byte,end_byte,start_char,end_char,text"),
        Stage::Zones => table_columns("zones"),
        Stage::Sentences => {
            split("article_id,paragraph,sentence,zone,counted,start_byte,end_byte,start_char,end_char,words")
        }
        Stage::Words => {
            split("article_id,paragraph,sentence,zone,counted,start_byte,end_byte,start_char,end_char,word,surface")
        }
        Stage::Mentions => table_columns("mentions"),
        Stage::Rejected => split(
            "article_id,zone,layer,code,alias,kind,surface,start_byte,end_byte,start_char,end_char,line,paragraph,sentence,reason",
        ),
        Stage::Voice => split(
            "article_id,line,sentence,start_byte,end_byte,code,alias,surface,voice,tier,cue,speaker,agent,target,rule,text",
        ),
        Stage::Speakers => {
            split("article_id,start_byte,end_byte,code,alias,voice,rule,speaker,rule_speaker,actor,score,features")
        }
        Stage::Roles => {
            split("article_id,start_byte,end_byte,code,alias,deed,agent,target,actor,agent_score,target_score,features")
        }
    }
}

fn split(columns: &'static str) -> Vec<&'static str> {
    columns.split(',').collect()
}

/// The ledger and the zones have fixed columns.
fn table_columns(name: &str) -> Vec<&'static str> {
    let declared = table(name).map_or(&[][..], |table| table.columns);
    let name = |declared: &Declared| match declared {
        Declared::One(column) => Some(column.name),
        Declared::Extra(_) | Declared::Several(_) | Declared::By | Declared::Groups(_) | Declared::Metadata => None,
    };
    declared.iter().filter_map(name).collect()
}

/// Whether a run without `--zones` counts this zone.
fn counted(zone: Zone) -> &'static str {
    Truth::from(Zone::COUNTED.contains(&zone)).name()
}

fn place(out: &mut CsvBuffer, bytes: RawSpan, places: &mut Places<'_>) {
    let (start_char, end_char) = places.chars(bytes);
    out.integer(bytes.start.into()).integer(bytes.end.into()).integer(start_char).integer(end_char);
}

/// Begins a row with the place, frame and term of a framing hit that has a voice; gives its term and voice.
fn framing_hit<'a>(coded: &Coded<'a>, mention: usize, out: &mut CsvBuffer) -> Option<(&'a Term, &'a Voicing)> {
    let (mention, voicing) = (&coded.mentions[mention], coded.voices.of(mention)?);
    let Entry::Term(term) = mention.entry else { return None };
    let term = &coded.codebook.terms[term.index()];
    let frame = term.frame.map_or("", |frame| coded.codebook.frames[frame.index()].code.as_str());
    let bytes = coded.view.raw_span(mention.span);
    out.text(&coded.article.id).integer(bytes.start.into()).integer(bytes.end.into()).text(frame).text(&term.term);
    Some((term, voicing))
}

fn code_of<'a>(coded: &Coded<'a>, actor: Option<ActorId>) -> &'a str {
    actor.map_or("", |actor| coded.codebook.actors[actor.index()].code.as_str())
}

/// A row for each actor who may speak a framing hit, and one for no actor.
pub(super) fn speakers(coded: &Coded<'_>, out: &mut CsvBuffer) {
    for trace in coded.ranked_speakers {
        let Some((_, voicing)) = framing_hit(coded, trace.mention, out) else { continue };
        let code = |actor| code_of(coded, actor);
        out.text(voicing.voice.name()).text(voicing.rule).text(code(voicing.speaker));
        out.text(code(trace.by_rule)).text(code(trace.actor)).text(&trace.score.to_string()).text(&trace.features());
        out.end_row();
    }
}

/// A row for each actor of the sentence of a framing hit, and one for no actor.
pub(super) fn roles(coded: &Coded<'_>, out: &mut CsvBuffer) {
    for trace in coded.roles {
        let Some((term, voicing)) = framing_hit(coded, trace.mention, out) else { continue };
        let code = |actor| code_of(coded, actor);
        let deed = term.deed.map_or("", TermDeed::name);
        out.text(deed).text(code(voicing.agent)).text(code(voicing.target)).text(code(trace.actor));
        out.text(&trace.scores[0].to_string()).text(&trace.scores[1].to_string()).text(&trace.features());
        out.end_row();
    }
}

pub(super) fn normalised(coded: &Coded<'_>, out: &mut CsvBuffer) {
    let mut places = Places::new(&coded.article.raw);
    for (number, passage) in coded.counted.iter().enumerate() {
        out.text(&coded.article.id).integer(number as u64 + 1).text(passage.zone.name()).text(counted(passage.zone));
        place(out, coded.view.raw_span(passage.span), &mut places);
        out.text(coded.view.slice(passage.span));
        out.end_row();
    }
}

pub(super) fn sentences(coded: &Coded<'_>, out: &mut CsvBuffer) {
    let mut places = Places::new(&coded.article.raw);
    for (number, sentence) in coded.sentences.iter().enumerate() {
        let zone = coded.zone_of(sentence);
        out.text(&coded.article.id).integer(u64::from(sentence.passage) + 1).integer(number as u64 + 1);
        out.text(zone.name()).text(counted(zone));
        place(out, coded.view.raw_span(sentence.span), &mut places);
        out.integer(coded.view.words_in(sentence.span) as u64);
        out.end_row();
    }
}

pub(super) fn words(coded: &Coded<'_>, out: &mut CsvBuffer) {
    let mut places = Places::new(&coded.article.raw);
    let mut word = String::new();
    for (number, sentence) in coded.sentences.iter().enumerate() {
        let zone = coded.zone_of(sentence);
        for span in coded.view.words(sentence.span) {
            let bytes = coded.view.raw_span(span);
            out.text(&coded.article.id).integer(u64::from(sentence.passage) + 1).integer(number as u64 + 1);
            out.text(zone.name()).text(counted(zone));
            place(out, bytes, &mut places);
            word.clear();
            accented_word(&coded.article.raw, coded.view, span, &mut word);
            out.text(&word).text(&coded.article.raw[bytes.range()]);
            out.end_row();
        }
    }
}

pub(super) fn rejected(coded: &Coded<'_>, out: &mut CsvBuffer) {
    let book = coded.codebook;
    let mut places = Places::new(&coded.article.raw);
    for hit in coded.rejected {
        let bytes = coded.view.raw_span(hit.span);
        let sentence = &coded.sentences[hit.sentence as usize];
        out.text(&coded.article.id).text(coded.zone_of(sentence).name());
        match hit.entry {
            Entry::Alias(alias) => {
                let alias = &book.aliases[alias.index()];
                let code = alias.actor.map_or("", |actor| &book.actors[actor.index()].code);
                out.text("actor").text(code).text(&alias.alias).text(alias.kind.name());
            }
            Entry::Term(term) => {
                let term = &book.terms[term.index()];
                let code = term.frame.map_or("", |frame| &book.frames[frame.index()].code);
                out.text("frame").text(code).text(&term.term).text(term.kind.name());
            }
            Entry::Variant(variant) => {
                let variant = &book.variants[variant.index()];
                out.text("naming").text(&book.pairs[variant.pair.index()].code).text(&variant.term).text("literal");
            }
        }
        out.text(&coded.article.raw[bytes.range()]);
        place(out, bytes, &mut places);
        out.integer(places.line(bytes)).integer(u64::from(sentence.passage) + 1).integer(u64::from(hit.sentence) + 1);
        out.text(hit.reason.name());
        out.end_row();
    }
}
