import { allFindings } from '../support/access';
import { startDemo } from '../support/demo';
import { bothLanguages } from '../support/languages';
import { Outbox } from '../support/outbox';
import { expect, onBothEngines, test } from '../support/test';
import { Visitor } from '../support/visitor';

test.describe('ten wrong codes', onBothEngines, () => {
  test('pause the code for a while, say until when, and leave another way', async ({
    browser,
    engine,
  }) => {
    // Its pause would be in the way of every other test.
    const demo = await startDemo(engine);
    const page = await browser.newPage({ baseURL: demo.address, locale: 'en-GB' });
    const visitor = new Visitor(page, demo, new Outbox(demo.outbox));
    const code = await visitor.askForCode('siti');
    const wrong = code === '000000' ? '111111' : '000000';
    for (let tries = 1; tries < 10; tries += 1) {
      await page.goto('/sign-in/code');
      await visitor.giveCode(wrong);
      await expect(visitor.problems, `try ${tries}`).toContainText('That code does not match');
    }
    await page.goto('/sign-in/code');
    await visitor.giveCode(wrong);
    for (const language of bothLanguages) {
      await page.goto(`/sign-in/code?lang=${language}`);
      await expect(page.locator('main')).toContainText(/(Try again at|Coba lagi pukul) \d/);
      await expect(page.locator('#code')).toHaveCount(0);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [320, 1280]) {
          await page.setViewportSize({ width, height: 740 });
          expect(await allFindings(page)).toEqual([]);
        }
      }
    }
    await page.close();
    await demo.stop();
  });
});
