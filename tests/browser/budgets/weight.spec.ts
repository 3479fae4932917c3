import { bothLanguages, languages } from '../support/languages';
import { audiences, type Weight } from '../support/pages/index';
import { sum } from '../support/amounts';
import { expect, test } from '../support/test';
import { type Transfer, Wire } from '../support/wire';

const KB = 1024;

/** The most a page may weigh, compressed and with its headers. */
const budgets: Record<Weight, number> = { public: 14, step: 10, dashboard: 24, member: 30 };

for (const { who, weight: usual, arrive, pages } of audiences) {
  test(`every page of ${who} keeps to its budget, in both languages`, async ({ page, visitor }) => {
    test.slow();
    const wire = await Wire.of(page);
    await arrive(visitor);
    for (const language of bothLanguages) {
      await page.goto(`/status?lang=${language}`);
      for (const { name, open, weight = usual } of pages) {
        wire.take();
        await open(visitor);
        // The last one is the page; what led there has its own line.
        const document = wire.take().filter(isDocument).at(-1);
        if (weight === null || !document) continue; // Unfolded on a page that was there already.
        const { bytes } = document;
        expect.soft(bytes, `bytes of ${name} in ${language}`).toBeLessThanOrEqual(budgets[weight] * KB);
        expect.soft(bytes, `bytes of ${name} in ${language}`).toBeGreaterThan(KB);
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

const isDocument = ({ kind }: Transfer) => kind === 'Document';

const bytesOf = (transfers: Transfer[], kind: string): number =>
  sum(transfers.filter((transfer) => transfer.kind === kind).map(({ bytes }) => bytes));
