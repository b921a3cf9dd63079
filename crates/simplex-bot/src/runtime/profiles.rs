//! The profiles of the database that the bot serves, each with its own view of the commands.
//!
//! Commands of the core act for the active profile. A view makes its own active and keeps it so until the answer; all
//! views share one lock ([`ChatApi::for_user`]).

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::Duration;

use tokio::time::Instant;

use crate::api::{ApiError, ChatApi};
use crate::types::{ChatErrorType, User, UserId};

pub(crate) struct Profiles {
    own: UserId,
    api: ChatApi,
    /// The views of the other profiles that were needed so far; `None` if the others are not served.
    others: Option<RwLock<HashMap<UserId, ChatApi>>>,
    /// The profiles that were hidden at the start. The core sends events for them, too.
    hidden: Vec<UserId>,
    /// The latest list of all profiles, and when it was made.
    listed: Mutex<(Instant, Vec<User>)>,
}

/// For how long a list of the profiles is used again: at the start, they are needed several times at once.
const FRESH: Duration = Duration::from_secs(5);

/// Whether a profile cannot be served beside the bot's own: the core makes a hidden one active only with its password.
pub(crate) fn is_hidden(user: &User, own: UserId) -> bool {
    user.view_pwd_hash.is_some() && user.user_id != own
}

/// Whether what a command concerns is gone: that alone, or its whole profile, which then cannot be made active any
/// more.
pub(super) fn is_gone(error: &ApiError) -> bool {
    error.is_not_found() || matches!(error.error_type(), Some(ChatErrorType::UserUnknown))
}

impl Profiles {
    /// With `every`, `users` are all profiles.
    pub(super) fn new(own: UserId, api: ChatApi, every: bool, users: Vec<User>) -> Self {
        let hidden = users.iter().filter(|user| is_hidden(user, own)).map(|user| user.user_id).collect();
        Self { own, api, others: every.then(RwLock::default), hidden, listed: Mutex::new((Instant::now(), users)) }
    }

    /// The bot's own profile.
    pub(super) fn own(&self) -> UserId {
        self.own
    }

    pub(super) fn serves(&self, user: UserId) -> bool {
        user == self.own || self.others.is_some() && !self.hidden.contains(&user)
    }

    /// The commands of a profile.
    pub(super) fn api(&self, user: UserId) -> Cow<'_, ChatApi> {
        let Some(others) = self.others.as_ref().filter(|_| user != self.own) else { return Cow::Borrowed(&self.api) };
        if let Some(view) = others.read().unwrap_or_else(PoisonError::into_inner).get(&user) {
            return Cow::Owned(view.clone());
        }
        let mut others = others.write().unwrap_or_else(PoisonError::into_inner);
        Cow::Owned(others.entry(user).or_insert_with(|| self.api.for_user(user)).clone())
    }

    /// The served profiles, the bot's own first.
    pub(super) async fn ids(&self) -> Result<Vec<UserId>, ApiError> {
        if self.others.is_none() {
            return Ok(vec![self.own]);
        }
        let others = self.all().await?.into_iter().map(|user| user.user_id);
        Ok(std::iter::once(self.own).chain(others.filter(|user| *user != self.own)).collect())
    }

    /// The same, as the core describes them.
    pub(super) async fn all(&self) -> Result<Vec<User>, ApiError> {
        let mut users = self.just_listed();
        if users.is_empty() {
            users = self.api.list_users().await?.into_iter().map(|info| *info.user).collect();
            *self.listed.lock().unwrap_or_else(PoisonError::into_inner) = (Instant::now(), users.clone());
        }
        users.retain(|user| self.serves(user.user_id) && !is_hidden(user, self.own));
        Ok(users)
    }

    /// All profiles, if they were listed just now.
    fn just_listed(&self) -> Vec<User> {
        let listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        if listed.0.elapsed() < FRESH { listed.1.clone() } else { Vec::new() }
    }
}
