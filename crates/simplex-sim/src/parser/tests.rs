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
fn a_letter_at_the_end_loses_its_last_byte_where_that_is_a_blank_in_latin_1() {
    let group = |text: &str| parse(&format!("/_set alias #1 {text}"));
    for (text, read) in [("voilà", "voil?"), ("voilà!", "voilà!"), ("ठ", "??"), ("a\u{a0}", "a?"), ("a\u{a0} ", "a?")]
    {
        assert_eq!(group(text), group(read), "{text:?}");
    }
}

#[test]
fn numbers_wrap() {
    assert_eq!(parse("/_contacts 99999999999999999999"), Ok(Command::ListContacts { user: 7766279631452241919 }));
    assert_eq!(parse("/_contacts 01"), Ok(Command::ListContacts { user: 1 }));
    let ttl = |text: &str| parse(&format!("/ttl {text}"));
    assert_eq!(ttl("2h"), Ok(Command::SetTtl { user: None, ttl: Some(7_200) }));
    assert_eq!(ttl("9223372036854775807h"), Ok(Command::SetTtl { user: None, ttl: Some(-3_600) }));
}
