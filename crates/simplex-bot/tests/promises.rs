//! The promises of delivery that the other tests leave, each over a simulated core. Which test is for which promise:
//!
//! | what is promised | tests |
//! |---|---|
//! | handled, or for no handler: marked read | `delivery::what_is_handled_is_marked_read`, `delivery::what_no_handler_takes_is_marked_too` |
//! | without a handler of messages they are left alone | `over_a_mock::without_a_handler_for_messages_none_is_decoded_looked_for_or_marked`, `over_a_mock::who_waits_for_a_message_without_handling_any_marks_that_one_alone`, `over_a_mock::who_waits_for_a_message_without_handling_any_marks_no_other_before_either` |
//! | what nobody wrote is marked after its event's handlers | `reconcile::groups::an_invitation_is_marked_read_after_its_handlers`, `supervision::a_notice_of_the_core_is_marked_after_its_handlers`, `delivery::a_notice_of_lost_messages_is_told_marked_and_in_nobodys_way`, `supervision::a_notice_of_the_core_that_is_told_of_together_with_a_message_is_marked_too` |
//! | failed: told, repeated, given up; the lane goes on or waits | `options::tests` in the runtime, `failures::a_failed_message_is_repeated_and_then_given_up_and_the_others_go_on`, `conversations::a_message_that_is_repeated_answers_no_question_asked_meanwhile`, `failures::a_chat_may_wait_for_a_message_that_is_repeated`, `failures::no_more_messages_wait_to_be_repeated_than_may_be_queued_but_then_their_chat_waits`, `failures::a_chat_waits_too_for_a_message_whose_handler_had_left_its_lane`, `failures::a_repeated_message_is_seen_as_it_is_then`, `over_a_mock::a_panic_and_an_error_are_outcomes_and_the_chat_goes_on`, `failures::a_handler_that_takes_too_long_has_failed`, `failures::what_a_handler_waits_for_people_is_not_of_its_time`, `failures::a_handler_that_panics_while_it_is_dropped_holds_up_nobody`, `stores::a_message_that_is_handled_again_is_not_too_many`, `stores::a_message_that_is_handled_again_takes_no_turn_of_those_after_it`, `files::a_message_that_is_handled_again_has_its_file` |
//! | attempts outlive the process; a message that kills it is given up | `journal::tests` in the runtime, `killed` in the end-to-end tests, `failures::an_attempt_is_noted_in_the_file_before_its_handler_begins`; and are forgotten: `attempts_at_what_is_handled_are_forgotten` in the runtime, `failures::attempts_at_a_message_that_goes_with_its_chat_are_forgotten`, `failures::attempts_at_a_message_that_a_stop_keeps_from_its_last_are_forgotten_only_if_it_does_not_come_again` |
//! | marks: in batches, before a stop, repeated | `supervision::marks_are_few_and_all_are_made_before_a_stop`, `supervision::a_hundred_of_a_chat_are_marked_at_once_and_fewer_after_a_while`, `supervision::a_mark_that_fails_at_a_stop_is_repeated_while_there_is_time`, `supervision::of_many_chats_the_one_whose_mark_fails_at_a_stop_is_marked_again`, `supervision::cores::a_mark_that_a_stop_cuts_off_before_a_chat_is_read_is_repeated`, `supervision::marks_that_fail_are_not_repeated_with_each_message_that_is_handled`, `supervision::a_mark_whose_answer_is_not_understood_is_not_repeated`, `marks_that_fail_are_repeated_and_nothing_is_handled_twice` in the runtime |
//! | at most once, off | `delivery::at_most_once_marks_before_it_handles`, [`at_most_once_does_not_handle_again_what_a_stop_cut_off`], [`at_most_once_marks_an_answer_before_its_handler_has_it`], [`at_most_once_marks_what_it_skips_too`], `supervision::at_most_once_a_mark_that_fails_is_repeated_until_the_stop_and_its_chat_waits`, `supervision::at_most_once_what_is_deleted_while_it_is_marked_is_not_handled`, `supervision::at_most_once_what_goes_with_its_chat_before_it_is_marked_is_not_handled`, `delivery::with_delivery_off_*`, `stops::at_most_once_what_waits_for_a_place_at_a_stop_is_handled_as_nobody_finds_it_again` |
//! | never twice in one run | `lanes::tests` in the runtime, [`what_is_under_way_is_not_handled_again_when_the_bot_looks_back`] |
//! | looking back: at start, after a reconnect, after a gap, when there is room | `delivery::what_was_missed_is_handled_at_the_next_start_in_order_and_once`, `looking_back::after_a_reconnect_what_was_missed_is_handled`, `looking_back::after_a_gap_what_was_missed_is_handled`, `looking_back::more_chats_than_one_list_has_are_looked_at`, `looking_back::a_chat_that_cannot_be_read_does_not_hold_up_others_for_long`, `looking_back::a_list_of_chats_that_is_not_to_be_had_is_asked_for_again_soon`, `looking_back::what_no_list_of_unread_chats_shows_is_looked_for_after_a_gap_and_after_a_reconnect`, `delivery::past_the_budget_messages_are_read_from_the_database_in_order`, `delivery::past_the_budget_messages_that_are_told_of_together_are_read_from_the_database` |
//! | looking back finds all of it, and sees it as it is | `looking_back` |
//! | all of it, and in order, whatever happens | `histories` |
//! | what is written before its sender is connected waits until it can be answered | `early` |
//! | what is written live is handled when it is finished | `live`, `what_is_finished_takes_no_room_from_what_is_still_being_written` in the runtime |
//! | deleted ids are no cursors, nor are those that the core cannot read | `looking_back::messages_deleted_while_they_are_read_do_not_stop_the_reading`, `looking_back::pages::an_item_that_the_core_cannot_read_keeps_no_other_from_being_handled`, `supervision::a_core_that_finds_no_item_to_begin_at_is_asked_again_after_a_while_and_not_at_once` |
//! | what no event told of is looked for each hour | `looking_back::a_message_whose_event_got_lost_is_found_within_the_hour`, `looking_back::what_no_list_of_unread_chats_shows_is_looked_for_within_the_hour_too` |
//! | support chats are looked at, and are lanes of their own | `support_chats::a_support_chat_is_a_lane_of_its_own_and_is_looked_at`, `support_chats::who_waits_for_an_answer_does_not_wait_for_the_look_at_all_groups`, `support_chats::a_group_whose_support_chats_cannot_be_looked_at_is_not_in_the_way_of_the_others` |
//! | … and what comes there before that waits for what was missed | `support_chats::what_comes_in_a_support_chat_that_was_not_looked_at_yet_waits_for_what_was_missed_there`, `support_chats::what_is_told_of_together_in_a_support_chat_waits_for_what_was_missed_there` |
//! | first run: a baseline; `All`, `Since` | `delivery::a_first_run_answers_nothing_of_what_was_there_unless_told_to`, `backlog::a_database_of_years_is_left_alone_and_all_of_it_is_handled_on_request`, `backlog::what_came_late_to_the_database_is_left_alone_too`, `backlog::of_many_chats_with_old_messages_a_first_run_reads_those_that_changed_last`, `backlog::a_time_may_say_what_is_handled`, `backlog::what_comes_while_old_messages_are_gone_over_is_handled_though_its_time_is_not_come` |
//! | history of a group is marked, and handled on request | `backlog::history_is_marked_and_handled_on_request_only` |
//! | what a member passes on of those who write now is no history | `backlog::what_a_member_passes_on_is_history_only_from_before_the_bot_came` |
//! | state, not messages | `reconcile` |
//! | a database of a core that the program brings: what came while the bot was away | `backlog::what_came_while_a_bot_on_a_core_of_its_own_was_away_is_handled`, `spans::a_bot_that_will_not_handle_what_it_misses_says_so` |
//! | a database that is not the one before | `backlog::another_database_under_the_same_name_begins_anew`, `delivery::an_address_whose_settings_were_not_set_is_still_a_new_one`, `spans::a_bot_that_finds_the_state_file_of_another_database_says_so` |
//! | order in a lane; edits wait behind; late items as they are now | `changed_meanwhile::what_waits_of_a_cleared_chat_is_not_handled`, `over_a_mock::a_chat_is_handled_in_order_and_another_is_not_held_up`, `over_a_mock::the_notes_are_a_lane_of_their_own_and_hold_no_messages`, `changed_meanwhile::a_change_waits_behind_its_message`, `delivery::a_late_message_is_seen_as_it_is_now_and_a_deleted_one_is_not_seen`, `changed_meanwhile::what_changes_while_it_waits_for_a_place_is_seen_as_it_is_then`, `changed_meanwhile::what_changes_at_once_is_seen_as_it_is_then`, `changed_meanwhile::what_changed_and_cannot_be_looked_at_is_handled_as_it_came`, `changed_meanwhile::what_a_moderator_removes_with_its_author_is_not_handled_any_more`, `changed_meanwhile::what_is_deleted_from_a_group_without_an_event_for_each_is_not_handled_any_more`, `support_chats::what_waits_in_a_support_chat_that_goes_is_not_handled_any_more`, `looking_back::pages::what_no_event_told_of_yet_waits_for_the_events_before_its_own` |
//! | lanes by a key of the bot's own | `lane_by` |
//! | ids of contacts are used again | [`what_waits_of_a_deleted_contact_is_not_handled`], `changed_meanwhile::of_a_deleted_contact_nothing_is_handled_that_waits_for_a_place`, [`a_question_to_a_deleted_contact_is_over_and_the_next_one_with_its_id_does_not_answer`], `lanes::tests`, `broadcasts::a_broadcast_reaches_who_has_the_id_of_somebody_deleted`, `stores::lists_and_cooldowns_do_not_take_a_new_contact_for_a_deleted_one`, `dialogues::a_new_contact_is_not_in_the_dialogue_of_a_deleted_one`, `dialogues::a_new_contact_is_not_told_of_the_end_of_a_deleted_ones_conversation`, `dialogues::a_conversation_without_a_time_goes_with_its_contact` |
//! | overload: receiving never waits; changes in a chat that is behind are dropped; other events coalesced, or counted | [`receiving_does_not_wait_for_handlers`], `changed_meanwhile::changes_of_what_was_left_in_the_database_are_dropped`, `supervision::of_statuses_that_wait_the_latest_is_told_and_what_finds_no_room_is_counted`, `reconcile::what_an_event_told_that_found_no_room_is_found`, `reconcile::how_far_a_file_came_is_told_as_it_is_when_its_handler_has_time`, `intake::tests` in the runtime, `supervision::large_messages_stay_in_the_database_though_not_many_wait`, `supervision::of_4096_messages_that_may_wait_one_chat_has_half`, `delivery::past_the_budget_messages_of_many_chats_stay_in_the_database_too`, `delivery::who_writes_on_and_on_does_not_keep_others_from_being_read`, `lane_by::no_more_are_in_hand_of_many_chats_than_may_be_queued` |
//! | waits give back their place, have deadlines, end first at a stop | `runtime::tests::waiting`, `conversations`, `conversations::who_does_not_answer_is_not_asked_again`, `clients`, `dialogue_times::a_handler_of_a_timeout_may_ask`, `looking_back::pages::a_handler_that_goes_on_does_not_wait_until_its_chat_is_read`, `looking_back::pages::a_handler_that_goes_on_does_not_wait_until_the_end_of_a_long_chat_is_found`, `files::a_handler_that_waits_for_a_file_holds_nobody_up` |
//! | an `ask` does not outlive the process; its beginning is handled again | [`a_question_is_asked_again_after_a_kill`] |
//! | several profiles | `profiles` |
//! | stop: handlers may end by the deadline, what is queued stays, marks are flushed | [`a_stop_lets_a_hundred_handlers_end`], `stops::what_is_queued_at_a_stop_is_handled_by_the_next_run`, `stops::what_waits_for_a_place_at_a_stop_does_not_begin`, `stops::once_it_is_asked_to_stop_no_handler_begins`, `stops::what_is_to_be_handled_again_does_not_hold_up_a_stop_and_is_the_next_runs`, `the_lanes_have_ended_before_anything_learns_of_a_stop` in the runtime, `stops::an_edit_of_what_is_not_handled_at_a_stop_is_not_told`, `stops::an_edit_of_what_a_stop_keeps_from_its_last_attempt_is_told_if_that_does_not_come_again`, `stops::a_stuck_handler_is_cancelled_at_the_deadline_and_its_message_stays_unread`, `stops::what_waits_for_a_place_does_not_begin_when_the_time_is_over` |
//! | a stop is no failure of a message whose handler waits | [`a_stop_while_a_handler_asks_is_no_failure_of_its_message`], [`a_handler_that_ends_well_though_a_stop_ended_its_wait_has_handled_its_message`], [`an_error_of_its_own_fails_a_message_also_while_the_bot_stops`], `reconcile::handlers::a_stop_while_a_handler_asks_is_told_again`, `reconcile::handlers::a_handler_that_asks_only_when_the_bot_stops_already_is_told_again`, `dialogue_times::a_handler_of_a_timeout_that_the_stop_cuts_off_while_it_waits_begins_anew_at_the_next_start`, `dialogue_times::what_answered_a_handler_of_a_timeout_that_the_stop_cuts_off_is_not_lost`, `dialogue_times::a_message_whose_conversation_the_stop_keeps_from_its_end_is_handled_after_it_at_the_next_start`, `dialogue_times::a_time_that_is_over_while_the_bot_stops_is_told_by_the_next_run`; but of one that does not come again: [`a_stop_while_a_handler_asks_is_a_failure_of_a_message_that_does_not_come_again`], `reconcile::handlers::a_stop_while_a_handler_asks_is_a_failure_of_an_event_that_is_not_told_again` |
//! | the same of a process, by SIGTERM or SIGHUP | `stops::a_bot_inside_a_program_stops_at_a_signal`, `run::a_signal_while_a_bot_starts_ends_it_well_with_its_core_closed`, `run::a_signal_while_the_library_is_fetched_ends_a_bot_well`, `run::a_second_hangup_cancels_no_handler`, `killed::a_process_that_is_asked_to_end_lets_a_hundred_handlers_end_and_loses_nothing`, `killed::a_process_whose_terminal_is_closed_ends_in_order` in the end-to-end tests |
//! | a handler that blocks its thread does not hold up the end | [`what_blocks_its_thread_does_not_hold_up_a_stop`] |
//! | a hung core does not hold up the end, and one that closes has the time to | `supervision::cores::a_core_that_hangs_does_not_hold_up_the_end`, `supervision::cores::a_stop_does_not_wait_for_a_core_that_hangs_while_missed_messages_are_looked_for`, `supervision::cores::a_core_that_hangs_while_a_chat_is_read_is_no_handler_that_a_stop_waits_for`, `supervision::cores::a_core_that_hangs_when_a_message_is_to_be_handled_again_is_no_handler_that_a_stop_waits_for`, `supervision::cores::a_core_that_hangs_when_a_changed_message_is_to_begin_is_no_handler_that_a_stop_waits_for`, `supervision::cores::the_core_has_time_to_close_after_a_handler_that_took_almost_all_of_it`; least of all one that is forced, or whose core ended: `a_core_that_hangs_at_marks_holds_up_no_stop_that_is_forced` and `a_core_that_does_not_close_holds_up_no_stop_that_is_forced` in the library, `supervision::cores::a_bot_whose_core_ended_does_not_try_to_mark_until_all_its_time_is_over` |
//! | serving twice at once is refused, again after a stop works; several bots in a process | `stops::two_bots_do_not_serve_one_database_and_one_may_follow_another`, [`several_bots_live_in_one_process`] |
//! | a restart with nothing changed changes nothing | `delivery::a_restart_with_nothing_changed_changes_nothing_and_what_is_not_mentioned_stays` |

