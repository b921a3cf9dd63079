//! How records and unions are read and written: what the generated code expands to.
//!
//! Everything streams. A union reads its `type` first, as the core writes it, and decodes the rest of the object as
//! that member; if the tag comes later, the object is put in order and read again. An error records the path to its
//! place step by step on its way out, so that decoding without errors costs nothing extra.

mod macros;
mod passes;
mod read;
mod write;

pub(crate) use macros::{
    done_field, get_field, get_member, messages, one_of, put_field, put_member, record, start, strings, tags, union,
};
pub(crate) use passes::{Misfit, Step, leniently, message, note, strictly, strictly_first, take_path};
pub(crate) use read::{
    FromObject, Key, ListSeed, MapSeed, ObjectVisitor, default, first_tag, get, get_def, get_opt, missing, read_union,
    reordered, skip, skip_all, unknown,
};
pub(crate) use write::Put;
