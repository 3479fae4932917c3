import { expect, test as playwright } from '@playwright/test';
import type { Engine } from './database';
import { type Demo, startDemo } from './demo';
import { Outbox } from './outbox';
import { Visitor } from './visitor';
import { type Complaints, watch } from './watch';

interface ForEachWorker {
  engine: Engine;
  demo: Demo;
}

interface ForEachTest {
  outbox: Outbox;
  /** Somebody with the test's own page. */
  visitor: Visitor;
  /** What browsers complained about so far; a test that provokes a complaint takes it out. */
  complaints: Complaints;
}

/** A test with a demonstration of its worker's own, which nothing may go wrong in unnoticed. */
export const test = playwright.extend<ForEachTest, ForEachWorker>({
  engine: ['sqlite', { option: true, scope: 'worker' }],
  demo: [
    async ({ engine }, use) => {
      const demo = await startDemo(engine);
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ demo }, use) => use(demo.address),
  outbox: async ({ demo }, use) => use(new Outbox(demo.outbox)),
  visitor: async ({ page, demo, outbox }, use) => use(new Visitor(page, demo, outbox)),
  complaints: [
    async ({ context, demo }, use) => {
      const complaints = watch(context, demo.address);
      await use(complaints);
      expect(complaints.all, 'complaints of the browser').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Marks what must be the same on SQLite and on PostgreSQL. */
export const onBothEngines = { tag: '@both-engines' };
