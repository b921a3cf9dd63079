//! Files in the JSON of events and answers.

use super::standalone;
use crate::commands::transfers::description;
use crate::json::Js;
use crate::parser::ChatRef;
use crate::render;
use crate::state::{Core, File, FileStatus, Item, Standalone};
use crate::time::Ts;

/// The item of a file, if it is still there, and its chat.
pub(super) fn item_of(core: &Core, file: i64) -> Option<(ChatRef, Item)> {
    let (chat, item) = core.files.get(&file)?.chat?;
    Some((chat, core.item(chat, item)?.clone()))
}

/// The item of a file, as a member of an event.
pub(super) fn put_file_item(j: &mut Js, core: &mut Core, key: &str, file: i64, now: Ts) {
    if let Some((chat, item)) = item_of(core, file) {
        j.key(key);
        render::put_item_in_chat(j, core, chat, &item, now);
    }
}

/// A sent file, as a member of an event.
pub(super) fn put_meta(j: &mut Js, key: &str, f: &File, done: bool) {
    j.key(key).obj().num("fileId", f.id).key("xftpSndFile").obj().str("agentSndFileId", &f.agent_id);
    if done {
        j.str("privateSndFileDescr", &description(f, "sender"));
    }
    j.bool("agentSndFileDeleted", false);
    if let Some((key, nonce)) = &f.crypto {
        j.key("cryptoArgs").obj().str("fileKey", key).str("fileNonce", nonce).end();
    }
    j.end();
    if let Some(Standalone::Redirect { to }) = &f.standalone {
        j.num("xftpRedirectFor", *to);
    }
    j.str("fileName", &f.name)
        .str("filePath", f.path.as_deref().unwrap_or_default())
        .num("fileSize", f.size)
        .num("chunkSize", 15_780)
        .bool("cancelled", f.cancelled)
        .end();
}

/// A received file, as a member of an event.
pub(super) fn put_transfer(j: &mut Js, core: &Core, f: &File) {
    let sender = match (f.member, f.chat) {
        (Some(m), _) => core.members.get(&m).map(|m| m.name.clone()),
        (None, Some((ChatRef::Direct(c), _))) => core.contacts.get(&c).map(|c| c.name.clone()),
        _ => None,
    };
    let status = match f.status {
        FileStatus::RcvInvitation => "new",
        FileStatus::RcvAccepted => "accepted",
        // Only the item shows what went wrong.
        FileStatus::RcvTransfer(..) | FileStatus::RcvError => "connected",
        FileStatus::RcvComplete => "complete",
        _ => "cancelled",
    };
    j.key("rcvFileTransfer").obj().num("fileId", f.id);
    if matches!(f.standalone, Some(Standalone::Download { .. })) {
        return standalone::put_download(j, f);
    }
    j.key("xftpRcvFile").obj();
    j.key("rcvFileDescription")
        .obj()
        .num("fileDescrId", f.id)
        .str("fileDescrText", &description(f, "recipient"))
        .num("fileDescrPartNo", i64::from(f.ready))
        .bool("fileDescrComplete", f.ready)
        .end();
    if !matches!(f.status, FileStatus::RcvInvitation | FileStatus::RcvAccepted) {
        j.str("agentRcvFileId", &f.agent_id);
    }
    j.bool("agentRcvFileDeleted", false).bool("userApprovedRelays", f.approved).end();
    j.key("fileInvitation").obj().str("fileName", &f.name).num("fileSize", f.size).end();
    j.key("fileStatus").obj().tag(status);
    if let (true, Some(path)) = (status != "new", &f.path) {
        j.key("fileInfo").obj().str("filePath", path).end();
    }
    j.end()
        .str("fileType", "normal")
        .str("senderDisplayName", &sender.unwrap_or_default())
        .num("chunkSize", 15_780)
        .bool("cancelled", f.cancelled)
        .opt_num("grpMemberId", f.member);
    if let Some((key, nonce)) = &f.crypto {
        j.key("cryptoArgs").obj().str("fileKey", key).str("fileNonce", nonce).end();
    }
    j.end();
}

/// The receivers of a sent file, and how far the transfer got.
pub(super) fn put_recipients(j: &mut Js, core: &Core, f: &File, complete: bool) {
    let recipients: Vec<(&str, i64)> = match f.chat {
        Some((ChatRef::Direct(id), _)) => {
            core.contacts.get(&id).and_then(|c| Some((c.name.as_str(), c.conn?))).into_iter().collect()
        }
        Some((ChatRef::Group(g, _), _)) => core
            .members
            .of(g)
            .filter(|m| m.category != "user")
            .filter_map(|m| Some((m.name.as_str(), m.conn?)))
            .collect(),
        _ => Vec::new(),
    };
    j.key("sndFileTransfers").arr();
    for (i, (name, conn)) in recipients.into_iter().enumerate() {
        let (conn, agent) = core.conns.get(&conn).map(|c| (c.number, c.agent_id.clone())).unwrap_or_default();
        j.obj()
            .num("fileId", f.id)
            .str("fileName", &f.name)
            .str("filePath", f.path.as_deref().unwrap_or_default())
            .num("fileSize", f.size)
            .num("chunkSize", 15_780)
            .str("recipientDisplayName", name)
            .num("connId", conn)
            .str("agentConnId", &agent)
            .str("fileStatus", if complete { "complete" } else { "new" })
            .num("fileDescrId", f.id + i64::try_from(i).unwrap_or(0))
            .end();
    }
    j.end_arr();
}
