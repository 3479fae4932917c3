import type { Page } from '@playwright/test';
import { devices } from '../support/devices';
import { audiences } from '../support/pages/index';
import { expect, test } from '../support/test';

for (const { who, arrive, pages } of audiences) {
  test.describe(`every page of ${who} on a phone`, () => {
    test.use({ viewport: devices.phone });

    test('stands still while it comes', async ({ page, visitor }) => {
      test.slow();
      await arrive(visitor);
      for (const { name, open } of pages) {
        await open(visitor);
        await page.waitForLoadState('load');
        expect.soft(await shift(page), `layout shift of ${name}`).toBeLessThanOrEqual(0.02);
      }
    });
  });
}

interface LayoutShift extends PerformanceEntry {
  value: number;
  /** What follows a tap is no surprise. */
  hadRecentInput: boolean;
}

/** How much has moved by itself so far, as browsers measure it (CLS). */
function shift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as LayoutShift[]) {
            if (!entry.hadRecentInput) sum += entry.value;
          }
        }).observe({ type: 'layout-shift', buffered: true });
        // Two frames: the first has drawn the page, the second delivers what was observed.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
      }),
  );
}
