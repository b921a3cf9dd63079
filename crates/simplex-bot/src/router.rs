//! Which handler a message goes to: commands first, then message handlers, in the order of registration; the first
//! that matches takes it.

mod finish;
mod leaf;
mod route;

use std::any::{Any, TypeId, type_name};
use std::fmt;
use std::sync::Arc;

use crate::command::{CommandEntry, Commands, Enumerated};
use crate::dialogue::{Dialogue, DialogueState, OnTimeout, Overdue, Sessions, Step, Stepped, Timed, timed_out};
use crate::events::{EventHandlers, EventKind, OnEvent};
use crate::extract::{Args, Cx};
use crate::filter::{self, Anything, Filter, Place, Scope};
use crate::handler::{Handler, HandlerFuture, HandlerOf};
use crate::middleware::{Layer, Middleware};
use crate::runtime::Failure;
use crate::schedule::{Clockwork, OnTick, Schedule};
use crate::types::Event;

use leaf::{Entry, Filtered, Guard, Hook};
pub(crate) use leaf::{Leaf, Ready, Start};
pub(crate) use route::Routes;

/// A set of handlers for a bot with the state `S`, with the guards and middleware around them.
///
/// Routers nest: a bot has one, and any router can contain others, with guards, middleware and error hooks of their
/// own.
///
/// ```
/// use simplex_bot::prelude::*;
/// use simplex_bot::types::GroupMemberRole::Moderator;
///
/// let moderation = Router::new()
///     .guard(in_group())
///     .command("rules", "The rules", async |msg: Message| msg.reply("Be kind.").await)
///     .on(image().and(not(from_role(at_least(Moderator)))), async |msg: ImageMessage| msg.reply("No pictures.").await);
/// let bot = Bot::new("Moderator").nest(moderation).on(in_direct(), async |msg: Message| msg.reply("Hello").await);
/// ```
///
/// A router for bots with different states, in a crate of its own for example, is made by a function that is generic in
/// the state, and says what its handlers take of it:
///
/// ```
/// use simplex_bot::FromRef;
/// use simplex_bot::prelude::*;
/// use simplex_bot::store::FileStore;
///
/// fn notes<S: Send + Sync + 'static>() -> Router<S>
/// where
///     FileStore: FromRef<S>,
/// {
///     Router::new().command("note", "Keep a note", async |msg: Message, State(notes): State<FileStore>| {
///         // …
///     })
/// }
///
/// fn bot(store: FileStore) -> Bot<FileStore> {
///     Bot::new("Notes").state(store).nest(notes())
/// }
/// ```
#[must_use = "a router does nothing until a bot has it"]
pub struct Router<S = ()> {
    commands: Vec<Entry<S>>,
    branches: Vec<Branch<S>>,
    guards: Vec<Box<dyn Guard>>,
    outer: Vec<Arc<dyn Layer>>,
    layers: Vec<Arc<dyn Layer>>,
    on_error: Option<Hook<S>>,
    events: EventHandlers<S>,
    jobs: Vec<(Schedule, Start<Clockwork, S, HandlerFuture>)>,
    dialogues: Vec<Arc<dyn Timed>>,
    timeouts: Vec<Start<Overdue, S, Option<HandlerFuture>>>,
    /// The names of the dialogues that the handlers need.
    needs: Vec<&'static str>,
    /// Where the messages come from that its guards let in.
    place: Place,
    run_all: bool,
    last: Last,
    problems: Vec<String>,
}

enum Branch<S> {
    Handler(Entry<S>),
    Router(Box<Router<S>>),
}

/// What was registered last, and what `meta` is therefore about.
enum Last {
    Nothing,
    Command,
    Handler,
}

impl<S> Default for Router<S> {
    fn default() -> Self {
        Self {
            commands: Vec::new(),
            branches: Vec::new(),
            guards: Vec::new(),
            outer: Vec::new(),
            layers: Vec::new(),
            on_error: None,
            events: EventHandlers::default(),
            jobs: Vec::new(),
            dialogues: Vec::new(),
            timeouts: Vec::new(),
            needs: Vec::new(),
            place: Place::Anywhere,
            run_all: false,
            last: Last::Nothing,
            problems: Vec::new(),
        }
    }
}

