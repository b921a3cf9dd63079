//! No method without a test.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails a test")]

use std::path::Path;

fn sources(folder: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = std::fs::read_dir(&folder).expect("a folder").map(|file| file.expect("a file").path());
    let rust = files.filter(|file| file.extension().is_some_and(|end| end == "rs"));
    rust.map(|file| std::fs::read_to_string(file).expect("a source")).collect()
}

#[test]
fn every_method_is_called_by_a_test() {
    let (methods, tests) = (sources("src/methods"), sources("tests") + &sources("../../tests/tests"));
    let mut names = methods.split("pub async fn ").skip(1).filter_map(|method| method.split('(').next());
    let untested: Vec<&str> = names.by_ref().filter(|name| !tests.contains(&format!(".{name}("))).collect();
    assert!(untested.is_empty(), "{untested:?}");
    assert!(methods.matches("pub async fn ").count() > 150);
}
