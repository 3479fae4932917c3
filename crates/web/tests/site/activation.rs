//! Activation, page by page and without scripts: from three numbers to the first sign-in, the link
//! in the letter, and everything a stranger might try on the way.

use std::time::Duration;

use payung_flows::delivery::{Post, deliver_due};
use payung_flows::demo;
use payung_testkit::authenticator::Authenticator;
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor, newest_code};
use payung_testkit::{Bench, on_each_engine};

on_each_engine!(
    wayan_activates_his_membership_and_signs_in,
    a_number_whose_code_never_comes_is_left_out,
    wayan_activates_with_a_passkey,
    the_link_in_the_letter_goes_on_in_another_browser_once,
    g04_the_link_leaves_the_address_and_opening_it_changes_nothing,
    r1_no_header_moves_the_link_to_another_host,
    f03_l5_an_account_that_exists_is_spoken_of_only_after_a_contact_is_proved,
    f03_an_address_of_another_account_gets_the_same_page_and_its_owner_hears,
    l5_whatever_does_not_fit_gets_the_same_page,
    e03_too_many_tries_pause_and_say_until_when,
    it_says_when_a_registration_can_be_seen_and_where_a_kpj_is_found,
    what_was_typed_wrong_is_named_and_kept,
    an_old_form_changes_nothing_and_keeps_what_was_typed,
    r2_a_tab_of_another_browsers_activation_does_nothing,
    l10_a_page_out_of_order_leads_to_the_task_at_hand,
    s2_a_browser_that_waited_too_long_is_asked_again_and_goes_on,
    leaving_takes_it_from_this_browser,
    where_no_text_messages_go_no_number_is_asked_for,
    a_browser_without_cookies_is_told_so,
    every_address_of_a_form_can_be_opened_too,
);

const NEW: &str = "kuda tangga hujan sore";
const WAYAN: &str = "wayan@peserta.example";
const PHONE: &str = "0800 0000 0006";

const BORN: [(&str, &str); 3] = [("birth_day", "27"), ("birth_month", "1"), ("birth_year", "1999")];

/// The pages of the tasks, in their order.
const PAGES: [&str; 4] =
    ["/activate/contact", "/activate/code", "/activate/password", "/activate/codes"];

/// Asks for a page and sends its form.
async fn give(visitor: &mut Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    let page = visitor.get(path).await;
    visitor.fill_in(&page, path, fields).await
}

/// Sends in what the person with this number of `people` knows of themselves.
async fn find(visitor: &mut Visitor, number: &str) -> Page {
    let (nik, kpj) = (format!("00010127019900{number}"), format!("900000001{number}"));
    let numbers = [("nik", &*nik), ("kpj", &*kpj)];
    let fields: Vec<(&str, &str)> = numbers.into_iter().chain(BORN).collect();
    give(visitor, "/activate", &fields).await
}

/// Wayan, and a browser where his membership is found.
async fn found(db: TestStore) -> (Bench, Visitor) {
    let bench = Bench::new(db);
    people::wayan(&bench.app).await;
    let mut visitor = Visitor::new(&bench);
    assert_eq!(find(&mut visitor, "06").await.leads_to(), "/activate");
    (bench, visitor)
}

/// Enters the code that was sent last; answers where that leads.
async fn confirm(bench: &Bench, visitor: &mut Visitor) -> String {
    let code = newest_code(bench).await;
    give(visitor, "/activate/code", &[("code", &code)]).await.leads_to().to_owned()
}

/// Wayan, whose address is confirmed.
async fn reached(db: TestStore) -> (Bench, Visitor) {
    let (bench, mut visitor) = found(db).await;
    let sent = give(&mut visitor, "/activate/contact", &[("email", WAYAN)]).await;
    assert_eq!(sent.leads_to(), "/activate/code");
    assert_eq!(confirm(&bench, &mut visitor).await, "/activate/password");
    (bench, visitor)
}

/// What was sent, the newest first, by kind.
async fn sent(bench: &Bench) -> Vec<String> {
    while deliver_due(&bench.app, &Post::Caught).await.unwrap() > 0 {}
    let caught = demo::outbox(&bench.app).await.unwrap();
    caught.into_iter().map(|message| message.kind).collect()
}

