//! What people coded, in the classes and groups of the tables.

use super::chosen::Coding;
use crate::analysis::Analysis;
use crate::coding::{AnswersByField, Field, HandCoding, Judged, KeyRow, Kind, NOBODY, is_right, truth};
use crate::count::NONE;
use crate::stats::correction::Coded;
use crate::voice::Voice;
use std::collections::{BTreeMap, BTreeSet};

/// A drawn hit.
pub(super) struct JudgedHit<'h> {
    group: usize,
    class: usize,
    pub frame: Option<u32>,
    row: &'h KeyRow,
    answers: &'h AnswersByField,
}

/// The framing hits of a sample, and how many the corpus has of each class in each group.
pub(super) struct Hits<'h> {
    analysis: &'h Analysis<'h>,
    classes: Vec<&'h str>,
    pub units: Vec<JudgedHit<'h>>,
    pub judges_sense: bool,
    /// The hits of each stratum, by group and class.
    strata: BTreeMap<(usize, usize), u64>,
}

impl<'h> Hits<'h> {
    pub fn of(analysis: &'h Analysis<'_>, hand: &'h HandCoding, kind: Kind) -> Option<Self> {
        let judged = hand.of(kind)?;
        let (classes, strata) = strata(analysis, judged);
        let number = |row: &KeyRow| {
            let stratum = judged.key.stratum(row);
            let group = group_number(analysis, &stratum.group)?;
            Some((group, classes.iter().position(|class| *class == stratum.class)?))
        };
        let units = judged.rows().filter_map(|(row, answers)| {
            let (group, class) = number(row)?;
            let frame = analysis.codebook.frame(&row.frame).map(|frame| frame.0);
            Some(JudgedHit { group, class, frame, row, answers })
        });
        let units = units.collect();
        Some(Self { analysis, classes, units, judges_sense: judged.judges_sense(), strata })
    }

    /// Hits of a frame, or all, in a group or the corpus.
    pub fn size(&self, group: Option<usize>, frame: Option<u32>) -> u64 {
        (0..self.classes.len()).map(|class| self.size_of(group, class, frame)).sum()
    }

    pub fn class_size(&self, group: Option<usize>, class: &str, frame: Option<u32>) -> u64 {
        self.classes.iter().position(|own| *own == class).map_or(0, |class| self.size_of(group, class, frame))
    }

    fn size_of(&self, group: Option<usize>, class: usize, frame: Option<u32>) -> u64 {
        let Some(frame) = frame else {
            return match group {
                Some(group) => self.strata.get(&(group, class)).copied().unwrap_or_default(),
                None => self.strata.iter().filter(|((_, of), _)| *of == class).map(|(_, n)| n).sum(),
            };
        };
        let group = group.map_or(0, |group| group + 1);
        let Some(tally) = self.analysis.groups[group].counts.frames.get(frame) else { return 0 };
        let voice = Voice::ALL.into_iter().find(|voice| voice.name() == self.classes[class]);
        voice.map_or_else(|| self.roles_of(group, class, frame), |voice| tally.voices.of(voice))
    }

    /// Hits of a frame whose class says which roles are known.
    fn roles_of(&self, group: usize, class: usize, frame: u32) -> u64 {
        let book = self.analysis.codebook;
        let of = self.analysis.groups[group].counts.targets.iter().filter(|&((term, agent, target), _)| {
            book.terms[term as usize].frame.is_some_and(|own| own.0 == frame)
                && role_class(agent > 0, target > 0) == self.classes[class]
        });
        of.map(|(_, tally)| tally.n).sum()
    }

    /// How many people said something in a field.
    pub fn answers(&self, field: Field) -> usize {
        self.units.iter().filter(|unit| unit.answers.contains_key(&field)).count()
    }

    /// The actors that people or the program gave.
    pub fn actors(&self, field: Field) -> BTreeSet<&'h str> {
        let given = self.units.iter().filter_map(|unit| unit.answers.get(&field));
        let known = |code: &&str| self.analysis.codebook.actor(code).is_some();
        given.map(|answer| answer.code()).filter(known).chain([NONE]).collect()
    }

    /// Whether hits are in own voice.
    pub fn own_voice(&self, frame: Option<u32>) -> Coding {
        let own = Voice::Own.name();
        let sides = self.classes.iter().map(|class| match *class == own {
            true => (0, vec![(0.0, 0.0), (-1.0, 0.0)]),
            false => (1, vec![(0.0, 0.0), (1.0, 0.0)]),
        });
        self.coding(frame, sides.collect(), |unit| property(unit, Field::Voice, own))
    }

    /// Whether hits are in the right sense.
    pub fn senses(&self, frame: Option<u32>) -> Coding {
        let classes = self.classes.iter().map(|_| (0, vec![(0.0, 0.0), (-1.0, 0.0)])).collect();
        self.coding(frame, classes, |unit| is_right(unit.answers).map(|right| (if right { 0.0 } else { -1.0 }, 0.0)))
    }

    /// Whether hits have an actor in a role.
    pub fn role(&self, field: Field, actor: &str) -> Coding {
        let classes = self.classes.iter().map(|_| (0, vec![(0.0, 0.0), (1.0, 0.0)])).collect();
        self.coding(None, classes, |unit| property(unit, field, actor))
    }

    fn coding(
        &self,
        frame: Option<u32>,
        classes: Vec<(usize, Vec<(f64, f64)>)>,
        difference: impl Fn(&JudgedHit<'_>) -> Option<(f64, f64)>,
    ) -> Coding {
        let all: Vec<_> = self.units.iter().filter_map(|unit| Some((unit, difference(unit)?))).collect();
        let mut coded: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        for (unit, _) in &all {
            *coded.entry((unit.group, unit.class)).or_default() += 1;
        }
        let of_frame = all.iter().filter(|(unit, _)| frame.is_none() || unit.frame == frame);
        let units = of_frame.map(|(unit, (y, x))| {
            let place = (unit.group, unit.class);
            let weight = self.strata.get(&place).map_or(1.0, |size| *size as f64) / coded[&place] as f64;
            (unit.group, unit.class, Coded { weight, y: *y, x: *x })
        });
        let of_group =
            |group: usize| (0..self.classes.len()).map(|class| self.size_of(Some(group), class, frame)).collect();
        Coding::new((0..self.analysis.parts().len()).map(of_group).collect(), classes, units)
    }
}

