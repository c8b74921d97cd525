//! Who speaks, and how far a cue reaches: the kinds that reading news showed.

use super::{Answer, small_world};

fn answer(sentence: &str, term: &str) -> Answer {
    let answers = small_world().read(sentence);
    let found = answers.into_iter().find(|answer| answer.surface.eq_ignore_ascii_case(term));
    found.unwrap_or_else(|| panic!("`{term}` is not found in: {sentence}"))
}

#[test]
fn an_office_or_a_paper_speaks_for_whose_it_is() {
    let mut misses = Vec::new();
    for (sentence, speaker) in [
        ("The defence ministry of Armenia said that the siege went on.", "ARM"),
        ("An adviser to Armenia's president said that the siege went on.", "ARM"),
        ("Orlo Benn, the foreign minister of Armenia, said that the siege went on.", "ARM"),
        ("Orlo Benn, who heads Armenia's foreign ministry, said that the siege went on.", "ARM"),
        ("Orlo Benn, who met Armenia's foreign minister, said that the siege went on.", ""),
        ("Armenia's ministry, which sent a car, said that the siege went on.", "ARM"),
        ("An Armenian official confirmed that the siege went on.", "ARM"),
        ("Armenia released a statement saying that the siege went on.", "ARM"),
        ("The envoy, Voss, said that the siege went on.", "NORLAND"),
        ("Armenia's CDF said that the siege went on.", "ARM"),
        ("An embassy official in Armenia said that the siege went on.", ""),
        ("Officials in Armenia said that the siege went on.", "ARM"),
        ("In Armenia, the army said that the siege went on.", ""),
        ("In Armenia, officials said that the siege went on.", "ARM"),
        ("Armenian Foreign Minister Norland Benn said that the siege went on.", "ARM"),
        ("Armenian singer Norland Benn said that the siege went on.", ""),
        ("Armenia's ombudsman said that the siege went on.", "ARM"),
        ("The envoy for Nagorno-Karabakh said that the siege went on.", ""),
    ] {
        let got = answer(sentence, "siege").speaker;
        misses.extend((got != speaker).then(|| format!("`{got}` not `{speaker}`: {sentence}")));
    }
    assert!(misses.is_empty(), "{misses:#?}");
}

#[test]
fn the_speaker_is_the_subject_of_the_verb() {
    let mut misses = Vec::new();
    for (sentence, speaker) in [
        ("Norland opened the road, but Armenia said that the siege went on.", "ARM"),
        ("Norland opened the road, and Armenia said that the siege went on.", "ARM"),
        ("By the middle of this week Armenia said that the siege went on.", "ARM"),
        ("Norland spoke at the court, in which Armenia says that the siege went on.", "ARM"),
        ("The town is believed by Armenia to be under siege.", "ARM"),
        ("Armenia has raised concerns about the siege.", "ARM"),
        ("Armenia has kept the road open after talks with Norland, saying that the siege was over.", "ARM"),
        ("Armenia was tired, and he said that the siege went on.", ""),
        ("The town was taken by Armenian forces, the agency said, and the siege is over.", ""),
        ("Lavrov came to the town. He said that the siege went on.", "RUS"),
        ("The guards of Lavrov came to the town. He said that the siege went on.", ""),
        ("Armenia closed the road. It said that the siege went on.", "ARM"),
        ("Armenia closed the road. Its army said that the siege went on.", "ARM"),
        ("Armenia closed the road. The union said it feared that the siege went on.", ""),
        ("Armenia closed the road. He said that the siege went on.", ""),
        ("The guards of Armenia closed the road. It said that the siege went on.", ""),
        ("The envoy called for an offensive.", ""),
        ("Armenia called for an offensive.", "ARM"),
    ] {
        let term = if sentence.contains("offensive") { "offensive" } else { "siege" };
        let got = answer(sentence, term).speaker;
        misses.extend((got != speaker).then(|| format!("`{got}` not `{speaker}`: {sentence}")));
    }
    assert!(misses.is_empty(), "{misses:#?}");
}

