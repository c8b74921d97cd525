//! From what was asked to the list of files to read, with what the manifests tell of each.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::compressed::Compression;
use super::manifest::{Manifest, ManifestRow, key};
use super::name::NamePattern;
use super::options::{CorpusOptions, Format, Input, LOOKED_FOR, Settings};
use super::origin::Origin;
use super::packed;
use super::read::{self, Material};
use super::walk::{self, FileClass, FileIdentity, FoundFile, MANIFEST};
use super::warning::{Warning, WarningKind};
use crate::error::{Error, Fault, Place, Result, did_you_mean};

/// All files to read, in order, and what was noticed on the way.
#[derive(Debug, Default)]
pub(crate) struct GatheredFiles {
    pub origins: Vec<Origin>,
    pub warnings: Vec<Warning>,
    pub further_columns: BTreeSet<String>,
    /// Every file so far, with the path under which it is read.
    pub seen: HashMap<FileIdentity, PathBuf>,
}

/// The rows of all manifests below one root, by the key of the path relative to the root.
#[derive(Default)]
struct ManifestListing {
    rows: BTreeMap<String, ManifestRow>,
    /// Folders with a manifest, as prefixes of relative paths (empty for the root).
    folders: Vec<String>,
}

impl GatheredFiles {
    pub fn of(options: &CorpusOptions, settings: &Settings) -> Result<Self> {
        if options.inputs.is_empty() {
            return Err(Error::Usage("nothing to read: name a folder, a file or `-`".to_owned()));
        }
        if options.inputs.iter().filter(|input| **input == Input::Stdin).count() > 1 {
            return Err(Error::Usage("standard input (`-`) is named twice, and can be read once".to_owned()));
        }
        let mut gathered = Self::default();
        if let Some(pattern) = &options.name_pattern {
            gathered.further_columns.extend(pattern.further_columns().map(str::to_owned));
        }
        for input in &options.inputs {
            match input {
                Input::Stdin => gathered.origins.push(Origin {
                    material: Material::Stdin,
                    format: options.format.unwrap_or(Format::JsonLines),
                    compression: Compression::Plain,
                    relative: "-".to_owned(),
                    bytes: 0,
                    listed: None,
                    rows: None,
                }),
                Input::Memory { name, bytes } => gathered.memory(name, bytes, options)?,
                Input::Path(path) if read::look(path)?.is_dir() => gathered.folder(path, options, settings)?,
                Input::Path(path) => gathered.file(path, options, settings)?,
            }
        }
        Ok(gathered)
    }

    pub fn warn(&mut self, kind: WarningKind, place: Place, what: impl Into<String>, help: &str) {
        let fault = Fault { place, what: what.into(), help: help.to_owned() };
        self.warnings.push(Warning { kind, fault });
    }

    /// Tells of several places.
    pub fn warn_all(&mut self, kind: WarningKind, faults: Vec<Fault>) {
        self.warnings.extend(faults.into_iter().map(|fault| Warning { kind, fault }));
    }

    fn folder(&mut self, root: &Path, options: &CorpusOptions, settings: &Settings) -> Result<()> {
        let found = self.unpacked(walk::folder(root, options.format)?, options.format)?;
        self.files(root, found, options, settings)
    }

    /// Archives give way to their members.
    pub fn unpacked(&mut self, found: Vec<FoundFile>, forced: Option<Format>) -> Result<Vec<FoundFile>> {
        let mut files = Vec::with_capacity(found.len());
        for file in found {
            if file.class != FileClass::Archive {
                files.push(file);
            } else if !self.is_seen(file.identity.as_ref(), &file.path) {
                let listing = packed::list(&file.path, &file.relative, forced)?;
                for (path, what, help) in listing.not_read {
                    self.warn(WarningKind::Locked, Place::file(&path), what, help);
                }
                files.extend(listing.found);
            }
        }
        Ok(files)
    }

