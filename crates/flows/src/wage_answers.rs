//! "Is this your wage?": what a member answers for a month that an employer paid for (M17).

use payung_domain::contributions::wage_answers::{
    About, AnswerProblem, Reported, Says, WageAnswer,
};
use payung_domain::money::Rupiah;
use payung_storage::{Fault, contributions, wage_answers};

use crate::sessions::SignedIn;
use crate::{App, Visit};

/// What came of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is kept.
    Kept,
    /// It cannot be read.
    Unreadable(AnswerProblem),
    /// The employer reports another wage than the page had shown.
    Changed,
    /// Nothing was reported for such a month of this member.
    Nothing,
}

/// What somebody typed.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    /// `yes` or `no`.
    pub answer: &'a str,
    /// The wage that was really earned.
    pub wage: &'a str,
    /// The wage that the page had shown.
    pub shown: &'a str,
}

/// Keeps an answer about a wage of the member's own, in the place of the one before.
pub async fn submit(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    about: About,
    typed: Typed<'_>,
) -> Result<Answer, Fault> {
    let person = member.account.person;
    let mut tx = app.store.write().await?;
    let contributions = contributions::of_person(&mut tx, person).await?;
    let reported = Reported::all(&contributions);
    // Contributions of this person only: another member's month is not among them.
    let Some(reported) = reported.into_iter().find(|one| one.about() == about) else {
        return Ok(Answer::Nothing);
    };
    if Rupiah::parse(typed.shown) != Ok(reported.wage) {
        return Ok(Answer::Changed);
    }
    let says = match Says::read(typed.answer, typed.wage, reported.wage) {
        Ok(says) => says,
        Err(problem) => return Ok(Answer::Unreadable(problem)),
    };
    let (membership, month, employer) = about;
    let (reported, answered_at) = (reported.wage, visit.now);
    let answer = WageAnswer { membership, month, employer, reported, says, answered_at };
    wage_answers::set(&mut tx, &answer).await?;
    tx.commit().await?;
    Ok(Answer::Kept)
}
