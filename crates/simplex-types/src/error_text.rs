//! How an error of the core reads: which one it is, what it is about, and what to do; nothing that people wrote.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::types::ChatError;

impl ChatError {
    /// The tags that identify the error, without any of its text: `error/commandError`.
    pub fn summary(&self) -> String {
        match self {
            Self::Error { error_type, .. } => format!("error/{}", error_type.tag()),
            Self::ErrorAgent { agent_error, .. } => format!("errorAgent/{}", agent_error.tag()),
            Self::ErrorStore { store_error, .. } => format!("errorStore/{}", store_error.tag()),
            Self::ErrorDatabase { .. } => "errorDatabase".into(),
            Self::Unknown(unknown) => unknown.tag().to_owned(),
        }
    }

    /// What an error of a full disk, or its cause, says: the words of SQLite and of the operating system. Texts without any
    /// of these need not be decoded for [`is_disk_full`](Self::is_disk_full).
    pub const DISK_FULL: [&str; 3] = ["disk is full", "ErrorFull", "No space left on device"];

    /// Whether there is no room left on the disk. No field of the core's errors says that: it is in the messages of SQLite
    /// (`database or disk is full`, the code `SQLITE_FULL`, which the core shows as `ErrorFull`) and of the operating system
    /// (`ENOSPC`) that the error or its causes contain. What people chose, such as names, is not searched.
    pub fn is_disk_full(&self) -> bool {
        match self {
            Self::Error { error_type, .. } => is_of_full_disk(error_type),
            Self::ErrorAgent { agent_error, .. } => is_of_full_disk(agent_error),
            Self::ErrorStore { store_error, .. } => is_of_full_disk(store_error),
            Self::ErrorDatabase { database_error, .. } => is_of_full_disk(database_error),
            Self::Unknown(_) => false,
        }
    }
}

impl fmt::Display for ChatError {
    /// Writes the [`summary`](Self::summary), then ids, numbers, the kinds of inner errors, the core's own messages,
    /// and advice where there is any; no names, no links, and nothing that people wrote.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.summary())?;
        let error = match self {
            Self::Error { error_type, .. } => serde_json::to_value(error_type),
            Self::ErrorAgent { agent_error, .. } => serde_json::to_value(agent_error),
            Self::ErrorStore { store_error, .. } => serde_json::to_value(store_error),
            Self::ErrorDatabase { database_error, .. } => serde_json::to_value(database_error),
            Self::Unknown(_) => Ok(Value::Null),
        };
        let mut details = Vec::new();
        tell(&error.unwrap_or_default(), &mut details);
        if !details.is_empty() {
            write!(f, " ({})", details.join(", "))?;
        }
        match remedy(self) {
            Some(remedy) => write!(f, ": {remedy}"),
            None => Ok(()),
        }
    }
}

/// Collects the fields of an error that may be shown.
fn tell(error: &Value, details: &mut Vec<String>) {
    /// The core's own words, roles, and the paths of files that the program named.
    const TOLD: [(&str, &str); 5] = [
        ("commandError", "message"),
        ("fileNotFound", "message"),
        ("fileSize", "filePath"),
        ("groupMemberInitialRole", "initialRole"),
        ("groupUserRole", "requiredRole"),
    ];
    let tag = error["type"].as_str().unwrap_or_default();
    for (key, value) in error.as_object().into_iter().flatten() {
        match value {
            Value::Number(_) | Value::Bool(_) => details.push(format!("{key} {value}")),
            Value::String(text) if TOLD.contains(&(tag, key)) => {
                details.push(format!("{key} `{}`", text.escape_debug()));
            }
            // `smp://fingerprint@host`
            Value::String(server) if ["serverAddress", "brokerAddress", "relayServer"].contains(&&**key) => {
                details.push(format!("{key} {}", server.rsplit('@').next().unwrap_or_default().escape_debug()));
            }
            Value::Object(inner) => match inner.get("type").and_then(Value::as_str) {
                Some(tag) => {
                    details.push(format!("{key} {tag}"));
                    tell(value, details);
                }
                // A contact, a group, a member or a connection: show which one.
                None => details.extend(inner.iter().find_map(|(key, value)| match value {
                    Value::Number(id) if key.ends_with("Id") => Some(format!("{key} {id}")),
                    _ => None,
                })),
            },
            _ => {}
        }
    }
}

