import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium as playwright } from '@playwright/test';
import { chromium } from '../support/chromium';
import { expect, test } from '../support/test';

test.describe('a browser that keeps no cookies', () => {
  let folder: string;
  let browser: BrowserContext;

  test.beforeEach(async ({ baseURL }) => {
    folder = await mkdtemp(join(tmpdir(), 'payung-no-cookies-'));
    await mkdir(join(folder, 'Default'));
    const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
    await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(blocked));
    browser = await playwright.launchPersistentContext(folder, {
      ...chromium,
      baseURL,
      locale: 'en-GB',
    });
  });

  test.afterEach(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  test('can read what is public', async () => {
    const page = await browser.newPage();
    for (const [path, heading] of Object.entries({
      '/': 'Your social security, clear and in your hands',
      '/status': 'Service status',
      '/help': 'Help',
      '/check': 'Is this message from us?',
      '/not-me': 'This was not me',
    })) {
      expect((await page.goto(path))?.status()).toBe(200);
      await expect(page.locator('h1')).toHaveText(heading);
    }
    expect(await browser.cookies()).toEqual([]);
  });

  test('is told why it cannot sign in, with what was typed still there', async ({ demo }) => {
    const page = await browser.newPage();
    await page.goto('/sign-in');
    await page.locator('#identifier').fill('siti');
    await page.locator('#password').fill(demo.password);
    await page.locator('#main-form button[data-busy]').click();
    await expect(page.getByRole('status').first()).toContainText('This browser does not keep cookies');
    await expect(page.locator('#identifier')).toHaveValue('siti');
    await expect(page.locator('#password')).toHaveValue('');
    expect(await browser.cookies()).toEqual([]);
  });

  test('is told why no link can be asked for, with what was typed still there', async () => {
    const page = await browser.newPage();
    await page.goto('/forgot-password');
    await page.locator('#identifier').fill('siti');
    await page.locator('#main-form button[data-busy]').click();
    await expect(page.getByRole('status').first()).toContainText('This browser does not keep cookies');
    await expect(page.locator('#identifier')).toHaveValue('siti');
    expect(await browser.cookies()).toEqual([]);
  });
});
