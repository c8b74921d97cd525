//! What the columns of a table, and the keys of a JSON object, are read as.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::dates::folded;

/// What a column is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    Id,
    Text,
    Source,
    Date,
    Title,
    /// A title that stands above the text and is part of it.
    Headline,
    /// The paragraph between headline and text.
    Standfirst,
    Language,
    Author,
    /// The file that a row of a manifest is about.
    File,
    /// The address of a page, in a list of addresses; a further column anywhere else.
    Address,
    More,
}

impl Role {
    /// Every role but [`Role::More`], by its name in `columns.csv`; also the plain name of its column.
    const NAMES: [(&'static str, Self); 11] = [
        ("id", Self::Id),
        ("text", Self::Text),
        ("source", Self::Source),
        ("date", Self::Date),
        ("title", Self::Title),
        ("headline", Self::Headline),
        ("standfirst", Self::Standfirst),
        ("language", Self::Language),
        ("author", Self::Author),
        ("file", Self::File),
        ("address", Self::Address),
    ];

    fn name(self) -> Option<&'static str> {
        Self::NAMES.iter().find(|(_, role)| *role == self).map(|(name, _)| *name)
    }
}

/// The columns that were named for a role; the others are found by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnNames {
    pub text: Option<String>,
    pub id: Option<String>,
    pub source: Option<String>,
    pub date: Option<String>,
    pub title: Option<String>,
    /// The text of a row is the address of a page: how lists of addresses are read.
    pub text_is_address: bool,
}

impl ColumnNames {
    fn chosen(&self) -> [(Role, Option<&str>); 5] {
        [
            (Role::Id, self.id.as_deref()),
            (Role::Source, self.source.as_deref()),
            (Role::Date, self.date.as_deref()),
            (Role::Title, self.title.as_deref()),
            // last, so that a column chosen as text is text whatever else it was chosen as
            (Role::Text, self.text.as_deref()),
        ]
    }

    /// Whether the column was named for a role.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.chosen()
            .iter()
            .any(|(_, column)| column.is_some_and(|column| column.to_lowercase() == name.to_lowercase()))
    }

    /// Whether a path into objects (`article.body`) was named for a role.
    pub(crate) fn has_path(&self) -> bool {
        self.chosen().iter().any(|(_, column)| column.is_some_and(|column| column.contains('.')))
    }

    /// The first of the named columns that is not there, with its option.
    pub(crate) fn missing<'s>(&'s self, names: &[&str]) -> Option<(&'static str, &'s str)> {
        let absent = |column: &&str| position(names, column).is_none();
        self.chosen().into_iter().find_map(|(role, column)| Some((role.name()?, column.filter(absent)?)))
    }
}

/// A column by its name, in any case where no other fits better.
fn position(names: &[&str], wanted: &str) -> Option<usize> {
    let exact = names.iter().position(|name| *name == wanted);
    exact.or_else(|| names.iter().position(|name| name.to_lowercase() == wanted.to_lowercase()))
}

/// A name without case, accents, blanks and punctuation: `Publication date` is `publication_date`.
fn key(name: &str) -> String {
    folded(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Longer names stand for no role.
const MAX_NAME_BYTES: usize = 80;

/// The role that a name stands for, and its rank among the names of the role.
fn meaning(name: &str) -> Option<(Role, usize)> {
    static NAMES: OnceLock<HashMap<String, (Role, usize)>> = OnceLock::new();
    let known = NAMES.get_or_init(|| {
        let mut known = HashMap::new();
        for row in super::reading::rows(include_str!("../../dictionaries/reading/columns.csv")) {
            let role = Role::NAMES.iter().find(|(name, _)| row.get(0) == Some(name));
            let names = row.get(2).unwrap_or_default().split('|');
            for name in names {
                let rank = known.len();
                known.extend(role.map(|(_, role)| (key(name), (*role, rank))));
            }
        }
        known
    });
    if name.len() > MAX_NAME_BYTES { None } else { known.get(&key(name)).copied() }
}

/// Whether a column of this name is a further one wherever it comes: its name stands for nothing that is known.
pub(crate) fn is_further(name: &str) -> bool {
    matches!(meaning(name), None | Some((Role::Address, _)))
}

/// The column that has addresses by its name.
pub(crate) fn address<'n>(names: &[&'n str]) -> Option<&'n str> {
    names.iter().copied().find(|name| matches!(meaning(name), Some((Role::Address, _))))
}

/// Gives each column its role. A column that was named for a role has it; otherwise the best known name does, and
/// further names of the same role are kept as further columns.
pub(crate) fn roles(names: &[&str], chosen: &ColumnNames) -> Vec<Role> {
    let mut roles = vec![Role::More; names.len()];
    // by rank; of two spellings of one name the plain one
    let mut best: BTreeMap<Role, (usize, bool, usize)> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        if let Some((role, rank)) = meaning(name) {
            let role = match role {
                Role::Address if chosen.text_is_address => Role::Text,
                Role::Headline if chosen.text_is_address => Role::Title,
                Role::Text | Role::Standfirst if chosen.text_is_address => continue,
                Role::Address => continue,
                role => role,
            };
            let candidate = (rank, name.chars().any(char::is_uppercase), index);
            let known = best.entry(role).or_insert(candidate);
            *known = candidate.min(*known);
        }
    }
    for (role, column) in chosen.chosen() {
        if column.is_some() {
            best.remove(&role);
        }
    }
    if chosen.text_is_address && !best.contains_key(&Role::Text) {
        let is_address = |name: &&str| key(name).contains("url");
        let index = names.iter().position(is_address).filter(|index| meaning(names[*index]).is_none());
        best.extend(index.map(|index| (Role::Text, (0, false, index))));
    }
    for (role, (_, _, index)) in best {
        roles[index] = role;
    }
    for (role, column) in chosen.chosen() {
        if let Some(index) = column.and_then(|column| position(names, column)) {
            roles[index] = role;
        }
    }
    roles
}