mod common;

use std::sync::{Arc, Barrier};
use std::time::Duration;

use common::{Seen, World, next, nothing_more, seen, stored, telling, telling_of, unread, until};
use simplex_bot::core::CoreEvent;
use simplex_bot::prelude::*;
use simplex_bot::schedule::{Missed, every};
use simplex_bot::store::{MemoryStore, Store, Stored};
use simplex_bot::testing::TestNetwork;
use simplex_bot::{Delivery, Retry, WaitError};
use tokio::sync::{Notify, Semaphore};
use tokio::time::timeout;

#[tokio::test]
async fn what_is_under_way_is_not_handled_again_when_the_bot_looks_back() {
    let world = World::new();
    let core = world.deaf();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "0" {
            gate.notified().await;
        }
    }
    let bot = world.bot_on(core.clone()).state((seen, Arc::clone(&gate)));
    let bot = bot.on(text(), waits).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    for n in 0..3 {
        alice.send(&n.to_string());
    }
    assert_eq!(next(&mut heard).await, "0");
    until(async || bot.handle().health().unwrap().queued == 2).await;
    // Told twice, and looked for besides.
    core.says(CoreEvent::Reconnected);
    core.says(CoreEvent::Lagged { events: 1 });
    until(async || bot.handle().health().unwrap().lagged == 1).await;
    gate.notify_one();
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["1", "2"]);
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_waits_of_a_deleted_contact_is_not_handled() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn deletes(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) -> Outcome<()> {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "delete me" {
            gate.notified().await;
            msg.api().raw("/_delete @4 full notify=off").await?;
        }
        Ok(())
    }
    let bot = world.bot().state((seen, Arc::clone(&gate))).on(text(), deletes).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("delete me");
    assert_eq!(next(&mut heard).await, "delete me");
    for n in 0..5 {
        alice.send(&format!("for whom? {n}"));
    }
    until(async || bot.handle().health().unwrap().queued == 5).await;
    gate.notify_one();
    until(async || bot.handle().health().unwrap().lanes == 0).await;
    // Bob gets the id.
    let bob = world.person("bob", &bot).await;
    bob.send("me");
    assert_eq!(next(&mut heard).await, "me");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_question_to_a_deleted_contact_is_over_and_the_next_one_with_its_id_does_not_answer() {
    async fn asks(msg: TextMessage, State(seen): State<Seen>) -> Outcome<()> {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "ask" {
            let error = msg.chat().next_message().await.unwrap_err();
            assert!(matches!(error, BotError::Wait(WaitError::Gone)), "{error:?}");
            seen.send(error.to_string()).unwrap();
        }
        Ok(())
    }
    // The core deletes the contact of a request that is rejected after it was accepted.
    for delete in ["/_delete @4 full notify=off", "/_reject 1"] {
        let world = World::new();
        let (seen, mut heard) = seen();
        let bot = world.bot().state(seen).on(text(), asks).start().await.unwrap();
        let alice = world.person("alice", &bot).await;
        alice.send("ask");
        assert_eq!(next(&mut heard).await, "ask");
        bot.api().raw(delete).await.unwrap();
        assert_eq!(next(&mut heard).await, "the chat is deleted: nothing comes from it any more");
        // Bob gets the id.
        let bob = world.person("bob", &bot).await;
        bob.send("me");
        assert_eq!(next(&mut heard).await, "me");
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test]
async fn at_most_once_does_not_handle_again_what_a_stop_cut_off() {
    let world = World::new();
    let (seen_1, mut heard) = seen();
    async fn stuck(msg: TextMessage, State(seen): State<Seen>) {
        seen.send(msg.text().to_owned()).unwrap();
        std::future::pending::<()>().await;
    }
    let bot = world.bot().delivery(Delivery::AtMostOnce).drain(Duration::from_millis(100)).state(seen_1);
    let bot = bot.on(text(), stuck).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("once");
    assert_eq!(next(&mut heard).await, "once");
    assert!(matches!(bot.stop().await, Err(BotError::DrainTimeout { handlers: 1, .. })));
    let (bot, mut heard) = telling_of(world.bot().delivery(Delivery::AtMostOnce)).await;
    alice.send("next");
    assert!(next(&mut heard).await.starts_with("next"));
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn at_most_once_marks_an_answer_before_its_handler_has_it() {
    let world = World::new();
    let core = world.deaf();
    let (seen, mut heard) = seen();
    async fn asks(msg: TextMessage, State(seen): State<Seen>) -> Outcome<()> {
        let answer = msg.chat().ask("who?").await?;
        let chat = msg.api().raw("/_get chat @4 initial=1").await?;
        seen.send(format!("{answer}, {} unread", chat["chat"]["chatStats"]["unreadCount"])).unwrap();
        Ok(())
    }
    let bot = world.bot_on(core.clone()).delivery(Delivery::AtMostOnce);
    let bot = bot.state(seen).on(text(), asks).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("hello");
    stored(&bot, "who?").await;
    alice.send("me");
    assert_eq!(next(&mut heard).await, "me, 0 unread");
    // It is no new message, neither in this run nor in the next.
    core.says(CoreEvent::Reconnected);
    until(async || bot.handle().health().unwrap().reconnects == 1).await;
    until(async || bot.handle().health().unwrap().lanes == 0).await;
    assert_eq!(bot.handle().health().unwrap().handled, 2);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn at_most_once_marks_what_it_skips_too() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| {
        let deleted = alice.send("deleted");
        alice.delete(deleted);
    });
    let (bot, mut heard) = telling_of(world.bot().delivery(Delivery::AtMostOnce)).await;
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn receiving_does_not_wait_for_handlers() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Semaphore::new(0));
    async fn stuck(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Semaphore>)>) {
        drop(gate.acquire().await.unwrap());
        seen.send(msg.text().to_owned()).unwrap();
    }
    let bot = world.bot().queue(64).in_flight(2).state((seen, Arc::clone(&gate))).on(text(), stuck);
    let bot = bot.start().await.unwrap();
    let people =
        [world.person("alice", &bot).await, world.person("bob", &bot).await, world.person("carol", &bot).await];
    for n in 0..200 {
        for person in &people {
            person.send(&n.to_string());
        }
    }
    // Every event was taken from the core; what has no room is left in the database, and memory is bounded.
    let handle = bot.handle();
    until(async || {
        let health = handle.health().unwrap();
        health.messages_left as usize + health.queued + people.len() == 600 && health.behind == 3
    })
    .await;
    assert!(handle.health().unwrap().queued <= 64);
    gate.add_permits(1000);
    for _ in 0..600 {
        next(&mut heard).await;
    }
    nothing_more(bot, &mut heard).await;
}

