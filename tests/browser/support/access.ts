import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Everything axe finds on a page, one line each. */
export function allFindings(page: Page): Promise<string[]> {
  // The one rule axe has for WCAG 2.2 is off unless asked for.
  const rules = { 'target-size': { enabled: true } };
  return lines(new AxeBuilder({ page }).options({ rules, resultTypes: ['violations'] }).withTags(tags));
}

/** Sees to a page that only a journey comes by what the walk over every page sees to. */
export async function expectFitForAll(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      const where = `${page.url()} at ${width} px, ${colorScheme}`;
      expect.soft(await allFindings(page), `axe: ${where}`).toEqual([]);
      expect.soft(await wider(page), `wider than the window: ${where}`).toEqual([]);
    }
  }
  if (before) await page.setViewportSize(before);
}

/** What one rule finds. */
export function findingsOf(page: Page, rule: string): Promise<string[]> {
  return lines(new AxeBuilder({ page }).withRules(rule));
}

async function lines(axe: AxeBuilder): Promise<string[]> {
  // Our pages have no frames, so nothing is to be gathered from other pages: half the time.
  const { violations } = await axe.setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
  );
}

/** What sticks out on the right, when the page can be scrolled there. */
export function wider(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .map((element) => element.outerHTML.slice(0, 100));
  });
}
