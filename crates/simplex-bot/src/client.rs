//! A client: a user who talks to others, without an address or handlers. For scripts, probes, notifiers.

use std::any::type_name;
use std::fmt;
use std::future::{IntoFuture, poll_fn};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::api::{ChatApi, Connecting};
use crate::bot::{Bot, Running};
use crate::chat::Chat;
use crate::core::ChatCore;
#[cfg(feature = "native")]
use crate::core::native::lib::Db;
use crate::error::BotError;
use crate::events::EventKind;
use crate::handler::caught;
use crate::runtime::{Awaited, Followed, Waits};
use crate::types::{
    ChatRef, ConnStatus, Connection, ConnectionId, ConnectionPlan, ContactAddressPlan, ContactId, Event, GroupId,
    GroupLinkPlan, GroupMemberStatus, InvitationLinkPlan, User,
};
use crate::wait::settle;

/// The default timeout of a connection.
const PATIENCE: Duration = Duration::from_secs(120);
/// How many events may wait to be taken.
const ROOM: usize = 1024;

/// A user of the network who talks to others: a bot without the server side.
///
/// What comes stays unread, except for messages that the client waits for; [`ChatApi::read_chat`] and
/// [`ChatApi::read_chat_items`] mark it. What came earlier is in the chats: [`ChatApi::get_chats`] has them with their
/// counts of what is unread, [`ChatApi::get_chat`] goes through one, and [`Chat::message`] makes a message to reply to,
/// react to, or receive the file of.
///
/// If it is dropped without [`close`](Self::close), it goes on until its core or the tokio runtime ends: its database
/// stays in use.
///
/// ```
/// # use simplex_bot::prelude::*;
/// async fn tell(me: &Client, link: &str) -> Result<(), BotError> {
///     let ops = me.connect_to(link).timeout(Duration::from_mins(2)).await?;
///     let sent = ops.send("build 4711 failed").await?;
///     sent.delivered().timeout(Duration::from_mins(1)).await
/// }
///
/// # async fn script(link: String) -> Result<(), BotError> {
/// let me = Client::open("ci", Db::sqlite("./ci")).await?;
/// tell(&me, &link).await?;
/// me.close().await
/// # }
/// # simplex_bot::testing::run(async {
/// #     let net = simplex_bot::testing::TestNetwork::new();
/// #     let bot = net.start(|| Bot::new("ops").on(any(), async |_: Message| {})).await;
/// #     let me = Client::over("ci", net.core("ci").await).await?;
/// #     tell(&me, bot.address()).await?;
/// #     me.close().await
/// # }).unwrap();
/// ```
#[derive(Debug)]
pub struct Client {
    running: Running,
    waits: Waits,
}

impl Client {
    /// Opens a database, with the core in this process.
    ///
    /// The name is that of the user, who is created if the database has none. A database with one user is that user's,
    /// whose name stays as it is; of several users, it is the one with the name.
    ///
    /// # Errors
    /// [`BotError`] if the library cannot be loaded or the database cannot be opened.
    ///
    /// # Cancel safety
    /// Same as [`Bot::start`].
    #[cfg(feature = "native")]
    pub async fn open(name: impl Into<String>, db: Db) -> Result<Self, BotError> {
        Self::begin(Bot::new(name).db(db)).await
    }

    /// Uses a core that is already open: over WebSocket, simulated, or your own. The name is as for `open`.
    ///
    /// What has to be set before the core connects to anything, such as a proxy, is set on it first:
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::core::ChatCore;
    /// use simplex_bot::types::Profile;
    ///
    /// async fn by_tor(core: Arc<dyn ChatCore>) -> Result<Client, BotError> {
    ///     let api = ChatApi::new(Arc::clone(&core));
    ///     if api.get_active_user().await?.is_none() {
    ///         api.create_active_user(Some(Profile::new("me", ""))).await?;
    ///     }
    ///     api.use_socks_proxy(Some("127.0.0.1:9050")).await?;
    ///     Client::over("me", core).await
    /// }
    /// # simplex_bot::testing::run(async {
    /// #     let me = by_tor(simplex_bot::testing::TestNetwork::new().core("me").await).await?;
    /// #     assert!(me.api().get_network_config().await?.get().contains("9050"));
    /// #     me.close().await
    /// # }).unwrap();
    /// ```
    ///
    /// # Errors
    /// [`BotError`] if the core does not answer.
    ///
    /// # Cancel safety
    /// Same as [`Bot::start`].
    pub async fn over(name: impl Into<String>, core: Arc<dyn ChatCore>) -> Result<Self, BotError> {
        Self::begin(Bot::new(name).core(core)).await
    }

