//! E-06: what docs/limits.md says is what the program does.

use std::time::Duration;

use payung::settings::keys::{Given, KEYS, Key};
use payung_domain::lockout::{FIRM, ROUND, pause_after};
use payung_domain::notify::MOST_ATTEMPTS;
use payung_domain::oidc::back_channel::LOGOUT_TOKEN_LIFE;
use payung_domain::oidc::registration::INVITE_LONGEST;
use payung_domain::oidc::{devices, grants, tokens};
use payung_domain::passkeys::CHALLENGE_LIFE;
use payung_domain::passwords::reset::LINK_LIFE;
use payung_domain::second_factor::{
    CODE_LIFE, NUMBER_FRESH, PAUSE, PAUSED_AT, STEP_LIFE, Sending, VOIDED_AT, may_resend,
};
use payung_domain::sessions::{PROOF_LIFE, REMEMBERED};
use payung_domain::time::Instant;
use payung_domain::{
    activation, announcements, claims, contact_changes, corrections, recoveries, service, staff,
    transactions,
};
use payung_flows::imports::book;
use payung_flows::oidc::clients::FAILURES_A_MINUTE;
use payung_flows::staff::{audit, chain, notices};
use payung_flows::{api, export, imports, kept_forms, statements};

/// The limits that no setting changes, in the order of the document.
#[expect(clippy::too_many_lines, reason = "a list, in the order of the document")]
fn rules() -> Vec<(&'static str, String)> {
    let first = (1..=FIRM).find(|misses| !pause_after(*misses).is_zero()).unwrap_or(0);
    vec![
        ("Wrong passwords in a row before the first wait", first.to_string()),
        ("The first wait, doubling with each further miss", span(pause_after(first))),
        ("Wrong passwords in a row that pause the password path", ROUND.to_string()),
        ("The first pause, doubling with each further ten", span(pause_after(ROUND))),
        ("The longest pause", span(pause_after(FIRM))),
        ("Wrong passwords in a row that lock the path firmly", FIRM.to_string()),
        ("Wrong codes that void the codes at hand", VOIDED_AT.to_string()),
        ("Wrong codes in a row that pause the second step", PAUSED_AT.to_string()),
        ("The pause of the second step", span(PAUSE)),
        ("Wrong codes in a row that lock the second step", FIRM.to_string()),
        ("Wrong codes of an app, beside right codes for a new password", FIRM.to_string()),
        (
            "Applications that fail to prove themselves, a minute from one address",
            FAILURES_A_MINUTE.to_string(),
        ),
        ("Wrong codes of devices that pause entering them", devices::WRONG_CODES.to_string()),
        ("The pause of entering them", span(PAUSE)),
        ("Statements of one member in a day", statements::MOST_A_DAY.to_string()),
        ("Downloads of everything by one member in a day", export::MOST_A_DAY.to_string()),
        (
            "Calls of the API a minute with what one member agreed to",
            api::CALLS_A_MINUTE.to_string(),
        ),
        (
            "Calls of the API a minute from one address whose token is not good",
            api::FAILURES_A_MINUTE.to_string(),
        ),
        (
            "Transactions that one account may have reported at a time",
            transactions::MOST_OPEN.to_string(),
        ),
        ("Claims one account may begin in thirty days", claims::MOST_BEGUN.to_string()),
        ("Papers of one claim", claims::MOST_DOCUMENTS.to_string()),
        ("Bytes of one paper", claims::files::MOST_BYTES.to_string()),
        ("Pixels of one picture", claims::files::MOST_PIXELS.to_string()),
        ("Notices shown or planned at a time", notices::MOST_OPEN.to_string()),
        ("Letters of a notice, in each language", announcements::LONGEST.to_string()),
        ("Lines of the desk's audit in one file", audit::MOST.to_string()),
        ("Lines of it that are checked beside each reading", chain::RECENT.to_string()),
        (
            "Corrections of one person that may be open at a time",
            corrections::MOST_OPEN.to_string(),
        ),
        (
            "Documents of one officer an hour whose digits may be wrong",
            staff::verification::WRONG_DOCUMENTS.to_string(),
        ),
        ("Waits before another code", waits()),
        ("Attempts to send a message, or to tell an application", MOST_ATTEMPTS.to_string()),
        ("A code", span(CODE_LIFE)),
        ("The steps after the password", span(STEP_LIFE)),
        ("A link for a new password", span(LINK_LIFE)),
        ("A code for a new password, and then what it opens", span(CODE_LIFE)),
        ("A challenge for a passkey", span(CHALLENGE_LIFE)),
        ("A proof before a protected act", span(PROOF_LIFE)),
        ("A remembered browser, for reading only", span(REMEMBERED)),
        ("A form that waits for a proof", span(kept_forms::LIFE)),
        ("A changed number waits, while there is another way", span(NUMBER_FRESH)),
        ("A changed address or number cools off", span(contact_changes::COOLING_OFF)),
        ("The old one can undo it", span(contact_changes::UNDOABLE)),
        ("An activation that was begun", span(activation::KEPT)),
        ("The same, in a browser where nothing is done", span(activation::PATIENCE)),
        ("A staged recovery, in which the owner can stop it", span(recoveries::STOPPABLE)),
        ("A staged recovery in all", span(recoveries::LIFE)),
        ("A code for an application", span(grants::CODE_LIFE)),
        ("A token that tells an application of a logout", span(LOGOUT_TOKEN_LIFE)),
        ("A code that a device shows", span(devices::LIFE)),
        (
            "Between two questions of a device, and what each that comes too soon adds",
            format!("{}, {}", span(devices::INTERVAL), span(devices::SLOWER)),
        ),
        ("What an application may do while its member is away", span(grants::REFRESH_LIFE)),
        ("An access token of an application", span(tokens::ACCESS_LIFE)),
        ("The same under FAPI 2.0", span(tokens::FAPI_ACCESS_LIFE)),
        ("An ID token, as a proof of the sign-in", span(tokens::ID_TOKEN_LIFE)),
        ("A refresh token that nobody uses", span(grants::REFRESH_IDLE)),
        ("An invite to register an application, at most", span(INVITE_LONGEST)),
        ("An invitation to the support desk", span(staff::INVITATION_LIFE)),
        ("The same for an administrator", span(staff::ADMINISTRATOR_INVITATION_LIFE)),
        ("A session at the desk without a page", span(staff::IDLE)),
        ("A session at the desk in all", span(staff::LIFE)),
        ("A proof before something dangerous at the desk", span(staff::PROOF_LIFE)),
        ("A record that an officer looked up", span(staff::looks::LOOK_LIFE)),
        ("A claim that was begun and not sent", span(claims::DRAFT_LIFE)),
        (
            "After a claim of an heir was opened, until anything of it is paid",
            span(claims::heirs::OBJECTION),
        ),
        ("The link by which a member says that they are alive", span(claims::heirs::LINK_LIFE)),
        ("A field that an officer sees in full", span(staff::looks::UNMASKED)),
        ("A message that waits for longer makes its channel slow", span(service::LATE)),
        ("Messages that fail or leave are counted for the status", span(service::COUNTED)),
        ("What an officer checked to make sure of a member", span(staff::verification::VERIFIED)),
        ("An act that takes two officers, after the approval", span(staff::acts::DELAY)),
        ("The same, while nobody approves it", span(staff::acts::UNAPPROVED)),
        ("A note of an officer that was begun", span(staff::cases::DRAFT_LIFE)),
        (
            "A case about a recovery, a correction or a contested act, until it is due",
            span(staff::cases::THREE_DAYS),
        ),
        ("Rows of an import in one transaction", imports::CHUNK.to_string()),
        ("A line of CSV, or a row of a sheet", bytes(imports::lines::LONGEST)),
        ("A workbook, unpacked", bytes(book::MOST_BYTES)),
        (
            "A part of it that is no sheet, such as its texts, unpacked",
            bytes(book::MOST_PART_BYTES),
        ),
        ("Different texts in a workbook", book::MOST_TEXTS.to_string()),
        ("Merged cells in a workbook", book::MOST_MERGED.to_string()),
        ("A workbook from standard input", bytes(book::MOST_PIPED)),
    ]
}

