use simplex_bot::Dialogue;

#[derive(Dialogue)]
#[dialogue(expires = "30m")]
enum Order {
    Item,
}

fn main() {}
