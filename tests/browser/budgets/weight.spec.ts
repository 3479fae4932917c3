import { bothLanguages, languages } from '../support/languages';
import {
  type PageInUse,
  pagesOfAgus,
  pagesOfDewi,
  pagesOfSiti,
  publicPages,
  signInSteps,
} from '../support/pages';
import { sum } from '../support/amounts';
import { expect, test } from '../support/test';
import type { Visitor } from '../support/visitor';
import { type Transfer, Wire } from '../support/wire';

const KB = 1024;

interface Class {
  what: string;
  /** The most a page of the class may weigh, compressed and with its headers. */
  kilobytes: number;
  pages: PageInUse[];
  arrive(visitor: Visitor): Promise<void>;
}

const nobody = async () => {};
const isDashboard = ({ name }: PageInUse) => name.startsWith('dashboard');
const isNoDashboard = (page: PageInUse) => !isDashboard(page);
const isNoOutbox = ({ name }: PageInUse) => name !== 'outbox';

const classes: Class[] = [
  // The outbox grows with what was sent, and exists in the demonstration only.
  { what: 'a public page', kilobytes: 14, pages: publicPages.filter(isNoOutbox), arrive: nobody },
  { what: 'a step of signing in', kilobytes: 10, pages: signInSteps, arrive: nobody },
  ...[
    { member: 'siti', pages: pagesOfSiti },
    { member: 'dewi', pages: pagesOfDewi },
    { member: 'agus', pages: pagesOfAgus },
  ].flatMap(({ member, pages }) => {
    const arrive = (visitor: Visitor) => visitor.signIn(member, 'email');
    return [
      { what: `the dashboard of ${member}`, kilobytes: 24, pages: pages.filter(isDashboard), arrive },
      { what: `a page of ${member}`, kilobytes: 30, pages: pages.filter(isNoDashboard), arrive },
    ];
  }),
];

for (const { what, kilobytes, pages, arrive } of classes) {
  test(`${what} weighs ${kilobytes} KB at most, in both languages`, async ({ page, visitor }) => {
    const wire = await Wire.of(page);
    await arrive(visitor);
    for (const language of bothLanguages) {
      await page.goto(`/status?lang=${language}`);
      for (const { name, open } of pages) {
        wire.take();
        await open(visitor);
        const documents = wire.take().filter(isDocument).map(({ bytes }) => bytes);
        if (documents.length === 0) continue; // Unfolded on a page that was there already.
        const heaviest = Math.max(...documents);
        expect.soft(heaviest, `bytes of ${name} in ${language}`).toBeLessThanOrEqual(kilobytes * KB);
        expect.soft(heaviest, `bytes of ${name} in ${language}`).toBeGreaterThan(KB);
      }
    }
  });
}

test.describe('the first visit', () => {
  test.use({ locale: languages.id.locale });

  test('takes four requests at most, and the next page one', async ({ page }) => {
    const wire = await Wire.of(page);
    await page.goto('/', { waitUntil: 'networkidle' });
    const first = wire.take();
    expect(first.map(({ kind }) => kind).sort()).toEqual(
      expect.arrayContaining(['Document', 'Script', 'Stylesheet']),
    );
    expect(first.length).toBeLessThanOrEqual(4);
    expect(bytesOf(first, 'Stylesheet')).toBeLessThanOrEqual(12 * KB);
    expect(bytesOf(first, 'Script')).toBeLessThanOrEqual(10 * KB);
    expect(first.filter(({ kind }) => ['Font', 'Media'].includes(kind))).toEqual([]);

    await page.goto('/help', { waitUntil: 'networkidle' });
    expect(wire.take().map(({ kind }) => kind)).toEqual(['Document']);
  });

  test('signs in with ten requests and 80 KB at most, redirects counted', async ({
    page,
    visitor,
  }) => {
    const wire = await Wire.of(page);
    await visitor.signIn('siti');
    await page.waitForLoadState('networkidle');
    const all = wire.take();
    const listed = all.map(({ kind, url, bytes }) => `${kind} ${url}: ${bytes}`).join('\n');
    expect(all.length, listed).toBeGreaterThanOrEqual(9);
    expect(all.length, listed).toBeLessThanOrEqual(10);
    expect(sum(all.map(({ bytes }) => bytes)), listed).toBeLessThanOrEqual(80 * KB);
  });
});

test.describe('on a bad network', () => {
  test('signing in works all the same', async ({ page, visitor }) => {
    test.slow();
    const wire = await Wire.of(page);
    await wire.slowDown();
    await visitor.signIn('siti');
    await page.goto('/contributions');
    await expect(page.locator('#rows')).toBeVisible();
    const slow = await page.evaluate(() => performance.timing.responseEnd - performance.timing.navigationStart);
    expect(slow, 'the network was slow indeed').toBeGreaterThan(400);
  });
});

const isDocument = ({ kind }: Transfer) => kind === 'Document';

const bytesOf = (transfers: Transfer[], kind: string): number =>
  sum(transfers.filter((transfer) => transfer.kind === kind).map(({ bytes }) => bytes));
