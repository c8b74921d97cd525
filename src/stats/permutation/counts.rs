//! Counts of items in articles, kept so that those of chosen articles are summed quickly.
//!
//! The sums must be those of adding up every count by itself. Where articles have many of the items, a count is written in
//! digits to the base 16, two in a byte, 16 in each number of 64 bits and two or four such numbers in one instruction. Parted into
//! bytes of their own, 17 articles are added before a byte is full. Together with fewer divisions for `similarity` this took
//! the divisions of 100 MB in 40 groups from 5.5 to 3.0 s of the processor, with one digit in a byte; two are half of the memory
//! that is read for each chosen article, and take a quarter to a half off the sums. Where articles have few of the items it
//! would take too much memory.

use super::super::wide::wide;

/// Digits that a number of 64 bits has space for.
const SLOTS: usize = 16;
/// The lower digit of every byte.
const LOWER: u64 = 0x0f0f_0f0f_0f0f_0f0f;
/// So many articles can be added before a byte is full, `255 / 15`.
const ARTICLES: usize = 17;
/// And so many times as many before 16 bits are full.
const TIMES: usize = 257;
/// Every second byte.
const EVEN: u64 = 0x00ff_00ff_00ff_00ff;
/// Up to so many items, mostly of small counts, fit into one number of 64 bits.
pub const FEW: usize = 8;
/// Digits that may be kept for each count.
const MOST_DIGITS: usize = 16;

/// Counts of items, whose numbers are those of their lists.
#[derive(Debug)]
pub struct CountSums(Kept);

#[derive(Debug)]
enum Kept {
    Few(Packed<1>),
    Many(Packed<4>),
    OneByOne(OneByOne),
}

impl CountSums {
    /// Of each item the articles that have it, each once with its count there.
    pub fn new<'a>(articles: usize, items: impl ExactSizeIterator<Item = &'a [(u32, u32)]> + Clone) -> Self {
        let number = items.len();
        let counts: usize = items.clone().map(<[_]>::len).sum();
        Self(if number <= FEW {
            Kept::Few(Packed::new(articles, items))
        } else if number.saturating_mul(articles) <= MOST_DIGITS * counts {
            Kept::Many(Packed::new(articles, items))
        } else {
            Kept::OneByOne(OneByOne::new(articles, items))
        })
    }

    /// Of these articles alone, by their places in the list.
    pub fn among(&self, articles: &[u32]) -> Self {
        Self(match &self.0 {
            Kept::Few(counts) => Kept::Few(counts.among(articles)),
            Kept::Many(counts) => Kept::Many(counts.among(articles)),
            Kept::OneByOne(counts) => Kept::OneByOne(counts.among(articles)),
        })
    }

    /// Puts into `sums`, which has a place for each item, the counts of the chosen articles.
    pub fn sum(&self, chosen: &[u32], sums: &mut [u64]) {
        sums.fill(0);
        match &self.0 {
            Kept::Few(counts) => counts.sum(chosen, sums),
            Kept::Many(counts) => counts.sum(chosen, sums),
            Kept::OneByOne(counts) => counts.add(chosen, sums),
        }
    }

    /// Sums of no article yet.
    pub fn running(&self) -> RunningSums {
        let (slots, items) = match &self.0 {
            Kept::Few(counts) => (counts.slots(), counts.items()),
            Kept::Many(counts) => (counts.slots(), counts.items()),
            Kept::OneByOne(counts) => (0, counts.items),
        };
        RunningSums { slots: vec![0; slots], articles: 0, sums: vec![0; items] }
    }

    /// Adds the counts of the chosen articles to sums of these counts.
    pub fn add(&self, chosen: &[u32], sums: &mut RunningSums) {
        match &self.0 {
            Kept::Few(counts) => counts.add(chosen, sums),
            Kept::Many(counts) => counts.add(chosen, sums),
            Kept::OneByOne(counts) => counts.add(chosen, &mut sums.sums),
        }
    }

    /// The sum of an item.
    #[inline]
    pub fn of(&self, item: u32, sums: &RunningSums) -> u64 {
        sums.sums[item as usize]
            + match &self.0 {
                Kept::Few(counts) => counts.in_slots(item, &sums.slots),
                Kept::Many(counts) => counts.in_slots(item, &sums.slots),
                Kept::OneByOne(_) => 0,
            }
    }
}

/// Sums that articles are added to, of which few are asked for.
#[derive(Debug)]
pub struct RunningSums {
    /// Of packed counts: block by block the sums of every fourth slot.
    slots: Vec<u64>,
    /// How many articles are in them.
    articles: usize,
    /// By item what is not in slots.
    sums: Vec<u64>,
}

impl RunningSums {
    pub fn clear(&mut self) {
        self.slots.fill(0);
        self.articles = 0;
        self.sums.fill(0);
    }
}

