//! Who may write, and how often: cooldown, allow and block lists, as middleware.

mod cooldown;

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::error::BotError;
use crate::message::Message;
use crate::middleware::{Flow, Middleware, Next, Routed};
use crate::store::{Store, Stored};
use crate::types::{Contact, ContactId, GroupMember, GroupMemberId};

pub use cooldown::{Cooldown, Exempt};

/// A sender: a contact, or a member of a group. [`of`](Self::of) makes it of a message, [`from`](Self::from) of the contact
/// or the member.
///
/// The core reuses the ids of deleted contacts. A sender therefore includes the time of creation, so that a new contact
/// is not mistaken for an old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sender(Who, i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
enum Who {
    Contact(ContactId),
    Member(GroupMemberId),
}

impl Sender {
    /// The sender of a message; `None` for a message that was sent as a channel.
    pub fn of(message: &Message) -> Option<Self> {
        match (message.member(), message.contact()) {
            (Some(member), _) => Some(member.into()),
            (None, Some(contact)) => Some(contact.into()),
            (None, None) => None,
        }
    }
}

impl From<&Contact> for Sender {
    fn from(contact: &Contact) -> Self {
        Self(Who::Contact(contact.contact_id), contact.created_at.as_unix_millis())
    }
}

impl From<&GroupMember> for Sender {
    fn from(member: &GroupMember) -> Self {
        Self(Who::Member(member.group_member_id), member.created_at.as_unix_millis())
    }
}

/// The sender of the message.
impl From<&Message> for Option<Sender> {
    fn from(message: &Message) -> Self {
        Sender::of(message)
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Who::Contact(contact) => write!(f, "contact/{contact}/{}", self.1),
            Who::Member(member) => write!(f, "member/{member}/{}", self.1),
        }
    }
}

/// A list of senders, to allow or to block. Clones share the same list.
///
/// ```
/// # use simplex_bot::prelude::*;
/// use simplex_bot::senders::SenderList;
///
/// # async fn bot(store: impl simplex_bot::store::Store) -> Result<(), BotError> {
/// let blocked = SenderList::kept_in("blocked", store).await?;
/// let bot = Bot::new("bot")
///     .state(blocked.clone())
///     .outer(blocked.block())
///     .command("leave_me_alone", "No more answers", async |msg: Message, State(list): State<SenderList>| {
///         list.add(&msg).await
///     });
/// # drop(bot); Ok(()) }
/// ```
///
/// The middleware drops what it does not let through. For handlers that only some people have, while the other handlers
/// are for everybody, make the list the guard of a router:
///
/// ```
/// # use simplex_bot::prelude::*;
/// use simplex_bot::senders::SenderList;
///
/// fn for_admins(admins: SenderList) -> Router {
///     Router::new().guard(when(move |msg| admins.has(msg))).command("stats", "Numbers", async |msg: Message| {
///         msg.reply("…").await
///     })
/// }
/// ```
#[derive(Clone, Default)]
pub struct SenderList {
    senders: Arc<Mutex<HashSet<Sender>>>,
    kept: Option<Arc<Kept>>,
}

/// The store in which a list outlasts the process.
struct Kept {
    key: String,
    store: Arc<dyn Store>,
    /// Makes changes happen one after another.
    changing: tokio::sync::Mutex<()>,
}

impl SenderList {
    /// An empty list, lost when the process ends.
    pub fn new() -> Self {
        Self::default()
    }

    /// A list that is kept in a store under a name. It is one value there, good for some thousand senders. Use a name
    /// for one list and its clones only: two lists with one name do not see each other's changes, and undo them.
    ///
    /// # Errors
    /// [`BotError::Store`] if it cannot be read.
    ///
    /// # Cancel safety
    /// Cancel safe.
    pub async fn kept_in(name: &str, store: impl Store) -> Result<Self, BotError> {
        let key = format!("senders/{name}");
        let senders: HashSet<Sender> = match store.load(&key).await? {
            Some(stored) => stored.decode()?,
            None => HashSet::new(),
        };
        let kept = Kept { key, store: Arc::new(store), changing: tokio::sync::Mutex::default() };
        Ok(Self { senders: Arc::new(Mutex::new(senders)), kept: Some(Arc::new(kept)) })
    }

