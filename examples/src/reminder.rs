//! Reminds people of things: a command, and a job that looks every second what is due.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use simplex_bot::prelude::tokio::time::Instant;
use simplex_bot::prelude::*;
use simplex_bot::schedule::every;

/// What is to be said, when and where. Kept in memory: a restart forgets.
pub type Reminders = Arc<Mutex<Vec<(Instant, Chat, String)>>>;

#[derive(Commands)]
enum Remind {
    /// Remind me
    Remind {
        minutes: u64,
        #[command(rest)]
        of: String,
    },
}

/// The bot.
pub fn reminder() -> Bot<Reminders> {
    Bot::new("Reminder")
        .welcome("/remind 10 tea")
        .state(Reminders::default())
        .commands(async |Remind::Remind { minutes, of }: Remind, msg: Message, State(reminders): State<Reminders>| {
            let Some(due) = Instant::now().checked_add(Duration::from_secs(minutes.saturating_mul(60))) else {
                return msg.reply("That is too far away.").await;
            };
            reminders.lock().unwrap_or_else(PoisonError::into_inner).push((due, msg.chat(), of));
            msg.reply(format!("In {minutes} minutes.")).await
        })
        .schedule(every(Duration::from_secs(1)), remind)
}

async fn remind(State(reminders): State<Reminders>) -> Result<(), BotError> {
    let due: Vec<_> = {
        let mut reminders = reminders.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        reminders.extract_if(.., |(due, ..)| *due <= now).collect()
    };
    let mut outcome = Ok(());
    for (_, chat, of) in due {
        // One that cannot be reached is not in the way of the others.
        outcome = outcome.and(chat.send(format!("You wanted to be reminded of {of}.")).await.map(drop));
    }
    outcome
}
