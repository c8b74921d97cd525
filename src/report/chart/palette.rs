//! Colours that people with any colour vision tell apart.

/// Okabe and Ito's palette, in the order in which parts of bars use it.
pub const OKABE_ITO: [&str; 8] =
    ["#0072B2", "#56B4E9", "#009E73", "#E69F00", "#CC79A7", "#D55E00", "#F0E442", "#999999"];

/// Whether text on the colour of the same place is light.
const LIGHT_TEXT: [bool; 8] = [true, false, false, false, false, false, false, false];

/// Ten steps of cividis, from small to large values: light to dark.
pub const CIVIDIS: [&str; 10] =
    ["#FEE838", "#E1CC55", "#C3B369", "#A59C74", "#8A8678", "#707173", "#575D6D", "#3B496C", "#123570", "#00224E"];

/// The first step on which text is light.
const FIRST_DARK: usize = 5;

/// The class of a value between zero and the largest; `None` for zero and below.
pub(super) fn step(value: f64, largest: f64) -> Option<usize> {
    if !(value > 0.0 && largest > 0.0) {
        return None;
    }
    let at = (value / largest * CIVIDIS.len() as f64).ceil() as usize;
    Some(at.clamp(1, CIVIDIS.len()) - 1)
}

/// The palettes as style rules: `.c0` to `.c9` for cells, `.k0` to `.k7` for marks, `.t0` to `.t7` for text on them.
pub fn style() -> String {
    let mut out = String::new();
    for (number, colour) in CIVIDIS.iter().enumerate() {
        let text = if number >= FIRST_DARK { "#fff" } else { "#000" };
        out.push_str(&format!(".c{number}{{background:{colour};color:{text}}}\n"));
    }
    for (number, colour) in OKABE_ITO.iter().enumerate() {
        let text = if LIGHT_TEXT[number] { "#fff" } else { "#000" };
        out.push_str(&format!(
            ".k{number}{{fill:{colour};background:{colour};color:{text}}}\n.chart text.t{number}{{fill:{text}}}\n"
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_cover_the_range() {
        assert_eq!([step(0.0, 5.0), step(0.01, 5.0), step(5.0, 5.0)], [None, Some(0), Some(9)]);
        assert_eq!([step(f64::NAN, 5.0), step(-1.0, 5.0), step(1.0, 0.0)], [None, None, None]);
    }

    /// Contrast ratio by WCAG 2.
    fn contrast(a: &str, b: &str) -> f64 {
        let luminance = |colour: &str| {
            let part = |at: usize| {
                let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
                if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
        };
        let (x, y) = (luminance(a), luminance(b));
        (x.max(y) + 0.05) / (x.min(y) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_every_colour() {
        for (number, colour) in CIVIDIS.iter().enumerate() {
            let text = if number >= FIRST_DARK { "#ffffff" } else { "#000000" };
            assert!(contrast(colour, text) >= 4.5, "{colour}");
        }
        for (colour, light) in OKABE_ITO.iter().zip(LIGHT_TEXT) {
            assert!(contrast(colour, if light { "#ffffff" } else { "#000000" }) >= 4.5, "{colour}");
        }
    }
}
