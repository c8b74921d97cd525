//! Codebooks on the command line: how a new one begins, what a corpus shows, what is suggested. What is refused and what
//! the lint finds stands in `tests/cases/commands.md`.

use super::cli::Place;

const ALIASES: &str = "actor,alias,kind,match_case,not_before,not_after,from,to,note\n";

#[test]
fn a_sound_codebook_has_no_findings() {
    let place = Place::furnished();
    let done = place.run(&["check", "--strict"]);
    assert_eq!((done.code, done.out.as_str()), (0, "0 findings in `dictionaries` with 6 entries\n"));
    let embedded = Place::new().run(&["check", "--strict"]);
    assert_eq!(embedded.code, 0, "{}{}", embedded.out, embedded.err);
}

#[test]
fn offices_held_one_after_the_other_are_no_contradiction() {
    let place = Place::furnished();
    let rows = "FRD,the Minister,title,,,,2018,2020,\nSYL,the Minister,title,,,,2021,,\n";
    place.write("dictionaries/aliases.csv", format!("{ALIASES}{rows}").as_bytes());
    let done = place.run(&["check"]);
    assert_eq!(done.code, 0);
    assert!(!done.out.contains("aliases.csv:"), "{}", done.out);
    let overlapping = rows.replace("2021", "2020-06");
    place.write("dictionaries/aliases.csv", format!("{ALIASES}{overlapping}").as_bytes());
    assert_eq!(place.run(&["check"]).code, 3);
}

#[test]
fn a_corpus_shows_dead_entries_and_unknown_names() {
    let place = Place::furnished();
    place.write("more/a.txt", b"On this day Freedonia met Osterlich. Nobody asked Osterlich or Freedonia about it, and that was that for years.\n");
    let done = place.run(&["check", "--corpus", "more"]);
    assert_eq!(done.code, 0);
    assert!(
        done.out.contains("unknown: capitalised names that no entry knows: 1\n      2  Osterlich "),
        "{}",
        done.out
    );
    assert!(done.out.contains("aliases.csv:5: `Sylvania` does not occur"), "{}", done.out);
    assert!(!done.out.contains("`Freedonia` does not occur"), "{}", done.out);
}