/// Which columns were taken for which roles, in the whole corpus; shared by all that read it.
#[derive(Debug, Default)]
pub(crate) struct Taken(Mutex<BTreeSet<(Role, String)>>);

impl Taken {
    pub fn add(&self, names: &[&str], roles: &[Role]) {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, role) in names.iter().zip(roles).filter(|(_, role)| **role != Role::More) {
            if !taken.iter().any(|(known_role, known)| known_role == role && known == name) {
                taken.insert((*role, (*name).to_owned()));
            }
        }
    }

    /// Takes over what was taken in a list of addresses.
    pub fn absorb(&self, list: &Self) {
        let list = list.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_list = |role: Role| if role == Role::Text { Role::Address } else { role };
        taken.extend(list.iter().map(|(role, column)| (of_list(*role), column.clone())));
    }

    /// ``source from column `media_name`, date from `publish_date` ``; `None` where every column has the plain name of
    /// its role.
    pub fn described(&self) -> Option<String> {
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut by_role: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (role, column) in taken.iter() {
            if let Some(name) = role.name().filter(|name| !column.eq_ignore_ascii_case(name)) {
                by_role.entry(name).or_default().push(listed(&[column]));
            }
        }
        let described: Vec<String> =
            by_role.into_iter().map(|(role, columns)| format!("{role} from column {}", columns.join(", "))).collect();
        (!described.is_empty()).then(|| described.join("; "))
    }
}

/// Column names for a message: the first ones, cut short, without control characters, since a file that is no table may
/// have any.
pub(crate) fn listed(names: &[&str]) -> String {
    const NAMES: usize = 24;
    const CHARACTERS: usize = 60;
    let shown = names.iter().take(NAMES).map(|name| {
        let cut = if name.chars().count() > CHARACTERS { "..." } else { "" };
        let plain = name.chars().take(CHARACTERS).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c });
        format!("`{}{cut}`", plain.collect::<String>())
    });
    let more = if names.len() > NAMES { ", ..." } else { "" };
    shown.collect::<Vec<_>>().join(", ") + more
}

/// A name that comes twice, by the index of its second place.
pub(crate) fn twice(names: &[&str]) -> Option<usize> {
    let mut seen = BTreeSet::new();
    names.iter().position(|name| !seen.insert(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_columns_fits_a_message() {
        assert_eq!(listed(&["a", "b\u{7}"]), "`a`, `b\u{FFFD}`");
        let long = "x".repeat(1000);
        let message = listed(&[long.as_str(); 100]);
        assert!(message.len() < 2000 && message.ends_with("x...`, ..."), "{message}");
    }

    #[test]
    fn each_role_is_played_by_one_column() {
        use Role::*;
        for (names, text_column, expected) in [
            (vec!["id", "text", "source"], None, vec![Id, Text, Source]),
            (vec!["doc_id", "id", "body", "text"], None, vec![More, Id, More, Text]),
            (vec!["Title", "CONTENT", "Desk"], None, vec![Title, Text, More]),
            (vec!["text", "title"], Some("title"), vec![More, Text]),
            (vec!["text"], Some("body"), vec![More]),
            (vec!["Source", "source"], None, vec![More, Source]),
            (vec!["media_name", "Publication date", "url", "Full text"], None, vec![Source, Date, More, Text]),
            (vec!["outlet", "source", "published_at", "date"], None, vec![More, Source, More, Date]),
            (vec!["Quelle", "Veröffentlichungsdatum", "Volltext"], None, vec![Source, Date, Text]),
            (vec!["fuente", "FECHA", "texto", "Título"], None, vec![Source, Date, Text, Title]),
            (vec!["источник", "дата", "текст"], None, vec![Source, Date, Text]),
            (vec!["Headline", "Standfirst", "Body"], None, vec![Headline, Standfirst, Text]),
            (vec!["mood", "desk", "texture"], None, vec![More, More, More]),
        ] {
            let chosen = ColumnNames { text: text_column.map(str::to_owned), ..ColumnNames::default() };
            assert_eq!(roles(&names, &chosen), expected, "{names:?}");
        }
    }

    #[test]
    fn a_named_column_has_its_role_and_takes_it_from_others() {
        let chosen = ColumnNames { source: Some("Desk".into()), date: Some("when".into()), ..ColumnNames::default() };
        let names = ["source", "desk", "date", "when", "text"];
        assert_eq!(roles(&names, &chosen), [Role::More, Role::Source, Role::More, Role::Date, Role::Text]);
        assert_eq!(chosen.missing(&names), None);
        assert_eq!(chosen.missing(&["desk"]), Some(("date", "when")));
    }

    #[test]
    fn columns_of_other_names_are_reported() {
        let taken = Taken::default();
        let names = ["media_name", "Date", "text", "mood"];
        taken.add(&names, &roles(&names, &ColumnNames::default()));
        assert_eq!(taken.described().as_deref(), Some("source from column `media_name`"));
        assert_eq!(Taken::default().described(), None);
    }
}
