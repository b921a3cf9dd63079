//! Walks over JSON without decoding it: finds where the members of objects are, several times faster than a parser.
//!
//! Only the structure is checked: brackets that close, strings that end. What is inside a value is checked when the
//! value is decoded. Nothing here recurses, so no nesting is too deep.

/// Walks the members of the object that begins at `at`, and returns where it ends.
///
/// `member` gets each key, as written between its quotes, and where the key's value begins; it returns where the value
/// ends, which [`value`] finds for values that are not needed. `None` if this is not an object.
pub(crate) fn object<'a>(
    text: &'a str,
    at: usize,
    mut member: impl FnMut(&'a str, usize) -> Option<usize>,
) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = space(bytes, after(bytes, at, b'{')?);
    if bytes.get(at) == Some(&b'}') {
        return Some(at + 1);
    }
    loop {
        let key = after(bytes, at, b'"')?;
        let end = string(bytes, key)?;
        let key = text.get(key..end - 1)?;
        at = after(bytes, space(bytes, end), b':')?;
        at = space(bytes, member(key, space(bytes, at))?);
        match bytes.get(at)? {
            b',' => at = space(bytes, at + 1),
            b'}' => return Some(at + 1),
            _ => return None,
        }
    }
}

/// Where the value that begins at `at` ends.
pub(crate) fn value(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes.get(at)? {
        b'"' => string(bytes, at + 1),
        b'{' | b'[' => nested(bytes, at + 1),
        _ => {
            let rest = bytes.get(at..)?;
            let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.');
            let len = rest.iter().position(|b| !plain(b)).unwrap_or(rest.len());
            (len > 0).then_some(at + len)
        }
    }
}

/// The deepest nesting of brackets in the text.
pub(crate) fn depth(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut most) = (0, 0_usize, 0);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => at = string(bytes, at).unwrap_or(bytes.len()),
            b'{' | b'[' => {
                depth += 1;
                most = most.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    most
}

/// Where the white space that begins at `at` ends.
pub(crate) fn space(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\n' | b'\t' | b'\r')) {
        at += 1;
    }
    at
}

fn after(bytes: &[u8], at: usize, expected: u8) -> Option<usize> {
    (bytes.get(at) == Some(&expected)).then_some(at + 1)
}

/// Where a nested value ends whose first bracket is just before `at`.
fn nested(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 1_usize;
    loop {
        let byte = *bytes.get(at)?;
        at += 1;
        match byte {
            b'"' => at = string(bytes, at)?,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
}

/// Where a string ends whose opening quote is just before `at`: after its closing quote.
fn string(bytes: &[u8], mut at: usize) -> Option<usize> {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    // The lowest zero byte gets its high bit set; the bits of higher bytes may be wrong, and do not matter.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    loop {
        // Eight bytes at a time.
        while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
            let word = u64::from_le_bytes(*chunk);
            let found = zeros(word ^ (ONES * u64::from(b'"'))) | zeros(word ^ (ONES * u64::from(b'\\')));
            if found != 0 {
                at += found.trailing_zeros() as usize / 8;
                break;
            }
            at += 8;
        }
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// Any JSON, as serde_json writes it.
    fn json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<f64>().prop_map(Into::into),
            ".{0,20}|[\\\\\"{}\\[\\]]{0,20}".prop_map(Into::into),
        ];
        leaf.prop_recursive(5, 60, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::Array),
                proptest::collection::btree_map(".{0,10}", inner, 0..6)
                    .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_value_ends_where_a_parser_says(value in json(), pretty: bool, rest in "[ ,}\\]].{0,9}|") {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }?;
            prop_assert_eq!(super::value(&format!("{text}{rest}"), 0), Some(text.len()));
            if text.starts_with(['{', '[', '"']) {
                let cut = text.char_indices().last().map_or(0, |(at, _)| at);
                prop_assert_eq!(super::value(&text[..cut], 0), None);
            }
        }

        #[test]
        fn members_are_those_that_a_parser_finds(map in proptest::collection::btree_map("[a-z]{0,9}", json(), 0..6), pretty: bool) {
            let text = if pretty { serde_json::to_string_pretty(&map) } else { serde_json::to_string(&map) }?;
            let mut found = BTreeMap::new();
            let end = object(&text, 0, |key, at| {
                let end = value(&text, at)?;
                found.insert(key.to_owned(), serde_json::from_str::<serde_json::Value>(&text[at..end]).ok()?);
                Some(end)
            });
            prop_assert_eq!(end, Some(text.len()));
            prop_assert_eq!(found, serde_json::from_str::<BTreeMap<String, serde_json::Value>>(&text)?);
        }

        #[test]
        fn anything_else_ends_the_walk(text in ".{0,40}|[{}\\[\\]:,\"\\\\a1 ]{0,40}", at in 0_usize..50) {
            let in_text = |end: Option<usize>| end.is_none_or(|end| end <= text.len());
            prop_assert!(in_text(value(&text, at)));
            prop_assert!(in_text(object(&text, at, |_, at| value(&text, at))));
        }
    }

    #[test]
    fn no_nesting_is_too_deep() {
        let text = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
        assert_eq!((value(&text, 0), depth(&text)), (Some(2_000_000), 1_000_000));
        assert_eq!(depth(r#"[{"a":"[[["},[[1]],"\\\"["#), 3);
    }
}
