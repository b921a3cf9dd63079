//! A report at nine on weekdays, in the time zone of its readers; only one for all mornings that were missed.

use std::sync::Arc;

use simplex_bot::Handle;
use simplex_bot::broadcast::{Broadcast, forget};
use simplex_bot::prelude::*;
use simplex_bot::schedule::{Missed, Tick, cron};
use simplex_bot::store::Store;
use simplex_bot::types::ContactStatus;

/// The bot, with the store in which it remembers its last report, and who got it.
pub fn morning_report(store: Arc<dyn Store>) -> Bot<Arc<dyn Store>> {
    let mornings =
        cron("0 9 * * Mon-Fri", "Europe/London").remembered("morning", Arc::clone(&store)).missed(Missed::RunOnce);
    Bot::new("Reporter")
        .welcome("You get a report on weekdays at nine, London time.")
        .state(store)
        .on(any(), async |msg: Message| msg.reply("I only report.").await)
        .schedule(mornings, report)
}

async fn report(tick: Tick, bot: Handle, State(store): State<Arc<dyn Store>>) -> Result<(), BotError> {
    let mut readers = bot.api().list_contacts(bot.user().user_id).await?;
    // Without those who deleted the bot.
    readers.retain(|contact| contact.contact_status == ContactStatus::Active);
    let late = if tick.missed { ", late" } else { "" };
    // Named after its morning: a broadcast that was interrupted continues with those who have not got it yet.
    Broadcast::new(format!("morning {}", tick.due), format!("All is well{late}: {} readers.", readers.len()))
        .to(readers.iter().map(|contact| contact.contact_id))
        .journal(Arc::clone(&store))
        .send(bot.api())
        .await?;
    // A report that was interrupted has long been continued by then: its records can go.
    forget(&store, "morning ", Duration::from_hours(30 * 24)).await.map(drop)
}
