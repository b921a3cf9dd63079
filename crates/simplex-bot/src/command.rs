//! Commands: what people type after a slash, one at a time or as an enum.

mod args;
mod menu;

use std::any::type_name;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::draft::Draft;
use crate::error::BotError;
use crate::extract::Cx;
use crate::filter::{Anything, Place, Scope};
use crate::handler::{HandlerError, HandlerOf};
use crate::markdown::{Markdown, alone};
use crate::message::Message;
use crate::router::{Leaf, Ready};
use crate::types::{GroupMemberRole, bot_command};

pub use args::{ArgReader, CommandError, MemberRef};
pub use menu::{Audience, menu, put_in_group};
pub(crate) use menu::{keep_in_groups, put_in_groups};

/// An enum whose variants are commands; implemented by [`#[derive(Commands)]`](derive@crate::Commands).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of commands",
    note = "the first parameter of a handler for `.commands(…)` is an enum with `#[derive(Commands)]`"
)]
pub trait Commands: Sized + Send + 'static {
    /// The commands in the order of the variants.
    fn entries() -> Vec<CommandEntry>;

    /// Parses the command `/keyword args`.
    ///
    /// # Errors
    /// [`CommandError`] if there is no such command, or its arguments do not fit.
    fn parse(keyword: &str, args: &str) -> Result<Self, CommandError>;

    /// The help text for people: a line for each command.
    fn help() -> String {
        let lines: Vec<_> = Self::entries().iter().filter(|entry| !entry.hidden).map(CommandEntry::help).collect();
        alone(lines.join("\n"))
    }
}

/// A command as it is shown in clients' menus and in help texts; `#[derive(Commands)]` makes one of each variant.
///
/// ```
/// use simplex_bot::CommandEntry;
/// use simplex_bot::command::{Audience, menu};
/// use simplex_bot::types::GroupMemberRole::Moderator;
///
/// let commands = [
///     CommandEntry::new("help", "What I do"),
///     CommandEntry::new("ban", "Ban a member").with_params("<member>").with_role(Moderator).with_menu("Moderation"),
/// ];
/// assert_eq!(commands[1].usage(), "/ban <member>");
/// // Commands that need a role are shown in groups only.
/// assert_eq!((menu(&commands, Audience::Contacts).len(), menu(&commands, Audience::Members).len()), (1, 2));
/// ```
#[must_use = "a command is not shown until it is in a menu"]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandEntry {
    keyword: String,
    description: String,
    params: Option<String>,
    aliases: Vec<String>,
    role: Option<GroupMemberRole>,
    menu: Option<String>,
    hidden: bool,
    place: Place,
}

impl CommandEntry {
    /// A command without parameters, for everybody. Give the keyword without its slash.
    pub fn new(keyword: &str, description: &str) -> Self {
        Self {
            keyword: keyword.trim_start_matches('/').to_owned(),
            description: description.to_owned(),
            params: None,
            aliases: Vec::new(),
            role: None,
            menu: None,
            hidden: false,
            place: Place::Anywhere,
        }
    }

    /// Sets a placeholder for the parameters, such as `<member> [reason]`: people's clients put it into the input for
    /// editing, instead of sending the command at once.
    pub fn with_params(mut self, params: &str) -> Self {
        self.params = (!params.is_empty()).then(|| params.to_owned());
        self
    }

    /// Adds another keyword for the same command; it is not shown in menus.
    pub fn with_alias(mut self, alias: &str) -> Self {
        self.aliases.push(alias.trim_start_matches('/').to_owned());
        self
    }

    /// Restricts the command to group members with at least this role: others are told so, and menus in chats with
    /// contacts leave it out. `Observer` is the lowest: with it, a command is for all members, and for groups only.
    ///
    /// Anybody is the owner of a group of their own: if the bot joins groups of strangers, this is for commands that
    /// concern their group alone. Guard the router of others by [`of_group`](crate::filter::of_group), or by a
    /// [`SenderList`](crate::senders::SenderList).
    pub fn with_role(mut self, role: GroupMemberRole) -> Self {
        self.role = Some(role);
        self
    }

