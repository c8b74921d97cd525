//! Effect sizes: a dot at the log ratio, a line to the bound of its interval that lies nearer to zero.

use super::scale::{Scale, round_up};
use super::{Anchor, Svg, axis, clip};
use crate::report::figure::Effect;

const LEFT: f64 = 230.0;
const WIDTH: f64 = 470.0;
const ROW: f64 = 18.0;
const TOP: f64 = 8.0;

pub fn effect_plot(id: &str, title: &str, about: &str, effects: &[&Effect]) -> String {
    let bottom = TOP + effects.len() as f64 * ROW;
    let mut svg = Svg::new(id, LEFT + WIDTH + 30.0, bottom + 36.0, title, about);
    let reach = effects.iter().flat_map(|effect| [effect.log_ratio, effect.conservative]).flatten();
    let reach = round_up(reach.map(f64::abs).fold(1.0, f64::max));
    let scale = Scale { from: -reach, to: reach, start: LEFT, end: LEFT + WIDTH };
    axis::horizontal(&mut svg, scale, TOP, bottom, 8);
    svg.text(LEFT + WIDTH / 2.0, bottom + 30.0, "tick", Anchor::Middle, "log ratio: rarer | as often | more often");
    for (number, effect) in effects.iter().enumerate() {
        let y = TOP + number as f64 * ROW + ROW / 2.0;
        let name = format!("{} ({})", clip(&effect.item, 26), effect.layer);
        svg.text(LEFT - 8.0, y + 4.0, "tick", Anchor::End, &name);
        let Some(ratio) = effect.log_ratio else { continue };
        let hover = format!(
            "{}: {} of {} words against {} of {}; log ratio {ratio:.2}{}",
            clip(&effect.item, 80),
            effect.a,
            effect.n1,
            effect.b,
            effect.n2,
            effect.conservative.map_or_else(String::new, |bound| format!(", at least {bound:.2}"))
        );
        // Filled: the interval leaves zero out.
        let firm = effect.conservative.is_some_and(|bound| bound != 0.0);
        if let Some(bound) = effect.conservative {
            svg.line((scale.place(bound), y), (scale.place(ratio), y), 2.0, "reach", "");
            svg.line((scale.place(bound), y - 4.0), (scale.place(bound), y + 4.0), 2.0, "reach", "");
        }
        svg.circle(scale.place(ratio), y, 4.5, if firm { "dot" } else { "ring" }, &hover);
    }
    svg.finish()
}
