//! The registry of measures: one [`Measure`] each, from which `explain` and the statistics section of `docs/reference.md` are made.
//!
//! A new measure is a function in its family's file, a `Measure` const under `measures/`, and one line in
//! [`MEASURES`]. Every worked example is computed again by a test, to the digits printed.

mod agreement;
mod association;
mod comparison;
mod dispersion;
mod keyness;
mod profiles;
mod rates;

use std::fmt::Write as _;

/// What a measure is about; a measure's name is unique within its family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Frequency in a target against a reference.
    Keyness,
    /// A ratio over the articles of a group against that of others.
    Comparison,
    /// Two profiles beside each other.
    Similarity,
    /// Who is given the word.
    Sourcing,
    /// Frequency per 1,000 words and its uncertainty.
    Rates,
    /// Co-occurrence in sentences, paragraphs or articles.
    Association,
    /// Co-occurrence within a number of words.
    Window,
    /// Spread over articles.
    Dispersion,
    /// Agreement between coders.
    Agreement,
}

impl Family {
    /// All families, in the order in which they are printed.
    pub const ALL: [Self; 9] = [
        Self::Keyness,
        Self::Comparison,
        Self::Similarity,
        Self::Sourcing,
        Self::Rates,
        Self::Association,
        Self::Window,
        Self::Dispersion,
        Self::Agreement,
    ];

    /// Heading of the family.
    pub fn title(self) -> &'static str {
        match self {
            Self::Keyness => "keyness",
            Self::Comparison => "comparison",
            Self::Similarity => "similarity",
            Self::Sourcing => "sourcing",
            Self::Rates => "rates",
            Self::Association => "association",
            Self::Window => "association in a window of words",
            Self::Dispersion => "dispersion",
            Self::Agreement => "agreement",
        }
    }

    /// What the letters of the family's formulas stand for.
    pub fn notation(self) -> &'static str {
        match self {
            Self::Keyness => {
                "a of n1 words in the target, b of n2 words in the reference; c = n1-a, d = n2-b, N = n1+n2, R = a+b, \
                 E1 = n1*R/N, E2 = n2*R/N"
            }
            Self::Comparison => {
                "article i has f_i of s_i; m articles with s_i > 0, F and S the sums, r = F/S; 1 the group, 2 its reference"
            }
            Self::Similarity => {
                "a and b the counts of an item in the two groups, p and q its shares of all items of the profile"
            }
            Self::Sourcing => "n_i quotations of speaker i, N of all speakers that are named, k of them with one",
            Self::Rates => "a hits in n1 counted words of the group; f_i hits in s_i words of article i",
            Self::Association => {
                "o11 of n units hold both, r1 the first, c1 the second; o12 = r1-o11, o21 = c1-o11, e11 = r1*c1/n"
            }
            Self::Window => {
                "f1 and f2 occurrences in n words, of which observed pairs lie within a window of s words, both sides \
                 together"
            }
            Self::Dispersion => {
                "f_i hits in s_i words of article i, F hits in S words together, k articles with words, p = f/s"
            }
            Self::Agreement => {
                "units coded by two or more coders; tp found by both, fp by the program only, fn by the coder only"
            }
        }
    }
}

/// When a table has the measure as a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// Always.
    Default,
    /// With `--measures all`.
    All,
    /// Where co-occurrence is counted in a window of words.
    Window,
    /// In the output of `agreement`, not of `run`.
    Agreement,
    /// Where hits were coded by hand.
    Coded,
}

impl Column {
    fn describe(self) -> &'static str {
        match self {
            Self::Default => "in every run",
            Self::All => "with `--measures all`",
            Self::Window => "where the unit is a window of words",
            Self::Agreement => "in the output of `agreement`",
            Self::Coded => "with `--coded`",
        }
    }
}

/// A worked example.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The counts, as a reader would write them.
    pub inputs: &'static str,
    /// The value to the digits printed; `empty` where it is undefined.
    pub value: &'static str,
    /// Computes the value from the same counts.
    pub compute: fn() -> Option<f64>,
}

/// Everything a reader needs to know about one measure.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// Name, which is also its column.
    pub name: &'static str,
    /// What it is about.
    pub family: Family,
    /// Definition in the notation of the family.
    pub formula: &'static str,
    /// Possible values.
    pub range: &'static str,
    /// What the value says.
    pub meaning: &'static str,
    /// Where it is undefined or not shown.
    pub edge_rule: &'static str,
    /// Literature.
    pub reference: &'static str,
    /// Worked examples, at least one.
    pub vector: &'static [Example],
    /// When it is a column.
    pub column: Column,
}

