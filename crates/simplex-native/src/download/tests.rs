//! Downloads from a server on this machine that cuts, stalls, redirects and lies.

mod processes;
mod server;

use std::net::TcpListener;
use std::thread::JoinHandle;

use super::*;
use server::{Reply, Server};

fn archive(library: &[u8]) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut out);
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, data) in [("libs/libsimplex.so", library), ("libs/libother.so", b"other")] {
        zip.start_file(name, options).unwrap();
        zip.write_all(data).unwrap();
    }
    zip.finish().unwrap();
    out.into_inner()
}

fn library() -> Vec<u8> {
    (0..400_000u32).flat_map(u32::to_le_bytes).collect()
}

fn source(server: &Server, cache: &Path) -> LibSource {
    let mut source =
        LibSource::default().platform("linux-x86_64").version("0.0.1").cache(cache).mirror(&server.address);
    source.pace = Pace { stall: server.patience, pause: Duration::from_millis(1) };
    source
}

fn fetch(source: &LibSource) -> Result<(PathBuf, Vec<Progress>), LocateError> {
    let mut seen = Vec::new();
    let found = source.cached(&mut |progress| seen.push(progress))?;
    Ok((found.path, seen))
}

/// Fetches with these replies and returns the requests that it took.
fn fetched_after(replies: Vec<Reply>) -> Vec<String> {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), replies);
    let (path, seen) = fetch(&source(&server, cache.path())).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), library());
    assert_eq!(std::fs::read(path.with_file_name("libother.so")).unwrap(), b"other");
    assert_eq!(seen.last(), Some(&Progress::Installed));
    let mut left: Vec<_> = std::fs::read_dir(path.parent().unwrap().parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(left, ["sqlite", "sqlite.lock", "sqlite.sha256"]);
    server.requests()
}

const GET: &str = "GET /v0.0.1/simplex-chat-libs-linux-x86_64.zip HTTP/1.1";

#[test]
fn a_library_is_fetched_with_progress_and_kept() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), vec![]);
    let source = source(&server, cache.path());
    let (path, seen) = fetch(&source).unwrap();
    assert_eq!(path, source.cache_folder().unwrap().join("libsimplex.so"));
    assert!(path.starts_with(cache.path()));
    let total = archive(&library()).len() as u64;
    assert!(seen.contains(&Progress::Downloading { bytes: total, total: Some(total) }));
    assert_eq!(seen[seen.len() - 2..], [Progress::Unpacking, Progress::Installed]);
    fetch(&source).unwrap();
    assert_eq!(server.requests(), [GET]);
    fetch(&source.clone().force()).unwrap();
    assert_eq!(server.requests().len(), 2);
    assert!(!source.cache_folder().unwrap().with_file_name("sqlite.old").exists());
}

#[test]
fn what_a_server_does_in_passing_is_overcome() {
    let resumed = |from: u64| format!("{GET} bytes={from}-");
    assert_eq!(fetched_after(vec![Reply::Cut(1000), Reply::Cut(500)]), [GET.to_owned(), resumed(1000), resumed(1500)]);
    assert_eq!(fetched_after(vec![Reply::Stall(70_000)]), [GET.to_owned(), resumed(70_000)]);
    assert_eq!(fetched_after(vec![Reply::Status(500), Reply::Status(503), Reply::Status(429)]), [GET; 4]);
    // A server that does not support ranges sends the whole file again.
    assert_eq!(fetched_after(vec![Reply::Cut(1000), Reply::Whole]), [GET.to_owned(), resumed(1000)]);
    assert_eq!(fetched_after(vec![Reply::Redirect("/elsewhere/file.zip")]), [GET, "GET /elsewhere/file.zip HTTP/1.1"]);
    // The range is also requested at the address of a redirect.
    let elsewhere = "GET /elsewhere/file.zip HTTP/1.1";
    let replies = vec![Reply::Cut(1000), Reply::Redirect("/elsewhere/file.zip")];
    assert_eq!(fetched_after(replies), [GET.to_owned(), resumed(1000), format!("{elsewhere} bytes=1000-")]);
    // Not even one byte.
    assert_eq!(fetched_after(vec![Reply::Cut(0)]), [GET; 2]);
}