    fn files(
        &mut self,
        root: &Path,
        found: Vec<FoundFile>,
        options: &CorpusOptions,
        settings: &Settings,
    ) -> Result<()> {
        let mut listing = ManifestListing::default();
        for manifest in found.iter().filter(|found| found.class == FileClass::Manifest) {
            let folder = manifest.relative.strip_suffix(MANIFEST).unwrap_or_default();
            let manifest = listing.add(folder, &manifest.material(), settings)?;
            self.manifest(manifest.further_columns, manifest.bad_dates);
        }
        listing.meet_loosely(&found);
        let mut has_articles = false;
        let mut unlisted = Vec::new();
        for file in found {
            let row = listing.rows.remove(&key(&file.relative));
            if matches!(file.class, FileClass::Article(..)) {
                has_articles = true;
                if row.is_none() {
                    unlisted.push(file.relative.clone());
                }
            }
            self.found(file, row, &listing, options.name_pattern.as_ref());
        }
        for (index, row) in listing.rows.into_values().enumerate() {
            let nearest = if index < SUGGESTIONS { nearest(&row.file, &unlisted) } else { String::new() };
            let help = if nearest.is_empty() { "correct the name, or take the row out" } else { &nearest };
            self.warn(WarningKind::MissingFile, row.place, format!("`{}` is not in the folder", row.file), help);
        }
        if !has_articles {
            return Err(Error::input(Place::file(root), "no article in the folder", self.no_article_help(root)));
        }
        Ok(())
    }

    /// What was left out of a folder without an article is mostly why.
    fn no_article_help(&self, root: &Path) -> String {
        let inside = self.warnings.iter().filter(|warning| Path::new(&warning.fault.place.file).starts_with(root));
        let names: Vec<String> = inside.take(3).map(|warning| format!("`{}`", warning.fault.place.file)).collect();
        if names.is_empty() {
            LOOKED_FOR.to_owned()
        } else {
            format!("{LOOKED_FOR}; left out are {}", names.join(", "))
        }
    }

    fn manifest(&mut self, further_columns: Vec<String>, bad_dates: Vec<Fault>) {
        self.further_columns.extend(further_columns);
        self.warnings.extend(bad_dates.into_iter().map(|fault| Warning { kind: WarningKind::BadDate, fault }));
    }

    fn found(
        &mut self,
        file: FoundFile,
        row: Option<ManifestRow>,
        listing: &ManifestListing,
        pattern: Option<&NamePattern>,
    ) {
        let place = Place::file(&file.path);
        let not_read = match file.class {
            FileClass::Article(format, compression) => {
                if self.is_seen(file.identity.as_ref(), &file.path) {
                    return;
                }
                if row.is_none() && listing.covers(&file.relative) {
                    self.warn(WarningKind::UnlistedFile, place.clone(), "no row of the manifest names the file", "");
                }
                let listed = row.map(|row| row.known);
                let material = file.material();
                let FoundFile { relative, bytes, .. } = file;
                let origin = Origin { material, format, compression, relative, bytes, listed, rows: None };
                self.add(origin, pattern, place);
                return;
            }
            FileClass::UnknownFormat => {
                let what = "not read: the format is not known by the name";
                let help = old_format(&file.path).unwrap_or(UNKNOWN_HELP);
                self.warn(WarningKind::UnknownFormat, place, what, help);
                return;
            }
            FileClass::NoFile => {
                let what = "not read: a pipe, a device or a socket is no file";
                self.warn(WarningKind::NoFile, place, what, "");
                return;
            }
            FileClass::Archive | FileClass::Manifest => "a manifest",
            FileClass::About => "a file about the corpus",
            FileClass::Hidden => "a hidden file",
            FileClass::Backup => "an editor's backup",
        };
        if let Some(row) = row {
            let what = format!("`{}` is not read: files of this name are not articles", row.file);
            self.warn(WarningKind::NotRead, row.place, what, "rename the file");
        } else if matches!(file.class, FileClass::About | FileClass::Backup | FileClass::Hidden) {
            let what = format!("not read: {not_read} by its name");
            self.warn(WarningKind::LeftOut, place, what, "name it by itself, or rename it, if it is an article");
        }
    }

    /// Whether a file is read already; reported if it is.
    fn is_seen(&mut self, identity: Option<&FileIdentity>, path: &Path) -> bool {
        let Some(identity) = identity else { return false };
        match self.seen.entry(identity.clone()) {
            Entry::Vacant(entry) => {
                entry.insert(path.to_owned());
                false
            }
            Entry::Occupied(entry) => {
                let what = format!("the same file as `{}`, which is read already", entry.get().display());
                self.warn(WarningKind::SameFile, Place::file(path), what, "");
                true
            }
        }
    }

