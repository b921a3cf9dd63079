//! The connection's one task: writes commands, reads answers and events, checks that the other side is alive, reconnects.

use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use secrecy::ExposeSecret;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, timeout_at};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request as HandshakeRequest;
use tokio_tungstenite::tungstenite::http::{HeaderValue, StatusCode, Uri, header};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Bytes, Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::cli::{APART, Cli};
use super::{ConnectError, Shared, State, WebSocketOptions};
use crate::{CoreError, CoreEvent, FAR, Frame, FrameOutcome, deadline_in};

/// The shortest interval between pings, and the shortest pause before connecting again: nothing, doubled, is nothing.
const SHORTEST: Duration = Duration::from_millis(1);
/// How long closing a connection may take, including reading what is still under way.
const FAREWELL: Duration = Duration::from_secs(1);
/// How much is read from the connection at once, in bytes.
const READ: usize = 128 << 10;
/// The longest command, in bytes.
pub(super) const MAX_COMMAND: usize = 32 << 20;

pub(super) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// The other end of the connection.
pub(super) enum Peer {
    /// A CLI that somebody else runs.
    Remote,
    /// A CLI that was started here.
    Own(Box<Cli>),
}

/// Checks the address: one of another machine is refused unless that is allowed.
pub(super) fn check_address(url: &str, options: &WebSocketOptions) -> Result<(), ConnectError> {
    let shown = match url.rsplit_once('@') {
        Some((_, rest)) => format!("…@{rest}"),
        None => url.to_owned(),
    };
    let refuse = |reason: &str| Err(ConnectError::Address { url: shown.clone(), reason: reason.to_owned() });
    if url.contains('@') {
        return refuse("a user and password go into `basic_auth`");
    }
    if options.basic_auth.as_ref().is_some_and(|(user, _)| user.contains(':')) {
        return refuse("the user in `basic_auth` has a colon, where the password would begin");
    }
    let Ok(uri) = url.parse::<Uri>() else { return refuse("it is no address") };
    match uri.scheme_str() {
        Some("ws") => {}
        Some("wss") if cfg!(feature = "websocket-tls") => {}
        Some("wss") => return refuse("this build has no TLS (feature `websocket-tls`)"),
        _ => return refuse("it must begin with ws:// or wss://"),
    }
    #[cfg(feature = "websocket-tls")]
    if let Some(certificate) = &options.root_certificate
        && let Err(error) = rustls::RootCertStore::empty().add(certificate.clone().into())
    {
        return refuse(&format!("`root_certificate` is no certificate in DER ({error})"));
    }
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let local = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    match local || options.allow_remote {
        true => Ok(()),
        false => refuse("it is another machine, and `allow_remote` is not set: a CLI knows no authentication"),
    }
}

