//! The modules of the public conformance suite, one test each, under the suite's own names. They say
//! what a module asks for, with the clients and the account that `payung demo --conformance` makes;
//! the suite itself has the last word (docs/conformance.md).
//!
//! On one engine: every query below has its contract on both, and two hundred databases more would
//! say nothing new.

mod fapi;
mod logout;
mod modules;
mod signing;
mod steps;
mod world;

use payung_testkit::visitor::Page;

pub(crate) use self::world::World;

/// One test for each module of a plan, in a world of its own.
macro_rules! plan {
    ($world:expr; $($name:ident),* $(,)?) => {
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            let mut world = $world.await;
            super::modules::$name(&mut world).await;
        })*
    };
}

/// The modules that two plans share.
macro_rules! modules_of_basic {
    ($world:expr) => {
        plan!($world;
            oidcc_server,
            oidcc_response_type_missing,
            oidcc_idtoken_signature,
            oidcc_idtoken_unsigned,
            oidcc_userinfo_get,
            oidcc_userinfo_post_header,
            oidcc_userinfo_post_body,
            oidcc_ensure_request_without_nonce_succeeds_for_code_flow,
            oidcc_scope_profile,
            oidcc_scope_email,
            oidcc_scope_address,
            oidcc_scope_phone,
            oidcc_scope_all,
            oidcc_alternate_happy_flow,
            oidcc_display_page,
            oidcc_display_popup,
            oidcc_prompt_login,
            oidcc_prompt_none_not_logged_in,
            oidcc_prompt_none_logged_in,
            oidcc_max_age_1,
            oidcc_max_age_10000,
            oidcc_ensure_request_with_unknown_parameter_succeeds,
            oidcc_id_token_hint,
            oidcc_login_hint,
            oidcc_ui_locales,
            oidcc_claims_locales,
            oidcc_ensure_request_with_acr_values_succeeds,
            oidcc_codereuse,
            oidcc_codereuse_30seconds,
            oidcc_ensure_registered_redirect_uri,
            oidcc_ensure_post_request_succeeds,
            oidcc_server_client_secret_post,
            oidcc_request_uri_unsigned_supported_correctly_or_rejected_as_unsupported,
            oidcc_unsigned_request_object_supported_correctly_or_rejected_as_unsupported,
            oidcc_claims_essential,
            oidcc_ensure_request_object_with_redirect_uri,
            oidcc_refresh_token,
            oidcc_ensure_request_with_valid_pkce_succeeds,
        );
    };
}

/// `oidcc-config-certification-test-plan`
mod config {
    use super::World;

    plan!(World::new(); oidcc_discovery_endpoint_verification);
}

/// `oidcc-basic-certification-test-plan`
mod basic {
    use super::World;

    modules_of_basic!(World::new());
}

/// `oidcc-formpost-basic-certification-test-plan`: the same, answered in a form.
mod form_post {
    use super::World;

    modules_of_basic!(World::answered_in_a_form());
}

/// The suite's browser is an old script engine: whatever it has to press is a plain button in a plain
/// form, which it finds by its id.
#[tokio::test]
async fn what_the_suites_browser_presses_is_a_plain_form() {
    let mut world = World::new().await;
    let page = world.browser.get(&world.asking(&[])).await;
    is_plain(&world.look(page).await, "submit-login");
    world.tokens(&[]).await;
    let page = world.browser.get(&world.asking(&[("prompt", "consent")])).await;
    let page = world.look(page).await;
    is_plain(&page, "consent-allow");
    is_plain(&page, "consent-cancel");
    is_plain(&world.browser.get("/oidc/logout?state=x").await, "logout-confirm");
}

fn is_plain(page: &Page, id: &str) {
    let at = page.html.find(&format!("id=\"{id}\""));
    let (before, after) =
        page.html.split_at(at.unwrap_or_else(|| panic!("no {id}: {}", page.html)));
    let tag = before.rfind('<').map_or("", |start| &before[start..]);
    let tag = format!("{tag}{}", after.split('>').next().unwrap_or_default());
    assert!(tag.starts_with("<button"), "{tag}");
    for word in ["type=\"button\"", "disabled", " hidden"] {
        assert!(!tag.contains(word), "{tag}");
    }
    let form = before.rfind("<form").map_or("", |start| &before[start..]);
    assert!(!form.is_empty() && !form.contains("</form>"), "{id} stands in no form");
    let form = form.split('>').next().unwrap_or_default();
    assert!(form.contains("method=\"post\"") && form.contains("action=\"/"), "{form}");
}
