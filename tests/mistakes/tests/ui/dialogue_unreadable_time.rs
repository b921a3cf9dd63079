use simplex_bot::Dialogue;

#[derive(Dialogue)]
enum Order {
    #[dialogue(timeout = "half an hour")]
    Item,
}

fn main() {}
