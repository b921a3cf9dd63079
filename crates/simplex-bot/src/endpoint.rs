//! The state of a bot over HTTP: `/health` for those who watch over processes, `/metrics` for Prometheus.
//!
//! On loopback unless told otherwise: it shows how busy a bot is, without authentication. On loopback, it accepts no
//! host name but `localhost`: another name may be that of a web page in this machine's browser that resolves to this
//! machine. Clients get limited resources: in connections, in time, in the size of a request; bodies are not read.

use std::convert::Infallible;
use std::fmt::Display;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Weak};
use std::time::Duration;

use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderValue};
use hyper::http::uri::Authority;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::error::BotError;
use crate::runtime::{Condition, Engine, Health};

/// The most connections at the same time; others wait in the operating system's queue.
const CONNECTIONS: usize = 16;
/// The time for a connection, from being accepted to the last byte of the answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// The limits of a request's head, in headers and in bytes.
const HEADERS: usize = 64;
const HEAD: usize = 16 << 10;
/// How often measured values are summed up, so that they do not pile up if nobody asks for them.
const UPKEEP: Duration = Duration::from_secs(5);
/// The pause after a connection could not be accepted.
const PAUSE: Duration = Duration::from_millis(100);

/// The bounds of the histograms: from a handler that does nothing to one that waits for people.
const SECONDS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.01, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0, 60.0, 600.0];

/// Where the endpoint should listen.
#[derive(Debug, Clone)]
pub(crate) struct Listen {
    pub(crate) address: String,
    /// Whether other machines may reach it.
    pub(crate) exposed: bool,
}

/// An endpoint that is bound to its address, but does not serve yet.
pub(crate) struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    exposed: bool,
    recorder: PrometheusRecorder,
}

impl Listen {
    /// Where it is to listen, if it can be and may.
    pub(crate) fn address(&self) -> Result<SocketAddr, BotError> {
        let address: SocketAddr = self.address.parse().map_err(|_| self.wrong("not an address like 127.0.0.1:9090"))?;
        if !self.exposed && !address.ip().is_loopback() {
            return Err(self.wrong("it can be reached from other machines; `.health_exposed(…)` says that it may"));
        }
        Ok(address)
    }

    fn wrong(&self, why: impl Display) -> BotError {
        BotError::Config(format!("no health endpoint at `{}`: {why}", self.address))
    }

    pub(crate) async fn bind(&self) -> Result<Bound, BotError> {
        let listener = TcpListener::bind(self.address()?).await.map_err(|error| self.wrong(error))?;
        let address = listener.local_addr().map_err(|error| self.wrong(error))?;
        let recorder =
            PrometheusBuilder::new().set_buckets(&SECONDS).map_err(|error| self.wrong(error))?.build_recorder();
        Ok(Bound { listener, address, exposed: self.exposed, recorder })
    }
}

impl Bound {
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Creates metrics that the endpoint will show.
    pub(crate) fn recording<T>(&self, make: impl FnOnce() -> T) -> T {
        metrics::with_local_recorder(&self.recorder, make)
    }

    /// Serves the state of the bot until the endpoint is ended.
    pub(crate) fn serve(self, engine: Weak<Engine>) -> Endpoint {
        let end = CancellationToken::new();
        let shown = Arc::new(Shown { engine, metrics: self.recorder.handle(), exposed: self.exposed });
        let task = tokio::spawn(serve(self.listener, shown, end.clone()));
        Endpoint { end, task }
    }
}

/// An endpoint that serves the state of a bot.
pub(crate) struct Endpoint {
    end: CancellationToken,
    task: JoinHandle<()>,
}

impl Endpoint {
    pub(crate) async fn end(self) {
        self.end.cancel();
        // The task does not panic; if it was aborted with the program, there is nothing left to end.
        let _ = self.task.await;
    }
}

struct Shown {
    engine: Weak<Engine>,
    metrics: PrometheusHandle,
    exposed: bool,
}

async fn serve(listener: TcpListener, shown: Arc<Shown>, end: CancellationToken) {
    let mut connections = JoinSet::new();
    let mut upkeep = interval(UPKEEP);
    upkeep.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = end.cancelled() => break,
            Some(_) = connections.join_next() => {}
            _ = upkeep.tick() => shown.metrics.run_upkeep(),
            accepted = listener.accept(), if connections.len() < CONNECTIONS => match accepted {
                Ok((stream, _)) => drop(connections.spawn(timeout(PATIENCE, answer(stream, Arc::clone(&shown))))),
                Err(error) => {
                    tracing::warn!(%error, "the health endpoint cannot accept a connection");
                    sleep(PAUSE).await;
                }
            },
        }
    }
    connections.shutdown().await;
}

async fn answer(stream: TcpStream, shown: Arc<Shown>) {
    let service = service_fn(|request: Request<_>| {
        let response = shown.respond(&request);
        async { Ok::<_, Infallible>(response) }
    });
    let served = http1::Builder::new()
        .keep_alive(false)
        .max_headers(HEADERS)
        .max_buf_size(HEAD)
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection to the health endpoint");
    }
}

impl Shown {
    fn respond<B>(&self, request: &Request<B>) -> Response<String> {
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        let (status, kind, body) = match request.uri().path() {
            _ if !self.exposed && !is_of_this_machine(request) => {
                (StatusCode::MISDIRECTED_REQUEST, TEXT, "ask by the IP address, or as localhost\n".to_owned())
            }
            "/health" | "/metrics" if !reads => (StatusCode::METHOD_NOT_ALLOWED, TEXT, "GET only\n".to_owned()),
            "/health" => self.health(),
            "/metrics" => (StatusCode::OK, PROMETHEUS, self.metrics.render()),
            _ => (StatusCode::NOT_FOUND, TEXT, "there is /health and /metrics\n".to_owned()),
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::METHOD_NOT_ALLOWED {
            response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        response
    }

    fn health(&self) -> (StatusCode, &'static str, String) {
        let health = self.engine.upgrade().map(|engine| Health::of(&engine));
        let serves = health.is_some_and(|health| health.condition == Condition::Serving);
        let status = if serves { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
        let body = health.and_then(|health| serde_json::to_string(&health).ok());
        (status, "application/json", body.unwrap_or_else(|| r#"{"condition":"stopping"}"#.to_owned()))
    }
}

/// Whether a request's host is `localhost` or an IP address, and not a name that anybody can register.
fn is_of_this_machine<B>(request: &Request<B>) -> bool {
    let Some(host) = request.headers().get(HOST) else { return true };
    let Some(host) = host.to_str().ok().and_then(|host| host.parse::<Authority>().ok()) else { return false };
    let host = host.host().trim_matches(['[', ']']);
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok()
}

const TEXT: &str = "text/plain; charset=utf-8";
const PROMETHEUS: &str = "text/plain; version=0.0.4; charset=utf-8";
