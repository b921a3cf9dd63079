//! The options of delivery, and of stopping.

use std::hash::Hash;
use std::path::PathBuf;
use std::time::Duration;

use crate::bot::Bot;
#[cfg(feature = "health")]
use crate::endpoint::Place;
use crate::message::Message;
use crate::runtime::{Backlog, Delivery, Failure, Notice, Retry, hashed};
use crate::types::Event;

impl<S: Send + Sync + 'static> Bot<S> {
    /// What is promised about each received message; at least once, unless set.
    pub fn delivery(mut self, delivery: Delivery) -> Self {
        self.setting.options.delivery = delivery;
        self
    }

    /// Which unread messages are handled that arrived before the bot ran; those since its first run, unless set.
    pub fn backlog(mut self, backlog: Backlog) -> Self {
        self.setting.options.backlog = backlog;
        self
    }

    /// What becomes of a message whose handler failed; three more attempts, unless set.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.setting.options.retry = retry;
        self
    }

    /// The time that a handler may take, waiting for people aside; no limit unless set.
    ///
    /// A handler that takes longer is dropped, and has failed.
    pub fn handler_timeout(mut self, limit: Duration) -> Self {
        self.setting.options.handler_timeout = Some(limit);
        self
    }

    /// Is told of every attempt to handle a message that failed, in place of a line in the log.
    pub fn on_error(mut self, hook: impl Fn(&Message, &Failure) + Send + Sync + 'static) -> Self {
        self.setting.on_error = Some(Box::new(hook));
        self
    }

    /// Is told of every message that is given up after its last attempt failed, in place of a line in the log.
    pub fn on_poison(mut self, hook: impl Fn(&Message, &Failure) + Send + Sync + 'static) -> Self {
        self.setting.on_poison = Some(Box::new(hook));
        self
    }

    /// Is told of every event handler that failed, in place of a line in the log. Events are not handled again.
    pub fn on_event_error(mut self, hook: impl Fn(&Event, &Failure) + Send + Sync + 'static) -> Self {
        self.setting.on_event_error = Some(Box::new(hook));
        self
    }

    /// Is told of what concerns the bot itself: its core, the connection to it, servers, events that were let go. The
    /// log says most of it, too.
    pub fn on_notice(mut self, hook: impl Fn(&Notice) + Send + Sync + 'static) -> Self {
        self.setting.on_notice = Some(Box::new(hook));
        self
    }

    /// Logs, at level `INFO`, who asks to connect, is accepted, connects, and leaves; by name.
    pub fn log_contacts(mut self) -> Self {
        self.setting.options.log_contacts = true;
        self
    }

    /// Logs which servers are connected, at level `INFO`, and which are lost, as warnings.
    pub fn log_network(mut self) -> Self {
        self.setting.options.log_network = true;
        self
    }

    /// How many handlers may run at the same time; 256 unless set, at least 1. With 1, they run one after another.
    pub fn in_flight(mut self, handlers: usize) -> Self {
        self.setting.options.in_flight = handlers.max(1);
        self
    }

    /// Which messages are handled one after another: those with the same key, in the order in which they came. Unless set,
    /// the key is the chat.
    ///
    /// Messages with different keys are handled side by side, also when they are of one chat: so a member whom a handler
    /// takes long for does not hold up the others of a group. Chats with the same key share a lane; with one key for all,
    /// the whole bot handles one message at a time. What is promised about each message stays as it is.
    ///
    /// The function is to be quick, and to give the same for the same message, however often it is asked. Of each chat at
    /// most 64 messages are handed to lanes at a time; when all of them wait for one that is stuck, the chat waits, too.
    /// Handlers of an event of a chat wait for the chat's messages before it, and hold up those after it.
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

    /// How many messages may be queued in all chats together; 4096 unless set. Others are left in the database, and
    /// read from there when their chat has room. As many may wait to be [repeated](Self::retry) while their chats go on;
    /// for more, their chats wait.
    pub fn queue(mut self, messages: usize) -> Self {
        self.setting.options.queue = messages.max(1);
        self
    }

    /// Handles messages, too, that a group sends to those who join it: they are older than the bot's membership.
    pub fn handle_history(mut self) -> Self {
        self.setting.options.history = true;
        self
    }

    /// Handles messages, too, that were deleted before their turn came.
    pub fn handle_deleted(mut self) -> Self {
        self.setting.options.deleted = true;
        self
    }

    /// Serves the other profiles of the database, too: their messages and events are handled like the bot's own, by
    /// handlers whose commands act as the profile that received, and are marked read as that profile. Unless set they
    /// are left alone.
    ///
    /// The bot's own profile is the one that is called as the bot is, as always where there are several; addresses and
    /// profiles of the others stay as they are. Which profile is active is the bot's to choose: no other program may
    /// switch while it runs. Hidden profiles are left alone: the core makes them active for their password only.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// let bot = Bot::new("Front desk").every_profile().on(text(), async |msg: TextMessage| msg.reply("Hello").await);
    /// ```
    pub fn every_profile(mut self) -> Self {
        self.setting.options.every_profile = true;
        self
    }

    /// Where the bot remembers when it first ran, and which messages it began to handle; beside an SQLite database
    /// unless set. Without a file this is forgotten with the process, and what arrived before it is not handled.
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.setting.state_file = Some(path.into());
        self
    }

    /// Shows how the bot is, over HTTP at this address of this machine, such as `127.0.0.1:9090`; port 0 takes any
    /// ([`Running::health_address`](crate::Running::health_address)).
    ///
    /// `/health` answers with the bot's [`Health`](crate::Health) in JSON, with the status 200 when it serves and 503 when
    /// it does not; `/metrics` with its metrics as Prometheus reads them. The metrics go there, then, and not to a
    /// recorder that the program installed. An address that other machines can reach is refused when the bot starts.
    /// Needs the feature `health`.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// let bot = Bot::new("Watched").health("127.0.0.1:9090").on(any(), async |_: Message| {});
    /// ```
    #[cfg(feature = "health")]
    pub fn health(mut self, address: impl Into<String>) -> Self {
        self.setting.health = Some(Place { address: address.into(), exposed: false });
        self
    }

    /// The same at any address, also one that other machines can reach. Whoever can connect to it learns how much the bot
    /// has to do, and needs no password. Needs the feature `health`, too.
    #[cfg(feature = "health")]
    pub fn health_exposed(mut self, address: impl Into<String>) -> Self {
        self.setting.health = Some(Place { address: address.into(), exposed: true });
        self
    }

    /// The time that the bot has to stop: for running handlers to end, and for the core to close; 10 s unless set. The
    /// core has 1.5 s to close in any case, even if that is more.
    pub fn drain(mut self, deadline: Duration) -> Self {
        self.setting.drain = deadline;
        self
    }
}
