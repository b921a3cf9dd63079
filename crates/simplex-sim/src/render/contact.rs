//! Contacts, connections, requests, links and notes.

use std::sync::Arc;

use super::{put_local_profile, put_ts};
use crate::content::{FEATURES, put_pref};
use crate::json::Js;
use crate::parser::AddressSettings;
use crate::preferences::{Enabled, merged};
use crate::state::{ChatSettings, Conn, ConnStatus, Contact, ContactStatus, Core, Entity, Notes, Request, UserLink};

pub(crate) fn put_enabled(j: &mut Js, e: Enabled) {
    j.obj().bool("forUser", e.for_user).bool("forContact", e.for_contact).end();
}

pub(crate) fn put_settings(j: &mut Js, s: &ChatSettings) {
    j.key("chatSettings")
        .obj()
        .str("enableNtfs", s.ntfs)
        .opt_bool("sendRcpts", s.receipts)
        .bool("favorite", s.favorite)
        .end();
}

/// A contact, from its cache if nothing but the time of its last message changed.
pub(crate) fn put_contact(j: &mut Js, core: &mut Core, id: i64) {
    let cached = core.contacts.get(&id).and_then(|c| c.cached.clone());
    let (head, tail) = match cached {
        Some(c) => c,
        None => {
            let Some(c) = core.contacts.get(&id) else {
                j.obj().end();
                return;
            };
            let parts = contact_parts(core, c);
            if let Some(c) = core.contacts.get_mut(&id) {
                c.cached = Some(parts.clone());
            }
            parts
        }
    };
    let ts = core.contacts.get(&id).map(|c| c.chat_ts).unwrap_or_default();
    let buf = j.value(&head).buf();
    ts.write(buf);
    buf.push_str(&tail);
}

/// A contact as it is now, to be shown beside what becomes of it.
pub(crate) fn contact_json(core: &mut Core, id: i64) -> String {
    let mut j = Js::new();
    put_contact(&mut j, core, id);
    j.done()
}

fn contact_parts(core: &Core, c: &Contact) -> (Arc<str>, Arc<str>) {
    let mut j = Js::with_capacity(2048);
    j.obj().num("contactId", c.id).str("localDisplayName", &c.name);
    j.key("profile");
    put_local_profile(&mut j, c.profile_id, &c.profile, &c.alias);
    if let Some(conn) = c.conn.and_then(|id| core.conns.get(&id)) {
        j.key("activeConn");
        put_conn(&mut j, conn, core.before_7);
    }
    let status = match c.status {
        ContactStatus::Active => "active",
        ContactStatus::Deleted => "deleted",
        ContactStatus::DeletedByUser => "deletedByUser",
    };
    j.bool("contactUsed", c.used).str("contactStatus", status);
    put_settings(&mut j, &c.settings);
    j.key("userPreferences");
    c.prefs.put(&mut j);
    j.key("mergedPreferences").obj();
    for (p, (name, ..)) in merged(core, c).into_iter().zip(FEATURES) {
        j.key(name).obj().key("enabled");
        put_enabled(&mut j, p.enabled);
        j.key("userPreference").obj().tag(if p.own { "contact" } else { "user" }).key("preference");
        put_pref(&mut j, p.user);
        j.end().key("contactPreference");
        put_pref(&mut j, p.contact);
        j.end();
    }
    j.opt_json("commands", c.profile.preferences.as_ref().and_then(|p| p.commands.as_ref())).end();
    put_ts(&mut j, "createdAt", c.created);
    put_ts(&mut j, "updatedAt", c.updated);
    j.key("chatTs").buf().push('"');
    let head = j.done();
    let mut j = Js::new();
    j.buf().push('"');
    if let Some(p) = &c.prepared {
        j.key("preparedContact").obj().key("connLinkToConnect");
        put_link(&mut j, &p.full, p.short.as_deref());
        j.str("uiConnLinkType", if p.invitation { "inv" } else { "con" })
            .opt_str("welcomeSharedMsgId", p.welcome_shared.as_deref())
            .opt_str("requestSharedMsgId", p.request_shared.as_deref())
            .end();
    }
    j.opt_num("contactRequestId", c.request)
        .opt_num("contactGroupMemberId", c.member)
        .bool("contactGrpInvSent", c.grp_inv_sent);
    if let Some((group, member)) = c.group_inv {
        j.key("groupDirectInv")
            .obj()
            .str("groupDirectInvLink", "simplex:/invitation#/?v=2-7")
            .num("fromGroupId_", group)
            .num("fromGroupMemberId_", member)
            .opt_num(
                "fromGroupMemberConnId_",
                core.members.get(&member).and_then(|m| m.conn).and_then(|c| core.conns.get(&c)).map(|c| c.number),
            )
            .bool("groupDirectInvStartedConnection", c.group_inv_started)
            .end();
    }
    j.nums("chatTags", c.tags.iter().copied())
        .opt_num("chatItemTTL", c.ttl)
        .bool("chatDeleted", c.chat_deleted)
        .opt_json("customData", c.custom.as_ref());
    j.end();
    (head.into(), j.done().into())
}

