//! The timeouts of conversations: each is handled in the lane of the conversation's chat.

use std::any::Any;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::api::{ApiError, ChatApi};
use crate::chat::Chat;
use crate::extract::{Cx, Extract};
use crate::filter::{Narrowing, Subject};
use crate::handler::{HandlerError, HandlerFuture, HandlerOf};
use crate::message::Message;
use crate::router::Start;
use crate::runtime::{Engine, Key};
use crate::schedule::{Watched, now_in_seconds};
use crate::types::{ChatInfo, ChatPagination, ChatRef, GroupMemberId, UserId, cmd};

use super::{DialogueState, LATER, Session, Step};

/// When the conversations of a dialogue time out.
#[derive(Default)]
pub(crate) struct Times {
    due: Mutex<Due>,
    changed: Notify,
    /// Weak: whoever holds the function also holds the dialogue.
    tell: OnceLock<Weak<TellOf>>,
}

#[derive(Default)]
struct Due {
    of: HashMap<Arc<str>, (u64, Key)>,
    order: BTreeSet<(u64, Arc<str>)>,
    /// Conversations whose end has begun: it begins only once per run.
    begun: HashSet<Arc<str>>,
}

impl Times {
    /// Sets when a conversation times out if nothing happens before; with `None`, never.
    pub(super) fn set(&self, key: &Arc<str>, due: Option<(u64, Key)>) {
        let mut all = self.lock();
        if let Some((before, _)) = all.of.remove(key) {
            all.order.remove(&(before, Arc::clone(key)));
        }
        all.begun.remove(key);
        if let Some((time, lane)) = due {
            all.of.insert(Arc::clone(key), (time, lane));
            all.order.insert((time, Arc::clone(key)));
        }
        drop(all);
        self.changed.notify_one();
    }

    /// Makes sure that a conversation is checked at this time or earlier.
    pub(super) fn set_by(&self, key: &Arc<str>, due: (u64, Key)) {
        if self.lock().of.get(key).is_none_or(|(before, _)| *before > due.0) {
            self.set(key, Some(due));
        }
    }

    /// Sets the function with which the bot that is about to run handles timeouts.
    pub(crate) fn tell_by(&self, tell: &Tell) {
        // Set only once: a bot starts once.
        let _ = self.tell.set(Arc::downgrade(tell));
    }

    /// The function that handles the timeout of a conversation; `None` if its end has begun already.
    pub(super) fn tell(&self, key: &str) -> Option<Tell> {
        self.tell.get().filter(|_| !self.has_begun(key))?.upgrade()
    }

    /// Whether the end of a conversation has begun.
    pub(super) fn has_begun(&self, key: &str) -> bool {
        self.lock().begun.contains(key)
    }

    /// Records that the end of a conversation begins; `false` if it had begun already.
    pub(super) fn begin(&self, key: &Arc<str>) -> bool {
        self.lock().begun.insert(Arc::clone(key))
    }

    fn first(&self) -> Option<u64> {
        self.lock().order.first().map(|(due, _)| *due)
    }

    /// Takes a conversation that has timed out.
    fn take(&self, now: u64) -> Option<(Arc<str>, Key)> {
        let mut all = self.lock();
        let (due, key) = all.order.first()?;
        if *due > now {
            return None;
        }
        let key = Arc::clone(key);
        all.order.pop_first();
        let (_, lane) = all.of.remove(&key)?;
        Some((key, lane))
    }

    fn lock(&self) -> MutexGuard<'_, Due> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A dialogue, whatever the type of its states.
#[async_trait]
pub(crate) trait Timed: Send + Sync {
    /// The name of the dialogue.
    fn name(&self) -> &'static str;

    fn times(&self) -> &Times;

    /// Reads the stored conversations, and notes when they time out; `false` if the store cannot list them.
    async fn recall(&self) -> bool;

