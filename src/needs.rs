//! What a run asks of the stages beyond mentions: a run that writes a few tables leaves out what none of them shows.

/// Something that not every table shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Quotations, voice, speakers, agents and targets.
    Voice,
    /// The vocabulary.
    Words,
}

/// A set of needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    voice: bool,
    words: bool,
}

impl Needs {
    pub const ALL: Self = Self { voice: true, words: true };

    /// What any of these is there for.
    pub fn of(needs: impl IntoIterator<Item = Need>) -> Self {
        let mut set = Self { voice: false, words: false };
        for need in needs {
            match need {
                Need::Voice => set.voice = true,
                Need::Words => set.words = true,
            }
        }
        set
    }

    pub fn has(self, need: Need) -> bool {
        match need {
            Need::Voice => self.voice,
            Need::Words => self.words,
        }
    }
}
