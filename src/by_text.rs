//! Sorting by texts that lie elsewhere in memory.

/// Sorts by texts, byte by byte: where the first eight bytes of two differ, the texts themselves are not looked at. What is
/// in order already, or several lists that are, one behind the other, takes little.
pub(crate) fn sort_by_text<'t, T: Copy>(items: &mut Vec<T>, text: impl Fn(T) -> &'t str) {
    let mut keyed: Vec<(u64, T)> = items.iter().map(|item| (beginning(text(*item)), *item)).collect();
    keyed.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| text(*one).cmp(text(*other))));
    items.clear();
    items.extend(keyed.into_iter().map(|(_, item)| item));
}

/// The first eight bytes as a number of the same order.
fn beginning(text: &str) -> u64 {
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(text.bytes()).for_each(|(byte, of_text)| *byte = of_text);
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_come_in_order(texts in proptest::collection::vec("[\u{0}ab]{0,10}", 0..20)) {
            let mut sorted: Vec<usize> = (0..texts.len()).collect();
            sort_by_text(&mut sorted, |at| texts[at].as_str());
            let mut plainly: Vec<usize> = (0..texts.len()).collect();
            plainly.sort_by_key(|at| &texts[*at]);
            prop_assert_eq!(sorted, plainly);
        }
    }
}
