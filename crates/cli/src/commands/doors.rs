//! Listeners: opened one by one, guarded against slow visitors, closed in good order.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use axum_server::{Handle, Server};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinSet;

use super::certificates::Certificates;
use super::health::Health;
use crate::outside::service_manager::ServiceManager;
use crate::report::{Exit, Failure};
use crate::said;

/// Headers must have arrived within this time, the first ones counted from the connection on:
/// a visitor who sends a byte now and then holds no place (L-14).
const HEADERS_WITHIN: Duration = Duration::from_secs(10);
/// Room for headers of one request; a page of ours needs a tenth.
const HEADERS_AT_MOST: usize = 32 * 1024;
/// Requests at the same time on one HTTP/2 connection.
const STREAMS_AT_MOST: u32 = 64;
/// How often the files of a certificate are looked at.
const LOOK_AT_FILES_EVERY: Duration = Duration::from_secs(5);

/// Everything the program listens on.
#[derive(Debug)]
pub struct Doors {
    drain: Duration,
    look_every: Duration,
    handles: Vec<Handle<SocketAddr>>,
    certificates: Vec<Certificates>,
    open: JoinSet<io::Result<()>>,
}

impl Doors {
    /// None so far. Once asked to stop, requests may still finish for as long as `drain`.
    #[must_use]
    pub fn new(drain: Duration) -> Self {
        Self {
            drain,
            look_every: LOOK_AT_FILES_EVERY,
            handles: Vec::new(),
            certificates: Vec::new(),
            open: JoinSet::new(),
        }
    }

    /// Looks at the files of certificates more or less often.
    #[must_use]
    pub fn looking_every(self, look_every: Duration) -> Self {
        Self { look_every, ..self }
    }

    /// Opens a door in clear text: on this machine, or behind a proxy that ends TLS. Answers
    /// where it is, which is news when port 0 was asked for.
    pub fn open(&mut self, address: SocketAddr, routes: Router) -> Result<SocketAddr, Failure> {
        self.open_taken(listen(address)?, address, routes)
    }

    /// Opens a door at an address that was taken before its routes were known.
    pub(super) fn open_taken(
        &mut self,
        listener: TcpListener,
        address: SocketAddr,
        routes: Router,
    ) -> Result<SocketAddr, Failure> {
        let at = listener.local_addr().unwrap_or(address);
        let server = axum_server::from_tcp(listener).map_err(|error| no_door(address, &error))?;
        let server = self.guarded(server);
        self.open.spawn(server.serve(routes.into_make_service_with_connect_info::<SocketAddr>()));
        Ok(at)
    }

    /// Opens a door that ends TLS itself.
    pub fn open_with_tls(
        &mut self,
        address: SocketAddr,
        routes: Router,
        certificates: Certificates,
    ) -> Result<SocketAddr, Failure> {
        let listener = listen(address)?;
        let at = listener.local_addr().unwrap_or(address);
        let server = axum_server::from_tcp_rustls(listener, certificates.served())
            .map_err(|error| no_door(address, &error))?;
        let server = self.guarded(server);
        self.open.spawn(server.serve(routes.into_make_service_with_connect_info::<SocketAddr>()));
        self.certificates.push(certificates);
        Ok(at)
    }

    fn guarded<A>(&mut self, mut server: Server<SocketAddr, A>) -> Server<SocketAddr, A> {
        let builder = server.http_builder();
        builder.http1().header_read_timeout(HEADERS_WITHIN).max_buf_size(HEADERS_AT_MOST);
        let headers_at_most = u32::try_from(HEADERS_AT_MOST).unwrap_or(u32::MAX);
        builder
            .http2()
            .max_concurrent_streams(STREAMS_AT_MOST)
            .max_header_list_size(headers_at_most)
            .keep_alive_interval(HEADERS_WITHIN)
            .keep_alive_timeout(HEADERS_WITHIN);
        let handle = Handle::new();
        self.handles.push(handle.clone());
        server.first_request_timeout(HEADERS_WITHIN).handle(handle)
    }

    /// Serves until Ctrl-C or SIGTERM, lets open requests finish, and closes at once when asked
    /// a second time. SIGHUP has certificates looked at.
    pub async fn stay_open(
        mut self,
        health: &Health,
        manager: &ServiceManager,
    ) -> Result<Exit, Failure> {
        let mut stop = Stop::listen()?;
        let mut look_again = hear(SignalKind::hangup())?;
        let mut looks = tokio::time::interval(self.look_every);
        let exit = loop {
            tokio::select! {
                exit = stop.asked() => break exit,
                _ = look_again.recv() => self.follow_files(),
                _ = looks.tick() => self.follow_files(),
                () = manager.keep_alive() => {}
                Some(ended) = self.open.join_next() => return Err(fell_shut(ended)),
            }
        };
        health.stops();
        manager.stopping();
        for handle in &self.handles {
            handle.graceful_shutdown(Some(self.drain));
        }
        tokio::select! {
            () = async { while self.open.join_next().await.is_some() {} } => {}
            _ = stop.asked() => {}
        }
        Ok(exit)
    }

    fn follow_files(&mut self) {
        for certificates in &mut self.certificates {
            certificates.follow_files();
        }
    }
}

/// The two ways to ask for the end.
struct Stop {
    interrupt: Signal,
    terminate: Signal,
}

impl Stop {
    fn listen() -> Result<Self, Failure> {
        Ok(Self {
            interrupt: hear(SignalKind::interrupt())?,
            terminate: hear(SignalKind::terminate())?,
        })
    }

    async fn asked(&mut self) -> Exit {
        tokio::select! {
            _ = self.interrupt.recv() => Exit::Interrupted,
            _ = self.terminate.recv() => Exit::Done,
        }
    }
}

fn hear(kind: SignalKind) -> Result<Signal, Failure> {
    signal(kind).map_err(|error| {
        Failure::new(
            Exit::NotAllowed,
            "signals",
            said!("signals cannot be heard", "sinyal tidak dapat didengar"),
            said!("look at the limits of this user", "periksa batas pengguna ini"),
        )
        .because(&error)
    })
}

/// Takes an address for itself, until what comes back is let go.
pub(super) fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).map_err(|error| no_door(address, &error))
}

fn no_door(address: SocketAddr, error: &io::Error) -> Failure {
    let exit = match error.kind() {
        io::ErrorKind::PermissionDenied => Exit::NotAllowed,
        // Whoever holds the port may let go of it.
        io::ErrorKind::AddrInUse => Exit::Unreachable,
        _ => Exit::WrongUse,
    };
    Failure::new(
        exit,
        "listen",
        said!("cannot listen on {address}", "tidak dapat membuka {address}"),
        said!(
            "stop what listens there, or choose another address",
            "hentikan yang memakainya, atau pilih alamat lain"
        ),
    )
    .because(error)
}

fn fell_shut(ended: Result<io::Result<()>, tokio::task::JoinError>) -> Failure {
    let failure = Failure::new(
        Exit::Unreachable,
        "listener",
        said!("a listener stopped by itself", "sebuah pendengar berhenti sendiri"),
        said!("start again", "jalankan lagi"),
    );
    match ended {
        Ok(Ok(())) => failure,
        Ok(Err(error)) => failure.because(&error),
        Err(error) => failure.because(&error),
    }
}
