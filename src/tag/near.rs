//! The condition `near` of contested names: which aliases name an actor that satisfies it. It also decides on names that
//! hang on a date, in articles without one.

use super::{Entry, Mention, RejectReason};
use crate::codebook::Codebook;
use crate::id::{ActorId, VariantId};
use std::collections::HashMap;

/// The conditions of all variants. Variants that ask for the same actors share one.
#[derive(Debug, Clone, Default)]
pub(super) struct Nears {
    /// By variant.
    condition: Vec<Option<u32>>,
    /// By variant: whether it means the object only in the days it gives, so that an article without a date says too
    /// little.
    hangs_on_date: Vec<bool>,
    /// By condition, by alias: whether the alias names one of its actors.
    satisfied_by: Vec<Vec<bool>>,
}

impl Nears {
    pub fn new(codebook: &Codebook) -> Self {
        let mut known: HashMap<&[ActorId], u32> = HashMap::new();
        let mut satisfied_by = Vec::new();
        let mut condition = Vec::with_capacity(codebook.variants.len());
        let mut hangs_on_date = Vec::with_capacity(codebook.variants.len());
        for variant in &codebook.variants {
            let near = variant.near.as_slice();
            condition.push((!near.is_empty()).then(|| {
                *known.entry(near).or_insert_with(|| {
                    satisfied_by.push(aliases_of(codebook, near));
                    (satisfied_by.len() - 1) as u32
                })
            }));
            // A name with a capital letter and no actors to stand by says by itself what it means.
            let is_free = variant.dates.is_open() || (variant.is_name() && near.is_empty());
            hangs_on_date.push(!is_free);
        }
        Self { condition, hangs_on_date, satisfied_by }
    }

    /// Why the variant does not count in a sentence with these mentions, if so. `has_date`: the article has one.
    pub fn refuses(&self, variant: VariantId, sentence: &[Mention], has_date: bool) -> Option<RejectReason> {
        if !has_date && self.hangs_on_date[variant.index()] {
            return Some(RejectReason::Date);
        }
        let named = &self.satisfied_by[self.condition[variant.index()]? as usize];
        let is_named = |mention: &Mention| matches!(mention.entry, Entry::Alias(alias) if named[alias.index()]);
        (!sentence.iter().any(is_named)).then_some(RejectReason::Near)
    }
}

fn aliases_of(codebook: &Codebook, near: &[ActorId]) -> Vec<bool> {
    let mut wanted = vec![false; codebook.actors.len()];
    for (at, is_wanted) in wanted.iter_mut().enumerate() {
        let mut actor = Some(ActorId::new(at));
        while let Some(up) = actor {
            *is_wanted |= near.contains(&up);
            actor = codebook.actors[up.index()].parent;
        }
    }
    codebook.aliases.iter().map(|alias| alias.actor.is_some_and(|actor| wanted[actor.index()])).collect()
}

#[cfg(test)]
mod tests {
    use crate::codebook::{Codebook, CsvFile};
    use crate::corpus::PartialDate;
    use crate::normalise::View;
    use crate::segment::{Sentence, Tokens};
    use crate::span::NormSpan;
    use crate::tag::{Entry, RejectReason, Tagger, Tags};

    const ACTORS: &str = "actor,name,kind,parent\nAAA,Ayland,state,\nAAA_A,Army,armed_force,AAA\nBBB,Beeland,state,\n";
    const ALIASES: &str = "actor,alias\nAAA,Ayland\nAAA_A,Ayish army\nBBB,Beeland\n";
    const PAIRS: &str = "pair,object,pole,term,near,from,to\n\
        war,the war,a,great aggression,AAA,2020-05,2020-06\n\
        war,the war,a,aggression,AAA,2020-05,2020-06\n\
        war,the war,b,Forty Days,,,\n";

    /// Contested names that count, and why others do not.
    fn found(text: &str, date: Option<&str>) -> (usize, Vec<RejectReason>) {
        let file = |name, text| CsvFile::new("cb", name, text);
        let book =
            Codebook::parse(vec![file("actors.csv", ACTORS), file("aliases.csv", ALIASES), file("pairs.csv", PAIRS)])
                .expect("a codebook");
        let tagger = Tagger::new(&book).expect("compiles");
        let view = View::of(text);
        let (whole, stop) = (view.text().len(), view.text().find(". ").map_or(0, |at| at + 1));
        let sentences =
            [(0, stop), (stop, whole)].map(|(start, end)| Sentence { span: NormSpan::new(start, end), passage: 0 });
        let (mut tokens, mut tags) = (Tokens::default(), Tags::default());
        tokens.read(&view, text, &[NormSpan::new(0, whole)]);
        let date = date.map(|date| PartialDate::parse(date).expect("a date"));
        tagger.tag(&view, &tokens, &sentences, date.as_ref(), &mut tags);
        let names = tags.mentions.iter().filter(|mention| matches!(mention.entry, Entry::Variant(_))).count();
        (names, tags.rejected.iter().map(|rejected| rejected.reason).collect())
    }

    #[test]
    fn a_contested_name_counts_where_its_object_is_meant() {
        let near = RejectReason::Near;
        for (text, date, names, refused) in [
            ("Ayland began its aggression.", Some("2020-05"), 1, vec![]),
            // Without a date it is not known which aggression is meant.
            ("Ayland began its aggression.", None, 0, vec![RejectReason::Date]),
            ("The Forty Days were long.", None, 1, vec![]),
            ("The aggression was the work of the Ayish army.", Some("2020-06-30"), 1, vec![]),
            ("Beeland began its aggression.", Some("2020-05"), 0, vec![near]),
            ("Ayland spoke. The aggression went on.", Some("2020-05"), 0, vec![near]),
            ("Ayland began its aggression.", Some("2022"), 0, vec![RejectReason::Date]),
            ("The Forty Days were long.", Some("2022"), 1, vec![]),
            ("The great aggression of Ayland.", Some("2020-05-01"), 1, vec![RejectReason::Shadowed]),
            // The longer name is refused, and so is the shorter one.
            ("The great aggression of Beeland.", Some("2020-05"), 0, vec![near, near]),
        ] {
            assert_eq!(found(text, date), (names, refused), "{text}");
        }
    }
}
