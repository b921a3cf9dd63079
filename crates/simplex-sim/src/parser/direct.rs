//! Commands about users, addresses, contacts, messages and chats.

use super::cursor::Cursor;
use super::syntax::*;
use crate::content::{Content, Preferences, Profile};
use crate::json::Json;

/// The end of the command, or no command.
fn end(c: &Cursor<'_>, cmd: Command) -> Option<Command> {
    c.at_end().then_some(cmd)
}

pub(super) fn scope(c: &mut Cursor<'_>) -> Option<Scope> {
    if !c.eat("(_support") {
        return Some(Scope::Main);
    }
    let member = if c.eat(":") { Some(c.int()?) } else { None };
    c.need(")")?;
    Some(Scope::Support(member))
}

pub(super) fn chat_ref(c: &mut Cursor<'_>) -> Option<ChatRef> {
    if c.eat("@") {
        return Some(ChatRef::Direct(c.int()?));
    }
    if c.eat("#") {
        let id = c.int()?;
        return Some(ChatRef::Group(id, scope(c)?));
    }
    if c.eat("*") {
        return Some(ChatRef::Local(c.int()?));
    }
    c.need(":")?;
    Some(ChatRef::Connection(c.int()?))
}

fn send_ref(c: &mut Cursor<'_>) -> Option<ChatRef> {
    match chat_ref(c)? {
        r @ (ChatRef::Direct(_) | ChatRef::Group(..)) => Some(r),
        _ => None,
    }
}

pub(super) fn chat_name(c: &mut Cursor<'_>) -> Option<ChatName> {
    if c.eat("@") {
        return Some(ChatName::Direct(c.name()?));
    }
    if c.eat("#") {
        return Some(ChatName::Group(c.name()?));
    }
    c.need("*")?;
    Some(ChatName::Local)
}

fn composed(v: &Json) -> Option<Composed> {
    let file = match (v.get("fileSource"), v.get("filePath")) {
        (Some(f), _) => {
            let crypto = match f.get("cryptoArgs") {
                Some(a) => Some((a.need_str("fileKey")?, a.need_str("fileNonce")?)),
                None => None,
            };
            Some(FileSource { path: f.need_str("filePath")?, crypto })
        }
        (None, Some(p)) => Some(FileSource { path: p.str()?.to_owned(), crypto: None }),
        (None, None) => None,
    };
    let mentions = match v.get("mentions") {
        Some(Json::Obj(m)) => m.iter().map(|(k, id)| Some((k.clone(), id.int()?))).collect::<Option<_>>()?,
        Some(_) => return None,
        None => Vec::new(),
    };
    Some(Composed { file, quoted: v.opt_int("quotedItemId")?, content: Content::read(v.get("msgContent")?)?, mentions })
}

fn messages_json(c: &mut Cursor<'_>) -> Option<Vec<Composed>> {
    let v = c.json()?;
    let list = v.arr()?.iter().map(composed).collect::<Option<Vec<_>>>()?;
    (!list.is_empty()).then_some(list)
}

fn plain(content: Content) -> Composed {
    Composed { file: None, quoted: None, content, mentions: Vec::new() }
}

/// ` json …` or ` text …` of commands that carry messages.
fn send_body(c: &mut Cursor<'_>) -> Option<Vec<Composed>> {
    if c.eat(" json ") {
        return messages_json(c);
    }
    c.need(" text ")?;
    Some(vec![plain(Content::text(c.some_rest()?))])
}

/// `json {…}` or `text …`: a bare content.
pub(super) fn content_body(c: &mut Cursor<'_>) -> Option<Content> {
    if c.eat("json ") {
        return Content::read(&c.json()?);
    }
    c.need("text ")?;
    Some(Content::text(c.some_rest()?))
}

fn ttl(c: &mut Cursor<'_>) -> Option<Option<i64>> {
    if !c.eat(" ttl=") {
        return Some(None);
    }
    if c.eat("default") {
        return Some(None);
    }
    Some(Some(c.int()?))
}

