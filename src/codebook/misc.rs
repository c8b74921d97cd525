use super::CsvFile;
use crate::error::Fault;
pub(super) fn zones(_f: &CsvFile, _x: &mut Vec<Fault>) -> Vec<crate::zones::ZoneRow> {
    vec![]
}
pub(super) fn abbreviations(_f: &CsvFile, _x: &mut Vec<Fault>) -> Vec<crate::segment::Abbreviation> {
    vec![]
}
