//! Stage 8: pure statistics of counts.
//!
//! In: integers (`u64` counts, or slices of them). Out: `f64`, or `Option<f64>` where a measure may have no value.
//! Refused: tables which cannot be (more hits than words, an overlap larger than a marginal) are `None` when they are
//! built, so that no measure has to look again.
//!
//! Three rules stand above the formulas:
//!
//! - *Undefined is `None`.* No function returns NaN, an infinity, `-0.0`, or a huge number in place of a missing one.
//! - *Observed counts are never changed.* Smoothing happens inside the measure which needs it and is in its definition.
//! - *Differences are taken between integers.* `ad - bc` is exact before it becomes a float, so that a measure close to
//!   0 keeps its digits, and equal proportions give exactly 0.
//!
//! Nothing here imports anything else of the crate. One file holds one family; [`MEASURES`] lists every measure with
//! its formula, range, edge rule, reference and a worked example which is recomputed by a test.
//!
//! Functions are called through their module, which says which family is meant:
//!
//! ```
//! use framescope::stats::{Keyness, keyness};
//!
//! let table = Keyness::new(7, 1000, 2, 1000).expect("seven of a thousand words is a possible count");
//! assert!((keyness::g2(table) - 2.954494).abs() < 1e-6);
//! let elsewhere_never = Keyness::new(7, 1000, 0, 1000).expect("so is none of a thousand");
//! assert_eq!(keyness::odds_ratio(elsewhere_never), None);
//! ```

pub mod agreement;
pub mod association;
pub mod changes;
pub mod clusters;
mod contingency;
pub mod correction;
pub mod dispersion;
pub mod diversity;
mod exact;
mod hypergeometric;
pub mod intervals;
pub mod keyness;
mod logarithm;
mod measures;
pub mod multiple;
pub mod permutation;
mod quantile;
mod ratios;
pub mod similarity;
mod special;
mod spread;
mod wide;

pub use agreement::Confusion;
pub use association::Window;
pub use clusters::Sums;
pub use contingency::{Association, Keyness};
pub use dispersion::Part;
pub use exact::ratio;
pub use intervals::Interval;
pub use intervals::{PER, leave_one_out, mean_of_articles, per_1000, wilson};
pub use keyness::{ALPHA, FEWEST_ARTICLES, SMALLEST_EXPECTED};
pub use measures::{Column, Example, Family, MEASURES, Measure, Measures, explain, readme_table};
pub use multiple::benjamini_hochberg;
pub use quantile::student_t_975;
pub use ratios::{Quantity, RatioMeasure};
pub(crate) use ratios::{RATIOS, SPEAKER};
pub(crate) use similarity::{Profiles, TwoGroups};
pub(crate) use spread::Sizes;
pub use spread::Spread;