#[simplex_bot::test]
async fn a_question_is_asked_again_after_a_kill() {
    let net = TestNetwork::new();
    let make = || {
        Bot::new("Asking").on(text(), async |msg: TextMessage| -> Outcome {
            let name = msg.chat().ask("Your name?").await?;
            msg.chat().send(format!("{}, {}", msg.text(), name)).await
        })
    };
    let mut bot = net.start(make).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("Hello").await;
    alice.expect("Your name?").await;
    bot.killed_and_restarted().await;
    alice.expect("Your name?").await;
    alice.send("Alice").await;
    alice.expect("Hello, Alice").await;
    alice.expect_silence(Duration::from_secs(60)).await;
}

#[tokio::test]
async fn a_stop_while_a_handler_asks_is_no_failure_of_its_message() {
    let world = World::new();
    async fn asks(msg: TextMessage, State(seen): State<Seen>) -> Outcome<()> {
        seen.send("begun".into()).unwrap();
        for question in ["one?", "two?"] {
            let answer = msg.chat().ask(question).await?;
            seen.send(answer).unwrap();
        }
        Ok(())
    }
    let start = async || {
        let (seen, heard) = seen();
        let (failures, poison) = (seen.clone(), seen.clone());
        let bot = world.bot().retry(Retry::never()).state(seen).on(text(), asks);
        let bot = bot.on_error(move |_, failure| failures.send(failure.to_string()).unwrap());
        let bot = bot.on_poison(move |_, failure| poison.send(format!("given up: {failure}")).unwrap());
        (bot.start().await.unwrap(), heard)
    };
    let (bot, mut heard) = start().await;
    let alice = world.person("alice", &bot).await;
    alice.send("hello");
    assert_eq!(next(&mut heard).await, "begun");
    alice.send("1");
    assert_eq!(next(&mut heard).await, "1");
    nothing_more(bot, &mut heard).await;
    // The handler begins anew, and what was answered is answered still. More often than a message is handled that ends
    // the process.
    for _ in 0..100 {
        let (bot, mut heard) = start().await;
        assert_eq!([next(&mut heard).await, next(&mut heard).await], ["begun", "1"]);
        assert_eq!(unread(&bot, 4).await, 2);
        nothing_more(bot, &mut heard).await;
    }
    let (bot, mut heard) = start().await;
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["begun", "1"]);
    alice.send("2");
    assert_eq!(next(&mut heard).await, "2");
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_handler_that_ends_well_though_a_stop_ended_its_wait_has_handled_its_message() {
    async fn asks(msg: TextMessage, State(seen): State<Seen>) -> Outcome<()> {
        seen.send("begun".into()).unwrap();
        while let Ok(answer) = msg.chat().ask("Well?").await {
            seen.send(answer).unwrap();
        }
        Ok(())
    }
    let world = World::new();
    let (seen, mut heard) = seen();
    let bot = world.bot().state(seen).on(text(), asks).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("hello");
    assert_eq!(next(&mut heard).await, "begun");
    alice.send("answer");
    assert_eq!(next(&mut heard).await, "answer");
    nothing_more(bot, &mut heard).await;
    // And so it has its answer.
    world.while_nobody_listens(|_| _ = alice.send("missed"));
    let (bot, mut heard) = telling(&world).await;
    assert_eq!(next(&mut heard).await, "missed recovered");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_blocks_its_thread_does_not_hold_up_a_stop() {
    async fn blocks(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Barrier>)>) {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "blocks" {
            gate.wait();
        }
    }
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Barrier::new(3));
    let store = MemoryStore::new();
    let long_ago = Stored { version: 0, state: String::new(), saved: 1 };
    store.save("schedule/job", long_ago).await.unwrap();
    let hourly = every(Duration::from_secs(3600)).remembered("job", store).missed(Missed::RunOnce);
    let bot = world.bot().drain(Duration::from_millis(200)).state((seen, Arc::clone(&gate))).on(text(), blocks);
    let bot = bot.schedule(hourly, async |State((seen, gate)): State<(Seen, Arc<Barrier>)>| {
        seen.send("job".to_owned()).unwrap();
        gate.wait();
    });
    let bot = bot.start().await.unwrap();
    assert_eq!(next(&mut heard).await, "job");
    let (alice, bob) = (world.person("alice", &bot).await, world.person("bob", &bot).await);
    alice.send("blocks");
    assert_eq!(next(&mut heard).await, "blocks");
    bob.send("another");
    assert_eq!(next(&mut heard).await, "another");
    let ended = timeout(Duration::from_secs(10), bot.stop()).await;
    gate.wait();
    let ended = ended.unwrap();
    assert!(matches!(ended, Err(BotError::DrainTimeout { handlers: 1, .. })), "{ended:?}");
    world.while_nobody_listens(|core| {
        for (contact, unread) in [(4, 1), (5, 0)] {
            let chat = core.raw(&format!("/_get chat @{contact} initial=1"));
            assert!(chat.contains(&format!("\"unreadCount\":{unread},")), "{chat}");
        }
    });
}

