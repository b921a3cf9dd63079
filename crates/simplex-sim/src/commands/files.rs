//! Files: offered with messages, uploaded to a relay, fetched from it. The bytes pass from folder to folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::{Answer, standalone};
use crate::content::Content;
use crate::deliver::Place;
use crate::ids;
use crate::json::{Js, Json};
use crate::network::{Cx, Upload, find_item};
use crate::parser::{ChatName, ChatRef, Composed, FileSource};
use crate::render::{self, Envelope, error};
use crate::state::{Core, Dir, File, FileOffer, FileStatus, FileWire, Standalone, Wire};

/// Between two steps of a transfer.
const STEP: Duration = Duration::from_millis(5);
/// Before the first step of an upload: the file is encrypted first.
const PREPARE: Duration = Duration::from_millis(40);
/// How many bytes a relay takes or gives in a microsecond.
const SPEED: i64 = 40;
const RELAY: &str = "xftp://c2ltdWxhdGVkLXJlbGF5LW9mLXRoZS10ZXN0LW5ldHc=@localhost:443";

/// The sizes of a file's chunks on a relay, as the protocol cuts them.
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
    // A header goes with the file.
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

/// How long a chunk takes.
fn chunk_time(list: &[i64], step: usize) -> Duration {
    let micros = list.get(step).map_or(0, |c| c / SPEED);
    STEP + Duration::from_micros(u64::try_from(micros).unwrap_or(0))
}

