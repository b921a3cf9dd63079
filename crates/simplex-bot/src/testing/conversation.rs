//! What was said in a test, for when it fails.

use std::fmt::Write;
use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use crate::runtime::{Engine, Health, Witness};

use super::person::shown;

/// The longest line of a conversation that is printed, in characters.
const LONGEST_LINE: usize = 500;
/// So many of the last lines are printed.
const SHOWN: usize = 200;

/// What was said, by everybody, in order: printed when a test fails.
#[derive(Debug, Clone, Default)]
pub(super) struct Conversation(Arc<Mutex<Said>>);

#[derive(Debug, Default)]
struct Said {
    lines: Vec<String>,
    /// The bots, each time that they started.
    bots: Vec<(String, Weak<Engine>)>,
}

impl Conversation {
    pub(super) fn note(&self, mut line: String) {
        // A text of many pages would hide the rest.
        if let Some((end, _)) = line.char_indices().nth(LONGEST_LINE) {
            line.truncate(end);
            line.push('…');
        }
        self.said().lines.push(line);
    }

    fn said(&self) -> MutexGuard<'_, Said> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From here on, a failure shows whether something waits in this bot.
    pub(super) fn started(&self, bot: &str, engine: Weak<Engine>) {
        self.said().bots.push((bot.to_owned(), engine));
    }

    /// Records what goes wrong in a bot, at its place in the conversation.
    pub(super) fn witness(&self, bot: &str) -> Witness {
        let (conversation, bot) = (self.clone(), bot.to_owned());
        Box::new(move |message, what| match message {
            Some(message) => {
                let handler = Some(message.handler()).filter(|name| !name.is_empty());
                let handler = handler.map(|name| format!(" ({name})")).unwrap_or_default();
                conversation.note(format!("! {bot}, at “{}”: {what}{handler}", shown(message.content())));
            }
            None => conversation.note(format!("! {bot}: {what}")),
        })
    }

    /// A step of the test: if it fails, the test fails, with the place from which the step was called.
    ///
    /// An `async fn` does not know its caller: steps that can fail are therefore functions that return a future.
    #[track_caller]
    pub(super) fn step<T, F: Future<Output = Result<T, String>>>(
        &self,
        step: F,
    ) -> impl Future<Output = T> + use<T, F> {
        let (conversation, place) = (self.clone(), Location::caller());
        async move {
            match step.await {
                Ok(value) => value,
                Err(why) => conversation.fail_at(place, &why),
            }
        }
    }

    /// Fails the test, in a step that does not wait.
    #[track_caller]
    pub(super) fn fail(&self, why: &str) -> ! {
        self.fail_at(Location::caller(), why)
    }

    #[track_caller]
    fn fail_at(&self, place: &Location<'_>, why: &str) -> ! {
        let (lines, bots) = {
            let said = self.said();
            (said.lines.clone(), said.bots.clone())
        };
        let mut text = format!("{why}\n  at {place}\nThe conversation so far:\n");
        if lines.is_empty() {
            text.push_str("  (nothing was said)\n");
        }
        let before = lines.len().saturating_sub(SHOWN);
        if before > 0 {
            let _ = writeln!(text, "  … {before} lines before");
        }
        for line in &lines[before..] {
            let _ = writeln!(text, "  {line}");
        }
        for (bot, engine) in bots {
            // Nobody sees a handler that sleeps: it says nothing, and neither does what comes after it.
            let waiting = engine.upgrade().map_or(0, |engine| Health::of(&engine).queued);
            if waiting > 0 {
                let what = "what came and waits, as behind a handler of its chat that has not ended";
                let _ = writeln!(text, "  ! {bot}: {what}: {waiting}");
            }
        }
        // `Markdown` adds it: two texts that look the same would fail to be equal.
        panic!("{}", text.replace('\u{2060}', r"\u{2060}"));
    }
}
