//! What concerns the bot itself rather than a chat: its core, the connection to it, dropped events.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use memchr::memmem::find;
use tokio::time::Instant;

use crate::api::ApiError;
use crate::core::Frame;
use crate::handler::caught;
use crate::types::{AgentErrorType, ChatError, ChatRef, Event};

use super::{Engine, worker};

/// A trouble that was not reported for this long is news again.
const QUIET: Duration = Duration::from_secs(3600);

/// Called with notices about the bot itself.
pub(crate) type NoticeHook = Box<dyn Fn(&Notice) + Send + Sync>;

/// Something that concerns the bot itself, for its operator.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// The connection to the core is lost, and is being restored: the CLI ended, or the network between is down.
    Disconnected {
        /// Why, for people.
        reason: String,
    },
    /// Connected to the core again; the bot looks for what it missed.
    Reconnected,
    /// The core was faster than the bot: events were dropped. The bot looks for what it missed.
    Lagged {
        /// How many.
        events: u64,
    },
    /// An event found no room and was dropped, because events come faster than handlers take them. Messages are never
    /// dropped like this: they stay in the database.
    Dropped {
        /// How many events were dropped since the start.
        events: u64,
    },
    /// The core is in trouble that it does not recover from by itself. Told when it is reported for the first time
    /// since the core worked, or for an hour, and then more and more rarely.
    Trouble(Trouble),
    /// The connection to a server is lost: nothing is received from it.
    ServerLost {
        /// The server's name.
        host: String,
    },
    /// Connected to a server.
    ServerConnected {
        /// The server's name.
        host: String,
    },
}

/// Trouble of the core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trouble {
    /// There is no disk space for its database.
    DiskFull,
    /// An error that the core calls critical.
    Critical {
        /// Whether the core says that a restart may help.
        restart: bool,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disconnected { reason } => write!(f, "the connection to the core is gone: {reason}"),
            Self::Reconnected => f.write_str("connected to the core again"),
            Self::Lagged { events } => {
                write!(
                    f,
                    "the core was faster than the bot: {events} events were let go; what was missed is looked for"
                )
            }
            Self::Dropped { events } => {
                write!(f, "handlers are slower than events come: {events} events are gone since the start")
            }
            Self::Trouble(trouble) => trouble.fmt(f),
            Self::ServerLost { host } => write!(f, "the connection to the server {host} is lost"),
            Self::ServerConnected { host } => write!(f, "connected to the server {host}"),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DiskFull => f.write_str("there is no room left for the core's database"),
            Self::Critical { restart: true } => {
                f.write_str("the core has a critical error; starting it again may help")
            }
            Self::Critical { restart: false } => f.write_str("the core has a critical error"),
        }
    }
}

impl Engine {
    /// Tells the operator of the bot.
    pub(super) fn notice(&self, notice: Notice) {
        if let Some(hook) = &self.on_notice
            && caught(|| hook(&notice)).is_err()
        {
            tracing::error!("the hook for notices panicked");
        }
        match notice {
            Notice::Reconnected => tracing::info!("{notice}"),
            // Logged only with the option for it.
            Notice::ServerLost { .. } | Notice::ServerConnected { .. } if !self.options.log_network => {}
            Notice::ServerConnected { .. } => tracing::info!("{notice}"),
            Notice::Trouble(_) => tracing::error!("{notice}"),
            _ => tracing::warn!("{notice}"),
        }
    }

    /// An event found no room; reported for the first one, and then more and more rarely.
    pub(super) fn dropped_event(&self) {
        self.counts.events_dropped.add(1);
        let events = self.counts.events_dropped.get();
        if events.is_power_of_two() {
            self.notice(Notice::Dropped { events });
        }
    }

    /// The core works again.
    pub(super) fn out_of_trouble(&self) {
        if !std::mem::take(&mut *self.counts.in_trouble()).is_empty() {
            tracing::info!("the core works again");
        }
    }
}

/// Something that is tried until it works: warns of its failures, more and more rarely. While a core is not reached, each
/// chat tries every second.
#[derive(Debug)]
pub(super) struct Trying {
    what: &'static str,
    /// How many attempts failed since it worked.
    failed: AtomicU64,
    /// Where it failed last: that it works elsewhere does not mean that it works again.
    last: Mutex<Option<ChatRef>>,
}

impl Trying {
    pub(super) fn to(what: &'static str) -> Self {
        Self { what, failed: AtomicU64::new(0), last: Mutex::default() }
    }