#[tokio::test]
async fn an_error_of_its_own_fails_a_message_also_while_the_bot_stops() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let (poison, gate) = (seen.clone(), Arc::new(Notify::new()));
    type Shared = State<(Seen, Arc<Notify>)>;
    async fn fails(msg: TextMessage, State((seen, gate)): Shared) -> Result<(), std::num::ParseIntError> {
        seen.send("begun".into()).unwrap();
        gate.notified().await;
        msg.text().parse::<i32>().map(drop)
    }
    let bot = world.bot().retry(Retry::never()).state((seen, Arc::clone(&gate))).on(text(), fails);
    let bot = bot.on_poison(move |msg, _| poison.send(format!("given up {}", msg.text())).unwrap());
    let bot = bot.start().await.unwrap();
    world.person("alice", &bot).await.send("word");
    assert_eq!(next(&mut heard).await, "begun");
    let handle = bot.handle();
    handle.stop();
    gate.notify_one();
    handle.join().await.unwrap();
    assert_eq!(next(&mut heard).await, "given up word");
}

#[tokio::test]
async fn several_bots_live_in_one_process() {
    let (one, two) = (World::new(), World::new());
    let (first, mut heard_1) = telling(&one).await;
    let (second, mut heard_2) = telling(&two).await;
    let (alice, bob) = (one.person("alice", &first).await, two.person("bob", &second).await);
    alice.send("1");
    bob.send("2");
    assert_eq!((next(&mut heard_1).await, next(&mut heard_2).await), ("1".into(), "2".into()));
    nothing_more(first, &mut heard_1).await;
    bob.send("3");
    assert_eq!(next(&mut heard_2).await, "3");
    // The one that ended may serve again beside the other.
    let (first, mut heard_1) = telling(&one).await;
    alice.send("4");
    assert!(next(&mut heard_1).await.starts_with('4'));
    nothing_more(first, &mut heard_1).await;
    nothing_more(second, &mut heard_2).await;
}