pub(crate) fn put_conn(j: &mut Js, c: &Conn, before_7: bool) {
    j.obj()
        .num("connId", c.number)
        .str("agentConnId", &c.agent_id)
        .num("connChatVersion", c.version)
        .key("peerChatVRange")
        .obj()
        .num("minVersion", 1)
        // The version of a peer that has not answered yet is not known.
        .num("maxVersion", if c.version < 16 { 1 } else { c.version })
        .end()
        .num("connLevel", c.level)
        .opt_num("viaContact", c.via_contact)
        .opt_num("viaUserContactLink", c.via_link)
        .bool("viaGroupLink", c.via_group_link)
        .opt_str("groupLinkId", c.group_link_id.as_deref())
        .opt_str("xContactId", c.x_contact_id.as_deref())
        .opt_num("customUserProfileId", c.incognito);
    let (kind, entity) = match c.entity {
        Entity::Contact(id) => ("contact", Some(id)),
        Entity::Pending => ("contact", None),
        Entity::Link(id) => ("user_contact", Some(id)),
        Entity::Member(id) => ("member", Some(id)),
    };
    j.str("connType", kind);
    put_status(j, "connStatus", c.status, before_7);
    j.bool("contactConnInitiated", c.initiated).str("localAlias", &c.alias).opt_num("entityId", entity);
    if let Some((code, at)) = &c.code {
        j.key("connectionCode").obj().str("securityCode", code);
        put_ts(j, "verifiedAt", *at);
        j.end();
    }
    j.bool("pqSupport", c.pq)
        .bool("pqEncryption", c.pq)
        .opt_bool("pqSndEnabled", c.pq_snd)
        .opt_bool("pqRcvEnabled", c.pq_rcv)
        .num("authErrCounter", c.auth_errors)
        .num("quotaErrCounter", 0);
    put_ts(j, "createdAt", c.created);
    j.end();
}

/// From version 7 on, the status of a connection is an object, as it may hold an error.
fn put_status(j: &mut Js, key: &str, status: ConnStatus, before_7: bool) {
    let text = status.as_str();
    if before_7 {
        j.str(key, text);
    } else {
        j.key(key).obj().tag(if text == "snd-ready" { "sndReady" } else { text }).end();
    }
}

/// A connection that is not a contact yet.
pub(crate) fn put_pending(j: &mut Js, core: &Core, id: i64) {
    let Some(c) = core.conns.get(&id) else { return };
    j.obj().num("pccConnId", c.number).str("pccAgentConnId", &c.agent_id);
    put_status(j, "pccConnStatus", c.status, core.before_7);
    j.bool("viaContactUri", c.via_uri)
        .opt_str("groupLinkId", c.group_link_id.as_deref())
        .opt_num("customUserProfileId", c.incognito);
    if let Some((full, short)) = &c.link {
        j.key("connLinkInv");
        put_link(j, full, short.as_deref());
    }
    j.str("localAlias", &c.alias);
    put_ts(j, "createdAt", c.created);
    put_ts(j, "updatedAt", c.updated);
    j.end();
}

pub(crate) fn put_link(j: &mut Js, full: &str, short: Option<&str>) {
    j.obj().str("connFullLink", full).opt_str("connShortLink", short).end();
}

fn put_address_settings(j: &mut Js, s: &AddressSettings) {
    j.obj().bool("businessAddress", s.business);
    if let Some(incognito) = s.auto_accept {
        j.key("autoAccept").obj().bool("acceptIncognito", incognito).end();
    }
    j.opt_raw("autoReply", s.auto_reply.as_ref().map(|c| &*c.json)).end();
}

pub(crate) fn put_user_link(j: &mut Js, l: &UserLink) {
    j.obj().num("userContactLinkId", l.id).key("connLinkContact");
    put_link(j, &l.full, Some(&l.short));
    j.bool("shortLinkDataSet", true).bool("shortLinkLargeDataSet", true).key("addressSettings");
    put_address_settings(j, &l.settings);
    j.end();
}

pub(crate) fn put_request(j: &mut Js, r: &Request) {
    j.obj()
        .num("contactRequestId", r.id)
        .str("agentInvitationId", &r.agent_id)
        .opt_num("contactId_", r.contact)
        .num("userContactLinkId_", r.link)
        .raw("cReqChatVRange", r#"{"minVersion":1,"maxVersion":16}"#)
        .str("localDisplayName", &r.name)
        .num("profileId", r.profile_id)
        .key("profile");
    // 7.0.2 has a local profile here; 6.4.5.1 a plain one.
    put_local_profile(j, r.profile_id, &r.profile, "");
    put_ts(j, "createdAt", r.created);
    put_ts(j, "updatedAt", r.updated);
    j.str("xContactId", &r.x_contact_id)
        .bool("pqSupport", true)
        .opt_str("welcomeSharedMsgId", r.welcome.as_deref())
        .opt_str("requestSharedMsgId", r.shared.as_deref())
        .end();
}

pub(crate) fn put_notes_info(j: &mut Js, n: &Notes) {
    j.obj().tag("local").key("noteFolder").obj().num("noteFolderId", n.id).num("userId", n.user);
    put_ts(j, "createdAt", n.created);
    put_ts(j, "updatedAt", n.created);
    put_ts(j, "chatTs", n.chat_ts);
    j.bool("favorite", n.favorite).bool("unread", n.chat.unread_flag).end().end();
}
