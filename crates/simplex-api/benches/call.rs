//! What a typed call costs over the core itself, alone, within layers, and through a view.

#![allow(clippy::expect_used, missing_docs, reason = "a bench")]

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use criterion::{Criterion, criterion_group, criterion_main};
use simplex_api::core::CoreEvent;
use simplex_api::types::{Frame, UserId};
use simplex_api::{ChatApi, ChatCore, CoreError, Deadlines, Pace, Request, Retry, Trace};

/// Answers at once, always the same.
#[derive(Debug)]
struct Instant;

#[async_trait]
impl ChatCore for Instant {
    async fn send(&self, _: Request) -> Result<Frame, CoreError> {
        Ok(Frame::parse(include_str!("../tests/active_user.json").trim()))
    }

    async fn recv(&self) -> Option<CoreEvent> {
        None
    }

    async fn close(&self, _: Duration) -> Result<(), CoreError> {
        Ok(())
    }
}

fn calls(c: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let core = Arc::new(Instant);
    let bare = ChatApi::new(core.clone());
    let (local, network) = (Duration::from_secs(5), Duration::from_secs(60));
    let layered = bare
        .clone()
        .with_layer(Trace)
        .with_layer(Deadlines { local, network })
        .with_layer(Retry::default())
        .with_layer(Pace::per_second(NonZeroU32::MAX));
    let view = bare.for_user(UserId(1));
    c.bench_function("the core itself, one command with the first pass", |b| {
        b.to_async(&runtime)
            .iter(|| async { core.send(Request::new("/user").expect("a command")).await.expect("sent") });
    });
    for (name, api) in [("get_active_user", &bare), ("in four layers", &layered), ("through a view", &view)] {
        c.bench_function(name, |b| {
            b.to_async(&runtime).iter(|| async { api.get_active_user().await.expect("a user") })
        });
    }
}

criterion_group!(benches, calls);
criterion_main!(benches);
