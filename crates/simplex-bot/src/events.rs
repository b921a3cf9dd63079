//! Handlers of events: of one kind, of any kind, of kinds that the library does not know.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use crate::api::ChatApi;
use crate::extract::{Cx, Extract};
use crate::filter::{Narrowing, Subject};
use crate::handler::{HandlerError, HandlerFuture, HandlerOf};
use crate::router::Start;
use crate::types::{Event, EventTag, Unknown, event};

/// An event of the core that is being handled.
#[derive(Clone)]
pub struct Occurrence {
    pub(crate) api: ChatApi,
    pub(crate) event: Arc<Event>,
    pub(crate) reconciled: bool,
}

impl fmt::Debug for Occurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Occurrence")
            .field("tag", &self.event.tag())
            .field("reconciled", &self.reconciled)
            .finish_non_exhaustive()
    }
}

impl Subject for Occurrence {
    fn api(&self) -> &ChatApi {
        &self.api
    }
}

/// The narrowing of event handlers: there is no message, chat or sender to extract.
#[derive(Debug)]
pub struct OnEvent;

impl Narrowing for OnEvent {
    type Subject = Occurrence;
    type Value = ();
}

impl<S> Extract<OnEvent, S> for Event {
    fn extract(cx: &Cx<'_, OnEvent, S>) -> Result<Self, HandlerError> {
        Ok(Event::clone(&cx.subject.event))
    }
}

/// Whether an event was not sent by the core, but found by looking at the state: it happened while the bot was not
/// running or listening. What the state does not show is then empty, such as a contact request's `agent_invitation_id`.
///
/// These are found, since the bot first ran on the database: waiting contact requests, connected contacts, accepted
/// customers, invitations to groups, joined groups, members who joined, and files that were fully received or uploaded.
///
/// ```
/// # use simplex_bot::prelude::*;
/// # use simplex_bot::Reconciled;
/// # use simplex_bot::types::event::ContactConnected;
/// # let _: Router =
/// Router::new().on_event(async |event: ContactConnected, Reconciled(late): Reconciled| {
///     let name = &event.contact.local_display_name;
///     println!("{name} {}", if late { "came while we were away" } else { "is here" });
/// });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reconciled(pub bool);

impl<S> Extract<OnEvent, S> for Reconciled {
    fn extract(cx: &Cx<'_, OnEvent, S>) -> Result<Self, HandlerError> {
        Ok(Self(cx.subject.reconciled))
    }
}

/// What an event handler may have as its first parameter: the type of one kind of event (`event::ContactConnected`),
/// [`Event`] for every one, or [`Unknown`] for those that the library does not know.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event",
    note = "the first parameter of an event handler is a record out of `simplex_bot::types::event`, `Event` or `Unknown`"
)]
pub trait EventKind: Sized + Send + 'static {
    /// Which events it is for.
    const WANTED: Wanted;

    /// The event, if it is of this kind.
    fn of(event: &Event) -> Option<Self>;
}

/// Which events a handler wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Wanted {
    /// Those with one of these tags.
    Tags(&'static [&'static str]),
    /// Those whose tags the library does not know.
    Unknown,
    /// Every one.
    All,
}

impl Wanted {
    /// Whether events with this tag are among them.
    pub(crate) fn has(self, tag: &str) -> bool {
        match self {
            Self::Tags(tags) => tags.contains(&tag),
            Self::Unknown => matches!(EventTag::from(tag), EventTag::Unknown(_)),
            Self::All => true,
        }
    }

    /// All tags that they can have; empty if that may be any.
    pub(crate) fn tags(self) -> &'static [&'static str] {
        match self {
            Self::Tags(tags) => tags,
            Self::Unknown | Self::All => &[],
        }
    }
}

impl EventKind for Event {
    const WANTED: Wanted = Wanted::All;
    fn of(event: &Event) -> Option<Self> {
        Some(event.clone())
    }
}

impl EventKind for Unknown {
    const WANTED: Wanted = Wanted::Unknown;
    fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Unknown(unknown) => Some(unknown.clone()),
            _ => None,
        }
    }
}