/// Every measure, in the order in which they are printed.
pub const MEASURES: &[Measure] = &[
    keyness::EXPECTED,
    keyness::G2,
    keyness::P,
    keyness::Q,
    keyness::LOG_RATIO,
    keyness::LOG_RATIO_CONSERVATIVE,
    keyness::BIC,
    keyness::CHI2,
    keyness::PERCENT_DIFF,
    keyness::ODDS_RATIO,
    keyness::FISHER_P,
    keyness::LOG_ODDS,
    keyness::LOG_ODDS_Z,
    comparison::RATIO,
    comparison::RATIO_LOW,
    comparison::RATIO_HIGH,
    comparison::P,
    profiles::JSD,
    profiles::COSINE,
    profiles::HHI,
    profiles::SHANNON,
    profiles::EVENNESS,
    rates::PER_1000,
    rates::PER_1000_LOW,
    rates::PER_1000_HIGH,
    rates::DEFF,
    rates::LOO_MIN,
    rates::LOO_MAX,
    rates::MEAN_OF_ARTICLES,
    association::EXPECTED,
    association::NPMI,
    association::LOG_DICE,
    association::DELTA_P_2_GIVEN_1,
    association::DELTA_P_1_GIVEN_2,
    association::G2,
    association::P,
    association::Q,
    association::MI,
    association::T_SCORE,
    association::DICE,
    association::JACCARD,
    association::WINDOW_EXPECTED,
    association::WINDOW_MI,
    dispersion::RANGE,
    dispersion::JUILLAND_D,
    dispersion::GRIES_DP,
    dispersion::DP_NORM,
    agreement::COHEN_KAPPA,
    agreement::KRIPPENDORFF_ALPHA,
    agreement::PRECISION,
    agreement::RECALL,
    agreement::F1,
    agreement::CORRECTED,
];

impl Measure {
    /// The measure as plain text, one line for each field; ends with a newline.
    pub fn render(&self) -> String {
        let mut text = format!("{} ({})\n", self.name, self.family.title());
        let fields = [
            ("meaning", self.meaning),
            ("formula", self.formula),
            ("where", self.family.notation()),
            ("range", self.range),
            ("edge rule", self.edge_rule),
            ("column", self.column.describe()),
            ("reference", self.reference),
        ];
        for (label, value) in fields {
            push_line(&mut text, label, value);
        }
        for example in self.vector {
            push_line(&mut text, "example", &format!("{} gives {}", example.inputs, example.value));
        }
        text
    }
}

fn push_line(text: &mut String, label: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "  {label:<10} {value}");
}

/// The text of `explain NAME`: every measure of that name, as keyness and association share some; `None` for an
/// unknown name. Upper and lower case are the same.
pub fn explain(name: &str) -> Option<String> {
    let found: Vec<String> =
        MEASURES.iter().filter(|measure| measure.name.eq_ignore_ascii_case(name)).map(Measure::render).collect();
    (!found.is_empty()).then(|| found.join("\n"))
}

/// The measures as Markdown: for each family a heading, its notation and a table.
pub fn readme_table() -> String {
    let sections = Family::ALL.map(|family| {
        let mut text = format!("### {}\n\nNotation: {}.\n\n", capitalised(family.title()), family.notation());
        text.push_str("| measure | meaning | formula | range | edge rule | worked example | reference |\n");
        text.push_str("|---|---|---|---|---|---|---|\n");
        for measure in MEASURES.iter().filter(|measure| measure.family == family) {
            text.push_str(&readme_row(measure));
        }
        text
    });
    format!("`(all)` marks what only `--measures all` writes.\n\n{}", sections.join("\n"))
}

fn readme_row(measure: &Measure) -> String {
    let mark = match measure.column {
        Column::Default | Column::Window | Column::Agreement | Column::Coded => "",
        Column::All => " (all)",
    };
    let examples: Vec<String> =
        measure.vector.iter().map(|example| format!("{}: {}", example.inputs, example.value)).collect();
    let cells = [
        format!("`{}`{mark}", measure.name),
        measure.meaning.to_owned(),
        format!("`{}`", measure.formula),
        measure.range.to_owned(),
        measure.edge_rule.to_owned(),
        examples.join("<br>"),
        measure.reference.to_owned(),
    ];
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

fn capitalised(title: &str) -> String {
    title.chars().take(1).flat_map(char::to_uppercase).chain(title.chars().skip(1)).collect()
}

/// Which measures the tables show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Measures {
    #[default]
    Default,
    All,
}

impl Measures {
    pub fn are_all(self) -> bool {
        self == Self::All
    }
}
