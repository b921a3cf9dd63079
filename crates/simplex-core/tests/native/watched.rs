//! Which threads call the library and when, and what takes too long.

use std::collections::HashSet;
use std::path::Path;
use std::thread::ThreadId;

use simplex_core::native::lib::{Bytes, CallError, Controller, CoreLib, CryptoArgs, FileError, OpenError};

use super::*;

type Receive = dyn Fn(Duration) -> Result<Option<Bytes>, CallError> + Send + Sync;

/// A scripted library whose receiving a test writes too, and whose opening and writing of files wait at a gate. It knows
/// which threads called it and have not said that they are done.
#[derive(Clone)]
struct Watched {
    lib: MockLib,
    gate: Gate,
    receive: Arc<Receive>,
    receiving: Arc<AtomicBool>,
    threads: Arc<Mutex<HashSet<ThreadId>>>,
}

impl Watched {
    fn new(receive: impl Fn(Duration) -> Result<Option<Bytes>, CallError> + Send + Sync + 'static) -> Self {
        let (lib, receive) = (MockLib::ok(), Arc::new(receive));
        Self { lib, gate: Gate::default(), receive, receiving: Arc::default(), threads: Arc::default() }
    }

    fn called(&self) {
        self.threads.lock().unwrap().insert(std::thread::current().id());
    }
}

impl std::fmt::Debug for Watched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watched")
    }
}

impl CoreLib for Watched {
    fn open(&self, db: &Db, confirm: Confirm) -> Result<Arc<dyn Controller>, OpenError> {
        self.called();
        self.gate.wait();
        self.lib.open(db, confirm)?;
        Ok(Arc::new(self.clone()))
    }
    fn read_file(&self, path: &Path, args: &CryptoArgs) -> Result<Bytes, FileError> {
        self.lib.read_file(path, args)
    }
    fn decrypt_file(&self, from: &Path, args: &CryptoArgs, to: &Path) -> Result<(), FileError> {
        self.lib.decrypt_file(from, args, to)
    }
    fn thread_done(&self) {
        assert!(self.threads.lock().unwrap().remove(&std::thread::current().id()));
    }
}

impl Controller for Watched {
    fn send_cmd(&self, command: &str) -> Result<Bytes, CallError> {
        self.called();
        self.lib.send_cmd(command)
    }
    fn recv_msg_wait(&self, wait: Duration) -> Result<Option<Bytes>, CallError> {
        self.called();
        self.receiving.store(true, Ordering::SeqCst);
        let received = (self.receive)(wait);
        self.receiving.store(false, Ordering::SeqCst);
        received
    }
    fn close_store(&self) -> Result<(), CallError> {
        if self.receiving.load(Ordering::SeqCst) {
            return Err(CallError::Receiving);
        }
        self.lib.close_store()
    }
    fn write_file(&self, path: &Path, data: &[u8]) -> Result<CryptoArgs, FileError> {
        self.called();
        self.gate.wait();
        self.lib.write_file(path, data)
    }
    fn encrypt_file(&self, from: &Path, to: &Path) -> Result<CryptoArgs, FileError> {
        self.lib.encrypt_file(from, to)
    }
}

async fn watch(lib: &Watched) -> NativeCore {
    lib.gate.open();
    NativeCore::open(lib.clone(), Db::sqlite("unused"), Confirm::YesUp, NativeOptions::default()).await.unwrap()
}

fn nothing() -> Result<Option<Bytes>, CallError> {
    std::thread::sleep(Duration::from_millis(20));
    Ok(None)
}

#[tokio::test]
async fn the_library_is_told_of_the_end_of_each_thread_and_not_closed_under_the_receiver() {
    let lib = Watched::new(|_| nothing());
    let core = watch(&lib).await;
    core.send(request("/u")).await.unwrap();
    core.send(request("/u").with_urgency(Urgency::Control)).await.unwrap();
    assert!(lib.threads.lock().unwrap().len() > 1);
    core.close(SOON).await.unwrap();
    assert!(lib.threads.lock().unwrap().is_empty(), "{:?}", lib.threads);
}

