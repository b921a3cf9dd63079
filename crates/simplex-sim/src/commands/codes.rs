//! The connection of a contact or a member, and its security code.

use super::Answer;
use crate::cx::Cx;
use crate::ids;
use crate::parser::ChatRef;
use crate::render::{self, Envelope, error};
use crate::state::ConnStatus;

impl Cx<'_> {
    /// The security code, which both ends of a connection show.
    fn code_of(&mut self, conn: i64) -> String {
        if let Some(code) = self.core.conns.get(&conn).and_then(|c| c.own_code.clone()) {
            return code;
        }
        let Some((core, peer)) = self.core.conns.get(&conn).and_then(|c| c.peer) else { return String::new() };
        let (a, b) = ((self.me, conn), (core, peer));
        let code = ids::code(a.min(b), a.max(b));
        if let Some(c) = self.core.conns.get_mut(&conn) {
            c.own_code = Some(code.clone());
        }
        code
    }

    pub(super) fn member_code(&mut self, group: i64, member: i64) -> Answer {
        let (user, conn) = self.member_conn_of(group, member)?;
        let code = self.code_of(conn);
        self.answer("groupMemberCode", user, |j, core| {
            render::put_group_and_member(j, core, group, member);
            j.str("connectionCode", &code);
        })
    }

    pub(super) fn verify_member(&mut self, group: i64, member: i64, code: Option<&str>) -> Answer {
        let (user, conn) = self.member_conn_of(group, member)?;
        self.verify(user, conn, code)
    }

    fn verify(&mut self, user: i64, conn: i64, code: Option<&str>) -> Answer {
        let expected = self.code_of(conn);
        let now = self.sh.tick();
        let same = code.is_some_and(|c| c.split_whitespace().eq(expected.split_whitespace()));
        self.set_conn(conn, |c| c.code = same.then(|| (expected.clone(), now)));
        self.answer("connectionVerified", user, |j, _| {
            j.bool("verified", same).str("expectedCode", &expected);
        })
    }

    /// The user and the connection of a contact.
    pub(super) fn contact_conn(&mut self, contact: i64) -> Result<(i64, i64), Envelope> {
        let user = self.known_chat(ChatRef::Direct(contact))?;
        match self.core.contacts.get(&contact).and_then(|c| c.conn) {
            Some(conn) => Ok((user, conn)),
            None => Err(error::chat_with("contactNotActive", |j| {
                j.key("contact");
                render::put_contact(j, self.core, contact);
            })),
        }
    }

    /// The user and the connection of a member.
    pub(super) fn member_conn_of(&self, group: i64, member: i64) -> Result<(i64, i64), Envelope> {
        let user = self.group_of(group)?;
        let conn = self.group_member(group, member)?.conn;
        conn.map(|c| (user, c)).ok_or_else(|| error::chat("groupMemberNotActive"))
    }

    /// The user and the connection of a contact or a member.
    pub(super) fn chat_conn(&mut self, chat: ChatRef, member: Option<i64>) -> Result<(i64, i64), Envelope> {
        match (chat, member) {
            (ChatRef::Direct(contact), _) => self.contact_conn(contact),
            (ChatRef::Group(group, _), Some(member)) => self.member_conn_of(group, member),
            _ => Err(error::command("not supported")),
        }
    }

    pub(super) fn contact_code(&mut self, contact: i64) -> Answer {
        let (user, conn) = self.contact_conn(contact)?;
        let code = self.code_of(conn);
        self.answer("contactCode", user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
            j.str("connectionCode", &code);
        })
    }

    pub(super) fn verify_contact(&mut self, contact: i64, code: Option<&str>) -> Answer {
        let (user, conn) = self.contact_conn(contact)?;
        self.verify(user, conn, code)
    }

    pub(super) fn contact_info(&mut self, contact: i64) -> Answer {
        let user = self.known_chat(ChatRef::Direct(contact))?;
        if self.core.conn_of(contact).is_some_and(|c| c.status == ConnStatus::Deleted) {
            return Err(error::no_connection());
        }
        let stats = self.core.conn_of(contact).map(|c| self.settled_stats(c.id));
        self.answer("contactInfo", user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
            j.opt_raw("connectionStats_", stats.as_deref());
        })
    }
}
