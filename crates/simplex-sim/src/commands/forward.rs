//! Forwarding.

use std::sync::Arc;

use super::Answer;
use crate::commands::messages::Draft;
use crate::content::Content;
use crate::cx::Cx;
use crate::json::{Js, Json};
use crate::parser::{ChatRef, FileSource, Scope};
use crate::render::{Envelope, error};
use crate::state::{Dir, FileStatus, Item};

impl Cx<'_> {
    pub(super) fn plan_forward(&mut self, from: ChatRef, items: &[i64]) -> Answer {
        let user = self.known_chat(from)?;
        let (mut ids, mut missing, mut problems) = (Vec::new(), Vec::new(), Vec::new());
        for id in items {
            let Some(item) = self.core.item(from, *id).cloned() else {
                missing.push(error::item_not_found(*id));
                continue;
            };
            let Some(content) = item.content().filter(|_| item.deleted.is_none()) else { continue };
            let problem = item.file.and_then(|f| self.forward_problem(f));
            if problem.is_none() || !content.text.is_empty() || !matches!(&*content.kind, "video" | "voice" | "file") {
                ids.push(*id);
            }
            problems.extend(problem);
        }
        self.emit_errors(&missing);
        // The plan names only one kind of problem: the first one.
        problems.sort_unstable();
        self.answer("forwardPlan", user, |j, _| {
            j.num("itemsCount", items.len()).nums("chatItemIds", ids);
            let Some((kind, _)) = problems.first().copied() else { return };
            problems.retain(|p| p.0 == kind);
            j.key("forwardConfirmation").obj().tag(kind.tag());
            if kind == ForwardProblem::NotAccepted {
                j.nums("fileIds", problems.iter().map(|(_, file)| *file));
            } else {
                j.num("filesCount", problems.len());
            }
            j.end();
        })
    }

    /// What prevents forwarding a file.
    fn forward_problem(&self, file: i64) -> Option<(ForwardProblem, i64)> {
        let f = self.core.files.get(&file)?;
        let problem = match f.status {
            FileStatus::RcvInvitation => ForwardProblem::NotAccepted,
            FileStatus::RcvAccepted | FileStatus::RcvTransfer(..) => ForwardProblem::InProgress,
            FileStatus::RcvCancelled | FileStatus::RcvError => ForwardProblem::Failed,
            _ => {
                let path = self.file_path(f.path.as_deref().unwrap_or_default());
                if self.sh.world.ask(|| path.is_file()) {
                    return None;
                }
                ForwardProblem::Missing
            }
        };
        Some((problem, file))
    }

    pub(super) fn forward(&mut self, to: ChatRef, from: ChatRef, items: &[i64], ttl: Option<i64>) -> Answer {
        let user = self.known_chat(from)?;
        self.known_chat(to)?;
        let mut errors = Vec::new();
        let mut drafts = Vec::new();
        for id in items {
            let Some(item) = self.core.item(from, *id).cloned() else {
                errors.push(error::item_not_found(*id));
                continue;
            };
            let Some(content) = item.content().filter(|_| item.deleted.is_none()).cloned() else { continue };
            let file = item.file.and_then(|f| self.copy_file(user, f));
            // A message whose file is missing is forwarded as a text, unless its kind can be shown without a file.
            let content = match (item.file, file) {
                (Some(_), None) if matches!(&*content.kind, "image" | "link") => content,
                (Some(_), None) if content.text.is_empty() => continue,
                (Some(_), None) => Content::text(&content.text),
                _ => content,
            };
            let mut draft = Draft::plain(content);
            draft.file = file;
            // A message that was forwarded before keeps its first source, if that is known.
            let before = item.forwarded.clone().filter(|f| !f.contains(r#""type":"unknown""#));
            draft.forwarded = before.or_else(|| self.forwarded_json(from, &item));
            drafts.push(draft);
        }
        self.emit_errors(&errors);
        let sent = match to {
            ChatRef::Local(_) => drafts.into_iter().map(|d| self.note_of(to, d)).collect(),
            _ if drafts.is_empty() => Vec::new(),
            _ => {
                let timed = self.may_forward(to, ttl, &drafts).inspect_err(|_| {
                    for file in drafts.iter().filter_map(|d| d.file) {
                        self.core.files.remove(&file);
                    }
                })?;
                self.post_all(to, drafts.into_iter().map(|d| Some(Draft { timed, ..d })).collect())
            }
        };
        self.items_answer(user, to, &sent)
    }

    /// Messages are forwarded where they could be written; returns their time to live there.
    fn may_forward(&mut self, to: ChatRef, ttl: Option<i64>, drafts: &[Draft]) -> Result<Option<i64>, Envelope> {
        let timed = self.allowed(to, ttl, drafts.iter().map(|d| (&d.content, d.file.is_some())))?;
        if let ChatRef::Direct(contact) = to {
            self.may_send(contact)?;
        }
        Ok(timed)
    }

    /// The item that another was forwarded from, when it is still here.
    pub(super) fn forwarded_from(&self, item: &Item) -> Option<(ChatRef, Item)> {
        let v = Json::parse(item.forwarded.as_deref()?)?;
        let id = |key: &str| v.get(key).and_then(Json::int);
        let chat = match (id("contactId"), id("groupId")) {
            (Some(c), _) => ChatRef::Direct(c),
            (_, Some(g)) => ChatRef::Group(g, Scope::Main),
            _ => return None,
        };
        let from = id("chatItemId")?;
        Some((chat, self.core.item(chat, from)?.clone()))
    }

    /// Makes a copy of a file, to be forwarded.
    fn copy_file(&mut self, user: i64, file: i64) -> Option<i64> {
        let f = self.core.files.get(&file).cloned()?;
        let name = self.free_file_name(&f.name);
        let (from, to) = (self.file_path(f.path.as_deref()?), self.file_path(&name));
        self.sh.world.ask(|| std::fs::copy(&from, &to).is_ok()).then_some(())?;
        let source = FileSource { path: name, crypto: f.crypto };
        Some(self.new_sent_file(user, f.size, &source))
    }

    fn note_of(&mut self, to: ChatRef, d: Draft) -> Item {
        let mut item = self.message_item(Dir::LocalSnd, d.content, None, None);
        item.forwarded = d.forwarded;
        self.add_item(to, item.clone());
        item
    }

    /// The source of a forwarded message, which only the one who forwards it sees; empty for notes.
    fn forwarded_json(&self, from: ChatRef, item: &Item) -> Option<Arc<str>> {
        let dir = if item.dir.sent() { "snd" } else { "rcv" };
        let mut j = Js::new();
        j.obj();
        match from {
            ChatRef::Direct(id) => {
                let c = self.core.contacts.get(&id)?;
                let name = if c.alias.is_empty() { &c.profile.display_name } else { &c.alias };
                j.tag("contact").str("chatName", name).str("msgDir", dir).num("contactId", id);
            }
            ChatRef::Group(id, _) => {
                let name = &self.core.groups.get(&id)?.profile.display_name;
                j.tag("group").str("chatName", name).str("msgDir", dir).num("groupId", id);
            }
            _ => return None,
        }
        j.num("chatItemId", item.id).end();
        Some(j.done().into())
    }
}

/// What prevents forwarding a file, the most serious first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum ForwardProblem {
    NotAccepted,
    InProgress,
    Missing,
    Failed,
}

impl ForwardProblem {
    fn tag(self) -> &'static str {
        match self {
            ForwardProblem::NotAccepted => "filesNotAccepted",
            ForwardProblem::InProgress => "filesInProgress",
            ForwardProblem::Missing => "filesMissing",
            ForwardProblem::Failed => "filesFailed",
        }
    }
}
