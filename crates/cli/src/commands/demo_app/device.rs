//! `payung demo-device`: an application in a terminal, which a member of the demonstration signs in to
//! with a code, in a browser elsewhere (RFC 8628). Like the one beside it, it knows the provider through
//! HTTP alone.

use std::time::Duration;

use clap::Args;
use payung_domain::money::Rupiah;
use payung_flows::demo::devices::{ID, SCOPE};
use serde::Deserialize;
use serde_json::{Value, json};

use super::provider::{Metadata, Provider, Tokens, Told, Trouble, told};
use crate::report::{Exit, Failure, Report};
use crate::said;

/// What a device comes with to the token endpoint.
const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// How much further apart a device asks that was told to slow down.
const SLOWER: Duration = Duration::from_secs(5);

/// Where to sign in.
#[derive(Debug, Args)]
pub struct DemoDeviceArgs {
    /// Where the member pages of the demo are
    #[arg(long, value_name = "URL", default_value = "http://localhost:8080")]
    pub issuer: String,
}

/// What the provider answers to a device that begins.
#[derive(Deserialize)]
struct Begun {
    device_code: String,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: String,
    interval: u64,
}

/// Shows a code, waits for the member, and says who it is.
pub async fn run(args: &DemoDeviceArgs, report: &Report) -> Result<Exit, Failure> {
    let told = sign_in(args.issuer.trim_end_matches('/'), report).await;
    let told = told.map_err(|trouble| failed(&trouble))?;
    let name = told.userinfo.get("name").and_then(Value::as_str).unwrap_or_default();
    let saved = told.userinfo.get("payung_balance").and_then(|balance| balance["jht"].as_i64());
    let saved = Rupiah::new(saved.unwrap_or_default()).grouped('.');
    let words = said!(
        "{name} is signed in here. Old-age savings: Rp{saved}",
        "{name} sudah masuk di sini. Saldo JHT: Rp{saved}"
    );
    let facts = json!({ "id_token": told.claims, "userinfo": told.userinfo });
    report.result(words.in_language(report.language()), facts);
    Ok(Exit::Done)
}

async fn sign_in(issuer: &str, report: &Report) -> Result<Told, Trouble> {
    let provider = Provider::new(issuer)?;
    let metadata = provider.metadata().await?;
    let form = [("client_id", ID), ("scope", SCOPE)];
    let begun: Begun =
        told(provider.http.post(&metadata.device_authorization_endpoint).form(&form)).await?;
    let Begun { user_code, verification_uri, verification_uri_complete, .. } = &begun;
    report.note(&said!(
        "Open  {verification_uri}\nenter {user_code}\n\n\
         or open {verification_uri_complete} and compare the code.\n\
         Waiting for an answer there; Ctrl-C gives up.",
        "Buka      {verification_uri}\nmasukkan  {user_code}\n\n\
         atau buka {verification_uri_complete} dan bandingkan kodenya.\n\
         Menunggu jawaban di sana; Ctrl-C membatalkan."
    ));
    let tokens = waited(&provider, &metadata, &begun).await?;
    provider.believed(&metadata, tokens, ID, None).await
}

/// Asks until the member has answered, as far apart as the provider wants it.
async fn waited(
    provider: &Provider,
    metadata: &Metadata,
    begun: &Begun,
) -> Result<Tokens, Trouble> {
    let form =
        [("grant_type", GRANT), ("client_id", ID), ("device_code", begun.device_code.as_str())];
    let mut pause = Duration::from_secs(begun.interval);
    loop {
        tokio::time::sleep(pause).await;
        match told::<Tokens>(provider.http.post(&metadata.token_endpoint).form(&form)).await {
            Err(Trouble::Refused(error)) if error == "authorization_pending" => {}
            Err(Trouble::Refused(error)) if error == "slow_down" => pause += SLOWER,
            answered => return answered,
        }
    }
}

fn failed(trouble: &Trouble) -> Failure {
    if matches!(trouble, Trouble::Away(_)) {
        return Failure::new(
            Exit::Unreachable,
            "demo-device",
            said!("the demo is not there", "peragaan tidak ditemukan"),
            said!(
                "start `payung demo`, or name it with --issuer",
                "jalankan `payung demo`, atau sebut dengan --issuer"
            ),
        )
        .because(trouble);
    }
    Failure::new(
        Exit::AnsweredNo,
        "demo-device",
        said!("nobody is signed in", "tidak ada yang masuk"),
        said!("begin again", "mulai lagi"),
    )
    .because(trouble)
}
