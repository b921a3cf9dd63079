//! The C fixture of the native crate, compiled and opened.
#![allow(missing_docs, clippy::expect_used)]

use std::path::Path;
use std::process::Command;

use simplex_core::NativeCore;
use simplex_core::native::lib::Db;
use simplex_core::native::{Confirm, Libsimplex, NativeOptions, RuntimeOptions};

/// A received text message as the core sends it, 3.5 KB.
#[allow(dead_code)]
pub const EVENT: &str = include_str!("event.json");

pub fn library(folder: &Path) -> Libsimplex {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../simplex-native/tests/fixture/libsimplex.c");
    let out = folder.join("libsimplex.so");
    let done =
        Command::new("cc").args(["-O2", "-shared", "-fPIC", "-pthread"]).arg(source).arg("-o").arg(&out).status();
    assert!(done.expect("a C compiler is needed for this bench").success());
    Libsimplex::open(&out, None, RuntimeOptions::default()).expect("the fixture loads")
}

pub async fn open(lib: &Libsimplex, folder: &Path) -> NativeCore {
    let db = Db::sqlite(folder.join("bot"));
    NativeCore::open(lib.clone(), db, Confirm::YesUp, NativeOptions::default()).await.expect("the fixture opens")
}
