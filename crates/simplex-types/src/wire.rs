//! How records and unions are read and written: what the generated code expands to.
//!
//! Everything streams. A union reads its `type` first, as the core writes it, and decodes the rest of the object as
//! that member; where the tag comes later the object is put in order and read again. An error leaves the path to
//! where it happened behind, step by step on its way out, so that the way in costs nothing.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
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
    /// How many objects are being read a second time within each other.
    static REORDERED: Cell<u32> = const { Cell::new(0) };
}

/// Objects that had to be put in order, one within another; no sender of good will nests so deep.
const MAX_REORDERED: u32 = 16;
/// Steps into a value that the lenient pass follows: it reads parts on their own, where the parser's limit is not felt.
const MAX_DEPTH: usize = 96;

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
pub(crate) fn at<E>(error: E, step: impl FnOnce() -> Step) -> E {
    PATH.with_borrow_mut(|path| path.push(step()));
    error
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

fn is_lenient() -> bool {
    IS_LENIENT.get()
}

/// An error's message without its place in a text that nobody has, and without what people wrote.
pub(crate) fn message(error: &impl fmt::Display) -> String {
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
fn within<T, E: Error>(step: impl Fn() -> Step, inner: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    if !is_lenient() {
        return inner().map_err(|error| at(error, step));
    }
    let depth = LENIENT.with_borrow_mut(|l| {
        l.as_mut().map_or(0, |l| {
            l.place.push(step());
            l.place.len()
        })
    });
    let result = if depth > MAX_DEPTH { Err(E::custom("nested too deep")) } else { inner() };
    LENIENT.with_borrow_mut(|l| l.as_mut().and_then(|l| l.place.pop()));
    result.map_err(|error| at(error, step))
}

/// Notes that the part at hand does not fit.
#[cold]
fn misfit(error: &impl fmt::Display, raw: &RawValue, kept: bool) {
    let inner = take_path();
    LENIENT.with_borrow_mut(|l| {
        if let Some(l) = l {
            let part = l.place.clone();
            let mut path = part.clone();
            path.extend(inner);
            l.misfits.push(Misfit { part, path, reason: message(error), raw: raw.to_owned(), kept });
        }
    });
}

/// Decodes a part on its own.
fn part<T: DeserializeOwned, E: Error>(raw: &RawValue) -> Result<T, E> {
    serde_json::from_str(raw.get()).map_err(|error| E::custom(message(&error)))
}

/// A key of an object, borrowed where it has no escapes.
pub(crate) struct Key<'de>(pub(crate) Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// An object with known members.
pub(crate) trait FromObject<'de>: Sized {
    /// What it is, for messages.
    const NAME: &'static str;
    /// Reads the members that are left.
    fn from_object<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
    /// What a bare string means, if anything.
    fn from_text(_: &str) -> Option<Self> {
        None
    }
    /// What stands for one that does not fit, if anything.
    fn from_unknown(_: crate::Unknown) -> Option<Self> {
        None
    }
}

pub(crate) struct ObjectVisitor<T>(pub(crate) PhantomData<T>);

impl<'de, T: FromObject<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::from_object(map)
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::from_text(text).ok_or_else(|| E::invalid_type(serde::de::Unexpected::Str(text), &self))
    }
}

/// Reads a union: leniently, one that does not fit becomes its `Unknown`.
pub(crate) fn read_union<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> FromObject<'a>,
    D: Deserializer<'de>,
{
    if !is_lenient() {
        return deserializer.deserialize_any(ObjectVisitor(PhantomData));
    }
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    let error = match serde_json::Deserializer::from_str(raw.get()).deserialize_any(ObjectVisitor(PhantomData)) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let tag = serde_json::from_str::<TagOnly>(raw.get()).map(|t| t.0).unwrap_or_default();
    match T::from_unknown(crate::Unknown::new(tag, raw.clone())) {
        Some(value) => {
            misfit(&error, &raw, true);
            Ok(value)
        }
        None => Err(D::Error::custom(message(&error))),
    }
}

/// The `type` of an object.
struct TagOnly(String);

