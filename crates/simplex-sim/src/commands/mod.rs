//! What each command does, one file per concern. Every function answers with a whole envelope, be it a result or an
//! error of the core.

mod address;
mod chats;
pub(crate) mod connect;
pub(crate) mod messages;
mod settings;
pub(crate) mod users;

use crate::network::Cx;
use crate::parser::Command;
use crate::render::{self, Envelope, error};

/// An answer, or the core's error.
pub(crate) type Answer = Result<Envelope, Envelope>;

/// What the core says of a database that was closed under it.
const CLOSED: &str = "SQLite3 returned ErrorMisuse while attempting to perform prepare \"BEGIN IMMEDIATE TRANSACTION\": bad parameter or other API misuse";

impl Cx<'_> {
    /// The active user; `Err` when there is none.
    pub(crate) fn active(&self) -> Result<i64, Envelope> {
        self.core.active.ok_or_else(|| error::chat("noActiveUser"))
    }

    /// The user that a command names, who must be the active one.
    pub(crate) fn user(&self, named: Option<i64>) -> Result<i64, Envelope> {
        let active = self.active()?;
        match named {
            Some(id) if id != active => Err(error::chat_with("differentActiveUser", |j| {
                j.num("commandUserId", id).num("activeUserId", active);
            })),
            _ => Ok(active),
        }
    }

    pub(crate) fn ok(&self) -> Answer {
        Ok(render::finish(render::result("cmdOk")))
    }

    /// `cmdOk` that names the user.
    pub(crate) fn ok_user(&mut self, user: i64) -> Answer {
        let user = render::user_json(self.core, user);
        let mut j = render::result("cmdOk");
        j.raw("user_", &user);
        Ok(render::finish(j))
    }

    /// An answer about a user.
    pub(crate) fn answer(
        &mut self,
        tag: &str,
        user: i64,
        more: impl FnOnce(&mut crate::json::Js, &mut crate::state::Core),
    ) -> Answer {
        let user = render::user_json(self.core, user);
        let mut j = render::of_user(tag, &user);
        more(&mut j, self.core);
        Ok(render::finish(j))
    }

    pub(crate) fn run(&mut self, command: Command) -> Answer {
        use Command as C;
        match command {
            C::ShowActiveUser => return self.show_user(),
            C::Start => return self.start(),
            C::Stop => {
                self.core.started = false;
                self.core.host_up = false;
                return Ok(render::finish(render::result("chatStopped")));
            }
            C::CheckRunning => {
                let tag = if self.core.started { "chatRunning" } else { "chatStopped" };
                return Ok(render::finish(render::result(tag)));
            }
            C::NotSupported => return Err(error::command("not supported")),
            C::SetFolders { files, temp, .. } => {
                self.core.files_folder = files.or(self.core.files_folder.take());
                self.core.temp_folder = temp.or(self.core.temp_folder.take());
                return self.ok();
            }
            _ => {}
        }
        if !self.core.open {
            return Err(error::store_message("dBException", CLOSED));
        }
        match command {
            C::ListUsers => return self.list_users(),
            C::Version => return self.version(),
            C::CreateUser { profile, .. } => return self.create_user(profile),
            _ => {}
        }
        self.active()?;
        match command {
            C::GetChats { user, connections, page, query } => {
                return self.get_chats(user, connections, page, query);
            }
            C::SetActiveUser { user, password } => return self.set_active_user(user, password.as_deref()),
            C::Suspend => {
                self.core.suspended = true;
                self.emit(render::finish(render::result("chatSuspended")));
                return self.ok();
            }
            C::Activate { restore } => return self.activate(restore),
            _ => {}
        }
        if !self.core.started {
            return Err(error::chat("chatNotStarted"));
        }
        self.run_started(command)
    }

    fn run_started(&mut self, command: Command) -> Answer {
        use Command as C;
        match command {
            C::Help => {
                let mut j = render::result("chatHelp");
                j.str("helpSection", "main");
                Ok(render::finish(j))
            }
            C::Welcome => {
                let user = self.active()?;
                self.answer("welcome", user, |_, _| {})
            }
            C::Ok { .. } => self.ok(),
            C::NetworkStatuses => self.network_statuses(),
            C::ResubscribeAll => {
                let user = self.active()?;
                self.announce(user);
                self.ok()
            }
            C::SetServers { protocol, servers } => self.set_servers(&protocol, servers),
            C::ShowServers { protocol } => self.show_servers(&protocol),
            C::ShowProfile => self.show_profile(),
            C::SetProfile { user, profile } => self.set_profile(user, profile),
            C::SetPrefs { contact, prefs } => self.set_prefs(contact, prefs),
            C::SetContactAlias { contact, alias } => self.set_contact_alias(contact, alias),
            C::SetConnAlias { conn, alias } => self.set_conn_alias(conn, alias),
            C::SetConnIncognito { conn, on } => self.set_conn_incognito(conn, on),
            C::SetContactCustom { contact, data } => self.set_contact_custom(contact, data),
            C::SetReceipts { of, user, on, clear } => self.set_receipts(of, user, on, clear),
            C::SetContactReceipts { name, on } => self.set_contact_receipts(&name, on),
            C::SetChatSettings { chat, settings } => self.set_chat_settings(chat, &settings),
            C::AutoAcceptMemberContacts { user, on } => self.set_auto_accept_members(user, on),
            C::CreateAddress { user } => self.create_address(user),
            C::DeleteAddress { user } => self.delete_address(user),
            C::ShowAddress { user } => self.show_address(user),
            C::ShortLinkAddress { user } => self.show_address(Some(user)),
            C::ProfileAddress { user, on } => self.profile_address(user, on),
            C::AddressSettings { user, settings } => self.address_settings(user, settings),
            C::ConnectPlan { user, link } => self.connect_plan(user, &link),
            C::Connect { user, incognito, link, plan_first } => {
                self.connect(user, incognito, link.as_deref(), plan_first)
            }
            C::AcceptContact { request, incognito } => self.accept_contact(request, incognito),
            C::RejectContact { request } => self.reject_contact(request),
            C::ListContacts { user } => self.list_contacts(user),
            C::Send { chat, live, ttl, messages } => self.send_messages(chat, live, ttl, messages),
            C::SendNamed { name, text } => self.send_named(&name, &text),
            C::CreateNotes { folder, messages } => self.create_notes(folder, messages),
            C::UpdateItem { chat, item, live, message } => self.update_item(chat, item, live, message.content),
            C::EditNamed { name, from, text } => self.edit_named(&name, &from, &text),
            C::DeleteItem { chat, items, mode } => self.delete_items(chat, &items, mode),
            C::DeleteNamed { name, text } => self.delete_named(&name, &text),
            C::React { chat, item, add, reaction } => self.react(chat, item, add, reaction),
            C::ItemInfo { chat, item } => self.item_info(chat, item),
            C::GetChat { chat, content, page, search } => {
                self.get_chat(chat, content.as_deref(), page, search.as_deref())
            }
            C::GetItems { page, search } => self.get_items(None, page, search.as_deref()),
            C::ReadItems { chat, items } => self.read_items(chat, &items),
            C::ReadChat { chat } => self.read_chat(chat),
            C::ReadUser { user } => self.read_user(user),
            C::UnreadChat { chat, on } => self.unread_chat(chat, on),
            C::ClearChat { chat } => self.clear_chat(chat),
            C::DeleteChat { chat, mode } => self.delete_chat(chat, mode),
            _ => Err(error::command("not supported")),
        }
    }
}
