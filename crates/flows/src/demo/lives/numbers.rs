//! Numbers that cannot be anybody's: a region 00 that does not exist, phones in 0800 0000.

use jiff::civil::Date;
use payung_domain::contact::Phone;
use payung_domain::ids::{Kpj, Nik};
use payung_domain::members::{PersonName, Sex};

use super::Untold;

/// A population number that agrees with the birth date and the sex, from region 00.
pub(super) fn nik(number: u32, birth_date: Date, sex: Sex) -> Result<Nik, Untold> {
    let day = match sex {
        Sex::Female => birth_date.day() + 40,
        Sex::Male => birth_date.day(),
    };
    let (office, serial) = (101 + number / 10_000, number % 10_000);
    let (month, year) = (birth_date.month(), birth_date.year().rem_euclid(100));
    Nik::parse(&format!("00{office:04}{day:02}{month:02}{year:02}{serial:04}"))
        .map_err(|_| Untold::Invented("a NIK"))
}

/// A person's first, second, third or fourth member number.
///
/// Begins with 9, so that nobody takes it for a phone number, and does not show its order: times
/// an odd number that is no multiple of 5, every ten digits become ten others.
pub(super) fn kpj(number: u32, place: u8) -> Result<Kpj, Untold> {
    const TEN_DIGITS: u64 = 10_000_000_000;
    const STIR: u64 = 486_784_401;
    let plain = u64::from(number) * 4 + u64::from(place % 4);
    Kpj::parse(&format!("9{:010}", plain * STIR % TEN_DIGITS))
        .map_err(|_| Untold::Invented("a KPJ"))
}

/// A mobile number in +62 800 0000 0xxx. There are 999 of them; later members have none.
pub(super) fn phone(number: u32) -> Result<Option<Phone>, Untold> {
    if number > 999 {
        return Ok(None);
    }
    Phone::parse(&format!("+6280000000{number:03}"))
        .map(Some)
        .map_err(|_| Untold::Invented("a phone number"))
}

/// A person's name.
pub(super) fn name(text: &str) -> Result<PersonName, Untold> {
    PersonName::parse(text).map_err(|_| Untold::Invented("a name"))
}
