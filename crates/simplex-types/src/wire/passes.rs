//! The two passes over a body: a strict one, whose errors carry a path, and a lenient one, which leaves out what does not
//! fit and notes it.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeOwned, Error};
use serde_json::value::RawValue;

/// A step into a JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// A member of an object.
    Key(Cow<'static, str>),
    /// An element of a list.
    Index(usize),
}

thread_local! {
    /// The path of the last error from where it is seen, innermost step first.
    static PATH: RefCell<Vec<Step>> = const { RefCell::new(Vec::new()) };
    /// The lenient pass under way, if one is.
    static LENIENT: RefCell<Option<Lenient>> = const { RefCell::new(None) };
    /// Whether [`LENIENT`] is there: looked at often.
    static IS_LENIENT: Cell<bool> = const { Cell::new(false) };
}

/// Steps into a value that the lenient pass follows: it reads parts on their own, where the parser's limit is not felt.
const MAX_DEPTH: usize = 96;

/// Parts that are named: each takes a hundred times what it may be in the text.
const MOST_MISFITS: usize = 1_000;

/// What the lenient pass has found.
#[derive(Default)]
struct Lenient {
    /// Where it is.
    place: Vec<Step>,
    misfits: Vec<Misfit>,
}

/// A part that does not fit.
pub(crate) struct Misfit {
    /// Where it is.
    pub(crate) part: Vec<Step>,
    /// Where within the message the error is.
    pub(crate) path: Vec<Step>,
    pub(crate) reason: String,
    pub(crate) raw: Box<RawValue>,
    /// Whether the value has it all the same, undecoded.
    pub(crate) kept: bool,
}

/// Notes where an error came through.
#[cold]
pub(crate) fn note(step: Step) {
    PATH.with_borrow_mut(|path| path.push(step));
}

/// Takes the path of the last error, outermost step first.
pub(crate) fn take_path() -> Vec<Step> {
    let mut path = PATH.take();
    path.reverse();
    path
}

/// Decodes strictly: anything that does not fit is an error, whose path [`take_path`] gives.
pub(crate) fn strictly<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    take_path();
    serde_json::from_str(text)
}

/// The same for the value that a text begins with, whatever comes after it.
pub(crate) fn strictly_first<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    take_path();
    T::deserialize(&mut serde_json::Deserializer::from_str(text))
}

/// Decodes leniently: what does not fit and can be done without is left out or kept undecoded, and noted.
pub(crate) fn leniently<T: DeserializeOwned>(text: &str) -> (serde_json::Result<T>, Vec<Misfit>) {
    /// Ends the pass however it ends.
    struct End;
    impl Drop for End {
        fn drop(&mut self) {
            IS_LENIENT.set(false);
            LENIENT.take();
        }
    }
    let end = End;
    LENIENT.set(Some(Lenient::default()));
    IS_LENIENT.set(true);
    let result = strictly(text);
    let misfits = LENIENT.with_borrow_mut(|l| l.as_mut().map(|l| std::mem::take(&mut l.misfits)).unwrap_or_default());
    drop(end);
    (result, misfits)
}

pub(super) fn is_lenient() -> bool {
    IS_LENIENT.get()
}

/// An error's message without its place in a text that nobody has, and without what people wrote.
pub(crate) fn message(error: &dyn fmt::Display) -> String {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(&*text, |(message, _)| message);
    for kind in ["invalid type: string", "invalid value: string"] {
        if let Some((_, expected)) = text.strip_prefix(kind).and_then(|rest| rest.rsplit_once("\", expected ")) {
            return format!("{kind}, expected {expected}");
        }
    }
    text.to_owned()
}

/// Does something one step further in, noting the step.
///
/// The bookkeeping is in functions without parameters: this one is built for every type of field there is.
#[inline]
pub(super) fn within<T, E: Error>(step: impl Fn() -> Step, inner: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let lenient = is_lenient();
    let result = if lenient && !enter(step()) { Err(E::custom("nested too deep")) } else { inner() };
    if lenient {
        leave();
    }
    if result.is_err() {
        note(step());
    }
    result
}

/// Takes the lenient pass a step in; false where that is too deep.
#[cold]
fn enter(step: Step) -> bool {
    LENIENT.with_borrow_mut(|l| {
        l.as_mut().is_none_or(|l| {
            l.place.push(step);
            l.place.len() <= MAX_DEPTH
        })
    })
}

/// Takes the lenient pass a step back.
#[cold]
fn leave() {
    LENIENT.with_borrow_mut(|l| l.as_mut().and_then(|l| l.place.pop()));
}

/// Notes that the part at hand does not fit.
#[cold]
pub(super) fn misfit(error: &dyn fmt::Display, raw: &RawValue, kept: bool) {
    let inner = take_path();
    LENIENT.with_borrow_mut(|l| {
        if let Some(l) = l.as_mut().filter(|l| l.misfits.len() < MOST_MISFITS) {
            let part = l.place.clone();
            let mut path = part.clone();
            path.extend(inner);
            l.misfits.push(Misfit { part, path, reason: message(error), raw: raw.to_owned(), kept });
        }
    });
}

/// Decodes a part on its own.
pub(super) fn part<T: DeserializeOwned, E: Error>(raw: &RawValue) -> Result<T, E> {
    serde_json::from_str(raw.get()).map_err(|error| E::custom(message(&error)))
}
