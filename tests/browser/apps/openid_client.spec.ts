import * as client from 'openid-client';
import { hearLogout, register, signInFor, signOutFor, test } from '../support/apps';
import { expect, onBothEngines } from '../support/test';

/** The client of Node applications, under FAPI 2.0: pushed requests, bound tokens, signed assertions. */
test('openid-client signs in under FAPI 2.0, refreshes and signs out', onBothEngines, async ({
  demo,
  landing,
  visitor,
}) => {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  await register(demo, landing, {
    client_id: 'node',
    client_name: 'Klaim Node',
    profile: 'fapi-2.0',
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [{ kty, crv, x, y, kid: 'one', alg: 'ES256', use: 'sig' }] },
  });
  const config = await client.discovery(
    new URL(demo.address),
    'node',
    { id_token_signed_response_alg: 'ES256' },
    client.PrivateKeyJwt({ key: keys.privateKey, kid: 'one' }),
    // Only because the demonstration speaks no TLS.
    { execute: [client.allowInsecureRequests] },
  );
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  const asked = {
    redirect_uri: landing.callback,
    scope: 'openid profile email offline_access',
    prompt: 'consent',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  };

  const there = await client.buildAuthorizationUrlWithPAR(config, asked, { DPoP });
  expect([...there.searchParams.keys()].sort(), 'nothing stands in the address').toEqual([
    'client_id',
    'request_uri',
  ]);
  const back = new URL(await signInFor(visitor, landing, there.href));
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  const tokens = await client.authorizationCodeGrant(config, back, checks, undefined, { DPoP });
  const claims = tokens.claims()!;
  expect(claims).toMatchObject({ iss: demo.address, aud: 'node' });

  const about = await client.fetchUserInfo(config, tokens.access_token, claims.sub, { DPoP });
  expect(about).toMatchObject({ email: 'siti@peserta.example', email_verified: true });
  const stolen = await fetch(config.serverMetadata().userinfo_endpoint!, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  expect(stolen.status, 'the token alone is worth nothing').toBe(401);

  const kept = tokens.refresh_token!;
  const next = await client.refreshTokenGrant(config, kept, undefined, { DPoP });
  expect(next.access_token).not.toBe(tokens.access_token);
  expect(await client.fetchUserInfo(config, next.access_token, claims.sub, { DPoP })).toEqual(about);

  const leaving = { post_logout_redirect_uri: landing.goodbye, state: 'selesai' };
  const id_token_hint = tokens.id_token!;
  await signOutFor(visitor, landing, client.buildEndSessionUrl(config, { ...leaving, id_token_hint }).href);
  await hearLogout(demo, landing, claims);

  await client.tokenRevocation(config, kept);
  await expect(client.refreshTokenGrant(config, kept, undefined, { DPoP })).rejects.toMatchObject({
    error: 'invalid_grant',
  });
});
