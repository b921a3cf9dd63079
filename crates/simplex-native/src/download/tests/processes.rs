//! Downloads of other processes: with an environment or a limit of their own, several at once, killed.

use super::*;

const CHILD: &str = "SIMPLEX_NATIVE_TEST_FETCH";

const PROXY: &str = "SIMPLEX_NATIVE_TEST_PROXY";

/// A process that fetches what is not on this machine, and fails with an error that contains this.
fn child_that_fails(with: &str) -> std::process::Command {
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args([
        "--exact",
        "download::tests::processes::a_proxy_of_the_environment_is_asked_for_what_is_not_on_this_machine",
    ]);
    for other in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY"] {
        child.env_remove(other).env_remove(other.to_lowercase());
    }
    child.env(PROXY, with).env("NO_PROXY", "localhost").stdout(std::process::Stdio::null());
    child
}

#[test]
fn a_proxy_of_the_environment_is_asked_for_what_is_not_on_this_machine() {
    if let Ok(expected) = std::env::var(PROXY) {
        let cache = tempfile::tempdir().unwrap();
        let mut source = LibSource::default().cache(cache.path()).mirror("https://example.invalid");
        source.pace = Pace { stall: Duration::from_secs(5), pause: Duration::from_millis(1) };
        let error = fetch(&source).unwrap_err().to_string();
        assert!(error.contains(&expected) && !error.contains("secret"), "{error}");
        return;
    }
    let proxy = Server::start(vec![], vec![Reply::Status(502); 10]);
    let at = proxy.address.strip_prefix("http://").unwrap();
    let mut child = child_that_fails(&format!("by the proxy {at}"));
    assert!(child.env("HTTPS_PROXY", format!("http://me:secret@{at}")).status().unwrap().success());
    assert_eq!(proxy.requests(), ["CONNECT example.invalid:443 HTTP/1.1"; 5]);
    // What is on this machine is fetched without it.
    let (cache, server) = (tempfile::tempdir().unwrap(), Server::start(archive(&library()), vec![]));
    let mut child = child_of(cache.path(), &server);
    child.env("HTTP_PROXY", &proxy.address).env_remove("NO_PROXY").env_remove("no_proxy");
    assert!(child.status().unwrap().success());
    assert_eq!((proxy.requests().len(), server.requests().len()), (5, 1));
}

/// Who names a proxy may have reasons to be seen by no other server.
#[test]
fn what_a_proxy_is_named_for_is_not_fetched_without_it() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    let asked = std::thread::spawn(move || {
        let greeting = || {
            let mut greeting = [0; 3];
            listener.accept().unwrap().0.read_exact(&mut greeting).unwrap();
            greeting
        };
        [(); 5].map(|()| greeting())
    });
    let mut child = child_that_fails(&format!("by the proxy {at}"));
    assert!(child.env("ALL_PROXY", format!("socks5h://{at}")).status().unwrap().success());
    // Version 5, and one way to authenticate: none.
    assert_eq!(asked.join().unwrap(), [[5, 1, 0]; 5]);
    let mut child = child_that_fails("ALL_PROXY is not the address of a proxy");
    child.env("ALL_PROXY", "secret:x:y").env("HTTPS_PROXY", format!("http://{at}"));
    assert!(child.status().unwrap().success());
}

#[test]
fn a_mirror_of_the_environment_is_taken_unless_the_program_names_another() {
    if let Ok(arguments) = std::env::var(CHILD) {
        let (cache, other) = arguments.split_once(' ').unwrap();
        let source = LibSource::default().platform("linux-x86_64").version("0.0.1").cache(cache);
        fetch(&source).unwrap();
        fetch(&source.force().mirror(other)).unwrap();
        return;
    }
    let cache = tempfile::tempdir().unwrap();
    let [mirror, other] = [(); 2].map(|()| Server::start(archive(&library()), vec![]));
    let status = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "download::tests::processes::a_mirror_of_the_environment_is_taken_unless_the_program_names_another",
        ])
        .env(CHILD, format!("{} {}", cache.path().display(), other.address))
        // As people write it.
        .env("SIMPLEX_LIBS_MIRROR", format!("{}/", mirror.address))
        .stdout(std::process::Stdio::null())
        .status();
    assert!(status.unwrap().success());
    assert_eq!((mirror.requests(), other.requests()), (vec![GET.to_owned()], vec![GET.to_owned()]));
}

