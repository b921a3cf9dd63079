use super::*;

#[test]
fn attempts_and_the_first_run_outlive_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/bot_bot.state");
    let first = Baseline { time: 7, item: Some(12) };
    {
        let journal = Journal::open(&path).unwrap();
        assert_eq!(journal.baseline(), None);
        journal.set_baseline(first);
        assert_eq!(journal.begin(20), Attempts::default());
        journal.fail(20);
        assert_eq!(journal.failures(20), 1);
        assert_eq!(journal.begin(20), Attempts { begun: 1, failed: 1, ..Attempts::default() });
        journal.begin(21);
        journal.end(&[21]);
    }
    let journal = Journal::open(&path).unwrap();
    assert_eq!(journal.baseline(), Some(first));
    let before = journal.begin(20);
    assert_eq!((before.failed, before.deaths()), (1, 1));
    assert_eq!(journal.begin(21), Attempts::default());
}

#[test]
fn a_line_that_was_cut_short_takes_no_other_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    std::fs::write(&path, format!("{MAGIC}\nb1\nb2")).unwrap();
    Journal::open(&path).unwrap().begin(3);
    let journal = Journal::open(&path).unwrap();
    assert!([1, 3].into_iter().all(|item| journal.has_begun(item)));
}

#[test]
fn only_a_death_in_the_middle_of_a_suspect_stretch_is_held_against_a_message() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let run = |stretch: &[bool]| {
        let journal = Journal::open(&path).unwrap();
        let before = journal.begin(7);
        stretch.iter().for_each(|polling| journal.poll(7, *polling));
        (before.deaths(), before.caught)
    };
    assert_eq!(run(&[]), (0, 0));
    assert_eq!(run(&[true, false]), (1, 0));
    assert_eq!(run(&[true, false, true]), (2, 0));
    assert_eq!(run(&[true]), (3, 1));
    assert_eq!(run(&[]), (4, 2));
    // Kills from outside hit such a stretch now and then; if the message is the cause, each death is in one.
    assert_eq!(run(&[true]), (5, 0));
    assert_eq!(run(&[true]), (6, 1));
    assert_eq!(run(&[true, false]), (7, 2));
    assert_eq!(run(&[true]), (8, 0));
}

#[test]
fn what_was_remembered_of_another_database_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let first = Baseline { time: 7, item: Some(12) };
    {
        let journal = Journal::open(&path).unwrap();
        journal.set_baseline(first);
        // A file from before the journal named its database counts as this database's.
        journal.is_beside(1000);
        journal.begin(20);
    }
    {
        let journal = Journal::open(&path).unwrap();
        journal.is_beside(1000);
        assert_eq!((journal.baseline(), journal.begin(20).begun), (Some(first), 1));
    }
    {
        let journal = Journal::open(&path).unwrap();
        journal.is_beside(1001);
        assert_eq!((journal.baseline(), journal.begin(20).begun), (None, 0));
    }
    assert_eq!(Journal::open(&path).unwrap().begin(20).begun, 1);
}

#[test]
fn what_is_known_of_the_state_outlives_the_process() {
    use crate::runtime::known::Kind;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let user = UserId(1);
    let fact = |id| Fact { kind: Kind::Contact, id, created: 50 + id };
    {
        let journal = Journal::open(&path).unwrap();
        journal.looked(user, Look::Chats, Seen { until: 50, ..Seen::default() });
        journal.tell(user, fact(4));
    }
    let journal = Journal::open(&path).unwrap();
    assert_eq!(journal.looked_until(user, Look::Chats), Some(50));
    assert!(!journal.is_new(user, fact(4)) && journal.is_new(user, fact(5)));
    journal.forget_look(Look::Chats);
    drop(journal);
    assert_eq!(Journal::open(&path).unwrap().looked_until(user, Look::Chats), None);
}

#[test]
fn two_bots_do_not_share_a_file_at_one_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let journal = Journal::open(&path).unwrap();
    assert!(matches!(Journal::open(&path), Err(BotError::AlreadyServing { .. })));
    drop(journal);
    assert!(Journal::open(&path).is_ok());
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_stays_one() {
    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (folder.path().join("state"), folder.path().join("link"));
    drop(Journal::open(&path).unwrap());
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let journal = Journal::open(&link).unwrap();
    assert!(matches!(Journal::open(&path), Err(BotError::AlreadyServing { .. })));
    journal.is_beside(1000);
    journal.set_baseline(Baseline { time: 7, item: None });
    journal.is_beside(1001);
    journal.begin(20);
    drop(journal);
    assert!(link.is_symlink());
    assert_eq!(Journal::open(&path).unwrap().begin(20).begun, 1);
}

#[cfg(unix)]
#[test]
fn so_does_one_to_a_file_that_is_not_there_yet() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name| folder.path().join(name);
    for (link, target) in [("link", "other"), ("other", "deep/er/state")] {
        std::os::unix::fs::symlink(target, at(link)).unwrap();
    }
    let journal = Journal::open(&at("link")).unwrap();
    journal.is_beside(1000);
    journal.set_baseline(Baseline { time: 7, item: None });
    journal.is_beside(1001);
    assert!(at("link").is_symlink() && at("other").is_symlink());
    assert!(matches!(Journal::open(&at("deep/er/state")), Err(BotError::AlreadyServing { .. })));
    drop(journal);
    // In a circle, there is no file to open.
    std::fs::remove_file(at("deep/er/state")).unwrap();
    std::os::unix::fs::symlink(at("link"), at("deep/er/state")).unwrap();
    assert!(matches!(Journal::open(&at("link")), Err(BotError::StateFile { .. })));
}

