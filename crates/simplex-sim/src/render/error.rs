//! Errors as the core spells them: whole envelopes.

use crate::json::Js;

fn wrap(kind: &str, field: &str, inner: impl FnOnce(&mut Js)) -> String {
    let mut j = Js::new();
    j.obj().key("error").obj().tag(kind).key(field).obj();
    inner(&mut j);
    j.end().end().end();
    j.done()
}

/// An error without its envelope, as a value inside another one.
pub(crate) fn inner(envelope: &str) -> &str {
    envelope.strip_prefix(r#"{"error":"#).and_then(|e| e.strip_suffix('}')).unwrap_or(envelope)
}

/// `error/…`
pub(crate) fn chat(tag: &str) -> String {
    chat_with(tag, |_| {})
}

/// `error/…` with more fields.
pub(crate) fn chat_with(tag: &str, more: impl FnOnce(&mut Js)) -> String {
    wrap("error", "errorType", |j| {
        j.tag(tag);
        more(j);
    })
}

/// `error/…` about a text: a name, a message.
pub(crate) fn chat_str(tag: &str, key: &str, value: &str) -> String {
    chat_with(tag, |j| {
        j.str(key, value);
    })
}

/// `error/commandError`
pub(crate) fn command(message: &str) -> String {
    chat_str("commandError", "message", message)
}

/// `error/commandError`: the core cannot read the command; it never says why.
pub(crate) fn not_parsed() -> String {
    command("Failed reading: empty")
}

/// `errorStore/…`
pub(crate) fn store(tag: &str) -> String {
    store_with(tag, |_| {})
}

/// `errorStore/…` about an id.
pub(crate) fn store_id(tag: &str, key: &str, id: i64) -> String {
    store_with(tag, |j| {
        j.num(key, id);
    })
}

pub(crate) fn contact_not_found(id: i64) -> String {
    store_id("contactNotFound", "contactId", id)
}

pub(crate) fn group_not_found(id: i64) -> String {
    store_id("groupNotFound", "groupId", id)
}

pub(crate) fn member_not_found(id: i64) -> String {
    store_id("groupMemberNotFound", "groupMemberId", id)
}

pub(crate) fn item_not_found(id: i64) -> String {
    store_id("chatItemNotFound", "itemId", id)
}

/// `errorStore/…` about a text.
pub(crate) fn store_str(tag: &str, key: &str, value: &str) -> String {
    store_with(tag, |j| {
        j.str(key, value);
    })
}

/// `errorStore/dBException`
pub(crate) fn database(message: &str) -> String {
    store_str("dBException", "message", message)
}

/// `errorDatabase/…`
pub(crate) fn database_with(inner: impl FnOnce(&mut Js)) -> String {
    wrap("errorDatabase", "databaseError", inner)
}

/// `errorAgent/SMP`: the server does not know the queue.
pub(crate) fn smp_auth(server: &str) -> String {
    wrap("errorAgent", "agentError", |j| {
        j.tag("SMP").str("serverAddress", server).raw("smpErr", r#"{"type":"AUTH"}"#);
    })
}

/// The error for a server that cannot be reached.
const REFUSED: &str = r#"{"type":"NETWORK","networkError":{"type":"connectError","connectError":"Network.Socket.connect: does not exist (Connection refused)"}}"#;

/// `errorAgent/BROKER`: the server cannot be reached.
pub(crate) fn broker_network(server: &str) -> String {
    wrap("errorAgent", "agentError", |j| {
        j.tag("BROKER").str("brokerAddress", server).raw("brokerErr", REFUSED);
    })
}

/// The same error of the agent, as a member of another value.
pub(crate) fn put_broker_network(j: &mut Js, key: &str, server: &str) {
    j.key(key).obj().tag("BROKER").str("brokerAddress", server).raw("brokerErr", REFUSED).end();
}

/// `errorAgent/CMD`: not allowed now.
pub(crate) fn agent_prohibited(context: &str) -> String {
    wrap("errorAgent", "agentError", |j| {
        j.tag("CMD").raw("cmdErr", r#"{"type":"PROHIBITED"}"#).str("errContext", context);
    })
}

/// `errorAgent/CONN`: the agent has no such connection any more.
pub(crate) fn no_connection() -> String {
    wrap("errorAgent", "agentError", |j| {
        j.tag("CONN").raw("connErr", r#"{"type":"NOT_FOUND"}"#).str("errContext", "");
    })
}

/// `errorStore/…` with more fields.
pub(crate) fn store_with(tag: &str, more: impl FnOnce(&mut Js)) -> String {
    wrap("errorStore", "storeError", |j| {
        j.tag(tag);
        more(j);
    })
}

/// From version 7 on, an error of the agent names a connection, if only by an empty text.
pub(crate) fn with_connection(mut envelope: String) -> String {
    let of_agent = envelope.starts_with(r#"{"error":{"type":"errorAgent""#) && !envelope.contains(r#""agentConnId""#);
    if of_agent && envelope.ends_with("}}") {
        envelope.truncate(envelope.len() - 2);
        envelope.push_str(r#","agentConnId":""}}"#);
    }
    envelope
}
