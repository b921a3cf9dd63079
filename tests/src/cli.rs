//! A core behind a WebSocket, like the CLI: it runs one command after another, sends answers with their `corrId` and
//! events without one, and calls errors `chatCmdError` in answers and `chatError` in events.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use simplex_bot::core::{ChatCore, CoreEvent, Frame, FrameOutcome, Request};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;

/// Serves the core at a local address, until the set is dropped.
pub async fn serve(core: Arc<dyn ChatCore>) -> (String, JoinSet<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("ws://{}", listener.local_addr().expect("an address"));
    let mut tasks = JoinSet::new();
    tasks.spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.expect("a client");
            let Ok(socket) = tokio_tungstenite::accept_async(stream).await else { continue };
            let (mut sink, mut stream) = socket.split();
            let (commands, mut queue) = mpsc::channel::<(String, String)>(1024);
            let read = async {
                while let Some(Ok(message)) = stream.next().await {
                    let Ok(request) = serde_json::from_str::<serde_json::Value>(message.to_text().unwrap_or_default())
                    else {
                        continue;
                    };
                    let part = |key: &str| request[key].as_str().unwrap_or_default().to_owned();
                    commands.send((part("corrId"), part("cmd"))).await.ok();
                }
            };
            let (texts, mut outgoing) = mpsc::channel::<String>(1024);
            let answer = async {
                while let Some((id, command)) = queue.recv().await {
                    let request = Request::new(command).expect("a command").with_timeout(Duration::from_secs(3600));
                    let Ok(frame) = core.send(request).await else { return };
                    texts.send(text(&frame, Some(&id))).await.ok();
                }
            };
            let events = async {
                while let Some(event) = core.recv().await {
                    if let CoreEvent::Frame(frame) = event {
                        texts.send(text(&frame, None)).await.ok();
                    }
                }
            };
            let write = async {
                while let Some(text) = outgoing.recv().await {
                    if sink.send(Message::text(text)).await.is_err() {
                        return;
                    }
                }
            };
            tokio::select! {
                () = read => {}
                () = answer => {}
                () = events => {}
                () = write => {}
            }
        }
    });
    (url, tasks)
}

fn text(frame: &Frame, id: Option<&str>) -> String {
    let error = if id.is_some() { "chatCmdError" } else { "chatError" };
    let id = id.map_or(String::new(), |id| format!(r#""corrId":"{id}","#));
    match frame.outcome() {
        FrameOutcome::Error => format!(r#"{{{id}"resp":{{"type":"{error}","chatError":{}}}}}"#, frame.body()),
        _ => format!(r#"{{{id}"resp":{}}}"#, frame.body()),
    }
}
