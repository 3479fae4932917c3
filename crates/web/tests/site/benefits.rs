//! What members can expect, what their employers owe them, and why each number is what it is.

use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::Page;

use crate::demonstration::{seeded, signed_in};

on_each_engine!(
    a_member_sees_every_programme_with_its_reasons,
    what_is_typed_is_reckoned_with_and_kept_nowhere,
    what_cannot_be_reckoned_is_said_at_its_field,
    the_self_employed_are_told_what_is_not_for_them,
    a_missing_month_says_what_is_owed_and_what_it_costs,
    a_year_of_savings_explains_every_posting,
    what_is_owed_is_the_sum_of_its_months,
    a_member_says_whether_a_wage_is_theirs,
    a_wage_of_somebody_else_cannot_be_answered_for,
);

/// The amount with this name.
fn amount(page: &Page, name: &str) -> i64 {
    let before = page.html.split_once(&format!("\" data-name=\"{name}\""));
    let (before, _) = before.unwrap_or_else(|| panic!("no amount {name}"));
    before.rsplit('"').next().unwrap().parse().unwrap()
}

async fn a_member_sees_every_programme_with_its_reasons(db: TestStore) {
    let bench = seeded(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    assert!(siti.get("/dashboard").await.says("href=\"/benefits\""));
    let page = siti.get("/benefits").await;
    assert_eq!(page.status, 200);
    for words in [
        "An estimate, not a promise.",
        "assumption for the demonstration, not a declared return",
        "PP 82/2019",
        "death certificate, heir certificate, member card",
        "3 working days",
        "You are owed 1% more for every day",
        "The lowest and the highest pension of that year are not published",
        "Why this number?",
        "The pension starts on",
        "spouse or child; blood relatives up and down to the second degree",
        "Report, stage I, after the accident",
        "48 hours (PP 44/2015 art. 43-44)",
        "Claim in the app, balance at most",
        "Paid years between two claims",
        "in the national health insurance",
        "Both eyes",
        "<dt>Full table of disabilities</dt><dd>Not published</dd>",
    ] {
        assert!(page.says(words), "{words}");
    }
    assert!(amount(&page, "jkk-lost-1") > amount(&page, "jkk-lost-2"));
    assert_eq!(amount(&page, "jkm-death-1"), 20_000_000);
    // Siti earns far more than job loss cover counts.
    assert_eq!(amount(&page, "jkp-laid-off-1"), 3_000_000);
    let savings = amount(&page, "jht-work-ends-4");
    let made_of: i64 = (1..=3).map(|n| amount(&page, &format!("jht-work-ends-{n}"))).sum();
    assert_eq!(savings, made_of);
}

async fn what_is_typed_is_reckoned_with_and_kept_nowhere(db: TestStore) {
    let bench = seeded(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let before = siti.get("/benefits").await;
    let typed = [("wage", "Rp 5.000.000"), ("stop_age", "56"), ("raise", "0%")];
    let page = siti.fill_in(&before, "/benefits", &typed).await;
    assert_eq!((page.status.as_u16(), page.leads_to()), (200, ""));
    // Programme's vector 10: 48 times the wage.
    assert_eq!(amount(&page, "jkk-death-1"), 240_000_000);
    assert!(page.says("value=\"Rp 5.000.000\"") && page.says("The wage is the one you entered"));
    assert!(page.says("60% × 80 × Rp5,000,000"));
    assert!(page.says("Unable to work for 6 months"), "said by nobody");
    let typed = [typed[0], typed[1], typed[2], ("unable_for", "14")];
    let longer = siti.fill_in(&before, "/benefits", &typed).await;
    assert!(longer.says("Unable to work for 14 months") && longer.says("value=\"14\""));
    // Vector 10 again: six months, six more, and two at half.
    let stages = [1, 2, 3].map(|n| amount(&longer, &format!("jkk-unable-{n}")));
    assert_eq!(stages, [5_000_000, 5_000_000, 2_500_000]);
    for months in ["0", "121", "x", "-1", "99999999999"] {
        let typed = [typed[0], typed[1], typed[2], ("unable_for", months)];
        let wrong = siti.fill_in(&before, "/benefits", &typed).await;
        assert_eq!(wrong.status, 422, "{months}");
        assert!(wrong.says("Months unable to work must be between 1 and 120"));
    }
    let again = siti.get("/benefits").await;
    assert!(!again.says("Rp 5.000.000"), "nothing of it was kept");
    assert_eq!(amount(&again, "jkk-death-1"), amount(&before, "jkk-death-1"));
}

async fn what_cannot_be_reckoned_is_said_at_its_field(db: TestStore) {
    let bench = seeded(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let page = siti.get("/benefits").await;
    for (wage, age, said) in [
        ("", "56", "Enter your monthly wage"),
        ("lima juta", "56", "Monthly wage must be a number, like 5,000,000"),
        ("0", "56", "Monthly wage must be between Rp1 and Rp1,000,000,000"),
        ("9999999999999999999999", "56", "Monthly wage must be between"),
        ("5.000.000", "12", "Age you stop working must be between 35 and 75"),
        ("5.000.000", "x", "Age you stop working must be between 35 and 75"),
    ] {
        let typed = [("wage", wage), ("stop_age", age), ("raise", "5%")];
        let wrong = siti.fill_in(&page, "/benefits", &typed).await;
        assert_eq!(wrong.status, 422, "{wage} {age}");
        assert!(wrong.says("id=\"error-summary\"") && wrong.says(said), "{said}");
        assert!(wrong.says(&format!("value=\"{age}\"")), "what was typed is still there");
    }
    let stale = siti.post("/benefits", &[("wage", "5"), ("stop_age", "56"), ("csrf", "x")]).await;
    assert_eq!(stale.status, 422);
    assert!(stale.says("This page was open too long"));
}

async fn the_self_employed_are_told_what_is_not_for_them(db: TestStore) {
    let bench = seeded(db).await;
    let mut budi = signed_in(&bench, "budi").await;
    let page = budi.get("/benefits").await;
    assert!(page.says("For wage earners only."));
    assert!(page.says("Nothing has been paid for this programme yet."));
    assert!(page.says("You are covered: no contribution is overdue."));
    // The programme's vector 4: 3 200 000 a month is paid on a base of 3 450 000, 2 % of it.
    assert!(page.says("JHT rate of the self-employed") && page.says("Paid by you, if you choose"));
    let to_come = amount(&page, "jht-work-ends-2");
    assert!(to_come > 0 && to_come % 69_000 == 0, "{to_come}");
}

async fn a_missing_month_says_what_is_owed_and_what_it_costs(db: TestStore) {
    let bench = seeded(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let dashboard = siti.get("/dashboard").await;
    assert!(dashboard.says("2 months not received") && dashboard.says("1 month paid too little"));
    let (owed, penalties) =
        (amount(&dashboard, "owed-contributions"), amount(&dashboard, "owed-penalties"));
    assert!(owed > penalties && penalties > 0);

    let list = siti.get("/contributions?programme=JP").await;
    assert!(list.says("Penalty for the employer") && list.says("Wage before: Rp"));
    let (before, _) = list.html.split_once("</i>Not received</span>").unwrap();
    let (_, link) = before.rsplit_once("<th scope=\"row\"><a href=\"").unwrap();
    let month = siti.get(link.split('"').next().unwrap()).await;
    assert_eq!(month.status, 200);
    // Siti earns above the JP ceiling, so the employer's part is 2 % of the ceiling of 2026.
    for words in [
        "Rp11,086,300 × 2% = Rp221,726",
        "PP 45/2015 art. 28",
        "Your pension is Rp9,239 a month lower",
    ] {
        assert!(month.says(words), "{words}");
    }
    assert_eq!(amount(&month, "owed"), 221_726 + 110_863);
    assert!(month.says("an assumption"), "how months are counted is not settled");
    assert_eq!(siti.get("/contributions/month?of=202601-JHT-x").await.status, 404);
}

async fn a_year_of_savings_explains_every_posting(db: TestStore) {
    let bench = seeded(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let balance = siti.get("/balance").await;
    let rows = balance.html.matches("illustration at jpnn.com 2026-02-12").count();
    assert_eq!(rows, 2, "the return of the years until 2024, and of those since");
    let link = balance.after("<a href=\"/balance/year?of=").unwrap();
    let year = siti.get(&format!("/balance/year?of={link}")).await;
    assert_eq!(year.status, 200);
    assert!(year.says("× 5% ÷ 12 = Rp") && year.says("assumption-1") && year.says("an assumption"));
    let opening = amount(&year, "opening");
    let moved: i64 = (1..=400)
        .map_while(|number| {
            let name = format!("posting-{number}");
            year.says(&format!("data-name=\"{name}\"")).then(|| amount(&year, &name))
        })
        .sum();
    assert_eq!(opening + moved, amount(&year, "closing"), "a pencil comes to the same");
    assert!(
        year.says("Report and payment of ") && year.says("Estimated, worked out automatically")
    );
    let before = year.after("</strong> <a href=\"/balance/year?of=").unwrap();
    let before = siti.get(&format!("/balance/year?of={before}")).await;
    assert_eq!(amount(&before, "closing"), opening, "a year opens with what the one before closed");
    let (kpj, _) = link.rsplit_once('-').unwrap();
    let declared = siti.get(&format!("/balance/year?of={kpj}-2024")).await;
    assert!(
        declared.says("5% (an assumption, taken as declared for the demonstration; supposed-1, ")
    );
    assert!(declared.says("Taken as declared for the demonstration, worked out automatically"));
    assert!(!declared.says("Estimated, worked out automatically"));
    let month = year.after("<a href=\"/contributions/month?of=").unwrap();
    let month = siti.get(&format!("/contributions/month?of={month}")).await;
    assert!(month.says("Added to your old-age savings on"));
    assert_eq!(siti.get("/balance/year?of=00000000000-2025").await.status, 404);
}

async fn what_is_owed_is_the_sum_of_its_months(db: TestStore) {
    let bench = seeded(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let dashboard = siti.get("/dashboard").await;
    assert!(dashboard.says("href=\"/contributions/owed\""));
    assert!(dashboard.says("Pension: yours is Rp") && dashboard.says("a month lower."));
    assert!(dashboard.says("Job loss cover: 2 months do not count as contribution months."));
    let page = siti.get("/contributions/owed").await;
    assert_eq!(page.status, 200);
    let (mut owed, mut penalties) = (0, 0);
    let links: Vec<&str> = page
        .html
        .split("<th scope=\"row\"><a href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    for link in links {
        let month = siti.get(link).await;
        assert_eq!(month.status, 200, "{link}");
        let is_late = month.says("</i>Received late</span>");
        owed += amount(&month, "owed");
        if month.says("data-name=\"penalty\"") && !is_late {
            penalties += amount(&month, "penalty");
        }
    }
    for shown in [&page, &dashboard] {
        assert_eq!(amount(shown, "owed-contributions"), owed);
        assert_eq!(amount(shown, "owed-penalties"), penalties);
    }
    assert!(amount(&page, "late-penalties") > 0);
    let whole = "<a href=\"/contributions/owed\">See everything that is owed</a>";
    assert!(page.says("Still owed in all") && !page.says(whole));
    assert!(page.says("<a href=\"/contributions/report\">"));
    let part = siti.get("/contributions/owed?programme=JP").await;
    assert!(part.says("Only this part of all that is owed: Pension.") && part.says(whole));
    assert!(part.says("Still owed, of this part") && !part.says("Still owed in all"));
    assert!(amount(&part, "owed-contributions") < owed);
    let none = siti.get("/contributions/owed?year=1999").await;
    assert!(
        none.says("Only this part of all that is owed: 1999.")
            && none.says("Nothing of this part.")
            && !none.says("/contributions/report")
    );
    for words in [
        "Employer registers a new worker within",
        "30 days (PP 45/2015 art. 4)",
        "Contributions collected but not passed on: prison at most",
        "complaint unit; the labour office; the social security council",
    ] {
        assert!(page.says(words), "{words}");
    }
}

/// An answer to the question that names this wage.
fn answered<'a>(
    of: &'a str,
    reported: &'a str,
    answer: &'a str,
    wage: &'a str,
) -> [(&'a str, &'a str); 4] {
    [("of", of), ("reported", reported), ("answer", answer), ("wage", wage)]
}

async fn a_member_says_whether_a_wage_is_theirs(db: TestStore) {
    const WAGE: &str = "/contributions/wage";
    let bench = seeded(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let of = siti.get("/dashboard").await.after("href=\"/contributions/wage?of=").unwrap();
    let page = siti.get(&format!("{WAGE}?of={of}")).await;
    assert_eq!(page.status, 200);
    let reported = amount(&page, "reported").to_string();
    for (fields, said) in [
        (answered(&of, &reported, "", "5.000.000"), "Choose &#34;Yes&#34; or &#34;No&#34;"),
        (answered(&of, &reported, "no", ""), "Enter your monthly wage"),
        (answered(&of, &reported, "no", &reported), "This wage is the one that was reported"),
        (
            answered(&of, &reported, "no", "9.000.000.000"),
            "Monthly wage must be between Rp1 and Rp1,000,000,000",
        ),
    ] {
        let wrong = siti.fill_in(&page, WAGE, &fields).await;
        assert_eq!(wrong.status, 422, "{said}");
        assert!(wrong.says("id=\"error-summary\"") && wrong.says(said), "{said}");
    }
    let old = [("of", &*of), ("reported", "1"), ("answer", "yes")];
    let changed = siti.fill_in(&page, WAGE, &old).await;
    assert!(changed.status == 422 && changed.says("The employer reported another wage"));
    let stale = siti.post(WAGE, &[("of", &*of), ("answer", "yes"), ("csrf", "x")]).await;
    assert!(stale.status == 422 && stale.says("This page was open too long"));

    let real = (reported.parse::<i64>().unwrap() + 1_000_000).to_string();
    let kept = siti.fill_in(&page, WAGE, &answered(&of, &reported, "no", &real)).await;
    assert_eq!(kept.leads_to(), "/contributions/wage?done=yes");
    let done = siti.get("/contributions/wage?done=yes").await;
    assert!(done.says("Your answer is kept") && done.says("No, my wage is Rp"));
    assert!(siti.get("/dashboard").await.says("2 months paid too little"));
    assert!(siti.get("/contributions?programme=JHT").await.says("You say Rp"));

    let again = siti.get(&format!("{WAGE}?of={of}")).await;
    assert!(again.says("value=\"no\" checked"));
    siti.fill_in(&again, WAGE, &answered(&of, &reported, "yes", "")).await;
    assert!(siti.get("/dashboard").await.says("1 month paid too little"));
    assert_eq!(siti.get("/contributions/wage?of=202601-x").await.status, 404);
}

async fn a_wage_of_somebody_else_cannot_be_answered_for(db: TestStore) {
    let bench = seeded(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let of = siti.get("/dashboard").await.after("href=\"/contributions/wage?of=").unwrap();
    let mut budi = signed_in(&bench, "budi").await;
    let address = format!("/contributions/wage?of={of}");
    assert_eq!(budi.get(&address).await.status, 404);
    let page = budi.get("/contributions/wage").await;
    assert!(page.says("There is no wage to ask about now."), "his income is his own statement");
    let benefits = budi.get("/benefits").await;
    let fields = [("of", &*of), ("reported", "1"), ("answer", "yes")];
    assert_eq!(budi.fill_in(&benefits, "/contributions/wage", &fields).await.status, 404);
}
