//! `sheet.html`: one page that shows an item at a time, takes answers by key or pointer, and saves them as the CSV file of
//! the sheet. It needs no network and runs nothing but its own lines; its script lies in `page` as small modules.

use super::Form;
use crate::error::{Error, Result};
use crate::html::{self, is_direction_mark};
use minijinja::{Environment, context};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const TEMPLATE: &str = include_str!("page/sheet.html");
const STYLE: &str = include_str!("page/sheet.css");

/// The modules of the script, in the order in which they need each other.
const MODULES: [&str; 13] = [
    include_str!("../report/assets/page/dom.mjs"),
    include_str!("../report/assets/page/theme.mjs"),
    include_str!("../report/assets/page/csv.mjs"),
    include_str!("page/keys.mjs"),
    include_str!("page/sheet.mjs"),
    include_str!("page/rows.mjs"),
    include_str!("page/store.mjs"),
    include_str!("page/lookup.mjs"),
    include_str!("page/question.mjs"),
    include_str!("page/item.mjs"),
    include_str!("page/list.mjs"),
    include_str!("page/paper.mjs"),
    include_str!("page/app.mjs"),
];

/// The whole page; the same bytes for the same sheet.
///
/// # Errors
/// None that an input can cause: the template is a part of the program.
pub fn page(form: &Form) -> Result<String> {
    let script = html::script(&MODULES);
    let mut environment = Environment::new();
    let failed = |error: minijinja::Error| Error::Output(format!("cannot make the page of the sheet: {error:#}"));
    environment.add_template("sheet.html", TEMPLATE).map_err(failed)?;
    let file = format!("{}.csv", form.name);
    let shown: String = form.name.chars().filter(|c| !is_direction_mark(*c)).collect();
    let page = environment.get_template("sheet.html").map_err(failed)?.render(context! {
        policy => html::policy(STYLE, &script),
        style => STYLE,
        script,
        version => env!("CARGO_PKG_VERSION"),
        name => shown,
        file,
        data => inert_json(&data(form, &file)),
    });
    page.map_err(failed)
}

/// What the script works on. Lists of codes that several columns share are written once.
fn data(form: &Form, file: &str) -> Value {
    let mut of_column: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for code in &form.codes {
        of_column.entry(&code.column).or_default().push(json!([code.code, code.label, code.meaning]));
    }
    let mut lists: Vec<Vec<Value>> = Vec::new();
    let mut codes = BTreeMap::new();
    for (column, list) in of_column {
        let at = lists.iter().position(|known| *known == list).unwrap_or_else(|| {
            lists.push(list);
            lists.len() - 1
        });
        codes.insert(column, at);
    }
    let mut data = json!({
        "file": file,
        "kind": form.kind,
        "columns": form.header,
        "fill": form.to_fill().collect::<Vec<_>>(),
        "rows": form.rows,
        "lists": lists,
        "codes": codes,
        "about": form.about.iter().cloned().collect::<BTreeMap<_, _>>(),
    });
    // Under which the browser keeps what is entered: another sheet never meets the answers of this one.
    let fingerprint = Sha256::digest(data.to_string());
    data["fingerprint"] =
        Value::from(fingerprint.iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>());
    data
}

/// JSON that cannot end the element it stands in, and in which no character turns its neighbours around.
fn inert_json(value: &Value) -> String {
    let is_bad = |c: char| matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{FEFF}') || is_direction_mark(c);
    let mut out = String::new();
    for c in value.to_string().chars() {
        if is_bad(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Code;
    use super::*;

    fn form() -> Form {
        let texts = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let code = |column: &str, code: &str| Code {
            column: column.into(),
            code: code.into(),
            label: code.to_uppercase(),
            meaning: String::new(),
        };
        Form {
            name: "sheet".into(),
            kind: "hits".into(),
            header: texts(&["item", "sentence", "span", "frame", "voice", "speaker", "agent", "note", "coder"]),
            rows: vec![texts(&["h1-1", "a [[</script><b>\u{202E}]] & b", "</script><b>", "Siege", "", "", "", "", ""])],
            codes: vec![code("voice", "own"), code("speaker", "ARM"), code("agent", "ARM")],
            about: vec![("Siege".into(), "Access is cut.".into())],
        }
    }

    #[test]
    fn the_modules_of_the_script_fit_together() {
        crate::html::tests::assert_modules_fit(&MODULES);
    }

    #[test]
    fn text_of_a_sheet_stays_text_and_comes_back_whole() {
        let page = page(&form()).expect("a page");
        let json = page.split("id=\"data\">").nth(1).and_then(|rest| rest.split("</script>").next()).expect("data");
        assert!(!json.contains('<') && !json.contains('\u{202E}'));
        let data: Value = serde_json::from_str(json).expect("JSON");
        assert_eq!(data["rows"][0][1], "a [[</script><b>\u{202E}]] & b");
        assert_eq!(data["codes"]["speaker"], data["codes"]["agent"]);
        assert_eq!(data["fill"], json!(["voice", "speaker", "agent", "note", "coder"]));
        assert_eq!(page.matches("</script>").count(), 2);
    }

    #[test]
    fn a_page_is_the_same_each_time_and_another_sheet_has_another_fingerprint() {
        let one = form();
        assert_eq!(page(&one).expect("a page"), page(&one).expect("a page"));
        let mut other = form();
        other.rows[0][0] = "h1-2".into();
        assert_ne!(data(&one, "s.csv")["fingerprint"], data(&other, "s.csv")["fingerprint"]);
    }
}
