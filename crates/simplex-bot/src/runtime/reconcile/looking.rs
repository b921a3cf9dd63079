//! Looking at the state of a profile, and making events of what is new in it.

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::api::{ApiError, ChatApi};
use crate::core::Frame;
use crate::message::{chat_ref, created_at};
use crate::schedule::now_in_seconds;
use crate::types::{
    AChat, ChatInfo, ChatItem, ChatPagination, ChatRef, CiFileStatus, ConnStatus, Connection, Contact, ContactStatus,
    Event, GroupInfo, GroupMember, GroupMemberCategory, GroupMemberRole, GroupMemberStatus, InvitedBy,
    PaginationByTime, User, cmd,
};

use super::super::known::{Fact, Kind, Look, Seen};
use super::super::unread::{CHATS, last_change, members_of, next_page};
use super::super::{Engine, Job, Key, worker};
use super::{Found, Teller};

/// The most found events whose handlers have not ended yet.
const TOGETHER: u32 = 32;
/// How long a look waits for them to end.
const PATIENCE: Duration = Duration::from_secs(60);
/// A file that nobody accepted for this long, in seconds, is not looked at any more: each is a command. Relays do not
/// have it any more.
const OFFERED: u64 = 7 * 86_400;

/// When no more than this is open in old chats, these are looked at one by one, and not all that came after them:
/// somebody who began to connect and never ends is open for ever.
const FEW: usize = 50;

/// A look at the state of one profile.
pub(super) struct Looking<'a> {
    engine: &'a Arc<Engine>,
    api: ChatApi,
    user: &'a User,
    places: Arc<Semaphore>,
}

impl<'a> Looking<'a> {
    pub(super) fn new(engine: &'a Arc<Engine>, user: &'a User) -> Self {
        let api = engine.profiles.api(user.user_id).into_owned();
        Self { engine, api, user, places: Arc::new(Semaphore::new(TOGETHER as usize)) }
    }

    /// Looks at the chats from the latest back, until nothing can be new.
    pub(super) async fn at_chats(&self) -> Result<(), ApiError> {
        let user = self.user.user_id;
        let before = self.engine.journal.looked_until(user, Look::Chats);
        let mut missing = self.engine.journal.left_open(user, Look::Chats);
        let mut seen = Seen { until: before.unwrap_or(0), ..Seen::default() };
        let mut page = PaginationByTime::Last { count: CHATS };
        let mut looked_at = HashSet::new();
        let mut looked = Ok(());
        loop {
            let chats = self.api.find_chats(&cmd::GetChats::new(user).with_pagination(page)).await?;
            for chat in &chats {
                // Some chats are on two pages.
                if chat_ref(&chat.chat_info).is_some_and(|chat| !looked_at.insert(chat)) {
                    continue;
                }
                if let Some(time) = last_change(chat) {
                    seen.until = seen.until.max(time.as_unix_millis());
                }
                // A group that cannot be looked at must not keep the others from being looked at.
                looked = looked.and(self.at_chat(chat, &mut seen).await);
            }
            missing.retain(|fact| !seen.open.contains(fact) && !seen.done.contains(fact));
            let Some(oldest) = chats.last().and_then(last_change) else { break };
            let known = before.is_some_and(|before| oldest.as_unix_millis() < before);
            if known && missing.len() <= FEW {
                looked = looked.and(self.at_old_chats(missing, &looked_at, &mut seen).await);
                break;
            }
            match next_page(page, &chats) {
                Some(next) => page = next,
                None => break,
            }
        }
        looked?;
        self.end(Look::Chats, seen).await;
        Ok(())
    }

    /// Looks at the chats of what was open, one by one, except at those that were looked at.
    async fn at_old_chats(
        &self,
        open: HashSet<Fact>,
        looked_at: &HashSet<ChatRef>,
        seen: &mut Seen,
    ) -> Result<(), ApiError> {
        let mut looked = Ok(());
        // In an order, so that tests are deterministic.
        let open: BTreeSet<Fact> = open.into_iter().collect();
        for fact in &open {
            let Some(chat) = fact.chat().filter(|chat| !looked_at.contains(chat)) else { continue };
            // A chat may be of two facts.
            if seen.open.contains(fact) || seen.done.contains(fact) {
                continue;
            }
            match self.api.get_chat(chat, ChatPagination::Last { count: 1 }).await {
                // Another chat that has the id now is found by its age.
                Ok(chat) if created_at(&chat.chat_info) == Some(fact.created) => {
                    looked = looked.and(self.at_chat(&chat, seen).await);
                }
                Ok(_) => {}
                Err(error) if error.is_not_found() => {}
                Err(error) if error.is_temporary() => looked = Err(error),
                // One that cannot be looked at must not keep the others from it for ever. With it stays open who asked
                // for it, if that was not told.
                Err(_) => {
                    let asked = |other: &&Fact| other.kind == Kind::Request && other.created == fact.created;
                    seen.open.extend(open.iter().filter(asked).chain([fact]));
                }
            }
        }
        looked
    }

