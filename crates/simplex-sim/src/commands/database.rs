//! The database itself: its key, export, import and deletion.

use std::path::Path;

use super::Answer;
use crate::cx::Cx;
use crate::json::{Js, Json};
use crate::network::Network;
use crate::render::{self, Envelope, error};
use crate::state::CoreId;

/// How an archive's file begins; the number of the archive follows.
const MARK: &str = "simulated SimpleX archive ";

impl Cx<'_> {
    /// Writes the database into an archive. The simulated database has no files to copy: the network keeps a copy of
    /// its state, and the archive holds the number of that copy.
    pub(super) fn export_db(&mut self, path: &str) -> Answer {
        let assets = self.core.session.assets_folder.clone();
        let ready = self.sh.world.ask(|| assets.is_some_and(|a| Path::new(&a).join("wallpapers").is_dir()));
        if !ready {
            let folder = self.core.session.assets_folder.clone().unwrap_or_default();
            let text = format!(
                "{folder}/wallpapers: getDirectoryContents:openDirStream: does not exist (No such file or directory)"
            );
            return Err(exception(&text));
        }
        let mark = format!("{MARK}{}", self.sh.archives.len());
        if !self.sh.world.ask(|| std::fs::write(path, mark).is_ok()) {
            let folder = Path::new(path).parent().map(|p| p.display().to_string()).unwrap_or_default();
            let text = format!("{folder}: openBinaryTempFile: does not exist (No such file or directory)");
            return Err(exception(&text));
        }
        self.sh.archives.push((self.me, self.core.clone()));
        let mut j = render::result("archiveExported");
        j.raw("archiveErrors", "[]");
        Ok(render::finish(j))
    }

    /// Replaces this database by the content of an archive: the next open finds that content.
    pub(super) fn import_db(&mut self, path: &str) -> Answer {
        let Some(text) = self.sh.world.ask(|| std::fs::read_to_string(path).ok()) else {
            return Err(exception(&format!("{path}: withBinaryFile: does not exist (No such file or directory)")));
        };
        let archive = text.strip_prefix(MARK).and_then(|n| n.parse::<usize>().ok());
        let Some(archive) = archive.and_then(|n| self.sh.archives.get(n)) else {
            return Err(exception(&format!("{path}: not an archive of this simulated network")));
        };
        self.core.imported = Some(Box::new(archive.clone()));
        self.core.changed = true;
        let mut j = render::result("archiveImported");
        j.raw("archiveErrors", "[]");
        Ok(render::finish(j))
    }

    pub(super) fn encrypt_db(&mut self, current: &str, new: &str) -> Answer {
        if self.core.key.is_empty() && !current.is_empty() {
            return Err(error::database_with(|j| {
                j.tag("errorPlaintext").str("dbFile", &format!("{}_chat.db", self.core.prefix));
            }));
        }
        if self.core.key != current {
            return Err(wrong_key());
        }
        self.core.key = new.to_owned();
        self.core.open = false;
        self.core.changed = true;
        self.ok()
    }

    pub(super) fn test_key(&mut self, key: &str) -> Answer {
        if self.core.key == key {
            return self.ok();
        }
        Err(wrong_key())
    }

    pub(super) fn delete_db(&mut self) -> Answer {
        self.core.deleted = true;
        self.core.open = false;
        self.core.changed = true;
        self.ok()
    }

    /// Puts an event on the queue as it is given.
    pub(super) fn debug_event(&mut self, event: &Json) -> Answer {
        let mut j = Js::new();
        j.obj().json("result", event).end();
        self.emit(j.done());
        self.ok()
    }
}

impl Network {
    /// After an import, the database becomes what the archive holds. Its queues are at the server: messages that wait
    /// there come to this core from now on, and messages from others go to it.
    pub(crate) fn take_import(&mut self, me: CoreId) {
        let Some(core) = self.cores.get_mut(me) else { return };
        let Some(imported) = core.imported.take() else { return };
        let (origin, mut imported) = *imported;
        imported.prefix.clone_from(&core.prefix);
        for conn in imported.conns.values_mut() {
            let now = self.cores.get_mut(origin).and_then(|c| c.conns.get_mut(&conn.id));
            conn.inbox = now.map(|c| std::mem::take(&mut c.inbox)).unwrap_or_default();
        }
        // Where another database was, its connections are not mistaken for those of the archive, nor are those of the
        // ones before it: each import moves them further from the ids in use.
        let aside = |conn: i64| if origin == me { conn } else { conn - (1 << 32) };
        for core in &mut self.cores {
            let conns = core.conns.values_mut().filter_map(|c| c.peer.as_mut());
            let asked = core.requests.values_mut().map(|r| &mut r.from);
            for peer in conns.chain(asked) {
                if peer.0 == me {
                    peer.1 = aside(peer.1);
                } else if peer.0 == origin && imported.conns.contains_key(&peer.1) {
                    peer.0 = me;
                }
            }
        }
        for target in self.sh.links.values_mut() {
            if target.core == me {
                target.conn = aside(target.conn);
            } else if target.core == origin && imported.conns.contains_key(&target.conn) {
                target.core = me;
            }
        }
        if let Some(core) = self.cores.get_mut(me) {
            core.conns = std::mem::take(&mut core.conns).into_iter().map(|(id, c)| (aside(id), c)).collect();
            core.orphans = core.orphans.iter().map(|id| aside(*id)).collect();
            core.replaced_by(imported);
        }
    }
}

/// The error that a call of the operating system failed.
fn exception(message: &str) -> Envelope {
    error::chat_str("exception", "message", message)
}

fn wrong_key() -> Envelope {
    error::database_with(|j| {
        j.tag("errorOpen").key("sqliteError").obj().tag("errorNotADatabase").end();
    })
}