#[test]
fn a_server_that_only_drips_is_left() {
    let requests = fetched_after(vec![Reply::Drip]);
    assert_eq!(requests.len(), 2);
    assert!(requests[1].starts_with(&format!("{GET} bytes=")), "{requests:?}");
}

#[test]
fn a_server_that_always_cuts_is_asked_while_it_brings_something_but_not_for_ever() {
    let requests = fetched_after(vec![Reply::Cut(1000); 20]);
    assert_eq!(requests.last(), Some(&format!("{GET} bytes=20000-")));
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), vec![Reply::Cut(1); 300]);
    let error = fetch(&source(&server, cache.path())).unwrap_err();
    assert!(matches!(&error, LocateError::NotFetched { reason, .. } if reason.contains("200 tries")), "{error}");
    assert_eq!(server.requests().last(), Some(&format!("{GET} bytes=199-")));
}

/// Answers one request after the other with these texts, and returns the requests.
fn scripted(answers: Vec<Vec<u8>>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let serve = move || {
        let serve = |answer: Vec<u8>| {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                request.extend(byte);
            }
            stream.write_all(&answer).unwrap();
            String::from_utf8(request).unwrap().to_lowercase()
        };
        answers.into_iter().map(serve).collect()
    };
    (address, std::thread::spawn(serve))
}

#[test]
fn the_rest_is_asked_for_of_the_same_file_only() {
    let archive = archive(&library());
    let answer = |status: &str, rest: &str, body: &[u8]| {
        let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{rest}\r\n", archive.len());
        [head.as_bytes(), body].concat()
    };
    let cut = &archive[..1000];
    let (address, requests) = scripted(vec![
        answer("200 OK", "ETag: \"first\"\r\n", cut),
        // A tag that does not stand for the same bytes is of no use for that.
        answer("200 OK", "ETag: W/\"second\"\r\n", cut),
        // What was not asked for.
        answer("206 Partial Content", &format!("Content-Range: bytes 500-{0}/{0}\r\n", archive.len()), cut),
        answer("200 OK", "", &archive),
    ]);
    let cache = tempfile::tempdir().unwrap();
    let mut source = LibSource::default().platform("linux-x86_64").version("0.0.1").cache(cache.path()).mirror(address);
    source.pace = Pace { stall: Duration::from_secs(5), pause: Duration::from_millis(1) };
    assert_eq!(std::fs::read(fetch(&source).unwrap().0).unwrap(), library());
    let asked = |request: &String| (request.contains("\r\nrange: "), request.contains("if-range: \"first\""));
    let requests = requests.join().unwrap();
    assert_eq!(
        requests.iter().map(asked).collect::<Vec<_>>(),
        [(false, false), (true, true), (true, false), (false, false)]
    );
    assert!(!requests[2].contains("if-range"), "{}", requests[2]);
}

#[test]
fn parts_of_two_files_are_found_and_the_archive_fetched_again_but_once() {
    let mut other = library();
    other[..500].fill(7);
    let (one, other) = (archive(&library()), archive(&other));
    let len = one.len();
    let head = |status: &str, rest: &str| format!("HTTP/1.1 {status}\r\nConnection: close\r\n{rest}\r\n").into_bytes();
    let cut = || [head("200 OK", &format!("Content-Length: {len}\r\n")), one[..1000].to_vec()].concat();
    let rest = || {
        let range = format!("Content-Length: {}\r\nContent-Range: bytes 1000-{}/{len}\r\n", len - 1000, len - 1);
        [head("206 Partial Content", &range), other[1000..].to_vec()].concat()
    };
    let whole = [head("200 OK", &format!("Content-Length: {len}\r\n")), other.clone()].concat();
    for (answers, fetched) in [(vec![cut(), rest(), whole], true), (vec![cut(), rest(), cut(), rest()], false)] {
        let (address, requests) = scripted(answers);
        let cache = tempfile::tempdir().unwrap();
        let mut source =
            LibSource::default().platform("linux-x86_64").version("0.0.1").cache(cache.path()).mirror(address);
        source.pace = Pace { stall: Duration::from_secs(5), pause: Duration::from_millis(1) };
        let result = fetch(&source);
        assert_eq!(result.is_ok(), fetched, "{result:?}");
        assert!(fetched || matches!(result, Err(LocateError::Archive { .. })), "{result:?}");
        requests.join().unwrap();
    }
}