impl<'de> Deserialize<'de> for TagOnly {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TagVisitor;
        impl<'de> Visitor<'de> for TagVisitor {
            type Value = TagOnly;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with a tag")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<TagOnly, A::Error> {
                let mut tag = None;
                while let Some(Key(key)) = map.next_key()? {
                    if key == "type" && tag.is_none() {
                        tag = Some(map.next_value()?);
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                tag.map(TagOnly).ok_or_else(|| A::Error::missing_field("type"))
            }
        }
        deserializer.deserialize_map(TagVisitor)
    }
}

/// Passes over a value.
pub(crate) fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(|_| ())
}

/// Passes over the rest of an object.
pub(crate) fn skip_all<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

fn key_step(key: &'static str) -> impl Fn() -> Step {
    move || Step::Key(Cow::Borrowed(key))
}

/// Passes over a repeated key: the first value counts, as in the core.
fn repeated<'de, T, A: MapAccess<'de>>(slot: &Option<T>, map: &mut A) -> Result<bool, A::Error> {
    if slot.is_some() {
        map.next_value::<IgnoredAny>()?;
    }
    Ok(slot.is_some())
}

/// Reads a field that must be there.
pub(crate) fn get<'de, S, A>(
    slot: &mut Option<S::Value>,
    map: &mut A,
    key: &'static str,
    seed: S,
) -> Result<(), A::Error>
where
    S: DeserializeSeed<'de>,
    A: MapAccess<'de>,
{
    if !repeated(slot, map)? {
        *slot = Some(within(key_step(key), || map.next_value_seed(seed))?);
    }
    Ok(())
}

/// Reads a field that may be absent, null, or unfit: then it is kept undecoded among those that are not known.
pub(crate) fn get_opt<'de, T, S, A>(
    slot: &mut Option<Option<T>>,
    extra: &mut crate::Extra,
    map: &mut A,
    key: &'static str,
    seed: S,
) -> Result<(), A::Error>
where
    S: for<'a> DeserializeSeed<'a, Value = T>,
    A: MapAccess<'de>,
{
    if repeated(slot, map)? {
        return Ok(());
    }
    *slot = Some(within(key_step(key), || {
        if !is_lenient() {
            return map.next_value_seed(OptSeed(seed));
        }
        let raw: Box<RawValue> = map.next_value()?;
        match OptSeed(seed).deserialize(&mut serde_json::Deserializer::from_str(raw.get())) {
            Ok(value) => Ok(value),
            Err(error) => {
                misfit(&error, &raw, true);
                extra.set(key, crate::RawJson::of(raw));
                Ok(None)
            }
        }
    })?);
    Ok(())
}

/// Reads a field that has a default: what does not fit counts as absent.
pub(crate) fn get_def<'de, T, S, A>(
    slot: &mut Option<T>,
    map: &mut A,
    key: &'static str,
    seed: S,
) -> Result<(), A::Error>
where
    S: for<'a> DeserializeSeed<'a, Value = T>,
    A: MapAccess<'de>,
{
    if repeated(slot, map)? {
        return Ok(());
    }
    *slot = within(key_step(key), || {
        if !is_lenient() {
            return map.next_value_seed(seed).map(Some);
        }
        let raw: Box<RawValue> = map.next_value()?;
        match seed.deserialize(&mut serde_json::Deserializer::from_str(raw.get())) {
            Ok(value) => Ok(Some(value)),
            Err(error) => {
                misfit(&error, &raw, false);
                Ok(None)
            }
        }
    })?;
    Ok(())
}

/// Reads what the seed reads, or null.
struct OptSeed<S>(S);

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for OptSeed<S> {
    type Value = Option<S::Value>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for OptSeed<S> {
    type Value = Option<S::Value>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }
    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.deserialize(deserializer).map(Some)
    }
}

/// A field that must be there is not.
#[cold]
pub(crate) fn missing<E: Error>(key: &'static str) -> E {
    at(E::missing_field(key), key_step(key))
}

/// The value of a field that older versions of the core do not send.
pub(crate) fn default<T: DeserializeOwned, E: Error>(key: &'static str, default: &'static str) -> Result<T, E> {
    serde_json::from_str(default).map_err(|_| missing(key))
}

