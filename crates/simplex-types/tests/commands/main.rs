//! The texts of commands are those that the official Python client writes, for generated parameters of every command,
//! except where the client is wrong (`data/python-differences.json` says where and why).

#![allow(clippy::unwrap_used, clippy::panic)]

mod answers;
mod made;

use std::collections::BTreeSet;

use serde_json::Value;
use simplex_types::types::{ChatDeleteMode, ChatPagination, ChatRef, GroupChatScope, PaginationByTime};
use simplex_types::{ContactId, GroupId, GroupMemberId, NonEmpty, NoteFolderId};

/// A command's parameters, as JSON.
pub struct Params<'a>(&'a Value);

impl Params<'_> {
    fn raw(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or_else(|| panic!("no {name} in {}", self.0))
    }

    fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some()
    }

    fn flag(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    fn get<T: serde::de::DeserializeOwned>(&self, name: &str) -> T {
        serde_json::from_str(&self.raw(name).to_string()).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    fn non_empty<T: serde::de::DeserializeOwned>(&self, name: &str) -> NonEmpty<T> {
        self.get::<Vec<T>>(name).try_into().unwrap()
    }

    fn chat_ref(&self, name: &str) -> ChatRef {
        let chat = Params(self.raw(name));
        let id: i64 = chat.get("chatId");
        let scope = chat.0.get("chatScope").map(|scope| {
            GroupChatScope::MemberSupport(scope.get("groupMemberId_").and_then(Value::as_i64).map(GroupMemberId))
        });
        match chat.raw("chatType").as_str() {
            Some("direct") => ContactId(id).into(),
            Some("group") => ChatRef::Group(GroupId(id), scope),
            _ => ChatRef::Local(NoteFolderId(id)),
        }
    }

    fn delete_mode(&self, name: &str) -> ChatDeleteMode {
        let mode = Params(self.raw(name));
        match mode.raw("type").as_str() {
            Some("full") => ChatDeleteMode::Full { notify: mode.flag("notify") },
            Some("entity") => ChatDeleteMode::Entity { notify: mode.flag("notify") },
            _ => ChatDeleteMode::Messages,
        }
    }

    fn chats_page(&self, name: &str) -> PaginationByTime {
        PaginationByTime::Last { count: Params(self.raw(name)).get("count") }
    }

    fn items_page(&self, name: &str) -> ChatPagination {
        ChatPagination::Last { count: Params(self.raw(name)).get("count") }
    }
}

/// A text with `{name}` for parameters.
fn filled(text: &str, params: &Value) -> String {
    let mut text = text.to_owned();
    for (name, value) in params.as_object().unwrap() {
        text = text.replace(&format!("{{{name}}}"), &value.to_string());
    }
    text
}

#[test]
fn the_texts_are_those_of_the_official_client() {
    let vectors: Vec<Value> = serde_json::from_str(include_str!("../data/vectors.json")).unwrap();
    let differences: Vec<Value> = serde_json::from_str(include_str!("../data/python-differences.json")).unwrap();
    let (mut commands, mut used) = (BTreeSet::new(), BTreeSet::new());
    for vector in &vectors {
        let (name, params) = (vector["command"].as_str().unwrap(), &vector["params"]);
        commands.insert(name);
        let theirs = vector["text"].as_str().unwrap();
        let unsaid = |d: &Value| d["command"] == name && d["without"].as_str().is_some_and(|p| params.get(p).is_none());
        if let Some(at) = differences.iter().position(unsaid) {
            used.insert(at);
            continue;
        }
        let ours = match made::text(name, &Params(params)).unwrap_or_else(|| panic!("no command {name}")) {
            Ok(text) => text,
            Err(error) => {
                let refused =
                    |d: &Value| (d["command"] == name || d["command"] == "*") && d["refused"] == error.parameter;
                used.insert(differences.iter().position(refused).unwrap_or_else(|| panic!("{error}")));
                continue;
            }
        };
        let difference = differences.iter().position(|d| {
            let when = d["when"].as_str().is_none_or(|flag| params[flag] == true);
            d["command"] == name && when && d["ours"].is_string()
        });
        let expected = match difference {
            Some(at) => {
                used.insert(at);
                let d = &differences[at];
                let rest = theirs.strip_prefix(&filled(d["theirs"].as_str().unwrap(), params)).unwrap();
                filled(d["ours"].as_str().unwrap(), params) + rest
            }
            None => theirs.to_owned(),
        };
        assert_eq!(ours, expected, "{name} with {params}");
    }
    assert_eq!(commands.len(), 52);
    assert_eq!(used.len(), differences.len(), "a difference that no vector shows");
}
