//! Divisions of a pool, looked at one by one for all items and all sides at once.
//!
//! The first things of a random order are a random choice, however many they are. So one order serves every side, and what
//! its things have is added up once, on the way from the smallest sides to the largest. Sides of as many articles have the
//! same divisions: of an item only their observed distances differ, and the nearest of them tells whether any is reached.

use super::super::clusters::distance;
use super::draws::RandomChoices;
use super::pool::{Pool, Sides};
use super::{ENOUGH, MOST_DRAWS, next_choice};

/// Two distances this close, relative to their size, are equal.
const TIE: f64 = 1e-12;

/// Adds up what chosen things have.
pub(super) trait Adder {
    /// What is chosen, for an article.
    type Thing: Copy;

    /// Forgets what was added.
    fn clear(&mut self);

    fn add(&mut self, chosen: &[Self::Thing]);

    /// `f` of the item with this place.
    fn f(&self, place: u32) -> u64;

    fn s(&self) -> u64;

    /// Whether it gains anything to add up so many items alone.
    fn are_few(&self, _items: usize) -> bool {
        false
    }

    /// Adds up these items alone from now on; their places are those in the list.
    fn keep(&mut self, _items: &[u32]) {}
}

/// The sizes of the two sides of a division.
struct Division {
    s1: u64,
    s: u64,
    /// One over the size of each side.
    per_s: [f64; 2],
}

/// No count is as large as the sign bit, and the processor converts signed numbers at once.
#[inline(always)]
fn float(count: u64) -> f64 {
    count as i64 as f64
}

impl Division {
    #[inline(always)]
    fn new(s1: u64, s: u64) -> Self {
        Self { s1, s, per_s: [1.0 / float(s1), 1.0 / float(s - s1)] }
    }

    /// Whether the sides may be as far apart. Most divisions are plainly nearer: of these no exact distance is taken.
    #[inline(always)]
    fn may_be_as_far(&self, f1: u64, of: &Nearest) -> bool {
        let f1 = float(f1);
        let (r1, r2) = (f1 * self.per_s[0], (of.f - f1) * self.per_s[1]);
        (r1 - r2).abs() + (r1 + r2) * TIE >= of.least
    }
}

/// The observed distances of an item, of all sides with as many articles.
struct ObservedDistances {
    item: u32,
    /// `f` of all articles.
    f: u64,
    /// From the nearest to the farthest: the distance from which on a division counts.
    least: Vec<f64>,
    /// Whose they are: the place of the sides, and of the item in what is asked of them.
    whose: Vec<[u32; 2]>,
    /// The draws with which there were enough of the first ones, which are not looked at any more.
    ended: Vec<u64>,
    /// How many divisions were as far apart as the first one that is looked at.
    exceeded: u64,
    /// Of each distance the divisions that were as far apart, and nearer than the next distance.
    up_to: Vec<u32>,
}

impl ObservedDistances {
    /// Looks at a division; whether it makes enough for one of them.
    fn look_at(&mut self, division: &Division, f1: u64, draw: u64, enough: u64) -> bool {
        let Some(far) = distance(f1, division.s1, self.f, division.s) else { return false };
        let before = self.ended.len();
        let reached = self.least[before..].partition_point(|least| *least <= far);
        if reached == 0 {
            return false;
        }
        self.exceeded += 1;
        self.up_to[before + reached - 1] += 1;
        while self.exceeded == enough && self.ended.len() < self.least.len() {
            self.exceeded -= u64::from(self.up_to[self.ended.len()]);
            self.ended.push(draw);
        }
        self.ended.len() > before
    }

    /// The least of the distances that are still looked at.
    fn next_least(&self) -> Option<f64> {
        self.least.get(self.ended.len()).copied()
    }

    /// Puts the p of each into its place: with `divisions` of them all, else of a sample.
    fn give(&self, divisions: Option<u64>, found: &mut [Vec<f64>]) {
        let mut exceeded = self.exceeded;
        for (at, [sides, place]) in self.whose.iter().enumerate() {
            let p = match (self.ended.get(at), divisions) {
                (Some(draw), _) => ENOUGH as f64 / *draw as f64,
                (None, Some(number)) => exceeded as f64 / number as f64,
                (None, None) => (exceeded + 1) as f64 / (MOST_DRAWS + 1) as f64,
            };
            if at >= self.ended.len() {
                exceeded -= u64::from(self.up_to[at]);
            }
            found[*sides as usize][*place as usize] = p;
        }
    }
}

/// What is asked of an item in every division: most are told from this alone.
struct Nearest {
    f: f64,
    least: f64,
    /// Where its sum is.
    place: u32,
    /// Where its distances are.
    distances: u32,
}

/// Sides with as many articles.
struct OfNumber {
    articles: usize,
    live: Vec<Nearest>,
}

