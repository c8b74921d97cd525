//! `report.html`: one file that needs no network, reads whole without JavaScript and runs nothing but its own lines.

mod grid;
mod overview;
mod sections;

use super::chart;
use super::facts::Facts;
use super::figure::GroupChoice;
use super::hits::is_direction_mark;
use crate::error::{Error, Result};
use grid::Grid;
use minijinja::{Environment, context};
use serde::Serialize;
use sha2::{Digest, Sha256};

const TEMPLATE: &str = include_str!("../assets/report.html");
const STYLE: &str = include_str!("../assets/report.css");
const SCRIPT: &str = include_str!("../assets/report.js");

/// A part of the page with a heading.
#[derive(Debug, Default, Serialize)]
pub(super) struct Section {
    pub id: &'static str,
    pub title: &'static str,
    /// What the section answers and how to read it.
    pub lead: Vec<String>,
    pub figures: Vec<Figure>,
}

/// A chart, the table beneath it, and the file both come from.
#[derive(Debug, Default, Serialize)]
pub(super) struct Figure {
    pub heading: String,
    /// Made by [`chart`], escaped there.
    pub chart: String,
    pub grid: Option<Grid>,
    /// Whether the grid is shown at once, for want of a chart.
    pub open: bool,
    /// A file beside the page.
    pub csv: String,
}

/// The whole page.
///
/// # Errors
/// None that an input can cause: the template is a part of the program.
pub(super) fn page(facts: &Facts<'_>, groups: &GroupChoice) -> Result<String> {
    let mut sections = vec![overview::overview(facts, groups)];
    sections.extend(sections::sections(facts, groups));
    let style = format!("{STYLE}{}", chart::style());
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(&style)),
        base64(&Sha256::digest(SCRIPT))
    );
    let mut environment = Environment::new();
    let failed = |error: minijinja::Error| Error::Output(format!("cannot make `report.html`: {error:#}"));
    environment.add_template("report.html", TEMPLATE).map_err(failed)?;
    let template = environment.get_template("report.html").map_err(failed)?;
    let mut page = template
        .render(context! {
            policy,
            style,
            script => SCRIPT,
            version => env!("CARGO_PKG_VERSION"),
            fingerprint => facts.study.codebook.fingerprint,
            sections,
            has_ledger => facts.is_written("mentions"),
            concordance => sections::concordance(facts),
        })
        .map_err(failed)?;
    // A name with an unclosed direction mark would turn its neighbours around, in headings and menus too.
    page.retain(|c| !is_direction_mark(c));
    Ok(page)
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().enumerate().fold(0u32, |word, (at, byte)| word | u32::from(*byte) << (16 - 8 * at));
        for at in 0..4 {
            if at <= chunk.len() {
                out.push(char::from(DIGITS[(word >> (18 - 6 * at)) as usize & 63]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_follows_the_vectors_of_rfc_4648() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