#[test]
fn a_redirect_in_a_circle_ends() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), vec![Reply::Redirect("/again"); 1000]);
    let error = fetch(&source(&server, cache.path())).unwrap_err();
    assert!(matches!(&error, LocateError::NotFetched { reason, .. } if reason.contains("redirects")), "{error}");
    assert!(server.requests().len() < 100);
}

#[test]
fn a_size_beyond_all_numbers_is_refused() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), vec![Reply::Cut(1000), Reply::Endless]);
    let error = fetch(&source(&server, cache.path())).unwrap_err();
    assert!(matches!(&error, LocateError::NotFetched { reason, .. } if reason.contains("bytes")), "{error}");
}

#[test]
fn a_partial_archive_of_an_earlier_run_is_gone_on_with() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), vec![]);
    let source = source(&server, cache.path());
    let folder = source.cache_folder().unwrap();
    std::fs::create_dir_all(folder.parent().unwrap()).unwrap();
    // As a killed process leaves it: half of the archive, and a half-unpacked folder.
    std::fs::write(folder.with_file_name("sqlite.zip.part"), &archive(&library())[..5000]).unwrap();
    std::fs::create_dir(folder.with_file_name("sqlite.new")).unwrap();
    std::fs::write(folder.with_file_name("sqlite.new").join("libsimplex.so"), b"half").unwrap();
    assert_eq!(std::fs::read(fetch(&source).unwrap().0).unwrap(), library());
    assert_eq!(server.requests(), [format!("{GET} bytes=5000-")]);
}

#[test]
fn a_partial_archive_that_does_not_fit_is_thrown_away() {
    for left in [archive(&library()), vec![7; 3_000_000], vec![7; 5000]] {
        let cache = tempfile::tempdir().unwrap();
        let server = Server::start(archive(&library()), vec![]);
        let digest: String = Sha256::digest(archive(&library())).iter().map(|byte| format!("{byte:02x}")).collect();
        let source = source(&server, cache.path()).sha256(digest);
        let folder = source.cache_folder().unwrap();
        std::fs::create_dir_all(folder.parent().unwrap()).unwrap();
        std::fs::write(folder.with_file_name("sqlite.zip.part"), left).unwrap();
        assert_eq!(std::fs::read(fetch(&source).unwrap().0).unwrap(), library());
    }
}

#[test]
fn so_is_one_that_only_unpacking_shows_not_to_fit() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), vec![]);
    let source = source(&server, cache.path());
    let folder = source.cache_folder().unwrap();
    std::fs::create_dir_all(folder.parent().unwrap()).unwrap();
    // As a power loss leaves it: the file has its size, but not its bytes.
    std::fs::write(folder.with_file_name("sqlite.zip.part"), [0; 5000]).unwrap();
    std::fs::write(folder.with_file_name("sqlite.zip.etag"), [0; 20]).unwrap();
    assert_eq!(std::fs::read(fetch(&source).unwrap().0).unwrap(), library());
    assert_eq!(server.requests(), [format!("{GET} bytes=5000-"), GET.to_owned()]);
}

#[test]
fn an_archive_with_another_digest_than_stated_or_recorded_is_refused() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), vec![Reply::Good, Reply::Other(archive(b"changed"))]);
    let source = source(&server, cache.path());
    fetch(&source).unwrap();
    // The digest was recorded at the first download; what is installed stays.
    let changed = fetch(&source.clone().force());
    assert!(matches!(changed, Err(LocateError::Digest { .. })), "{changed:?}");
    let said = changed.unwrap_err().to_string();
    assert!(said.contains("`LibSource::sha256`"), "{said}");
    assert_eq!(std::fs::read(fetch(&source).unwrap().0).unwrap(), library());
    let stated = fetch(&source.clone().force().sha256("00".repeat(32)));
    assert!(matches!(stated, Err(LocateError::Digest { expected, .. }) if expected.starts_with("00")));
    fetch(&source.force()).unwrap();
}

