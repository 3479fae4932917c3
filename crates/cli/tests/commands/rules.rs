//! The dated rules as an operator reads them.

use insta::assert_snapshot;

use crate::program::Place;

#[test]
fn a_rule_is_shown_as_of_any_day_with_its_source_and_mark() {
    assert_snapshot!(Place::new().run("rules show jkm.lump-sum --on 2019-12-01 --lang en"), @"
    exit: 0
    --- stdout
    jkm.lump-sum: Lump sum
      2015-07-01 to 2019-12-01
        Rp16,200,000
        A: read in the law or regulation
        PP 44/2015
    --- stderr
    ");
    assert_snapshot!(Place::new().run("rules show jkm.lump-sum --on 2019-12-02 --lang id"), @"
    exit: 0
    --- stdout
    jkm.lump-sum: Santunan sekaligus
      sejak 2019-12-02
        Rp20.000.000
        A: dibaca dari peraturannya
        PP 82/2019
    --- stderr
    ");
}

#[test]
fn a_rule_without_a_day_is_shown_with_all_its_rows() {
    assert_snapshot!(Place::new().run("rules show jp.minimum --lang en"), @"
    exit: 0
    --- stdout
    jp.minimum: Lowest pension a month
      2015-07-01 to 2016-02-29
        Rp300,000
        A: read in the law or regulation
        PP 45/2015 art. 18
      2016-03-01 to 2017-02-28
        Rp310,050
        C: one secondary source
        krishand.com
      2017-03-01 to 2023-02-28
        not published
        U: no source, not reckoned with
        none found
      2023-03-01 to 2024-02-29
        Rp383,400
        C: one secondary source
        suaraindonesia.co.id
      2024-03-01 to 2025-02-28
        Rp393,500
        B: several sources, or an official letter
        krishand.com; suaraindonesia.co.id
      2025-03-01 to 2026-02-28
        not published (Rp399,700?)
        U: no source, not reckoned with
        chain with inflation 1.57%, itself unsourced
      from 2026-03-01 on
        not published
        U: no source, not reckoned with
        none found
    --- stderr
    ");
}

#[test]
fn what_is_not_published_is_said_and_answers_no() {
    assert_snapshot!(Place::new().run("rules show jp.minimum --on 2025-06-01 --lang en"), @"
    exit: 1
    --- stdout
    jp.minimum: Lowest pension a month
      2025-03-01 to 2026-02-28
        not published (Rp399,700?)
        U: no source, not reckoned with
        chain with inflation 1.57%, itself unsourced
    --- stderr
    ");
    assert_snapshot!(Place::new().run("rules show jkm.funeral --on 2015-06-30 --lang id"), @"
    exit: 1
    --- stdout
    jkm.funeral: Biaya pemakaman
    belum dipublikasikan
    --- stderr
    ");
}

#[test]
fn a_rule_that_is_over_and_a_relief_that_was_not_yet_are_told_from_what_is_not_published() {
    let told = |line: &str| {
        let told = Place::new().run(line);
        assert!(told.starts_with("exit: 1"), "{told}");
        told
    };
    let over = told("rules show jkm.scholarship-once --on 2026-01-01 --lang en");
    assert!(over.contains("ended on 2019-12-01"), "{over}");
    let before = told("rules show relief.jkk.transport --on 2025-12-31 --lang id");
    assert!(before.contains("tidak ada keringanan pada hari itu"), "{before}");
    let list = Place::new().run("rules list relief.jkk.pu --on 2026-01-01 --lang en");
    assert!(list.contains("ended on 2021-01-31"), "{list}");
    let json = Place::new().run("rules list relief.jkk.pu --on 2026-01-01 --json");
    assert!(json.contains("\"ended\":\"2021-01-31\""), "{json}");
}

#[test]
fn a_table_is_shown_whole_and_counted_in_a_list() {
    assert_snapshot!(Place::new().run("rules show construction.jkk --on 2026-01-01 --lang en"), @"
    exit: 0
    --- stdout
    construction.jkk: JKK by contract value
      from 2015-07-01 on
        up to Rp100,000,000: 0.21%; up to Rp500,000,000: 0.17%; up to Rp1,000,000,000: 0.13%; up to Rp5,000,000,000: 0.11%; above: 0.09%
        A: read in the law or regulation
        PP 44/2015 art. 54-55
    --- stderr
    ");
    assert_snapshot!(Place::new().run("rules list construction --on 2026-01-01 --lang id"), @"
    exit: 0
    --- stdout
    construction.jkk           A           5 lapis
                                           JKK menurut nilai kontrak (PP 44/2015 Pasal 54-55)
    construction.jkk-of-wages  A           1,74%
                                           JKK bila upah diketahui (PP 44/2015 Pasal 54-55)
    construction.jkm           A           5 lapis
                                           JKM menurut nilai kontrak (PP 44/2015 Pasal 54-55)
    construction.jkm-of-wages  A           0,3%
                                           JKM bila upah diketahui (PP 44/2015 Pasal 54-55)
    --- stderr
    ");
}

#[test]
fn machines_read_the_same_in_numbers() {
    assert_snapshot!(Place::new().run("rules show rate.jkk.pu --on 2026-01-01 --json"), @r#"
    exit: 0
    --- stdout
    {"name":"rate.jkk.pu","ok":true,"rows":[{"from":"2015-07-01","mark":"A","name":"rate.jkk.pu","published":true,"says":{"I":{"ppm":2400},"II":{"ppm":5400},"III":{"ppm":8900},"IV":{"ppm":12700},"V":{"ppm":17400}},"source":"PP 44/2015 art. 16","title":{"en":"JKK rate of wage earners, by risk class","id":"Iuran JKK pekerja penerima upah, menurut kelas risiko"},"to":null}],"schema":1,"title":{"en":"JKK rate of wage earners, by risk class","id":"Iuran JKK pekerja penerima upah, menurut kelas risiko"}}
    --- stderr
    "#);
    assert_snapshot!(Place::new().run("rules list jht.part --on 2015-06-30 --json"), @r#"
    exit: 0
    --- stdout
    {"ok":true,"on":"2015-06-30","rules":[{"name":"jht.part-after","published":false,"title":{"en":"Part payment: membership of","id":"Pengambilan sebagian: lama kepesertaan"}},{"name":"jht.part-home","published":false,"title":{"en":"Part payment for a home, at most","id":"Pengambilan sebagian untuk rumah, paling banyak"}},{"name":"jht.part-other","published":false,"title":{"en":"Part payment for other preparation, at most","id":"Pengambilan sebagian untuk persiapan lain, paling banyak"}},{"name":"jht.part-times","published":false,"title":{"en":"Part payment: how often","id":"Pengambilan sebagian: berapa kali"}}],"schema":1}
    --- stderr
    "#);
}

#[test]
fn a_rule_that_is_not_there_is_guessed() {
    assert_snapshot!(Place::new().run("rules show jkm.lumpsum --lang en"), @"
    exit: 1
    --- stdout
    --- stderr
    error: there is no rule jkm.lumpsum
    fix: did you mean `jkm.lump-sum`? `payung rules list` names them all
    ");
    assert_snapshot!(Place::new().run("rules list nothing --json"), @r#"
    exit: 1
    --- stdout
    --- stderr
    {"causes":[],"code":"no-such-rule","fix":"did you mean `jkp.months-in-a-row`? `payung rules list` names them all","message":"there is no rule nothing","ok":false,"schema":1}
    "#);
    let strange = Place::new().run("rules list --on 2026-13-01 --lang en");
    assert!(strange.starts_with("exit: 2"), "{strange}");
}

#[test]
fn a_check_counts_what_is_sure_and_lists_what_is_not_published() {
    let told = Place::new().run("rules check --lang en");
    assert!(told.starts_with("exit: 0"), "{told}");
    for line in ["ceiling.jp", "2022-03-01 to 2023-02-28", "jp.minimum", "jht.declared-return"] {
        assert!(told.contains(line), "{line} in {told}");
    }
    let json = Place::new().run("rules check --json");
    let line = json.lines().find(|line| line.starts_with('{')).expect("an object");
    let read: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
    let marks = read["marks"].as_object().expect("counts by mark");
    let counted: u64 = marks.values().filter_map(serde_json::Value::as_u64).sum();
    assert_eq!(Some(counted), read["rows"].as_u64());
    assert_eq!(
        read["not_published"].as_array().map(Vec::len),
        marks["U"].as_u64().map(|n| usize::try_from(n).unwrap())
    );
}
