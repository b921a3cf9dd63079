//! The server that downloads are tested with.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

/// What the server does with one request.
#[derive(Debug, Clone)]
pub(super) enum Reply {
    /// The file, or the part that was asked for.
    Good,
    /// The whole file, whatever part was asked for.
    Whole,
    /// The head and this many bytes, then the connection is closed.
    Cut(usize),
    /// The head and this many bytes, then nothing until the client disconnects.
    Stall(usize),
    /// The head, then a byte now and then while the client stays connected.
    Drip,
    /// Only a status.
    Status(u16),
    /// Another address on this server.
    Redirect(&'static str),
    /// Another file.
    Other(Vec<u8>),
    /// A part of a file of unknown length; the part's own length is the largest number.
    Endless,
}

pub(super) struct Server {
    pub(super) address: String,
    /// How long to wait for this server: where it stalls, that is the test's time, elsewhere a busy machine's.
    pub(super) patience: Duration,
    requests: Arc<Mutex<Vec<String>>>,
    stop: mpsc::Sender<()>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves `file`: each request gets the next of `replies`, and the file when there are no more.
    pub(super) fn start(file: Vec<u8>, replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = mpsc::channel();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = requests.clone();
        let stalls = replies.iter().any(|reply| matches!(reply, Reply::Stall(_) | Reply::Drip));
        let patience = Duration::from_millis(if stalls { 500 } else { 10_000 });
        let mut replies = replies.into_iter();
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.try_recv().is_ok() {
                    return;
                }
                serve(stream.unwrap(), &file, &log, &mut replies).ok();
            }
        });
        Self { address, patience, requests, stop, thread: Some(thread) }
    }

    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.send(()).ok();
        TcpStream::connect(self.address.trim_start_matches("http://")).ok();
        self.thread.take().unwrap().join().unwrap();
    }
}

fn serve(
    stream: TcpStream,
    file: &[u8],
    log: &Mutex<Vec<String>>,
    replies: &mut impl Iterator<Item = Reply>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        if line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    let header = |name: &str| {
        lines.iter().find_map(|line| line.to_lowercase().strip_prefix(&format!("{name}: ")).map(str::to_owned))
    };
    let range = header("range");
    log.lock().unwrap().push(format!("{} {}", lines[0], range.clone().unwrap_or_default()).trim().to_owned());
    let mut start: usize =
        range.and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()).unwrap_or(0);
    let reply = replies.next().unwrap_or(Reply::Good);
    let mut out = stream;
    let head = |status: &str, rest: &str| format!("HTTP/1.1 {status}\r\nConnection: close\r\n{rest}\r\n");
    let (file, cut) = match &reply {
        Reply::Status(status) => {
            return out.write_all(head(&format!("{status} Status"), "Content-Length: 0\r\n").as_bytes());
        }
        Reply::Redirect(to) => {
            let rest = format!("Location: {to}\r\nContent-Length: 0\r\n");
            return out.write_all(head("302 Found", &rest).as_bytes());
        }
        Reply::Endless => {
            let rest = format!("Content-Length: {}\r\nContent-Range: bytes {start}-/*\r\n", u64::MAX);
            return out.write_all(head("206 Partial Content", &rest).as_bytes());
        }
        Reply::Good => (file, usize::MAX),
        Reply::Drip => (file, 0),
        Reply::Whole => {
            start = 0;
            (file, usize::MAX)
        }
        Reply::Cut(cut) | Reply::Stall(cut) => (file, *cut),
        Reply::Other(other) => (&other[..], usize::MAX),
    };
    if start >= file.len() && start > 0 {
        let rest = format!("Content-Range: bytes */{}\r\nContent-Length: 0\r\n", file.len());
        return out.write_all(head("416 Range Not Satisfiable", &rest).as_bytes());
    }
    let body = &file[start..];
    let mut rest = format!("Content-Length: {}\r\n", body.len());
    let mut status = "200 OK";
    if start > 0 {
        status = "206 Partial Content";
        rest += &format!("Content-Range: bytes {start}-{}/{}\r\n", file.len() - 1, file.len());
    }
    out.write_all(head(status, &rest).as_bytes())?;
    out.write_all(&body[..cut.min(body.len())])?;
    if matches!(reply, Reply::Drip) {
        for byte in body {
            out.write_all(&[*byte])?;
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    if matches!(reply, Reply::Stall(_)) {
        // Until the client disconnects.
        let _gone = out.read(&mut [0])?;
    }
    Ok(())
}
