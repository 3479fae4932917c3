import type { Page } from '@playwright/test';
import { amountsOn } from '../support/amounts';
import { languages } from '../support/languages';
import { expect, onBothEngines, test } from '../support/test';

test.use({ locale: languages.en.locale });

test.describe('the contribution history', onBothEngines, () => {
  test.beforeEach(async ({ visitor, page }) => {
    await visitor.signIn('siti');
    await page.getByRole('link', { name: 'Contributions', exact: true }).click();
    await visitor.expectToBeAt('/contributions');
  });

  test('shows only what the filter asks for, and keeps the choice in the address', async ({
    page,
    visitor,
  }) => {
    await page.getByLabel('Year', { exact: true }).selectOption('2025');
    await page.getByLabel('Programme', { exact: true }).selectOption('JP');
    await page.getByRole('button', { name: 'Apply' }).click();
    await visitor.expectToBeAt('/contributions?year=2025&programme=JP&employer=');
    const rows = await detailsOf(page);
    expect(rows).toHaveLength(12);
    for (const row of rows) expect(row).toMatch(/^\w+ 2025\tJP\t/);
    await expect(page.getByRole('heading', { level: 3 })).toHaveText(['2025']);
    const totals = [...(await amountsOn(page)).keys()].filter((name) => name.startsWith('total-'));
    expect(totals).toEqual(['total-2025']);
  });

  test('tells the two employers apart', async ({ page }) => {
    const choice = page.getByLabel('Employer', { exact: true });
    const employers = choice.locator('option:not([value=""])');
    await expect(employers).toHaveCount(2);
    for (const name of await employers.allInnerTexts()) {
      await choice.selectOption({ label: name });
      await page.getByRole('button', { name: 'Apply' }).click();
      const rows = await detailsOf(page);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row).toContain(name);
    }
  });

  test('says so when there is nothing', async ({ page }) => {
    await page.goto('/contributions?year=1999');
    await expect(page.getByRole('status')).toHaveText('No contributions for this choice yet');
    await expect(page.getByRole('table')).toHaveCount(0);
  });

  test('marks the months that are missing, in the grid and in the rows', async ({ page }) => {
    const missing = page.getByRole('listitem').filter({ hasText: ': Not received' });
    await expect(missing).toHaveCount(2);
    await expect(page.getByText('2 months not received')).toBeVisible();
    await page.goto('/contributions?programme=JHT');
    const rows = (await detailsOf(page)).filter((row) => row.includes('Not received'));
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toContain('Ask about this month');
  });

  test('is read to its end page by page, each row once', async ({ page }) => {
    await page.goto('/contributions?programme=JHT');
    const seen: string[] = [];
    for (;;) {
      const rows = await detailsOf(page);
      expect(rows.length).toBeLessThanOrEqual(24);
      seen.push(...rows);
      const older = page.getByRole('link', { name: 'Earlier months' });
      if ((await older.count()) === 0) break;
      await older.click();
      await expect(page.locator('#rows')).toBeInViewport();
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(12 * 11);
    expect(seen.at(-1)).toMatch(/2014\tJHT/);
    await page.getByRole('link', { name: 'Back to the newest' }).click();
    expect(await detailsOf(page)).toEqual(seen.slice(0, 24));
  });

  test('draws every year as long as its amount', async ({ page }) => {
    const amounts = await amountsOn(page);
    const chart = page.getByRole('img', { name: /^Most contributions in \d{4}: Rp/ });
    const bars = await chart.evaluate((svg) =>
      [...svg.querySelectorAll('rect.chart-own')].map((own) => {
        const width = (rect: Element | null) => parseFloat(rect!.getAttribute('width')!);
        const employer = own.nextElementSibling;
        return width(own) + width(employer);
      }),
    );
    const totals = [...amounts].filter(([name]) => name.startsWith('total-')).map(([, sum]) => sum);
    const drawn = totals.slice(0, bars.length);
    expect(bars.length).toBeGreaterThan(10);
    const longest = Math.max(...bars);
    drawn.forEach((total, at) => {
      expect(bars[at]! / longest).toBeCloseTo(total / Math.max(...drawn), 1);
    });
  });
});

/** The rows of the details as text, cells set apart by tabs. */
async function detailsOf(page: Page): Promise<string[]> {
  const rows = page.getByRole('table', { name: 'Details' }).locator('tbody tr');
  await expect(rows.first()).toBeVisible();
  return rows.evaluateAll((found) =>
    found.map((row) =>
      [...row.children].map((cell) => (cell as HTMLElement).innerText.trim()).join('\t'),
    ),
  );
}
