//! Entries by the names that people write: an id, a name, or an alias, in any case.

use super::Codebook;
use crate::error::{Error, Result, nearest};
use crate::id::{ActorId, FrameId};
use std::collections::BTreeSet;

impl Codebook {
    /// The actor of an id, a name (`Armenia`) or an alias that only one actor has (`Republic of Armenia`).
    ///
    /// # Errors
    /// No such actor, or several; the message names ids that may be meant.
    pub fn find_actor(&self, name: &str) -> Result<ActorId> {
        if let Some(actor) = self.actor(name) {
            return Ok(actor);
        }
        let by = |wanted: &dyn Fn(&super::Actor) -> bool| self.actors.iter().position(wanted);
        let known = by(&|actor| same(&actor.code, name)).or_else(|| by(&|actor| same(&actor.name, name)));
        if let Some(at) = known {
            return Ok(ActorId::new(at));
        }
        let aliases = self.aliases.iter().filter(|alias| same(&alias.alias, name));
        let actors: BTreeSet<ActorId> = aliases.filter_map(|alias| alias.actor).collect();
        if let Some(actor) = actors.first().filter(|_| actors.len() == 1) {
            return Ok(*actor);
        }
        let help = if actors.is_empty() { self.actor_meant(name) } else { Some(self.one_of(actors)) };
        let help = help.unwrap_or_else(|| "`framescope explain actors` lists them".to_owned());
        Err(Error::Usage(format!("the codebook has no actor `{name}`; {help}")))
    }

    /// The frame of an id or a name.
    ///
    /// # Errors
    /// No such frame; the message names the one that may be meant.
    pub fn find_frame(&self, name: &str) -> Result<FrameId> {
        let by = |wanted: &dyn Fn(&super::Frame) -> bool| self.frames.iter().position(wanted);
        if let Some(at) = by(&|frame| same(&frame.code, name)).or_else(|| by(&|frame| same(&frame.name, name))) {
            return Ok(FrameId::new(at));
        }
        let of_term = self.terms.iter().find(|term| term.frame.is_some() && same(&term.term, name));
        let help = match of_term.and_then(|term| term.frame) {
            Some(frame) => {
                let code = &self.frames[frame.index()].code;
                Some(format!("it is a term of the frame `{code}`: ask for it with `--term`"))
            }
            None => nearest(name, self.frames.iter().map(|frame| frame.code.as_str())),
        };
        let help = help.unwrap_or_else(|| "`framescope explain frames` lists them".to_owned());
        Err(Error::Usage(format!("the codebook has no frame `{name}`; {help}")))
    }

    fn one_of(&self, actors: BTreeSet<ActorId>) -> String {
        let codes: Vec<String> = actors.iter().map(|actor| format!("`{}`", self.actors[actor.index()].code)).collect();
        format!("it is an alias of several, ask for one by its id: {}", codes.join(", "))
    }

    /// The nearest of all ids, names and aliases, with its id.
    fn actor_meant(&self, name: &str) -> Option<String> {
        let names = self.actors.iter().flat_map(|actor| [actor.code.as_str(), actor.name.as_str()]);
        let aliases = self.aliases.iter().filter(|alias| alias.actor.is_some()).map(|alias| alias.alias.as_str());
        let help = nearest(name, names.chain(aliases))?;
        let meant = help.split('`').nth(1).unwrap_or_default();
        Some(match self.find_actor_exactly(meant) {
            Some(code) if code != meant => format!("{help} its id is `{code}`"),
            _ => help,
        })
    }

    fn find_actor_exactly(&self, name: &str) -> Option<&str> {
        let named = self.actors.iter().find(|actor| actor.code == name || actor.name == name);
        let alias = || self.aliases.iter().filter(|alias| alias.alias == name).find_map(|alias| alias.actor);
        named.or_else(|| alias().map(|actor| &self.actors[actor.index()])).map(|actor| actor.code.as_str())
    }
}

/// `ethnic_cleansing`, `Ethnic cleansing` and `ethnic-cleansing` are one name.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let plain = |text: &str| text.trim().to_lowercase().replace(['_', '-', ' '], "");
    plain(a) == plain(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_by_the_names_people_write() {
        let book = Codebook::embedded().expect("the embedded codebook");
        let code = |name: &str| book.find_actor(name).map(|actor| book.actors[actor.index()].code.clone());
        for (name, id) in [("ARM", "ARM"), ("Armenia", "ARM"), ("united nations", "UN"), ("Republic of Armenia", "ARM")]
        {
            assert_eq!(code(name).unwrap_or_else(|error| panic!("{error}")), id, "{name}");
        }
        for (name, expected) in [("Armenai", "`ARM`"), ("Qqqqqqqqqq", "explain actors")] {
            let error = code(name).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
        let frame = |name: &str| book.find_frame(name).map(|frame| book.frames[frame.index()].code.clone());
        assert_eq!(frame("Ethnic cleansing").expect("a frame"), "ethnic_cleansing");
        assert!(frame("siege").unwrap_err().to_string().contains("a term of the frame `blockade`"));
        assert!(frame("blokade").unwrap_err().to_string().contains("did you mean `blockade`?"));
    }
}
