//! What is known of the state that no unread item shows: who asked to connect, who is connected, who joined a group,
//! which files are under way. A look at the state compares with it to find what is new.
//!
//! It is small: a look remembers up to when it looked and what was *open* then, that is, whose event had not come yet.
//! What events told since is added. So it grows with what happens between two looks, not with the database.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;

use crate::types::{ChatRef, ContactId, Event, GroupId, GroupInfo, GroupMemberStatus, UserId};

/// The most files that are remembered as under way; relays keep files for two days.
const FILES: usize = 1000;

/// The kind of something that may be new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// Somebody asked to connect.
    Request,
    /// A contact is connected.
    Contact,
    /// A customer was accepted.
    Business,
    /// Somebody invited the bot to a group.
    Invitation,
    /// The bot is in a group.
    Joined,
    /// Somebody else is in a group.
    Member,
    /// The transfer of a file ended, in either direction.
    File,
}

/// Something that an event reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Fact {
    pub(crate) kind: Kind,
    pub(crate) id: i64,
    /// When it was made, in milliseconds since 1970: the core reuses ids.
    pub(crate) created: i64,
}

/// A part of the state that is looked at as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Look {
    /// The list of chats.
    Chats,
    /// The members of groups.
    Members,
}

/// Where a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) user: UserId,
    pub(crate) chat: ChatRef,
    pub(crate) item: i64,
}

#[derive(Debug, Default)]
pub(super) struct Known {
    looks: HashMap<(UserId, Look), Looked>,
    /// Each with the time at which it was first seen, in seconds since 1970.
    files: BTreeMap<i64, (Place, u64)>,
}

#[derive(Debug, Default)]
struct Looked {
    /// The latest time of anything that was seen; `None` before the first look.
    until: Option<i64>,
    /// What was seen and whose event had not come yet.
    open: HashSet<Fact>,
    /// What was told since, and what is exactly as old as the look.
    told: HashSet<Fact>,
}

/// What a look saw.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) until: i64,
    pub(crate) open: HashSet<Fact>,
    /// What has reached the state that its event reports.
    pub(crate) done: HashSet<Fact>,
}

impl Kind {
    const ALL: [(Self, char); 7] = [
        (Self::Request, 'r'),
        (Self::Contact, 'c'),
        (Self::Business, 'b'),
        (Self::Invitation, 'i'),
        (Self::Joined, 'j'),
        (Self::Member, 'm'),
        (Self::File, 'f'),
    ];

    pub(super) fn look(self) -> Look {
        if self == Self::Member { Look::Members } else { Look::Chats }
    }

    fn letter(self) -> char {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or('?', |(_, letter)| *letter)
    }
}

impl Fact {
    /// The fact that an event reports.
    pub(crate) fn of(event: &Event) -> Option<Self> {
        let fact = |kind, id, created: &crate::types::Timestamp| Self { kind, id, created: created.as_unix_millis() };
        Some(match event {
            Event::ReceivedContactRequest(event) => {
                let request = &event.contact_request;
                let contact = event.chat.as_ref().and_then(|chat| match &chat.chat_info {
                    crate::types::ChatInfo::Direct { contact, .. } => Some(&contact.created_at),
                    _ => None,
                });
                fact(Kind::Request, request.contact_request_id.0, contact.unwrap_or(&request.created_at))
            }
            Event::ContactConnected(event) => {
                fact(Kind::Contact, event.contact.contact_id.0, &event.contact.created_at)
            }
            Event::AcceptingBusinessRequest(event) => {
                fact(Kind::Business, event.group_info.group_id.0, &event.group_info.created_at)
            }
            Event::ReceivedGroupInvitation(event) => {
                fact(Kind::Invitation, event.group_info.group_id.0, &event.group_info.created_at)
            }
            // The same event also says that the bot waits to be let in; once the bot is let in, the event comes again.
            Event::UserJoinedGroup(event) if waits_for_review(&event.group_info) => return None,
            Event::UserJoinedGroup(event) => {
                fact(Kind::Joined, event.group_info.group_id.0, &event.group_info.created_at)
            }
            Event::JoinedGroupMember(event) => {
                fact(Kind::Member, event.member.group_member_id.0, &event.member.created_at)
            }
            Event::ConnectedToGroupMember(event) => {
                fact(Kind::Member, event.member.group_member_id.0, &event.member.created_at)
            }
            Event::RcvFileComplete(event) => Self::file(event.chat_item.chat_item.file.as_ref()?.file_id.0),
            Event::RcvFileError(event) => Self::file(event.chat_item.as_ref()?.chat_item.file.as_ref()?.file_id.0),
            Event::SndFileCompleteXftp(event) => Self::file(event.file_transfer_meta.file_id.0),
            Event::SndFileError(event) => Self::file(event.file_transfer_meta.file_id.0),
            _ => return None,
        })
    }

