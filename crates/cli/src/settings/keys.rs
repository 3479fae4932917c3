//! Every setting, one entry each: its name, what it may hold, what is shipped, and what it is for.
//!
//! The sample file, `config explain`, the names of environment variables and the guess at a
//! misspelt name are all made from this list, so that none of them can forget a setting.

use super::value::Kind;
use crate::said::Line;

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Section and name: `smtp.host`.
    pub name: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// Whether there is a value when nobody sets one.
    pub given: Given,
    /// What it is for.
    pub about: Line,
}

/// What happens when nobody sets a value. The text is TOML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// This value holds.
    Shipped(&'static str),
    /// `serve` refuses to start; the text is an example, which is refused as well.
    Required(&'static str),
    /// Nothing holds; the text is an example.
    Optional(&'static str),
}

impl Key {
    /// The setting of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        KEYS.iter().find(|key| key.name == name)
    }

    /// The setting somebody may have meant.
    #[must_use]
    pub fn nearest(wrong: &str) -> Option<&'static Self> {
        let alike = strsim::normalized_damerau_levenshtein;
        let (section, last) = wrong.rsplit_once('.').unwrap_or(("", wrong));
        let likeness = |key: &Key| {
            let both = alike(section, key.section()).min(alike(last, key.last_name()));
            // The right name in the wrong section, or in none.
            let elsewhere = if last == key.last_name() { 0.7 } else { 0.0 };
            both.max(elsewhere)
        };
        KEYS.iter()
            .filter(|key| key.section() != "demo")
            .map(|key| (likeness(key), key))
            .filter(|(likeness, _)| *likeness > 0.6)
            .max_by(|(a, _), (b, _)| a.total_cmp(b))
            .map(|(_, key)| key)
    }

    /// `smtp` of `smtp.host`.
    #[must_use]
    pub fn section(&self) -> &'static str {
        self.name.split_once('.').map_or(self.name, |(section, _)| section)
    }

    /// `host` of `smtp.host`.
    #[must_use]
    pub fn last_name(&self) -> &'static str {
        self.name.split_once('.').map_or(self.name, |(_, last)| last)
    }

    /// The environment variable: `PAYUNG_SMTP__HOST`.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("{PREFIX}{}", self.name.replace('.', "__").to_uppercase())
    }
}

/// Environment variables with this prefix and two underscores in them are settings.
pub const PREFIX: &str = "PAYUNG_";

const fn key(
    name: &'static str,
    kind: Kind,
    given: Given,
    en: &'static str,
    id: &'static str,
) -> Key {
    Key { name, kind, given, about: Line { en, id } }
}

use Given::{Optional, Required, Shipped};

