//! Compiles the phrases of `locales/` into one typed method each on `words::Say`.
//!
//! `build/collect.rs` and `build/read.rs` turn the Fluent files of one language into phrases,
//! `build/agree.rs` holds the languages against each other, `build/write.rs` writes the Rust. All
//! faults are reported at once, each with file, line, key and language; one fails the build.

#[path = "build/agree.rs"]
mod agree;
#[path = "build/collect.rs"]
mod collect;
#[path = "build/model.rs"]
mod model;
#[path = "build/read.rs"]
mod read;
#[path = "build/write.rs"]
mod write;

use std::path::Path;
use std::{env, fs, io};

use model::{LANGUAGES, Language, Log, Source};

/// What goes into the binary besides Rust: a change there builds the crate anew.
const WATCHED: [&str; 4] = ["locales", "catalogue", "migrations", "templates"];

fn main() -> io::Result<()> {
    for folder in WATCHED {
        println!("cargo::rerun-if-changed={folder}");
    }
    let mut log = Log::default();
    let readings = LANGUAGES
        .iter()
        .map(|language| {
            let sources = sources(*language, &mut log);
            read::read(*language, &sources, &mut log)
        })
        .collect::<Vec<_>>();
    refuse_strangers(&mut log);
    let phrases = agree::agree(&readings, &mut log);

    for warning in &log.warnings {
        println!("cargo::warning={warning}");
    }
    for fault in &log.faults {
        println!("cargo::error={fault}");
    }
    if !log.faults.is_empty() {
        return Ok(()); // the error lines fail the build
    }
    let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    fs::write(Path::new(&folder).join("phrases.rs"), write::write(&phrases))
}

/// The files of one language, in the order of their names.
fn sources(language: Language, log: &mut Log) -> Vec<Source> {
    let folder = format!("locales/{}", language.tag);
    let mut sources = Vec::new();
    for name in names(&folder, log) {
        let path = format!("{folder}/{name}");
        if Path::new(&name).extension().is_none_or(|extension| extension != "ftl") {
            log.fault(&path, "only Fluent files (.ftl) belong here");
            continue;
        }
        match fs::read_to_string(&path) {
            Ok(text) => sources.push(Source::new(path, &text)),
            Err(error) => log.fault(&path, &error.to_string()),
        }
    }
    sources
}

/// A folder for a language the product does not speak would be silently left out.
fn refuse_strangers(log: &mut Log) {
    for name in names("locales", log) {
        if LANGUAGES.iter().all(|language| language.tag != name) {
            log.fault(&format!("locales/{name}"), "no language known to build/model.rs");
        }
    }
}

fn names(folder: &str, log: &mut Log) -> Vec<String> {
    let entries =
        fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<io::Result<Vec<_>>>());
    match entries {
        Ok(mut names) => {
            names.retain(|name| !name.starts_with('.'));
            names.sort();
            names
        }
        Err(error) => {
            log.fault(folder, &error.to_string());
            Vec::new()
        }
    }
}
