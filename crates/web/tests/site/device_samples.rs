//! The pages of signing in on a device, with sample people.

use payung_web::page::Problems;
use payung_web::pages::consent::ask::Item;
use payung_web::pages::device::approve::Approve;
use payung_web::pages::device::done::Done;
use payung_web::pages::device::enter::{Enter, EnterProblem};

use crate::samples::{Kind, Shelf, now};

pub(crate) fn add(shelf: &mut Shelf) {
    codes_to_enter(shelf);
    devices_to_let_in(shelf);
    for (name, is_allowed) in [("device-allowed", true), ("device-refused", false)] {
        let f = shelf.member_frame("/device/done?answer=allowed");
        shelf.add(name, Kind::Step, &Done { f, is_allowed });
    }
}

fn codes_to_enter(shelf: &mut Shelf) {
    for (name, user_code, problem) in [
        ("device", "", None),
        ("device-filled", "WDJB-MJHT", None),
        ("device-empty", "", Some(EnterProblem::Empty)),
        ("device-unreadable", "AEIO", Some(EnterProblem::NotOne)),
        ("device-wrong", "WDJB-MJHT", Some(EnterProblem::Wrong)),
        ("device-paused", "WDJB-MJHT", Some(EnterProblem::Paused(now()))),
        ("device-stale", "WDJB-MJHT", Some(EnterProblem::Stale)),
    ] {
        let f = shelf.member_frame("/device");
        let problems: Problems = problem.into_iter().map(|one| one.says(&f)).collect();
        let page = Enter { f, user_code: user_code.to_owned(), problems };
        shelf.add(name, Kind::Step, &page);
    }
}

fn devices_to_let_in(shelf: &mut Shelf) {
    let item = |label: &str, value: Option<&str>| Item {
        label: label.to_owned(),
        value: value.map(str::to_owned),
    };
    for (name, is_near) in [("device-ask", true), ("device-ask-far", false)] {
        let page = Approve {
            f: shelf.member_frame("/device/approve?request=x&user_code=WDJB-MJHT"),
            request: "x".repeat(43),
            code: "WDJB-MJHT".to_owned(),
            app: "Layar Loket".to_owned(),
            owner: "Dana Kita".to_owned(),
            purpose: "Menampilkan saldo Anda di loket".to_owned(),
            member: "Siti Rahayu".to_owned(),
            items: vec![
                item("Saldo JHT", Some("Rp87.412.350")),
                item("Nomor Anda di aplikasi ini", Some("Termasuk")),
            ],
            goes_on: !is_near,
            from: "203.0.113.*".to_owned(),
            is_near,
            is_vouched_for: is_near,
            asked_at: now(),
        };
        shelf.add(name, Kind::Step, &page);
    }
}
