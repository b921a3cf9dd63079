//! What happened while nobody listened and left no unread item: found by looking at the state, and told by the events
//! that would have told of it.
//!
//! Looked at: the list of chats (people who ask to connect, contacts that are connected, groups that the bot is invited
//! to or in, customers), the members of groups, and the files that were under way. Only what some handler wants is looked
//! at. The first look tells nothing: what was there before is no news. What a handler is told of is noted after it
//! ended, so that a process that dies before finds it again.

mod looking;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedSemaphorePermit;
use tokio::time::sleep;

use crate::api::ApiError;
use crate::core::Frame;
use crate::types::{CiFile, CiFileStatus, Event, UserId};

use super::known::{Fact, Kind, Look, Place};
use super::{Engine, Key, worker};

use looking::Looking;

/// A look that failed is repeated after so long.
const AGAIN: Duration = Duration::from_secs(10);
/// A look is due when so much was told since the last one.
const MUCH: usize = 4096;

/// Which events some handler wants; the others need no look.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wanted {
    request: bool,
    contact: bool,
    business: bool,
    pub(super) invitation: bool,
    joined: bool,
    invitee: bool,
    member: bool,
    received: bool,
    sent: bool,
}

impl Wanted {
    pub(super) fn by(wants: impl Fn(&str) -> bool) -> Self {
        Self {
            request: wants("receivedContactRequest"),
            contact: wants("contactConnected"),
            business: wants("acceptingBusinessRequest"),
            invitation: wants("receivedGroupInvitation"),
            joined: wants("userJoinedGroup"),
            invitee: wants("joinedGroupMember"),
            member: wants("connectedToGroupMember"),
            received: wants("rcvFileComplete"),
            sent: wants("sndFileCompleteXFTP"),
        }
    }

    fn chats(&self) -> bool {
        self.request || self.contact || self.business || self.invitation || self.joined
    }

    fn members(&self) -> bool {
        self.invitee || self.member
    }

    fn anything(&self) -> bool {
        self.chats() || self.members() || self.received || self.sent
    }

    /// Whether it matters that this was told.
    fn has(&self, kind: Kind) -> bool {
        match kind {
            Kind::Member => self.members(),
            Kind::File => self.received || self.sent,
            _ => self.chats(),
        }
    }
}

/// What was found and told lately: its own event may still be on its way.
#[derive(Debug, Default)]
pub(super) struct Lately(Mutex<[Vec<Fact>; 2]>);

impl Lately {
    fn add(&self, fact: Fact) {
        let [lately, _] = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lately.push(fact);
    }

    /// Takes a fact off; whether it was there.
    fn take(&self, fact: Fact) -> bool {
        let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lists.iter_mut().any(|list| {
            let at = list.iter().position(|known| *known == fact);
            at.map(|at| list.swap_remove(at)).is_some()
        })
    }

    /// Forgets what was there at the last call, as [`forget`](super::lanes::Lanes::forget) does.
    pub(super) fn forget(&self) {
        let [lately, before] = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *before = std::mem::take(lately);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().all(Vec::is_empty)
    }
}

/// An event that was found, to be handled.
pub(crate) struct Found {
    event: Arc<Event>,
    fact: Fact,
    /// Held until its handlers ended or wait for somebody.
    place: OwnedSemaphorePermit,
}

/// The handlers of an event that tells of something: when the last of them ended, it was told.
pub(super) struct Telling {
    user: UserId,
    fact: Fact,
    left: AtomicUsize,
}

impl Telling {
    /// What is told by an event whose handlers, so many, are to run.
    pub(super) fn of(engine: &Engine, user: UserId, event: &Event, handlers: usize) -> Option<Arc<Self>> {
        let fact = Fact::of(event).filter(|fact| engine.wanted.has(fact.kind))?;
        Some(Arc::new(Self { user, fact, left: AtomicUsize::new(handlers) }))
    }

    /// One of the handlers ended.
    pub(super) fn one_ended(&self, engine: &Engine) {
        if self.left.fetch_sub(1, Ordering::AcqRel) == 1 && engine.journal.tell(self.user, self.fact) >= MUCH {
            engine.look.notify_one();
        }
    }
}

/// Whether an event of the core tells of something that was found before and told.
pub(super) fn was_found(engine: &Engine, event: &Event) -> bool {
    !engine.lately.is_empty() && Fact::of(event).is_some_and(|fact| engine.lately.take(fact))
}

/// The event to be handled, unless its like of the core came first or it will be found again by the next run.
pub(super) fn still_new(engine: &Engine, key: Key, found: Found) -> Option<(Arc<Event>, OwnedSemaphorePermit)> {
    let new = !engine.stopping.is_cancelled() && engine.journal.is_new(key.user, found.fact);
    if new {
        engine.lately.add(found.fact);
    }
    new.then_some((found.event, found.place))
}

/// Notes a file that came with a message, as something that will come to its end.
pub(super) fn watch_received(engine: &Engine, key: Key, item: i64, file: &CiFile) {
    use CiFileStatus::{RcvAborted, RcvAccepted, RcvInvitation, RcvTransfer};
    let under_way = matches!(file.file_status, RcvInvitation | RcvAccepted | RcvTransfer { .. } | RcvAborted);
    if engine.wanted.received && under_way {
        engine.journal.watch(file.file_id.0, Place { user: key.user, chat: key.chat, item });
    }
}

/// Notes a file that is being sent, by an event that says so.
pub(super) fn watch_sent(engine: &Engine, user: UserId, frame: &Frame) {
    if !engine.wanted.sent {
        return;
    }
    let Some(Event::SndFileProgressXftp(event)) = worker::decode(frame) else { return };
    let Some(item) = &event.chat_item else { return };
    let Some(chat) = crate::message::chat_ref(&item.chat_info) else { return };
    let place = Place { user, chat, item: item.chat_item.meta.item_id.0 };
    engine.journal.watch(event.file_transfer_meta.file_id.0, place);
}

/// Looks whenever it is told to, until the bot stops.
pub(super) async fn run(engine: Arc<Engine>) {
    // What nobody wants any more is not kept: it would be out of date when somebody does again.
    if !engine.wanted.chats() {
        engine.journal.forget_look(Look::Chats);
    }
    if !engine.wanted.members() {
        engine.journal.forget_look(Look::Members);
    }
    if !engine.wanted.anything() {
        return;
    }
    let looking = async {
        loop {
            engine.look.notified().await;
            while let Err(error) = look(&engine).await {
                tracing::warn!(%error, "cannot look at what happened meanwhile; will look again");
                sleep(AGAIN).await;
            }
        }
    };
    tokio::select! {
        biased;
        () = engine.stopping.cancelled() => {}
        () = looking => {}
    }
}

async fn look(engine: &Arc<Engine>) -> Result<(), ApiError> {
    let users = engine.profiles.all().await?;
    for user in &users {
        let look = Looking::new(engine, user);
        if engine.wanted.chats() {
            look.at_chats().await?;
        }
        if engine.wanted.members() {
            look.at_members().await?;
        }
    }
    if engine.wanted.received || engine.wanted.sent {
        for user in &users {
            Looking::new(engine, user).at_files().await;
        }
    }
    Ok(())
}
