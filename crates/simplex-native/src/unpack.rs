//! Unpacking an archive that may be malicious: nothing is written outside the folder, links are refused, and sizes are
//! limited by what really comes out.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use zip::ZipArchive;

/// The most files; a release has about ten.
const MAX_FILES: usize = 1_000;
/// The most bytes that an archive may unpack to, in addition to `MAX_RATIO` times its size. Libraries shrink to about a
/// third.
const BASE_BYTES: u64 = 64 << 20;
const MAX_RATIO: u64 = 20;

/// Why an archive was not unpacked.
#[derive(Debug)]
pub(crate) enum NotUnpacked {
    /// The archive is damaged or malicious: what is wrong with it.
    Archive(String),
    /// Files cannot be read or written.
    Disk(io::Error),
}

impl From<io::Error> for NotUnpacked {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

/// Unpacks the files below `libs/` of the archive into `folder`, which must exist.
pub(crate) fn unpack(archive: &Path, folder: &Path) -> Result<(), NotUnpacked> {
    let damaged = |error: zip::result::ZipError| NotUnpacked::Archive(format!("it is damaged ({error})"));
    let file = File::open(archive)?;
    let mut left = file.metadata()?.len().saturating_mul(MAX_RATIO).saturating_add(BASE_BYTES);
    let mut zip = ZipArchive::new(io::BufReader::new(file)).map_err(damaged)?;
    if zip.len() > MAX_FILES {
        return Err(NotUnpacked::Archive(format!("it has {} entries", zip.len())));
    }
    for index in 0..zip.len() {
        let entry = zip.by_index(index).map_err(damaged)?;
        let name = entry.name().map_err(damaged)?.into_owned();
        let Some(path) = entry.enclosed_name() else {
            return Err(NotUnpacked::Archive(format!("its entry {name:?} would be written outside the folder")));
        };
        if entry.is_symlink() {
            return Err(NotUnpacked::Archive(format!("its entry {name:?} is a link")));
        }
        let Ok(inner) = path.strip_prefix("libs") else { continue };
        if entry.is_dir() || inner.as_os_str().is_empty() {
            continue;
        }
        let target = folder.join(inner);
        // A name that is invalid, that occurs twice, or that is both a file's and a folder's: the archive's fault, not
        // the disk's.
        let unfit = |error: io::Error| match error.kind() {
            ErrorKind::AlreadyExists
            | ErrorKind::NotADirectory
            | ErrorKind::IsADirectory
            | ErrorKind::InvalidFilename => {
                NotUnpacked::Archive(format!("its entry {name:?} cannot be written ({error})"))
            }
            _ => NotUnpacked::Disk(error),
        };
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(unfit)?;
        }
        let mut out = File::create_new(&target).map_err(unfit)?;
        let mut contents = Contents { inner: entry.take(left), failed: false };
        let copied = io::copy(&mut contents, &mut out).map_err(|error| match contents.failed {
            true => NotUnpacked::Archive(format!("its entry {name:?} is damaged ({error})")),
            false => NotUnpacked::Disk(error),
        })?;
        left -= copied;
        if left == 0 {
            return Err(NotUnpacked::Archive("it unpacks to far more than its size".to_owned()));
        }
        out.sync_all()?;
    }
    Ok(())
}

/// The contents of an entry; tells errors of reading them from those of writing them.
struct Contents<R> {
    inner: R,
    failed: bool,
}

impl<R: Read> Read for Contents<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).inspect_err(|error| self.failed = error.kind() != ErrorKind::Interrupted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    type Writer = zip::ZipWriter<File>;

    fn reason(error: NotUnpacked) -> String {
        let NotUnpacked::Archive(reason) = error else { panic!("{error:?}") };
        reason
    }

    fn unpack_made(make: impl FnOnce(&mut Writer)) -> (Result<(), String>, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("a.zip");
        let mut writer = zip::ZipWriter::new(File::create(&archive).unwrap());
        make(&mut writer);
        writer.finish().unwrap();
        let target = folder.path().join("target");
        std::fs::create_dir(&target).unwrap();
        (unpack(&archive, &target).map_err(reason), folder)
    }

    fn add(writer: &mut Writer, name: &str, data: &[u8]) {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(data).unwrap();
    }

    #[test]
    fn the_libraries_come_out_and_nothing_else() {
        let (result, folder) = unpack_made(|zip| {
            zip.add_directory("libs", SimpleFileOptions::default()).unwrap();
            add(zip, "libs/libsimplex.so", b"library");
            add(zip, "libs/sub/libother.so", b"other");
            add(zip, "README", b"text");
        });
        result.unwrap();
        let target = folder.path().join("target");
        assert_eq!(std::fs::read(target.join("libsimplex.so")).unwrap(), b"library");
        assert_eq!(std::fs::read(target.join("sub/libother.so")).unwrap(), b"other");
        assert_eq!(std::fs::read_dir(&target).unwrap().count(), 2);
    }

    #[test]
    fn an_archive_that_climbs_out_is_refused() {
        for name in ["libs/../../evil", "../evil", "libs/sub/../../../evil"] {
            let (result, folder) = unpack_made(|zip| add(zip, name, b"evil"));
            assert!(result.unwrap_err().contains("outside"), "{name}");
            assert!(!folder.path().join("evil").exists());
        }
        // An absolute name becomes one inside the folder, which is not below `libs`.
        let (result, _folder) = unpack_made(|zip| add(zip, "/tmp/simplex-native-evil", b"evil"));
        assert!(result.is_ok() || result.unwrap_err().contains("outside"));
        assert!(!Path::new("/tmp/simplex-native-evil").exists());
    }

    #[test]
    fn links_are_refused() {
        let (result, _folder) =
            unpack_made(|zip| zip.add_symlink("libs/link", "/etc/passwd", SimpleFileOptions::default()).unwrap());
        assert!(result.unwrap_err().contains("link"));
    }

    #[test]
    fn names_that_no_file_can_have_are_the_archives_fault() {
        let long = format!("libs/{}", "x".repeat(300));
        for names in [&["libs/a", "libs/a/b"][..], &["libs/a/b", "libs/a"], &["libs/a", "libs/a/b/c"], &[&long]] {
            let (result, _folder) = unpack_made(|zip| names.iter().for_each(|name| add(zip, name, b"data")));
            assert!(result.unwrap_err().contains("cannot be written"), "{names:?}");
        }
    }

    #[test]
    fn an_archive_of_too_many_files_is_refused() {
        let (result, folder) = unpack_made(|zip| (0..=MAX_FILES).for_each(|n| add(zip, &format!("libs/{n}"), b"")));
        assert!(result.unwrap_err().contains("1001 entries"));
        assert_eq!(std::fs::read_dir(folder.path().join("target")).unwrap().count(), 0);
    }

    #[test]
    fn a_bomb_is_stopped_by_what_comes_out() {
        let (result, folder) = unpack_made(|zip| {
            zip.start_file("libs/libsimplex.so", SimpleFileOptions::default()).unwrap();
            let zeros = vec![0u8; 1 << 20];
            for _ in 0..80 {
                zip.write_all(&zeros).unwrap();
            }
        });
        assert!(result.unwrap_err().contains("far more"));
        let size = std::fs::metadata(folder.path().join("target/libsimplex.so")).unwrap().len();
        assert!(size < 70 << 20, "{size}");
    }

    #[test]
    fn bytes_that_are_no_archive_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("a.zip");
        std::fs::write(&archive, b"<html>not found</html>").unwrap();
        assert!(reason(unpack(&archive, folder.path()).unwrap_err()).contains("damaged"));
    }
}
