import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test, expect } from '@playwright/test';
import { allFindings, wider } from '../support/access';

/**
 * Every page in every state that the tests of the pages have a sample of, errors and all: what a
 * demonstration can hardly be brought to show. Whoever adds a sample has it tried here.
 */
const gallery = process.env.PAYUNG_GALLERY;

/** So many samples a test, so that tests can be shared out. */
const share = 20;

/** One look each, in turn: a page with two samples is seen in both. Pages show the other looks. */
const looks = ['id.dark', 'en.light'];

const samples = namesOf(`.${looks[0]}.html`).map((name, nth) =>
  name.replace(looks[0]!, looks[nth % looks.length]!),
);
for (let from = 0; from < samples.length; from += share) {
  const some = samples.slice(from, from + share);
  test(`samples ${some[0]} and on pass axe and fit`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.route('http://gallery.example/**', (route) => {
      const { pathname } = new URL(route.request().url());
      return route.fulfill({ path: join(gallery!, decodeURIComponent(pathname)) });
    });
    for (const sample of some) {
      await page.goto(`http://gallery.example/${sample}`);
      // Wide first: the narrow one, where most is folded away or wrapped, is what axe looks at.
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 740 });
        expect.soft(await wider(page), `wider than the window: ${sample} at ${width} px`).toEqual([]);
      }
      expect.soft(await allFindings(page), `axe: ${sample}`).toEqual([]);
    }
  });
}

function namesOf(ending: string): string[] {
  if (!gallery) {
    throw new Error(
      'PAYUNG_GALLERY names no folder: cargo run -p payung-web --example gallery -- target/gallery',
    );
  }
  const names = readdirSync(gallery).filter((name) => name.endsWith(ending)).sort();
  if (names.length === 0) throw new Error(`no samples ${ending} in ${gallery}`);
  return names;
}
