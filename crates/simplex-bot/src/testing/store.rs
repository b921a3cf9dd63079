//! What any store must keep.

use crate::store::{Store, Stored};

/// Tests your own [`Store`]: whether it keeps what the trait promises. The store must be empty.
///
/// # Panics
/// When it does not.
pub async fn check_store(store: &dyn Store) {
    let state = |n: u32| Stored { version: n, state: format!("{{\"n\":{n},\"t\":\"ü\\n\"}}"), saved: u64::MAX >> 1 };
    let keys = ["a", "A", "a/b c", "ключ", ""];
    for (n, key) in (0..).zip(keys) {
        assert_eq!(store.load(key).await.expect("a load"), None, "{key:?} is new");
        store.remove(key).await.expect("removing what is not there is no error");
        store.save(key, state(n)).await.expect("a save");
    }
    for (n, key) in (0..).zip(keys) {
        assert_eq!(store.load(key).await.expect("a load"), Some(state(n)), "{key:?} is as it was saved");
    }
    store.save("a", state(9)).await.expect("a save");
    assert_eq!(store.load("a").await.expect("a load"), Some(state(9)), "a save replaces");
    let found = async |prefix: &str| {
        let mut found = store.keys(prefix).await.expect("the keys");
        found.sort();
        found
    };
    assert_eq!(found("a").await, ["a", "a/b c"], "the keys with a prefix, and no others");
    assert_eq!(found("кл").await, ["ключ"], "a prefix is any text");
    assert_eq!((found("").await.len(), found("%").await.len()), (5, 0), "every key begins with nothing, none with a %");
    store.remove("a").await.expect("a removal");
    assert_eq!(store.load("a").await.expect("a load"), None, "what is removed is gone");
    assert_eq!(store.load("A").await.expect("a load"), Some(state(1)), "and nothing else");
    let large = Stored { version: u32::MAX, state: "ä".repeat(1 << 19), saved: 0 };
    store.save("large", large.clone()).await.expect("a save");
    assert_eq!(store.load("large").await.expect("a load"), Some(large), "a megabyte is kept");
    let keys = ["s1", "s2", "s3", "s4"];
    let (a, b, c, d) = tokio::join!(
        store.save(keys[0], state(1)),
        store.save(keys[1], state(2)),
        store.save(keys[2], state(3)),
        store.save(keys[3], state(4)),
    );
    for (saved, (n, key)) in [a, b, c, d].into_iter().zip((1..).zip(keys)) {
        saved.expect("a save");
        assert_eq!(store.load(key).await.expect("a load"), Some(state(n)), "saves side by side are all kept");
    }
}
