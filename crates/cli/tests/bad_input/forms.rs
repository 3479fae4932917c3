//! Forms and queries that no page of ours sends.

use payung_domain::language::Language;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;

use crate::house::{Answer, House, request};

on_each_engine!(
    what_cannot_be_read_gets_a_page_that_says_so,
    l5_whatever_is_typed_gets_the_same_page_and_comes_back_as_text,
    l05_a_form_from_elsewhere_counts_for_nothing,
);

const FORM: &str = "content-type: application/x-www-form-urlencoded\r\n";

/// A form as bytes, with the length it has.
fn form(language: Language, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = format!("{headers}content-length: {}\r\n", body.len());
    [request("POST /sign-in", language, &length), body.to_vec()].concat()
}

async fn what_cannot_be_read_gets_a_page_that_says_so(db: TestStore) {
    let mut house = House::open(db).await;
    let flood = "identifier=".to_owned() + &"a".repeat(33 * 1024);
    let many: Vec<String> = (0..100).map(|number| format!("field{number}=1")).collect();
    for language in Language::ALL {
        let post = async |headers: &str, body: &[u8]| {
            let bytes = form(language, headers, body);
            house.answers(&bytes).await
        };
        let too_large = |answer: Answer| answer.is_page(413, "problem-too-large", language);
        let unreadable = |answer: Answer| answer.is_page(400, "problem-unreadable", language);

        // L-14: more than any form holds; said in the header, found out on the way, in many parts.
        let declared =
            request("POST /sign-in", language, &format!("{FORM}content-length: 9999999\r\n"));
        too_large(house.answers(&[&declared, flood.as_bytes()].concat()).await);
        let chunked =
            request("POST /sign-in", language, &format!("{FORM}transfer-encoding: chunked\r\n"));
        let chunk = format!("{:x}\r\n{flood}\r\n0\r\n\r\n", flood.len());
        too_large(house.answers(&[&chunked, chunk.as_bytes()].concat()).await);
        too_large(post(FORM, many.join("&").as_bytes()).await);

        // O12: the same name twice. Text that is no text.
        for body in [
            &b"identifier=siti&password=a&identifier=budi"[..],
            b"identifier=siti&identifier=siti",
            b"csrf=1&csrf=2",
            b"identifier=%ff%fe",
            b"identifier=\xff\xfe",
            b"\xc3\x28=1",
            b"%c0%ae=1",
            b"identifier=%ed%a0%80",
        ] {
            unreadable(post(FORM, body).await);
        }
        for headers in [
            "",
            "content-type: \r\n",
            "content-type: application/json\r\n",
            "content-type: text/plain\r\n",
            "content-type: multipart/form-data; boundary=x\r\n",
            "content-type: application/xml\r\n",
        ] {
            unreadable(post(headers, b"identifier=siti&password=a").await);
        }
        for path in [
            "/sign-in?next=%2Fbalance&next=%2Fdashboard",
            "/?lang=id&lang=en",
            "/help?a=%ff",
            "/nowhere?a=%c3%28",
        ] {
            let bytes = request(&format!("GET {path}"), language, "");
            let answer = house.answers(&bytes).await;
            assert_eq!(answer.status, 400, "{path}");
            if !path.contains("lang=") {
                unreadable(answer);
            }
        }
    }
    house.is_unharmed();
}

async fn l5_whatever_is_typed_gets_the_same_page_and_comes_back_as_text(db: TestStore) {
    let mut house = House::open(db).await;
    let long = "a".repeat(20_000);
    for typed in [
        "\"><script>alert(1)</script>",
        "'; drop table accounts; --",
        "\0",
        "siti\0",
        "\u{202e}itis",
        "☂☂☂",
        "../../etc/passwd",
        "{{ f.csrf }}",
        "%s%s%n",
        "080000000001@",
        "+62 800",
        "-1",
        "9223372036854775808",
        &long,
    ] {
        let mut browser = house.visitor();
        browser.get("/sign-in").await.unwrap();
        let fields = [("identifier", typed), ("password", "salah"), ("next", "//evil.test")];
        let page = browser.post("/sign-in", &fields).await.unwrap();
        assert_eq!(page.status, 422, "{typed}");
        assert!(!page.gives_a_session());
        assert!(!page.html.contains("<script>"), "{}", page.html);
        assert!(!page.html.contains("evil.test"), "{}", page.html);
    }
    for password in [" ", "\0", &"☂".repeat(129), &"p".repeat(30_000)] {
        let mut browser = house.visitor();
        browser.get("/sign-in").await.unwrap();
        let fields = [("identifier", "budi"), ("password", password)];
        let page = browser.post("/sign-in", &fields).await.unwrap();
        assert!(matches!(page.status, 422 | 429), "{}", page.html);
        assert!(!page.html.contains(&"p".repeat(200)), "the password is shown");
    }
    let (mut browser, _) = house.waiting_for_code("siti").await;
    for code in ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "-12345", "1e5", "\0", "☂", &long]
    {
        let page = browser.post("/sign-in/code", &[("code", code)]).await.unwrap();
        assert_eq!(page.status, 422, "{code}");
        assert!(!page.gives_a_session());
    }
    for method in ["", "fax", "SMS", "totp", "sms\0"] {
        let page = browser.post("/sign-in/method", &[("method", method)]).await.unwrap();
        assert_eq!(page.status, 422, "{method}");
    }
    house.is_unharmed();
}

async fn l05_a_form_from_elsewhere_counts_for_nothing(db: TestStore) {
    let mut house = House::open(db).await;
    let mut browser = house.visitor();
    browser.get("/sign-in").await.unwrap();
    let cookie = &browser.cookies["payung-browser"];
    let cookie = format!("{FORM}cookie: payung-browser={cookie}\r\n");
    let body = b"identifier=siti&password=payung-demo-2026";
    for language in Language::ALL {
        for from in [
            "sec-fetch-site: cross-site\r\n",
            "sec-fetch-site: same-site\r\n",
            "origin: https://evil.test\r\n",
            "origin: null\r\n",
            "origin: http://localhost.evil.test\r\n",
        ] {
            let bytes = form(language, &format!("{cookie}{from}"), body);
            house.answers(&bytes).await.is_page(403, "problem-not-allowed", language);
        }
        // From here, as far as the headers say, yet without the token of a page; and without the
        // cookie that the page was made for.
        for headers in [&*cookie, FORM] {
            let answer = house.answers(&form(language, headers, body)).await;
            assert_eq!(answer.status, 422, "{}", answer.body);
        }
    }
    house.is_unharmed();
}
