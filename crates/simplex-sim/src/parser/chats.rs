//! Commands about chats and their tags.

use super::args::*;
use super::cursor::Cursor;
use super::{syntax::*, values::*};
use crate::time::Ts;

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
        return Some(Command::ShowItem { item: c.last_int()? });
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
    let connections = c.flag("pcc");
    let page = if c.eat(" count=") {
        ChatsPage::Last(Some(count(c)?))
    } else if c.eat(" after=") {
        let ts = Ts::read(c.word()?)?;
        c.need(" count=")?;
        ChatsPage::After(ts, count(c)?)
    } else if c.eat(" before=") {
        let ts = Ts::read(c.word()?)?;
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
        return Some(Command::GetTags { user: c.last_int()? });
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
        return Some(Command::DeleteTag { tag: c.last_int()? });
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