pub(super) struct Trial<'p> {
    pool: &'p Pool<'p>,
    /// From the fewest articles to the most; none without live items.
    numbers: Vec<OfNumber>,
    distances: Vec<ObservedDistances>,
    /// By item of the pool: how many numbers still look at it.
    looking: Vec<u32>,
    /// How many items that are.
    items: usize,
    /// How many are asked of each of the sides.
    asked: Vec<usize>,
}

impl<'p> Trial<'p> {
    /// All sides are of the pool.
    pub fn new(pool: &'p Pool<'p>, asked: &[(&Sides<'_>, &[u32])]) -> Self {
        let mut sums = vec![0; pool.items.number()];
        let mut of_sides = Vec::with_capacity(asked.iter().map(|(_, items)| items.len()).sum());
        for (number, (sides, items)) in (0..).zip(asked) {
            pool.counts().sum(&sides.smaller, &mut sums);
            let s1 = pool.size_of(&sides.smaller);
            for (place, item) in (0..).zip(*items) {
                let observed = distance(sums[*item as usize], s1, pool.f[*item as usize], pool.s);
                let least = observed.unwrap_or(0.0) * (1.0 - TIE);
                of_sides.push((sides.smaller.len() as u32, *item, least, [number, place]));
            }
        }
        of_sides.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)).then(a.3.cmp(&b.3)));
        let mut trial = Self {
            pool,
            numbers: Vec::new(),
            distances: Vec::new(),
            looking: vec![0; pool.items.number()],
            items: 0,
            asked: asked.iter().map(|(_, items)| items.len()).collect(),
        };
        for of_number in of_sides.chunk_by(|a, b| a.0 == b.0) {
            let live = of_number.chunk_by(|a, b| a.1 == b.1).map(|of_item| trial.watch(of_item)).collect();
            trial.numbers.push(OfNumber { articles: of_number[0].0 as usize, live });
        }
        trial.items = trial.looking.iter().filter(|numbers| **numbers > 0).count();
        trial
    }

    /// The distances of an item, sorted.
    fn watch(&mut self, of_item: &[(u32, u32, f64, [u32; 2])]) -> Nearest {
        let (_, item, least, _) = of_item[0];
        let f = self.pool.f[item as usize];
        self.looking[item as usize] += 1;
        self.distances.push(ObservedDistances {
            item,
            f,
            least: of_item.iter().map(|of| of.2).collect(),
            whose: of_item.iter().map(|of| of.3).collect(),
            ended: Vec::new(),
            exceeded: 0,
            up_to: vec![0; of_item.len()],
        });
        Nearest { f: float(f), least, place: item, distances: self.distances.len() as u32 - 1 }
    }

    /// The fewest articles of a side that is looked at, and the most; 0 without such a side.
    pub fn numbers(&self) -> [usize; 2] {
        [self.numbers.first(), self.numbers.last()].map(|of| of.map_or(0, |of| of.articles))
    }

    /// The p of each item of each of the sides, of all divisions, which are so many; of sides with one number of articles.
    pub fn look_at_all(mut self, number: u64, mut adder: impl Adder<Thing = u32>) -> Vec<Vec<f64>> {
        let mut chosen: Vec<u32> = (0..self.numbers()[0] as u32).collect();
        loop {
            self.look_at(&chosen, 0, u64::MAX, &mut adder);
            if !next_choice(&mut chosen, self.pool.sizes.len() as u32) {
                return self.found(Some(number));
            }
        }
    }

    /// The same of a sample of divisions.
    pub fn sample<A: Adder>(mut self, mut choices: RandomChoices<'_, A::Thing>, mut adder: A) -> Vec<Vec<f64>> {
        for draw in 1..=MOST_DRAWS {
            self.numbers.retain(|of_number| !of_number.live.is_empty());
            if self.numbers.is_empty() {
                break;
            }
            choices.shorten(self.numbers()[1]);
            if self.look_at(choices.next(), draw, ENOUGH, &mut adder) {
                self.leave_out(&mut adder);
            }
        }
        self.found(None)
    }

    /// Looks at a division; whether no side still looks at some item.
    fn look_at<A: Adder>(&mut self, chosen: &[A::Thing], draw: u64, enough: u64, adder: &mut A) -> bool {
        let Self { pool, numbers, distances, looking, items, .. } = self;
        adder.clear();
        let (mut added, before) = (0, *items);
        for OfNumber { articles, live } in numbers {
            adder.add(&chosen[added..*articles]);
            added = *articles;
            let division = Division::new(adder.s(), pool.s);
            let mut has_ended = false;
            for of in live.iter_mut() {
                let f1 = adder.f(of.place);
                if division.may_be_as_far(f1, of) {
                    let distances = &mut distances[of.distances as usize];
                    if distances.look_at(&division, f1, draw, enough) {
                        of.least = distances.next_least().unwrap_or(f64::INFINITY);
                        has_ended |= of.least == f64::INFINITY;
                    }
                }
            }
            if has_ended {
                live.retain(|of| {
                    let is_live = of.least < f64::INFINITY;
                    if !is_live {
                        let looking = &mut looking[distances[of.distances as usize].item as usize];
                        *looking -= 1;
                        *items -= usize::from(*looking == 0);
                    }
                    is_live
                });
            }
        }
        *items < before
    }

    /// Leaves out the items that no side looks at any more, if they are many.
    fn leave_out(&mut self, adder: &mut impl Adder) {
        if !adder.are_few(self.items) {
            return;
        }
        let left = (0..).zip(&self.looking).filter(|(_, numbers)| **numbers > 0);
        let left: Vec<u32> = left.map(|(item, _)| item).collect();
        for of in self.numbers.iter_mut().flat_map(|of_number| &mut of_number.live) {
            let item = self.distances[of.distances as usize].item;
            of.place = left.partition_point(|other| *other < item) as u32;
        }
        adder.keep(&left);
    }

    fn found(self, divisions: Option<u64>) -> Vec<Vec<f64>> {
        let mut found: Vec<Vec<f64>> = self.asked.iter().map(|items| vec![1.0; *items]).collect();
        self.distances.iter().for_each(|of| of.give(divisions, &mut found));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::Stream;
    use super::super::adders::OfItems;
    use super::*;
    use proptest::prelude::*;

    /// What the p are by looking at every item of every side in each of the divisions.
    fn plain(
        pool: &Pool<'_>,
        asked: &[(Sides<'_>, Vec<u32>)],
        [fewest, most]: [usize; 2],
        stream: Stream,
    ) -> Vec<Vec<f64>> {
        let n = |item: u32, articles: &[u32]| {
            let of = pool.items.of(item);
            let of = of.iter().filter(|(article, _)| articles.contains(article));
            of.map(|(_, n)| u64::from(*n)).sum::<u64>()
        };
        let far = |item: u32, articles: &[u32]| {
            distance(n(item, articles), pool.size_of(articles), pool.f[item as usize], pool.s).expect("two sides")
        };
        let mut random = stream.open();
        let mut choices = random.choices_of_each((0..pool.sizes.len() as u32).collect(), [fewest, most]);
        let divisions: Vec<Vec<u32>> = (0..MOST_DRAWS).map(|_| choices.next().to_vec()).collect();
        let p = |sides: &Sides<'_>, item: u32| {
            let least = far(item, &sides.smaller) * (1.0 - TIE);
            let mut exceeded = 0;
            for (draw, chosen) in (1..).zip(&divisions) {
                exceeded += u64::from(far(item, &chosen[..sides.smaller.len()]) >= least);
                if exceeded == ENOUGH {
                    return ENOUGH as f64 / f64::from(draw);
                }
            }
            (exceeded + 1) as f64 / (MOST_DRAWS + 1) as f64
        };
        asked.iter().map(|(sides, items)| items.iter().map(|item| p(sides, *item)).collect()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]
        #[test]
        fn what_is_not_looked_at_changes_no_p(
            sizes in proptest::collection::vec(1u64..900, 60),
            items in proptest::collection::vec((1u32..40, 0u32..60, 1u32..9), 9..30),
            ends in proptest::collection::btree_set(2u32..50, 1..5),
            seed in 0u64..99,
        ) {
            // An item every so many articles, from one of them on; some of them are in most.
            let item = |(step, from, n): &(u32, u32, u32)| -> Vec<(u32, u32)> {
                (*from % step..60).step_by(*step as usize).map(|at| (at, 1 + (at + n) % n)).collect()
            };
            let mut items: Vec<Vec<(u32, u32)>> = items.iter().map(item).collect();
            items.push((0..30).map(|at| (at, 99)).collect());
            let pool = Pool::new(sizes, items.clone());
            // The largest sides are looked at to the end, so that no order is shorter.
            let mut asked = vec![(pool.sides((0..30).collect()).expect("two sides"), vec![0, items.len() as u32 - 1])];
            // Two sides of each number; both have some of the items, not the same ones.
            for (number, end) in (0..).zip(&ends) {
                for first in [0, 60 - *end / 2] {
                    let sides = pool.sides((first..first + *end / 2 + 1).take_while(|at| *at < 60).collect());
                    let of_sides: Vec<u32> = (0..items.len() as u32).filter(|at| (at + number + first) % 7 != 2).collect();
                    asked.extend(sides.map(|sides| (sides, of_sides)));
                }
            }
            let trial = || Trial::new(&pool, &asked.iter().map(|(sides, items)| (sides, items.as_slice())).collect::<Vec<_>>());
            let (numbers, stream) = (trial().numbers(), Stream { seed, pair: 4 });
            let mut random = stream.open();
            let choices = random.choices_of_each((0..60).collect(), numbers);
            prop_assert_eq!(trial().sample(choices, OfItems::new(&pool)), plain(&pool, &asked, numbers, stream));
        }
    }
}
