use super::*;

#[test]
fn blanks_at_the_end_are_dropped_and_others_are_not() {
    assert_eq!(parse("/u \n\t"), Ok(Command::ShowActiveUser));
    assert_eq!(parse("/u\0garbage"), Ok(Command::ShowActiveUser));
    for bad in [" /u", "/U", "/u\u{a0}", "\u{200b}/u", "/users extra", ""] {
        assert_eq!(parse(bad), Err(ParseError::Empty), "{bad:?}");
    }
}

#[test]
fn numbers_wrap() {
    assert_eq!(parse("/_contacts 99999999999999999999"), Ok(Command::ListContacts { user: 7766279631452241919 }));
    assert_eq!(parse("/_contacts 01"), Ok(Command::ListContacts { user: 1 }));
}
