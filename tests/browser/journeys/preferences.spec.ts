import type { Page } from '@playwright/test';
import { languages } from '../support/languages';
import { expect, test } from '../support/test';

test.describe('the language', () => {
  test.use({ locale: languages.id.locale });

  test('is the browser’s, until a link changes it for good', async ({ page }) => {
    await page.goto('/help');
    await expect(page.locator('h1')).toHaveText('Bantuan');
    await page.getByRole('link', { name: 'English' }).click();
    await expect(page.locator('h1')).toHaveText('Help');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await page.goto('/sign-in');
    await expect(page.locator('h1')).toHaveText('Sign in');
    await page.getByRole('link', { name: 'Indonesia' }).click();
    await expect(page.locator('h1')).toHaveText('Masuk');
  });

  test('R-09 changes in the middle of a sign-in, and the code still works', async ({
    page,
    visitor,
  }) => {
    const code = await visitor.askForCode('siti');
    await page.getByRole('link', { name: 'English' }).click();
    await expect(visitor.heading).toHaveText('Enter the code');
    await page.locator('#code').fill(code);
    await visitor.sendForm();
    await expect(visitor.heading).toHaveText(languages.en.hello);
  });

  test('changes on the same page with the same choice', async ({ page, visitor }) => {
    await visitor.signIn('siti');
    await page.goto('/contributions?year=2025&programme=JP');
    await page.getByRole('link', { name: 'English' }).click();
    await expect(visitor.heading).toHaveText('Contributions');
    await expect(page.getByLabel('Year', { exact: true })).toHaveValue('2025');
    await expect(page.getByLabel('Programme', { exact: true })).toHaveValue('JP');
  });

  test('changes on a page that says what to fix, and begins it anew', async ({
    page,
    visitor,
  }) => {
    await visitor.openSignIn();
    await visitor.sendForm();
    await expect(page).toHaveTitle(/^Kesalahan: /);
    await page.getByRole('link', { name: 'English' }).click();
    await expect(visitor.heading).toHaveText('Sign in');
  });
});

for (const scripts of [true, false]) {
  test.describe(`the appearance, ${scripts ? 'with' : 'without'} scripts`, () => {
    test.use({ locale: languages.en.locale, javaScriptEnabled: scripts, colorScheme: 'light' });

    test('is the device’s, until a button changes it for good', async ({ page, visitor }) => {
      const light = 'rgb(255, 255, 255)';
      const dark = 'rgb(18, 24, 23)';
      await page.goto('/help');
      expect(await background(page)).toBe(light);
      await expect(button(page, 'Same as device')).toHaveAttribute('aria-pressed', 'true');

      await button(page, 'Dark').click();
      await visitor.expectToBeAt('/help');
      expect(await background(page)).toBe(dark);
      await page.goto('/');
      expect(await background(page)).toBe(dark);
      await expect(button(page, 'Dark')).toHaveAttribute('aria-pressed', 'true');

      await page.emulateMedia({ colorScheme: 'dark' });
      await button(page, 'Light').click();
      expect(await background(page)).toBe(light);
      await button(page, 'Same as device').click();
      expect(await background(page)).toBe(dark);
    });
  });
}

test.describe('who saves data', () => {
  test.use({ locale: languages.en.locale, extraHTTPHeaders: { 'save-data': 'on' } });

  test('gets the table without the drawing', async ({ page, visitor }) => {
    await visitor.signIn('siti');
    await page.goto('/contributions');
    await expect(page.getByRole('table', { name: 'Year by year' })).toBeVisible();
    await expect(page.locator('.chart')).toHaveCount(0);
  });
});

function button(page: Page, name: string) {
  return page.getByRole('button', { name, exact: true });
}

function background(page: Page): Promise<string> {
  return page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
}
