//! Connecting: what is reached, through what, and with which options.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use simplex_core::websocket::ConnectError;
use simplex_core::{ChatCore, WebSocketCore};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use crate::scripted::Order;
use crate::{SOON, connected, options, request, tag};

#[tokio::test]
async fn what_is_no_cli_is_named() {
    // Nobody at all.
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for host in ["127.0.0.1", "127.0.0.2", "[::1]", "localhost"] {
        let nobody = WebSocketCore::connect(format!("ws://{host}:{}", free.port()), options()).await;
        assert!(matches!(nobody, Err(ConnectError::Unreachable { .. })), "{nobody:?}");
    }
    // A web server, one that says nothing, and WebSockets that say nothing or talk of something else.
    let mut tasks = JoinSet::new();
    for kind in ["http", "silent", "mute", "other"] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        tasks.spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            match kind {
                "http" => {
                    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
                    tokio::io::AsyncWriteExt::write_all(&mut stream, answer).await.unwrap();
                    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await.ok();
                }
                "silent" => std::future::pending().await,
                _ => {
                    let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
                    if kind == "other" {
                        socket.send(Message::text(r#"{"hello":"world"}"#)).await.unwrap();
                    }
                    while let Some(Ok(_)) = socket.next().await {}
                }
            }
        });
        let mut options = options();
        options.connect_timeout = Duration::from_millis(300);
        let error = timeout(SOON, WebSocketCore::connect(&url, options)).await.unwrap().unwrap_err();
        match kind {
            "silent" | "mute" => assert!(matches!(error, ConnectError::Timeout { .. }), "{error}"),
            _ => assert!(matches!(error, ConnectError::NotACore { .. }), "{kind}: {error}"),
        }
    }
    tasks.shutdown().await;
}

#[tokio::test]
async fn other_machines_and_passwords_in_addresses_are_refused() {
    for url in [
        "ws://example.org:5225",
        "ws://192.0.2.1:5225",
        "http://127.0.0.1:1",
        "ws://me:secret@127.0.0.1:1",
        "me:secret@127.0.0.1:1",
        "no",
    ] {
        let error = WebSocketCore::connect(url, options()).await.unwrap_err();
        assert!(matches!(error, ConnectError::Address { .. }), "{url}: {error}");
        assert!(!format!("{error} {error:?}").contains("secret"));
    }
    // The proxy would read the user up to there, and the rest as part of the password.
    let mut options = options();
    options.basic_auth = Some(("me:you".to_owned(), "secret".to_owned().into()));
    let error = WebSocketCore::connect("ws://127.0.0.1:1", options).await.unwrap_err();
    assert!(matches!(&error, ConnectError::Address { reason, .. } if reason.contains("colon")), "{error}");
}

#[cfg(feature = "websocket-tls")]
#[tokio::test]
async fn a_certificate_that_is_none_is_named() {
    let mut options = options();
    options.root_certificate = Some(b"-----BEGIN CERTIFICATE-----".to_vec());
    let error = WebSocketCore::connect("wss://localhost:1", options).await.unwrap_err();
    assert!(matches!(&error, ConnectError::Address { reason, .. } if reason.contains("`root_certificate`")), "{error}");
}

#[tokio::test]
async fn a_proxy_gets_the_password() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let mut options = options();
    options.basic_auth = Some(("bot".to_owned(), "secret".to_owned().into()));
    assert!(!format!("{options:?}").contains("secret"));
    let proxy = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = vec![0; 4096];
        let read = tokio::io::AsyncReadExt::read(&mut stream, &mut head).await.unwrap();
        let refusal = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n";
        tokio::io::AsyncWriteExt::write_all(&mut stream, refusal).await.unwrap();
        String::from_utf8_lossy(&head[..read]).to_lowercase()
    });
    let error = WebSocketCore::connect(url, options).await.unwrap_err();
    assert!(error.to_string().contains("`basic_auth`") && !error.to_string().contains("secret"), "{error}");
    assert!(proxy.await.unwrap().contains("authorization: basic ym90onnly3jlda=="));
}

/// A proxy with TLS in front, whose certificate is of its own.
#[cfg(feature = "websocket-tls")]
#[tokio::test]
async fn a_proxy_with_tls_is_trusted_by_its_certificate_only() {
    use std::sync::Arc;

    use tokio::net::TcpStream;
    use tokio_rustls::TlsAcceptor;
    use tokio_rustls::rustls::{ServerConfig, crypto::ring, pki_types::PrivatePkcs8KeyDer};

    use crate::scripted::FakeCli;

    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key.into())
        .unwrap();
    let cli = FakeCli::start().await;
    let target = cli.url.trim_start_matches("ws://").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("wss://localhost:{}", listener.local_addr().unwrap().port());
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let mut proxy = JoinSet::new();
    proxy.spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let Ok(mut client) = acceptor.accept(stream).await else { continue };
            let mut server = TcpStream::connect(&target).await.unwrap();
            tokio::io::copy_bidirectional(&mut client, &mut server).await.ok();
        }
    });
    let stranger = WebSocketCore::connect(&url, options()).await;
    assert!(matches!(stranger, Err(ConnectError::Unreachable { .. })), "{stranger:?}");
    let mut options = options();
    options.root_certificate = Some(certificate.to_vec());
    let core = WebSocketCore::connect(&url, options).await.unwrap();
    core.send(request("/u")).await.unwrap();
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn deadlines_and_options_of_any_size_are_taken() {
    let mut options = options();
    (options.connect_timeout, options.command_timeout, options.max_backoff) =
        (Duration::MAX, Duration::MAX, Duration::MAX);
    (options.ping_interval, options.min_backoff) = (Duration::ZERO, Duration::ZERO);
    options.queued_commands = 0;
    let (cli, core) = connected(options).await;
    core.send(request("/u").with_timeout(Duration::MAX)).await.unwrap();
    cli.order(Order::Drop).await;
    assert_eq!((tag(&core).await, tag(&core).await), ("Disconnected".to_owned(), "Reconnected".to_owned()));
    core.close(Duration::MAX).await.unwrap();
}
