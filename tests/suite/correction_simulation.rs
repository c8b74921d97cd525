//! What the corrected shares promise, tried on corpora that are made up: how often their intervals hold the true share.
//!
//! `cargo test --test lib corrected_intervals -- --ignored --nocapture` prints the figures of `docs/validate.md`.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};
use framescope::sample::{Plan, Size, allocate};
use framescope::stats::correction::{Cell, Classed, Coded, Counted, Estimate, put_together, ratio};
use framescope::voice::Voice;

pub const CORPORA: u64 = 2000;
const VOICES: usize = Voice::ALL.len();
const OWN: usize = Voice::Own as usize;
/// A group with fewer coded hits is corrected with those of others.
pub const FEWEST: usize = 20;

pub struct Chance(ChaCha8Rng);

impl Chance {
    pub fn from_seed(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// Between 0 and 1, neither of them.
    pub fn share(&mut self) -> f64 {
        (f64::from(self.0.next_u32()) + 0.5) / 4_294_967_296.0
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + self.share() * (high - low)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        ((self.share() * bound as f64) as usize).min(bound - 1)
    }

    pub fn one_of(&mut self, weights: &[f64]) -> usize {
        let mut at = self.share() * weights.iter().sum::<f64>();
        weights
            .iter()
            .position(|weight| {
                at -= weight;
                at < 0.0
            })
            .unwrap_or(weights.len() - 1)
    }
}

/// The hits of a group: true and predicted voice.
type Hits = Vec<(usize, usize)>;

/// A group has its own share of each voice, and its own rate of errors, different for own voice and for others: the
/// program errs more where people speak of others.
fn group(random: &mut Chance) -> Hits {
    let n = random.between(200.0, 1500.0) as usize;
    let own = random.between(0.3, 0.8);
    let others: Vec<f64> = (1..VOICES).map(|_| random.between(0.2, 1.0)).collect();
    let sum: f64 = others.iter().sum();
    let voices: Vec<f64> = std::iter::once(own).chain(others.iter().map(|one| one / sum * (1.0 - own))).collect();
    let errors = [random.between(0.05, 0.3), random.between(0.05, 0.3)];
    let mut hit = || {
        let truth = random.one_of(&voices);
        let wrong = random.share() < errors[usize::from(truth != OWN)];
        // Wrong answers go to another voice in proportion to how frequent it is.
        let others: Vec<f64> = (0..VOICES).map(|voice| if voice == truth { 0.0 } else { voices[voice] }).collect();
        (truth, if wrong { random.one_of(&others) } else { truth })
    };
    (0..n).map(|_| hit()).collect()
}

fn share_of_own(hits: &[&Hits], of: fn(&(usize, usize)) -> usize) -> f64 {
    let all: usize = hits.iter().map(|hits| hits.len()).sum();
    hits.iter().flat_map(|hits| hits.iter()).filter(|hit| of(hit) == OWN).count() as f64 / all as f64
}

/// Draws as `framescope sample` does: the strata are predicted voices within groups.
fn coded(random: &mut Chance, groups: &[Hits], n: u64) -> Vec<Vec<Vec<bool>>> {
    let mut strata: Vec<Vec<Hits>> = vec![vec![Vec::new(); VOICES]; groups.len()];
    for (group, hits) in groups.iter().enumerate() {
        for hit in hits {
            strata[group][hit.1].push(*hit);
        }
    }
    let plan = |(group, hits): (usize, &Hits)| Plan { group, size: hits.len() as u64, favour: 1 };
    let plans: Vec<Plan> =
        strata.iter().enumerate().flat_map(|(group, of)| of.iter().map(move |hits| (group, hits))).map(plan).collect();
    let drawn = allocate(&plans, Size::Items(n));
    let mut draw = |hits: &mut Hits, n: u64| -> Vec<bool> {
        (0..n as usize)
            .map(|at| {
                let other = at + random.below(hits.len() - at);
                hits.swap(at, other);
                hits[at].0 == OWN
            })
            .collect()
    };
    let mut drawn = drawn.into_iter();
    strata
        .iter_mut()
        .map(|of| of.iter_mut().map(|hits| draw(hits, drawn.next().expect("a number"))).collect())
        .collect()
}

fn cell(class: usize, size: usize, drawn_from: usize, coded: Vec<(f64, bool)>) -> Classed {
    let predicted = f64::from(u8::from(class == OWN));
    let unit = |(weight, own): (f64, bool)| Coded { weight, y: f64::from(u8::from(own)) - predicted, x: 0.0 };
    let possible = if class == OWN { vec![(0.0, 0.0), (-1.0, 0.0)] } else { vec![(0.0, 0.0), (1.0, 0.0)] };
    let coded = coded.into_iter().map(unit).collect();
    let cell = Cell { size: size as f64, drawn_from: drawn_from as f64, coded, possible };
    Classed { cell, class, side: usize::from(class != OWN) }
}

/// The corrected own share of some groups, by their own coded hits.
fn stratified(groups: &[&Hits], coded: &[&Vec<Vec<bool>>]) -> Estimate {
    let mut cells = Vec::new();
    for (hits, coded) in groups.iter().zip(coded) {
        for voice in 0..VOICES {
            let size = hits.iter().filter(|hit| hit.1 == voice).count();
            let weight = size as f64 / coded[voice].len().max(1) as f64;
            cells.push(cell(voice, size, size, coded[voice].iter().map(|own| (weight, *own)).collect()));
        }
    }
    let all: usize = groups.iter().map(|hits| hits.len()).sum();
    let own = share_of_own(groups, |hit| hit.1) * all as f64;
    ratio(Counted { y: own, x: all as f64 }, &put_together(cells)).expect("hits")
}

#[test]
#[ignore = "a simulation of some seconds"]
fn corrected_intervals_hold_the_truth_as_often_as_they_should() {
    let mut random = Chance::from_seed(23);
    for n in [100, 400] {
        let (mut of_corpus, mut of_groups, mut raw_off) = ((0, 0.0, 0.0), (0, 0, 0.0), 0);
        for _ in 0..CORPORA {
            let groups: Vec<Hits> = (0..3).map(|_| group(&mut random)).collect();
            let coded = coded(&mut random, &groups, n);
            let (all, all_coded): (Vec<&Hits>, Vec<_>) = (groups.iter().collect(), coded.iter().collect());
            let truth = share_of_own(&all, |hit| hit.0);
            let raw = share_of_own(&all, |hit| hit.1);
            let ends = stratified(&all, &all_coded).share_interval();
            let holds = |truth: f64, ends: framescope::stats::Interval| ends.low <= truth && truth <= ends.high;
            of_corpus.0 += u64::from(holds(truth, ends));
            of_corpus.1 += ends.high - ends.low;
            of_corpus.2 += (raw - truth).abs();
            raw_off += u64::from((raw - truth).abs() > 0.02);
            for (hits, coded) in groups.iter().zip(&coded) {
                if coded.iter().map(Vec::len).sum::<usize>() < FEWEST {
                    continue;
                }
                let ends = stratified(&[hits], &[coded]).share_interval();
                of_groups.0 += u64::from(holds(share_of_own(&[hits], |hit| hit.0), ends));
                of_groups.1 += 1;
                of_groups.2 += ends.high - ends.low;
            }
        }
        let per = |sum: f64, of: u64| sum / of as f64;
        let (whole, parts) = (per(of_corpus.0 as f64, CORPORA), per(of_groups.0 as f64, of_groups.1));
        println!(
            "{n} coded: the interval of the corpus holds the truth in {whole:.4} (mean width {:.3}), that of a group in {parts:.4} \
             (mean width {:.3}, {} groups); the raw share is {:.3} off, and more than .02 in {:.3} of the corpora",
            per(of_corpus.1, CORPORA),
            per(of_groups.2, of_groups.1),
            of_groups.1,
            per(of_corpus.2, CORPORA),
            per(raw_off as f64, CORPORA),
        );
        for coverage in [whole, parts] {
            assert!((0.93..=0.97).contains(&coverage), "{coverage}");
        }
        assert!(per(raw_off as f64, CORPORA) > 0.7, "the raw shares are to be off");
    }
}
