//! A PostgreSQL for one run of the tests, in a folder of its own, gone when the run is over.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::machine::{is_root, postgres_programs};

/// A running server.
pub(crate) struct Postgres {
    guard: Child,
    port: u16,
}

/// Sets the server up, says so, and takes it down as soon as nobody holds its input any more:
/// at the end, on Ctrl-C, and also when the chore was killed. So nothing is ever left behind.
///
/// Nobody else can reach the server but through loopback, so it trusts whoever comes.
const GUARD: &str = r#"
set -eu
programs=$1 port=$2
shift 2
trap '' INT
folder=$(mktemp -d /tmp/payung-postgres.XXXXXX)
server=
clean() { [ -z "$server" ] || { kill -INT "$server"; wait "$server" || :; }; rm -rf "$folder"; }
trap clean EXIT
"$programs/initdb" --pgdata="$folder/data" --username=payung --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --no-sync > "$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
"$programs/postgres" -D "$folder/data" -p "$port" -h 127.0.0.1 -k "$folder" \
    -c max_connections=200 "$@" >> "$folder/log" 2>&1 < /dev/null &
server=$!
tries=0
until "$programs/pg_isready" -q -h "$folder" -p "$port"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "$server" 2> /dev/null; then cat "$folder/log" >&2; exit 1; fi
    sleep 0.1
done
echo ready
cat > /dev/null
"#;

/// No test looks at what a power cut leaves.
const HASTY: &[&str] =
    &["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"];

impl Postgres {
    /// Starts a server for tests and waits until it answers.
    pub(crate) fn start() -> Result<Self, String> {
        Self::start_with(HASTY)
    }

    /// Starts one whose commits last, as in production: what is measured includes their price.
    pub(crate) fn start_durable() -> Result<Self, String> {
        Self::start_with(&[])
    }

    fn start_with(settings: &[&str]) -> Result<Self, String> {
        let programs = postgres_programs().ok_or("missing: apt-get install postgresql")?;
        let port = free_port()?;
        let mut guard = as_postgres("sh")
            .args(["-c", GUARD, "payung-postgres"])
            .arg(&programs)
            .arg(port.to_string())
            .args(settings)
            // A folder this user may enter, wherever the workspace is.
            .current_dir(Path::new("/"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("starting PostgreSQL: {error}"))?;
        let mut line = String::new();
        if let Some(stdout) = guard.stdout.take() {
            let _ = BufReader::new(stdout).read_line(&mut line);
        }
        let server = Self { guard, port };
        if line.trim() == "ready" { Ok(server) } else { Err("PostgreSQL did not start".to_owned()) }
    }

    /// A role that may create databases: each test makes its own.
    pub(crate) fn url(&self) -> String {
        format!("postgres://payung@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// PostgreSQL refuses to run as root, so root becomes the user Debian has made for it.
fn as_postgres(program: &str) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", program]);
    command
}

fn free_port() -> Result<u16, String> {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    free.map(|address| address.port()).map_err(|error| format!("looking for a free port: {error}"))
}
