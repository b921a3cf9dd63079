//! Which handler a message goes to: commands first, then message handlers, in the order of registration; the first
//! that matches takes it.

mod route;

use std::any::type_name;
use std::collections::HashSet;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::command::{CommandEntry, Commands, Enumerated, Keyed};
use crate::data::TypedValues;
use crate::dialogue::{DialogueState, Step as DialogueStep, Stepped};
use crate::error::BotError;
use crate::events::{EventHandlers, EventKind, OnEvent};
use crate::extract::{Args, Cx};
use crate::filter::{Anything, Filter, Scope};
use crate::handler::{Handler, HandlerFuture, HandlerOf};
use crate::message::Message;
use crate::middleware::{Layer, Middleware};
use crate::runtime::Failure;
use crate::schedule::{Clockwork, OnTick, Schedule};
use crate::types::Event;

pub(crate) use crate::command::command_of;
pub(crate) use route::Routes;

/// A set of handlers for a bot with the state `S`, with what is around them.
///
/// Routers nest: a bot has one, and any router may have others in it, with guards, middleware and error hooks of their
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
#[must_use = "a router does nothing until a bot has it"]
pub struct Router<S = ()> {
    commands: Vec<Entry<S>>,
    entries: Vec<Step<S>>,
    guards: Vec<Box<dyn Guard>>,
    outer: Vec<Arc<dyn Layer>>,
    layers: Vec<Arc<dyn Layer>>,
    on_error: Option<Arc<dyn Leaf<Failed, S>>>,
    events: EventHandlers<S>,
    jobs: Vec<(Schedule, Arc<dyn Leaf<Clockwork, S>>)>,
    run_all: bool,
    last: Last,
    problems: Vec<String>,
}

/// A handler with what it says of itself.
struct Entry<S> {
    leaf: Arc<dyn Leaf<Message, S>>,
    commands: Vec<CommandEntry>,
    meta: TypedValues,
}

enum Step<S> {
    Handler(Entry<S>),
    Router(Router<S>),
}

/// What `meta` is about.
enum Last {
    Nothing,
    Command,
    Handler,
}

/// What an error hook is told of.
pub(crate) struct Failed {
    pub(crate) failure: Failure,
    pub(crate) message: Message,
}

pub(crate) type Ready<I, S> = Box<dyn FnOnce(I, &S) -> HandlerFuture + Send>;

/// A handler behind a pointer, for messages, events or failures.
pub(crate) trait Leaf<I, S>: Send + Sync {
    /// Whether it is for `input`, and how it begins then.
    fn prepare(&self, input: &I) -> Option<Ready<I, S>>;

    /// What the handler is called in the program.
    fn name(&self) -> &'static str;

    /// Begins at once if it is for `input`: where nothing comes between the two.
    fn start(&self, input: &I, state: &S) -> Option<HandlerFuture>
    where
        I: Clone,
    {
        self.prepare(input).map(|ready| ready(input.clone(), state))
    }
}

trait Guard: Send + Sync {
    fn passes(&self, message: &Message) -> bool;
}

impl<F: Filter> Guard for F {
    fn passes(&self, message: &Message) -> bool {
        self.check(message).is_some()
    }
}

impl<S> Default for Router<S> {
    fn default() -> Self {
        Self {
            commands: Vec::new(),
            entries: Vec::new(),
            guards: Vec::new(),
            outer: Vec::new(),
            layers: Vec::new(),
            on_error: None,
            events: EventHandlers::default(),
            jobs: Vec::new(),
            run_all: false,
            last: Last::Nothing,
            problems: Vec::new(),
        }
    }
}

