//! The two passes over a body: a strict one, whose errors have a path, and a lenient one, which leaves out what does
//! not fit and records it.

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
    /// The path of the last error, seen from the place that the error has reached; innermost step first.
    static PATH: RefCell<Vec<Step>> = const { RefCell::new(Vec::new()) };
    /// The lenient pass that is running, if any.
    static LENIENT: RefCell<Option<Lenient>> = const { RefCell::new(None) };
    /// Whether [`LENIENT`] is set: this is checked often.
    static IS_LENIENT: Cell<bool> = const { Cell::new(false) };
}

/// The deepest place that the lenient pass follows: it reads parts by themselves, so the parser's limit does not apply.
const MAX_DEPTH: usize = 96;

/// The most parts that are reported: each takes up to a hundred times the memory that it takes in the text.
const MOST_MISFITS: usize = 1_000;

/// What the lenient pass has found.
#[derive(Default)]
struct Lenient {
    /// The current place.
    place: Vec<Step>,
    misfits: Vec<Misfit>,
}

/// A part that does not fit.
pub(crate) struct Misfit {
    /// Where the part is.
    pub(crate) part: Vec<Step>,
    /// Where in the message the error is.
    pub(crate) path: Vec<Step>,
    pub(crate) reason: String,
    pub(crate) raw: Box<RawValue>,
    /// Whether the value still contains the part, undecoded.
    pub(crate) kept: bool,
}

/// Records a step of the path on which an error comes out.
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

/// The same for the value at the start of a text, whatever follows it.
pub(crate) fn strictly_first<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    take_path();
    T::deserialize(&mut serde_json::Deserializer::from_str(text))
}

/// Decodes leniently: what does not fit and is not required is left out or kept undecoded, and recorded.
pub(crate) fn leniently<T: DeserializeOwned>(text: &str) -> (serde_json::Result<T>, Vec<Misfit>) {
    /// Ends the pass in every case, also on a panic.
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

/// An error's message without its position in a text that nobody has, and without what people wrote.
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

/// Runs `inner` one step further in, recording the step.
///
/// The bookkeeping is in functions without type parameters: this one is compiled for every type of field.
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

/// Moves the lenient pass one step in; `false` if that is too deep.
#[cold]
fn enter(step: Step) -> bool {
    LENIENT.with_borrow_mut(|l| {
        l.as_mut().is_none_or(|l| {
            l.place.push(step);
            l.place.len() <= MAX_DEPTH
        })
    })
}

/// Moves the lenient pass one step back.
#[cold]
fn leave() {
    LENIENT.with_borrow_mut(|l| l.as_mut().and_then(|l| l.place.pop()));
}

/// Records that the current part does not fit.
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

/// Decodes a part by itself.
pub(super) fn part<T: DeserializeOwned, E: Error>(raw: &RawValue) -> Result<T, E> {
    serde_json::from_str(raw.get()).map_err(|error| E::custom(message(&error)))
}
