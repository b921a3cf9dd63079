//! Keeps the door of a group: whoever comes by its link waits until they answer a question that programs get wrong.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use simplex_bot::Handle;
use simplex_bot::prelude::*;
use simplex_bot::senders::Cooldown;
use simplex_bot::types::event::JoinedGroupMember;
use simplex_bot::types::{
    ChatRef, GroupChatScope, GroupInfo, GroupMember, GroupMemberAdmission, GroupMemberId, GroupMemberRole,
    GroupMemberStatus, GroupProfile, MemberCriteria, NonEmpty,
};

/// The question that each waiting member was asked, and how many tries are left. After a restart the bot asks again.
#[derive(Clone, Default)]
pub struct Door(Arc<Mutex<HashMap<GroupMemberId, Asked>>>);

#[derive(Clone, Copy)]
struct Asked {
    sum: u32,
    left: u32,
}

/// The bot.
pub fn admission() -> Bot<Door> {
    Bot::new("Doorkeeper")
        .welcome("/open garden opens a group that nobody gets into without a word with me.")
        .state(Door::default())
        .nest(
            Router::new()
                .guard(in_direct())
                // Each call leaves the bot with one more group to keep.
                .layer(Cooldown::per_sender(3, Duration::from_hours(1)).saying("That is enough for now."))
                .command("open", "Open a group", open),
        )
        .on_event(knock)
        .nest(Router::new().guard(in_support().and(when(is_at_the_door))).on(any(), answer))
}

fn is_at_the_door(msg: &Message) -> bool {
    msg.member().is_some_and(|member| member.member_status == GroupMemberStatus::PendingReview)
}

async fn open(msg: Message, Args(name): Args, bot: Handle) -> Outcome {
    if name.is_empty() {
        return msg.reply("Write /open and a name, please.").await;
    }
    let mut profile = GroupProfile::new(&*name, "");
    let mut reviewed = GroupMemberAdmission::new();
    reviewed.review = Some(MemberCriteria::All);
    profile.member_admission = Some(reviewed);
    let group = msg.api().new_group(bot.user().user_id, profile).await?;
    let link = msg.api().create_group_link(group.group_id, GroupMemberRole::Member).await?;
    msg.reply(link.link()).await
}

async fn knock(event: JoinedGroupMember, api: ChatApi, State(door): State<Door>) -> Result<(), BotError> {
    if event.member.member_status == GroupMemberStatus::PendingReview {
        let id = event.member.group_member_id;
        let chat = ChatRef::scoped(event.group_info.group_id, GroupChatScope::MemberSupport(Some(id)));
        Chat::new(api, chat).send(door.ask(id, 3)).await?;
    }
    Ok(())
}

async fn answer(msg: Message, group: GroupInfo, member: GroupMember, State(door): State<Door>) -> Outcome {
    let (api, id) = (msg.api(), member.group_member_id);
    let Some(asked) = door.asked(id) else { return msg.reply(door.ask(id, 3)).await };
    // Forget the question last: if the core fails, this message is handled again and needs it.
    if msg.text().trim().parse() == Ok(asked.sum) {
        let sent = msg.reply("Welcome in.").await?;
        api.accept_member(group.group_id, id, GroupMemberRole::Member).await?;
        door.forget(id);
        return Ok(sent);
    }
    if asked.left > 1 {
        return msg.reply(format!("No. {}", door.ask(id, asked.left - 1))).await;
    }
    let sent = msg.reply("No. Goodbye.").await?;
    api.remove_members(group.group_id, NonEmpty::one(id), false).await?;
    door.forget(id);
    Ok(sent)
}

impl Door {
    /// A new question for somebody.
    fn ask(&self, who: GroupMemberId, left: u32) -> String {
        // As good as a die: the keys of `RandomState` are random.
        let random = RandomState::new().build_hasher().finish();
        let (a, b) = ((random % 10) as u32, (random / 10 % 10) as u32);
        let words = ["nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
        self.all().insert(who, Asked { sum: a + b, left });
        format!("How much is {} and {}?", words[a as usize], words[b as usize])
    }

    fn asked(&self, who: GroupMemberId) -> Option<Asked> {
        self.all().get(&who).copied()
    }

    fn forget(&self, who: GroupMemberId) {
        self.all().remove(&who);
    }

    fn all(&self) -> std::sync::MutexGuard<'_, HashMap<GroupMemberId, Asked>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
