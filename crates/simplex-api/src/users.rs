//! Which profile is active, and how views of several profiles take turns.

use std::fmt::Display;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use simplex_core::{ChatCore, CoreError, Request};
use simplex_types::{ChatError, ChatErrorType, Command, Frame, FrameOutcome, UserId, cmd};
use tokio::sync::{Mutex, MutexGuard, RwLock, RwLockReadGuard};
use tokio::time::{Instant, timeout_at};

use crate::ApiError;

/// The profile that a view is bound to, with what makes it active.
#[derive(Debug, Clone)]
pub(crate) struct Bound(cmd::SetActiveUser);

impl Bound {
    pub(crate) fn new(user: UserId, password: Option<String>) -> Self {
        let switch = cmd::SetActiveUser::new(user);
        Self(match password {
            Some(password) => switch.with_view_pwd(password),
            None => switch,
        })
    }

    pub(crate) fn user(&self) -> UserId {
        self.0.user_id
    }
}

/// How long a command waits for those of other profiles, unless it has a deadline of its own.
const PATIENCE: Duration = Duration::from_secs(60);

/// A command that waits until its profile may be made active.
struct Waiting {
    request: Request,
    since: Instant,
    until: Option<Instant>,
}

impl Waiting {
    fn new(request: Request) -> Self {
        let since = Instant::now();
        Self { until: since.checked_add(request.timeout().unwrap_or(PATIENCE)), request, since }
    }

    /// Waits for its turn, but not past its deadline.
    async fn turn<T>(&self, turn: impl Future<Output = T>) -> Result<T, CoreError> {
        let Some(until) = self.until else { return Ok(turn.await) };
        timeout_at(until, turn).await.map_err(|_| {
            let (waited, command) = (self.since.elapsed(), self.request.words());
            let reason = format!("commands of other profiles took {waited:?}, so `{command}` was not sent");
            CoreError::Unavailable { reason }
        })
    }

    /// The error of the switch before it, as the command's: it was not sent, whatever became of the switch.
    fn not_sent(&self, error: CoreError) -> CoreError {
        match error {
            CoreError::Timeout { .. } | CoreError::Interrupted { .. } => {
                CoreError::Unavailable { reason: self.without_its_profile(&error) }
            }
            error => error,
        }
    }

    /// The same for a switch whose answer was an error, or was not understood.
    fn not_switched(&self, error: ApiError) -> ApiError {
        match error {
            ApiError::Unexpected { command, tag, .. } => {
                let reason = format!("the answer `{tag}` to `{command}` is not understood");
                CoreError::Unavailable { reason: self.without_its_profile(&reason) }.into()
            }
            error => error,
        }
    }

    fn without_its_profile(&self, why: &dyn Display) -> String {
        format!("its profile could not be made active ({why}), so `{}` was not sent", self.request.words())
    }

    /// The command, with what is left of its own deadline.
    fn request(&self) -> Request {
        let request = self.request.clone();
        match request.timeout() {
            Some(all) => request.with_timeout(all.saturating_sub(self.since.elapsed())),
            None => request,
        }
    }
}

/// A command that makes another profile active, from its sending to its answer.
type Switch = Pin<Box<dyn Future<Output = Result<Frame, CoreError>> + Send>>;

/// The profile that is active in the core, as far as it is known, shared by all views of the core.
///
/// The lock is held across the calls on purpose: it is what keeps switching and command together. Readers are commands
/// of the active profile, side by side; the one writer switches. The lock is fair, so that no profile starves.
#[derive(Default)]
pub(crate) struct ActiveUser {
    user: RwLock<Option<UserId>>,
    /// The switch under way, of whoever has the write lock. Who asked for it may go away before its answer: the core is
    /// at it still, and might end it after the next one.
    switching: Mutex<Option<Switch>>,
}

impl ActiveUser {
    /// Sends a command as whoever is active. One that changes who that is waits for the commands of views.
    pub(crate) async fn send(&self, core: &Arc<dyn ChatCore>, request: Request) -> Result<Frame, ApiError> {
        if !changes_active_user(request.text()) {
            return Ok(core.send(request).await?);
        }
        let waiting = Waiting::new(request);
        let mut active = waiting.turn(self.user.write()).await?;
        let before = active.take();
        let switching = self.none_switching(&waiting).await?;
        let frame = switch(switching, core, waiting.request()).await?;
        if only_changes_active_user(waiting.request.text()) && frame.outcome() == FrameOutcome::Error {
            *active = before;
        }
        Ok(frame)
    }