#[test]
fn cues_end_with_their_clause() {
    let mut misses = Vec::new();
    for (sentence, term, voice) in [
        ("Baku accused the guards of theft as the siege went on.", "siege", "own"),
        ("She condemned the theft after the army launched an offensive.", "offensive", "own"),
        ("The ministry, which ended the siege, reported a theft.", "siege", "own"),
        ("Armenia has not admitted the siege.", "siege", "own"),
        ("Nobody was hurt in the siege, according to doctors.", "siege", "own"),
        ("It is, Yerevan argues, a siege.", "siege", "attributed"),
        ("The result—Yerevan says—is a siege.", "siege", "attributed"),
        ("Baku rejected the charge as terrorism.", "terrorism", "attributed"),
        ("No one can deny the siege.", "siege", "own"),
        ("It cannot be called a siege.", "siege", "denied"),
        ("“There is no siege,” Baku said.", "siege", "denied"),
        ("Envoys made efforts to avoid a new offensive.", "offensive", "hypothetical"),
        ("The only man reported to have been killed was at the siege.", "siege", "own"),
        ("A man is reported dead at the siege.", "siege", "attributed"),
        ("Baku threatened to close the road if the siege went on.", "siege", "own"),
        ("Baku sent tanks, the agency reported in May, marking an escalation.", "escalation", "own"),
        ("Baku sent tanks and it built a wall during the siege.", "siege", "own"),
        ("She refused to condemn the siege.", "siege", "own"),
        ("He faces criminal charges for the siege.", "siege", "own"),
        ("In our view, the siege is over.", "siege", "own"),
        ("In its view, the siege is over.", "siege", "attributed"),
        ("Baku reiterated its support for the peacekeepers.", "peacekeepers", "own"),
        ("Baku reiterated that the siege was over.", "siege", "attributed"),
        ("Baku did not say if the siege was over.", "siege", "own"),
        ("Baku cannot expect that the siege ends.", "siege", "own"),
        ("The group claimed responsibility for the siege.", "siege", "own"),
        ("“It is over, ”said the mayor, who had seen the siege.", "siege", "own"),
        ("An attack on a school has killed 22 people, officials say.", "attack", "own"),
        ("An attack on a school has failed, officials say.", "attack", "attributed"),
        ("There are fears that an offensive will come.", "offensive", "hypothetical"),
        ("There are fears that the offensive will come.", "offensive", "attributed"),
        ("The talks may end further attacks.", "attacks", "hypothetical"),
        ("The talks may end the attacks.", "attacks", "own"),
        ("Norland will guard the corridor.", "corridor", "hypothetical"),
        ("Norland guarded the corridor.", "corridor", "own"),
        ("Neither army will admit its offensive.", "offensive", "own"),
        ("Envoys want to build a corridor.", "corridor", "hypothetical"),
        ("The envoy called for an offensive.", "offensive", "hypothetical"),
        ("The envoy called for an end to the siege.", "siege", "own"),
        ("Baku must not launch an offensive.", "offensive", "own"),
        ("Baku has never launched an offensive.", "offensive", "denied"),
        ("Baku didn't launch an offensive.", "offensive", "denied"),
        ("Baku never launched an offensive.", "offensive", "denied"),
        ("Baku will not launch an offensive.", "offensive", "own"),
        ("Baku won't launch an offensive.", "offensive", "own"),
        ("Baku had no part in the siege.", "siege", "denied"),
        ("Farmers fear an offensive.", "offensive", "hypothetical"),
        ("Envoys said goodbye and crossed the besieged town.", "besieged", "own"),
        ("Two men accused of theft fled the siege.", "siege", "own"),
        ("Envoys called for a siege and an offensive.", "offensive", "hypothetical"),
        ("Reporters asked whether an offensive was near.", "offensive", "hypothetical"),
        ("Envoys asked Baku to not attack the town.", "attack", "own"),
        ("Baku did not attack the town.", "attack", "denied"),
        ("Baku said it would wait until the siege was over.", "siege", "attributed"),
        ("Baku said on Sunday it would wait if the siege went on.", "siege", "attributed"),
        ("Baku signalled that the siege was over.", "siege", "attributed"),
        ("Baku signalled support during the siege.", "siege", "own"),
        ("Farmers described how the siege began.", "siege", "attributed"),
        ("The agency reports the latest on the siege.", "siege", "own"),
        ("Envoys met as Baku added a town to its offensive.", "offensive", "own"),
        ("The town would be under siege by winter.", "siege", "hypothetical"),
        ("Two men died, according to Baku, as the siege went on.", "siege", "own"),
        ("The town was, according to Baku, under siege.", "siege", "attributed"),
        ("Baku began an offensive that killed 22 people, officials said.", "offensive", "own"),
        ("Baku began an offensive that surprised many, officials said.", "offensive", "attributed"),
        ("Fighting goes on in the siege – army", "siege", "attributed"),
        ("Were Baku to launch an offensive, envoys would leave.", "offensive", "hypothetical"),
        ("Envoys were in town when Baku launched an offensive.", "offensive", "own"),
        ("An offensive is unlikely.", "offensive", "hypothetical"),
        ("An offensive is under way.", "offensive", "own"),
        ("An offensive on Armenia that kills farmers could end the talks.", "offensive", "hypothetical"),
        ("Baku plans an offensive.", "offensive", "hypothetical"),
        ("Baku plans a visit to the besieged town.", "besieged", "own"),
        ("The country is close to a siege.", "siege", "hypothetical"),
    ] {
        let got = answer(sentence, term).voice;
        misses.extend((got != voice).then(|| format!("`{got}` not `{voice}`: {sentence}")));
    }
    assert!(misses.is_empty(), "{misses:#?}");
}

