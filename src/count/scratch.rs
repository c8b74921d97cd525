//! Counters of one article, indexed by number, which remember which of them were touched.

/// A table of `T` by number; clearing it costs as much as was touched.
#[derive(Debug, Clone)]
pub(super) struct Scratch<T> {
    slots: Vec<T>,
    touched: Vec<u32>,
}

impl<T> Default for Scratch<T> {
    fn default() -> Self {
        Self { slots: Vec::new(), touched: Vec::new() }
    }
}

impl<T: Copy + Default + PartialEq> Scratch<T> {
    /// The counter of a number. What it is set to must differ from the default.
    pub fn at(&mut self, number: u32) -> &mut T {
        let index = number as usize;
        if index >= self.slots.len() {
            self.slots.resize(index + 1, T::default());
        }
        let slot = &mut self.slots[index];
        if *slot == T::default() {
            self.touched.push(number);
        }
        slot
    }

    /// Takes out what was touched.
    pub fn drain(&mut self) -> impl ExactSizeIterator<Item = (u32, T)> + '_ {
        let slots = &mut self.slots;
        self.touched.drain(..).map(|number| (number, std::mem::take(&mut slots[number as usize])))
    }
}
