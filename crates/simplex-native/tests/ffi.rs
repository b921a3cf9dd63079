//! Loading and calling a real shared library. One library per process: each test runs in a process of its own.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

use simplex_native::{
    Backend, CallError, Confirm, Controller, CoreLib, CryptoArgs, Db, FileError, LibSource, Libsimplex, LoadError,
    OpenError, RuntimeOptions,
};

const CHILD: &str = "SIMPLEX_NATIVE_TEST_LIB";

/// Compiles C into a shared library in `folder`.
fn compile(folder: &Path, source: &str, name: &str, flags: &[&str]) -> PathBuf {
    let out = folder.join(name);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixture").join(source);
    let done = Command::new("cc")
        .args(["-g", "-O1", "-shared", "-fPIC", "-pthread"])
        .args(flags)
        .arg(source)
        .arg("-o")
        .arg(&out)
        .status()
        .expect("a C compiler is needed for these tests");
    assert!(done.success());
    out
}

/// Runs the body of the calling test again in a process of its own, which finds the fixture library in the environment.
/// `prepare` may set that process up.
fn in_child(test: &str, flags: &[&str], prepare: impl FnOnce(&mut Command, &Path)) -> Option<PathBuf> {
    if let Some(path) = std::env::var_os(CHILD) {
        return Some(path.into());
    }
    let folder = tempfile::tempdir().unwrap();
    let library = compile(folder.path(), "libsimplex.c", "libsimplex.so", flags);
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", test, "--nocapture"]).env(CHILD, &library);
    prepare(&mut child, folder.path());
    let output = child.output().unwrap();
    let shown = [String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)].concat();
    assert!(output.status.success(), "{shown}");
    None
}

fn load(path: &Path) -> Libsimplex {
    Libsimplex::open(path, None, RuntimeOptions::default()).unwrap()
}

fn open(lib: &Libsimplex, folder: &Path) -> Arc<dyn Controller> {
    lib.open(&Db::sqlite(folder.join("bot")), Confirm::YesUp).unwrap()
}

fn text(bytes: simplex_native::Bytes) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn commands_events_and_the_end() {
    let Some(path) = in_child("commands_events_and_the_end", &[], |_, _| {}) else { return };
    let folder = tempfile::tempdir().unwrap();
    let lib = load(&path);
    let core = open(&lib, folder.path());
    assert_eq!(text(core.send_cmd("/echo two\nlines").unwrap()), "two\nlines");
    assert_eq!(text(core.send_cmd("/arguments").unwrap()), "simplex +RTS -A64m -H64m -xn --install-signal-handlers=no");
    assert_eq!(core.send_cmd("/null"), Err(CallError::Null { function: "chat_send_cmd" }));
    assert_eq!(core.send_cmd("/echo a\0b"), Err(CallError::Nul { at: 7 }));
    assert!(core.send_cmd("/bytes").unwrap().contains(&0xff));

    core.send_cmd("/event first").unwrap();
    core.send_cmd("/event null").unwrap();
    core.send_cmd("/event last").unwrap();
    let wait = Duration::from_secs(10);
    assert_eq!(text(core.recv_msg_wait(wait).unwrap().unwrap()), "first");
    assert_eq!(core.recv_msg_wait(wait), Err(CallError::Null { function: "chat_recv_msg_wait" }));
    assert_eq!(text(core.recv_msg_wait(Duration::ZERO).unwrap().unwrap()), "last");
    // Waits of any length end or are cut: none is negative.
    let start = Instant::now();
    assert_eq!(core.recv_msg_wait(Duration::ZERO), Ok(None));
    assert!(start.elapsed() < Duration::from_secs(5));
    core.send_cmd("/event late").unwrap();
    assert_eq!(text(core.recv_msg_wait(Duration::MAX).unwrap().unwrap()), "late");

    let receiver = {
        let core = core.clone();
        std::thread::spawn(move || core.recv_msg_wait(wait))
    };
    while text(core.send_cmd("/receiving").unwrap()) != "1" {
        std::thread::yield_now();
    }
    // The library would end the process if it were asked: the call is refused.
    assert_eq!(core.close_store(), Err(CallError::Receiving));
    core.send_cmd("/event go").unwrap();
    assert_eq!(text(receiver.join().unwrap().unwrap().unwrap()), "go");
    core.close_store().unwrap();
    core.close_store().unwrap();
    assert_eq!(core.recv_msg_wait(wait), Err(CallError::Closed));
}

