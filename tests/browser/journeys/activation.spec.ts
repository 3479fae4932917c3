import { expectFitForAll } from '../support/access';
import {
  choosePassword,
  confirmContacts,
  findMembership,
  giveDetails,
  goOn,
  newAddress,
  newPassword,
  saveCodes,
  showCodes,
} from '../support/activating';
import { typing } from '../support/hands';
import { Device } from '../support/passkeys';
import { alone as test, expect, onBothEngines } from '../support/test';

const phone = '0812 0000 4321';
const hello = 'Hello, Wayan Laksana';

test.use({ locale: 'en-GB' });

test.describe('wayan gets an account', onBothEngines, () => {
  test('with both contacts and a password, and nobody gets a second one', async ({
    demo,
    outbox,
    page,
    visitor,
  }) => {
    test.slow();
    const email = newAddress('wayan');
    await findMembership(visitor, demo.wayan);
    await goOn(visitor);
    await confirmContacts(visitor, { email, phone });
    await choosePassword(visitor);
    await expect(page.getByRole('status').filter({ hasText: 'Your account is open' })).toBeVisible();
    await expectFitForAll(page);

    const codes = await showCodes(visitor);
    expect(new Set(codes).size).toBe(10);
    await expectFitForAll(page);
    await visitor.enterCode('0');
    await expect(visitor.problems).toContainText('Enter the last 4 characters of a code you saved');
    expect(await page.locator('ol.codes > li').allInnerTexts(), 'still the same').toEqual(codes);
    await saveCodes(visitor, codes);
    await expect(page.getByRole('status').filter({ hasText: 'Your account is ready' })).toBeVisible();

    const code = await outbox.codeSentBy(async () => {
      await visitor.givePassword(email, newPassword);
      await visitor.chooseWay('email');
    });
    await visitor.giveCode(code);
    await visitor.expectToBeAt('/dashboard');
    await expect(visitor.heading).toHaveText(hello);

    // Said at the last step only, to whoever proved all three details and a contact.
    const again = await visitor.somewhereElse();
    await findMembership(again, demo.wayan);
    await goOn(again);
    await confirmContacts(again, { email: newAddress('again') });
    await expect(again.heading).toHaveText('You have an account already');
    await expectFitForAll(again.page);
    await again.page.context().close();
  });

  test('with a passkey, which signs in without a name', async ({ demo, page, visitor }) => {
    const device = await Device.at(page);
    await findMembership(visitor, demo.wayan);
    await goOn(visitor);
    await confirmContacts(visitor, { email: newAddress('wayan') });
    await page.getByRole('button', { name: 'Create the passkey' }).click();
    await visitor.expectToBeAt('/activate/codes');
    expect(await device.passkeys()).toBe(1);
    const codes = await showCodes(visitor);
    // The next page offers the passkey by itself.
    await device.answers(false);
    await saveCodes(visitor, codes);
    await device.answers(true);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await visitor.expectToBeAt('/dashboard');
    await expect(visitor.heading).toHaveText(hello);
  });

  test.describe('without scripts', () => {
    test.use({ javaScriptEnabled: false });

    test('with the keyboard alone, a number and a password', async ({ demo, outbox, page, visitor }) => {
      visitor.hands = typing(page);
      await findMembership(visitor, demo.wayan);
      await goOn(visitor);
      await confirmContacts(visitor, { phone });
      await expect(page.locator('form.passkey')).toBeHidden();
      await choosePassword(visitor);
      await saveCodes(visitor, await showCodes(visitor));

      const code = await outbox.codeSentBy(async () => {
        await visitor.givePassword(phone, newPassword);
        await visitor.expectToBeAt('/sign-in/code');
      });
      await visitor.giveCode(code);
      await visitor.expectToBeAt('/dashboard');
      await expect(visitor.heading).toHaveText(hello);
    });
  });
});

test.describe('an activation', onBothEngines, () => {
  for (const scripts of [true, false]) {
    test.describe(scripts ? 'with scripts' : 'without scripts', () => {
      test.use({ javaScriptEnabled: scripts });

      test('R6 goes on elsewhere with the link of the letter, which works once', async ({
        demo,
        outbox,
        visitor,
      }) => {
        await findMembership(visitor, demo.wayan);
        await goOn(visitor);
        const link = await outbox.linkSentBy('/activate/resume', () =>
          confirmContacts(visitor, { email: newAddress('wayan') }),
        );

        const other = await visitor.somewhereElse(scripts);
        // Programs that read mail follow links too: looking changes nothing.
        for (let looks = 0; looks < 2; looks += 1) {
          await other.page.goto(link);
          await other.expectToBeAt('/activate/resume');
          await expect(other.heading).toHaveText('Go on activating your account');
          await expect(other.mainButton).toHaveText('Go on here');
        }
        if (scripts) await expectFitForAll(other.page);
        await other.sendForm();
        await other.expectToBeAt('/activate');
        await goOn(other);
        await other.expectToBeAt('/activate/password');
        await other.page.context().close();

        const late = await visitor.somewhereElse(scripts);
        await late.page.goto(link);
        await expect(late.page.locator('main')).toContainText('This link has been used');
        await late.page.context().close();
      });

      test('L5 does not say which detail is wrong', async ({ demo, visitor }) => {
        const { wayan } = demo;
        const wrong = [
          { ...wayan, nik: '0000000000000000' },
          { ...wayan, kpj: '00000000000' },
          { ...wayan, birth_date: '1999-01-28' },
        ];
        const said = new Set<string>();
        for (const details of wrong) {
          await visitor.page.goto('/activate');
          await giveDetails(visitor, details);
          await expect(visitor.problems).toContainText('We have not found a membership');
          said.add(await visitor.problems.innerText());
        }
        expect([...said]).toHaveLength(1);
      });
    });
  }

  test('S2 is left behind for whoever comes next on a shared phone', async ({ demo, page, visitor }) => {
    await findMembership(visitor, demo.wayan);
    await page.getByRole('button', { name: 'Stop here' }).click();
    await visitor.expectToBeAt('/activate');
    await expect(page.locator('#nik')).toHaveValue('');
    await page.goto('/activate/contact');
    await visitor.expectToBeAt('/activate?reason=old');
  });
});
