//! The default codebook, compiled in, so that the program runs anywhere.

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// Name and text of each file of the default codebook.
        pub const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/dictionaries/", $name)))),+];
    };
}

files!(
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