impl<S> fmt::Debug for Router<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Router")
            .field("commands", &self.commands.len())
            .field("branches", &self.branches.len())
            .finish_non_exhaustive()
    }
}

impl<S: Send + Sync + 'static> Router<S> {
    /// An empty router.
    pub fn new() -> Self {
        Self::default()
    }

    /// Registers a handler for messages that pass `filter`, and that no handler registered before takes.
    ///
    /// A bot does not start if an earlier handler of this router, or of one around it, takes every message that a handler
    /// is for, as far as their filters tell: [`any`](crate::filter::any), [`text`](crate::filter::text) and their like; or
    /// if a handler is for a [`command`](crate::filter::command) that one of these routers has: commands are tried before.
    /// The error numbers what was registered with `on`, `step` and `nest`: 2.1 is the first handler of a router that was
    /// nested second. So what is for more comes last:
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// # let _: Router =
    /// Router::new()
    ///     .on(text().exactly("yes"), async |msg: TextMessage| msg.reply("Fine.").await)
    ///     .on(text(), async |msg: TextMessage| msg.reply("Is that a yes?").await)
    ///     .on(any(), async |msg: Message| msg.reply("In words, please.").await);
    /// ```
    pub fn on<F, A, H>(mut self, filter: F, handler: H) -> Self
    where
        F: Filter,
        A: 'static,
        H: Handler<A, Scope<F::Content, F::Value>, S>,
    {
        self.problems.extend(filter.problem());
        let command = (&filter as &dyn Any).downcast_ref::<filter::Command>();
        self.with_handler(Entry {
            content: TypeId::of::<F::Content>(),
            place: filter.place(),
            takes_all: filter.passes_all(),
            keywords: command.map(|command| command.keywords().to_vec()).unwrap_or_default(),
            ..Entry::new(Filtered::new(filter, handler))
        })
    }

    /// Registers a handler for `/keyword`, and shows it with its description in the command menu of people's clients,
    /// which send it at once. A command that needs parameters is better one of [`commands`](Self::commands): clients
    /// then put it into the input, to be completed.
    ///
    /// Give the keyword without its slash: letters, digits and underscores. Two commands with one keyword are an error
    /// when the bot starts, unless both are in routers nested beside each other and the first of these has a guard,
    /// which leaves messages to the second. A router's own commands come before those of routers nested in it, wherever
    /// they are registered.
    ///
    /// A command may also be the caption of a picture, which other handlers then do not see; a router with the guard
    /// `text()` leaves such pictures to them.
    pub fn command<A, H>(self, keyword: &str, description: &str, handler: H) -> Self
    where
        A: 'static,
        H: Handler<A, Scope<Anything, Args>, S>,
    {
        let entry = CommandEntry::new(keyword, description);
        let handler = Filtered::new(filter::command(entry.keyword()), handler);
        self.with_commands(Entry { commands: vec![entry], ..Entry::new(handler) })
    }

    /// Registers a handler for the commands of an enum with [`#[derive(Commands)]`](derive@crate::Commands), which is
    /// the handler's first parameter. They are shown in the command menu of people's clients; a command that cannot be
    /// parsed is answered with its usage, one that names a member who is not there with
    /// [that](crate::command::MemberRef::resolve).
    pub fn commands<C, A, H>(self, handler: H) -> Self
    where
        C: Commands,
        A: 'static,
        H: HandlerOf<C, A, Scope<Anything>, S>,
    {
        self.with_commands(Entry { commands: C::entries(), ..Entry::new(Enumerated::new(handler)) })
    }

    /// Registers a handler for messages that pass `filter` in one state of a [dialogue](crate::dialogue); the handler's
    /// first parameter, a [`Step`], says which state.
    ///
    /// This router, or one around it, must have the [`dialogue`](Self::dialogue). The handler is tried at its place
    /// among those of [`on`](Self::on).
    pub fn step<T, F, A, H>(mut self, filter: F, handler: H) -> Self
    where
        T: DialogueState,
        F: Filter,
        A: 'static,
        H: HandlerOf<Step<T>, A, Scope<F::Content, F::Value>, S>,
    {
        self.problems.extend(filter.problem());
        self.needs.push(T::Dialogue::NAME);
        let (content, place) = (TypeId::of::<F::Content>(), filter.place());
        self.with_handler(Entry { content, place, ..Entry::new(Stepped::new(filter, handler)) })
    }

    /// Adds a [dialogue](crate::dialogue), with the store that keeps its conversations, for the handlers of this router
    /// and of those nested in it. It acts in the outer ring.
    pub fn dialogue<D: Dialogue>(mut self, sessions: Sessions<D>) -> Self {
        let sessions = Arc::new(sessions);
        self.outer.push(Arc::clone(&sessions) as Arc<dyn Layer>);
        self.dialogues.push(sessions);
        self
    }

    /// Registers a handler for the timeout of a state: the handler's first parameter, a [`Step`], says
    /// which. The others are extracted: [`Chat`](crate::Chat), [`ChatApi`](crate::ChatApi), [`State`](crate::State).
    /// There is no message, and so no sender: in a group, keep in the state whom the conversation is with, to name them.
    ///
    /// It runs in the lane of the chat. The conversation ends with it, unless the handler moves on
    /// [`to`](Step::to) another state; it also ends if the handler fails, which is logged. A handler that is
    /// cut off, by a kill, by a stop or by [`Bot::handler_timeout`](crate::Bot::handler_timeout), runs again when the
    /// bot next starts; timeouts that came due while the bot was away are handled then, too.
    ///
    /// ```
    /// use serde::{Deserialize, Serialize};
    /// use simplex_bot::dialogue::{Dialogue, Sessions, Step};
    /// use simplex_bot::prelude::*;
    /// use simplex_bot::store::MemoryStore;
    ///
    /// #[derive(Dialogue, Clone, Serialize, Deserialize)]
    /// enum Quiz {
    ///     #[dialogue(timeout = "30s")]
    ///     Question { right: u32 },
    /// }
    ///
    /// # let _: Router =
    /// Router::new().dialogue(Sessions::<Quiz>::new(MemoryStore::new())).on_step_timeout(
    ///     async |step: Step<QuizQuestion>, chat: Chat| chat.send(format!("Too late! It is {}.", step.right)).await,
    /// );
    /// ```
    pub fn on_step_timeout<T, A, H>(mut self, handler: H) -> Self
    where
        T: DialogueState,
        A: 'static,
        H: HandlerOf<Step<T>, A, OnTimeout, S>,
    {
        self.needs.push(T::Dialogue::NAME);
        self.timeouts.push(timed_out(handler));
        self.last = Last::Nothing;
        self
    }

    /// Attaches a value to the handler that was registered last, for middleware to read with
    /// [`Next::meta`](crate::Next::meta).
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::{Flow, Next, Routed};
    ///
    /// #[derive(PartialEq)]
    /// enum Needs { Nothing, Payment }
    ///
    /// async fn paid(msg: Message, next: Next) -> Flow {
    ///     if next.meta() == Some(&Needs::Payment) {
    ///         msg.reply("That is for members.").await?;
    ///         return Ok(Routed::Taken);
    ///     }
    ///     next.run(msg).await
    /// }
    ///
    /// # let _: Router =
    /// Router::new()
    ///     .layer(paid)
    ///     .command("print", "Print", async |msg: Message| msg.reply("Printed.").await)
    ///     .meta(Needs::Payment);
    /// ```
    pub fn meta<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        let entry = match self.last {
            Last::Command => self.commands.last_mut(),
            Last::Handler => self.branches.last_mut().and_then(|branch| match branch {
                Branch::Handler(entry) => Some(entry),
                Branch::Router(_) => None,
            }),
            Last::Nothing => None,
        };
        match entry {
            Some(entry) => entry.meta.put(value),
            None => self.problems.push(format!("`.meta({})` follows no handler", type_name::<T>())),
        }
        self
    }

    /// Nests `router`: its handlers are tried at this place among the others.
    ///
    /// Its commands are tried along with the commands of this one, after them.
    pub fn nest(mut self, mut router: Self) -> Self {
        self.problems.append(&mut router.problems);
        self.events.join(std::mem::take(&mut router.events));
        self.jobs.append(&mut router.jobs);
        self.dialogues.append(&mut router.dialogues);
        self.timeouts.append(&mut router.timeouts);
        self.needs.append(&mut router.needs);
        self.branches.push(Branch::Router(Box::new(router)));
        self.last = Last::Nothing;
        self
    }

    /// Lets only messages that pass `filter` into this router; with several guards, they must pass all.
    ///
    /// The menus of groups leave out the commands behind [`in_direct()`](crate::filter::in_direct) and other filters for
    /// chats with contacts only, and the menu in the bot's profile those behind [`in_group()`](crate::filter::in_group),
    /// [`of_group(…)`](crate::filter::of_group) and the like. With a business address, that menu is also the
    /// one of customers' chats, which are groups, and leaves out neither.
    pub fn guard<F: Filter>(mut self, filter: F) -> Self {
        self.problems.extend(filter.problem());
        match self.place.and(filter.place()) {
            Some(place) => self.place = place,
            None => self.problems.push("the guards let no message in: they are for groups and for contacts".to_owned()),
        }
        self.guards.push(Box::new(filter));
        self
    }

    /// Adds `middleware` around routing: it sees every message that the guards let in, matched or not.
    ///
    /// In a nested router it may see a command twice: among the commands, and again among the messages if no command
    /// took it.
    pub fn outer(mut self, middleware: impl Middleware) -> Self {
        self.outer.push(Arc::new(middleware));
        self
    }

    /// Adds `middleware` around every handler of this router and of nested ones, including those registered later.
    pub fn layer(mut self, middleware: impl Middleware) -> Self {
        self.layers.push(Arc::new(middleware));
        self
    }

    /// Sets a hook for failures in this router: its first parameter is the [`Failure`], the others are extracted.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// /// Why people do not get what they want, in words for them. The texts of other errors are for programmers.
    /// #[derive(Debug, thiserror::Error)]
    /// #[error("{0}")]
    /// struct Refused(&'static str);
    ///
    /// async fn buy(msg: Message) -> Result<(), HandlerError> {
    ///     Err(Refused("Sorry, we are closed.").into())
    /// }
    ///
    /// async fn tell(failure: Failure, msg: Message) -> Result<(), HandlerError> {
    ///     let why = match &failure {
    ///         Failure::Error(error) => error.downcast_ref::<Refused>(),
    ///         _ => None,
    ///     };
    ///     let Some(why) = why else { return Err(failure.into()) };
    ///     msg.reply(why.to_string()).await?;
    ///     Ok(())
    /// }
    ///
    /// fn bot() -> Bot {
    ///     Bot::new("Shop").nest(Router::new().command("buy", "Buy", buy).on_error(tell))
    /// }
    /// # simplex_bot::testing::run(async {
    /// #     let net = simplex_bot::testing::TestNetwork::new();
    /// #     let alice = net.person("alice").connects_to(&net.start(bot).await).await;
    /// #     alice.send("/buy").await;
    /// #     alice.expect("Sorry, we are closed.").await;
    /// # });
    /// ```
    ///
    /// A message whose failure the hook was called for counts as handled: it is not retried. An error of the hook goes
    /// to the hook of the router around this one, and finally to the bot's.
    pub fn on_error<A, H>(mut self, hook: H) -> Self
    where
        A: 'static,
        H: HandlerOf<Failure, A, Scope<Anything>, S>,
    {
        self.on_error = Some(Arc::new(move |failure, message, state| {
            hook.call(failure, Cx { subject: message, value: &(), state })
        }));
        self
    }

    /// Registers a handler for one kind of event; the type of the handler's first parameter says which kind.
    ///
    /// Unlike a message, an event is not handled again if a handler fails, or if the process is killed before they
    /// ended, except for what the bot finds in the state of the core when it starts, or, if a handler failed because the
    /// core was not reached, when that is there again: see [`Reconciled`](crate::Reconciled). Edits, deletions and
    /// reactions are not found so: a program that has to know of each compares what it knows with what
    /// [`ChatApi::get_chat`](crate::ChatApi::get_chat) returns.
    ///
    /// All handlers of an event run, in the order of registration. With [`Event`] as its first parameter, a handler
    /// sees every event; with [`Unknown`](crate::types::Unknown), those that the library does not know.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// # use simplex_bot::types::event::ContactConnected;
    /// # let _: Router =
    /// Router::new().on_event(async |event: ContactConnected, api: ChatApi| {
    ///     println!("{} is here", event.contact.local_display_name);
    /// });
    /// ```
    ///
    /// When somebody joins a group, the bot gets `JoinedGroupMember` if the link or invitation was its own, otherwise
    /// `ConnectedToGroupMember`; it also gets the latter for those who were there when it joined:
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::types::GroupMemberCategory;
    /// use simplex_bot::types::event::{ConnectedToGroupMember, JoinedGroupMember};
    ///
    /// # let _: Router =
    /// Router::new()
    ///     .on_event(async |event: JoinedGroupMember, api: ChatApi| {
    ///         Chat::new(api, event.group_info.group_id).send("Welcome!").await
    ///     })
    ///     .on_event(async |event: ConnectedToGroupMember, api: ChatApi| {
    ///         // Who came after the bot.
    ///         if event.member.member_category == GroupMemberCategory::Post {
    ///             Chat::new(api, event.group_info.group_id).send("Welcome!").await?;
    ///         }
    ///         Ok::<_, BotError>(())
    ///     });
    /// ```
    pub fn on_event<E, A, H>(mut self, handler: H) -> Self
    where
        E: EventKind,
        A: 'static,
        H: HandlerOf<E, A, OnEvent, S>,
    {
        self.events.add(handler);
        self.last = Last::Nothing;
        self
    }

    /// Registers a handler for events with this tag, for those that have no type of their own.
    pub fn on_event_tagged<A, H>(mut self, tag: &str, handler: H) -> Self
    where
        A: 'static,
        H: HandlerOf<Event, A, OnEvent, S>,
    {
        self.events.add_tagged(tag, handler);
        self.last = Last::Nothing;
        self
    }

    /// Runs a job on a schedule: see [`schedule`](crate::schedule).
    pub fn schedule<A, H>(mut self, schedule: Schedule, job: H) -> Self
    where
        A: 'static,
        H: Handler<A, OnTick, S>,
    {
        self.problems.extend(schedule.problem());
        let start = move |clockwork: &Clockwork, state: &S| job.call(Cx { subject: clockwork, value: &(), state });
        self.jobs.push((schedule, Arc::new(start)));
        self.last = Last::Nothing;
        self
    }

    /// Runs all matching message handlers, in the order of registration, then all matching commands, instead of only
    /// the first that matches. A failure, also of a filter, does not keep the others from running. The first failure is the
    /// message's outcome; if a later one may be retried and the first may not, it is the later one.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// # let _: Router =
    /// Router::new()
    ///     .run_all()
    ///     .on(any(), async |msg: Message| println!("{}: {}", msg.sender_name(), msg.text()))
    ///     .on(text(), async |msg: TextMessage| msg.reply(msg.text()).await);
    /// ```
    pub fn run_all(mut self) -> Self {
        self.run_all = true;
        self
    }

    /// The commands, including those of nested routers, in the order of registration.
    pub fn command_list(&self) -> Vec<CommandEntry> {
        let own = self.commands.iter().flat_map(|entry| entry.commands.iter().cloned());
        let nested = self.branches.iter().flat_map(|branch| match branch {
            Branch::Router(router) => router.command_list(),
            Branch::Handler(_) => Vec::new(),
        });
        own.chain(nested).map(|entry| entry.within(self.place)).collect()
    }

    /// Whether the router has nothing that could handle a message.
    pub(crate) fn is_empty(&self) -> bool {
        self.commands.is_empty()
            && self.outer.is_empty()
            && self.branches.iter().all(|branch| matches!(branch, Branch::Router(router) if router.is_empty()))
    }

    /// Whether the router has nothing that would ever run.
    pub(crate) fn is_idle(&self) -> bool {
        self.is_empty() && self.events.is_empty() && self.jobs.is_empty()
    }

    fn with_handler(mut self, entry: Entry<S>) -> Self {
        self.branches.push(Branch::Handler(entry));
        self.last = Last::Handler;
        self
    }

    fn with_commands(mut self, entry: Entry<S>) -> Self {
        self.commands.push(entry);
        self.last = Last::Command;
        self
    }
}
