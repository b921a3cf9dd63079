//! Broadcasts: one message to many recipients, with pace, progress, an outcome for each; resumed after a crash.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::api::ChatApi;
use crate::chat::Chat;
use crate::draft::Draft;
use crate::error::BotError;
use crate::message::created_at;
use crate::schedule::now_in_seconds;
use crate::store::{Store, Stored};
use crate::types::{ChatItemId, ChatPagination, ChatRef};

/// The prefix of a journal's keys.
const KEYS: &str = "broadcast/";

/// The broadcasts with a journal that are being sent, by core and name.
static TURNS: Mutex<BTreeMap<(usize, String), Weak<Turn>>> = Mutex::new(BTreeMap::new());

type Turn = tokio::sync::Mutex<()>;

/// A message to many recipients.
///
/// ```
/// # use simplex_bot::prelude::*;
/// use simplex_bot::Handle;
/// use simplex_bot::broadcast::Broadcast;
/// use simplex_bot::store::FileStore;
/// use simplex_bot::types::ContactStatus;
///
/// async fn news(bot: Handle, State(journal): State<FileStore>) -> Result<(), BotError> {
///     let mut subscribers = bot.api().list_contacts(bot.user().user_id).await?;
///     // Without those who deleted the bot: nothing reaches them.
///     subscribers.retain(|contact| contact.contact_status == ContactStatus::Active);
///     let report = Broadcast::new("news-2026-11", "We are open again!")
///         .to(subscribers.iter().map(|contact| contact.contact_id))
///         .pace(Duration::from_millis(200))
///         .journal(journal)
///         .send(bot.api())
///         .await?;
///     println!("{} of {} sent", report.sent(), report.outcomes.len());
///     Ok(())
/// }
/// ```
#[must_use = "a broadcast reaches nobody until it is sent"]
pub struct Broadcast {
    name: String,
    draft: Draft,
    to: Vec<ChatRef>,
    pace: Duration,
    journal: Option<Arc<dyn Store>>,
    unclear: Unclear,
    progress: Option<Box<dyn Fn(usize, usize) + Send + Sync>>,
}

/// What to do with a recipient if the program died during the send, or the core did not answer: it is not known whether
/// the message was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unclear {
    /// Leave them out: nobody gets it twice.
    #[default]
    LeaveOut,
    /// Send it again: nobody goes without.
    SendAgain,
}

/// The outcome for one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum SendOutcome {
    /// It was sent, as this item.
    Sent(ChatItemId),
    /// It was not sent.
    Failed {
        /// Why.
        reason: String,
        /// Whether it may be sent later ([`ApiError::is_temporary`](crate::ApiError::is_temporary)), as when the
        /// network failed, and not when the recipient is gone.
        is_temporary: bool,
    },
    /// It may have been sent, or a part of it: the program died during the send, the core did not answer, or what the
    /// journal says of it cannot be read.
    Unclear,
}

/// The result of a broadcast.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report {
    /// The outcome for each recipient, in the order in which they were given.
    pub outcomes: Vec<(ChatRef, SendOutcome)>,
}

impl Report {
    /// How many recipients it was sent to, in this run or before.
    pub fn sent(&self) -> usize {
        self.outcomes.iter().filter(|(_, outcome)| matches!(outcome, SendOutcome::Sent(_))).count()
    }

    /// The item that was sent to a recipient.
    pub fn item(&self, chat: ChatRef) -> Option<ChatItemId> {
        self.outcomes.iter().find_map(|(to, outcome)| match outcome {
            SendOutcome::Sent(item) if *to == chat => Some(*item),
            _ => None,
        })
    }
}

impl Broadcast {
    /// A message to many recipients. The name identifies the broadcast in the journal: the same name continues the same
    /// one.
    pub fn new(name: impl Into<String>, message: impl Into<Draft>) -> Self {
        Self {
            name: name.into(),
            draft: message.into(),
            to: Vec::new(),
            pace: Duration::from_millis(50),
            journal: None,
            unclear: Unclear::default(),
            progress: None,
        }
    }

    /// Adds recipients. A recipient who is added twice gets it once.
    pub fn to<C: Into<ChatRef>>(mut self, recipients: impl IntoIterator<Item = C>) -> Self {
        self.to.extend(recipients.into_iter().map(Into::into));
        self
    }