    async fn begin(bot: Bot) -> Result<Self, BotError> {
        let running = bot.person().start().await?;
        let waits = running.handle().waits().of_client();
        Ok(Self { running, waits })
    }

    /// The commands of the core.
    pub fn api(&self) -> &ChatApi {
        self.running.api()
    }

    /// The profile that the client acts as, whichever is active: the one with its name among several. The commands of
    /// [`api`](Self::api) are sent as this one; those for another profile by a view of it:
    ///
    /// ```
    /// # use simplex_bot::BotError;
    /// # use simplex_bot::prelude::*;
    /// # use simplex_bot::types::Profile;
    /// async fn chats_of_all(me: &Client) -> Result<usize, BotError> {
    ///     let mut chats = 0;
    ///     for other in me.api().list_users().await? {
    ///         let user = other.user.user_id;
    ///         chats += me.api().for_user(user).get_chats(user, u32::MAX, false).await?.len();
    ///     }
    ///     Ok(chats)
    /// }
    /// # simplex_bot::testing::run(async {
    /// #     let me = Client::over("me", simplex_bot::testing::TestNetwork::new().core("me").await).await?;
    /// #     let one = chats_of_all(&me).await?;
    /// #     me.api().create_active_user(Some(Profile::new("other", ""))).await?;
    /// #     assert_eq!(chats_of_all(&me).await?, 2 * one);
    /// #     assert!(me.api().get_chats(me.user().user_id, 1, false).await.is_ok());
    /// #     me.close().await
    /// # }).unwrap();
    /// ```
    ///
    /// It hears of its own profile only. To be another one, close it and open the database with that one's name; for
    /// several at the same time, there is [`Bot::every_profile`].
    pub fn user(&self) -> &User {
        self.running.user()
    }

    /// The chat with a contact or of a group that is already known.
    pub fn chat(&self, chat: impl Into<ChatRef>) -> Chat {
        Chat::new(self.api().clone(), chat.into()).with_waits(self.waits.clone())
    }

    /// Connects by a link: an address, a one-time invitation, a group's link. Awaiting it returns the chat once it can
    /// be written to; at once, for a contact that is already there. If an earlier call began to connect, it waits for
    /// that connection.
    ///
    /// It waits for this connection only, whoever else connects meanwhile. A one-time invitation is used up by the first
    /// connection: give a script that runs again an address.
    ///
    /// An address may have a welcome, which comes at about the same time: the first answer that is waited for in the chat
    /// may be that. Where one is expected, take it first:
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// async fn ask(me: &Client, link: &str) -> Result<String, BotError> {
    ///     let bot = me.connect_to(link).await?;
    ///     let _welcome = bot.next_message().timeout(Duration::from_secs(10)).await.ok();
    ///     bot.ask("/status").await
    /// }
    /// ```
    pub fn connect_to<'a>(&'a self, link: &'a str) -> Connect<'a> {
        Connect { client: self, link, incognito: false, timeout: PATIENCE }
    }

    /// Waits for the next event of a kind: `client.next_event::<event::ContactConnected>(timeout)`.
    ///
    /// # Errors
    /// [`BotError::Wait`] if none comes in time.
    ///
    /// # Cancel safety
    /// Cancel safe; events that come while nobody waits are not kept.
    pub async fn next_event<E: EventKind>(&self, timeout: Duration) -> Result<E, BotError> {
        // The receiver calls this, where a panic must not get through: the same panic comes again below, in the caller.
        let wants = |event: &Event| caught(|| E::of(event).is_some()).unwrap_or(true);
        let event = self.waits.event(E::WANTED, timeout, wants).await?;
        E::of(&event).ok_or_else(|| {
            BotError::Misplaced(format!(
                "the event `{}` came, which is no `{}`",
                event.tag().as_str(),
                type_name::<E>()
            ))
        })
    }

