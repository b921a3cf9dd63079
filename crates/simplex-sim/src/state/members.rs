//! The members of all groups of a core. What every event about a group shows, or every message between members needs,
//! is kept beside the rows: a large group would otherwise be counted and searched for each of its members.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::Member;

#[derive(Debug, Clone, Default)]
pub struct Members {
    rows: BTreeMap<i64, Box<Member>>,
    groups: HashMap<i64, Roll>,
}

/// What is known about the members of one group.
#[derive(Debug, Clone, Default)]
struct Roll {
    ids: BTreeSet<i64>,
    by_member_id: HashMap<Arc<str>, i64>,
    /// How many count as members.
    count: i64,
    /// Those who may require attention.
    noted: BTreeSet<i64>,
}

impl Roll {
    fn enter(&mut self, m: &Member) {
        self.ids.insert(m.id);
        self.by_member_id.insert(m.member_id.clone(), m.id);
        self.count += i64::from(m.counts());
        if m.noted() {
            self.noted.insert(m.id);
        }
    }

    fn strike(&mut self, m: &Member) {
        self.ids.remove(&m.id);
        self.by_member_id.remove(&m.member_id);
        self.count -= i64::from(m.counts());
        self.noted.remove(&m.id);
    }
}

impl Members {
    pub fn get(&self, id: &i64) -> Option<&Member> {
        self.rows.get(id).map(|m| &**m)
    }

    /// A member to be changed; what is kept about its group follows when the change is done.
    pub fn get_mut(&mut self, id: &i64) -> Option<MemberMut<'_>> {
        let row = self.rows.get_mut(id)?;
        let roll = self.groups.get_mut(&row.group)?;
        Some(MemberMut { member_id: row.member_id.clone(), counted: row.counts(), row, roll })
    }

    /// The id of the next row: one more than the highest in use.
    pub fn next(&self) -> i64 {
        self.rows.last_key_value().map_or(1, |(k, _)| k + 1)
    }

    pub fn insert(&mut self, m: Member) {
        self.groups.entry(m.group).or_default().enter(&m);
        self.rows.insert(m.id, Box::new(m));
    }

    pub fn remove(&mut self, id: &i64) -> Option<Member> {
        let m = *self.rows.remove(id)?;
        if let Some(roll) = self.groups.get_mut(&m.group) {
            roll.strike(&m);
        }
        Some(m)
    }

    /// Removes all members of a group.
    pub fn remove_group(&mut self, group: i64) -> Vec<Member> {
        let ids = self.groups.remove(&group).unwrap_or_default().ids;
        ids.iter().filter_map(|id| self.rows.remove(id)).map(|m| *m).collect()
    }

    /// The members of all groups.
    pub fn values(&self) -> impl Iterator<Item = &Member> {
        self.rows.values().map(|m| &**m)
    }

    /// The members of a group, those who left included.
    pub fn of(&self, group: i64) -> impl Iterator<Item = &Member> {
        self.groups.get(&group).into_iter().flat_map(|g| &g.ids).filter_map(|id| self.get(id))
    }

    /// How many rows a group has.
    pub fn rows_of(&self, group: i64) -> usize {
        self.groups.get(&group).map_or(0, |g| g.ids.len())
    }

    /// How many members a group has, the user included.
    pub fn count(&self, group: i64) -> i64 {
        self.groups.get(&group).map_or(0, |g| g.count)
    }

    /// The members of a group who wait to be admitted, or for an answer in their support chat.
    pub fn noted(&self, group: i64) -> impl Iterator<Item = &Member> {
        self.groups.get(&group).into_iter().flat_map(|g| &g.noted).filter_map(|id| self.get(id))
    }

    /// Finds a member by the id that all members know.
    pub fn by_member_id(&self, group: i64, member_id: &str) -> Option<&Member> {
        self.get(self.groups.get(&group)?.by_member_id.get(member_id)?)
    }
}

/// A member that is being changed.
pub struct MemberMut<'a> {
    row: &'a mut Member,
    roll: &'a mut Roll,
    member_id: Arc<str>,
    counted: bool,
}

impl Deref for MemberMut<'_> {
    type Target = Member;

    fn deref(&self) -> &Member {
        self.row
    }
}

impl DerefMut for MemberMut<'_> {
    fn deref_mut(&mut self) -> &mut Member {
        self.row.shown.take();
        self.row
    }
}

impl Drop for MemberMut<'_> {
    fn drop(&mut self) {
        let (row, roll) = (&*self.row, &mut *self.roll);
        roll.count += i64::from(row.counts()) - i64::from(self.counted);
        if row.noted() {
            roll.noted.insert(row.id);
        } else {
            roll.noted.remove(&row.id);
        }
        if row.member_id != self.member_id {
            roll.by_member_id.remove(&self.member_id);
            roll.by_member_id.insert(row.member_id.clone(), row.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::network::{Network, Settings};
    use crate::parser::Role;
    use crate::state::{InvitedBy, Member, SupportChat};

    /// What is kept about each group is what counting its rows gives.
    fn check(members: &super::Members) {
        for group in 1..=2 {
            let rows: Vec<&Member> = members.values().filter(|m| m.group == group).collect();
            let ids = |list: Vec<&Member>| list.iter().map(|m| m.id).collect::<Vec<_>>();
            assert_eq!(ids(members.of(group).collect()), ids(rows.clone()));
            assert_eq!(members.rows_of(group), rows.len());
            assert_eq!(members.count(group), i64::try_from(rows.iter().filter(|m| m.counts()).count()).unwrap());
            assert_eq!(ids(members.noted(group).collect()), ids(rows.iter().copied().filter(|m| m.noted()).collect()));
            for m in rows {
                assert_eq!(members.by_member_id(group, &m.member_id).map(|m| m.id), Some(m.id));
            }
        }
    }

    #[test]
    fn what_is_kept_about_a_group_follows_every_change_of_its_members() {
        let mut net = Network::new(Settings::default());
        let core = net.open("a", "").unwrap();
        let user = r#"/_create user {"profile":{"displayName":"a","fullName":""},"pastTimestamp":false}"#;
        for command in [user, "/_start main=on", r#"/_group 1 {"displayName":"g","fullName":""}"#] {
            net.command(core, command).unwrap();
        }
        let own = net.cores[core].members.get(&1).unwrap().clone();
        let mut members = std::mem::take(&mut net.cores[core].members);
        let mut rng = fastrand::Rng::with_seed(7);
        let statuses = ["invited", "accepted", "connected", "left", "removed", "pending_review", "complete"];
        for n in 2..2_000 {
            let (group, status) = (rng.i64(1..=2), *rng.choice(&statuses).unwrap());
            let invited_by = InvitedBy::Unknown;
            let (role, category) = (Role::Member, "invitee");
            let member_id = format!("m{n}").into();
            let id = members.next();
            members.insert(Member { id, group, status, category, role, invited_by, member_id, ..own.clone() });
            let any = rng.i64(1..=id);
            if let Some(mut m) = members.get_mut(&any) {
                m.status = *rng.choice(&statuses).unwrap();
                let attention = rng.i64(0..2);
                let ts = m.created;
                m.support =
                    rng.bool().then_some(SupportChat { ts, unread: 0, attention, mentions: 0, last_from_member: None });
                if rng.bool() {
                    m.member_id = format!("renamed{n}").into();
                }
            }
            if n % 3 == 0 {
                members.remove(&rng.i64(1..=id));
            }
            if n % 500 == 0 {
                let all = members.rows_of(2);
                assert_eq!(members.remove_group(2).len(), all);
            }
            if n % 20 == 0 {
                check(&members);
            }
        }
    }
}
