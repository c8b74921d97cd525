//! Stacked bars of shares: each bar is a whole, each part has its count printed on it.

use super::{Anchor, Svg, clip};
use crate::report::figure::Bar;

const LEFT: f64 = 190.0;
const WIDTH: f64 = 520.0;
const TOTAL: f64 = 60.0;
const STEP: f64 = 24.0;
const BAR: f64 = 18.0;

/// `label` says what stands left of each bar.
pub fn bars(id: &str, title: &str, about: &str, parts: &[String], bars: &[&Bar], label: fn(&Bar) -> &str) -> String {
    let legend = legend_rows(parts);
    let top = 10.0 + legend as f64 * 20.0;
    let height = top + bars.len() as f64 * STEP + 26.0;
    let mut svg = Svg::new(id, LEFT + WIDTH + TOTAL, height, title, about);
    draw_legend(&mut svg, parts);
    for (number, bar) in bars.iter().enumerate() {
        let y = top + number as f64 * STEP;
        svg.text(LEFT - 8.0, y + 13.0, "label", Anchor::End, &clip(label(bar), 26));
        let total = bar.total().max(1) as f64;
        let mut before = 0;
        for (part, count) in bar.counts.iter().enumerate() {
            if *count == 0 {
                continue;
            }
            let x = LEFT + before as f64 / total * WIDTH;
            let width = *count as f64 / total * WIDTH;
            before += count;
            let share = *count as f64 / total * 100.0;
            let hover = format!("{}: {} {count} of {} ({share:.1} %)", clip(label(bar), 80), parts[part], bar.total());
            let class = format!("k{} part", part % super::OKABE_ITO.len());
            svg.rect(x, y, width, BAR, &class, &hover);
            let text = count.to_string();
            if width > 8.0 + 7.0 * text.len() as f64 {
                let class = format!("count t{}", part % super::OKABE_ITO.len());
                svg.text(x + width / 2.0, y + 13.0, &class, Anchor::Middle, &text);
            }
        }
        svg.text(LEFT + WIDTH + 8.0, y + 13.0, "tick", Anchor::Start, &format!("n = {}", bar.total()));
    }
    let bottom = top + bars.len() as f64 * STEP;
    for percent in [0, 25, 50, 75, 100] {
        let x = LEFT + f64::from(percent) / 100.0 * WIDTH;
        svg.line((x, bottom - 4.0), (x, bottom), 1.0, "zero", "");
        svg.text(x, bottom + 14.0, "tick", Anchor::Middle, &format!("{percent} %"));
    }
    svg.finish()
}

const LEGEND_STEP: f64 = 128.0;

fn per_row() -> usize {
    ((LEFT + WIDTH + TOTAL) / LEGEND_STEP) as usize
}

fn legend_rows(parts: &[String]) -> usize {
    parts.len().div_ceil(per_row())
}

fn draw_legend(svg: &mut Svg, parts: &[String]) {
    for (number, part) in parts.iter().enumerate() {
        let x = (number % per_row()) as f64 * LEGEND_STEP + 4.0;
        let y = (number / per_row()) as f64 * 20.0 + 2.0;
        svg.rect(x, y, 12.0, 12.0, &format!("k{} part", number % super::OKABE_ITO.len()), "");
        svg.text(x + 17.0, y + 10.0, "tick", Anchor::Start, &format!("{}. {}", number + 1, clip(part, 16)));
    }
}
