//! M36 Pastikan ini Anda / Confirm it is you: names the act, asks for a factor, goes on with it.

use askama::Template;
use axum::response::Response;
use payung_domain::authenticators::Need;
use payung_domain::second_factor::{STEP_LIFE, Way as Kind};
use payung_domain::sign_in::landing;
use payung_flows::confirming::{self, Begin};
use payung_flows::oidc::paths;
use payung_flows::passkeys::{self, Answer, Challenge};
use payung_flows::sign_in::step::{Asked, OpenWay};

use crate::form::Fields;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::{Frame, Problems};
use crate::pages::problems::problem::Obstacle;
use crate::pages::sign_in::choose::ChooseProblem;
use crate::pages::sign_in::passkey::answered;
use crate::pages::sign_in::{Way, let_in};
use crate::{cookies, front};

/// The question.
#[derive(Debug, Template)]
#[template(path = "confirm/ask.html")]
pub struct Confirm {
    /// Around the page.
    pub f: Frame,
    /// The path of the act, already checked.
    pub next: String,
    /// What the act asks for.
    pub need: Need,
    /// Whether the member has just proved it by less than the act asks for.
    pub asks_for_more: bool,
    /// The ways of this account, strongest first.
    pub ways: Vec<Way>,
    /// The `method` that is ticked.
    pub ticked: Option<&'static str>,
    /// What the browser is asked, where the account has passkeys.
    pub passkey: Option<Challenge>,
    /// What needs fixing.
    pub problems: Problems,
}

impl Confirm {
    fn is_ticked(&self, way: &Way) -> bool {
        self.ticked == Some(way.method())
    }

    /// The value of the hidden field; nothing where everything is asked for.
    const fn need(&self) -> &'static str {
        match self.need {
            Need::Any => ANY,
            Need::Full => "",
        }
    }

    /// What the proof is for.
    fn act(&self) -> String {
        let is_at = |place: &str| self.next.starts_with(place);
        match () {
            () if self.next.ends_with("/suspend") => self.f.t("act-suspend"),
            () if is_at("/security/passkeys") => self.f.t("act-passkeys"),
            () if is_at("/security/app") => self.f.t("act-app"),
            () if is_at("/security/codes") => self.f.t("act-codes"),
            () if is_at("/security/ways") => self.f.t("act-ways"),
            () if is_at("/security/password") => self.f.t("act-password"),
            () if is_at("/security/devices") => self.f.t("act-devices"),
            () if is_at("/security/payouts") => self.f.t("act-payouts"),
            () if is_at(paths::CONTINUE) => self.f.t("act-application"),
            () if is_at("/personal-details") => self.f.t("act-details"),
            () => self.f.t("act-other"),
        }
    }
}

/// The act, and what it asks for. Whoever writes another need into the address proves less, and the
/// act asks again.
fn asked_for(fields: &Fields) -> (String, Need) {
    let need = if fields.text("need") == ANY { Need::Any } else { Need::Full };
    (landing(fields.filled("next")).to_owned(), need)
}

const ANY: &str = "any";

/// `GET /confirm`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let act = asked_for(&guest.query);
    // An application asks for a stronger proof than the last one, however fresh that is.
    let is_for_an_application = act.0.starts_with(paths::CONTINUE);
    if !is_for_an_application
        && !confirming::is_needed(&guest.site.app, &guest.visit, &member.signed_in, act.1).await?
    {
        return Ok(see_other(&act.0));
    }
    page(&member, act, &[]).await
}

/// `POST /confirm`: the chosen way; a code is sent where it is one that sends.
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let act = asked_for(form.to_show_again());
    let Ok((fields, name)) = form.of_session_by_name() else {
        return page(&member, act, &[ChooseProblem::Stale]).await;
    };
    let Some(way) = Kind::named(fields.text("method")) else {
        return page(&member, act, &[ChooseProblem::Nothing]).await;
    };
    let (next, need) = (&*act.0, act.1);
    let begin = Begin { session: &member.token, way, form: &name.0, next, need };
    let (app, account) = (&guest.site.app, &member.signed_in.account);
    match confirming::begin(app, &guest.visit, account, begin).await? {
        None => page(&member, act, &[ChooseProblem::Nothing]).await,
        Some((_, Asked::NoMoreToday)) => page(&member, act, &[ChooseProblem::SendDay]).await,
        Some((token, _)) => {
            let mut response = see_other("/sign-in/code");
            let headers = response.headers_mut();
            cookies::set(&guest.site, headers, cookies::SIGN_IN, token.expose(), Some(STEP_LIFE));
            Ok(response)
        }
    }
}

/// `GET` of an address that only takes answers: to the page that asks.
pub async fn back() -> Response {
    see_other("/confirm")
}

/// `POST /confirm/passkey`
pub async fn passkey(member: Member, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let act = asked_for(form.to_show_again());
    let Ok(fields) = form.of_session() else {
        return page(&member, act, &[ChooseProblem::Stale]).await;
    };
    let (app, visit, browser) = (&guest.site.app, &guest.visit, &guest.browser);
    let (account, answered) = (member.signed_in.account.id, answered(fields));
    let answer =
        passkeys::confirm(app, visit, browser, account, &member.token, answered, &act.0).await?;
    let problem = match answer {
        Answer::SignedIn(opened) => return Ok(let_in(guest, &opened)),
        Answer::TooMany { until } => return Err(Trouble::Obstacle(Obstacle::TooMany(until))),
        Answer::NotVerified => ChooseProblem::KeyNotVerified,
        Answer::Refused => ChooseProblem::KeyNone,
        Answer::Stale => ChooseProblem::KeyOld,
    };
    page(&member, act, &[problem]).await
}

async fn page(
    member: &Member,
    (next, need): (String, Need),
    problems: &[ChooseProblem],
) -> Result<Response, Trouble> {
    let (guest, account) = (&member.guest, &member.signed_in.account);
    let (app, visit, browser) = (&guest.site.app, &guest.visit, &guest.browser);
    let (ways, first) = confirming::ways(app, visit, account, need).await?;
    let passkey = if ways.contains(&OpenWay::Passkey) {
        let token = &member.token;
        Some(passkeys::begin_confirming(app, visit, browser, account.id, token).await?)
    } else {
        None
    };
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", &next);
    if need == Need::Any {
        query.append_pair("need", ANY);
    }
    let f = Frame { address: format!("/confirm?{}", query.finish()), ..member.frame() };
    let problems: Problems = problems.iter().map(|problem| problem.says(&f)).collect();
    let status = problems.status();
    let page = Confirm {
        f,
        next,
        need,
        asks_for_more: member.signed_in.session.is_proved(visit.now),
        ways: ways.iter().filter_map(Way::of).collect(),
        ticked: first.map(Kind::name),
        passkey,
        problems,
    };
    Ok(front::show(status, &page))
}