    /// Ends a conversation, in its lane, if it has really timed out.
    async fn end(&self, key: Arc<str>, lane: Key, api: ChatApi, tell: Tell) -> Result<(), HandlerError>;
}

/// Finds and starts the handler for the timeout of a conversation.
pub(crate) type Tell = Arc<TellOf>;
type TellOf = dyn Fn(Overdue) -> Option<HandlerFuture> + Send + Sync;

/// Ends conversations when they time out, until the bot stops.
pub(crate) async fn watch(timed: Arc<dyn Timed>, tell: Tell, engine: Weak<Engine>, stop: CancellationToken) {
    let mut time = Watched::new();
    // When the stored conversations are to be read.
    let mut recall_at = Some(Instant::now());
    loop {
        if recall_at.is_some_and(|at| at <= Instant::now()) {
            // A store that does not answer must not hold up the stop.
            let recalled = tokio::select! {
                biased;
                () = stop.cancelled() => return,
                recalled = timed.recall() => recalled,
            };
            recall_at = (!recalled).then(|| Instant::now() + Duration::from_secs(LATER));
        }
        let recall_due = async {
            match recall_at {
                Some(at) => sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        let wait = async {
            match timed.times().first() {
                Some(due) => time.until(due).await,
                None => std::future::pending().await,
            }
        };
        let set_back = tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = timed.times().changed.notified() => continue,
            () = recall_due => continue,
            set_back = wait => set_back,
        };
        // The clock was set back: the times that were noted are too late now.
        if set_back.is_some() {
            recall_at = Some(Instant::now());
            continue;
        }
        let Some(engine) = engine.upgrade() else { return };
        while let Some((key, lane)) = timed.times().take(now_in_seconds()) {
            let (timed, tell) = (Arc::clone(&timed), Arc::clone(&tell));
            let end =
                move |api: ChatApi| -> HandlerFuture { Box::pin(async move { timed.end(key, lane, api, tell).await }) };
            engine.in_lane(lane, Box::new(end));
        }
    }
}

/// Whose conversation it is, as written in its key.
///
/// The core reuses the ids of deleted contacts: the time of creation tells them apart, and that of their groups those
/// who write as channels.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Whose {
    pub(super) user: UserId,
    pub(super) chat: ChatRef,
    pub(super) member: Option<GroupMemberId>,
    created: Option<String>,
}

impl Whose {
    pub(super) fn of(user: UserId, message: &Message) -> Self {
        let member = message.member();
        let created = match (member, message.contact()) {
            (Some(member), _) => Some(member.created_at.to_string()),
            (None, Some(contact)) => Some(contact.created_at.to_string()),
            // Sent as a channel.
            (None, None) => message.group().map(|group| group.created_at.to_string()),
        };
        Self { user, chat: message.chat_ref(), member: member.map(|member| member.group_member_id), created }
    }

    /// The key under which the state is kept.
    pub(super) fn key(&self, dialogue: &str) -> String {
        use std::fmt::Write;
        let mut key = format!("{dialogue}/{}/{}", self.user, self.chat);
        for part in [self.member.map(|member| member.to_string()), self.created.clone()].into_iter().flatten() {
            // Writing to a string does not fail.
            let _ = write!(key, "/{part}");
        }
        key
    }

    /// `None` if this is not a key of the dialogue.
    pub(super) fn read(dialogue: &str, key: &str) -> Option<Self> {
        let mut parts = key.strip_prefix(dialogue)?.strip_prefix('/')?.split('/');
        let (user, chat) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let (member, created) = match (parts.next(), parts.next()) {
            (Some(member), Some(created)) => (Some(member.parse().ok()?), Some(created.to_owned())),
            (created, _) => (None, created.map(str::to_owned)),
        };
        parts.next().is_none().then_some(Self { user, chat, member, created })
    }

    /// That of a chat, in a group with the member whom the chat is for.
    pub(super) async fn in_chat(chat: &Chat) -> Result<Self, ApiError> {
        let api = chat.api();
        let user = match api.user_id() {
            Some(user) => user,
            None => api.call(&cmd::ShowActiveUser::new()).await?.user.user_id,
        };
        let whose = Self { user, chat: chat.chat_ref(), member: chat.sender(), created: None };
        Ok(Self { created: whose.found(api).await?, ..whose })
    }