    /// Sends a command with the profile active that it is bound to.
    pub(crate) async fn send_as(
        &self,
        core: &Arc<dyn ChatCore>,
        bound: &Bound,
        request: Request,
    ) -> Result<Frame, ApiError> {
        // A stopped chat makes no profile active: its start must not need one.
        if changes_active_user(request.text()) || request.text().starts_with("/_start") {
            return self.send(core, request).await;
        }
        let waiting = Waiting::new(request);
        let active = self.activate(core, bound, &waiting).await?;
        let frame = core.send(waiting.request()).await?;
        if !switched_by_others(&frame, bound.user()) {
            return Ok(frame);
        }
        // Somebody who does not go through this made another profile active. The core refused, so once more is safe.
        drop(active);
        *waiting.turn(self.user.write()).await? = None;
        let _active = self.activate(core, bound, &waiting).await?;
        Ok(core.send(waiting.request()).await?)
    }

    /// Makes the profile active, and keeps it so as long as the guard lives.
    async fn activate(
        &self,
        core: &Arc<dyn ChatCore>,
        bound: &Bound,
        waiting: &Waiting,
    ) -> Result<RwLockReadGuard<'_, Option<UserId>>, ApiError> {
        let active = waiting.turn(self.user.read()).await?;
        if *active == Some(bound.user()) {
            return Ok(active);
        }
        drop(active);
        let mut active = waiting.turn(self.user.write()).await?;
        if *active != Some(bound.user()) {
            let before = active.take();
            let switching = self.none_switching(waiting).await?;
            let request = Request::new(bound.0.text()?)?;
            let request = match waiting.request().timeout() {
                Some(left) => request.with_timeout(left),
                None => request,
            };
            let frame = switch(switching, core, request).await.map_err(|error| waiting.not_sent(error))?;
            // Whoever was active still is, and cannot be made active again while the chat is stopped.
            if frame.outcome() == FrameOutcome::Error {
                *active = before;
            }
            simplex_types::answer::<cmd::SetActiveUser>(&frame).map_err(|error| waiting.not_switched(error.into()))?;
            *active = Some(bound.user());
        }
        Ok(active.downgrade())
    }

    /// Waits for the end of a switch whose caller went away.
    async fn none_switching(&self, waiting: &Waiting) -> Result<MutexGuard<'_, Option<Switch>>, CoreError> {
        let mut switching = self.switching.lock().await;
        if let Some(left) = switching.as_mut() {
            // Whatever came of it, the next one decides.
            let _ = waiting.turn(left).await?;
            *switching = None;
        }
        Ok(switching)
    }
}

async fn switch(
    mut switching: MutexGuard<'_, Option<Switch>>,
    core: &Arc<dyn ChatCore>,
    request: Request,
) -> Result<Frame, CoreError> {
    let core = core.clone();
    let answer = switching.insert(Box::pin(async move { core.send(request).await })).await;
    *switching = None;
    answer
}

/// Whether a command does nothing else: refused, it changed nothing.
fn only_changes_active_user(text: &str) -> bool {
    ["/_user ", "/user ", "/u "].iter().any(|beginning| text.starts_with(beginning))
}

/// Whether a command makes, or may make, another profile the active one.
fn changes_active_user(text: &str) -> bool {
    const BEGINNINGS: [&str; 10] = [
        "/_create user",
        "/create user",
        "/create bot",
        "/create chat relay user",
        "/_delete user ",
        "/delete user ",
        "/_db import",
        "/_db delete",
        "/db import",
        "/db delete",
    ];
    only_changes_active_user(text) || BEGINNINGS.iter().any(|beginning| text.starts_with(beginning))
}

fn switched_by_others(frame: &Frame, user: UserId) -> bool {
    if frame.outcome() != FrameOutcome::Error || !frame.body().contains("differentActiveUser") {
        return false;
    }
    let Ok(error) = ChatError::decode(frame) else { return false };
    matches!(
        error.value,
        ChatError::Error { error_type, .. }
            if matches!(&*error_type, ChatErrorType::DifferentActiveUser { command_user_id, .. } if *command_user_id == user)
    )
}