/// Reads a list, noting the index of what fails; leniently, an element that does not fit is left out.
pub(crate) struct ListSeed<T>(pub(crate) PhantomData<T>);

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for ListSeed<T> {
    type Value = Vec<T>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for ListSeed<T> {
    type Value = Vec<T>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        if !is_lenient() {
            loop {
                match seq.next_element() {
                    Ok(Some(element)) => list.push(element),
                    Ok(None) => return Ok(list),
                    Err(error) => return Err(at(error, || Step::Index(list.len()))),
                }
            }
        }
        let mut index = 0;
        while let Some(raw) = seq.next_element::<Box<RawValue>>()? {
            let element = within(
                || Step::Index(index),
                || match part::<T, A::Error>(&raw) {
                    Ok(element) => Ok(Some(element)),
                    Err(error) => {
                        misfit(&error, &raw, false);
                        Ok::<_, A::Error>(None)
                    }
                },
            )?;
            list.extend(element);
            index += 1;
        }
        Ok(list)
    }
}

/// Reads a map with strings for keys; leniently, an entry that does not fit is left out.
pub(crate) struct MapSeed<T>(pub(crate) PhantomData<T>);

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for MapSeed<T> {
    type Value = BTreeMap<String, T>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for MapSeed<T> {
    type Value = BTreeMap<String, T>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = BTreeMap::new();
        while let Some(Key(key)) = map.next_key()? {
            let value = within(
                || Step::Key(Cow::Owned(key.to_string())),
                || {
                    if !is_lenient() {
                        return map.next_value().map(Some);
                    }
                    let raw: Box<RawValue> = map.next_value()?;
                    match part::<T, A::Error>(&raw) {
                        Ok(value) => Ok(Some(value)),
                        Err(error) => {
                            misfit(&error, &raw, false);
                            Ok(None)
                        }
                    }
                },
            )?;
            if let Some(value) = value {
                found.entry(key.into_owned()).or_insert(value);
            }
        }
        Ok(found)
    }
}

/// Reads the tag of a union where it comes first, as the core writes it.
///
/// # Errors
/// What the map itself says; `Ok(Err(key))` is another first key, or none.
pub(crate) fn first_tag<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Result<Key<'de>, Option<Key<'de>>>, A::Error> {
    match map.next_key::<Key<'de>>()? {
        Some(key) if key.0 == "type" => {
            map.next_value().map(Ok).map_err(|error| at(error, || Step::Key(Cow::Borrowed("type"))))
        }
        other => Ok(Err(other)),
    }
}

/// Reads a union whose tag does not come first: puts the object in order and reads it again.
pub(crate) fn reordered<'de, T, A>(first: Option<Key<'de>>, mut map: A) -> Result<T, A::Error>
where
    T: for<'a> FromObject<'a>,
    A: MapAccess<'de>,
{
    let mut tag = None;
    let mut rest = String::new();
    let mut key = first;
    while let Some(Key(name)) = key {
        let value: Box<RawValue> = map.next_value()?;
        if name == "type" && tag.is_none() {
            tag = Some(value);
        } else {
            push_member(&mut rest, &name, value.get());
        }
        key = map.next_key()?;
    }
    let tag = tag.ok_or_else(|| at(A::Error::missing_field("type"), || Step::Key(Cow::Borrowed("type"))))?;
    let text = format!("{{\"type\":{}{rest}}}", tag.get());
    let depth = REORDERED.get();
    if depth >= MAX_REORDERED {
        return Err(A::Error::custom("objects whose type does not come first are nested too deep"));
    }
    REORDERED.set(depth + 1);
    let mut deserializer = serde_json::Deserializer::from_str(&text);
    let result = deserializer.deserialize_map(ObjectVisitor::<T>(PhantomData));
    REORDERED.set(depth);
    result.map_err(A::Error::custom)
}

fn push_member(text: &mut String, key: &str, value: &str) {
    text.push(',');
    // A string always serialises.
    text.push_str(&serde_json::to_string(key).unwrap_or_default());
    text.push(':');
    text.push_str(value);
}

