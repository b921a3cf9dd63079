//! The command as people run it.

#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::path::Path;
use std::process::{Command, Output};

fn simplex(folder: &Path, args: &[&str]) -> Output {
    simplex_command(folder).args(args).output().unwrap()
}

fn simplex_command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_simplex"));
    command
        .env("RUST_BACKTRACE", "1")
        .current_dir(folder)
        .env("HOME", folder)
        .env("XDG_CACHE_HOME", folder)
        .env_remove("SIMPLEX_LIBS_DIR");
    command
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn what_is_missing_is_said_with_how_to_mend_it() {
    let folder = tempfile::tempdir().unwrap();
    for args in [&["doctor"][..], &["libs", "verify"]] {
        let output = simplex(folder.path(), args);
        assert!(!output.status.success(), "{}", text(&output));
        assert!(text(&output).contains("simplex libs fetch"), "{}", text(&output));
        assert!(!text(&output).contains("backtrace"), "{}", text(&output));
        // What a program could do is of no use to whoever typed this.
        assert!(!text(&output).contains("LibSource"), "{}", text(&output));
    }
    let output = simplex(folder.path(), &["libs", "path"]);
    assert!(output.status.success());
    assert!(text(&output).trim_end().starts_with(&folder.path().display().to_string()), "{}", text(&output));
}

/// On a fresh machine, fetching it again would not help.
#[cfg(target_os = "linux")]
#[test]
fn for_a_library_that_does_not_load_the_doctor_names_what_the_system_may_lack() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("libsimplex.so"), "").unwrap();
    let said =
        text(&simplex_command(folder.path()).arg("doctor").env("SIMPLEX_LIBS_DIR", folder.path()).output().unwrap());
    assert!(said.contains("does not load") && said.contains("`apt install libgmp10`"), "{said}");
}

/// What the variable says counts as it does when a bot starts: an empty one is none, and a path need not be UTF-8.
#[cfg(unix)]
#[test]
fn the_folder_of_the_environment_is_told_as_it_is_taken() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let doctor = |named: &[u8]| {
        let mut command = simplex_command(folder.path());
        text(&command.arg("doctor").env("SIMPLEX_LIBS_DIR", OsStr::from_bytes(named)).output().unwrap())
    };
    assert!(doctor(b"").contains("SIMPLEX_LIBS_DIR is not set"), "{}", doctor(b""));
    for named in [&b"/no/such"[..], b"/no/s\xffch"] {
        assert!(doctor(named).contains("(from SIMPLEX_LIBS_DIR)"), "{}", doctor(named));
    }
}

#[test]
fn what_the_folder_of_the_environment_makes_impossible_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["libsimplex.so", "libsimplex.dylib", "libsimplex.dll"] {
        std::fs::write(folder.path().join(name), "").unwrap();
    }
    let fetch = |args: &[&str]| {
        let mut command = simplex_command(folder.path());
        command.args(["libs", "fetch"]).args(args).env("SIMPLEX_LIBS_DIR", folder.path()).output().unwrap()
    };
    assert!(fetch(&[]).status.success());
    for args in [&["--force"][..], &["--sha256", "00"]] {
        let output = fetch(args);
        assert!(!output.status.success() && text(&output).contains("unset SIMPLEX_LIBS_DIR"), "{}", text(&output));
    }
}

/// One that was fetched to be carried to another machine.
#[test]
fn the_library_of_another_platform_is_found_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["libs", "path", "--platform", "macos-aarch64"];
    let libs = text(&simplex(folder.path(), &args));
    std::fs::create_dir_all(libs.trim()).unwrap();
    let library = [&[0xcf, 0xfa, 0xed, 0xfe, 12, 0, 0, 1][..], &[0; 64]].concat();
    std::fs::write(Path::new(libs.trim()).join("libsimplex.dylib"), library).unwrap();
    let said = text(&simplex(folder.path(), &["libs", "verify", "--platform", "macos-aarch64"]));
    assert!(said.contains("is built for macos-aarch64"), "{said}");
}

