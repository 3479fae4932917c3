//! The program's own keys: read from files that only their owner may read, or made for the demo.
//!
//! Each file holds 32 random bytes in base64. The keys never touch the database (N-03).

use std::fmt;
use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use payung_domain::dice::Dice;
use zeroize::{Zeroize, Zeroizing};

use crate::report::{Cause, Exit, Failure};
use crate::said;
use crate::said::Said;
use crate::settings::Values;

/// 256 random bits.
pub type Key = [u8; 32];

/// Every key of a running program. Wiped when it goes; `Debug` says nothing.
#[derive(Clone)]
pub struct Secrets {
    /// Keys that seal personal data, by version, lowest first: the last seals, all open.
    pub sealing: Vec<(u8, Key)>,
    /// The key of the blind indexes.
    pub index: Key,
    /// The peppers of password hashes, by version, lowest first: the last is for new hashes.
    pub pepper: Vec<(u8, Key)>,
    /// The key of signed cookies and form tokens.
    pub cookies: Key,
}

/// Where the keys are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFiles {
    /// Sealing keys by version, lowest first.
    pub sealing: Vec<(u8, PathBuf)>,
    /// The index key.
    pub index: PathBuf,
    /// Peppers by version, lowest first.
    pub pepper: Vec<(u8, PathBuf)>,
    /// The cookie key.
    pub cookies: PathBuf,
}

/// Why a file cannot be trusted with a secret, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong.
    pub message: Said,
    /// What to do.
    pub fix: Said,
}

impl KeyFiles {
    /// As the settings name them; `None` while one is missing.
    #[must_use]
    pub fn of(values: &Values) -> Option<Self> {
        Some(Self {
            sealing: values.versions("keys.sealing_key_files")?,
            index: values.file("keys.index_key_file")?,
            pepper: values.versions("keys.pepper_files")?,
            cookies: values.file("keys.cookie_key_file")?,
        })
    }

    /// Where the demo keeps them inside its folder.
    #[must_use]
    pub fn inside(folder: &Path) -> Self {
        Self {
            sealing: vec![(1, folder.join("sealing-1.key"))],
            index: folder.join("index.key"),
            pepper: vec![(1, folder.join("pepper-1.key"))],
            cookies: folder.join("cookies.key"),
        }
    }

    /// Each file with the setting that names it.
    fn each(&self) -> Vec<(&'static str, &Path)> {
        let mut each = Vec::new();
        each.extend(self.sealing.iter().map(|(_, path)| ("keys.sealing_key_files", &**path)));
        each.push(("keys.index_key_file", &*self.index));
        each.extend(self.pepper.iter().map(|(_, path)| ("keys.pepper_files", &**path)));
        each.push(("keys.cookie_key_file", &*self.cookies));
        each
    }
}

impl Secrets {
    /// Reads every key, and says of each one that cannot be used.
    pub fn read(files: &KeyFiles) -> Result<Self, Vec<Cause>> {
        let mut problems = Vec::new();
        let mut seen: Vec<(Key, &Path)> = Vec::new();
        for (about, path) in files.each() {
            let trouble = match read_key(path) {
                Err(trouble) => Some(trouble),
                Ok(key) => {
                    let twin = seen.iter().find(|(other, _)| *other == key).map(|(_, path)| *path);
                    seen.push((key, path));
                    twin.map(|twin| same_as(twin, path))
                }
            };
            if let Some(Trouble { message, fix }) = trouble {
                let place = path.display().to_string();
                problems.push(Cause { about: about.to_owned(), place, message, fix: Some(fix) });
            }
        }
        let find =
            |wanted: &Path| seen.iter().find(|(_, path)| *path == wanted).map(|(key, _)| *key);
        let versions = |files: &[(u8, PathBuf)]| {
            files
                .iter()
                .map(|(version, path)| Some((*version, find(path)?)))
                .collect::<Option<Vec<_>>>()
        };
        let secrets = (|| {
            Some(Self {
                sealing: versions(&files.sealing)?,
                index: find(&files.index)?,
                pepper: versions(&files.pepper)?,
                cookies: find(&files.cookies)?,
            })
        })();
        for (key, _) in &mut seen {
            key.zeroize();
        }
        secrets.filter(|_| problems.is_empty()).ok_or(problems)
    }

    /// Reads the keys kept in a folder, and makes those that are not there yet: for the demo, so
    /// that its data can be read again after a restart.
    pub fn in_folder(folder: &Path, dice: &dyn Dice) -> Result<Self, Failure> {
        let files = KeyFiles::inside(folder);
        make_missing(&files, folder, dice).map_err(|error| {
            let shown = folder.display();
            Failure::new(
                Exit::WrongUse,
                "keys",
                said!("cannot keep keys in {shown}", "tidak dapat menyimpan kunci di {shown}"),
                said!("choose another folder with --data", "pilih folder lain dengan --data"),
            )
            .because(&error)
        })?;
        Self::read(&files).map_err(Failure::settings)
    }
}

