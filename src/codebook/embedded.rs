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

/// The files of a new codebook: those that tell of a conflict with their header alone, the others as in the default.
pub fn empty_files() -> Vec<(&'static str, String)> {
    let of_a_conflict = ["actors.csv", "aliases.csv", "frames.csv", "terms.csv", "pairs.csv"];
    let header = |text: &str| format!("{}\n", text.lines().next().unwrap_or_default());
    FILES
        .iter()
        .map(|(name, text)| (*name, if of_a_conflict.contains(name) { header(text) } else { (*text).to_owned() }))
        .filter(|(name, _)| name.ends_with(".csv"))
        .collect()
}
