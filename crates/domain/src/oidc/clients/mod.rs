//! Applications that members may sign in to. What is written of one, in a file or by a registration,
//! either makes a whole client or is refused with every fault named at once.

mod checking;
mod client;
mod definition;
mod words;

pub use self::client::Client;
pub use self::definition::{Definition, Fault};
pub use self::words::{Algorithm, GrantType, Proof};

#[cfg(test)]
mod tests;