    /// Sets the time between two recipients; 50 ms by default.
    pub fn pace(mut self, pace: Duration) -> Self {
        self.pace = pace;
        self
    }

    /// Records what is sent, before and after: a broadcast that was cut off is then resumed where it was, and those for whom
    /// it failed, as while a CLI is away, are tried again when it is sent again. If that is while it is still being sent, the
    /// second call waits for the first, and continues it.
    ///
    /// The journal keeps an entry for every recipient until the program [`forget`]s the broadcast. As two changes of
    /// the store are made for each, a [`FileStore`](crate::store::FileStore), which is written as a whole at each
    /// change, is for some hundred recipients; for more, take an `SqliteStore`.
    pub fn journal(mut self, store: impl Store) -> Self {
        self.journal = Some(Arc::new(store));
        self
    }

    /// Sets what to do with recipients for whom it is not known whether the message was sent.
    pub fn unclear(mut self, unclear: Unclear) -> Self {
        self.unclear = unclear;
        self
    }

    /// Sets a callback for progress: recipients done, and recipients in all.
    pub fn on_progress(mut self, watcher: impl Fn(usize, usize) + Send + Sync + 'static) -> Self {
        self.progress = Some(Box::new(watcher));
        self
    }

    /// Sends to all recipients, one after another. A failure for one does not affect the others.
    ///
    /// The core delivers after that, and uploads a file for each recipient: a program that ends at once leaves this to its
    /// next run. To wait for it, send to each [`Chat`], and await
    /// [`Sent::uploaded`](crate::Sent::uploaded) and [`Sent::delivered`](crate::Sent::delivered).
    ///
    /// # Errors
    /// [`BotError::Store`] if the journal cannot be read or written: nothing is sent that is not recorded.
    ///
    /// # Cancel safety
    /// With a journal, it can be sent again and is resumed; the recipient to whom it was being sent is then unclear.
    pub async fn send(mut self, api: &ChatApi) -> Result<Report, BotError> {
        let turn = self.turn(api);
        let _turn = match &turn {
            Some(turn) => Some(turn.lock().await),
            None => None,
        };
        let mut added = HashSet::new();
        self.to.retain(|chat| added.insert(*chat));
        let of = self.to.len();
        let mut outcomes = Vec::with_capacity(of);
        let mut first = true;
        for (done, chat) in self.to.iter().enumerate() {
            let created = self.created_at(api, *chat).await;
            let outcome = match (self.known(*chat, created.as_ref().ok()).await?, created) {
                (Some(outcome), _) => outcome,
                (None, Err(error)) => failed(&error),
                (None, Ok(created)) => {
                    if !std::mem::take(&mut first) {
                        tokio::time::sleep(self.pace).await;
                    }
                    self.note(*chat, created, &SendOutcome::Unclear).await?;
                    let outcome = match Chat::new(api.clone(), *chat).send(self.draft.clone()).await {
                        Ok(sent) => SendOutcome::Sent(sent.id()),
                        Err(BotError::Api(error)) if error.may_have_been_carried_out() => SendOutcome::Unclear,
                        Err(BotError::PartlySent { .. } | BotError::NothingSent) => SendOutcome::Unclear,
                        Err(error) => failed(&error),
                    };
                    self.note(*chat, created, &outcome).await?;
                    outcome
                }
            };
            outcomes.push((*chat, outcome));
            if let Some(tell) = &self.progress {
                tell(done + 1, of);
            }
        }
        Ok(Report { outcomes })
    }

