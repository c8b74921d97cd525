//! Where terms stand in articles: a row an article, a strip a term, a stroke a hit; beginning on the left.

use super::{Anchor, Svg, clip};
use crate::report::figure::Xray;

const LEFT: f64 = 210.0;
const STRIP: f64 = 92.0;
const GAP: f64 = 10.0;
const ROW: f64 = 18.0;
const TOP: f64 = 62.0;

pub fn xray_grid(id: &str, title: &str, about: &str, xray: &Xray) -> String {
    let width = LEFT + xray.terms.len() as f64 * (STRIP + GAP);
    let mut svg = Svg::new(id, width, TOP + xray.rows.len() as f64 * ROW + 6.0, title, about);
    for (number, term) in xray.terms.iter().enumerate() {
        let (frame, term) = term.split_once('/').unwrap_or(("", term));
        // Neighbouring names stand at two heights, so that long ones have room.
        let y = if number % 2 == 0 { 14.0 } else { 42.0 };
        let x = strip(number);
        svg.text(x, y, "label", Anchor::Start, &clip(term, 26));
        svg.text(x, y + 12.0, "tick", Anchor::Start, &clip(frame, 28));
    }
    for (number, row) in xray.rows.iter().enumerate() {
        let y = TOP + number as f64 * ROW;
        svg.text(LEFT - 8.0, y + 12.0, "tick", Anchor::End, &clip(&row.article_id, 34));
        for (term, marks) in row.marks.iter().enumerate() {
            let x = strip(term);
            let hover = format!(
                "{}: {} {}",
                clip(&row.article_id, 80),
                xray.terms[term],
                match marks.len() {
                    0 => "does not occur".to_owned(),
                    n => format!("in {n} place{}", if n == 1 { "" } else { "s" }),
                }
            );
            svg.rect(x, y + 1.0, STRIP, ROW - 4.0, "strip", &hover);
            for mark in marks {
                let at = x + 1.0 + f64::from(*mark) / 1000.0 * (STRIP - 2.0);
                svg.line((at, y + 1.0), (at, y + ROW - 3.0), 1.6, "stroke", "");
            }
        }
    }
    svg.finish()
}

fn strip(term: usize) -> f64 {
    LEFT + term as f64 * (STRIP + GAP)
}
