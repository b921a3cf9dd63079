//! The derives where they stand badly: beside names of the standard library that mean something else, in macros, in
//! functions, with raw identifiers.

#![deny(warnings, missing_docs)]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "what fails here fails a test")]

use simplex_bot::Commands as _;

/// What everything else here means, is not what it means to the derives.
mod shadowed {
    #![allow(dead_code, reason = "it is enough that they compile")]

    /// As that of the standard library is not.
    pub struct Result;
    /// As that of the standard library is not.
    pub struct Option;
    /// As that of the standard library is not.
    pub struct Vec;
    /// As that of the standard library is not.
    pub struct Some;
    /// As that of the standard library is not.
    pub struct None;
    /// As that of the standard library is not.
    pub struct Ok;
    /// As that of the standard library is not.
    pub struct Err;
    /// As that of the standard library is not.
    pub struct Box;
    /// As that of the standard library is not.
    pub struct String;
    /// As that of the standard library is not.
    pub trait From {}
    /// As that of the standard library is not.
    pub trait Clone {}
    /// As that of the standard library is not.
    pub trait Into {}
    /// As that of the standard library is not.
    pub mod core {}
    /// As that of the standard library is not.
    pub mod std {}
    /// As that of the crate is not.
    pub mod simplex_bot {}

    /// Commands.
    #[derive(::simplex_bot::Commands)]
    #[command(role = Moderator)]
    pub enum Shop {
        /// Buy
        Buy {
            /// What.
            r#type: ::std::string::String,
            /// How many.
            count: ::core::option::Option<u32>,
            /// Why.
            #[command(rest)]
            reader: ::core::option::Option<::std::string::String>,
        },
        /// Give up.
        r#Break,
        /// Others.
        #[command(flatten)]
        More(More),
    }

    /// More commands.
    #[derive(::simplex_bot::Commands)]
    pub enum More {
        /// With names that the derive has, too.
        Args(u8, u8),
        /// The same.
        Entries { keyword: u8, entries: u8, args: u8 },
    }

    /// States.
    #[derive(::simplex_bot::dialogue::Dialogue, ::core::clone::Clone, ::serde::Serialize, ::serde::Deserialize)]
    #[dialogue(timeout = "1m")]
    pub enum Order {
        /// One.
        #[dialogue(to(r#Where, Last))]
        Item { r#type: u8, state: u8, dialogue: u8 },
        /// Two.
        r#Where(u8, u8),
        /// Three.
        Last,
    }
}

macro_rules! commands {
    ($vis:vis $name:ident, $required:ty, $optional:ty) => {
        #[derive(simplex_bot::Commands)]
        $vis enum $name {
            /// Pay
            Pay {
                sum: $required,
                tip: $optional,
            },
        }
    };
}

commands!(pub(crate) Bank, u32, Option<u32>);

#[test]
fn a_type_out_of_a_macro_is_what_it_is() {
    assert_eq!(Bank::help(), "\u{2060} /pay <sum> [tip]: Pay");
    let Ok(Bank::Pay { sum, tip }) = Bank::parse("pay", "5") else { panic!("a command") };
    assert_eq!((sum, tip), (5, None));
}

#[test]
fn a_name_that_means_something_else_does_not_matter() {
    use shadowed::{More, Shop};
    assert!(matches!(Shop::parse("buy", "apples 3 for a pie"), Ok(Shop::Buy { count: Some(3), reader: Some(_), .. })));
    assert!(matches!(Shop::parse("break", ""), Ok(Shop::Break)));
    assert!(matches!(
        Shop::parse("entries", "1 2 3"),
        Ok(Shop::More(More::Entries { keyword: 1, entries: 2, args: 3 }))
    ));
    assert_eq!(
        Shop::entries().iter().map(|entry| entry.usage()).collect::<Vec<_>>()[0],
        "/buy <type> [count] [reader…]"
    );
}

/// A handler whose filter and state are called as what checks them might be.
mod checked {
    #![allow(dead_code, reason = "it is enough that they compile")]

