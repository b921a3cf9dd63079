//! Commands to a network, for tests that look at the answers.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]
#![allow(dead_code, reason = "not every file of tests uses all of it")]

use serde_json::Value;
use simplex_sim::{CoreId, Network};

pub trait Commands {
    fn net(&mut self) -> &mut Network;

    fn raw(&mut self, core: CoreId, text: &str) -> Value {
        serde_json::from_str(&self.net().command(core, text).unwrap()).unwrap()
    }

    fn ok(&mut self, core: CoreId, text: &str) -> Value {
        let v = self.raw(core, text);
        assert!(v.get("result").is_some(), "{text}: {v}");
        v["result"].clone()
    }

    fn refused(&mut self, core: CoreId, text: &str) -> Value {
        let v = self.raw(core, text);
        v.get("error").unwrap_or_else(|| panic!("{text}: {v}")).clone()
    }
}
