//! The list of refused rows: row, column and reason in both languages. It does not copy the rows: they
//! are personal data, and whoever has the file has them.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Result, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use payung_domain::imports::Refusal;

use super::words::why;

/// Rows that are shown on the terminal too.
const SHOWN: usize = 5;

/// A list that is begun when there is something to list.
pub(super) struct RefusedFile {
    path: PathBuf,
    file: Option<BufWriter<File>>,
    first: Vec<Refusal>,
}

/// What was listed, and where; nowhere when nothing was refused.
pub(super) struct Written {
    pub(super) path: Option<PathBuf>,
    pub(super) first: Vec<Refusal>,
}

impl RefusedFile {
    pub(super) fn at(path: PathBuf) -> Self {
        Self { path, file: None, first: Vec::new() }
    }

    pub(super) fn add(&mut self, refusals: &[Refusal]) -> Result<()> {
        if refusals.is_empty() {
            return Ok(());
        }
        let mut file = match self.file.take() {
            Some(file) => file,
            None => self.begin()?,
        };
        for refusal in refusals {
            let Refusal { line, column, reason } = refusal;
            let said = why(*reason);
            writeln!(file, "{line},{column},\"{}\",\"{}\"\r", said.en, said.id)?;
        }
        // A list that waits in memory is lost when the program is.
        file.flush()?;
        self.file = Some(file);
        let room = SHOWN.saturating_sub(self.first.len());
        self.first.extend(refusals.iter().take(room).cloned());
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Written> {
        let Self { path, file, first } = self;
        let Some(mut file) = file else { return Ok(Written { path: None, first }) };
        file.flush()?;
        Ok(Written { path: Some(path), first })
    }

    /// An earlier list of the same file is written anew: this one has all of it.
    fn begin(&self) -> Result<BufWriter<File>> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = BufWriter::new(options.open(&self.path)?);
        file.write_all("\u{feff}row,column,reason,alasan\r\n".as_bytes())?;
        Ok(file)
    }
}
