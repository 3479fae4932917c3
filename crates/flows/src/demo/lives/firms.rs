//! Employers that do not exist.

use payung_domain::employers::{Employer, FirmSize, RiskClass};
use payung_domain::ids::{EmployerId, Npp};

use super::Untold;
use super::chance::Chance;

/// A name, a risk class and a size. The first ones are where the named people work.
const FIRMS: [(&str, RiskClass, FirmSize); 24] = [
    ("PT Anyaman Senja Contoh", RiskClass::II, FirmSize::Large),
    ("PT Layar Teduh Contoh", RiskClass::I, FirmSize::Large),
    ("PT Roda Embun Contoh", RiskClass::III, FirmSize::Medium),
    ("PT Kertas Angin Contoh", RiskClass::II, FirmSize::Medium),
    ("PT Jembatan Kabut Contoh", RiskClass::V, FirmSize::Large),
    ("PT Lentera Pagi Contoh", RiskClass::I, FirmSize::Medium),
    ("PT Tambak Rembulan Contoh", RiskClass::III, FirmSize::Large),
    ("PT Pasir Bernyanyi Contoh", RiskClass::IV, FirmSize::Large),
    ("PT Kapas Langit Contoh", RiskClass::II, FirmSize::Large),
    ("PT Gula Gerimis Contoh", RiskClass::II, FirmSize::Medium),
    ("PT Telaga Suara Contoh", RiskClass::I, FirmSize::Medium),
    ("PT Menara Dedaun Contoh", RiskClass::V, FirmSize::Medium),
    ("PT Rempah Cakrawala Contoh", RiskClass::II, FirmSize::Large),
    ("PT Sepatu Mendung Contoh", RiskClass::II, FirmSize::Large),
    ("PT Kaca Purnama Contoh", RiskClass::III, FirmSize::Medium),
    ("PT Perahu Melati Contoh", RiskClass::IV, FirmSize::Medium),
    ("PT Benang Pelangi Contoh", RiskClass::II, FirmSize::Medium),
    ("PT Kopi Lereng Contoh", RiskClass::I, FirmSize::Large),
    ("PT Awan Kargo Contoh", RiskClass::III, FirmSize::Large),
    ("PT Bata Hujan Contoh", RiskClass::IV, FirmSize::Medium),
    ("CV Dapur Kenari Contoh", RiskClass::I, FirmSize::Small),
    ("CV Kayu Semilir Contoh", RiskClass::III, FirmSize::Small),
    ("CV Buku Senandung Contoh", RiskClass::I, FirmSize::Small),
    ("Warung Tepi Contoh", RiskClass::I, FirmSize::Micro),
];

/// The employers all lives share. Their ids follow from the seed, their order never changes.
pub fn employers(seed: u64) -> Result<Vec<Employer>, Untold> {
    // Members are counted from 1, so nobody else throws with number 0.
    let chance = Chance::of(seed, 0);
    let firms = FIRMS.iter().zip(1..).map(|(&(name, risk_class, size), number)| {
        Ok(Employer {
            id: EmployerId::new(&chance),
            npp: Npp::parse(&format!("CONTOH{number:02}"))
                .map_err(|_| Untold::Invented("an NPP"))?,
            name: name.to_owned(),
            risk_class,
            size,
        })
    });
    firms.collect()
}
