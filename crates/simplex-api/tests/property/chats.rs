//! Messages and chats.

use simplex_api::types::cmd;
use simplex_api::types::*;
use simplex_sim::Json;
use simplex_sim::content::Content;
use simplex_sim::parser as sim;

use crate::args::{Args, Case, case};

pub fn messages(args: &Args, cases: &mut Vec<Case>) {
    use sim::Command as S;
    let Args { ids: [user, id, item], list, on: [on, also, _], text, other, .. } = args;
    let (user, id, item, on, also) = (*user, *id, *item, *on, *also);
    let (chat, meant_chat) = args.chats();
    let ttl = on.then_some(i64::from(args.number));
    let mut add = |case| cases.push(case);
    let mut message = ComposedMessage::file(CryptoFile::new(other), text).mentioning(other, GroupMemberId(id));
    message.quoted_item_id = also.then_some(ChatItemId(item));
    let meant = sim::Composed {
        file: Some(sim::FileSource { path: other.clone(), crypto: None }),
        quoted: also.then_some(item),
        content: Content::read(
            &Json::parse(&serde_json::json!({"type": "file", "text": text}).to_string()).expect("JSON"),
        )
        .expect("a content"),
        mentions: vec![(other.clone(), id)],
    };
    let texts = sim::Composed { file: None, quoted: None, content: Content::text(text), mentions: vec![] };
    let both = NonEmpty::new(vec![message, ComposedMessage::text(text)]).expect("two");
    let meant = vec![meant, texts.clone()];
    let mut command = cmd::SendMessages::new(chat, both.clone()).with_live_message(also);
    command.ttl = ttl;
    add(case(&command, S::Send { chat: meant_chat, live: also, ttl, messages: meant.clone() }));
    let command = cmd::CreateChatItems::new(NoteFolderId(id), both);
    add(case(&command, S::CreateNotes { folder: id, messages: meant }));
    let command = cmd::UpdateChatItem::new(chat, ChatItemId(item), text.as_str().into()).with_live_message(also);
    add(case(&command, S::UpdateItem { chat: meant_chat, item, live: also, message: texts }));
    let items = list.clone();
    for (mode, meant) in [
        (CiDeleteMode::Broadcast, sim::DeleteMode::Broadcast),
        (CiDeleteMode::Internal, sim::DeleteMode::Internal),
        (CiDeleteMode::InternalMark, sim::DeleteMode::InternalMark),
    ] {
        let command = cmd::DeleteChatItem::new(chat, args.items(), mode);
        add(case(&command, S::DeleteItem { chat: meant_chat, items: items.clone(), mode: meant }));
    }
    let command = cmd::DeleteMemberChatItem::new(GroupId(id), args.items());
    add(case(&command, S::DeleteMemberItem { group: id, items: items.clone() }));
    let thumb = Json::parse(r#"{"type":"emoji","emoji":"👍"}"#).expect("JSON");
    let reaction = MsgReaction::emoji("👍");
    let command = cmd::ChatItemReaction::new(chat, ChatItemId(item), reaction.clone()).with_add(on);
    add(case(&command, S::React { chat: meant_chat, item, add: on, reaction: thumb.clone() }));
    let command = cmd::GetReactionMembers::new(UserId(user), GroupId(id), ChatItemId(item), reaction);
    add(case(&command, S::ReactionMembers { user, group: id, item, reaction: thumb }));
    let command = cmd::PlanForwardChatItems::new(chat, args.items());
    add(case(&command, S::PlanForward { from: meant_chat, items: items.clone() }));
    let mut command = cmd::ForwardChatItems::new(ContactId(id).into(), chat, args.items());
    command.ttl = ttl;
    let to = sim::ChatRef::Direct(id);
    add(case(&command, S::Forward { to, from: meant_chat, items: items.clone(), ttl }));
    let mut command = cmd::ReportMessage::new(GroupId(id), ChatItemId(item), ReportReason::Spam);
    command.report_text = args.some_text();
    let meant_text = args.some_text().unwrap_or_default();
    add(case(&command, S::Report { group: id, item, reason: "spam".into(), text: meant_text }));
    add(case(&cmd::ChatItemsRead::new(chat, args.items()), S::ReadItems { chat: meant_chat, items }));
}

pub fn chats(args: &Args, cases: &mut Vec<Case>) {
    use sim::Command as S;
    let Args { ids: [user, id, item], list, on: [on, also, more], text, other, .. } = args;
    let (user, id, item, on, also, more) = (*user, *id, *item, *on, *also, *more);
    let uid = UserId(user);
    let (chat, meant_chat) = args.chats();
    let (page, meant_page) = args.pages();
    let mut add = |case| cases.push(case);
    let mut command = cmd::GetChat::new(chat, page);
    command.search = args.some_text();
    command.content_tag = also.then_some(ContentFilter::Report);
    let content = also.then(|| "report".to_owned());
    add(case(&command, S::GetChat { chat: meant_chat, content, page: meant_page, search: args.some_text() }));
    let mut command = cmd::GetChatItems::new(page);
    command.search = args.some_text();
    add(case(&command, S::GetItems { page: meant_page, search: args.some_text() }));
    add(case(&cmd::ChatRead::new(chat), S::ReadChat { chat: meant_chat }));
    add(case(&cmd::UserRead::new(uid), S::ReadUser { user: Some(user) }));
    add(case(&cmd::ChatUnread::new(chat).with_unread_chat(on), S::UnreadChat { chat: meant_chat, on }));
    add(case(&cmd::ClearChat::new(chat), S::ClearChat { chat: meant_chat }));
    add(case(&cmd::GetChatItemInfo::new(chat, ChatItemId(item)), S::ItemInfo { chat: meant_chat, item }));
    for (mode, meant) in [
        (ChatDeleteMode::Full { notify: on }, sim::ChatDelete::Full(on)),
        (ChatDeleteMode::Entity { notify: on }, sim::ChatDelete::Entity(on)),
        (ChatDeleteMode::Messages, sim::ChatDelete::Messages),
    ] {
        // Of a group nothing can be left.
        if matches!(chat, ChatRef::Group(..)) && !matches!(mode, ChatDeleteMode::Full { .. }) {
            assert!(cmd::DeleteChat::new(chat, mode).text().is_err());
            continue;
        }
        add(case(&cmd::DeleteChat::new(chat, mode), S::DeleteChat { chat: meant_chat, mode: meant }));
    }
    let count = args.number;
    let command = cmd::GetChats::new(uid)
        .with_pending_connections(on)
        .with_pagination(PaginationByTime::Last { count })
        .with_query(ChatListQuery::filters(also, more));
    let page = sim::ChatsPage::Last(Some(count as usize));
    let query = sim::ChatsQuery::Filters { favorite: also, unread: more };
    add(case(&command, S::GetChats { user, connections: on, page: page.clone(), query: Some(query) }));
    let command = cmd::GetChats::new(uid)
        .with_pagination(PaginationByTime::Last { count })
        .with_query(ChatListQuery::search(text));
    let query = sim::ChatsQuery::Search(text.clone());
    add(case(&command, S::GetChats { user, connections: false, page, query: Some(query) }));
    let mut command = cmd::ListGroups::new(uid);
    command.search = args.some_text();
    command.contact_id = also.then_some(ContactId(id));
    let contact = also.then_some(id);
    // Both spellings of the command have to be read so.
    let mut groups = case(&command, S::ListGroups { user, contact, search: args.some_text() });
    groups.text = groups.text.map(|text| text.replacen("/_groups ", "/_groups", 1));
    add(groups);
    add(case(&cmd::GetChatTags::new(uid), S::GetTags { user }));
    let tag = ChatTagData::new(text).with_emoji(other);
    add(case(&cmd::CreateChatTag::new(tag.clone()), S::CreateTag { emoji: Some(other.clone()), text: text.clone() }));
    let meant = S::UpdateTag { tag: id, emoji: Some(other.clone()), text: text.clone() };
    add(case(&cmd::UpdateChatTag::new(ChatTagId(id), tag), meant));
    add(case(&cmd::DeleteChatTag::new(ChatTagId(id)), S::DeleteTag { tag: id }));
    add(case(&cmd::ReorderChatTags::new(args.tags()), S::ReorderTags { tags: list.clone() }));
    let mut command = cmd::SetChatTags::new(chat);
    command.chat_tag_ids = on.then(|| args.tags());
    let tags = if on { list.clone() } else { vec![] };
    add(case(&command, S::SetTags { chat: meant_chat, tags }));
    add(case(&cmd::GetChatItemTtl::new(uid), S::GetTtl { user: Some(user) }));
    let mut command = cmd::ReceiveFile::new(FileId(id)).with_user_approved_relays(on);
    command.store_encrypted = also.then_some(more);
    command.file_path = args.some_text();
    let encrypt = also.then_some(more);
    add(case(&command, S::ReceiveFile { file: id, approved: on, encrypt, path: args.some_text() }));
    add(case(&cmd::CancelFile::new(FileId(id)), S::CancelFile { file: id }));
    add(case(&cmd::FileStatus::new(FileId(id)), S::FileStatus { file: id }));
    let folders = |files: Option<&String>, temp: Option<&String>, assets: Option<&String>| S::SetFolders {
        files: files.cloned(),
        temp: temp.cloned(),
        assets: assets.cloned(),
    };
    add(case(&cmd::SetFilesFolder::new(text), folders(Some(text), None, None)));
    add(case(&cmd::SetTempFolder::new(text), folders(None, Some(text), None)));
    let paths = AppFilePaths::new(text, other, text);
    add(case(&cmd::SetAppFilePaths::new(paths), folders(Some(text), Some(other), Some(text))));
    add(case(&cmd::ExportArchive::new(ArchiveConfig::new(text)), S::ExportDb { path: text.clone() }));
    add(case(&cmd::TestStorageEncryption::new(text), S::TestKey { key: text.clone() }));
}
