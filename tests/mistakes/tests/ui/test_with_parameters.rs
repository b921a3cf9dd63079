#[simplex_bot::test]
async fn squares(_: u32) {}

fn main() {}