    async fn at_chat(&self, chat: &AChat, seen: &mut Seen) -> Result<(), ApiError> {
        match &chat.chat_info {
            ChatInfo::Direct { contact, .. } => self.at_contact(chat, contact, seen).await,
            ChatInfo::Group { group_info, .. } => self.at_group(group_info, seen).await?,
            _ => {}
        }
        Ok(())
    }

    async fn at_contact(&self, chat: &AChat, contact: &Contact, seen: &mut Seen) {
        let created = contact.created_at.as_unix_millis();
        seen.until = seen.until.max(created);
        let connected = Fact { kind: Kind::Contact, id: contact.contact_id.0, created };
        match (&contact.active_conn, contact.contact_request_id) {
            (Some(connection), _) if is_ready(connection) => {
                let event = || self.event("contactConnected", &[("contact", &contact)]);
                self.found(connected, contact.contact_id.into(), self.engine.wanted.contact, event, seen).await;
            }
            (None, Some(id)) if contact.contact_status == ContactStatus::Active => {
                let request = Fact { kind: Kind::Request, id: id.0, created };
                let event = || self.request(chat, contact, id.0);
                self.found(request, contact.contact_id.into(), self.engine.wanted.request, event, seen).await;
                seen.open.insert(connected);
            }
            _ if will_connect(contact) => {
                seen.open.insert(connected);
            }
            _ => {}
        }
    }

    async fn at_group(&self, group: &GroupInfo, seen: &mut Seen) -> Result<(), ApiError> {
        use GroupMemberStatus::{Complete, Connected, Creator, Deleted, Invited, Left, Rejected, Removed};
        let created = group.created_at.as_unix_millis();
        seen.until = seen.until.max(created);
        let fact = |kind| Fact { kind, id: group.group_id.0, created };
        let chat = ChatRef::group(group.group_id);
        let wanted = self.engine.wanted;
        match &group.membership.member_status {
            Creator if group.business_chat.is_some() => {
                let event = || self.event("acceptingBusinessRequest", &[("groupInfo", &group)]);
                self.found(fact(Kind::Business), chat, wanted.business, event, seen).await;
            }
            Creator => {}
            Connected | Complete => {
                let mut event = None;
                if wanted.joined && self.is_new(fact(Kind::Joined)) {
                    let members = self.api.list_members(group.group_id).await?;
                    let host = members.iter().find(|member| member.member_category == GroupMemberCategory::Host);
                    event = host.and_then(|host| {
                        self.event("userJoinedGroup", &[("groupInfo", &group), ("hostMember", &host)])
                    });
                }
                self.found(fact(Kind::Joined), chat, wanted.joined, || event, seen).await;
            }
            Invited => {
                seen.open.insert(fact(Kind::Joined));
                let mut event = None;
                let mut from = chat;
                if wanted.invitation && self.is_new(fact(Kind::Invitation)) {
                    (from, event) = self.invitation(group).await?;
                }
                self.found(fact(Kind::Invitation), from, wanted.invitation, || event, seen).await;
            }
            Rejected | Removed | Left | Deleted => {}
            _ => {
                seen.open.insert(fact(Kind::Joined));
            }
        }
        Ok(())
    }

    /// Looks at the members of all groups: a new member does not change the time that the core gives as a group's last
    /// activity.
    pub(super) async fn at_members(&self) -> Result<(), ApiError> {
        let user = self.user.user_id;
        let before = self.engine.journal.looked_until(user, Look::Members);
        let mut seen = Seen { until: before.unwrap_or(0), ..Seen::default() };
        let mut looked = Ok(());
        for group in self.api.list_groups(user, None, None).await? {
            seen.until = seen.until.max(group.chat_ts.unwrap_or(group.updated_at).as_unix_millis());
            // Nobody joins there any more, as far as the bot sees; and it may have left very many.
            if group.membership.is_gone() {
                continue;
            }
            for member in members_of(&self.api, group.group_id, &mut looked).await.into_iter().flatten() {
                self.at_member(&group, &member, &mut seen).await;
            }
        }
        looked?;
        self.end(Look::Members, seen).await;
        Ok(())
    }

