//! What makes a client, and what does not.

use serde_json::{Value, json};

use super::*;
use crate::oidc::back_channel::Event;

fn definition() -> Definition {
    Definition {
        client_id: "klaim".to_owned(),
        client_name: "Klaim Daring".to_owned(),
        redirect_uris: vec!["https://klaim.example/cb".to_owned()],
        scope: "openid profile".to_owned(),
        owner: "Dana Kita".to_owned(),
        purpose_id: "Mengajukan klaim".to_owned(),
        purpose_en: "Claiming".to_owned(),
        ..Definition::default()
    }
}

fn faults(change: impl FnOnce(&mut Definition)) -> Vec<String> {
    let mut changed = definition();
    change(&mut changed);
    match changed.check() {
        Ok(_) => Vec::new(),
        Err(faults) => faults.into_iter().map(|fault| fault.field).collect(),
    }
}

#[test]
fn what_is_left_out_is_the_careful_choice() {
    let client = definition().check().unwrap();
    assert_eq!(client.proof, Proof::Basic);
    assert_eq!(client.grants, [GrantType::AuthorizationCode]);
    assert_eq!((client.id_token, client.userinfo), (Algorithm::Es256, None));
    assert_eq!((client.request_object, client.response), (None, Algorithm::Es256));
    assert!(client.is_vouched_for && !client.must_sign());
    assert!(!client.may_leave_pkce_out() && !client.is_fapi && !client.rotates());
    assert_eq!(client.sector(), "klaim.example");
}

#[test]
fn every_fault_is_named_at_once() {
    let found = faults(|d| {
        d.client_id = "a b".to_owned();
        d.client_name = String::new();
        d.redirect_uris = vec!["http://klaim.example/cb".to_owned(), "x#y".to_owned()];
        d.grant_types = vec!["implicit".to_owned(), "refresh_token".to_owned()];
        d.token_endpoint_auth_method = "magic".to_owned();
        d.scope = "openid shoes".to_owned();
        d.id_token_signed_response_alg = "none".to_owned();
        d.subject_type = "secret".to_owned();
        d.unknown.insert("jwks_uri".to_owned(), json!("https://x.example"));
    });
    for field in [
        "jwks_uri",
        "client_id",
        "client_name",
        "redirect_uris",
        "grant_types",
        "token_endpoint_auth_method",
        "scope",
        "id_token_signed_response_alg",
        "subject_type",
    ] {
        assert!(found.contains(&field.to_owned()), "{field} in {found:?}");
    }
}

#[test]
fn every_fault_is_named_at_once_also_of_fields_of_another_kind() {
    let mut written = serde_json::to_value(definition()).unwrap();
    let whole = written.as_object().unwrap().clone();
    assert_eq!(Definition::read(&whole).unwrap().definition(), &definition());
    for (field, value) in [
        ("client_name", json!(7)),
        ("redirect_uris", json!("https://klaim.example/cb")),
        ("events", json!([1])),
        ("first_party", json!("yes")),
        ("default_max_age", json!(-1)),
        ("subject_type", json!("secret")),
        ("shoes", json!({ "size": 42 })),
    ] {
        written[field] = value;
    }
    let mut found: Vec<String> = Definition::read(written.as_object().unwrap())
        .unwrap_err()
        .into_iter()
        .map(|fault| format!("{} {}", fault.field, fault.fault))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "client_name has to be a text",
            "default_max_age has to be a whole number of seconds",
            "events has to be a list of texts",
            "first_party has to be true or false",
            "redirect_uris has to be a list of texts",
            "shoes is no field of a client",
            "subject_type is public or pairwise",
        ]
    );
}

#[test]
fn o8_implicit_and_password_grants_do_not_exist() {
    for name in ["implicit", "password", "token"] {
        assert_eq!(faults(|d| d.grant_types = vec![name.to_owned()])[0], "grant_types");
    }
}

#[test]
fn k23_a_device_client_says_so_and_needs_no_address() {
    let device = GrantType::DeviceCode.name();
    let client = |grants: &[&str], addresses: &[&str], scope: &str| {
        faults(|d| {
            d.token_endpoint_auth_method = "none".to_owned();
            d.grant_types = grants.iter().map(|&name| name.to_owned()).collect();
            d.redirect_uris = addresses.iter().map(|&address| address.to_owned()).collect();
            d.scope = scope.to_owned();
        })
    };
    assert!(client(&[device], &[], "openid").is_empty());
    assert!(client(&[device, "refresh_token"], &[], "openid offline_access").is_empty());
    assert_eq!(client(&[device], &["https://klaim.example/cb"], "openid"), ["redirect_uris"]);
    assert_eq!(client(&[device], &[], ""), ["scope"]);
    assert!(!definition().check().unwrap().may(GrantType::DeviceCode), "K-23: opt-in");
}

