//! Reminds people of things, whatever happens to the bot in the meantime: a command stores each reminder, and a job
//! looks every second which ones are due.

use std::str::FromStr;
use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use simplex_bot::prelude::*;
use simplex_bot::schedule::{every, now};
use simplex_bot::store::{Store, Stored};
use simplex_bot::types::ChatRef;

/// How many reminders are kept for one chat at most.
const MOST: usize = 20;

/// What to say, when and where.
#[derive(Serialize, Deserialize)]
struct Reminder {
    due: SystemTime,
    chat: ChatRef,
    of: String,
}

#[derive(Commands)]
enum Remind {
    /// Remind me, after 30s, 10m, 2h or 7d
    Remind {
        after: After,
        #[command(rest)]
        of: String,
    },
}

/// A time from now, as people write it; limited, so that the due time fits into the clock.
struct After(Duration);

impl FromStr for After {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unit = [("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)];
        let read =
            unit.iter().find_map(|(unit, seconds)| Some((text.strip_suffix(unit)?.parse::<u16>().ok()?, seconds)));
        let (count, seconds) = read.ok_or("a time such as 30s, 10m, 2h or 7d")?;
        Ok(Self(Duration::from_secs(u64::from(count) * seconds)))
    }
}

/// The bot, and where it keeps reminders.
pub fn reminder(store: Arc<dyn Store>) -> Bot<Arc<dyn Store>> {
    Bot::new("Reminder")
        .welcome("/remind 10m tea")
        .state(store)
        .commands(keep)
        .schedule(every(Duration::from_secs(1)), remind)
}

async fn keep(
    Remind::Remind { after, of }: Remind,
    msg: Message,
    State(store): State<Arc<dyn Store>>,
) -> Result<(), HandlerError> {
    let all = format!("reminder/{}/", msg.chat_ref());
    // One key for each message, so that handling it again after a crash adds no second reminder.
    let key = format!("{all}{}", msg.id());
    if store.keys(&all).await?.iter().filter(|known| **known != key).count() >= MOST {
        msg.reply("That is all that I can keep in mind.").await?;
        return Ok(());
    }
    // The bot may hear it late. That the time is of somebody else's clock must not make it later than it would be now.
    let due = msg.sent_at().min(now()) + after.0;
    let reminder = Reminder { due, chat: msg.chat_ref(), of };
    store.save(&key, Stored::new(&reminder)?).await?;
    msg.reply("I will.").await?;
    Ok(())
}

/// Good for some hundred reminders; with more, keep the due times in memory as well.
async fn remind(State(store): State<Arc<dyn Store>>, api: ChatApi) -> Result<(), BotError> {
    let mut outcome = Ok(());
    for key in store.keys("reminder/").await? {
        let Some(stored) = store.load(&key).await? else { continue };
        let Ok(reminder) = stored.decode::<Reminder>() else { continue };
        if reminder.due > now() {
            continue;
        }
        let chat = Chat::new(api.clone(), reminder.chat);
        // `plain` keeps people's words from becoming formatting or commands of the bot.
        let text = Markdown::new().plain(&format!("You wanted to be reminded of {}.", reminder.of));
        let sent = chat.send(text).await;
        // A failure that passes leaves it for the next time: better twice than never. A chat that is gone does not come
        // back.
        if !matches!(&sent, Err(BotError::Api(error)) if error.is_temporary()) {
            store.remove(&key).await?;
        }
        outcome = outcome.and(sent.map(drop));
    }
    outcome
}
