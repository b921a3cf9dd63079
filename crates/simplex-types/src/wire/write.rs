//! Writing objects.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// Writes an object; the first error is kept until the end, so that writing a member is one plain call.
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

    /// Writes the unknown fields, and ends the object.
    pub(crate) fn end(self, extra: &crate::Extra) -> Result<S::Ok, S::Error> {
        let mut map = self.map?;
        extra.put(&mut map)?;
        map.end()
    }

    /// Writes an object that has only its tag.
    pub(crate) fn nullary(serializer: S, tag: &'static str) -> Result<S::Ok, S::Error> {
        Self::tagged(serializer, tag).end(&crate::Extra::default())
    }
}