/// How far a person's answer is from the program's: in the number of hits that have the property, and in the number of hits.
/// `None` where there is no answer.
fn property(unit: &JudgedHit<'_>, field: Field, wanted: &str) -> Option<(f64, f64)> {
    let program = unit.row.answer(field);
    let predicted = f64::from(u8::from(program == wanted));
    if is_right(unit.answers) == Some(false) {
        return Some((-predicted, -1.0));
    }
    let truth = truth(program, unit.answers.get(&field)?);
    Some((f64::from(u8::from(truth == wanted)) - predicted, 0.0))
}

/// The number of a group, which come by their keys.
pub(super) fn group_number(analysis: &Analysis<'_>, key: &[String]) -> Option<usize> {
    analysis.parts().binary_search_by(|group| group.key.as_slice().cmp(key)).ok()
}

fn role_class(agent: bool, target: bool) -> &'static str {
    match (agent, target) {
        (true, true) => "agent+target",
        (true, false) => "agent",
        (false, true) => "target",
        (false, false) => "nobody",
    }
}

/// The classes of a sample, and how many hits the tables have of each in each group.
pub(super) fn strata<'h>(analysis: &Analysis<'_>, judged: &'h Judged) -> (Vec<&'h str>, BTreeMap<(usize, usize), u64>) {
    let classes: BTreeSet<&str> = judged.key.strata.iter().map(|stratum| stratum.class.as_str()).collect();
    let classes: Vec<&str> = classes.into_iter().collect();
    let mut sizes = BTreeMap::new();
    for (at, group) in analysis.parts().iter().enumerate() {
        for (class, name) in classes.iter().enumerate() {
            let n: u64 = match Voice::ALL.into_iter().find(|voice| voice.name() == *name) {
                Some(voice) => group.counts.frames.values().map(|tally| tally.voices.of(voice)).sum(),
                None => {
                    let of = group.counts.targets.iter();
                    of.filter(|((_, agent, target), _)| role_class(*agent > 0, *target > 0) == *name)
                        .map(|(_, tally)| tally.n)
                        .sum()
                }
            };
            sizes.insert((at, class), n);
        }
    }
    (classes, sizes)
}

/// The sentences without a hit that were drawn, and the hits that people found in them.
pub(super) struct Misses<'h> {
    analysis: &'h Analysis<'h>,
    judged: &'h Judged,
    classes: Vec<&'h str>,
}

impl<'h> Misses<'h> {
    pub fn of(analysis: &'h Analysis<'_>, hand: &'h HandCoding) -> Option<Self> {
        let judged = hand.of(Kind::Misses)?;
        let classes: BTreeSet<&str> = judged.key.strata.iter().map(|stratum| stratum.class.as_str()).collect();
        Some(Self { analysis, judged, classes: classes.into_iter().collect() })
    }

    /// The frames of which people found hits.
    pub fn frames(&self) -> Vec<u32> {
        let answers = self.judged.rows().filter_map(|(_, answers)| answers.get(&Field::MissedFrames));
        let codes = answers.flat_map(|answer| &answer.codes);
        codes.filter_map(|code| self.analysis.codebook.frame(code)).map(|frame| frame.0).collect()
    }

    /// The hits of a frame, or all, in each sentence.
    pub fn found(&self, frame: Option<u32>) -> Coding {
        let key = &self.judged.key;
        let place = |stratum: &crate::coding::Stratum| {
            let group = group_number(self.analysis, &stratum.group)?;
            Some((group, self.classes.iter().position(|class| *class == stratum.class)?))
        };
        let mut sizes = vec![vec![0; self.classes.len()]; self.analysis.parts().len()];
        for stratum in &key.strata {
            if let Some((group, class)) = place(stratum) {
                sizes[group][class] = stratum.size;
            }
        }
        let code = frame.map(|frame| self.analysis.frame_code(frame));
        let coded = self.judged.rows().filter_map(|(row, answers)| {
            let answer = answers.get(&Field::MissedFrames)?;
            let found = answer.codes.iter().filter(|own| *own != NOBODY && code.is_none_or(|code| code == *own));
            let (group, class) = place(key.stratum(row))?;
            Some((group, class, found.count() as f64))
        });
        let coded: Vec<(usize, usize, f64)> = coded.collect();
        let mut in_stratum: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        for (group, class, _) in &coded {
            *in_stratum.entry((*group, *class)).or_default() += 1;
        }
        let units: Vec<_> = coded
            .into_iter()
            .map(|(group, class, y)| {
                let weight = sizes[group][class] as f64 / in_stratum[&(group, class)] as f64;
                (group, class, Coded { weight, y, x: 0.0 })
            })
            .collect();
        let classes = vec![(0, vec![(0.0, 0.0), (1.0, 0.0)]); self.classes.len()];
        Coding::new(sizes, classes, units.into_iter())
    }
}