pub(super) fn messages(c: &mut Cursor<'_>) -> Option<Command> {
    if c.eat("/_send ") {
        let chat = send_ref(c)?;
        let live = c.opt_flag("live").unwrap_or(false);
        let ttl = ttl(c)?;
        let _ = c.opt_flag("sign");
        return Some(Command::Send { chat, live, ttl, messages: send_body(c)? });
    }
    if c.eat("/_create *") {
        let folder = c.int()?;
        return Some(Command::CreateNotes { folder, messages: send_body(c)? });
    }
    if c.eat("/_update item ") {
        let chat = chat_ref(c)?;
        c.need(" ")?;
        let item = c.int()?;
        let live = c.opt_flag("live").unwrap_or(false);
        let message = if c.eat(" json ") {
            let v = c.json()?;
            composed(&v)?
        } else {
            c.need(" text ")?;
            plain(Content::text(c.some_rest()?))
        };
        return Some(Command::UpdateItem { chat, item, live, message });
    }
    if c.eat("/_delete item ") {
        let chat = chat_ref(c)?;
        c.need(" ")?;
        let items = c.ints()?;
        c.need(" ")?;
        let mode = match c.rest() {
            "broadcast" => DeleteMode::Broadcast,
            "internal" => DeleteMode::Internal,
            "internalMark" => DeleteMode::InternalMark,
            _ => return None,
        };
        return Some(Command::DeleteItem { chat, items, mode });
    }
    if c.eat("/_delete member item #") {
        let group = c.int()?;
        c.need(" ")?;
        let items = c.ints()?;
        return end(c, Command::DeleteMemberItem { group, items });
    }
    if c.eat("/_reaction members ") {
        let user = c.int()?;
        c.need(" #")?;
        let group = c.int()?;
        c.need(" ")?;
        let item = c.int()?;
        c.need(" ")?;
        return Some(Command::ReactionMembers { user, group, item, reaction: reaction(c)? });
    }
    if c.eat("/_reaction ") {
        let chat = chat_ref(c)?;
        c.need(" ")?;
        let item = c.int()?;
        c.need(" ")?;
        let add = c.on_off()?;
        c.need(" ")?;
        return Some(Command::React { chat, item, add, reaction: reaction(c)? });
    }
    if c.eat("/_report #") {
        let group = c.int()?;
        c.need(" ")?;
        let item = c.int()?;
        c.need(" reason=")?;
        let reason = c.word()?.to_owned();
        let text = if c.eat(" ") { c.rest().to_owned() } else { String::new() };
        return end(c, Command::Report { group, item, reason, text });
    }
    if c.eat("/_forward plan ") {
        let from = chat_ref(c)?;
        c.need(" ")?;
        let items = c.ints()?;
        return end(c, Command::PlanForward { from, items });
    }
    if c.eat("/_forward ") {
        let to = chat_ref(c)?;
        c.need(" ")?;
        let from = chat_ref(c)?;
        c.need(" ")?;
        let items = c.ints()?;
        let ttl = ttl(c)?;
        return end(c, Command::Forward { to, from, items, ttl });
    }
    named_messages(c)
}

/// Messages addressed by name, as people type them.
fn named_messages(c: &mut Cursor<'_>) -> Option<Command> {
    if c.eat("/feed ") {
        return Some(Command::Broadcast { text: c.some_rest()?.to_owned() });
    }
    if c.eat("/* ") {
        return Some(Command::SendNamed { name: ChatName::Local, text: c.some_rest()?.to_owned() });
    }
    if c.eat("! ") {
        let name = chat_name(c)?;
        c.need(" (")?;
        let (from, text) = c.rest().split_once(')')?;
        return Some(Command::EditNamed { name, from: from.to_owned(), text: text.trim_start().to_owned() });
    }
    if c.eat("\\ ") {
        let name = chat_name(c)?;
        c.need(" ")?;
        return Some(Command::DeleteNamed { name, text: c.some_rest()?.to_owned() });
    }
    let own = c.eat(">> ");
    if own || c.eat("> ") {
        let name = chat_name(c)?;
        let member = match name {
            ChatName::Group(_) if !own && c.eat(" @") => Some(c.name()?),
            _ => None,
        };
        c.need(" (")?;
        let (quoted, text) = c.rest().split_once(')')?;
        return Some(Command::SendQuote {
            name,
            member,
            own,
            quoted: quoted.to_owned(),
            text: text.trim_start().to_owned(),
        });
    }
    if !c.0.starts_with(['@', '#']) {
        return None;
    }
    let name = chat_name(c)?;
    c.need(" ")?;
    Some(Command::SendNamed { name, text: c.some_rest()?.to_owned() })
}

