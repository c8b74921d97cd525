//! Dictionaries of other programs, as rows of a codebook: text in, files and a list of what could not be carried over out.

mod formats;
mod yaml;

use super::FILE_NAMES;
use crate::codebook::Pattern;
use crate::error::{Error, Result, did_you_mean};
use crate::named::named;
use crate::normalise::fold::fold_key;
use std::collections::{HashMap, HashSet};

named! {
    /// How a dictionary is written.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum DictionaryFormat {
        /// YAML of quanteda and newsmap: categories with lists of words.
        Yaml = "yaml",
        /// LIWC's `.dic`.
        Liwc = "liwc",
        /// WordStat's `.cat`.
        WordStat = "wordstat",
        /// Yoshikoder's `.ykd`.
        Yoshikoder = "yoshikoder",
        /// Patterns of spaCy's entity ruler, one JSON object a line.
        Spacy = "spacy",
        /// Actors of PETRARCH.
        Petrarch = "petrarch",
        /// Two columns: category and word.
        Csv = "csv",
    }
}

impl DictionaryFormat {
    /// The format for the ending of a file's name.
    pub fn of_name(file: &str) -> Option<Self> {
        match file.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "yml" | "yaml" => Some(Self::Yaml),
            "dic" => Some(Self::Liwc),
            "cat" => Some(Self::WordStat),
            "ykd" | "xml" => Some(Self::Yoshikoder),
            "jsonl" | "json" => Some(Self::Spacy),
            "actors" | "txt" => Some(Self::Petrarch),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// What such dictionaries mostly hold.
    pub fn usual_layer(self) -> ImportLayer {
        match self {
            Self::Spacy | Self::Petrarch => ImportLayer::Actors,
            Self::Yaml | Self::Liwc | Self::WordStat | Self::Yoshikoder | Self::Csv => ImportLayer::Frames,
        }
    }
}

/// What the categories become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportLayer {
    /// Frames with their terms.
    Frames,
    /// Actors with their aliases.
    Actors,
}

/// A category with its words, as another program has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Category {
    /// From the outermost category to the innermost.
    path: Vec<String>,
    words: Vec<String>,
}

/// What a file holds, and what of it could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct ReadDictionary {
    categories: Vec<Category>,
    lost: Vec<String>,
}

impl ReadDictionary {
    fn word(&mut self, path: &[String], word: &str) {
        match self.categories.iter_mut().rev().find(|category| category.path == path) {
            Some(category) => category.words.push(word.to_owned()),
            None => self.categories.push(Category { path: path.to_vec(), words: vec![word.to_owned()] }),
        }
    }
}

/// The files of a codebook, and what could not be carried over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    pub files: Vec<(&'static str, String)>,
    pub lost: Vec<String>,
    pub categories: usize,
    pub words: usize,
}

/// Reads a dictionary of another program.
///
/// # Errors
/// A text that is not of the format, or that holds no word.
pub fn import(text: &str, format: DictionaryFormat, layer: ImportLayer) -> Result<Imported> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).replace("\r\n", "\n");
    let read = match format {
        DictionaryFormat::Yaml => yaml::read(&text),
        DictionaryFormat::Liwc => formats::liwc(&text),
        DictionaryFormat::WordStat => formats::wordstat(&text),
        DictionaryFormat::Yoshikoder => formats::yoshikoder(&text)?,
        DictionaryFormat::Spacy => formats::spacy(&text)?,
        DictionaryFormat::Petrarch => formats::petrarch(&text),
        DictionaryFormat::Csv => formats::csv(&text),
    };
    let imported = rows(read, layer);
    if imported.words == 0 {
        let known = DictionaryFormat::ALL.map(DictionaryFormat::name);
        return Err(Error::Usage(format!(
            "no word in a dictionary of the format `{}`; if it is of another one, name it with `--format`: {}",
            format.name(),
            did_you_mean("", known)
        )));
    }
    Ok(imported)
}

