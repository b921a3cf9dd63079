//! A group's profile and preferences.

use std::sync::Arc;

use super::Answer;
use super::users::check_name;
use crate::commands::group_items::{group_feature_body, updated_body};
use crate::cx::Cx;
use crate::ids;
use crate::json::{Js, Json};
use crate::parser::{ChatRef, GroupProfile, Role, Scope};
use crate::render::{self, GROUP_FEATURES, error};
use crate::state::{Dir, GroupWire};

impl Cx<'_> {
    /// Changes a group's profile here; returns the old one.
    pub(crate) fn change_group(&mut self, group: i64, profile: Arc<GroupProfile>) -> Option<Arc<GroupProfile>> {
        let now = self.sh.tick();
        let (user, old_name) = self.core.groups.get(&group).map(|g| (g.user, g.profile.display_name.clone()))?;
        let name = (old_name != profile.display_name).then(|| self.free_name(user, &profile.display_name));
        let g = self.core.groups.get_mut(&group)?;
        let old = std::mem::replace(&mut g.profile, profile.into());
        if let Some(name) = name {
            g.name = name;
        }
        g.updated = now;
        Some(Arc::clone(&old))
    }

    pub(super) fn set_group_profile(&mut self, group: i64, profile: GroupProfile) -> Answer {
        let user = self.group_of(group)?;
        self.need_role(group, Role::Owner)?;
        check_name(&profile.display_name)?;
        let profile = Arc::new(profile);
        let from = render::group_json(self.core, group);
        let Some(old) = self.change_group(group, profile.clone()) else {
            return Err(error::group_not_found(group));
        };
        let shared = ids::id16(&mut self.sh.rng);
        self.tell_group(group, Scope::Main, GroupWire::Info { profile: profile.clone(), shared: shared.clone() });
        self.refresh_group_link(group);
        let answer = self.answer("groupUpdated", user, |j, core| {
            j.raw("fromGroup", &from).key("toGroup");
            render::put_group(j, core, group);
        });
        let features = changed_features(&old, &profile);
        let at = ChatRef::Group(group, Scope::Main);
        if !same_but_preferences(&old, &profile) {
            let mut item = self.own_item(Dir::GroupSnd, updated_body(true, &profile));
            item.shared = Some(shared);
            self.add_with_event(user, at, &item);
        }
        for i in features {
            let item = self.own_item(Dir::GroupSnd, group_feature_body(true, i, &profile));
            self.add_with_event(user, at, &item);
        }
        answer
    }

    fn edit_profile(&mut self, name: &str, edit: impl FnOnce(&mut GroupProfile)) -> Answer {
        let group = self.group_by_name(name)?;
        let Some(mut p) = self.core.groups.get(&group).map(|g| GroupProfile::clone(&g.profile)) else {
            return Err(error::group_not_found(group));
        };
        edit(&mut p);
        self.set_group_profile(group, p)
    }

    pub(super) fn named_group_answer(&mut self, tag: &str, name: &str) -> Answer {
        let group = self.group_by_name(name)?;
        let user = self.active()?;
        self.group_answer(tag, user, group)
    }

    pub(super) fn rename_group(&mut self, name: &str, to: &str, full: &str) -> Answer {
        self.edit_profile(name, |p| {
            p.display_name = to.to_owned();
            p.full_name = full.to_owned();
        })
    }

    pub(super) fn set_welcome(&mut self, name: &str, text: Option<String>) -> Answer {
        self.edit_profile(name, |p| p.description = text)
    }

    pub(super) fn set_group_feature(&mut self, feature: &str, name: &str, on: bool, role: Option<Role>) -> Answer {
        self.edit_profile(name, |p| {
            // Once a feature is set by name, the core writes all features.
            let mut members = Vec::new();
            for (f, ..) in GROUP_FEATURES {
                let mut pref = render::group_pref(p, f);
                if f == feature {
                    pref.on = on;
                    pref.role = role.map(|r| r.as_str().to_owned());
                }
                let mut j = Js::new();
                render::put_group_pref(&mut j, &pref);
                members.push((f.to_owned(), Json::parse(&j.done()).unwrap_or(Json::Null)));
            }
            let commands = p.preferences.as_ref().and_then(|p| p.get("commands")).cloned();
            members.push(("commands".into(), commands.unwrap_or(Json::Arr(Vec::new()))));
            p.preferences = Some(Json::Obj(members));
        })
    }

    pub(super) fn set_admission(&mut self, name: &str, all: bool) -> Answer {
        self.edit_profile(name, |p| {
            p.admission = all.then(|| Json::Obj(vec![("review".into(), Json::Str("all".into()))]));
        })
    }
}

/// Whether two group profiles are equal apart from their preferences.
pub(crate) fn same_but_preferences(a: &GroupProfile, b: &GroupProfile) -> bool {
    GroupProfile { preferences: None, ..a.clone() } == GroupProfile { preferences: None, ..b.clone() }
}

/// Features whose setting changed, only those that chats have items about.
pub(crate) fn changed_features(a: &GroupProfile, b: &GroupProfile) -> Vec<usize> {
    (0..render::SHOWN_FEATURES)
        .filter(|i| {
            let name = GROUP_FEATURES.get(*i).map_or("", |f| f.0);
            let (x, y) = (render::group_pref(a, name), render::group_pref(b, name));
            x.on != y.on || x.role != y.role || (x.on && x.ttl != y.ttl)
        })
        .collect()
}