    /// Adds a sender, or that of a message; returns whether the sender was not on the list before.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::senders::{Sender, SenderList};
    ///
    /// #[derive(Commands)]
    /// #[command(role = Moderator)]
    /// enum Moderation {
    ///     /// Ignore a member
    ///     Ignore { member: MemberRef },
    /// }
    ///
    /// async fn moderate(command: Moderation, msg: Message, State(ignored): State<SenderList>) -> Outcome<bool> {
    ///     let Moderation::Ignore { member } = command;
    ///     ignored.add(Sender::from(&member.resolve(&msg).await?)).await
    /// }
    /// # fn bot() -> Bot<SenderList> {
    /// #     let ignored = SenderList::new();
    /// #     Bot::new("bot").outer(ignored.block()).state(ignored).commands(moderate).on(text(), async |msg: TextMessage| {
    /// #         msg.reply("Yes?").await
    /// #     })
    /// # }
    /// # simplex_bot::testing::run(async {
    /// #     let net = simplex_bot::testing::TestNetwork::new();
    /// #     let bot = net.start(bot).await;
    /// #     let (alice, bob) = (net.person("alice"), net.person("bob"));
    /// #     let team = alice.creates_group("team", simplex_bot::types::GroupMemberRole::Member).await;
    /// #     bot.joins(&team).await;
    /// #     bob.joins(&team).await;
    /// #     bob.expect_member("bot").await;
    /// #     bob.send("bot?").await;
    /// #     bob.expect("Yes?").await;
    /// #     alice.send("/ignore @bob").await;
    /// #     bob.expect("/ignore @bob").await;
    /// #     bob.send("bot?").await;
    /// #     bob.expect_silence(Duration::from_mins(1)).await;
    /// # });
    /// ```
    ///
    /// # Errors
    /// [`BotError::Store`] if the change is not saved; the list then stays as it was.
    ///
    /// # Cancel safety
    /// Not cancel safe: if the future is dropped, the change may still be saved, but only take effect at the next
    /// start.
    pub async fn add(&self, who: impl Into<Option<Sender>>) -> Result<bool, BotError> {
        let Some(sender) = who.into() else { return Ok(false) };
        self.change(|senders| senders.insert(sender)).await
    }

    /// Removes a sender, or that of a message; returns whether the sender was on the list.
    ///
    /// # Errors
    /// Same as [`add`](Self::add).
    ///
    /// # Cancel safety
    /// Same as [`add`](Self::add).
    pub async fn remove(&self, who: impl Into<Option<Sender>>) -> Result<bool, BotError> {
        let Some(sender) = who.into() else { return Ok(false) };
        self.change(|senders| senders.remove(&sender)).await
    }

    async fn change(&self, change: impl FnOnce(&mut HashSet<Sender>) -> bool) -> Result<bool, BotError> {
        let Some(kept) = &self.kept else { return Ok(change(&mut lock(&self.senders))) };
        let _turn = kept.changing.lock().await;
        let mut next = lock(&self.senders).clone();
        if !change(&mut next) {
            return Ok(false);
        }
        let mut sorted: Vec<_> = next.iter().collect();
        sorted.sort_unstable();
        kept.store.save(&kept.key, Stored::new(&sorted)?).await?;
        *lock(&self.senders) = next;
        Ok(true)
    }

    /// Whether a sender, or that of a message, is on the list.
    pub fn has(&self, who: impl Into<Option<Sender>>) -> bool {
        who.into().is_some_and(|sender| lock(&self.senders).contains(&sender))
    }

    /// Makes middleware that drops messages of senders who are not on the list.
    pub fn allow(&self) -> Gate {
        Gate { list: self.clone(), allow: true }
    }

    /// Makes middleware that drops messages of senders who are on the list.
    pub fn block(&self) -> Gate {
        Gate { list: self.clone(), allow: false }
    }
}

impl fmt::Debug for SenderList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = self.kept.as_ref().map(|kept| &kept.key);
        f.debug_struct("SenderList").field("senders", &lock(&self.senders).len()).field("kept", &kept).finish()
    }
}

/// The middleware of a [`SenderList`], made by [`allow`](SenderList::allow) and [`block`](SenderList::block).
#[must_use = "a list keeps nobody out until it is a middleware"]
#[derive(Debug, Clone)]
pub struct Gate {
    list: SenderList,
    allow: bool,
}

impl Middleware for Gate {
    async fn handle(&self, message: Message, next: Next) -> Flow {
        if self.list.has(&message) == self.allow { next.run(message).await } else { Ok(Routed::Taken) }
    }
}

// Nothing that can panic runs under these locks.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ChatApi;
    use crate::core::mock::MockCore;

    #[test]
    fn a_new_member_is_not_taken_for_one_who_had_the_id_before() {
        let sender = |created: &str| {
            let event = include_str!("../../simplex-types/tests/data/group.json").trim_end();
            let mut item = serde_json::from_str::<serde_json::Value>(event).unwrap()["result"]["chatItems"][0].take();
            item["chatItem"]["chatDir"]["groupMember"]["createdAt"] = created.into();
            item["chatItem"]["content"] =
                serde_json::json!({"type": "rcvMsgContent", "msgContent": {"type": "text", "text": "hello"}});
            let api = ChatApi::new(Arc::new(MockCore::new(|_| "{}")));
            Sender::of(&Message::received(&api, serde_json::from_value(item).unwrap()).unwrap()).unwrap()
        };
        let (one, other) = (sender("2026-01-01T00:00:00Z"), sender("2026-01-02T00:00:00Z"));
        assert_eq!(one.0, other.0);
        assert_ne!(one, other);
    }
}
