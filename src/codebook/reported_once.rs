//! One mistake is one fault, however many rows it touches.

use crate::error::Fault;
use std::collections::HashMap;

/// Lines that are named where the same fault stands in several.
const LINES_NAMED: usize = 5;

/// The faults in the order of their places. Of a row that is broken as a whole only that is reported, and what is wrong
/// in the same way in several rows (an actor that does not exist) is reported at the first of them.
pub(super) fn reported_once(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort_by(|a, b| a.place.cmp(&b.place));
    faults.dedup_by(|later, first| {
        let same_line = later.place.file == first.place.file && later.place.line == first.place.line;
        same_line && first.place.line > 0 && (first.place.column == 0 || later.place.column == first.place.column)
    });
    let mut distinct: Vec<(Fault, Vec<u64>)> = Vec::new();
    let mut known: HashMap<(String, u64, String), usize> = HashMap::new();
    for fault in faults {
        let key = (fault.place.file.clone(), fault.place.column, fault.what.clone());
        match known.get(&key) {
            Some(at) => distinct[*at].1.push(fault.place.line),
            None => {
                known.insert(key, distinct.len());
                distinct.push((fault, Vec::new()));
            }
        }
    }
    distinct.into_iter().map(|(fault, lines)| also_in(fault, &lines)).collect()
}

fn also_in(mut fault: Fault, lines: &[u64]) -> Fault {
    if lines.is_empty() {
        return fault;
    }
    let named: Vec<String> = lines.iter().take(LINES_NAMED).map(u64::to_string).collect();
    let more = match lines.len().saturating_sub(LINES_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let s = if lines.len() == 1 { "" } else { "s" };
    fault.what += &format!(", and so in line{s} {}{more}", named.join(", "));
    fault
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Place;

    #[test]
    fn a_mistake_is_reported_once() {
        let fault = |line, column, what: &str| Fault {
            place: Place { file: "f".into(), line, column },
            what: what.into(),
            help: String::new(),
        };
        let distinct = reported_once(vec![
            fault(9, 1, "unknown actor `X`"),
            fault(2, 3, "unknown kind"),
            fault(2, 0, "5 cells"),
            fault(4, 1, "unknown actor `X`"),
            fault(4, 2, "empty"),
        ]);
        let texts: Vec<String> = distinct.iter().map(Fault::to_string).collect();
        assert_eq!(texts, ["f:2: 5 cells", "f:4:1: unknown actor `X`, and so in line 9", "f:4:2: empty"]);
    }
}
