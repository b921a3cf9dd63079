//! Thin methods, one command each. Their errors are those of [`ChatApi::call`](crate::ChatApi::call); as there,
//! dropping a future does not undo the command.

mod address;
mod chats;
mod connections;
mod database;
mod files;
mod groups;
mod messages;
mod server;
mod users;