    fn add(&mut self, origin: Origin, pattern: Option<&NamePattern>, place: Place) {
        if let (Some(pattern), None) = (pattern, &origin.listed)
            && pattern.read(origin.stem()).is_none()
        {
            let what = format!("the name does not match the pattern `{}`", pattern.as_str());
            self.warn(WarningKind::UnmatchedName, place, what, "");
        }
        self.origins.push(origin);
    }

    fn memory(&mut self, name: &str, bytes: &Arc<[u8]>, options: &CorpusOptions) -> Result<()> {
        let path = PathBuf::from(name);
        let place = Place::file(&path);
        let FileClass::Article(format, compression) = FileClass::of_named(name, options.format) else {
            return Err(Error::input(place, "the format is not known by the name", LOOKED_FOR));
        };
        let material = Material::Memory { name: path, bytes: Arc::clone(bytes) };
        let (relative, bytes) = (name.to_owned(), bytes.len() as u64);
        let origin = Origin { material, format, compression, relative, bytes, listed: None, rows: None };
        self.add(origin, options.name_pattern.as_ref(), place);
        Ok(())
    }

    /// A file the user named; a manifest beside it may know it.
    fn file(&mut self, path: &Path, options: &CorpusOptions, settings: &Settings) -> Result<()> {
        let metadata = read::look(path)?;
        if metadata.is_file() && self.is_seen(FileIdentity::of(path, &metadata).as_ref(), path) {
            return Ok(());
        }
        let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(|| {
            Error::input(
                Place::file(path),
                "the file name is not Unicode, so it cannot name an article",
                "rename the file",
            )
        })?;
        let (format, compression) = match FileClass::of_named(name, options.format) {
            FileClass::Article(format, compression) => (format, compression),
            FileClass::Archive => {
                let (path, relative, class) = (path.to_owned(), name.to_owned(), FileClass::Archive);
                let archive = FoundFile { path, relative, bytes: 0, class, identity: None, member: None };
                let root = archive.path.clone();
                let found = self.unpacked(vec![archive], options.format)?;
                return self.files(&root, found, options, settings);
            }
            _ => {
                let help = match old_format(path) {
                    Some(help) => help.to_owned(),
                    None => format!("{LOOKED_FOR}; or force a format with `--input-format`"),
                };
                return Err(Error::input(Place::file(path), "the format is not known by the name", help));
            }
        };
        let beside = path.with_file_name(MANIFEST);
        let mut listed = None;
        if name != MANIFEST && beside.is_file() {
            let mut listing = ManifestListing::default();
            let manifest = listing.add("", &Material::File(beside), settings)?;
            listing.meet_loosely_name(name);
            if let Some(row) = listing.rows.remove(&key(name)) {
                let of_row = |fault: &Fault| fault.place.line == row.place.line;
                self.manifest(manifest.further_columns, manifest.bad_dates.into_iter().filter(of_row).collect());
                listed = Some(row.known);
            }
        }
        let bytes = metadata.len();
        let material = Material::File(path.to_owned());
        let origin = Origin { material, format, compression, relative: name.to_owned(), bytes, listed, rows: None };
        self.add(origin, options.name_pattern.as_ref(), Place::file(path));
        Ok(())
    }
}

impl ManifestListing {
    /// Adds a manifest and returns it, without its rows.
    fn add(&mut self, folder: &str, material: &Material, settings: &Settings) -> Result<Manifest> {
        let path = material.path();
        let bytes = material.whole(Compression::Plain, 0, MAX_MANIFEST)?.ok_or_else(|| {
            Error::input(Place::file(path), "the manifest has more than 1024 MB", "it has one row a file, and no texts")
        })?;
        let mut manifest = Manifest::parse(path, bytes, settings)?;
        for row in std::mem::take(&mut manifest.rows) {
            let (place, file) = (row.place.clone(), row.file.clone());
            let relative = format!("{folder}{}", row.file.strip_prefix("./").unwrap_or(&row.file));
            if let Some(other) = self.rows.insert(key(&relative), ManifestRow { known: Arc::clone(&row.known), ..row })
            {
                let what = format!("`{file}` already has a row, in {}", other.place);
                return Err(Error::input(place, what, "keep one of them"));
            }
        }
        self.folders.push(folder.to_owned());
        Ok(manifest)
    }

