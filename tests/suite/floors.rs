//! No import goes up: the floors are those that ARCHITECTURE.md lists, from the top.

use super::support::repository;
use std::collections::BTreeMap;
use std::path::Path;

/// Module and number of its floor, counted from the top.
fn floors() -> BTreeMap<String, usize> {
    let text = std::fs::read_to_string(repository("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let list = text.split("<!-- floors -->").nth(1).and_then(|rest| rest.split("<!-- /floors -->").next());
    let lines = list.expect("the list of floors").lines().filter_map(|line| line.strip_prefix("- "));
    let mut floors = BTreeMap::new();
    for (floor, line) in lines.enumerate() {
        let (modules, _) = line.split_once(':').expect("modules and what they are");
        floors.extend(modules.split(", ").map(|module| (module.to_owned(), floor)));
    }
    floors
}

/// Calls `look` with the top module and the text of every source file, without its unit tests.
pub(super) fn sources(folder: &Path, module: Option<&str>, look: &mut dyn FnMut(&str, &Path, &str)) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")).collect();
    entries.sort_by_key(std::fs::DirEntry::path);
    for path in entries.into_iter().map(|entry| entry.path()) {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let module = module.unwrap_or(&stem);
        if path.is_dir() {
            if stem != "tests" {
                sources(&path, Some(module), look);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") && stem != "tests" {
            let text = std::fs::read_to_string(&path).expect("a source");
            look(module, &path, text.split("#[cfg(test)]\nmod tests").next().expect("a first part"));
        }
    }
}

/// The modules named after `crate::` in a line of code, those of `crate::{a, b::c}` too.
fn imports(line: &str) -> Vec<String> {
    let code = line.trim_start();
    if code.starts_with("//") {
        return Vec::new();
    }
    let name = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
    line.match_indices("crate::").map(|(at, prefix)| name(&line[at + prefix.len()..])).collect()
}

#[test]
fn no_import_goes_up() {
    let floors = floors();
    let mut wrong = Vec::new();
    let mut seen = 0;
    sources(&repository("src"), None, &mut |module, path, text| {
        if module == "main" || module == "lib" || module == "cli" {
            return;
        }
        let Some(own) = floors.get(module) else {
            wrong.push(format!("{}: ARCHITECTURE.md gives `{module}` no floor", path.display()));
            return;
        };
        for (number, line) in text.lines().enumerate() {
            for import in imports(line) {
                seen += 1;
                if floors.get(&import).is_some_and(|floor| floor < own) {
                    wrong.push(format!(
                        "{}:{}: `{module}` imports `{import}`, which is above it",
                        path.display(),
                        number + 1
                    ));
                }
            }
        }
    });
    assert!(seen > 300, "only {seen} imports were read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
