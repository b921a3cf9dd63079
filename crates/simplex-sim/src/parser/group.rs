//! Commands about groups.

use super::args::{content_body, end};
use super::cursor::Cursor;
use super::lifetimes::ttl_text;
use super::{syntax::*, values::*};
use crate::content::{Allow, Pref, feature};
use crate::json::Json;

/// Roles that commands take: not `author`.
fn role(c: &mut Cursor<'_>) -> Option<Role> {
    [Role::Observer, Role::Member, Role::Moderator, Role::Admin, Role::Owner].into_iter().find(|r| c.eat(r.as_str()))
}

/// `<group> <member>`
fn member(c: &mut Cursor<'_>) -> Option<(i64, i64)> {
    let group = c.int()?;
    c.need(" ")?;
    Some((group, c.int()?))
}

pub(crate) fn group_profile(v: &Json) -> Option<GroupProfile> {
    let preferences = match v.get("groupPreferences") {
        Some(p) if !p.is_obj() => return None,
        Some(p) => {
            for name in ["timedMessages", "directMessages", "fullDelete", "reactions", "voice", "files", "history"] {
                if let Some(f) = p.get(name) {
                    match f.get("enable").and_then(Json::str) {
                        Some("on" | "off") => {}
                        _ => return None,
                    }
                }
            }
            Some(p.clone())
        }
        None => None,
    };
    Some(GroupProfile {
        display_name: v.need_str("displayName")?,
        full_name: v.need_str("fullName")?,
        short_descr: v.opt_str("shortDescr")?,
        description: v.opt_str("description")?,
        image: v.opt_str("image")?,
        preferences,
        admission: v.get("memberAdmission").cloned(),
        other: v.get("publicGroup").map(|p| vec![("publicGroup".to_owned(), p.clone())]).unwrap_or_default(),
    })
}

pub(super) fn commands(c: &mut Cursor<'_>) -> Option<Command> {
    if !c.0.starts_with('/') {
        return None;
    }
    for rule in [members, links, named] {
        let mut at = *c;
        if let Some(cmd) = rule(&mut at) {
            *c = at;
            return Some(cmd);
        }
    }
    None
}

fn members(c: &mut Cursor<'_>) -> Option<Command> {
    if c.eat("/_group ") {
        let user = c.int()?;
        let incognito = c.flag("incognito");
        c.need(" ")?;
        return Some(Command::NewGroup { user, incognito, profile: group_profile(&c.json()?)? });
    }
    if c.eat("/_add #") {
        let (group, contact) = member(c)?;
        c.need(" ")?;
        let role = role(c)?;
        return end(c, Command::AddMember { group, contact, role });
    }
    if c.eat("/_join #") {
        return Some(Command::JoinGroup { group: c.last_int()? });
    }
    if c.eat("/_accept member contact @") {
        return Some(Command::AcceptMemberContact { contact: c.last_int()? });
    }
    if c.eat("/_accept member #") {
        let (group, member) = member(c)?;
        c.need(" ")?;
        let role = role(c)?;
        return end(c, Command::AcceptMember { group, member, role });
    }
    if c.eat("/_delete member chat #") {
        let (group, member) = member(c)?;
        return end(c, Command::DeleteMemberSupport { group, member });
    }
    if c.eat("/_member role #") {
        let group = c.int()?;
        c.need(" ")?;
        let members = c.ints()?;
        c.need(" ")?;
        let role = role(c)?;
        return end(c, Command::MemberRoles { group, members, role });
    }
    if c.eat("/_block #") {
        let group = c.int()?;
        c.need(" ")?;
        let members = c.ints()?;
        c.need(" blocked=")?;
        let blocked = c.on_off()?;
        return end(c, Command::BlockMembers { group, members, blocked });
    }
    if c.eat("/_remove #") {
        let group = c.int()?;
        c.need(" ")?;
        let members = c.ints()?;
        let messages = c.flag("messages");
        return end(c, Command::RemoveMembers { group, members, messages });
    }
    if c.eat("/_leave #") {
        return Some(Command::LeaveGroup { group: c.last_int()? });
    }
    if c.eat("/_members #") {
        return Some(Command::ListMembers { group: c.last_int()? });
    }
    if c.eat("/_groups") {
        let user = c.int()?;
        let mut contact = None;
        if c.eat(" @") {
            contact = Some(c.int()?);
        }
        let search = if c.eat(" ") { Some(c.rest().to_owned()) } else { None };
        return end(c, Command::ListGroups { user, contact, search });
    }
    if c.eat("/_info #") {
        let group = c.int()?;
        if c.at_end() {
            return Some(Command::GroupInfo { group });
        }
        c.need(" ")?;
        let member = c.int()?;
        return end(c, Command::MemberInfo { group, member });
    }
    if c.eat("/_member settings #") {
        let (group, member) = member(c)?;
        c.need(" ")?;
        let show = c.json()?.get("showMessages")?.bool()?;
        return Some(Command::MemberSettings { group, member, show });
    }
    if c.eat("/_get code #") {
        let (group, member) = member(c)?;
        return end(c, Command::MemberCode { group, member });
    }
    if c.eat("/_verify code #") {
        let (group, member) = member(c)?;
        let code = if c.eat(" ") { Some(c.rest().to_owned()) } else { None };
        return end(c, Command::VerifyMember { group, member, code });
    }
    if c.eat("/_create member contact #") {
        let (group, member) = member(c)?;
        return end(c, Command::CreateMemberContact { group, member });
    }
    if c.eat("/_invite member contact @") {
        let contact = c.int()?;
        let content = if c.eat(" ") { Some(content_body(c)?) } else { None };
        return end(c, Command::InviteMemberContact { contact, content });
    }
    if c.eat("/_group_profile #") {
        let group = c.int()?;
        c.need(" ")?;
        return Some(Command::SetGroupProfile { group, profile: group_profile(&c.json()?)? });
    }
    None
}