/// The link to go on with, as a browser asks for it.
async fn link(bench: &Bench) -> String {
    while deliver_due(&bench.app, &Post::Caught).await.unwrap() > 0 {}
    let caught = demo::outbox(&bench.app).await.unwrap();
    let letter = caught.into_iter().find(|message| message.kind == "activation-link");
    let link = letter.and_then(|message| message.link).expect("a link was sent");
    link.strip_prefix("https://payung.example").expect("the configured host").to_owned()
}

/// A page without what differs by chance.
fn plain(page: &Page) -> String {
    let mut text = page.html.clone();
    for mark in ["name=\"csrf\" value=\"", "nonce=\""] {
        let parts: Vec<&str> = text.split(mark).collect();
        let rest = parts[1..].iter().map(|part| part.split_once('"').map_or("", |(_, rest)| rest));
        text = std::iter::once(parts[0]).chain(rest).collect::<Vec<_>>().join(mark);
    }
    text
}

async fn wayan_activates_his_membership_and_signs_in(db: TestStore) {
    let (bench, mut visitor) = found(db).await;
    let tasks = visitor.get("/activate").await;
    assert!(tasks.says("We have found your membership"));
    assert!(tasks.says("href=\"/activate/contact\"") && tasks.says("Cannot start yet"));
    let contacts = [("email", WAYAN), ("phone", PHONE)];
    let given = give(&mut visitor, "/activate/contact", &contacts).await;
    assert_eq!((given.status.as_u16(), given.leads_to()), (303, "/activate/code"));
    assert!(visitor.get("/activate/code").await.says("w••••@p••••.example"));
    assert!(visitor.get("/activate").await.says("In progress"));
    assert_eq!(confirm(&bench, &mut visitor).await, "/activate/code", "the number is next");
    assert!(visitor.get("/activate/code").await.says("number ending in 06"));
    assert_eq!(confirm(&bench, &mut visitor).await, "/activate/password");

    let page = visitor.get("/activate/password").await;
    assert!(page.says("autocomplete=\"new-password\"") && page.says(&format!("value=\"{WAYAN}\"")));
    let mut twin = visitor.clone();
    let opened = visitor.fill_in(&page, "/activate/password", &[("new_password", NEW)]).await;
    assert_eq!((opened.status.as_u16(), opened.leads_to()), (303, "/activate/codes"));
    let again = twin.fill_in(&page, "/activate/password", &[("new_password", NEW)]).await;
    assert_eq!(again.leads_to(), "/activate/codes", "pressed twice");

    let before = visitor.get("/activate/codes").await;
    assert!(before.says("Your account is open") && !before.says("<li class=\"key\">"));
    let made = visitor.fill_in(&before, "/activate/codes", &[]).await;
    assert_eq!((made.status.as_u16(), made.header("cache-control")), (200, "no-store"));
    assert_eq!(made.html.matches("<li class=\"key\">").count(), 10);
    let codes = made.after("name=\"codes\" value=\"").unwrap();
    let sealed = made.after("name=\"codes_sealed\" value=\"").unwrap();
    let each: Vec<&str> = codes.split_whitespace().collect();
    let file = visitor.fill_in(&made, "/activate/codes/file", &[("codes", &codes)]).await;
    assert!(file.header("content-disposition").starts_with("attachment") && file.says(each[9]));
    for typed in ["", "!!!!", "0"] {
        let fields = [("codes_sealed", &*sealed), ("codes", &*codes), ("code", typed)];
        let wrong = visitor.fill_in(&made, "/activate/codes/confirm", &fields).await;
        assert!(wrong.status == 422 && wrong.says("Enter the last 4 characters"), "{typed}");
        assert!(wrong.says(each[0]) && wrong.says(each[9]), "they are still to be written down");
    }
    let end = &each[7][each[7].len() - 4..];
    let fields = [("codes_sealed", &*sealed), ("codes", &*codes), ("code", end)];
    let done = visitor.fill_in(&made, "/activate/codes/confirm", &fields).await;
    assert_eq!((done.status.as_u16(), done.leads_to()), (303, "/sign-in?reason=activated"));
    assert!(visitor.cookies.keys().all(|name| !name.contains("activation")));
    assert!(visitor.get("/sign-in?reason=activated").await.says("Your account is ready"));
    assert!(visitor.get("/dashboard").await.leads_to().starts_with("/sign-in"), "not signed in");
    let door = visitor.sign_in_with("90000000106", NEW).await;
    assert!(door.leads_to().starts_with("/sign-in/"), "the second step: {}", door.leads_to());
}

