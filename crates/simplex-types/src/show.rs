//! Showing values without what people wrote: `Debug` of every type prints structure, ids and tags, never free text,
//! keys or links.

use std::collections::BTreeMap;
use std::fmt;

/// How a value is shown.
pub(crate) trait Show {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// Shows a value through [`Show`].
pub(crate) struct Shown<'a>(pub(crate) &'a dyn Show);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(f)
    }
}

/// Shows an object.
pub(crate) fn fields(f: &mut fmt::Formatter<'_>, name: &str, fields: &[(&str, &dyn Show)]) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    for (name, value) in fields {
        shown.field(name, &Shown(*value));
    }
    shown.finish()
}

impl Show for String {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.len())
    }
}

impl<T: Show> Show for Option<T> {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Some(value) => value.show(f),
            None => f.write_str("None"),
        }
    }
}

impl<T: Show> Show for Box<T> {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).show(f)
    }
}

impl<T: Show> Show for Vec<T> {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|element| Shown(element))).finish()
    }
}

impl<T: Show> Show for BTreeMap<String, T> {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.values().map(|value| Shown(value))).finish()
    }
}

macro_rules! show_as_debug {
    ($($ty:ty),* $(,)?) => {
        $(impl $crate::show::Show for $ty {
            fn show(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(self, f)
            }
        })*
    };
}

pub(crate) use show_as_debug;

show_as_debug!(bool, i64, f64);
