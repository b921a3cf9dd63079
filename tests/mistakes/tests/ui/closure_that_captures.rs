use simplex_bot::prelude::*;

fn main() {
    let greeting = String::from("hello");
    let _ = Bot::new("bot").on(any(), async move |msg: Message| msg.reply(greeting.clone()).await);
}
