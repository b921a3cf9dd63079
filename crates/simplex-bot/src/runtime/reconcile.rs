//! Finds what happened while the bot did not listen and left no unread item: by looking at the state. Tells it to
//! handlers by the events that would have reported it.
//!
//! Looked at: the list of chats (people who ask to connect, contacts that are connected, groups that the bot is invited
//! to or in, customers), the members of groups, and the files that were under way. Only what some handler wants is
//! looked at. The first look tells nothing: what was there before is not new. A fact is noted as told after its
//! handlers ended, so if the process dies before, the next one finds it again.

mod looking;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{sleep, timeout};

use crate::api::ApiError;
use crate::core::Frame;
use crate::types::{CiFile, CiFileStatus, Event, UserId};

use super::attempts::before_stop;
use super::known::{Fact, Kind, Look, Place};
use super::{Engine, Key, unread, worker};

use looking::Looking;

/// The least pause before a failed look is repeated; if nothing is missed meanwhile, it doubles each time.
const AGAIN: Duration = Duration::from_secs(10);
/// The longest.
const LONGEST: Duration = Duration::from_secs(600);
/// A look is due when this many facts were told since the last one.
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

    /// Whether it matters that a fact of this kind was told.
    fn has(&self, kind: Kind) -> bool {
        match kind {
            Kind::Member => self.members(),
            Kind::File => self.received || self.sent,
            _ => self.chats(),
        }
    }
}

/// Facts that were found and told lately: the core's own events for them may still be on their way.
#[derive(Debug, Default)]
pub(super) struct Lately(Mutex<[HashSet<Fact>; 2]>);

/// How many such facts are remembered, even if no pause in the events says that those of earlier ones have passed; as
/// many before them are, too.
const REMEMBERED: usize = 100_000;

impl Lately {
    fn add(&self, fact: Fact) {
        let [lately, before] = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lately.len() >= REMEMBERED {
            *before = std::mem::take(lately);
        }
        lately.insert(fact);
    }

    /// Removes a fact; returns whether it was there.
    fn take(&self, fact: Fact) -> bool {
        let mut sets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sets.iter_mut().any(|set| set.remove(&fact))
    }

    /// Forgets what was there at the last call, as [`forget`](super::lanes::Lanes::forget) does.
    pub(super) fn forget(&self) {
        let [lately, before] = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *before = std::mem::take(lately);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().all(HashSet::is_empty)
    }
}

/// How many tellers each fact has: handlers that are being told, or that wait in a lane for that.
#[derive(Debug, Default)]
pub(super) struct BeingTold(Mutex<HashMap<(UserId, Fact), usize>>);

impl BeingTold {
    fn lock(&self) -> MutexGuard<'_, HashMap<(UserId, Fact), usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many tellers a fact has.
    fn by(&self, user: UserId, fact: Fact) -> usize {
        self.lock().get(&(user, fact)).copied().unwrap_or(0)
    }
}

/// Marks a fact as being told, until it is dropped. It does not hold the engine, whose lanes may hold it until they
/// end.
struct Teller {
    being_told: Arc<BeingTold>,
    user: UserId,
    fact: Fact,
}

impl Teller {
    fn of(engine: &Engine, user: UserId, fact: Fact) -> Self {
        *engine.being_told.lock().entry((user, fact)).or_default() += 1;
        Self { being_told: Arc::clone(&engine.being_told), user, fact }
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        if let Entry::Occupied(mut told) = self.being_told.lock().entry((self.user, self.fact)) {
            *told.get_mut() -= 1;
            if *told.get() == 0 {
                told.remove();
            }
        }
    }
}

/// An event that was found, to be handled.
pub(crate) struct Found {
    pub(super) event: Arc<Event>,
    teller: Teller,
    /// Held until its handlers ended or wait for somebody.
    _place: OwnedSemaphorePermit,
}

/// The handlers of an event that reports a fact: when the last of them ended, the fact was told.
pub(super) struct Telling {
    teller: Teller,
    left: AtomicUsize,
}

impl Telling {
    /// For an event with this number of handlers to run; `None` if it reports no fact that matters.
    pub(super) fn of(engine: &Engine, user: UserId, event: &Event, handlers: usize) -> Option<Arc<Self>> {
        let fact = Fact::of(event).filter(|fact| engine.wanted.has(fact.kind))?;
        Some(Arc::new(Self { teller: Teller::of(engine, user, fact), left: AtomicUsize::new(handlers) }))
    }

    /// One of the handlers ended.
    pub(super) fn one_ended(&self, engine: &Engine) {
        let Teller { user, fact, .. } = &self.teller;
        if self.left.fetch_sub(1, Ordering::AcqRel) == 1 && engine.journal.tell(*user, *fact) >= MUCH {
            engine.look.notify_one();
        }
    }
}

