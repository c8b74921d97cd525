//! Random numbers, orders and choices of articles.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// The random numbers of a pair of sides, or of all groups that are compared with the others: ChaCha8 with the seed as the first
/// eight bytes of its key, lowest first, the others 0, and the number of the pair as its stream, 0 for all groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    /// `--seed`.
    pub seed: u64,
    /// The number of the pair, 0 for all groups.
    pub pair: u64,
}

impl Stream {
    /// Its numbers, from the first one on.
    pub fn open(self) -> Random {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&self.seed.to_le_bytes());
        let mut random = ChaCha8Rng::from_seed(key);
        random.set_stream(self.pair);
        Random { random, ready: [0; READY], at: READY }
    }
}

const READY: usize = 64;

/// Random numbers, taken out of the generator many at once.
#[derive(Debug)]
pub struct Random {
    random: ChaCha8Rng,
    ready: [u32; READY],
    at: usize,
}

impl Random {
    /// Orders of things, one after the other.
    pub(in super::super) fn shuffle<T>(&mut self, things: Vec<T>) -> Shuffle<'_, T> {
        Shuffle { random: self, order: things }
    }

    /// Choices of `number` of these things, one after the other, each set as probable as another.
    pub(in super::super) fn choices<T: Copy>(&mut self, things: Vec<T>, number: usize) -> RandomChoices<'_, T> {
        // Coins choose near half of the things.
        if number * 3 < things.len() {
            return RandomChoices::Shuffle(self.shuffle(things), number);
        }
        RandomChoices::Coins(Coins { random: self, things, number, bits: Vec::new(), chosen: Vec::new() })
    }

    /// The same of the larger one of two numbers. Of each choice the first things, as many as any number between them, are a choice
    /// too.
    pub(super) fn choices_of_each<T: Copy>(
        &mut self,
        things: Vec<T>,
        [fewest, most]: [usize; 2],
    ) -> RandomChoices<'_, T> {
        if fewest == most {
            return self.choices(things, most);
        }
        // What coins choose is in the order of the things: its first ones are no random choice.
        RandomChoices::Shuffle(self.shuffle(things), most)
    }

    /// Choices of so many articles.
    pub(in super::super) fn choices_of_articles(&mut self, articles: usize, number: usize) -> RandomChoices<'_, u32> {
        self.choices((0..articles as u32).collect(), number)
    }

    fn make_ready(&mut self) {
        let mut bytes = [0; READY * 4];
        self.random.fill_bytes(&mut bytes);
        for (number, bytes) in self.ready.iter_mut().zip(bytes.as_chunks().0) {
            *number = u32::from_le_bytes(*bytes);
        }
        self.at = 0;
    }

    /// The next numbers, at least one; those that are used are to be taken by [`Self::take`].
    #[inline(always)]
    fn ready(&mut self) -> &[u32] {
        if self.at == READY {
            self.make_ready();
        }
        &self.ready[self.at..]
    }

    #[inline(always)]
    fn take(&mut self, used: usize) {
        self.at += used;
    }

    #[inline(always)]
    fn next(&mut self) -> u32 {
        let number = self.ready()[0];
        self.take(1);
        number
    }

    /// A number below `bound`, each as probable as another.
    #[inline(always)]
    pub fn below(&mut self, bound: u32) -> u32 {
        loop {
            if let Some(number) = below(bound, self.next()) {
                return number;
            }
        }
    }
}

/// What a random number says of those below `bound`, each as probable as another; `None` where the next one is to be asked
/// (Lemire 2019, *Fast random integer generation in an interval*).
#[inline(always)]
fn below(bound: u32, random: u32) -> Option<u32> {
    let product = u64::from(random) * u64::from(bound);
    // Of the 2^32 numbers the first 2^32 mod bound are one too many for some results.
    let is_one_too_many = (product as u32) < bound && (product as u32) < bound.wrapping_neg() % bound;
    (!is_one_too_many).then_some((product >> 32) as u32)
}

/// Random numbers that are looked at together.
const TOGETHER: usize = 8;

/// [`below`] of several random numbers, each of a bound that is one lower than that of the number before it; `None` where one
/// of them may have to be left out. Without a branch, so that the processor takes several at once.
#[inline(always)]
fn all_below(bound: u32, random: &[u32; TOGETHER]) -> Option<[u32; TOGETHER]> {
    let (mut results, mut are_plain) = ([0; TOGETHER], true);
    for (at, (result, random)) in (0..).zip(results.iter_mut().zip(random)) {
        let bound = bound - at;
        let product = u64::from(*random) * u64::from(bound);
        *result = (product >> 32) as u32;
        are_plain &= product as u32 >= bound;
    }
    are_plain.then_some(results)
}

/// Things in an order that each draw goes on from.
pub(in super::super) struct Shuffle<'r, T> {
    random: &'r mut Random,
    order: Vec<T>,
}

