//! Serving a network to other processes, over loopback: as a WebSocket that speaks like the CLI's, and as a hub that
//! several processes with the loadable library share.
//!
//! The hub's protocol is line-based: a JSON array goes in, one line comes back. `["open",prefix,key]` returns
//! `["ok",core]` or `["wrongKey"]`; the connection that sent it owns the core: when the connection ends, the core is
//! killed, as if its process were. `["send",core,command]` returns the answer, `["recv",core,microseconds]` an event or
//! an empty line, `["close",core]` and `["reopen",core]` an empty line.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;

use super::inproc::{SimCore, SimNetwork};
use crate::json::{Js, Json};
use crate::state::CoreId;

/// The longest line that the hub accepts, in bytes.
const LINE: u64 = 64 << 20;

/// Serves one core like the CLI does: `{"corrId","cmd"}` in, `{"corrId","resp"}` out, events without `corrId`.
/// Commands of one client run one after another, and all clients share one event queue. Returns after `/_stop`.
///
/// # Errors
/// If the listener fails.
pub async fn serve_websocket(listener: TcpListener, core: SimCore) -> io::Result<()> {
    let core = Arc::new(core);
    let mut clients = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (stream, _) = accepted?;
                clients.spawn(client(stream, core.clone()));
            }
            Some(ended) = clients.join_next() => {
                if matches!(ended, Ok(Ended::Stop)) {
                    return Ok(());
                }
            }
        }
    }
}

enum Ended {
    Gone,
    Stop,
}

async fn client(stream: TcpStream, core: Arc<SimCore>) -> Ended {
    let Ok(socket) = tokio_tungstenite::accept_async(stream).await else { return Ended::Gone };
    let (mut out, mut input) = socket.split();
    // What the client sent before its last command was answered.
    let mut ahead = None;
    loop {
        let message = match ahead.take() {
            Some(message) => message,
            None => tokio::select! {
                message = input.next() => message,
                event = core.next_event() => {
                    if tell(&mut out, event).await.is_none() {
                        return Ended::Gone;
                    }
                    continue;
                }
            },
        };
        let text = match message {
            Some(Ok(Message::Text(t))) => t.to_string(),
            // Like the CLI, reads the content of a binary frame as text.
            Some(Ok(Message::Binary(b))) => String::from_utf8_lossy(&b).into_owned(),
            Some(Ok(Message::Close(_)) | Err(_)) | None => return Ended::Gone,
            Some(Ok(_)) => continue,
        };
        let request = Json::parse(&text);
        let fields = request.as_ref().and_then(|r| Some((r.get("corrId")?.str()?, r.get("cmd")?.str()?)));
        let Some((id, command)) = fields else {
            let invalid = r#"{"resp":{"type":"chatCmdError","chatError":{"type":"error","errorType":{"type":"commandError","message":"invalid request"}}}}"#;
            if out.send(Message::text(invalid)).await.is_err() {
                return Ended::Gone;
            }
            continue;
        };
        if matches!(command, "/quit" | "/q" | "/exit") {
            let _ = out.close().await;
            return Ended::Gone;
        }
        let answer = core.answer(command);
        tokio::pin!(answer);
        let answer = loop {
            // A core whose queue of events is full answers only once they are taken.
            tokio::select! {
                biased;
                answer = &mut answer => break answer,
                message = input.next(), if ahead.is_none() => match message {
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return Ended::Gone,
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    more => ahead = Some(more),
                },
                event = core.next_event() => {
                    if tell(&mut out, event).await.is_none() {
                        return Ended::Gone;
                    }
                }
            }
        };
        // On this command the CLI exits without an answer.
        if command == "/_stop" {
            let _ = out.close().await;
            return Ended::Stop;
        }
        if out.send(Message::text(frame(Some(id), &answer))).await.is_err() {
            return Ended::Gone;
        }
    }
}

/// Hands an event to the client; `None` once there are no more, or the client is gone.
async fn tell(out: &mut (impl SinkExt<Message> + Unpin), event: Option<Arc<str>>) -> Option<()> {
    out.send(Message::text(frame(None, &event?))).await.ok()
}

/// An envelope in the CLI's frame.
fn frame(id: Option<&str>, envelope: &str) -> String {
    let mut j = Js::with_capacity(envelope.len() + 32);
    j.obj().opt_str("corrId", id);
    if let Some(body) = envelope.strip_prefix(r#"{"result":"#).and_then(|b| b.strip_suffix('}')) {
        j.raw("resp", body);
    } else if let Some(body) = envelope.strip_prefix(r#"{"error":"#).and_then(|b| b.strip_suffix('}')) {
        let tag = if id.is_some() { "chatCmdError" } else { "chatError" };
        j.key("resp").obj().tag(tag).raw("chatError", body).end();
    }
    j.end();
    j.done()
}

/// Serves a whole network to other processes with the loadable library, until the listener fails.
///
/// # Errors
/// If the listener fails.
pub async fn serve_hub(listener: TcpListener, network: SimNetwork) -> io::Result<()> {
    let mut clients = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (stream, _) = accepted?;
                let network = network.clone();
                clients.spawn(async move {
                    let mut held = None;
                    let _ = hub_client(stream, &network, &mut held).await;
                    // Another process may have the database by now.
                    if let Some((core, opening)) = held {
                        network.with(|n| {
                            if n.opening(core) == opening {
                                n.crash(core);
                            }
                        });
                    }
                });
            }
            Some(_) = clients.join_next() => {}
        }
    }
}

