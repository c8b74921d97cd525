//! Dates as exports and people write them, read into ISO form.
//!
//! A date that may be read in two ways (`09/05/2023`) is never guessed: the order of day and month is declared, or shown
//! by another date of the same column, or the date is left empty.

use crate::named::named;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::date::PartialDate;
use crate::error::{Error, one_of};

named! {
    /// Which of two numbers is the day in `09/05/2023`.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum DateOrder {
        DayFirst = "day-first",
        MonthFirst = "month-first",
    }
}

impl FromStr for DateOrder {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text.to_lowercase().as_str() {
            "day-first" | "dmy" => Ok(Self::DayFirst),
            "month-first" | "mdy" => Ok(Self::MonthFirst),
            _ => one_of("order of dates", text, &Self::NAMES),
        }
    }
}

/// What a cell says as a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DateReading {
    Date(PartialDate),
    /// Two days are possible, and nothing says which.
    Ambiguous,
    NoDate,
}

/// Why a date was left empty; displayed as a message says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BadDate<'v> {
    pub value: &'v str,
    is_ambiguous: bool,
}

impl BadDate<'_> {
    pub fn help(&self) -> &'static str {
        if self.is_ambiguous {
            "say which with `--date-order day-first` or `--date-order month-first`"
        } else {
            "write the date as YYYY, YYYY-MM or YYYY-MM-DD"
        }
    }
}

impl fmt::Display for BadDate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String = self.value.chars().take(60).collect();
        let cut = if shown.len() < self.value.len() { "..." } else { "" };
        if self.is_ambiguous {
            write!(f, "the date `{shown}` may be read in two ways and is left empty")
        } else {
            write!(f, "`{shown}{cut}` is not a date and is left empty")
        }
    }
}

/// Reads a date, or says why it is none. `order` is asked only where both orders give a day.
///
/// # Errors
/// A text that is no date, or that may be two dates.
pub(crate) fn parse(text: &str, order: impl FnOnce() -> Option<DateOrder>) -> Result<PartialDate, BadDate<'_>> {
    let reading = match read(text, None) {
        DateReading::Ambiguous => order().map_or(DateReading::Ambiguous, |order| read(text, Some(order))),
        reading => reading,
    };
    match reading {
        DateReading::Date(date) => Ok(date),
        DateReading::Ambiguous => Err(BadDate { value: text, is_ambiguous: true }),
        DateReading::NoDate => Err(BadDate { value: text, is_ambiguous: false }),
    }
}

/// What the dates of one column show about their order.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Evidence {
    day_first: bool,
    month_first: bool,
}

impl Evidence {
    pub fn add(&mut self, text: &str) {
        if let Some((first, second)) = DateParts::of(text.trim()).and_then(|parts| parts.numeric_pair()) {
            self.day_first |= first > 12 && second <= 12;
            self.month_first |= second > 12 && first <= 12;
        }
    }

    /// The order, where all dates that show one show the same.
    pub fn order(self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            (true, true) | (false, false) => None,
        }
    }
}

/// Longer cells hold no date.
const MAX_BYTES: usize = 96;
/// Words beside the month's name: a day of the week, a small word, a time zone.
const MAX_OTHER_WORDS: usize = 4;

pub(crate) fn read(text: &str, order: Option<DateOrder>) -> DateReading {
    let text = text.trim();
    if let Some(date) = PartialDate::parse(text).or_else(|| digits_only(without_time(text).trim())) {
        return DateReading::Date(date);
    }
    match DateParts::of(text) {
        Some(parts) => parts.reading(order),
        None => DateReading::NoDate,
    }
}

/// `20231007`, `20231007101500` and seconds, milliseconds or microseconds since 1970.
fn digits_only(text: &str) -> Option<PartialDate> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let seconds = match whole.len() {
        8 | 14 if fraction == "0" => {
            return PartialDate::of(
                whole[..4].parse().ok()?,
                Some(whole[4..6].parse().ok()?),
                Some(whole[6..8].parse().ok()?),
            );
        }
        9 | 10 => number,
        12 | 13 => number / 1000,
        15 | 16 => number / 1_000_000,
        _ => return None,
    };
    let date = Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).date();
    PartialDate::of(date.year(), Some(date.month()), Some(date.day()))
}

/// The numbers and words of a date, without a time of day.
struct DateParts {
    /// Value and number of digits.
    numbers: Vec<(u32, usize)>,
    month: Option<u8>,
    has_dots: bool,
    /// Words that name no month.
    other_words: usize,
}

