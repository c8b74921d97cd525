//! The script of the page, from its modules.

/// In the order in which they need each other.
const MODULES: [&str; 18] = [
    include_str!("../assets/page/scale.mjs"),
    include_str!("../assets/page/dom.mjs"),
    include_str!("../assets/page/codec.mjs"),
    include_str!("../assets/page/csv.mjs"),
    include_str!("../assets/page/query.mjs"),
    include_str!("../assets/page/dots.mjs"),
    include_str!("../assets/page/bars.mjs"),
    include_str!("../assets/page/matrix.mjs"),
    include_str!("../assets/page/trend.mjs"),
    include_str!("../assets/page/network.mjs"),
    include_str!("../assets/page/figures.mjs"),
    include_str!("../assets/page/card.mjs"),
    include_str!("../assets/page/lines.mjs"),
    include_str!("../assets/page/export.mjs"),
    include_str!("../assets/page/panel.mjs"),
    include_str!("../assets/page/explorer.mjs"),
    include_str!("../assets/page/reader.mjs"),
    include_str!("../assets/page/app.mjs"),
];

/// One script of all modules, each of which hands out what it exports and keeps the rest to itself. A page that is opened
/// from a disk may not load modules, and its policy allows this one script alone.
pub(super) fn script() -> String {
    let mut script = String::from("\"use strict\";(function () {\n");
    for module in MODULES {
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_name_is_exported_once_and_before_it_is_imported() {
        let mut known = BTreeSet::new();
        for module in MODULES {
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
    }

    #[test]
    fn nothing_in_the_script_ends_it_early() {
        let script = script();
        assert!(!script.contains("</") && !script.contains("<!--"));
        assert!(!script.contains("\nexport ") && !script.contains("\nimport "));
    }
}
