//! What commands are made of, and what of it a careless client makes another command.

use proptest::prelude::*;
use simplex_api::Request;
use simplex_api::types::*;
use simplex_sim::parser as sim;

/// What a command is made of.
#[derive(Debug, Clone)]
pub struct Args {
    pub ids: [i64; 3],
    pub list: Vec<i64>,
    pub on: [bool; 3],
    pub text: String,
    pub other: String,
    pub number: u32,
    pub role: usize,
    pub chat: usize,
}

/// A command's text or why there is none, and what the core has to read.
pub struct Case {
    pub name: &'static str,
    pub text: Result<String, String>,
    pub meant: sim::Command,
    /// Whether the core itself judges what is in the command, and may refuse it: a server, a link to a file.
    pub core_refuses: bool,
}

pub fn case<C: Command>(command: &C, meant: sim::Command) -> Case {
    let text = command.text().map_err(|error| error.to_string());
    let text = text.and_then(|text| match Request::new(text) {
        Ok(request) => Ok(request.text().to_owned()),
        Err(error) => Err(error.to_string()),
    });
    Case { name: C::NAME, text, meant, core_refuses: false }
}

impl Args {
    pub fn roles(&self) -> (GroupMemberRole, sim::Role) {
        match self.role % 5 {
            0 => (GroupMemberRole::Observer, sim::Role::Observer),
            1 => (GroupMemberRole::Member, sim::Role::Member),
            2 => (GroupMemberRole::Moderator, sim::Role::Moderator),
            3 => (GroupMemberRole::Admin, sim::Role::Admin),
            _ => (GroupMemberRole::Owner, sim::Role::Owner),
        }
    }

    pub fn chats(&self) -> (ChatRef, sim::ChatRef) {
        let [a, b, _] = self.ids;
        match self.chat % 6 {
            0 => (ContactId(a).into(), sim::ChatRef::Direct(a)),
            1 => (GroupId(a).into(), sim::ChatRef::Group(a, sim::Scope::Main)),
            2 => (
                ChatRef::scoped(GroupId(a), GroupChatScope::MemberSupport(None)),
                sim::ChatRef::Group(a, sim::Scope::Support(None)),
            ),
            3 => (
                ChatRef::scoped(GroupId(a), GroupChatScope::MemberSupport(Some(GroupMemberId(b)))),
                sim::ChatRef::Group(a, sim::Scope::Support(Some(b))),
            ),
            4 => (ChatRef::Local(NoteFolderId(a)), sim::ChatRef::Local(a)),
            _ => (ChatRef::Connection(ConnectionId(a)), sim::ChatRef::Connection(a)),
        }
    }

    pub fn items(&self) -> NonEmpty<ChatItemId> {
        NonEmpty::new(self.list.iter().copied().map(ChatItemId).collect()).expect("a list with elements")
    }

    pub fn members(&self) -> NonEmpty<GroupMemberId> {
        NonEmpty::new(self.list.iter().copied().map(GroupMemberId).collect()).expect("a list with elements")
    }

    pub fn tags(&self) -> NonEmpty<ChatTagId> {
        NonEmpty::new(self.list.iter().copied().map(ChatTagId).collect()).expect("a list with elements")
    }

    pub fn pages(&self) -> (ChatPagination, sim::Page) {
        let (item, count) = (self.ids[2], self.number);
        let size = count as usize;
        let id = ChatItemId(item);
        match self.chat % 5 {
            0 => (ChatPagination::Last { count }, sim::Page::Last(size)),
            1 => (ChatPagination::After { item: id, count }, sim::Page::After(item, size)),
            2 => (ChatPagination::Before { item: id, count }, sim::Page::Before(item, size)),
            3 => (ChatPagination::Around { item: id, count }, sim::Page::Around(item, size)),
            _ => (ChatPagination::Initial { count }, sim::Page::Initial(size)),
        }
    }

    pub fn some_text(&self) -> Option<String> {
        self.on[0].then(|| self.text.clone())
    }
}

/// Texts of which a careless client makes another command.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-z]{1,6}",
        2 => any::<String>(),
        4 => prop::sample::select(vec![
            " ", "  ", "\n", "\r\n", "\t", "\0", "\u{b}", "\u{85}", "\u{a0}", "\u{2028}", "\"", "'", "\\", "\\u0000",
            "à", "😠", "😀", "👨‍👩‍👧‍👦", "\u{202e}", "\u{200b}", "\u{feff}", "مرحبا", "i", "incognito", "incognito=on", "on", "off",
            "live=on", "ttl=1", "json", "text", "search=", "count=1", "content=report", "notify=off", "messages=on",
            "encrypt=on", "approved_relays=on", "inline=on", "key=a", "nonce=b", "@1", "#1", "*1", ":1", "(_support)",
            "default", "member", "/_stop", "/quit", ",", "1", "-1", "{", "}", "[", "]", "null", "https://a/b#c",
            "simplex:/contact#/?v=2", "smp://a@b", "author",
        ]).prop_map(str::to_owned),
    ];
    prop_oneof![
        20 => prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat()),
        1 => prop::sample::select(vec!["x", " ", "\n", "\"", "😀", "\u{202e}"])
            .prop_map(|c| c.repeat(100_000 / c.len())),
    ]
}

pub fn args() -> impl Strategy<Value = Args> {
    let id = prop_oneof![Just(0), 1..20i64, Just(i64::MAX), -3..0i64, Just(i64::MIN)];
    (
        prop::array::uniform3(id.clone()),
        prop::collection::vec(id, 1..4),
        prop::array::uniform3(any::<bool>()),
        hostile(),
        hostile(),
        any::<u32>(),
        0..5usize,
        0..30usize,
    )
        .prop_map(|(ids, list, on, text, other, number, role, chat)| Args {
            ids,
            list,
            on,
            text,
            other,
            number,
            role,
            chat,
        })
}