impl Cx<'_> {
    pub(super) fn file_path(&self, path: &str) -> PathBuf {
        match &self.core.files_folder {
            Some(folder) => Path::new(folder).join(path),
            None => PathBuf::from(path),
        }
    }

    /// The size of a file to send, when it is one.
    pub(crate) fn check_file(&self, source: &FileSource) -> Result<(u64, FileSource), Envelope> {
        let missing = || {
            error::chat_with("fileNotFound", |j| {
                j.str("message", &source.path);
            })
        };
        if source.path.is_empty() {
            return Err(missing());
        }
        let path = self.file_path(&source.path);
        let len =
            self.sh.world.ask(|| std::fs::metadata(&path).ok().filter(std::fs::Metadata::is_file).map(|m| m.len()));
        match len {
            Some(len) => {
                let size = if source.crypto.is_some() { len.saturating_sub(16) } else { len };
                Ok((size, source.clone()))
            }
            None => Err(missing()),
        }
    }

    fn relay(&self, user: i64) -> String {
        self.core.users.get(&user).and_then(|u| u.xftp.first().cloned()).unwrap_or_else(|| RELAY.to_owned())
    }

    pub(crate) fn new_sent_file(&mut self, user: i64, size: u64, source: &FileSource) -> i64 {
        let id = Core::next(&self.core.files);
        let name = Path::new(&source.path)
            .file_name()
            .map_or_else(|| source.path.clone(), |n| n.to_string_lossy().into_owned());
        let relay = self.relay(user);
        let upload: Arc<str> = ids::random(&mut self.sh.rng, 24).into();
        let agent_id = ids::id16(&mut self.sh.rng);
        self.core.files.insert(
            id,
            File {
                id,
                user,
                name,
                size,
                path: Some(source.path.clone()),
                crypto: source.crypto.clone(),
                status: FileStatus::SndStored,
                sent: true,
                chat: None,
                upload: Some(upload),
                ready: false,
                member: None,
                relay,
                agent_id,
                cancelled: false,
                approved: false,
                standalone: None,
            },
        );
        id
    }

    /// Begins the upload of a file that was sent.
    pub(crate) fn upload(&mut self, file: i64) {
        self.begin_transfer(file);
    }

    /// A file offered with a message that came.
    pub(crate) fn offered_file(&mut self, p: Place, item: i64, offer: FileOffer) -> i64 {
        let id = Core::next(&self.core.files);
        let agent_id = ids::id16(&mut self.sh.rng);
        let member = match p.dir {
            Dir::GroupRcv(m) => Some(m),
            _ => None,
        };
        self.core.files.insert(
            id,
            File {
                id,
                user: p.user,
                name: offer.name,
                size: offer.size,
                path: None,
                crypto: None,
                status: FileStatus::RcvInvitation,
                sent: false,
                chat: Some((p.chat, item)),
                upload: Some(offer.upload),
                ready: false,
                member,
                relay: String::new(),
                agent_id,
                cancelled: false,
                approved: false,
                standalone: None,
            },
        );
        id
    }

    fn xftp_host(&mut self, relay: &str) {
        let host = ids::host(&relay.replace("xftp://", "smp://"));
        if self.core.relay_up {
            return;
        }
        self.core.relay_up = true;
        let mut j = render::result("hostConnected");
        j.str("protocol", "xftp").str("transportHost", &host);
        self.emit(render::finish(j));
    }

    /// The item of a file as members of events carry it.
    pub(super) fn put_file_item(j: &mut Js, core: &mut Core, key: &str, file: i64, now: crate::time::Ts) {
        let Some((chat, item)) = core.files.get(&file).and_then(|f| f.chat) else { return };
        let found = render::chat(core, chat).and_then(|c| c.items.iter().rev().find(|i| i.id == item)).cloned();
        if let Some(i) = found {
            j.key(key);
            render::put_item_in_chat(j, core, chat, &i, now);
        }
    }

    pub(super) fn put_meta(j: &mut Js, f: &File, done: bool) {
        j.key("fileTransferMeta").obj().num("fileId", f.id).key("xftpSndFile").obj().str("agentSndFileId", &f.agent_id);
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
            .num("fileSize", i64::try_from(f.size).unwrap_or(i64::MAX))
            .num("chunkSize", 15_780)
            .bool("cancelled", f.cancelled)
            .end();
    }

    pub(super) fn put_transfer(j: &mut Js, core: &Core, f: &File) {
        let sender = match (f.member, f.chat) {
            (Some(m), _) => core.members.get(&m).map(|m| m.name.clone()),
            (None, Some((ChatRef::Direct(c), _))) => core.contacts.get(&c).map(|c| c.name.clone()),
            _ => None,
        };
        let status = match f.status {
            FileStatus::RcvInvitation => "new",
            FileStatus::RcvAccepted => "accepted",
            // What went wrong is told by the item alone.
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
        if !matches!(f.status, FileStatus::RcvInvitation) {
            j.str("agentRcvFileId", &f.agent_id);
        }
        j.bool("agentRcvFileDeleted", false).bool("userApprovedRelays", f.approved).end();
        j.key("fileInvitation")
            .obj()
            .str("fileName", &f.name)
            .num("fileSize", i64::try_from(f.size).unwrap_or(i64::MAX))
            .end();
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

    /// One step of a transfer that is under way.
    pub(crate) fn transfer(&mut self, file: i64, step: usize) {
        let Some(f) = self.core.files.get(&file).cloned() else { return };
        let halted = f.cancelled || (!f.sent && f.status == FileStatus::RcvInvitation);
        if halted && !f.sent && !f.cancelled {
            // The agent goes on for a while with what nobody wants any more.
            self.xftp_host(&f.relay);
            self.emit(error::store_with("rcvFileNotFoundXFTP", |j| {
                j.str("agentRcvFileId", &f.agent_id);
            }));
        }
        if halted {
            return;
        }
        if !self.core.started || self.core.offline || !self.sh.server_up {
            self.core.halted.push((file, step));
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
                Self::put_file_item(j, core, "chatItem_", f.id, now);
                Self::put_meta(j, &f, false);
                j.num("sentSize", sent).num("totalSize", all);
            });
            self.sh.transfer_at(now.plus(chunk_time(list, step)), self.me, f.id, step + 1);
            return;
        }
        if let Some(Standalone::Redirect { to }) = f.standalone {
            return self.upload_done(f, to);
        }
        let source = self.file_path(f.path.as_deref().unwrap_or_default());
        let (bytes, failed) = self.sh.world.ask(|| {
            let read = match &f.crypto {
                Some((key, nonce)) => crate::crypt::read_file(&source.to_string_lossy(), key, nonce),
                None => std::fs::read(&source).map_err(|e| e.to_string()),
            };
            match read {
                Ok(b) => (b, None),
                Err(e) => (Vec::new(), Some(e)),
            }
        });
        let bytes = match failed {
            None => bytes,
            Some(e) => {
                self.event("sndFileError", f.user, |j, core| {
                    Self::put_file_item(j, core, "chatItem_", f.id, now);
                    Self::put_meta(j, &f, false);
                    j.str("errorMessage", &e);
                });
                return;
            }
        };
        self.set_file(f.id, FileStatus::SndComplete);
        if let Some(upload) = &f.upload {
            self.sh.uploads.insert(upload.clone(), Upload { bytes: bytes.into() });
        }
        if f.standalone.is_some() {
            return self.start_redirect(&f);
        }
        self.event("sndFileCompleteXFTP", f.user, |j, core| {
            Self::put_file_item(j, core, "chatItem", f.id, now);
            Self::put_meta(j, &f, true);
        });
        let shared = f.chat.and_then(|(chat, item)| {
            render::chat(self.core, chat)?.items.iter().rev().find(|i| i.id == item)?.shared.clone()
        });
        if let (Some((chat, _)), Some(shared), Some(upload)) = (f.chat, shared, f.upload) {
            self.tell_chat(chat, Wire::File(Box::new(FileWire::Ready { shared, upload, relay: f.relay })));
        }
    }

    fn download_step(&mut self, f: File, step: usize, list: &[i64], total: i64) {
        let now = self.sh.now;
        self.xftp_host(&f.relay);
        let Some(upload) = f.upload.as_ref().and_then(|u| self.sh.uploads.get(u)).map(|u| u.bytes.clone()) else {
            self.set_file(f.id, FileStatus::RcvError);
            let relay = f.relay.clone();
            let f = self.core.files.get(&f.id).cloned().unwrap_or(f);
            self.event("rcvFileError", f.user, |j, core| {
                Self::put_file_item(j, core, "chatItem_", f.id, now);
                j.key("agentError")
                    .obj()
                    .tag("XFTP")
                    .str("serverAddress", &relay)
                    .raw("xftpErr", r#"{"type":"AUTH"}"#)
                    .end();
                Self::put_transfer(j, core, &f);
            });
            return;
        };
        if step < list.len() {
            let done: i64 = list.iter().take(step + 1).sum();
            self.set_file(f.id, FileStatus::RcvTransfer(done, total));
            let f = self.core.files.get(&f.id).cloned().unwrap_or(f);
            self.event("rcvFileProgressXFTP", f.user, |j, core| {
                Self::put_file_item(j, core, "chatItem_", f.id, now);
                j.num("receivedSize", done).num("totalSize", total);
                Self::put_transfer(j, core, &f);
            });
            self.sh.transfer_at(now.plus(chunk_time(list, step)), self.me, f.id, step + 1);
            return;
        }
        let path = self.file_path(f.path.as_deref().unwrap_or_default());
        let written = match &f.crypto {
            Some(_) => {
                let key = self.sh.world.ask(|| {
                    let (stored, key, nonce) = crate::crypt::seal(&upload);
                    std::fs::write(&path, stored).ok().map(|()| (key, nonce))
                });
                if let (Some(_), Some(f)) = (&key, self.core.files.get_mut(&f.id)) {
                    f.crypto.clone_from(&key);
                }
                key.is_some()
            }
            None => self.sh.world.ask(|| std::fs::write(&path, &upload[..]).is_ok()),
        };
        if !written {
            self.set_file(f.id, FileStatus::RcvError);
            return;
        }
        self.set_file(f.id, FileStatus::RcvComplete);
        if f.standalone.is_some() {
            return self.download_done(&f);
        }
        self.event("rcvFileComplete", f.user, |j, core| Self::put_file_item(j, core, "chatItem", f.id, now));
    }

    fn file_of(&self, file: i64) -> Result<(i64, File), Envelope> {
        let user = self.active()?;
        match self.core.files.get(&file) {
            Some(f) if f.user == user => Ok((user, f.clone())),
            _ => Err(error::store_id("userNotFoundByFileId", "fileId", file)),
        }
    }

    fn file_row(&self, file: i64) -> Result<(i64, File), Envelope> {
        self.file_of(file).map_err(|_| error::store_id("fileNotFound", "fileId", file))
    }

    pub(super) fn receive_file(
        &mut self,
        file: i64,
        approved: bool,
        encrypt: Option<bool>,
        path: Option<String>,
    ) -> Answer {
        let (user, f) = self.file_of(file)?;
        let named = |tag: &str| {
            error::chat_with(tag, |j| {
                j.str("message", &f.name);
            })
        };
        if f.sent {
            return Err(error::store_id("rcvFileNotFound", "fileId", file));
        }
        if f.cancelled {
            return Err(named("fileCancelled"));
        }
        if f.status != FileStatus::RcvInvitation {
            return Err(named("fileAlreadyReceiving"));
        }
        let own_relays = self.core.users.get(&user).map(|u| u.xftp.clone()).unwrap_or_default();
        let known = if own_relays.is_empty() { f.relay == RELAY } else { own_relays.contains(&f.relay) };
        let target = match path.or_else(|| f.path.clone()) {
            Some(p) => p,
            None => self.free_file_name(&f.name),
        };
        if f.ready && !approved && !known {
            // The name is taken all the same.
            let path = self.file_path(&target);
            self.sh.world.ask(|| std::fs::OpenOptions::new().create(true).append(true).open(&path).is_ok());
            if let Some(f) = self.core.files.get_mut(&file) {
                f.path = Some(target);
            }
            let now = self.sh.now;
            self.event("chatItemUpdated", user, |j, core| Self::put_file_item(j, core, "chatItem", file, now));
            return Err(error::chat_with("fileNotApproved", |j| {
                j.num("fileId", file).key("unknownServers").arr().elem_str(&f.relay).end_arr();
            }));
        }
        // An empty file holds the name, as in the core.
        let path = self.file_path(&target);
        self.sh.world.ask(|| std::fs::OpenOptions::new().create(true).append(true).open(&path).is_ok());
        if let Some(f) = self.core.files.get_mut(&file) {
            f.path = Some(target);
            f.status = FileStatus::RcvAccepted;
            f.approved = approved;
            if encrypt == Some(true) {
                f.crypto = Some(self.sh.world.ask(crate::crypt::new_key));
            }
        }
        let now = self.sh.now;
        let answer = self.answer("rcvFileAccepted", user, |j, core| {
            Self::put_file_item(j, core, "chatItem", file, now);
        });
        if f.ready {
            self.start_download(file);
        }
        answer
    }

    pub(super) fn free_file_name(&self, name: &str) -> String {
        let taken = |name: &str| {
            let path = self.file_path(name);
            self.sh.world.ask(|| path.exists())
        };
        if !taken(name) {
            return name.to_owned();
        }
        let p = Path::new(name);
        let stem = p.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let ext = p.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
        (1..).map(|n| format!("{stem}_{n}{ext}")).find(|n| !taken(n)).unwrap_or_default()
    }

    fn start_download(&mut self, file: i64) {
        let now = self.sh.now;
        let Some(user) = self.core.files.get(&file).map(|f| f.user) else { return };
        self.set_file(file, FileStatus::RcvTransfer(0, 1));
        self.event("rcvFileStart", user, |j, core| Self::put_file_item(j, core, "chatItem", file, now));
        self.begin_transfer(file);
    }

    /// The first step of a transfer comes a little later.
    pub(super) fn begin_transfer(&mut self, file: i64) {
        let at = self.sh.now.plus(PREPARE);
        self.sh.transfer_at(at, self.me, file, 0);
    }

    /// What a sender says of a file it offered.
    pub(crate) fn on_file(&mut self, p: Place, w: FileWire) {
        let now = self.sh.now;
        let shared = match &w {
            FileWire::Ready { shared, .. } | FileWire::Cancel { shared } => shared.clone(),
        };
        let Some((chat, id)) = self.find_in(p.chat, &shared) else { return };
        let file = render::chat_mut(self.core, chat).and_then(|c| find_item(&mut c.items, id)).and_then(|i| i.file);
        let Some(file) = file else { return };
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
                    Self::put_file_item(j, core, "chatItem", file, now);
                    Self::put_transfer(j, core, &f);
                    j.key("rcvFileDescr")
                        .obj()
                        .num("fileDescrId", f.id)
                        .str("fileDescrText", &description(&f, "recipient"))
                        .num("fileDescrPartNo", 1)
                        .bool("fileDescrComplete", true)
                        .end();
                });
                if f.status == FileStatus::RcvAccepted {
                    self.start_download(file);
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
                    Self::put_file_item(j, core, "chatItem", file, now);
                    Self::put_transfer(j, core, &f);
                });
            }
        }
    }

    /// The message of an offered file was deleted.
    pub(crate) fn cancel_offered(&mut self, file: Option<i64>) {
        if let Some(f) = file.and_then(|f| self.core.files.get_mut(&f)) {
            f.cancelled = true;
        }
    }

    pub(super) fn cancel_file(&mut self, file: i64) -> Answer {
        let (user, f) = self.file_row(file)?;
        let fail = |message: &str| {
            error::chat_with("fileCancel", |j| {
                j.num("fileId", file).str("message", message);
            })
        };
        let now = self.sh.now;
        if f.sent {
            if f.cancelled || f.status == FileStatus::SndCancelled {
                return Err(fail("file already cancelled"));
            }
            if let Some(f) = self.core.files.get_mut(&file) {
                f.cancelled = true;
                f.status = FileStatus::SndCancelled;
            }
            let complete = f.status == FileStatus::SndComplete;
            let before = f.clone();
            if let Some(u) = &f.upload {
                self.sh.uploads.remove(u);
            }
            let shared = f.chat.and_then(|(chat, item)| {
                render::chat(self.core, chat)?.items.iter().rev().find(|i| i.id == item)?.shared.clone()
            });
            if let (Some((chat, _)), Some(shared)) = (f.chat, shared) {
                self.tell_chat(chat, Wire::File(Box::new(FileWire::Cancel { shared })));
            }
            return self.answer("sndFileCancelled", user, |j, core| {
                Self::put_file_item(j, core, "chatItem_", file, now);
                Self::put_meta(j, &before, complete);
                put_recipients(j, core, &before, complete);
            });
        }
        if f.cancelled {
            return Err(fail("file already cancelled"));
        }
        if f.status == FileStatus::RcvComplete {
            return Err(fail("file transfer is complete"));
        }
        if let Some(path) = &f.path {
            let path = self.file_path(path);
            self.sh.world.ask(|| std::fs::remove_file(&path).is_ok());
        }
        if let Some(f) = self.core.files.get_mut(&file) {
            f.status = FileStatus::RcvInvitation;
        }
        let answer = self.answer("rcvFileCancelled", user, |j, core| {
            Self::put_file_item(j, core, "chatItem_", file, now);
            Self::put_transfer(j, core, &f);
        });
        if let Some(f) = self.core.files.get_mut(&file) {
            f.path = None;
        }
        answer
    }

    pub(super) fn file_status(&mut self, file: i64) -> Answer {
        let (user, _) = self.file_row(file)?;
        let now = self.sh.now;
        let json = render::user_json(self.core, user);
        let mut item = Js::new();
        item.obj();
        Self::put_file_item(&mut item, self.core, "item", file, now);
        item.end();
        let item = item.done();
        let inner = item.strip_prefix("{\"item\":").and_then(|s| s.strip_suffix('}')).unwrap_or("{}");
        let mut j = render::result("fileTransferStatusXFTP");
        j.key("data").arr().elem(&json).elem(inner).end_arr();
        Ok(render::finish(j))
    }

    pub(super) fn send_file_named(&mut self, name: &ChatName, path: &str) -> Answer {
        let chat = self.by_name(name)?;
        let mut j = Js::new();
        j.obj().tag("file").str("text", "").end();
        let Some(content) = Json::parse(&j.done()).as_ref().and_then(Content::read) else {
            return Err(error::command("Failed reading: empty"));
        };
        let file = FileSource { path: path.to_owned(), crypto: None };
        let m = Composed { file: Some(file), quoted: None, content, mentions: Vec::new() };
        self.send_messages(chat, false, None, vec![m])
    }
}

/// Those a sent file went to, and how far it got.
fn put_recipients(j: &mut Js, core: &Core, f: &File, complete: bool) {
    let recipients: Vec<(&str, i64)> = match f.chat {
        Some((ChatRef::Direct(id), _)) => {
            core.contacts.get(&id).and_then(|c| Some((c.name.as_str(), c.conn?))).into_iter().collect()
        }
        Some((ChatRef::Group(g, _), _)) => core
            .members
            .values()
            .filter(|m| m.group == g && m.category != "user")
            .filter_map(|m| Some((m.name.as_str(), m.conn?)))
            .collect(),
        _ => Vec::new(),
    };
    j.key("sndFileTransfers").arr();
    for (i, (name, conn)) in recipients.into_iter().enumerate() {
        let agent = core.conns.get(&conn).map(|c| c.agent_id.clone()).unwrap_or_default();
        j.obj()
            .num("fileId", f.id)
            .str("fileName", &f.name)
            .str("filePath", f.path.as_deref().unwrap_or_default())
            .num("fileSize", i64::try_from(f.size).unwrap_or(i64::MAX))
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

/// A file's description: what a receiver needs to fetch it.
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