/// Connects and sends a command, to make sure that a CLI listens there. Returns an event if one came before the answer.
pub(super) async fn open(
    url: &str,
    options: &WebSocketOptions,
    deadline: Instant,
) -> Result<(Socket, Option<Frame>), ConnectError> {
    let late = |_| ConnectError::Timeout { url: url.to_owned(), after: options.connect_timeout };
    let address = |error: Error| ConnectError::Address { url: url.to_owned(), reason: error.to_string() };
    let mut request = url.into_client_request().map_err(address)?;
    if let Some((user, password)) = &options.basic_auth {
        let pair = format!("{user}:{}", password.expose_secret());
        let value = format!("Basic {}", data_encoding::BASE64.encode(pair.as_bytes()));
        let bad = |_| ConnectError::Address { url: url.to_owned(), reason: "the password is no header".to_owned() };
        let mut value = HeaderValue::from_str(&value).map_err(bad)?;
        value.set_sensitive(true);
        request.headers_mut().insert(header::AUTHORIZATION, value);
    }
    let config = WebSocketConfig::default()
        .read_buffer_size(READ)
        // Answers to pings, too, wait there until the other side takes them.
        .max_write_buffer_size(MAX_COMMAND + (1 << 20))
        .max_message_size(Some(options.max_message))
        .max_frame_size(Some(options.max_message));
    let connect = dial(request, config, options);
    let mut socket = timeout_at(deadline, connect).await.map_err(late)?.map_err(|error| refused(url, error))?;
    let ask = socket.send(Message::text(r#"{"corrId":"0","cmd":"/version"}"#));
    timeout_at(deadline, ask).await.map_err(late)?.map_err(|error| refused(url, error))?;
    loop {
        let message = timeout_at(deadline, socket.next()).await.map_err(late)?;
        let frame = match message.transpose().map_err(|error| refused(url, error))? {
            Some(message) => frame_of(message),
            None => {
                let reason = "it closed the connection".to_owned();
                return Err(ConnectError::NotACore { url: url.to_owned(), reason });
            }
        };
        return match frame {
            Some(frame) if frame.outcome() == FrameOutcome::Malformed => {
                Err(ConnectError::NotACore { url: url.to_owned(), reason: "it answers something else".to_owned() })
            }
            Some(frame) if frame.corr_id().is_some() => Ok((socket, None)),
            Some(frame) => Ok((socket, Some(frame))),
            None => continue,
        };
    }
}

fn refused(url: &str, error: Error) -> ConnectError {
    let (url, reason) = (url.to_owned(), error.to_string());
    match error {
        Error::Io(_) | Error::ConnectionClosed => ConnectError::Unreachable { url, reason },
        Error::Http(answer) if answer.status() == StatusCode::UNAUTHORIZED => ConnectError::Address {
            url,
            reason: format!("it wants the right user and password in `basic_auth` ({reason})"),
        },
        _ => ConnectError::NotACore { url, reason },
    }
}

#[cfg(not(feature = "websocket-tls"))]
async fn dial(request: HandshakeRequest, config: WebSocketConfig, _: &WebSocketOptions) -> Result<Socket, Error> {
    tokio_tungstenite::connect_async_with_config(request, Some(config), true).await.map(|(socket, _)| socket)
}

#[cfg(feature = "websocket-tls")]
async fn dial(request: HandshakeRequest, config: WebSocketConfig, options: &WebSocketOptions) -> Result<Socket, Error> {
    use tokio_tungstenite::{Connector, connect_async_tls_with_config};
    let connector = match request.uri().scheme_str() {
        Some("wss") => {
            let bad = |error: rustls::Error| Error::Io(std::io::Error::other(error));
            let mut roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
            if let Some(certificate) = &options.root_certificate {
                roots.add(certificate.clone().into()).map_err(bad)?;
            }
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let config = rustls::ClientConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .map_err(bad)?
                .with_root_certificates(roots)
                .with_no_client_auth();
            Connector::Rustls(config.into())
        }
        _ => Connector::Plain,
    };
    connect_async_tls_with_config(request, Some(config), true, Some(connector)).await.map(|(socket, _)| socket)
}

/// The content of a message; `None` for control messages such as pings.
fn frame_of(message: Message) -> Option<Frame> {
    let bytes = match message {
        Message::Text(text) => Bytes::from(text),
        Message::Binary(bytes) => bytes,
        Message::Ping(_) | Message::Pong(_) | Message::Close(_) | Message::Frame(_) => return None,
    };
    // The bytes are a part of what was read at once, all of which they would keep in memory.
    Some(Frame::parse(if bytes.len() < READ { Bytes::copy_from_slice(&bytes) } else { bytes }))
}

/// Tells callers and the consumer of the end, also if the task is dropped with its runtime.
struct End {
    shared: Arc<Shared>,
    queue: mpsc::Receiver<(u64, String)>,
}

impl End {
    /// Takes no more commands.
    fn begin(&mut self) {
        self.shared.state.send_replace(State::Closed);
        self.queue.close();
    }
}

impl Drop for End {
    fn drop(&mut self) {
        self.begin();
        self.shared.lose("the core was closed meanwhile", |reason| CoreError::Closed { reason });
        self.shared.events.end();
    }
}

/// The task's main loop.
pub(super) async fn run(
    shared: Arc<Shared>,
    mut socket: Socket,
    mut peer: Peer,
    queue: mpsc::Receiver<(u64, String)>,
    mut close: watch::Receiver<Option<Instant>>,
) {
    let mut end = End { shared: shared.clone(), queue };
    let (mut backoff, mut connected) = (shared.options.min_backoff, Instant::now());
    while let Some(reason) = serve(&shared, socket, &mut peer, &mut end.queue, &mut close).await {
        // The consumer is told, and tells of it.
        tracing::debug!(url = shared.url, reason, "disconnected");
        shared.state.send_replace(State::Disconnected(reason.clone()));
        shared.lose(&reason, |reason| CoreError::Unavailable { reason });
        shared.events.push(CoreEvent::Disconnected { reason });
        // If connections break soon after they are made, the pauses keep growing.
        if connected.elapsed() >= shared.options.max_backoff {
            backoff = shared.options.min_backoff;
        }
        let Some(again) = reconnect(&shared, &mut peer, &mut backoff, &mut close).await else { break };
        (socket, connected) = (again, Instant::now());
    }
    end.begin();
    if let Peer::Own(cli) = peer {
        let by = close.borrow().unwrap_or_else(Instant::now);
        cli.end(by).await;
    }
}

/// Connects again, with pauses that grow; `None` if the core is to close.
async fn reconnect(
    shared: &Shared,
    peer: &mut Peer,
    backoff: &mut Duration,
    close: &mut watch::Receiver<Option<Instant>>,
) -> Option<Socket> {
    let mut failed = false;
    loop {
        *backoff = (*backoff).max(SHORTEST);
        tokio::select! {
            () = tokio::time::sleep(varied(*backoff)) => {}
            _ = close.wait_for(Option::is_some) => return None,
        }
        *backoff = backoff.saturating_mul(2).min(shared.options.max_backoff);
        let deadline = deadline_in(shared.options.connect_timeout);
        let again = async {
            match peer {
                Peer::Remote => open(&shared.url, &shared.options, deadline).await,
                Peer::Own(cli) => cli.again(&shared.options, deadline).await,
            }
        };
        let opened = tokio::select! {
            opened = again => opened,
            _ = close.wait_for(Option::is_some) => return None,
        };
        match opened {
            Ok((socket, first)) => {
                shared.state.send_replace(State::Connected);
                shared.events.push(CoreEvent::Reconnected);
                if let Some(frame) = first {
                    shared.events.push(frame.into());
                }
                tracing::debug!(url = shared.url, "connected again");
                return Some(socket);
            }
            Err(error) => {
                // Once for each outage: a CLI that cannot be restarted would otherwise stay unnoticed.
                match std::mem::replace(&mut failed, true) {
                    false => tracing::warn!(%error, "cannot reconnect yet; will keep trying"),
                    true => tracing::debug!(%error, "still disconnected"),
                }
                shared.state.send_replace(State::Disconnected(error.to_string()));
            }
        }
    }
}

/// Serves one connection until it ends; returns why it was lost, or `None` if it was closed on request.
async fn serve(
    shared: &Shared,
    socket: Socket,
    peer: &mut Peer,
    queue: &mut mpsc::Receiver<(u64, String)>,
    close: &mut watch::Receiver<Option<Instant>>,
) -> Option<String> {
    let (mut sink, mut stream) = socket.split();
    let patience = shared.options.ping_timeout.clamp(SHORTEST, FAR);
    // Updated with every message, to notice silence.
    let (heard, last_heard) = watch::channel(Instant::now());
    let read = async {
        loop {
            match stream.next().await {
                // Even if the other side keeps the connection open after that: nothing more comes.
                Some(Ok(Message::Close(_))) | None => return "the other side closed the connection".to_owned(),
                Some(Ok(message)) => {
                    heard.send_replace(Instant::now());
                    if let Some(frame) = frame_of(message) {
                        shared.take(frame);
                    }
                }
                Some(Err(error)) => return error.to_string(),
            }
        }
    };
    let write = async {
        // No ping was sent yet.
        let mut asked = *last_heard.borrow();
        // Fixed when the ping is sent: later commands must not extend the time that a hung CLI has.
        let mut silent_until = asked;
        let mut ask = tokio::time::interval(shared.options.ping_interval.clamp(SHORTEST, FAR));
        ask.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        ask.tick().await;
        loop {
            let waits = *last_heard.borrow() < asked;
            let message = tokio::select! {
                next = queue.recv() => match next {
                    Some((id, text)) => match shared.pending().get_mut(&id) {
                        Some(pending) => {
                            pending.written = true;
                            Message::text(text)
                        }
                        // Not sent, because its caller no longer waits.
                        None => continue,
                    },
                    None => std::future::pending().await,
                },
                _ = ask.tick(), if !waits => {
                    asked = Instant::now();
                    silent_until = shared.busy_until().unwrap_or(asked).max(asked) + patience;
                    Message::Ping(Default::default())
                }
                () = tokio::time::sleep_until(silent_until), if waits => {
                    // Something may have come since `waits` was set.
                    if *last_heard.borrow() < asked {
                        return format!("no sign of life for {:?}", asked.elapsed());
                    }
                    continue;
                }
            };
            let now = Instant::now();
            let until = shared.busy_until().unwrap_or(now).max(now) + patience;
            match timeout_at(until, sink.send(message)).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => return error.to_string(),
                Err(_) => return format!("the other side took nothing for {:?}", now.elapsed()),
            }
        }
    };
    let exit = async {
        match peer {
            Peer::Remote => std::future::pending().await,
            Peer::Own(cli) => {
                let reason = cli.exited().await;
                tokio::time::sleep(APART).await;
                reason
            }
        }
    };
    let mut lost = tokio::select! {
        _ = close.wait_for(Option::is_some) => None,
        reason = read => Some(reason),
        reason = write => Some(reason),
        reason = exit => Some(reason),
    };
    if let (Some(reason), Peer::Own(cli)) = (&mut lost, &mut *peer)
        && let Ok(ended) = tokio::time::timeout(APART, cli.exited()).await
    {
        *reason = ended;
    }
    if lost.is_none() {
        let by = close.borrow().unwrap_or_else(Instant::now).min(Instant::now() + FAREWELL);
        farewell(shared, sink, stream, peer, by).await;
    }
    lost
}

/// Tells the other side that this is the end, and reads what is still under way until it ends, too.
async fn farewell(
    shared: &Shared,
    mut sink: SplitSink<Socket, Message>,
    mut stream: SplitStream<Socket>,
    peer: &mut Peer,
    by: Instant,
) {
    // A CLI that was started here is told to end, which `/_stop` does.
    let last = match peer {
        Peer::Own(_) => Message::text(r#"{"corrId":"0","cmd":"/_stop"}"#),
        Peer::Remote => Message::Close(None),
    };
    if !timeout_at(by, sink.send(last)).await.is_ok_and(|sent| sent.is_ok()) {
        return;
    }
    if let Peer::Own(cli) = peer {
        cli.asked = true;
    }
    while let Ok(Some(Ok(message))) = timeout_at(by, stream.next()).await {
        if let Some(frame) = frame_of(message) {
            shared.take(frame);
        }
    }
}

/// The pause, randomised by up to half, so that many clients do not reconnect at the same time.
fn varied(pause: Duration) -> Duration {
    let random = std::collections::hash_map::RandomState::new().build_hasher().finish();
    pause.min(FAR).mul_f64(0.5 + (random % 1024) as f64 / 1024.0)
}
