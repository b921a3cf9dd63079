//! The macros of `simplex-bot`, which re-exports them: depend on that crate, not on this one.

#![forbid(unsafe_code)]

mod commands;
mod debug_handler;
mod dialogue;
mod test;

use proc_macro::TokenStream;

/// Makes an enum a set of commands: parser, usage, help text and menu from one source.
///
/// Each variant is a command. Its keyword is the variant's name in snake case, its description the first paragraph of
/// the variant's documentation, and its parameters are the variant's fields, in order. The type of a parameter must
/// implement `FromStr`, whose error completes a sentence for whoever typed it; for what has no such type, write one: the
/// example `reminder` has one for times such as `10m`. `Option<T>` is an optional parameter, and a parameter with
/// `#[command(rest)]` takes the rest of the message as it was written.
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
/// - `name = "…"`: the keyword, instead of the variant's name,
/// - `alias = "…"`: another keyword for the same command; can be repeated,
/// - `about = "…"`: the description, instead of the documentation,
/// - `params = "…"`: how the parameters are shown, instead of their names,
/// - `role = Moderator`: only for group members with at least this role; `Observer` stands for all members,
/// - `menu = "…"`: shown in a submenu with this name,
/// - `hidden`: shown neither in menus nor in the help text,
/// - `flatten`: the variant's only field is another enum of commands, which are added to these. If both set a role, the
///   higher one is required.
///
/// `role` and `menu` on the enum apply to all variants that do not set their own.
#[proc_macro_derive(Commands, attributes(command))]
pub fn commands(input: TokenStream) -> TokenStream {
    commands::derive(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes an enum the states of a dialogue, and generates a struct for each variant: for `Item` in `enum Order`, the struct
/// `OrderItem` with the same fields. A handler whose first parameter is `Step<OrderItem>` handles that state.
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
/// /// Version 1 stored only the item, as a string.
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
/// - `name = "…"`: the name under which states are stored; by default the enum's name in snake case,
/// - `version = 2`: the version of the stored states, 0 by default; increase it when their format changes,
/// - `upgrade = path`: the function that converts a state of an older version to this one,
/// - `timeout = "30m"`: how long a conversation may stay in one state, in `s`, `m`, `h` or `d`.
///
/// On a variant:
/// - `to(…)`: the states that may follow this one; by default any; with `to()`, the dialogue can only end,
/// - `timeout = "30m"`: the timeout of this state; `Router::on_step_timeout` sets what happens then.
///
/// The enum must also implement `Clone`, `Serialize` and `Deserialize`.
#[proc_macro_derive(Dialogue, attributes(dialogue))]
pub fn dialogue(input: TokenStream) -> TokenStream {
    dialogue::derive(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Reports what is wrong with a handler where the handler is defined.
///
/// Without it, the compiler reports a function that cannot be a handler at the line that registers it. This attribute
/// checks the function itself: it must be async, must not have too many parameters, must return what a handler may return,
/// and its future must be `Send`. Which parameters are allowed depends on the filter that the handler is registered with
/// and on the bot's state. If you name the filter, and the state if the handler takes it, each parameter is checked, too:
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
/// It does not change the function.
#[proc_macro_attribute]
pub fn debug_handler(options: TokenStream, item: TokenStream) -> TokenStream {
    debug_handler::check(options.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// An async test with its own clock: waiting takes no real time.
///
/// The function may return nothing or a `Result`. The clock stands still while there is work to do, and jumps to the next
/// deadline when there is none, so a test of hours takes milliseconds. This holds for tasks in the test's runtime only:
/// other threads, and peers on sockets, run in real time.
#[proc_macro_attribute]
pub fn test(options: TokenStream, item: TokenStream) -> TokenStream {
    test::expand(options.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