impl<T> Shuffle<'_, T> {
    /// The first ones of the next order, each order as probable as another.
    pub fn next(&mut self, number: usize) -> &[T] {
        let Self { random, order } = self;
        let mut at = 0;
        while at < number {
            let rest = &mut order[at..];
            let ready = random.ready();
            if number - at >= TOGETHER
                && let Some(many) = ready.first_chunk()
                && let Some(others) = all_below(rest.len() as u32, many)
            {
                random.take(TOGETHER);
                for (place, other) in others.into_iter().enumerate() {
                    rest.swap(place, place + other as usize);
                }
                at += TOGETHER;
            } else {
                let other = below(rest.len() as u32, ready[0]);
                random.take(1);
                if let Some(other) = other {
                    rest.swap(0, other as usize);
                    at += 1;
                }
            }
        }
        &order[..number]
    }
}

/// Choices of things.
pub(in super::super) enum RandomChoices<'r, T> {
    Shuffle(Shuffle<'r, T>, usize),
    Coins(Coins<'r, T>),
}

impl<T: Copy> RandomChoices<'_, T> {
    pub fn next(&mut self) -> &[T] {
        match self {
            Self::Shuffle(shuffle, number) => shuffle.next(*number),
            Self::Coins(coins) => coins.next(),
        }
    }

    /// From now on so many, one of the numbers of [`Random::choices_of_each`], are enough. Coins know one number only.
    pub(super) fn shorten(&mut self, to: usize) {
        if let Self::Shuffle(_, number) = self {
            *number = to;
        }
    }
}

/// A coin is thrown for each thing; as many as are then too many leave, or are too few join, at random. Each set of one
/// size is as probable as another after the coins, and stays so.
pub(in super::super) struct Coins<'r, T> {
    random: &'r mut Random,
    things: Vec<T>,
    number: usize,
    /// Whether each thing is chosen.
    bits: Vec<u32>,
    chosen: Vec<T>,
}

impl<T: Copy> Coins<'_, T> {
    fn next(&mut self) -> &[T] {
        let Self { random, things, number, bits, chosen } = self;
        bits.clear();
        bits.extend((0..things.len().div_ceil(32)).map(|_| random.next()));
        if let (Some(last), more @ 1..) = (bits.last_mut(), things.len() % 32) {
            *last &= (1 << more) - 1;
        }
        let count: usize = bits.iter().map(|bits| bits.count_ones() as usize).sum();
        let (leaves, mut off) = (count > *number, count.abs_diff(*number));
        while off > 0 {
            let thing = random.below(things.len() as u32);
            let (bits, at) = (&mut bits[thing as usize / 32], thing % 32);
            // Half of the throws change nothing. Which ones cannot be guessed, so that a branch would cost more.
            let changes = (*bits >> at & 1 == 1) == leaves;
            *bits ^= u32::from(changes) << at;
            off -= usize::from(changes);
        }
        chosen.clear();
        for (things, bits) in things.chunks(32).zip(bits.iter()) {
            let mut bits = *bits;
            while bits != 0 {
                chosen.push(things[bits.trailing_zeros() as usize]);
                bits &= bits - 1;
            }
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn many_at_once_are_what_one_by_one_are(
            bound in prop_oneof![8u32..99, 8u32..],
            random in proptest::array::uniform8(prop_oneof![0u32..9, any::<u32>()]),
        ) {
            if let Some(all) = all_below(bound, &random) {
                for (at, (random, result)) in (0..).zip(random.into_iter().zip(all)) {
                    prop_assert_eq!(below(bound - at, random), Some(result));
                }
            }
        }
    }

    #[test]
    fn every_choice_is_as_probable() {
        // 6 of 40 are shuffled, the others by coins; of 40 and 64 articles the two lowest chosen ones are looked at.
        for (articles, number) in [(6, 1), (6, 2), (6, 3), (7, 3), (40, 1), (40, 2), (64, 63)] {
            let mut random = Stream { seed: 3, pair: 9 }.open();
            let mut choices = random.choices_of_articles(articles, number);
            let mut seen: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
            const DRAWS: usize = 80_000;
            for _ in 0..DRAWS {
                let mut chosen = choices.next().to_vec();
                chosen.sort_unstable();
                chosen.dedup();
                assert!(chosen.len() == number && chosen[number - 1] < articles as u32);
                *seen.entry(chosen).or_default() += 1.0;
            }
            let all = super::super::divisions(articles as u64, number as u64, 10_000).expect("few") as f64;
            let expected = DRAWS as f64 / all;
            let missing = all - seen.len() as f64;
            let chi2 = missing * expected + seen.values().map(|n| (n - expected).powi(2) / expected).sum::<f64>();
            // Its mean is `all - 1`, its standard deviation the root of twice that.
            assert!((chi2 - all + 1.0).abs() < 4.0 * (2.0 * all).sqrt(), "{number} of {articles}: {chi2} of {all}");
        }
    }
}