    use simplex_bot::prelude::*;

    #[derive(Clone)]
    struct T;
    #[derive(Clone)]
    struct F;

    impl simplex_bot::FromRef<T> for F {
        fn from_ref(_: &T) -> Self {
            F
        }
    }

    fn check(_: &Message) -> bool {
        true
    }

    #[simplex_bot::debug_handler(when(check), state = T)]
    async fn send(_: Message, _: State<T>, _: State<F>) {}

    #[simplex_bot::debug_handler(when(check), state = T)]
    async fn returns(_: Message) -> Result<(), BotError> {
        Ok(())
    }

    #[simplex_bot::debug_handler]
    async fn is_send() -> impl simplex_bot::IntoOutcome {}

    fn registered() -> Bot {
        Bot::new("bot").on(text(), is_send)
    }
}

#[derive(simplex_bot::Commands)]
#[command(role = Moderator)]
enum Staff {
    #[command(flatten)]
    Rooms(Rooms),
    #[command(flatten, role = Admin)]
    Keys(Keys),
}

#[derive(simplex_bot::Commands)]
enum Rooms {
    Paint,
    #[command(role = Owner)]
    TearDown,
}

#[derive(simplex_bot::Commands)]
#[command(role = Member)]
enum Keys {
    Copy,
}

#[test]
fn what_is_for_few_is_not_for_more_among_others() {
    use simplex_bot::types::GroupMemberRole::{Admin, Moderator, Owner};
    let roles: Vec<_> = Staff::entries().iter().map(|entry| entry.role().cloned()).collect();
    assert_eq!(roles, [Some(Moderator), Some(Owner), Some(Admin)]);
    assert!(matches!(Staff::parse("tear_down", ""), Ok(Staff::Rooms(Rooms::TearDown))));
    assert!(matches!(Staff::parse("paint", ""), Ok(Staff::Rooms(Rooms::Paint))));
    assert!(matches!(Staff::parse("copy", ""), Ok(Staff::Keys(Keys::Copy))));
}

#[derive(simplex_bot::Commands)]
#[allow(clippy::upper_case_acronyms, non_camel_case_types, reason = "some write names so")]
enum Named {
    #[doc = "Says \"all\"\nthere is.\n\nNot this."]
    FAQ,
    /**
     * As in C.
     *
     * Not this.
     */
    HTTPServer,
    Top10_Users,
    /// По-русски.
    НовыйВопрос,
}

#[derive(simplex_bot::Commands)]
enum Nothing {}

#[derive(simplex_bot::Commands)]
enum Only {
    Rules,
}

#[test]
fn keywords_and_descriptions_are_read_as_people_write_them() {
    let help = "/faq: Says \"all\" there is.\n/http_server: As in C.\n/top10_users\n/новый_вопрос: По-русски.";
    assert_eq!(Named::help(), help);
    for keyword in ["faq", "http_server", "top10_users", "новый_вопрос"] {
        assert!(Named::parse(keyword, "").is_ok(), "{keyword}");
    }
    // Clients take a line that begins with a slash for one command, up to its end.
    assert_eq!((Only::help().as_str(), Nothing::help().as_str()), ("/rules", ""));
    assert!(Nothing::entries().is_empty() && Nothing::parse("faq", "").is_err());
}

#[test]
fn an_enum_may_stand_in_a_function() {
    /// Here only.
    #[derive(simplex_bot::dialogue::Dialogue, Clone, serde::Serialize, serde::Deserialize)]
    enum Local {
        /// With a type of here.
        One(Here),
    }
    #[derive(Clone, serde::Serialize, serde::Deserialize)]
    struct Here;
    use simplex_bot::dialogue::DialogueState as _;
    assert!(LocalOne::of(&Local::from(LocalOne(Here))).is_some());
}
