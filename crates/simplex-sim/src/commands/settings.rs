//! Settings of chats, of connections and of the user.

use super::Answer;
use crate::cx::Cx;
use crate::json::Json;
use crate::parser::{ChatName, ChatRef, ReceiptsOf};
use crate::render::{self, error};
use crate::state::ConnStatus;

impl Cx<'_> {
    pub(super) fn set_contact_alias(&mut self, contact: i64, alias: String) -> Answer {
        let user = self.known_chat(ChatRef::Direct(contact))?;
        self.set_contact(contact, |c| c.alias = alias);
        self.answer("contactAliasUpdated", user, |j, core| {
            j.key("toContact");
            render::put_contact(j, core, contact);
        })
    }

    /// The user, and the connection with this id in the database that is no contact yet.
    fn pending(&self, number: i64) -> Result<(i64, i64), String> {
        let user = self.active()?;
        let conn = self.core.pending(user, number);
        conn.map(|c| (user, c)).ok_or_else(|| error::store_id("pendingConnectionNotFound", "connId", number))
    }

    pub(super) fn set_conn_alias(&mut self, conn: i64, alias: String) -> Answer {
        let (user, conn) = self.pending(conn)?;
        let now = self.sh.tick();
        self.set_conn(conn, |c| {
            c.alias = alias;
            c.updated = now;
        });
        self.answer("connectionAliasUpdated", user, |j, core| {
            j.key("toConnection");
            render::put_pending(j, core, conn);
        })
    }

    pub(super) fn set_conn_incognito(&mut self, conn: i64, on: bool) -> Answer {
        let (user, conn) = self.pending(conn)?;
        let now = self.sh.tick();
        let state = self.core.conns.get(&conn).map(|c| (c.status, c.incognito));
        // According to the core's sources: only before somebody joined, and only a change.
        let Some((ConnStatus::New, before)) = state.filter(|(_, before)| before.is_some() != on) else {
            return Err(error::chat("connectionIncognitoChangeProhibited"));
        };
        // The content of the short link is stored at the server.
        self.use_network(user)?;
        let profile = on.then(|| self.make_incognito(conn));
        if let Some(old) = before {
            self.core.profile_ids.remove(&old);
        }
        self.set_conn(conn, |c| {
            if !on {
                c.incognito = None;
                c.incognito_profile = None;
            }
            c.updated = now;
        });
        let (shown, me) = (self.conn_profile(user, conn), self.me);
        for t in self.sh.links.values_mut().filter(|t| t.core == me && t.conn == conn) {
            t.profile = shown.clone();
        }
        self.answer("connectionIncognitoUpdated", user, |j, core| {
            j.key("toConnection");
            render::put_pending(j, core, conn);
            if let Some(p) = profile {
                j.key("customUserProfile");
                p.put(j);
            }
        })
    }

    pub(super) fn set_contact_custom(&mut self, contact: i64, data: Option<Json>) -> Answer {
        let user = self.known_chat(ChatRef::Direct(contact))?;
        self.set_contact(contact, |c| c.custom = data);
        self.ok_user(user)
    }

    pub(super) fn set_receipts(&mut self, of: ReceiptsOf, user: Option<i64>, on: bool, clear: bool) -> Answer {
        let named = user.is_some();
        let user = self.user(user)?;
        let users: Vec<i64> =
            if of == ReceiptsOf::All { self.core.users.keys().copied().collect() } else { vec![user] };
        for id in users {
            if let Some(u) = self.core.users.get_mut(&id) {
                u.remember();
                if of != ReceiptsOf::Groups {
                    u.flags.rcpts_contacts = on;
                }
                if of != ReceiptsOf::Contacts {
                    u.flags.rcpts_groups = on;
                }
                u.cached = None;
            }
        }
        if clear {
            for c in self.core.contacts.values_mut().filter(|c| c.user == user) {
                c.settings.receipts = None;
                c.cached = None;
            }
        }
        if named { self.ok_user(user) } else { self.ok() }
    }

    pub(super) fn set_contact_receipts(&mut self, name: &ChatName, on: Option<bool>) -> Answer {
        let user = self.active()?;
        let chat = self.by_name(name)?;
        self.change_settings(chat, |s| s.receipts = on);
        self.ok_user(user)
    }

    pub(super) fn mute_chat(&mut self, name: &ChatName, on: bool) -> Answer {
        let user = self.active()?;
        let chat = self.by_name(name)?;
        self.change_settings(chat, |s| s.ntfs = if on { "all" } else { "none" });
        self.ok_user(user)
    }

    fn change_settings(&mut self, chat: ChatRef, change: impl FnOnce(&mut crate::state::ChatSettings)) {
        match chat {
            ChatRef::Direct(id) => {
                self.set_contact(id, |c| change(&mut c.settings));
            }
            ChatRef::Group(id, _) => {
                if let Some(g) = self.core.groups.get_mut(&id) {
                    change(&mut g.settings);
                }
            }
            _ => {}
        }
    }

    pub(super) fn set_chat_settings(&mut self, chat: ChatRef, v: &Json) -> Answer {
        let user = self.known_chat(chat)?;
        let ntfs = match v.get("enableNtfs").and_then(Json::str) {
            Some("all") => "all",
            Some("mentions") => "mentions",
            Some("none") => "none",
            _ => return Err(error::not_parsed()),
        };
        let Some(favorite) = v.get("favorite").and_then(Json::bool) else {
            return Err(error::not_parsed());
        };
        let receipts = v.get("sendRcpts").and_then(Json::bool);
        let settings = crate::state::ChatSettings { ntfs, receipts, favorite };
        self.change_settings(chat, |s| *s = settings);
        self.ok_user(user)
    }

    pub(super) fn set_auto_accept_members(&mut self, user: i64, on: bool) -> Answer {
        let user = self.user(Some(user))?;
        if let Some(u) = self.core.users.get_mut(&user) {
            u.remember();
            u.flags.auto_accept_member_contacts = on;
            u.cached = None;
        }
        self.ok_user(user)
    }

    pub(super) fn set_servers(&mut self, protocol: &str, servers: Vec<String>) -> Answer {
        let user = self.active()?;
        if let Some(u) = self.core.users.get_mut(&user) {
            if protocol == "smp" {
                u.smp = servers;
            } else {
                u.xftp = servers;
            }
        }
        self.ok()
    }

    pub(super) fn show_servers(&mut self, protocol: &str) -> Answer {
        let user = self.active()?;
        let Some(u) = self.core.users.get(&user) else { return Err(error::chat("noActiveUser")) };
        let servers = if protocol == "smp" { u.smp.clone() } else { u.xftp.clone() };
        self.answer("userServers", user, |j, _| {
            j.key("userServers").arr().obj();
            for (key, list) in [("smpServers", protocol == "smp"), ("xftpServers", protocol == "xftp")] {
                j.key(key).arr();
                if list {
                    for (i, s) in servers.iter().enumerate() {
                        j.obj()
                            .num("serverId", i + 1)
                            .str("server", s)
                            .bool("preset", false)
                            .bool("enabled", true)
                            .bool("deleted", false)
                            .end();
                    }
                }
                j.end_arr();
            }
            j.end().end_arr();
        })
    }
}