async fn a_number_whose_code_never_comes_is_left_out(db: TestStore) {
    let (bench, mut visitor) = found(db).await;
    let contacts = [("email", WAYAN), ("phone", PHONE)];
    give(&mut visitor, "/activate/contact", &contacts).await;
    let first = visitor.get("/activate/code").await;
    assert!(!first.says("/activate/code/skip"), "nothing is confirmed yet");
    let early = visitor.fill_in(&first, "/activate/code/skip", &[]).await;
    assert_eq!(early.leads_to(), "/activate/code");
    assert_eq!(confirm(&bench, &mut visitor).await, "/activate/code");
    let page = visitor.get("/activate/code").await;
    assert!(page.says("Go on without a mobile number"));
    let again = visitor.fill_in(&page, "/activate/code/resend", &[]).await;
    assert!(again.status == 422 && again.says("before asking for another code"));
    let skipped = visitor.fill_in(&page, "/activate/code/skip", &[]).await;
    assert_eq!((skipped.status.as_u16(), skipped.leads_to()), (303, "/activate/password"));
    let opened = give(&mut visitor, "/activate/password", &[("new_password", NEW)]).await;
    assert_eq!(opened.leads_to(), "/activate/codes");
    assert_eq!(visitor.sign_in_with(WAYAN, NEW).await.leads_to(), "/sign-in/code");
    let code = newest_code(&bench).await;
    let in_ = give(&mut visitor, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(in_.leads_to(), "/dashboard");
}

/// What stands in an attribute of a page, as the browser reads it.
fn attribute(page: &Page, mark: &str) -> String {
    page.after(mark).unwrap_or_default().replace("&#34;", "\"").replace("&#38;", "&")
}

async fn wayan_activates_with_a_passkey(db: TestStore) {
    let (_bench, mut visitor) = reached(db).await;
    let mut careless = Authenticator::new(1);
    careless.flags.is_verified = false;
    for (mut key, leads_to, words) in [
        (careless, "", "Your device did not make sure that it is you"),
        (Authenticator::new(2), "/activate/codes", ""),
    ] {
        let page = visitor.get("/activate/password").await;
        let challenge = attribute(&page, "name=\"challenge\" value=\"");
        let credential = key.register(&attribute(&page, "data-options=\""));
        let fields = [("challenge", &*challenge), ("credential", &*credential)];
        let answer = visitor.fill_in(&page, "/activate/passkey", &fields).await;
        assert_eq!(answer.leads_to(), leads_to, "{}", answer.html);
        assert!(answer.says(words), "{}", answer.html);
    }
    assert!(visitor.get("/activate/codes").await.says("Your account is open"));
}

async fn the_link_in_the_letter_goes_on_in_another_browser_once(db: TestStore) {
    let (bench, mut first) = reached(db).await;
    let path = link(&bench).await;
    let mut other = Visitor::new(&bench);
    let moved = other.get(&path).await;
    assert_eq!((moved.status.as_u16(), moved.leads_to()), (303, "/activate/resume"));
    let page = other.get("/activate/resume").await;
    assert!(page.status == 200 && page.says("Go on in this browser"));
    let stale = other.post("/activate/resume", &[("csrf", "x")]).await;
    assert_eq!(stale.leads_to(), "/activate/resume", "an old page is shown again");
    let on = other.fill_in(&page, "/activate/resume", &[]).await;
    assert_eq!((on.status.as_u16(), on.leads_to()), (303, "/activate"));
    assert!(other.get("/activate").await.says("href=\"/activate/password\""));
    assert_eq!(first.get("/activate/password").await.leads_to(), "/activate?reason=old");
    let mut third = Visitor::new(&bench);
    third.get(&path).await;
    let used = third.get("/activate/resume").await;
    assert!(used.status == 410 && used.says("This link has been used"));
    let opened = give(&mut other, "/activate/password", &[("new_password", NEW)]).await;
    assert_eq!(opened.leads_to(), "/activate/codes");
    let open = third.get("/activate/resume").await;
    assert!(open.status == 200 && open.says("Your account is open already"));
}

async fn g04_the_link_leaves_the_address_and_opening_it_changes_nothing(db: TestStore) {
    let (bench, mut visitor) = reached(db).await;
    let path = link(&bench).await;
    let token = path.split_once("token=").unwrap().1;
    // As programs that read mail do: without a cookie, again and again.
    for _ in 0..3 {
        let mut robot = Visitor::new(&bench);
        let moved = robot.get(&path).await;
        assert!(!moved.leads_to().contains(token));
        let page = robot.get(moved.leads_to()).await;
        assert!(page.status == 200 && !page.says(token));
    }
    let mut robot = Visitor::new(&bench);
    assert_eq!(robot.get("/activate/resume?token=x").await.leads_to(), "/activate/resume");
    let gone = robot.get("/activate/resume").await;
    assert!(gone.status == 410 && gone.says("This link has run out"));
    assert_eq!(visitor.get("/activate/password").await.status, 200, "it goes on where it was");
}

async fn r1_no_header_moves_the_link_to_another_host(db: TestStore) {
    let bench = Bench::new(db);
    people::wayan(&bench.app).await;
    let mut visitor = Visitor::new(&bench);
    for (name, value) in [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example"),
        ("x-forwarded-proto", "http"),
    ] {
        visitor.headers.push((name, value.to_owned()));
    }
    find(&mut visitor, "06").await;
    give(&mut visitor, "/activate/contact", &[("email", WAYAN)]).await;
    confirm(&bench, &mut visitor).await;
    // It is taken off the configured host inside.
    link(&bench).await;
    let caught = demo::outbox(&bench.app).await.unwrap();
    assert!(caught.iter().all(|message| !message.text.contains("evil.example")));
}

async fn f03_l5_an_account_that_exists_is_spoken_of_only_after_a_contact_is_proved(db: TestStore) {
    let bench = Bench::new(db);
    people::wayan(&bench.app).await;
    let siti = people::siti(&bench.app).await;
    people::on_record_with(&bench.app, &siti, 1).await;
    let (mut one, mut other) = (Visitor::new(&bench), Visitor::new(&bench));
    let mut pages = Vec::new();
    for (visitor, number) in [(&mut one, "06"), (&mut other, "01")] {
        let mut seen = vec![find(visitor, number).await];
        for path in ["/activate", "/activate/contact"] {
            seen.push(visitor.get(path).await);
        }
        // The same new contact, so that nothing but the account differs.
        let fields = [("email", "baru@peserta.example")];
        seen.push(give(visitor, "/activate/contact", &fields).await);
        seen.push(visitor.get("/activate/code").await);
        let wrong = give(visitor, "/activate/code", &[("code", "12")]).await;
        assert_eq!(wrong.status, 422);
        seen.push(wrong);
        let code = newest_code(&bench).await;
        seen.push(give(visitor, "/activate/code", &[("code", &code)]).await);
        pages.push(seen);
    }
    for (ours, theirs) in pages[0].iter().zip(&pages[1]) {
        assert_eq!((ours.status, ours.leads_to()), (theirs.status, theirs.leads_to()));
        let names = [ours, theirs].map(|page| {
            page.headers.keys().map(|name| name.as_str().to_owned()).collect::<Vec<_>>()
        });
        assert_eq!(names[0], names[1]);
        assert_eq!(plain(ours), plain(theirs));
    }
    assert!(one.get("/activate/password").await.says("This is how you sign in from now on"));
    let taken = other.get("/activate/password").await;
    assert!(taken.status == 200 && taken.says("You have an account already"));
    for way in ["/sign-in", "/forgot-password", "/recover"] {
        assert!(taken.says(&format!("href=\"{way}\"")), "{way}");
    }
    let refused = other.fill_in(&taken, "/activate/password", &[("new_password", NEW)]).await;
    assert_eq!(refused.leads_to(), "/activate/password", "a second account is never opened");
    let left = other.fill_in(&taken, "/activate/leave", &[]).await;
    assert_eq!(left.leads_to(), "/activate");
    assert!(other.get("/activate").await.says("name=\"nik\""));
    assert!(sent(&bench).await.contains(&"activation-tried".to_owned()), "its owner hears");
}

async fn f03_an_address_of_another_account_gets_the_same_page_and_its_owner_hears(db: TestStore) {
    let (bench, mut visitor) = found(db).await;
    people::siti(&bench.app).await;
    let fields = [("email", "siti@peserta.example")];
    let given = give(&mut visitor, "/activate/contact", &fields).await;
    assert_eq!(given.leads_to(), "/activate/code");
    let page = visitor.get("/activate/code").await;
    assert!(page.status == 200 && page.says("We sent a code to"));
    assert_eq!(sent(&bench).await, ["contact-taken"], "in place of a code");
    // A slip is corrected on the page before.
    assert!(page.says("href=\"/activate/contact\""));
    let back = visitor.get("/activate/contact").await;
    assert!(back.says("value=\"siti@peserta.example\""), "what was given stands there");
    let other = visitor.fill_in(&back, "/activate/contact", &[("email", WAYAN)]).await;
    assert_eq!(other.leads_to(), "/activate/code");
    assert_eq!(confirm(&bench, &mut visitor).await, "/activate/password");
}

async fn l5_whatever_does_not_fit_gets_the_same_page(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.matches_per_address = 100);
    people::wayan(&bench.app).await;
    let siti = people::siti(&bench.app).await;
    people::on_record_with(&bench.app, &siti, 1).await;
    let (nik, kpj) = ("0001012701990006", "90000000106");
    let mut pages = Vec::new();
    for (nik, kpj, day) in [
        ("0001010101010101", kpj, "27"),
        (nik, "99999999999", "27"),
        (nik, "90000000101", "27"),
        (nik, kpj, "28"),
        ("0001012701990001", "90000000101", "28"),
    ] {
        let mut visitor = Visitor::new(&bench);
        let fields = [
            ("nik", nik),
            ("kpj", kpj),
            ("birth_day", day),
            ("birth_month", "1"),
            ("birth_year", "1999"),
        ];
        let page = give(&mut visitor, "/activate", &fields).await;
        assert!(page.status == 422 && page.says("We have not found a membership"), "{nik} {kpj}");
        for typed in [nik, kpj, day, "1999"] {
            assert!(page.says(&format!("value=\"{typed}\"")), "{typed} is kept");
        }
        assert_eq!(visitor.get("/activate/contact").await.leads_to(), "/activate?reason=old");
        let page = plain(&page).replace(nik, "NIK").replace(kpj, "KPJ");
        pages.push(page.replace(&format!("value=\"{day}\""), "DAY"));
    }
    pages.dedup();
    assert_eq!(pages.len(), 1, "the same page whatever is wrong");
    assert_eq!(sent(&bench).await, Vec::<String>::new(), "nobody hears of a miss");
}