/// The counts of each article, one by one.
#[derive(Debug)]
struct OneByOne {
    items: usize,
    /// Item and count.
    entries: Vec<(u32, u32)>,
    /// Where those of each article begin, and where the last ones end.
    begins: Vec<u32>,
}

impl OneByOne {
    fn new<'a>(articles: usize, items: impl ExactSizeIterator<Item = &'a [(u32, u32)]> + Clone) -> Self {
        let number = items.len();
        let mut begins = vec![0; articles + 1];
        items.clone().flatten().for_each(|(article, _)| begins[*article as usize + 1] += 1);
        for at in 1..begins.len() {
            begins[at] += begins[at - 1];
        }
        let mut next = begins.clone();
        let mut entries = vec![(0, 0); begins[articles] as usize];
        for (item, of) in (0..).zip(items) {
            for (article, n) in of {
                entries[next[*article as usize] as usize] = (item, *n);
                next[*article as usize] += 1;
            }
        }
        Self { items: number, entries, begins }
    }

    /// Item and count of what an article has.
    fn of_article(&self, article: u32) -> &[(u32, u32)] {
        let at = article as usize;
        &self.entries[self.begins[at] as usize..self.begins[at + 1] as usize]
    }

    fn among(&self, articles: &[u32]) -> Self {
        let (mut entries, mut begins) = (Vec::new(), vec![0]);
        for article in articles {
            entries.extend_from_slice(self.of_article(*article));
            begins.push(entries.len() as u32);
        }
        Self { items: self.items, entries, begins }
    }

    fn add(&self, chosen: &[u32], sums: &mut [u64]) {
        for (item, n) in chosen.iter().flat_map(|article| self.of_article(*article)) {
            sums[*item as usize] += u64::from(*n);
        }
    }
}

/// In blocks of `N` numbers of 64 bits.
#[derive(Debug)]
struct Packed<const N: usize> {
    /// Block by block the digits of each article.
    blocks: Vec<Vec<[u64; N]>>,
    /// Of each digit its item and how far its value is to be shifted.
    digits: Vec<(u32, u32)>,
    /// Where the digits of each item begin, and where the last ones end.
    begins: Vec<u32>,
}

impl<const N: usize> Packed<N> {
    /// Of few items only every second slot has a digit: nothing has to be parted then.
    const STEP: usize = if N == 1 { 2 } else { 1 };
    /// Digits in a number.
    const DIGITS: usize = SLOTS / Self::STEP;

    fn new<'a>(articles: usize, items: impl Iterator<Item = &'a [(u32, u32)]>) -> Self {
        let mut packed = Self { blocks: Vec::new(), digits: Vec::new(), begins: vec![0] };
        for (number, item) in (0..).zip(items) {
            let most = item.iter().map(|(_, n)| *n).max().unwrap_or_default();
            for shift in (0..u32::BITS - most.leading_zeros()).step_by(4) {
                let [block, place, slot] = Self::place(packed.digits.len());
                packed.digits.push((number, shift));
                packed.blocks.resize_with(block + 1, || vec![[0; N]; articles]);
                let block = packed.blocks[block].as_mut_slice();
                for (article, n) in item {
                    block[*article as usize][place] |= u64::from(n >> shift & 15) << (slot * 4);
                }
            }
            packed.begins.push(packed.digits.len() as u32);
        }
        packed
    }

    fn among(&self, articles: &[u32]) -> Self {
        let of = |block: &Vec<[u64; N]>| articles.iter().map(|article| block[*article as usize]).collect();
        let Self { blocks, digits, begins } = self;
        Self { blocks: blocks.iter().map(of).collect(), digits: digits.clone(), begins: begins.clone() }
    }

    /// The block of a digit, the number in it and the slot in that.
    #[inline(always)]
    fn place(digit: usize) -> [usize; 3] {
        let in_block = digit % (N * Self::DIGITS);
        [digit / (N * Self::DIGITS), in_block / Self::DIGITS, in_block % Self::DIGITS * Self::STEP]
    }

    fn sum(&self, chosen: &[u32], sums: &mut [u64]) {
        for (block, digits) in self.blocks.iter().zip(self.digits.chunks(N * Self::DIGITS)) {
            for chosen in chosen.chunks(ARTICLES * TIMES) {
                let mut slots = [[0; N]; 4];
                add_to_slots(block, chosen, &mut slots);
                Self::add_digits(&slots, digits, sums);
            }
        }
    }

    /// Adds the sums of the digits of a block to those of their items.
    fn add_digits(slots: &[[u64; N]; 4], digits: &[(u32, u32)], sums: &mut [u64]) {
        for (number, digits) in digits.chunks(Self::DIGITS).enumerate() {
            for (slot, (item, shift)) in (0..).step_by(Self::STEP).zip(digits) {
                sums[*item as usize] += (slots[slot % 4][number] >> (slot / 4 * 16) & 0xffff) << shift;
            }
        }
    }

    fn items(&self) -> usize {
        self.begins.len() - 1
    }

    /// Numbers that the slots of all blocks take.
    fn slots(&self) -> usize {
        self.blocks.len() * 4 * N
    }

    fn add(&self, chosen: &[u32], sums: &mut RunningSums) {
        let RunningSums { slots, articles, sums } = sums;
        let slots = slots.as_chunks_mut::<N>().0.as_chunks_mut::<4>().0;
        for chosen in chosen.chunks(ARTICLES * TIMES) {
            if *articles + chosen.len() > ARTICLES * TIMES {
                for (slots, digits) in slots.iter_mut().zip(self.digits.chunks(N * Self::DIGITS)) {
                    Self::add_digits(slots, digits, sums);
                    *slots = [[0; N]; 4];
                }
                *articles = 0;
            }
            *articles += chosen.len();
            self.blocks.iter().zip(slots.iter_mut()).for_each(|(block, slots)| add_to_slots(block, chosen, slots));
        }
    }

    /// What the slots have of an item.
    #[inline]
    fn in_slots(&self, item: u32, slots: &[u64]) -> u64 {
        let digits = self.begins[item as usize] as usize..self.begins[item as usize + 1] as usize;
        let of_digit = |digit: usize| {
            let [block, number, slot] = Self::place(digit);
            (slots[(block * 4 + slot % 4) * N + number] >> (slot / 4 * 16) & 0xffff) << self.digits[digit].1
        };
        digits.map(of_digit).sum()
    }
}

