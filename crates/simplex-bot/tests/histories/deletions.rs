//! What the program deletes in the lives of a bot: all messages of a chat, or a contact, whose id somebody new gets.

use std::sync::Arc;
use std::time::Duration;

use simplex_bot::Running;
use tokio::time::timeout;

use super::{History, Writer};

/// A contact of the bot that may be deleted.
pub const GUEST: &str = "guest";

impl History {
    /// The program deletes all messages of a chat.
    pub async fn clears(&mut self, bot: &Running, writer: usize) {
        let writer = &self.writers[writer];
        if !writer.seen_as.starts_with('@') {
            return;
        }
        let command = format!("/_clear chat {}", writer.seen_as);
        let api = bot.api().for_user(writer.profile);
        self.gives_up(writer);
        self.tell(&command);
        // It may fail, and be carried out nevertheless.
        let cleared = api.raw(&command).await.is_ok();
        self.tell(&format!("cleared {cleared}"));
    }

    /// The program deletes its guest, and somebody new comes, who may get the guest's id.
    pub async fn has_a_new_guest(&mut self, bot: &Running) {
        let mut sent = Vec::new();
        if let Some(at) = self.writers.iter().position(|writer| writer.chat == GUEST) {
            let guest = self.writers.remove(at);
            self.gives_up(&guest);
            let command = format!("/_delete {} full notify=off", guest.seen_as);
            self.tell(&command);
            let deleted = bot.api().for_user(guest.profile).raw(&command).await.is_ok();
            self.tell(&format!("deleted {deleted}"));
            // Whoever comes knows none of these messages.
            sent = guest.sent.into_iter().map(|(_, name, way)| (0, name, way)).collect();
        }
        self.guests += 1;
        let name = format!("{GUEST}{}", self.guests);
        let own = bot.user().user_id;
        let connected = async {
            let person = self.world.person_at(&name, bot.address().unwrap()).await;
            loop {
                // It may fail, by a fault that was left over.
                let contacts = bot.api().for_user(own).list_contacts(own).await.unwrap_or_default();
                if let Some(contact) = contacts.iter().find(|contact| contact.local_display_name == name) {
                    return (person.core, format!("@{}", contact.contact_id));
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        // They do not come while the bot is offline.
        let Ok((core, seen_as)) = timeout(Duration::from_secs(2), connected).await else { return };
        self.tell(&format!("{name} comes, {seen_as}"));
        let (core, to) = (Arc::new(core), "@4".to_owned());
        self.writers.push(Writer { chat: GUEST, core, to, profile: own, seen_as, sent, live: None });
    }

    /// Whether the messages that were sent so far are handled is not known any more, nor how often: an edit that is on
    /// its way brings back what was deleted.
    fn gives_up(&self, writer: &Writer) {
        let names = || writer.sent.iter().map(|(_, name, _)| name.clone());
        self.story.deleted.lock().unwrap().extend(names());
        self.story.cleared.lock().unwrap().extend(names());
    }
}
