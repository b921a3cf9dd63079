//! Reading objects, unions, fields, lists and maps, strictly or leniently.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::passes::{Step, is_lenient, message, misfit, note, part, within};

/// The deepest nesting of an object that must be put in order: it is read again, and the parser's own limit then starts
/// from zero. No honest sender nests so deep.
const MAX_NESTED: usize = 64;

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
    /// The name of the type, for error messages.
    const NAME: &'static str;
    /// Reads the remaining members.
    fn from_object<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
    /// What a bare string means, if anything.
    fn from_text(_: &str) -> Option<Self> {
        None
    }
    /// The value that stands for one that does not fit, if there is any.
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

/// Reads a union; in the lenient pass, one that does not fit becomes its `Unknown`.
pub(crate) fn read_union<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> FromObject<'a>,
    D: Deserializer<'de>,
{
    if is_lenient() { union_leniently(deserializer) } else { deserializer.deserialize_any(ObjectVisitor(PhantomData)) }
}

// The lenient variants are functions of their own: they are rare, and would lie in the middle of the code that runs for
// each message.
#[cold]
#[inline(never)]
fn union_leniently<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> FromObject<'a>,
    D: Deserializer<'de>,
{
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

/// Skips a value.
pub(crate) fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(|_| ())
}

/// Skips the rest of an object.
pub(crate) fn skip_all<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

fn key_step(key: &'static str) -> impl Fn() -> Step {
    move || Step::Key(Cow::Borrowed(key))
}

/// Reads a required field. If a key is repeated, its first value counts, as in the core.
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
    if slot.is_some() {
        return skip(map);
    }
    *slot = Some(within(key_step(key), || map.next_value_seed(seed))?);
    Ok(())
}

/// Reads an optional field; a value that does not fit is kept undecoded among the unknown fields.
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
    if slot.is_some() {
        return skip(map);
    }
    *slot = Some(within(key_step(key), || {
        if is_lenient() { opt_leniently(extra, map, key, seed) } else { map.next_value_seed(OptSeed(seed)) }
    })?);
    Ok(())
}

#[cold]
#[inline(never)]
fn opt_leniently<'de, T, S, A>(
    extra: &mut crate::Extra,
    map: &mut A,
    key: &'static str,
    seed: S,
) -> Result<Option<T>, A::Error>
where
    S: for<'a> DeserializeSeed<'a, Value = T>,
    A: MapAccess<'de>,
{
    let raw: Box<RawValue> = map.next_value()?;
    match OptSeed(seed).deserialize(&mut serde_json::Deserializer::from_str(raw.get())) {
        Ok(value) => Ok(value),
        Err(error) => {
            misfit(&error, &raw, true);
            extra.set(key, crate::RawJson::of(raw));
            Ok(None)
        }
    }
}

/// Reads a field that has a default; a value that does not fit counts as absent.
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
    if slot.is_some() {
        return skip(map);
    }
    *slot = within(key_step(key), || {
        if is_lenient() { def_leniently(map, seed) } else { map.next_value_seed(seed).map(Some) }
    })?;
    Ok(())
}

#[cold]
#[inline(never)]
fn def_leniently<'de, T, S, A>(map: &mut A, seed: S) -> Result<Option<T>, A::Error>
where
    S: for<'a> DeserializeSeed<'a, Value = T>,
    A: MapAccess<'de>,
{
    let raw: Box<RawValue> = map.next_value()?;
    match seed.deserialize(&mut serde_json::Deserializer::from_str(raw.get())) {
        Ok(value) => Ok(Some(value)),
        Err(error) => {
            misfit(&error, &raw, false);
            Ok(None)
        }
    }
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

/// The error for a required field that is missing.
#[cold]
pub(crate) fn missing<E: Error>(key: &'static str) -> E {
    note(Step::Key(Cow::Borrowed(key)));
    E::missing_field(key)
}

/// The value of a field that older versions of the core do not send.
pub(crate) fn default<T: DeserializeOwned, E: Error>(key: &'static str, default: &'static str) -> Result<T, E> {
    serde_json::from_str(default).map_err(|_| missing(key))
}

/// Reads a list, recording the index of an error; in the lenient pass, elements that do not fit are left out.
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
        if is_lenient() {
            return list_leniently(seq);
        }
        let mut list = Vec::new();
        loop {
            match seq.next_element() {
                Ok(Some(element)) => list.push(element),
                Ok(None) => return Ok(list),
                Err(error) => {
                    note(Step::Index(list.len()));
                    return Err(error);
                }
            }
        }
    }
}

#[cold]
#[inline(never)]
fn list_leniently<'de, T: DeserializeOwned, A: SeqAccess<'de>>(mut seq: A) -> Result<Vec<T>, A::Error> {
    let mut list = Vec::new();
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

/// Reads a map with strings for keys; in the lenient pass, entries that do not fit are left out.
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

/// Reads the tag of a union if it comes first, as the core writes it.
///
/// # Errors
/// The map's own errors. If the first key is another one, or there is none, the result is `Ok(Err(key))`.
pub(crate) fn first_tag<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Result<Key<'de>, Option<Key<'de>>>, A::Error> {
    match map.next_key::<Key<'de>>()? {
        Some(key) if key.0 == "type" => {
            map.next_value().map(Ok).inspect_err(|_| note(Step::Key(Cow::Borrowed("type"))))
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
    let tag = tag.ok_or_else(|| missing("type"))?;
    let text = format!("{{\"type\":{}{rest}}}", tag.get());
    if crate::skim::depth(&text) > MAX_NESTED {
        return Err(A::Error::custom("an object whose type does not come first is nested too deep"));
    }
    let mut deserializer = serde_json::Deserializer::from_str(&text);
    deserializer.deserialize_map(ObjectVisitor::<T>(PhantomData)).map_err(A::Error::custom)
}

fn push_member(text: &mut String, key: &str, value: &str) {
    text.push(',');
    // A string always serialises.
    text.push_str(&serde_json::to_string(key).unwrap_or_default());
    text.push(':');
    text.push_str(value);
}

/// Keeps the member of a union that this version of the schema does not know.
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
