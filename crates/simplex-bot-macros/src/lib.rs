//! The macros of `simplex-bot`, which exports them: depend on that crate, not on this one.

#![forbid(unsafe_code)]

mod commands;
mod debug_handler;
mod dialogue;
mod test;

use proc_macro::TokenStream;

/// Makes an enum a set of commands: parser, usage, help text and menu from one source.
///
/// Each variant is a command of its name in lower case with underscores, the first paragraph of its documentation the
/// description; its fields are the parameters, in order. A parameter is anything that is `FromStr`; `Option<T>` is
/// optional; `#[command(rest)]` takes the rest of the message as it was written.
///
/// ```
/// use simplex_bot::prelude::*;
///
/// #[derive(Commands)]
/// enum Admin {
///     /// Ban a member
///     #[command(alias = "b", role = Moderator)]
///     Ban { member: MemberRef, days: Option<u32>, #[command(rest)] reason: Option<String> },
///     /// Show the rules
///     Rules,
/// }
///
/// assert_eq!(Admin::help(), "/ban <member> [days] [reason…]: Ban a member\n/rules: Show the rules");
/// assert!(matches!(Admin::parse("b", "@'Jo Doe' for spam"), Ok(Admin::Ban { days: None, .. })));
/// ```
///
/// On a variant, `#[command(…)]` takes:
/// - `name = "…"`: another keyword than the variant's name,
/// - `alias = "…"`: one more keyword, several times if need be,
/// - `about = "…"`: another description than the documentation,
/// - `params = "…"`: other words for the parameters than their names,
/// - `role = Moderator`: for members of groups with at least this role,
/// - `menu = "…"`: shown in a menu of this name inside the menu,
/// - `hidden`: neither in menus nor in the help text,
/// - `flatten`: the variant's one field is another such enum, whose commands are added to these. If both say a role, the
///   higher one is needed.
///
/// `role` and `menu` on the enum are for all its variants that say nothing else.
#[proc_macro_derive(Commands, attributes(command))]
pub fn commands(input: TokenStream) -> TokenStream {
    commands::derive(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes an enum the states of a dialogue, and each of its variants a type of its own: of `Item` in `enum Order` the
/// struct `OrderItem`, with the same fields. A handler whose first parameter is `Step<OrderItem>` is for that state.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use simplex_bot::dialogue::{Dialogue, Json, Step};
/// use simplex_bot::prelude::*;
///
/// #[derive(Dialogue, Clone, Serialize, Deserialize)]
/// #[dialogue(version = 2, upgrade = upgrade, timeout = "12h")]
/// enum Order {
///     #[dialogue(to(Quantity), timeout = "30m")]
///     Item,
///     #[dialogue(to(Quantity, Address))]
///     Quantity { item: String },
///     #[dialogue(to())]
///     Address { item: String, quantity: u32 },
/// }
///
/// /// Version 1 had a bare text.
/// fn upgrade(version: u32, state: Json) -> Option<Json> {
///     let item = (version == 1).then_some(state)?;
///     Some([("Quantity", Json::from_iter([("item", item)]))].into_iter().collect())
/// }
///
/// async fn quantity(step: Step<OrderQuantity>, msg: TextMessage, Parsed(quantity): Parsed<u32>) -> Outcome {
///     let item = step.item.clone();
///     step.to(OrderAddress { item, quantity }).await?;
///     msg.reply("Where to?").await
/// }
///
/// assert_eq!(Order::NAME, "order");
/// assert_eq!(Order::Item.timeout().map(|time| time.as_secs()), Some(1800));
/// ```
///
/// On the enum, `#[dialogue(…)]` takes:
/// - `name = "…"`: what its states are kept under, in place of its name in lower case with underscores,
/// - `version = 2`: counted up when states are written in another way; 0 unless set,
/// - `upgrade = path`: the function that makes a state of an older version one of this version,
/// - `timeout = "30m"`: how long a conversation may stay in each of its states, in `s`, `m`, `h` or `d`.
///
/// On a variant:
/// - `to(…)`: the states that may follow it; any, unless set; none but the end with `to()`,
/// - `timeout = "30m"`: the same for this state; `Router::on_step_timeout` says what is done then.
///
/// The enum is `Clone`, `Serialize` and `Deserialize`, too.
#[proc_macro_derive(Dialogue, attributes(dialogue))]
pub fn dialogue(input: TokenStream) -> TokenStream {
    dialogue::derive(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Says what is wrong with a handler, at the place where it is.
///
/// Where a function cannot be registered, the compiler tells so at the line that registers it. This attribute checks the
/// function itself: that it is async, has no more parameters than a handler can have, returns what a handler may, that
/// nothing in it keeps it on one thread. What its parameters may be hangs on the filter that it is registered with, and on
/// the state: given the filter, and the state if it takes any, each parameter is checked by itself, too:
///
/// ```
/// use simplex_bot::prelude::*;
///
/// #[simplex_bot::debug_handler(text().parse::<f64>(), state = u32)]
/// async fn square(msg: TextMessage, Parsed(n): Parsed<f64>, State(digits): State<u32>) -> Outcome {
///     msg.reply(format!("{:.*}", digits as usize, n * n)).await
/// }
/// ```
///
/// It changes nothing of the function.
#[proc_macro_attribute]
pub fn debug_handler(options: TokenStream, item: TokenStream) -> TokenStream {
    debug_handler::check(options.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// An async test with a clock of its own: whoever waits for a time waits no time.
///
/// The function may return nothing or a `Result`. Time stands still while anything can still happen and jumps to the next
/// deadline when nothing can, so a test of hours takes milliseconds. For parts in the same process only: threads and
/// sockets do not know of this clock.
#[proc_macro_attribute]
pub fn test(options: TokenStream, item: TokenStream) -> TokenStream {
    test::expand(options.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