async fn e03_too_many_tries_pause_and_say_until_when(db: TestStore) {
    let bench = Bench::new(db);
    people::wayan(&bench.app).await;
    let mut visitor = Visitor::new(&bench);
    for day in ["1", "2", "3", "4", "5"] {
        let fields = [
            ("nik", "0001012701990006"),
            ("kpj", "90000000106"),
            ("birth_day", day),
            ("birth_month", "1"),
            ("birth_year", "1999"),
        ];
        assert_eq!(give(&mut visitor, "/activate", &fields).await.status, 422, "{day}");
    }
    let paused = find(&mut visitor, "06").await;
    assert_eq!(paused.status, 429, "not even the right data are looked at");
    assert!(paused.says("Too many tries with these details. Try again at 8:00 pm WIB"));
    assert!(paused.says("value=\"90000000106\""));
    bench.clock.advance(Duration::from_hours(1));
    assert_eq!(find(&mut visitor, "06").await.leads_to(), "/activate");
}

async fn it_says_when_a_registration_can_be_seen_and_where_a_kpj_is_found(db: TestStore) {
    let bench = Bench::new(db);
    let help = &bench.app.settings.help_phone;
    for (language, lines) in [
        (
            "en",
            [
                "I have just been registered",
                "Employers register new workers within 30 days.",
                "gets the number within 1 working day of a complete registration",
                "and the card within 7 working days. Before that we cannot find the membership.",
                "I do not know my KPJ",
                "It is printed on your membership card",
                "The personnel department of your employer knows it.",
                "Or come to a branch with your KTP, or call",
            ],
        ),
        (
            "id",
            [
                "Saya baru saja didaftarkan",
                "Pemberi kerja mendaftarkan pekerja baru dalam 30 hari.",
                "mendapat nomor dalam 1 hari kerja sejak pendaftaran lengkap",
                "dan kartu dalam 7 hari kerja. Sebelum itu kepesertaan belum bisa ditemukan.",
                "Saya tidak tahu KPJ",
                "Nomornya tercetak di kartu peserta",
                "Bagian kepegawaian di tempat kerja Anda mengetahuinya.",
                "Atau datang ke kantor cabang dengan KTP, atau telepon",
            ],
        ),
    ] {
        let mut visitor = Visitor::new(&bench);
        visitor.headers = vec![("accept-language", language.to_owned())];
        let page = visitor.get("/activate").await;
        for line in lines {
            assert!(page.says(line), "{line} in {}", page.html);
        }
        assert!(page.says(help), "{language}");
    }
}

