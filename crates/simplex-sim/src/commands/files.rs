//! Files: offered with messages, accepted or cancelled.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Answer;
use super::file_json::{item_of, put_file_item, put_meta, put_recipients, put_transfer};
use crate::commands::transfers::RELAY;
use crate::content::Content;
use crate::cx::Cx;
use crate::deliver::Place;
use crate::ids;
use crate::json::Js;
use crate::parser::{ChatName, ChatRef, Composed, FileSource};
use crate::render::{self, Envelope, error};
use crate::state::{Core, Dir, File, FileOffer, FileStatus, FileWire};

/// The largest file that is sent.
const LARGEST: u64 = 1 << 30;

impl Cx<'_> {
    pub(super) fn file_path(&self, path: &str) -> PathBuf {
        match &self.core.session.files_folder {
            Some(folder) => Path::new(folder).join(path),
            None => PathBuf::from(path),
        }
    }

    /// The size of a file to be sent, if it is a file.
    pub(super) fn check_file(&self, source: &FileSource) -> Result<u64, Envelope> {
        let missing = || error::chat_str("fileNotFound", "message", &source.path);
        if source.path.is_empty() {
            return Err(missing());
        }
        let path = self.file_path(&source.path);
        let len =
            self.sh.world.ask(|| std::fs::metadata(&path).ok().filter(std::fs::Metadata::is_file).map(|m| m.len()));
        match len {
            Some(len) if len > LARGEST => Err(error::chat_str("fileSize", "filePath", &source.path)),
            Some(len) => Ok(if source.crypto.is_some() { len.saturating_sub(16) } else { len }),
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
        let file = File {
            path: Some(source.path.clone()),
            crypto: source.crypto.clone(),
            status: FileStatus::SndStored,
            sent: true,
            relay,
            ..File::offered(id, user, name, size, upload, agent_id)
        };
        self.core.files.insert(id, file);
        id
    }

    /// Stores a file that a received message offers.
    pub(crate) fn offered_file(&mut self, p: Place, item: i64, offer: FileOffer) -> i64 {
        let id = Core::next(&self.core.files);
        let agent_id = ids::id16(&mut self.sh.rng);
        let member = match p.dir {
            Dir::GroupRcv(m) => Some(m),
            _ => None,
        };
        let file = File::offered(id, p.user, offer.name, offer.size, offer.upload, agent_id);
        self.core.files.insert(id, File { chat: Some((p.chat, item)), member, ..file });
        id
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
        let encrypt = encrypt.unwrap_or(self.core.session.encrypt_files);
        let (user, f) = self.file_of(file)?;
        let named = |tag: &str| error::chat_str(tag, "message", &f.name);
        if f.sent {
            return Err(error::store_id("rcvFileNotFound", "fileId", file));
        }
        if f.cancelled {
            return Err(named("fileCancelled"));
        }
        if f.status != FileStatus::RcvInvitation {
            return Err(named("fileAlreadyReceiving"));
        }
        let known = self.knows_relay(&f);
        if let Some(path) = &path {
            let taken = self.file_path(path);
            if self.sh.world.ask(|| taken.exists()) {
                return Err(error::chat_str("fileAlreadyExists", "filePath", path));
            }
        }
        let target = match path.or_else(|| f.path.clone()) {
            Some(p) => p,
            None => self.free_file_name(&f.name),
        };
        // Like the core, reserves the name with an empty file, even if the relay is refused then.
        let reserved = self.file_path(&target);
        self.sh.world.ask(|| std::fs::OpenOptions::new().create(true).append(true).open(&reserved).is_ok());
        if let Some(f) = self.core.files.get_mut(&file) {
            f.path = Some(target);
        }
        let now = self.sh.now;
        if f.ready && !approved && !known {
            self.event("chatItemUpdated", user, |j, core| put_file_item(j, core, "chatItem", file, now));
            return Err(super::transfers::not_approved(&f));
        }
        if let Some(f) = self.core.files.get_mut(&file) {
            f.status = FileStatus::RcvAccepted;
            f.approved = approved;
            if encrypt {
                f.crypto = Some(crate::crypt::new_key(&mut self.sh.rng));
            }
        }
        let answer = self.answer("rcvFileAccepted", user, |j, core| {
            put_file_item(j, core, "chatItem", file, now);
        });
        if f.ready {
            self.start_download(file);
        }
        answer
    }

    /// A name that is free in the folder for files. If there is none, it is a path into the temporary folder. The core
    /// prefers `Downloads` in the home folder, if it exists: that of somebody who runs a test is left alone.
    pub(super) fn free_file_name(&self, name: &str) -> String {
        let session = &self.core.session;
        let folder = match (&session.files_folder, &session.temp_folder) {
            (Some(_), _) => PathBuf::new(),
            (None, Some(folder)) => PathBuf::from(folder),
            (None, None) => self.sh.world.ask(std::env::temp_dir),
        };
        let at = |name: &str| folder.join(name).to_string_lossy().into_owned();
        let taken = |name: &str| {
            let path = self.file_path(name);
            self.sh.world.ask(|| path.exists())
        };
        if !taken(&at(name)) {
            return at(name);
        }
        let p = Path::new(name);
        let stem = p.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let ext = p.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
        (1..).map(|n| at(&format!("{stem}_{n}{ext}"))).find(|n| !taken(n)).unwrap_or_default()
    }

    /// The message of a file was deleted, or only marked: its transfer ends. A deleted message takes the file with it
    /// from the folder for files, if there is one.
    pub(crate) fn let_file_go(&mut self, file: Option<i64>, marked: bool) {
        use FileStatus as S;
        let Some(f) = file.and_then(|f| self.core.files.get_mut(&f)) else { return };
        if !matches!(f.status, S::SndComplete | S::SndCancelled | S::RcvComplete | S::RcvCancelled | S::RcvError) {
            f.cancelled = true;
            f.status = if f.sent { S::SndCancelled } else { S::RcvCancelled };
        }
        let f = f.clone();
        if marked {
            return;
        }
        if let Some(path) = f.path.filter(|_| self.core.session.files_folder.is_some()) {
            let path = self.file_path(&path);
            self.sh.world.ask(|| std::fs::remove_file(&path).is_ok());
        }
        let item = f.chat.and_then(|(chat, item)| self.core.item(chat, item));
        if item.is_none() {
            self.core.files.remove(&f.id);
        }
    }

    /// Like [`Self::let_file_go`], for the files of a chat whose messages are all deleted.
    pub(super) fn let_files_go(&mut self, at: impl Fn(ChatRef) -> bool) {
        let files = self.core.files.values().filter(|f| f.chat.is_some_and(|c| at(c.0)));
        for file in files.map(|f| f.id).collect::<Vec<_>>() {
            self.let_file_go(Some(file), false);
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
            if let Some(u) = &f.upload {
                self.sh.uploads.remove(u);
            }
            let shared = f.chat.and_then(|(chat, item)| self.core.item(chat, item)?.shared.clone());
            if let (Some((chat, _)), Some(shared)) = (f.chat, shared) {
                self.tell_chat(chat, FileWire::Cancel { shared });
            }
            return self.answer("sndFileCancelled", user, |j, core| {
                put_file_item(j, core, "chatItem_", file, now);
                put_meta(j, "fileTransferMeta", &f, complete);
                put_recipients(j, core, &f, complete);
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
            put_file_item(j, core, "chatItem_", file, now);
            put_transfer(j, core, &f);
        });
        if let Some(f) = self.core.files.get_mut(&file) {
            f.path = None;
        }
        answer
    }

    pub(super) fn file_status(&mut self, file: i64) -> Answer {
        let (user, f) = self.file_row(file)?;
        let now = self.sh.now;
        let json = render::user_json(self.core, user);
        let Some((chat, item)) = item_of(self.core, file) else {
            return Ok(self.transfer_status(&json, &f));
        };
        let mut j = render::result("fileTransferStatusXFTP");
        j.key("data").arr().value(&json);
        render::put_item_in_chat(&mut j, self.core, chat, &item, now);
        j.end_arr();
        Ok(render::finish(j))
    }

    /// The status of a file that no item shows.
    fn transfer_status(&self, user: &str, f: &File) -> Envelope {
        let mut transfer = Js::new();
        transfer.obj().tag(if f.sent { "snd" } else { "rcv" });
        if f.sent {
            put_meta(&mut transfer, "fileTransferMeta", f, false);
            put_recipients(&mut transfer, self.core, f, false);
        } else {
            put_transfer(&mut transfer, self.core, f);
        }
        transfer.end();
        let mut j = render::result("fileTransferStatus");
        j.key("data").arr().value(user).value(&format!("[{},[]]", transfer.done())).end_arr();
        render::finish(j)
    }

    pub(super) fn send_file_named(&mut self, name: &ChatName, path: &str) -> Answer {
        let chat = self.by_name(name)?;
        let file = FileSource { path: path.to_owned(), crypto: None };
        let m = Composed { file: Some(file), ..Composed::plain(Content::file()) };
        self.send_messages(chat, false, None, vec![m])
    }
}
