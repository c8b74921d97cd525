//! What adding means, whether to a line or to a whole tally.

use super::article::TallyArticle;
use super::name_table::NameKey;
use super::section::Section;
use super::{Fingerprint, Tally, TallyGroup, checked_add};
use crate::error::{Error, Place, Result};
use std::collections::btree_map::Entry;
use std::sync::Arc;

impl Tally {
    /// The sum of two tallies. Associative and commutative.
    ///
    /// # Errors
    /// Tallies that were made differently, have an article or a part in common, or whose sums are too large
    /// ([`Error::Incompatible`]).
    pub fn merge(mut self, other: Self) -> Result<Self> {
        if let Some((fingerprint, place)) = other.counted_by {
            self.accept(fingerprint, &place)?;
        }
        self.articles_in = checked_add(self.articles_in, other.articles_in)?;
        self.read_as.extend(other.read_as);
        let names = self.names.absorb(&other.names)?;
        for (id, article) in other.articles {
            self.add_article(id, article.renamed(&names))?;
        }
        for (fault, n) in other.bad_records {
            let sum = self.bad_records.entry(fault).or_default();
            *sum = checked_add(*sum, n)?;
        }
        for (name, articles) in other.parts {
            self.add_part_once(name, articles)?;
        }
        let words = self.lexicon.absorb(&other.lexicon);
        for (key, group) in other.groups {
            self.groups.entry(key).or_default().merge(group, &names, &words)?;
        }
        Ok(self)
    }

    /// Refuses what was counted otherwise than what is here.
    pub(super) fn accept(&mut self, fingerprint: Fingerprint, place: &Arc<Place>) -> Result<()> {
        match &self.counted_by {
            None => {
                self.counted_by = Some((fingerprint, place.clone()));
                Ok(())
            }
            Some((known, _)) if *known == fingerprint => Ok(()),
            Some((known, known_place)) => {
                // The earlier place is reported first, whichever was read first.
                let here = (place, &fingerprint);
                let (a, b) =
                    if known_place <= place { ((known_place, known), here) } else { (here, (known_place, known)) };
                Err(Error::Incompatible(format!(
                    "{} and {} were counted differently: {}; such counts do not add up",
                    a.0,
                    b.0,
                    a.1.differences(b.1).join("; ")
                )))
            }
        }
    }

    pub(super) fn add_article(&mut self, id: Arc<str>, article: TallyArticle) -> Result<()> {
        match self.articles.entry(id) {
            Entry::Vacant(entry) => {
                entry.insert(article);
                Ok(())
            }
            Entry::Occupied(entry) => Err(entry.get().is_twice(entry.key(), &article)),
        }
    }

    pub(super) fn add_part_once(&mut self, name: String, articles: u64) -> Result<()> {
        match self.parts.insert(name.clone(), articles) {
            None => Ok(()),
            Some(_) => Err(Error::Incompatible(format!("the part `{name}` is in another tally too"))),
        }
    }
}

impl TallyGroup {
    fn merge(&mut self, other: Self, names: &[u32], words: &[u32]) -> Result<()> {
        for (name, from) in other.sections {
            let shape = from.shape;
            let into = self.sections.entry(name).or_insert_with(|| Section::new(shape));
            for (key, numbers) in from.iter() {
                into.add(key.renamed(shape.arity, names), numbers)?;
            }
        }
        for (key, (article, byte)) in other.first {
            self.meet_first(key.renamed(2, names), (&article, byte));
        }
        self.add_words(other.words.into_iter().map(|(word, counts)| (words[word as usize], counts)))
    }

    /// Keeps the first of two hits.
    pub(super) fn meet_first(&mut self, key: NameKey, (article, byte): (&Arc<str>, u64)) {
        match self.first.get_mut(&key) {
            Some((known, known_byte)) if (&*known, &*known_byte) <= (article, &byte) => {}
            Some(known) => *known = (article.clone(), byte),
            None => drop(self.first.insert(key, (article.clone(), byte))),
        }
    }

    pub(super) fn add_words(&mut self, words: impl IntoIterator<Item = (u32, [u64; 2])>) -> Result<()> {
        for (word, [n, articles]) in words {
            let sums = self.words.entry(word).or_default();
            *sums = [checked_add(sums[0], n)?, checked_add(sums[1], articles)?];
        }
        Ok(())
    }
}