#[tokio::test]
async fn an_opening_that_takes_too_long_is_given_up_and_closed_when_it_is_done() {
    let lib = Watched::new(|_| nothing());
    let mut options = NativeOptions::default();
    options.open_timeout = Duration::from_millis(20);
    let opened = NativeCore::open(lib.clone(), Db::sqlite("unused"), Confirm::YesUp, options);
    let opened = tokio::time::timeout(SOON, opened).await.unwrap();
    assert!(matches!(opened, Err(OpenError::Timeout(_))), "{opened:?}");
    lib.gate.open();
    let closed = async {
        while lib.lib.calls() != ["open", "/_stop", "close"] {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(SOON, closed).await.unwrap();
}

#[tokio::test]
async fn a_file_that_takes_too_long_has_no_answer() {
    let folder = tempfile::tempdir().unwrap();
    let lib = Watched::new(|_| nothing());
    lib.gate.open();
    let mut options = NativeOptions::default();
    options.command_timeout = Duration::from_millis(20);
    let core = NativeCore::open(lib.clone(), Db::sqlite("unused"), Confirm::YesUp, options).await.unwrap();
    lib.gate.shut();
    let written = core.write_file(folder.path().join("a"), Bytes::from_static(b"data"));
    let written = tokio::time::timeout(SOON, written).await.unwrap();
    assert!(matches!(written, Err(FileError::NoAnswer { .. })), "{written:?}");
    lib.gate.open();
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn an_event_is_told_before_the_next_is_waited_for() {
    let gate = Gate::default();
    let door = gate.clone();
    let calls = AtomicUsize::new(0);
    let lib = Watched::new(move |wait| match calls.fetch_add(1, Ordering::SeqCst) {
        0..3 => Ok(Some(Bytes::from_static(b"{\"result\":{\"type\":\"one\"}}"))),
        _ if wait < Duration::from_millis(10) => Ok(None),
        _ => {
            door.wait();
            nothing()
        }
    });
    let core = watch(&lib).await;
    for _ in 0..3 {
        let told = tokio::time::timeout(Duration::from_secs(2), core.recv()).await;
        if told.is_err() {
            gate.open();
        }
        assert!(matches!(told, Ok(Some(CoreEvent::Frame(_)))), "{told:?}");
    }
    gate.open();
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn the_consumer_is_told_of_the_end_of_receiving() {
    let core = watch(&Watched::new(|_| panic!("a broken library"))).await;
    assert!(matches!(event(&core).await, CoreEvent::Disconnected { .. }));
    assert!(core.recv().await.is_none());
    let core = watch(&Watched::new(|_| Err(CallError::Closed))).await;
    assert!(tokio::time::timeout(SOON, core.recv()).await.unwrap().is_none());
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_library_that_gives_nothing_is_not_asked_without_a_pause() {
    let calls = Arc::new(AtomicUsize::new(0));
    let asked = calls.clone();
    let lib = Watched::new(move |_| {
        asked.fetch_add(1, Ordering::SeqCst);
        Err(CallError::Null { function: "chat_recv_msg_wait" })
    });
    let core = watch(&lib).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    core.close(SOON).await.unwrap();
    // After 1 ms, 2 ms, 3 ms, …
    let calls = calls.load(Ordering::SeqCst);
    assert!((1..1000).contains(&calls), "{calls} times");
}

#[tokio::test]
async fn the_receiver_of_an_abandoned_core_ends() {
    let stop = Gate::default();
    let (door, receiver) = (stop.clone(), Arc::new(Mutex::new(None)));
    let seen = receiver.clone();
    let mut lib = Watched::new(move |_| {
        *seen.lock().unwrap() = Some(std::thread::current().id());
        nothing()
    });
    lib.lib = MockLib::new(move |_| {
        door.wait();
        None
    });
    let core = watch(&lib).await;
    while receiver.lock().unwrap().is_none() {
        tokio::task::yield_now().await;
    }
    assert!(matches!(core.close(Duration::from_millis(50)).await, Err(CoreError::Timeout { .. })));
    let ended = async {
        let receiver = receiver.lock().unwrap().unwrap();
        while lib.threads.lock().unwrap().contains(&receiver) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(SOON, ended).await.unwrap();
    stop.open();
}

#[derive(Debug)]
struct Broken;

impl CoreLib for Broken {
    fn open(&self, _: &Db, _: Confirm) -> Result<Arc<dyn Controller>, OpenError> {
        panic!("a broken library");
    }
    fn read_file(&self, _: &Path, _: &CryptoArgs) -> Result<Bytes, FileError> {
        panic!("a broken library");
    }
    fn decrypt_file(&self, _: &Path, _: &CryptoArgs, _: &Path) -> Result<(), FileError> {
        panic!("a broken library");
    }
}

#[tokio::test]
async fn a_panic_of_the_library_in_opening_is_an_error() {
    let opened = NativeCore::open(Broken, Db::sqlite("unused"), Confirm::YesUp, NativeOptions::default()).await;
    assert_eq!(opened.unwrap_err().to_string(), "the thread that opens the database failed: it died");
}
