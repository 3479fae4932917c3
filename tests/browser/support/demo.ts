import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Engine, newDatabase } from './database';

/** What the program says on its first line. */
interface Announcement {
  member: string;
  outbox_json: string;
  password: string;
  sign_ins: { user_name: string; totp_secret: string | null }[];
}

/** A running demonstration with a dozen members, for one worker alone. */
export interface Demo {
  /** Where its pages are: `http://localhost:41523`. */
  address: string;
  /** Everything it would have sent, newest first. */
  outbox: string;
  /** The password of every demo sign-in. */
  password: string;
  /** The secret of a member's authenticator app. */
  authenticatorSecretOf(member: string): string;
  /** Ends it as an operator would, and insists that it ended well. */
  stop(): Promise<void>;
}

export async function startDemo(engine: Engine): Promise<Demo> {
  const program = process.env.PAYUNG_PROGRAM;
  if (!program) {
    throw new Error('PAYUNG_PROGRAM names no program: cargo build -p payung, then target/debug/payung');
  }
  const database = newDatabase(engine);
  const folder = await mkdtemp(join(tmpdir(), 'payung-browser-'));
  const [listen, operations] = await twoFreePorts();
  const child = spawn(
    program,
    [
      ...['demo', '--json', '--no-progress', '--members', '12', '--data', join(folder, 'data')],
      ...['--listen', `127.0.0.1:${listen}`, '--operations', `127.0.0.1:${operations}`],
      ...database.args,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const log = collect(child.stderr);
  const said = await announcement(child, log);
  return {
    address: said.member,
    outbox: said.outbox_json,
    password: said.password,
    authenticatorSecretOf: (member) => {
      const secret = said.sign_ins.find((person) => person.user_name === member)?.totp_secret;
      if (!secret) throw new Error(`${member} has no authenticator app`);
      return secret;
    },
    stop: async () => {
      await end(child, log);
      database.drop();
      await rm(folder, { recursive: true });
    },
  };
}

async function announcement(child: ChildProcess, log: () => string): Promise<Announcement> {
  const firstLine = once(createInterface(child.stdout!), 'line');
  const end = once(child, 'exit').then(([code]) => {
    throw new Error(`the demo ended before it began, with ${code}:\n${log()}`);
  });
  const [line] = (await Promise.race([firstLine, end])) as [string];
  end.catch(() => {}); // Its end is asked for later, in `end`.
  return JSON.parse(line) as Announcement;
}

/** Nothing a browser does may kill the program or make it break a page. */
async function end(child: ChildProcess, log: () => string): Promise<void> {
  const exit = child.exitCode === null ? once(child, 'exit') : [child.exitCode, child.signalCode];
  child.kill('SIGTERM');
  const [code, signal] = await exit;
  if (code !== 0) throw new Error(`the demo ended with ${code ?? signal}:\n${log()}`);
  if (/\bERROR\b|panicked/.test(log())) throw new Error(`the demo broke a page:\n${log()}`);
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const pieces: string[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece.toString()));
  return () => pieces.join('');
}

/** Both are held until both are known, so that they differ. */
async function twoFreePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(async (server) => {
      await once(server.listen(0, '127.0.0.1'), 'listening');
      return (server.address() as AddressInfo).port;
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports as [number, number];
}