#[test]
fn a_stated_digest_that_is_none_is_refused_before_anything_is_fetched() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), vec![]);
    let digest = "0f".repeat(32);
    for stated in ["", "0f", &digest[1..], &format!("{digest}  file.zip"), &digest.replace('f', "g")] {
        let error = fetch(&source(&server, cache.path()).sha256(stated)).unwrap_err();
        assert!(matches!(&error, LocateError::Name { what: "SHA-256", value, .. } if value == stated), "{error}");
        assert!(error.to_string().contains("64 hexadecimal digits"), "{error}");
    }
    assert_eq!(server.requests(), [""; 0]);
}

#[test]
fn an_archive_of_a_release_has_the_digest_that_is_known_of_it() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), vec![]);
    let source = source(&server, cache.path()).version("7.0.2");
    let other = fetch(&source);
    assert!(
        matches!(&other, Err(LocateError::Digest { expected, .. }) if expected.starts_with("235e8afc")),
        "{other:?}"
    );
    // Of this one, none is known.
    fetch(&source.backend(Backend::Postgres)).unwrap();
    let requests = server.requests();
    assert_eq!(requests.last().unwrap(), "GET /v7.0.2/simplex-chat-libs-linux-x86_64-postgres.zip HTTP/1.1");
}

#[test]
fn a_library_of_another_archive_than_the_stated_one_is_not_taken_from_the_cache() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), vec![Reply::Other(archive(b"first")), Reply::Status(404)]);
    let source = source(&server, cache.path());
    assert_eq!(std::fs::read(fetch(&source).unwrap().0).unwrap(), b"first");
    let digest: String = Sha256::digest(archive(&library())).iter().map(|byte| format!("{byte:02x}")).collect();
    let stated = source.clone().sha256(digest.to_uppercase());
    // Nor if the right archive cannot be downloaded.
    fetch(&stated).unwrap_err();
    fetch(&stated).unwrap();
    for source in [&stated, &source] {
        assert_eq!(std::fs::read(fetch(source).unwrap().0).unwrap(), library());
    }
    assert_eq!(server.requests(), [GET; 3]);
}

#[cfg(unix)]
#[test]
fn a_digest_is_recorded_of_what_is_in_its_place() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), vec![Reply::Other(archive(b"first"))]);
    let source = source(&server, cache.path());
    let (path, _) = fetch(&source).unwrap();
    let digest: String = Sha256::digest(archive(&library())).iter().map(|byte| format!("{byte:02x}")).collect();
    // This file is in the way of the new folder, and cannot be removed as a folder.
    let folder = path.parent().unwrap();
    std::fs::write(folder.with_file_name("sqlite.new"), "").unwrap();
    let stated = source.sha256(digest);
    assert!(matches!(fetch(&stated), Err(LocateError::Io { .. })));
    std::fs::remove_file(folder.with_file_name("sqlite.new")).unwrap();
    assert_eq!(std::fs::read(fetch(&stated).unwrap().0).unwrap(), library());
}

#[test]
fn a_library_that_a_killed_process_was_about_to_replace_is_put_back() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), vec![Reply::Good, Reply::Status(404)]);
    let source = source(&server, cache.path());
    let folder = fetch(&source).unwrap().0.parent().unwrap().to_owned();
    let (old, recorded) = (folder.with_file_name("sqlite.old"), folder.with_file_name("sqlite.sha256"));
    let digest = std::fs::read(&recorded).unwrap();
    for digest_too in [false, true] {
        std::fs::rename(&folder, &old).unwrap();
        if digest_too {
            std::fs::rename(&recorded, old.join(DIGEST)).unwrap();
        }
        assert_eq!(std::fs::read(fetch(&source).unwrap().0).unwrap(), library());
        assert_eq!(std::fs::read(&recorded).unwrap(), digest);
        assert!(!old.exists() && !folder.join(DIGEST).exists());
    }
    assert_eq!(server.requests().len(), 1);
    // Also if it is to be fetched again, and cannot be.
    std::fs::rename(&folder, &old).unwrap();
    fetch(&source.clone().force()).unwrap_err();
    fetch(&source).unwrap();
    assert_eq!(server.requests().len(), 2);
    fetch(&source.force()).unwrap();
    assert!(!old.exists());
}