const EMOJI: [&str; 8] = ["👍", "👎", "😀", "😂", "😢", "❤", "🚀", "✅"];

fn reaction(c: &mut Cursor<'_>) -> Option<Json> {
    let v = c.json()?;
    match v.get("type")?.str()? {
        "emoji" if !EMOJI.contains(&v.get("emoji")?.str()?) => None,
        _ => Some(v),
    }
}

fn count(c: &mut Cursor<'_>) -> Option<usize> {
    usize::try_from(c.int()?).ok()
}

fn page(c: &mut Cursor<'_>) -> Option<Page> {
    if c.eat("count=") {
        return Some(Page::Last(count(c)?));
    }
    if c.eat("initial=") {
        return Some(Page::Initial(count(c)?));
    }
    let make: fn(i64, usize) -> Page = if c.eat("after=") {
        Page::After
    } else if c.eat("before=") {
        Page::Before
    } else {
        c.need("around=")?;
        Page::Around
    };
    let id = c.int()?;
    c.need(" count=")?;
    Some(make(id, count(c)?))
}

fn search(c: &mut Cursor<'_>) -> Option<String> {
    if c.eat(" search=") { Some(c.rest().to_owned()) } else { None }
}

pub(super) fn chats(c: &mut Cursor<'_>) -> Option<Command> {
    if c.eat("/_read chat items ") {
        let chat = chat_ref(c)?;
        c.need(" ")?;
        let items = c.ints()?;
        return end(c, Command::ReadItems { chat, items });
    }
    if c.eat("/_read chat ") {
        let chat = chat_ref(c)?;
        return end(c, Command::ReadChat { chat });
    }
    if c.eat("/_get chats ") {
        return get_chats(c);
    }
    if c.eat("/_get chat ") {
        let chat = chat_ref(c)?;
        let content = if c.eat(" content=") { Some(c.word()?.to_owned()) } else { None };
        c.need(" ")?;
        let page = page(c)?;
        let search = search(c);
        return end(c, Command::GetChat { chat, content, page, search });
    }
    if c.eat("/_get items ") {
        let page = page(c)?;
        let search = search(c);
        return end(c, Command::GetItems { page, search });
    }
    if c.eat("/_get item info ") {
        let chat = chat_ref(c)?;
        c.need(" ")?;
        let item = c.int()?;
        return end(c, Command::ItemInfo { chat, item });
    }
    if c.eat("/_unread chat ") {
        let chat = chat_ref(c)?;
        c.need(" ")?;
        let on = c.on_off()?;
        return end(c, Command::UnreadChat { chat, on });
    }
    if c.eat("/_clear chat ") {
        let chat = chat_ref(c)?;
        return end(c, Command::ClearChat { chat });
    }
    if c.eat("/clear ") {
        let name = chat_name(c)?;
        return end(c, Command::ClearNamed { name });
    }
    if ["/_delete @", "/_delete #", "/_delete *", "/_delete :"].iter().any(|p| c.0.starts_with(p)) && c.eat("/_delete ")
    {
        let chat = chat_ref(c)?;
        let mode = if c.eat(" messages") {
            ChatDelete::Messages
        } else if c.eat(" entity") {
            ChatDelete::Entity(c.opt_flag("notify").unwrap_or(true))
        } else {
            let _ = c.eat(" full");
            ChatDelete::Full(c.opt_flag("notify").unwrap_or(true))
        };
        return end(c, Command::DeleteChat { chat, mode });
    }
    if c.eat("/_read user ") {
        let user = c.int()?;
        return end(c, Command::ReadUser { user: Some(user) });
    }
    if c.eat("/read user") {
        return end(c, Command::ReadUser { user: None });
    }
    if c.eat("/chats") || c.eat("/cs") {
        let count = if c.eat(" all") {
            None
        } else if c.eat(" ") {
            Some(count(c)?)
        } else {
            Some(20)
        };
        return end(c, Command::LastChats { count });
    }
    if c.eat("/tail") || c.eat("/t") {
        let name = c.eat(" ").then_some(()).and_then(|()| chat_name(c));
        let _ = c.eat(" ");
        let count = if c.at_end() { 10 } else { count(c)? };
        return end(c, Command::TailChat { name, count, search: None });
    }
    if c.eat("/search") {
        let mut name = None;
        if c.eat(" ") && c.0.starts_with(['@', '#', '*']) {
            name = Some(chat_name(c)?);
            c.need(" ")?;
        }
        let count = count(c)?;
        c.need(" ")?;
        return Some(Command::TailChat { name, count, search: Some(c.some_rest()?.to_owned()) });
    }
    if c.eat("/last_item_id") {
        let name = if c.eat(" ") { Some(chat_name(c)?) } else { None };
        return end(c, Command::LastItemId { name });
    }
    if c.eat("/show ") {
        let item = c.int()?;
        return end(c, Command::ShowItem { item: Some(item) });
    }
    if c.eat("/item info ") {
        let name = chat_name(c)?;
        c.need(" ")?;
        return Some(Command::ItemInfoNamed { name, text: c.some_rest()?.to_owned() });
    }
    tags(c)
}

