//! Where the library is looked for, by the environment of a process of its own.

#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::process::Command;

use simplex_native::{LibSource, LocateError};

#[test]
fn a_folder_of_the_environment_without_the_library_is_named_with_its_variable() {
    let wrong = "/no/such/folder";
    if std::env::var("SIMPLEX_LIBS_DIR").as_deref() != Ok(wrong) {
        let name = "a_folder_of_the_environment_without_the_library_is_named_with_its_variable";
        let mut child = Command::new(std::env::current_exe().unwrap());
        assert!(child.args(["--exact", name]).env("SIMPLEX_LIBS_DIR", wrong).status().unwrap().success());
        return;
    }
    let error = LibSource::default().locate(|_| {}).unwrap_err();
    let said = error.to_string();
    assert!(matches!(error, LocateError::NotInNamed { .. }), "{said}");
    for part in ["SIMPLEX_LIBS_DIR is /no/such/folder", "/no/such/folder/libs/libsimplex", "unset it"] {
        assert!(said.contains(part), "{said}");
    }
    // What the program names itself has nothing to do with the variable.
    let said = LibSource::path("/elsewhere").locate(|_| {}).unwrap_err().to_string();
    assert!(said.contains("/elsewhere/libsimplex") && !said.contains("SIMPLEX_LIBS_DIR"), "{said}");
}
