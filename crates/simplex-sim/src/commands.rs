//! The core's commands, one file per topic. Every function returns a whole envelope, either a result or an error of the
//! core.

mod address;
pub(crate) mod chats;
mod codes;
mod connect;
pub(crate) mod contacts;
mod database;
mod file_json;
mod files;
mod forward;
pub(crate) mod group_items;
mod group_link;
pub(crate) mod group_profile;
pub(crate) mod group_sending;
pub(crate) mod groups;
pub(crate) mod items;
mod lifetimes;
mod member_contact;
mod members;
pub(crate) mod messages;
mod moderation;
mod named;
mod parting;
mod plans;
mod prepared;
mod prepared_group;
mod profile;
mod queues;
mod reading;
mod service;
mod settings;
mod standalone;
mod tags;
mod transfers;
pub(crate) mod users;

use crate::cx::Cx;
use crate::parser::{Command, Page, Scope};
use crate::render::{self, Envelope, error};

/// An answer, or the core's error.
pub(crate) type Answer = Result<Envelope, Envelope>;

/// The core's error for a database that was closed meanwhile.
const CLOSED: &str = "SQLite3 returned ErrorMisuse while attempting to perform prepare \"BEGIN IMMEDIATE TRANSACTION\": bad parameter or other API misuse";

/// Answers that say, from version 7 on, whether the message to the group was signed.
const SIGNED: [&str; 5] =
    ["groupDeletedUser", "groupUpdated", "membersBlockedForAllUser", "membersRoleUser", "userDeletedMembers"];

