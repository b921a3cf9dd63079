//! How a router is finished: its state is bound to its handlers, and what cannot work is refused.

use std::any::TypeId;
use std::collections::HashSet;
use std::sync::Arc;

use crate::command::{CommandEntry, no_keyword};
use crate::dialogue::NoSessions;
use crate::error::BotError;
use crate::filter::{Anything, Place};
use crate::message::Message;

use super::leaf::{Bound, Hook, bound};
use super::{Branch, Entry, Leaf, Router, Routes};

impl<S: Send + Sync + 'static> Router<S> {
    /// The same handlers with their state bound to them, for a bot with another state.
    pub(crate) fn with_state<T: Send + Sync + 'static>(self, state: S) -> Router<T> {
        self.bind(&Arc::new(state))
    }

    fn bind<T: Send + Sync + 'static>(self, state: &Arc<S>) -> Router<T> {
        let entry = |entry: Entry<S>| Entry {
            leaf: Box::new(Bound { state: Arc::clone(state), inner: entry.leaf }) as Box<dyn Leaf<T>>,
            commands: entry.commands,
            meta: entry.meta,
            content: entry.content,
            place: entry.place,
            takes_all: entry.takes_all,
            keywords: entry.keywords,
        };
        Router {
            commands: self.commands.into_iter().map(entry).collect(),
            branches: self
                .branches
                .into_iter()
                .map(|branch| match branch {
                    Branch::Handler(handler) => Branch::Handler(entry(handler)),
                    Branch::Router(router) => Branch::Router(Box::new(router.bind(state))),
                })
                .collect(),
            guards: self.guards,
            outer: self.outer,
            layers: self.layers,
            on_error: self.on_error.map(|hook| {
                let state = Arc::clone(state);
                Arc::new(move |failure, message: &Message, _: &T| hook(failure, message, &state)) as Hook<T>
            }),
            events: self.events.map(|start| bound(start, state)),
            jobs: self.jobs.into_iter().map(|(schedule, start)| (schedule, bound(start, state))).collect(),
            dialogues: self.dialogues,
            timeouts: self.timeouts.into_iter().map(|start| bound(start, state)).collect(),
            needs: self.needs,
            place: self.place,
            run_all: self.run_all,
            last: self.last,
            problems: self.problems,
        }
    }

    /// The handlers, ready to be used.
    pub(crate) fn build(self, state: S) -> Result<Routes<S>, BotError> {
        self.check()?;
        Ok(Routes::new(self, state))
    }

    /// Finds what cannot work.
    ///
    /// # Errors
    /// [`BotError::Config`] with all of it, such as invalid expressions, commands that nobody can type, commands and
    /// handlers that no message reaches, and dialogues that have no sessions or the same name.
    pub(crate) fn check(&self) -> Result<(), BotError> {
        let mut problems = self.problems.clone();
        self.check_commands(&mut HashSet::new(), &mut problems);
        self.unreached(Taken::default(), Place::Anywhere, false, "", &mut problems);
        let mut kept = HashSet::new();
        for timed in &self.dialogues {
            let name = timed.name();
            if !kept.insert(name) {
                problems.push(format!("two dialogues are called `{name}`, and would take each other's states"));
            }
        }
        let mut needs = self.needs.clone();
        needs.sort_unstable();
        needs.dedup();
        for dialogue in needs {
            if !kept.contains(dialogue) {
                problems.push(NoSessions(dialogue).to_string());
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(BotError::Config(problems.join("; "))) }
    }

    /// Finds commands that nobody can type, or that another one always takes before: those in `taken`. A router with
    /// guards takes nothing from the routers after it, which are for others.
    fn check_commands(&self, taken: &mut HashSet<String>, problems: &mut Vec<String>) {
        for name in self.commands.iter().flat_map(|entry| &entry.commands).flat_map(CommandEntry::names) {
            problems.extend(no_keyword(name));
            if !taken.insert(name.to_owned()) {
                problems.push(format!("there are two commands `/{name}`"));
            }
        }
        for branch in &self.branches {
            match branch {
                Branch::Router(router) if router.guards.is_empty() => router.check_commands(taken, problems),
                Branch::Router(router) => router.check_commands(&mut taken.clone(), problems),
                Branch::Handler(_) => {}
            }
        }
    }

    /// Finds message handlers that no message reaches. `taken` is what the routers around this one take before it is
    /// tried; `sent` is where the messages are sent that the routers around it let in; `layered` says whether middleware
    /// around the handlers may pass messages on to later ones; `number` is the router's own, with a dot: its third handler is
    /// 2.3 if it is the second of those around it.
    fn unreached<'a>(
        &'a self,
        mut taken: Taken<'a>,
        sent: Place,
        layered: bool,
        number: &str,
        problems: &mut Vec<String>,
    ) {
        let Some(sent) = sent.and(self.place) else {
            return problems.push(format!("router {} would never run: {ELSEWHERE}", number.trim_end_matches('.')));
        };
        // An outer ring may put a message of another chat in the place of one. And a router that is ready made may have
        // handlers for several places: only its own guards say that it has not.
        let (sent, guarded) = if self.outer.is_empty() { (sent, self.place) } else { Default::default() };
        let layered = layered || !self.layers.is_empty();
        if self.run_all || !number.is_empty() && !self.outer.is_empty() {
            taken.otherwise = true;
        }
        if !layered && !self.run_all {
            taken.commands.extend(self.commands.iter().flat_map(|entry| &entry.commands).flat_map(CommandEntry::names));
        }
        for (n, branch) in self.branches.iter().enumerate() {
            let number = format!("{number}{}", n + 1);
            match branch {
                Branch::Router(router) => {
                    router.unreached(taken.clone(), sent, layered, &format!("{number}."), problems);
                }
                Branch::Handler(entry) => {
                    let name = format!("handler {number} (`{}`)", entry.leaf.name());
                    if guarded.and(entry.place).is_none() {
                        problems.push(format!("{name} would never run: {ELSEWHERE}"));
                    }
                    if !taken.otherwise
                        && !entry.keywords.is_empty()
                        && entry.keywords.iter().all(|keyword| taken.commands.contains(keyword.as_str()))
                    {
                        let commands = entry.keywords.join("`, `/");
                        problems
                            .push(format!("{name} would never run: commands are tried before it, with `/{commands}`"));
                    }
                    let theirs = [entry.content, TypeId::of::<Anything>()];
                    match taken.all.iter().find(|taking| theirs.contains(&taking.content)) {
                        Some(by) => {
                            let why = "is registered before it and takes all of its messages";
                            problems.push(format!("{name} would never run: {} {why}", by.name));
                        }
                        None if entry.takes_all && !layered && !self.run_all => {
                            taken.all.push(Taking { content: entry.content, name });
                        }
                        None => {}
                    }
                }
            }
        }
    }
}

const ELSEWHERE: &str = "the routers around it let in only messages of groups, or of chats with contacts, and it is for the \
                         others";

/// What is taken before a handler is tried.
#[derive(Clone, Default)]
struct Taken<'a> {
    all: Vec<Taking>,
    /// The keywords of commands.
    commands: HashSet<&'a str>,
    /// Whether commands may be tried after other handlers, as below a router that runs all, or another message than the one
    /// that was tried as a command may come, as from a nested router's outer ring.
    otherwise: bool,
}

/// A handler that takes all messages of some content.
#[derive(Clone)]
struct Taking {
    content: TypeId,
    name: String,
}