    pub(super) fn failed(&self, chat: Option<ChatRef>, error: &ApiError) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = chat;
        let failed = self.failed.fetch_add(1, Ordering::Relaxed) + 1;
        if failed.is_power_of_two() {
            let chat = chat.map(tracing::field::display);
            tracing::warn!(chat, %error, failed, "cannot {}; will try again", self.what);
        }
    }

    pub(super) fn is_failing(&self) -> bool {
        self.failed.load(Ordering::Relaxed) > 0
    }

    pub(super) fn worked(&self, chat: Option<ChatRef>) {
        // Usually nothing failed: that is seen without the lock.
        if self.failed.load(Ordering::Relaxed) > 0
            && *self.last.lock().unwrap_or_else(PoisonError::into_inner) == chat
            && self.failed.swap(0, Ordering::Relaxed) > 0
        {
            tracing::info!("can {} again", self.what);
        }
    }
}

/// Looks at an error of the core's background work: most are noise to a bot.
pub(super) fn at_error(engine: &Engine, frame: &Frame) {
    let Some(trouble) = trouble(frame) else {
        if is_of_another_file_system(frame) {
            unmoved(engine);
        }
        return tracing::debug!(tag = frame.tag(), "an error of the core's background work");
    };
    engine.counts.troubles.add(1);
    if is_news(&mut engine.counts.in_trouble(), trouble) {
        engine.notice(Notice::Trouble(trouble));
    }
}

/// A file cannot be moved; told the first time, and then more and more rarely.
fn unmoved(engine: &Engine) {
    if !(engine.counts.unmoved.fetch_add(1, Ordering::Relaxed) + 1).is_power_of_two() {
        return;
    }
    let remedy = match engine.api(engine.profiles.own()).core().temp_folder() {
        Some(_) => {
            "receive it with `.into_folder(…)`, which copies it there; if the core's chat was started before the bot, start \
             it with the bot"
        }
        None => "set `TMPDIR` for the core to a folder where received files are to be",
    };
    tracing::warn!(
        "a received file is never complete: the core cannot move it from its temporary folder to another file system; \
         {remedy}"
    );
}

/// A trouble that the core reported.
#[derive(Debug)]
pub(super) struct Reported {
    trouble: Trouble,
    times: u64,
    last: Instant,
}

/// Notes a trouble; returns whether to tell of it: the first time since the core worked, or after it was quiet, and
/// then more and more rarely. A full disk, for one, is reported for every connection that has a message.
fn is_news(all: &mut Vec<Reported>, trouble: Trouble) -> bool {
    let now = Instant::now();
    // That the core works is seen when it marks messages read: where nobody writes, it is not.
    all.retain(|known| known.trouble != trouble || now - known.last < QUIET);
    match all.iter_mut().find(|known| known.trouble == trouble) {
        Some(known) => {
            (known.times, known.last) = (known.times + 1, now);
            known.times.is_power_of_two()
        }
        None => {
            all.push(Reported { trouble, times: 1, last: now });
            true
        }
    }
}

/// Whether the core could not move a file. The error does not say which; its text has paths, with names that strangers
/// gave their files, so that nothing but a warning follows from it.
fn is_of_another_file_system(frame: &Frame) -> bool {
    frame.tag() == "error"
        && [&b"rename"[..], b"cross-device link"].iter().all(|words| find(frame.body().as_bytes(), words).is_some())
}

pub(super) fn trouble(frame: &Frame) -> Option<Trouble> {
    let body = frame.body().as_bytes();
    let may_be_full = ChatError::DISK_FULL.iter().any(|words| find(body, words.as_bytes()).is_some());
    if !may_be_full && find(body, b"\"CRITICAL\"").is_none() {
        return None;
    }
    let error = ChatError::decode(frame).ok()?.value;
    if may_be_full && error.is_disk_full() {
        return Some(Trouble::DiskFull);
    }
    match error {
        ChatError::ErrorAgent { agent_error, .. } => match *agent_error {
            AgentErrorType::Critical { offer_restart, .. } => Some(Trouble::Critical { restart: offer_restart }),
            _ => None,
        },
        _ => None,
    }
}

