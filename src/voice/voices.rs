//! The voicings of an article, by mention.

use super::Voicing;

/// One voicing for each framing hit, and none for actors. These are most mentions: of them a number is kept, since the space of
/// a voicing for each would be twice the size of a long article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MentionVoices {
    /// By mention: the place of its voicing, from 1 on; 0 where it has none.
    places: Vec<u32>,
    voicings: Vec<Voicing>,
}

impl MentionVoices {
    pub(crate) fn clear(&mut self) {
        self.places.clear();
        self.voicings.clear();
    }

    /// Adds the next mention.
    pub(crate) fn push(&mut self, voicing: Option<Voicing>) {
        self.voicings.extend(voicing);
        self.places.push(if voicing.is_some() { self.voicings.len() as u32 } else { 0 });
    }

    /// Adds so many mentions without a voicing.
    pub(crate) fn push_none(&mut self, number: usize) {
        self.places.resize(self.places.len() + number, 0);
    }

    /// Gives so many mentions, and no others, the same voicing.
    pub(crate) fn give_all(&mut self, number: usize, voicing: Voicing) {
        self.clear();
        self.voicings.push(voicing);
        self.places.resize(number, 1);
    }

    /// How many mentions there are.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// The voicing of a mention.
    pub fn of(&self, mention: usize) -> Option<&Voicing> {
        self.voicing(self.places[mention])
    }

    pub(crate) fn of_mut(&mut self, mention: usize) -> Option<&mut Voicing> {
        self.voicings.get_mut((self.places[mention] as usize).checked_sub(1)?)
    }

    /// Mention by mention.
    pub fn iter(&self) -> impl Iterator<Item = Option<&Voicing>> {
        self.places.iter().map(|place| self.voicing(*place))
    }

    /// Those of all mentions that have one.
    pub(crate) fn all_mut(&mut self) -> impl Iterator<Item = &mut Voicing> {
        self.voicings.iter_mut()
    }

    fn voicing(&self, place: u32) -> Option<&Voicing> {
        self.voicings.get((place as usize).checked_sub(1)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::Voice;

    #[test]
    fn a_mention_has_the_voicing_that_it_was_given() {
        let denied = Voicing { voice: Voice::Denied, ..Voicing::OWN };
        let mut voices = MentionVoices::default();
        voices.push(None);
        voices.push(Some(Voicing::OWN));
        voices.push_none(2);
        voices.push(Some(denied));
        let all = [None, Some(Voicing::OWN), None, None, Some(denied)];
        assert!(voices.iter().eq(all.iter().map(Option::as_ref)));
        assert_eq!((voices.len(), voices.of(3), voices.of(4)), (5, None, Some(&denied)));
        *voices.of_mut(1).expect("the second has one") = denied;
        assert!(voices.of_mut(2).is_none() && voices.all_mut().all(|voicing| *voicing == denied));
        voices.give_all(2, Voicing::OWN);
        assert!(voices.iter().eq([Some(&Voicing::OWN); 2]));
    }
}
