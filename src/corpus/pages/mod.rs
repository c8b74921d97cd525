//! `--pages`: lists of addresses (Media Cloud, GDELT) with the pages that were saved from there.
//!
//! A page is known by the address it was fetched from (the comment of the program that saved it, the headers of a web
//! archive or of MHTML), by the address it gives itself, or by a file's name that is made from the address or from the
//! row's id. What the row says lies over what the page says. Rows without a page and pages without a row are reported. The
//! network is never asked.

mod address;
mod list;
mod rows;
mod saved;

pub(crate) use address::{in_comments, is_address};

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::gather::GatheredFiles;
use super::options::{CorpusOptions, Settings};
use super::origin::{ListedPage, Origin};
use super::warning::WarningKind;
use crate::error::{Error, Result};
use rows::Rows;

/// Puts the pages of the folder in the place of the lists among the inputs.
///
/// # Errors
///
/// No list among the inputs; a folder or page that cannot be read.
pub(crate) fn join(gathered: &mut GatheredFiles, options: &CorpusOptions, settings: &Settings) -> Result<()> {
    let Some(pages) = &options.pages else { return Ok(()) };
    let mut rows = Rows::default();
    let mut others = Vec::new();
    for origin in std::mem::take(&mut gathered.origins) {
        match list::read(&origin, settings)? {
            Some(list) => {
                gathered.warn_all(WarningKind::NoPage, list.left_out);
                rows.add(list.rows);
            }
            None => others.push(origin),
        }
    }
    if rows.is_empty() {
        let what = "`--pages` is given, and no input is a list of addresses: a table or JSON file with a column such as `url`, and without texts";
        return Err(Error::Usage(what.to_owned()));
    }
    gathered.further_columns.extend(rows.further_columns());
    gathered.origins = others;
    for origin in gathered.pages(pages)? {
        let mut of_origin: FxHashMap<u64, ListedPage> = FxHashMap::default();
        for page in saved::pages(&origin)? {
            let place = origin.material.place(page.number, 0);
            let by_address = page.addresses.iter().find_map(|address| rows.by_address(address));
            let by_name = || if page.number == 0 { rows.by_name(&origin.relative) } else { None };
            let what = match by_address.or_else(by_name).map(|row| rows.take(row, &place)) {
                Some(Ok(row)) => {
                    of_origin.insert(page.number, row);
                    continue;
                }
                Some(Err(other)) => format!("not read: the page of a row that has `{other}` already"),
                None => match page.addresses.iter().find(|address| !address.is_empty()) {
                    Some(address) => format!("not read: no row of a list has its address `{address}`"),
                    None => {
                        "not read: nothing tells its address, and no row of a list has it in the file's name".to_owned()
                    }
                },
            };
            gathered.warn(WarningKind::NoRow, place, what, "");
        }
        if !of_origin.is_empty() {
            let listed = of_origin.get(&0).map(|page| page.known.clone());
            gathered.origins.push(Origin { listed, rows: Some(Arc::new(of_origin)), ..origin });
        }
    }
    rows.tell(gathered);
    Ok(())
}
