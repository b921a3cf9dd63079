//! Where the library is looked for, by the environment of a process of its own.

#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::path::Path;
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
    let searched = Path::new(wrong).join("libs").join("libsimplex").display().to_string();
    for part in ["SIMPLEX_LIBS_DIR is /no/such/folder", &searched, "unset it"] {
        assert!(said.contains(part), "{said}");
    }
    // What the program names itself has nothing to do with the variable.
    let elsewhere = Path::new("/elsewhere").join("libsimplex").display().to_string();
    let said = LibSource::path("/elsewhere").locate(|_| {}).unwrap_err().to_string();
    assert!(said.contains(&elsewhere) && !said.contains("SIMPLEX_LIBS_DIR"), "{said}");
}

#[test]
fn a_library_is_named_by_its_folder_or_its_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("libs")).unwrap();
    for file in ["libs/libsimplex.so", "libsimplex.so", "another.name"] {
        std::fs::write(folder.path().join(file), "").unwrap();
        let place = if file == "another.name" { folder.path().join(file) } else { folder.path().to_owned() };
        let found = LibSource::path(place).platform("linux-x86_64").locate(|_| {}).unwrap();
        assert_eq!(found.path, folder.path().join(file));
    }
}

/// A folder that another user owns is the usual case, which cannot be made for a test that runs as root.
#[cfg(unix)]
#[test]
fn a_place_that_cannot_be_looked_into_is_not_one_without_the_library() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("libs", folder.path().join("libs")).unwrap();
    let source = LibSource::path(folder.path()).platform("linux-x86_64");
    let error = source.locate(|_| {}).unwrap_err();
    let at = folder.path().join("libs").join("libsimplex.so");
    assert!(matches!(&error, LocateError::Unreadable { path, .. } if *path == at), "{error}");
    std::fs::write(folder.path().join("libsimplex.so"), "").unwrap();
    source.locate(|_| {}).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn each_platform_has_a_folder_of_its_own_in_the_users_cache() {
    if std::env::var("HOME").as_deref() != Ok("/home/me") {
        // The standard says to ignore one that is relative.
        for cache in ["relative", "/elsewhere"] {
            let mut child = Command::new(std::env::current_exe().unwrap());
            child.args(["--exact", "each_platform_has_a_folder_of_its_own_in_the_users_cache"]);
            assert!(child.env("XDG_CACHE_HOME", cache).env("HOME", "/home/me").status().unwrap().success());
        }
        return;
    }
    let elsewhere = std::env::var("XDG_CACHE_HOME").as_deref() == Ok("/elsewhere");
    let cache = if elsewhere { "/elsewhere" } else { "/home/me/.cache" };
    let folder = |source: LibSource| source.version("7.0.2").cache_folder().unwrap().display().to_string();
    let here = format!("linux-{}", std::env::consts::ARCH);
    for source in [LibSource::default(), LibSource::default().platform(here)] {
        assert_eq!(folder(source), format!("{cache}/simplex-chat/v7.0.2/sqlite"));
    }
    let other = LibSource::default().platform("macos-aarch64");
    assert_eq!(folder(other), format!("{cache}/simplex-chat/v7.0.2-macos-aarch64/sqlite"));
}

/// Otherwise the cache, and with it the lock of a database on a server, would be another for each working folder.
#[cfg(target_os = "linux")]
#[test]
fn a_home_that_is_no_path_from_the_root_gives_no_cache() {
    if std::env::var("HOME").as_deref() == Ok("relative") {
        let error = LibSource::default().cache_folder().unwrap_err();
        assert!(matches!(error, LocateError::NoCache) && error.to_string().contains("set HOME"), "{error}");
        return;
    }
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "a_home_that_is_no_path_from_the_root_gives_no_cache"]);
    assert!(child.env("XDG_CACHE_HOME", "").env("HOME", "relative").status().unwrap().success());
}