macro_rules! kinds {
    ($($kind:ident $tag:literal;)*) => {
        $(impl EventKind for event::$kind {
            const WANTED: Wanted = Wanted::Tags(&[$tag]);
            fn of(event: &Event) -> Option<Self> {
                match event {
                    Event::$kind(event) => Some(event::$kind::clone(event)),
                    _ => None,
                }
            }
        })*

        #[cfg(test)]
        const TAGS: &[&str] = &[$($tag),*];
    };
}

kinds! {
    ContactConnected "contactConnected";
    ContactUpdated "contactUpdated";
    ContactDeletedByContact "contactDeletedByContact";
    ReceivedContactRequest "receivedContactRequest";
    NewMemberContactReceivedInv "newMemberContactReceivedInv";
    ContactSndReady "contactSndReady";
    NewChatItems "newChatItems";
    ChatItemReaction "chatItemReaction";
    ChatItemsDeleted "chatItemsDeleted";
    ChatItemUpdated "chatItemUpdated";
    GroupChatItemsDeleted "groupChatItemsDeleted";
    ChatItemsStatusesUpdated "chatItemsStatusesUpdated";
    ReceivedGroupInvitation "receivedGroupInvitation";
    UserJoinedGroup "userJoinedGroup";
    GroupUpdated "groupUpdated";
    JoinedGroupMember "joinedGroupMember";
    MemberRole "memberRole";
    DeletedMember "deletedMember";
    LeftMember "leftMember";
    DeletedMemberUser "deletedMemberUser";
    GroupDeleted "groupDeleted";
    ConnectedToGroupMember "connectedToGroupMember";
    MemberAcceptedByOther "memberAcceptedByOther";
    MemberBlockedForAll "memberBlockedForAll";
    GroupMemberUpdated "groupMemberUpdated";
    GroupLinkDataUpdated "groupLinkDataUpdated";
    GroupRelayUpdated "groupRelayUpdated";
    RcvFileDescrReady "rcvFileDescrReady";
    RcvFileComplete "rcvFileComplete";
    SndFileCompleteXftp "sndFileCompleteXFTP";
    RcvFileStart "rcvFileStart";
    RcvFileSndCancelled "rcvFileSndCancelled";
    RcvFileAccepted "rcvFileAccepted";
    RcvFileError "rcvFileError";
    RcvFileWarning "rcvFileWarning";
    SndFileError "sndFileError";
    SndFileWarning "sndFileWarning";
    AcceptingContactRequest "acceptingContactRequest";
    AcceptingBusinessRequest "acceptingBusinessRequest";
    ContactConnecting "contactConnecting";
    BusinessLinkConnecting "businessLinkConnecting";
    JoinedGroupMemberConnecting "joinedGroupMemberConnecting";
    SentGroupInvitation "sentGroupInvitation";
    GroupLinkConnecting "groupLinkConnecting";
    HostConnected "hostConnected";
    HostDisconnected "hostDisconnected";
    SubscriptionStatus "subscriptionStatus";
    MessageError "messageError";
    ChatError "chatError";
    ChatErrors "chatErrors";
    NetworkStatus "networkStatus";
    NetworkStatuses "networkStatuses";
    AgentConnsDeleted "agentConnsDeleted";
    AgentRcvQueuesDeleted "agentRcvQueuesDeleted";
    AcceptingGroupJoinRequestMember "acceptingGroupJoinRequestMember";
    ContactAndMemberAssociated "contactAndMemberAssociated";
    ContactAnotherClient "contactAnotherClient";
    ContactSwitch "contactSwitch";
    ContactRatchetSync "contactRatchetSync";
    GroupMemberSwitch "groupMemberSwitch";
    GroupMemberRatchetSync "groupMemberRatchetSync";
    SubscriptionEnd "subscriptionEnd";
    ChatSuspended "chatSuspended";
    SndFileProgressXftp "sndFileProgressXFTP";
    RcvFileProgressXftp "rcvFileProgressXFTP";
    SndStandaloneFileComplete "sndStandaloneFileComplete";
    RcvStandaloneFileComplete "rcvStandaloneFileComplete";
}

