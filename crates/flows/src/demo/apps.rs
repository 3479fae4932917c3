//! The application that members of the demonstration can sign in to.

use payung_domain::oidc::clients::Definition;
use payung_storage::Fault;
use payung_storage::oidc::clients;

use crate::App;

/// How the application names itself.
pub const ID: &str = "klaim-demo";

/// What it is called on pages.
pub const NAME: &str = "Klaim Daring (contoh)";

/// What it asks for.
pub const SCOPE: &str = "openid profile email phone membership balance";

/// Where it is answered, below its own address.
pub const CALLBACK: &str = "/callback";

/// Where its members arrive after signing out.
pub const SIGNED_OUT: &str = "/signed-out";

/// Writes the application down as it is reached today: each start may put it somewhere else.
///
/// It has no secret. Only applications on people's own devices may be answered at a plain `http`
/// address of this machine, and those cannot keep one; PKCE stands in for it.
pub async fn register(app: &App, address: &str) -> Result<(), Fault> {
    let definition = Definition {
        client_id: ID.to_owned(),
        client_name: NAME.to_owned(),
        redirect_uris: vec![format!("{address}{CALLBACK}")],
        post_logout_redirect_uris: vec![format!("{address}{SIGNED_OUT}")],
        token_endpoint_auth_method: "none".to_owned(),
        scope: SCOPE.to_owned(),
        owner: "Payung".to_owned(),
        purpose_id: "Memperlihatkan apa yang dilihat aplikasi lain".to_owned(),
        purpose_en: "Showing what another application gets to see".to_owned(),
        ..Definition::default()
    };
    let client = definition.check().map_err(|faults| {
        let faults: Vec<String> =
            faults.into_iter().map(|fault| format!("{} {}", fault.field, fault.fault)).collect();
        Fault::new("registering the demo's application", faults.join("; "))
    })?;
    let mut tx = app.store.write().await?;
    clients::keep(&mut tx, &client, None, app.clock.now()).await?;
    tx.commit().await
}
