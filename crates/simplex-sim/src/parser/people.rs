//! Commands about users, contacts and settings.

use super::args::*;
use super::cursor::Cursor;
use super::{syntax::*, values::*};
use crate::content::{Preferences, Profile};
use crate::json::Json;

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
        return Some(Command::ContactInfo { contact: c.last_int()? });
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
        return Some(Command::ContactCode { contact: c.last_int()? });
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
            let clear = c.flag("clear_overrides");
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
            let clear = c.flag("clear_overrides");
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

pub(super) fn named_profile(c: &mut Cursor<'_>) -> Option<Profile> {
    let mut profile = Profile::named(&c.name()?);
    if c.eat(" ") {
        profile.short_descr = Some(c.rest().trim().to_owned()).filter(|d| !d.is_empty());
    }
    Some(profile)
}
