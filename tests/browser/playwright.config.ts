import { defineConfig } from '@playwright/test';
import type { Engine } from './support/database';
import { chromium } from './support/chromium';

/**
 * Everything runs on SQLite. What an engine could change (sign-in, sessions, amounts) is tagged
 * `@both-engines` and runs on PostgreSQL too; how pages look and weigh does not depend on it. What
 * needs a server that can go away is tagged `@postgres` and runs there alone.
 */
export default defineConfig<object, { engine: Engine }>({
  testDir: '.',
  testIgnore: ['**/node_modules/**'],
  outputDir: 'results',
  fullyParallel: true,
  workers: 2,
  // Two cores carry browsers, servers and databases here: what fails once is tried again alone, and is
  // named as flaky at the end. What fails twice fails.
  retries: 1,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: { launchOptions: chromium },
  projects: [
    { name: 'sqlite', use: { engine: 'sqlite' }, grepInvert: /@postgres/ },
    { name: 'postgres', use: { engine: 'postgres' }, grep: /@both-engines|@postgres/ },
  ],
});
