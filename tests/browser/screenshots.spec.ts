import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type Device, devices } from './support/devices';
import { type Language, languages } from './support/languages';
import { expect, test } from './support/test';

interface Picture {
  file: string;
  path: string;
  device: Device;
  language: Language;
  colorScheme: 'light' | 'dark';
}

/** What the README shows. `PAYUNG_SCREENSHOTS=1` renews it; without, the pictures are only tried. */
const pictures: Picture[] = [
  { file: 'sign-in', path: '/sign-in', device: 'phone', language: 'id', colorScheme: 'light' },
  { file: 'dashboard', path: '/dashboard', device: 'desktop', language: 'en', colorScheme: 'light' },
  {
    file: 'contributions',
    path: '/contributions?programme=JHT',
    device: 'desktop',
    language: 'en',
    colorScheme: 'light',
  },
  { file: 'balance', path: '/balance', device: 'phone', language: 'id', colorScheme: 'dark' },
];

const isRenewing = process.env.PAYUNG_SCREENSHOTS === '1';
const docs = join(import.meta.dirname, '../../docs/screenshots');

for (const { file, path, device, language, colorScheme } of pictures) {
  test.describe(`the picture of ${path}`, () => {
    test.use({
      viewport: devices[device],
      locale: languages[language].locale,
      colorScheme,
      deviceScaleFactor: 1,
    });

    test('is sharp, small and of the demonstration as people start it', async ({
      page,
      visitor,
    }, testInfo) => {
      if (path !== '/sign-in') await visitor.signIn('siti');
      await page.goto(path);
      await showTheUsualPort(page);
      const target = isRenewing ? join(docs, `${file}.png`) : testInfo.outputPath(`${file}.png`);
      await page.screenshot({ path: target, animations: 'disabled', caret: 'hide' });
      expect((await stat(target)).size).toBeLessThan(150 * 1024);
    });
  });
}

/** The tests take any free port; the README's reader will have the usual one. */
async function showTheUsualPort(page: Page): Promise<void> {
  await page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode as Text;
      text.data = text.data.replace(location.host, 'localhost:8080');
    }
  });
}