    /// Streams the events of a kind from now on: `client.events::<event::ContactConnected>()`, or
    /// `client.events::<Event>()` for all.
    ///
    /// What the client itself sends, edits, deletes, reads or reacts to is no event: the calls return it. What becomes of
    /// it is one: statuses (`ChatItemsStatusesUpdated`), the progress of files (`SndFileProgressXftp`).
    ///
    /// ```
    /// # use simplex_bot::BotError;
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::types::event::SndStandaloneFileComplete;
    ///
    /// /// Uploads a file without a chat, and returns a link to it.
    /// async fn upload(me: &Client, path: &str) -> Result<Option<String>, BotError> {
    ///     // Before the command: its event may come before its answer.
    ///     let mut uploaded = me.events::<SndStandaloneFileComplete>();
    ///     let file = me.api().upload_standalone_file(me.user().user_id, path).await?;
    ///     while let Some(event) = uploaded.next().await {
    ///         if event.file_transfer_meta.file_id == file.file_id {
    ///             return Ok(event.rcv_uris.into_iter().next());
    ///         }
    ///     }
    ///     Ok(None) // the client is closed
    /// }
    /// # simplex_bot::testing::run(async {
    /// #     let folder = tempfile::tempdir().unwrap();
    /// #     let (path, copy) = (folder.path().join("a.txt"), folder.path().join("copy.txt"));
    /// #     std::fs::write(&path, "all is well").unwrap();
    /// #     let me = Client::over("me", simplex_bot::testing::TestNetwork::new().core("me").await).await?;
    /// #     let link = upload(&me, path.to_str().unwrap()).await?.unwrap();
    /// #     let mut downloaded = me.events::<simplex_bot::types::event::RcvStandaloneFileComplete>();
    /// #     me.api().download_standalone_file(me.user().user_id, &link, copy.to_str().unwrap()).await?;
    /// #     assert_eq!(downloaded.next().await.unwrap().target_path, copy.to_str().unwrap());
    /// #     assert_eq!(std::fs::read_to_string(copy).unwrap(), "all is well");
    /// #     me.close().await
    /// # }).unwrap();
    /// ```
    pub fn events<E: EventKind>(&self) -> Events<E> {
        Events { followed: self.waits.follow(E::WANTED, ROOM), kind: PhantomData }
    }

    /// Closes the core in order. What is not on its way yet, files above all, is sent when the database is next open:
    /// [`Sent::delivered`](crate::Sent::delivered) and [`Sent::uploaded`](crate::Sent::uploaded) wait for it.
    ///
    /// # Errors
    /// [`BotError`] if it does not close.
    ///
    /// # Cancel safety
    /// Once polled, the core is closed even if the future is dropped.
    pub async fn close(self) -> Result<(), BotError> {
        self.running.stop().await
    }

    /// The chat that a connection leads to, once it can be written to.
    async fn chat_of(&self, link: &str, underway: Underway) -> Result<Option<ChatRef>, BotError> {
        let underway = match underway {
            Underway::Earlier => {
                // The core may ask a server: if that fails, the next look tells more.
                let Ok(plan) = self.api().connect_plan(self.user().user_id, link).await else { return Ok(None) };
                match lead(&plan.0) {
                    Lead::Known(chat) | Lead::UnderWay(Some(chat)) => Underway::to(Some(chat)),
                    _ => return Ok(None),
                }
            }
            begun => begun,
        };
        let contacts = self.api().list_contacts(self.user().user_id).await?;
        let contact = contacts.iter().find(|contact| match underway {
            Underway::Contact(id) => contact.contact_id == id,
            _ => underway.is_by(contact.active_conn.as_deref()),
        });
        if let Some(contact) = contact {
            let ready = contact.active_conn.as_ref().is_some_and(|of| of.conn_status == ConnStatus::Ready);
            return Ok(ready.then_some(ChatRef::Direct(contact.contact_id)));
        }
        for group in self.api().list_groups(self.user().user_id, None, None).await? {
            let found = match underway {
                Underway::Group(id) => group.group_id == id,
                Underway::Contact(_) | Underway::Earlier => false,
                Underway::Connection(_) => {
                    let members = self.api().list_members(group.group_id).await?;
                    members.iter().any(|member| underway.is_by(member.active_conn.as_deref()))
                }
            };
            let inside =
                matches!(group.membership.member_status, GroupMemberStatus::Connected | GroupMemberStatus::Complete);
            if found {
                return Ok(inside.then_some(ChatRef::group(group.group_id)));
            }
        }
        Ok(None)
    }
}