impl Drop for Secrets {
    fn drop(&mut self) {
        for (_, key) in self.sealing.iter_mut().chain(&mut self.pepper) {
            key.zeroize();
        }
        self.index.zeroize();
        self.cookies.zeroize();
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

/// Reads a file that only its owner may read.
pub fn read_private(path: &Path) -> Result<Zeroizing<String>, Trouble> {
    only_its_owner_reads(path)?;
    let mut text = Zeroizing::new(String::new());
    fs::File::open(path)
        .and_then(|file| file.take(LONGEST).read_to_string(&mut text))
        .map_err(|error| unreadable(&error))?;
    Ok(text)
}

/// Where systemd hands secrets over.
const CREDENTIALS: &str = "/run/credentials";

/// Far more than any secret; a device or a log given by mistake is not read to its end.
const LONGEST: u64 = 64 * 1024;

/// Says no when a group or everybody may read or write the file.
pub fn only_its_owner_reads(path: &Path) -> Result<(), Trouble> {
    // systemd lets the service read its credentials by an access list, whose mask looks like a
    // group that may read. Nobody else gets into that folder at all.
    if path.starts_with(CREDENTIALS) {
        return Ok(());
    }
    let mode = fs::metadata(path).map_err(|error| unreadable(&error))?.permissions().mode() & 0o777;
    let by_others = mode & 0o077;
    if by_others == 0 {
        return Ok(());
    }
    let shown = path.display();
    Err(Trouble {
        message: said!(
            "can be read by others (mode {mode:04o})",
            "terbaca oleh orang lain (mode {mode:04o})"
        ),
        fix: said!("chmod 600 {shown}", "chmod 600 {shown}"),
    })
}

fn unreadable(error: &io::Error) -> Trouble {
    Trouble {
        message: said!("cannot be read: {error}", "tidak dapat dibaca: {error}"),
        fix: said!(
            "name a file this user may read",
            "sebutkan berkas yang boleh dibaca pengguna ini"
        ),
    }
}

fn read_key(path: &Path) -> Result<Key, Trouble> {
    let text = read_private(path)?;
    let shown = path.display();
    let anew = said!(
        "head -c 32 /dev/urandom | base64 > {shown}",
        "head -c 32 /dev/urandom | base64 > {shown}"
    );
    let bytes = BASE64.decode(text.trim().as_bytes()).map(Zeroizing::new).map_err(|_| Trouble {
        message: said!("is not base64", "bukan base64"),
        fix: anew.clone(),
    })?;
    let key: Key = bytes.as_slice().try_into().map_err(|_| {
        let count = bytes.len();
        Trouble {
            message: said!("holds {count} bytes, not 32", "berisi {count} bita, bukan 32"),
            fix: anew.clone(),
        }
    })?;
    if looks_made_up(&key) {
        return Err(Trouble { message: said!("is not random", "tidak acak"), fix: anew });
    }
    Ok(key)
}

fn same_as(twin: &Path, path: &Path) -> Trouble {
    let (twin, shown) = (twin.display(), path.display());
    Trouble {
        message: said!("holds the same key as {twin}", "berisi kunci yang sama dengan {twin}"),
        fix: said!(
            "head -c 32 /dev/urandom | base64 > {shown}",
            "head -c 32 /dev/urandom | base64 > {shown}"
        ),
    }
}

/// Whether a person rather than chance made these bytes: zeros, a pattern, a count, a sentence.
///
/// Thirty-two random bytes have fewer than sixteen different values, or are all printable, less
/// than once in ten to the twelfth.
fn looks_made_up(key: &Key) -> bool {
    let mut values = *key;
    values.sort_unstable();
    let different = 1 + values.windows(2).filter(|pair| pair[0] != pair[1]).count();
    values.zeroize();

    let step = key[1].wrapping_sub(key[0]);
    let counts = key.windows(2).all(|pair| pair[1].wrapping_sub(pair[0]) == step);
    let readable = key.iter().all(|byte| (b' '..=b'~').contains(byte));
    different < 16 || counts || readable
}

fn make_missing(files: &KeyFiles, folder: &Path, dice: &dyn Dice) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    for (_, path) in files.each() {
        let key = Zeroizing::new(dice.bytes::<32>());
        let text = Zeroizing::new(BASE64.encode(&*key));
        match fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Ok(mut file) => writeln!(file, "{}", &*text)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::dice::SystemDice;

    fn write(path: &Path, text: &str, mode: u32) {
        fs::write(path, text).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn the_demo_keeps_its_keys_and_finds_them_again() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys");
        let first = Secrets::in_folder(&keys, &SystemDice).unwrap();
        let again = Secrets::in_folder(&keys, &SystemDice).unwrap();
        assert_eq!(first.index, again.index);
        assert_eq!(first.sealing, again.sealing);
        assert_ne!(first.index, first.cookies);
        let mode = fs::metadata(keys.join("index.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(format!("{first:?}"), "Secrets(…)");
    }

    #[test]
    fn a_key_that_somebody_made_up_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let counting: Key = std::array::from_fn(|place| u8::try_from(place).unwrap());
        for (text, what) in [
            (BASE64.encode(&[0; 32]), "is not random"),
            (BASE64.encode(&[0xab, 0xcd].repeat(16)), "is not random"),
            (BASE64.encode(&counting), "is not random"),
            (BASE64.encode(b"correct horse battery staple 123"), "is not random"),
            (BASE64.encode(&[7; 16]), "holds 16 bytes, not 32"),
            ("a password".to_owned(), "is not base64"),
        ] {
            write(&path, &text, 0o600);
            assert_eq!(&*read_key(&path).unwrap_err().message.en, what, "{text}");
        }
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let key: Key = (&SystemDice as &dyn Dice).bytes();
        for (mode, is_fine) in [(0o600, true), (0o400, true), (0o640, false), (0o604, false)] {
            write(&path, &BASE64.encode(&key), mode);
            assert_eq!(read_key(&path).is_ok(), is_fine, "{mode:o}");
        }
    }

    #[test]
    fn one_key_for_two_purposes_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let files = KeyFiles::inside(folder.path());
        make_missing(&files, folder.path(), &SystemDice).unwrap();
        fs::copy(&files.index, &files.cookies).unwrap();
        let problems = Secrets::read(&files).unwrap_err();
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].about, "keys.cookie_key_file");
    }
}
