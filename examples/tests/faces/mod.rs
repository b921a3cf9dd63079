//! The three faces that every example is tested on: cores simulated in this process, those of a loaded library, and
//! CLIs behind WebSockets.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use simplex_bot::core::ChatCore;
use simplex_bot::core::native::lib::Db;
use simplex_bot::core::native::{Confirm, LibSource, NativeCore, NativeOptions, RuntimeOptions, load};
use simplex_bot::core::websocket::{WebSocketCore, WebSocketOptions};
use simplex_bot::testing::{Cores, TestNetwork};
use simplex_e2e::simulated_library;
use simplex_sim::{Settings, SimNetwork, serve_websocket};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::task::JoinSet;

/// For closing what is opened again.
const CLOSE: Duration = Duration::from_secs(10);

/// Cores of the simulated library, loaded as the real one is; all databases of this process are on one network.
struct Native {
    folder: TempDir,
    open: Mutex<HashMap<String, Arc<dyn ChatCore>>>,
}

#[async_trait]
impl Cores for Native {
    async fn open(&self, name: &str) -> Arc<dyn ChatCore> {
        let mut open = self.open.lock().await;
        if let Some(before) = open.remove(name) {
            before.close(CLOSE).await.expect("a closed core");
        }
        let library = load(LibSource::path(simulated_library()), RuntimeOptions::default(), |_| {}).await;
        let db = Db::sqlite(self.folder.path().join(name.replace(' ', "_")));
        let core = NativeCore::open(library.expect("a library"), db, Confirm::YesUp, NativeOptions::default()).await;
        let core: Arc<dyn ChatCore> = Arc::new(core.expect("an open core"));
        open.insert(name.to_owned(), Arc::clone(&core));
        core
    }
}

/// Simulated CLIs, each with its user and its own socket, as `sim-serve` has one.
struct WebSocket {
    network: SimNetwork,
    served: Mutex<(HashMap<String, Served>, JoinSet<()>)>,
}

struct Served {
    url: String,
    core: Arc<dyn ChatCore>,
}

#[async_trait]
impl Cores for WebSocket {
    async fn open(&self, name: &str) -> Arc<dyn ChatCore> {
        let (served, tasks) = &mut *self.served.lock().await;
        let url = match served.remove(name) {
            Some(before) => {
                before.core.close(CLOSE).await.expect("a closed connection");
                before.url
            }
            None => {
                let core = self.network.open(name, "").expect("a database without a key");
                let user = name.split_once(' ').map_or(name, |(_, name)| name);
                let profile =
                    serde_json::json!({"profile": {"displayName": user, "fullName": ""}, "pastTimestamp": false});
                core.raw(&format!("/_create user {profile}"));
                core.raw("/_start main=on");
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
                let url = format!("ws://{}", listener.local_addr().expect("an address"));
                tasks.spawn(async move { serve_websocket(listener, core).await.expect("a served socket") });
                url
            }
        };
        let core = WebSocketCore::connect(&url, WebSocketOptions::default()).await.expect("a connection");
        let core: Arc<dyn ChatCore> = Arc::new(core);
        served.insert(name.to_owned(), Served { url, core: Arc::clone(&core) });
        core
    }
}

pub fn native() -> TestNetwork {
    TestNetwork::over(Native { folder: tempfile::tempdir().expect("a folder"), open: Mutex::default() })
}

pub fn websocket() -> TestNetwork {
    TestNetwork::over(WebSocket { network: SimNetwork::new(Settings::default()), served: Mutex::default() })
}

/// Makes of each function three tests: on time of its own, and on real time twice.
macro_rules! on_three_faces {
    ($($test:ident,)*) => {
        mod simulated {
            $(#[simplex_bot::test]
            async fn $test() {
                super::$test(simplex_bot::testing::TestNetwork::new()).await;
            })*
        }
        crate::faces::on_three_faces!(native: $($test)*);
        crate::faces::on_three_faces!(websocket: $($test)*);
    };
    ($face:ident: $($test:ident)*) => {
        mod $face {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test(crate::faces::$face()).await;
            })*
        }
    };
}
pub(crate) use on_three_faces;