/// What connecting by a link has started.
#[derive(Clone, Copy)]
enum Underway {
    Connection(ConnectionId),
    Contact(ContactId),
    Group(GroupId),
    /// Nothing: that by the link is under way already, to an unknown chat.
    Earlier,
}

impl Underway {
    fn to(chat: Option<ChatRef>) -> Self {
        match chat {
            Some(ChatRef::Direct(contact)) => Self::Contact(contact),
            Some(ChatRef::Group(group, _)) => Self::Group(group),
            _ => Self::Earlier,
        }
    }

    fn is_by(self, of: Option<&Connection>) -> bool {
        of.is_some_and(|of| matches!(self, Self::Connection(connection) if of.conn_id == connection))
    }

    /// Whether this event may tell that it has led to a chat. Only one wait gets an event: those of other connections are
    /// left to whoever waits for these.
    fn may_end_with(self, event: &Event) -> bool {
        match event {
            Event::ContactConnected(event) => match self {
                Self::Contact(id) => event.contact.contact_id == id,
                Self::Connection(_) => self.is_by(event.contact.active_conn.as_deref()),
                Self::Group(_) => false,
                Self::Earlier => true,
            },
            Event::UserJoinedGroup(event) => match self {
                Self::Group(id) => event.group_info.group_id == id,
                Self::Connection(_) => self.is_by(event.host_member.active_conn.as_deref()),
                Self::Contact(_) => false,
                Self::Earlier => true,
            },
            _ => false,
        }
    }
}

/// The events of a kind, as they come; made by [`Client::events`]. Also a [`Stream`](futures_core::Stream).
///
/// At most 1,024 wait to be taken: a slower client misses events, which [`missed`](Self::missed) counts. It ends with
/// the client.
#[must_use = "events that nobody takes are missed"]
pub struct Events<E> {
    followed: Followed,
    kind: PhantomData<fn() -> E>,
}

impl<E: EventKind> Events<E> {
    /// The next event; `None` once the client is closed.
    ///
    /// # Cancel safety
    /// Cancel safe.
    pub async fn next(&mut self) -> Option<E> {
        poll_fn(|cx| self.poll(cx)).await
    }

    /// How many events were missed, of any kind.
    pub fn missed(&self) -> u64 {
        self.followed.missed.load(Ordering::Relaxed)
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<E>> {
        loop {
            match self.followed.queue.poll_recv(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(event)) => {
                    if let Some(event) = E::of(&event) {
                        return Poll::Ready(Some(event));
                    }
                }
            }
        }
    }
}

impl<E: EventKind> futures_core::Stream for Events<E> {
    type Item = E;
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<E>> {
        self.poll(cx)
    }
}

impl<E> fmt::Debug for Events<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}

/// A connection to be made, by [`Client::connect_to`].
///
/// # Errors
/// [`BotError::Link`] if the core does not connect by the link; [`BotError::NotConnected`] if the link is one's own, or
/// needs a decision; [`BotError::Wait`] if the other end does not answer in time or the client is closed, after which the
/// connection may still be made.
///
/// # Cancel safety
/// Not cancel safe: the connection may still be made if the future is dropped.
#[must_use = "nothing is connected until it is awaited"]
pub struct Connect<'a> {
    client: &'a Client,
    link: &'a str,
    incognito: bool,
    timeout: Duration,
}

// Without the link's secret.
impl fmt::Debug for Connect<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let link = format_args!("{}", shown(self.link));
        f.debug_struct("Connect").field("link", &link).field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

impl<'a> Connect<'a> {
    /// Connects under a random name instead of the client's.
    pub fn incognito(mut self) -> Self {
        self.incognito = true;
        self
    }