#[test]
fn o6_no_client_takes_unsigned_or_shared_key_tokens() {
    for name in ["none", "HS256", "es256"] {
        let found = faults(|d| d.id_token_signed_response_alg = name.to_owned());
        assert_eq!(found, ["id_token_signed_response_alg"], "{name}");
    }
}

#[test]
fn o3_pkce_is_waived_for_clients_with_a_secret_only() {
    assert!(faults(|d| d.without_pkce = true).is_empty());
    let found = faults(|d| {
        d.without_pkce = true;
        d.token_endpoint_auth_method = "none".to_owned();
    });
    assert_eq!(found, ["without_pkce"]);
}

#[test]
fn o9_keys_come_with_the_client_and_are_public() {
    let point = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    let key = json!({"kty":"EC","crv":"P-256","x":point,"y":point,"kid":"a"});
    let with = |keys: Value| {
        faults(|d| {
            d.token_endpoint_auth_method = "private_key_jwt".to_owned();
            d.jwks = Some(json!({ "keys": keys }));
        })
    };
    assert!(with(json!([key])).is_empty());
    let mut private = key.clone();
    private["d"] = json!(point);
    for keys in [
        json!([]),
        json!([private]),
        json!([key, key]),
        json!([{"kty":"oct","k":"AAAA"}]),
        json!([{"kty":"RSA","n":"AQAB","e":"AQAB"}]),
        json!([{"kty":"EC","crv":"P-256","x":point,"y":point,"use":"enc"}]),
        json!([{"kty":"EC","crv":"P-256","x":point,"y":"AAAA"}]),
        json!([{"kty":"EC","crv":"P-256","x":point,"y":"!83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}]),
        json!([{"kty":"RSA","n":"!".repeat(400),"e":"AQAB"}]),
    ] {
        assert!(!with(keys.clone()).is_empty(), "{keys}");
    }
    assert_eq!(faults(|d| d.token_endpoint_auth_method = "private_key_jwt".to_owned()), ["jwks"]);
}

#[test]
fn k18_signed_requests_take_a_key_and_an_algorithm() {
    let found = faults(|d| d.require_signed_request_object = true);
    assert_eq!(found, ["require_signed_request_object"]);
    assert_eq!(faults(|d| d.request_object_signing_alg = "ES256".to_owned()), ["jwks"]);
    for name in ["none", "HS256"] {
        let found = faults(|d| d.request_object_signing_alg = name.to_owned());
        assert!(found.contains(&"request_object_signing_alg".to_owned()), "{name}");
    }
}

#[test]
fn a_client_that_could_never_sign_is_none() {
    let point = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    let keys = |own: &Value| json!({ "keys": [own] });
    let curve = json!({ "kty": "EC", "crv": "P-256", "x": point, "y": point });
    let old = json!({ "kty": "RSA", "n": "A".repeat(400), "e": "AQAB", "alg": "RS256" });
    let with = |own: &Value, asks: &str, profile: &str| {
        faults(|d| {
            d.token_endpoint_auth_method = "private_key_jwt".to_owned();
            d.jwks = Some(keys(own));
            d.request_object_signing_alg = asks.to_owned();
            d.profile = profile.to_owned();
        })
    };
    assert!(with(&curve, "ES256", "fapi-2.0").is_empty());
    assert!(with(&old, "RS256", "").is_empty());
    assert_eq!(with(&curve, "EdDSA", ""), ["jwks"]);
    assert_eq!(with(&old, "PS256", ""), ["jwks"], "a key for RS256 alone");
    assert_eq!(with(&old, "", "fapi-2.0"), ["jwks"]);
    assert_eq!(with(&old, "", "fapi-2.0-message-signing"), ["jwks", "jwks"]);
}

#[test]
fn a_name_has_no_letters_that_nobody_sees() {
    for name in ["Klaim\u{202e}gnirad", "Klaim\u{200b}", "\u{feff}Klaim", "Kla\u{ad}im"] {
        assert_eq!(faults(|d| d.client_name = name.to_owned()), ["client_name"], "{name:?}");
    }
}

#[test]
fn k11_a_resource_is_an_address_with_tls_or_on_the_own_machine() {
    let found = |resource: &str| faults(|d| d.resources = vec![resource.to_owned()]);
    for resource in ["https://payung.example/api/v1", "http://localhost:8080/api/v1"] {
        assert!(found(resource).is_empty(), "{resource}");
    }
    for resource in ["http://payung.example", "http://localhost.example/", "api", "https://a#b"] {
        assert_eq!(found(resource), ["resources"], "{resource}");
    }
}

#[test]
fn x08_fapi_clients_use_their_key_and_never_rs256() {
    let found = faults(|d| {
        d.profile = "fapi-2.0".to_owned();
        d.id_token_signed_response_alg = "RS256".to_owned();
        d.without_pkce = true;
    });
    let expected = ["id_token_signed_response_alg", "token_endpoint_auth_method", "without_pkce"];
    assert_eq!(found, expected);
}

#[test]
fn k13_a_nonce_is_for_clients_that_prove_something() {
    assert_eq!(faults(|d| d.require_dpop_nonce = true), ["require_dpop_nonce"]);
    let bound = |d: &mut Definition| {
        d.require_dpop_nonce = true;
        d.dpop_bound_access_tokens = true;
    };
    assert!(faults(bound).is_empty());
}

#[test]
fn x08_one_setting_has_every_message_signed() {
    let point = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    let key = json!({ "kty": "EC", "crv": "P-256", "x": point, "y": point });
    let signing = |algorithm: &str| {
        Definition {
            profile: "fapi-2.0-message-signing".to_owned(),
            token_endpoint_auth_method: "private_key_jwt".to_owned(),
            jwks: Some(json!({ "keys": [key.clone()] })),
            request_object_signing_alg: algorithm.to_owned(),
            ..definition()
        }
        .check()
    };
    let client = signing("").unwrap();
    assert!(client.is_fapi && client.signs_messages);
    assert!(client.must_sign() && client.must_push() && client.must_bind());
    assert_eq!(client.request_object, Some(Algorithm::Es256));
    assert_eq!(signing("RS256").unwrap_err()[0].field, "request_object_signing_alg");
    assert_eq!(faults(|d| d.profile = "fapi-3.0".to_owned()), ["profile"]);
    assert!(!definition().check().unwrap().signs_messages);
}

#[test]
fn k18_only_https_and_this_machine_are_called() {
    let with = |address: &str| faults(|d| d.backchannel_logout_uri = address.to_owned());
    for fit in ["https://klaim.example/logout?x=1", "http://127.0.0.1:8081/l", "http://[::1]/"] {
        assert!(with(fit).is_empty(), "{fit}");
    }
    for unfit in [
        "http://klaim.example/logout",
        "http://localhost/logout",
        "http://10.0.0.1/logout",
        "id.example.hp:/logout",
        "https://klaim.example/logout#x",
        "https://a@klaim.example/logout",
        "file:///etc/passwd",
    ] {
        assert_eq!(with(unfit), ["backchannel_logout_uri"], "{unfit}");
    }
}

#[test]
fn k26_what_is_told_needs_somewhere_to_go_and_every_fault_is_named() {
    let found = faults(|d| {
        d.backchannel_logout_session_required = true;
        d.events = ["session-revoked", "session-revoked", "weather"].map(str::to_owned).into();
    });
    let expected = ["backchannel_logout_session_required", "events", "events", "events"];
    assert_eq!(found, expected);
    let fine = faults(|d| {
        d.backchannel_logout_uri = "https://klaim.example/logout".to_owned();
        d.backchannel_logout_session_required = true;
        d.events_uri = "https://klaim.example/events".to_owned();
        d.events = Event::ALL.map(|event| event.name().to_owned()).into();
    });
    assert!(fine.is_empty(), "{fine:?}");
    assert_eq!(faults(|d| d.events_uri = "https://klaim.example/e".to_owned()), ["events"]);
}

#[test]
fn a_definition_is_written_and_read_back() {
    let text = serde_json::to_string(&definition()).unwrap();
    assert_eq!(serde_json::from_str::<Definition>(&text).unwrap(), definition());
}
