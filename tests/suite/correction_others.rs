//! What corrected rates, role shares and rows of pooled groups promise, tried on corpora that are made up.
//!
//! `cargo test --test lib corrected_rates -- --ignored --nocapture` prints the figures of `docs/coding-format.md`.

use super::correction_simulation::{CORPORA, Chance, FEWEST};
use framescope::sample::{Plan, Size, allocate};
use framescope::stats::Interval;
use framescope::stats::correction::{Cell, Classed, Coded, Counted, Estimate, put_together, ratio, total};

/// Predicted voices: the strata of hits within a group.
const CLASSES: usize = 6;

/// What the program and people say of one unit: of a hit whether it has the actor, of a sentence nothing and how many hits
/// it misses.
#[derive(Clone, Copy)]
struct Unit {
    class: usize,
    /// Whether it is a hit in the right sense.
    right: bool,
    predicted: f64,
    truth: f64,
}

impl Unit {
    /// How far people are from the program, in the numerator and in the denominator.
    fn difference(self) -> (f64, f64) {
        if self.right { (self.truth - self.predicted, 0.0) } else { (-self.predicted, -1.0) }
    }

    fn lost(self) -> f64 {
        if self.right { 0.0 } else { -1.0 }
    }
}

/// The rates at which a group, or all of them, use actors and the program errs.
struct Rates {
    classes: Vec<f64>,
    /// By class: of the other sense, with the actor, wrong about the actor.
    of_class: Vec<[f64; 3]>,
    /// Sentences without a cue and with one: hits that are missed.
    missed: [f64; 2],
}

fn rates(random: &mut Chance) -> Rates {
    let mut of_class = || [random.between(0.05, 0.3), random.between(0.1, 0.6), random.between(0.05, 0.3)];
    let of_class = (0..CLASSES).map(|_| of_class()).collect();
    let classes = (0..CLASSES).map(|_| random.between(0.2, 1.0)).collect();
    Rates { classes, of_class, missed: [random.between(0.02, 0.06), random.between(0.1, 0.3)] }
}

/// The hits of a group, and its sentences without one.
fn group(random: &mut Chance, rates: &Rates) -> [Vec<Unit>; 2] {
    let flag = |is: bool| f64::from(u8::from(is));
    let n = random.between(200.0, 1500.0) as usize;
    let mut hit = || {
        let class = random.one_of(&rates.classes);
        let [other, actor, wrong] = rates.of_class[class];
        let truth = random.share() < actor;
        let predicted = truth != (random.share() < wrong);
        Unit { class, right: random.share() >= other, predicted: flag(predicted), truth: flag(truth) }
    };
    let hits = (0..n).map(|_| hit()).collect();
    let mut sentence = || {
        let class = usize::from(random.share() < 0.25);
        let found = |random: &mut Chance| flag(random.share() < rates.missed[class]);
        // One that misses a hit now and then misses another.
        let first = found(random);
        Unit { class, right: true, predicted: 0.0, truth: first + first * found(random) }
    };
    [hits, (0..4 * n).map(|_| sentence()).collect()]
}

/// By group and class the units that are drawn, as `framescope sample` does.
fn draw(random: &mut Chance, groups: &[&[Unit]], classes: usize, favour: u64, n: u64) -> Vec<Vec<Vec<Unit>>> {
    let mut strata: Vec<Vec<Vec<Unit>>> = vec![vec![Vec::new(); classes]; groups.len()];
    for (group, units) in groups.iter().enumerate() {
        units.iter().for_each(|unit| strata[group][unit.class].push(*unit));
    }
    let plan = |group: usize, class: usize, units: &[Unit]| Plan {
        group,
        size: units.len() as u64,
        favour: if class > 0 { favour } else { 1 },
    };
    let plans: Vec<Plan> = strata
        .iter()
        .enumerate()
        .flat_map(|(group, of)| of.iter().enumerate().map(move |(class, units)| plan(group, class, units)))
        .collect();
    let mut drawn = allocate(&plans, Size::Items(n)).into_iter();
    for units in strata.iter_mut().flatten() {
        let n = drawn.next().expect("a number") as usize;
        for at in 0..n {
            let other = at + random.below(units.len() - at);
            units.swap(at, other);
        }
        units.truncate(n);
    }
    strata
}

/// A cell for each class of each group, about the units of `about`.
fn cells(
    groups: &[&[Unit]],
    drawn: &[Vec<Vec<Unit>>],
    possible: &[(f64, f64)],
    difference: impl Fn(Unit) -> (f64, f64),
) -> Vec<Classed> {
    let mut cells = Vec::new();
    for (units, drawn) in groups.iter().zip(drawn) {
        for (class, coded) in drawn.iter().enumerate() {
            let size = units.iter().filter(|unit| unit.class == class).count() as f64;
            let weight = size / coded.len().max(1) as f64;
            let coded = coded.iter().map(|unit| difference(*unit)).map(|(y, x)| Coded { weight, y, x });
            let cell = Cell { size, drawn_from: size, coded: coded.collect(), possible: possible.to_vec() };
            cells.push(Classed { cell, class, side: 0 });
        }
    }
    cells
}

const OF_SHARES: [(f64, f64); 2] = [(0.0, 0.0), (1.0, 0.0)];
const OF_SENSES: [(f64, f64); 2] = [(0.0, 0.0), (-1.0, 0.0)];

