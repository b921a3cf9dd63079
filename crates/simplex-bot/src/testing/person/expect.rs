//! What a person expects to see.

use std::time::{Duration, Instant};

use tokio::time::timeout;

use crate::message::of_reaction;
use crate::types::{ChatRef, CiFile, Event, GroupId, GroupMemberCategory, GroupMemberStatus, MsgContent};

use super::super::cores::Backend;
use super::heard::shown;
use super::{Heard, Person};

/// How long silence is, in real time.
const SILENCE: Duration = Duration::from_millis(300);

impl Person {
    /// Expects this text as the next message in the open chat.
    ///
    /// What was made with [`Markdown`](crate::Markdown) has its marks in it, and invisible characters, which a failure
    /// shows as `\u{2060}`: expect the same `Markdown`, by its `to_string()`, or a part
    /// ([`expect_containing`](Self::expect_containing)).
    ///
    /// # Panics
    /// When another message comes, or none in time.
    #[track_caller]
    pub fn expect(&self, text: &str) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            let (content, _) = self.next_message(&format!("“{text}”")).await?;
            let said = content.as_text().unwrap_or_default();
            if said != text {
                return Err(format!("{} expected “{text}” and heard “{said}”", self.name));
            }
            Ok(())
        })
    }

    /// Expects a message that contains this text as the next one in the open chat, and returns its text.
    ///
    /// # Panics
    /// When another message comes, or none in time.
    #[track_caller]
    pub fn expect_containing(&self, part: &str) -> impl Future<Output = String> {
        self.conversation.step(async move {
            let (content, _) = self.next_message(&format!("something with “{part}”")).await?;
            let said = content.as_text().unwrap_or_default().to_owned();
            if !said.contains(part) {
                return Err(format!("{} expected something with “{part}” and heard “{said}”", self.name));
            }
            Ok(said)
        })
    }

    /// Expects a message of any kind as the next one in the open chat.
    ///
    /// # Panics
    /// When none comes in time.
    #[track_caller]
    pub fn expect_message(&self) -> impl Future<Output = MsgContent> {
        self.conversation.step(async { Ok(self.next_message("a message").await?.0) })
    }

    /// Expects a message with a file as the next one in the open chat.
    ///
    /// # Panics
    /// When another message comes, or none in time.
    #[track_caller]
    pub fn expect_file(&self) -> impl Future<Output = CiFile> {
        self.conversation.step(async {
            match self.next_message("a file").await? {
                (_, Some(file)) => Ok(*file),
                (content, None) => Err(format!("{} expected a file and heard {}", self.name, shown(&content))),
            }
        })
    }

    /// Expects this text as the next edit of a message in the open chat.
    ///
    /// # Panics
    /// When that does not happen in time.
    #[track_caller]
    pub fn expect_edit(&self, text: &str) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            let open = self.chat()?;
            let edited = self.wait_for("an edit", |heard| match heard {
                Heard::Edited { chat, text, .. } if *chat == open => Some(text.clone()),
                _ => None,
            });
            let said = edited.await?;
            if said != text {
                return Err(format!("{} expected the edit “{text}” and saw “{said}”", self.name));
            }
            Ok(())
        })
    }

    /// Expects a message in the open chat to be deleted.
    ///
    /// # Panics
    /// When that does not happen in time.
    #[track_caller]
    pub fn expect_deletion(&self) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            let open = self.chat()?;
            let deleted = |heard: &Heard| matches!(heard, Heard::Deleted { chat, .. } if *chat == open).then_some(());
            self.wait_for("a deletion", deleted).await
        })
    }

    /// Expects this as the next reaction in the open chat.
    ///
    /// # Panics
    /// When another comes, or none in time.
    #[track_caller]
    pub fn expect_reaction(&self, emoji: &str) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            let open = self.chat()?;
            let reaction = self.wait_for("a reaction", |heard| match heard {
                Heard::Reaction { chat, emoji, added: true } if *chat == open => Some(emoji.clone()),
                _ => None,
            });
            let seen = reaction.await?;
            if seen != of_reaction(emoji) {
                return Err(format!("{} expected {emoji} and saw {seen}", self.name));
            }
            Ok(())
        })
    }

    /// Expects that a member is in the open group, and that each of the two hears what the other says: with whoever
    /// invited the person, that is so from the start; with others, a moment after the later one [joined](Self::joins).
    ///
    /// # Panics
    /// When that does not happen in time.
    #[track_caller]
    pub fn expect_member(&self, name: &str) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            let group = self.group()?;
            if self.is_guest_of(name, group).await? {
                return Ok(());
            }
            let met = |heard: &Heard| {
                let Heard::Other(event) = heard else { return None };
                let (of, member) = match &**event {
                    Event::JoinedGroupMember(event) => (event.group_info.group_id, &event.member),
                    Event::ConnectedToGroupMember(event) => (event.group_info.group_id, &event.member),
                    _ => return None,
                };
                (of == group && member.member_profile.display_name == name).then_some(())
            };
            self.wait_for(&format!("the member {name}"), met).await
        })
    }

    /// Whether this member invited the person, and is still there: no event tells of them.
    async fn is_guest_of(&self, name: &str, group: GroupId) -> Result<bool, String> {
        let members = self.client().await?.api.list_members(group).await;
        let members = members.map_err(|error| format!("{} does not see who is there: {error}", self.name))?;
        Ok(members.iter().any(|member| {
            member.member_category == GroupMemberCategory::Host
                && matches!(member.member_status, GroupMemberStatus::Connected | GroupMemberStatus::Complete)
                && member.member_profile.display_name == name
        }))
    }

    /// Expects to be removed from the open group.
    ///
    /// # Panics
    /// When that does not happen in time.
    #[track_caller]
    pub fn expect_removal(&self) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            let group = self.group()?;
            let removed = |heard: &Heard| match heard {
                Heard::Other(event) => match &**event {
                    Event::DeletedMemberUser(event) => (event.group_info.group_id == group).then_some(()),
                    _ => None,
                },
                _ => None,
            };
            self.wait_for("to be removed", removed).await
        })
    }

    /// Expects something of any kind, for what these methods do not cover: `test` returns a value for it.
    ///
    /// # Panics
    /// When it does not come in time.
    #[track_caller]
    pub fn expect_any<T>(&self, what: &str, test: impl Fn(&Heard) -> Option<T>) -> impl Future<Output = T> {
        self.conversation.step(self.wait_for(what, test))
    }

    /// Expects that no message comes in the open chat for this long, by the test's clock; on a network of other cores
    /// than simulated ones in this process, where time is real, for a third of a second at most.
    ///
    /// # Panics
    /// When one comes.
    #[track_caller]
    pub fn expect_silence(&self, duration: Duration) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            let chat = self.chat()?;
            let duration = if matches!(self.backend, Backend::Simulated(_)) { duration } else { duration.min(SILENCE) };
            if let Ok(heard) = timeout(duration, self.next_in(chat)).await {
                return Err(format!("{} expected silence and heard {}", self.name, shown(&heard?.0)));
            }
            self.note(format!("({} hears nothing for {duration:?})", self.name));
            Ok(())
        })
    }

    async fn next_message(&self, what: &str) -> Result<(MsgContent, Option<Box<CiFile>>), String> {
        let (chat, begun) = (self.chat()?, Instant::now());
        match timeout(self.patience, self.next_in(chat)).await {
            Ok(heard) => heard,
            Err(_) => {
                let (late, elsewhere) = (self.late(begun), self.elsewhere(chat));
                Err(format!("{} expected {what} and heard nothing for {:?}{late}{elsewhere}", self.name, self.patience))
            }
        }
    }

    /// A note for a message that waits in another chat than the open one, such as a support chat.
    fn elsewhere(&self, open: ChatRef) -> String {
        let state = self.state();
        let other = state.heard.iter().rev().find_map(|heard| match heard {
            Heard::Message { chat, .. } if *chat != open => Some(chat),
            _ => None,
        });
        other.map(|other| format!(" in {open}, but in {other}, which is not open: see `opens`")).unwrap_or_default()
    }

    async fn next_in(&self, chat: ChatRef) -> Result<(MsgContent, Option<Box<CiFile>>), String> {
        let next = |heard: &Heard| match heard {
            Heard::Message { chat: place, item, content, file, .. } if *place == chat => {
                Some((*item, MsgContent::clone(content), file.clone()))
            }
            _ => None,
        };
        let (item, content, file) = self.take(next).await?;
        self.state().last_heard = Some(item);
        Ok((content, file))
    }

    pub(super) async fn wait_for<T>(&self, what: &str, test: impl Fn(&Heard) -> Option<T>) -> Result<T, String> {
        let begun = Instant::now();
        match timeout(self.patience, self.take(test)).await {
            Ok(found) => found,
            Err(_) => {
                let late = self.late(begun);
                Err(format!("{} expected {what}, and that did not happen in {:?}{late}", self.name, self.patience))
            }
        }
    }

    /// A note for a wait that took real time, although the simulated network takes none.
    fn late(&self, begun: Instant) -> &'static str {
        match self.backend {
            Backend::Simulated(_) if begun.elapsed() >= self.patience => {
                " of real time: under `#[simplex_bot::test]`, that takes no time"
            }
            _ => "",
        }
    }

    /// The first thing that `test` accepts, of those that came already or still come; the others stay.
    async fn take<T>(&self, test: impl Fn(&Heard) -> Option<T>) -> Result<T, String> {
        loop {
            // One at a time: what one hears may be what another expects, who then looks again. So an expectation that is
            // begun must be awaited or dropped before the next.
            let _turn = self.hearing.lock().await;
            if let Some(value) = self.take_heard(&test) {
                return Ok(value);
            }
            self.hear().await?;
        }
    }

    fn take_heard<T>(&self, test: impl Fn(&Heard) -> Option<T>) -> Option<T> {
        let mut state = self.state();
        let found = state.heard.iter().enumerate().find_map(|(at, heard)| test(heard).map(|value| (at, value)));
        found.map(|(at, value)| {
            state.heard.remove(at);
            value
        })
    }
}
