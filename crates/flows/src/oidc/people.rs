//! What applications are told about a member, and what the consent page shows of it.

use payung_domain::accounts::Account;
use payung_domain::oidc::claims;
use payung_domain::oidc::scopes::{Scope, Scopes};
use payung_domain::oidc::tokens::seconds;
use payung_domain::time::Zone;
use payung_storage::{Fault, accounts, members as kept};
use serde_json::{Map, Value, json};

use super::super::members;
use crate::{App, Visit};

/// The claims that scopes and single wishes come to, as far as we know them.
pub async fn about(
    app: &App,
    visit: &Visit,
    account: &Account,
    scopes: &Scopes,
    single: &[String],
) -> Result<Map<String, Value>, Fault> {
    let names = claims::granted(scopes, single);
    let mut told = Map::new();
    if names.is_empty() {
        return Ok(told);
    }
    let needs = |scope| names.iter().any(|name| claims::scope_of(name) == Some(scope));
    let mut all = Map::new();
    if [Scope::Profile, Scope::Email, Scope::Phone, Scope::Address].into_iter().any(needs) {
        all.append(&mut person(app, visit, account).await?);
    }
    if [Scope::Membership, Scope::Contributions, Scope::Balance].into_iter().any(needs) {
        all.append(&mut membership(app, account).await?);
    }
    for name in names {
        if let Some(value) = all.remove(name) {
            told.insert(name.to_owned(), value);
        }
    }
    let tester = app.conformance.as_ref().filter(|tester| tester.account == account.id);
    if let Some(tester) = tester.filter(|_| scopes.has(Scope::Profile)) {
        told.extend(tester.profile.clone());
    }
    Ok(told)
}

async fn person(app: &App, visit: &Visit, account: &Account) -> Result<Map<String, Value>, Fault> {
    let vault = app.store.vault();
    let mut told = Map::new();
    // Neither says anything about the other, so each is a look of its own.
    let mut tx = app.store.look().await?;
    let (user_name, contacts) =
        accounts::user_name_and_contacts(&mut tx, vault, account.id, visit.now).await?;
    drop(tx);
    let mut tx = app.store.look().await?;
    let person = kept::person_as_changed(&mut tx, vault, account.person).await?;
    drop(tx);
    let zone = match account.zone {
        Zone::Wib => "Asia/Jakarta",
        Zone::Wita => "Asia/Makassar",
        Zone::Wit => "Asia/Jayapura",
    };
    told.insert("zoneinfo".to_owned(), json!(zone));
    told.insert("locale".to_owned(), json!(account.language.tag()));
    if let Some(name) = user_name {
        told.insert("preferred_username".to_owned(), json!(name.expose()));
    }
    if let Some(email) = &contacts.email {
        told.insert("email".to_owned(), json!(email.expose()));
        told.insert("email_verified".to_owned(), json!(true));
    }
    if let Some(phone) = &contacts.phone {
        told.insert("phone_number".to_owned(), json!(phone.expose()));
        told.insert("phone_number_verified".to_owned(), json!(true));
    }
    let Some((person, changed_at)) = person else { return Ok(told) };
    told.insert("name".to_owned(), json!(person.name.expose()));
    told.insert("gender".to_owned(), json!(person.sex.code()));
    told.insert("birthdate".to_owned(), json!(person.birth_date.to_string()));
    told.insert("updated_at".to_owned(), json!(seconds(changed_at)));
    let home = &person.address;
    let street = format!("{}\n{}, {}", home.street, home.village, home.district);
    let address = json!({
        "formatted": format!("{street}\n{} {}\n{}", home.regency, home.postcode, home.province),
        "street_address": street,
        "locality": home.regency,
        "region": home.province,
        "postal_code": home.postcode,
        "country": "ID",
    });
    told.insert("address".to_owned(), address);
    Ok(told)
}

async fn membership(app: &App, account: &Account) -> Result<Map<String, Value>, Fault> {
    let record = members::record(app, account.person).await?;
    let savings = record.savings()?;
    let numbers: Vec<Value> = record
        .memberships
        .iter()
        .map(|one| {
            json!({
                "number": one.kpj.as_str(), "segment": one.segment.code(),
                "since": one.since.get(), "ended": one.ended.map(payung_domain::month::Month::get),
            })
        })
        .collect();
    let last = record.contributions.last().map(|one| one.month.get());
    let mut told = Map::new();
    told.insert("payung_memberships".to_owned(), json!(numbers));
    let contributions = json!({ "months": record.contributions.len(), "last_month": last });
    told.insert("payung_contributions".to_owned(), contributions);
    told.insert("payung_balance".to_owned(), json!({ "jht": savings.together.balance.get() }));
    Ok(told)
}
