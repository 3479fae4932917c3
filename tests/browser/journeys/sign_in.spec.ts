import { amount, amountsOn, sum, yearsOfSavings } from '../support/amounts';
import { type Device, devices } from '../support/devices';
import { typing } from '../support/hands';
import { type Language, languages } from '../support/languages';
import { expect, onBothEngines, test } from '../support/test';
import type { Visitor, Way } from '../support/visitor';

interface Circumstances {
  way: Way;
  language: Language;
  device: Device;
  scripts: boolean;
}

const everyCircumstance: Circumstances[] = (['sms', 'email'] as const).flatMap((way) =>
  (['phone', 'desktop'] as const).flatMap((device) =>
    [true, false].map((scripts) => ({ way, language: way === 'sms' ? 'id' : 'en', device, scripts })),
  ),
);

/** Four of the eight in which each language, way, device and script setting comes up twice. */
const telling = (it: Circumstances) => (it.device === 'phone') !== it.scripts;

for (const circumstances of everyCircumstance) {
  const { way, language, device, scripts } = circumstances;
  const words = languages[language];
  const how = `by ${way}, in ${language}, on a ${device}, ${scripts ? 'with' : 'without'} scripts`;

  test.describe(how, telling(circumstances) ? onBothEngines : {}, () => {
    test.use({ viewport: devices[device], locale: words.locale, javaScriptEnabled: scripts });

    test('siti signs in and reads the balance her ledger computes on every page', async ({
      page,
      visitor,
      outbox,
    }) => {
      if (!scripts) visitor.hands = typing(page);

      const code = await outbox.codeSentBy(async () => {
        await visitor.openSignIn();
        await expect(visitor.heading).toHaveText(words.signIn);
        await visitor.givePassword('siti');
        await expect(visitor.heading).toHaveText(words.chooseHow);
        await visitor.chooseWay(way);
      });
      await expect(visitor.heading).toHaveText(words.enterCode);
      await expect(visitor.mainButton).toHaveText(words.continue);
      await visitor.giveCode(code);
      await visitor.expectToBeAt('/dashboard');
      await expect(visitor.heading).toHaveText(words.hello);
      await expect(page.locator('html')).toHaveAttribute('lang', language);

      await expectOneBalanceEverywhere(visitor, language);
    });
  });
}

async function expectOneBalanceEverywhere(visitor: Visitor, language: Language): Promise<void> {
  const { page } = visitor;
  const words = languages[language];
  const balance = amount(await amountsOn(page), 'jht-balance');
  expect(balance).toBeGreaterThan(0);
  await expect(page.locator('[data-name="jht-balance"]')).toHaveText(words.money(balance));

  await page.getByRole('link', { name: words.balance, exact: true }).click();
  await visitor.expectToBeAt('/balance');
  const amounts = await amountsOn(page);
  expect(amount(amounts, 'jht-balance')).toBe(balance);
  await expect(page.locator('[data-name="jht-balance"]')).toHaveText(words.money(balance));

  const years = yearsOfSavings(amounts);
  expect(years.length).toBeGreaterThan(10);
  expect(years.at(-1)?.closing).toBe(balance);
  let carriedOver = 0;
  for (const year of years) {
    expect(year.opening, `opening of ${year.year}`).toBe(carriedOver);
    carriedOver += year.contributions + year.returns + year.payouts;
    expect(year.closing, `closing of ${year.year}`).toBe(carriedOver);
  }

  // What was paid in is what her contributions say, row by row in another table.
  await page.goto('/contributions?programme=JHT');
  const contributions = await amountsOn(page);
  const received = [...contributions].filter(([name]) => /^total-\d{4}$/.test(name));
  expect(sum(received.map(([, total]) => total))).toBe(sum(years.map((year) => year.contributions)));
}
