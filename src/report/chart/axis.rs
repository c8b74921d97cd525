//! Axes with their grid lines.

use super::scale::{Scale, tick};
use super::{Anchor, Svg};

/// Values from left to right, numbers beneath.
pub(super) fn horizontal(svg: &mut Svg, scale: Scale, top: f64, bottom: f64, wanted: usize) {
    for value in scale.ticks(wanted) {
        let x = scale.place(value);
        let class = if value == 0.0 { "zero" } else { "grid" };
        svg.line((x, top), (x, bottom), 1.0, class, "");
        svg.text(x, bottom + 14.0, "tick", Anchor::Middle, &tick(value));
    }
}

/// Values from bottom to top, numbers on the left.
pub(super) fn vertical(svg: &mut Svg, scale: Scale, left: f64, right: f64, wanted: usize) {
    for value in scale.ticks(wanted) {
        let y = scale.place(value);
        let class = if value == 0.0 { "zero" } else { "grid" };
        svg.line((left, y), (right, y), 1.0, class, "");
        svg.text(left - 5.0, y + 4.0, "tick", Anchor::End, &tick(value));
    }
}