impl<S: Send + Sync + 'static> Router<S> {
    /// An empty router.
    pub fn new() -> Self {
        Self::default()
    }

    /// Handles the messages that `filter` lets through.
    pub fn on<F, A, H>(mut self, filter: F, handler: H) -> Self
    where
        F: Filter,
        A: 'static,
        H: Handler<A, Scope<F::Content, F::Value>, S>,
    {
        self.problems.extend(filter.problem());
        let leaf = Arc::new(Filtered { filter, handler: Arc::new(handler), args: PhantomData });
        self.entries.push(Step::Handler(Entry { leaf, commands: Vec::new(), meta: TypedValues::default() }));
        self.last = Last::Handler;
        self
    }

    /// Handles `/keyword`, and shows it with its description in the command menu of people's clients.
    ///
    /// The keyword is given without its slash: letters, digits and underscores.
    pub fn command<A, H>(mut self, keyword: &str, description: &str, handler: H) -> Self
    where
        A: 'static,
        H: Handler<A, Scope<Anything, Args>, S>,
    {
        let entry = CommandEntry::new(keyword, description);
        let leaf = Arc::new(Keyed::new(entry.keyword(), handler));
        self.commands.push(Entry { leaf, commands: vec![entry], meta: TypedValues::default() });
        self.last = Last::Command;
        self
    }

    /// Handles the commands of an enum with [`#[derive(Commands)]`](derive@crate::Commands): the handler's first
    /// parameter. They are shown in the command menu of people's clients; a command that is not understood is answered
    /// with its usage.
    pub fn commands<C, A, H>(mut self, handler: H) -> Self
    where
        C: Commands,
        A: 'static,
        H: HandlerOf<C, A, Scope<Anything>, S>,
    {
        let leaf = Arc::new(Enumerated::new(handler));
        self.commands.push(Entry { leaf, commands: C::entries(), meta: TypedValues::default() });
        self.last = Last::Command;
        self
    }

    /// Handles the messages that `filter` lets through in one state of a [dialogue](crate::dialogue): the handler's
    /// first parameter, a [`Step`](DialogueStep), says which.
    ///
    /// It needs [`Sessions`](crate::dialogue::Sessions) around it, and is tried where it stands among the handlers of
    /// [`on`](Self::on).
    pub fn step<T, F, A, H>(mut self, filter: F, handler: H) -> Self
    where
        T: DialogueState,
        F: Filter,
        A: 'static,
        H: HandlerOf<DialogueStep<T>, A, Scope<F::Content, F::Value>, S>,
    {
        self.problems.extend(filter.problem());
        let leaf = Arc::new(Stepped::new(filter, handler));
        self.entries.push(Step::Handler(Entry { leaf, commands: Vec::new(), meta: TypedValues::default() }));
        self.last = Last::Handler;
        self
    }

    /// Has the handler that was registered last say something of itself, for middleware to read with
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
            Last::Handler => self.entries.last_mut().and_then(|step| match step {
                Step::Handler(entry) => Some(entry),
                Step::Router(_) => None,
            }),
            Last::Nothing => None,
        };
        match entry {
            Some(entry) => entry.meta.put(value),
            None => self.problems.push(format!("`.meta({})` follows no handler", type_name::<T>())),
        }
        self
    }

    /// Tries the handlers of `router` where this stands among the others.
    ///
    /// Its commands are tried with the commands of this one, after them.
    pub fn nest(mut self, mut router: Self) -> Self {
        self.problems.append(&mut router.problems);
        self.events.join(std::mem::take(&mut router.events));
        self.jobs.append(&mut router.jobs);
        self.entries.push(Step::Router(router));
        self.last = Last::Nothing;
        self
    }

    /// Lets only messages into this router that `filter` lets through; several guards must all let it.
    pub fn guard<F: Filter>(mut self, filter: F) -> Self {
        self.problems.extend(filter.problem());
        self.guards.push(Box::new(filter));
        self
    }

    /// Puts `middleware` around routing: it sees every message that the guards let in, matched or not.
    ///
    /// In a nested router it may see a command twice: among the commands, and again among the messages when it was for
    /// none.
    pub fn outer(mut self, middleware: impl Middleware) -> Self {
        self.outer.push(Arc::new(middleware));
        self
    }

    /// Puts `middleware` around every handler of this router, nested ones among them, also those registered later.
    pub fn layer(mut self, middleware: impl Middleware) -> Self {
        self.layers.push(Arc::new(middleware));
        self
    }

    /// Is told of failures in this router: its first parameter is the [`Failure`], the others are extracted.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// # let _: Router =
    /// Router::new()
    ///     .on(text(), async |_: TextMessage| Err::<(), _>("out of order"))
    ///     .on_error(async |failure: Failure, chat: Chat| chat.send(format!("Sorry: {failure}.")).await);
    /// ```
    ///
    /// A message whose failure was told here counts as handled: it is not tried again. An error of the hook goes to the
    /// hook of the router around this one, and at last to the bot's.
    pub fn on_error<A, H>(mut self, hook: H) -> Self
    where
        A: 'static,
        H: HandlerOf<Failure, A, Scope<Anything>, S>,
    {
        self.on_error = Some(Arc::new(Hooked { hook: Arc::new(hook), args: PhantomData }));
        self
    }

    /// Handles a kind of event: the handler's first parameter says which.
    ///
    /// All handlers of an event run, in the order of registration. With [`Event`] as its first parameter a handler sees
    /// every event, with [`Unknown`](crate::types::Unknown) those that the library has no name for.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// # use simplex_bot::types::event::ContactConnected;
    /// # let _: Router =
    /// Router::new().on_event(async |event: ContactConnected, api: ChatApi| {
    ///     println!("{} is here", event.contact.local_display_name);
    /// });
    /// ```
    pub fn on_event<E, A, H>(mut self, handler: H) -> Self
    where
        E: EventKind,
        A: 'static,
        H: HandlerOf<E, A, OnEvent, S>,
    {
        self.events.add(handler);
        self
    }

    /// Handles the events with a tag, for those that have no record of their own.
    pub fn on_event_tagged<A, H>(mut self, tag: &str, handler: H) -> Self
    where
        A: 'static,
        H: HandlerOf<Event, A, OnEvent, S>,
    {
        self.events.add_tagged(tag, handler);
        self
    }

    /// Does something by the clock: see [`schedule`](crate::schedule).
    pub fn schedule<A, H>(mut self, schedule: Schedule, job: H) -> Self
    where
        A: 'static,
        H: Handler<A, OnTick, S>,
    {
        self.problems.extend(schedule.problem());
        self.jobs.push((schedule, Arc::new(Ticked { job: Arc::new(job), args: PhantomData })));
        self.last = Last::Nothing;
        self
    }

    /// Runs all message handlers that match, in the order of registration, then all commands that do, in place of the
    /// first that matches. A failure does not keep the others from running; the first is the message's outcome.
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

    /// The commands, those of nested routers among them, in the order of registration.
    pub fn command_list(&self) -> Vec<CommandEntry> {
        let own = self.commands.iter().flat_map(|entry| entry.commands.iter().cloned());
        let nested = self.entries.iter().flat_map(|step| match step {
            Step::Router(router) => router.command_list(),
            Step::Handler(_) => Vec::new(),
        });
        own.chain(nested).collect()
    }

    /// Whether there is nothing that could handle a message.
    pub fn is_empty(&self) -> bool {
        self.commands.is_empty()
            && self.outer.is_empty()
            && self.entries.iter().all(|step| matches!(step, Step::Router(router) if router.is_empty()))
    }

    /// The same handlers in a bot whose state they do not use.
    pub(crate) fn with_state<T: Send + Sync + 'static>(self, state: S) -> Router<T> {
        self.bind(&Arc::new(state))
    }

    fn bind<T: Send + Sync + 'static>(self, state: &Arc<S>) -> Router<T> {
        let entry = |entry: Entry<S>| Entry {
            leaf: Arc::new(Bound { inner: entry.leaf, state: Arc::clone(state) }) as Arc<dyn Leaf<Message, T>>,
            commands: entry.commands,
            meta: entry.meta,
        };
        Router {
            commands: self.commands.into_iter().map(entry).collect(),
            entries: self
                .entries
                .into_iter()
                .map(|step| match step {
                    Step::Handler(handler) => Step::Handler(entry(handler)),
                    Step::Router(router) => Step::Router(router.bind(state)),
                })
                .collect(),
            guards: self.guards,
            outer: self.outer,
            layers: self.layers,
            on_error: self
                .on_error
                .map(|inner| Arc::new(Bound { inner, state: Arc::clone(state) }) as Arc<dyn Leaf<Failed, T>>),
            events: self.events.map(|inner| Arc::new(Bound { inner, state: Arc::clone(state) })),
            jobs: self
                .jobs
                .into_iter()
                .map(|(schedule, inner)| {
                    (schedule, Arc::new(Bound { inner, state: Arc::clone(state) }) as Arc<dyn Leaf<Clockwork, T>>)
                })
                .collect(),
            run_all: self.run_all,
            last: self.last,
            problems: self.problems,
        }
    }

    /// The handlers, ready to be used.
    ///
    /// # Errors
    /// [`BotError::Config`] with everything that cannot work: expressions that are none, commands that nobody can type or
    /// that exist twice.
    pub(crate) fn build(self, state: S) -> Result<Routes<S>, BotError> {
        let mut problems = self.problems.clone();
        let mut seen = HashSet::new();
        for entry in self.command_list() {
            for name in entry.names() {
                if command_of(&format!("/{name}")) != Some((name, "")) {
                    problems.push(format!("`/{name}` is not a command: a keyword is letters, digits and underscores"));
                }
                if !seen.insert(name.to_owned()) {
                    problems.push(format!("there are two commands `/{name}`"));
                }
            }
        }
        if problems.is_empty() { Ok(Routes::new(self, state)) } else { Err(BotError::Config(problems.join("; "))) }
    }
}