#[test]
fn who_was_brought_in_before_speaks_again() {
    let mut misses = Vec::new();
    for (text, speaker) in [
        ("Armenia's ministry met envoys at the siege. The ministry said that the siege went on.", "ARM"),
        ("Armenia's ministry met envoys at the siege. The ministry in the north said that the siege went on.", ""),
        ("Armenia's ministry met envoys at the siege. A ministry said that the siege went on.", ""),
        ("Armenian Foreign Minister Orlo Benn met envoys at the siege. Benn said that the siege went on.", "ARM"),
        ("Armenian singer Orlo Benn met envoys at the siege. Benn said that the siege went on.", ""),
        ("Armenia's foreign minister Orlo Benn met Lavrov at the siege. He said that the siege went on.", "ARM"),
        ("Armenia, which keeps guards, on Friday said that the siege went on.", "ARM"),
        ("Armenia, an ally and a friend, said that the siege went on.", "ARM"),
        ("The paper cited Armenian minister Orlo Benn as saying that the siege went on.", "ARM"),
        ("The paper cited farmers as saying that the siege went on.", ""),
        ("The siege goes on, according to the country's president.", ""),
        ("Armenia kept the road, and there was no siege, according to its ministry.", "ARM"),
        ("There was no siege in the valley, the army of Armenia said.", "ARM"),
    ] {
        let answers = small_world().read(text);
        let last = answers.iter().rev().find(|answer| answer.surface == "siege");
        let got = last.map_or("no siege", |answer| answer.speaker.as_str());
        misses.extend((got != speaker).then(|| format!("`{got}` not `{speaker}`: {text}")));
    }
    assert!(misses.is_empty(), "{misses:#?}");
}

#[test]
fn a_source_stands_by_what_it_is_given_for() {
    let said = answer("Nine farmers died in the siege, Armenian officials said.", "siege");
    assert_eq!((said.voice, said.speaker.as_ref()), ("attributed", "ARM"));
    let source = answer("Nine farmers died in the siege, according to Armenian officials.", "siege");
    assert_eq!((source.voice, source.speaker.as_ref()), ("own", "ARM"));
    let none = answer("Nine farmers of Armenia died in the siege.", "siege");
    assert_eq!((none.voice, none.speaker.as_ref()), ("own", ""));
}
