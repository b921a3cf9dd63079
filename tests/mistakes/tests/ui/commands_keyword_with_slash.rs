use simplex_bot::prelude::*;

#[derive(Commands)]
enum Admin {
    #[command(name = "/ban")]
    Ban,
}

fn main() {}