fn rows(read: ReadDictionary, layer: ImportLayer) -> Imported {
    let mut imported = Imported { lost: read.lost, ..Imported::default() };
    let (mut heads, mut entries) = match layer {
        ImportLayer::Frames => ("frame,name,definition\n".to_owned(), "frame,term,pattern,kind\n".to_owned()),
        ImportLayer::Actors => ("actor,name,kind,parent\n".to_owned(), "actor,alias,kind,match_case\n".to_owned()),
    };
    let mut codes: HashMap<String, usize> = HashMap::new();
    for category in read.categories {
        let code = code(&category.path, &mut codes);
        let mut seen = HashSet::new();
        let mut of_category = String::new();
        for word in &category.words {
            match entry(word, layer) {
                Err(why) => imported.lost.push(format!("`{word}` of `{code}`: {why}")),
                Ok((pattern, kind)) if seen.insert(fold_key(&pattern)) => {
                    let cells = match layer {
                        ImportLayer::Frames => [code.as_str(), &pattern, &pattern, kind],
                        ImportLayer::Actors => [code.as_str(), &pattern, "name", "false"],
                    };
                    of_category += &line(&cells);
                    imported.words += 1;
                    if layer == ImportLayer::Actors && word.contains('*') {
                        imported
                            .lost
                            .push(format!("the `*` of `{word}` of `{code}`: names end where they are written"));
                    }
                }
                // The same word in another spelling is one entry here.
                Ok(_) => {}
            }
        }
        if of_category.is_empty() {
            imported
                .lost
                .push(format!("the category `{}`: it has no word that can be used", category.path.join(" > ")));
            continue;
        }
        entries += &of_category;
        let name = category.path.last().map_or("", String::as_str);
        let third = match layer {
            ImportLayer::Frames => category.path.join(" > "),
            ImportLayer::Actors => "other".to_owned(),
        };
        heads += &match layer {
            ImportLayer::Frames => line(&[&code, name, &third]),
            ImportLayer::Actors => line(&[&code, name, &third, ""]),
        };
        imported.categories += 1;
    }
    imported.files = match layer {
        ImportLayer::Frames => vec![("frames.csv", heads), ("terms.csv", entries)],
        ImportLayer::Actors => vec![("actors.csv", heads), ("aliases.csv", entries)],
    };
    debug_assert!(imported.files.iter().all(|(name, _)| FILE_NAMES.contains(name)));
    imported
}

/// The pattern of a word and its kind, or why it cannot be one.
fn entry(word: &str, layer: ImportLayer) -> std::result::Result<(String, &'static str), String> {
    let mut word = word.trim().replace('_', " ");
    if word.contains('?') {
        return Err("`?` for one letter is not known here; write the forms out, or use a regex".into());
    }
    if layer == ImportLayer::Actors {
        word = word.replace('*', "");
    }
    let (kind, name) = match word.contains('*') {
        true => (Pattern::Wildcard, "wildcard"),
        false => (Pattern::Literal, "literal"),
    };
    super::pattern::check_pattern(&word, kind)?;
    Ok((word, name))
}

/// A code for a category that no other has.
fn code(path: &[String], codes: &mut HashMap<String, usize>) -> String {
    let name = path.last().map_or("", String::as_str);
    let mut code: String = fold_key(name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '_' || c == '-' { c } else { '_' })
        .collect();
    let kept_capitals = name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    if kept_capitals {
        code = name.to_owned();
    }
    let missing = ["na", "nan", "null", "none", "inf"].contains(&code.to_ascii_lowercase().as_str());
    if missing || !code.starts_with(|c: char| c.is_ascii_alphabetic()) {
        code = format!("c_{code}");
    }
    let n = codes.entry(code.clone()).or_default();
    *n += 1;
    if *n > 1 { format!("{code}_{n}") } else { code }
}