    async fn at_member(&self, group: &GroupInfo, member: &GroupMember, seen: &mut Seen) {
        let created = member.created_at.as_unix_millis();
        seen.until = seen.until.max(created);
        let fact = Fact { kind: Kind::Member, id: member.group_member_id.0, created };
        let (tag, wanted) = match member.member_category {
            GroupMemberCategory::Invitee => ("joinedGroupMember", self.engine.wanted.invitee),
            GroupMemberCategory::Pre | GroupMemberCategory::Post => {
                ("connectedToGroupMember", self.engine.wanted.member)
            }
            _ => return,
        };
        if member.is_gone() {
            return;
        }
        // No event reports a channel's relays, or its members, who are connected to its relays only and may be very
        // many (the core's sources between 6.5 and 7.0).
        if member.member_role == GroupMemberRole::Relay || (group.use_relays && member.active_conn.is_none()) {
            return;
        }
        if member.active_conn.as_deref().is_some_and(is_ready) {
            let event = || self.event(tag, &[("groupInfo", &group), ("member", &member)]);
            self.found(fact, ChatRef::group(group.group_id), wanted, event, seen).await;
        } else {
            seen.open.insert(fact);
        }
    }

    /// Looks at one file after another; one that cannot be looked at now stays for the next time.
    pub(super) async fn at_files(&self) {
        let user = self.user.user_id;
        let now = now_in_seconds();
        for (file, place, since) in self.engine.journal.files().into_iter().filter(|(_, place, _)| place.user == user) {
            let fact = Fact::file(file);
            let page = ChatPagination::Around { item: place.item.into(), count: 1 };
            let chat = match self.api.get_chat(place.chat, page).await {
                Ok(chat) => chat,
                Err(error) => {
                    if error.is_not_found() {
                        self.engine.journal.tell(user, fact);
                    }
                    continue;
                }
            };
            let info = chat.chat_info;
            let item = chat.chat_items.into_iter().find(|item| item.meta.item_id.0 == place.item);
            let Some((status, item)) = item.and_then(|item| Some((item.file.as_ref()?.file_status.clone(), item)))
            else {
                self.engine.journal.tell(user, fact);
                continue;
            };
            use CiFileStatus::{
                Invalid, RcvAborted, RcvCancelled, RcvComplete, RcvError, RcvInvitation, SndCancelled, SndComplete,
                SndError,
            };
            let event = match status {
                RcvComplete if self.engine.wanted.received => self.received(&info, &item),
                SndComplete if self.engine.wanted.sent => self.sent(&info, &item),
                RcvComplete
                | SndComplete
                | RcvCancelled
                | SndCancelled
                | RcvError { .. }
                | SndError { .. }
                | Invalid { .. } => None,
                RcvInvitation | RcvAborted if since.saturating_add(OFFERED) <= now => None,
                _ => continue,
            };
            match event {
                Some(event) => self.raise(fact, place.chat, event).await,
                None => drop(self.engine.journal.tell(user, fact)),
            }
        }
        self.all_told().await;
    }

    fn is_new(&self, fact: Fact) -> bool {
        self.engine.journal.is_new(self.user.user_id, fact)
    }

    /// A fact has reached the state that its event reports: tells it if it is new and wanted.
    async fn found(
        &self,
        fact: Fact,
        chat: ChatRef,
        wanted: bool,
        event: impl FnOnce() -> Option<Arc<Event>>,
        seen: &mut Seen,
    ) {
        if wanted
            && self.is_new(fact)
            && let Some(event) = event()
        {
            // Open until it is told: a handler may not have ended when the look ends.
            seen.open.insert(fact);
            return self.raise(fact, chat, event).await;
        }
        seen.done.insert(fact);
    }

    /// Puts an event into its lane, unless its fact is being told already. Waits while many are under way.
    async fn raise(&self, fact: Fact, chat: ChatRef, event: Arc<Event>) {
        let user = self.user.user_id;
        if self.engine.being_told.by(user, fact) > 0 {
            return;
        }
        let Ok(Ok(place)) = timeout(PATIENCE, Arc::clone(&self.places).acquire_owned()).await else {
            // The rest of what is found stays open and is left to the next look.
            self.places.close();
            return self.engine.look.notify_one();
        };
        let found = Found { event, teller: Teller::of(self.engine, user, fact), _place: place };
        self.engine.put(Key { user, chat }, Job::Found(Box::new(found)), None, false);
    }

    /// Waits until everything is told, but no longer than `PATIENCE`: what is told later is open meanwhile.
    async fn all_told(&self) {
        if !matches!(timeout(PATIENCE, self.places.acquire_many(TOGETHER)).await, Ok(Ok(_))) {
            tracing::warn!("handlers of what was found take long; what happens meanwhile does not wait for them");
        }
    }

