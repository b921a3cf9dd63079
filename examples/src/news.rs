//! News for subscribers: a broadcast by the owner to all who did not unsubscribe.

use std::time::Duration;

use simplex_bot::broadcast::Broadcast;
use simplex_bot::prelude::*;
use simplex_bot::types::RawJson;

/// The name of the one who may send news. Names are chosen freely: a real bot keeps a contact's id.
#[derive(Clone)]
pub struct Editor(pub &'static str);

/// The bot, and who may send news.
pub fn news(editor: Editor) -> Bot<Editor> {
    Bot::new("News")
        .welcome("You get our news from now on. /stop ends that.")
        .state(editor)
        .command("stop", "No more news", async |msg: Message| set_subscribed(&msg, false).await)
        .command("start", "News again", async |msg: Message| set_subscribed(&msg, true).await)
        .command("send", "Send news", send)
}

/// Kept in the bot's database, with the contact.
async fn set_subscribed(msg: &Message, subscribed: bool) -> Outcome {
    let Some(contact) = msg.contact() else { return msg.reply("Write to me directly.").await };
    if let Ok(value) = RawJson::from_value(&!subscribed) {
        msg.api().merge_contact_custom_data(contact, "unsubscribed", value).await?;
    }
    msg.reply(if subscribed { "Welcome back." } else { "No more news. /start begins again." }).await
}

async fn send(msg: Message, Args(text): Args, State(editor): State<Editor>) -> Outcome {
    let (Some(me), true) = (msg.contact(), msg.sender_name() == editor.0) else {
        return msg.reply("Only the editor sends news.").await;
    };
    let Some(user) = msg.api().get_active_user().await? else { return msg.reply("I have no profile.").await };
    let contacts = msg.api().list_contacts(user.user_id).await?;
    let wants =
        |data: &Option<RawJson>| !data.as_ref().is_some_and(|data| data.get().contains("\"unsubscribed\":true"));
    let readers = contacts.iter().filter(|contact| contact.contact_id != me.contact_id && wants(&contact.custom_data));
    let report = Broadcast::new(format!("news {}", msg.id()), &*text)
        .to(readers.map(|contact| contact.contact_id))
        .pace(Duration::from_millis(200))
        .send(msg.api())
        .await?;
    msg.reply(format!("Sent to {} of {}.", report.sent(), report.outcomes.len())).await
}
