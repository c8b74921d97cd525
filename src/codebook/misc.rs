//! `zones.csv` and `abbreviations.csv`: rows that the zone and sentence stages compile.

use super::{Alias, CsvFile, Pattern, Term, Variant};
use crate::error::Fault;
use crate::normalise::Zone;
use crate::segment::{Abbreviation, AbbreviationKind, Abbreviations};
use crate::zones::{KnownWords, Scope, ZoneRow, Zoner};

const ZONE_COLUMNS: [&str; 4] = ["zone", "pattern", "scope", "note"];
const ABBREVIATION_COLUMNS: [&str; 3] = ["abbreviation", "kind", "note"];

/// The rows, and what they compile to.
pub(super) fn zones(file: &CsvFile, faults: &mut Vec<Fault>) -> (Vec<ZoneRow>, Zoner) {
    let zones = Zone::ALL.map(|zone| (zone.name(), zone));
    let scopes = Scope::ALL.map(|scope| (scope.name(), scope));
    let mut rows = Vec::new();
    for row in file.rows(&ZONE_COLUMNS, 3, faults) {
        let (Some(zone), Some(pattern), Some(scope)) = (
            row.choice(file, 0, "zone", &zones, faults),
            row.filled(file, 1, "pattern", faults),
            row.choice(file, 2, "scope", &scopes, faults),
        ) else {
            continue;
        };
        rows.push(ZoneRow { zone, pattern: pattern.to_owned(), scope, note: row.take(3), line: row.line });
    }
    let zoner = Zoner::compile(&rows).unwrap_or_else(|unusable| {
        faults.extend(unusable.into_iter().map(|(line, what)| file.fault(line, 0, &what, "")));
        Zoner::default()
    });
    (rows, zoner)
}

pub(super) fn abbreviations(file: &CsvFile, faults: &mut Vec<Fault>) -> Vec<Abbreviation> {
    let kinds = AbbreviationKind::ALL.map(|kind| (kind.name(), kind));
    let mut rows = Vec::new();
    for row in file.rows(&ABBREVIATION_COLUMNS, 2, faults) {
        let (Some(abbreviation), Some(kind)) =
            (row.filled(file, 0, "abbreviation", faults), row.choice(file, 1, "kind of abbreviation", &kinds, faults))
        else {
            continue;
        };
        rows.push(Abbreviation { abbreviation: abbreviation.to_owned(), kind, note: row.take(2), line: row.line });
    }
    if let Err(unusable) = Abbreviations::compile(&rows) {
        faults.extend(unusable.into_iter().map(|(line, what)| file.fault(line, 0, &what, "")));
        rows.clear();
    }
    rows
}

/// The words by which a word is known that was divided at the end of a line.
pub(super) fn known_words(aliases: &[Alias], terms: &[Term], variants: &[Variant]) -> KnownWords {
    let mut known = KnownWords::default();
    for pattern in aliases.iter().map(|alias| &alias.alias).chain(variants.iter().map(|variant| &variant.term)) {
        known.learn(pattern);
    }
    for term in terms {
        match term.kind {
            Pattern::Regex => known.learn_expression(&term.pattern),
            Pattern::Literal | Pattern::Wildcard | Pattern::Mask => known.learn(&term.pattern),
        }
    }
    known
}