fn line(cells: &[&str]) -> String {
    let cell = |cell: &&str| match cell.contains([',', '"', '\n']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => (*cell).to_owned(),
    };
    cells.iter().map(cell).collect::<Vec<_>>().join(",") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::{Codebook, CsvFile};

    fn imported(text: &str, format: DictionaryFormat, layer: ImportLayer) -> (Vec<(String, String)>, Vec<String>) {
        let imported = import(text, format, layer).expect("a dictionary");
        let files = imported.files.iter().map(|(name, text)| CsvFile::new("new", *name, text.as_str())).collect();
        let book = Codebook::parse(files).expect("a codebook that is taken");
        let mut found: Vec<(String, String)> = Vec::new();
        for term in &book.terms {
            let frame = term.frame.map_or("", |frame| book.frames[frame.index()].code.as_str());
            found.push((frame.to_owned(), term.pattern.clone()));
        }
        for alias in &book.aliases {
            let actor = alias.actor.map_or("", |actor| book.actors[actor.index()].code.as_str());
            found.push((actor.to_owned(), alias.alias.clone()));
        }
        (found, imported.lost)
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn dictionaries_of_other_programs_become_codebooks() {
        let frames = ImportLayer::Frames;
        for (format, text, words, lost) in [
            (
                DictionaryFormat::Yaml,
                "Peace:\n  - talk*\n  - 'cease fire'\nWar:\n- battle\n- ba?tle\n",
                &[("peace", "talk*"), ("peace", "cease fire"), ("war", "battle")][..],
                1,
            ),
            (
                DictionaryFormat::Yaml,
                "AFRICA:\n  EAST:\n    BI: [burundi*,\n      bujumbura]\n",
                &[("BI", "burundi*"), ("BI", "bujumbura")],
                0,
            ),
            (
                DictionaryFormat::Liwc,
                "%\n1\tposemo\n2\tnegemo\n%\ngood*\t1\nwar\t2\t1\n:)\t1\n",
                &[("posemo", "good*"), ("posemo", "war"), ("negemo", "war")],
                1,
            ),
            (
                DictionaryFormat::WordStat,
                "PEACE\n\tTALKS (1)\n\tDEEDS\n\t\tSIGN_PACT* (1)\n",
                &[("PEACE", "TALKS"), ("DEEDS", "SIGN PACT*")],
                0,
            ),
            (
                DictionaryFormat::Yoshikoder,
                "<dictionary><cnode name=\"d\"><cnode name=\"War\"><pnode name=\"siege*\"/></cnode></cnode></dictionary>",
                &[("war", "siege*")],
                0,
            ),
            (
                DictionaryFormat::Csv,
                "category,word\nWar,siege\nWar,\"march, forced\"\n",
                &[("war", "siege"), ("war", "march, forced")],
                0,
            ),
        ] {
            let (found, reported) = imported(text, format, frames);
            assert_eq!(found, pairs(words), "{text}");
            assert_eq!(reported.len(), lost, "{reported:?}");
        }
    }

    #[test]
    fn actors_of_other_programs_become_actors() {
        for (format, text, words, lost) in [
            (
                DictionaryFormat::Petrarch,
                "# actors\nARMENIA_ [ARM]\n+ARMENIAN_\n+YEREVAN\nJOHN_DOE_\n\t[USAGOV >010101]\n\t[USAELI]\n",
                &[("ARM", "ARMENIA"), ("ARM", "ARMENIAN"), ("ARM", "YEREVAN"), ("USAGOV", "JOHN DOE")][..],
                2,
            ),
            (
                DictionaryFormat::Spacy,
                "{\"label\":\"GPE\",\"pattern\":\"Ayland\",\"id\":\"AAA\"}\n{\"label\":\"ORG\",\"pattern\":[{\"LOWER\":\"blue\"},{\"LOWER\":\"cross\"}]}\n{\"label\":\"ORG\",\"pattern\":[{\"POS\":\"NOUN\"}]}\n",
                &[("AAA", "Ayland"), ("ORG", "blue cross")],
                1,
            ),
        ] {
            let (found, reported) = imported(text, format, ImportLayer::Actors);
            assert_eq!(found, pairs(words), "{text}");
            assert_eq!(reported.len(), lost, "{reported:?}");
        }
    }

    #[test]
    fn a_text_without_a_word_is_no_dictionary() {
        for format in DictionaryFormat::ALL {
            assert!(import("", format, ImportLayer::Frames).is_err(), "{}", format.name());
        }
    }
}