impl Cx<'_> {
    /// The active user; `Err` when there is none.
    pub(crate) fn active(&self) -> Result<i64, Envelope> {
        self.core.active.ok_or_else(|| error::chat("noActiveUser"))
    }

    /// The user named by a command, which must be the active one.
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
        Ok(render::bare("cmdOk"))
    }

    /// `cmdOk` with the user.
    pub(crate) fn ok_user(&mut self, user: i64) -> Answer {
        let user = render::user_in_memory(self.core, user);
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
        let user = render::user_in_memory(self.core, user);
        let mut j = render::of_user(tag, &user);
        more(&mut j, self.core);
        if !self.core.before_7 && SIGNED.contains(&tag) {
            j.bool("msgSigned", false);
        }
        Ok(render::finish(j))
    }

    /// An answer about a contact.
    pub(crate) fn contact_answer(&mut self, tag: &str, user: i64, contact: i64) -> Answer {
        self.answer(tag, user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
        })
    }

    /// An answer about a group.
    pub(crate) fn group_answer(&mut self, tag: &str, user: i64, group: i64) -> Answer {
        self.answer(tag, user, |j, core| render::put_group_info(j, core, group))
    }

    pub(crate) fn run(&mut self, command: Command) -> Answer {
        use Command as C;
        match command {
            C::ShowActiveUser => return self.show_user(),
            C::Start => return self.start(),
            C::Stop => {
                self.core.session.started = false;
                self.core.session.host_up = false;
                return Ok(render::bare("chatStopped"));
            }
            C::CheckRunning => {
                let tag = if self.core.session.started { "chatRunning" } else { "chatStopped" };
                return Ok(render::bare(tag));
            }
            C::NotSupported => return Err(error::command("not supported")),
            C::SetFolders { files, temp, assets } => {
                for folder in [&files, &temp, &assets].into_iter().flatten() {
                    self.sh.world.ask(|| std::fs::create_dir_all(folder).is_ok());
                }
                let session = &mut self.core.session;
                session.files_folder = files.or(session.files_folder.take());
                session.temp_folder = temp.or(session.temp_folder.take());
                session.assets_folder = assets.or(session.assets_folder.take());
                return self.ok();
            }
            _ => {}
        }
        if !self.core.session.started && self.core.active.is_some() {
            // These work on the files, no matter whether the store is open.
            match &command {
                C::EncryptDb { current, new } => return self.encrypt_db(current, new),
                C::TestKey { key } => return self.test_key(key),
                C::DeleteDb => return self.delete_db(),
                _ => {}
            }
        }
        if !self.core.open {
            return Err(error::database(CLOSED));
        }
        let command = match command {
            C::ListUsers => return self.list_users(),
            C::Version => return self.version(),
            C::CreateUser { profile, .. } => return self.create_user(profile),
            C::SetActiveUser { user, password } => return self.set_active_user(user, password.as_deref()),
            C::Service(service) => match self.service_at_rest(service) {
                Ok(answer) => return answer,
                Err(service) => C::Service(*service),
            },
            other => other,
        };
        self.active()?;
        let command = match command {
            C::GetChats { user, connections, page, query } => {
                return self.get_chats(user, connections, page, query.as_ref());
            }
            C::Suspend => {
                self.core.session.suspended = true;
                self.emit(render::bare("chatSuspended"));
                return self.ok();
            }
            C::Activate { restore } => return self.activate(restore),
            C::ExportDb { path } if !self.core.session.started => return self.export_db(&path),
            other => other,
        };
        if !self.core.session.started {
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
            // Two contacts are never merged.
            C::ContactMerge { .. } => self.ok(),
            C::NetworkStatuses => self.network_statuses(),
            C::Reconnect => {
                self.reconnect();
                self.ok()
            }
            C::ResubscribeAll => {
                let user = self.active()?;
                self.announce(user);
                self.ok()
            }
            C::SetServers { protocol, servers } => self.set_servers(&protocol, servers),
            C::ShowServers { protocol } => self.show_servers(&protocol),
            C::ShowProfile => self.profile_answer("userProfile"),
            C::ShowImage => self.profile_answer("userProfileImage"),
            C::SetImage { image } => self.edit_own_profile(|p| p.image = image),
            C::Rename { name, descr } => {
                users::check_name(&name)?;
                self.edit_own_profile(|p| {
                    p.display_name = name;
                    p.full_name.clear();
                    p.short_descr = descr;
                })
            }
            C::InfoNamed { name } => match self.by_name(&name)? {
                crate::parser::ChatRef::Direct(contact) => self.contact_info(contact),
                _ => Err(error::command("not supported")),
            },
            C::ItemInfoNamed { name, text } => {
                let chat = self.by_name(&name)?;
                let item = self.find_text(chat, &text, true).or_else(|_| self.find_text(chat, &text, false))?;
                self.item_info(chat, item)
            }
            C::EnableSending { chat } => {
                let user = self.known_chat(chat)?;
                self.ok_user(user)
            }
            C::SwitchQueue { chat, member } => self.switch_queue(chat, member),
            C::AbortSwitch { chat, member } => {
                self.chat_conn(chat, member)?;
                Err(error::agent_prohibited("abortConnectionSwitch: not switching"))
            }
            C::SyncRatchet { chat, member, force } => self.sync_ratchet(chat, member, force),
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
            C::UpdateItem { chat, item, live, message } => self.update_item(chat, item, live, message),
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
            C::SetGroupAlias { group, alias } => self.set_group_alias(group, alias),
            C::SetGroupCustom { group, data } => self.set_group_custom(group, data),
            C::MuteChat { name, on } => self.mute_chat(&name, on),
            C::SendQuote { name, member, own, quoted, text } => {
                self.send_quote(&name, member.as_deref(), own, &quoted, &text)
            }
            C::Broadcast { text } => self.broadcast(&text),
            C::Report { group, item, reason, text } => self.report(group, item, &reason, &text),
            C::DeleteMemberItem { group, items } => self.moderate(group, &items, Scope::Main),
            C::ArchiveReports { group } => self.archive_received(group),
            C::DeleteReports { group, items, mode } => self.delete_reports(group, &items, mode),
            C::ReactionMembers { group, item, reaction, .. } => self.reaction_members(group, item, &reaction),
            C::PlanForward { from, items } => self.plan_forward(from, &items),
            C::Forward { to, from, items, ttl } => self.forward(to, from, &items, ttl),
            C::LastChats { count } => self.last_chats(count),
            C::TailChat { name, count, search } => self.get_items(name.as_ref(), Page::Last(count), search.as_deref()),
            C::LastItemId { name } => self.last_item_id(name.as_ref()),
            C::ShowItem { item } => self.get_items(None, Page::Around(item, 0), None),
            C::ClearNamed { name } => {
                let chat = self.by_name(&name)?;
                self.clear_chat(chat)
            }
            C::GetTags { user } => self.get_tags(user),
            C::CreateTag { emoji, text } => self.create_tag(emoji, text),
            C::SetTags { chat, tags } => self.set_tags(chat, tags),
            C::DeleteTag { tag } => self.delete_tag(tag),
            C::UpdateTag { tag, emoji, text } => self.update_tag(tag, emoji, text),
            C::ReorderTags { tags } => self.reorder_tags(&tags),
            C::SetChatTtl { user, chat, ttl } => self.set_chat_ttl(user, chat, ttl),
            C::SetTtl { user, ttl } => self.set_ttl(user, ttl),
            C::GetTtl { user } => self.get_ttl(user),
            C::GetChatTtl { name } => self.get_chat_ttl(&name),
            C::TestServer { server } => {
                let user = self.active()?;
                self.test_server(user, &server)
            }
            C::ReceiveFile { file, approved, encrypt, path } => self.receive_file(file, approved, encrypt, path),
            C::Upload { user, path } => self.upload_alone(user, &path),
            C::Download { user, link, path } => self.download_alone(user, &link, &path),
            C::DownloadInfo { .. } => Ok(render::bare("standaloneFileInfo")),
            C::CancelFile { file } => self.cancel_file(file),
            C::FileStatus { file } => self.file_status(file),
            C::SendFileNamed { name, path } => self.send_file_named(&name, &path),
            C::NewGroup { user, incognito, profile } => self.new_group(Some(user), incognito, profile),
            C::NewGroupNamed { profile } => self.new_group(None, false, profile),
            C::AddMember { group, contact, role } => self.add_to_group(group, contact, role),
            C::JoinGroup { group } => self.join_group(group),
            C::AcceptMember { group, member, role } => self.accept_member(group, member, role),
            C::DeleteMemberSupport { group, member } => self.delete_member_support(group, member),
            C::MemberRoles { group, members, role } => self.member_roles(group, &members, role),
            C::BlockMembers { group, members, blocked } => self.block_members(group, &members, blocked),
            C::RemoveMembers { group, members, messages } => self.remove_members(group, &members, messages),
            C::LeaveGroup { group } => self.leave_group(group),
            C::ListMembers { group } => self.list_members(group),
            C::ListMembersNamed { name } => {
                let group = self.group_by_name(&name)?;
                self.list_members(group)
            }
            C::ListGroups { user, search, .. } => self.list_groups(Some(user), search.as_deref()),
            C::ListGroupsActive => self.list_groups(None, None),
            C::SetGroupProfile { group, profile } => self.set_group_profile(group, profile),
            C::ShowGroupProfile { name } => self.named_group_answer("groupProfile", &name),
            C::RenameGroup { name, to, full } => self.rename_group(&name, &to, &full),
            C::SetWelcome { name, text } => self.set_welcome(&name, text),
            C::ShowWelcome { name } => self.named_group_answer("groupDescription", &name),
            C::SetGroupFeature { feature, name, on, role } => self.set_group_feature(&feature, &name, on, role),
            C::SetFeature { feature, contact, allow } => self.set_feature(feature, contact.as_deref(), allow),
            C::SetAdmission { name, all } => self.set_admission(&name, all),
            C::CreateGroupLink { group, role } => self.create_group_link(group, role),
            C::SetGroupLinkRole { group, role } => self.set_group_link_role(group, role),
            C::DeleteGroupLink { group } => self.delete_group_link(group),
            C::GetGroupLink { group } | C::ShortGroupLink { group } => self.get_group_link(group),
            C::ShowGroupLinkNamed { name } => {
                let group = self.group_by_name(&name)?;
                self.get_group_link(group)
            }
            C::GroupInfo { group } => self.group_info(group),
            C::MemberInfo { group, member } => self.member_info(group, member),
            C::MemberSettings { group, member, show } => self.member_settings(group, member, show),
            C::MemberCode { group, member } => self.member_code(group, member),
            C::VerifyMember { group, member, code } => self.verify_member(group, member, code.as_deref()),
            C::ContactInfo { contact } => self.contact_info(contact),
            C::ContactCode { contact } => self.contact_code(contact),
            C::VerifyContact { contact, code } => self.verify_contact(contact, code.as_deref()),
            C::SupportChats { name } => self.support_chats(&name),
            C::CreateMemberContact { group, member } => self.create_member_contact(group, member),
            C::InviteMemberContact { contact, content } => self.invite_member_contact(contact, content),
            C::AcceptMemberContact { contact } => self.accept_member_contact(contact),
            C::PrepareContact { user, link, .. } => self.prepare_contact(user, &link),
            C::ConnectPrepared { contact, incognito, content } => self.connect_prepared(contact, incognito, content),
            C::PrepareGroup { user, link, direct, data } => self.prepare_group(user, &link, direct, &data),
            C::ConnectPreparedGroup { group, incognito, content } => {
                self.connect_prepared_group(group, incognito, content)
            }
            C::HideUser { user, password } => self.hide_user(user, &password),
            C::UnhideUser { user, password } => self.unhide_user(user, &password),
            C::MuteUser { user, show } => self.mute_user(user, show),
            C::DeleteUser { user, password, .. } => self.delete_user(user, password.as_deref()),
            C::Service(service) => self.service(service),
            C::DebugEvent { event } => self.debug_event(&event),
            C::ExportDb { .. } | C::EncryptDb { .. } | C::DeleteDb => Err(error::chat("chatNotStopped")),
            C::TestKey { key } => self.test_key(&key),
            _ => Err(error::command("not supported")),
        }
    }
}
