//! What chosen articles have, of all items of a pool or of its only one.

use super::counts::{CountSums, FEW, RunningSums};
use super::pool::Pool;
use super::trial::Adder;

/// Of all items.
pub(super) struct OfItems<'p> {
    pool: &'p Pool<'p>,
    all: &'p CountSums,
    /// Of the items that are kept alone, once they are much fewer than those of the pool.
    counts: Option<CountSums>,
    /// `f` of the chosen articles, by place.
    sums: RunningSums,
    /// How many items there are, and `s`.
    items: usize,
    s: u64,
}

impl<'p> OfItems<'p> {
    pub fn new(pool: &'p Pool<'p>) -> Self {
        let all = pool.counts();
        Self { pool, all, counts: None, sums: all.running(), items: pool.items.number(), s: 0 }
    }

    fn counts(&self) -> &CountSums {
        self.counts.as_ref().unwrap_or(self.all)
    }
}

impl Adder for OfItems<'_> {
    type Thing = u32;

    fn clear(&mut self) {
        self.sums.clear();
        self.s = 0;
    }

    fn add(&mut self, chosen: &[u32]) {
        self.counts.as_ref().unwrap_or(self.all).add(chosen, &mut self.sums);
        self.s += self.pool.size_of(chosen);
    }

    #[inline(always)]
    fn f(&self, place: u32) -> u64 {
        self.counts().of(place, &self.sums)
    }

    fn s(&self) -> u64 {
        self.s
    }

    fn are_few(&self, items: usize) -> bool {
        self.items > FEW && items * 3 <= self.items
    }

    fn keep(&mut self, items: &[u32]) {
        let lists: Vec<_> = items.iter().map(|item| self.pool.items.of(*item)).collect();
        let counts = CountSums::new(self.pool.sizes.len(), lists.iter().map(|of| &**of));
        (self.sums, self.items) = (counts.running(), items.len());
        self.counts = Some(counts);
    }
}

/// Of the only item, as a share has one: what the articles have is chosen instead of the articles, so that nothing is looked up.
#[derive(Default)]
pub(super) struct OfOne {
    /// `f` in the upper half and `s` in the lower one.
    sum: u64,
}

/// Bits of each half.
const HALF: u32 = 32;

impl OfOne {
    /// Whether the pool has one item only, and no sum of either is too large for its half.
    pub fn is_possible(pool: &Pool<'_>) -> bool {
        pool.items.number() == 1 && pool.s >> HALF == 0 && pool.f[0] >> HALF == 0
    }

    /// What each article has.
    pub fn things(pool: &Pool<'_>) -> Vec<u64> {
        let mut has = pool.sizes.clone();
        pool.items.of(0).iter().for_each(|(article, f)| has[*article as usize] += u64::from(*f) << HALF);
        has
    }
}

impl Adder for OfOne {
    type Thing = u64;

    fn clear(&mut self) {
        self.sum = 0;
    }

    #[inline(always)]
    fn add(&mut self, chosen: &[u64]) {
        self.sum += chosen.iter().sum::<u64>();
    }

    #[inline(always)]
    fn f(&self, _place: u32) -> u64 {
        self.sum >> HALF
    }

    fn s(&self) -> u64 {
        self.sum & ((1 << HALF) - 1)
    }
}
