import type { Page } from '@playwright/test';
import { languages } from '../support/languages';
import { expect, onBothEngines, test } from '../support/test';
import { Visitor } from '../support/visitor';

const words = languages.en;
test.use({ locale: words.locale });

test.describe('what goes wrong on the way in', onBothEngines, () => {
  test('S7 the back button after signing out shows nothing of the member', async ({
    page,
    visitor,
  }) => {
    await visitor.signIn('siti');
    await page.goto('/balance');
    await expect(page.locator('[data-amount]').first()).toBeVisible();
    await visitor.signOut();
    for (const step of ['/sign-out', '/balance', '/dashboard']) {
      await page.goBack();
      await page.waitForLoadState();
      await expect(page.locator('body'), `one step back, at ${step}`).not.toContainText('Wulandari');
      await expect(page.locator('[data-amount]')).toHaveCount(0);
    }
    await page.goto('/dashboard');
    await visitor.expectToBeAt('/sign-in?next=%2Fdashboard');
  });

  test('R-03 a form left open too long keeps what was typed, but not the password', async ({
    page,
    visitor,
  }) => {
    await visitor.openSignIn();
    await makeFormTooOld(page);
    await visitor.givePassword('siti');
    await expect(visitor.problems).toContainText(words.stale);
    await expect(page.locator('#identifier')).toHaveValue('siti');
    await expect(page.locator('#password')).toHaveValue('');

    await page.locator('#password').fill('payung-demo-2026');
    await visitor.sendForm();
    await visitor.expectToBeAt('/sign-in/method');
  });

  test('a code page left open too long takes the same code the second time', async ({
    page,
    visitor,
  }) => {
    const code = await visitor.askForCode('siti');
    await makeFormTooOld(page);
    await visitor.giveCode(code);
    await expect(visitor.problems).toContainText(words.stale);
    await visitor.giveCode(code);
    await visitor.expectToBeAt('/dashboard');
  });

  test('B-03 two browsers in two sign-ins: the code of one opens only that one', async ({
    browser,
    baseURL,
    demo,
    outbox,
    visitor,
  }) => {
    const elsewhere = await browser.newContext({ baseURL, locale: words.locale });
    const other = new Visitor(await elsewhere.newPage(), demo, outbox);
    const here = await visitor.askForCode('siti');
    const there = await other.askForCode('siti');

    await visitor.giveCode(there);
    await expect(visitor.problems).toContainText('That code does not match');
    await visitor.giveCode(here);
    await visitor.expectToBeAt('/dashboard');
    await other.giveCode(there);
    await other.expectToBeAt('/dashboard');
    await elsewhere.close();
  });

  test('L9 two tabs in two sign-ins: the later one counts, and nothing is mixed', async ({
    context,
    demo,
    outbox,
    visitor,
  }) => {
    const otherTab = new Visitor(await context.newPage(), demo, outbox);
    const codeOfSiti = await visitor.askForCode('siti');
    const codeOfBudi = await outbox.codeSentBy(async () => {
      await otherTab.openSignIn();
      await otherTab.givePassword('budi');
    });

    await visitor.giveCode(codeOfSiti);
    await expect(visitor.problems).toContainText(words.stale);
    await visitor.giveCode(codeOfSiti);
    await expect(visitor.problems).toContainText('That code does not match');

    await otherTab.giveCode(codeOfBudi);
    await otherTab.expectToBeAt('/dashboard');
    await expect(otherTab.heading).toHaveText('Hello, Budi Gemilang');
    await visitor.page.goto('/dashboard');
    await expect(visitor.heading).toHaveText('Hello, Budi Gemilang');
  });

  test('a second tap finds the button busy, until the first has had its time', async ({
    page,
    visitor,
  }) => {
    const code = await visitor.askForCode('siti');
    await page.clock.install();
    await page.reload();
    const sent = await swallowForms(page);
    await page.locator('#code').fill(code);
    const width = (await visitor.mainButton.boundingBox())!.width;
    await visitor.mainButton.click();
    await expect(visitor.mainButton).toHaveText(words.sending);
    await expect(visitor.mainButton).toHaveAttribute('aria-disabled', 'true');
    expect((await visitor.mainButton.boundingBox())!.width).toBeCloseTo(width, 0);
    await visitor.mainButton.click({ force: true });
    expect(sent()).toBe(1);

    await page.clock.runFor('00:21');
    await expect(visitor.mainButton).toHaveText(words.continue);
    await visitor.mainButton.click();
    expect(sent()).toBe(2);
  });

  test.describe('without scripts', () => {
    test.use({ javaScriptEnabled: false });

    test('L7 a double click on the code form signs in once', async ({ page, visitor }) => {
      const code = await visitor.askForCode('siti');
      await page.locator('#code').fill(code);
      await visitor.mainButton.dblclick();
      await expect(visitor.heading).toHaveText(new RegExp(`${words.hello}|${words.received}`));
      if ((await visitor.heading.innerText()) === words.received) await visitor.sendForm();
      await visitor.expectToBeAt('/dashboard');
    });

    test('when the answer to a code is lost, the next tap says it came and goes on', async ({
      page,
      visitor,
    }) => {
      const code = await visitor.askForCode('siti');
      await loseTheNextAnswer(page, '/sign-in/code');
      await page.locator('#code').fill(code);
      await visitor.sendForm();
      await visitor.sendForm();
      await expect(visitor.heading).toHaveText(words.received);
      await visitor.sendForm();
      await visitor.expectToBeAt('/dashboard');
      await expect(visitor.heading).toHaveText(words.hello);
    });

    test('when the answer to a password is lost, the next tap counts as the first', async ({
      page,
      visitor,
    }) => {
      await visitor.openSignIn();
      await loseTheNextAnswer(page, '/sign-in');
      await visitor.givePassword('siti');
      await visitor.sendForm();
      await visitor.expectToBeAt('/sign-in/method');
    });
  });
});

/** As after a day: the token in the page is none that the service would take any more. */
async function makeFormTooOld(page: Page): Promise<void> {
  await page.locator('#main-form input[name="csrf"]').evaluate((input) => {
    (input as HTMLInputElement).value = 'b2xkLW9sZC1vbGQtb2xkLW9sZC1vbGQtb2xkLW9sZC1vbGQtb2xk';
  });
}

/** Forms leave and nothing comes back, as in a lift; says how many have left. */
async function swallowForms(page: Page): Promise<() => number> {
  let count = 0;
  await page.route('**', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    count += 1;
    await route.fulfill({ status: 204 });
  });
  return () => count;
}

/** The service gets the form; the browser never learns what came of it, and stays where it is. */
async function loseTheNextAnswer(page: Page, path: string): Promise<void> {
  await page.route(`**${path}`, async (route) => {
    const request = route.request();
    const { 'content-type': type, cookie, 'user-agent': agent } = await request.allHeaders();
    const answer = await fetch(request.url(), {
      method: request.method(),
      headers: { 'content-type': type!, cookie: cookie!, 'user-agent': agent! },
      body: request.postData(),
      redirect: 'manual',
    });
    if (answer.status !== 303) throw new Error(`the form was not taken: ${answer.status}`);
    await route.fulfill({ status: 204 });
  }, { times: 1 });
}
