import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

export type Engine = 'sqlite' | 'postgres';

/** Where a demo keeps its people. */
export interface Database {
  /** What `payung demo` is told about it. */
  args: string[];
  /** Where other commands find it. */
  url: string;
  /** Changes what is kept, or looks it up, behind the back of the service. */
  run(sql: string): string;
  /** Lets nobody in any more, or everybody again. */
  shut(isShut: boolean): void;
  drop(): void;
}

/** A database of its own for the demo that keeps its data in this folder. */
export function newDatabase(engine: Engine, folder: string): Database {
  return engine === 'sqlite' ? inTheFolder(folder) : newPostgresDatabase();
}

function inTheFolder(folder: string): Database {
  const file = join(folder, 'payung.db');
  return {
    args: [],
    url: file,
    run: (sql) => String(execFileSync('sqlite3', ['-cmd', '.timeout 10000', file, sql])).trim(),
    shut: () => {
      throw new Error('a file cannot be shut: this is for a server');
    },
    drop: () => {},
  };
}

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
    url: url.href,
    run: (sql) => say(url.href, sql),
    shut: (isShut) => {
      say(server, `alter database ${name} allow_connections ${!isShut}`);
      const everybody = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`;
      if (isShut) say(server, everybody);
    },
    drop: () => say(server, `drop database ${name} with (force)`),
  };
}

function say(server: string, sql: string): string {
  const plain = ['--no-psqlrc', '--quiet', '--no-align', '--tuples-only', '--set=ON_ERROR_STOP=1'];
  return String(execFileSync('psql', [server, ...plain, '--command', sql])).trim();
}
