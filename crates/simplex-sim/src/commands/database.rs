//! The database itself: its key, its export, its end.

use std::path::Path;

use super::Answer;
use crate::cx::Cx;
use crate::json::{Js, Json};
use crate::render::{self, error};

impl Cx<'_> {
    /// Writes the database's files into an archive. The simulated database has none to copy: the archive holds its name.
    pub(super) fn export_db(&mut self, path: &str) -> Answer {
        let assets = self.core.assets_folder.clone();
        let ready = self.sh.world.ask(|| assets.is_some_and(|a| Path::new(&a).join("wallpapers").is_dir()));
        if !ready {
            let folder = self.core.assets_folder.clone().unwrap_or_default();
            let text = format!(
                "{folder}/wallpapers: getDirectoryContents:openDirStream: does not exist (No such file or directory)"
            );
            return Err(error::chat_with("exception", |j| {
                j.str("message", &text);
            }));
        }
        if !self.sh.world.ask(|| std::fs::write(path, self.core.prefix.as_bytes()).is_ok()) {
            let folder = Path::new(path).parent().map(|p| p.display().to_string()).unwrap_or_default();
            let text = format!("{folder}: openBinaryTempFile: does not exist (No such file or directory)");
            return Err(error::chat_with("exception", |j| {
                j.str("message", &text);
            }));
        }
        let mut j = render::result("archiveExported");
        j.raw("archiveErrors", "[]");
        Ok(render::finish(j))
    }

    fn database_error(&self, inner: impl FnOnce(&mut Js)) -> String {
        let mut j = Js::new();
        j.obj().key("error").obj().tag("errorDatabase").key("databaseError").obj();
        inner(&mut j);
        j.end().end().end();
        j.done()
    }

    pub(super) fn encrypt_db(&mut self, current: &str, new: &str) -> Answer {
        if self.core.key.is_empty() && !current.is_empty() {
            return Err(self.database_error(|j| {
                j.tag("errorPlaintext").str("dbFile", &format!("{}_chat.db", self.core.prefix));
            }));
        }
        if self.core.key != current {
            return Err(self.database_error(|j| {
                j.tag("errorOpen").key("sqliteError").obj().tag("errorNotADatabase").end();
            }));
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
        Err(self.database_error(|j| {
            j.tag("errorOpen").key("sqliteError").obj().tag("errorNotADatabase").end();
        }))
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