fn share_of_actor(groups: &[&[Unit]], cells: Vec<Classed>) -> Estimate {
    let units = || groups.iter().flat_map(|units| units.iter());
    let counted = Counted { y: units().map(|unit| unit.predicted).sum(), x: units().count() as f64 };
    ratio(counted, &put_together(cells)).expect("hits")
}

fn true_share(groups: &[&[Unit]]) -> f64 {
    let right = || groups.iter().flat_map(|units| units.iter()).filter(|unit| unit.right);
    right().map(|unit| unit.truth).sum::<f64>() / right().count() as f64
}

/// The cells of a group, filled with what was coded in all groups.
fn pooled(cells: &[Classed], group: usize) -> Vec<Classed> {
    let of_class = |class: usize| {
        let all: Vec<&Cell> = cells.iter().filter(|one| one.class == class).map(|one| &one.cell).collect();
        let cell = Cell {
            size: all[group].size,
            drawn_from: all.iter().map(|cell| cell.size).sum(),
            coded: all.iter().flat_map(|cell| cell.coded.clone()).collect(),
            possible: all[0].possible.clone(),
        };
        Classed { cell, class, side: 0 }
    };
    (0..CLASSES).map(of_class).collect()
}

/// How often intervals hold the truth, and how wide they are.
#[derive(Default)]
struct Coverage {
    tried: u64,
    held: u64,
    width: f64,
}

impl Coverage {
    fn add(&mut self, truth: f64, ends: Interval) {
        self.tried += 1;
        self.held += u64::from(ends.low <= truth && truth <= ends.high);
        self.width += ends.high - ends.low;
    }

    fn check(&self, what: &str, n: u64) {
        let held = self.held as f64 / self.tried as f64;
        println!(
            "{n} coded, {what}: holds the truth in {held:.4} of {}, mean width {:.3}",
            self.tried,
            self.width / self.tried as f64
        );
        assert!((0.93..=0.97).contains(&held), "{what}: {held}");
    }
}

#[test]
#[ignore = "a simulation of some seconds"]
fn corrected_rates_roles_and_pooled_groups_hold_the_truth_as_often_as_they_should() {
    let mut random = Chance::from_seed(24);
    for n in [100, 400] {
        let (mut of_rates, mut of_roles, mut of_groups) = <(Coverage, Coverage, Coverage)>::default();
        for _ in 0..CORPORA {
            let mut one = || {
                let rates = rates(&mut random);
                group(&mut random, &rates)
            };
            let made: Vec<[Vec<Unit>; 2]> = (0..3).map(|_| one()).collect();
            let [hits, sentences] = [0, 1].map(|at| made.iter().map(|of| &*of[at]).collect::<Vec<&[Unit]>>());
            let drawn = draw(&mut random, &hits, CLASSES, 1, n);
            let missed = draw(&mut random, &sentences, 2, 3, n);
            of_roles.add(
                true_share(&hits),
                share_of_actor(&hits, cells(&hits, &drawn, &OF_SHARES, Unit::difference)).share_interval(),
            );
            for (at, units) in hits.iter().enumerate() {
                if drawn[at].iter().map(Vec::len).sum::<usize>() >= FEWEST {
                    let own = [*units];
                    let estimate = share_of_actor(&own, cells(&own, &drawn[at..=at], &OF_SHARES, Unit::difference));
                    of_groups.add(true_share(&own), estimate.share_interval());
                }
            }
            let counted = hits.iter().map(|units| units.len()).sum::<usize>() as f64;
            let right = total(counted, &put_together(cells(&hits, &drawn, &OF_SENSES, |unit| (unit.lost(), 0.0))));
            let more = total(0.0, &put_together(cells(&sentences, &missed, &OF_SHARES, Unit::difference)));
            let per = 1000.0 / (100.0 * counted);
            let truth = per
                * (hits.iter().flat_map(|units| units.iter()).map(|unit| 1.0 + unit.lost()).sum::<f64>()
                    + sentences.iter().flat_map(|units| units.iter()).map(|unit| unit.truth).sum::<f64>());
            let (value, variance) = (per * (right.value + more.value), per * per * (right.variance + more.variance));
            of_rates.add(truth, Estimate { value, variance }.interval());
        }
        of_rates.check("rate of the corpus", n);
        of_roles.check("share of an actor in the corpus", n);
        of_groups.check("share of an actor in a group", n);
    }
    // So many groups that each has fewer than 20 coded hits. They err alike, as a pooled row supposes.
    let mut of_pooled = Coverage::default();
    for _ in 0..CORPORA {
        let of_all = rates(&mut random);
        let made: Vec<Vec<Unit>> = (0..8).map(|_| group(&mut random, &of_all)[0].clone()).collect();
        let hits: Vec<&[Unit]> = made.iter().map(Vec::as_slice).collect();
        let drawn = draw(&mut random, &hits, CLASSES, 1, 100);
        let all = cells(&hits, &drawn, &OF_SHARES, Unit::difference);
        for (at, units) in hits.iter().enumerate() {
            if drawn[at].iter().map(Vec::len).sum::<usize>() < FEWEST {
                let mut own = pooled(&all, at);
                own.retain(|one| one.cell.size > 0.0);
                of_pooled.add(true_share(&[*units]), share_of_actor(&[*units], own).share_interval());
            }
        }
    }
    of_pooled.check("share of an actor in a pooled group", 100);
}
