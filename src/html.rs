//! What every page that the program writes is made of: one script of several modules, and a policy that allows this script
//! and nothing else.

/// Bidirectional controls: an unclosed one would turn the rest of a line around.
use sha2::{Digest, Sha256};

/// One script of all modules, each of which hands out what it exports and keeps the rest to itself; `start` of the last
/// one is called. The modules come in the order in which they need each other. A page that is opened from a disk may not
/// load modules, and its policy allows this one script alone.
pub(crate) fn script(modules: &[&str]) -> String {
    let mut script = String::from("\"use strict\";(function () {\n");
    for module in modules {
        let names = exported(module).join(", ");
        script.push_str(&format!("const {{ {names} }} = (function () {{\n"));
        for line in module.lines().filter(|line| !line.starts_with("import ")) {
            script.push_str(line.strip_prefix("export ").unwrap_or(line));
            script.push('\n');
        }
        script.push_str(&format!("return {{ {names} }};\n}})();\n"));
    }
    script.push_str("start();\n})();");
    script
}

/// The names that a module exports.
fn exported(module: &str) -> Vec<&str> {
    module
        .lines()
        .filter_map(|line| line.strip_prefix("export "))
        .filter_map(|line| {
            let line = line.strip_prefix("async ").unwrap_or(line);
            let rest = line.strip_prefix("function ").or_else(|| line.strip_prefix("const "))?;
            rest.split([' ', '(']).next()
        })
        .collect()
}

/// The policy of a page that runs `script`, is dressed by `style`, and may load nothing and send nothing.
pub(crate) fn policy(style: &str, script: &str) -> String {
    format!(
        "default-src 'none'; img-src data:; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(style)),
        base64(&Sha256::digest(script))
    )
}

/// RFC 4648, with padding.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().enumerate().fold(0u32, |word, (at, byte)| word | u32::from(*byte) << (16 - 8 * at));
        for at in 0..4 {
            if at <= chunk.len() {
                out.push(char::from(DIGITS[(word >> (18 - 6 * at)) as usize & 63]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Every name is exported once and before it is imported, and nothing in the script ends it early.
    pub(crate) fn assert_modules_fit(modules: &[&str]) {
        let mut known = BTreeSet::new();
        for module in modules {
            for line in module.lines().filter(|line| line.starts_with("import ")) {
                let names = line.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map(|(names, _)| names);
                for name in names.unwrap_or_default().split(',').map(str::trim) {
                    assert!(known.contains(name), "`{name}` is not there yet: {line}");
                }
            }
            for name in exported(module) {
                assert!(known.insert(name), "`{name}` is exported twice");
            }
        }
        assert!(known.contains("start"));
        let script = script(modules);
        assert!(!script.contains("</") && !script.contains("<!--"));
        assert!(!script.contains("\nexport ") && !script.contains("\nimport "));
    }

    #[test]
    fn base64_follows_the_vectors_of_rfc_4648() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
