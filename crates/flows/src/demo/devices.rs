//! The device that members of the demonstration can sign in on: any terminal, by `payung demo-device`
//! or by the two commands of `docs/clients.md`.

use payung_domain::oidc::clients::{Definition, GrantType, Proof};
use payung_storage::Fault;
use payung_storage::oidc::clients;

use crate::App;

/// How it names itself.
pub const ID: &str = "tv-demo";

/// What it asks for.
pub const SCOPE: &str = "openid profile balance";

/// Writes it down, or writes it down anew: what an earlier version of the program kept is no matter.
///
/// It has no secret: what runs on people's own devices cannot keep one.
pub async fn register(app: &App) -> Result<(), Fault> {
    const DOING: &str = "registering the demo's device";
    let definition = Definition {
        client_id: ID.to_owned(),
        client_name: "Layar Loket".to_owned(),
        token_endpoint_auth_method: Proof::None.name().to_owned(),
        grant_types: [GrantType::DeviceCode, GrantType::RefreshToken]
            .map(|grant| grant.name().to_owned())
            .into(),
        scope: "openid profile membership balance offline_access".to_owned(),
        owner: "Dana Kita".to_owned(),
        purpose_id: "Menampilkan saldo Anda di layar loket".to_owned(),
        purpose_en: "Showing your balance on the screen at the desk".to_owned(),
        ..Definition::default()
    };
    let client =
        definition.check().map_err(|_| Fault::new(DOING, "its definition is not whole"))?;
    let mut tx = app.store.write().await?;
    clients::keep(&mut tx, &client, None, app.clock.now()).await?;
    tx.commit().await
}
