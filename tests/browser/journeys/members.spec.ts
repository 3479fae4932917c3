import { amount, amountsOn, sum, yearsOfSavings } from '../support/amounts';
import { authenticatorCode } from '../support/authenticator';
import { expect, onBothEngines, test } from '../support/test';

test.use({ locale: 'en-GB' });

test.describe('the people of the demonstration', onBothEngines, () => {
  test('dewi signs in with her authenticator, and her two numbers make one balance', async ({
    demo,
    page,
    visitor,
    outbox,
  }) => {
    const before = await outbox.messages();
    await visitor.openSignIn();
    await visitor.givePassword('dewi');
    await visitor.chooseWay('totp');
    await expect(page.getByText('Open your authenticator app')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Send another code' })).toBeHidden();
    await visitor.giveCode(authenticatorCode(demo.authenticatorSecretOf('dewi')));
    await visitor.expectToBeAt('/dashboard');
    const codes = (await outbox.messages()).filter((message) => message.code !== null);
    expect(codes, 'no code is sent').toEqual(before.filter((message) => message.code !== null));

    await expect(page.getByText('You have 2 membership numbers')).toBeVisible();
    const dashboard = await amountsOn(page);
    const numbers = [...dashboard.keys()].filter((name) => /^jht-balance-\d{11}$/.test(name));
    expect(numbers).toHaveLength(2);
    const balances = numbers.map((name) => amount(dashboard, name));
    expect(sum(balances)).toBe(amount(dashboard, 'jht-balance'));

    await page.goto('/balance');
    const statement = await amountsOn(page);
    for (const name of ['jht-balance', ...numbers]) {
      expect(amount(statement, name)).toBe(amount(dashboard, name));
      const suffix = name.replace('jht-balance', '');
      expect(yearsOfSavings(statement, suffix).at(-1)?.closing).toBe(amount(statement, name));
    }
  });

  test('budi has one way only, so he is not asked to choose', async ({ page, visitor }) => {
    await visitor.signInWithTheOnlyWay('budi');
    await expect(visitor.heading).toHaveText('Hello, Budi Gemilang');
    await expect(page.getByText('Nothing. We have received every contribution')).toBeVisible();
  });

  test('E-01 rina is told that her account is locked, and how to open it', async ({ page, visitor }) => {
    await visitor.openSignIn();
    await visitor.givePassword('rina');
    await expect(visitor.heading).toHaveText('Password sign-in is locked');
    await expect(page.getByRole('link', { name: 'Call 0800 0000 000' })).toBeVisible();
    await expect(page.locator('main')).not.toContainText(/rina/i);
  });

  test('agus reads thirty years, from the first contribution to the payout', async ({
    page,
    visitor,
  }) => {
    await visitor.signIn('agus', 'email');
    await page.goto('/balance');
    const years = yearsOfSavings(await amountsOn(page));
    expect(years.length).toBeGreaterThanOrEqual(30);
    expect(years.length).toBe(years.at(-1)!.year - years[0]!.year + 1);
    const moved = years.map((year) => year.contributions + year.returns + year.payouts);
    expect(sum(moved)).toBe(years.at(-1)!.closing);
    const payouts = years.map((year) => -year.payouts).filter((paid) => paid > 0);
    expect(payouts.length).toBeGreaterThan(0);
    const table = page.getByRole('table');
    await expect(table).toHaveCount(1);
    for (const paid of payouts) {
      await expect(table.getByText(`−Rp${paid.toLocaleString('en-GB')}`)).toBeVisible();
    }
  });
});