struct Filtered<F, H, A> {
    filter: F,
    handler: Arc<H>,
    args: PhantomData<fn() -> A>,
}

impl<F, A, S, H> Leaf<Message, S> for Filtered<F, H, A>
where
    F: Filter,
    A: 'static,
    H: Handler<A, Scope<F::Content, F::Value>, S>,
{
    fn name(&self) -> &'static str {
        type_name::<H>()
    }

    fn prepare(&self, message: &Message) -> Option<Ready<Message, S>> {
        let value = self.filter.check(message)?;
        let handler = Arc::clone(&self.handler);
        Some(Box::new(move |message, state| handler.call(Cx { subject: &message, value: &value, state })))
    }

    fn start(&self, message: &Message, state: &S) -> Option<HandlerFuture> {
        let value = self.filter.check(message)?;
        Some(self.handler.call(Cx { subject: message, value: &value, state }))
    }
}

struct Hooked<H, A> {
    hook: Arc<H>,
    args: PhantomData<fn() -> A>,
}

impl<A: 'static, S, H: HandlerOf<Failure, A, Scope<Anything>, S>> Leaf<Failed, S> for Hooked<H, A> {
    fn name(&self) -> &'static str {
        type_name::<H>()
    }

    fn prepare(&self, _: &Failed) -> Option<Ready<Failed, S>> {
        let hook = Arc::clone(&self.hook);
        Some(Box::new(move |failed, state| {
            hook.call(failed.failure, Cx { subject: &failed.message, value: &(), state })
        }))
    }
}

struct Ticked<H, A> {
    job: Arc<H>,
    args: PhantomData<fn() -> A>,
}

impl<A: 'static, S, H: Handler<A, OnTick, S>> Leaf<Clockwork, S> for Ticked<H, A> {
    fn name(&self) -> &'static str {
        type_name::<H>()
    }

    fn prepare(&self, _: &Clockwork) -> Option<Ready<Clockwork, S>> {
        let job = Arc::clone(&self.job);
        Some(Box::new(move |clockwork, state| job.call(Cx { subject: &clockwork, value: &(), state })))
    }
}

/// A handler with its state, for a bot that has another.
struct Bound<I, S> {
    state: Arc<S>,
    inner: Arc<dyn Leaf<I, S>>,
}

impl<I: 'static, S: Send + Sync + 'static, T> Leaf<I, T> for Bound<I, S> {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn prepare(&self, input: &I) -> Option<Ready<I, T>> {
        let ready = self.inner.prepare(input)?;
        let state = Arc::clone(&self.state);
        Some(Box::new(move |input, _| ready(input, &state)))
    }

    fn start(&self, input: &I, _: &T) -> Option<HandlerFuture>
    where
        I: Clone,
    {
        self.inner.start(input, &self.state)
    }
}
