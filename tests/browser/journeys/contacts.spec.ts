import type { Locator } from '@playwright/test';
import { expectFitForAll } from '../support/access';
import { newAddress } from '../support/activating';
import { alone as test, expect, onBothEngines } from '../support/test';

const clock = /\d{1,2}:\d{2} [ap]m WIB/;
const oldAddress = 'siti@peserta.example';

test.use({ locale: 'en-GB' });

test.describe('what a member decides about being reached and paid', onBothEngines, () => {
  for (const scripts of [true, false]) {
    test.describe(scripts ? 'with scripts' : 'without scripts', () => {
      test.use({ javaScriptEnabled: scripts });

      test('J-05 G-10 a new address cools off, and the old one takes the change back', async ({
        outbox,
        page,
        visitor,
      }) => {
        test.slow();
        // A code by e-mail is not enough for this: whoever reads the mail could move it elsewhere.
        await visitor.signIn('siti', 'email');
        await page.goto('/personal-details');
        const proof = await outbox.codeSentBy(async () => {
          await page.locator('a[href^="/personal-details/email?of="]').first().click();
          await expect(page).toHaveURL(/\/confirm\?/);
          await expect(visitor.heading).toHaveText('Confirm it is you');
          await expect(page.locator('main .lead')).toContainText('changing your details');
          await expect(page.locator('input[name="method"][value="email"]')).toHaveCount(0);
          await page.locator('input[name="method"][value="sms"]').check();
          await visitor.sendForm();
        });
        await visitor.giveCode(proof);
        await expect(page).toHaveURL(/\/personal-details\/email\?of=/);
        await expect(visitor.heading).toHaveText('Change your email');

        const email = newAddress('siti');
        await page.locator('#email').fill('no address');
        await visitor.sendForm();
        await expect(visitor.problems).toBeVisible();
        await expect(page.locator('#email')).toHaveValue('no address');
        const code = await outbox.codeSentBy(async () => {
          await page.locator('#email').fill(email);
          await visitor.sendForm();
        });
        await expect(page).toHaveURL(/\/personal-details\/code\?change=/);
        await expect(page.locator('main .lead')).toContainText(email);
        if (scripts) await expectFitForAll(page);
        await visitor.enterCode(code === '000000' ? '111111' : '000000');
        await expect(visitor.problems).toContainText('That code does not match');
        const news = await outbox.fromNowOn();
        await visitor.enterCode(code);
        await visitor.expectToBeAt('/personal-details?done=begun');
        const recorded = page.getByRole('status').filter({ hasText: 'The change is recorded' });
        await expect(recorded).toContainText('The change takes effect');
        await expect(recorded).toContainText(clock);
        await expect(underWay(page.locator('main'))).toContainText(clock);
        if (scripts) await expectFitForAll(page);
        await page.goto('/security/payouts');
        await expect(page.locator('main')).toContainText('Payouts are closed, and open');

        // The new address is told too, but cannot take anything back.
        const toNew = await news.told(email, 'contact-change-begun');
        expect(toNew.text).not.toContain('/undo-change');
        const toOld = await news.told(oldAddress, 'contact-change-begun');
        expect(toOld.link).toContain('/undo-change?token=');
        const link = toOld.link!;

        const owner = await visitor.somewhereElse(scripts);
        // Programs that read mail follow links too: looking changes nothing.
        for (let looks = 0; looks < 2; looks += 1) {
          await owner.page.goto(link);
          await owner.expectToBeAt('/undo-change');
          await expect(owner.heading).toHaveText('Cancel a change');
        }
        await expect(owner.page.locator('main')).not.toContainText(email);
        if (scripts) await expectFitForAll(owner.page);
        await page.goto('/personal-details');
        await expect(underWay(page.locator('main'))).toBeVisible();

        await owner.sendForm();
        await owner.expectToBeAt('/undo-change?done=yes');
        await expect(owner.heading).toHaveText('The change was cancelled');
        await owner.page.goto(link);
        await expect(owner.page.locator('main .lead')).toContainText('This change was cancelled');
        await expect(owner.mainButton).toHaveCount(0);
        await owner.page.context().close();

        const afterwards = await visitor.somewhereElse(scripts);
        await afterwards.signIn('siti');
        await afterwards.page.goto('/personal-details');
        await expect(underWay(afterwards.page.locator('main'))).toHaveCount(0);
        await afterwards.page.context().close();
      });

      test('a change is called off by whoever made it', async ({ outbox, page, visitor }) => {
        await visitor.signIn('siti');
        await page.goto('/personal-details');
        // Just signed in by more than a letter: nothing is asked once more.
        await page.locator('a[href^="/personal-details/email?of="]').first().click();
        const email = newAddress('siti');
        const code = await outbox.codeSentBy(async () => {
          await page.locator('#email').fill(email);
          await visitor.sendForm();
        });
        await visitor.enterCode(code);
        await visitor.expectToBeAt('/personal-details?done=begun');
        await page.getByRole('button', { name: 'Cancel the change' }).click();
        await visitor.expectToBeAt('/personal-details?done=cancelled');
        await expect(page.getByRole('status').filter({ hasText: 'cancelled' })).toBeVisible();
        await expect(underWay(page.locator('main'))).toHaveCount(0);
      });

      test('payouts are shut at once, and open half a day after they are asked to', async ({
        outbox,
        page,
        visitor,
      }) => {
        await visitor.signIn('siti');
        await page.goto('/security/payouts');
        await expect(page.getByText('Payouts are open.', { exact: true })).toBeVisible();
        const news = await outbox.fromNowOn();
        await page.getByRole('button', { name: 'Close payouts' }).click();
        await visitor.expectToBeAt('/security/payouts?done=closed');
        await expect(page.getByText('Payouts have been closed since')).toBeVisible();
        await news.told(oldAddress, 'payouts-closed');
        if (scripts) await expectFitForAll(page);

        await page.getByRole('link', { name: 'Open payouts' }).click();
        await visitor.expectToBeAt('/security/payouts/open');
        if (scripts) await expectFitForAll(page);
        await visitor.sendForm();
        await visitor.expectToBeAt('/security/payouts?done=opening');
        await expect(page.locator('main .panel')).toContainText('Payouts are closed, and open');
        await expect(page.locator('main .panel')).toContainText(clock);
        await news.told(oldAddress, 'payouts-opening');
        // Who sees that and did not ask for it shuts them again.
        await page.getByRole('button', { name: 'Close payouts' }).click();
        await visitor.expectToBeAt('/security/payouts?done=closed');
      });

      test('J-03 news are chosen, but those that protect the account always go', async ({ page, visitor }) => {
        await visitor.signIn('siti');
        await page.goto('/inbox/notices');
        await expect(page.getByText('It cannot be switched off')).toBeVisible();
        await expect(page.locator('input[name^="security"]')).toHaveCount(0);
        const boxes = page.locator('#main-form input[type="checkbox"]');
        await expect(boxes).toHaveCount(6);
        for (const box of await boxes.all()) await expect(box).toBeChecked();

        const contributions = page.getByRole('group', { name: /Contributions/ });
        await contributions.getByRole('checkbox', { name: 'Text message' }).uncheck();
        await visitor.sendForm();
        await visitor.expectToBeAt('/inbox/notices?done=yes');
        await expect(page.getByRole('status').filter({ hasText: 'Your choice is saved' })).toBeVisible();
        await page.goto('/inbox/notices');
        await expect(contributions.getByRole('checkbox', { name: 'Text message' })).not.toBeChecked();
        await expect(contributions.getByRole('checkbox', { name: 'Email' })).toBeChecked();
        await expect(page.locator('#main-form input:checked')).toHaveCount(5);
      });
    });
  }
});

/** The part of the personal details that says what is not in effect yet. */
function underWay(main: Locator): Locator {
  return main.getByRole('region', { name: 'Changes under way' });
}