fn get_chats(c: &mut Cursor<'_>) -> Option<Command> {
    let user = c.int()?;
    let connections = c.opt_flag("pcc").unwrap_or(false);
    let page = if c.eat(" count=") {
        ChatsPage::Last(Some(count(c)?))
    } else if c.eat(" after=") {
        let ts = c.word()?.to_owned();
        crate::time::Ts::read(&ts)?;
        c.need(" count=")?;
        ChatsPage::After(ts, count(c)?)
    } else if c.eat(" before=") {
        let ts = c.word()?.to_owned();
        crate::time::Ts::read(&ts)?;
        c.need(" count=")?;
        ChatsPage::Before(ts, count(c)?)
    } else {
        ChatsPage::Last(None)
    };
    let query = if c.eat(" ") {
        let v = c.json()?;
        Some(match v.get("type")?.str()? {
            "filters" => ChatsQuery::Filters { favorite: v.get("favorite")?.bool()?, unread: v.get("unread")?.bool()? },
            "search" => ChatsQuery::Search(v.need_str("search")?),
            _ => return None,
        })
    } else {
        None
    };
    end(c, Command::GetChats { user, connections, page, query })
}

fn tag_data(c: &mut Cursor<'_>) -> Option<(Option<String>, String)> {
    let v = c.json()?;
    Some((v.opt_str("emoji")?, v.need_str("text")?))
}

fn tags(c: &mut Cursor<'_>) -> Option<Command> {
    if c.eat("/_get tags ") {
        let user = c.int()?;
        return end(c, Command::GetTags { user });
    }
    if c.eat("/_create tag ") {
        let (emoji, text) = tag_data(c)?;
        return Some(Command::CreateTag { emoji, text });
    }
    if c.eat("/_tags ") {
        let chat = chat_ref(c)?;
        let tags = if c.eat(" ") { c.ints()? } else { Vec::new() };
        return end(c, Command::SetTags { chat, tags });
    }
    if c.eat("/_delete tag ") {
        let tag = c.int()?;
        return end(c, Command::DeleteTag { tag });
    }
    if c.eat("/_update tag ") {
        let tag = c.int()?;
        c.need(" ")?;
        let (emoji, text) = tag_data(c)?;
        return Some(Command::UpdateTag { tag, emoji, text });
    }
    if c.eat("/_reorder tags ") {
        let tags = c.ints()?;
        return end(c, Command::ReorderTags { tags });
    }
    None
}

