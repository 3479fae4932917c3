//! M28, which news a member wants. What protects the account always goes.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::accounts::Contacts;
use payung_domain::contact::Email;
use payung_domain::notice_choices::{Channel, Choices, Topic};
use payung_flows::{inbox, security};

use crate::form::Fields;
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};

/// Where it is chosen.
const HERE: &str = "/inbox/notices";

/// The choice.
#[derive(Debug, Template)]
#[template(path = "inbox/choices.html")]
pub struct NoticeChoices {
    /// Around the page.
    pub f: Frame,
    /// Whether it was just kept.
    pub is_done: bool,
    /// What is switched off.
    pub choices: Choices,
    /// Where letters go, as it may be shown.
    pub email: Option<String>,
    /// Where text messages go; nothing where the operator sends none.
    pub phone: Option<String>,
    /// What needs fixing.
    pub problems: Problems,
}

impl NoticeChoices {
    fn topics() -> impl Iterator<Item = Topic> {
        Topic::ALL.into_iter().filter(|topic| topic.may_be_off())
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over references")]
    fn topic(&self, topic: &Topic) -> String {
        match topic {
            Topic::Security => self.f.t("notices-security"),
            Topic::Contributions => self.f.t("notices-contributions"),
            Topic::Claims => self.f.t("notices-claims"),
            Topic::Statements => self.f.t("notices-statements"),
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over references")]
    fn channel(&self, channel: &Channel) -> String {
        match channel {
            Channel::Email => self.f.t("notices-by-email"),
            Channel::Sms => self.f.t("notices-by-sms"),
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over references")]
    fn whereto(&self, channel: &Channel) -> String {
        match (channel, &self.email, &self.phone) {
            (Channel::Email, Some(email), _) => self.f.t1("notices-to", "contact", email),
            (Channel::Sms, _, Some(phone)) => self.f.t1("notices-to", "contact", phone),
            _ => self.f.t("notices-nowhere"),
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over references")]
    fn is_wanted(&self, topic: &Topic, channel: &Channel) -> bool {
        self.choices.wants(*topic, *channel)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over references")]
    fn name(topic: &Topic, channel: &Channel) -> String {
        format!("{}-{}", topic.name(), channel.name())
    }

    async fn of(member: &Member, choices: Choices) -> Result<Self, Trouble> {
        let (guest, account) = (&member.guest, &member.signed_in.account);
        let overview = security::overview(&guest.site.app, &guest.visit, account).await?;
        let Contacts { email, phone } = overview.contacts;
        let f = Frame { address: HERE.to_owned(), ..member.frame() };
        let phone = phone.filter(|_| overview.operator_allows.0);
        Ok(Self {
            email: email.as_ref().map(Email::masked),
            phone: phone.map(|phone| f.t1("number-ending-in", "ending", phone.ending())),
            is_done: false,
            choices,
            problems: Problems::default(),
            f,
        })
    }
}

/// What the boxes say: one that is not ticked is switched off.
fn read(fields: &Fields) -> Choices {
    let all = Topic::ALL.into_iter().flat_map(|topic| Channel::ALL.map(|channel| (topic, channel)));
    Choices::without(
        all.filter(|(topic, channel)| {
            fields.filled(&NoticeChoices::name(topic, channel)).is_none()
        }),
    )
}

/// `GET /inbox/notices`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let choices = match member.kept().await? {
        Some(kept) => read(&kept),
        None => inbox::choices(&guest.site.app, &member.signed_in).await?,
    };
    let is_done = guest.query.text("done") == "yes";
    let page = NoticeChoices { is_done, ..NoticeChoices::of(&member, choices).await? };
    Ok(front::show(StatusCode::OK, &page))
}

/// `POST /inbox/notices`
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let Ok(fields) = form.of_session() else {
        let page = NoticeChoices::of(&member, read(form.to_show_again())).await?;
        let problems = Problems(vec![Problem { field: "save", text: page.f.t("stale") }]);
        let page = NoticeChoices { problems, ..page };
        return Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let choices = read(fields);
    inbox::choose(&guest.site.app, &guest.visit, &member.signed_in, &choices).await?;
    Ok(see_other("/inbox/notices?done=yes"))
}
