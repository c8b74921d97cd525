//! Who speaks, and how far a cue reaches: the kinds that reading news showed.

use super::{Answer, small_world};

fn answer(sentence: &str, term: &str) -> Answer {
    let answers = small_world().read(sentence);
    let found = answers.into_iter().find(|answer| answer.surface.eq_ignore_ascii_case(term));
    found.unwrap_or_else(|| panic!("`{term}` is not found in: {sentence}"))
}

#[test]
fn an_office_or_a_paper_speaks_for_whose_it_is() {
    for (sentence, speaker) in [
        ("The defence ministry of Armenia said that the siege went on.", "ARM"),
        ("An adviser to Armenia's president said that the siege went on.", "ARM"),
        ("Orlo Benn, the foreign minister of Armenia, said that the siege went on.", "ARM"),
        ("Armenia's ministry, which sent a car, said that the siege went on.", "ARM"),
        ("An Armenian official confirmed that the siege went on.", "ARM"),
        ("Armenia released a statement saying that the siege went on.", "ARM"),
    ] {
        assert_eq!(answer(sentence, "siege").speaker, speaker, "{sentence}");
    }
}

#[test]
fn cues_end_with_their_clause() {
    for (sentence, term, voice) in [
        ("Baku accused the guards of theft as the siege went on.", "siege", "own"),
        ("She condemned the theft after the army launched an offensive.", "offensive", "own"),
        ("The ministry, which ended the siege, reported a theft.", "siege", "own"),
        ("Armenia has not admitted the siege.", "siege", "own"),
        ("Nobody was hurt in the siege, doctors said.", "siege", "own"),
        ("It is, Yerevan argues, a siege.", "siege", "attributed"),
        ("The result—Yerevan says—is a siege.", "siege", "attributed"),
        ("Baku rejected the charge as terrorism.", "terrorism", "attributed"),
        ("No one can deny the siege.", "siege", "own"),
        ("It cannot be called a siege.", "siege", "denied"),
        ("“There is no siege,” Baku said.", "siege", "denied"),
        ("Envoys made efforts to avoid a new offensive.", "offensive", "hypothetical"),
        ("The envoy called for an offensive.", "offensive", "hypothetical"),
        ("The envoy called for an end to the siege.", "siege", "own"),
    ] {
        assert_eq!(answer(sentence, term).voice, voice, "{sentence}");
    }
}
