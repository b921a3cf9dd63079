use simplex_bot::prelude::*;

struct Member;

#[derive(Commands)]
enum Admin {
    Ban { member: Member },
}

fn main() {}