#[tokio::test]
async fn a_stop_lets_a_hundred_handlers_end() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Semaphore::new(0));
    async fn slow(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Semaphore>)>) -> Outcome<()> {
        seen.send("begun".into()).unwrap();
        drop(gate.acquire().await.unwrap());
        // A command under way while the bot stops.
        msg.reply(format!("re {}", msg.text())).await?;
        Ok(())
    }
    let bot = world.bot().state((seen, Arc::clone(&gate))).on(text(), slow).start().await.unwrap();
    let mut people = Vec::new();
    for n in 0..100 {
        people.push(world.person(&format!("p{n}"), &bot).await);
    }
    for person in &people {
        person.send("a");
        person.send("b");
    }
    for _ in 0..100 {
        assert_eq!(next(&mut heard).await, "begun");
    }
    let handle = bot.handle();
    handle.stop();
    gate.add_permits(1000);
    timeout(Duration::from_secs(10), handle.join()).await.unwrap().unwrap();
    // All that ran are answered; all that were queued are unread, and the next run's.
    let (bot, mut heard) = telling(&world).await;
    for _ in 0..100 {
        assert_eq!(next(&mut heard).await, "b recovered");
    }
    nothing_more(bot, &mut heard).await;
    for person in people {
        let chat = person.core.raw("/_get chat @4 count=10");
        assert_eq!(chat.matches("\"itemText\":\"re a\"").count(), 1, "{chat}");
    }
}

