//! The methods: one command each, and thin. Their errors are those of [`ChatApi::call`](crate::ChatApi::call), and as
//! there, dropping a future does not take the command back.

mod address;
mod chats;
mod connections;
mod database;
mod files;
mod groups;
mod messages;
mod server;
mod users;
