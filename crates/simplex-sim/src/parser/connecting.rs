//! Commands about addresses, links and requests.

use super::args::*;
use super::cursor::Cursor;
use super::{syntax::*, values::*};
use crate::content::Content;
use crate::json::Json;

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
            settings.auto_accept = Some(!settings.business && c.flag("incognito"));
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
            let incognito = c.flag("incognito");
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
        let incognito = c.flag("incognito");
        let link = if c.eat(" ") { Some(c.word()?.to_owned()) } else { None };
        // The short link may follow the full one; both lead to the same queue.
        if link.is_some() && c.eat(" ") {
            c.word().filter(|w| w.contains("://"))?;
        }
        return end(c, Command::Connect { user: Some(user), incognito, link, plan_first: false });
    }
    for (word, group) in [("/_prepare contact ", false), ("/_prepare group ", true)] {
        if c.eat(word) {
            let user = c.int()?;
            c.need(" ")?;
            let link = c.word()?.to_owned();
            // The short link may follow the full one; both lead to the same queue.
            if c.eat(" ") && !c.0.starts_with('{') && !c.0.starts_with("direct=") {
                c.word()?;
                let _ = c.eat(" ");
            }
            if group {
                let direct = !c.eat("direct=") || c.on_off()?;
                let _ = c.eat(" ");
                return Some(Command::PrepareGroup { user, link, direct, data: c.json()? });
            }
            let data = if c.at_end() { None } else { Some(c.json()?) };
            return Some(Command::PrepareContact { user, link, data });
        }
    }
    if c.eat("/_relay test ") {
        let user = c.int()?;
        c.need(" ")?;
        let address = c.word()?.to_owned();
        return end(c, Command::TestRelay { user, address });
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
