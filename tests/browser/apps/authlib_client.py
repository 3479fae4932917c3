"""A relying party made of Authlib. It says where the browser has to go, hears where it came back, and
says what it was told: each on a line of JSON."""

import json
import sys
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebToken
from authlib.oidc.core import CodeIDToken

issuer, client_id, secret, callback, goodbye = sys.argv[1:]


def say(line):
    print(json.dumps(line), flush=True)


session = OAuth2Session(
    client_id,
    secret,
    scope="openid profile email offline_access",
    redirect_uri=callback,
    code_challenge_method="S256",
    token_endpoint_auth_method="client_secret_basic",
    default_timeout=20,
)
# The provider is on this machine.
session.trust_env = False


def read(address):
    answer = session.get(address, withhold_token=True)
    answer.raise_for_status()
    return answer.json()


provider = read(issuer + "/.well-known/openid-configuration")
assert provider["issuer"] == issuer

verifier, nonce = generate_token(48), generate_token()
address, state = session.create_authorization_url(
    provider["authorization_endpoint"], code_verifier=verifier, nonce=nonce, prompt="consent"
)
say({"authorize": address})

back = sys.stdin.readline().strip()
# Authlib looks at the state, and not yet at the issuer (RFC 9207).
assert parse_qs(urlsplit(back).query)["iss"] == [issuer]
token = session.fetch_token(
    provider["token_endpoint"], authorization_response=back, state=state, code_verifier=verifier
)
id_token = token["id_token"]
claims = JsonWebToken(["ES256"]).decode(
    id_token,
    read(provider["jwks_uri"]),
    claims_cls=CodeIDToken,
    claims_options={
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": client_id},
    },
    claims_params={"nonce": nonce, "client_id": client_id},
)
claims.validate(leeway=10)


def userinfo():
    answer = session.get(provider["userinfo_endpoint"])
    answer.raise_for_status()
    return answer.json()


about = userinfo()
session.refresh_token(provider["token_endpoint"])
refreshed = userinfo()
leaving = {"id_token_hint": id_token, "post_logout_redirect_uri": goodbye, "state": "selesai"}
say(
    {
        "claims": dict(claims),
        "userinfo": about,
        "refreshed": refreshed,
        "logout": provider["end_session_endpoint"] + "?" + urlencode(leaving),
    }
)