/// ` <id>`: the argument of many commands.
fn id_arg(c: &mut Cursor<'_>) -> Option<i64> {
    c.need(" ")?;
    let id = c.int()?;
    c.at_end().then_some(id)
}

pub(super) fn people(c: &mut Cursor<'_>) -> Option<Command> {
    if c.eat("/_contacts") {
        return Some(Command::ListContacts { user: id_arg(c)? });
    }
    if c.eat("/users") {
        return end(c, Command::ListUsers);
    }
    if c.eat("/_create user ") {
        let v = c.json()?;
        let profile = match v.get("profile") {
            Some(p) => Some(Profile::read(p)?),
            None => None,
        };
        return Some(Command::CreateUser { profile, past: v.get("pastTimestamp")?.bool()? });
    }
    if c.eat("/create bot ") {
        let files = c.eat("files=on ");
        if !files {
            let _ = c.eat("files=off ");
        }
        let mut profile = named_profile(c)?;
        profile.peer_type = Some("bot".into());
        if !files {
            let mut p = Preferences::default();
            p.features[crate::content::feature::FILES] =
                Some(crate::content::Pref { allow: crate::content::Allow::No, ttl: None });
            profile.preferences = Some(p);
        }
        return end(c, Command::CreateUser { profile: Some(profile), past: false });
    }
    if c.eat("/create user ") {
        let profile = named_profile(c)?;
        return end(c, Command::CreateUser { profile: Some(profile), past: false });
    }
    if c.eat("/_user ") {
        let user = c.int()?;
        let password = password(c)?;
        return end(c, Command::SetActiveUser { user, password });
    }
    for (word, hide) in [("/_hide user ", true), ("/_unhide user ", false)] {
        if c.eat(word) {
            let user = c.int()?;
            let password = password(c)??;
            return end(
                c,
                if hide { Command::HideUser { user, password } } else { Command::UnhideUser { user, password } },
            );
        }
    }
    for (word, show) in [("/_mute user", false), ("/_unmute user", true)] {
        if c.eat(word) {
            return Some(Command::MuteUser { user: id_arg(c)?, show });
        }
    }
    if c.eat("/_delete user ") {
        let user = c.int()?;
        c.need(" del_smp=")?;
        let delete_queues = c.on_off()?;
        let password = password(c)?;
        return end(c, Command::DeleteUser { user, delete_queues, password });
    }
    if c.eat("/_profile ") {
        let user = c.int()?;
        c.need(" ")?;
        let profile = Profile::read(&c.json()?)?;
        return Some(Command::SetProfile { user: Some(user), profile });
    }
    if c.eat("/_set prefs @") {
        let contact = c.int()?;
        c.need(" ")?;
        return Some(Command::SetPrefs { contact, prefs: Preferences::read(&c.json()?)? });
    }
    if c.eat("/_set alias ") {
        let chat = chat_ref(c)?;
        let alias = if c.eat(" ") { c.rest().trim().to_owned() } else { String::new() };
        return end(
            c,
            match chat {
                ChatRef::Direct(contact) => Command::SetContactAlias { contact, alias },
                ChatRef::Connection(conn) => Command::SetConnAlias { conn, alias },
                ChatRef::Group(group, _) => Command::SetGroupAlias { group, alias },
                ChatRef::Local(_) => return None,
            },
        );
    }
    if c.eat("/_set incognito :") {
        let conn = c.int()?;
        c.need(" ")?;
        let on = c.on_off()?;
        return end(c, Command::SetConnIncognito { conn, on });
    }
    if c.eat("/_settings ") {
        let chat = chat_ref(c)?;
        if c.eat(" ") && !c.0.starts_with('{') {
            return None;
        }
        return Some(Command::SetChatSettings { chat, settings: c.json()? });
    }
    if c.eat("/_set custom ") {
        let chat = chat_ref(c)?;
        let data = if c.eat(" ") { Some(c.json().filter(Json::is_obj)?) } else { None };
        return end(
            c,
            match chat {
                ChatRef::Direct(contact) => Command::SetContactCustom { contact, data },
                ChatRef::Group(group, _) => Command::SetGroupCustom { group, data },
                _ => return None,
            },
        );
    }
    if c.eat("/_set accept member contacts ") {
        let user = c.int()?;
        c.need(" ")?;
        let on = c.on_off()?;
        return end(c, Command::AutoAcceptMemberContacts { user, on });
    }
    if c.eat("/_info @") {
        let contact = c.int()?;
        return end(c, Command::ContactInfo { contact });
    }
    if c.eat("/i @") || c.eat("/info @") {
        let name = c.name()?;
        return end(c, Command::InfoNamed { name: ChatName::Direct(name) });
    }
    if c.eat("/_enable ") {
        let chat = chat_ref(c)?;
        return end(c, Command::EnableSending { chat });
    }
    for (word, force_word) in [("/_switch ", None), ("/_abort switch ", None), ("/_sync ", Some("force"))] {
        if c.eat(word) {
            let chat = chat_ref(c)?;
            let member = if c.0.starts_with(' ') && matches!(chat, ChatRef::Group(..)) && c.eat(" ") {
                Some(c.int()?)
            } else {
                None
            };
            let force = force_word.and_then(|w| c.opt_flag(w)).unwrap_or(false);
            return end(
                c,
                match word {
                    "/_switch " => Command::SwitchQueue { chat, member },
                    "/_abort switch " => Command::AbortSwitch { chat, member },
                    _ => Command::SyncRatchet { chat, member, force },
                },
            );
        }
    }
    if c.eat("/_get code @") {
        let contact = c.int()?;
        return end(c, Command::ContactCode { contact });
    }
    if c.eat("/_verify code @") {
        let contact = c.int()?;
        let code = if c.eat(" ") { Some(c.rest().to_owned()) } else { None };
        return end(c, Command::VerifyContact { contact, code });
    }
    receipts(c)
}

