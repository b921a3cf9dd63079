//! Names for received files: safe ones, which lead nowhere else, and free ones.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A path for a file that cannot lead out of the folder, with the number in its name unless that is 0.
fn named(folder: &Path, name: &str, number: u32) -> PathBuf {
    let name = safe_name(name);
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
        _ => (name.as_str(), String::new()),
    };
    let suffix = if number == 0 { String::new() } else { format!("_{number}") };
    folder.join(format!("{stem}{suffix}{extension}"))
}

/// A number from `from` on whose name is free; the first such number if no taken one comes after it. It is found in few
/// looks, because people may send any number of files with one name.
fn free_number(from: u32, is_free: impl Fn(u32) -> bool) -> u32 {
    if is_free(from) {
        return from;
    }
    let (mut taken, mut step) = (from, 1_u32);
    let mut free = loop {
        let next = taken.saturating_add(step);
        if next == u32::MAX || is_free(next) {
            break next;
        }
        (taken, step) = (next, step.saturating_mul(2));
    };
    while free - taken > 1 {
        let between = taken + (free - taken) / 2;
        if is_free(between) {
            free = between;
        } else {
            taken = between;
        }
    }
    free
}

/// A path for a file that does not exist yet, with its number, which is at least `from`; the folder is created.
pub(super) async fn free_path(folder: PathBuf, name: String, from: u32) -> std::io::Result<(PathBuf, u32)> {
    let found = tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(&folder)?;
        let number = free_number(from, |number| named(&folder, &name, number).symlink_metadata().is_err());
        Ok((named(&folder, &name, number), number))
    });
    found.await.unwrap_or_else(|error| Err(std::io::Error::other(error)))
}

/// Whether files can be moved from one folder to another, which are both created. If that is not known, they may be.
pub(super) async fn can_move(from: PathBuf, to: PathBuf) -> bool {
    tokio::task::spawn_blocking(move || move_works(&from, &to)).await.unwrap_or(true)
}

/// Tries it: two mounts of one file system are one device, and yet nothing can be moved from one to the other.
fn move_works(from: &Path, to: &Path) -> bool {
    static PROBES: AtomicU64 = AtomicU64::new(0);
    let name = format!(".probe-{}-{}", std::process::id(), PROBES.fetch_add(1, Ordering::Relaxed));
    let (here, there) = (from.join(&name), to.join(&name));
    let probe = || {
        std::fs::create_dir_all(from)?;
        std::fs::create_dir_all(to)?;
        std::fs::File::create(&here)?;
        std::fs::rename(&here, &there)
    };
    let moved = probe();
    std::fs::remove_file(if moved.is_ok() { there } else { here }).ok();
    !moved.is_err_and(|error| error.kind() == std::io::ErrorKind::CrossesDevices)
}

/// Copies a file into a folder; the core's own copy stays where it was.
pub(super) async fn put_into(from: &Path, folder: PathBuf, name: &str) -> std::io::Result<PathBuf> {
    let (from, name) = (from.to_owned(), name.to_owned());
    let put = tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(&folder)?;
        let mut number = 0;
        while number < u32::MAX {
            number = free_number(number, |number| named(&folder, &name, number).symlink_metadata().is_err());
            let to = named(&folder, &name, number);
            // Creating the file reserves its name: two files that are put there at the same time do not collide.
            match std::fs::OpenOptions::new().write(true).create_new(true).open(&to) {
                Ok(_) => {}
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                    number = number.saturating_add(1);
                    continue;
                }
                Err(error) => return Err(error),
            }
            return match std::fs::copy(&from, &to) {
                Ok(_) => Ok(to),
                Err(error) => {
                    // If the copy fails, leave nothing under that name.
                    let _ = std::fs::remove_file(&to);
                    Err(error)
                }
            };
        }
        Err(std::io::ErrorKind::AlreadyExists.into())
    });
    put.await.unwrap_or_else(|error| Err(std::io::Error::other(error)))
}

/// Whether a sender's name for a file is a path to another folder.
pub(super) fn leads_elsewhere(name: &str) -> bool {
    matches!(name, "" | "." | "..") || name.contains(['/', '\\']) || cfg!(windows) && name.contains(':')
}

