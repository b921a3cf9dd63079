//! Parts that many commands have: chats, messages, pages.

use super::cursor::Cursor;
use super::values::*;
use crate::content::Content;
use crate::json::Json;

/// The command, if the text ends here.
pub(super) fn end<T>(c: &Cursor<'_>, cmd: T) -> Option<T> {
    c.at_end().then_some(cmd)
}

/// ` <id>`: the argument of many commands.
pub(super) fn id_arg(c: &mut Cursor<'_>) -> Option<i64> {
    c.need(" ")?;
    c.last_int()
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

pub(super) fn send_ref(c: &mut Cursor<'_>) -> Option<ChatRef> {
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

pub(super) fn composed(v: &Json) -> Option<Composed> {
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

pub(super) fn messages_json(c: &mut Cursor<'_>) -> Option<Vec<Composed>> {
    let v = c.json()?;
    let list = v.arr()?.iter().map(composed).collect::<Option<Vec<_>>>()?;
    (!list.is_empty()).then_some(list)
}

/// ` json …` or ` text …` of commands that carry messages.
pub(super) fn send_body(c: &mut Cursor<'_>) -> Option<Vec<Composed>> {
    if c.eat(" json ") {
        return messages_json(c);
    }
    c.need(" text ")?;
    Some(vec![Composed::plain(Content::text(c.some_rest()?))])
}

/// `json {…}` or `text …`: a bare content.
pub(super) fn content_body(c: &mut Cursor<'_>) -> Option<Content> {
    if c.eat("json ") {
        return Content::read(&c.json()?);
    }
    c.need("text ")?;
    Some(Content::text(c.some_rest()?))
}

pub(super) fn ttl(c: &mut Cursor<'_>) -> Option<Option<i64>> {
    if !c.eat(" ttl=") {
        return Some(None);
    }
    if c.eat("default") {
        return Some(None);
    }
    Some(Some(c.int()?))
}

const EMOJI: [&str; 8] = ["👍", "👎", "😀", "😂", "😢", "❤", "🚀", "✅"];

pub(super) fn reaction(c: &mut Cursor<'_>) -> Option<Json> {
    let v = c.json()?;
    match v.get("type")?.str()? {
        "emoji" if !EMOJI.contains(&v.get("emoji")?.str()?) => None,
        _ => Some(v),
    }
}

pub(super) fn count(c: &mut Cursor<'_>) -> Option<usize> {
    usize::try_from(c.int()?).ok()
}

pub(super) fn page(c: &mut Cursor<'_>) -> Option<Page> {
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

pub(super) fn search(c: &mut Cursor<'_>) -> Option<String> {
    if c.eat(" search=") { Some(c.rest().to_owned()) } else { None }
}