#[test]
fn a_new_bot_is_whole_and_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let made = simplex(folder.path(), &["new", "my-bot"]);
    assert!(made.status.success(), "{}", text(&made));
    let bot = folder.path().join("my-bot");
    for file in [
        "Cargo.toml",
        "src/lib.rs",
        "src/main.rs",
        "tests/bot.rs",
        "README.md",
        "Dockerfile",
        "my-bot.service",
        ".gitignore",
    ] {
        let text = std::fs::read_to_string(bot.join(file)).unwrap();
        assert!(!text.contains('@') || text.contains("@'"), "{file} has a gap: {text}");
    }
    assert!(std::fs::read_to_string(bot.join("src/main.rs")).unwrap().contains("use my_bot::bot;"));
    assert!(!simplex(folder.path(), &["new", "my-bot"]).status.success());
    for name in ["My Bot", "../", "-x", "", "fn", "std", "deps", "simplex-bot"] {
        assert!(!simplex(folder.path(), &["new", "--", name]).status.success(), "{name:?}");
        assert!(name.is_empty() || name == "../" || !folder.path().join(name).exists(), "{name:?}");
    }
}

/// The next try, with more room or another name, must not find half of it in its way.
#[test]
fn a_new_bot_that_could_not_be_made_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // Long enough that the systemd unit, which is not the first file, cannot be named after it.
    let made = simplex(folder.path(), &["new", &"a".repeat(250)]);
    assert!(!made.status.success() && text(&made).contains(".service"), "{}", text(&made));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn a_new_bot_takes_the_place_of_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("bot")).unwrap();
    let made = simplex(folder.path(), &["new", "bot"]);
    assert!(!made.status.success() && text(&made).contains("bot already exists"), "{}", text(&made));
    assert!(folder.path().join("bot").is_symlink());
}

#[test]
fn what_a_new_bot_is_built_with_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let read = |path: &str| std::fs::read_to_string(folder.path().join(path)).unwrap();
    let made = simplex(folder.path(), &["new", "released"]);
    for told in [text(&made), read("released/README.md")] {
        assert!(told.contains("until that is published,\nneither builds") && told.contains("--checkout"), "{told}");
    }
    assert!(!read("released/README.md").contains("--build-context"));

    // The image is built with the same checkout as the package, out of a context that holds it.
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let made = simplex(folder.path(), &["new", "local", "--checkout", checkout.to_str().unwrap()]);
    assert!(made.status.success() && text(&made).contains(checkout.to_str().unwrap()), "{}", text(&made));
    let build = format!("docker build --build-context checkout={} -t local .\n", checkout.display());
    assert!(read("local/README.md").contains(&build) && read("local/Dockerfile").contains(&build));
    let dockerfile = read("local/Dockerfile");
    assert!(dockerfile.contains(&format!("COPY --from=checkout [\".\", {checkout:?}]\n")), "{dockerfile}");
    let tool = checkout.join("crates/simplex-cli");
    assert!(dockerfile.contains(&format!("--path {} ", tool.display())), "{dockerfile}");
    assert!(read("local/Cargo.toml").contains(&format!("{:?}", checkout.join("crates/simplex-bot"))));
}

#[test]
fn an_error_that_nobody_reads_is_one_nevertheless() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = simplex_command(folder.path()).args(["libs", "verify"]).stderr(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
}

/// What a shell makes of `word`.
#[cfg(unix)]
fn in_shell(folder: &Path, word: &str) -> String {
    let output = Command::new("sh").current_dir(folder).args(["-c", &format!("printf %s {word}")]).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{word}: {}", text(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[cfg(unix)]
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap();
    rest.split_once(end).unwrap().0
}

