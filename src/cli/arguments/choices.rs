//! Closed lists of values, as the library names them.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use framescope::count::{CodingUnit, Level};
use framescope::normalise::Zone;
use framescope::stats::Measures;
use framescope::voice::Voice;

/// One or all zones: `all` stands for every one.
pub fn zone_lists() -> impl TypedValueParser<Value = Vec<Zone>> {
    let names = Zone::ALL.into_iter().map(Zone::name).chain(["all"]);
    PossibleValuesParser::new(names).map(|name| match Zone::from_name(&name) {
        Some(zone) => vec![zone],
        None => Zone::ALL.to_vec(),
    })
}

pub fn voices() -> impl TypedValueParser<Value = Voice> {
    PossibleValuesParser::new(Voice::ALL.map(Voice::name))
        .try_map(|name| Voice::ALL.into_iter().find(|voice| voice.name() == name).ok_or("no such voice"))
}

pub fn levels() -> impl TypedValueParser<Value = Level> {
    PossibleValuesParser::new(Level::ALL.map(Level::name))
        .try_map(|name| Level::from_name(&name).ok_or("no such level"))
}

pub fn measures() -> impl TypedValueParser<Value = Measures> {
    PossibleValuesParser::new(["default", "all"]).map(|name| match name.as_str() {
        "all" => Measures::All,
        _ => Measures::Default,
    })
}

pub fn unit(text: &str) -> Result<CodingUnit, String> {
    CodingUnit::from_name(text)
        .ok_or_else(|| "a unit is `sentence`, `paragraph`, `article` or `window:K` with K from 1 to 1000".to_owned())
}
