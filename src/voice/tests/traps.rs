//! The named traps, in the few words that matter.

use super::{Answer, small_world};

fn answer(sentence: &str, term: &str) -> Answer {
    let answers = small_world().read(sentence);
    let found = answers.into_iter().find(|answer| answer.surface.eq_ignore_ascii_case(term));
    found.unwrap_or_else(|| panic!("`{term}` is not found in: {sentence}"))
}

fn voice(sentence: &str, term: &str) -> (&'static str, &'static str) {
    let answer = answer(sentence, term);
    (answer.voice, answer.tier)
}

#[test]
fn what_it_called_is_scare() {
    let sentence = "Baku turned to its neighbours, opting for what it called an ‘anti-terrorist operation’.";
    let answer = answer(sentence, "anti-terrorist operation");
    assert_eq!((answer.voice, answer.speaker.as_str(), answer.agent.as_str()), ("scare", "AZE", "AZE"));
}

#[test]
fn a_denied_claim_has_the_denier_as_speaker() {
    let sentence = "Azerbaijan insists that claims of any blockade are “completely baseless” and has gone home.";
    let answer = answer(sentence, "blockade");
    assert_eq!((answer.voice, answer.speaker.as_str(), answer.rule), ("denied", "AZE", "denied_predicate"));
}

#[test]
fn not_condemning_aggression_does_not_deny_it() {
    let sentence = "Paris was criticised by Azerbaijan for not condemning Armenia’s open aggression and occupation.";
    for term in ["aggression", "occupation"] {
        let answer = answer(sentence, term);
        assert_eq!((answer.voice, answer.speaker.as_str(), answer.agent.as_str()), ("attributed", "AZE", "ARM"));
    }
}

#[test]
fn an_assault_that_could_not_be_proven_is_denied() {
    assert_eq!(voice("The envoy claimed that an assault could not be proven.", "assault").0, "denied");
}

#[test]
fn the_risk_of_a_crisis_is_hypothetical() {
    let sentence = "It is time to avert the risk of a new humanitarian crisis.";
    assert_eq!(voice(sentence, "humanitarian crisis"), ("hypothetical", "firm"));
}

#[test]
fn a_demand_stays_own_and_ambiguous() {
    assert_eq!(voice("But Baku insists on an extraterritorial corridor.", "corridor"), ("own", "ambiguous"));
    assert_eq!(voice("The EU called for lifting the blockade.", "blockade"), ("own", "ambiguous"));
}

#[test]
fn what_an_institution_called_so_is_never_own() {
    let sentence = "Azerbaijan launched what the European Parliament called a “full-scale military aggression” there.";
    let answer = answer(sentence, "military aggression");
    assert!(matches!(answer.voice, "quoted" | "scare"), "{}", answer.voice);
    assert_eq!((answer.speaker.as_str(), answer.agent.as_str()), ("EU", "AZE"));
}

#[test]
fn lists_after_accused_of_are_carried() {
    let sentence = "It accused Yerevan of terrorism, of an illegal siege, and of ethnic cleansing.";
    for term in ["terrorism", "siege", "ethnic cleansing"] {
        assert_eq!(voice(sentence, term), ("attributed", "firm"), "{term}");
    }
}

#[test]
fn factive_verbs_say_endorsed_in_their_rule() {
    assert_eq!(answer("Baku acknowledged its aggression.", "aggression").rule, "attributed_endorsed");
}

#[test]
fn a_later_invasion_is_the_one_spoken_of_before() {
    let text = "Russia’s invasion of Ukraine surprised few. Days before the winter invasion, Aliyev was abroad. \
                Armenia watched the invasion.";
    for answer in small_world().read(text) {
        assert_eq!((answer.agent.as_str(), answer.target.as_str()), ("RUS", "UKR"), "{}", answer.sentence);
    }
}

#[test]
fn an_opponent_known_from_the_article_is_the_target() {
    let text = "The siege is part of the conflict between Armenia and Azerbaijan. Nobody helped Armenia during Azerbaijan’s offensive.";
    let answers = small_world().read(text);
    let answer = &answers[1];
    assert_eq!((answer.agent.as_str(), answer.target.as_str()), ("AZE", "ARM"));
}

#[test]
fn actors_have_no_voice_and_texts_without_words_do_no_harm() {
    for text in ["", "“”", "’", "...", "Armenia", "blockade", "‘blockade", "blockade’ “", "not blockade said"]
    {
        let _ = small_world().read(text);
    }
}

#[test]
fn a_hit_behind_tens_of_thousands_of_words_is_read_like_any_other() {
    let long = "word ".repeat(70_000);
    let sentence = "the ministry said that Baku ended the blockade of Armenia while Yerevan denied a siege";
    let (alone, late) = (small_world().read(sentence), small_world().read(&format!("{long}, {sentence}, {long}")));
    let facts = |answers: &[Answer]| -> Vec<String> {
        answers.iter().map(|a| format!("{} {} {} {} {}", a.surface, a.voice, a.speaker, a.agent, a.rule)).collect()
    };
    assert_eq!(alone.len(), 2);
    assert_eq!(facts(&late), facts(&alone));
}

#[test]
fn chains_of_verbs_and_owners_of_any_length_are_read() {
    for (opening, link) in [
        ("Baku attacked ", "and ran "),
        ("Baku of attacking to attack ", "and run of running to run "),
        ("Baku, whose army ", "whose army "),
    ] {
        let sentence = format!("{opening}{}the blockade.", link.repeat(20_000));
        assert_eq!(answer(&sentence, "blockade").voice, "own", "{opening}{link}...");
    }
}

#[test]
fn a_long_sentence_is_cut_at_a_semicolon_and_never_in_a_mention() {
    let clause =
        |n: usize| format!("recalling {n}{} that Baku denied the blockade of Armenia", " and so on".repeat(n % 7));
    for separator in ["; ", ", ", " "] {
        let text = (0..400).map(clause).collect::<Vec<_>>().join(separator);
        let answers = small_world().read(&text);
        assert_eq!(answers.len(), 400);
        if separator == "; " {
            assert!(answers.iter().all(|answer| answer.voice == "denied"), "a clause was cut");
        }
    }
}

#[test]
fn sanctions_in_response_to_an_offensive_are_not_against_its_target() {
    let sentence = "The West imposed sanctions in response to the offensive against Armenia.";
    assert_eq!(answer(sentence, "sanctions").target, "");
    assert_eq!(answer(sentence, "offensive").target, "ARM");
}

#[test]
fn a_lack_of_action_is_not_done_to_the_enemy() {
    let text =
        "Russia’s invasion of Ukraine goes on. Armenia, like Ukraine, complains of the Kremlin’s lack of action.";
    let answers = small_world().read(text);
    let roles: Vec<_> = answers.iter().map(|answer| (answer.agent.as_str(), answer.target.as_str())).collect();
    assert_eq!(roles, [("RUS", "UKR"), ("RUS", "")]);
}

#[test]
fn a_road_does_not_speak() {
    let sentence = "A crowd stood along the Lachin Corridor claiming that there was no blockade.";
    assert_eq!(answer(sentence, "blockade").speaker, "");
}
