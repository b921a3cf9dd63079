//! What cannot work in a router, found before its bot starts.

use std::any::TypeId;
use std::collections::HashSet;

use crate::command::no_keyword;
use crate::dialogue::NoSessions;
use crate::error::BotError;
use crate::filter::Anything;

use super::{Router, Step};

impl<S: Send + Sync + 'static> Router<S> {
    /// Finds what cannot work.
    ///
    /// # Errors
    /// [`BotError::Config`] with all of it, such as invalid expressions, commands that nobody can type or that exist
    /// twice, handlers that no message reaches, and dialogues that have no sessions or the same name.
    pub(crate) fn check(&self) -> Result<(), BotError> {
        let mut problems = self.problems.clone();
        let mut seen = HashSet::new();
        for entry in self.command_list() {
            for name in entry.names() {
                problems.extend(no_keyword(name));
                if !seen.insert(name.to_owned()) {
                    problems.push(format!("there are two commands `/{name}`"));
                }
            }
        }
        self.unreached(Vec::new(), false, &mut problems);
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

    /// Finds message handlers that no message reaches. `taken` are those that take all messages of some content before
    /// this router is tried; `layered` says whether middleware around the handlers may pass messages on to later ones.
    fn unreached(&self, mut taken: Vec<Taking>, layered: bool, problems: &mut Vec<String>) {
        let layered = layered || !self.layers.is_empty();
        for (n, step) in self.entries.iter().enumerate() {
            match step {
                Step::Router(router) => router.unreached(taken.clone(), layered, problems),
                Step::Handler(entry) => {
                    let name = format!("handler {} (`{}`)", n + 1, entry.leaf.name());
                    match taken.iter().find(|taking| taking.content == entry.content || taking.is_of_all()) {
                        Some(by) => {
                            let why = "is registered before it and takes all of its messages";
                            problems.push(format!("{name} would never run: {} {why}", by.name));
                        }
                        None if entry.takes_all && !layered && !self.run_all => {
                            taken.push(Taking { content: entry.content, name });
                        }
                        None => {}
                    }
                }
            }
        }
    }
}

/// A handler that takes all messages of some content.
#[derive(Clone)]
struct Taking {
    content: TypeId,
    name: String,
}

impl Taking {
    fn is_of_all(&self) -> bool {
        self.content == TypeId::of::<Anything>()
    }
}
