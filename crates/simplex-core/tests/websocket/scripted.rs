//! A CLI whose behaviour a test writes.

use std::io::ErrorKind;

use futures_util::{SinkExt, StreamExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use crate::SOON;

/// What a test tells the CLI to do, beside answering.
pub(crate) enum Order {
    /// Sends a text.
    Say(String),
    /// Sends a close frame and ends the connection.
    Close,
    /// Sends a close frame, and leaves the connection as it is.
    HalfClose,
    /// Ends the connection without a word.
    Drop,
    /// Neither reads nor writes from here on.
    Freeze,
}

pub(crate) struct FakeCli {
    pub(crate) url: String,
    orders: mpsc::Sender<Order>,
    pub(crate) commands: mpsc::Receiver<String>,
    _tasks: JoinSet<()>,
}

impl FakeCli {
    pub(crate) async fn start() -> Self {
        Self::at(0).await
    }

    pub(crate) async fn at(port: u16) -> Self {
        // Of a process that ends, connections may be gone a moment before the port is free.
        let free = async {
            loop {
                match TcpListener::bind(("127.0.0.1", port)).await {
                    Err(error) if error.kind() == ErrorKind::AddrInUse => tokio::task::yield_now().await,
                    bound => return bound.unwrap(),
                }
            }
        };
        let listener = timeout(SOON, free).await.unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        let (orders, mut queue) = mpsc::channel(64);
        let (said, commands) = mpsc::channel(1024);
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                if let Ok(socket) = tokio_tungstenite::accept_async(stream).await {
                    serve(socket, &mut queue, &said).await;
                }
            }
        });
        Self { url, orders, commands, _tasks: tasks }
    }

    pub(crate) async fn order(&self, order: Order) {
        self.orders.send(order).await.unwrap();
    }

    pub(crate) async fn event(&self, tag: &str) {
        self.order(Order::Say(format!(r#"{{"resp":{{"type":"{tag}"}}}}"#))).await;
    }

    /// The next command that was received.
    pub(crate) async fn command(&mut self) -> String {
        timeout(SOON, self.commands.recv()).await.unwrap().unwrap()
    }
}

/// Answers `/u` and `/version`, reads nothing from `/busy` to the next order, echoes events that are ordered, and keeps
/// silent on the rest.
async fn serve(
    mut socket: WebSocketStream<TcpStream>,
    orders: &mut mpsc::Receiver<Order>,
    said: &mpsc::Sender<String>,
) {
    loop {
        tokio::select! {
            message = socket.next() => {
                let Some(Ok(message)) = message else { return };
                let Ok(text) = message.to_text() else { continue };
                let Ok(request) = serde_json::from_str::<serde_json::Value>(text) else { continue };
                let (id, command) = (request["corrId"].as_str().unwrap(), request["cmd"].as_str().unwrap());
                let answer = match command {
                    "/version" => r#"{"type":"versionInfo"}"#,
                    "/busy" => r#"{"type":"cmdOk"}"#,
                    "/u" => r#"{"type":"activeUser","user":{"userId":1}}"#,
                    "/fail" => r#"{"type":"chatCmdError","chatError":{"type":"error","errorType":{"type":"noActiveUser"}}}"#,
                    _ => "",
                };
                if command != "/version" {
                    said.send(command.to_owned()).await.unwrap();
                }
                if command == "/busy" {
                    orders.recv().await;
                }
                if !answer.is_empty() {
                    let text = format!(r#"{{"corrId":"{id}","resp":{answer}}}"#);
                    if socket.send(Message::text(text)).await.is_err() {
                        return;
                    }
                }
            }
            order = orders.recv() => match order {
                Some(Order::Say(text)) => socket.send(Message::text(text)).await.unwrap(),
                Some(Order::Close) => {
                    socket.close(None).await.ok();
                    return;
                }
                Some(Order::Drop) => return,
                Some(order @ (Order::Freeze | Order::HalfClose)) => {
                    if matches!(order, Order::HalfClose) {
                        socket.send(Message::Close(None)).await.unwrap();
                    }
                    // Until the client gives up; its bytes are not read as messages, so no ping is answered.
                    let mut stream = socket.into_inner();
                    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await.ok();
                    return;
                }
                None => std::future::pending().await,
            },
        }
    }
}
