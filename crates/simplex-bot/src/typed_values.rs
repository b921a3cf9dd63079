//! Values by their type: those that middleware attaches to a message, and those that a handler has for middleware.
//!
//! Nothing here is global: a map belongs to one message or one handler, and is dropped with it.

use std::any::{Any, TypeId};

use crate::handler::discard;

/// A few values, at most one of each type. Few enough that a list is the fastest map.
#[derive(Default)]
pub(crate) struct TypedValues(Vec<(TypeId, Box<dyn Any + Send + Sync>)>);

impl TypedValues {
    /// Adds a value; it replaces one of the same type.
    pub(crate) fn put<T: Send + Sync + 'static>(&mut self, value: T) {
        let id = TypeId::of::<T>();
        self.0.retain(|(known, _)| *known != id);
        self.0.push((id, Box::new(value)));
    }

    /// The value of a type.
    pub(crate) fn get<T: 'static>(&self) -> Option<&T> {
        let id = TypeId::of::<T>();
        self.0.iter().find(|(known, _)| *known == id).and_then(|(_, value)| value.downcast_ref())
    }
}

impl Drop for TypedValues {
    /// The values are the program's own, and may panic when they are dropped: with a message, that would be in the
    /// worker of its lane, or in whoever stops the bot.
    fn drop(&mut self) {
        for (_, value) in self.0.drain(..) {
            discard("what is attached to a message", value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TypedValues;

    #[test]
    fn there_is_one_value_of_a_type() {
        let mut values = TypedValues::default();
        values.put(1_u8);
        values.put("one");
        values.put(2_u8);
        assert_eq!((values.get::<u8>(), values.get::<&str>(), values.get::<i64>()), (Some(&2), Some(&"one"), None));
    }
}
