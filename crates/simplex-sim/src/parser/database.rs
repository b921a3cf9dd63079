//! Commands about the database, and for looking into the core.

use super::args::end;
use super::cursor::Cursor;
use super::syntax::*;

pub(super) fn database(c: &mut Cursor<'_>) -> Option<Command> {
    if c.eat("/_db export ") {
        return Some(Command::ExportDb { path: c.json()?.need_str("archivePath")? });
    }
    if c.eat("/_db encryption ") {
        let v = c.json()?;
        let key = |name| v.need_str(name).filter(|k| k.bytes().all(|b| b.is_ascii_graphic()));
        return Some(Command::EncryptDb { current: key("currentKey")?, new: key("newKey")? });
    }
    if c.eat("/db test key ") {
        return Some(Command::TestKey { key: c.some_rest()?.to_owned() });
    }
    if c.eat("/_db delete") {
        return end(c, Command::DeleteDb);
    }
    if c.eat("/debug event ") {
        return Some(Command::DebugEvent { event: c.json()? });
    }
    None
}
