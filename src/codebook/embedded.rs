//! The default codebook, compiled in, so that the program runs anywhere.

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// Name and text of each file of the default codebook.
        pub const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/dictionaries/", $name)))),+];
    };
}

files!(
    "codebook.csv",
    "actors.csv",
    "aliases.csv",
    "frames.csv",
    "terms.csv",
    "pairs.csv",
    "cues.csv",
    "zones.csv",
    "abbreviations.csv",
    "README.md",
);

/// The files of a new codebook: those that tell of a conflict with a few rows as examples, the others as in the default.
pub fn new_files() -> Vec<(&'static str, &'static str)> {
    macro_rules! examples {
        ($($name:literal),+ $(,)?) => { [$(($name, include_str!(concat!("new/", $name)))),+] };
    }
    let examples = examples!("codebook.csv", "actors.csv", "aliases.csv", "frames.csv", "terms.csv", "pairs.csv");
    let example = |name: &str| examples.iter().find(|(own, _)| *own == name).map(|(_, text)| *text);
    let files = FILES.iter().filter(|(name, _)| name.ends_with(".csv"));
    files.map(|(name, text)| (*name, example(name).unwrap_or(text))).collect()
}
