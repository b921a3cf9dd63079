use simplex_bot::prelude::*;

fn main() {
    let _ = Bot::new("bot").on(any(), count).commands(admin);
}

fn count(_: Message) {}

#[derive(Commands)]
enum Admin {
    Rules,
}

fn admin(_: Admin) {}