wide! {
    /// Adds the chosen articles to the sums of every fourth slot, from the first, second, third and fourth on, in 16 bits each.
    fn add_to_slots<const N: usize>(block: &[[u64; N]], chosen: &[u32], sums: &mut [[u64; N]; 4]) {
        for chosen in chosen.chunks(ARTICLES) {
            let [mut lower, mut upper] = [[0; N]; 2];
            for article in chosen {
                for ((lower, upper), digits) in lower.iter_mut().zip(&mut upper).zip(&block[*article as usize]) {
                    if Packed::<N>::STEP == 1 {
                        *lower += digits & LOWER;
                        *upper += digits >> 4 & LOWER;
                    } else {
                        *lower += digits;
                    }
                }
            }
            for (at, (lower, upper)) in lower.iter().zip(&upper).enumerate() {
                sums[0][at] += lower & EVEN;
                sums[1][at] += upper & EVEN;
                sums[2][at] += lower >> 8 & EVEN;
                sums[3][at] += upper >> 8 & EVEN;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn are_sums(articles: usize, items: &[Vec<(u32, u32)>], chosen: &[u32]) {
        let n = |item: &[(u32, u32)], article| {
            item.iter().filter(|(of, _)| *of == article).map(|(_, n)| u64::from(*n)).sum::<u64>()
        };
        let plain = |item: &Vec<(u32, u32)>| chosen.iter().map(|article| n(item, *article)).sum::<u64>();
        let plain: Vec<u64> = items.iter().map(plain).collect();
        let lists = || items.iter().map(Vec::as_slice);
        for counts in [
            CountSums::new(articles, lists()),
            CountSums(Kept::Few(Packed::new(articles, lists()))),
            CountSums(Kept::Many(Packed::new(articles, lists()))),
            CountSums(Kept::OneByOne(OneByOne::new(articles, lists()))),
        ] {
            let mut sums = vec![9; items.len()];
            counts.sum(chosen, &mut sums);
            assert_eq!(sums, plain);
            let places: Vec<u32> = (0..chosen.len() as u32).collect();
            counts.among(chosen).sum(&places, &mut sums);
            assert_eq!(sums, plain);
            let mut running = counts.running();
            for _ in 0..2 {
                running.clear();
                chosen.chunks(chosen.len() / 3 + 1).for_each(|chosen| counts.add(chosen, &mut running));
                let of_items = (0..items.len() as u32).map(|item| counts.of(item, &running));
                assert_eq!(of_items.collect::<Vec<_>>(), plain);
            }
        }
    }

    proptest! {
        #[test]
        fn sums_are_those_of_adding_one_by_one(
            items in proptest::collection::vec(
                proptest::collection::btree_map(0u32..40, prop_oneof![0u32..20, 0u32..600, any::<u32>()], 0..30),
                0..40,
            ),
            chosen in proptest::collection::vec(0u32..40, 0..60),
        ) {
            let items: Vec<Vec<(u32, u32)>> = items.into_iter().map(|item| item.into_iter().collect()).collect();
            are_sums(40, &items, &chosen);
        }
    }

    #[test]
    fn no_sum_is_too_large() {
        let of_all = |n| (0..5_000).map(|article| (article, n)).collect();
        are_sums(5_000, &[of_all(15), of_all(u32::MAX)], &(0..5_000).collect::<Vec<_>>());
    }
}