    /// Whether the contact or member still exists, and is not somebody else with the same id.
    pub(super) async fn is_there(&self, api: &ChatApi) -> Result<bool, ApiError> {
        match self.found(api).await {
            Ok(created) => Ok(created == self.created),
            Err(error) if error.is_not_found() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// When the one who has these ids now was created.
    async fn found(&self, api: &ChatApi) -> Result<Option<String>, ApiError> {
        if let (ChatRef::Group(group, _), Some(member)) = (self.chat, self.member) {
            return Ok(Some(api.get_group_member_info(group, member).await?.member.created_at.to_string()));
        }
        Ok(match api.get_chat(self.chat, ChatPagination::Last { count: 1 }).await?.chat_info {
            ChatInfo::Direct { contact, .. } => Some(contact.created_at.to_string()),
            ChatInfo::Group { group_info, .. } => Some(group_info.created_at.to_string()),
            _ => None,
        })
    }
}

/// A conversation that timed out: the input of a handler of
/// [`Router::on_step_timeout`](crate::Router::on_step_timeout).
#[derive(Debug)]
pub struct Overdue {
    pub(super) chat: Chat,
    /// The [`Session`].
    pub(super) session: Box<dyn Any + Send + Sync>,
}

impl Subject for Overdue {
    fn api(&self) -> &ChatApi {
        self.chat.api()
    }
}

/// The narrowing of handlers of a state's timeout: there is no message to extract, only the chat.
#[derive(Debug)]
pub struct OnTimeout;

impl Narrowing for OnTimeout {
    type Subject = Overdue;
    type Value = ();
}

impl<S> Extract<OnTimeout, S> for Chat {
    fn extract(cx: &Cx<'_, OnTimeout, S>) -> Result<Self, HandlerError> {
        Ok(cx.subject.chat.clone())
    }
}

/// The handler of one state's timeout.
pub(crate) fn timed_out<T, A, S, H>(handler: H) -> Start<Overdue, S, Option<HandlerFuture>>
where
    T: DialogueState,
    A: 'static,
    S: 'static,
    H: HandlerOf<Step<T>, A, OnTimeout, S>,
{
    Arc::new(move |overdue, state| {
        let session: &Session<T::Dialogue> = overdue.session.downcast_ref()?;
        Some(handler.call(Step::of(session)?, Cx { subject: overdue, value: &(), state }))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use serde::{Deserialize, Serialize};

    use super::Whose;
    use crate::api::ChatApi;
    use crate::bot::Bot;
    use crate::core::mock::MockCore;
    use crate::dialogue::{Dialogue, Session, Sessions};
    use crate::filter::any;
    use crate::store::MemoryStore;
    use crate::testing::{TestNetwork, run, set_clock_back};
    use crate::types::{ChatRef, ContactId, GroupChatScope, GroupId, GroupMemberId, UserId};

    #[derive(Clone, Serialize, Deserialize)]
    struct Order;

    impl Dialogue for Order {
        const NAME: &str = "order";
    }

    #[test]
    fn a_clock_that_is_set_back_gives_nobody_much_more_time() {
        let hour = Duration::from_secs(3600);
        run(async move {
            let net = TestNetwork::new();
            let bot = net.start(move || {
                let orders = Sessions::<Order>::new(MemoryStore::new()).expires_after(hour).when_expired("Over.");
                Bot::new("shop").dialogue(orders).on(any(), async |session: Session<Order>| session.set(Order).await)
            });
            let alice = net.person("alice").patience(hour).connects_to(&bot.await).await;
            tokio::time::sleep(hour * 48).await;
            alice.send("hi").await;
            alice.expect_silence(hour / 2).await;
            set_clock_back();
            alice.expect_silence(hour / 3).await;
            alice.expect("Over.").await;
        });
    }

    #[test]
    fn a_key_says_whose_it_is() {
        let created = Some("2026-01-31T23:59:59Z".to_owned());
        let support = |member: Option<i64>| GroupChatScope::MemberSupport(member.map(GroupMemberId));
        for (chat, member, created) in [
            (ChatRef::Direct(ContactId(5)), None, created.clone()),
            (ChatRef::group(GroupId(7)), Some(GroupMemberId(3)), created.clone()),
            (ChatRef::scoped(GroupId(7), support(None)), Some(GroupMemberId(3)), created.clone()),
            (ChatRef::scoped(GroupId(7), support(Some(3))), Some(GroupMemberId(3)), created.clone()),
            (ChatRef::group(GroupId(7)), None, created),
        ] {
            let whose = Whose { user: UserId(1), chat, member, created };
            let key = whose.key("a/b");
            assert_eq!(Whose::read("a/b", &key), Some(whose), "{key}");
            assert_eq!(Whose::read("a", &key), None, "{key}");
        }
        for other in ["order/1", "order/1/5", "order/x/@5", "order/1/#7(_support", "order/1/@5/a/b/c", "order"] {
            assert_eq!(Whose::read("order", other), None, "{other}");
        }
    }

    #[test]
    fn a_channel_is_not_taken_for_a_deleted_one() {
        let whose = |created: &str| {
            let event = include_str!("../../../simplex-types/tests/data/group.json").trim_end();
            let mut item = serde_json::from_str::<serde_json::Value>(event).unwrap()["result"]["chatItems"][0].take();
            item["chatItem"]["chatDir"] = serde_json::json!({"type": "channelRcv"});
            item["chatItem"]["content"] =
                serde_json::json!({"type": "rcvMsgContent", "msgContent": {"type": "text", "text": "news"}});
            item["chatInfo"]["groupInfo"]["createdAt"] = created.into();
            let item = serde_json::from_str(&item.to_string()).unwrap();
            let api = ChatApi::new(Arc::new(MockCore::new(|_| "{}")));
            Whose::of(UserId(1), &crate::Message::received(&api, item).unwrap())
        };
        let (one, other) = (whose("2026-01-01T00:00:00Z"), whose("2026-01-02T00:00:00Z"));
        assert_eq!(one.chat, other.chat);
        assert_ne!(one, other);
    }
}
