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

#[derive(Dialogue)]
enum Parcel {
    #[dialogue(version = 2)]
    Sent,
}

fn main() {}