#[test]
fn a_digest_that_was_not_written_whole_is_none() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), vec![]);
    let source = source(&server, cache.path());
    let recorded = source.cache_folder().unwrap().with_file_name("sqlite.sha256");
    std::fs::create_dir_all(recorded.parent().unwrap()).unwrap();
    // As a full disk or a killed process leaves it.
    std::fs::write(&recorded, "").unwrap();
    fetch(&source).unwrap();
    assert_eq!(std::fs::read_to_string(&recorded).unwrap().trim().len(), 64);
}

#[test]
fn wrong_bytes_are_refused_and_leave_no_trace() {
    let cache = tempfile::tempdir().unwrap();
    let mut without = std::io::Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut without);
    zip.start_file("libs/other.so", zip::write::SimpleFileOptions::default()).unwrap();
    zip.finish().unwrap();
    let html = b"<html>please log in</html>".to_vec();
    let replies = vec![Reply::Other(html), Reply::Other(without.into_inner())];
    let server = Server::start(archive(&library()), replies);
    let source = source(&server, cache.path());
    // What is no archive is not said to have another digest.
    for (source, reason) in
        [(source.clone().sha256("00".repeat(32)), "a page to log in"), (source.clone(), "not in it")]
    {
        let refused = fetch(&source).unwrap_err();
        assert!(matches!(&refused, LocateError::Archive { reason: said, .. } if said.contains(reason)), "{refused}");
    }
    fetch(&source).unwrap();
}

#[test]
fn a_platform_without_a_library_is_named_with_another_way() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(vec![], vec![Reply::Status(404)]);
    let error = fetch(&source(&server, cache.path()).platform("linux-aarch64")).unwrap_err();
    assert!(matches!(error, LocateError::NoSuchRelease { .. }));
    assert!(error.to_string().contains("linux-aarch64") && error.to_string().contains("WebSocket"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_cache_that_cannot_be_written_to_is_named_with_another_way() {
    let cache = tempfile::NamedTempFile::new().unwrap();
    let server = Server::start(vec![], vec![]);
    let said = fetch(&source(&server, cache.path())).unwrap_err().to_string();
    assert!(said.contains(&cache.path().display().to_string()) && said.contains("SIMPLEX_LIBS_DIR"), "{said}");
}

#[test]
fn a_server_that_is_not_there_ends_with_what_to_do_by_hand() {
    let cache = tempfile::tempdir().unwrap();
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = Server::start(vec![], vec![]);
    let error = fetch(&source(&server, cache.path()).mirror(format!("http://{address}"))).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("By hand") && text.contains("SIMPLEX_LIBS_DIR") && text.contains("5 tries"), "{text}");
}

#[test]
fn mirrors_are_https_or_on_this_machine_and_do_not_show_their_password() {
    let cache = tempfile::tempdir().unwrap();
    for mirror in ["http://example.org", "ftp://127.0.0.1/x", "http://127.0.0.1.example.org", "no address"] {
        let error = fetch(&LibSource::default().cache(cache.path()).mirror(mirror)).unwrap_err();
        assert!(matches!(error, LocateError::Mirror { .. }), "{error:?}");
    }
    for mirror in ["http://me:secret@example.org", "me:secret@example.org"] {
        let source = LibSource::default().cache(cache.path()).mirror(mirror);
        let error = fetch(&source).unwrap_err();
        assert!(!format!("{error} {error:?} {source:?}").contains("secret"));
    }
    let climbing = fetch(&LibSource::default().cache(cache.path()).version("../../x"));
    assert!(matches!(climbing, Err(LocateError::Name { what: "version", .. })));
}
