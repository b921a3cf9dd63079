//! A glance at a frame: which chat and which item it is about, and where they are, without decoding it.
//!
//! It searches for structural bytes with unescaped quotes, which the core's JSON cannot have inside a string, in the
//! order in which the core writes them. A frame in another form is not recognised, and is decoded as a whole instead:
//! this saves time, and loses nothing.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::types::{ChatRef, ContactId, GroupChatScope, GroupId, GroupMemberId, NoteFolderId};

/// A text to search for, prepared once: every event is searched.
macro_rules! needle {
    ($text:literal) => {{
        static FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new($text));
        &*FINDER
    }};
}

/// What a glance at an event with one item shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Glance {
    pub(crate) chat: ChatRef,
    pub(crate) item: i64,
    /// Whether it is a message that somebody sent to the bot.
    pub(crate) received: bool,
    /// Whether it is unread in the core.
    pub(crate) unread: bool,
    /// Whether it invites the bot to a group.
    pub(crate) invites: bool,
    /// Whether its sender is not connected yet.
    pub(crate) early: bool,
    /// Whether it is still being written.
    pub(crate) live: bool,
    pub(crate) parts: Parts,
}

/// Where in the body the parts of the item begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) chat_info: usize,
    pub(crate) chat_item: usize,
}

/// Looks at the body of an event that has one `chatItem` with its `chatInfo` before it.
pub(crate) fn glance(body: &str) -> Option<Glance> {
    let (info, item) = cut(body, needle!(",\"chatItem\":{\"chatDir\":{\"type\":\""))?;
    let (before, described) = cut(info, needle!("\"chatInfo\":{\"type\":\""))?;
    // The notes hold no messages to the bot.
    let chat = chat_of(described).filter(|chat| !matches!(chat, ChatRef::Local(_)))?;
    let parts =
        Parts { chat_info: before.len() + "\"chatInfo\":".len(), chat_item: info.len() + ",\"chatItem\":".len() };
    let (_, meta) = cut(item, needle!("\"meta\":{\"itemId\":"))?;
    // One item only.
    if needle!("\"meta\":{\"itemId\":").find(meta.as_bytes()).is_some() {
        return None;
    }
    let content = cut(meta, needle!("\"content\":{\"type\":\"rcvMsgContent\""));
    let received = content.is_some();
    let live = content.is_some_and(|(meta, _)| needle!("\"itemLive\":true").find(meta.as_bytes()).is_some());
    let unread = needle!("\"itemStatus\":{\"type\":\"rcvNew\"").find(meta.as_bytes()).is_some();
    let invites = !received && needle!("\"content\":{\"type\":\"rcvGroupInvitation\"").find(meta.as_bytes()).is_some();
    let early = matches!(chat, ChatRef::Direct(_)) && is_early(described);
    Some(Glance { chat, item: digits(meta)?, received, unread, invites, early, live, parts })
}

/// As [`early::is_early`](super::early::is_early), for the JSON text of a chat with a contact.
fn is_early(described: &str) -> bool {
    match cut(described, needle!("\"connStatus\":")) {
        Some((_, status)) => {
            let status = status.strip_prefix("{\"type\":").unwrap_or(status);
            ["\"new\"", "\"prepared\"", "\"joined\"", "\"requested\"", "\"accepted\"", "\"failed\""]
                .iter()
                .any(|early| status.starts_with(early))
        }
        None => {
            let has = |finder: &Finder<'_>| finder.find(described.as_bytes()).is_some();
            has(needle!("\"contactRequestId\":"))
                || is_prepared(described) && has(needle!("\"contactStatus\":\"active\""))
        }
    }
}

/// Whether a contact was made from an address, before it was connected (it may be connected now).
pub(crate) fn is_prepared(described: &str) -> bool {
    needle!("\"preparedContact\":{").find(described.as_bytes()).is_some()
}

/// Whether events of this tag are changes of items that were there before.
pub(super) fn is_change(tag: &str) -> bool {
    matches!(tag, "chatItemUpdated" | "chatItemsDeleted" | "chatItemReaction")
}

