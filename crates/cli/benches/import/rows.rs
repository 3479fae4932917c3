//! The files: people, their employer, and years of contributions month by month, as they come.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use payung_domain::month::Month;

/// Years of contributions, and what comes of each member in a month.
const MONTHS: u32 = 120;
const PROGRAMMES: [(&str, &str); 4] =
    [("JHT", "222000,120000"), ("JP", "120000,60000"), ("JKK", "32400,0"), ("JKM", "18000,0")];

/// Population numbers that share a day of birth.
const A_DAY: u32 = 9_999;

/// Writes all three.
pub(crate) fn write_all(folder: &Path, rows: u32) {
    let members = rows.div_ceil(MONTHS * 4);
    let mut file = created(folder, "employers.csv");
    writeln!(file, "npp,name,risk_class,size\nXX000001,PT Contoh Jaya,II,medium").expect("a line");
    file.flush().expect("the file is written");

    let mut file = created(folder, "members.csv");
    writeln!(file, "nik,name,birth_date,sex,kpj,segment,since,npp").expect("a line");
    for member in 0..members {
        // Region 00 is nowhere, and a woman's day of birth has forty more.
        let (day, number) = (member / A_DAY % 28 + 1, member % A_DAY + 1);
        let year = 60 + member / A_DAY / 28;
        writeln!(
            file,
            "000001{:02}07{year:02}{number:04},Siti {member},19{year:02}-07-{day:02},female,\
             9{member:010},PU,2015-08,XX000001",
            day + 40
        )
        .expect("a line");
    }
    file.flush().expect("the file is written");
    contributions(created(folder, "rows.csv"), members, rows);
}

fn contributions(mut file: BufWriter<File>, members: u32, rows: u32) {
    writeln!(file, "kpj,npp,month,programme,wage,base,employer_part,worker_part,received_on")
        .expect("a line");
    let mut month = Month::new(2015, 8).expect("a month");
    let mut left = rows;
    while left > 0 {
        let next = month.next();
        for member in 0..members {
            for (programme, parts) in PROGRAMMES.iter().take(usize::try_from(left).unwrap_or(4)) {
                writeln!(
                    file,
                    "9{member:010},XX000001,{month},{programme},6000000,6000000,{parts},{next}-10"
                )
                .expect("a line");
                left -= 1;
            }
        }
        month = next;
    }
    file.flush().expect("the file is written");
}

fn created(folder: &Path, name: &str) -> BufWriter<File> {
    BufWriter::with_capacity(1 << 20, File::create(folder.join(name)).expect("a file"))
}