    /// A lock for this broadcast: two that read one journal at the same time would both find that nothing was sent yet.
    fn turn(&self, api: &ChatApi) -> Option<Arc<Turn>> {
        self.journal.as_ref()?;
        let mut turns = TURNS.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| turn.strong_count() > 0);
        let turn = turns.entry((Arc::as_ptr(api.core()).cast::<()>() as usize, self.name.clone())).or_default();
        Some(turn.upgrade().unwrap_or_else(|| {
            let new = Arc::default();
            *turn = Arc::downgrade(&new);
            new
        }))
    }

    /// When a recipient was created, as [`created_at`] says. Not needed without a journal.
    async fn created_at(&self, api: &ChatApi, chat: ChatRef) -> Result<i64, BotError> {
        if self.journal.is_none() {
            return Ok(0);
        }
        let chat = api.get_chat(chat, ChatPagination::Last { count: 1 }).await?;
        Ok(created_at(&chat.chat_info).unwrap_or(0))
    }

    /// The outcome for a recipient in an earlier run, unless somebody else has the id now. After a failure there is
    /// none: such a recipient is tried again.
    async fn known(&self, chat: ChatRef, created: Option<&i64>) -> Result<Option<SendOutcome>, BotError> {
        let Some(journal) = &self.journal else { return Ok(None) };
        let Some(stored) = journal.load(&self.key(chat)).await? else { return Ok(None) };
        let (before, outcome) = match stored.decode::<(i64, SendOutcome)>() {
            Ok((before, outcome)) => (Some(before), outcome),
            // The others are not to go without because of one entry.
            Err(error) => {
                tracing::warn!(broadcast = self.name, %chat, %error, "the journal's entry of a recipient cannot be read");
                (None, SendOutcome::Unclear)
            }
        };
        Ok(match outcome {
            _ if before.is_some_and(|before| created.is_some_and(|created| *created != before)) => None,
            SendOutcome::Failed { .. } => None,
            SendOutcome::Unclear if self.unclear == Unclear::SendAgain => None,
            outcome => Some(outcome),
        })
    }

    async fn note(&self, chat: ChatRef, created: i64, outcome: &SendOutcome) -> Result<(), BotError> {
        let Some(journal) = &self.journal else { return Ok(()) };
        Ok(journal.save(&self.key(chat), Stored::new(&(created, outcome))?).await?)
    }

    fn key(&self, chat: ChatRef) -> String {
        format!("{KEYS}{}/{chat}", self.name)
    }
}

fn failed(error: &BotError) -> SendOutcome {
    let is_temporary = matches!(error, BotError::Api(error) if error.is_temporary());
    SendOutcome::Failed { reason: error.to_string(), is_temporary }
}

/// Forgets broadcasts whose names begin with `names`, if the last send of each was at least `idle` ago; returns how
/// many.
///
/// For a bot that sends something every day, whose journal would grow for years. If a forgotten broadcast is sent
/// again, everybody gets it again: do not forget those that are sent repeatedly to reach new recipients.
///
/// ```
/// # use simplex_bot::prelude::*;
/// use simplex_bot::broadcast::{Broadcast, forget};
/// use simplex_bot::store::FileStore;
///
/// async fn daily(api: &ChatApi, journal: &FileStore, date: &str, news: &str) -> Result<(), BotError> {
///     # let to = [simplex_bot::types::ContactId(4)];
///     Broadcast::new(format!("news-{date}"), news).to(to).journal(journal.clone()).send(api).await?;
///     forget(journal, "news-", Duration::from_hours(30 * 24)).await.map(drop)
/// }
/// ```
///
/// # Errors
/// [`BotError::Store`] if the journal cannot be read or written.
///
/// # Cancel safety
/// Cancel safe: what is not forgotten yet is forgotten the next time.
pub async fn forget(journal: &dyn Store, names: &str, idle: Duration) -> Result<usize, BotError> {
    let mut found = BTreeMap::<String, (u64, Vec<String>)>::new();
    for key in journal.keys(&format!("{KEYS}{names}")).await? {
        let Some((name, _)) = key.rsplit_once('/').filter(|(_, chat)| chat.parse::<ChatRef>().is_ok()) else {
            continue;
        };
        let Some(stored) = journal.load(&key).await? else { continue };
        let (latest, keys) = found.entry(name.to_owned()).or_default();
        *latest = stored.saved.max(*latest);
        keys.push(key);
    }
    let now = now_in_seconds();
    found.retain(|_, (latest, _)| latest.saturating_add(idle.as_secs()) <= now);
    for key in found.values().flat_map(|(_, keys)| keys) {
        journal.remove(key).await?;
    }
    Ok(found.len())
}

impl std::fmt::Debug for Broadcast {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Broadcast").field("name", &self.name).field("to", &self.to.len()).finish_non_exhaustive()
    }
}