/// The chat that an event is about, and the items in it that it names.
pub(crate) fn of_chat(body: &str) -> Option<(ChatRef, Vec<i64>)> {
    let (info, mut rest) = cut(body, needle!("\"chatItem\":{\"chatDir\":{\"type\":\"")).unwrap_or((body, ""));
    let described = cut(info, needle!("\"chatInfo\":{\"type\":\"")).map(|(_, described)| described);
    let chat = described.and_then(chat_of).or_else(|| {
        let contact = cut(body, needle!("\"contact\":{\"contactId\":")).and_then(|(_, rest)| digits(rest));
        let group = || cut(body, needle!("\"groupInfo\":{\"groupId\":")).and_then(|(_, rest)| digits(rest));
        contact.map(|id| ChatRef::Direct(ContactId(id))).or_else(|| group().map(|id| ChatRef::group(GroupId(id))))
    })?;
    let mut items = Vec::new();
    while let Some((_, meta)) = cut(rest, needle!("\"meta\":{\"itemId\":")) {
        items.extend(digits(meta));
        rest = meta;
    }
    Some((chat, items))
}

/// The chat of a description that begins after the text `"type":"` and ends before the first item.
fn chat_of(info: &str) -> Option<ChatRef> {
    let (kind, info) = cut(info, needle!("\",\""))?;
    match kind {
        "direct" => Some(ChatRef::Direct(ContactId(number(info, "contact\":{\"contactId\":")?))),
        "group" => {
            let group = GroupId(number(info, "groupInfo\":{\"groupId\":")?);
            let Some((_, scope)) = cut(info, needle!("\"groupChatScope\":{\"type\":\"")) else {
                return Some(ChatRef::group(group));
            };
            let scope = scope.strip_prefix("memberSupport\"")?;
            let member = match scope.strip_prefix(",\"") {
                Some(scope) => Some(GroupMemberId(number(scope, "groupMember_\":{\"groupMemberId\":")?)),
                None => None,
            };
            Some(ChatRef::scoped(group, GroupChatScope::MemberSupport(member)))
        }
        "local" => Some(ChatRef::Local(NoteFolderId(number(info, "noteFolder\":{\"noteFolderId\":")?))),
        _ => None,
    }
}

fn cut<'a>(text: &'a str, at: &Finder<'_>) -> Option<(&'a str, &'a str)> {
    let begin = at.find(text.as_bytes())?;
    Some((text.get(..begin)?, text.get(begin + at.needle().len()..)?))
}

fn number(text: &str, prefix: &str) -> Option<i64> {
    digits(text.strip_prefix(prefix)?)
}

