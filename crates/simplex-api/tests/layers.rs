//! What layers do around the one call.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails a test")]

mod common;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use common::recorded;
use simplex_api::core::mock::{Answer, MockCore};
use simplex_api::types::*;
use simplex_api::{ApiError, Call, ChatApi, CoreError, Deadlines, Layer, Next, Request, Trace, Urgency};

fn api<A: Into<Answer>>(script: impl Fn(&Request) -> A + Send + Sync + 'static) -> (ChatApi, MockCore) {
    let core = MockCore::new(script);
    (ChatApi::new(Arc::new(core.clone())), core)
}

#[derive(Debug)]
struct Note(&'static str, Arc<Mutex<Vec<String>>>);

#[async_trait]
impl Layer for Note {
    async fn call(&self, call: Call, next: Next<'_>) -> Result<Frame, ApiError> {
        self.1.lock().expect("notes").push(format!("{} {}", self.0, call.name()));
        next.run(call).await
    }
}

#[tokio::test]
async fn the_first_layer_is_the_outermost_and_raw_commands_pass_too() {
    let notes = Arc::default();
    let (api, core) = api(|_| &*recorded("is_chat_running").answer);
    let api = api.with_layer(Note("outer", Arc::clone(&notes))).with_layer(Note("inner", Arc::clone(&notes)));
    api.is_chat_running().await.expect("an answer");
    api.raw("/_check running").await.expect("an answer");
    let expected =
        ["outer CheckChatRunning", "inner CheckChatRunning", "outer /_check running", "inner /_check running"];
    assert_eq!(*notes.lock().expect("notes"), expected);
    assert_eq!(core.sent().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn deadlines_follow_the_use_of_the_network() {
    let (api, _) = api(|_| Answer::Never);
    let (local, network) = (Duration::from_secs(5), Duration::from_secs(40));
    let api = api.with_layer(Trace).with_layer(Deadlines { local, network });
    let after = |error: ApiError| match error {
        ApiError::Core(CoreError::Timeout { after, .. }) => after,
        other => panic!("{other}"),
    };
    assert_eq!(after(api.list_contacts(UserId(1)).await.expect_err("no answer")), local);
    assert_eq!(after(api.create_user_address(UserId(1)).await.expect_err("no answer")), network);
    assert_eq!(after(api.raw("/_address 1").await.expect_err("no answer")), network);
    let sending = api.send_text_message(ContactId(4), "hi", None).await;
    assert_eq!(after(sending.expect_err("no answer")), local, "what goes on after its answer does not wait for it");
    // One that has a deadline keeps it.
    let longer = api.with_layer(Deadlines { local: network, network });
    assert_eq!(after(longer.list_contacts(UserId(1)).await.expect_err("no answer")), local);
}

/// All fields of all spans and events.
struct Log(Arc<Mutex<String>>);

impl tracing::field::Visit for Log {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        *self.0.lock().expect("the log") += &format!("{field}={value:?} ");
    }
}

impl tracing::Subscriber for Log {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        span.record(&mut Log(self.0.clone()));
        tracing::span::Id::from_u64(1)
    }
    fn record(&self, _: &tracing::span::Id, values: &tracing::span::Record<'_>) {
        values.record(&mut Log(self.0.clone()));
    }
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        event.record(&mut Log(self.0.clone()));
    }
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

#[tokio::test]
async fn the_log_names_commands_and_answers_and_shows_nothing_of_them() {
    let log = Arc::new(Mutex::new(String::new()));
    let _default = tracing::subscriber::set_default(Log(log.clone()));
    for (answer, tag) in [
        (r#"{"result":{"type":"cmdOk","text":"private"}}"#, "cmdOk"),
        (r#"{"error":{"type":"error","errorType":{"type":"commandError","message":"private"}}}"#, "error"),
        ("private", "(no tag)"),
    ] {
        let (api, _) = api(move |_| answer);
        let api = api.with_layer(Trace);
        api.send_text_message(ContactId(4), "private", None).await.expect_err("no answer to a message");
        api.raw("/_hide user 1 \"private\"").await.ok();
        let log = std::mem::take(&mut *log.lock().expect("the log"));
        for part in ["APISendMessages", "/_hide user", tag] {
            assert!(log.contains(part), "{log}");
        }
        assert!(!log.contains("private"), "{log}");
    }
}

#[tokio::test]
async fn marking_read_and_stopping_pass_when_others_hang() {
    let (api, core) = api(|request| match request.urgency() {
        Urgency::Control => Answer::from(r#"{"result":{"type":"cmdOk"}}"#),
        _ => panic!("{} would wait", request.words()),
    });
    let (contact, item) = (ContactId(4), ChatItemId(8));
    api.read_chat_items(contact, NonEmpty::from(item)).await.ok();
    api.read_chat(contact).await.ok();
    api.read_user(UserId(1)).await.ok();
    api.stop_chat().await.ok();
    assert_eq!(core.sent().len(), 4);
}

#[cfg(feature = "retry")]
mod retry {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use simplex_api::Retry;

    fn counted(answers: Vec<Answer>) -> (ChatApi, MockCore) {
        let at = AtomicUsize::new(0);
        let (api, core) = api(move |_| {
            let at = at.fetch_add(1, Ordering::SeqCst);
            answers.get(at).or(answers.last()).cloned().expect("an answer")
        });
        (api.with_layer(Retry::default()), core)
    }

    fn no_network() -> Answer {
        Answer::from(&*recorded("contact_queue_info_no_network").answer)
    }

    fn interrupted() -> Answer {
        Answer::Fail(CoreError::Interrupted { command: "/_contacts".into(), reason: "reset".into() })
    }

    fn unavailable() -> Answer {
        Answer::Fail(CoreError::Unavailable { reason: "not yet".into() })
    }

    #[tokio::test(start_paused = true)]
    async fn what_can_be_repeated_is_until_it_succeeds() {
        let found = Answer::from(&*recorded("list_contacts").answer);
        let late = CoreError::Timeout { command: "/_contacts".into(), after: Duration::from_secs(60) };
        let (api, core) = counted(vec![interrupted(), Answer::Fail(late), no_network(), found]);
        api.list_contacts(UserId(1)).await.expect("contacts");
        assert_eq!(core.sent().len(), 4);
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_knows_what_twice_is_of_a_command_as_text() {
        let (api, core) = counted(vec![interrupted()]);
        api.raw("/_contacts 1").await.expect_err("no answer");
        assert_eq!(core.sent().len(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_message_that_may_have_gone_out_is_not_sent_twice() {
        for answer in [interrupted(), no_network()] {
            let (api, core) = counted(vec![answer]);
            let error = api.send_text_message(ContactId(4), "once", None).await.expect_err("no answer");
            assert!(error.may_have_been_carried_out());
            assert_eq!(core.sent().len(), 1);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn servers_are_not_set_twice() {
        let servers = || UserOperatorServers::new(vec![UserServer::new("smp://key@one.example")], vec![]);
        let (api, core) = counted(vec![interrupted()]);
        let error = api.set_user_servers(UserId(1), servers().into()).await.expect_err("no answer");
        assert!(error.may_have_been_carried_out());
        assert_eq!(core.sent().len(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn what_did_not_reach_the_core_is_sent_again_and_given_up_in_the_end() {
        let sent = Answer::from(&*recorded("send_messages").answer);
        let (api, core) = counted(vec![unavailable(), sent]);
        api.send_text_message(ContactId(4), "hi", None).await.expect("sent");
        assert_eq!(core.sent().len(), 2);
        let (api, core) = counted(vec![unavailable()]);
        let error = api.send_text_message(ContactId(4), "hi", None).await.expect_err("never there");
        assert!(error.is_temporary() && !error.may_have_been_carried_out());
        assert_eq!(core.sent().len(), 4);
    }

    #[tokio::test(start_paused = true)]
    async fn a_lasting_error_is_not_repeated() {
        let (api, core) = counted(vec![Answer::Fail(CoreError::Closed { reason: "asked to".into() })]);
        api.list_contacts(UserId(1)).await.expect_err("closed");
        assert_eq!(core.sent().len(), 1);
        let (api, core) = counted(vec![Answer::from(&*recorded("get_contact_info_unknown").answer)]);
        assert!(api.get_contact_info(ContactId(99)).await.expect_err("unknown").is_not_found());
        assert_eq!(core.sent().len(), 1);
        for (agent_error, times) in [
            (r#"{"type":"BROKER","brokerAddress":"smp://a@b","brokerErr":{"type":"HOST"}}"#, 1),
            (r#"{"type":"CRITICAL","offerRestart":false,"criticalErr":"broken"}"#, 1),
            (r#"{"type":"CRITICAL","offerRestart":true,"criticalErr":"broken"}"#, 4),
        ] {
            let answer = format!(r#"{{"error":{{"type":"errorAgent","agentError":{agent_error},"agentConnId":""}}}}"#);
            let (api, core) = counted(vec![answer.into()]);
            api.list_contacts(UserId(1)).await.expect_err("an error");
            assert_eq!(core.sent().len(), times, "{agent_error}");
        }
    }
}

#[cfg(feature = "pace")]
#[tokio::test(start_paused = true)]
async fn messages_go_out_at_a_pace_and_other_commands_do_not_wait() {
    let (api, _) = api(|request| match request.text().starts_with("/_send") {
        true => &*recorded("send_messages").answer,
        false => &*recorded("list_contacts").answer,
    });
    let ten = std::num::NonZeroU32::new(10).expect("ten");
    let api = api.with_layer(simplex_api::Pace::per_second(ten));
    let start = tokio::time::Instant::now();
    for _ in 0..40 {
        api.send_text_message(ContactId(4), "hi", None).await.expect("sent");
    }
    let took = start.elapsed();
    assert!(took >= Duration::from_millis(2_900) && took < Duration::from_millis(3_200), "{took:?}");
    let start = tokio::time::Instant::now();
    for _ in 0..100 {
        api.list_contacts(UserId(1)).await.expect("contacts");
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[cfg(feature = "pace")]
#[tokio::test(start_paused = true)]
async fn whatever_goes_out_to_people_has_its_pace() {
    let (api, core) = api(|_| r#"{"result":{"type":"cmdOk"}}"#);
    let (minute, two) = (Duration::from_secs(60), std::num::NonZeroU32::new(2).expect("two"));
    let api = api.with_layer(simplex_api::Pace::every(minute, two).expect("a pace"));
    let (contact, item) = (ContactId(4), ChatItemId(8));
    let start = tokio::time::Instant::now();
    api.send_text_message(contact, "hi", None).await.ok();
    api.update_chat_item(contact, item, "hello").await.ok();
    assert_eq!(start.elapsed(), Duration::ZERO);
    let (reaction, spam) = (MsgReaction::emoji("👍"), ReportReason::Spam);
    api.chat_item_reaction(contact, item, true, reaction).await.ok();
    api.forward_chat_items(GroupId(1), contact, NonEmpty::from(item), None).await.ok();
    api.report_message(GroupId(1), item, spam, None).await.ok();
    assert_eq!((core.sent().len(), start.elapsed().as_secs()), (5, 180));
}