/// The list, in the order of the sample file.
pub const KEYS: &[Key] = &[
    key(
        "service.name",
        Kind::Text,
        Shipped(r#""Payung""#),
        "Name of the service on pages and in messages",
        "Nama layanan di halaman dan pesan",
    ),
    key(
        "service.public_url",
        Kind::Url,
        Required(r#""https://member.fund.example""#),
        "Where members find it; every link that is sent begins with it",
        "Alamat bagi peserta; setiap tautan yang dikirim dimulai dengannya",
    ),
    key(
        "service.help_phone",
        Kind::Text,
        Required(r#""0800 0000 000""#),
        "Help line, as printed",
        "Telepon bantuan, seperti dicetak",
    ),
    key(
        "service.help_hours",
        Kind::Text,
        Shipped(r#""08.00–20.00 WIB""#),
        "When the help line is staffed, as printed",
        "Jam layanan telepon bantuan, seperti dicetak",
    ),
    key(
        "service.help_email",
        Kind::Text,
        Required(r#""help@fund.example""#),
        "Mail address for help, as printed",
        "Email bantuan, seperti dicetak",
    ),
    key(
        "listen.member",
        Kind::Address,
        Shipped(r#""127.0.0.1:8080""#),
        "Address and port of the member pages",
        "Alamat dan porta halaman peserta",
    ),
    key(
        "listen.operations",
        Kind::Address,
        Shipped(r#""127.0.0.1:9090""#),
        "Address and port of /livez, /readyz and /metrics; keep it off the internet",
        "Alamat dan porta /livez, /readyz, dan /metrics; jangan dibuka ke internet",
    ),
    key(
        "listen.drain",
        Kind::Span,
        Shipped(r#""10s""#),
        "How long requests may still finish once the program is asked to stop",
        "Berapa lama permintaan boleh diselesaikan saat program diminta berhenti",
    ),
    key(
        "tls.certificate_file",
        Kind::File,
        Optional(r#""/etc/payung/tls/fullchain.pem""#),
        "Certificate chain (PEM); read anew when it changes. Leave out behind a proxy",
        "Rantai sertifikat (PEM); dibaca ulang bila berubah. Kosongkan di belakang proksi",
    ),
    key(
        "tls.key_file",
        Kind::File,
        Optional(r#""/etc/payung/tls/privkey.pem""#),
        "Private key of the certificate (PEM), readable by the program alone",
        "Kunci privat sertifikat (PEM), hanya terbaca oleh program",
    ),
    key(
        "proxies.trusted",
        Kind::Networks,
        Shipped("[]"),
        "Networks of proxies whose X-Forwarded-For is believed: [\"10.0.0.0/8\"]",
        "Jaringan proksi yang X-Forwarded-For-nya dipercaya: [\"10.0.0.0/8\"]",
    ),
    key(
        "database.url",
        Kind::Secret,
        Shipped(r#""/var/lib/payung/payung.db""#),
        "SQLite file, or postgres://user@host/name?sslmode=verify-full",
        "Berkas SQLite, atau postgres://pengguna@host/nama?sslmode=verify-full",
    ),
    key(
        "database.url_file",
        Kind::File,
        Optional(r#""/etc/payung/database-url""#),
        "File that holds database.url, for an address with a password",
        "Berkas yang berisi database.url, untuk alamat yang memuat kata sandi",
    ),
    key(
        "database.connections",
        Kind::Number { least: 1, most: 1_000 },
        Shipped("16"),
        "Connections at most",
        "Jumlah koneksi paling banyak",
    ),
    key(
        "database.patience",
        Kind::Span,
        Shipped(r#""5s""#),
        "How long a request waits for a free connection",
        "Berapa lama permintaan menunggu koneksi kosong",
    ),
    key(
        "keys.sealing_key_files",
        Kind::Versions,
        Required(r#"["1=/etc/payung/keys/sealing-1.key"]"#),
        "Keys that seal personal data, version=file; the highest seals, all of them open",
        "Kunci penyegel data pribadi, versi=berkas; yang tertinggi menyegel, semua membuka",
    ),
    key(
        "keys.index_key_file",
        Kind::File,
        Required(r#""/etc/payung/keys/index.key""#),
        "Key of the blind indexes; cannot be changed without a rebuild of the indexes",
        "Kunci indeks buta; tidak dapat diganti tanpa membangun ulang indeks",
    ),
    key(
        "keys.pepper_files",
        Kind::Versions,
        Required(r#"["1=/etc/payung/keys/pepper-1.key"]"#),
        "Peppers of the password hashes, version=file; the highest is used for new hashes",
        "Lada hash kata sandi, versi=berkas; yang tertinggi dipakai untuk hash baru",
    ),
    key(
        "keys.cookie_key_file",
        Kind::File,
        Required(r#""/etc/payung/keys/cookies.key""#),
        "Key of signed cookies and form tokens; a new one signs nobody out",
        "Kunci kuki dan token formulir; kunci baru tidak mengeluarkan siapa pun",
    ),
    key(
        "hashing.memory_kib",
        Kind::Number { least: 1, most: 4_194_304 },
        Shipped("19456"),
        "Argon2id: memory of one password hash in KiB",
        "Argon2id: memori satu hash kata sandi dalam KiB",
    ),
    key(
        "hashing.passes",
        Kind::Number { least: 1, most: 100 },
        Shipped("2"),
        "Argon2id: passes over that memory",
        "Argon2id: jumlah lintasan atas memori itu",
    ),
    key(
        "hashing.threads",
        Kind::Number { least: 1, most: 1_024 },
        Shipped("2"),
        "Threads that hash, about one per core",
        "Jumlah utas untuk hash, kira-kira satu per inti",
    ),
    key(
        "hashing.queue",
        Kind::Number { least: 1, most: 100_000 },
        Shipped("64"),
        "Sign-ins that may wait for a thread before the answer is 503",
        "Jumlah percobaan masuk yang boleh menunggu sebelum dijawab 503",
    ),
    key(
        "passwords.least",
        Kind::Number { least: 8, most: 64 },
        Shipped("12"),
        "Fewest characters of a new password, where a second step always follows",
        "Jumlah karakter paling sedikit, bila langkah kedua selalu diminta",
    ),
    key(
        "passwords.least_alone",
        Kind::Number { least: 15, most: 64 },
        Shipped("15"),
        "The same where the password is all that is asked",
        "Sama, bila hanya kata sandi yang diminta",
    ),
    key(
        "passwords.kinds",
        Kind::Number { least: 0, most: 4 },
        Shipped("0"),
        "Kinds of characters it must have, of 4; 0 asks for none, which is advised",
        "Jumlah jenis karakter yang harus ada, dari 4; 0 berarti bebas, itu yang disarankan",
    ),
    key(
        "passwords.expire_after_days",
        Kind::Number { least: 0, most: 3_650 },
        Shipped("0"),
        "After so many days a new one is asked for; 0 means never, which is advised",
        "Setelah sekian hari diminta yang baru; 0 berarti tidak pernah, itu yang disarankan",
    ),
    key(
        "passwords.remind_after_days",
        Kind::Number { least: 0, most: 3_650 },
        Shipped("180"),
        "After so many days the dashboard reminds, gently; 0 means never",
        "Setelah sekian hari dasbor mengingatkan; 0 berarti tidak pernah",
    ),
    key(
        "passwords.own_words",
        Kind::Text,
        Optional(r#""dana nusajaya, nusajaya""#),
        "Words everybody here thinks of, refused as passwords: names of the agency",
        "Kata yang terpikir semua orang di sini, ditolak sebagai kata sandi: nama lembaga",
    ),
    key(
        "passwords.breached_filter",
        Kind::File,
        Optional(r#""/etc/payung/leaked.filter""#),
        "Leaked passwords, made by `payung password-filter build`",
        "Kata sandi bocor, dibuat oleh `payung password-filter build`",
    ),
    key(
        "sessions.idle",
        Kind::Span,
        Shipped(r#""15m""#),
        "A session ends after so long without a page",
        "Sesi berakhir setelah sekian lama tanpa membuka halaman",
    ),
    key(
        "sessions.idle_shared",
        Kind::Span,
        Shipped(r#""10m""#),
        "The same on a device the member calls shared",
        "Sama, di perangkat yang dipakai bersama",
    ),
    key(
        "sessions.absolute",
        Kind::Span,
        Shipped(r#""12h""#),
        "A session ends after so long whatever happens; at most 24h",
        "Sesi berakhir setelah sekian lama dalam hal apa pun; paling lama 24h",
    ),
    key(
        "sessions.at_most",
        Kind::Number { least: 1, most: 1_000 },
        Shipped("10"),
        "Sessions of one member at a time; the oldest ends",
        "Jumlah sesi seorang peserta sekaligus; yang terlama berakhir",
    ),
    key(
        "devices.places",
        Kind::File,
        Optional(r#""/etc/payung/places.csv""#),
        "Coarse places shown beside devices, a line each: 203.0.113.0/24,Jawa Barat",
        "Lokasi kasar di samping perangkat, satu per baris: 203.0.113.0/24,Jawa Barat",
    ),
    key(
        "codes.sms",
        Kind::Flag,
        Shipped("true"),
        "Whether sign-in codes may go by text message",
        "Apakah kode masuk boleh dikirim lewat SMS",
    ),
    key(
        "codes.email",
        Kind::Flag,
        Shipped("true"),
        "Whether sign-in codes may go by e-mail",
        "Apakah kode masuk boleh dikirim lewat email",
    ),
    key(
        "codes.app_strict",
        Kind::Flag,
        Shipped("false"),
        "Whether codes of apps count in their own half-minute only, not in the next",
        "Apakah kode aplikasi hanya berlaku pada setengah menitnya sendiri",
    ),
    key(
        "codes.app_hash",
        Kind::OneOf(&["SHA1", "SHA256", "SHA512"]),
        Shipped(r#""SHA1""#),
        "Hash of newly bound apps; most apps know SHA1 only",
        "Hash aplikasi yang baru ditautkan; kebanyakan aplikasi hanya mengenal SHA1",
    ),
    key(
        "clients.registration",
        Kind::Flag,
        Shipped("false"),
        "Whether applications may register themselves; each needs `payung client invite`",
        "Apakah aplikasi boleh mendaftarkan diri; masing-masing perlu `payung client invite`",
    ),
    key(
        "limits.sign_ins_per_address",
        Kind::Number { least: 1, most: 1_000_000 },
        Shipped("120"),
        "Sign-in tries per minute from one address (a /64 of IPv6)",
        "Percobaan masuk per menit dari satu alamat (satu /64 IPv6)",
    ),
    key(
        "limits.sign_ins_per_network",
        Kind::Number { least: 1, most: 1_000_000 },
        Shipped("1200"),
        "The same from one network: a /24 of IPv4, a /48 of IPv6",
        "Sama, dari satu jaringan: /24 IPv4, /48 IPv6",
    ),
    key(
        "limits.sign_ins_in_all",
        Kind::Number { least: 1, most: 10_000_000 },
        Shipped("6000"),
        "Sign-in tries per minute in all",
        "Percobaan masuk per menit seluruhnya",
    ),
    key(
        "limits.codes_per_hour",
        Kind::Number { least: 1, most: 1_000 },
        Shipped("5"),
        "Codes per hour to one destination",
        "Kode per jam ke satu tujuan",
    ),
    key(
        "limits.codes_per_day",
        Kind::Number { least: 1, most: 10_000 },
        Shipped("10"),
        "Codes per day to one destination",
        "Kode per hari ke satu tujuan",
    ),
    key(
        "limits.sms_per_day",
        Kind::Number { least: 0, most: 100_000_000 },
        Shipped("20000"),
        "Text messages per day in all; beyond it none is sent, whatever it costs",
        "SMS per hari seluruhnya; lebih dari itu tidak dikirim, berapa pun biayanya",
    ),
    key(
        "limits.checks_per_address",
        Kind::Number { least: 1, most: 100_000 },
        Shipped("20"),
        "Questions per minute from one address whether a message is ours",
        "Pertanyaan per menit dari satu alamat apakah suatu pesan dari kami",
    ),
    key(
        "limits.matches_per_address",
        Kind::Number { least: 1, most: 1_000_000 },
        Shipped("5"),
        "Misses per hour from one address (a /64 of IPv6) when a membership is looked for",
        "Percobaan per jam yang tidak cocok dari satu alamat (satu /64 IPv6) saat mencari kepesertaan",
    ),
    key(
        "limits.matches_per_identity",
        Kind::Number { least: 1, most: 1_000 },
        Shipped("5"),
        "Tries per hour to find a membership with one NIK, or with one KPJ",
        "Percobaan per jam mencari kepesertaan dengan satu NIK, atau dengan satu KPJ",
    ),
    key(
        "limits.names_per_address",
        Kind::Number { least: 2, most: 1_000_000 },
        Shipped("30"),
        "Names one address may miss on in 10 minutes before it has to wait",
        "Jumlah nama yang boleh salah dari satu alamat dalam 10 menit sebelum menunggu",
    ),
    key(
        "limits.addresses_per_name",
        Kind::Number { least: 2, most: 1_000_000 },
        Shipped("10"),
        "Addresses that may miss on one name in 10 minutes before it is counted",
        "Jumlah alamat yang boleh salah pada satu nama dalam 10 menit sebelum dihitung",
    ),
    key(
        "limits.quick_forms_per_address",
        Kind::Number { least: 1, most: 1_000_000 },
        Shipped("20"),
        "Missed sign-ins in under a second one address may send in 10 minutes",
        "Percobaan salah di bawah satu detik yang boleh dari satu alamat dalam 10 menit",
    ),
    key(
        "limits.reset_pause",
        Kind::Span,
        Shipped(r#""1m""#),
        "Least time between two links to set a new password",
        "Jeda paling singkat antara dua tautan kata sandi baru",
    ),
    key("smtp.host", Kind::Text, Required(r#""smtp.fund.example""#), "Mail server", "Server email"),
    key(
        "smtp.port",
        Kind::Number { least: 1, most: 65_535 },
        Shipped("587"),
        "Its port: 587 for starttls, 465 for required",
        "Portanya: 587 untuk starttls, 465 untuk required",
    ),
    key(
        "smtp.tls",
        Kind::OneOf(&["required", "starttls", "none"]),
        Shipped(r#""starttls""#),
        "required = TLS from the first byte, starttls = never without, none = loopback only",
        "required = TLS sejak bita pertama, starttls = wajib, none = hanya loopback",
    ),
    key(
        "smtp.ca_file",
        Kind::File,
        Optional(r#""/etc/payung/smtp-ca.pem""#),
        "One more authority to trust (PEM), for a mail server of your own",
        "Otoritas tambahan yang dipercaya (PEM), untuk server email sendiri",
    ),
    key(
        "smtp.user",
        Kind::Text,
        Optional(r#""payung""#),
        "User name, if the mail server asks for one",
        "Nama pengguna, bila server email memintanya",
    ),
    key(
        "smtp.password",
        Kind::Secret,
        Optional(r#""…""#),
        "Its password; better in smtp.password_file",
        "Kata sandinya; lebih baik di smtp.password_file",
    ),
    key(
        "smtp.password_file",
        Kind::File,
        Optional(r#""/etc/payung/smtp-password""#),
        "File that holds smtp.password",
        "Berkas yang berisi smtp.password",
    ),
    key(
        "smtp.from",
        Kind::Text,
        Required(r#""no-reply@fund.example""#),
        "Sender of every mail, on the same domain as service.public_url",
        "Pengirim setiap email, di domain yang sama dengan service.public_url",
    ),
    key(
        "smtp.timeout",
        Kind::Span,
        Shipped(r#""20s""#),
        "How long one command of a mail may take",
        "Berapa lama satu perintah pengiriman boleh berlangsung",
    ),
    key(
        "sms.url",
        Kind::Url,
        Optional(r#""https://sms.fund.example/send""#),
        "HTTP gateway for text messages; needed while codes.sms is true",
        "Gerbang HTTP untuk SMS; diperlukan selama codes.sms bernilai true",
    ),
    key(
        "sms.body",
        Kind::OneOf(&["json", "form"]),
        Shipped(r#""json""#),
        "How the gateway wants to be told: json or form",
        "Bentuk isi permintaan ke gerbang: json atau form",
    ),
    key(
        "sms.template",
        Kind::Text,
        Shipped(r#"'{"to":"{to}","text":"{text}","id":"{id}"}'"#),
        "The body; {to}, {text} and {id} are filled in. For form: 'to={to}&text={text}'",
        "Isi; {to}, {text}, dan {id} diisi. Untuk form: 'to={to}&text={text}'",
    ),
    key(
        "sms.header",
        Kind::Text,
        Shipped(r#""Authorization""#),
        "Header that carries the secret of the gateway",
        "Nama kepala yang membawa rahasia gerbang",
    ),
    key(
        "sms.secret",
        Kind::Secret,
        Optional(r#""…""#),
        "The whole value of that header; better in sms.secret_file",
        "Seluruh nilai kepala itu; lebih baik di sms.secret_file",
    ),
    key(
        "sms.secret_file",
        Kind::File,
        Optional(r#""/etc/payung/sms-secret""#),
        "File that holds sms.secret",
        "Berkas yang berisi sms.secret",
    ),
    key(
        "sms.moved_url",
        Kind::Url,
        Optional(r#""https://sms.fund.example/moved""#),
        "Asked before a code: POST {\"to\"}, answer {\"moved\": true} after a SIM swap or porting",
        "Ditanya sebelum kode: POST {\"to\"}, jawab {\"moved\": true} setelah ganti SIM atau operator",
    ),
    key(
        "sms.timeout",
        Kind::Span,
        Shipped(r#""10s""#),
        "How long the gateway may take to answer",
        "Berapa lama gerbang boleh menjawab",
    ),
    key(
        "oidc.private_networks",
        Kind::Networks,
        Shipped("[]"),
        "Private networks in which applications may be called to tell them of a sign-out",
        "Jaringan pribadi tempat aplikasi boleh dihubungi untuk diberi tahu saat keluar",
    ),
    key(
        "oidc.extra_ca_file",
        Kind::File,
        Optional(r#""/etc/payung/applications-ca.pem""#),
        "One more authority to trust (PEM) when applications are called",
        "Otoritas tambahan yang dipercaya (PEM) saat aplikasi dihubungi",
    ),
    key(
        "logs.format",
        Kind::OneOf(&["text", "json"]),
        Shipped(r#""json""#),
        "How log lines look: text or json",
        "Bentuk baris log: text atau json",
    ),
    key(
        "logs.level",
        Kind::OneOf(&["error", "warn", "info", "debug"]),
        Shipped(r#""info""#),
        "What is logged: error, warn, info or debug",
        "Apa yang dicatat: error, warn, info, atau debug",
    ),
    key(
        "desk.url",
        Kind::Url,
        Optional(r#""https://desk.fund.example""#),
        "Where staff find the support desk, on a host of its own; without it there is no desk",
        "Alamat meja bantuan bagi petugas, di host tersendiri; tanpa ini tidak ada meja bantuan",
    ),
    key(
        "desk.listen",
        Kind::Address,
        Shipped(r#""127.0.0.1:8081""#),
        "Address and port of the support desk",
        "Alamat dan porta meja bantuan",
    ),
    key(
        "desk.looks_per_hour",
        Kind::Number { least: 1, most: 1_000 },
        Shipped("30"),
        "Look-ups of one officer in an hour",
        "Pencarian seorang petugas dalam satu jam",
    ),
    key(
        "desk.looks_per_day",
        Kind::Number { least: 1, most: 10_000 },
        Shipped("120"),
        "Look-ups of one officer in a day",
        "Pencarian seorang petugas dalam sehari",
    ),
    key(
        "desk.unmasked_per_hour",
        Kind::Number { least: 1, most: 1_000 },
        Shipped("20"),
        "Fields that one officer sees in full in an hour",
        "Isian yang dilihat utuh oleh seorang petugas dalam satu jam",
    ),
    key(
        "desk.claims_alone_up_to",
        Kind::Number { least: 0, most: 4_000_000_000 },
        Shipped("15000000"),
        "Amount in rupiah up to which one officer approves a claim alone; above it takes two",
        "Jumlah rupiah yang boleh disetujui satu petugas sendiri; di atasnya perlu dua petugas",
    ),
    key(
        "desk.case_hours",
        Kind::Number { least: 1, most: 720 },
        Shipped("72"),
        "Hours until a question or a reported transaction is due; other cases have a time by law",
        "Jam sampai pertanyaan atau laporan transaksi jatuh tempo; kasus lain punya waktu dari aturan",
    ),
    key(
        "demo.outbox",
        Kind::Flag,
        Shipped("false"),
        "Shows messages instead of sending them: `payung demo` does, `payung serve` refuses",
        "Menampilkan pesan alih-alih mengirimnya: dilakukan `payung demo`, ditolak `payung serve`",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_setting_is_listed_twice_and_each_stands_with_its_section() {
        let names: HashSet<_> = KEYS.iter().map(|key| key.name).collect();
        assert_eq!(names.len(), KEYS.len());

        let mut sections: Vec<_> = KEYS.iter().map(Key::section).collect();
        sections.dedup();
        let distinct: HashSet<_> = sections.iter().collect();
        assert_eq!(distinct.len(), sections.len(), "a section is torn apart: {sections:?}");
    }

    #[test]
    fn every_example_is_of_its_own_kind() {
        for key in KEYS {
            let (Given::Shipped(text) | Given::Required(text) | Given::Optional(text)) = key.given;
            let table: toml::Table = format!("value = {text}").parse().unwrap();
            assert!(key.kind.accept(&table["value"]).is_ok(), "{}: {text}", key.name);
        }
    }

    #[test]
    fn a_slip_of_the_fingers_is_guessed() {
        for (typed, meant) in [
            ("service.naem", "service.name"),
            ("smpt.host", "smtp.host"),
            ("public_url", "service.public_url"),
            ("database.pool", ""),
        ] {
            assert_eq!(Key::nearest(typed).map_or("", |key| key.name), meant, "{typed}");
        }
    }

    #[test]
    fn the_variable_is_the_name_in_capitals_with_two_underscores() {
        assert_eq!(Key::named("smtp.ca_file").unwrap().variable(), "PAYUNG_SMTP__CA_FILE");
    }
}
