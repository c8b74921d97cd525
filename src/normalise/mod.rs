//! Stage 2, normalise: the raw text of one article in, a [`View`] of it out.
//!
//! The view is what every later stage reads: folded text (see `fold`), bit sets that mark words, capitals, stops and
//! quotation marks, and the alignment back to the raw bytes. Nothing is refused: any text has a view.

mod align;
mod bits;
mod block;
mod fill;
pub(crate) mod fold;
mod markup;
mod signs;
mod view;
mod words;
mod zone;

pub use align::Alignment;
pub(crate) use bits::Bits;
pub(crate) use fill::read_through;
pub(crate) use view::Shift;
pub use view::{Oddities, View};
pub use words::Words;
pub use zone::Zone;
