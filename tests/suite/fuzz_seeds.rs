//! The fuzz targets over their seeds, and over seeds with some bytes changed: what `fuzz/` checks is checked by every
//! `cargo test`, if not for long. `FRAMESCOPE_FUZZ_ROUNDS` changes each seed so many times.

#[path = "../../fuzz/src/lib.rs"]
mod targets;

use super::support::repository;
use std::panic::catch_unwind;

/// A reader of outside bytes, with its checks inside.
type Target = fn(&[u8]);

const TARGETS: [(&str, Target); 13] = [
    ("text", targets::text),
    ("job", targets::job),
    ("document", targets::document),
    ("manifest", targets::manifest),
    ("codebook", targets::codebook),
    ("parts", targets::parts),
    ("tally", targets::tally),
    ("sketch", targets::sketch),
    ("diff", targets::diff),
    ("names", targets::names),
    ("html", targets::html),
    ("warc", targets::warc),
    ("saved", targets::saved),
];

/// Numbers that look random and are the same each time (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// Changes, removes, doubles or swaps some bytes.
fn change(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        let end = (at + 1 + numbers.below(8)).min(bytes.len());
        match numbers.below(4) {
            0 if at < bytes.len() => bytes[at] = numbers.below(256) as u8,
            1 => drop(bytes.drain(at..end)),
            2 => {
                let copy = bytes[at..end].to_vec();
                let to = numbers.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            _ => bytes.insert(at, b"\0\n\",;.=\xff\xe2"[numbers.below(9)]),
        }
    }
}

#[test]
fn what_the_fuzz_targets_check_holds_for_their_seeds_and_near_them() {
    let rounds = std::env::var("FRAMESCOPE_FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(12);
    let mut tried = 0;
    for (name, target) in TARGETS {
        let folder = repository("fuzz/seeds").join(name);
        let mut seeds: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        seeds.sort();
        assert!(!seeds.is_empty(), "`{name}` has no seed");
        for seed in seeds {
            let whole = std::fs::read(&seed).unwrap();
            let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15 ^ whole.len() as u64);
            for round in 0..=rounds {
                let mut bytes = whole.clone();
                if round > 0 {
                    change(&mut bytes, &mut numbers);
                }
                let done = catch_unwind(|| target(&bytes));
                assert!(
                    done.is_ok(),
                    "`{name}`, {} in round {round}: {:?}",
                    seed.display(),
                    String::from_utf8_lossy(&bytes)
                );
                tried += 1;
            }
        }
    }
    println!("{tried} inputs of the fuzz targets");
}