/// Looks at the events that concern the bot itself, or that it was asked to log.
pub(super) fn at_event(engine: &Engine, tag: &str, frame: &Frame) {
    match tag {
        "hostConnected" | "hostDisconnected" => {
            let notice = match worker::decode(frame) {
                Some(Event::HostConnected(event)) => Notice::ServerConnected { host: event.transport_host },
                Some(Event::HostDisconnected(event)) => Notice::ServerLost { host: event.transport_host },
                _ => return,
            };
            engine.notice(notice);
        }
        "receivedContactRequest"
        | "acceptingContactRequest"
        | "acceptingBusinessRequest"
        | "contactConnected"
        | "contactDeletedByContact"
            if engine.options.log_contacts =>
        {
            match worker::decode(frame) {
                Some(Event::ReceivedContactRequest(event)) => {
                    tracing::info!(name = event.contact_request.local_display_name, "somebody asks to connect");
                }
                Some(Event::AcceptingContactRequest(event)) => {
                    tracing::info!(
                        name = event.contact.local_display_name,
                        "somebody who asked to connect is accepted"
                    );
                }
                Some(Event::AcceptingBusinessRequest(event)) => {
                    tracing::info!(name = event.group_info.local_display_name, "a customer is accepted");
                }
                Some(Event::ContactConnected(event)) => {
                    tracing::info!(name = event.contact.local_display_name, "a contact is connected");
                }
                Some(Event::ContactDeletedByContact(event)) => {
                    tracing::info!(name = event.contact.local_display_name, "a contact deleted the bot");
                }
                _ => {}
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::core::CoreError;
    use crate::types::ContactId;

    #[test]
    fn trouble_is_told_from_noise() {
        let of = |body: &str| trouble(&Frame::parse(format!("{{\"error\":{body}}}")));
        let agent = |error: &str| of(&format!(r#"{{"type":"errorAgent","agentError":{error}}}"#));
        assert_eq!(
            agent(r#"{"type":"CRITICAL","offerRestart":true,"criticalErr":"x"}"#),
            Some(Trouble::Critical { restart: true })
        );
        assert_eq!(
            of(
                r#"{"type":"errorStore","storeError":{"type":"dBException","message":"SQLite3 returned ErrorFull while attempting to perform step: database or disk is full"}}"#
            ),
            Some(Trouble::DiskFull)
        );
        assert_eq!(agent(r#"{"type":"CONN","connErr":{"type":"NOT_FOUND"},"errContext":"\"CRITICAL\""}"#), None);
        assert_eq!(of(r#"{"type":"error","errorType":{"type":"noConnectionUser","agentConnId":"x"}}"#), None);
        assert_eq!(
            of(
                r#"{"type":"errorAgent","agentError":{"type":"INTERNAL","internalErr":"x: writeFile: resource exhausted (No space left on device)"}}"#
            ),
            Some(Trouble::DiskFull)
        );
        assert_eq!(
            of(
                r#"{"type":"errorDatabase","databaseError":{"type":"errorExport","sqliteError":{"type":"errorError","dbError":"ErrorFull"}}}"#
            ),
            Some(Trouble::DiskFull)
        );
    }

    #[test]
    fn a_file_that_cannot_be_moved_is_told_from_noise() {
        let of = |message: &str| {
            let error = format!(r#"{{"type":"exception","message":"{message}"}}"#);
            let frame = Frame::parse(format!(r#"{{"error":{{"type":"error","errorType":{error}}}}}"#));
            (is_of_another_file_system(&frame), trouble(&frame))
        };
        let moved = "renameFile:renamePath:rename '/tmp/20261128_rcv.xftp/xftp.decrypted' to '/data/a.jpg': unsupported \
                     operation (Invalid cross-device link)";
        assert_eq!(of(moved), (true, None));
        assert_eq!(of("openFile: does not exist (No such file or directory)"), (false, None));
    }

    #[test]
    fn only_a_chat_that_failed_last_says_that_it_works_again() {
        let trying = Trying::to("test");
        let [failing, other] = [1, 2].map(|id| Some(ChatRef::Direct(ContactId(id))));
        let fails = |chat| trying.failed(chat, &CoreError::Unavailable { reason: "not now".to_owned() }.into());
        let failed = || trying.failed.load(Ordering::Relaxed);
        for n in 1..=10 {
            fails(failing);
            trying.worked(other);
            assert_eq!(failed(), n, "so that the warnings become rare");
        }
        trying.worked(failing);
        assert_eq!(failed(), 0);
        fails(failing);
        fails(other);
        trying.worked(failing);
        assert_eq!(failed(), 2);
        trying.worked(other);
        assert_eq!(failed(), 0);
    }

    #[test]
    fn what_people_are_called_is_no_trouble() {
        let message = include_str!("../../tests/message.json").trim_end();
        let event: Value = serde_json::from_str(message).unwrap();
        let mut contact = event["result"]["chatItems"][0]["chatInfo"]["contact"].clone();
        contact["localDisplayName"] = "disk is full".into();
        let error = serde_json::json!({"error": {
            "type": "errorAgent",
            "agentError": {"type": "BROKER", "brokerAddress": "smp://x@y", "brokerErr": {"type": "TIMEOUT"}},
            "agentConnId": "",
            "connectionEntity_": {
                "type": "rcvDirectMsgConnection",
                "entityConnection": contact["activeConn"],
                "contact": contact,
            },
        }});
        assert_eq!(trouble(&Frame::parse(error.to_string())), None);
        let error = serde_json::json!({"error": {
            "type": "error",
            "errorType": {"type": "contactNotReady", "contact": contact},
        }});
        assert_eq!(trouble(&Frame::parse(error.to_string())), None);
    }
}