fn receipts(c: &mut Cursor<'_>) -> Option<Command> {
    for (word, of) in
        [("/_set receipts contacts ", ReceiptsOf::Contacts), ("/_set receipts groups ", ReceiptsOf::Groups)]
    {
        if c.eat(word) {
            let user = c.int()?;
            c.need(" ")?;
            let on = c.on_off()?;
            let clear = c.opt_flag("clear_overrides").unwrap_or(false);
            return end(c, Command::SetReceipts { of, user: Some(user), on, clear });
        }
    }
    for (word, of) in [
        ("/set receipts all ", ReceiptsOf::All),
        ("/set receipts contacts ", ReceiptsOf::Contacts),
        ("/set receipts groups ", ReceiptsOf::Groups),
    ] {
        if c.eat(word) {
            let on = c.on_off()?;
            let clear = c.opt_flag("clear_overrides").unwrap_or(false);
            return end(c, Command::SetReceipts { of, user: None, on, clear });
        }
    }
    if c.eat("/receipts ") {
        let name = chat_name(c)?;
        c.need(" ")?;
        let on = if c.eat("default") { None } else { Some(c.on_off()?) };
        return end(c, Command::SetContactReceipts { name, on });
    }
    for (word, on) in [("/mute ", false), ("/unmute ", true)] {
        if c.eat(word) {
            let name = chat_name(c)?;
            return end(c, Command::MuteChat { name, on });
        }
    }
    None
}

fn password(c: &mut Cursor<'_>) -> Option<Option<String>> {
    if c.at_end() {
        return Some(None);
    }
    c.need(" ")?;
    Some(Some(c.json()?.str()?.to_owned()))
}

fn named_profile(c: &mut Cursor<'_>) -> Option<Profile> {
    let mut profile = Profile::named(&c.name()?);
    if c.eat(" ") {
        profile.short_descr = Some(c.rest().trim().to_owned()).filter(|d| !d.is_empty());
    }
    Some(profile)
}

