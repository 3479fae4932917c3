import { expect, type PlaywrightTestArgs, test as playwright } from '@playwright/test';
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

type Fixtures = PlaywrightTestArgs & ForEachTest & { demo: Demo };
type Use<T> = (value: T) => Promise<void>;

const forEachTest = {
  baseURL: async ({ demo }: Fixtures, use: Use<string>) => use(demo.address),
  outbox: async ({ demo }: Fixtures, use: Use<Outbox>) => use(new Outbox(demo.outbox)),
  visitor: async ({ page, demo, outbox }: Fixtures, use: Use<Visitor>) =>
    use(new Visitor(page, demo, outbox)),
  complaints: [
    async ({ context, demo }: Fixtures, use: Use<Complaints>) => {
      const complaints = watch(context, demo.address);
      await use(complaints);
      expect(complaints.all, 'complaints of the browser').toEqual([]);
    },
    { auto: true },
  ] as const,
};

async function aDemo({ engine }: { engine: Engine }, use: Use<Demo>): Promise<void> {
  const demo = await startDemo(engine);
  await use(demo);
  await demo.stop();
}

/** A test with a demonstration that it shares with others: it leaves its people as they were. */
export const test = playwright.extend<ForEachTest, ForEachWorker>({
  engine: ['sqlite', { option: true, scope: 'worker' }],
  demo: [aDemo, { scope: 'worker' }],
  ...(forEachTest as object),
});

/** A test with a demonstration of its own, whose people it may change and whose time it may move. */
export const alone = playwright.extend<ForEachTest & { demo: Demo }, { engine: Engine }>({
  engine: ['sqlite', { option: true, scope: 'worker' }],
  demo: aDemo,
  ...(forEachTest as object),
});

export { expect };

/** Marks what must be the same on SQLite and on PostgreSQL. */
export const onBothEngines = { tag: '@both-engines' };