impl DateParts {
    fn of(text: &str) -> Option<Self> {
        if text.len() > MAX_BYTES || !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut parts = Self { numbers: Vec::new(), month: None, has_dots: false, other_words: 0 };
        let mut rest = without_time(text);
        while let Some(first) = rest.chars().next() {
            let run_end = |belongs: fn(char) -> bool| rest.find(|c| !belongs(c)).unwrap_or(rest.len());
            let end = if first.is_ascii_digit() {
                let end = run_end(|c| c.is_ascii_digit());
                parts.numbers.push((rest[..end].parse().ok()?, end));
                end
            } else if first.is_alphabetic() {
                let end = run_end(|c| c.is_alphabetic() || is_combining_mark(c) || c == '\'');
                match (month(&rest[..end]), parts.month) {
                    (Some(month), None) => parts.month = Some(month),
                    (Some(month), Some(known)) if month == known => {}
                    (Some(_), Some(_)) => return None,
                    (None, _) => parts.other_words += 1,
                }
                end
            } else {
                parts.has_dots |= first == '.';
                first.len_utf8()
            };
            rest = &rest[end..];
        }
        (parts.other_words <= MAX_OTHER_WORDS && !parts.numbers.is_empty()).then_some(parts)
    }

    /// Two numbers of which either may be the day, before a year.
    fn numeric_pair(&self) -> Option<(u32, u32)> {
        match (self.month, self.numbers.as_slice()) {
            (None, [(first, 1 | 2), (second, 1 | 2), (_, 4)]) => Some((*first, *second)),
            _ => None,
        }
    }

    fn reading(&self, order: Option<DateOrder>) -> DateReading {
        let date = |year: u32, month: Option<u32>, day: Option<u32>| {
            let year = i16::try_from(year).ok().filter(|year| (1000..3000).contains(year));
            let small = |number: Option<u32>| number.map(|number| i8::try_from(number).unwrap_or(i8::MAX));
            let date = year.and_then(|year| PartialDate::of(year, small(month), small(day)));
            date.map_or(DateReading::NoDate, DateReading::Date)
        };
        match (self.month.map(u32::from), self.numbers.as_slice()) {
            (month @ Some(_), [(year, 4)]) => date(*year, month, None),
            (month @ Some(_), [(day, 1 | 2), (year, 4)] | [(year, 4), (day, 1 | 2)]) => date(*year, month, Some(*day)),
            // `Issue 9, 2023` is no month
            (None, [(year, 4), (month, 1 | 2)] | [(month, 1 | 2), (year, 4)]) if self.other_words == 0 => {
                date(*year, Some(*month), None)
            }
            (None, [(year, 4), (month, 1 | 2), (day, 1 | 2)]) => date(*year, Some(*month), Some(*day)),
            (None, [(first, 1 | 2), (second, 1 | 2), (year, 4)]) => {
                let (first, second) = (*first, *second);
                let order = match (first, second) {
                    (13.., _) => DateOrder::DayFirst,
                    (_, 13..) => DateOrder::MonthFirst,
                    _ if first == second => DateOrder::DayFirst,
                    _ => match order {
                        Some(order) => order,
                        // dots stand between day and month, in this order, wherever they are in use
                        None if self.has_dots => DateOrder::DayFirst,
                        None => return DateReading::Ambiguous,
                    },
                };
                match order {
                    DateOrder::DayFirst => date(*year, Some(second), Some(first)),
                    DateOrder::MonthFirst => date(*year, Some(first), Some(second)),
                }
            }
            _ => DateReading::NoDate,
        }
    }
}

/// Takes `10:15`, or `T10` after a day, and what belongs to it off a date.
fn without_time(text: &str) -> &str {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let hour = text.find(':').map(|colon| {
        let digits = bytes[..colon].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        (colon - digits, colon)
    });
    let hour = hour.or_else(|| {
        let t = (1..bytes.len()).find(|at| bytes[*at] == b'T' && is_digit(at - 1) && is_digit(at + 1))?;
        Some((t, t))
    });
    let Some((start, colon)) = hour else { return text };
    if bytes[..start].iter().any(u8::is_ascii_digit) {
        return &text[..start];
    }
    // the time comes first: `10:15, 7 October 2023`
    let end = bytes[colon..].iter().position(|byte| !(byte.is_ascii_digit() || matches!(byte, b':' | b'.')));
    end.map_or("", |end| &text[colon + end..])
}

/// The month that a word names, in any of the languages of `months.csv`.
fn month(word: &str) -> Option<u8> {
    static MONTHS: OnceLock<HashMap<String, u8>> = OnceLock::new();
    let months = MONTHS.get_or_init(|| {
        let mut months = HashMap::new();
        for row in super::reading::rows(include_str!("../../dictionaries/reading/months.csv")) {
            for (month, names) in (1..).zip(row.iter().skip(1)) {
                months.extend(names.split('|').map(|name| (folded(name), month)));
            }
        }
        months
    });
    months.get(&folded(word)).copied()
}