    /// The chat that it is about. Who asks to connect is also open as a contact.
    pub(crate) fn chat(&self) -> Option<ChatRef> {
        match self.kind {
            Kind::Contact => Some(ContactId(self.id).into()),
            Kind::Business | Kind::Invitation | Kind::Joined => Some(GroupId(self.id).into()),
            Kind::Request | Kind::Member | Kind::File => None,
        }
    }

    /// The end of a file's transfer.
    pub(crate) fn file(id: i64) -> Self {
        Self { kind: Kind::File, id, created: 0 }
    }

    fn read(words: &mut dyn Iterator<Item = &str>) -> Option<Self> {
        let word = words.next()?;
        let (letter, id) = word.split_at_checked(1)?;
        let (kind, _) = Kind::ALL.iter().find(|(_, known)| letter.starts_with(*known))?;
        Some(Self { kind: *kind, id: id.parse().ok()?, created: words.next()?.parse().ok()? })
    }

    fn text(&self) -> String {
        format!("{}{} {}", self.kind.letter(), self.id, self.created)
    }
}

impl Look {
    fn letter(self) -> char {
        match self {
            Self::Chats => 'c',
            Self::Members => 'm',
        }
    }

    fn read(word: &str) -> Option<Self> {
        match word {
            "c" => Some(Self::Chats),
            "m" => Some(Self::Members),
            _ => None,
        }
    }
}

impl Known {
    /// Up to when there was a look; `None` before the first.
    pub(super) fn until(&self, user: UserId, look: Look) -> Option<i64> {
        self.looks.get(&(user, look))?.until
    }

    /// What the last look saw and whose event had not come yet.
    pub(super) fn open(&self, user: UserId, look: Look) -> HashSet<Fact> {
        self.looks.get(&(user, look)).map(|looked| looked.open.clone()).unwrap_or_default()
    }

    /// Whether a fact that holds now did not hold, or was not told, before. Nothing is new at the first look.
    pub(super) fn is_new(&self, user: UserId, fact: Fact) -> bool {
        if fact.kind == Kind::File {
            return self.files.contains_key(&fact.id);
        }
        let Some(looked) = self.looks.get(&(user, fact.kind.look())) else { return false };
        let since = looked.until.is_some_and(|until| fact.created >= until);
        (since || looked.open.contains(&fact)) && !looked.told.contains(&fact)
    }

    /// A fact was told; returns the line for the journal.
    pub(super) fn tell(&mut self, user: UserId, fact: Fact) -> Option<String> {
        if fact.kind == Kind::File {
            return self.files.remove(&fact.id).map(|_| format!("G {}\n", fact.id));
        }
        let new = self.looks.entry((user, fact.kind.look())).or_default().told.insert(fact);
        new.then(|| format!("K {user} {}\n", fact.text()))
    }

    /// How many facts were told since the look.
    pub(super) fn told(&self, user: UserId, look: Look) -> usize {
        self.looks.get(&(user, look)).map_or(0, |looked| looked.told.len())
    }

