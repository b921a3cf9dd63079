//! Nothing is kept of commands and events that are over: memory after many is memory after few.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../benches/common.rs"]
mod common;

use simplex_core::{ChatCore, CoreEvent, NativeCore, Request};

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
async fn a_hundred_thousand_commands_and_events_leave_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let core = common::open(&common::library(folder.path()), folder.path()).await;
    exchange(&core, 1_000).await;
    let before = resident();
    exchange(&core, 100_000).await;
    let after = resident();
    println!("{before} bytes, then {after}");
    // The allocator has some play; six bytes kept of each would be more.
    assert!(after < before + (1 << 20), "{before} bytes, then {after}");
    core.close(std::time::Duration::from_secs(20)).await.unwrap();
}
