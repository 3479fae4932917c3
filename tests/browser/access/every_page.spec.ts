import type { Page } from '@playwright/test';
import { allFindings, findingsOf, wider } from '../support/access';
import { languages } from '../support/languages';
import { audiences } from '../support/pages/index';
import { expect, test } from '../support/test';

/** A desk, and the smallest width a page has to fit (WCAG 1.4.10). */
const widths = [1280, 320];

/** Where tables have just unfolded into columns, which may not fit yet. */
const narrowestWithColumns = 640;

/** Each language in one theme; the samples show the other two. */
const looks = [
  ['id', 'light'],
  ['en', 'dark'],
] as const;

for (const { who, arrive, pages } of audiences) {
  for (const [language, colorScheme] of looks) {
    test.describe(`every page of ${who}, in ${language}, ${colorScheme}`, () => {
      test.use({ locale: languages[language].locale, colorScheme });

      test('passes axe and fits its width', async ({ page, visitor }) => {
        test.slow();
        await arrive(visitor);
        for (const { name, open } of pages) {
          await open(visitor);
          // Wide first: the narrow one, where most is folded away or wrapped, is what axe looks at.
          for (const width of widths) {
            await page.setViewportSize({ width, height: 740 });
            expect.soft(await wider(page), `wider than the window: ${name} at ${width} px`).toEqual([]);
          }
          expect.soft(await allFindings(page), `axe: ${name}`).toEqual([]);
          if (colorScheme === 'dark') continue; // Columns are as wide in the light.
          await page.setViewportSize({ width: narrowestWithColumns, height: 740 });
          const cannotBePushed = await findingsOf(page, 'scrollable-region-focusable');
          expect.soft(cannotBePushed, `columns of ${name}`).toEqual([]);
          expect.soft(await wider(page), `wider than a tablet: ${name}`).toEqual([]);
        }
      });
    });
  }
}

for (const { who, arrive, pages } of audiences) {
  test.describe(`every page of ${who}`, () => {
    test.use({ locale: languages.id.locale, viewport: { width: 320, height: 740 } });

    test('takes wider text spacing without losing a letter', async ({ page, visitor }) => {
      test.slow();
      await arrive(visitor);
      for (const { name, open } of pages) {
        await open(visitor);
        await spaceTextOut(page);
        expect.soft(await clipped(page), `clipped: ${name}`).toEqual([]);
        expect.soft(await wider(page), `wider than the window: ${name}`).toEqual([]);
      }
    });

    test('is read in order without its style sheet: the heading opens what is new', async ({
      page,
      visitor,
      complaints,
    }) => {
      test.slow();
      await arrive(visitor);
      await page.route('**/assets/*.css', (route) => route.abort());
      for (const { name, open } of pages) {
        await open(visitor);
        expect.soft(await opening(page), name).toMatch(/^(problems )?h1$/);
        expect.soft(await shownToNobody(page), `${name}: shown but hidden`).toEqual([]);
      }
      complaints.expected(/ERR_FAILED/);
    });
  });
}

/** The spacing of WCAG 1.4.12, put in as the policy of the pages allows it: by script objects. */
async function spaceTextOut(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
      p { margin-bottom: 2em !important; }
    `);
    document.adoptedStyleSheets = [sheet];
  });
}

/** Boxes with text that does not fit and is cut off; what is meant for ears only does not count. */
function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.body.querySelectorAll<HTMLElement>('*')]
      .filter((element) => element.innerText?.trim() && !element.closest('.hidden, svg, select'))
      .filter((element) => {
        const style = getComputedStyle(element);
        const cuts = style.overflowX !== 'visible' || element.matches('a, button');
        const isTooWide = element.scrollWidth > element.clientWidth + 1;
        const isTooHigh = element.scrollHeight > element.clientHeight + 1;
        return style.display !== 'inline' && cuts && (isTooWide || isTooHigh);
      })
      .map((element) => element.outerHTML.slice(0, 100)),
  );
}

/** What comes first in the main part: its heading, after what needs fixing at most. */
function opening(page: Page): Promise<string> {
  return page.evaluate(() => {
    const first = [...document.querySelector('main')!.children].map((element) =>
      element.id === 'error-summary' ? 'problems' : element.localName,
    );
    return first.slice(0, first[0] === 'problems' ? 2 : 1).join(' ');
  });
}

/** Controls that wait for a script, and the question that waits for its time, stay away. */
function shownToNobody(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[hidden], dialog:not([open])')]
      .filter((element) => element.checkVisibility())
      .map((element) => element.outerHTML.slice(0, 100)),
  );
}
