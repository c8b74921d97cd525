//! Random numbers, orders and choices of articles.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// The random numbers of a pair of sides: ChaCha8 with the seed as the first eight bytes of its key, lowest first, the
/// others 0, and the number of the pair as its stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    /// `--seed`.
    pub seed: u64,
    /// The number of the pair.
    pub pair: u64,
}

impl Stream {
    pub(in super::super) fn open(self) -> Random {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&self.seed.to_le_bytes());
        let mut random = ChaCha8Rng::from_seed(key);
        random.set_stream(self.pair);
        Random { random, bytes: [0; BYTES], at: BYTES }
    }

    /// Orders of so many things, one after the other.
    pub(in super::super) fn shuffle(self, things: usize) -> Shuffle {
        Shuffle { random: self.open(), order: (0..things as u32).collect() }
    }

    /// RandomChoices of `number` out of so many articles, one after the other, each set as probable as another.
    pub(in super::super) fn choices(self, articles: usize, number: usize) -> RandomChoices {
        // Coins choose near half of the articles.
        if number * 3 < articles {
            return RandomChoices::Shuffle(self.shuffle(articles), number);
        }
        RandomChoices::Coins(Coins { random: self.open(), articles, number, bits: Vec::new(), chosen: Vec::new() })
    }
}

const BYTES: usize = 256;

/// Random numbers, taken out of the generator many at once.
pub(in super::super) struct Random {
    random: ChaCha8Rng,
    bytes: [u8; BYTES],
    at: usize,
}

impl Random {
    #[inline(always)]
    fn next(&mut self) -> u32 {
        if self.at == BYTES {
            self.random.fill_bytes(&mut self.bytes);
            self.at = 0;
        }
        let bytes = self.bytes[self.at..].first_chunk().copied().unwrap_or_default();
        self.at += 4;
        u32::from_le_bytes(bytes)
    }

    /// A number below `bound`, each as probable as another (Lemire 2019, *Fast random integer generation in an interval*).
    #[inline(always)]
    pub fn below(&mut self, bound: u32) -> u32 {
        let mut product = u64::from(self.next()) * u64::from(bound);
        // Of the 2^32 numbers the first 2^32 mod bound are one too many for some results.
        if (product as u32) < bound {
            while (product as u32) < bound.wrapping_neg() % bound {
                product = u64::from(self.next()) * u64::from(bound);
            }
        }
        (product >> 32) as u32
    }
}

/// Things in an order that each draw goes on from.
pub(in super::super) struct Shuffle {
    random: Random,
    order: Vec<u32>,
}

impl Shuffle {
    /// The first ones of the next order, each order as probable as another.
    pub fn next(&mut self, number: usize) -> &[u32] {
        for at in 0..number {
            let other = at + self.random.below((self.order.len() - at) as u32) as usize;
            self.order.swap(at, other);
        }
        &self.order[..number]
    }
}

/// RandomChoices of articles.
pub(in super::super) enum RandomChoices {
    Shuffle(Shuffle, usize),
    Coins(Coins),
}

impl RandomChoices {
    pub fn next(&mut self) -> &[u32] {
        match self {
            Self::Shuffle(shuffle, number) => shuffle.next(*number),
            Self::Coins(coins) => coins.next(),
        }
    }
}

/// A coin is thrown for each article; as many as are then too many leave, or are too few join, at random. Each set of one
/// size is as probable as another after the coins, and stays so.
pub(in super::super) struct Coins {
    random: Random,
    articles: usize,
    number: usize,
    /// Whether each article is chosen.
    bits: Vec<u32>,
    chosen: Vec<u32>,
}

impl Coins {
    fn next(&mut self) -> &[u32] {
        let Self { random, articles, number, bits, chosen } = self;
        bits.clear();
        bits.extend((0..articles.div_ceil(32)).map(|_| random.next()));
        if let (Some(last), more @ 1..) = (bits.last_mut(), *articles % 32) {
            *last &= (1 << more) - 1;
        }
        let mut count: usize = bits.iter().map(|bits| bits.count_ones() as usize).sum();
        while count != *number {
            let article = random.below(*articles as u32);
            let (bits, bit) = (&mut bits[article as usize / 32], 1 << (article % 32));
            if (*bits & bit != 0) == (count > *number) {
                *bits ^= bit;
                if count > *number { count -= 1 } else { count += 1 }
            }
        }
        chosen.clear();
        for (begin, bits) in (0..).step_by(32).zip(bits.iter()) {
            let mut bits = *bits;
            while bits != 0 {
                chosen.push(begin + bits.trailing_zeros());
                bits &= bits - 1;
            }
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_choice_is_as_probable() {
        // 6 of 40 are shuffled, the others by coins; of 40 and 64 articles the two lowest chosen ones are looked at.
        for (articles, number) in [(6, 1), (6, 2), (6, 3), (7, 3), (40, 1), (40, 2), (64, 63)] {
            let mut choices = Stream { seed: 3, pair: 9 }.choices(articles, number);
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
