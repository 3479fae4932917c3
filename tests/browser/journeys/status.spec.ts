import { alone as test, expect } from '../support/test';
import { bothLanguages } from '../support/languages';
import { words } from '../support/words';

/** A file on this machine does not go away; a server does. */
const withAServer = { tag: '@postgres' };

test.describe('while the database is away', withAServer, () => {
  test.use({ locale: 'en-GB', viewport: { width: 320, height: 640 } });

  test('the status page says so, help is there, and everything comes back', async ({
    page,
    visitor,
    demo,
    complaints,
  }) => {
    await visitor.signInWithTheOnlyWay('budi');
    demo.mayBreak(/(a page|making keys|an act of the desk|delivery|telling|tidying|a recovery) broke/);
    demo.database.shut(true);
    for (const language of bothLanguages) {
      const before = Date.now();
      expect((await page.goto(`/status?lang=${language}`))?.status()).toBe(200);
      expect(Date.now() - before, 'nobody waits long for it').toBeLessThan(8_000);
      await expect(page.locator('.lead')).toHaveText(words(language, 'status-some-do-not'));
      for (const path of ['/', '/help', '/check']) {
        expect((await page.goto(path))?.status(), path).toBe(200);
      }
    }
    demo.database.shut(false);
    await page.goto('/status?lang=en');
    await expect(page.locator('.lead')).toHaveText(words('en', 'status-all-works'));
    await page.goto('/dashboard');
    await visitor.expectToBeAt('/dashboard');
    complaints.expected(/^50\d for /);
  });
});