    /// Everything that a look saw was told.
    pub(super) fn looked(&mut self, user: UserId, look: Look, seen: Seen) {
        let looked = self.looks.entry((user, look)).or_default();
        let Seen { until, mut open, done } = seen;
        // Told while the look went on.
        open.retain(|fact| !looked.told.contains(fact));
        looked.told.extend(done);
        looked.told.retain(|fact| fact.created >= until);
        looked.until = Some(until);
        looked.open = open;
    }

    /// A file's transfer is under way, as is seen at the time `now`; returns the line for the journal.
    pub(super) fn watch(&mut self, file: i64, place: Place, now: u64) -> Option<String> {
        if self.files.get(&file).is_some_and(|(known, _)| *known == place) {
            return None;
        }
        self.files.insert(file, (place, now));
        if self.files.len() > FILES {
            self.files.pop_first();
        }
        Some(file_line(file, place, now))
    }

    pub(super) fn files(&self) -> Vec<(i64, Place, u64)> {
        self.files.iter().map(|(file, (place, since))| (*file, *place, *since)).collect()
    }

    /// Forgets a look, as if there had been none; returns whether there was one.
    pub(super) fn forget(&mut self, look: Look) -> bool {
        let before = self.looks.len();
        self.looks.retain(|(_, known), _| *known != look);
        self.looks.len() < before
    }

    /// As lines of the journal.
    pub(super) fn write(&self, text: &mut String) {
        for ((user, look), looked) in &self.looks {
            let letter = look.letter();
            // Writing to a string does not fail.
            if let Some(until) = looked.until {
                let _ = writeln!(text, "L {user} {letter} {until}");
            }
            for fact in &looked.open {
                let _ = writeln!(text, "O {user} {letter} {}", fact.text());
            }
            for fact in &looked.told {
                let _ = writeln!(text, "K {user} {}", fact.text());
            }
        }
        for (file, (place, since)) in &self.files {
            text.push_str(&file_line(*file, *place, *since));
        }
    }

    /// Reads a line of the journal; lines that are not understood are skipped.
    pub(super) fn read(&mut self, line: &str) -> Option<()> {
        let mut words = line.split(' ');
        let what = words.next()?;
        let number = words.next()?.parse().ok()?;
        let user = UserId(number);
        match what {
            "L" => {
                let look = Look::read(words.next()?)?;
                let until = words.next()?.parse().ok()?;
                self.looks.entry((user, look)).or_default().until = Some(until);
            }
            "O" => {
                let look = Look::read(words.next()?)?;
                let fact = Fact::read(&mut words)?;
                self.looks.entry((user, look)).or_default().open.insert(fact);
            }
            "K" => {
                let fact = Fact::read(&mut words)?;
                self.looks.entry((user, fact.kind.look())).or_default().told.insert(fact);
            }
            "F" => {
                let place = Place {
                    user: UserId(words.next()?.parse().ok()?),
                    chat: words.next()?.parse().ok()?,
                    item: words.next()?.parse().ok()?,
                };
                self.watch(number, place, words.next()?.parse().ok()?);
            }
            "G" => drop(self.files.remove(&number)),
            _ => {}
        }
        Some(())
    }
}

/// Whether the bot is in a group, but not let in yet.
fn waits_for_review(group: &GroupInfo) -> bool {
    use GroupMemberStatus::{PendingApproval, PendingReview};
    matches!(group.membership.member_status, PendingApproval | PendingReview)
}

fn file_line(file: i64, place: Place, since: u64) -> String {
    format!("F {file} {} {} {} {since}\n", place.user, place.chat, place.item)
}

#[cfg(test)]
mod tests {
    use super::*;

    const USER: UserId = UserId(1);

    fn fact(kind: Kind, id: i64, created: i64) -> Fact {
        Fact { kind, id, created }
    }

