import { dirname, join } from 'node:path';
import { Application, register, test, walkThrough } from '../support/apps';

/** The Rust client, as an application without a secret: its refresh tokens work once. */
test('openidconnect signs in with PKCE alone, refreshes once and signs out', async ({
  demo,
  landing,
  visitor,
}) => {
  await register(demo, landing, {
    client_id: 'rust',
    client_name: 'Klaim Rust',
    token_endpoint_auth_method: 'none',
  });
  // An example of the program's own crate, built beside it.
  const program = join(dirname(process.env.PAYUNG_PROGRAM!), 'examples/openidconnect_client');
  const words = [demo.address, 'rust', landing.callback, landing.goodbye];
  await walkThrough(new Application(program, words), visitor, landing, 'rust');
});
