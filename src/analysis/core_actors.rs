//! Whether the articles are on the conflict that the codebook was written for.

use super::{Analysis, Series};
use crate::id::ActorId;

/// Of a corpus on the codebook's conflict at least one article in so many names a core actor.
const ONE_IN: u64 = 10;

impl Analysis<'_> {
    /// What to say of a corpus in which hardly any article names a core actor of the codebook, itself or by an actor under
    /// it: fewer than one in ten. `None` where enough do, or where the codebook names no core actors.
    pub fn rare_core_actors(&self) -> Option<String> {
        let about = &self.codebook.about;
        let articles = self.all().counts.articles;
        if about.core_actors.is_empty() || articles == 0 {
            return None;
        }
        let is_core = |actor: &u32| {
            let up = std::iter::successors(Some(ActorId(*actor)), |at| self.codebook.actors[at.index()].parent);
            // Parents that lead in a circle are a fault of the codebook.
            up.take(self.codebook.actors.len()).any(|actor| about.core_actors.contains(&actor))
        };
        let core = (0..self.codebook.actors.len() as u32).filter(is_core).map(Series::Coded);
        let named = self.hits(core).count() as u64;
        if named * ONE_IN >= articles {
            return None;
        }
        let names: Vec<&str> =
            about.core_actors.iter().map(|actor| self.codebook.actors[actor.index()].name.as_str()).collect();
        let codebook = if about.name.is_empty() { "the codebook".to_owned() } else { format!("the {}", about.name) };
        let purpose = match about.conflict.as_str() {
            "" => "was written for other articles".to_owned(),
            conflict => format!("is for {conflict}"),
        };
        let language = match about.languages.as_slice() {
            [] => String::new(),
            languages => format!(" and has words of this language: {}", languages.join(", ")),
        };
        Some(format!(
            "{named} of {articles} article{} {} a core actor of {codebook} ({}): it {purpose}{language}; `--dictionaries DIR` \
             takes another codebook",
            if articles == 1 { "" } else { "s" },
            if named == 1 { "names" } else { "name" },
            names.join(", "),
        ))
    }
}