/// What to do about an error, if that is known.
fn remedy(error: &ChatError) -> Option<&'static str> {
    use crate::types::{AgentErrorType, ChatErrorType, ContactStatus, ErrorType, StoreError};
    const DELETED: &str = "the contact deleted this one";
    const CONTACT: &str = "the profile has no such contact; it may have been deleted";
    const GROUP: &str = "the profile has no such group; it may have been deleted";
    match error {
        _ if error.is_disk_full() => Some(match error {
            ChatError::ErrorStore { .. } | ChatError::ErrorDatabase { .. } => {
                "there is no room left for the core's database"
            }
            _ => "there is no room left on the disk",
        }),
        ChatError::Error { error_type, .. } => match &**error_type {
            ChatErrorType::CommandError { message, .. } if message.starts_with("Failed reading") => {
                Some("the core cannot read the command: a value in it is none that this version of the core takes")
            }
            ChatErrorType::InvalidConnReq => Some("that is not a link, or only a part of one"),
            ChatErrorType::UnsupportedConnReq => Some("the link is of a newer version than the core"),
            ChatErrorType::FileNotFound { .. } => Some("there is no such file"),
            ChatErrorType::FileSize { .. } => Some("the file is larger than the core sends"),
            // The core has no connection to either: to who has not connected yet, and to who is gone.
            ChatErrorType::ContactNotReady { contact, .. } if contact.contact_status == ContactStatus::Deleted => {
                Some(DELETED)
            }
            ChatErrorType::ContactNotReady { .. } => Some("the contact is not connected yet"),
            ChatErrorType::ContactNotActive { .. } => Some(DELETED),
            ChatErrorType::GroupUserRole { .. } => Some("one's own role in the group does not allow it"),
            ChatErrorType::GroupMemberInitialRole { .. } => Some("a link cannot give a role above `member`"),
            ChatErrorType::GroupDuplicateMember { .. } => Some("the contact is in the group already"),
            ChatErrorType::InvalidChatItemUpdate => Some("the item is not one's own, too old, or deleted"),
            ChatErrorType::InvalidChatItemDelete => {
                Some("the item is too old, deleted already, or of somebody whom one cannot moderate")
            }
            _ => None,
        },
        ChatError::ErrorStore { store_error, .. } => match &**store_error {
            StoreError::ContactNotFound { .. } => Some(CONTACT),
            StoreError::GroupNotFound { .. } => Some(GROUP),
            StoreError::LargeMsg => {
                Some("the message, with its quote, file and mentions, is too long for one; split its text")
            }
            StoreError::ChatItemNotFound { .. } => Some("the chat has no such item; it may have been deleted"),
            _ => None,
        },
        ChatError::ErrorAgent { agent_error, .. } => match &**agent_error {
            AgentErrorType::Smp { smp_err, .. } if matches!(**smp_err, ErrorType::Auth) => {
                Some("what is at the other end is used up, deleted, or your own")
            }
            AgentErrorType::Broker { .. } => Some("the server cannot be reached"),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the messages of SQLite or of the operating system in an error, which are not shown for what else they may
/// contain, are about a full disk.
fn is_of_full_disk(error: &impl Serialize) -> bool {
    serde_json::to_value(error).is_ok_and(|error| says_full(&error))
}

fn says_full(error: &Value) -> bool {
    /// Where the core puts such messages.
    const MESSAGES: [&str; 6] = ["message", "internalErr", "criticalErr", "errContext", "dbError", "fileIOError"];
    // Whoever sent what cannot be read has a say in what this says of it.
    if error["type"] == "invalidChatMessage" {
        return false;
    }
    error.as_object().into_iter().flatten().any(|(key, value)| match value {
        Value::String(text) if MESSAGES.contains(&&**key) => {
            ChatError::DISK_FULL.iter().any(|words| text.contains(words))
        }
        // A cause has a tag; a contact or a group has none.
        Value::Object(inner) => inner.contains_key("type") && says_full(value),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use crate::{ChatError, Frame};

    #[test]
    fn an_error_says_what_it_is_about_and_what_to_do_and_nothing_that_people_wrote() {
        for (error, said) in [
            (
                r#"{"type":"errorStore","storeError":{"type":"contactNotFound","contactId":77}}"#,
                "errorStore/contactNotFound (contactId 77): the profile has no such contact; it may have been deleted",
            ),
            (
                r#"{"type":"errorStore","storeError":{"type":"groupNotFoundByName","groupName":"secret"}}"#,
                "errorStore/groupNotFoundByName",
            ),
            (
                r#"{"type":"error","errorType":{"type":"commandError","message":"feature not allowed Voice messages"}}"#,
                "error/commandError (message `feature not allowed Voice messages`)",
            ),
            (
                r#"{"type":"error","errorType":{"type":"commandError","message":"Failed reading: empty"}}"#,
                "error/commandError (message `Failed reading: empty`): the core cannot read the command: a value in it is none that this version of the core takes",
            ),
            (
                r#"{"type":"error","errorType":{"type":"invalidChatItemDelete"}}"#,
                "error/invalidChatItemDelete: the item is too old, deleted already, or of somebody whom one cannot moderate",
            ),
            (
                r#"{"type":"error","errorType":{"type":"groupDuplicateMember","contactName":"secret"}}"#,
                "error/groupDuplicateMember: the contact is in the group already",
            ),
            (
                r#"{"type":"error","errorType":{"type":"groupMemberInitialRole","groupInfo":{"groupId":3,"membership":{"groupMemberId":1,"groupId":3,"memberId":"","memberRole":"owner","memberCategory":"user","memberStatus":"creator","invitedBy":{"type":"user"},"memberContactProfileId":1}},"initialRole":"admin"}}"#,
                "error/groupMemberInitialRole (groupId 3, initialRole `admin`): a link cannot give a role above `member`",
            ),
            (r#"{"type":"error","errorType":{"type":"exception","message":"secret"}}"#, "error/exception"),
            (
                r#"{"type":"errorStore","storeError":{"type":"dBException","message":"SQLite3 returned ErrorFull while attempting to perform step: database or disk is full"}}"#,
                "errorStore/dBException: there is no room left for the core's database",
            ),
            (
                r#"{"type":"error","errorType":{"type":"exception","message":"secret.txt: withBinaryFile: resource exhausted (No space left on device)"}}"#,
                "error/exception: there is no room left on the disk",
            ),
            (
                r#"{"type":"errorAgent","agentError":{"type":"INTERNAL","internalErr":"SQLite3 returned ErrorFull while attempting to perform step"},"agentConnId":""}"#,
                "errorAgent/INTERNAL: there is no room left on the disk",
            ),
            (
                r#"{"type":"errorDatabase","databaseError":{"type":"errorExport","sqliteError":{"type":"errorError","dbError":"ErrorFull"}}}"#,
                "errorDatabase (sqliteError errorError): there is no room left for the core's database",
            ),
            (
                r#"{"type":"error","errorType":{"type":"invalidChatMessage","connection":{},"messageData":"x","message":"unexpected \"disk is full\""}}"#,
                "error/invalidChatMessage",
            ),
            (
                r#"{"type":"error","errorType":{"type":"groupDuplicateMember","contactName":"disk is full"}}"#,
                "error/groupDuplicateMember: the contact is in the group already",
            ),
            (
                r#"{"type":"error","errorType":{"type":"fileCancel","fileId":3,"message":"secret"}}"#,
                "error/fileCancel (fileId 3)",
            ),
            (
                r#"{"type":"errorAgent","agentError":{"type":"BROKER","brokerAddress":"smp://key@one.example","brokerErr":{"type":"TIMEOUT"}},"agentConnId":"c"}"#,
                "errorAgent/BROKER (brokerAddress one.example, brokerErr TIMEOUT): the server cannot be reached",
            ),
            (
                r#"{"type":"errorAgent","agentError":{"type":"SMP","serverAddress":"smp://key@one.example","smpErr":{"type":"AUTH"}},"agentConnId":""}"#,
                "errorAgent/SMP (serverAddress one.example, smpErr AUTH): what is at the other end is used up, deleted, or your own",
            ),
            (
                r#"{"type":"errorAgent","agentError":{"type":"PROXY","proxyServer":"smp://key:secret@one.example","relayServer":"smp://key:secret@two.example","proxyErr":{"type":"responseError","responseErr":"secret"}},"agentConnId":""}"#,
                "errorAgent/PROXY (proxyErr responseError, relayServer two.example)",
            ),
            (
                r#"{"type":"errorDatabase","databaseError":{"type":"errorExport","sqliteError":{"type":"errorNotADatabase"}}}"#,
                "errorDatabase (sqliteError errorNotADatabase)",
            ),
            (r#"{"type":"new","secret":"secret"}"#, "new"),
        ] {
            let frame = Frame::parse(format!(r#"{{"error":{error}}}"#));
            assert_eq!(ChatError::decode(&frame).unwrap().value.to_string(), said);
        }
    }
}
