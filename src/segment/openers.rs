//! Closed lists: words that begin a sentence beyond doubt after an abbreviation.

/// Words that, written with a capital after an abbreviation, begin a sentence. Words that also begin names after
/// `U.S.` (Under Secretary, First Lady, One World) are left out.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "a", "according", "additionally", "after", "although", "amid", "an", "and", "another", "as", "at", "because",
    "before", "besides", "both", "but", "by", "consequently", "despite", "during", "each", "earlier", "either",
    "even", "every", "finally", "following", "for", "from", "furthermore", "given", "he", "hence", "her", "here",
    "his", "how", "however", "i", "if", "in", "indeed", "instead", "it", "its", "last", "later", "likewise", "many",
    "meanwhile", "moreover", "most", "my", "neither", "nevertheless", "no", "nobody", "nonetheless", "nor", "not",
    "now", "of", "on", "once", "only", "or", "other", "others", "otherwise", "our", "perhaps", "rather", "several",
    "she", "similarly", "since", "so", "some", "still", "such", "that", "the", "their", "then", "there", "therefore",
    "these", "they", "this", "those", "though", "through", "throughout", "thus", "to", "today", "unlike", "until",
    "we", "what", "when", "where", "whether", "which", "while", "who", "why", "with", "within", "without",
    "yesterday", "yet", "you", "your",
];

/// Seats of government, states and bodies that act in news: after an abbreviation they begin a sentence when the next
/// word is small and no noun that such a name stands before ("in the U.S. Moscow views ...").
#[rustfmt::skip]
const ACTING_NAMES: &[&str] = &[
    "ankara", "armenia", "armenians", "azerbaijan", "azerbaijanis", "baku", "beijing", "belarus", "berlin",
    "brussels", "cairo", "canada", "china", "damascus", "delhi", "egypt", "europe", "europeans", "france", "georgia",
    "germany", "greece", "hungary", "india", "iran", "iraq", "israel", "italy", "japan", "jerusalem", "kazakhstan",
    "kiev", "kyiv", "london", "minsk", "moscow", "nato", "pakistan", "paris", "poland", "putin", "riyadh", "rome",
    "russia", "russians", "seoul", "stepanakert", "syria", "tbilisi", "tehran", "tokyo", "turkey", "turkiye",
    "ukraine", "ukrainians", "vienna", "warsaw", "washington", "yerevan",
];

/// Nouns before which such a name is an attribute: "U.S. Russia policy".
#[rustfmt::skip]
const HEAD_NOUNS: &[&str] = &[
    "affairs", "alliance", "ambassador", "analyst", "analysts", "and", "business", "chief", "conflict",
    "confrontation", "consulate", "cooperation", "correspondent", "deal", "desk", "dialogue", "diplomacy",
    "diplomats", "embassy", "envoy", "expert", "experts", "forces", "hawks", "military", "negotiations", "office",
    "officials", "or", "partnership", "policies", "policy", "relations", "relationship", "rivalry", "sanctions",
    "specialist", "station", "strategy", "summit", "talks", "task", "tensions", "ties", "trade", "troops", "war",
    "watchers",
];

/// Words that tell when, where or how something was said, but not what.
#[rustfmt::skip]
const CIRCUMSTANCES: &[&str] = &[
    "after", "ahead", "angrily", "as", "at", "before", "during", "earlier", "following", "from", "in", "late", "later",
    "on", "outside", "through", "to", "via", "when", "while", "with",
];

pub(super) fn is_circumstance(word: &str) -> bool {
    CIRCUMSTANCES.binary_search(&word).is_ok()
}

pub(super) fn is_opener(word: &str) -> bool {
    OPENERS.binary_search(&word).is_ok()
}

pub(super) fn is_acting_name(word: &str) -> bool {
    ACTING_NAMES.binary_search(&word).is_ok()
}

pub(super) fn is_head_noun(word: &str) -> bool {
    HEAD_NOUNS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_so_that_they_can_be_searched() {
        for list in [OPENERS, ACTING_NAMES, HEAD_NOUNS, CIRCUMSTANCES] {
            let unsorted = list.windows(2).find(|pair| pair[0] >= pair[1]);
            assert_eq!(unsorted, None);
        }
    }
}