    async fn end(&self, look: Look, seen: Seen) {
        self.all_told().await;
        self.engine.journal.looked(self.user.user_id, look, seen);
    }

    /// An event with these parts, after the profile's.
    fn event(&self, tag: &str, parts: &[(&str, &dyn Written)]) -> Option<Arc<Event>> {
        let mut text = format!("{{\"result\":{{\"type\":\"{tag}\",\"user\":{}", self.user.written()?);
        for (name, part) in parts {
            // Writing to a string does not fail.
            let _ = write!(text, ",\"{name}\":{}", part.written()?);
        }
        text.push_str("}}");
        worker::decode(&Frame::parse(text)).map(Arc::new)
    }

    /// A contact request, as far as it can be rebuilt from the contact that it will become.
    fn request(&self, chat: &AChat, contact: &Contact, id: i64) -> Option<Arc<Event>> {
        let request = serde_json::json!({
            "contactRequestId": id,
            "agentInvitationId": "",
            "contactId_": contact.contact_id.0,
            "cReqChatVRange": {"minVersion": 1, "maxVersion": 1},
            "localDisplayName": contact.local_display_name,
            "profileId": contact.profile.profile_id.map_or(0, |id| id.0),
            "profile": contact.profile,
            "createdAt": contact.created_at,
            "updatedAt": contact.updated_at,
            "pqSupport": false,
        });
        self.event("receivedContactRequest", &[("contactRequest", &request), ("chat_", &chat)])
    }

    /// An invitation, and the chat with its sender.
    async fn invitation(&self, group: &GroupInfo) -> Result<(ChatRef, Option<Arc<Event>>), ApiError> {
        let InvitedBy::Contact { by_contact_id, .. } = &group.membership.invited_by else {
            return Ok((ChatRef::group(group.group_id), None));
        };
        let from = ChatRef::Direct(*by_contact_id);
        let chat = match self.api.get_chat(from, ChatPagination::Last { count: 1 }).await {
            Ok(chat) => chat,
            // The contact through whom the bot would join is gone.
            Err(error) if error.is_not_found() => return Ok((from, None)),
            Err(error) => return Err(error),
        };
        let ChatInfo::Direct { contact, .. } = &chat.chat_info else { return Ok((from, None)) };
        let members = self.api.list_members(group.group_id).await?;
        let host = members.iter().find(|member| member.member_category == GroupMemberCategory::Host);
        let by = host.map_or(GroupMemberRole::Member, |host| host.member_role.clone());
        let parts: [(&str, &dyn Written); 4] = [
            ("groupInfo", &group),
            ("contact", contact),
            ("fromMemberRole", &by),
            ("memberRole", &group.membership.member_role),
        ];
        Ok((from, self.event("receivedGroupInvitation", &parts)))
    }

    fn received(&self, chat_info: &ChatInfo, chat_item: &ChatItem) -> Option<Arc<Event>> {
        self.event("rcvFileComplete", &[("chatItem", &InChat { chat_info, chat_item })])
    }

    fn sent(&self, chat_info: &ChatInfo, chat_item: &ChatItem) -> Option<Arc<Event>> {
        let file = chat_item.file.as_ref()?;
        let meta = serde_json::json!({
            "fileId": file.file_id.0,
            "fileName": file.file_name,
            "filePath": file.file_source.as_ref().map_or("", |source| source.file_path.as_str()),
            "fileSize": file.file_size,
            "chunkSize": 0,
            "cancelled": false,
        });
        let item = InChat { chat_info, chat_item };
        self.event("sndFileCompleteXFTP", &[("chatItem", &item), ("fileTransferMeta", &meta)])
    }
}

/// Whether a contact that is not connected may connect later: those that come with the program never do.
fn will_connect(contact: &Contact) -> bool {
    contact.contact_status == ContactStatus::Active
        && (contact.active_conn.is_some()
            || contact.prepared_contact.is_some()
            || contact.contact_group_member_id.is_some()
            || contact.group_direct_inv.is_some())
}

fn is_ready(connection: &Connection) -> bool {
    matches!(connection.conn_status, ConnStatus::Ready)
}

/// A chat item in the form that events have.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct InChat<'a> {
    chat_info: &'a ChatInfo,
    chat_item: &'a ChatItem,
}

/// What can be written as a part of an event.
trait Written {
    fn written(&self) -> Option<String>;
}

impl<T: Serialize> Written for T {
    fn written(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }
}
