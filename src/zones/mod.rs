//! Stage 2b, zones: the view of one article in, its [`Passage`]s out, each in exactly one zone.
//!
//! Every line that is not blank belongs to one passage; the lines of a hard-wrapped paragraph are joined into one. What
//! puts a passage into its zone is a row of `zones.csv` (see `rules`) or one of the structural rules (`Structure`).
//! Nothing is refused and nothing deleted: what is not counted is still a passage.

mod divided;
mod layout;
pub(crate) mod lines;
mod page;
mod patterns;
mod repeat;
pub(crate) mod rules;
mod shape;
mod structure;

pub(crate) use divided::KnownWords;
pub(crate) use layout::MAX_TEMPLATE_WORDS;
pub use rules::{Scope, ZoneRow};
pub(crate) use structure::Structure;

use crate::id::RuleId;
use crate::normalise::{View, Zone};
use crate::span::NormSpan;
use layout::Layout;
use rules::Rules;

/// One paragraph, or one line that stands for itself, with its zone and the rule that decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// Bytes of the view, without space at either end; the lines of one paragraph are joined in the view.
    pub span: NormSpan,
    pub zone: Zone,
    pub rule: RuleId,
}

impl Passage {
    /// No row of `zones.csv` has decided.
    pub fn is_by_structure(&self) -> bool {
        self.rule.index() < Structure::ALL.len()
    }
}

/// Lines that a whole corpus has shown to be templates of a source.
pub trait TemplateLines {
    /// Whether this line, as it stands in the view, is a template.
    fn is_template(&self, line: &str) -> bool;
}

/// Compiled zone rules. Immutable; shared by all workers. The rows of `zones.csv`, compiled; the default has none.
#[derive(Debug, Default)]
pub struct Zoner {
    rules: Rules,
    known: KnownWords,
}

impl Zoner {
    /// Compiles the rows of `zones.csv`. Where several rows match a line, the first of the file decides.
    ///
    /// # Errors
    /// Every row whose pattern cannot be used, with its line in the file and what is wrong with it.
    pub fn compile(rows: &[ZoneRow]) -> std::result::Result<Self, Vec<(u64, String)>> {
        Ok(Self { rules: Rules::compile(rows)?, known: KnownWords::default() })
    }

    /// By which words a word is known that was divided at the end of a line.
    #[must_use]
    pub fn knowing(self, known: KnownWords) -> Self {
        Self { known, ..self }
    }

    /// Puts every line of the view that is not blank into one passage, in the order of the text.
    ///
    /// `title` is the title from the metadata, raw or folded: it may help to recognise the headline and is no text of
    /// its own. `templates` are the template lines of the article's source, when a sketch is given.
    pub fn passages(
        &self,
        view: &mut View,
        title: Option<&str>,
        templates: Option<&dyn TemplateLines>,
        out: &mut Vec<Passage>,
    ) {
        out.clear();
        let paragraphs = lines::paragraphs(view, &self.known);
        let mut layout = Layout::new(view, &self.rules, paragraphs);
        layout.decide(title, templates);
        out.extend(layout.into_passages());
    }

    /// The name of a rule as `zones.csv` of the output prints it: `pull_quote`, or `zones.csv:12` for the row in line 12.
    pub fn rule_name(&self, rule: RuleId) -> &str {
        match rule.index().checked_sub(Structure::ALL.len()) {
            None => Structure::ALL[rule.index()].name(),
            Some(row) => self.rules.name(row),
        }
    }
}

#[cfg(test)]
mod pages;
#[cfg(test)]
pub(crate) mod tests;
