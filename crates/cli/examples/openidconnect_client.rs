//! A relying party made of openidconnect, for the browser tests: a public client, as on people's own
//! devices. It says where the browser has to go, hears where it came back, and says what it was told:
//! each on a line of JSON.

use std::collections::HashMap;
use std::error::Error;
use std::io::Write as _;
use std::time::Duration;
use std::{env, io};

use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::url::Url;
use openidconnect::{
    AuthorizationCode, ClientId, CsrfToken, HttpRequest, HttpResponse, IssuerUrl, LogoutRequest,
    Nonce, OAuth2TokenResponse, PkceCodeChallenge, PostLogoutRedirectUrl,
    ProviderMetadataWithLogout, RedirectUrl, Scope, TokenResponse,
};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = env::args().skip(1).collect();
    let [issuer, id, callback, goodbye] = &words[..] else {
        return Err("openidconnect_client ISSUER ID CALLBACK GOODBYE".into());
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // The provider is on this machine: no proxy, no certificates.
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(20))
        .no_proxy()
        .tls_certs_only([])
        .build()?;
    let http = |request: HttpRequest| runtime.block_on(sent(&client, request));

    let provider = ProviderMetadataWithLogout::discover(&IssuerUrl::new(issuer.clone())?, &http)?;
    let end_session = provider.additional_metadata().end_session_endpoint.clone();
    let end_session = end_session.ok_or("the provider has no logout")?;
    let party = CoreClient::from_provider_metadata(provider, ClientId::new(id.clone()), None)
        .set_redirect_uri(RedirectUrl::new(callback.clone())?);

    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let flow = CoreAuthenticationFlow::AuthorizationCode;
    let (there, state, nonce) = ["profile", "email", "offline_access"]
        .iter()
        .fold(
            party.authorize_url(flow, CsrfToken::new_random, Nonce::new_random),
            |request, scope| request.add_scope(Scope::new((*scope).to_owned())),
        )
        .add_prompt(CoreAuthPrompt::Consent)
        .set_pkce_challenge(challenge)
        .url();
    say(&json!({ "authorize": there.as_str() }))?;

    let back = heard()?;
    let given = |name: &str| back.get(name).cloned().unwrap_or_default();
    // The library leaves both to the application.
    if given("state") != *state.secret() || given("iss") != *issuer {
        return Err("the answer is not to this request, or of another provider".into());
    }
    let tokens = party
        .exchange_code(AuthorizationCode::new(given("code")))?
        .set_pkce_verifier(verifier)
        .request(&http)?;
    let id_token = tokens.id_token().ok_or("there is no ID token")?;
    let claims = id_token.claims(&party.id_token_verifier(), &nonce)?;
    let told = |tokens: &CoreTokenResponse| -> Result<CoreUserInfoClaims, Box<dyn Error>> {
        let subject = Some(claims.subject().clone());
        Ok(party.user_info(tokens.access_token().clone(), subject)?.request(&http)?)
    };
    let userinfo = told(&tokens)?;

    let kept = tokens.refresh_token().ok_or("there is no refresh token")?;
    let next = party.exchange_refresh_token(kept)?.request(&http)?;
    let refreshed = told(&next)?;
    // Whoever comes with a used one may be a thief, so nothing of the family works any more.
    let is_rotated = next.refresh_token().is_some_and(|next| next.secret() != kept.secret());
    let is_taken_again = party.exchange_refresh_token(kept)?.request(&http).is_ok();
    if !is_rotated || is_taken_again || told(&next).is_ok() {
        return Err("a refresh token of a public client works once".into());
    }

    let logout = LogoutRequest::from(end_session)
        .set_id_token_hint(id_token)
        .set_post_logout_redirect_uri(PostLogoutRedirectUrl::new(goodbye.clone())?)
        .set_state(CsrfToken::new("selesai".to_owned()))
        .http_get_url();
    let logout = logout.as_str();
    let all = json!({
        "claims": claims, "userinfo": userinfo, "refreshed": refreshed, "logout": logout,
    });
    say(&all)?;
    Ok(())
}

/// The library sends nothing by itself: what it wants sent goes through the program's own HTTP client.
async fn sent(
    client: &reqwest::Client,
    request: HttpRequest,
) -> Result<HttpResponse, reqwest::Error> {
    let answer = client.execute(request.try_into()?).await?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut response = HttpResponse::new(answer.bytes().await?.to_vec());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// What stands in the address that a browser came back to.
fn heard() -> Result<HashMap<String, String>, Box<dyn Error>> {
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(Url::parse(line.trim())?.query_pairs().into_owned().collect())
}

fn say(line: &Value) -> io::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "whoever runs this reads it there")]
    let mut out = io::stdout();
    writeln!(out, "{line}")?;
    out.flush()
}