#[test]
fn the_runtime_is_started_once_however_many_race() {
    let Some(path) = in_child("the_runtime_is_started_once_however_many_race", &[], |_, _| {}) else { return };
    let folder = tempfile::tempdir().unwrap();
    let barrier = Barrier::new(16);
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                barrier.wait();
                load(&path);
            });
        }
    });
    let lib = load(&path);
    let core = open(&lib, folder.path());
    assert_eq!(text(core.send_cmd("/inits").unwrap()), "1");
    // The same file by another name is the same library; another file is none.
    let link = folder.path().join("link.so");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    load(&link);
    let copy = folder.path().join("copy.so");
    std::fs::copy(&path, &copy).unwrap();
    let second = Libsimplex::open(&copy, Some(Backend::Postgres), RuntimeOptions::default());
    assert!(matches!(second, Err(LoadError::AlreadyLoaded { .. })), "{second:?}");
}

#[test]
fn a_host_with_its_own_sqlite_does_not_capture_the_librarys_calls() {
    let test = "a_host_with_its_own_sqlite_does_not_capture_the_librarys_calls";
    let host = |child: &mut Command, folder: &Path| {
        // In the global scope before the library, as in a host that links SQLite itself.
        child.env("LD_PRELOAD", compile(folder, "host_sqlite.c", "libhost.so", &[]));
    };
    let Some(path) = in_child(test, &[], host) else { return };
    let folder = tempfile::tempdir().unwrap();
    let lib = load(&path);
    let expected = if cfg!(target_env = "gnu") { "library" } else { "host" };
    assert_eq!(text(open(&lib, folder.path()).send_cmd("/sqlite").unwrap()), expected);
}

#[test]
fn a_thread_that_is_done_says_so() {
    let Some(path) = in_child("a_thread_that_is_done_says_so", &[], |_, _| {}) else { return };
    let folder = tempfile::tempdir().unwrap();
    let lib = load(&path);
    let core = open(&lib, folder.path());
    for _ in 0..5 {
        std::thread::scope(|scope| {
            scope.spawn(|| {
                core.send_cmd("/u").unwrap();
                lib.thread_done();
            });
        });
    }
    assert_eq!(text(core.send_cmd("/done").unwrap()), "5");
}

#[test]
fn what_is_optional_may_be_missing() {
    let Some(path) = in_child("what_is_optional_may_be_missing", &["-DWITHOUT_OPTIONAL"], |_, _| {}) else { return };
    let folder = tempfile::tempdir().unwrap();
    let options = RuntimeOptions::small();
    let lib = Libsimplex::open(&path, None, options).unwrap();
    lib.thread_done();
    let core = open(&lib, folder.path());
    assert_eq!(text(core.send_cmd("/done").unwrap()), "0");
    assert_eq!(text(core.send_cmd("/arguments").unwrap()), "simplex +RTS -A4m -xn --install-signal-handlers=no");
}

#[test]
fn databases_open_once_and_say_why_they_do_not() {
    let Some(path) = in_child("databases_open_once_and_say_why_they_do_not", &[], |_, _| {}) else { return };
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let lib = Libsimplex::open(&path, Some(Backend::Sqlite), RuntimeOptions::default()).unwrap();
    let wrong = lib.open(&Db::sqlite_encrypted(at("bot"), "wrong"), Confirm::YesUp);
    assert!(matches!(wrong, Err(OpenError::WrongKey { .. })));
    // A failure leaves no lock behind.
    let first = lib.open(&Db::sqlite_encrypted(at("bot"), "right"), Confirm::YesUp).unwrap();
    assert!(matches!(lib.open(&Db::sqlite(at("bot")), Confirm::YesUp), Err(OpenError::InUse { .. })));
    lib.open(&Db::sqlite(at("other")), Confirm::YesUp).unwrap();
    first.close_store().unwrap();
    lib.open(&Db::sqlite_encrypted(at("bot"), "right"), Confirm::YesUp).unwrap();
    assert!(matches!(lib.open(&Db::sqlite(at("m")), Confirm::Error), Err(OpenError::UpgradeNeeded { .. })));
    for refused in [Confirm::YesUp, Confirm::Error] {
        assert!(matches!(lib.open(&Db::sqlite(at("newer")), refused), Err(OpenError::NewerDatabase { .. })));
    }
    lib.open(&Db::sqlite(at("newer")), Confirm::YesUpDown).unwrap();
    // One that was not closed, or not well, is in use still.
    let open = lib.open(&Db::sqlite(at("open")), Confirm::YesUp).unwrap();
    open.send_cmd("/fail close").unwrap();
    assert!(matches!(open.close_store(), Err(CallError::Store { reason }) if reason == "disk \u{fffd} I/O error"));
    assert!(matches!(lib.open(&Db::sqlite(at("open")), Confirm::YesUp), Err(OpenError::InUse { .. })));
    open.close_store().unwrap();
    let open = lib.open(&Db::sqlite(at("open")), Confirm::YesUp).unwrap();
    drop(open);
    assert!(matches!(lib.open(&Db::sqlite(at("open")), Confirm::YesUp), Err(OpenError::InUse { .. })));
    // No answer, and a good answer without a controller: calling on would be a crash.
    assert!(matches!(lib.open(&Db::sqlite(at("null")), Confirm::YesUp), Err(OpenError::Null)));
    assert!(matches!(lib.open(&Db::sqlite(at("nothing")), Confirm::YesUp), Err(OpenError::Null)));
    let odd = folder.path().join(OsStr::from_bytes(b"caf\xff"));
    assert!(matches!(lib.open(&Db::sqlite(odd), Confirm::YesUp), Err(OpenError::Text { .. })));
    assert!(matches!(lib.open(&Db::sqlite(at("a\0b")), Confirm::YesUp), Err(OpenError::Text { .. })));
    assert!(matches!(lib.open(&Db::sqlite(""), Confirm::YesUp), Err(OpenError::Text { .. })));
    // One of its files, where what they begin with is asked for.
    for file in ["bot_chat.db", "bot_agent.db"] {
        let refused = lib.open(&Db::sqlite(at(file)), Confirm::YesUp).map(drop).unwrap_err().to_string();
        assert!(refused.contains(file) && refused.contains("without `_chat.db` or `_agent.db`"), "{refused}");
    }
    let key = lib.open(&Db::sqlite_encrypted(at("k"), "se\0cret"), Confirm::YesUp).unwrap_err();
    assert!(!format!("{key} {key:?}").contains("se\0cret"));
    let postgres = lib.open(&Db::postgres("postgresql://u@h/d", "s"), Confirm::YesUp);
    assert!(matches!(postgres, Err(OpenError::Backend { .. })));
}

