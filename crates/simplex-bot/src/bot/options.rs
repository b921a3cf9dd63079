//! Options for delivery, and for stopping.

use std::hash::Hash;
use std::path::PathBuf;
use std::time::Duration;

use crate::bot::Bot;
#[cfg(feature = "health")]
use crate::endpoint::Listen;
use crate::message::Message;
use crate::runtime::{Backlog, Delivery, Failure, Notice, Retry, hashed};
use crate::types::Event;

impl<S: Send + Sync + 'static> Bot<S> {
    /// Sets the delivery guarantee for received messages; at least once by default.
    pub fn delivery(mut self, delivery: Delivery) -> Self {
        self.setting.options.delivery = delivery;
        self
    }

    /// Sets which unread messages that arrived before the bot ran are handled; by default those since its first run.
    pub fn backlog(mut self, backlog: Backlog) -> Self {
        self.setting.options.backlog = backlog;
        self
    }

    /// Sets how a message whose handler failed is retried; three more attempts by default.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.setting.options.retry = retry;
        self
    }

    /// Limits the time that a handler may take, not counting the time that it waits for people; no limit by default.
    ///
    /// A handler that takes longer is dropped, and counts as failed.
    pub fn handler_timeout(mut self, limit: Duration) -> Self {
        self.setting.options.handler_timeout = Some(limit);
        self
    }

    /// Sets a hook that is called for every failed attempt to handle a message, instead of logging it.
    pub fn on_error(mut self, hook: impl Fn(&Message, &Failure) + Send + Sync + 'static) -> Self {
        self.setting.on_error = Some(Box::new(hook));
        self
    }

    /// Sets a hook that is called for every message given up after its last attempt failed, instead of logging it.
    pub fn on_poison(mut self, hook: impl Fn(&Message, &Failure) + Send + Sync + 'static) -> Self {
        self.setting.on_poison = Some(Box::new(hook));
        self
    }

    /// Sets a hook that is called for every event handler that failed, instead of logging it. Events are not retried.
    pub fn on_event_error(mut self, hook: impl Fn(&Event, &Failure) + Send + Sync + 'static) -> Self {
        self.setting.on_event_error = Some(Box::new(hook));
        self
    }

    /// Sets a hook that is called for what concerns the bot itself: its core, the connection to it, servers, dropped
    /// events. Most of it is logged as well.
    pub fn on_notice(mut self, hook: impl Fn(&Notice) + Send + Sync + 'static) -> Self {
        self.setting.on_notice = Some(Box::new(hook));
        self
    }

    /// Logs the names of those who ask to connect, are accepted, connect and leave, at level `INFO`.
    pub fn log_contacts(mut self) -> Self {
        self.setting.options.log_contacts = true;
        self
    }

    /// Logs which servers are connected, at level `INFO`, and which are lost, as warnings.
    pub fn log_network(mut self) -> Self {
        self.setting.options.log_network = true;
        self
    }

    /// Limits how many handlers run at the same time; 256 by default, at least 1. With 1, they run one after another.
    pub fn in_flight(mut self, handlers: usize) -> Self {
        self.setting.options.in_flight = handlers.max(1);
        self
    }

    /// Sets which messages are handled one after another: those with the same key, in the order in which they came. By
    /// default, the key is the chat.
    ///
    /// Messages with different keys are handled concurrently, even in one chat: a member whose message takes long to
    /// handle does not hold up the other members of the group. Chats with the same key share a lane; with one key for
    /// all, the whole bot handles one message at a time. The delivery guarantee stays the same.
    ///
    /// The function must be fast, and always return the same key for the same message, for which it may be called
    /// several times. At most 64 messages of each chat are handed to lanes at a time; when all of them wait for one
    /// that is stuck, the chat waits, too. For all chats together, the limit is
    /// [`queue`](Self::queue) plus [`in_flight`](Self::in_flight), and fewer if the messages are large. Handlers of a
    /// chat's events wait for the chat's earlier messages, and hold up later ones. If the bot has a
    /// [dialogue](crate::dialogue), what one person writes in one chat must have one key, as below: two messages that
    /// are handled at once would both be in the same state.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::senders::Sender;
    ///
    /// let bot = Bot::new("Helper").lane_by(Sender::of).on(text(), async |msg: TextMessage| msg.reply("…").await);
    /// ```
    pub fn lane_by<K: Hash>(mut self, key: impl Fn(&Message) -> K + Send + Sync + 'static) -> Self {
        self.setting.lane_by = Some(Box::new(move |message| hashed(key(message))));
        self
    }

    /// Limits how many messages may be queued in all chats together; 4096 by default, at least 1. Others are left in the
    /// database, and read from there when their chat has room. Up to the same number, and fewer if they are large, may wait
    /// to be [retried](Self::retry) without holding up their chats; beyond that, their chats wait.
    pub fn queue(mut self, messages: usize) -> Self {
        self.setting.options.queue = messages.max(1);
        self
    }

    /// Also handles the history that a group sends to new members: messages older than the bot's membership.
    pub fn handle_history(mut self) -> Self {
        self.setting.options.history = true;
        self
    }

    /// Also handles messages that were deleted before their turn came.
    pub fn handle_deleted(mut self) -> Self {
        self.setting.options.deleted = true;
        self
    }

    /// Also serves the other profiles of the database: their messages and events are handled like the bot's own, by
    /// handlers whose commands act as the profile that received them, and are marked read as that profile. By default
    /// they are left alone.
    ///
    /// The bot's own profile is, as always when there are several, the one with the bot's name; addresses and profiles
    /// of the others stay as they are. The bot chooses which profile is active: no other program may switch it
    /// meanwhile. Hidden profiles are left alone, because the core activates them only with their password.
    ///
    /// Another profile is made with the bot's own [`ChatApi`](crate::ChatApi), also while the bot runs; it is given an
    /// address and its settings in the same way. [`ChatApi::user_id`](crate::ChatApi::user_id) tells a handler which
    /// profile received the message, and [`ChatApi::for_user`](crate::ChatApi::for_user) acts as another one:
    ///
    /// ```
    /// use simplex_bot::prelude::*;
    /// use simplex_bot::types::{AddressSettings, AutoAccept, Profile};
    ///
    /// fn bot() -> Bot {
    ///     Bot::new("Front desk").every_profile().on(text(), relay)
    /// }
    ///
    /// /// Passes on what one profile receives to the contacts of the others.
    /// async fn relay(msg: TextMessage, api: ChatApi) -> Outcome<()> {
    ///     for other in api.list_users().await?.into_iter().map(|info| info.user.user_id) {
    ///         if api.user_id() == Some(other) {
    ///             continue;
    ///         }
    ///         let there = api.for_user(other);
    ///         for contact in there.list_contacts(other).await? {
    ///             Chat::new(there.clone(), contact.contact_id).send(msg.text()).await?;
    ///         }
    ///     }
    ///     Ok(())
    /// }
    ///
    /// /// Makes a second profile, and gives its address.
    /// async fn add_back_office(api: &ChatApi) -> Outcome<String> {
    ///     let back = api.create_active_user(Some(Profile::new("Back office", ""))).await?.user_id;
    ///     let api = api.for_user(back);
    ///     let link = api.create_user_address(back).await?;
    ///     api.set_address_settings(back, AddressSettings::new().with_auto_accept(AutoAccept::new())).await?;
    ///     Ok(link.link().to_owned())
    /// }
    ///
    /// # use simplex_bot::testing::TestNetwork;
    /// # simplex_bot::testing::run(async {
    /// # let net = TestNetwork::new();
    /// # let bot = net.start(bot).await;
    /// # let link = add_back_office(bot.api()).await.unwrap();
    /// # let alice = net.person("alice").connects_to(&bot).await;
    /// # let bob = net.person("bob").connects_by(&link).await;
    /// # alice.send("hello").await;
    /// # bob.expect("hello").await;
    /// # bob.send("good day").await;
    /// # alice.expect("good day").await;
    /// # });
    /// ```
    ///
    /// For handlers of one profile, let an outer middleware find out which it is, and guard a router with that. Events
    /// name their profile in their field `user`.
    ///
    /// ```
    /// use simplex_bot::prelude::*;
    /// use simplex_bot::{Flow, Next};
    ///
    /// /// The name of the profile that received a message.
    /// #[derive(Clone)]
    /// struct Served(String);
    ///
    /// fn bot() -> Bot {
    ///     let back = Router::new()
    ///         .guard(when(|msg| msg.get::<Served>().is_some_and(|Served(name)| name == "Back office")))
    ///         .on(text(), async |msg: TextMessage| msg.reply("Who let you in here?").await);
    ///     Bot::new("Front desk")
    ///         .every_profile()
    ///         .outer(async |msg: Message, next: Next| -> Flow {
    ///             if let Some(user) = msg.api().get_active_user().await? {
    ///                 msg.put(Served(user.profile.display_name));
    ///             }
    ///             next.run(msg).await
    ///         })
    ///         .nest(back)
    ///         .on(text(), async |msg: TextMessage| msg.reply("Good day!").await)
    /// }
    /// # use simplex_bot::testing::TestNetwork;
    /// # use simplex_bot::types::{AddressSettings, AutoAccept, Profile};
    /// # simplex_bot::testing::run(async {
    /// # let net = TestNetwork::new();
    /// # let bot = net.start(bot).await;
    /// # let back = bot.api().create_active_user(Some(Profile::new("Back office", ""))).await.unwrap().user_id;
    /// # let api = bot.api().for_user(back);
    /// # let link = api.create_user_address(back).await.unwrap();
    /// # let settings = AddressSettings::new().with_auto_accept(AutoAccept::new());
    /// # api.set_address_settings(back, settings).await.unwrap();
    /// # let alice = net.person("alice").connects_to(&bot).await;
    /// # let bob = net.person("bob").connects_by(link.link()).await;
    /// # alice.send("hello").await;
    /// # alice.expect("Good day!").await;
    /// # bob.send("hello").await;
    /// # bob.expect("Who let you in here?").await;
    /// # });
    /// ```
    pub fn every_profile(mut self) -> Self {
        self.setting.options.every_profile = true;
        self
    }

    /// Sets the file in which the bot remembers when it first ran and which messages it began to handle; by default it
    /// lies beside an SQLite database, also beside that of a CLI that this program starts. For a CLI that is already
    /// running, and for PostgreSQL, set one: without a file, this is lost when the process ends, and messages that
    /// arrived before the next one starts are not handled. A warning says so.
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.setting.state_file = Some(path.into());
        self
    }

    /// Serves the bot's health and metrics over HTTP at this address of this machine, such as `127.0.0.1:9090`; port 0
    /// takes any free port ([`Running::health_address`](crate::Running::health_address)).
    ///
    /// `/health` answers with the bot's [`Health`](crate::Health) in JSON, with the status 200 while it serves and 503
    /// otherwise; `/metrics` with its metrics in Prometheus format. The metrics then go there, and not to a recorder
    /// that the program installed. Needs the feature `health`.
    ///
    /// Only this machine can ask: an address that others can reach is refused when the bot starts. A request whose
    /// `Host` is neither `localhost` nor an IP address is refused with the status 421: one from a web page whose name
    /// resolves to this machine, or one through a proxy that passes on the `Host` of its own request.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// let bot = Bot::new("Watched").health("127.0.0.1:9090").on(any(), async |_: Message| {});
    /// ```
    #[cfg(feature = "health")]
    pub fn health(mut self, address: impl Into<String>) -> Self {
        self.setting.health = Some(Listen { address: address.into(), exposed: false });
        self
    }

    /// Like [`health`](Self::health), at any address, including one that other machines can reach, and with any `Host`.
    /// Anyone who can connect learns how busy the bot is, without a password. Needs the feature `health`, too.
    #[cfg(feature = "health")]
    pub fn health_exposed(mut self, address: impl Into<String>) -> Self {
        self.setting.health = Some(Listen { address: address.into(), exposed: true });
        self
    }

    /// Sets the time that the bot has to stop: for running handlers to end, and for the core to close; 10 s by default.
    /// The core always has 1.5 s to close, even if that is more.
    pub fn drain(mut self, deadline: Duration) -> Self {
        self.setting.drain = deadline;
        self
    }
}
