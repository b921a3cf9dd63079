//! Differences in what older versions of the core write, where a default or another spelling is not enough.

use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer};
use serde_json::value::RawValue;

use crate::types::{GroupInfo, GroupInfoSummary};
use crate::wire::ListSeed;

/// Reads a list of groups; core 6.4 lists each group together with its summary.
pub(crate) struct GroupsSeed;

impl<'de> DeserializeSeed<'de> for GroupsSeed {
    type Value = Vec<GroupInfo>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let groups = ListSeed::<ListedGroup>(PhantomData).deserialize(deserializer)?;
        Ok(groups.into_iter().map(|group| group.0).collect())
    }
}

struct ListedGroup(GroupInfo);

impl<'de> Deserialize<'de> for ListedGroup {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let error = |error| serde::de::Error::custom(crate::wire::message(&error));
        if !raw.get().starts_with("{\"groupInfo\":") {
            return serde_json::from_str(raw.get()).map(Self).map_err(error);
        }
        let listed: GroupInfoSummary = serde_json::from_str(raw.get()).map_err(error)?;
        let mut group = *listed.group_info;
        group.group_summary = listed.group_summary;
        Ok(Self(group))
    }
}
