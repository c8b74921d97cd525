//! Which coded hits correct a group: its own, or those of all groups.

use crate::named::named;
use crate::stats::correction::{Cell, Classed, Coded, put_together};

/// A group with fewer coded hits is corrected by those of all groups.
pub(super) const FEWEST_CODED: u64 = 20;

named! {
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub(super) enum Method {
        #[default]
        Stratified = "stratified",
        Pooled = "pooled",
    }
}

/// The coded hits that correct a group.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    cells: Option<Vec<Cell>>,
    pub n_coded: u64,
    pub method: Method,
}

impl Chosen {
    /// `None` where they are too few for any correction.
    pub fn cells(&self) -> Option<&[Cell]> {
        self.cells.as_deref()
    }

    /// Whether every hit is coded.
    pub fn is_whole(&self) -> bool {
        let is_whole = |cell: &Cell| cell.coded.len() as f64 >= cell.drawn_from;
        self.cells.as_ref().is_some_and(|cells| cells.iter().all(is_whole))
    }

    /// Combined with the correction of another part of the same number.
    pub fn and(self, other: Self) -> Self {
        let pooled = [&self, &other].iter().any(|one| one.method == Method::Pooled);
        Self {
            method: if pooled { Method::Pooled } else { Method::Stratified },
            n_coded: self.n_coded + other.n_coded,
            cells: match (self.cells, other.cells) {
                (Some(mut cells), Some(more)) => {
                    cells.extend(more);
                    Some(cells)
                }
                (one, None) | (None, one) => one,
            },
        }
    }
}

/// Differences between people and program, by group and class.
pub(super) struct Coding {
    /// By group and class: how many units there are.
    sizes: Vec<Vec<u64>>,
    /// By group: class and difference.
    units: Vec<Vec<(usize, Coded)>>,
    /// A cell for each class over all groups.
    pooled: Vec<Classed>,
}

impl Coding {
    /// `classes` gives the side of each class, and what differences are possible in it.
    pub fn new(
        sizes: Vec<Vec<u64>>,
        classes: Vec<(usize, Vec<(f64, f64)>)>,
        coded: impl Iterator<Item = (usize, usize, Coded)>,
    ) -> Self {
        let mut units = vec![Vec::new(); sizes.len()];
        let empty = |(class, (side, possible))| Classed {
            cell: Cell { size: 0.0, drawn_from: 0.0, coded: Vec::new(), possible },
            class,
            side,
        };
        let mut pooled: Vec<Classed> = classes.into_iter().enumerate().map(empty).collect();
        for (one, class) in pooled.iter_mut().zip(0..) {
            let size: u64 = sizes.iter().map(|of_group| of_group[class]).sum();
            (one.cell.size, one.cell.drawn_from) = (size as f64, size as f64);
        }
        for (group, class, unit) in coded {
            units[group].push((class, unit));
            pooled[class].cell.coded.push(unit);
        }
        Self { sizes, units, pooled }
    }

    /// What corrects a group; `None` is the whole corpus.
    pub fn choose(&self, group: Option<usize>) -> Chosen {
        let own: Vec<Classed> = match group {
            Some(group) => self.cells(group),
            None => (0..self.sizes.len()).flat_map(|group| self.cells(group)).collect(),
        };
        let (n_coded, of_all) = (coded(&own), coded(&self.pooled));
        let is_whole = own.iter().all(|one| one.cell.coded.len() as f64 >= one.cell.drawn_from);
        match group {
            Some(group) if n_coded < FEWEST_CODED && !is_whole && n_coded < of_all => {
                let of_class = |one: &Classed| {
                    let mut one = one.clone();
                    one.cell.size = self.sizes[group][one.class] as f64;
                    one
                };
                Self::chosen(self.pooled.iter().map(of_class).collect(), of_all, Method::Pooled)
            }
            _ => Self::chosen(own, n_coded, Method::Stratified),
        }
    }

    fn chosen(cells: Vec<Classed>, n_coded: u64, method: Method) -> Chosen {
        let cells = put_together(cells);
        let is_enough = !cells.is_empty() && cells.iter().all(Cell::is_enough);
        Chosen { cells: is_enough.then_some(cells), n_coded, method }
    }

    /// A cell for each class of a group.
    fn cells(&self, group: usize) -> Vec<Classed> {
        let cell = |one: &Classed| {
            let size = self.sizes[group][one.class] as f64;
            let coded = self.units[group].iter().filter(|(class, _)| *class == one.class).map(|(_, unit)| *unit);
            let cell = Cell { size, drawn_from: size, coded: coded.collect(), possible: one.cell.possible.clone() };
            Classed { cell, class: one.class, side: one.side }
        };
        self.pooled.iter().map(cell).collect()
    }
}

fn coded(cells: &[Classed]) -> u64 {
    cells.iter().map(|one| one.cell.coded.len() as u64).sum()
}
