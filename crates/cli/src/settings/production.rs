//! What `serve` refuses to start with (Q-02, Q-03, A-07, N-05). `config check` asks the same.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use payung_flows::settings::Hashing;

use super::keys::{Given, KEYS};
use super::serving::{Database, Serving};
use super::value::{Kind, is_loopback};
use super::{Origin, Values, has_password};
use crate::report::Cause;
use crate::said;
use crate::said::Said;
use crate::secrets::{KeyFiles, Secrets, only_its_owner_reads};

/// The settings and keys of a server that may start, or everything that speaks against it.
pub fn admit(values: &Values) -> Result<(Serving, Secrets), Vec<Cause>> {
    let mut problems = Vec::new();
    let serving = Serving::of(values).map_err(|more| problems.extend(more)).ok();
    problems.extend(objections(values));
    let secrets = KeyFiles::of(values)
        .and_then(|files| Secrets::read(&files).map_err(|more| problems.extend(more)).ok());
    match (serving, secrets) {
        (Some(serving), Some(secrets)) if problems.is_empty() => Ok((serving, secrets)),
        _ => Err(problems),
    }
}

fn objections(values: &Values) -> Vec<Cause> {
    let mut court = Court { values, objections: Vec::new() };
    court.samples();
    court.demo();
    court.addresses();
    court.hashing();
    court.sessions();
    court.messages();
    court.database();
    court.files();
    court.objections
}

struct Court<'a> {
    values: &'a Values,
    objections: Vec<Cause>,
}

