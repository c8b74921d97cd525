//! `sheet.html`: one page that shows an item at a time, takes answers by key or pointer, and saves them as the CSV file of
//! the sheet. It needs no network and runs nothing but its own lines; its script lies in `page` as small modules.

use super::form::{self, SheetForm};
use super::{Sample, SampleItem};
use crate::codebook::Codebook;
use crate::coding::CODER;
use crate::error::turns_around;
use crate::error::{Error, Result};
use crate::html;
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

/// The sheet of a coder, or the one sheet, as a page; `name` is what the files of the sample are called. The same sheet
/// gives the same bytes.
///
/// # Errors
/// None that an input can cause: the template is a part of the program.
pub fn page(sample: &Sample, book: &Codebook, coder: Option<&str>, name: &str) -> Result<String> {
    let script = html::script(&MODULES);
    let mut environment = Environment::new();
    let failed = |error: minijinja::Error| Error::Output(format!("cannot make the page of the sheet: {error:#}"));
    environment.add_template("sheet.html", TEMPLATE).map_err(failed)?;
    let shown: String = name.chars().filter(|c| !turns_around(*c)).collect();
    let page = environment.get_template("sheet.html").map_err(failed)?.render(context! {
        policy => html::policy(STYLE, &script),
        style => STYLE,
        script,
        version => env!("CARGO_PKG_VERSION"),
        name => shown,
        data => inert_json(&data(&SheetForm::new(sample, book, coder), name)),
    });
    page.map_err(failed)
}

/// What the script works on. Lists of codes that several columns share are written once.
fn data(form: &SheetForm<'_>, name: &str) -> Value {
    let mut lists: Vec<Vec<Value>> = Vec::new();
    let mut codes = BTreeMap::new();
    for field in form.fields {
        let list: Vec<Value> =
            form.codes_of(*field).map(|code| json!([code.code, form::label(code), code.meaning])).collect();
        let at = lists.iter().position(|known| *known == list).unwrap_or_else(|| {
            lists.push(list);
            lists.len() - 1
        });
        codes.insert(field.name(), at);
    }
    let row = |item: &&SampleItem| -> Vec<String> {
        let answers = form.to_fill().map(|column| if column == CODER { form.coder.to_owned() } else { String::new() });
        form.reading(item).map(|(_, text)| text).chain(answers).collect()
    };
    let frames: BTreeMap<&str, &str> =
        form.items.iter().map(|item| (item.frame.as_str(), form.definition(item))).collect();
    let mut data = json!({
        "file": format!("{name}.csv"),
        "kind": form.kind.name(),
        "columns": form.reading.iter().copied().chain(form.to_fill()).collect::<Vec<_>>(),
        "fill": form.to_fill().collect::<Vec<_>>(),
        "rows": form.items.iter().map(row).collect::<Vec<_>>(),
        "asks": form.fields.iter().map(|field| (field.name(), form::question(form.kind, *field))).collect::<BTreeMap<_, _>>(),
        "lists": lists,
        "codes": codes,
        "about": frames,
    });
    // Under which the browser keeps what is entered: another sheet never shows the answers of this one.
    let fingerprint = Sha256::digest(data.to_string());
    data["fingerprint"] =
        Value::from(fingerprint.iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>());
    data
}

/// JSON that cannot end the element it stands in, and in which no character turns its neighbours around.
fn inert_json(value: &Value) -> String {
    let is_bad = |c: char| matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{FEFF}') || turns_around(c);
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
    use super::super::form::tests::{book, sample};
    use super::*;
    use crate::coding::Kind;

    fn json_of(page: &str) -> Value {
        let json = page.split("id=\"data\">").nth(1).and_then(|rest| rest.split("</script>").next()).expect("data");
        assert!(!json.contains('<') && !json.contains('\u{202E}'));
        serde_json::from_str(json).expect("JSON")
    }

    #[test]
    fn the_modules_of_the_script_fit_together() {
        crate::html::tests::assert_modules_fit(&MODULES);
    }

    #[test]
    fn text_of_a_sheet_stays_text_and_comes_back_whole() {
        let mut sample = sample(Kind::Hits);
        sample.items[0].left = "a </script><b>\u{202E} & ".into();
        let page = page(&sample, &book(), None, "</title>s").expect("a page");
        let data = json_of(&page);
        let sentence =
            data["columns"].as_array().and_then(|columns| columns.iter().position(|name| name == "sentence"));
        let sentence = sentence.expect("the column `sentence`");
        assert_eq!(data["rows"][0][sentence], "a </script><b>\u{202E} & [[siege]] of it");
        assert_eq!(data["codes"]["speaker"], data["codes"]["agent"]);
        assert_eq!(data["fill"], json!(["right_sense", "voice", "speaker", "agent", "target", "note", "coder"]));
        assert_eq!((page.matches("</script>").count(), page.matches("</title>").count()), (2, 1));
    }

    #[test]
    fn a_page_is_the_same_each_time_and_another_sheet_has_another_fingerprint() {
        let (one, book) = (sample(Kind::Hits), book());
        let of = |sample: &Sample, coder| page(sample, &book, coder, "s").expect("a page");
        assert_eq!(of(&one, None), of(&one, None));
        let mut other = one.clone();
        other.items[0].id = "h1-9".into();
        let fingerprint = |page: &str| json_of(page)["fingerprint"].clone();
        assert_ne!(fingerprint(&of(&one, None)), fingerprint(&of(&other, None)));
        assert_ne!(fingerprint(&of(&one, Some("anna"))), fingerprint(&of(&one, Some("ben"))));
    }
}
