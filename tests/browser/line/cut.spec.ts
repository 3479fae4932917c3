import { randomUUID } from 'node:crypto';
import type { Browser } from '@playwright/test';
import { authenticatorCode } from '../support/authenticator';
import { BadLine } from '../support/bad_line';
import type { Demo } from '../support/demo';
import { type Again, insist, type Step } from '../support/insisting';
import { type Cut, Line } from '../support/line';
import { type News, Outbox } from '../support/outbox';
import { alone as test, expect } from '../support/test';
import { Visitor } from '../support/visitor';

/** Something people do, page by page. */
interface Walk {
  name: string;
  /** What happens before the line gets bad. */
  begin?(visitor: Visitor): Promise<unknown>;
  /** Made anew for each time. */
  steps(visitor: Visitor): Step[];
  /** What must have happened once, by the name it has in the activity list. */
  once: string;
}

const isAt = (path: string) => async ({ page }: Visitor): Promise<boolean> => {
  const url = new URL(page.url());
  // The page has come as far as its end.
  return url.pathname + url.search === path && page.locator('footer').isVisible();
};

const open = (path: string): Step => ({
  does: ({ page }) => page.goto(path),
  isDone: isAt(path),
});

const shows = (selector: string) => ({ page }: Visitor): Promise<boolean> =>
  page.locator(selector).isVisible();

const signIn = (visitor: Visitor): Promise<void> => visitor.signIn('siti', 'email');

const aNewPassword = () => `kereta ${randomUUID()} senja`;

const walks: Walk[] = [
  {
    name: 'a sign-in',
    once: 'signed-in',
    steps: () => {
      let news: News;
      return [
        open('/sign-in'),
        {
          does: (visitor) => visitor.givePassword('siti'),
          isDone: isAt('/sign-in/method'),
        },
        {
          does: async (visitor) => {
            news ??= await visitor.outbox.fromNowOn();
            await visitor.page.locator('input[name="method"][value="sms"]').check();
            await visitor.sendForm();
          },
          isDone: isAt('/sign-in/code'),
        },
        {
          does: async (visitor) => {
            await visitor.page.locator('#code').fill(await news.code());
            await visitor.sendForm();
          },
          isDone: isAt('/dashboard'),
        },
      ];
    },
  },
  {
    name: 'a forgotten password',
    once: 'reset-done',
    steps: (visitor) => {
      const password = aNewPassword();
      let news: News;
      return [
        open('/forgot-password'),
        {
          does: async ({ page }) => {
            news ??= await visitor.outbox.fromNowOn();
            await page.locator('#identifier').fill('rina');
            await visitor.sendForm();
          },
          isDone: isAt('/forgot-password/sent'),
        },
        {
          does: async ({ page }) => page.goto(pathOf(await news.link('/reset-password'))),
          isDone: isAt('/reset-password'),
        },
        {
          does: async ({ page }) => {
            await page.locator('#new_password').fill(password);
            await visitor.sendForm();
          },
          isDone: async (here) =>
            (await isAt('/sign-in?reason=password-changed')(here)) ||
            // "Your password was changed at …"
            shows('a.button[href="/sign-in"]')(here),
        },
      ];
    },
  },
  {
    name: 'an authenticator app',
    once: 'factor-added',
    // A letter is not enough to add a way in (J-02).
    begin: (visitor) => visitor.signIn('siti', 'sms'),
    steps: () => [
      open('/security/app'),
      { does: (visitor) => visitor.sendForm(), isDone: shows('.qr') },
      {
        does: async (visitor) => {
          const key = (await visitor.page.locator('.key').innerText()).replaceAll(' ', '');
          await visitor.page.locator('#code').fill(authenticatorCode(key));
          await visitor.sendForm();
        },
        isDone: isAt('/security?done=app-added'),
      },
    ],
  },
  {
    name: 'signing other devices out',
    once: 'sessions-ended',
    begin: async (visitor) => {
      const elsewhere = await visitor.somewhereElse();
      await elsewhere.signIn('siti', 'email');
      await elsewhere.page.context().close();
      await signIn(visitor);
    },
    steps: () => [
      open('/security/devices'),
      {
        does: (visitor) => visitor.sendForm(),
        isDone: async (visitor) => /ended=/.test(visitor.page.url()) && shows('footer')(visitor),
      },
    ],
  },
  {
    name: '“this was not me”',
    once: 'not-me-reported',
    begin: async (visitor) => {
      // The time before has taken the password's worth.
      visitor.demo.database.run('update accounts set password_distrusted_at = null');
      await signIn(visitor);
    },
    steps: () => [
      open('/not-me'),
      {
        does: (visitor) => visitor.sendForm(),
        // The address is the button's until the page says that it is done.
        isDone: async (visitor) => (await shows('ol')(visitor)) && !(await shows('#main-form')(visitor)),
      },
    ],
  },
];

/** The sign-in always; with `PAYUNG_LONG=1` the others too, which take a quarter of an hour. */
const taken = process.env.PAYUNG_LONG ? walks : walks.slice(0, 1);

/**
 * When a request is lost, and what somebody does who waits in vain: the walks take turns. Whoever
 * reloads types nothing again: what was typed is still there, with the browser or with us.
 */
const manners = [
  ['after', 'reload'],
  ['before', 'back'],
] as const;

test.describe('any one request is lost', () => {
  for (const [turn, { name, once, begin, steps }] of taken.entries()) {
    const [when, again] = manners[turn % manners.length]!;
    const lost = when === 'before' ? 'on its way' : 'with its answer';
    test(`${name} is done once, each request lost ${lost}, then ${again}`, async ({ demo, browser }) => {
      test.setTimeout(300_000);
      // The first walk has the worst of lines besides.
      const slow = turn === 0 ? await BadLine.to(demo.address) : null;
      const line = await Line.to((slow ?? demo).address);
      const walk = async (cut: { index: number; when: Cut } | null) => {
        const visitor = await somebody(browser, demo, line);
        await begin?.(visitor);
        const before = demo.happened(once);
        line.listen(cut);
        for (const step of steps(visitor)) await insist(visitor, step, again);
        expect(demo.happened(once) - before, `${once}, ${line.asked.join(', ')}`).toBe(1);
        await visitor.page.context().close();
      };
      await walk(null);
      const asked = [...line.asked];
      expect(asked.length).toBeGreaterThan(4);
      for (const [index, request] of asked.entries()) {
        await test.step(`${index}: ${request}`, () => walk({ index, when }));
      }
      await line.hangUp();
      await slow?.hangUp();
    });
  }
});

async function somebody(browser: Browser, demo: Demo, line: Line): Promise<Visitor> {
  line.listen();
  const context = await browser.newContext({ baseURL: line.address, locale: 'en-GB' });
  const outbox = new Outbox(demo.outbox);
  return new Visitor(await context.newPage(), { ...demo, address: line.address }, outbox);
}

const pathOf = (link: string): string => {
  const { pathname, search } = new URL(link);
  return pathname + search;
};
