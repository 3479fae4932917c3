import type { Page } from '@playwright/test';
import { languages } from '../support/languages';
import { expect, onBothEngines, test } from '../support/test';

test.use({ locale: languages.en.locale });

test.describe('a session', onBothEngines, () => {
  test('H-03 is a random cookie that scripts cannot read and that goes with the browser', async ({
    context,
    page,
    visitor,
  }) => {
    await visitor.signIn('siti');
    const cookies = await context.cookies();
    expect(cookies.map((cookie) => cookie.name).sort()).toEqual(['payung-browser', 'payung-session']);
    const session = cookies.find((cookie) => cookie.name === 'payung-session')!;
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', expires: -1 });
    expect(session.value).toMatch(/^[\w-]{43}$/);
    expect(await page.evaluate(() => document.cookie)).toBe('');

    await visitor.signOut();
    await visitor.signIn('siti');
    const next = (await context.cookies()).find((cookie) => cookie.name === 'payung-session')!;
    expect(next.value).not.toBe(session.value);
  });

  test('H-06 that was signed out is over for a copy of its cookie too', async ({
    context,
    page,
    visitor,
  }) => {
    await visitor.signIn('siti');
    const stolen = await context.cookies();
    await visitor.signOut();
    await context.addCookies(stolen);
    await page.goto('/balance');
    await visitor.expectToBeAt('/sign-in?next=%2Fbalance&reason=session-ended');
    await expect(page.getByRole('status').filter({ hasText: 'Session ended' })).toBeVisible();
  });

  test('brings whoever was asked to sign in back to the page they wanted', async ({
    page,
    visitor,
    outbox,
  }) => {
    const code = await outbox.codeSentBy(async () => {
      await page.goto('/contributions?year=2025');
      await visitor.expectToBeAt('/sign-in?next=%2Fcontributions%3Fyear%3D2025');
      await visitor.givePassword('siti');
      await visitor.chooseWay('sms');
    });
    await visitor.giveCode(code);
    await visitor.expectToBeAt('/contributions?year=2025');
  });

  test.describe('that is about to end', () => {
    test.beforeEach(async ({ page, visitor }) => {
      await visitor.signIn('siti');
      await page.clock.install();
      await page.goto('/balance');
    });

    test('R-03 asks three minutes before, and goes on with one tap', async ({ page }) => {
      const link = page.getByRole('link', { name: 'Personal details' });
      await link.focus();
      await page.clock.fastForward('11:50');
      await expect(question(page)).toBeHidden();
      await page.clock.runFor('00:15');
      await expect(question(page)).toBeVisible();
      await expect(question(page)).toContainText('Your session ends in 3 minutes');
      await expect(question(page).getByRole('button')).toBeFocused();

      await question(page).getByRole('button', { name: 'Stay signed in' }).click();
      await expect(question(page)).toBeHidden();
      await expect(link).toBeFocused();
      await page.clock.fastForward('11:50');
      await expect(question(page)).toBeHidden();
    });

    test('takes Esc for staying', async ({ page }) => {
      await page.clock.fastForward('12:05');
      await expect(question(page)).toBeVisible();
      const extended = page.waitForResponse('**/session/extend');
      await page.keyboard.press('Escape');
      expect((await extended).status()).toBe(200);
      await expect(question(page)).toBeHidden();
    });

    test('counts down in words', async ({ page }) => {
      await page.clock.fastForward('14:15');
      await expect(question(page)).toContainText(/ends in 4\d seconds/);
    });

    test('leaves nothing on the screen when nobody answers', async ({
      context,
      page,
      visitor,
    }) => {
      // The service's clock stands still for the test, so its end of the session is made here.
      await endOnTheServer(page);
      await page.clock.fastForward('15:05');
      await visitor.expectToBeAt('/sign-in?next=%2Fbalance&reason=session-ended');
      await expect(page.locator('[data-amount]')).toHaveCount(0);
      expect((await context.cookies()).map((cookie) => cookie.name)).not.toContain('payung-session');
    });

    test('says so when it was over already', async ({ page, visitor }) => {
      await page.clock.fastForward('12:05');
      await endOnTheServer(page);
      await question(page).getByRole('button', { name: 'Stay signed in' }).click();
      await visitor.expectToBeAt('/sign-in?next=%2Fbalance&reason=session-ended');
    });
  });

  test.describe('without scripts', () => {
    test.use({ javaScriptEnabled: false });

    test('prints its limit and a link that goes on', async ({ page, visitor }) => {
      await visitor.signIn('siti');
      await page.goto('/contributions?year=2025');
      await expect(page.getByText('Your session ends 15 minutes after the last page.')).toBeVisible();
      await page.getByRole('link', { name: 'Stay signed in' }).click();
      await visitor.expectToBeAt('/contributions?year=2025');
      await expect(question(page)).toBeHidden();
    });
  });
});

function question(page: Page) {
  return page.locator('#session-dialog');
}

/** Signs out where the page does not notice: it still has its cookie. */
async function endOnTheServer(page: Page): Promise<void> {
  const context = page.context();
  const cookies = await context.cookies();
  const elsewhere = await context.browser()!.newContext({ baseURL: new URL(page.url()).origin });
  await elsewhere.addCookies(cookies);
  const other = await elsewhere.newPage();
  await other.goto('/sign-out');
  await other.locator('#main-form button').click();
  await other.waitForURL('**/sign-in?reason=signed-out');
  await elsewhere.close();
}