#[test]
fn a_database_of_a_server_is_opened_by_its_connection_string() {
    let test = "a_database_of_a_server_is_opened_by_its_connection_string";
    let cache = |child: &mut Command, folder: &Path| {
        child.env("XDG_CACHE_HOME", folder);
    };
    let Some(path) = in_child(test, &[], cache) else { return };
    let lib = Libsimplex::open(&path, Some(Backend::Postgres), RuntimeOptions::default()).unwrap();
    // What this library takes for a key.
    lib.open(&Db::postgres("right", "newer"), Confirm::YesUpDown).unwrap();
    assert!(matches!(lib.open(&Db::postgres("right", "newer"), Confirm::YesUp), Err(OpenError::InUse { .. })));
    assert!(matches!(lib.open(&Db::postgres("wrong", "s"), Confirm::YesUp), Err(OpenError::WrongKey { .. })));
    assert!(matches!(lib.open(&Db::sqlite("bot"), Confirm::YesUp), Err(OpenError::Backend { .. })));
}

#[test]
fn files_are_written_and_read_and_odd_paths_are_refused() {
    let Some(path) = in_child("files_are_written_and_read_and_odd_paths_are_refused", &[], |_, _| {}) else { return };
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let lib = load(&path);
    let core = open(&lib, folder.path());
    let wrong = CryptoArgs::new("wrong", "n");
    for data in [vec![], vec![7; 3], vec![1; 20_000_000]] {
        let args = core.write_file(&at("a"), &data).unwrap();
        assert_eq!(lib.read_file(&at("a"), &args).unwrap(), data);
        let args = core.encrypt_file(&at("a"), &at("b")).unwrap();
        lib.decrypt_file(&at("b"), &args, &at("c")).unwrap();
        assert_eq!(std::fs::read(at("c")).unwrap(), data);
    }
    assert!(
        matches!(lib.read_file(&at("a"), &wrong), Err(FileError::Core { reason, .. }) if reason == "FTCEInvalidAuthTag")
    );
    assert!(matches!(lib.decrypt_file(&at("b"), &wrong, &at("garbage")), Err(FileError::Core { .. })));
    assert!(!at("garbage").exists());
    // Error texts that are not UTF-8.
    for (result, said) in [
        (lib.read_file(&at("none"), &wrong).map(drop), "cannot \u{fffd} open"),
        (lib.decrypt_file(&at("none"), &wrong, &at("d")), "cannot \u{fffd} copy"),
        (core.encrypt_file(&at("none"), &at("d")).map(drop), "cannot \u{fffd} copy"),
    ] {
        assert!(matches!(&result, Err(FileError::Core { reason, .. }) if reason == said), "{result:?}");
    }
    let odd = folder.path().join(OsStr::from_bytes(b"caf\xff"));
    for result in [
        core.write_file(&odd, b"x").map(|_| ()),
        core.encrypt_file(&at("a"), &odd).map(|_| ()),
        lib.read_file(&odd, &wrong).map(|_| ()),
        lib.decrypt_file(&odd, &wrong, &at("d")),
        core.write_file(&at("a\0b"), b"x").map(|_| ()),
    ] {
        assert!(matches!(result, Err(FileError::Path { .. })), "{result:?}");
    }
    let nul = CryptoArgs::new("a\0b", "n");
    assert!(matches!(lib.read_file(&at("a"), &nul), Err(FileError::Key { .. })));
}

