//! Files without a chat: uploaded for anybody who has the link, downloaded by it.

use std::path::Path;
use std::sync::Arc;

use super::Answer;
use super::file_json::{put_meta, put_transfer};
use crate::commands::transfers::description;
use crate::cx::Cx;
use crate::ids;
use crate::json::Js;
use crate::parser::FileSource;
use crate::state::{Core, File, FileStatus, Standalone};

/// The size of a file that redirects to another.
const REDIRECT_SIZE: u64 = 1051;
/// How many links are made to one file.
const LINKS: usize = 4;

impl Cx<'_> {
    pub(super) fn upload_alone(&mut self, user: i64, path: &str) -> Answer {
        let user = self.user(Some(user))?;
        let source = FileSource { path: path.to_owned(), crypto: None };
        let size = self.check_file(&source)?;
        let file = self.new_sent_file(user, size, &source);
        if let Some(f) = self.core.files.get_mut(&file) {
            f.standalone = Some(Standalone::File);
        }
        self.begin_transfer(file);
        self.answer("sndStandaloneFileCreated", user, |j, core| {
            if let Some(f) = core.files.get(&file) {
                put_meta(j, "fileTransferMeta", f, false);
            }
        })
    }

    /// The file is on the relay: now the small file that redirects to it is uploaded.
    pub(super) fn start_redirect(&mut self, f: &File) {
        let source = FileSource { path: "redirect.yaml".into(), crypto: None };
        let redirect = self.new_sent_file(f.user, REDIRECT_SIZE, &source);
        if let Some(r) = self.core.files.get_mut(&redirect) {
            r.standalone = Some(Standalone::Redirect { to: f.id });
        }
        self.event("sndFileRedirectStartXFTP", f.user, |j, core| {
            put_meta(j, "fileTransferMeta", f, false);
            if let Some(r) = core.files.get(&redirect) {
                put_meta(j, "redirectMeta", r, false);
            }
        });
        self.begin_transfer(redirect);
    }

    /// The small file is on the relay too: the links are ready.
    pub(super) fn upload_done(&mut self, redirect: File, file: i64) {
        self.set_file(redirect.id, FileStatus::SndComplete);
        let Some(f) = self.core.files.get(&file).cloned() else { return };
        let bytes = f.upload.as_ref().and_then(|u| self.sh.uploads.get(u, self.sh.now));
        let mut links = Vec::with_capacity(LINKS);
        for _ in 0..LINKS {
            let key: Arc<str> = ids::random(&mut self.sh.rng, 24).into();
            if let Some(bytes) = &bytes {
                self.sh.uploads.put(key.clone(), bytes.clone(), self.sh.now);
            }
            links.push(link(&key, &f));
        }
        self.event("sndStandaloneFileComplete", f.user, |j, _| {
            put_meta(j, "fileTransferMeta", &f, true);
            j.strs("rcvURIs", &links);
        });
    }

    pub(super) fn download_alone(&mut self, user: i64, link: &str, path: &str) -> Answer {
        let user = self.user(Some(user))?;
        let id = Core::next(&self.core.files);
        let name = Path::new(path).file_name().map_or_else(|| path.to_owned(), |n| n.to_string_lossy().into_owned());
        let part = |key: &str| {
            let at = link.find(key)? + key.len();
            link.get(at..)?.split("%0A").next()
        };
        let upload: Arc<str> = part("key%3A%20").unwrap_or_default().into();
        let relay = part("server%3A%20").unwrap_or_default().replace("%3A", ":").replace("%2F", "/");
        let relay = relay.replace("%40", "@").replace("%3D", "=");
        let size = self.sh.uploads.get(&upload, self.sh.now).map_or(0, |u| u64::try_from(u.len()).unwrap_or(0));
        let agent_id = ids::id16(&mut self.sh.rng);
        let file = File {
            path: Some(path.to_owned()),
            status: FileStatus::RcvTransfer(0, 1),
            ready: true,
            relay,
            approved: true,
            standalone: Some(Standalone::Download { size }),
            // A placeholder size, until the link was followed.
            ..File::offered(id, user, name, 65_536, upload, agent_id)
        };
        self.core.files.insert(id, file);
        self.begin_transfer(id);
        self.answer("rcvStandaloneFileCreated", user, |j, core| {
            if let Some(f) = core.files.get(&id).cloned() {
                put_transfer(j, core, &f);
            }
        })
    }

    pub(super) fn download_done(&mut self, f: &File) {
        let mut shown = f.clone();
        shown.status = FileStatus::RcvTransfer(0, 1);
        let path = f.path.clone().unwrap_or_default();
        self.event("rcvStandaloneFileComplete", f.user, |j, core| {
            j.str("targetPath", &path);
            put_transfer(j, core, &shown);
        });
    }
}

/// A link to a file, which contains the description of the file that redirects to it.
fn link(key: &str, f: &File) -> String {
    let mut of = f.clone();
    of.upload = Some(key.into());
    of.size = REDIRECT_SIZE;
    let text = description(&of, "recipient");
    let mut out = String::from("simplex:/file#/?desc=");
    for b in text.bytes() {
        match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(b)),
            _ => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

/// The other fields for the transfer of a file without a chat.
pub(super) fn put_download(j: &mut Js, f: &File) {
    j.key("fileInvitation").obj().str("fileName", &f.name).num("fileSize", f.size).end();
    j.key("fileStatus").obj().tag("connected");
    j.key("fileInfo").obj().str("filePath", f.path.as_deref().unwrap_or_default()).end().end();
    j.str("fileType", "normal")
        .str("senderDisplayName", "")
        .num("chunkSize", 65_536)
        .bool("cancelled", f.cancelled)
        .end();
}