    /// Gives a row whose file is not there to the one file that has its name in another case or with an extension.
    fn meet_loosely(&mut self, found: &[FoundFile]) {
        let articles = || found.iter().filter(|file| matches!(file.class, FileClass::Article(..)));
        let keys: HashSet<String> = articles().map(|file| key(&file.relative)).collect();
        let mut loose: HashMap<String, Option<String>> = HashMap::new();
        for key in keys.iter().filter(|key| !self.rows.contains_key(*key)) {
            let whole = key.to_lowercase();
            let stem = walk::stem(&whole).to_owned();
            for name in BTreeSet::from([whole, stem]) {
                // a name that several files would answer to leads to none of them
                loose.entry(name).and_modify(|only| *only = None).or_insert_with(|| Some(key.clone()));
            }
        }
        let missing: Vec<String> = self.rows.keys().filter(|row| !keys.contains(*row)).cloned().collect();
        for name in missing {
            if let Some(only) = loose.get_mut(&name.to_lowercase()).and_then(Option::take)
                && let Some(row) = self.rows.remove(&name)
            {
                self.rows.insert(only, row);
            }
        }
    }

    /// The same for one file.
    fn meet_loosely_name(&mut self, name: &str) {
        let class = FileClass::of_named(name, Some(Format::Text));
        let (relative, path) = (name.to_owned(), PathBuf::new());
        self.meet_loosely(&[FoundFile { path, relative, bytes: 0, class, identity: None, member: None }]);
    }

    /// Whether a manifest stands in the file's folder or above it.
    fn covers(&self, relative: &str) -> bool {
        self.folders.iter().any(|folder| relative.starts_with(folder.as_str()))
    }
}

/// A manifest has a row a file and no texts.
const MAX_MANIFEST: u64 = 1 << 30;

/// Missing files for which the nearest name is looked for: it costs a look at all names.
const SUGGESTIONS: usize = 10;

/// What to do about a document of a program's own format.
fn old_format(path: &Path) -> Option<&'static str> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "doc" | "dot" | "wps" | "wpd" | "pages" => Some("open it in the program that made it, and save it as .docx"),
        "xlsb" | "numbers" | "sav" | "dta" | "rds" => {
            Some("open it in the program that made it, and save it as .xlsx or .csv")
        }
        "rar" | "7z" | "tar" | "tgz" | "bz2" | "xz" => Some("unpack it, or pack its files as .zip"),
        _ => None,
    }
}

/// What to do about a file of unknown format.
const UNKNOWN_HELP: &str = "save it as .txt, .html or .docx; `--input-format txt` reads plain text of any name";