#[test]
fn the_codebook_inside_comes_out_and_is_the_one_used() {
    let place = Place::new();
    assert_eq!(place.run(&["codebook", "export", "dictionaries"]).code, 0);
    let again = place.run(&["codebook", "export", "dictionaries"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("`dictionaries/codebook.csv` is there already") && again.err.contains("--force"));
    assert_eq!(place.run(&["codebook", "export", "dictionaries", "--force"]).code, 0);
    assert_eq!(place.run(&["check", "dictionaries", "--strict"]).code, 0);
}

#[test]
fn a_new_codebook_has_examples_that_pass_and_waits_for_rows() {
    let place = Place::new();
    assert_eq!(place.run(&["codebook", "new", "mine"]).code, 0);
    let examples = place.run(&["check", "mine", "--strict"]);
    assert_eq!((examples.code, examples.err.as_str()), (0, ""), "{}", examples.out);
    let shown = place.run(&["codebook", "show", "closing", "--dictionaries", "mine"]);
    assert!(shown.code == 0 && shown.out.contains("blockad*"), "{shown:?}");
    for name in ["codebook", "aliases", "frames", "terms", "pairs"] {
        let header = place.read(&format!("mine/{name}.csv")).lines().next().unwrap().to_owned() + "\n";
        place.write(&format!("mine/{name}.csv"), header.as_bytes());
    }
    place.write("mine/actors.csv", b"actor,name,kind,parent\n");
    let empty = place.run(&["check", "mine"]);
    assert!(empty.code == 3 && empty.err.contains("no actor, frame or naming pair"), "{}", empty.err);
    place.write("mine/actors.csv", b"actor,name,kind,parent\nFRD,Freedonia,state,\n");
    place.write("mine/aliases.csv", format!("{ALIASES}FRD,Freedonia,name,,,,,,\n").as_bytes());
    assert_eq!(place.run(&["check", "mine", "--strict"]).code, 0);
}

#[test]
fn a_run_warns_where_the_core_actors_of_the_codebook_hardly_occur() {
    let place = Place::furnished();
    let header = |actors: &str| {
        format!("field,value\nname,Duck war\nconflict,the war of the ducks\nlanguages,en\ncore_actors,{actors}\n")
    };
    let run = |actors: &str, output: &str| {
        place.write("dictionaries/codebook.csv", header(actors).as_bytes());
        place.run(&["run", "articles", "-o", output])
    };
    // Both articles name Sylvania, one an actor under Freedonia.
    for actors in ["SYL", "FRD"] {
        let done = run(actors, actors);
        assert!(done.code == 0 && !done.err.contains("core actor of"), "{}", done.err);
    }
    place.write("dictionaries/actors.csv", b"actor,name,kind,parent\nFRD,Freedonia,state,\nFRD_GOV,government,government,FRD\nSYL,Sylvania,state,\nRUR,Ruritania,state,\n");
    let done = run("RUR", "none");
    let warning = "0 of 2 articles name a core actor of the Duck war (Ruritania): it is for the war of the ducks";
    assert!(done.code == 0 && done.err.contains(warning), "{}", done.err);
    assert!(place.read("none/report.html").contains(warning));
}

#[test]
fn a_term_without_a_force_is_a_finding_where_others_have_one() {
    let place = Place::furnished();
    let terms = |rows: &str| format!("frame,term,pattern,kind,force\n{rows}");
    place.write("dictionaries/terms.csv", terms("blockade,blockade,blockad*,wildcard,loaded\nwar,war,,,\n").as_bytes());
    let done = place.run(&["check", "dictionaries"]);
    assert!(done.out.contains("terms.csv:3: the term `war` has no `force`: it counts as neutral"), "{}", done.out);
    place.write("dictionaries/terms.csv", terms("blockade,blockade,blockad*,wildcard,\nwar,war,,,\n").as_bytes());
    assert!(!place.run(&["check", "dictionaries"]).out.contains("force"), "nothing is said of force");
    place.write("dictionaries/terms.csv", terms("blockade,(loaded),blockad*,wildcard,strong\n").as_bytes());
    let done = place.run(&["check", "dictionaries"]);
    assert_eq!(done.code, 3);
    assert!(
        done.err.contains("`(loaded)` cannot be a term") && done.err.contains("unknown force `strong`"),
        "{}",
        done.err
    );
}

#[test]
fn suggestions_are_rows_that_can_be_pasted() {
    let place = Place::furnished();
    for number in 0..8 {
        let text = format!(
            "The market was calm in week {number} of the year. Traders sold bread and fish to many people there.\n\n\
             The blockade goes on. The ruthless chokehold and the blockade starve the town, said Rufus Firefly.\n"
        );
        place.write(&format!("more/c{number}.txt"), text.as_bytes());
    }
    let done = place.run(&["codebook", "suggest", "more"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let (names, terms) = done.out.split_once("# rows for terms.csv").expect("two parts");
    assert!(names.contains("Rufus Firefly,name,") && names.contains("8 hits in 8 articles"), "{names}");
    let row = terms.lines().find(|line| line.contains("chokehold")).expect("a row");
    assert!(row.starts_with("blockade,ruthless chokehold,") && row.contains("8 hits in 8 articles"), "{terms}");
    assert!(!terms.contains(",blockade,blockade"), "known terms are not suggested: {terms}");
    assert!(!terms.lines().any(|line| line.contains(",the,") || line.contains(",and the")), "{terms}");
    let again = place.run(&["codebook", "suggest", "more"]);
    assert_eq!(done.out, again.out);
    // The rows of terms go in as they are; of names the actor has to be told.
    let header = place.read("dictionaries/terms.csv").lines().next().expect("a header").to_owned();
    let pasted: String = terms.lines().skip(1).map(|line| format!("{line}\n")).collect();
    assert!(pasted.starts_with(&header), "{pasted}");
    place.write("dictionaries/terms.csv", format!("{pasted}blockade,blockade,blockad*,wildcard,,,,,,\n").as_bytes());
    let checked = place.run(&["check", "dictionaries"]);
    assert!(checked.code == 0, "{}", checked.err);
}
