//! Rates from month to month: one small panel a frame, so that no colour has to tell lines apart.

use super::scale::{Scale, round_up};
use super::{Anchor, Svg, axis, clip};
use crate::report::figure::{Panel, Trend};

const PANEL: (f64, f64) = (290.0, 150.0);
const COLUMNS: usize = 3;

pub fn trend_lines(id: &str, title: &str, about: &str, trend: &Trend) -> String {
    let rows = trend.panels.len().div_ceil(COLUMNS);
    let mut svg = Svg::new(id, PANEL.0 * COLUMNS as f64, PANEL.1 * rows as f64, title, about);
    let largest = trend.panels.iter().flat_map(|panel| panel.points.iter().flatten()).map(|point| point.0);
    let largest = round_up(largest.fold(0.0, f64::max));
    for (number, panel) in trend.panels.iter().enumerate() {
        let origin = ((number % COLUMNS) as f64 * PANEL.0, (number / COLUMNS) as f64 * PANEL.1);
        draw(&mut svg, origin, panel, &trend.months, largest);
    }
    svg.finish()
}

fn draw(svg: &mut Svg, (x, y): (f64, f64), panel: &Panel, months: &[String], largest: f64) {
    let (left, right, top, bottom) = (x + 40.0, x + PANEL.0 - 16.0, y + 24.0, y + PANEL.1 - 26.0);
    svg.text(left, y + 15.0, "label", Anchor::Start, &clip(&panel.frame, 32));
    let rates = Scale { from: 0.0, to: largest, start: bottom, end: top };
    axis::vertical(svg, rates, left, right, 3);
    let last = months.len().saturating_sub(1);
    let time = Scale { from: 0.0, to: last as f64, start: left + 6.0, end: right - 6.0 };
    svg.text(left, bottom + 15.0, "tick", Anchor::Start, &months[0]);
    svg.text(right, bottom + 15.0, "tick", Anchor::End, &months[last]);
    let mut run: Vec<(f64, f64)> = Vec::new();
    for (number, point) in panel.points.iter().enumerate() {
        match point {
            Some((rate, ..)) => run.push((time.place(number as f64), rates.place(*rate))),
            None => finish_run(svg, &mut run),
        }
    }
    finish_run(svg, &mut run);
    for (number, point) in panel.points.iter().enumerate() {
        if let Some((rate, n, words)) = point {
            let hover = format!("{}, {}: {rate:.2} per 1,000 ({n} in {words} words)", panel.frame, months[number]);
            svg.circle(time.place(number as f64), rates.place(*rate), 2.5, "dot", &hover);
        }
    }
}

/// A month without articles breaks the line.
fn finish_run(svg: &mut Svg, run: &mut Vec<(f64, f64)>) {
    if run.len() > 1 {
        svg.path(run, "trend");
    }
    run.clear();
}
