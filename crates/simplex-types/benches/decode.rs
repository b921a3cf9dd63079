//! Both passes over real events, beside the floor (`IgnoredAny`) and `serde_json::Value`.

#![allow(missing_docs)]

use std::hint::black_box;

use bytes::Bytes;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde::de::IgnoredAny;
use simplex_types::{Event, Frame};

const EVENTS: [(&str, &str); 3] = [
    ("direct", include_str!("../tests/data/direct.json")),
    ("direct 7.0", include_str!("../tests/data/direct-7.0.json")),
    ("group", include_str!("../tests/data/group.json")),
];

fn decode(c: &mut Criterion) {
    for (name, text) in EVENTS {
        let text = text.trim_end();
        let bytes = Bytes::from_static(text.as_bytes());
        let frame = Frame::parse(bytes.clone());
        let mut group = c.benchmark_group(name);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("floor", |b| {
            b.iter(|| serde_json::from_str::<IgnoredAny>(black_box(text)).is_ok());
        });
        group.bench_function("value", |b| {
            b.iter(|| serde_json::from_str::<serde_json::Value>(black_box(text)).is_ok());
        });
        group.bench_function("first pass", |b| b.iter(|| Frame::parse(black_box(bytes.clone()))));
        group.bench_function("full decode", |b| b.iter(|| Event::decode(black_box(&frame)).is_ok()));
        group.finish();
    }
}

criterion_group!(benches, decode);
criterion_main!(benches);
