//! A router in the form that the runtime uses: how a message goes through it.

use std::collections::HashSet;
use std::future::ready;
use std::sync::Arc;

use crate::api::ChatApi;
use crate::dialogue::{Overdue, Tell, Timed};
use crate::error::with_causes;
use crate::events::{EventHandlers, Occurrence};
use crate::extract::is_hopeless;
use crate::handler::{Contained, HandlerFuture, caught, error_of};
use crate::message::Message;
use crate::middleware::{Flow, FlowFuture, Layer, Rest, Routed, around};
use crate::runtime::{Dispatch, EventDispatch, Failure, current_engine};
use crate::schedule::{Clockwork, Job, Schedule};
use crate::typed_values::TypedValues;
use crate::types::bot_command;

use super::{Branch, Entry, Guard, Hook, Leaf, Ready, Router, Start};

/// A router with its state: the runtime passes messages and events to it.
pub(crate) struct Routes<S> {
    root: Arc<Node<S>>,
    events: EventHandlers<S>,
    jobs: Vec<(Schedule, Start<Clockwork, S, HandlerFuture>)>,
    dialogues: Vec<Arc<dyn Timed>>,
    timeouts: Vec<Start<Overdue, S, Option<HandlerFuture>>>,
    empty: bool,
    state: Arc<S>,
}

/// One router of the tree, with the layers of the routers around it.
struct Node<S> {
    commands: Vec<Way<S>>,
    branches: Vec<Way<S>>,
    guards: Vec<Box<dyn Guard>>,
    outer: Vec<Arc<dyn Layer>>,
    layers: Vec<Arc<dyn Layer>>,
    on_error: Option<Hook<S>>,
    /// The keywords of this router and of those nested in it.
    keywords: HashSet<Box<str>>,
    run_all: bool,
    /// Whether nothing is around the handlers of this router and of those nested in it: no middleware, no error hook,
    /// no `run_all`. Then the first handler that takes a message can start at once.
    plain: bool,
}

struct Handling<S> {
    leaf: Box<dyn Leaf<S>>,
    meta: Arc<TypedValues>,
}

enum Way<S> {
    Handler(Handling<S>),
    Router(Arc<Node<S>>),
}

/// Which handlers of a router are tried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Commands,
    Messages,
    /// Both, in the router's order.
    Both,
}

impl<S: Send + Sync + 'static> Routes<S> {
    pub(super) fn new(mut router: Router<S>, state: S) -> Self {
        Self {
            events: std::mem::take(&mut router.events),
            jobs: std::mem::take(&mut router.jobs),
            dialogues: std::mem::take(&mut router.dialogues),
            timeouts: std::mem::take(&mut router.timeouts),
            empty: router.is_empty(),
            root: Arc::new(Node::new(router, &[])),
            state: Arc::new(state),
        }
    }

    /// Whether messages need to be decoded at all.
    pub(crate) fn wants_messages(&self) -> bool {
        !self.empty
    }

    /// The function that handles messages, for the runtime.
    pub(crate) fn dispatch(self: &Arc<Self>) -> Dispatch {
        let routes = Arc::clone(self);
        Box::new(move |message| routes.message(message))
    }

    fn message(&self, message: &Message) -> Option<HandlerFuture> {
        if self.empty {
            return None;
        }
        if self.root.plain {
            return self.root.first(message, &self.state, Phase::Both);
        }
        let flow = Arc::clone(&self.root).route(message.clone(), Arc::clone(&self.state), Phase::Both);
        Some(Box::pin(async move { flow.await.map(drop) }))
    }

    /// The scheduled jobs.
    pub(crate) fn jobs(self: &Arc<Self>, api: &ChatApi) -> Vec<Job> {
        let job = |(schedule, start): &(Schedule, Start<Clockwork, S, HandlerFuture>)| {
            let (start, routes, api) = (Arc::clone(start), Arc::clone(self), api.clone());
            let start = move |tick| start(&Clockwork { api: api.clone(), tick }, &routes.state);
            Job { schedule: schedule.clone(), start: Box::new(start) }
        };
        self.jobs.iter().map(job).collect()
    }

    /// The dialogues, whose conversations may time out.
    pub(crate) fn dialogues(&self) -> &[Arc<dyn Timed>] {
        &self.dialogues
    }

    /// Makes the function that handles a timeout, and gives it to the dialogues: it starts the first handler that is
    /// for the conversation's state.
    pub(crate) fn tell(self: &Arc<Self>) -> Tell {
        let routes = Arc::clone(self);
        let tell: Tell =
            Arc::new(move |overdue| routes.timeouts.iter().find_map(|start| start(&overdue, &routes.state)));
        self.dialogues.iter().for_each(|timed| timed.times().tell_by(&tell));
        tell
    }

    /// The function that handles events, for the runtime; `None` if no handler wants any.
    pub(crate) fn events(self: &Arc<Self>) -> Option<EventDispatch> {
        if self.events.is_empty() {
            return None;
        }
        let (wants, routes) = (Arc::clone(self), Arc::clone(self));
        Some(EventDispatch {
            wants: Box::new(move |tag| wants.events.want(tag)),
            start: Box::new(move |api, event, reconciled| {
                let occurrence = Occurrence { api: api.clone(), event: Arc::clone(event), reconciled };
                routes.events.start(&occurrence, &routes.state)
            }),
            on_error: Box::new(|event, failure| {
                tracing::error!(event = event.tag().as_str(), "{failure}");
            }),
        })
    }
}

