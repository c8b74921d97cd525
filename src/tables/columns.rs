//! A column is declared once, with its value: what stands in the header, in the documentation and in the cell is one
//! line of one list.

use super::{Cell, Row};

/// Columns whose cells are computed from some arguments: `$columns` lists them, `$cells` makes a row, or with `fill`
/// before its name adds to one. Each line is a [`Declared`](super::Declared) and its value: what a cell can be made of,
/// the cells of [`Declared::Several`](super::Declared::Several), or the key of a group.
macro_rules! columns {
    (
        $columns:ident, $visible:vis fill $cells:ident<$r:lifetime>($($argument:tt: $type:ty),* $(,)?) {
            $($declared:expr => $value:expr,)*
        }
    ) => {
        $visible const $columns: &[Declared] = &[$($declared),*];

        $visible fn $cells<$r>(row: &mut Row<$r>, $($argument: $type),*) {
            $(crate::tables::columns::Put::put($value, row);)*
        }
    };
    (
        $columns:ident, $cells:ident<$r:lifetime>($($argument:tt: $type:ty),* $(,)?) {
            $($declared:expr => $value:expr,)*
        }
    ) => {
        const $columns: &[Declared] = &[$($declared),*];

        fn $cells<$r>($($argument: $type),*) -> Row<$r> {
            let mut row = Row::with_capacity(crate::tables::columns::USUAL_CELLS);
            $(crate::tables::columns::Put::put($value, &mut row);)*
            row
        }
    };
}

/// Columns of a table that is written while the corpus is read: each is a field of `$row`, which writes itself.
macro_rules! record {
    ($columns:ident, $(#[$about_row:meta])* $row:ident { $($name:ident: $kind:ident = $about:expr,)* }) => {
        const $columns: &[Declared] = &[$($kind(stringify!($name), $about)),*];

        $(#[$about_row])*
        #[derive(Debug, Clone, Copy, Default)]
        pub struct $row<'a> {
            $(#[doc = $about] pub $name: crate::tables::columns::field!('a $kind),)*
        }

        impl $row<'_> {
            pub fn write(&self, out: &mut CsvBuffer) {
                $(out.$kind(self.$name);)*
                out.end_row();
            }
        }
    };
}

/// The type of a field by the kind of its column.
macro_rules! field {
    ($a:lifetime text) => { &$a str };
    ($a:lifetime integer) => { u64 };
    ($a:lifetime boolean) => { bool };
}

pub(super) use {columns, field, record};

/// Few tables have more.
pub(super) const USUAL_CELLS: usize = 24;

/// What the value of a column, or of several ones, is put into a row by.
pub(super) trait Put<'r> {
    fn put(self, row: &mut Row<'r>);
}

impl<'r, T: Into<Cell<'r>>> Put<'r> for T {
    fn put(self, row: &mut Row<'r>) {
        row.push(self.into());
    }
}

impl<'r, T: Into<Cell<'r>>, const N: usize> Put<'r> for [T; N] {
    fn put(self, row: &mut Row<'r>) {
        row.extend(self.map(Into::into));
    }
}

impl<'r, T: Into<Cell<'r>>> Put<'r> for Vec<T> {
    fn put(self, row: &mut Row<'r>) {
        row.extend(self.into_iter().map(Into::into));
    }
}

/// The cell of an [`ItemRow`](super::ItemRow)'s item, which is no part of the others.
pub(super) struct OfItem;

impl<'r> Put<'r> for OfItem {
    fn put(self, _: &mut Row<'r>) {}
}

/// Cells that are there only sometimes, as those of `--measures all`.
impl<'r, T: Into<Cell<'r>>, const N: usize> Put<'r> for Option<[T; N]> {
    fn put(self, row: &mut Row<'r>) {
        if let Some(cells) = self {
            cells.put(row);
        }
    }
}

/// The key of a group.
impl<'r> Put<'r> for &'r Vec<String> {
    fn put(self, row: &mut Row<'r>) {
        row.extend(self.iter().map(|value| Cell::from(value.as_str())));
    }
}