impl Court<'_> {
    /// A line of the sample that nobody has looked at yet.
    fn samples(&mut self) {
        for key in KEYS {
            let Given::Required(example) = key.given else {
                continue;
            };
            // The paths of the sample are good ones; what they hold is looked at elsewhere.
            if matches!(key.kind, Kind::File | Kind::Versions) {
                continue;
            }
            let is_sample = self.values.get(key.name).is_some_and(|found| {
                found.origin != Origin::Shipped && found.written.to_string() == example
            });
            if is_sample {
                self.object(
                    key.name,
                    said!("still says what the sample says", "masih berisi contoh"),
                    said!("write your own", "tulis milik Anda"),
                );
            }
        }
    }

    fn demo(&mut self) {
        if self.values.flag("demo.outbox") == Some(true) {
            self.object(
                "demo.outbox",
                said!(
                    "would show every member's messages to anybody",
                    "akan memperlihatkan pesan semua peserta kepada siapa saja"
                ),
                said!(
                    "remove it; `payung demo` sets it itself",
                    "hapus; `payung demo` mengaturnya"
                ),
            );
        }
    }

    fn addresses(&mut self) {
        let values = self.values;
        if let Some(url) = values.text("service.public_url").and_then(parsed) {
            let is_own = url.host_str().is_some_and(is_loopback);
            if url.scheme() == "http" && !is_own {
                self.object(
                    "service.public_url",
                    said!("would send passwords in clear text", "akan mengirim kata sandi terbuka"),
                    said!("begin it with https://", "awali dengan https://"),
                );
            }
            if url.path() != "/" {
                self.object(
                    "service.public_url",
                    said!(
                        "has a path; pages begin at the root",
                        "memuat jalur; halaman mulai dari akar"
                    ),
                    said!("give the service a host of its own", "beri layanan host tersendiri"),
                );
            }
            let proxied = values.networks("proxies.trusted").is_some_and(|list| !list.is_empty());
            let own_tls = values.get("tls.certificate_file").is_some();
            if url.scheme() == "https" && !own_tls && !proxied {
                self.object(
                    "tls.certificate_file",
                    said!(
                        "is not set and no proxy is listed, so nobody ends TLS",
                        "tidak diisi dan tidak ada proksi, jadi tidak ada yang mengakhiri TLS"
                    ),
                    said!("set [tls], or proxies.trusted", "isi [tls], atau proxies.trusted"),
                );
            }
        }
        self.desk();
        let member = values.address("listen.member");
        if member.is_some() && member == values.address("listen.operations") {
            self.object(
                "listen.operations",
                said!("is the address of the member pages", "sama dengan alamat halaman peserta"),
                said!("choose another port", "pilih porta lain"),
            );
        }
    }

    /// The desk has a host of its own: what a browser keeps for one is never sent to the other (P-01).
    fn desk(&mut self) {
        let values = self.values;
        let Some(url) = values.text("desk.url").and_then(parsed) else { return };
        let is_own = url.host_str().is_some_and(is_loopback);
        if url.scheme() == "http" && !is_own {
            self.object(
                "desk.url",
                said!(
                    "would send members' data in clear text",
                    "akan mengirim data peserta terbuka"
                ),
                said!("begin it with https://", "awali dengan https://"),
            );
        }
        let member = values.text("service.public_url").and_then(parsed);
        let is_shared = member.is_some_and(|member| member.host_str() == url.host_str());
        if is_shared || url.path() != "/" {
            self.object(
                "desk.url",
                said!("is not a host of its own", "bukan host tersendiri"),
                said!("give the desk a host of its own", "beri meja bantuan host tersendiri"),
            );
        }
        let taken = ["listen.member", "listen.operations"].map(|name| values.address(name));
        let at = values.address("desk.listen");
        if at.is_some() && taken.contains(&at) {
            self.object(
                "desk.listen",
                said!("is the address of another listener", "sama dengan alamat pendengar lain"),
                said!("choose another port", "pilih porta lain"),
            );
        }
    }

    fn hashing(&mut self) {
        let (memory, passes) =
            (self.values.number("hashing.memory_kib"), self.values.number("hashing.passes"));
        let (Some(memory_kib), Some(passes)) = (memory, passes) else {
            return;
        };
        if !(Hashing { memory_kib, passes, ..Hashing::SHIPPED }).is_strong_enough() {
            self.object(
                "hashing.memory_kib",
                said!(
                    "is too weak: {memory_kib} KiB with {passes} passes",
                    "terlalu lemah: {memory_kib} KiB dengan {passes} lintasan"
                ),
                said!(
                    "at least 47104 with 1 pass, 19456 with 2, 12288 with 3",
                    "paling sedikit 47104 dengan 1 lintasan, 19456 dengan 2, 12288 dengan 3"
                ),
            );
        }
    }

    /// NIST's ceilings for sessions with two factors.
    fn sessions(&mut self) {
        let ceilings: [(&str, Duration, &str); 3] = [
            ("sessions.idle", Duration::from_hours(1), "1h"),
            ("sessions.idle_shared", Duration::from_hours(1), "1h"),
            ("sessions.absolute", Duration::from_hours(24), "24h"),
        ];
        for (name, ceiling, written) in ceilings {
            if self.values.span(name).is_some_and(|span| span > ceiling) {
                self.object(
                    name,
                    said!("is too long", "terlalu lama"),
                    said!("at most {written}", "paling lama {written}"),
                );
            }
        }
    }

    fn messages(&mut self) {
        let values = self.values;
        let mail_stays_here = values.text("smtp.host").is_some_and(is_loopback);
        if values.text("smtp.tls") == Some("none") && !mail_stays_here {
            self.object(
                "smtp.tls",
                said!(
                    "is none, so codes would travel in clear text",
                    "bernilai none, jadi kode akan dikirim terbuka"
                ),
                said!("write \"starttls\" or \"required\"", "tulis \"starttls\" atau \"required\""),
            );
        }
        match values.text("sms.url").and_then(parsed) {
            Some(url) if url.scheme() == "http" && !url.host_str().is_some_and(is_loopback) => {
                self.object(
                    "sms.url",
                    said!("would send codes in clear text", "akan mengirim kode terbuka"),
                    said!("begin it with https://", "awali dengan https://"),
                );
            }
            None if values.flag("codes.sms") == Some(true) => {
                self.object(
                    "sms.url",
                    said!(
                        "is not set, yet codes may go by text message",
                        "belum diisi, padahal kode boleh dikirim lewat SMS"
                    ),
                    said!("set it, or set codes.sms = false", "isi, atau tulis codes.sms = false"),
                );
            }
            _ => {}
        }
    }

    /// PostgreSQL across a network only with a certificate that is checked; SQLite for one owner.
    fn database(&mut self) {
        let Ok(database) = Database::of(self.values) else {
            return;
        };
        let address = database.url.expose();
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            let parameter = |name: &str| {
                parsed(address)?
                    .query_pairs()
                    .find(|(key, _)| key == name)
                    .map(|(_, v)| v.into_owned())
            };
            let host = parameter("host")
                .or_else(|| parsed(address)?.host_str().map(str::to_owned))
                .unwrap_or_default();
            let stays_here = host.is_empty() || host.starts_with('/') || is_loopback(&host);
            if !stays_here && parameter("sslmode").as_deref() != Some("verify-full") {
                self.object(
                    "database.url",
                    said!(
                        "speaks to another machine without checking its certificate",
                        "berbicara dengan mesin lain tanpa memeriksa sertifikatnya"
                    ),
                    said!("add sslmode=verify-full", "tambahkan sslmode=verify-full"),
                );
            }
        } else {
            let path = address.strip_prefix("sqlite:").unwrap_or(address);
            self.private("database.url", Path::new(path));
        }
    }

    /// Files with secrets in them that are not read elsewhere.
    fn files(&mut self) {
        if let Some(key) = self.values.file("tls.key_file") {
            self.private("tls.key_file", &key);
        }
        for key in KEYS.iter().filter(|key| key.kind.is_secret()) {
            let Some(found) = self.values.get(key.name) else {
                continue;
            };
            let Origin::File { path, .. } = &found.origin else {
                continue;
            };
            let holds_secret =
                key.name != "database.url" || found.written.as_str().is_some_and(has_password);
            if holds_secret && only_its_owner_reads(path).is_err() {
                let (shown, name) = (path.display(), key.name);
                self.object(
                    name,
                    said!(
                        "stands in a file that others can read",
                        "ada di berkas yang terbaca orang lain"
                    ),
                    said!(
                        "chmod 600 {shown}, or set {name}_file",
                        "chmod 600 {shown}, atau isi {name}_file"
                    ),
                );
            }
        }
    }

    fn private(&mut self, about: &str, path: &Path) {
        let mode = std::fs::metadata(path).map(|data| data.permissions().mode());
        if mode.is_ok()
            && let Err(trouble) = only_its_owner_reads(path)
        {
            self.object(about, trouble.message, trouble.fix);
        }
    }

    fn object(&mut self, about: &str, message: Said, fix: Said) {
        self.objections.push(Cause {
            about: about.to_owned(),
            place: self.values.place(about),
            message,
            fix: Some(fix),
        });
    }
}

fn parsed(address: &str) -> Option<reqwest::Url> {
    reqwest::Url::parse(address).ok()
}
