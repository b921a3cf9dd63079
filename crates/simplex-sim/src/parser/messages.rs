//! Commands about messages.

use super::args::*;
use super::cursor::Cursor;
use super::{syntax::*, values::*};
use crate::content::Content;

pub(super) fn messages(c: &mut Cursor<'_>) -> Option<Command> {
    if c.eat("/_send ") {
        let chat = send_ref(c)?;
        let live = c.flag("live");
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
        let live = c.flag("live");
        let message = if c.eat(" json ") {
            let v = c.json()?;
            composed(&v)?
        } else {
            c.need(" text ")?;
            Composed::plain(Content::text(c.some_rest()?))
        };
        return Some(Command::UpdateItem { chat, item, live, message });
    }
    if c.eat("/_delete item ") {
        let chat = chat_ref(c)?;
        c.need(" ")?;
        let items = c.ints()?;
        c.need(" ")?;
        return Some(Command::DeleteItem { chat, items, mode: delete_mode(c)? });
    }
    if c.eat("/_archive reports #") {
        return Some(Command::ArchiveReports { group: c.last_int()? });
    }
    if c.eat("/_delete reports #") {
        let group = c.int()?;
        c.need(" ")?;
        let items = c.ints()?;
        c.need(" ")?;
        return Some(Command::DeleteReports { group, items, mode: delete_mode(c)? });
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

fn delete_mode(c: &mut Cursor<'_>) -> Option<DeleteMode> {
    match c.rest() {
        "broadcast" => Some(DeleteMode::Broadcast),
        "internal" => Some(DeleteMode::Internal),
        "internalMark" => Some(DeleteMode::InternalMark),
        _ => None,
    }
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