pub(super) fn address_settings(v: &Json) -> Option<AddressSettings> {
    Some(AddressSettings {
        business: v.get("businessAddress")?.bool()?,
        auto_accept: match v.get("autoAccept") {
            Some(a) => Some(a.get("acceptIncognito")?.bool()?),
            None => None,
        },
        auto_reply: match v.get("autoReply") {
            Some(m) => Some(Content::read(m)?),
            None => None,
        },
    })
}

pub(super) fn connecting(c: &mut Cursor<'_>) -> Option<Command> {
    for (word, make) in [
        ("/_address ", (|user| Command::CreateAddress { user }) as fn(Option<i64>) -> Command),
        ("/_delete_address ", |user| Command::DeleteAddress { user }),
        ("/_show_address ", |user| Command::ShowAddress { user }),
    ] {
        if c.eat(word) {
            let user = c.int()?;
            return end(c, make(Some(user)));
        }
    }
    if c.eat("/_short_link_address") {
        return Some(Command::ShortLinkAddress { user: id_arg(c)? });
    }
    if c.eat("/_profile_address ") {
        let user = c.int()?;
        c.need(" ")?;
        let on = c.on_off()?;
        return end(c, Command::ProfileAddress { user, on });
    }
    if c.eat("/_address_settings ") {
        let user = c.int()?;
        c.need(" ")?;
        return Some(Command::AddressSettings { user: Some(user), settings: address_settings(&c.json()?)? });
    }
    if c.eat("/auto_accept ") {
        let mut settings = AddressSettings::default();
        if c.on_off()? {
            settings.business = c.eat(" business");
            settings.auto_accept = Some(!settings.business && c.opt_flag("incognito").unwrap_or(false));
            if c.eat(" ") {
                settings.auto_reply = Some(content_body(c)?);
            }
        }
        return end(c, Command::AddressSettings { user: None, settings });
    }
    if c.eat("/_connect plan ") {
        let user = c.int()?;
        c.need(" ")?;
        let link = c.word()?.to_owned();
        return end(c, Command::ConnectPlan { user, link });
    }
    for (word, group) in [("/_connect contact @", false), ("/_connect group #", true)] {
        if c.eat(word) {
            let id = c.int()?;
            let incognito = c.opt_flag("incognito").unwrap_or(false);
            let content = if c.eat(" ") { Some(content_body(c)?) } else { None };
            return end(
                c,
                if group {
                    Command::ConnectPreparedGroup { group: id, incognito, content }
                } else {
                    Command::ConnectPrepared { contact: id, incognito, content }
                },
            );
        }
    }
    if c.eat("/_connect ") {
        let user = c.int()?;
        let incognito = c.opt_flag("incognito").unwrap_or(false);
        let link = if c.eat(" ") { Some(c.word()?.to_owned()) } else { None };
        // The short link may follow the full one; both lead to the same queue.
        if link.is_some() && c.eat(" ") {
            c.word().filter(|w| w.contains("://"))?;
        }
        return end(c, Command::Connect { user: Some(user), incognito, link, plan_first: false });
    }
    if c.eat("/_prepare contact ") {
        let user = c.int()?;
        c.need(" ")?;
        let link = c.word()?.to_owned();
        // The short link may follow the full one; both lead to the same queue.
        if c.eat(" ") && !c.0.starts_with('{') {
            c.word()?;
            let _ = c.eat(" ");
        }
        let data = if c.at_end() { None } else { Some(c.json()?) };
        return Some(Command::PrepareContact { user, link, data });
    }
    if c.eat("/connect") || c.eat("/c") {
        let incognito = c.eat(" incognito") || c.eat(" i");
        let link = if c.eat(" ") { Some(c.word()?.to_owned()) } else { None };
        return end(c, Command::Connect { user: None, incognito, link, plan_first: true });
    }
    if !c.0.starts_with("/_accept member") && c.eat("/_accept ") {
        let incognito = if c.eat("incognito=") {
            let on = c.on_off()?;
            c.need(" ")?;
            on
        } else {
            false
        };
        let request = c.int()?;
        return end(c, Command::AcceptContact { request, incognito });
    }
    if c.eat("/_reject") {
        return Some(Command::RejectContact { request: id_arg(c)? });
    }
    None
}

