//! `aliases.csv`: the names, acronyms, demonyms, metonyms and titles by which actors are named.

use super::rows::{CodebookRow, CsvFile};
use super::{Case, Pattern};
use crate::corpus::PartialDate;
use crate::error::{Fault, did_you_mean};
use crate::id::ActorId;
use crate::named::named;
use crate::normalise::fold::fold_key;
use std::collections::HashMap;

named! {
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum AliasKind {
        Name = "name",
        Acronym = "acronym",
        Demonym = "demonym",
        Metonym = "metonym",
        Title = "title",
        Spelling = "spelling",
        Mask = "mask",
    }
}

/// The days on which an alias holds; an open end holds for ever.
#[derive(Debug, Clone, Default)]
pub struct DateRange {
    pub from: Option<PartialDate>,
    pub to: Option<PartialDate>,
}

impl DateRange {
    pub fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Whether any day of `date` lies in the range.
    pub fn overlaps(&self, date: &PartialDate) -> bool {
        self.from.as_ref().is_none_or(|from| from.first_day() <= date.last_day())
            && self.to.as_ref().is_none_or(|to| date.first_day() <= to.last_day())
    }

    /// Whether the two ranges share a day.
    pub fn meets(&self, other: &Self) -> bool {
        let before = |a: &Self, b: &Self| match (&a.to, &b.from) {
            (Some(to), Some(from)) => to.last_day() < from.first_day(),
            _ => false,
        };
        !before(self, other) && !before(other, self)
    }
}

#[derive(Debug, Clone)]
pub struct Alias {
    /// `None` in a mask.
    pub actor: Option<ActorId>,
    pub alias: String,
    pub kind: AliasKind,
    pub case: Case,
    pub not_before: Vec<String>,
    pub not_after: Vec<String>,
    pub dates: DateRange,
    pub note: String,
    pub line: u64,
}

const COLUMNS: [&str; 9] = ["actor", "alias", "kind", "match_case", "not_before", "not_after", "from", "to", "note"];

pub(super) fn parse(file: &CsvFile, actors: &HashMap<&str, ActorId>, faults: &mut Vec<Fault>) -> Vec<Alias> {
    let rows = file.rows(&COLUMNS, 2, faults);
    let mut aliases = Vec::new();
    let mut column = 0;
    for row in &rows {
        column = row.column(1);
        let Some(alias) = row.filled(file, 1, "alias", faults) else { continue };
        let kind = match row.cell(2) {
            "" => Some(AliasKind::Name),
            _ => row.choice(file, 2, "kind of alias", &AliasKind::NAMES, faults),
        };
        let Some(kind) = kind else { continue };
        let actor = match (row.cell(0), kind) {
            ("", AliasKind::Mask) => None,
            (code, AliasKind::Mask) => {
                let what = format!("a mask is never counted, but `{alias}` names the actor `{code}`");
                faults.push(row.fault(file, 0, what, "leave `actor` empty"));
                continue;
            }
            (code, _) => match actors.get(code) {
                Some(actor) => Some(*actor),
                None => {
                    let help = did_you_mean(code, actors.keys().copied());
                    faults.push(row.fault(file, 0, format!("unknown actor `{code}`"), help));
                    continue;
                }
            },
        };
        if let Err(message) = file.check_pattern(alias, super::Pattern::Literal) {
            faults.push(row.fault(file, 1, format!("alias `{alias}`: {message}"), ""));
            continue;
        }
        let dates = dates(file, row, [6, 7], faults);
        aliases.push(Alias {
            actor,
            alias: alias.to_owned(),
            kind,
            case: row.case(file, 3, Case::Sensitive, faults),
            not_before: row.list(4),
            not_after: row.list(5),
            dates,
            note: row.take(8),
            line: row.line,
        });
    }
    let code = |wanted: ActorId| {
        actors.iter().find(|(_, actor)| **actor == wanted).map_or_else(String::new, |(code, _)| (*code).to_owned())
    };
    refuse_two_actors(file, &aliases, column, code, faults);
    aliases
}

/// The range of the columns `from` and `to`.
pub(super) fn dates(file: &CsvFile, row: &CodebookRow, [from, to]: [usize; 2], faults: &mut Vec<Fault>) -> DateRange {
    let dates = DateRange { from: date(file, row, from, faults), to: date(file, row, to, faults) };
    if let (Some(from), Some(end)) = (&dates.from, &dates.to)
        && end.last_day() < from.first_day()
    {
        faults.push(row.fault(file, to, "`to` lies before `from`", ""));
    }
    dates
}

fn date(file: &CsvFile, row: &CodebookRow, column: usize, faults: &mut Vec<Fault>) -> Option<PartialDate> {
    let text = row.cell(column);
    if text.is_empty() {
        return None;
    }
    let date = PartialDate::parse(text);
    if date.is_none() {
        faults.push(row.fault(file, column, format!("`{text}` is no date"), "write YYYY, YYYY-MM or YYYY-MM-DD"));
    }
    date
}

/// Two actors cannot share an alias: one of them would never be counted. Rows with guards are left to the lint, since
/// the guards may tell the two apart.
fn refuse_two_actors(
    file: &CsvFile,
    aliases: &[Alias],
    column: u64,
    code: impl Fn(ActorId) -> String,
    faults: &mut Vec<Fault>,
) {
    let mut by_key: HashMap<String, Vec<&Alias>> = HashMap::new();
    for alias in aliases.iter().filter(|alias| alias.not_before.is_empty() && alias.not_after.is_empty()) {
        let Some(actor) = alias.actor else { continue };
        let spelled = |alias: &'_ Alias| super::pattern::from_first_letter(&alias.alias, Pattern::Literal).to_owned();
        let known = by_key.entry(fold_key(&spelled(alias)).replace('-', " ")).or_default();
        let rival = known.iter().find_map(|other| {
            let shares_case =
                alias.case == Case::Insensitive || other.case == Case::Insensitive || spelled(alias) == spelled(other);
            let rival = other.actor.filter(|rival| *rival != actor)?;
            (shares_case && alias.dates.meets(&other.dates)).then_some((rival, other.line))
        });
        if let Some((rival, line)) = rival {
            let what =
                format!("`{}` stands for `{}` in line {line} and for `{}` here", alias.alias, code(rival), code(actor));
            let help = "remove one, or give both rows date ranges that do not meet";
            faults.push(file.fault(alias.line, column, &what, help));
        }
        known.push(alias);
    }
}
