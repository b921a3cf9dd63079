//! Ids, times, and types that preserve unknown data.

mod time;

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, MapAccess};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::wire::{self, Key, Step};

pub use time::{InvalidTimestamp, Timestamp};

macro_rules! ids {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub i64);

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(f)
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, concat!(stringify!($name), "({})"), self.0)
                }
            }

            impl std::str::FromStr for $name {
                type Err = std::num::ParseIntError;
                fn from_str(text: &str) -> Result<Self, Self::Err> {
                    text.parse().map(Self)
                }
            }

            impl From<i64> for $name {
                fn from(id: i64) -> Self {
                    Self(id)
                }
            }

            impl From<$name> for i64 {
                fn from(id: $name) -> Self {
                    id.0
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    i64::deserialize(deserializer).map(Self)
                }
            }

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_i64(self.0)
                }
            }
        )*
        crate::show::show_as_debug!($($name),*);
    };
}

ids! {
    /// A user profile of the database.
    UserId;
    /// A contact.
    ContactId;
    /// A group.
    GroupId;
    /// A member of a group, within the database.
    GroupMemberId;
    /// An item of a chat; all chats of a database share one sequence.
    ChatItemId;
    /// A file being sent or received.
    FileId;
    /// A contact request.
    ContactRequestId;
    /// A connection, pending ones included.
    ConnectionId;
    /// The folder of local notes.
    NoteFolderId;
    /// A profile, your own or another's.
    ProfileId;
    /// One of your own addresses or group links.
    UserContactLinkId;
    /// A chat relay known to a user.
    ChatRelayId;
    /// A relay of a group.
    GroupRelayId;
    /// A tag that a user put on chats.
    ChatTagId;
}

/// A JSON value, kept as text.
#[derive(Clone)]
pub struct RawJson(Box<RawValue>);

impl RawJson {
    pub(crate) fn of(raw: Box<RawValue>) -> Self {
        Self(raw)
    }

    /// The JSON text.
    pub fn get(&self) -> &str {
        self.0.get()
    }

    /// Checks that a text is JSON, and keeps it.
    ///
    /// # Errors
    /// If the text is not JSON.
    pub fn new(text: impl Into<String>) -> Result<Self, serde_json::Error> {
        RawValue::from_string(text.into()).map(Self)
    }

    /// Serialises a value to JSON.
    ///
    /// # Errors
    /// If the value cannot be serialised.
    pub fn from_value<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::value::to_raw_value(value).map(Self)
    }

    /// Decodes the value.
    ///
    /// # Errors
    /// If the value is not a `T`.
    pub fn decode<'a, T: Deserialize<'a>>(&'a self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.get())
    }
}

impl PartialEq for RawJson {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.get().len())
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(Self)
    }
}

impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// An unknown variant of an enum: its tag, and its whole JSON.
#[derive(Clone, PartialEq)]
pub struct Unknown(Box<(String, RawJson)>);

impl Unknown {
    pub(crate) fn new(tag: String, raw: Box<RawValue>) -> Self {
        Self(Box::new((tag, RawJson(raw))))
    }

    pub(crate) fn bare(text: &str) -> Self {
        // A string always serialises.
        let raw = RawJson::from_value(text).unwrap_or_else(|_| RawJson(Box::<RawValue>::default()));
        Self(Box::new((text.to_owned(), raw)))
    }

    /// The tag, as it was written.
    pub fn tag(&self) -> &str {
        &self.0.0
    }

    /// The whole value, as JSON.
    pub fn json(&self) -> &RawJson {
        &self.0.1
    }
}

impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unknown(")?;
        crate::show::tag(f, self.tag())?;
        write!(f, ", {:?})", self.json())
    }
}

impl Serialize for Unknown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.json().serialize(serializer)
    }
}

/// Fields of an object that this version of the schema does not know, kept so that nothing is lost when the object is
/// sent back.
#[derive(Clone, Default, PartialEq)]
pub struct Extra(Option<Box<Fields>>);

type Fields = Vec<(Box<str>, RawJson)>;

impl Extra {
    /// The value of a field. If a field occurs repeatedly, the first one counts, as in the core.
    pub fn get(&self, key: &str) -> Option<&RawJson> {
        self.iter().find(|(k, _)| *k == key).map(|(_, v)| v)
    }

    /// All fields, in the order in which they occurred.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RawJson)> {
        self.0.iter().flat_map(|fields| fields.iter()).map(|(k, v)| (&**k, v))
    }

    /// Whether there are no fields.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Sets a field.
    pub fn set(&mut self, key: &str, value: RawJson) {
        let fields = self.0.get_or_insert_default();
        match fields.iter_mut().find(|(k, _)| **k == *key) {
            Some((_, old)) => *old = value,
            None => fields.push((key.into(), value)),
        }
    }

    #[cold]
    pub(crate) fn keep<'de, A: MapAccess<'de>>(&mut self, key: Key<'de>, map: &mut A) -> Result<(), A::Error> {
        let value = map.next_value().inspect_err(|_| wire::note(Step::Key(Cow::Owned(key.0.to_string()))))?;
        // Not searched for an earlier field of the same name, which would take too long with very many: the first
        // counts.
        self.0.get_or_insert_default().push((key.0.into(), value));
        Ok(())
    }

    pub(crate) fn put<S: SerializeMap>(&self, map: &mut S) -> Result<(), S::Error> {
        self.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(key, _)| key)).finish()
    }
}

crate::show::show_as_debug!(RawJson, Unknown, Extra);

#[cfg(test)]
mod tests {
    use crate::types::MsgContent;

    #[test]
    fn fields_that_are_not_known_may_be_very_many_and_the_first_of_a_name_counts() {
        let fields: String = (0..200_000).map(|n| format!(r#","k{n}":{n}"#)).collect();
        let json = format!(r#"{{"type":"text","text":"hi"{fields},"k7":"again"}}"#);
        let Ok(MsgContent::Text { extra, .. }) = serde_json::from_str(&json) else { panic!("a text") };
        assert_eq!((extra.iter().count(), extra.get("k7").map(|value| value.get())), (200_001, Some("7")));
    }
}
