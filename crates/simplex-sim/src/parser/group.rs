//! Commands about groups and files.

use super::cursor::Cursor;
use super::syntax::*;

pub(super) fn commands(c: &mut Cursor<'_>) -> Option<Command> {
    let _ = c;
    None
}
