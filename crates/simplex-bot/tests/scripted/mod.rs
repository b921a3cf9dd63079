//! The answers and events of a scripted core, for tests and benches of the bot over one.

#![allow(dead_code, reason = "not every file of tests uses all of it")]

use simplex_bot::core::{Frame, Request};

const USER: &str = r#"{"userId":1,"agentUserId":"1","userContactId":1,"localDisplayName":"bot","profile":{"profileId":1,"displayName":"bot","fullName":"","localAlias":"","peerType":"bot","preferences":{"calls":{"allow":"no"},"voice":{"allow":"no"},"files":{"allow":"no"}},"contactLink":"simplex:/contact#/?v=2-7&smp=a"},"fullPreferences":{"timedMessages":{"allow":"yes"},"fullDelete":{"allow":"no"},"reactions":{"allow":"yes"},"voice":{"allow":"no"},"files":{"allow":"no"},"calls":{"allow":"no"},"sessions":{"allow":"no"},"commands":[]},"activeUser":true,"activeOrder":1,"showNtfs":true,"sendRcptsContacts":true,"sendRcptsSmallGroups":true,"autoAcceptMemberContacts":false}"#;

/// What a core answers whose bot is as it should be already.
pub fn answer(request: &Request) -> String {
    match request.text() {
        "/version" => r#"{"result":{"type":"versionInfo","versionInfo":{"version":"7.0.2.0","simplexmqVersion":"","simplexmqCommit":""},"chatMigrations":[],"agentMigrations":[]}}"#.to_owned(),
        "/user" | "/_user 1" => format!(r#"{{"result":{{"type":"activeUser","user":{USER}}}}}"#),
        "/users" => format!(r#"{{"result":{{"type":"usersList","users":[{{"user":{USER},"unreadCount":0}}]}}}}"#),
        "/_start main=on" => r#"{"result":{"type":"chatStarted"}}"#.to_owned(),
        "/_show_address 1" => format!(
            r#"{{"result":{{"type":"userContactLink","user":{USER},"contactLink":{{"userContactLinkId":1,"connLinkContact":{{"connFullLink":"simplex:/contact#/?v=2-7&smp=a"}},"shortLinkDataSet":false,"shortLinkLargeDataSet":false,"addressSettings":{{"businessAddress":false,"autoAccept":{{"acceptIncognito":false}}}}}}}}}}"#
        ),
        text if text.starts_with("/_profile 1 ") => {
            format!(r#"{{"result":{{"type":"userProfileNoChange","user":{USER}}}}}"#)
        }
        text if text.starts_with("/_read chat items ") => {
            format!(r#"{{"result":{{"type":"itemsReadForChat","user":{USER},"chatInfo":{{"type":"local","noteFolder":{{"noteFolderId":1,"userId":1,"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z","chatTs":"2026-01-01T00:00:00Z","favorite":false,"unread":false}}}}}}}}"#)
        }
        _ => r#"{"error":{"type":"error","errorType":{"type":"commandError","message":"Failed reading: empty"}}}"#.to_owned(),
    }
}

/// A received text, made from a recorded event.
pub fn message(contact: i64, item: i64, text: &str) -> String {
    include_str!("../message.json")
        .trim_end()
        .replace("\"contactId\":4", &format!("\"contactId\":{contact}"))
        .replace("\"itemId\":8", &format!("\"itemId\":{item}"))
        .replace("\"text\":\"plain\"", &format!("\"text\":\"{text}\""))
}

/// The part of a message's event that is decoded for every handler: its item, which is the last in it.
pub fn item_of(frame: &Frame) -> &str {
    let from = frame.body().rfind("{\"chatDir\"").unwrap_or_default();
    frame.body().get(from..).unwrap_or_default()
}

/// Somebody connected: an event that is no message.
pub fn connected(contact: i64) -> String {
    let message = message(contact, 1, "x");
    let part = |from: &str, to: &str| message.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map(|it| it.0);
    let (user, contact) = (part("\"user\":", ",\"chatItems\""), part("\"contact\":", "},\"chatItem\":{"));
    let (user, contact) = (user.unwrap_or_default(), contact.unwrap_or_default());
    format!(r#"{{"result":{{"type":"contactConnected","user":{user},"contact":{contact}}}}}"#)
}