async fn what_was_typed_wrong_is_named_and_kept(db: TestStore) {
    let bench = Bench::new(db);
    people::wayan(&bench.app).await;
    let mut visitor = Visitor::new(&bench);
    let (nik, kpj) = (("nik", "0001012701990006"), ("kpj", "90000000106"));
    for (fields, words) in [
        (vec![], "Enter the NIK on your KTP"),
        (vec![nik], "Enter your membership number (KPJ)"),
        (vec![nik, ("kpj", "123")], "must be 11 characters. You entered 3"),
        (vec![kpj, ("nik", "12345")], "NIK must be 16 digits. You entered 5"),
        (vec![kpj, ("nik", "123456789012345x")], "NIK has digits only"),
        (vec![nik, kpj, ("birth_day", "27"), ("birth_year", "1999")], "must include a month"),
        (
            vec![nik, kpj, ("birth_day", "31"), ("birth_month", "2"), ("birth_year", "1999")],
            "must be a real date in the past",
        ),
    ] {
        let page = give(&mut visitor, "/activate", &fields).await;
        assert!(page.status == 422 && page.says(words), "{words} in {}", page.html);
        assert!(page.says("error-summary"), "{words}");
        for (name, typed) in fields {
            assert!(page.says(&format!("value=\"{typed}\"")), "{name} is kept beside {words}");
        }
    }
    find(&mut visitor, "06").await;
    for (email, phone, words) in [
        ("", "", "Enter an email or a mobile number"),
        ("wayan@", PHONE, "Enter a full email address"),
        (WAYAN, "021 5551234", "must be 10 to 13 digits"),
    ] {
        let fields = [("email", email), ("phone", phone)];
        let page = give(&mut visitor, "/activate/contact", &fields).await;
        assert!(page.status == 422 && page.says(words), "{words}");
        for typed in [email, phone] {
            assert!(page.says(&format!("value=\"{typed}\"")), "{typed} is kept");
        }
    }
    give(&mut visitor, "/activate/contact", &[("email", WAYAN)]).await;
    for (typed, words) in [
        ("", "Enter the 6-digit code"),
        ("12", "Some digits are missing"),
        ("1234567", "Too many digits"),
        ("12345x", "The code has digits only"),
    ] {
        let page = give(&mut visitor, "/activate/code", &[("code", typed)]).await;
        assert!(page.status == 422 && page.says(words), "{typed}");
    }
    confirm(&bench, &mut visitor).await;
    for (typed, words) in [("", "Enter your password"), ("pendek", "12 characters or more")] {
        let page = give(&mut visitor, "/activate/password", &[("new_password", typed)]).await;
        assert!(page.status == 422 && page.says(words), "{typed}");
        assert!(!page.says("pendek"), "a password came back");
    }
}

