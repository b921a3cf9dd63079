//! News for subscribers: a broadcast by an editor to all who did not unsubscribe.

use std::sync::Arc;

use serde_json::Value;
use simplex_bot::Handle;
use simplex_bot::broadcast::{Broadcast, forget};
use simplex_bot::prelude::*;
use simplex_bot::senders::{Cooldown, SenderList};
use simplex_bot::store::Store;
use simplex_bot::types::{Contact, ContactStatus, RawJson};

/// Who may send news, and who got which.
#[derive(Clone)]
pub struct Desk {
    /// Whoever sends it becomes an editor. A name would prove nothing: people choose theirs freely.
    pub password: String,
    /// Those who sent the password.
    pub editors: SenderList,
    /// Remembers who got which news, so that an interrupted broadcast continues with the other readers.
    pub journal: Arc<dyn Store>,
}

/// The bot, and its desk.
pub fn news(desk: Desk) -> Bot<Desk> {
    Bot::new("News")
        .welcome("You get our news from now on. /stop ends that.")
        .state(desk)
        .command("stop", "No more news", async |msg: Message| set_subscribed(&msg, false).await)
        .command("start", "News again", async |msg: Message| set_subscribed(&msg, true).await)
        .command("send", "Send news", send)
        .nest(
            Router::new()
                // So that nobody can try many passwords.
                .layer(Cooldown::per_sender(5, Duration::from_hours(1)).saying("Later."))
                // A handler instead of a command, so that it is not in the menu.
                .on(in_direct().and(command("editor")), sign_in),
        )
}

async fn sign_in(msg: Message, Args(said): Args, State(desk): State<Desk>) -> Outcome {
    if desk.password.is_empty() || *said != *desk.password {
        return msg.reply("No.").await;
    }
    desk.editors.add(&msg).await?;
    msg.reply("You may /send news.").await
}

/// Stores the choice in the bot's database, with the contact.
async fn set_subscribed(msg: &Message, subscribed: bool) -> Outcome {
    let Some(contact) = msg.contact() else { return msg.reply("Write to me directly.").await };
    if let Ok(value) = RawJson::from_value(&!subscribed) {
        msg.api().merge_contact_custom_data(contact, "unsubscribed", value).await?;
    }
    msg.reply(if subscribed { "Welcome back." } else { "No more news. /start begins again." }).await
}

fn wants_news(contact: &Contact) -> bool {
    // Those who deleted the bot stay on its list of contacts.
    if contact.contact_status != ContactStatus::Active {
        return false;
    }
    let data = contact.custom_data.as_ref().and_then(|data| serde_json::from_str::<Value>(data.get()).ok());
    data.is_none_or(|data| data.get("unsubscribed") != Some(&Value::Bool(true)))
}

async fn send(msg: Message, Args(text): Args, bot: Handle, State(desk): State<Desk>) -> Outcome {
    let (Some(me), true) = (msg.contact(), desk.editors.has(&msg)) else {
        return msg.reply("Only editors send news.").await;
    };
    if text.is_empty() {
        return msg.reply("Write /send and the news, please.").await;
    }
    let contacts = bot.api().list_contacts(bot.user().user_id).await?;
    let readers = contacts.iter().filter(|contact| contact.contact_id != me.contact_id && wants_news(contact));
    // Named after the message: if it is handled again after a crash, the broadcast continues.
    let report = Broadcast::new(format!("news {}", msg.id()), &*text)
        .to(readers.map(|contact| contact.contact_id))
        .pace(Duration::from_millis(200))
        .journal(Arc::clone(&desk.journal))
        .send(msg.api())
        .await?;
    // Messages that old are not handled again: their records can go.
    forget(&desk.journal, "news ", Duration::from_hours(90 * 24)).await?;
    msg.reply(format!("Sent to {} of {}.", report.sent(), report.outcomes.len())).await
}
