import { join } from 'node:path';
import { Application, register, test, walkThrough } from '../support/apps';

/** Debian's own Python and its Authlib, with a secret in the header. */
test('Authlib signs in with a secret and PKCE, refreshes and signs out', async ({
  demo,
  landing,
  visitor,
}) => {
  const secret = await register(demo, landing, { client_id: 'python', client_name: 'Klaim Python' });
  const words = [demo.address, 'python', secret!, landing.callback, landing.goodbye];
  const program = join(import.meta.dirname, 'authlib_client.py');
  await walkThrough(new Application('/usr/bin/python3', [program, ...words]), visitor, landing, 'python');
});
