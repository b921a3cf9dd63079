//! Recorded commands and their answers, as a core.

#![allow(clippy::expect_used, clippy::panic, dead_code, reason = "what fails here fails a test")]

pub mod schema;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use serde_json::Value;
use simplex_api::core::mock::MockCore;
use simplex_api::{ApiError, ChatApi};

/// One command as it was sent to a core 6.4.5.1, and its answer.
pub struct Recorded {
    pub command: String,
    pub answer: String,
}

static RECORDED: LazyLock<HashMap<String, Recorded>> = LazyLock::new(|| {
    let field = |line: &Value, key: &str| line[key].as_str().expect(key).to_owned();
    include_str!("../recorded.jsonl")
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).expect("a line of JSON");
            let recorded = Recorded { command: field(&line, "cmd"), answer: field(&line, "answer") };
            (field(&line, "name"), recorded)
        })
        .collect()
});

/// What was recorded under this name.
pub fn recorded(name: &str) -> &'static Recorded {
    RECORDED.get(name).unwrap_or_else(|| panic!("nothing is recorded as {name}"))
}

/// One word of a recorded command.
pub fn word(name: &str, at: usize) -> &'static str {
    recorded(name).command.split(' ').nth(at).expect("a word")
}

/// The JSON that a recorded command ends with.
pub fn json<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let command = &recorded(name).command;
    let start = command.find(['{', '[']).expect("JSON");
    serde_json::from_str(&command[start..]).expect("JSON that fits")
}

/// Calls a core that knows one recorded command: the method has to send just that.
pub async fn result<T>(name: &str, method: impl AsyncFnOnce(ChatApi) -> Result<T, ApiError>) -> Result<T, ApiError> {
    let recorded = recorded(name);
    sends(name, &recorded.command, &recorded.answer, method).await
}

/// The same, for another spelling of the command than was recorded.
pub async fn sends<T>(
    name: &str,
    command: &str,
    answer: &'static str,
    method: impl AsyncFnOnce(ChatApi) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    let core = MockCore::new(move |_| answer);
    let result = method(ChatApi::new(Arc::new(core.clone()))).await;
    let sent = core.sent();
    assert_eq!(sent.len(), 1, "{name}: {sent:?}");
    assert_eq!(normal(&sent[0]), normal(command), "{name}");
    result
}

/// As [`result`], for commands that succeed.
pub async fn ok<T>(name: &str, method: impl AsyncFnOnce(ChatApi) -> Result<T, ApiError>) -> T {
    result(name, method).await.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// As [`result`], for commands that fail.
pub async fn fails<T>(name: &str, method: impl AsyncFnOnce(ChatApi) -> Result<T, ApiError>) -> ApiError {
    result(name, method).await.err().unwrap_or_else(|| panic!("{name} succeeds"))
}

/// Calls a core that is never to be asked.
pub async fn nothing<T>(method: impl AsyncFnOnce(ChatApi) -> Result<T, ApiError>) -> ApiError {
    let core = MockCore::new(|_| "");
    let error = method(ChatApi::new(Arc::new(core.clone()))).await.err().expect("a refusal");
    assert!(core.sent().is_empty());
    error
}

/// A command's text, and its JSON without what means the same when it is left out.
fn normal(command: &str) -> (String, Value) {
    let json = command.find(['{', '[']).and_then(|at| Some((at, serde_json::from_str(&command[at..]).ok()?)));
    match json {
        Some((at, json)) => (command[..at].to_owned(), lean(json)),
        None => (command.to_owned(), Value::Null),
    }
}

fn lean(value: Value) -> Value {
    match value {
        Value::Object(map) => map
            .into_iter()
            .map(|(key, value)| (key, lean(value)))
            .filter(|(_, v)| !v.is_null() && v != &Value::Bool(false) && v.as_object().is_none_or(|o| !o.is_empty()))
            .collect(),
        Value::Array(list) => list.into_iter().map(lean).collect(),
        other => other,
    }
}

/// A part of a recorded answer, as JSON, by the keys that lead to it.
pub fn part(name: &str, keys: &[&str]) -> String {
    let answer: Value = serde_json::from_str(&recorded(name).answer).expect("an answer");
    keys.iter().fold(&answer["result"], |value, key| &value[key]).to_string()
}

/// An answer that was not recorded, made of parts that were; it lives as long as the test.
pub fn made(tag: &str, fields: &[(&str, String)]) -> &'static str {
    let user = part("get_active_user", &["user"]);
    let fields: String = fields.iter().map(|(key, value)| format!(r#","{key}":{value}"#)).collect();
    format!(r#"{{"result":{{"type":"{tag}","user":{user}{fields}}}}}"#).leak()
}