/// Keeps a member of a union that this version of the schema does not know.
pub(crate) fn unknown<'de, A: MapAccess<'de>>(tag: Key<'de>, mut map: A) -> Result<crate::Unknown, A::Error> {
    let mut text = String::from("{\"type\":");
    text.push_str(&serde_json::to_string(&tag.0).unwrap_or_default());
    while let Some(Key(name)) = map.next_key()? {
        let value: Box<RawValue> = map.next_value()?;
        push_member(&mut text, &name, value.get());
    }
    text.push('}');
    let raw = RawValue::from_string(text).map_err(A::Error::custom)?;
    Ok(crate::Unknown::new(tag.0.into_owned(), raw))
}

/// Writes an object; the first error is kept until the end, so that each member is one plain call.
pub(crate) struct Put<S: Serializer> {
    map: Result<S::SerializeMap, S::Error>,
}

impl<S: Serializer> Put<S> {
    pub(crate) fn new(serializer: S) -> Self {
        Self { map: serializer.serialize_map(None) }
    }

    pub(crate) fn tagged(serializer: S, tag: &'static str) -> Self {
        let mut put = Self::new(serializer);
        put.req("type", tag);
        put
    }

    pub(crate) fn req<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) {
        let error = match &mut self.map {
            Ok(map) => map.serialize_entry(key, value),
            Err(_) => return,
        };
        if let Err(error) = error {
            self.map = Err(error);
        }
    }

    pub(crate) fn opt<T: Serialize>(&mut self, key: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.req(key, value);
        }
    }

    /// Writes the members that are not known, and ends.
    pub(crate) fn end(self, extra: &crate::Extra) -> Result<S::Ok, S::Error> {
        let mut map = self.map?;
        extra.put(&mut map)?;
        map.end()
    }

    /// Ends an object that has its tag alone.
    pub(crate) fn nullary(serializer: S, tag: &'static str) -> Result<S::Ok, S::Error> {
        Self::tagged(serializer, tag).end(&crate::Extra::default())
    }
}

macro_rules! get_field {
    (req, $slot:ident, $extra:ident, $map:ident, $wire:literal) => {
        $crate::wire::get(&mut $slot, &mut $map, $wire, std::marker::PhantomData)
    };
    (list, $slot:ident, $extra:ident, $map:ident, $wire:literal) => {
        $crate::wire::get(&mut $slot, &mut $map, $wire, $crate::wire::ListSeed(std::marker::PhantomData))
    };
    (opt, $slot:ident, $extra:ident, $map:ident, $wire:literal) => {
        $crate::wire::get_opt(&mut $slot, &mut $extra, &mut $map, $wire, std::marker::PhantomData)
    };
    (optlist, $slot:ident, $extra:ident, $map:ident, $wire:literal) => {
        $crate::wire::get_opt(
            &mut $slot,
            &mut $extra,
            &mut $map,
            $wire,
            $crate::wire::ListSeed(std::marker::PhantomData),
        )
    };
    (def, $slot:ident, $extra:ident, $map:ident, $wire:literal) => {
        $crate::wire::get_def(&mut $slot, &mut $map, $wire, std::marker::PhantomData)
    };
    (auto, $slot:ident, $extra:ident, $map:ident, $wire:literal) => {
        $crate::wire::get_def(&mut $slot, &mut $map, $wire, std::marker::PhantomData)
    };
    (deflist, $slot:ident, $extra:ident, $map:ident, $wire:literal) => {
        $crate::wire::get_def(&mut $slot, &mut $map, $wire, $crate::wire::ListSeed(std::marker::PhantomData))
    };
    (groups, $slot:ident, $extra:ident, $map:ident, $wire:literal) => {
        $crate::wire::get(&mut $slot, &mut $map, $wire, $crate::older::GroupsSeed)
    };
    (map, $slot:ident, $extra:ident, $map:ident, $wire:literal) => {
        $crate::wire::get_def(&mut $slot, &mut $map, $wire, $crate::wire::MapSeed(std::marker::PhantomData))
    };
}