#[tokio::test]
async fn a_stop_while_a_handler_asks_is_a_failure_of_a_message_that_does_not_come_again() {
    async fn asks(msg: TextMessage, State(seen): State<Seen>) -> Outcome<()> {
        seen.send("begun".into()).unwrap();
        msg.chat().ask("Well?").await?;
        Ok(())
    }
    for delivery in [Delivery::AtMostOnce, Delivery::Off] {
        let world = World::new();
        let (seen, mut heard) = seen();
        let failures = seen.clone();
        let bot = world.bot().delivery(delivery).state(seen).on(text(), asks);
        let bot = bot.on_error(move |_, failure| failures.send(failure.to_string()).unwrap()).start().await.unwrap();
        world.person("alice", &bot).await.send("hello");
        assert_eq!(next(&mut heard).await, "begun");
        bot.stop().await.unwrap();
        assert_eq!(next(&mut heard).await, format!("the handler failed: {}", WaitError::Stopping));
        assert_eq!(heard.recv().await, None);
        // Nothing is remembered of it.
        let state = std::fs::read_to_string(world.state_file()).unwrap();
        let lines = |kind: char| state.lines().filter(|line| line.starts_with(kind)).count();
        assert_eq!((lines('b'), lines('e')), (1, 1), "{state}");
    }
}