/// The event handlers of a bot, in the order of registration.
pub(crate) struct EventHandlers<S> {
    handlers: Vec<EventHandler<S>>,
}

struct EventHandler<S> {
    wanted: Which,
    start: StartEvent<S>,
}

type StartEvent<S> = Start<Occurrence, S, Option<HandlerFuture>>;

enum Which {
    Kind(Wanted),
    Tag(Box<str>),
}

impl Which {
    fn has(&self, tag: &str) -> bool {
        match self {
            Self::Kind(wanted) => wanted.has(tag),
            Self::Tag(wanted) => **wanted == *tag,
        }
    }
}

impl<S> Default for EventHandlers<S> {
    fn default() -> Self {
        Self { handlers: Vec::new() }
    }
}

impl<S: Send + Sync + 'static> EventHandlers<S> {
    pub(crate) fn add<E, A, H>(&mut self, handler: H)
    where
        E: EventKind,
        A: 'static,
        H: HandlerOf<E, A, OnEvent, S>,
    {
        self.push(Which::Kind(E::WANTED), handler);
    }

    pub(crate) fn add_tagged<A, H>(&mut self, tag: &str, handler: H)
    where
        A: 'static,
        H: HandlerOf<Event, A, OnEvent, S>,
    {
        self.push(Which::Tag(tag.into()), handler);
    }

    fn push<E, A, H>(&mut self, wanted: Which, handler: H)
    where
        E: EventKind,
        A: 'static,
        H: HandlerOf<E, A, OnEvent, S>,
    {
        let start = move |occurrence: &Occurrence, state: &S| {
            Some(handler.call(E::of(&occurrence.event)?, Cx { subject: occurrence, value: &(), state }))
        };
        self.handlers.push(EventHandler { wanted, start: Arc::new(start) });
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.handlers.extend(other.handlers);
    }

    pub(crate) fn map<T>(self, bind: impl Fn(StartEvent<S>) -> StartEvent<T>) -> EventHandlers<T> {
        let bound = |EventHandler { wanted, start }| EventHandler { wanted, start: bind(start) };
        EventHandlers { handlers: self.handlers.into_iter().map(bound).collect() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.handlers.is_empty()
    }

    /// Whether events with this tag must be decoded, because a handler wants them.
    pub(crate) fn want(&self, tag: &str) -> bool {
        self.handlers.iter().any(|handler| handler.wanted.has(tag))
    }

    /// Starts every handler of the event, in the order of registration. One that panics at once does so when it is
    /// polled, so that it does not keep the others from running.
    pub(crate) fn start(&self, occurrence: &Occurrence, state: &S) -> Vec<HandlerFuture> {
        let tag = occurrence.event.tag();
        let tag = tag.as_str();
        self.handlers
            .iter()
            .filter(|handler| match &handler.wanted {
                // Also one of a known tag that cannot be read.
                Which::Kind(Wanted::Unknown) => matches!(*occurrence.event, Event::Unknown(_)),
                wanted => wanted.has(tag),
            })
            .filter_map(|handler| {
                let start = || (handler.start)(occurrence, state);
                catch_unwind(AssertUnwindSafe(start))
                    .unwrap_or_else(|panic| Some(Box::pin(async { resume_unwind(panic) })))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::TAGS;
    use crate::types::EventTag;

    #[test]
    fn every_kind_has_its_own_tag() {
        for tag in TAGS {
            assert!(!matches!(EventTag::from(*tag), EventTag::Unknown(_)), "{tag}");
        }
    }

    /// A new release of the core brings new events.
    #[test]
    fn every_event_has_its_kind() {
        let events = concat!(env!("CARGO_MANIFEST_DIR"), "/../simplex-types/src/generated/events.rs");
        let events = std::fs::read_to_string(events).expect("the generated events");
        let tags: Vec<&str> =
            events.lines().filter_map(|line| line.strip_prefix("/// The event `")?.split('`').next()).collect();
        let without: Vec<&&str> = tags.iter().filter(|tag| !TAGS.contains(tag)).collect();
        assert!(
            tags.len() > 50 && without.is_empty(),
            "of {} events these are in no `kinds!`: {without:?}",
            tags.len()
        );
    }
}