macro_rules! done_field {
    (opt, $slot:ident, $wire:literal) => {
        $slot.flatten()
    };
    (optlist, $slot:ident, $wire:literal) => {
        $slot.flatten()
    };
    (map, $slot:ident, $wire:literal) => {
        $slot.unwrap_or_default()
    };
    (deflist, $slot:ident, $wire:literal) => {
        $slot.unwrap_or_default()
    };
    (auto, $slot:ident, $wire:literal) => {
        $slot.unwrap_or_default()
    };
    (def, $slot:ident, $wire:literal, $default:literal) => {
        match $slot {
            Some(value) => value,
            None => $crate::wire::default($wire, $default)?,
        }
    };
    ($kind:ident, $slot:ident, $wire:literal) => {
        match $slot {
            Some(value) => value,
            None => return Err($crate::wire::missing($wire)),
        }
    };
}

macro_rules! put_field {
    (opt, $put:ident, $value:expr, $wire:literal) => {
        $put.opt($wire, $value)
    };
    (optlist, $put:ident, $value:expr, $wire:literal) => {
        $put.opt($wire, $value)
    };
    ($kind:ident, $put:ident, $value:expr, $wire:literal) => {
        $put.req($wire, $value)
    };
}

/// Reading, writing and showing a record.
macro_rules! record {
    ($name:ident $(tag $tag:literal)? { $($field:ident $wire:literal $kind:ident $(= $default:literal)?),* $(,)? }) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_map($crate::wire::ObjectVisitor(std::marker::PhantomData))
            }
        }

        impl<'de> $crate::wire::FromObject<'de> for $name {
            const NAME: &'static str = stringify!($name);
            fn from_object<A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                $(let mut $field = None;)*
                let mut extra = $crate::Extra::default();
                while let Some(key) = map.next_key::<$crate::wire::Key<'de>>()? {
                    match &*key.0 {
                        $($wire => $crate::wire::get_field!($kind, $field, extra, map, $wire),)*
                        $(stringify!(type) if !$tag.is_empty() => $crate::wire::skip(&mut map),)?
                        _ => extra.keep(key, &mut map),
                    }?;
                }
                Ok(Self {
                    $($field: $crate::wire::done_field!($kind, $field, $wire $(, $default)?),)*
                    extra,
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut _put = $crate::wire::start!(serializer $($tag)?);
                $($crate::wire::put_field!($kind, _put, &self.$field, $wire);)*
                _put.end(&self.extra)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::show::fields(f, stringify!($name), &[$((stringify!($field), &self.$field)),*])
            }
        }

        $crate::show::show_as_debug!($name);
    };
}

macro_rules! start {
    ($serializer:ident) => {
        $crate::wire::Put::new($serializer)
    };
    ($serializer:ident $tag:literal) => {
        $crate::wire::Put::tagged($serializer, $tag)
    };
}

/// Writes a member of a union.
macro_rules! put_member {
    ($serializer:ident, $tag:literal) => {
        $crate::wire::Put::nullary($serializer, $tag)
    };
    ($serializer:ident, $tag:literal { $($field:ident $wire:literal $kind:ident),* } $extra:ident) => {{
        let mut _put = $crate::wire::Put::tagged($serializer, $tag);
        $($crate::wire::put_field!($kind, _put, $field, $wire);)*
        _put.end($extra)
    }};
}

/// Reads the rest of a member of a union.
macro_rules! get_member {
    ($name:ident, $map:ident, $variant:ident) => {{
        $crate::wire::skip_all($map)?;
        Ok($name::$variant)
    }};
    ($name:ident, $map:ident, $variant:ident { $($field:ident $wire:literal $kind:ident $(= $default:literal)?),* }) => {{
        $(let mut $field = None;)*
        let mut extra = $crate::Extra::default();
        while let Some(key) = $map.next_key::<$crate::wire::Key<'de>>()? {
            match &*key.0 {
                $($wire => $crate::wire::get_field!($kind, $field, extra, $map, $wire),)*
                _ => extra.keep(key, &mut $map),
            }?;
        }
        Ok($name::$variant {
            $($field: $crate::wire::done_field!($kind, $field, $wire $(, $default)?),)*
            extra,
        })
    }};
}

