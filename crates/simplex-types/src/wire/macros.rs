//! What the generated code calls: a macro each for records, unions, messages and strings.

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

/// Reading, writing and showing a union whose members are records of their own; what becomes of another tag, and the
/// member that holds it if there is one.
macro_rules! one_of {
    (
        $name:ident { $($variant:ident $tag:literal;)* }
        else |$other:ident, $map:ident| $otherwise:expr $(, $unknown:ident)?
    ) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_map($crate::wire::ObjectVisitor::<Self>(std::marker::PhantomData))
            }
        }

        impl<'de> $crate::wire::FromObject<'de> for $name {
            const NAME: &'static str = stringify!($name);
            fn from_object<A: serde::de::MapAccess<'de>>(mut $map: A) -> Result<Self, A::Error> {
                let $other = match $crate::wire::first_tag(&mut $map)? {
                    Ok(tag) => tag,
                    Err(first) => return $crate::wire::reordered(first, $map),
                };
                match &*$other.0 {
                    $($tag => Ok(Self::$variant(Box::new($crate::wire::FromObject::from_object($map)?))),)*
                    _ => $otherwise,
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(message) => message.serialize(serializer),)*
                    $(Self::$unknown(unknown) => unknown.serialize(serializer),)?
                }
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant(message) => message.fmt(f),)*
                    $(Self::$unknown(unknown) => unknown.fmt(f),)?
                }
            }
        }
    };
}

/// The union of all events, or of all answers: a tag that the schema does not know is kept.
macro_rules! messages {
    (answers $name:ident, $tags:ident { $($variant:ident $tag:literal;)* }) => {
        $crate::wire::messages!($name, $tags { $($variant $tag;)* });
        $crate::command::decoded_here!($name $(, $variant)*);
    };
    ($name:ident, $tags:ident { $($variant:ident $tag:literal;)* }) => {
        $crate::wire::one_of!(
            $name { $($variant $tag;)* } else |tag, map| Ok(Self::Unknown($crate::wire::unknown(tag, map)?)), Unknown
        );

        impl $name {
            /// Which member this is.
            pub fn tag(&self) -> $tags {
                match self {
                    $(Self::$variant(_) => $tags::$variant,)*
                    Self::Unknown(unknown) => $tags::Unknown(unknown.tag().into()),
                }
            }
        }
    };
}

/// A tag, or a string with known values.
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
                match self {
                    Self::Unknown(text) => $crate::show::tag(f, text),
                    _ => f.write_str(self.as_str()),
                }
            }
        }
    };
}

/// A string with known values, with its reading and writing.
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
    done_field, get_field, get_member, messages, one_of, put_field, put_member, record, start, strings, tags, union,
};
