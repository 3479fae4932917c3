//! Words that invented people and places are named with.

use payung_domain::members::{Address, Sex};

use super::chance::Chance;

const WOMEN: [&str; 32] = [
    "Ajeng", "Anggun", "Ayu", "Cahya", "Citra", "Dara", "Endah", "Fitri", "Gita", "Hesti", "Indah",
    "Intan", "Kartika", "Laras", "Lestari", "Maya", "Melati", "Mutiara", "Nadia", "Nila", "Puspa",
    "Ratih", "Rini", "Sekar", "Sinta", "Sri", "Tiara", "Tuti", "Wening", "Widya", "Yanti", "Yuni",
];

const MEN: [&str; 32] = [
    "Aditya", "Arif", "Bagas", "Bima", "Cakra", "Damar", "Danu", "Eko", "Fajar", "Galih", "Gilang",
    "Hadi", "Hendra", "Iwan", "Jaka", "Joko", "Krisna", "Lukman", "Ketut", "Nanda", "Pandu",
    "Rangga", "Rizal", "Satria", "Surya", "Tegar", "Teguh", "Umar", "Wahyu", "Wira", "Yoga",
    "Yusuf",
];

const SECOND: [&str; 30] = [
    "Anindya",
    "Arumdapta",
    "Baskara",
    "Cendana",
    "Darmaputra",
    "Gemilang",
    "Hapsari",
    "Iskandar",
    "Jatmika",
    "Kencana",
    "Kusumawati",
    "Laksana",
    "Mahardika",
    "Mulyana",
    "Nugraha",
    "Nirmala",
    "Padmasari",
    "Pramudya",
    "Prasetya",
    "Rahayu",
    "Ramadhan",
    "Saraswati",
    "Setiawan",
    "Suryani",
    "Tirtayasa",
    "Utami",
    "Wardhana",
    "Wibisana",
    "Wulandari",
    "Yudhanta",
];

const STREETS: [&str; 12] = [
    "Jalan Anyelir Senja",
    "Jalan Bintang Contoh",
    "Jalan Cemara Rindang",
    "Jalan Dahlia Contoh",
    "Gang Embun Pagi",
    "Jalan Flamboyan Contoh",
    "Gang Gerimis",
    "Jalan Kenanga Contoh",
    "Jalan Layang-Layang",
    "Gang Melati Contoh",
    "Jalan Pelangi Sore",
    "Jalan Tanjung Contoh",
];

const VILLAGES: [&str; 8] = [
    "Awan Teduh",
    "Batu Payung",
    "Contoh Asri",
    "Danau Senyap",
    "Embun Jaya",
    "Kolam Contoh",
    "Langit Biru",
    "Sungai Contoh",
];

const DISTRICTS: [&str; 5] =
    ["Contoh Utara", "Contoh Selatan", "Contoh Timur", "Contoh Barat", "Contoh Kota"];

/// A given name and, for most, a second one. One word is a whole name, as it is for many.
pub(super) fn full_name(sex: Sex, chance: &Chance) -> (&'static str, String) {
    let given = match sex {
        Sex::Female => chance.pick(&WOMEN),
        Sex::Male => chance.pick(&MEN),
    };
    if chance.percent(8) {
        return (given, (*given).to_owned());
    }
    (given, format!("{given} {}", chance.pick(&SECOND)))
}

/// An address in a province that is on no map.
pub(super) fn address(chance: &Chance) -> Address {
    Address {
        street: format!(
            "{} No. {}, RT {:03}/RW {:03}",
            chance.pick(&STREETS),
            chance.between(1, 180),
            chance.between(1, 12),
            chance.between(1, 9)
        ),
        village: (*chance.pick(&VILLAGES)).to_owned(),
        district: (*chance.pick(&DISTRICTS)).to_owned(),
        regency: "Kabupaten Contoh".to_owned(),
        province: "Provinsi Contoh".to_owned(),
        // No postcode begins with 00.
        postcode: format!("00{:03}", chance.between(100, 999)),
    }
}
