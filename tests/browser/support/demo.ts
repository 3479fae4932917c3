import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Database, type Engine, newDatabase } from './database';

/** What somebody without an account needs to activate one. */
export interface Inactive {
  nik: string;
  kpj: string;
  /** `1999-01-27` */
  birth_date: string;
}

/** What the program says on its first line. */
interface Announcement {
  member: string;
  desk: string;
  relying_party: string;
  outbox_json: string;
  password: string;
  sign_ins: { user_name: string; totp_secret: string | null }[];
  wayan: Inactive;
}

/** A running demonstration with a dozen members, for one worker or one test alone. */
export interface Demo {
  /** Where its pages are: `http://localhost:41523`. */
  address: string;
  /** Where the support desk is. */
  desk: string;
  /** Where the application is that comes with it. */
  relyingParty: string;
  /** Everything it would have sent, newest first. */
  outbox: string;
  /** The password of every demo sign-in. */
  password: string;
  /** Wayan, who has no account yet. Only a test with its own demo opens it. */
  wayan: Inactive;
  /** The secret of a member's authenticator app. */
  authenticatorSecretOf(member: string): string;
  /** Lets time pass for what the service remembers: all of it is so much older. */
  letPass(minutes: number): void;
  /** How often something has happened on anybody's account. */
  happened(event: string): number;
  /** What it keeps its people in. */
  database: Database;
  /** What staff do from the command line, where it keeps its people in a folder. */
  command(...words: string[]): string;
  /** Begins anew with the same people, after something was done while it was away. */
  restart(meanwhile: () => void): Promise<void>;
  /** What it is allowed to log as an error, since the test makes it happen. */
  mayBreak(expected: RegExp): void;
  /** Ends it as an operator would, and insists that it ended well. */
  stop(): Promise<void>;
}

export async function startDemo(engine: Engine): Promise<Demo> {
  const program = process.env.PAYUNG_PROGRAM;
  if (!program) {
    throw new Error('PAYUNG_PROGRAM names no program: cargo build -p payung, then target/debug/payung');
  }
  const folder = await mkdtemp(join(tmpdir(), 'payung-browser-'));
  const data = join(folder, 'data');
  const database = newDatabase(engine, data);
  const [listen, operations, desk, app] = await freePorts(4);
  const begin = () =>
    spawn(
      program,
      [
        ...['demo', '--json', '--no-progress', '--members', '12', '--data', data],
        ...['--listen', `127.0.0.1:${listen}`, '--operations', `127.0.0.1:${operations}`],
        ...['--desk', `127.0.0.1:${desk}`, '--app', `127.0.0.1:${app}`],
        ...database.args,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
  let child = begin();
  let log = collect(child.stderr);
  let mayBreak: RegExp | null = null;
  const said = await announcement(child, log);
  return {
    address: said.member,
    desk: said.desk,
    relyingParty: said.relying_party,
    outbox: said.outbox_json,
    password: said.password,
    wayan: said.wayan,
    authenticatorSecretOf: (member) => {
      const secret = said.sign_ins.find((person) => person.user_name === member)?.totp_secret;
      if (!secret) throw new Error(`${member} has no authenticator app`);
      return secret;
    },
    letPass: (minutes) => void database.run(older(minutes)),
    happened: (event) => Number(database.run(`select count(*) from activity where event = '${event}'`)),
    database,
    command: (...words) => execFileSync(program, [...words, '--demo', data], { encoding: 'utf8' }),
    restart: async (meanwhile) => {
      await end(child, log, mayBreak);
      meanwhile();
      child = begin();
      log = collect(child.stderr);
      await announcement(child, log);
    },
    mayBreak: (expected) => {
      mayBreak = expected;
    },
    stop: async () => {
      await end(child, log, mayBreak);
      database.drop();
      await rm(folder, { recursive: true });
    },
  };
}

/** Every moment that a rule about waiting looks at. Zero means never, and stays. */
const moments: Record<string, string[]> = {
  sessions: ['created_at', 'seen_at', 'proved_at', 'expires_at'],
  sign_ins: ['created_at', 'expires_at'],
  codes: ['sent_at', 'expires_at'],
  sendings: ['sent_at'],
  throttles: ['paused_until', 'updated_at'],
  password_resets: ['asked_at', 'expires_at'],
  kept_forms: ['expires_at'],
  recoveries: ['asked_at', 'warned_at', 'first_at', 'proved_at', 'due_at'],
};

function older(minutes: number): string {
  const micros = Math.round(minutes * 60_000_000);
  return Object.entries(moments)
    .map(([table, columns]) => {
      const each = columns.map(
        (column) => `${column} = case when ${column} = 0 then 0 else ${column} - ${micros} end`,
      );
      return `update ${table} set ${each.join(', ')};`;
    })
    .join(' ');
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
async function end(child: ChildProcess, log: () => string, mayBreak: RegExp | null): Promise<void> {
  const exit = child.exitCode === null ? once(child, 'exit') : [child.exitCode, child.signalCode];
  child.kill('SIGTERM');
  const [code, signal] = await exit;
  if (code !== 0) throw new Error(`the demo ended with ${code ?? signal}:\n${log()}`);
  const broken = log()
    .split('\n')
    .filter((line) => /\bERROR\b|panicked/.test(line) && !mayBreak?.test(line));
  if (broken.length > 0) throw new Error(`the demo broke a page:\n${broken.join('\n')}`);
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const pieces: string[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece.toString()));
  return () => pieces.join('');
}

/**
 * Each worker has a thousand ports of its own, below those that the system hands to outgoing
 * connections: a port that was free a moment ago, or is to be free again after a restart, could
 * else belong to somebody's request by then. And above 10080, where browsers ask nobody for anything.
 */
const ports = { first: 11_000, perWorker: 1_000, taken: 0 };

async function freePorts(count: number): Promise<number[]> {
  const first = ports.first + ports.perWorker * Number(process.env.TEST_PARALLEL_INDEX ?? 0);
  const found: number[] = [];
  while (found.length < count) {
    if (ports.taken === ports.perWorker) throw new Error('this worker has used all of its ports');
    const port = first + ports.taken++;
    if (await isFree(port)) found.push(port);
  }
  return found;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return false;
  }
  await once(server.close(), 'close');
  return true;
}
