//! Commands about files.

use super::args::{chat_name, end};
use super::cursor::Cursor;
use super::syntax::*;

/// A link to a file, which must contain the file's description.
fn file_link(link: String) -> Option<String> {
    let descr = link.strip_prefix("simplex:/file#/?desc=")?;
    (descr.contains("key%3A") && descr.contains("replicas%3A")).then_some(link)
}

pub(super) fn files(c: &mut Cursor<'_>) -> Option<Command> {
    for word in ["/freceive ", "/fr "] {
        if c.eat(word) {
            let file = c.int()?;
            let approved = c.flag("approved_relays");
            let encrypt = c.opt_flag("encrypt");
            let _ = c.opt_flag("inline");
            let path = if c.eat(" ") { Some(c.some_rest()?.to_owned()) } else { None };
            return end(c, Command::ReceiveFile { file, approved, encrypt, path });
        }
    }
    if c.eat("/_upload ") {
        let user = c.int()?;
        c.need(" ")?;
        return Some(Command::Upload { user, path: c.some_rest()?.to_owned() });
    }
    if c.eat("/_download info ") {
        let link = c.word()?.to_owned();
        return end(c, Command::DownloadInfo { link: file_link(link)? });
    }
    if c.eat("/_download ") {
        let user = c.int()?;
        c.need(" ")?;
        let link = file_link(c.word()?.to_owned())?;
        c.need(" ")?;
        return Some(Command::Download { user, link, path: c.some_rest()?.to_owned() });
    }
    for word in ["/fcancel ", "/fc "] {
        if c.eat(word) {
            return Some(Command::CancelFile { file: c.last_int()? });
        }
    }
    for word in ["/fstatus ", "/fs "] {
        if c.eat(word) {
            return Some(Command::FileStatus { file: c.last_int()? });
        }
    }
    if c.eat("/file ") || c.eat("/f ") {
        let name = chat_name(c)?;
        c.need(" ")?;
        return Some(Command::SendFileNamed { name, path: c.some_rest()?.to_owned() });
    }
    None
}
