use simplex_bot::prelude::*;

#[derive(Commands)]
enum Admin {
    Ban,
    #[command(alias = "ban")]
    Block,
}

async fn admin(_: Admin) {}

fn main() {
    let _ = Bot::new("bot").commands(admin);
}