    /// Sets how long to wait; two minutes by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    async fn run(self) -> Result<Chat, BotError> {
        let client = self.client;
        let connecting = client.api().connect_active_user(self.link, self.incognito).await;
        let connecting = connecting.map_err(|error| BotError::Link { link: shown(self.link), error })?;
        let underway = match connecting {
            Connecting::Invitation(pending) | Connecting::Contact(pending) => Underway::Connection(pending.pcc_conn_id),
            // A contact that had no connection until now: known by its address in a profile, or prepared by somebody
            // else.
            Connecting::ToContact(contact) => Underway::Contact(contact.contact_id),
            // A channel: the core makes a connection to each of its relays.
            Connecting::ToGroup(group) => Underway::Group(group.group_id),
            Connecting::AlreadyExists(contact) => return Ok(client.chat(contact.contact_id)),
            Connecting::Plan(plan) => match lead(&plan.0) {
                Lead::Known(chat) => return Ok(client.chat(chat)),
                Lead::UnderWay(chat) => Underway::to(chat),
                Lead::Nowhere(why) => return Err(BotError::NotConnected(format!("{} {why}", shown(self.link)))),
            },
            _ => {
                return Err(BotError::NotConnected(format!("the core did something else with {}", shown(self.link))));
            }
        };
        let tags = &["contactConnected", "userJoinedGroup"];
        let is_mine = move |event: &Event| underway.may_end_with(event);
        let look = || client.chat_of(self.link, underway);
        settle(&client.waits, tags, self.timeout, Awaited::Connection, is_mine, look)
            .await
            .map(|chat| client.chat(chat))
    }
}

/// A link as it may be shown: only the part before its `#`, because the secret comes after it.
fn shown(link: &str) -> String {
    let of_simplex = |place: &str| {
        let Some(rest) = place.strip_prefix("https://").or_else(|| place.strip_prefix("simplex:/")) else {
            return false;
        };
        place.len() <= 100 && rest.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'/'))
    };
    match link.split_once('#') {
        Some((place, secret)) if of_simplex(place) && !secret.is_empty() => format!("the link `{place}#…`"),
        Some((place, _)) if of_simplex(place) => format!("the link `{place}#`, with nothing behind the `#`"),
        _ => format!("a text of {} bytes that does not begin as a link", link.len()),
    }
}

/// Where a link leads.
pub(crate) enum Lead {
    /// To a chat that is known already.
    Known(ChatRef),
    /// To a chat, if the core says which, with which a connection was begun, and is not made yet.
    UnderWay(Option<ChatRef>),
    /// Nowhere, for this reason.
    Nowhere(&'static str),
}

/// Where a link leads by which the core began nothing.
pub(crate) fn lead(plan: &ConnectionPlan) -> Lead {
    const OWN: Lead = Lead::Nowhere("is one's own");
    const UNDECIDED: Lead = Lead::Nowhere("needs a decision: see `api().connect_plan(…)`");
    match plan {
        ConnectionPlan::ContactAddress { contact_address_plan: plan, .. } => match &**plan {
            ContactAddressPlan::Known { contact, .. } => Lead::Known(contact.contact_id.into()),
            ContactAddressPlan::ConnectingConfirmReconnect => Lead::UnderWay(None),
            ContactAddressPlan::ConnectingProhibit { contact, .. } => Lead::UnderWay(Some(contact.contact_id.into())),
            ContactAddressPlan::OwnLink => OWN,
            _ => UNDECIDED,
        },
        ConnectionPlan::InvitationLink { invitation_link_plan: plan, .. } => match &**plan {
            InvitationLinkPlan::Known { contact, .. } => Lead::Known(contact.contact_id.into()),
            InvitationLinkPlan::Connecting { contact, .. } => {
                Lead::UnderWay(contact.as_ref().map(|contact| contact.contact_id.into()))
            }
            InvitationLinkPlan::OwnLink => OWN,
            _ => UNDECIDED,
        },
        ConnectionPlan::GroupLink { group_link_plan: plan, .. } => match &**plan {
            GroupLinkPlan::Known { group_info, .. } => Lead::Known(group_info.group_id.into()),
            GroupLinkPlan::ConnectingConfirmReconnect => Lead::UnderWay(None),
            GroupLinkPlan::ConnectingProhibit { group_info, .. } => {
                Lead::UnderWay(group_info.as_ref().map(|group| group.group_id.into()))
            }
            GroupLinkPlan::OwnLink { .. } => OWN,
            GroupLinkPlan::NoRelays { .. } => Lead::Nowhere("is that of a channel that no relay serves"),
            GroupLinkPlan::UpdateRequired { .. } => Lead::Nowhere("is for a newer version of the core"),
            _ => UNDECIDED,
        },
        _ => UNDECIDED,
    }
}

impl<'a> IntoFuture for Connect<'a> {
    type Output = Result<Chat, BotError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Display for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.user().local_display_name)
    }
}