#[test]
fn without_a_mirror_the_release_is_asked() {
    let name = "download::tests::processes::without_a_mirror_the_release_is_asked";
    if std::env::var_os(CHILD).is_none() {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", name]).env(CHILD, "").env_remove(LIBS_MIRROR);
        return assert!(child.stdout(std::process::Stdio::null()).status().unwrap().success());
    }
    let source = LibSource::default().platform("macos-aarch64").version("7.0.2");
    let asked = Fetch::new(&source, Path::new("unused")).unwrap().url;
    let release = "https://github.com/simplex-chat/simplex-chat-libs/releases/download/v7.0.2";
    assert_eq!(asked, format!("{release}/simplex-chat-libs-macos-aarch64.zip"));
}

#[cfg(unix)]
#[test]
fn a_mirror_of_the_environment_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let name = "download::tests::processes::a_mirror_of_the_environment_that_is_no_text_is_refused";
    if std::env::var_os(LIBS_MIRROR).is_none_or(|mirror| mirror.to_str().is_some()) {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", name]).env(LIBS_MIRROR, std::ffi::OsStr::from_bytes(b"https://127.0.0.1:1/\xff"));
        return assert!(child.stdout(std::process::Stdio::null()).status().unwrap().success());
    }
    let cache = tempfile::tempdir().unwrap();
    let source = LibSource::default().cache(cache.path());
    assert!(matches!(Fetch::new(&source, cache.path()), Err(LocateError::Mirror { .. })));
}

/// The system refuses to write more to a file than its limit, as it does when the disk is full.
#[cfg(unix)]
#[test]
fn what_a_full_disk_stopped_is_gone_on_with_when_there_is_room() {
    if let Ok(arguments) = std::env::var(CHILD) {
        let (cache, mirror) = arguments.split_once(' ').unwrap();
        let source = LibSource::default().platform("linux-x86_64").version("0.0.1").cache(cache).mirror(mirror);
        let error = fetch(&source).unwrap_err();
        return assert!(error.to_string().contains("is there room"), "{error}");
    }
    let name = "download::tests::processes::what_a_full_disk_stopped_is_gone_on_with_when_there_is_room";
    // There is no room for an archive, or for what comes out of it.
    for (archive, library) in [(archive(&library()), library()), (zeros(), vec![0; 4 << 20])] {
        let cache = tempfile::tempdir().unwrap();
        let server = Server::start(archive, vec![]);
        let status = std::process::Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f 1000; exec \"$0\" --exact \"$1\""])
            .args([std::env::current_exe().unwrap().as_os_str(), name.as_ref()])
            .env(CHILD, format!("{} {}", cache.path().display(), server.address))
            .stdout(std::process::Stdio::null())
            .status();
        assert!(status.unwrap().success());
        let source = source(&server, cache.path());
        let part = size(&source.cache_folder().unwrap().with_file_name("sqlite.zip.part"));
        assert!(!source.cache_folder().unwrap().with_file_name("sqlite.new").exists());
        assert_eq!(std::fs::read(fetch(&source).unwrap().0).unwrap(), library);
        assert_eq!(server.requests(), [GET.to_owned(), format!("{GET} bytes={part}-")]);
    }
}

/// An archive that is far smaller than the library in it.
#[cfg(unix)]
fn zeros() -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut out);
    zip.start_file("libs/libsimplex.so", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(&vec![0; 4 << 20]).unwrap();
    zip.finish().unwrap();
    out.into_inner()
}

/// Not a test by itself: the processes that other tests start run it.
#[test]
fn child_process() {
    let Ok(arguments) = std::env::var(CHILD) else { return };
    let (cache, mirror) = arguments.split_once(' ').unwrap();
    let source = LibSource::default().platform("linux-x86_64").version("0.0.1").cache(cache).mirror(mirror);
    assert_eq!(std::fs::read(fetch(&source).unwrap().0).unwrap(), library());
}

fn child_of(cache: &Path, server: &Server) -> std::process::Command {
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", "download::tests::processes::child_process"])
        .env(CHILD, format!("{} {}", cache.display(), server.address))
        .stdout(std::process::Stdio::null());
    child
}

#[test]
fn ten_processes_at_once_fetch_once() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), vec![]);
    let children: Vec<_> = (0..10).map(|_| child_of(cache.path(), &server).spawn().unwrap()).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(server.requests(), [GET]);
}

#[test]
fn what_a_killed_process_began_the_next_one_ends() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start(archive(&library()), vec![Reply::Stall(100_000)]);
    let mut child = child_of(cache.path(), &server).spawn().unwrap();
    let folder = source(&server, cache.path()).cache_folder().unwrap();
    while size(&folder.with_file_name("sqlite.zip.part")) < 100_000 {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(child_of(cache.path(), &server).status().unwrap().success());
    assert_eq!(server.requests(), [GET.to_owned(), format!("{GET} bytes=100000-")]);
}