/// Makes a sender's name for a file safe: no folders, nothing invisible, no hidden file, no option, no device, and not
/// too long.
fn safe_name(name: &str) -> String {
    const DEVICES: [&str; 8] = ["con", "conin$", "conout$", "prn", "aux", "nul", "com", "lpt"];
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    // What Unicode calls ignorable, and the blank one of the braille patterns.
    let is_unseen = |c: char| {
        matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
    };
    let clean: String =
        last.chars().filter(|c| !c.is_control() && !is_unseen(*c) && !"<>:\"|?*".contains(*c)).collect();
    let is_outer = |c: char| c == '.' || c.is_whitespace();
    // A hyphen at the start makes an option of a name: for `tar *`, one that runs a program.
    let clean = clean.trim_end_matches(is_outer).trim_start_matches(|c| c == '-' || is_outer(c));
    let (stem, extension) = match clean.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 20 => (stem, format!(".{extension}")),
        _ => (clean, String::new()),
    };
    // File systems limit a name to 255 bytes.
    let stem = stem.get(..stem.floor_char_boundary(200)).unwrap_or_default().trim_end();
    // Windows passes over blanks before a dot, and takes these superscripts for digits.
    let device = stem.split('.').next().unwrap_or_default().trim_end();
    let device = device.trim_end_matches(|c: char| c.is_ascii_digit() || "¹²³".contains(c));
    let guard = if DEVICES.iter().any(|name| device.eq_ignore_ascii_case(name)) { "_" } else { "" };
    match stem {
        "" => "file".to_owned(),
        stem => format!("{guard}{stem}{extension}"),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::{free_number, move_works, safe_name};

    #[test]
    #[ignore = "is run by the next test, where folders are mounted"]
    fn between_mounts() {
        let folder = std::path::PathBuf::from(std::env::var_os("SIMPLEX_BOT_TEST_MOUNTS").unwrap());
        assert!(!move_works(&folder.join("a"), &folder.join("b")));
    }

    /// Two of Docker's volumes are often parts of one file system, and yet nothing can be moved from one to the other.
    #[cfg(target_os = "linux")]
    #[test]
    fn nothing_is_moved_between_mounts_of_one_file_system() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b, new] = ["a", "b", "new/deep"].map(|name| folder.path().join(name));
        std::fs::create_dir(&a).unwrap();
        std::fs::create_dir(&b).unwrap();
        assert!(move_works(&a, &b) && move_works(&a, &new) && move_works(&folder.path().join("newer"), &a));
        let files = |folder| std::fs::read_dir(folder).unwrap().count();
        assert_eq!((files(&a), files(&b), files(&new)), (0, 0, 0));
        let within = |script: &str| {
            let mut program = std::process::Command::new("unshare");
            program.args(["--user", "--map-root-user", "--mount", "sh", "-c", script]);
            program.env("SIMPLEX_BOT_TEST_MOUNTS", folder.path()).env("PROGRAM", std::env::current_exe().unwrap());
            program.output().is_ok_and(|ended| ended.status.success())
        };
        const MOUNT: &str = r#"cd "$SIMPLEX_BOT_TEST_MOUNTS" && mount --bind b b"#;
        if !within(MOUNT) {
            return println!("skipped: no folder can be mounted here");
        }
        let run = r#""$PROGRAM" --ignored --exact file::names::tests::between_mounts | grep -F "1 passed""#;
        assert!(within(&format!("{MOUNT} && {run}")));
        assert_eq!((files(&a), files(&b)), (0, 0));
    }

    #[test]
    fn a_free_name_is_found_in_few_looks_however_many_are_taken() {
        for taken in [0, 1, 2, 3, 7, 8, 9, 1_000, 1_000_000, u32::MAX] {
            let looks = Cell::new(0);
            let is_free = |number| {
                looks.set(looks.get() + 1);
                number >= taken
            };
            assert_eq!(free_number(0, is_free), taken);
            assert!(looks.get() <= 70, "{taken}: {}", looks.get());
        }
        assert_eq!(free_number(5, |number| number != 5), 6);
        assert_eq!(free_number(u32::MAX, |_| false), u32::MAX);
    }

    #[test]
    fn names_of_strangers_lead_nowhere() {
        for (name, safe) in [
            ("report.pdf", "report.pdf"),
            ("../../etc/passwd", "passwd"),
            ("..\\boot.ini", "boot.ini"),
            (".bashrc", "bashrc"),
            ("--checkpoint-action=exec=sh x", "checkpoint-action=exec=sh x"),
            ("-.-", "file"),
            ("a-b-.c", "a-b-.c"),
            ("a\nb\0c:d", "abcd"),
            ("..", "file"),
            ("", "file"),
            // The first is displayed as `invoiceexe.pdf`; on Windows, the second is a device and not a file.
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            ("nul.txt", "_nul.txt"),
            ("com¹.txt", "_com¹.txt"),
            ("aux .tar.gz", "_aux .tar.gz"),
            ("CONIN$", "_CONIN$"),
            ("a\u{2028}b\u{ad}\u{61c}.txt\u{e0041}", "ab.txt"),
            ("\u{3164}\u{ffa0}.exe\u{115f}\u{fe0f}", "exe"),
            ("\u{2800}\u{2800}", "file"),
        ] {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
        // File systems count bytes: there is still room for a number.
        let long = safe_name(&format!("{}.pdf", "家".repeat(120)));
        assert!(long.len() <= 240 && long.ends_with("家.pdf"), "{long}");
        let long = safe_name(&"🦀".repeat(120));
        assert!(long.len() <= 240 && long.starts_with('🦀'), "{long}");
        let long = safe_name(&format!("a.{}", "b".repeat(500)));
        assert!(long.len() <= 240 && long.starts_with("a.b"), "{long}");
    }
}