#[test]
fn a_path_that_the_library_would_misread_is_refused_until_a_database_is_open() {
    let test = "a_path_that_the_library_would_misread_is_refused_until_a_database_is_open";
    let Some(path) = in_child(test, &[], |_, _| {}) else { return };
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("sealed"), "data").unwrap();
    std::fs::write(at("é"), "data").unwrap();
    std::os::unix::fs::symlink("é", at("link")).unwrap();
    let lib = load(&path);
    let right = CryptoArgs::new("right", "n");
    let read = || lib.read_file(&at("é"), &right).map(drop);
    let decrypt = |to| lib.decrypt_file(&at("sealed"), &right, &at(to));
    for refused in [read(), decrypt("ü")] {
        assert!(matches!(&refused, Err(FileError::Path { why, .. }) if why.contains("database")), "{refused:?}");
    }
    assert!(!at("ü").exists());
    lib.read_file(&at("sealed"), &right).unwrap();
    decrypt("link").unwrap();
    let _core = open(&lib, folder.path());
    read().unwrap();
    decrypt("ü").unwrap();
    assert_eq!(std::fs::read(at("ü")).unwrap(), b"data");
}

#[test]
fn a_file_that_is_not_whole_takes_no_place() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let Some(path) = in_child("a_file_that_is_not_whole_takes_no_place", &[], |_, _| {}) else { return };
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let lib = load(&path);
    let core = open(&lib, folder.path());
    let right = core.write_file(&at("sealed"), b"new").unwrap();
    std::fs::write(at("kept"), "old").unwrap();
    std::fs::set_permissions(at("kept"), PermissionsExt::from_mode(0o640)).unwrap();
    symlink("kept", at("link")).unwrap();
    // The core writes garbage before it finds the key wrong, and a part before it finds the disk full.
    for key in ["wrong", "full"] {
        for to in ["kept", "link", "none"] {
            let failed = lib.decrypt_file(&at("sealed"), &CryptoArgs::new(key, "n"), &at(to));
            assert!(matches!(failed, Err(FileError::Core { .. })), "{failed:?}");
        }
    }
    let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["bot_bot.lock", "kept", "link", "sealed"]);
    assert_eq!(std::fs::read(at("kept")).unwrap(), b"old");
    // A file that is replaced keeps its permissions, and a link to it stays one.
    lib.decrypt_file(&at("sealed"), &right, &at("link")).unwrap();
    assert_eq!(std::fs::read(at("kept")).unwrap(), b"new");
    assert_eq!(std::fs::metadata(at("kept")).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(at("link").is_symlink());
    // In its own place, too.
    lib.decrypt_file(&at("sealed"), &right, &at("sealed")).unwrap();
    assert_eq!(std::fs::read(at("sealed")).unwrap(), b"new");
    // What is no file is written to as it is.
    lib.decrypt_file(&at("sealed"), &right, Path::new("/dev/null")).unwrap();
    let failed = core.encrypt_file(&at("sealed"), &at("no/folder"));
    assert!(matches!(&failed, Err(FileError::NotPlaced { path, .. }) if *path == at("no/folder")), "{failed:?}");
}

#[test]
fn what_is_no_library_of_the_core_is_named() {
    let Some(path) = in_child("what_is_no_library_of_the_core_is_named", &["-DPARTIAL"], |_, _| {}) else { return };
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let open = |path: &Path| Libsimplex::open(path, None, RuntimeOptions::default()).unwrap_err();
    assert!(matches!(open(&at("none.so")), LoadError::NotFound { .. }));
    let LoadError::MissingSymbols { names, .. } = open(&path) else { panic!("loaded") };
    assert_eq!(names, ["chat_close_store", "chat_write_file"]);
    // Nor is one unloaded that is not used: nobody knows what that would run.
    #[cfg(target_os = "linux")]
    assert!(std::fs::read_to_string("/proc/self/maps").unwrap().contains(path.to_str().unwrap()));
    std::fs::write(at("text.so"), "not a library").unwrap();
    assert!(matches!(open(&at("text.so")), LoadError::Loader { .. }));
    let mut other = std::fs::read(&path).unwrap();
    other[18..20].copy_from_slice(&0x2au16.to_le_bytes());
    std::fs::write(at("other.so"), &other).unwrap();
    let error = open(&at("other.so"));
    assert!(matches!(error, LoadError::WrongPlatform { .. }), "{error}");
    let error = Libsimplex::load(&LibSource::path(folder.path()), RuntimeOptions::default(), |_| {}).unwrap_err();
    assert!(matches!(error, LoadError::Locate(_)) && error.to_string().contains("libsimplex"), "{error}");
}
