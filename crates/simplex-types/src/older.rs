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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{Frame, answer, cmd};

    #[test]
    fn a_group_that_is_listed_beside_its_summary_has_it() {
        let event: Value = serde_json::from_str(include_str!("../tests/data/group.json")).unwrap();
        let group = &event["result"]["chatItems"][0]["chatInfo"]["groupInfo"];
        let listed = json!({ "groupInfo": group, "groupSummary": { "currentMembers": 7 } });
        let list = json!({ "type": "groupsList", "user": event["result"]["user"], "groups": [listed, group] });
        let answer = answer::<cmd::ListGroups>(&Frame::parse(json!({ "result": list }).to_string())).unwrap();
        assert_eq!(answer.lost, []);
        let members: Vec<i64> = answer.value.groups.iter().map(|group| group.group_summary.current_members).collect();
        assert_eq!(members, [7, 0]);
    }
}