impl<S: Send + Sync + 'static> Node<S> {
    fn new(router: Router<S>, around: &[Arc<dyn Layer>]) -> Self {
        let commands = router.command_list();
        let keywords = commands.iter().flat_map(|entry| entry.names()).map(Box::from).collect();
        let layers: Vec<_> = around.iter().chain(&router.layers).cloned().collect();
        let handler = |entry: Entry<S>| Way::Handler(Handling { leaf: entry.leaf, meta: Arc::new(entry.meta) });
        let branches: Vec<_> = router
            .branches
            .into_iter()
            .map(|branch| match branch {
                Branch::Handler(entry) => handler(entry),
                Branch::Router(router) => Way::Router(Arc::new(Self::new(*router, &layers))),
            })
            .collect();
        let plain = router.outer.is_empty()
            && layers.is_empty()
            && router.on_error.is_none()
            && !router.run_all
            && branches.iter().all(|way| match way {
                Way::Handler(_) => true,
                Way::Router(node) => node.plain,
            });
        Self {
            commands: router.commands.into_iter().map(handler).collect(),
            branches,
            guards: router.guards,
            outer: router.outer,
            layers,
            on_error: router.on_error,
            keywords,
            run_all: router.run_all,
            plain,
        }
    }

    fn lets_in(&self, message: &Message) -> bool {
        self.guards.iter().all(|guard| guard.passes(message))
    }

    /// The phases that make up this one.
    fn order(&self, phase: Phase) -> &'static [Phase] {
        match phase {
            Phase::Both if self.run_all => &[Phase::Messages, Phase::Commands],
            Phase::Both => &[Phase::Commands, Phase::Messages],
            Phase::Commands => &[Phase::Commands],
            Phase::Messages => &[Phase::Messages],
        }
    }

    /// Starts the first handler that takes the message. Only for a router that is [`plain`](Self::plain).
    fn first(&self, message: &Message, state: &S, phase: Phase) -> Option<HandlerFuture> {
        if !self.lets_in(message) {
            return None;
        }
        self.order(phase).iter().find_map(|phase| {
            self.ways(*phase, message).find_map(|way| match way {
                Way::Handler(handling) => {
                    let begun = handling.leaf.start(message, state)?;
                    message.is_for(handling.leaf.name());
                    Some(begun)
                }
                Way::Router(node) => node.first(message, state, *phase),
            })
        })
    }

    /// Sends the message through the guards and the outer ring; failures go to the hook.
    fn route(self: Arc<Self>, message: Message, state: Arc<S>, phase: Phase) -> FlowFuture {
        if !self.lets_in(&message) {
            return Box::pin(ready(Ok(Routed::Unmatched)));
        }
        let told = message.clone();
        let flow = {
            let (node, state) = (Arc::clone(&self), Arc::clone(&state));
            let end: Rest = Box::new(move |message| Box::pin(node.search(message, state, phase)));
            around(&self.outer, &Arc::default(), end)(message)
        };
        let Some(hook) = self.on_error.clone() else { return flow };
        Box::pin(async move {
            let failure = match Contained::new(flow).await {
                Ok(routed) => return Ok(routed),
                Err(failure) => failure,
            };
            if let Some(engine) = current_engine() {
                engine.witness(Some(&told), &failure);
            }
            hook(failure, &told, &state).await.map(|()| Routed::Taken)
        })
    }

    /// Runs the first handler that takes the message, or all of them with `run_all`.
    async fn search(self: Arc<Self>, message: Message, state: Arc<S>, phase: Phase) -> Flow {
        let mut found = Found::default();
        for phase in self.order(phase) {
            for way in self.ways(*phase, &message) {
                // Filters and guards run here, and are the program's own, too.
                let begin = || match way {
                    Way::Handler(handling) => {
                        let start = handling.leaf.prepare(&message)?;
                        Some(self.handle(start, handling, message.clone(), &state))
                    }
                    Way::Router(node) => Some(Arc::clone(node).route(message.clone(), Arc::clone(&state), *phase)),
                };
                if !self.run_all {
                    let Some(flow) = begin() else { continue };
                    match flow.await {
                        Ok(Routed::Unmatched) => continue,
                        flow => return flow,
                    }
                }
                match caught(begin) {
                    Ok(Some(flow)) => found.add(Contained::new(flow).await.map_err(error_of)),
                    Ok(None) => {}
                    Err(text) => found.add(Err(Failure::Panic(text).into())),
                }
            }
        }
        found.into_flow()
    }

    /// The handlers and routers to try in a phase, in order.
    fn ways<'a>(&'a self, phase: Phase, message: &'a Message) -> impl Iterator<Item = &'a Way<S>> {
        let messages = phase == Phase::Messages;
        let keyword = if messages { None } else { bot_command(message.text()).map(|(keyword, _)| keyword) };
        let keyword = keyword.filter(|keyword| self.keywords.contains(*keyword));
        let commands = keyword.is_some().then_some(&self.commands).into_iter().flatten();
        let branches = self.branches.iter().filter(move |way| match way {
            Way::Handler(_) => messages,
            Way::Router(node) => messages || keyword.is_some_and(|keyword| node.keywords.contains(keyword)),
        });
        commands.chain(branches)
    }

    /// Runs a handler with the layers around it.
    fn handle(&self, start: Ready<S>, handling: &Handling<S>, message: Message, state: &Arc<S>) -> FlowFuture {
        message.is_for(handling.leaf.name());
        let state = Arc::clone(state);
        // Started only when it is polled: with `run_all`, a handler that panics at once must not keep the others from
        // running.
        let end: Rest =
            Box::new(move |message| Box::pin(async move { start(message, &state).await.map(|()| Routed::Taken) }));
        around(&self.layers, &handling.meta, end)(message)
    }
}

/// The outcome of a message that several handlers saw.
#[derive(Default)]
struct Found {
    taken: bool,
    error: Option<crate::handler::HandlerError>,
}

impl Found {
    fn add(&mut self, flow: Flow) {
        match flow {
            Ok(Routed::Taken) => self.taken = true,
            Ok(Routed::Unmatched) => {}
            Err(error) => {
                let Some(first) = &mut self.error else { return self.error = Some(error) };
                // If one of them may do better the next time, the message is to have a next time.
                let better = is_hopeless(&**first) && !is_hopeless(&*error);
                let error = if better { std::mem::replace(first, error) } else { error };
                let error = with_causes(&*error, ": ");
                if let Some(engine) = current_engine() {
                    engine.witness(None, &format_args!("another handler of the same message failed: {error}"));
                }
                tracing::error!(%error, "another handler of the same message failed");
            }
        }
    }

    fn into_flow(self) -> Flow {
        match self.error {
            Some(error) => Err(error),
            None if self.taken => Ok(Routed::Taken),
            None => Ok(Routed::Unmatched),
        }
    }
}