async fn an_old_form_changes_nothing_and_keeps_what_was_typed(db: TestStore) {
    let bench = Bench::new(db);
    people::wayan(&bench.app).await;
    let mut visitor = Visitor::new(&bench);
    visitor.get("/activate").await;
    for csrf in [&[("csrf", "x")][..], &[]] {
        let fields = [("nik", "0001012701990006"), ("kpj", "90000000106")];
        let fields: Vec<_> = fields.into_iter().chain(BORN).chain(csrf.iter().copied()).collect();
        let page = visitor.post("/activate", &fields).await;
        assert!(page.status == 422 && page.says("open too long"));
        for (name, typed) in fields.iter().filter(|(name, _)| *name != "csrf") {
            assert!(page.says(&format!("value=\"{typed}\"")), "{name} is kept");
        }
    }
    find(&mut visitor, "06").await;
    let old = |fields: &[(&'static str, &'static str)]| {
        let csrf = [("csrf", "x")];
        fields.iter().copied().chain(csrf).collect::<Vec<(&str, &str)>>()
    };
    let fields = old(&[("email", WAYAN), ("phone", PHONE)]);
    let page = visitor.post("/activate/contact", &fields).await;
    assert!(page.status == 422 && page.says("open too long"));
    assert!(page.says(&format!("value=\"{WAYAN}\"")) && page.says(&format!("value=\"{PHONE}\"")));
    assert_eq!(sent(&bench).await, Vec::<String>::new());
    give(&mut visitor, "/activate/contact", &[("email", WAYAN), ("phone", PHONE)]).await;
    let code = newest_code(&bench).await;
    for path in ["/activate/code", "/activate/code/resend", "/activate/code/skip"] {
        let page = visitor.post(path, &[("code", &*code), ("csrf", "x")]).await;
        assert!(page.status == 422 && page.says("open too long"), "{path}");
    }
    let right = give(&mut visitor, "/activate/code", &[("code", &code)]).await;
    assert_eq!(right.leads_to(), "/activate/code", "the code is still good");
    assert_eq!(confirm(&bench, &mut visitor).await, "/activate/password");
    let page = visitor.post("/activate/password", &old(&[("new_password", NEW)])).await;
    assert!(page.status == 422 && page.says("open too long") && !page.says(NEW));
    let page = visitor.post("/activate/passkey", &old(&[("credential", "{}")])).await;
    assert!(page.status == 422 && page.says("open too long"));
    give(&mut visitor, "/activate/password", &[("new_password", NEW)]).await;
    for path in ["/activate/codes", "/activate/codes/confirm"] {
        let page = visitor.post(path, &old(&[("code", "0000")])).await;
        assert!(page.status == 422 && page.says("open too long"), "{path}");
        assert!(!page.says("<li class=\"key\">"), "{path}");
    }
}

