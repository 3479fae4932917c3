import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';

export type Engine = 'sqlite' | 'postgres';

/** Where a demo keeps its people. */
export interface Database {
  /** What `payung demo` is told about it. */
  args: string[];
  drop(): void;
}

/** A database of its own for one demo. */
export function newDatabase(engine: Engine): Database {
  return engine === 'sqlite' ? inTheDemosOwnFolder : newPostgresDatabase();
}

const inTheDemosOwnFolder: Database = { args: [], drop: () => {} };

function newPostgresDatabase(): Database {
  const server = process.env.PAYUNG_TEST_POSTGRES;
  if (!server) {
    throw new Error('PAYUNG_TEST_POSTGRES names no server; `cargo xtask test` starts one');
  }
  const name = `payung_browser_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  say(server, `create database ${name}`);
  return {
    args: ['--database', url.href],
    drop: () => say(server, `drop database ${name} with (force)`),
  };
}

function say(server: string, sql: string): void {
  execFileSync('psql', [server, '--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--command', sql]);
}
