import { alone as test, expect } from '../support/test';
import type { Visitor } from '../support/visitor';

/** Goes to the application, and through Payung to the question whether it may know what it asks. */
async function arriveAtTheQuestion(visitor: Visitor): Promise<void> {
  const code = await visitor.outbox.codeSentBy(async () => {
    await visitor.page.goto(visitor.demo.relyingParty);
    await visitor.page.locator('#sign-in').click();
    await visitor.givePassword('siti');
    await visitor.chooseWay('sms');
  });
  await visitor.giveCode(code);
  await expect(visitor.heading).toContainText('Klaim Daring (contoh)');
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(`the sample application, ${javaScriptEnabled ? 'with' : 'without'} scripts`, () => {
    test.use({ javaScriptEnabled, locale: 'en-GB' });

    test.afterEach(({ complaints }) => {
      // It is somebody else's, so it is a third party to everything else that is looked at.
      complaints.expected(/^request to a third party: http:\/\/127\.0\.0\.1:\d+\//);
    });

    test('siti signs in, sees what it was told, and signs out everywhere', async ({ page, visitor, demo }) => {
      const told = (table: string, claim: string) =>
        page.locator(`#${table} tr`, { has: page.getByRole('rowheader', { name: claim, exact: true }) }).locator('td');

      await arriveAtTheQuestion(visitor);
      await page.locator('#consent-allow').click();
      await expect(page).toHaveURL(`${demo.relyingParty}/`);
      await expect(told('id-token', 'iss')).toHaveText(demo.address);
      await expect(told('id-token', 'aud')).toHaveText('klaim-demo');
      await expect(told('userinfo', 'email')).toHaveText('siti@peserta.example');
      await expect(told('userinfo', 'payung_balance')).toContainText('jht');
      const subject = await told('id-token', 'sub').textContent();
      await expect(told('userinfo', 'sub')).toHaveText(subject!);

      await page.locator('#sign-out').click();
      await expect(page).toHaveURL(`${demo.relyingParty}/signed-out`);
      await expect(page.getByRole('status')).toContainText('here and at Payung');
      await page.goto(`${demo.address}/dashboard`);
      await expect(page).toHaveURL(/\/sign-in\?/);
      await page.goto(demo.relyingParty);
      await expect(page.locator('#sign-in')).toBeVisible();
    });

    test('siti does not agree, later does, and is not asked again', async ({ page, visitor, demo }) => {
      await arriveAtTheQuestion(visitor);
      await page.locator('#consent-cancel').click();
      await expect(page.getByRole('status')).toContainText('You did not agree');
      await expect(page.locator('code')).toContainText('access_denied');

      await page.locator('#sign-in').click();
      await page.locator('#consent-allow').click();
      await expect(page.locator('#id-token')).toBeVisible();

      // Forgotten by the application, but not by Payung.
      await page.context().clearCookies({ domain: '127.0.0.1' });
      await page.goto(demo.relyingParty);
      await page.locator('#sign-in').click();
      await expect(page.locator('#id-token')).toBeVisible();
    });

    test('an answer that this browser did not ask for is not believed', async ({ page, demo }) => {
      const forged = new URLSearchParams({ code: 'x', state: 'y', iss: demo.address });
      const answer = await page.goto(`${demo.relyingParty}/callback?${forged}`);
      expect(answer?.status()).toBe(400);
      await expect(page.locator('code')).toContainText('did not ask to sign in');
    });
  });
}
