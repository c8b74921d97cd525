//! Charts as SVG and HTML, one file per kind. A chart is a pure function of its figure, the same to the byte; all text
//! is escaped here, and no colour stands without a number or a place that says the same.

mod axis;
mod bars;
mod effects;
mod heat_map;
mod network;
mod palette;
mod scale;
mod trend;
mod xray;

pub use bars::bars;
pub use effects::effect_plot;
pub use heat_map::heat_map;
pub use network::network;
pub use palette::{OKABE_ITO, style};
pub use trend::trend_lines;
pub use xray::xray_grid;

use std::fmt::Write;

/// Text for a place between tags or in an attribute in double quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // An unclosed direction mark would turn its neighbours around; other controls are no text.
            c if super::hits::is_direction_mark(c) || c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// At most so many characters, the last one an ellipsis when some are missing.
pub fn clip(text: &str, most: usize) -> String {
    if text.len() <= most || text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// A coordinate: one decimal, no minus zero.
fn at(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".into() } else { text.to_owned() }
}

/// Which side of its position a text lies on.
#[derive(Debug, Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// An SVG picture in the making.
struct Svg {
    out: String,
}

impl Svg {
    /// `id` must be unique in the page.
    fn new(id: &str, width: f64, height: f64, title: &str, about: &str) -> Self {
        let (w, h, id) = (at(width), at(height), escape(id));
        let mut out = String::new();
        let _ = write!(
            out,
            "<svg class=\"chart\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"img\" \
             aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>",
            escape(title),
            escape(about)
        );
        Self { out }
    }

    fn finish(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }

    fn text(&mut self, x: f64, y: f64, class: &str, anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ = write!(
            self.out,
            "<text x=\"{}\" y=\"{}\" class=\"{class}\" text-anchor=\"{anchor}\">{}</text>",
            at(x),
            at(y),
            escape(text)
        );
    }

    /// `hover` is shown by browsers while the pointer rests on the mark.
    fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, class: &str, hover: &str) {
        let _ = write!(
            self.out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" class=\"{class}\">{}</rect>",
            at(x),
            at(y),
            at(width),
            at(height),
            hover_title(hover)
        );
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64), width: f64, class: &str, hover: &str) {
        let _ = write!(
            self.out,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke-width=\"{}\" class=\"{class}\">{}</line>",
            at(from.0),
            at(from.1),
            at(to.0),
            at(to.1),
            at(width),
            hover_title(hover)
        );
    }

    fn circle(&mut self, x: f64, y: f64, radius: f64, class: &str, hover: &str) {
        let _ = write!(
            self.out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" class=\"{class}\">{}</circle>",
            at(x),
            at(y),
            at(radius),
            hover_title(hover)
        );
    }

    fn path(&mut self, points: &[(f64, f64)], class: &str) {
        let mut d = String::new();
        for (number, (x, y)) in points.iter().enumerate() {
            let _ = write!(d, "{}{} {}", if number == 0 { 'M' } else { 'L' }, at(*x), at(*y));
        }
        let _ = write!(self.out, "<path d=\"{d}\" class=\"{class}\"/>");
    }
}

fn hover_title(hover: &str) -> String {
    if hover.is_empty() { String::new() } else { format!("<title>{}</title>", escape(hover)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(escape("</script><img onerror='x'>\u{202E}"), "&lt;/script&gt;&lt;img onerror=&#39;x&#39;&gt; ");
        assert_eq!(clip("abcdef", 4), "abc…");
    }

    #[test]
    fn coordinates_are_short_and_never_minus_zero() {
        assert_eq!([at(-0.04), at(2.0), at(2.26)], ["0", "2", "2.3"]);
    }
}