/// Without case and accents.
pub(crate) fn folded(word: &str) -> String {
    word.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn result(text: &str, order: Option<DateOrder>) -> String {
        match read(text, order) {
            DateReading::Date(date) => date.to_string(),
            DateReading::Ambiguous => "two ways".to_owned(),
            DateReading::NoDate => "none".to_owned(),
        }
    }

    #[test]
    fn the_usual_forms_are_read() {
        for (text, date) in [
            ("2023-10-07T23:59:59+04:00", "2023-10-07"),
            ("2023-10-07 10:00", "2023-10-07"),
            ("2023-10-07T10", "2023-10-07"),
            ("2023-10-07+02:00", "2023-10-07"),
            ("2023-10-07Z", "2023-10-07"),
            ("20231007", "2023-10-07"),
            ("20231007T101500Z", "2023-10-07"),
            ("20231007101500", "2023-10-07"),
            ("2023/10/07", "2023-10-07"),
            ("2023.10.7", "2023-10-07"),
            ("2023年10月7日", "2023-10-07"),
            ("07.10.2023", "2023-10-07"),
            ("7. 10. 2023, 18:05 Uhr", "2023-10-07"),
            ("10:15, 7 October 2023", "2023-10-07"),
            ("25/10/2023", "2023-10-25"),
            ("10/25/2023", "2023-10-25"),
            ("5/5/2023", "2023-05-05"),
            ("6 Oct 2024", "2024-10-06"),
            ("October 7th, 2023 5:30 p.m. EDT", "2023-10-07"),
            ("Sat, 07 Oct 2023 10:00:00 GMT", "2023-10-07"),
            ("Samstag, 7. März 2020", "2020-03-07"),
            ("7 de octubre de 2023", "2023-10-07"),
            ("1er février 2021", "2021-02-01"),
            ("1 fevrier 2021", "2021-02-01"),
            ("7 ОКТЯБРЯ 2023 г.", "2023-10-07"),
            ("27 Eylül 2020", "2020-09-27"),
            ("2020. szeptember 27.", "2020-09-27"),
            ("October 2023", "2023-10"),
            ("10/2023", "2023-10"),
            ("2023-9", "2023-09"),
            ("1696672800", "2023-10-07"),
            ("1696672800.0", "2023-10-07"),
            ("1696672800000", "2023-10-07"),
        ] {
            assert_eq!(result(text, None), date, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_or_two_is_never_guessed() {
        for (text, reading) in [
            ("09/05/2023", "two ways"),
            ("9-5-2023", "two ways"),
            ("9/5/2023 12:00", "two ways"),
            ("unknown", "none"),
            ("31/02/2023", "none"),
            ("2023-13-01", "none"),
            ("2023-09-20 to 2023-09-25", "none"),
            ("09/05/23", "none"),
            ("May/June 2023", "none"),
            ("Issue 9, 2023", "none"),
            ("12", "none"),
            ("99999999999999999999999", "none"),
            ("２０２３", "none"),
            ("", "none"),
        ] {
            assert_eq!(result(text, None), reading, "{text}");
        }
        assert_eq!(result("09/05/2023", Some(DateOrder::DayFirst)), "2023-05-09");
        assert_eq!(result("09/05/2023", Some(DateOrder::MonthFirst)), "2023-09-05");
        assert_eq!(result("25/10/2023", Some(DateOrder::MonthFirst)), "2023-10-25");
    }

    #[test]
    fn a_column_shows_its_order_unless_it_contradicts_itself() {
        let order = |dates: &[&str]| {
            let mut evidence = Evidence::default();
            dates.iter().for_each(|date| evidence.add(date));
            evidence.order()
        };
        assert_eq!(order(&["09/05/2023", "25/05/2023"]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["09/05/2023", "05/25/2023 10:00"]), Some(DateOrder::MonthFirst));
        assert_eq!(order(&["25/05/2023", "05/25/2023"]), None);
        assert_eq!(order(&["09/05/2023", "2023-05-25", "x", ""]), None);
    }

    #[test]
    fn no_name_stands_for_two_months() {
        let mut months: HashMap<String, u8> = HashMap::new();
        for row in crate::corpus::reading::rows(include_str!("../../dictionaries/reading/months.csv")) {
            assert_eq!(row.len(), 13);
            for (number, names) in (1..).zip(row.iter().skip(1)) {
                for name in names.split('|') {
                    assert!(*months.entry(folded(name)).or_insert(number) == number, "{name}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_none(text in "[0-9a-zé./: ,T-]{0,24}") {
            if let DateReading::Date(date) = read(&text, None) {
                prop_assert_eq!(PartialDate::parse(date.as_str()), Some(date));
            }
        }
    }
}