#[cfg(unix)]
#[test]
fn a_file_that_only_its_owner_may_read_stays_one() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let journal = Journal::open(&path).unwrap();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
    journal.is_beside(1000);
    journal.is_beside(1001);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn the_file_stays_short_and_keeps_what_is_under_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let journal = Journal::open(&path).unwrap();
    journal.begin(-1);
    for item in 0..3 * LONG as i64 {
        journal.begin(item);
        journal.end(&[item]);
    }
    assert!(std::fs::metadata(&path).unwrap().len() < 24 * (LONG as u64 + 2));
    drop(journal);
    assert_eq!(Journal::open(&path).unwrap().begin(-1).begun, 1);
}

#[test]
fn a_broken_file_is_read_as_far_as_it_goes() {
    for text in ["", "\u{0}\u{0}", "since x 1\nb\nbx\na1\na1 2\nünï\nsince 5 -1\nb3", "b3\nsince 5 -1\nsince"] {
        let Stored { baseline, attempts, .. } = read(text);
        if text.contains("b3") {
            assert_eq!(attempts.get(&3).unwrap().begun, 1);
            assert_eq!(baseline, Some(Baseline { time: 5, item: None }));
        } else {
            assert!(attempts.is_empty());
        }
    }
}

#[test]
fn what_a_crash_of_the_machine_leaves_of_a_file_is_no_first_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    drop(Journal::open(&path).unwrap());
    let first = UNIX_EPOCH + Duration::from_secs(1_000);
    File::options().append(true).open(folder.path().join("state.lock")).unwrap().set_modified(first).unwrap();
    let kept = || Journal::open(&path).unwrap().baseline();
    assert_eq!(kept(), None, "none was stored");
    for left in ["", "\0\0\0"] {
        std::fs::write(&path, left).unwrap();
        for _ in 0..2 {
            assert_eq!(kept(), Some(Baseline { time: 1_000_000, item: None }));
        }
    }
    std::fs::write(&path, "\0\nsince 5 -1\n").unwrap();
    assert_eq!(kept(), Some(Baseline { time: 5, item: None }));
    std::fs::remove_file(&path).unwrap();
    assert_eq!(kept(), None, "somebody removed it");
}

#[test]
fn a_file_of_something_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    for text in ["[bot]\nname = \"bot\"\n", "simplex", "a\nb1\n"] {
        std::fs::write(&path, text).unwrap();
        match Journal::open(&path) {
            // A first line that was cut short.
            Ok(journal) => assert_eq!((text, journal.baseline()), ("simplex", None)),
            Err(error) => assert!(matches!(error, BotError::StateFile { .. }) && text != "simplex"),
        }
        assert!(std::fs::read_to_string(&path).unwrap().starts_with(text));
    }
}

#[test]
fn what_could_not_be_written_is_once_it_can() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let first = Baseline { time: 7, item: Some(12) };
    {
        let journal = Journal::open(&path).unwrap();
        // Writing to it fails, as on a disk that is full.
        journal.lock().file = Some(File::open(&path).unwrap());
        journal.set_baseline(first);
        journal.begin(20);
        journal.end(&[21]);
    }
    {
        let journal = Journal::open(&path).unwrap();
        assert_eq!((journal.baseline(), journal.begin(20).begun), (Some(first), 1));
        // It can be written to, but not be replaced.
        std::fs::create_dir(path.with_extension("new")).unwrap();
        journal.looked(UserId(1), Look::Chats, Seen::default());
        // As far as it came, that was a line's beginning.
        File::options().append(true).open(&path).unwrap().write_all(b"K 1").unwrap();
        journal.begin(20);
    }
    assert_eq!(Journal::open(&path).unwrap().begin(20).begun, 3);
}

#[test]
fn what_is_noted_while_the_file_cannot_be_opened_is_in_it_once_it_can() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let journal = Journal::open(&path).unwrap();
    // It can be neither replaced nor opened.
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    journal.looked(UserId(1), Look::Chats, Seen::default());
    journal.begin(20);
    assert!(journal.lock().broken, "it is told");
    std::fs::remove_dir(&path).unwrap();
    journal.begin(21);
    drop(journal);
    let journal = Journal::open(&path).unwrap();
    assert!([20, 21].into_iter().all(|item| journal.has_begun(item)));
    assert_eq!(journal.looked_until(UserId(1), Look::Chats), Some(0));
}

#[test]
fn an_attempt_that_is_taken_back_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    for _ in 0..2 {
        let journal = Journal::open(&path).unwrap();
        assert_eq!(journal.begin(7), Attempts::default());
        journal.take_back(7);
    }
    Journal::open(&path).unwrap().begin(7);
    assert_eq!(Journal::open(&path).unwrap().begin(7).deaths(), 1);
}

#[test]
fn ids_tell_what_came_after_the_first_run_and_where_none_is_known_the_time_does() {
    let meta = |id: i64, second: u32| -> CiMeta {
        serde_json::from_str(&format!(
            r#"{{"itemId":{id},"itemTs":"2026-01-01T00:00:00Z","itemText":"","itemStatus":{{"type":"rcvNew"}},"createdAt":"2026-01-01T00:00:{second:02}Z","updatedAt":"2026-01-01T00:00:00Z"}}"#
        ))
        .unwrap()
    };
    let time = meta(0, 30).created_at.as_unix_millis();
    // A clock may be set: that does not change the ids.
    let by_id = Baseline { time, item: Some(10) };
    assert!(by_id.is_before(&meta(11, 1)));
    assert!(!by_id.is_before(&meta(10, 59)));
    let by_time = Baseline { time, item: None };
    assert!(by_time.is_before(&meta(1, 30)));
    assert!(!by_time.is_before(&meta(11, 29)));
}