fn bytes(count: impl TryInto<u64>) -> String {
    let count = count.try_into().unwrap_or_default();
    let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    let unit = units.into_iter().find(|(power, _)| count >> power > 0);
    let (power, name) = unit.unwrap_or((0, "B"));
    format!("{} {name}", count >> power)
}

fn waits() -> String {
    let noon = Instant::from_micros(1_800_000_000_000_000);
    let after = |sent: usize| match may_resend(&vec![noon; sent], noon) {
        Sending::Wait(until) => span(until.since(noon)),
        other => panic!("{other:?}"),
    };
    [1, 2, 3].map(after).join(", ")
}

fn span(span: Duration) -> String {
    match span.as_secs() {
        seconds if seconds % 3600 == 0 => format!("{} h", seconds / 3600),
        seconds if seconds % 60 == 0 && seconds >= 300 => format!("{} min", seconds / 60),
        seconds => format!("{seconds} s"),
    }
}

#[test]
fn e06_h11_the_document_and_the_program_name_the_same_limits() {
    let document = include_str!("../../../../docs/limits.md");
    let rows: Vec<Vec<&str>> = document
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| limit "))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>())
        // The table of what ends a session has four columns, and no value in it.
        .filter(|row| row.len() == 3)
        .collect();
    let (said, set): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row[2] == "rule");
    let said: Vec<(&str, String)> = said.iter().map(|row| (row[0], row[1].to_owned())).collect();
    assert_eq!(said, rules());
    for row in &set {
        let key = Key::named(row[2]).unwrap_or_else(|| panic!("{}: no such setting", row[2]));
        let Given::Shipped(value) = key.given else { panic!("{}: nothing is shipped", row[2]) };
        assert_eq!(value.trim_matches('"'), row[1], "{}", row[2]);
    }
    for key in KEYS.iter().filter(|key| matches!(key.section(), "limits" | "sessions")) {
        assert!(set.iter().any(|row| row[2] == key.name), "{} is not in the document", key.name);
    }
}