fn links(c: &mut Cursor<'_>) -> Option<Command> {
    if c.eat("/_create link #") {
        let group = c.int()?;
        let role = if c.eat(" ") { role(c)? } else { Role::Member };
        return end(c, Command::CreateGroupLink { group, role });
    }
    if c.eat("/_set link role #") {
        let group = c.int()?;
        c.need(" ")?;
        let role = role(c)?;
        return end(c, Command::SetGroupLinkRole { group, role });
    }
    for (word, make) in [
        ("/_delete link #", (|group| Command::DeleteGroupLink { group }) as fn(i64) -> Command),
        ("/_get link #", |group| Command::GetGroupLink { group }),
        ("/_short link #", |group| Command::ShortGroupLink { group }),
    ] {
        if c.eat(word) {
            let group = c.int()?;
            return end(c, make(group));
        }
    }
    None
}

fn hash_name(c: &mut Cursor<'_>) -> Option<String> {
    let _ = c.eat("#");
    c.name()
}

fn named(c: &mut Cursor<'_>) -> Option<Command> {
    if matches!(c.0, "/groups" | "/gs") {
        c.rest();
        return Some(Command::ListGroupsActive);
    }
    if c.eat("/group ") || c.eat("/g ") {
        let display_name = hash_name(c)?;
        let descr = if c.eat(" ") { Some(c.rest().to_owned()).filter(|d| !d.is_empty()) } else { None };
        let preferences = Json::parse(r#"{"directMessages":{"enable":"on"},"history":{"enable":"on"}}"#);
        let profile = GroupProfile {
            display_name,
            full_name: String::new(),
            short_descr: descr,
            description: None,
            image: None,
            preferences,
            admission: None,
            other: Vec::new(),
        };
        return end(c, Command::NewGroupNamed { profile });
    }
    if c.eat("/members ") || c.eat("/ms ") {
        let name = hash_name(c)?;
        return end(c, Command::ListMembersNamed { name });
    }
    if c.eat("/group_profile ") || c.eat("/gp ") {
        let name = hash_name(c)?;
        if c.at_end() {
            return Some(Command::ShowGroupProfile { name });
        }
        c.need(" ")?;
        let to = c.name()?;
        let full = if c.eat(" ") { c.rest().to_owned() } else { String::new() };
        return end(c, Command::RenameGroup { name, to, full });
    }
    if c.eat("/set welcome ") {
        let name = hash_name(c)?;
        c.need(" ")?;
        let text = c.some_rest()?.to_owned();
        return Some(Command::SetWelcome { name, text: Some(text) });
    }
    if c.eat("/delete welcome ") {
        let name = hash_name(c)?;
        return end(c, Command::SetWelcome { name, text: None });
    }
    if c.eat("/show welcome ") {
        let name = hash_name(c)?;
        return end(c, Command::ShowWelcome { name });
    }
    if c.eat("/show link ") {
        let name = hash_name(c)?;
        return end(c, Command::ShowGroupLinkNamed { name });
    }
    if c.eat("/member support chats ") {
        let name = hash_name(c)?;
        return end(c, Command::SupportChats { name });
    }
    if c.eat("/set admission review ") {
        let name = hash_name(c)?;
        c.need(" ")?;
        let all = if c.eat("all") {
            true
        } else {
            c.need("off")?;
            false
        };
        return end(c, Command::SetAdmission { name, all });
    }
    features(c)
}

/// Features as people type them: the name in a group's preferences, and the index of it for contacts.
const WORDS: [(&str, &str, Option<usize>); 7] = [
    ("disappear", "timedMessages", Some(feature::TIMED)),
    ("direct", "directMessages", None),
    ("delete", "fullDelete", Some(feature::FULL_DELETE)),
    ("reactions", "reactions", Some(feature::REACTIONS)),
    ("voice", "voice", Some(feature::VOICE)),
    ("files", "files", Some(feature::FILES)),
    ("calls", "calls", Some(feature::CALLS)),
];

fn features(c: &mut Cursor<'_>) -> Option<Command> {
    c.need("/set ")?;
    for (word, feature, direct) in WORDS {
        let mut at = *c;
        if !at.eat(word) || !at.eat(" ") {
            continue;
        }
        *c = at;
        if c.eat("#") {
            let name = c.name()?;
            c.need(" ")?;
            let on = c.on_off()?;
            let role = if c.eat(" ") { role(c) } else { None };
            return end(c, Command::SetGroupFeature { feature: feature.into(), name, on, role });
        }
        let feature = direct?;
        let contact = if c.eat("@") {
            let name = c.name()?;
            let _ = c.eat(" ");
            Some(name)
        } else {
            None
        };
        if c.at_end() {
            return contact.is_some().then_some(Command::SetFeature { feature, contact, allow: None });
        }
        let word = c.word()?;
        let allow = Allow::read(word)?;
        let ttl = if c.eat(" ") { Some(ttl_text(c.rest())?) } else { None };
        return Some(Command::SetFeature { feature, contact, allow: Some(Pref { allow, ttl }) });
    }
    None
}
