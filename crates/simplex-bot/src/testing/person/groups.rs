//! Groups: what a person does with them and their members.

use crate::api::ChatApi;
use crate::types::{ChatRef, Event, GroupId, GroupMember, GroupMemberRole, GroupProfile, NonEmpty};

use super::{Client, Heard, Person, connect};

/// A group that a person created, for others to join.
#[derive(Debug, Clone)]
pub struct Group {
    pub(in super::super) name: String,
    link: String,
}

impl Group {
    /// Its link, for a bot that joins groups whose links it is sent:
    ///
    /// ```
    /// use simplex_bot::prelude::*;
    /// use simplex_bot::testing::TestNetwork;
    /// use simplex_bot::types::GroupMemberRole;
    ///
    /// fn bot() -> Bot {
    ///     Bot::new("Guest").command("visit", "Visit a group", async |api: ChatApi, Args(link): Args| {
    ///         api.connect_active_user(&link, false).await.map(drop)
    ///     })
    /// }
    ///
    /// # simplex_bot::testing::run(async {
    /// let net = TestNetwork::new();
    /// let alice = net.person("alice").connects_to(&net.start(bot).await).await;
    /// let bob = net.person("bob");
    /// let team = bob.creates_group("team", GroupMemberRole::Member).await;
    /// alice.send(format!("/visit {}", team.link())).await;
    /// bob.expect_member("Guest").await;
    /// # });
    /// ```
    pub fn link(&self) -> &str {
        &self.link
    }
}

/// Joins by link, for a person or a bot. Returns the group if they are in it already.
pub(in super::super) async fn join(api: &ChatApi, group: &Group) -> Result<Option<ChatRef>, String> {
    connect(api, &group.link).await.map_err(|error| format!("nobody can join {}: {error}", group.name))
}

impl Person {
    /// Creates a group in which new members get `role`, `Member` at most, and opens it.
    ///
    /// # Panics
    /// When it is not created.
    #[track_caller]
    pub fn creates_group(&self, name: &str, role: GroupMemberRole) -> impl Future<Output = Group> {
        self.conversation.step(async move {
            self.note(format!("{} creates the group {name}", self.name));
            let Client { api, user } = self.client().await?;
            let created = async {
                let group = api.new_group(*user, GroupProfile::new(name, "")).await?;
                let link = api.create_group_link(group.group_id, role).await?;
                Ok::<_, crate::api::ApiError>((group.group_id, link))
            };
            let (group, link) =
                created.await.map_err(|error| format!("{} cannot create {name}: {error}", self.name))?;
            self.state().chat = Some(ChatRef::group(group));
            Ok(Group { name: name.to_owned(), link: link.link().to_owned() })
        })
    }

    /// Joins a group, and opens it.
    ///
    /// # Panics
    /// When it is not joined in time.
    #[track_caller]
    pub fn joins(&self, group: &Group) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            self.note(format!("{} joins {}", self.name, group.name));
            let joined = |heard: &Heard| match heard {
                Heard::Joined { group } => Some(ChatRef::group(*group)),
                _ => None,
            };
            let opened = match join(&self.client().await?.api, group).await? {
                Some(chat) => chat,
                None => self.wait_for("to have joined", joined).await?,
            };
            self.state().chat = Some(opened);
            Ok(())
        })
    }

    /// Joins the group that the person was invited to, and opens it.
    ///
    /// The example at [`Bot::business_address`](crate::Bot::business_address) uses it.
    ///
    /// # Panics
    /// When no invitation comes in time, or the group is not joined in time.
    #[track_caller]
    pub fn accepts_invitation(&self) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            let invited = |heard: &Heard| match heard {
                Heard::Other(event) => match &**event {
                    Event::ReceivedGroupInvitation(event) => Some(event.group_info.group_id),
                    _ => None,
                },
                _ => None,
            };
            let group = self.wait_for("to be invited to a group", invited).await?;
            self.note(format!("{} accepts the invitation to a group", self.name));
            let joining = self.client().await?.api.join_group(group).await;
            joining.map_err(|error| format!("{} cannot join: {error}", self.name))?;
            let joined =
                |heard: &Heard| matches!(heard, Heard::Joined { group: joined } if *joined == group).then_some(());
            self.wait_for("to have joined", joined).await?;
            self.state().chat = Some(ChatRef::group(group));
            Ok(())
        })
    }

    /// Changes the role of a member of the open group.
    ///
    /// # Panics
    /// When there is no such member, or the change is not allowed.
    #[track_caller]
    pub fn gives_role(&self, member: &str, role: GroupMemberRole) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            let found = self.member(member).await?;
            let (api, id) = (&self.client().await?.api, NonEmpty::one(found.group_member_id));
            let given = api.set_members_role(found.group_id, id, role).await;
            given.map(drop).map_err(|error| format!("{} cannot give {member} a role: {error}", self.name))
        })
    }

    /// Removes a member from the open group.
    ///
    /// # Panics
    /// When there is no such member, or the removal is not allowed.
    #[track_caller]
    pub fn removes(&self, member: &str) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            self.note(format!("{} removes {member}", self.name));
            let found = self.member(member).await?;
            let (api, id) = (&self.client().await?.api, NonEmpty::one(found.group_member_id));
            let removed = api.remove_members(found.group_id, id, false).await;
            removed.map(drop).map_err(|error| format!("{} cannot remove {member}: {error}", self.name))
        })
    }

    /// Leaves the open group. It stays open, for what came before.
    ///
    /// # Panics
    /// When it cannot be left.
    #[track_caller]
    pub fn leaves(&self) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            self.note(format!("{} leaves the group", self.name));
            let left = self.client().await?.api.leave_group(self.group()?).await;
            left.map(drop).map_err(|error| format!("{} cannot leave: {error}", self.name))
        })
    }

    /// A member who is in the open group, by the name that is shown.
    pub(super) async fn member(&self, name: &str) -> Result<GroupMember, String> {
        let members = self.client().await?.api.list_members(self.group()?).await;
        let members = members.map_err(|error| format!("{} does not see who is there: {error}", self.name))?;
        let found = members.into_iter().find(|known| known.member_profile.display_name == name && !known.is_gone());
        found.ok_or_else(|| format!("the group has no member {name}"))
    }

    pub(super) fn group(&self) -> Result<GroupId, String> {
        match self.chat()? {
            ChatRef::Group(group, _) => Ok(group),
            chat => Err(format!("{} has the chat {chat} open, which is no group: open one with `opens`", self.name)),
        }
    }
}
