//! The colours of every figure, on the page, in the workbook and in chart specifications: near Okabe and Ito's, which
//! people with any colour vision tell apart, darkened until each has a contrast of 3 to white paper. The page's style sheet
//! says them again for itself, and a test compares.

use crate::voice::Voice;

/// Of things that have no order.
pub(super) const KINDS: [&str; 8] =
    ["#0072B2", "#c27f00", "#17a377", "#CC79A7", "#3a96cb", "#e07432", "#9a8c00", "#8c8c8c"];

/// From little to much, on light paper.
pub(super) const STEPS: [&str; 8] =
    ["#eaf2fa", "#cfe1f2", "#abcbe7", "#7fb0d9", "#5596cb", "#2b70ad", "#135390", "#08386b"];

pub(super) fn of_voice(voice: Voice) -> &'static str {
    match voice {
        Voice::Own => KINDS[0],
        Voice::Attributed => KINDS[1],
        Voice::Quoted => KINDS[2],
        Voice::Scare => KINDS[3],
        Voice::Hypothetical => KINDS[4],
        Voice::Denied => KINDS[5],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_the_same_colours() {
        let style = include_str!("assets/report.css");
        let light = style.lines().next().unwrap();
        for (at, colour) in STEPS.iter().enumerate() {
            assert!(light.contains(&format!("--s{at}:{colour};")), "s{at}");
        }
        for (at, colour) in KINDS.iter().enumerate() {
            assert!(style.contains(&format!(".k{at}{{fill:{colour}}}")), "k{at}");
        }
        for voice in Voice::ALL {
            assert!(style.contains(&format!(".v-{}{{fill:{};", voice.name(), of_voice(voice))), "{}", voice.name());
        }
    }
}
