use simplex_bot::prelude::*;

#[derive(Commands)]
enum Admin {
    #[command(alias = "b", alias = "out", name = "ban")]
    #[command(role = Moderator, name = "kick")]
    Ban,
}

#[derive(Commands)]
enum All {
    #[command(flatten)]
    Admin(#[command(rest)] Admin),
}

fn main() {}
