use simplex_bot::prelude::*;

#[derive(Commands)]
enum Admin {
    Ban,
    #[command(alias = "ban")]
    Block,
}

fn main() {}
