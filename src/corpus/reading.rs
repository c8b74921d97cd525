//! The lists of words that reading needs, as rows of `dictionaries/reading/`.

/// The rows below the header of a list that is compiled in.
pub(crate) fn rows(list: &str) -> impl Iterator<Item = csv::StringRecord> {
    csv::Reader::from_reader(list.as_bytes()).into_records().filter_map(Result::ok)
}
