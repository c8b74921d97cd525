//! Dates as precise as a source gives them: a year, a month or a day.

use std::fmt;

use jiff::civil::Date;

/// An ISO date of year, month or day precision, kept as it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    first: Date,
    last: Date,
    text: String,
}

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (blanks around it are dropped); `None` for any other form and for days
    /// that no calendar has.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let bytes = text.as_bytes();
        let well_formed = matches!(bytes.len(), 4 | 7 | 10)
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !well_formed {
            return None;
        }
        let year: i16 = text[..4].parse().ok()?;
        let part = |from: usize| text.get(from..from + 2).and_then(|digits| digits.parse::<i8>().ok());
        Self::of(year, part(5), part(8))
    }

    /// The date of these numbers; `None` when no calendar has it.
    pub(crate) fn of(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        let (first, last, text) = match (month, day) {
            (Some(month), Some(day)) => {
                let date = Date::new(year, month, day).ok()?;
                (date, date, format!("{year:04}-{month:02}-{day:02}"))
            }
            (Some(month), None) => {
                let first = Date::new(year, month, 1).ok()?;
                (first, first.last_of_month(), format!("{year:04}-{month:02}"))
            }
            (None, _) => (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?, format!("{year:04}")),
        };
        Some(Self { first, last, text })
    }

    /// The date as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The first day the date may mean.
    pub fn first_day(&self) -> Date {
        self.first
    }

    /// The last day the date may mean; equal to the first one for a full date.
    pub fn last_day(&self) -> Date {
        self.last
    }

    /// `YYYY`.
    pub fn year(&self) -> &str {
        &self.text[..4]
    }

    /// `YYYY-MM`, when the month is known.
    pub fn month(&self) -> Option<&str> {
        self.text.get(..7)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_covers_all_days_it_may_mean() {
        for (text, first, last, month) in [
            ("2023", "2023-01-01", "2023-12-31", None),
            ("2023-02", "2023-02-01", "2023-02-28", Some("2023-02")),
            ("2024-02", "2024-02-01", "2024-02-29", Some("2024-02")),
            (" 2023-09-25 ", "2023-09-25", "2023-09-25", Some("2023-09")),
        ] {
            let date = PartialDate::parse(text).unwrap();
            assert_eq!(date.first_day().to_string(), first);
            assert_eq!(date.last_day().to_string(), last);
            assert_eq!((date.month(), date.year()), (month, &first[..4]));
            assert_eq!(date.as_str(), text.trim());
        }
    }

    #[test]
    fn what_is_no_iso_date_is_refused() {
        for text in [
            "",
            "23",
            "2023-",
            "2023-9",
            "2023-13",
            "2023-00",
            "2023-02-30",
            "2023/02/03",
            "25.09.2023",
            "2023-09-25T10",
            "September 2023",
            "+202",
            "２０２３",
            "20é3",
        ] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }
}
