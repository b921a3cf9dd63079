//! What a bot tells of itself in spans. Alone in its process: what a thread of another test has no subscriber for, tracing
//! may take to be of interest to nobody.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod scripted;

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use simplex_bot::Retry;
use simplex_bot::core::mock::MockCore;
use simplex_bot::core::{CoreEvent, Frame};
use simplex_bot::prelude::*;
use tokio::time::{sleep, timeout};

use scripted::{answer, message};

const SOON: Duration = Duration::from_secs(10);

/// What a subscriber writes.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        io::Write::write(&mut *self.0.lock().unwrap(), bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_handled_message_has_a_span_that_says_which_and_never_what_was_written() {
    async fn noting(_: TextMessage) -> Result<(), &'static str> {
        tokio::task::yield_now().await;
        tracing::info!("noted");
        Err("no good")
    }
    let written = Written::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let core = MockCore::new(answer);
    let bot = Bot::new("bot").core(Arc::new(core.clone())).retry(Retry::never());
    let running = bot.nest(Router::new().on(text(), noting)).start().await.unwrap();
    core.push(CoreEvent::Frame(Frame::parse(message(4, 7, "a secret"))));
    timeout(SOON, async {
        while running.handle().health().unwrap().given_up == 0 {
            sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .unwrap();
    running.stop().await.unwrap();
    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    let noted = log.lines().find(|line| line.ends_with("noted")).unwrap();
    assert!(noted.contains("message{chat=@4 item=7 handler=\"spans::") && noted.contains("noting"), "{noted}");
    let failed = log.lines().find(|line| line.contains("ERROR") && line.contains("no good")).unwrap();
    assert!(failed.contains("chat=@4 item=7 handler=\"spans::"), "{failed}");
    assert!(!log.contains("a secret"));
}