/// ``did you mean `a.txt`?``, where a name is near.
fn nearest(file: &str, names: &[String]) -> String {
    let hint = did_you_mean(file, names.iter().map(String::as_str));
    if hint.starts_with("did you mean") { hint } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, files: &[(&str, &str)]) {
        for (name, content) in files {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
    }

    fn gather(inputs: &[&Path], pattern: Option<&str>) -> Result<GatheredFiles> {
        let inputs = inputs.iter().map(|path| Input::Path(path.to_path_buf())).collect();
        let name_pattern = pattern.map(|text| NamePattern::parse(text).unwrap());
        let options = CorpusOptions { inputs, name_pattern, ..CorpusOptions::default() };
        GatheredFiles::of(&options, &Settings::of(&options))
    }

    fn reported(gathered: &GatheredFiles, root: &Path) -> Vec<String> {
        let root = format!("{}/", root.display());
        gathered.warnings.iter().map(|w| format!("{:?} {}", w.kind, w.to_string().replace(&root, ""))).collect()
    }

    #[test]
    fn manifests_are_laid_over_the_files_and_every_oddity_is_reported() {
        let root = tempfile::tempdir().unwrap();
        write(
            root.path(),
            &[
                ("sources.csv", "file,source,desk\na.txt,A,x\ngone.txt,G,\nsub/b.md,B,\nREADME.txt,R,\n"),
                ("a.txt", ""),
                ("README.txt", ""),
                ("picture.png", ""),
                ("sub/b.md", ""),
                ("sub/new.txt", ""),
                ("own/sources.csv", "file,mood\nc.txt,calm\n"),
                ("own/c.txt", ""),
            ],
        );
        let gathered = gather(&[root.path()], None).unwrap();
        let read: Vec<(&str, bool)> =
            gathered.origins.iter().map(|origin| (origin.relative.as_str(), origin.listed.is_some())).collect();
        assert_eq!(read, [("a.txt", true), ("own/c.txt", true), ("sub/b.md", true), ("sub/new.txt", false)]);
        assert_eq!(
            reported(&gathered, root.path()),
            [
                "NotRead sources.csv:5:1: `README.txt` is not read: files of this name are not articles (rename the file)",
                "UnknownFormat picture.png: not read: the format is not known by the name (save it as .txt, .html or .docx; `--input-format txt` reads plain text of any name)",
                "UnlistedFile sub/new.txt: no row of the manifest names the file",
                "MissingFile sources.csv:3:1: `gone.txt` is not in the folder (correct the name, or take the row out)",
            ]
        );
        assert_eq!(Vec::from_iter(gathered.further_columns), ["desk", "mood"]);
    }

    #[test]
    fn a_folder_without_a_manifest_lists_nothing_as_unlisted() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), &[("a.txt", ""), ("x/b.txt", ""), ("x/sources.csv", "file\nb.txt\n"), ("xy/c.txt", "")]);
        assert!(gather(&[root.path()], None).unwrap().warnings.is_empty());
    }

    #[test]
    fn a_file_in_two_manifests_is_refused_with_both_places() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), &[("sources.csv", "file\nx/a.txt\n"), ("x/sources.csv", "file\na.txt\n"), ("x/a.txt", "")]);
        let message = gather(&[root.path()], None).unwrap_err().to_string();
        assert!(message.contains("x/sources.csv:2:1: `a.txt` already has a row, in "), "{message}");
    }

    #[test]
    fn a_file_given_by_itself_is_read_whatever_its_name_and_knows_its_manifest() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), &[("sources.csv", "file,x\na.txt,1\ngone.txt,2\n"), ("a.txt", "text"), ("README.md", "")]);
        let (a, readme) = (root.path().join("a.txt"), root.path().join("README.md"));
        let gathered = gather(&[&a, &readme], None).unwrap();
        let listed: Vec<bool> = gathered.origins.iter().map(|origin| origin.listed.is_some()).collect();
        assert_eq!((listed, gathered.warnings.len(), gathered.origins[0].bytes), (vec![true, false], 0, 4));
    }

    #[test]
    fn each_input_that_cannot_be_read_says_why() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), &[("empty/README.md", ""), ("empty/.hidden.txt", ""), ("a.doc", ""), ("a.xyz", "")]);
        for (path, message) in [
            ("empty", "empty: no article in the folder (looked for .txt, .md, .csv"),
            ("emty", "emty: no such file or folder (did you mean `empty`?)"),
            (
                "a.doc",
                "a.doc: the format is not known by the name (open it in the program that made it, and save it as .docx)",
            ),
            ("a.xyz", "a.xyz: the format is not known by the name (looked for .txt"),
        ] {
            let error = gather(&[&root.path().join(path)], None).unwrap_err();
            assert!(error.to_string().contains(message), "{error}");
            assert_eq!(error.exit_code(), 3);
        }
        assert_eq!(gather(&[], None).unwrap_err().exit_code(), 2);
    }

    #[test]
    fn a_name_that_misses_a_given_pattern_is_reported_unless_a_row_names_the_file() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), &[("sources.csv", "file\na.txt\n"), ("a.txt", ""), ("b.txt", ""), ("c 2020.txt", "")]);
        let gathered = gather(&[root.path()], Some("{desk} {date}")).unwrap();
        let reported = reported(&gathered, root.path());
        assert_eq!(reported.iter().filter(|line| line.starts_with("UnmatchedName b.txt")).count(), 1, "{reported:?}");
        assert_eq!(reported.iter().filter(|line| line.starts_with("UnmatchedName")).count(), 1);
        assert!(gathered.further_columns.contains("desk"));
    }
}