#[cfg(unix)]
#[test]
fn what_is_said_to_do_can_be_pasted_whatever_folders_are_called() {
    let folder = tempfile::tempdir().unwrap();
    // Some systems write an accent as a character of its own.
    let names = ["caf\u{65}\u{301} \"x\"", "it's $HOME", "`date`\\", "a&b;c*", "-d", "-d e"];
    for (at, name) in names.into_iter().enumerate() {
        let made = simplex(folder.path(), &["new", "--", &format!("{name}/my-bot")]);
        assert!(made.status.success(), "{}", text(&made));
        let said = text(&made);
        let script = format!("cd {} && pwd", between(&said, "  cd ", "\n"));
        let output = Command::new("sh").current_dir(folder.path()).args(["-c", &script]).output().unwrap();
        assert!(text(&output).ends_with(&format!("/{name}/my-bot\n")), "{script}: {}", text(&output));

        let checkout = folder.path().canonicalize().unwrap().join(name);
        let library = checkout.join("crates/simplex-bot");
        std::fs::create_dir_all(library.join("src")).unwrap();
        std::fs::write(library.join("Cargo.toml"), "[package]\nname = \"simplex-bot\"\n[features]\ntest = []\n")
            .unwrap();
        std::fs::write(library.join("src/lib.rs"), "").unwrap();
        let bot = format!("local-{at}");
        let made = simplex(folder.path(), &["new", &bot, "--checkout", checkout.to_str().unwrap()]);
        assert!(made.status.success(), "{}", text(&made));
        let read = |file: &str| std::fs::read_to_string(folder.path().join(&bot).join(file)).unwrap();
        let (readme, dockerfile, checkout) = (read("README.md"), read("Dockerfile"), checkout.to_str().unwrap());
        let built = in_shell(folder.path(), between(&readme, "--build-context ", " -t"));
        assert_eq!(built, format!("checkout={checkout}"));
        let tool = in_shell(folder.path(), between(&dockerfile, "--path ", " && simplex"));
        assert_eq!(tool, format!("{checkout}/crates/simplex-cli"));
        // Docker reads the strings of this list as a shell reads words.
        let copied = between(&dockerfile, "COPY --from=checkout [\".\", \"", "\"]").replace("\\\"", "\"");
        assert_eq!(in_shell(folder.path(), &copied.replace("\\\\", "\\")), checkout);
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
        let output = cargo.current_dir(folder.path().join(&bot)).output().unwrap();
        assert!(output.status.success(), "{}", text(&output));
    }
}

#[cfg(unix)]
#[test]
fn a_checkout_that_cannot_be_named_in_a_file_is_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    for name in [&b"two\nlines"[..], b"caf\xff"] {
        let checkout = folder.path().join(OsStr::from_bytes(name));
        std::fs::create_dir_all(checkout.join("crates/simplex-bot")).unwrap();
        let made = simplex_command(folder.path()).args(["new", "bot", "--checkout"]).arg(&checkout).output().unwrap();
        assert!(!made.status.success() && text(&made).contains("line break"), "{}", text(&made));
        assert!(!folder.path().join("bot").exists());
    }
}

#[test]
fn a_new_bot_is_formatted_as_cargo_fmt_does() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a", "a-bot-whose-name-is-as-long-as-nobody-would-make-the-name-of-a-bot"] {
        assert!(simplex(folder.path(), &["new", name]).status.success());
        let mut rustfmt = Command::new("rustfmt");
        rustfmt.args(["--check", "--edition", "2024", "src/lib.rs", "src/main.rs", "tests/bot.rs"]);
        let output = rustfmt.current_dir(folder.path().join(name)).output().unwrap();
        assert!(output.status.success(), "{}", text(&output));
    }
}

#[test]
fn the_demo_shows_a_conversation() {
    let folder = tempfile::tempdir().unwrap();
    let output = simplex(folder.path(), &["demo"]);
    assert!(text(&output).contains("alice: 7\nbot:   7 * 7 = 49"), "{}", text(&output));
}

#[test]
fn who_has_read_enough_of_the_output_gets_no_error() {
    let folder = tempfile::tempdir().unwrap();
    for args in [&["demo"][..], &["libs", "path"], &["new", "bot"], &["--help"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = simplex_command(folder.path()).args(args).stdout(writer).output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{args:?}: {}", text(&output));
    }
}

/// Cargo refuses a package in the folder of another that does not know of it.
#[test]
fn a_new_bot_is_a_package_of_its_own_also_inside_of_another() {
    let folder = tempfile::tempdir().unwrap();
    for (outer, manifest) in
        [("workspace", "[workspace]\n"), ("package", "[package]\nname = \"outer\"\nedition = \"2024\"\n[workspace]\n")]
    {
        let outer = folder.path().join(outer);
        std::fs::create_dir_all(outer.join("src")).unwrap();
        std::fs::write(outer.join("Cargo.toml"), manifest).unwrap();
        std::fs::write(outer.join("src/lib.rs"), "").unwrap();
        assert!(simplex(&outer, &["new", "my-bot"]).status.success());
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
        let output = cargo.current_dir(outer.join("my-bot")).output().unwrap();
        assert!(output.status.success(), "{}", text(&output));
    }
}
