//! The articles of each item of a pool.

use std::borrow::Cow;
use std::fmt;

/// The articles that have it, each with its `f`.
type ItemList = Vec<(u32, u32)>;

/// The list of each item: kept, or made when it is asked for, since those of a large corpus together take much memory.
pub enum ItemLists<'a> {
    Kept(Vec<ItemList>),
    Made { number: usize, of: Box<dyn Fn(u32) -> ItemList + 'a> },
}

impl ItemLists<'_> {
    /// How many items there are.
    pub fn number(&self) -> usize {
        match self {
            Self::Kept(lists) => lists.len(),
            Self::Made { number, .. } => *number,
        }
    }

    pub fn of(&self, item: u32) -> Cow<'_, [(u32, u32)]> {
        match self {
            Self::Kept(lists) => lists[item as usize].as_slice().into(),
            Self::Made { of, .. } => of(item).into(),
        }
    }

    pub fn all(&self) -> impl Iterator<Item = Cow<'_, [(u32, u32)]>> {
        (0..self.number() as u32).map(|item| self.of(item))
    }
}

impl From<Vec<ItemList>> for ItemLists<'_> {
    fn from(lists: Vec<ItemList>) -> Self {
        Self::Kept(lists)
    }
}

impl fmt::Debug for ItemLists<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.all()).finish()
    }
}
