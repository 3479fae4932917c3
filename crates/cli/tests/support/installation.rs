//! What an installation of the program is made of: settings and keys, in files that nobody else reads.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use data_encoding::BASE64;
use payung::outside::dice::SystemDice;
use payung_domain::dice::Dice;

/// Writes a file that only its owner reads.
pub(crate) fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::write(&path, text).expect("a file");
    fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("its mode");
}

/// Four keys as chance makes them.
pub(crate) fn write_keys(folder: &Path) {
    for name in ["sealing-1", "index", "pepper-1", "cookies"] {
        let key: [u8; 32] = (&SystemDice as &dyn Dice).bytes();
        write(folder, &format!("{name}.key"), &BASE64.encode(&key));
    }
}

/// A server that may start: TLS ends at a proxy, mail goes to this very machine.
pub(crate) const SETTINGS: &str = r#"[service]
public_url = "https://peserta.dana.test"
help_phone = "0800 0000 001"
help_email = "bantuan@dana.test"

[proxies]
trusted = ["127.0.0.1/32"]

[database]
url = "payung.db"

[keys]
sealing_key_files = ["1=sealing-1.key"]
index_key_file = "index.key"
pepper_files = ["1=pepper-1.key"]
cookie_key_file = "cookies.key"

[smtp]
host = "localhost"
tls = "none"
from = "no-reply@dana.test"

[codes]
sms = false
"#;
