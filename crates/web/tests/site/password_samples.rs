//! The pages of a password that is forgotten, set and changed.

use std::time::Duration;

use payung_domain::passwords::{Advice, Level, MustChange, Refusal, Strength};
use payung_domain::second_factor::CodeProblem as Uncoded;
use payung_domain::secret::Secret;
use payung_web::page::{Problem, Problems};
use payung_web::pages::passwords::by_code::{self, ByCode, ByCodeProblem};
use payung_web::pages::passwords::change::{Change, ChangeProblem, News};
use payung_web::pages::passwords::forgot::{Again, CheckEmail, Forgot, ForgotProblem};
use payung_web::pages::passwords::reset::{Over, Reset, Why};
use payung_web::pages::passwords::strength;

use crate::samples::{Kind, Shelf, now};

impl Shelf {
    pub(crate) fn passwords(&mut self) {
        for (name, problem) in [
            ("forgot", None),
            ("forgot-empty", Some(ForgotProblem::Empty)),
            ("forgot-email", Some(ForgotProblem::EmailFormat)),
            ("forgot-stale", Some(ForgotProblem::Stale)),
        ] {
            let f = self.frame("/forgot-password");
            let problems = problem.iter().map(|problem| problem.says(&f)).collect();
            let identifier = problem.map(|_| "siti@".to_owned()).unwrap_or_default();
            let page = Forgot { f, identifier, cookies_off: false, problems };
            self.add(name, Kind::Step, &page);
        }
        let f = self.frame("/forgot-password");
        let (identifier, problems) = ("siti".to_owned(), Problems::default());
        let page = Forgot { f, identifier, cookies_off: true, problems };
        self.add("forgot-no-cookies", Kind::Step, &page);
        for (name, again) in [
            ("sent-now", Again::Now),
            ("sent-wait", Again::In(Duration::from_secs(59))),
            ("sent-tomorrow", Again::Tomorrow),
        ] {
            let (f, identifier) =
                (self.frame("/forgot-password/sent"), Some("siti@peserta.example".to_owned()));
            self.add(
                name,
                Kind::Step,
                &CheckEmail { f, identifier, life: Duration::from_mins(30), again, by_code: true },
            );
        }
        let (f, life) = (self.frame("/forgot-password/sent"), Duration::from_mins(30));
        let page = CheckEmail { f, identifier: None, life, again: Again::Now, by_code: false };
        self.add("sent-bare", Kind::Step, &page);
        for (name, why) in [
            ("link-expired", Why::Expired),
            ("link-used", Why::Used(now())),
            ("link-newer", Why::Newer),
            ("link-done", Why::Done(now())),
        ] {
            let f = self.frame("/reset-password");
            self.add(name, Kind::Step, &Over { f, why });
        }
        self.by_code();
        self.new_password();
        self.change_password();
    }

    fn by_code(&mut self) {
        let unreadable = ByCodeProblem::Code;
        for (name, problem) in [
            ("by-code", None),
            ("by-code-empty", Some(unreadable(Uncoded::Empty))),
            ("by-code-short", Some(unreadable(Uncoded::Short))),
            ("by-code-long", Some(unreadable(Uncoded::Long))),
            ("by-code-chars", Some(unreadable(Uncoded::Characters))),
            ("by-code-other-empty", Some(ByCodeProblem::OtherEmpty)),
            ("by-code-other-unreadable", Some(ByCodeProblem::OtherUnreadable)),
            ("by-code-wrong", Some(ByCodeProblem::Wrong)),
            ("by-code-paused", Some(ByCodeProblem::Paused(now()))),
            ("by-code-stale", Some(ByCodeProblem::Stale)),
        ] {
            let f = self.frame("/reset-password/by-code");
            let problems = problem.iter().map(|problem| problem.says(&f)).collect();
            let life = Duration::from_mins(10);
            self.add(name, Kind::Step, &ByCode { f, life, problems });
        }
        let f = self.frame("/reset-password/by-code");
        let code = Secret::from("0123-4567-89AB-CDEF");
        self.add("by-code-next", Kind::Step, &by_code::NextCode { f, code });
    }

    fn new_password(&mut self) {
        let weak = Strength { level: Level::Weak, advice: vec![Advice::Repeats, Advice::FewWords] };
        for (name, text) in [("reset", None), ("reset-refused", Some("pw-common"))] {
            let f = self.frame("/reset-password");
            let problems = text
                .iter()
                .map(|key| Problem { field: "new_password", text: f.t(key) })
                .collect::<Problems>();
            let strength = text.map(|_| strength::in_words(&f, &weak)).unwrap_or_default();
            let user_name = "siti@peserta.example".to_owned();
            self.add(name, Kind::Step, &Reset { f, user_name, least: 12, strength, problems });
        }
    }

    fn change_password(&mut self) {
        let page = |shelf: &Self, news, problems: &[ChangeProblem]| {
            let f = shelf.member_frame("/security/password");
            let problems = problems.iter().map(|problem| problem.says(&f)).collect();
            let every = Strength {
                level: Level::Weak,
                advice: vec![
                    Advice::Keyboard,
                    Advice::Repeats,
                    Advice::Sequence,
                    Advice::Dates,
                    Advice::Common,
                    Advice::NearlyCommon,
                    Advice::OneWord,
                    Advice::Names,
                    Advice::Capitals,
                    Advice::Backwards,
                    Advice::Substitutes,
                    Advice::AnotherWord,
                    Advice::FewWords,
                ],
            };
            let strength = strength::in_words(&f, &every);
            let user_name = "siti@peserta.example".to_owned();
            Change { f, news, user_name, least: 12, ends_others: true, strength, problems }
        };
        let fresh = Change { strength: String::new(), ..page(self, None, &[]) };
        self.add("change", Kind::Member, &fresh);
        for (name, news) in [
            ("done", News::Done),
            ("expired", News::MustChange(MustChange::Expired)),
            ("leaked", News::MustChange(MustChange::Leaked)),
            ("disowned", News::MustChange(MustChange::Disowned)),
        ] {
            let page = page(self, Some(news), &[]);
            self.add(&format!("change-{name}"), Kind::Member, &page);
        }
        for (name, problems) in [
            ("empty", &[ChangeProblem::PresentEmpty, ChangeProblem::NewEmpty][..]),
            ("wrong", &[ChangeProblem::Wrong]),
            ("paused", &[ChangeProblem::Paused(now())]),
            ("locked", &[ChangeProblem::Locked]),
            ("short", &[ChangeProblem::Refused(Refusal::Short(12))]),
            ("long", &[ChangeProblem::Refused(Refusal::Long)]),
            ("kinds", &[ChangeProblem::Refused(Refusal::Kinds(3))]),
            ("common", &[ChangeProblem::Refused(Refusal::Common)]),
            ("personal", &[ChangeProblem::Refused(Refusal::Personal)]),
            ("same", &[ChangeProblem::Refused(Refusal::Same)]),
            ("stale", &[ChangeProblem::Stale]),
        ] {
            let page = page(self, None, problems);
            self.add(&format!("change-{name}"), Kind::Member, &page);
        }
    }
}