async fn r2_a_tab_of_another_browsers_activation_does_nothing(db: TestStore) {
    let (bench, mut one) = found(db).await;
    let siti = people::siti(&bench.app).await;
    people::on_record_with(&bench.app, &siti, 1).await;
    let mut other = Visitor::new(&bench);
    find(&mut other, "01").await;
    let page = one.get("/activate/contact").await;
    let stale = other.fill_in(&page, "/activate/contact", &[("email", WAYAN)]).await;
    assert!(stale.status == 422 && stale.says("open too long"));
    // The same browser that began with other data: a tab of the earlier ones changes nothing.
    let tasks = one.get("/activate").await;
    assert_eq!(one.fill_in(&tasks, "/activate/leave", &[]).await.leads_to(), "/activate");
    find(&mut one, "01").await;
    let stale = one.fill_in(&page, "/activate/contact", &[("email", WAYAN)]).await;
    assert!(stale.status == 422 && stale.says("open too long"));
    assert_eq!(one.get("/activate/code").await.leads_to(), "/activate/contact");
}

async fn l10_a_page_out_of_order_leads_to_the_task_at_hand(db: TestStore) {
    let (bench, mut visitor) = found(db).await;
    let mut stranger = Visitor::new(&bench);
    for path in PAGES {
        assert_eq!(stranger.get(path).await.leads_to(), "/activate?reason=old", "{path}");
        let sent = stranger.post(path, &[("csrf", "x")]).await;
        assert_eq!(sent.leads_to(), "/activate?reason=old", "{path}");
    }
    assert!(stranger.get("/activate?reason=old").await.says("no longer open here"));

    let page = visitor.get("/activate/contact").await;
    for path in &PAGES[1..] {
        assert_eq!(visitor.get(path).await.leads_to(), "/activate/contact", "{path}");
    }
    for path in [
        "/activate/code",
        "/activate/code/resend",
        "/activate/code/skip",
        "/activate/password",
        "/activate/passkey",
        "/activate/codes",
        "/activate/codes/confirm",
    ] {
        let fields = [("new_password", NEW), ("code", "123456")];
        let early = visitor.fill_in(&page, path, &fields).await;
        assert_eq!((early.status.as_u16(), early.leads_to()), (303, "/activate/contact"), "{path}");
    }
    visitor.fill_in(&page, "/activate/contact", &[("email", WAYAN)]).await;
    for path in ["/activate/password", "/activate/codes"] {
        assert_eq!(visitor.get(path).await.leads_to(), "/activate/code", "{path}");
    }
    assert_eq!(confirm(&bench, &mut visitor).await, "/activate/password");
    for path in ["/activate/code", "/activate/codes"] {
        assert_eq!(visitor.get(path).await.leads_to(), "/activate/password", "{path}");
    }
    give(&mut visitor, "/activate/password", &[("new_password", NEW)]).await;
    for path in &PAGES[..3] {
        assert_eq!(visitor.get(path).await.leads_to(), "/activate/codes", "{path}");
    }
    let late = visitor.fill_in(&page, "/activate/contact", &[("email", "baru@x.example")]).await;
    assert_eq!(late.leads_to(), "/activate/codes", "the contacts of an open account stay");
}