/// The core that a connection holds, and the opening that it made.
type Held = Option<(CoreId, Option<u64>)>;

async fn hub_client(stream: TcpStream, network: &SimNetwork, held: &mut Held) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let (input, mut out) = stream.into_split();
    let mut input = BufReader::new(input);
    let mut line = String::new();
    loop {
        line.clear();
        if tokio::io::AsyncReadExt::take(&mut input, LINE).read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let request = Json::parse(line.trim_end());
        let Some(parts) = request.as_ref().and_then(Json::arr) else { return Ok(()) };
        let text = |n: usize| parts.get(n).and_then(Json::str).unwrap_or_default();
        let core = || parts.get(1).and_then(Json::int).and_then(|n| CoreId::try_from(n).ok()).unwrap_or(CoreId::MAX);
        let mut answer = match text(0) {
            "open" => match network.with(|n| n.open(text(1), text(2)).map(|core| (core, n.opening(core)))) {
                Ok((core, opening)) => {
                    *held = Some((core, opening));
                    format!(r#"["ok",{core}]"#)
                }
                Err(_) => r#"["wrongKey"]"#.to_owned(),
            },
            "send" => network.core(core()).answer(text(2)).await,
            "recv" => {
                let micros = parts.get(2).and_then(Json::int).and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
                let core = network.core(core());
                tokio::time::timeout(Duration::from_micros(micros), core.next_event())
                    .await
                    .ok()
                    .flatten()
                    .map(|e| e.to_string())
                    .unwrap_or_default()
            }
            "close" => {
                network.with(|n| n.close(core()));
                String::new()
            }
            "reopen" => {
                network.with(|n| n.reopen(core()));
                String::new()
            }
            _ => return Ok(()),
        };
        answer.push('\n');
        out.write_all(answer.as_bytes()).await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{EVENT_QUEUE, Settings};

    /// Two people who are connected; each has the other as contact 4.
    fn pair() -> [SimCore; 2] {
        let network = SimNetwork::new(Settings::default());
        let [alice, bob] = ["alice", "bob"].map(|name| {
            let core = network.open(name, "").unwrap();
            let profile = format!(r#"{{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#);
            core.raw(&format!("/_create user {profile}"));
            core.raw("/_start main=on");
            core
        });
        let invitation = alice.raw("/_connect 1");
        let invitation = Json::parse(&invitation).unwrap();
        let link = invitation.get("result").and_then(|r| r.get("connLinkInvitation")).unwrap();
        bob.raw(&format!("/_connect 1 {}", link.get("connFullLink").and_then(Json::str).unwrap()));
        [alice, bob]
    }

    async fn ask(stream: &mut BufReader<TcpStream>, line: &str) -> String {
        stream.get_mut().write_all(format!("{line}\n").as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_line(&mut answer).await.unwrap();
        answer.trim_end().to_owned()
    }

    #[test]
    fn a_client_gets_the_events_that_keep_its_command_from_being_answered() {
        /// So many messages wait for room: the queue is full again after each event that is taken.
        const MORE: usize = 1000;
        // It looks for input after every poll of a task, so that the command meets a full queue.
        let runtime = tokio::runtime::Builder::new_current_thread().event_interval(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let [alice, bob] = pair();
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("ws://{}", listener.local_addr().unwrap());
            let served = tokio::spawn(serve_websocket(listener, bob));
            let (mut client, _) = tokio_tungstenite::connect_async(url).await.unwrap();
            client.send(Message::text(r#"{"corrId":"1","cmd":"@alice hi"}"#)).await.unwrap();
            for n in 0..EVENT_QUEUE + MORE {
                assert!(alice.raw(&format!("@bob {n}")).contains("newChatItems"));
                while alice.try_event().is_some() {}
            }
            let mut events = 0;
            let answered = async {
                while let Some(frame) = client.next().await {
                    if frame.unwrap().to_text().unwrap().starts_with(r#"{"corrId":"1","resp":{"type":"newChatItems""#) {
                        return;
                    }
                    events += 1;
                }
            };
            tokio::time::timeout(Duration::from_secs(20), answered).await.unwrap();
            assert!(events > MORE, "it was answered before there was room: {events}");
            served.abort();
        });
    }

    #[tokio::test]
    async fn the_end_of_a_process_does_not_kill_the_next_one_with_its_database() {
        let network = SimNetwork::new(Settings::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let served = tokio::spawn(serve_hub(listener, network.clone()));
        let connect = async || BufReader::new(TcpStream::connect(address).await.unwrap());
        let (mut first, mut second) = (connect().await, connect().await);
        for process in [&mut first, &mut second] {
            assert_eq!(ask(process, r#"["open","bot",""]"#).await, r#"["ok",0]"#);
        }
        let user = r#"["send",0,"/_create user {\"profile\":null,\"pastTimestamp\":false}"]"#;
        assert!(ask(&mut second, user).await.contains("activeUser"));
        assert!(ask(&mut second, r#"["send",0,"/_start main=on"]"#).await.contains("chatStarted"));
        // Nothing is awaited between the end of the stream and what the hub makes of it.
        first.get_mut().shutdown().await.unwrap();
        assert_eq!(first.read_line(&mut String::new()).await.unwrap(), 0);
        assert!(network.with(|n| n.is_running(0)));
        drop(second);
        served.abort();
    }
}
