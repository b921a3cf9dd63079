use simplex_bot::prelude::*;

#[derive(Commands)]
#[command(hidden)]
enum Secret {
    Door,
}

#[derive(Commands)]
enum All {
    #[command(flatten, alias = "s")]
    Secret(Secret),
}

fn main() {}
