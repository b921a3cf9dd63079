//! Transfers: files are uploaded to a relay and downloaded from it; the bytes are copied from folder to folder.

use std::time::Duration;

use super::file_json::{put_file_item, put_meta, put_transfer};
use crate::cx::Cx;
use crate::deliver::Place;
use crate::journal::Bytes;
use crate::parser::ChatRef;
use crate::render::{Envelope, error};
use crate::shared::{Attempt, Step};
use crate::state::{File, FileStatus, FileWire, Standalone};

/// The time between two steps of a transfer.
const STEP: Duration = Duration::from_millis(5);

/// The time before the first step of an upload: the file is encrypted first.
const PREPARE: Duration = Duration::from_millis(40);

/// How many bytes a relay transfers in a microsecond.
const SPEED: i64 = 40;

pub(super) const RELAY: &str = "xftp://c2ltdWxhdGVkLXJlbGF5LW9mLXRoZS10ZXN0LW5ldHc=@localhost:443";

/// The sizes of a file's chunks on a relay, as the protocol splits it.
fn chunks(size: u64) -> Vec<i64> {
    const SIZES: [u64; 4] = [64 << 10, 256 << 10, 1 << 20, 4 << 20];
    let three_quarters = |s: u64| s * 3 / 4;
    let (small, big) = if size > three_quarters(SIZES[3]) {
        (SIZES[2], SIZES[3])
    } else if size > three_quarters(SIZES[2]) {
        (SIZES[1], SIZES[2])
    } else {
        (SIZES[0], SIZES[1])
    };
    let mut out = Vec::new();
    // A header is added to the file.
    let mut left = size + 64;
    while left > 0 {
        if left >= big {
            out.push(big);
            left -= big;
        } else if left > three_quarters(big) {
            out.push(big);
            left = 0;
        } else {
            let n = left.div_ceil(small);
            out.extend((0..n).map(|_| small));
            left = 0;
        }
    }
    out.into_iter().map(|c| i64::try_from(c).unwrap_or(i64::MAX)).collect()
}

/// How long the transfer of a chunk takes.
fn chunk_time(list: &[i64], step: usize) -> Duration {
    let micros = list.get(step).map_or(0, |c| c / SPEED);
    STEP + Duration::from_micros(u64::try_from(micros).unwrap_or(0))
}