/// Reading, writing and showing a union.
macro_rules! union {
    ($name:ident, $tags:ident {
        $($variant:ident $tag:literal $({ $($field:ident $wire:literal $kind:ident $(= $default:literal)?),* $(,)? })?;)*
    } bare { $($bare:literal => $nullary:ident),* $(,)? }) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::read_union(deserializer)
            }
        }

        impl<'de> $crate::wire::FromObject<'de> for $name {
            const NAME: &'static str = stringify!($name);
            fn from_unknown(unknown: $crate::Unknown) -> Option<Self> {
                Some(Self::Unknown(unknown))
            }
            fn from_object<A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                let tag = match $crate::wire::first_tag(&mut map)? {
                    Ok(tag) => tag,
                    Err(first) => return $crate::wire::reordered(first, map),
                };
                match &*tag.0 {
                    $($tag => $crate::wire::get_member!(
                        $name, map, $variant $({ $($field $wire $kind $(= $default)?),* })?
                    ),)*
                    _ => Ok(Self::Unknown($crate::wire::unknown(tag, map)?)),
                }
            }
            fn from_text(text: &str) -> Option<Self> {
                match text {
                    $($bare => Some(Self::$nullary),)*
                    _ => Some(Self::Unknown($crate::Unknown::bare(text))),
                }
            }
        }

        impl $name {
            /// Which member this is.
            pub fn tag(&self) -> $tags {
                match self {
                    $(Self::$variant { .. } => $tags::$variant,)*
                    Self::Unknown(unknown) => $tags::Unknown(unknown.tag().into()),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant $({ $($field,)* extra })? =>
                        $crate::wire::put_member!(serializer, $tag $({ $($field $wire $kind),* } extra)?),)*
                    Self::Unknown(unknown) => unknown.serialize(serializer),
                }
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant $({ $($field,)* extra: _ })? =>
                        $crate::show::fields(f, stringify!($variant), &[$($((stringify!($field), $field)),*)?]),)*
                    Self::Unknown(unknown) => std::fmt::Debug::fmt(unknown, f),
                }
            }
        }

        $crate::show::show_as_debug!($name);
    };
}

/// Reading, writing and showing a union whose members are records of their own: events, responses, answers.
macro_rules! messages {
    ($name:ident, $tags:ident, $module:path { $($variant:ident $tag:literal;)* }) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_map($crate::wire::ObjectVisitor::<Self>(std::marker::PhantomData))
            }
        }

        impl<'de> $crate::wire::FromObject<'de> for $name {
            const NAME: &'static str = stringify!($name);
            fn from_object<A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                let tag = match $crate::wire::first_tag(&mut map)? {
                    Ok(tag) => tag,
                    Err(first) => return $crate::wire::reordered(first, map),
                };
                match &*tag.0 {
                    $($tag => Ok(Self::$variant(Box::new($crate::wire::FromObject::from_object(map)?))),)*
                    _ => Ok(Self::Unknown($crate::wire::unknown(tag, map)?)),
                }
            }
        }

        impl $name {
            /// Which member this is.
            pub fn tag(&self) -> $tags {
                match self {
                    $(Self::$variant(_) => $tags::$variant,)*
                    Self::Unknown(unknown) => $tags::Unknown(unknown.tag().into()),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(message) => message.serialize(serializer),)*
                    Self::Unknown(unknown) => unknown.serialize(serializer),
                }
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant(message) => message.fmt(f),)*
                    Self::Unknown(unknown) => unknown.fmt(f),
                }
            }
        }
    };
}

/// A tag, or a string out of several.
macro_rules! tags {
    ($name:ident { $($variant:ident $text:literal),* $(,)? }) => {
        impl $name {
            /// The text, as the core spells it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Unknown(text.into()),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

/// A string out of several, with its reading and writing.
macro_rules! strings {
    ($name:ident { $($variant:ident $text:literal),* $(,)? }) => {
        $crate::wire::tags!($name { $($variant $text),* });
        $crate::show::show_as_debug!($name);

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::Key::deserialize(deserializer).map(|text| Self::from(&*text.0))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use {
    done_field, get_field, get_member, messages, put_field, put_member, record, start, strings, tags, union,
};