/// Whether an event of the core reports something that was already found and told.
pub(super) fn was_found(engine: &Engine, event: &Event) -> bool {
    !engine.lately.is_empty() && Fact::of(event).is_some_and(|fact| engine.lately.take(fact))
}

/// Returns what was found, unless the core's own event came first, perhaps to handlers that have not ended, or the bot
/// is stopping: then the next run finds it again.
pub(super) fn still_new(engine: &Engine, found: Found) -> Option<Found> {
    let Teller { being_told, user, fact } = &found.teller;
    let new =
        !engine.stopping.is_cancelled() && engine.journal.is_new(*user, *fact) && being_told.by(*user, *fact) == 1;
    if new {
        engine.lately.add(*fact);
    }
    new.then_some(found)
}

/// Notes a file that came with a message: the end of its transfer is to be reported.
pub(super) fn watch_received(engine: &Engine, key: Key, item: i64, file: &CiFile) {
    use CiFileStatus::{RcvAborted, RcvAccepted, RcvInvitation, RcvTransfer};
    let under_way = matches!(file.file_status, RcvInvitation | RcvAccepted | RcvTransfer { .. } | RcvAborted);
    if engine.wanted.received && under_way {
        engine.journal.watch(file.file_id.0, Place { user: key.user, chat: key.chat, item });
    }
}

/// Notes a file that is being sent, from an event of its progress.
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

/// Looks at the state on each request, until the bot stops.
pub(super) async fn run(engine: Arc<Engine>) {
    // A look that no handler wants any more is not kept: it would be out of date when a handler wants it again.
    if !engine.wanted.chats() {
        engine.journal.forget_look(Look::Chats);
    }
    if !engine.wanted.members() {
        engine.journal.forget_look(Look::Members);
    }
    if !engine.wanted.anything() && !engine.looks_back() {
        return;
    }
    let looking = async {
        loop {
            engine.look.notified().await;
            let mut pause = AGAIN;
            while let Err(error) = look(&engine).await {
                engine.looking_at_state.failed(None, &error);
                sleep(AGAIN).await;
                // What could not be looked at may be so for ever; what is missed from now on does not wait for it.
                let missed = timeout(pause - AGAIN, engine.look.notified()).await;
                pause = if missed.is_ok() { AGAIN } else { LONGEST.min(2 * pause) };
            }
            engine.looking_at_state.worked(None);
        }
    };
    before_stop(&engine, looking).await;
}

async fn look(engine: &Arc<Engine>) -> Result<(), ApiError> {
    let support_chats = look_at_support_chats(engine).await;
    // If the support chats cannot be looked at, the state still is.
    look_at_state(engine).await.and(support_chats)
}

/// Looks for support chats with unread messages. They are not part of the state, but here nothing waits for this. Looks
/// at all groups: those where an answer is waited for may have changed since the first look.
async fn look_at_support_chats(engine: &Arc<Engine>) -> Result<(), ApiError> {
    let Some(missed) = engine.support_chats.missed().filter(|_| engine.looks_back()) else { return Ok(()) };
    let mut looked = Ok(());
    for user in engine.profiles.ids().await? {
        looked = looked.and(unread::read_support_chats(engine, user, |_| true).await);
    }
    looked?;
    engine.support_chats.looked(missed);
    Ok(())
}

async fn look_at_state(engine: &Arc<Engine>) -> Result<(), ApiError> {
    if !engine.wanted.anything() {
        return Ok(());
    }
    let users = engine.profiles.all().await?;
    // A part that cannot be looked at does not keep the others from it.
    let mut looked = Ok(());
    for user in &users {
        let look = Looking::new(engine, user);
        if engine.wanted.chats() {
            looked = looked.and(look.at_chats().await);
        }
        if engine.wanted.members() {
            looked = looked.and(look.at_members().await);
        }
    }
    if engine.wanted.received || engine.wanted.sent {
        for user in &users {
            Looking::new(engine, user).at_files().await;
        }
    }
    looked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_without_an_event_are_forgotten_even_if_events_never_pause() {
        let lately = Lately::default();
        let fact = |id: usize| Fact { kind: Kind::Contact, id: i64::try_from(id).unwrap(), created: 0 };
        let all = 3 * REMEMBERED;
        (0..all).for_each(|id| lately.add(fact(id)));
        let known = lately.0.lock().unwrap().iter().map(HashSet::len).sum::<usize>();
        assert!(known <= 2 * REMEMBERED, "{known}");
        assert!(!lately.take(fact(0)) && lately.take(fact(all - 1)) && lately.take(fact(all - REMEMBERED)));
        assert!(!lately.take(fact(all - 1)));
    }
}