async fn s2_a_browser_that_waited_too_long_is_asked_again_and_goes_on(db: TestStore) {
    let (bench, mut visitor) = reached(db).await;
    bench.clock.advance(Duration::from_mins(30));
    assert_eq!(visitor.get("/activate/password").await.leads_to(), "/activate?reason=old");
    let asked = visitor.get("/activate?reason=old").await;
    assert!(asked.says("a browser waits 30 minutes") && asked.says("name=\"nik\""));
    assert_eq!(find(&mut visitor, "06").await.leads_to(), "/activate");
    let tasks = visitor.get("/activate").await;
    assert!(tasks.says("href=\"/activate/password\""), "what was confirmed is still saved");
}

async fn leaving_takes_it_from_this_browser(db: TestStore) {
    let (_bench, mut visitor) = reached(db).await;
    let tasks = visitor.get("/activate").await;
    let left = visitor.fill_in(&tasks, "/activate/leave", &[]).await;
    assert_eq!((left.status.as_u16(), left.leads_to()), (303, "/activate"));
    assert!(visitor.get("/activate").await.says("name=\"nik\""));
    assert_eq!(visitor.get("/activate/password").await.leads_to(), "/activate?reason=old");
}

async fn where_no_text_messages_go_no_number_is_asked_for(db: TestStore) {
    let bench = Bench::with(db, |settings| {
        settings.sms_codes = false;
        settings.email_codes = false;
    });
    people::wayan(&bench.app).await;
    let mut visitor = Visitor::new(&bench);
    find(&mut visitor, "06").await;
    let page = visitor.get("/activate/contact").await;
    assert!(page.says("name=\"email\"") && !page.says("name=\"phone\""));
    visitor.fill_in(&page, "/activate/contact", &[("email", WAYAN)]).await;
    assert_eq!(confirm(&bench, &mut visitor).await, "/activate/password");
    let alone = give(&mut visitor, "/activate/password", &[("new_password", NEW)]).await;
    assert!(alone.status == 422 && alone.says("A password alone does not open an account here"));
}

async fn a_browser_without_cookies_is_told_so(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    let page = visitor.get("/activate").await;
    visitor.cookies.clear();
    let told = visitor.fill_in(&page, "/activate", &[("kpj", "90000000106")]).await;
    assert!(told.status == 422 && told.says("does not keep cookies"));
    assert!(told.says("value=\"90000000106\""));
}

async fn every_address_of_a_form_can_be_opened_too(db: TestStore) {
    let (_bench, mut visitor) = reached(db).await;
    for (path, leads_to) in [
        ("/activate/leave", "/activate"),
        ("/activate/code/resend", "/activate/code"),
        ("/activate/code/skip", "/activate/code"),
        ("/activate/passkey", "/activate/password"),
        ("/activate/codes/confirm", "/activate/codes"),
        ("/activate/codes/file", "/activate/codes"),
    ] {
        assert_eq!(visitor.get(path).await.leads_to(), leads_to, "{path}");
    }
}