pub(super) fn rest(c: &mut Cursor<'_>) -> Option<Command> {
    let whole = match c.0 {
        "/u" | "/user" => Some(Command::ShowActiveUser),
        "/_start" | "/_start main=on" | "/_start main=off" => Some(Command::Start),
        "/_check running" => Some(Command::CheckRunning),
        "/_stop" => Some(Command::Stop),
        "/version" | "/v" => Some(Command::Version),
        "/ad" | "/address" => Some(Command::CreateAddress { user: None }),
        "/da" | "/delete_address" => Some(Command::DeleteAddress { user: None }),
        "/sa" | "/show_address" => Some(Command::ShowAddress { user: None }),
        "/p" | "/profile" => Some(Command::ShowProfile),
        "/show profile image" => Some(Command::ShowImage),
        "/delete profile image" => Some(Command::SetImage { image: None }),
        "/help" | "/h" => Some(Command::Help),
        "/welcome" => Some(Command::Welcome),
        "/_network_statuses" => Some(Command::NetworkStatuses),
        "/_resubscribe all" => Some(Command::ResubscribeAll),
        "/smp" => Some(Command::ShowServers { protocol: "smp".into() }),
        "/xftp" => Some(Command::ShowServers { protocol: "xftp".into() }),
        "/_app activate" => Some(Command::Activate { restore: true }),
        "/reconnect" => Some(Command::Reconnect),
        _ => None,
    };
    if whole.is_some() {
        return whole;
    }
    if c.eat("/set profile image ") {
        return Some(Command::SetImage { image: Some(c.some_rest()?.to_owned()) });
    }
    if c.eat("/contact_merge ") {
        c.on_off()?;
        return end(c, Command::Ok { needs_user: true });
    }
    if c.eat("/p ") || c.eat("/profile ") {
        let profile = named_profile(c)?;
        return end(c, Command::Rename { name: profile.display_name, descr: profile.short_descr });
    }
    if c.0.starts_with("//") {
        return Some(Command::NotSupported);
    }
    if c.eat("/set file paths ") {
        let v = c.json()?;
        return Some(Command::SetFolders {
            files: Some(v.need_str("appFilesFolder")?),
            temp: Some(v.need_str("appTempFolder")?),
            assets: Some(v.need_str("appAssetsFolder")?),
        });
    }
    if c.eat("/_files_folder ") {
        return Some(Command::SetFolders { files: Some(c.some_rest()?.to_owned()), temp: None, assets: None });
    }
    if c.eat("/_temp_folder ") {
        return Some(Command::SetFolders { files: None, temp: Some(c.some_rest()?.to_owned()), assets: None });
    }
    for word in ["/smp test ", "/xftp test "] {
        if c.eat(word) {
            let server = c.word()?.to_owned();
            return end(c, Command::TestServer { server });
        }
    }
    for protocol in ["smp", "xftp"] {
        let mut s = *c;
        if s.eat("/") && s.eat(protocol) && s.eat(" ") {
            let rest = s.some_rest()?;
            let servers: Vec<String> = rest.split([' ', ';']).map(str::to_owned).collect();
            let prefix = format!("{protocol}://");
            if servers.iter().all(|v| v.strip_prefix(&prefix).is_some_and(|r| r.contains('@'))) {
                return Some(Command::SetServers { protocol: protocol.into(), servers });
            }
            return None;
        }
    }
    if c.eat("/_app suspend ") {
        c.int()?;
        return end(c, Command::Suspend);
    }
    if c.eat("/_app activate restore=") {
        let restore = c.on_off()?;
        return end(c, Command::Activate { restore });
    }
    None
}