impl Cx<'_> {
    fn xftp_host(&mut self, relay: &str) {
        if !std::mem::replace(&mut self.core.session.relay_up, true) {
            self.host_event("hostConnected", "xftp", relay);
        }
    }

    /// One step of a running transfer.
    pub(crate) fn transfer(&mut self, file: i64, attempt: Attempt, step: usize) {
        let Some(f) = self.core.files.get(&file).filter(|f| f.attempt == attempt).cloned() else { return };
        let halted = f.cancelled || (!f.sent && f.status == FileStatus::RcvInvitation);
        if halted && !f.sent && !f.cancelled {
            // For a while, the agent continues a transfer that is no longer wanted.
            self.xftp_host(&f.relay);
            self.emit(error::store_str("rcvFileNotFoundXFTP", "agentRcvFileId", &f.agent_id));
        }
        if halted {
            return;
        }
        if !self.core.session.started || !self.reachable() {
            self.core.halted.push((file, attempt, step));
            return;
        }
        let list = match f.standalone {
            Some(Standalone::Download { size }) => chunks(size),
            _ => chunks(f.size),
        };
        let total: i64 = list.iter().sum();
        if f.sent { self.upload_step(f, step, &list, total) } else { self.download_step(f, step, &list, total) }
    }

    pub(super) fn set_file(&mut self, file: i64, status: FileStatus) {
        if let Some(f) = self.core.files.get_mut(&file) {
            f.status = status;
        }
    }

    fn upload_step(&mut self, f: File, step: usize, list: &[i64], total: i64) {
        let now = self.sh.now;
        self.xftp_host(&f.relay);
        let last = if f.standalone.is_some() { list.len() } else { list.len() + 1 };
        if step < last {
            let done: i64 = list.iter().take(step + 1).sum();
            self.set_file(f.id, FileStatus::SndTransfer(done.min(total), total));
            let (sent, all) = if step < list.len() { (done, total) } else { (1, 1) };
            self.event("sndFileProgressXFTP", f.user, |j, core| {
                put_file_item(j, core, "chatItem_", f.id, now);
                put_meta(j, "fileTransferMeta", &f, false);
                j.num("sentSize", sent).num("totalSize", all);
            });
            self.sh.at(now.plus(chunk_time(list, step)), Step::Transfer(self.me, f.id, f.attempt, step + 1));
            return;
        }
        if let Some(Standalone::Redirect { to }) = f.standalone {
            return self.upload_done(f, to);
        }
        let source = self.file_path(f.path.as_deref().unwrap_or_default());
        let (Bytes(bytes), failed) = self.sh.world.ask(|| {
            let read = match &f.crypto {
                Some((key, nonce)) => crate::crypt::read_file(&source.to_string_lossy(), key, nonce),
                None => std::fs::read(&source).map_err(|e| e.to_string()),
            };
            match read {
                Ok(b) => (Bytes(b), None),
                Err(e) => (Bytes::default(), Some(e)),
            }
        });
        let bytes = match failed {
            None => bytes,
            Some(e) => {
                self.event("sndFileError", f.user, |j, core| {
                    put_file_item(j, core, "chatItem_", f.id, now);
                    put_meta(j, "fileTransferMeta", &f, false);
                    j.str("errorMessage", &e);
                });
                return;
            }
        };
        self.set_file(f.id, FileStatus::SndComplete);
        if let Some(upload) = &f.upload {
            self.sh.uploads.put(upload.clone(), bytes.into(), now);
        }
        if f.standalone.is_some() {
            return self.start_redirect(&f);
        }
        self.event("sndFileCompleteXFTP", f.user, |j, core| {
            put_file_item(j, core, "chatItem", f.id, now);
            // Each member of a group gets a description of its own.
            put_meta(j, "fileTransferMeta", &f, !matches!(f.chat, Some((ChatRef::Group(..), _))));
        });
        let item = f.chat.and_then(|(chat, item)| self.core.item(chat, item));
        let (Some((chat, _)), Some(item), Some(upload)) = (f.chat, item, f.upload) else { return };
        let (Some(shared), sent_to) = (item.shared.clone(), item.delivery.clone()) else { return };
        let wire = FileWire::Ready { shared, upload, relay: f.relay };
        let ChatRef::Group(group, scope) = chat else { return self.tell_chat(chat, wire) };
        // Members who came after the message get no description of its file.
        for (member, conn) in self.group_targets(group, scope) {
            if sent_to.iter().any(|d| d.0 == member) {
                self.send(conn, wire.clone());
            }
        }
    }

    fn download_step(&mut self, f: File, step: usize, list: &[i64], total: i64) {
        let now = self.sh.now;
        self.xftp_host(&f.relay);
        let Some(upload) = f.upload.as_ref().and_then(|u| self.sh.uploads.get(u, now)) else {
            self.set_file(f.id, FileStatus::RcvError);
            // The name can be used again.
            if let Some(path) = f.path.as_deref().map(|p| self.file_path(p)) {
                self.sh.world.ask(|| std::fs::remove_file(&path).is_ok());
            }
            let relay = f.relay.clone();
            let f = self.core.files.get(&f.id).cloned().unwrap_or(f);
            self.event("rcvFileError", f.user, |j, core| {
                put_file_item(j, core, "chatItem_", f.id, now);
                j.key("agentError")
                    .obj()
                    .tag("XFTP")
                    .str("serverAddress", &relay)
                    .raw("xftpErr", r#"{"type":"AUTH"}"#)
                    .end();
                put_transfer(j, core, &f);
            });
            return;
        };
        if step < list.len() {
            let done: i64 = list.iter().take(step + 1).sum();
            self.set_file(f.id, FileStatus::RcvTransfer(done, total));
            let f = self.core.files.get(&f.id).cloned().unwrap_or(f);
            self.event("rcvFileProgressXFTP", f.user, |j, core| {
                put_file_item(j, core, "chatItem_", f.id, now);
                j.num("receivedSize", done).num("totalSize", total);
                put_transfer(j, core, &f);
            });
            self.sh.at(now.plus(chunk_time(list, step)), Step::Transfer(self.me, f.id, f.attempt, step + 1));
            return;
        }
        let path = self.file_path(f.path.as_deref().unwrap_or_default());
        let written = self.sh.world.ask(|| match &f.crypto {
            Some((key, nonce)) => {
                crate::crypt::seal(&upload, key, nonce).is_ok_and(|stored| std::fs::write(&path, stored).is_ok())
            }
            None => std::fs::write(&path, &upload[..]).is_ok(),
        });
        if !written {
            self.set_file(f.id, FileStatus::RcvError);
            return;
        }
        self.set_file(f.id, FileStatus::RcvComplete);
        if f.standalone.is_some() {
            return self.download_done(&f);
        }
        self.event("rcvFileComplete", f.user, |j, core| put_file_item(j, core, "chatItem", f.id, now));
    }

    pub(super) fn start_download(&mut self, file: i64) {
        let now = self.sh.now;
        let Some(user) = self.core.files.get(&file).map(|f| f.user) else { return };
        self.set_file(file, FileStatus::RcvTransfer(0, 1));
        self.event("rcvFileStart", user, |j, core| put_file_item(j, core, "chatItem", file, now));
        self.begin_transfer(file);
    }

    pub(super) fn knows_relay(&self, f: &File) -> bool {
        match self.core.users.get(&f.user).map(|u| &u.xftp) {
            Some(own) if !own.is_empty() => own.contains(&f.relay),
            _ => f.relay == RELAY,
        }
    }

    /// A file that was accepted only for known relays is on another one: it is treated as if it was never accepted.
    fn refuse_relay(&mut self, f: &File) {
        let (now, path) = (self.sh.now, f.path.as_deref().map(|p| self.file_path(p)));
        if let Some(path) = path {
            self.sh.world.ask(|| std::fs::remove_file(&path).is_ok());
        }
        self.set_file(f.id, FileStatus::RcvInvitation);
        self.event("chatItemUpdated", f.user, |j, core| put_file_item(j, core, "chatItem", f.id, now));
        // In groups, the core reports no error that one member's message caused.
        if matches!(f.chat, Some((ChatRef::Direct(..), _))) {
            self.emit(not_approved(f));
        }
    }

    /// Begins a transfer: its first step comes a little later.
    pub(crate) fn begin_transfer(&mut self, file: i64) {
        let (at, attempt) = (self.sh.now.plus(PREPARE), self.sh.attempt());
        if let Some(f) = self.core.files.get_mut(&file) {
            f.attempt = attempt;
            self.sh.at(at, Step::Transfer(self.me, file, attempt, 0));
        }
    }

    /// Handles what a sender sends about a file that it offered.
    pub(crate) fn on_file(&mut self, p: Place, w: FileWire) {
        let now = self.sh.now;
        let shared = match &w {
            FileWire::Ready { shared, .. } | FileWire::Cancel { shared } => shared.clone(),
        };
        let found = self.find_in(p.chat, &shared);
        let Some(file) = found.and_then(|(chat, id)| self.core.item(chat, id)?.file) else {
            // The message was deleted here meanwhile.
            self.emit(error::store_str("fileIdNotFoundBySharedMsgId", "sharedMsgId", &shared));
            return;
        };
        match w {
            FileWire::Ready { upload, relay, .. } => {
                let Some(f) = self.core.files.get_mut(&file) else { return };
                f.ready = true;
                f.upload = Some(upload);
                f.relay = relay;
                let f = f.clone();
                if f.cancelled {
                    return;
                }
                self.event("rcvFileDescrReady", p.user, |j, core| {
                    put_file_item(j, core, "chatItem", file, now);
                    put_transfer(j, core, &f);
                    j.key("rcvFileDescr")
                        .obj()
                        .num("fileDescrId", f.id)
                        .str("fileDescrText", &description(&f, "recipient"))
                        .num("fileDescrPartNo", 1)
                        .bool("fileDescrComplete", true)
                        .end();
                });
                match f.status {
                    FileStatus::RcvAccepted if f.approved || self.knows_relay(&f) => self.start_download(file),
                    FileStatus::RcvAccepted => self.refuse_relay(&f),
                    _ => {}
                }
            }
            FileWire::Cancel { .. } => {
                let Some(f) = self.core.files.get_mut(&file) else { return };
                if f.cancelled || f.status == FileStatus::RcvComplete {
                    return;
                }
                let before = f.clone();
                f.cancelled = true;
                f.status = FileStatus::RcvCancelled;
                let f = before;
                self.event("rcvFileSndCancelled", p.user, |j, core| {
                    put_file_item(j, core, "chatItem", file, now);
                    put_transfer(j, core, &f);
                });
            }
        }
    }
}

pub(super) fn not_approved(f: &File) -> Envelope {
    error::chat_with("fileNotApproved", |j| {
        j.num("fileId", f.id).strs("unknownServers", [&f.relay]);
    })
}

/// A file's description: everything that a receiver needs to download it.
pub(super) fn description(f: &File, party: &str) -> String {
    let sizes = chunks(f.size);
    let unit = match sizes.first() {
        Some(65_536) => "64kb",
        Some(262_144) => "256kb",
        Some(1_048_576) => "1mb",
        _ => "4mb",
    };
    let total: i64 = sizes.iter().sum();
    format!(
        "chunkSize: {unit}\nkey: {}\nparty: {party}\nreplicas:\n- server: {}\nsize: {}kb\n",
        f.upload.as_deref().unwrap_or_default(),
        f.relay,
        total / 1024
    )
}