    fn copied(known: &Known) -> Known {
        let mut text = String::new();
        known.write(&mut text);
        let mut copy = Known::default();
        for line in text.lines() {
            copy.read(line).unwrap();
        }
        copy
    }

    #[test]
    fn nothing_is_new_at_the_first_look_and_then_what_was_made_or_was_open() {
        let mut known = Known::default();
        let (old, open) = (fact(Kind::Contact, 4, 10), fact(Kind::Contact, 5, 20));
        assert!(!known.is_new(USER, old));
        known.looked(USER, Look::Chats, Seen { until: 30, open: [open].into(), done: [old].into() });
        let known = copied(&known);
        assert!(!known.is_new(USER, old));
        assert!(known.is_new(USER, open));
        assert!(known.is_new(USER, fact(Kind::Contact, 6, 40)));
        // The id of a deleted contact, used again.
        assert!(known.is_new(USER, fact(Kind::Contact, 4, 40)));
        assert!(!known.is_new(USER, fact(Kind::Member, 6, 40)), "there was no look at members");
        assert!(!known.is_new(UserId(2), fact(Kind::Contact, 6, 40)), "nor at another profile's chats");
    }

    #[test]
    fn what_was_told_is_not_new_in_this_run_and_the_next() {
        let mut known = Known::default();
        known.looked(USER, Look::Chats, Seen { until: 30, ..Seen::default() });
        let told = fact(Kind::Contact, 6, 40);
        assert_eq!(known.tell(USER, told).unwrap(), "K 1 c6 40\n");
        assert_eq!(known.tell(USER, told), None);
        assert!(!copied(&known).is_new(USER, told));
        // A look that ran at the same time saw it open.
        known.looked(USER, Look::Chats, Seen { until: 50, open: [told].into(), ..Seen::default() });
        assert!(!copied(&known).is_new(USER, told));
    }

    #[test]
    fn things_as_old_as_the_look_are_told_once() {
        let mut known = Known::default();
        let same = fact(Kind::Contact, 4, 30);
        known.looked(USER, Look::Chats, Seen { until: 30, done: [same].into(), ..Seen::default() });
        assert!(!copied(&known).is_new(USER, same));
        assert!(copied(&known).is_new(USER, fact(Kind::Contact, 5, 30)));
    }

    #[test]
    fn files_are_under_way_until_they_are_told() {
        let mut known = Known::default();
        let chats = ["@4", "#5", "#5(_support)", "#5(_support:6)"].map(|text| text.parse().unwrap());
        for (file, chat) in (1..).zip(chats) {
            assert!(known.watch(file, Place { user: USER, chat, item: 9 }, 20).is_some());
        }
        let first = Place { user: USER, chat: chats[0], item: 9 };
        assert!(known.watch(1, first, 30).is_none());
        assert_eq!(known.files()[0], (1, first, 20), "since it was first seen");
        let mut copy = copied(&known);
        assert_eq!(copy.files(), known.files());
        assert!(copy.is_new(USER, Fact::file(2)));
        assert_eq!(copy.tell(USER, Fact::file(2)).unwrap(), "G 2\n");
        assert!(!copy.is_new(USER, Fact::file(2)));
        for file in 10..3000 {
            known.watch(file, first, 40);
        }
        assert_eq!(known.files().len(), FILES);
    }

    #[test]
    fn broken_lines_are_passed_over() {
        let mut known = Known::default();
        for line in [
            "L",
            "L 1",
            "L 1 c",
            "L 1 x 3",
            "O 1 c c5",
            "K 1 c",
            "K 1 ü5 3",
            "K x",
            "F 1 1 5 9 20",
            "F 1 1 @5 9",
            "G",
            "G x",
            "F 2 1 # 9 20",
        ] {
            assert!(known.read(line).is_none(), "{line}");
        }
        assert!(known.looks.values().all(|looked| looked.until.is_none()) && known.files.is_empty());
    }
}
