import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createPlainServer, type IncomingMessage, type Server as PlainServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Demo } from './demo';
import { alone, expect } from './test';
import type { Complaints } from './watch';
import type { Visitor } from './visitor';

/** What an operator writes of every application in these tests. */
const written = {
  scope: 'openid profile email offline_access',
  grant_types: ['authorization_code', 'refresh_token'],
  owner: 'Dana Kita',
  purpose_id: 'Mengajukan klaim',
  purpose_en: 'Filing claims',
};

/**
 * Where browsers arrive that come back to an application: a server of its own, at an address that an
 * application with a secret may register, so `https`. It stands for the application's web server; the
 * application itself is told what arrived. Beside it is an ear for what the provider says by itself:
 * without TLS, which it may do on this very machine only.
 */
export class Landing {
  /** The logout tokens that came, in order. */
  readonly logouts: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly ear: PlainServer,
    readonly address: string,
  ) {
    ear.on('request', async (request: IncomingMessage, response) => {
      let body = '';
      for await (const piece of request) body += piece;
      this.logouts.push(new URLSearchParams(body).get('logout_token') ?? '');
      response.end();
    });
  }

  static async open(): Promise<Landing> {
    const folder = await mkdtemp(join(tmpdir(), 'payung-landing-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const files = ['-keyout', key, '-out', cert, '-days', '2'];
    execFileSync('openssl', ['req', '-x509', ...curve, ...name, ...files], { stdio: 'pipe' });
    const server = createServer({ key: await readFile(key), cert: await readFile(cert) });
    await rm(folder, { recursive: true });
    server.on('request', (_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end('<!doctype html><title>Back</title><link rel="icon" href="data:,"><h1>Back</h1>');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const ear = createPlainServer();
    await once(ear.listen(0, '127.0.0.1'), 'listening');
    return new Landing(server, ear, `https://localhost:${(server.address() as AddressInfo).port}`);
  }

  /** Where a sign-in ends. */
  get callback(): string {
    return `${this.address}/masuk/kembali`;
  }

  /** Where a sign-out ends. */
  get goodbye(): string {
    return `${this.address}/keluar`;
  }

  /** Where it is told, from server to server, that a session is over. */
  get backChannel(): string {
    return `http://127.0.0.1:${(this.ear.address() as AddressInfo).port}/keluar-diam`;
  }

  async close(): Promise<void> {
    for (const server of [this.server, this.ear]) {
      server.closeAllConnections();
      await once(server.close(), 'close');
    }
  }
}

/** A test with an application of somebody else, and a demonstration whose members it may change. */
export const test = alone.extend<{ landing: Landing }>({
  ignoreHTTPSErrors: true,
  landing: async ({ complaints }: { complaints: Complaints }, use: (it: Landing) => Promise<void>) => {
    const landing = await Landing.open();
    await use(landing);
    await landing.close();
    complaints.expected(/^request to a third party: https:\/\/localhost:\d+\//);
  },
});

/** Has the provider know an application, as an operator does it; answers its secret, if it has one. */
export async function register(demo: Demo, landing: Landing, own: object): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'payung-client-'));
  const file = join(folder, 'client.json');
  const addresses = {
    redirect_uris: [landing.callback],
    post_logout_redirect_uris: [landing.goodbye],
    backchannel_logout_uri: landing.backChannel,
  };
  await writeFile(file, JSON.stringify({ ...written, ...addresses, ...own }));
  const env = { ...process.env, PAYUNG_DATABASE__URL: demo.database.url };
  const said = execFileSync(process.env.PAYUNG_PROGRAM!, ['client', 'add', file, '--json'], { env });
  await rm(folder, { recursive: true });
  // The keys are made while the pages are open already, and some clients read them once.
  await expect(async () => {
    const { keys } = await (await fetch(`${demo.address}/oidc/jwks`)).json();
    expect(keys.map((key: { alg: string }) => key.alg)).toContain('ES256');
  }).toPass({ timeout: 30_000 });
  return JSON.parse(String(said)).client_secret;
}

/** Goes where an application sends the browser, signs Siti in, agrees, and says what came back. */
export async function signInFor(visitor: Visitor, landing: Landing, there: string): Promise<string> {
  const code = await visitor.outbox.codeSentBy(async () => {
    await visitor.page.goto(there);
    await visitor.givePassword('siti');
    await visitor.chooseWay('sms');
  });
  await visitor.giveCode(code);
  await expect(visitor.heading).toContainText('Klaim');
  await visitor.page.locator('#consent-allow').click();
  await visitor.page.waitForURL((url) => url.href.startsWith(`${landing.callback}?`));
  return visitor.page.url();
}

/** Signs out where an application sends the browser: it comes back, and nobody is signed in. */
export async function signOutFor(visitor: Visitor, landing: Landing, there: string): Promise<void> {
  await visitor.page.goto(there);
  await expect(visitor.page).toHaveURL(`${landing.goodbye}?state=selesai`);
  await visitor.page.goto(`${visitor.demo.address}/dashboard`);
  await expect(visitor.page).toHaveURL(/\/sign-in\?/);
}

/**
 * Waits until the application is told, from server to server, that the session is over, and believes it
 * as far as one may: signed by the provider, typed, for this application, about this member, no nonce.
 */
export async function hearLogout(demo: Demo, landing: Landing, claims: Record<string, unknown>): Promise<void> {
  await expect.poll(() => landing.logouts.length, { timeout: 30_000 }).toBe(1);
  const [head, body, signature] = landing.logouts[0].split('.');
  const [header, told] = [head, body].map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
  const { keys } = await (await fetch(`${demo.address}/oidc/jwks`)).json();
  const named = keys.find((key: { kid: string }) => key.kid === header.kid);
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await crypto.subtle.importKey('jwk', named, curve, false, ['verify']);
  const [algorithm, signed] = [{ name: 'ECDSA', hash: 'SHA-256' }, Buffer.from(`${head}.${body}`)];
  const holds = await crypto.subtle.verify(algorithm, key, Buffer.from(signature, 'base64url'), signed);
  expect(holds, 'signed by the provider').toBe(true);
  expect(header).toMatchObject({ typ: 'logout+jwt', alg: 'ES256' });
  const { iss, aud, sub, sid } = claims;
  const about = { iss, sub, aud: [aud].flat()[0], ...(sid === undefined ? {} : { sid }) };
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  expect(told).toMatchObject({ ...about, events });
  expect(told).not.toHaveProperty('nonce');
}

/**
 * An application that is a program of its own. It says where the browser has to go, hears where it
 * came back, and says what it was told: each on a line.
 */
export class Application {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private readonly end: Promise<unknown>;
  private log = '';

  constructor(program: string, words: string[]) {
    this.child = spawn(program, words);
    this.child.stderr.on('data', (piece: Buffer) => (this.log += piece.toString()));
    this.lines = createInterface(this.child.stdout)[Symbol.asyncIterator]();
    this.end = once(this.child, 'close').catch((error) => (this.log += error));
  }

  async says<T>(): Promise<T> {
    const { value, done } = await this.lines.next();
    if (done) {
      await this.end;
      throw new Error(`the application ended:\n${this.log}`);
    }
    return JSON.parse(value) as T;
  }

  hears(line: string): void {
    this.child.stdin.write(`${line}\n`);
  }

  async stop(): Promise<void> {
    this.child.kill();
    await this.end;
  }
}

/** What such a program says in the end. */
export interface Told {
  /** Of the ID token, checked. */
  claims: Record<string, unknown>;
  userinfo: Record<string, unknown>;
  /** Of userinfo, with the access token that the refresh token got. */
  refreshed: Record<string, unknown>;
  /** Where the browser signs out. */
  logout: string;
}

/** Walks a program through everything, and insists that it was told who Siti is. */
export async function walkThrough(application: Application, visitor: Visitor, landing: Landing, id: string) {
  try {
    const { authorize } = await application.says<{ authorize: string }>();
    application.hears(await signInFor(visitor, landing, authorize));
    const told = await application.says<Told>();
    const { iss, aud, sub } = told.claims;
    expect({ iss, aud: [aud].flat() }).toEqual({ iss: visitor.demo.address, aud: [id] });
    for (const about of [told.userinfo, told.refreshed]) {
      expect(about).toMatchObject({ sub, email: 'siti@peserta.example', email_verified: true });
    }
    await signOutFor(visitor, landing, told.logout);
    await hearLogout(visitor.demo, landing, told.claims);
  } finally {
    await application.stop();
  }
}
