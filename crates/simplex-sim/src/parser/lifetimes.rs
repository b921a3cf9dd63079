//! Commands about how long the messages of chats are kept.

use super::args::{chat_name, chat_ref, end};
use super::cursor::Cursor;
use super::syntax::*;

/// `3s`, `5m`, `1h`, `day`, `week`, `month`, `year`.
pub(super) fn ttl_text(text: &str) -> Option<i64> {
    Some(match text {
        "day" => 86_400,
        "week" => 7 * 86_400,
        "month" => 30 * 86_400,
        "year" => 365 * 86_400,
        _ => {
            let mut c = Cursor(text);
            let n = c.int()?;
            n.wrapping_mul(match c.rest() {
                "s" => 1,
                "m" => 60,
                "h" => 3600,
                "d" => 86_400,
                _ => return None,
            })
        }
    })
}

pub(super) fn lifetimes(c: &mut Cursor<'_>) -> Option<Command> {
    if c.eat("/_ttl ") {
        let user = c.int()?;
        if c.at_end() {
            return Some(Command::GetTtl { user: Some(user) });
        }
        c.need(" ")?;
        if c.0.starts_with(['@', '#']) {
            let chat = chat_ref(c)?;
            c.need(" ")?;
            let ttl = if c.eat("default") { None } else { Some(c.int()?) };
            return end(c, Command::SetChatTtl { user, chat, ttl });
        }
        let ttl = if c.eat("none") { None } else { Some(c.int()?).filter(|t| *t > 0) };
        return end(c, Command::SetTtl { user: Some(user), ttl });
    }
    match c.0 {
        "/ttl" => {
            c.rest();
            return Some(Command::GetTtl { user: None });
        }
        "/ttl none" => {
            c.rest();
            return Some(Command::SetTtl { user: None, ttl: None });
        }
        _ => {}
    }
    if c.0.starts_with("/ttl @") || c.0.starts_with("/ttl #") {
        c.need("/ttl ")?;
        let name = chat_name(c)?;
        return end(c, Command::GetChatTtl { name });
    }
    if c.eat("/ttl ") {
        let ttl = ttl_text(c.rest())?;
        return Some(Command::SetTtl { user: None, ttl: Some(ttl) });
    }
    None
}
