use simplex_bot::Dialogue;

#[derive(Dialogue)]
#[dialogue(expires = "30m")]
enum Order {
    Item,
}

#[derive(Dialogue)]
enum Delivery {
    Address {
        #[dialogue(timeout = "1h")]
        street: String,
    },
}

fn main() {}