    /// Shows it in a submenu of this name.
    pub fn with_menu(mut self, menu: &str) -> Self {
        self.menu = Some(menu.to_owned());
        self
    }

    /// Leaves it out of menus and help texts.
    pub fn with_hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// Restricts the command to where the guards of a router around it let messages in.
    pub(crate) fn within(mut self, place: Place) -> Self {
        if place != Place::Anywhere {
            self.place = place;
        }
        self
    }

    /// What is typed after the slash.
    pub fn keyword(&self) -> &str {
        &self.keyword
    }

    /// The description that people see beside it.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The lowest group role that may use it.
    pub fn role(&self) -> Option<&GroupMemberRole> {
        self.role.as_ref()
    }

    /// The keyword and its aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.keyword.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// The command with its parameters: `/ban <member> [reason]`.
    pub fn usage(&self) -> String {
        match &self.params {
            Some(params) => format!("/{} {params}", self.keyword),
            None => format!("/{}", self.keyword),
        }
    }

    fn help(&self) -> String {
        match self.description.is_empty() {
            true => self.usage(),
            false => format!("{}: {}", self.usage(), self.description),
        }
    }
}

/// Why a command of this name cannot be typed; `None` if it can.
pub(crate) fn no_keyword(name: &str) -> Option<String> {
    (bot_command(&format!("/{name}")) != Some((name, ""))).then(|| {
        format!("`/{name}` is not a command: a keyword is letters, digits and underscores, given without the slash")
    })
}

/// The handler of an enum of commands.
pub(crate) struct Enumerated<C, H, A> {
    entries: Vec<CommandEntry>,
    handler: Arc<H>,
    args: PhantomData<fn(C) -> A>,
}

impl<C: Commands, H, A> Enumerated<C, H, A> {
    pub(crate) fn new(handler: H) -> Self {
        Self { entries: C::entries(), handler: Arc::new(handler), args: PhantomData }
    }
}

impl<C, A, S, H> Leaf<S> for Enumerated<C, H, A>
where
    C: Commands,
    A: 'static,
    H: HandlerOf<C, A, Scope<Anything>, S>,
{
    fn name(&self) -> &'static str {
        type_name::<H>()
    }

    fn prepare(&self, message: &Message) -> Option<Ready<S>> {
        let (keyword, args) = bot_command(message.text())?;
        let entry = self.entries.iter().find(|entry| entry.names().any(|name| name == keyword))?;
        if let Some(refusal) = refusal(entry, message) {
            return Some(answer(refusal));
        }
        match C::parse(keyword, args) {
            Ok(command) => {
                let handler = Arc::clone(&self.handler);
                Some(Box::new(move |message, state| {
                    let handled = handler.call(command, Cx { subject: &message, value: &(), state });
                    Box::pin(async move {
                        match handled.await {
                            Err(error) if let Some(BotError::NoSuchMember(_)) = error.downcast_ref() => {
                                reply(&message, plain(&error)).await
                            }
                            handled => handled,
                        }
                    })
                }))
            }
            Err(error) => Some(answer(plain(&error).raw(&format!("\nUsage: {}", entry.usage())))),
        }
    }
}

/// Why the sender may not use the command, as a sentence for them. It must not begin with the command: clients would
/// take the whole sentence for a command.
fn refusal(entry: &CommandEntry, message: &Message) -> Option<String> {
    let needed = entry.role.as_ref()?;
    match message.role() {
        Some(role) if role >= needed => None,
        // A message that was sent as a channel has no member, and so no role.
        _ if message.is_group() => {
            Some(format!("Only members with the role {} or higher may use /{}.", needed.as_str(), entry.keyword))
        }
        _ => Some(format!("You can use /{} in groups only.", entry.keyword)),
    }
}

fn answer<S>(text: impl Into<Draft> + Send + 'static) -> Ready<S> {
    Box::new(move |message: Message, _| Box::pin(async move { reply(&message, text).await }))
}

async fn reply(message: &Message, text: impl Into<Draft>) -> Result<(), HandlerError> {
    message.reply(text).await?;
    Ok(())
}

/// As plain text: such an error may contain what people wrote.
fn plain(error: &impl fmt::Display) -> Markdown {
    Markdown::new().plain(&error.to_string())
}
