import { circumstances, inEveryCircumstance } from '../support/circumstances';
import { languages } from '../support/languages';
import { alone as test, expect } from '../support/test';

inEveryCircumstance('“this was not me”', ({ says }) => {
  test('J-04 secures the account from the letter alone', async ({ page, visitor, demo }) => {
    const thief = await visitor.somewhereElse();
    const owner = await visitor.somewhereElse();
    await owner.signInWithTheOnlyWay('budi');
    const link = await visitor.outbox.linkSentBy('/not-me', async () => {
      await thief.signInWithTheOnlyWay('budi');
      // News of new devices are gathered for five minutes.
      demo.database.run('update outbox set due_at = 0 where sent_at is null');
    });
    await page.goto(link);
    await visitor.expectToBeAt('/not-me');
    await expect(page.locator('main')).toContainText(says('not-me-about-message'));
    await thief.page.goto('/dashboard');
    await thief.expectToBeAt('/dashboard');

    const reset = await visitor.outbox.linkSentBy('/reset-password', () => visitor.sendForm());
    await expect(visitor.heading).toHaveText(says('not-me-done-title'));
    await thief.page.goto('/dashboard');
    await expect(thief.page).toHaveURL(/reason=session-ended/);
    await thief.openSignIn();
    await thief.givePassword('budi');
    await expect(thief.problems).toBeVisible();

    await page.goto(link);
    await expect(page.locator('main')).toContainText(says('not-me-used-text'));
    await page.goto(reset);
    await page.locator('#new_password').fill('kereta malam lewat sawah');
    await visitor.sendForm();
    await visitor.expectToBeAt('/sign-in?reason=password-changed');
  });
});

inEveryCircumstance('a strange message', ({ says }) => {
  test('L5 is ours or not, and nobody learns whose it is', async ({ page, visitor }) => {
    await visitor.signInWithTheOnlyWay('budi');
    const sent = await visitor.outbox.messages();
    const reference = sent.map(({ text }) => /PYG-\w{4}-\w{4}/.exec(text)?.[0]).find(Boolean)!;
    await page.goto('/inbox');
    await expect(page.locator('main')).toContainText(reference);

    const stranger = await visitor.somewhereElse();
    await stranger.page.goto('/check');
    await stranger.page.locator('#reference').fill(reference.toLowerCase());
    await stranger.sendForm();
    await expect(stranger.page.getByRole('status').first()).toContainText(says('check-ours'));
    await expect(stranger.page.locator('main')).not.toContainText(/budi|peserta\.example/i);
    await stranger.page.goto('/check?reference=PYG-0000-0000');
    await expect(stranger.page.locator('main')).toContainText(says('check-unknown'));
    await stranger.page.goto('/check?reference=12');
    await expect(stranger.problems).toContainText(says('check-format'));
  });
});

inEveryCircumstance('a paused password', ({ says }) => {
  test('E-05 says until when, and leaves the reset open', async ({ page, visitor, demo }) => {
    for (let tries = 1; tries <= 10; tries += 1) {
      await visitor.openSignIn();
      await visitor.givePassword('budi', `not the right one ${tries}`);
      // The waits between the tries are over before the next one; the pause after the last is not.
      if (tries < 10) demo.database.run('update throttles set paused_until = 0');
    }
    await visitor.openSignIn();
    await visitor.givePassword('budi');
    await expect(visitor.heading).toHaveText(says('paused-title'));
    await expect(page.locator('main')).toContainText(says('paused-until'));
    await page.getByRole('link', { name: says('paused-way-reset') }).click();
    await visitor.expectToBeAt('/forgot-password');
    const link = await visitor.outbox.linkSentBy('/reset-password', async () => {
      await page.locator('#identifier').fill('budi');
      await visitor.sendForm();
    });
    await page.goto(link);
    await page.locator('#new_password').fill('kereta malam lewat sawah');
    await visitor.sendForm();
    await visitor.expectToBeAt('/sign-in?reason=password-changed');
    const code = await visitor.outbox.codeSentBy(async () => {
      await visitor.givePassword('budi', 'kereta malam lewat sawah');
      await visitor.expectToBeAt('/sign-in/code');
    });
    await visitor.giveCode(code);
    await visitor.expectToBeAt('/dashboard');
  });
});

for (const { language, scripts } of circumstances) {
  test.describe(`a notice, in ${language}, ${scripts ? 'with' : 'without'} scripts`, () => {
    test.use({ locale: languages[language].locale, javaScriptEnabled: scripts });

    test('stands on every page until it is over', async ({ page, visitor, demo }) => {
      const texts = {
        id: 'Ditutup Sabtu malam untuk perbaikan.',
        en: 'Closed on Saturday night for repairs.',
      };
      const until = new Date(Date.now() + 3_600_000).toISOString();
      await demo.restart(() => {
        const said = ['--indonesian', texts.id, '--english', texts.en, '--until', until];
        demo.command('notice', 'set', ...said, '--reason', 'planned work on Saturday');
      });
      for (const path of ['/', '/sign-in', '/help', '/status', '/check', '/forgot-password', '/nowhere']) {
        await page.goto(path);
        await expect(page.locator('.notice'), path).toHaveText(texts[language]);
      }
      await visitor.signInWithTheOnlyWay('budi');
      await expect(page.locator('.notice')).toHaveText(texts[language]);
    });
  });
}