fn digits(text: &str) -> Option<i64> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    text.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::Frame;
    use crate::message::chat_ref;
    use crate::types::{ChatInfo, ChatItem, CiContent, Event};

    fn message() -> String {
        include_str!("../../tests/message.json").trim_end().to_owned()
    }

    #[test]
    fn a_received_message_shows_its_chat_and_id() {
        let frame = Frame::parse(message());
        let seen = glance(frame.body()).unwrap();
        assert_eq!((seen.chat, seen.item), (ChatRef::Direct(ContactId(4)), 8));
        assert_eq!((seen.received, seen.unread, seen.invites, seen.live), (true, true, false, false));
        let live = Frame::parse(message().replace("\"itemEdited\":false", "\"itemEdited\":false,\"itemLive\":true"));
        assert!(glance(live.body()).unwrap().live);
    }

    #[test]
    fn people_are_early_until_they_are_connected() {
        let text = message();
        let (head, rest) = text.split_once("\"connStatus\":\"ready\"").unwrap();
        for (status, early) in [
            (r#""new""#, true),
            (r#""prepared""#, true),
            (r#""joined""#, true),
            (r#""requested""#, true),
            (r#""accepted""#, true),
            (r#""snd-ready""#, false),
            (r#"{"type":"ready"}"#, false),
            (r#"{"type":"joined"}"#, true),
            // Since 7.0, of a connection that could not be made.
            (r#"{"type":"failed","connError":"SMP AUTH"}"#, true),
        ] {
            let frame = Frame::parse(format!("{head}\"connStatus\":{status}{rest}"));
            let seen = glance(frame.body()).unwrap();
            let info = ChatInfo::decode_first(&frame.body()[seen.parts.chat_info..]).value;
            assert_eq!((seen.early, super::super::early::is_early(&info)), (early, early), "{status}");
        }
    }

    #[test]
    fn what_people_write_is_not_mistaken_for_structure() {
        let evil = r#"\"chatInfo\":{\"type\":\"direct\",\"contact\":{\"contactId\":9},\"chatItem\":{\"chatDir\":{\"type\":\"x\"},\"meta\":{\"itemId\":9,"#;
        let frame =
            Frame::parse(message().replace("\"displayName\":\"alice\"", &format!("\"displayName\":\"{evil}\"")));
        let seen = glance(frame.body()).unwrap();
        assert_eq!((seen.chat, seen.item), (ChatRef::Direct(ContactId(4)), 8));
    }

    #[test]
    fn several_items_and_other_orders_are_left_to_the_decoder() {
        let text = message();
        let (head, item) = text.split_once("\"chatItems\":[").unwrap();
        let item = item.strip_suffix("]}}").unwrap();
        let two = format!("{head}\"chatItems\":[{item},{item}]}}}}");
        assert_eq!(glance(Frame::parse(two).body()), None);
        assert_eq!(glance(r#"{"chatItem":{"meta":{"itemId":1}},"chatInfo":{"type":"direct"}}"#), None);
        assert_eq!(glance(""), None);
    }

    /// For every recorded event with one item, a glance gives what the decoder gives; skipped if there are no
    /// recordings.
    #[test]
    fn a_glance_agrees_with_the_decoder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/transcripts");
        let Ok(files) = std::fs::read_dir(folder) else {
            return println!("skipped: there are no recordings in {folder}");
        };
        let (mut seen, mut scoped, mut early) = (0, 0, 0);
        for file in files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
        {
            for line in std::fs::read_to_string(file).unwrap().lines() {
                if !line.contains("\"dir\": \"event\"") || !line.contains("newChatItems") {
                    continue;
                }
                let Some((_, text)) = line.split_once("\"text\": ") else { continue };
                let text = text.rsplit_once('"').unwrap().0.to_owned() + "\"";
                let Ok(text) = serde_json::from_str::<String>(&text) else { continue };
                let frame = Frame::parse(text);
                let Ok(event) = Event::decode(&frame) else { continue };
                let Event::NewChatItems(event) = event.value else { continue };
                let Some(seen_here) = glance(frame.body()) else {
                    let known = event.chat_items.iter().filter(|item| chat_ref(&item.chat_info).is_some()).count();
                    assert!(known != 1 || event.chat_items.len() != 1, "not recognised: {}", frame.text());
                    continue;
                };
                let [item] = event.chat_items.as_slice() else { panic!("several items: {}", frame.text()) };
                assert_eq!(Some(seen_here.chat), chat_ref(&item.chat_info));
                assert_eq!(seen_here.item, item.chat_item.meta.item_id.0);
                let Parts { chat_info, chat_item } = seen_here.parts;
                assert_eq!(ChatItem::decode_first(&frame.body()[chat_item..]).as_ref(), Some(&item.chat_item));
                assert_eq!(ChatInfo::decode_first(&frame.body()[chat_info..]).value, item.chat_info);
                assert_eq!(seen_here.unread, super::super::catchup::is_unread(&item.chat_item.meta));
                assert_eq!(seen_here.early, super::super::early::is_early(&item.chat_info));
                early += usize::from(seen_here.early);
                assert_eq!(seen_here.received, matches!(item.chat_item.content, CiContent::RcvMsgContent { .. }));
                seen += 1;
                scoped += usize::from(matches!(seen_here.chat, ChatRef::Group(_, Some(_))));
            }
        }
        println!("{seen} events, {scoped} of them in support chats, {early} of people not connected yet");
        assert!(seen > 500 && scoped > 0 && early > 0);
    }
}
