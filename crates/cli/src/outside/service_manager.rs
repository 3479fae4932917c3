//! Telling the service manager how the program is doing: systemd's notify protocol.

use std::io;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::Duration;

use crate::settings::Surroundings;

/// The service manager, if the program was started by one that wants to be told.
#[derive(Clone, Debug, Default)]
pub struct ServiceManager {
    address: Option<SocketAddr>,
    watchdog: Option<Duration>,
}

impl ServiceManager {
    /// Finds it in the environment.
    #[must_use]
    pub fn of(surroundings: &Surroundings) -> Self {
        let address = surroundings.get("NOTIFY_SOCKET").and_then(|name| {
            match name.strip_prefix('@') {
                Some(name) => SocketAddr::from_abstract_name(name),
                None => SocketAddr::from_pathname(name),
            }
            .ok()
        });
        let watchdog = surroundings
            .get("WATCHDOG_USEC")
            .and_then(|micros| micros.parse().ok())
            .map(Duration::from_micros);
        Self { address, watchdog }
    }

    /// The program serves.
    pub fn ready(&self) {
        self.tell("READY=1");
    }

    /// The program is on its way out.
    pub fn stopping(&self) {
        self.tell("STOPPING=1");
    }

    /// Says again and again that the program is alive, for as long as this is polled; a runtime
    /// that hangs falls silent, and is started anew.
    pub async fn keep_alive(&self) {
        match self.watchdog {
            None => std::future::pending().await,
            Some(patience) => {
                let mut beats = tokio::time::interval(patience / 2);
                loop {
                    beats.tick().await;
                    self.tell("WATCHDOG=1");
                }
            }
        }
    }

    fn tell(&self, state: &str) {
        let told = self.address.as_ref().map(|address| send(address, state));
        if let Some(Err(error)) = told {
            tracing::warn!(%error, state, "telling the service manager");
        }
    }
}

fn send(address: &SocketAddr, state: &str) -> io::Result<usize> {
    UnixDatagram::unbound()?.send_to_addr(state.as_bytes(), address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manager_hears_that_the_program_is_ready() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notify");
        let manager = UnixDatagram::bind(&path).unwrap();
        let surroundings = Surroundings::of(&[("NOTIFY_SOCKET", path.to_str().unwrap())]);
        ServiceManager::of(&surroundings).ready();
        let mut heard = [0; 16];
        let length = manager.recv(&mut heard).unwrap();
        assert_eq!(&heard[..length], b"READY=1");
    }

    #[test]
    fn without_a_manager_nothing_is_said() {
        let nobody = ServiceManager::of(&Surroundings::default());
        assert!(nobody.address.is_none() && nobody.watchdog.is_none());
        nobody.ready();
    }
}
