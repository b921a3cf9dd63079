use simplex_bot::dialogue::Session;
use simplex_bot::prelude::*;

async fn item(session: Session<String>, msg: Message) -> Outcome {
    msg.reply(session.state().unwrap_or_default()).await
}

fn main() {
    let _: Router = Router::new().on(any(), item);
}
