//! Nothing is kept of commands and events that are over, and of events that nobody takes no more than is allowed. One
//! test, because memory is the process's.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../benches/common.rs"]
mod common;

use futures_util::{SinkExt, StreamExt};
use simplex_core::websocket::WebSocketOptions;
use simplex_core::{ChatCore, CoreEvent, NativeCore, Request, WebSocketCore};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

/// Commands, and as many events of 3.6 KB.
async fn exchange(core: &NativeCore, times: u32) {
    for _ in 0..times / 100 {
        core.send(Request::new(format!("/flood 100 {}", common::EVENT)).unwrap()).await.unwrap();
        for _ in 0..100 {
            let Some(CoreEvent::Frame(frame)) = core.recv().await else { panic!("an event is missing") };
            assert_eq!(frame.tag(), "newChatItems");
            core.send(Request::new("/u").unwrap()).await.unwrap();
        }
    }
}

/// Bytes of this process that are in memory.
fn resident() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}

#[tokio::test]
async fn memory_stays_where_it_was_and_unread_events_within_their_bound() {
    let folder = tempfile::tempdir().unwrap();
    let core = common::open(&common::library(folder.path()), folder.path()).await;
    exchange(&core, 1_000).await;
    let before = resident();
    exchange(&core, 100_000).await;
    let after = resident();
    println!("after 1,000 commands and events {before} bytes, after 101,000 {after}");
    // The allocator has some play; six bytes kept of each would be more.
    assert!(after < before + (1 << 20), "{before} bytes, then {after}");

    // 182 MB of events, 64 of which may be kept.
    core.send(Request::new(format!("/flood 50000 {}", common::EVENT)).unwrap()).await.unwrap();
    while core.send(Request::new("/left").unwrap()).await.unwrap().text() != "0" {
        tokio::task::yield_now().await;
    }
    let unread = resident();
    println!("with 50,000 unread events {unread} bytes");
    assert!(unread < after + (80 << 20), "{after} bytes, then {unread}");
    let mut kept = 0;
    let lost = loop {
        match core.recv().await {
            Some(CoreEvent::Frame(_)) => kept += 1,
            Some(CoreEvent::Lagged { events }) => break events,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(kept + lost, 50_000);
    let bytes = kept * common::EVENT.len() as u64;
    assert!((60 << 20..=64 << 20).contains(&bytes), "{kept} events of {bytes} bytes were kept");
    core.close(std::time::Duration::from_secs(20)).await.unwrap();
    drop(core);
    small_events_keep_no_large_answers().await;
    answers_to_pings_that_nobody_takes_do_not_pile_up().await;
}

/// A client's connection, greeted as a CLI does.
async fn accept(listener: TcpListener) -> WebSocketStream<TcpStream> {
    let mut socket = tokio_tungstenite::accept_async(listener.accept().await.unwrap().0).await.unwrap();
    socket.next().await;
    socket.send(Message::text(r#"{"corrId":"0","resp":{"type":"versionInfo"}}"#)).await.unwrap();
    socket
}

/// Over a WebSocket, events and answers come in the same buffers.
async fn small_events_keep_no_large_answers() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let cli = async {
        let mut socket = accept(listener).await;
        let answer = format!(r#"{{"corrId":"0","resp":{{"type":"{}"}}}}"#, "x".repeat(120_000));
        for _ in 0..2_000 {
            socket.send(Message::text(answer.clone())).await.unwrap();
            socket.send(Message::text(r#"{"resp":{"type":"small"}}"#)).await.unwrap();
        }
        socket.next().await;
        socket.send(Message::text(r#"{"corrId":"1","resp":{"type":"cmdOk"}}"#)).await.unwrap();
        // Until the client leaves.
        while let Some(Ok(_)) = socket.next().await {}
    };
    let client = async {
        let core = WebSocketCore::connect(url, WebSocketOptions::default()).await.unwrap();
        let before = resident();
        core.send(Request::new("/u").unwrap()).await.unwrap();
        let after = resident();
        println!("with 2,000 small events between large answers {before} bytes, then {after}");
        assert!(after < before + (32 << 20), "{before} bytes, then {after}");
        for _ in 0..2_000 {
            assert!(matches!(core.recv().await, Some(CoreEvent::Frame(_))));
        }
        core.close(std::time::Duration::from_secs(20)).await.unwrap();
    };
    tokio::join!(cli, client);
}

/// What sends pings and takes nothing is noticed only when a ping of our own is due.
async fn answers_to_pings_that_nobody_takes_do_not_pile_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let cli = async {
        let mut stream = accept(listener).await.into_inner();
        let pings = [&[0x89, 125][..], &[0; 125]].concat().repeat(1_000);
        for _ in 0..700 {
            stream.write_all(&pings).await.unwrap();
        }
        // The last text says that all are there.
        stream.write_all(b"\x81\x18{\"resp\":{\"type\":\"done\"}}").await.unwrap();
        stream
    };
    let client = async {
        let core = WebSocketCore::connect(url, WebSocketOptions::default()).await.unwrap();
        let before = resident();
        assert!(matches!(core.recv().await, Some(CoreEvent::Frame(frame)) if frame.tag() == "done"));
        let after = resident();
        println!("with 700,000 pings {before} bytes, then {after}");
        assert!(after < before + (64 << 20), "{before} bytes, then {after}");
        core
    };
    let (_stream, core) = tokio::join!(cli, client);
    core.close(std::time::Duration::from_secs(20)).await.unwrap();
}
